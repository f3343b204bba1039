"""Contacts known by their addresses: icons, profiles, and the shapes in the theme."""

import json
import re

import pytest
from conftest import ROOT
from papers.model import Link, find_service
from papers.model.contacts import ICONS, SERVICES

# Icons, and addresses that have them.
ADDRESSES = {
    "email": "mailto:ada@x.example MAILTO:ada@x.example",
    "phone": "tel:+44-20-1234 TEL:110",
    "google-scholar": "https://scholar.google.com/citations?user=x https://scholar.google.de/ "
    "https://scholar.google.co.uk/citations?user=x&hl=en HTTPS://SCHOLAR.GOOGLE.COM.HK",
    "github": "https://github.com/ada https://www.github.com/ada/ http://GitHub.com/ada "
    "https://gist.github.com/ada //github.com/ada",
    "gitlab": "https://gitlab.com/ada https://gitlab.inria.fr/ada https://gitlab.cs.x.example/ada/",
    "codeberg": "https://codeberg.org/ada",
    "bitbucket": "https://bitbucket.org/ada/",
    "orcid": "https://orcid.org/0000-0002-1825-0097 http://www.orcid.org/0000-0002-1825-0097/",
    "dblp": "https://dblp.org/pid/1/2 https://dblp.org/pid/1/2.html https://www.dblp.org/ "
    "https://dblp.uni-trier.de/pers/hd/l/Lovelace:Ada https://dblp.dagstuhl.de/pid/1/2",
    "semantic-scholar": "https://www.semanticscholar.org/author/1 https://semanticscholar.org/a",
    "openreview": "https://openreview.net/profile?id=~Ada_Lovelace1",
    "arxiv": "https://arxiv.org/a/lovelace_a_1 https://cn.arxiv.org/abs/2401.00001",
    "hugging-face": "https://huggingface.co/ada https://hf.co/ada/",
    "zenodo": "https://zenodo.org/communities/ada https://www.zenodo.org/records/1",
    "osf": "https://osf.io/ab1cd/",
    "researchgate": "https://www.researchgate.net/profile/Ada",
    "academia": "https://mit.academia.edu/AdaLovelace https://www.academia.edu/1",
    "web-of-science": "https://www.webofscience.com/wos/author/record/A-1 https://publons.com/a/1/ "
    "https://www.researcherid.com/rid/A-1",
    "scopus": "https://www.scopus.com/authid/detail.uri?authorId=1",
    "inspire": "https://inspirehep.net/authors/1",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/?term=Ada https://www.ncbi.nlm.nih.gov/myncbi/a.1/",
    "book": "https://mathscinet.ams.org/mathscinet/author?authorId=1 https://zbmath.org/authors/a "
    "https://ideas.repec.org/f/p1.html https://papers.ssrn.com/sol3/cf_dev/AbsByAuth.cfm?per_id=1 "
    "https://cv.hal.science/ada https://dl.acm.org/profile/1",
    "zotero": "https://www.zotero.org/ada",
    "goodreads": "https://www.goodreads.com/user/show/1",
    "wikipedia": "https://en.wikipedia.org/wiki/Ada https://wikipedia.org/",
    "stack-overflow": "https://stackoverflow.com/users/1/ada",
    "kaggle": "https://www.kaggle.com/ada",
    "linkedin": "https://www.linkedin.com/in/ada/ https://uk.linkedin.com/in/ada",
    "x": "https://x.com/ada https://twitter.com/ada https://mobile.twitter.com/ada",
    "bluesky": "https://bsky.app/profile/ada.example",
    "mastodon": "https://fosstodon.org/@ada https://sigmoid.social/@ada/ https://X.example/@Ada.L "
    "https://mastodon.social/@ada@fosstodon.org https://mstdn.jp/web/@ada "
    "https://fosstodon.org/%40ada",
    "threads": "https://www.threads.net/@ada https://threads.com/@ada",
    "facebook": "https://www.facebook.com/ada https://de-de.facebook.com/ada",
    "instagram": "https://www.instagram.com/ada/",
    "youtube": "https://www.youtube.com/@ada https://youtube.com/c/ada https://youtu.be/x",
    "tiktok": "https://www.tiktok.com/@ada",
    "bilibili": "https://space.bilibili.com/1 https://www.bilibili.com/video/BV1 https://b23.tv/x",
    "zhihu": "https://www.zhihu.com/people/ada https://zhuanlan.zhihu.com/p/1",
    "xiaohongshu": "https://www.xiaohongshu.com/user/profile/1 https://xhslink.com/m/x",
    "weibo": "https://weibo.com/u/1 https://m.weibo.cn/u/1",
    "wechat": "https://u.wechat.com/x https://mp.weixin.qq.com/s/x",
    "telegram": "https://t.me/ada",
    "whatsapp": "https://wa.me/441234",
    "discord": "https://discord.gg/x https://discord.com/users/1",
    "medium": "https://medium.com/@ada https://ada.medium.com/",
    "substack": "https://ada.substack.com/ https://substack.com/@ada",
    "calendar": "https://calendly.com/ada https://cal.com/ada https://calendar.app.google/x",
    "map": "https://maps.app.goo.gl/x https://goo.gl/maps/x https://www.google.com/maps/place/x "
    "https://www.google.co.uk/maps https://maps.google.de/?q=x https://osm.org/go/x "
    "https://www.openstreetmap.org/node/1",
    "document": "files/cv.pdf https://ada.example/CV.PDF https://github.com/ada/cv/raw/main/cv.pdf "
    "cv/ cv /cv.html pages/ada-cv/ resume/ cv/index.html files/CV_2026.docx",
    "feed": "feeds/all.atom.xml https://ada.example/feed.xml https://ada.example/index.xml feed/ "
    "https://ada.example/blog/rss/ feeds/news.rss",
}  # fmt: skip


