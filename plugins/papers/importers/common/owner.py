"""Whose site it was: names and addresses in the settings of Jekyll's sites."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from ...content import Loader
from ...model import name_key
from ...util import CONTROL
from ..result import SourceTree
from .fields import find_line, fold_text
from .text import plain_text

# Keys of settings, without `_username`, `_id` and the like; label, and address of a bare name.
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
_END = re.compile(r"_?(?:username|user_?id|id|url|profile|user|handle|page|link)$")
# What themes hold until somebody writes what is true.
_EXAMPLES = frozenset(
    "yourname yourrname qc6cjjyaaaaj 1010907 youexamplecom noneexampleorg".split()
)
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[A-Za-z]{2,}")


def load_yaml_mapping(source: SourceTree, path: Path) -> dict:
    """Return the mapping that a YAML file holds, its values as text; {} and a note where none."""
    text = source.read_text(path)
    try:
        data = yaml.load(text, Loader)
    except RecursionError:
        source.note("left", path, "is nested too deeply, and is left out")
        return {}
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "nobody can read it"
        source.note("left", path, f"is no YAML: {said}", mark.line + 1 if mark else None)
        return {}
    return data if isinstance(data, dict) else {}


def yaml_text(value: object) -> str:
    """Return a value of YAML as text on one line; "" for one that is none."""
    if not isinstance(value, str) or value.lower() in ("~", "null", "false", "true"):
        return ""
    return " ".join(CONTROL.sub(" ", value).split())


def yaml_texts(value: object) -> list[str]:
    """Return the texts of a list, or the one text that stands in its place."""
    return [text for one in (value if isinstance(value, list) else [value])
            if (text := yaml_text(one))]  # fmt: skip


def read_owner(source: SourceTree, path: Path, config: Mapping) -> None:
    """Take name, role and addresses of the owner from a site's settings."""
    owner = source.result.owner
    author = config.get("author")
    author = author if isinstance(author, dict) else {"name": author}
    first, last = yaml_text(config.get("first_name")), yaml_text(config.get("last_name"))
    whole = " ".join(filter(None, (first, yaml_text(config.get("middle_name")), last)))
    names = [whole if last else "", yaml_text(author.get("name")), yaml_text(config.get("name"))]
    names = [name for name in names if name and fold_text(name) not in _EXAMPLES]
    title = yaml_text(config.get("title"))
    if not names and re.fullmatch(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}", title):
        names = [title]
        source.note("guessed", path, f'"{title}", the title of the site, is taken for the owner')
    owner.name = owner.name or next(iter(names), None)
    scholar = nested_mapping(config, "scholar")
    firsts, lasts = (yaml_texts(scholar.get(f"{name}_name")) for name in ("first", "last"))
    if "einstein" in map(fold_text, lasts) and fold_text(last) != "einstein":
        told = "`scholar` names Albert Einstein, who is the theme's example"
        source.note("guessed", path, told, _line(source, path, "Einstein"))
        firsts, lasts = [], []
    if owner.name is None and firsts and lasts:
        owner.name = f"{firsts[0]} {lasts[0]}"
    # An initial that is not their first one is another person's.
    forms = [f"{first} {last}" for last in lasts for first in firsts
             if len(first.strip(". ")) > 1 or not owner.name
             or fold_text(first)[:1] == fold_text(owner.name)[:1]]  # fmt: skip
    add_owner_names(source, [*names[:1], *([f"{first} {last}"] if first and last else []), *forms])
    bio = yaml_text(author.get("bio"))
    role = plain_text(bio)
    if role and len(role) <= 160 and owner.role is None:
        owner.role = role
    elif role:
        told = f"bio: {role[:60]}… (write it into content/home.md)"
        source.note("left", path, told, _line(source, path, bio[:30]))
    read_social_links(source, path, config)
    read_social_links(source, path, author, alone=True)
    for link in author.get("links") if isinstance(author.get("links"), list) else ():
        if isinstance(link, dict):
            _add(
                source, path, yaml_text(link.get("label")) or "Website", yaml_text(link.get("url"))
            )


def nested_mapping(config: Mapping, key: str) -> dict:
    """Return a mapping within the settings; {} where there is none."""
    return config[key] if isinstance(config.get(key), dict) else {}


def add_owner_names(source: SourceTree, names: Iterable[str]) -> None:
    """Add names under which papers print the owner, each once."""
    known = source.result.owner.names
    for name in names:
        if name and name_key(name) not in map(name_key, known):
            known.append(name)


def read_social_links(source: SourceTree, path: Path, data: Mapping, alone: bool = False) -> None:
    """Take the addresses under which the owner is known elsewhere.

    Where these stand `alone`, an address is taken under any name.
    """
    for key, value in data.items():
        if key == "scholar":
            continue  # Jekyll-Scholar's own settings.
        whole, stem = (re.sub(r"[^a-z]", "", name)
                       for name in (str(key).lower(), _END.sub("", str(key).lower())))  # fmt: skip
        stem = whole if whole in _SOCIAL else stem
        if isinstance(value, dict) and "url" in value:
            label = yaml_text(value.get("title")) or str(key)
            if str(key).startswith("custom"):
                _add(source, path, label, yaml_text(value.get("url")))
            continue
        label, template = _SOCIAL.get(stem, ("", ""))
        value = yaml_text(value)
        if not label and alone and whole != "avatar" and re.match("https?://", value):
            label = str(key).replace("_", " ").capitalize()
        if re.fullmatch("cv(?:pdf)?", stem) and value:
            told = f'the CV, "{value[:60]}", is left (put it into content/extra/, and link to it)'
            source.note("left", path, told, _line(source, path, value))
        if not label or not value or fold_text(value) in _EXAMPLES:
            continue
        if label == "Email":
            plain = re.sub(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*", "@", value, flags=re.I)
            plain = re.sub(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*", ".", plain, flags=re.I)
            value = f"mailto:{plain.removeprefix('mailto:')}"
        elif not re.match(r"https?://", value, re.IGNORECASE):
            bare = value.removeprefix("www.")
            named = re.match(r"[\w.-]+\.[a-z]{2,}/", bare, re.IGNORECASE)
            if named or not template:
                value = f"https://{value}" if named else value
            elif re.fullmatch(r"[\w.@~+/ &=-]+", value):
                name = value.lstrip("@") if label != "Mastodon" else _mastodon(value)
                value = template.format(name.replace(" ", "%20"))
        _add(source, path, label, value)


def _mastodon(value: str) -> str:
    user, _, host = value.strip("@").partition("@")
    return f"{host}/@{user}" if host else user


def _add(source: SourceTree, path: Path, label: str, address: str) -> None:
    known = {label for label, _ in source.result.owner.social}
    mail = address.startswith("mailto:") and _MAIL.fullmatch(address.removeprefix("mailto:"))
    web = re.fullmatch(r"https?://[^\s/?#]+\.[^\s\"'<>\\]+", address, re.IGNORECASE)
    if re.match(r"https?://(?:www\.)?alberteinstein\.com\b", address):
        return  # al-folio's example.
    if not (mail or web):
        if address:
            told = f'{label}: "{address[:60]}" is no address, and is left out'
            source.note("left", path, told, _line(source, path, address))
    elif label not in known:
        source.result.owner.social.append((label, address))
    elif (label, address) not in source.result.owner.social:
        told = f"{label}: {address[:80]} is left out, for there is another one"
        source.note("left", path, told, _line(source, path, address))


def _line(source: SourceTree, path: Path, words: str) -> int | None:
    return find_line(source.read_text(path), words.removeprefix("mailto:"))
