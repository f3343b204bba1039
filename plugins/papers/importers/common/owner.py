"""The owner of a site: names, profiles elsewhere, the portrait and the home page."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...model import find_service, name_key
from ..result import IMAGE_SUFFIXES, SourceTree
from .text import find_line, fold_text, plain_text
from .yaml_file import yaml_text

# Keys of settings, without `_username`, `_id` and the like: label, and address of a user name.
_SOCIAL = {
    "email": ("Email", ""), "mail": ("Email", ""),
    "googlescholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "github": ("GitHub", "https://github.com/{}"), "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"), "dblp": ("DBLP", "https://dblp.org/pid/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"), "x": ("X", "https://x.com/{}"),
    "twitter": ("X", "https://x.com/{}"), "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", "https://{}"), "zhihu": ("知乎", "https://www.zhihu.com/people/{}"),
    "semanticscholar": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "semantic": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "inspirehep": ("INSPIRE", "https://inspirehep.net/authors/{}"),
    "scopus": ("Scopus", "https://www.scopus.com/authid/detail.uri?authorId={}"),
    "hal": ("HAL", "https://cv.hal.science/{}"), "arxiv": ("arXiv", "https://arxiv.org/a/{}"),
    "publons": ("Publons", "https://publons.com/a/{}/"), "pubmed": ("PubMed", "https://{}"),
    "tumblr": ("Tumblr", "https://{}.tumblr.com"), "xing": ("XING", "https://www.xing.com/profile/{}"),
    "bitbucket": ("Bitbucket", "https://bitbucket.org/{}"),
    "flickr": ("Flickr", "https://www.flickr.com/{}"),
    "acm": ("ACM", "https://dl.acm.org/profile/{}"), "openreview": ("OpenReview",
    "https://openreview.net/profile?id={}"), "osf": ("OSF", "https://osf.io/{}/"),
    "zotero": ("Zotero", "https://www.zotero.org/{}"), "kaggle": ("Kaggle",
    "https://www.kaggle.com/{}"), "huggingface": ("Hugging Face", "https://huggingface.co/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/{}"), "medium": ("Medium",
    "https://medium.com/@{}"), "stackoverflow": ("Stack Overflow",
    "https://stackoverflow.com/users/{}"), "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"), "weibo": ("微博",
    "https://weibo.com/{}"), "telegram": ("Telegram", "https://t.me/{}"), "work": ("Work", ""),
    "lattes": ("Lattes", "https://lattes.cnpq.br/{}"), "wikipedia": ("Wikipedia",
    "https://en.wikipedia.org/wiki/{}"), "keybase": ("Keybase", "https://keybase.io/{}"),
    "ieee": ("IEEE", "https://ieeexplore.ieee.org/author/{}"), "uri": ("Website", ""),
}  # fmt: skip
# Icons that are not named after a service.
_ICONS = {
    "envelope": "Email", "envelope-at": "Email", "email": "Email", "at": "Email",
    "twitter-x": "X", "mastodon": "Mastodon", "globe": "Website", "house": "Website",
    "mortarboard": "Google Scholar", "mortarboard-fill": "Google Scholar", "rss": "RSS",
}  # fmt: skip
_USER_KEY = re.compile(r"_?(?:username|user_?id|id|url|profile|user|handle|page|link)$")
# Examples of themes, folded.
_EXAMPLES = frozenset(
    "yourname yourrname qc6cjjyaaaaj 1010907 youexamplecom noneexampleorg".split()
)
_EXAMPLE_SITE = re.compile(r"https?://(?:www\.)?alberteinstein\.com\b")
_MAIL = re.compile(r"mailto:[^\s@<>\"']+@[^\s@<>\"']+\.[A-Za-z]{2,}")
_WEB = re.compile(r"https?://[^\s/?#]+\.[^\s\"'<>\\]+", re.IGNORECASE)


# "Ada Lovelace (艾达)", "艾达 (Ada Lovelace)", "Ada Lovelace | 艾达".
_TWO_NAMES = re.compile(
    r"(?P<first>[^()（）|/\[\]]{2,60}?)\s*"
    r"(?:[(（\[](?P<inner>[^()（）\[\]]{2,60})[)）\]]|[|/·](?P<second>[^|/]{2,60}))"
    r"(?P<behind>(?: [^\W\d_][\w.'’-]*){0,3})"
)
_EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LATIN = r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’ -]{2,60}"
_SCRIPT = re.compile(f"[{_EAST_ASIAN}\u0400-\u04ff\u0590-\u06ff]")
# Letters of Latin, then those of Chinese, Japanese or Korean, or the other way round.
_TWO_SCRIPTS = re.compile(
    rf"(?P<first>{_LATIN}?)[ ,]*(?P<second>[{_EAST_ASIAN}·]{{2,12}})"
    rf"|(?P<cjk>[{_EAST_ASIAN}·]{{2,12}})[ ,]*(?P<latin>{_LATIN})"
)
_NO_NAME = re.compile(
    r"\b(?:he|she|they|him|her|ph\.?d|m\.?sc|pronoun\w*|born|n[ée]e)\b|@|\d", re.I
)


def split_name_forms(name: str) -> list[str]:
    """Return the forms of a name that are written together: "Ada Lovelace (艾达)"."""
    name = " ".join(name.split())
    if match := _TWO_SCRIPTS.fullmatch(name):
        return [form.strip() for form in match.groups() if form]
    match = _TWO_NAMES.fullmatch(name)
    if match is None or not (other := (match["inner"] or match["second"] or "").strip()):
        return [name]
    first, behind = match["first"].strip(), match["behind"]
    if _NO_NAME.search(other):
        return [f"{first}{behind}"]
    if behind and " " not in other:
        # "Augusta (Ada) Lovelace"
        return [f"{first}{behind}", f"{other}{behind}"]
    if bool(_SCRIPT.search(first)) != bool(_SCRIPT.search(other)) or " " in other:
        return [f"{first}{behind}", other]
    return [f"{first}{behind}"]


def set_owner(source: SourceTree, name: str, forms: Iterable[str] = ()) -> None:
    """Make a name the owner's, unless there is one; add it and its other forms to the names."""
    owner = source.result.owner
    names = split_name_forms(name) if name else []
    owner.name = owner.name or next(iter(names), None)
    add_owner_names(source, [*names, *forms])