@pytest.mark.parametrize(
    ("icon", "address"),
    [(icon, address) for icon, addresses in ADDRESSES.items() for address in addresses.split()],
)
def test_icons_by_address(icon: str, address: str) -> None:
    """A contact has another's icon, or none, because of its www., slash, country or capitals."""
    assert Link("Label", address).icon == icon
    assert Link("Label", f" {address} ").icon == icon


@pytest.mark.parametrize(
    ("label", "address", "icon"),
    [
        ("WeChat", "images/wechat.png", "wechat"), ("微信", "images/qr.png", "wechat"),
        ("CV", "https://drive.google.com/file/d/x", "document"),
        ("Résumé", "https://docs.example/x", "document"),
        ("Home  Page", "https://www.ada.example/", "website"),
        ("Office", "contact/", "map"), ("RSS", "https://feeds.example/ada", "feed"),
        ("Scholar", "https://ada.example/", "ada.example"), ("Blog", "blog/", "link"),
        ("Pages", "https://ada.github.io/", "ada.github.io"),
        ("Pages", "https://ada.gitlab.io/cv/", "ada.gitlab.io"),
        ("Not X", "https://netflix.com/x", "netflix.com"),
        ("Not X", "https://x.com.evil.example/", "x.com.evil.example"),
        ("Search", "https://www.google.com/search?q=maps", "google.com"),
        ("Vision", "https://lab.example/cv/", "lab.example"), ("CVPR", "cvpr/", "link"),
        ("Notes", "https://hackmd.io/@ada", "hackmd.io"), ("At", "@ada@fosstodon.org", "link"),
        ("Thread", "https://lab.example/@ada/1234", "lab.example"),
        ("Broken", "https://[half/", "link"), ("Broken", "http://", "link"), ("", "", "link"),
        ("Broken", "github.com/ada", "link"), ("Broken", "https:///github.com", "link"),
        ("Broken", "javascript:alert(1)//github.com", "link"), ("Port", "https://x.com:x/a", "x"),
    ],
)  # fmt: skip
def test_icons_by_label(label: str, address: str, icon: str) -> None:
    """A host whose name ends like a service's gets its icon, or a malformed address an error."""
    assert Link(label, address).icon == icon


