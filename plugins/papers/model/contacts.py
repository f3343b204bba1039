"""Contacts and profiles, known by their addresses: the service, its label and its icon."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..util import LazyPattern


class Service(NamedTuple):
    """A host of profiles: its label, its icon in the theme, and its addresses.

    An address is a host, and includes its subdomains. "scholar.google.*" is the same host in any
    country, "google.*/maps" a folder.
    """

    label: str
    icon: str
    addresses: str


SERVICES = (
    Service("Google Scholar", "google-scholar", "scholar.google.*"),
    Service("ORCID", "orcid", "orcid.org"),
    Service("DBLP", "dblp", "dblp.org dblp.uni-trier.de dblp.dagstuhl.de"),
    Service("Semantic Scholar", "semantic-scholar", "semanticscholar.org"),
    Service("OpenReview", "openreview", "openreview.net"),
    Service("arXiv", "arxiv", "arxiv.org"),
    Service("Hugging Face", "hugging-face", "huggingface.co hf.co"),
    Service("Zenodo", "zenodo", "zenodo.org"),
    Service("OSF", "osf", "osf.io"),
    Service("ResearchGate", "researchgate", "researchgate.net"),
    Service("Academia.edu", "academia", "academia.edu"),
    Service("Web of Science", "web-of-science", "webofscience.com webofknowledge.com"),
    Service("Publons", "web-of-science", "publons.com"),
    Service("ResearcherID", "web-of-science", "researcherid.com"),
    Service("Scopus", "scopus", "scopus.com"),
    Service("INSPIRE", "inspire", "inspirehep.net"),
    Service("PubMed", "pubmed", "ncbi.nlm.nih.gov"),
    Service("MathSciNet", "book", "mathscinet.ams.org"),
    Service("zbMATH", "book", "zbmath.org"),
    Service("RePEc", "book", "repec.org"),
    Service("SSRN", "book", "ssrn.com"),
    Service("HAL", "book", "hal.science"),
    Service("Mathematics Genealogy", "book", "mathgenealogy.org"),
    Service("ACM", "book", "dl.acm.org"),
    Service("IEEE", "book", "ieeexplore.ieee.org"),
    Service("Zotero", "zotero", "zotero.org"),
    Service("Goodreads", "goodreads", "goodreads.com"),
    Service("Wikipedia", "wikipedia", "wikipedia.org"),
    Service("GitHub", "github", "github.com"),
    Service("GitLab", "gitlab", "gitlab.*"),
    Service("Codeberg", "codeberg", "codeberg.org"),
    Service("Bitbucket", "bitbucket", "bitbucket.org"),
    Service("Stack Overflow", "stack-overflow", "stackoverflow.com"),
    Service("Kaggle", "kaggle", "kaggle.com"),
    Service("LinkedIn", "linkedin", "linkedin.com"),
    Service("X", "x", "x.com twitter.com"),
    Service("Bluesky", "bluesky", "bsky.app"),
    Service("Threads", "threads", "threads.com threads.net"),
    Service("Facebook", "facebook", "facebook.com fb.com"),
    Service("Instagram", "instagram", "instagram.com"),
    Service("YouTube", "youtube", "youtube.com youtu.be"),
    Service("TikTok", "tiktok", "tiktok.com"),
    Service("Bilibili", "bilibili", "bilibili.com b23.tv"),
    Service("知乎", "zhihu", "zhihu.com"),
    Service("小红书", "xiaohongshu", "xiaohongshu.com xhslink.com"),
    Service("微博", "weibo", "weibo.com weibo.cn"),
    Service("WeChat", "wechat", "wechat.com weixin.qq.com"),
    Service("Telegram", "telegram", "t.me telegram.me"),
    Service("WhatsApp", "whatsapp", "wa.me whatsapp.com"),
    Service("Discord", "discord", "discord.com discord.gg discordapp.com"),
    Service("Medium", "medium", "medium.com"),
    Service("Substack", "substack", "substack.com"),
    Service("Calendar", "calendar", "calendly.com cal.com calendar.google.com calendar.app.google"),
    Service(
        "Map",
        "map",
        "maps.google.* google.*/maps maps.app.goo.gl goo.gl/maps maps.apple.com "
        "openstreetmap.org osm.org map.baidu.com amap.com",
    ),
)
# The mark of an address that nothing is known about.
PLAIN_ICON = "link"
# Icons by label, for addresses at other hosts, such as a picture of a QR code; "+" is a space.
_LABELS = {
    "email": "e-mail mail 邮箱 邮件 电子邮件",
    "phone": "telephone tel mobile 电话",
    "document": "cv résumé resume vita vitae 简历 curriculum+vitae lebenslauf",
    "feed": "rss atom feed",
    "website": "homepage home+page personal+website personal+page 主页 个人主页",
    "map": "office address location 地址 办公室",
    "wechat": "微信 微信公众号",
    "zhihu": "zhihu",
    "xiaohongshu": "xiaohongshu rednote",
    "weibo": "weibo",
    "mastodon": "mastodon fediverse",
}
_BY_LABEL = {service.label.casefold(): service.icon for service in SERVICES} | {
    word.replace("+", " "): icon
    for icon, words in _LABELS.items()
    for word in (icon, *words.split())
}
ICONS = frozenset((PLAIN_ICON, *_BY_LABEL.values()))
# What leads to something of a person, and not to the person.
_NOT_PROFILES = frozenset(("document", "feed", "calendar", "map"))
# "https://fosstodon.org/@ada", at any host except some that write names like this, too.
_FEDIVERSE_PATH = LazyPattern(r"/(?:web/)?@[\w.-]+(?:@[\w.-]+)?/?")
_OTHER_HOSTS_WITH_AT = frozenset("hackmd.io observablehq.com hashnode.com flipboard.com".split())
_CV_PATH = LazyPattern(
    r"(?:.*[/_-])?(?:cv|r[eé]sum[eé]|vita|curriculum[_-]?vitae|lebenslauf)(?:[/_-][^/.]*)?"
    r"(?:\.(?:html?|docx?|tex))?/?"
)
_FEED_PATH = LazyPattern(
    r"(?:.*/)?(?:(?:feed|rss|atom|index)\.xml|(?:feed|rss|atom)/?|.*\.(?:atom|rss)(?:\.xml)?)"
)


@lru_cache(1024)
def find_service(address: str) -> Service | None:
    """Return the service that an address is at, None for others."""
    host, path = _split_address(address)
    for service in SERVICES:
        for known in service.addresses.split():
            known_host, slash, folder = known.partition("/")
            if _is_at(host, known_host) and (not slash or f"{path}/".startswith(f"/{folder}/")):
                return service
    has_at = _FEDIVERSE_PATH.fullmatch(path) and "." in host
    if has_at and not any(_is_at(host, other) for other in _OTHER_HOSTS_WITH_AT):
        return Service("Mastodon", "mastodon", host)
    return None


@lru_cache(1024)
def find_icon(label: str, address: str) -> str:
    """Return the name of a contact's icon: by its address, or else by its label.

    It is one of ICONS, or an unknown host without www., for which a site can have an icon.
    """
    scheme = address.strip().partition(":")[0].lower()
    if scheme in ("mailto", "tel"):
        return "email" if scheme == "mailto" else "phone"
    host, path = _split_address(address)
    if path.endswith(".pdf") or (not host and _CV_PATH.fullmatch(path)):
        return "document"
    if service := find_service(address):
        return service.icon
    if _FEED_PATH.fullmatch(path):
        return "feed"
    return _BY_LABEL.get(" ".join(label.casefold().split())) or host or PLAIN_ICON


def is_profile(label: str, address: str) -> bool:
    """Tell whether a contact is a web page about the person, so that `rel="me"` is right."""
    is_web = address.strip().lower().startswith(("http://", "https://"))
    has_host = is_web and _split_address(address)[0] != ""
    return has_host and find_icon(label, address) not in _NOT_PROFILES


def _split_address(address: str) -> tuple[str, str]:
    """Return the host without www. and the path, in lower case; both "" for other schemes."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    if parts.scheme not in ("", "http", "https"):
        return "", ""
    return host.strip(".").removeprefix("www."), unquote(parts.path).lower()


def _is_at(host: str, known: str) -> bool:
    if known.endswith("*"):
        return host.startswith(known[:-1])
    return host == known or host.endswith(f".{known}")