def add_owner_names(source: SourceTree, names: Iterable[str]) -> None:
    """Add names under which papers print the owner, each once."""
    existing = source.result.owner.names
    for name in names:
        if name and name_key(name) not in map(name_key, existing):
            existing.append(name)


def profile_label(key: str) -> str:
    """Return the label of a service that a key or icon is named after; "" for others."""
    return _SOCIAL.get(re.sub(r"[^a-z]", "", key), ("", ""))[0]


def label_profile(address: str, *words: str) -> str:
    """Return the label of a profile by its address, its words or icon; "Website" for others."""
    if address.startswith("mailto:"):
        return "Email"
    if service := find_service(address):
        return service.label
    labels = (_ICONS.get(word.lower()) or profile_label(word.lower()) for word in words)
    own = (word for word in words[:1] if word and len(word) < 30)
    return next(filter(None, labels), "") or next(own, "") or "Website"


def is_example(value: str) -> bool:
    """Tell whether a value of settings is a theme's example."""
    return fold_text(value) in _EXAMPLES


def read_social_links(source: SourceTree, path: Path, data: Mapping, any_key: bool = False) -> None:
    """Add the profiles of the owner that settings name.

    With `any_key`, a web address is a profile under any key.
    """
    for key, value in data.items():
        name = str(key).lower()
        if name == "scholar":
            continue  # The settings of Jekyll-Scholar.
        if isinstance(value, dict) and "url" in value:
            if str(key).startswith("custom"):
                label = yaml_text(value.get("title")) or str(key)
                add_profile(source, path, label, yaml_text(value.get("url")))
            continue
        value = yaml_text(value)
        full, stem = (re.sub(r"[^a-z]", "", form) for form in (name, _USER_KEY.sub("", name)))
        stem = full if full in _SOCIAL else stem
        if re.fullmatch("cv(?:pdf)?", stem) and value:
            if add_owner_file(source, path, "CV", value):
                continue
            message = (
                f'the CV, "{value[:60]}", was skipped (put it into content/extra/, and link to it)'
            )
            source.note("left", path, message, _line(source, path, value))
        label, template = _SOCIAL.get(stem, ("", ""))
        if not label and any_key and full != "avatar" and re.match("https?://", value):
            label = str(key).replace("_", " ").capitalize()
        if label and value and not is_example(value):
            add_profile(source, path, label, _profile_url(label, template, value))


def profile_address(key: str, value: str) -> tuple[str, str]:
    """Return label and address of the profile that a key of settings names; "" for no address."""
    label, template = _SOCIAL.get(re.sub(r"[^a-z]", "", key.lower()), ("", ""))
    address = _profile_url(label, template, value.strip()) if value.strip() else ""
    label = label or key.replace("-", " ").replace("_", " ").capitalize()
    return label, address if _MAIL.fullmatch(address) or _WEB.fullmatch(address) else ""