@pytest.mark.parametrize(
    ("label", "address", "expected"),
    [
        ("GitHub", "https://github.com/ada", True), ("Page", "HTTP://ada.example", True),
        ("Mastodon", "https://fosstodon.org/@ada", True), ("Lab", "https://lab.example/", True),
        ("Email", "mailto:a@x.example", False), ("Phone", "tel:110", False),
        ("CV", "https://ada.example/cv.pdf", False), ("CV", "cv/", False),
        ("CV", "https://drive.google.com/x", False), ("Call", "https://cal.com/ada", False),
        ("Feed", "https://ada.example/feed.xml", False), ("QR", "images/wechat.png", False),
        ("Map", "https://osm.org/go/x", False), ("Broken", "https://[half/", False),
    ],
)  # fmt: skip
def test_profiles(label: str, address: str, expected: bool) -> None:
    """An email, a CV or a map is given to search engines and Mastodon as the person's profile."""
    assert Link(label, address).is_profile is expected


def test_label_of_service() -> None:
    """An imported profile is called "Website" although its service is known."""
    assert find_service("https://dblp.uni-trier.de/pid/1").label == "DBLP"
    assert find_service("https://ada.example") is None


def test_shapes() -> None:
    """An icon has no shape, a shape no contact, or a shape is not a path of SVG."""
    template = (ROOT / "theme/templates/_icons.html").read_text(encoding="utf-8")
    shapes = dict(re.findall(r'^  "([\w-]+)": "(.+)",$', template, re.MULTILINE))
    assert shapes.keys() == ICONS
    assert set(ADDRESSES) | {"link", "website"} == ICONS
    # Commands, and as many numbers as each takes a multiple of; flags of arcs need no space.
    counts = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
    number = r"-?(?:\d+(?:\.\d+)?|\.\d+)"
    for name, shape in shapes.items():
        assert shape[0] in "Mm" and len(shape) < 700, name
        assert re.fullmatch(rf"(?:[a-zA-Z]|{number}|[ ,])+", shape), name
        for command, values in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", shape):
            size, found = counts[command.lower()], len(re.findall(number, values))
            assert found == 0 if not size else found and found % size == 0, (name, command, values)


def test_known_hosts_in_docs() -> None:
    """The docs name another list of services than the one that has icons."""
    docs = (ROOT / "docs/looks.md").read_text(encoding="utf-8")
    listed = re.search(r"these services have their icon: (.+?)\.\n\n", docs, re.DOTALL)[1]
    labels = [service.label for service in SERVICES if service.label not in ("Map", "Calendar")]
    assert " ".join(listed.split()).split(", ") == [*labels, "Mastodon (any server)"]


def test_contacts_on_the_home_page(make):
    """A profile has no rel="me", an email has it, an icon is read aloud, or has a style."""
    contacts = [
        ["Email", "mailto:a@x.example"], ["Mastodon", "https://fosstodon.org/@ada"],
        ["CV", "cv/"], ["Scholar", "https://scholar.google.de/citations?user=x"],
        ["知乎", "https://www.zhihu.com/people/ada"], ["Lab", "https://lab.example/ada"],
        ["Feed", "https://lab.example/feed.xml"],
    ]  # fmt: skip
    pages = {"pages/cv.md": "Title: CV\n\nText.\n"}
    site = make(pages, settings={"SOCIAL": contacts}, SITEURL="https://ada.example")
    page = site.page()
    links = page.select(".contacts a")
    assert [link.get_text() for link in links] == [label for label, _ in contacts]
    profiles = [contacts[n][1] for n in (1, 3, 4, 5)]
    assert [link["href"] for link in page.select("a[rel=me]")] == profiles
    assert all(link.select_one("svg")["aria-hidden"] == "true" for link in links)
    assert not page.select(".contacts [style], .contacts title")
    shapes = [link.select_one("path")["d"] for link in links]
    assert len(set(shapes)) == len(shapes)
    graph = json.loads(page.select_one("script[type='application/ld+json']").string)["@graph"]
    owner = next(thing for thing in graph if thing["@type"] == "Person")
    assert owner["sameAs"] == profiles