def _profile_url(label: str, template: str, value: str) -> str:
    """Return the address of a profile; `value` is an address or a user name."""
    if label == "Email":
        value = re.sub(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*", "@", value, flags=re.I)
        value = re.sub(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*", ".", value, flags=re.I)
        return f"mailto:{value.removeprefix('mailto:')}"
    if re.match(r"https?://", value, re.IGNORECASE):
        return value
    host = re.match(r"[\w.-]+\.[a-z]{2,}/", value.removeprefix("www."), re.IGNORECASE)
    if host or not template:
        return f"https://{value}" if host else value
    if not re.fullmatch(r"[\w.@~+/ &=-]+", value):
        return value
    user = value.lstrip("@")
    if label == "Mastodon":
        account, _, server = value.strip("@").partition("@")
        user = f"{server}/@{account}" if server else account
    return template.format(user.replace(" ", "%20"))


def add_profile(source: SourceTree, path: Path, label: str, address: str) -> None:
    """Add the address of a profile to the owner's; note another one, or no address."""
    social = source.result.owner.social
    if _EXAMPLE_SITE.match(address):
        return
    if not (_MAIL.fullmatch(address) or _WEB.fullmatch(address)):
        if address:
            message = f'{label}: "{address[:60]}" is not an address and was skipped'
            source.note("left", path, message, _line(source, path, address))
    elif label not in dict(social):
        social.append((label, address))
    elif (label, address) not in social:
        message = f"{label}: {address[:80]} was skipped because there is another one"
        source.note("left", path, message, _line(source, path, address))


def _line(source: SourceTree, path: Path, words: str) -> int | None:
    return find_line(source.read_text(path), words.removeprefix("mailto:"))


def add_owner_file(source: SourceTree, path: Path, label: str, name: str) -> bool:
    """Copy a file that the old site shows with the owner's profiles; tell whether it is there."""
    folders = ("static", "static/files", "assets", "assets/pdf", "files", "static/media")
    file = source.find_file(name, path, folders)
    if file is None:
        return False
    pair = (label, source.result.add_asset(file, "images"))
    if pair not in source.result.owner.files:
        source.result.owner.files.append(pair)
    return True


def show_owner_files(source: SourceTree) -> None:
    """Link to the owner's files below the biography, unless the home page does so."""
    home = next((text for text in source.result.documents if text.kind == "home"), None)
    for label, target in source.result.owner.files if home else ():
        if target not in home.body:
            match = re.search(r"(?m)^(?:#{1,6} |\[(?:NEWS|PAPERS)\]$)", home.body)
            end = match.start() if match and match.start() else len(home.body)
            link = f"[{label}]({{static}}/{target})"
            before, behind = home.body[:end].strip(), home.body[end:].strip()
            home.body = "\n\n".join(filter(None, (before, link, behind)))


def add_portrait(source: SourceTree, files: Iterable[Path | None]) -> bool:
    """Copy the first picture of some files as the portrait; tell whether there is one."""
    for file in filter(None, files):
        suffix = file.suffix.lower()
        if suffix in IMAGE_SUFFIXES:
            source.result.assets.setdefault(f"images/portrait{suffix}", file)
            return True
    return False


def add_home_page(
    source: SourceTree, path: Path, name: str, body: str, lists: Mapping[str, list]
) -> None:
    """Add a home page: a text, lists by their headings, then news and papers."""
    parts = [re.sub(r"(?m)^#(?= )", "##", body)]
    for heading, items in lists.items():
        if texts := [text for text in map(_item_text, items) if text]:
            parts.append("\n".join([f"## {heading}", "", *(f"- {text}" for text in texts)]))
    kinds = {document.kind for document in source.result.documents}
    parts += ["## News\n\n[NEWS]"] * ("news" in kinds)
    parts += ["## Publications\n\n[PAPERS]"] * ("paper" in kinds)
    headers = {"title": name, "role": source.result.owner.role or ""}
    source.add_document("home", headers, "\n\n".join(filter(None, parts)), path)


def _item_text(item: object) -> str:
    if not isinstance(item, dict):
        return plain_text(item)
    names = ("course", "degree", "position", "area", "name", "dept", "institution", "year", "date",
             "date_end")  # fmt: skip
    return ", ".join(filter(None, (plain_text(item.get(name, "")) for name in names)))
