"""The owner of a page: name, profiles and role."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...util import find_tags
from ..common import (
    IMAGE_PATTERN,
    LINK_PATTERN,
    add_portrait,
    convert_html,
    find_asset,
    match_url,
    set_owner,
)
from ..result import SiteOwner, SourceTree
from .authors import is_person_name
from .blocks import Remainder, SourceLine
from .draft import strip_markdown
from .paper_elements import unwrap_layout_tables

_PORTRAIT = re.compile(
    r"profile|avatar|portrait|head-?shot|selfie|mugshot|photo|(?<![a-z])me\.(?:jpe?g|png|webp)|"
    r"my[-_]?(?:pic|face|img)|circle|hoverzoomlink|头像|照片"
)
_HEADING = re.compile(r"\s*(?:#{1,6}\s|<h[1-6]\b)", re.IGNORECASE)
# Stands for the portrait until the link around it is gone.
_REMOVED = "\ue004"
_EMPTY_LINK = re.compile(rf"<a\b[^<>]{{0,500}}>\s*{_REMOVED}\s*</a>|\[\s*{_REMOVED}\s*\]\([^()]*\)")
_FIRST_PERSON = re.compile(
    r"(?:\bI am|\bI['’]m|\bMy name is|我是|我叫)\s*\**(?P<name>[^\W\d_][^*,.。，\n(（]{1,40}?)\**"
    r"(?=\s*[,.，。(（!]|\s+and\b|\s*$)",
    re.MULTILINE,
)
_WEB = r"https?://(?:www\.)?"
# Label, words of a link to the profile, its URL.
_PROFILES = {
    "Email": (r"mail|@|\bat\b", r"mailto:[^\s@]+@[^\s@?]+"),
    "Google Scholar": (r"scholar", rf"{_WEB}scholar\.google\.[a-z.]+/citations\?"),
    "GitHub": (r"github", rf"{_WEB}github\.com/[\w-]+/?$"),
    "ORCID": (r"orcid", rf"{_WEB}orcid\.org/\d"),
    "LinkedIn": (r"linkedin", rf"{_WEB}linkedin\.com/in/"),
    "X": (r"twitter|^𝕏|^x$", rf"{_WEB}(?:twitter|x)\.com/\w+/?$"),
    "Bluesky": (r"bluesky|bsky", rf"{_WEB}bsky\.app/profile/"),
    "DBLP": (r"dblp", rf"{_WEB}dblp\.[a-z.-]+/(?:pid|pers)/"),
    "OpenReview": (r"openreview", rf"{_WEB}openreview\.net/profile\?"),
    "Semantic Scholar": (r"semantic", rf"{_WEB}semanticscholar\.org/author/"),
    "ResearchGate": (r"research ?gate", rf"{_WEB}researchgate\.net/profile/"),
    "Hugging Face": (r"hugging", rf"{_WEB}huggingface\.co/[\w-]+/?$"),
    "知乎": (r"知乎|zhihu", rf"{_WEB}zhihu\.com/people/"),
}
_TITLES = re.compile(
    r"^(?:(?:assoc(?:iate)?|assist(?:ant)?)\.? )?(?:prof(?:essor)?|dr|mr|ms|mrs)\.? "
    r"|,? (?:ph\.?d|m\.?d|m\.?sc)\.?$|['’]s (?:home ?page|web ?site|web ?page|page)$",
    re.IGNORECASE,
)
_PAGE = r"(?:(?:academic|personal|professional) )?(?:home ?page|web ?site|web ?page|page|site)"
_HOME_PAGE = re.compile(
    rf"^(?:welcome to |the )*{_PAGE} (?:of|for) |['’]s? (?:{_PAGE}|home)$"
    r"|\s*的?(?:个人|学术)*主页$",
    re.IGNORECASE,
)
_THIRD_PERSON = re.compile(
    r"^[ \t]{0,20}\**(?P<name>[^\W\d_][^*,.。，\n(（]{1,40}?)\**"
    r"(?=(?:\s*(?:\([^()]{1,30}\)|（[^（）]{1,30}）))?"
    r"(?:,?\s*(?:Ph\.?D\.?,?\s*)?is\s+(?:now\s+|currently\s+)?(?:an?|the)\b"
    r"|[,，]?(?:男，|女，|博士，)?(?:现为|现任|目前是|是)))",
    re.MULTILINE,
)
_ROLE = re.compile(
    r"\s*\**(?:\s*(?:\([^()]{1,30}\)|（[^（）]{1,30}）))?"
    r"(?:,?\s*(?:Ph\.?D\.?,?\s*)?(?:is |am )?(?:now |currently )?(?:an?|the)\s+"
    r"(?P<role>[^\n]{5,300})"
    r"|[,，]?(?:男，|女，|博士，)?(?:现为|现任|目前是|是)?(?P<cjk>[^\n，。；,;]{4,80}))"
)
_I_AM = re.compile(r"\bI(?:['’]m| am) (?:now |currently )?(?:an?|the)\s+(?P<role>[^\n]{5,300})")
_ROLE_END = re.compile(
    r"(?<=[^\W\d_]{2})[.](?=\s|$)|[;!。]|,?\s+(?:and (?:is|am|I|the)|where|who|which|jointly|"
    r"working|supervised|advised|under|from which)\b|,\s+(?:and|also|with|affiliated|focus)"
)


def find_person_name(title: str) -> str:
    """Return the name in a title: "Dr. Ada Lovelace", "Ada Lovelace | Home"; "" without one."""
    title = _HOME_PAGE.sub("", title)
    for part in re.split(r"\s[|–—·-]\s|:\s", title):
        name = _TITLES.sub("", _TITLES.sub("", strip_markdown(part).strip()))
        if is_person_name(name) and not re.search("[我页頁]|ホーム|简介|首", name):
            return name
    return ""


def _find_profiles(text: str) -> list[tuple[str, str]]:
    """Return labels and URLs of the links to a person's profiles and mail."""
    profiles: dict[str, str] = {}
    for match in LINK_PATTERN.finditer(text):
        words, url = strip_markdown(match["text"]).casefold(), match_url(match)
        for label, (words_pattern, url_pattern) in _PROFILES.items():
            # A link without words has an icon.
            is_meant = not words or re.search(words_pattern, words)
            if is_meant and re.match(url_pattern, url, re.IGNORECASE):
                profiles.setdefault(label, url)
    return list(profiles.items())


def identify_owner(
    source: SourceTree, path: Path, lines: list[SourceLine], bold_names: Counter, heading: str,
    title: str,
) -> dict[str, str]:  # fmt: skip
    """Set the owner of the site, and note the guesses; return the headers of the home page.

    The name is that of the `heading`, of the first sentence, the most frequent of `bold_names`,
    or that in the page's `title`.
    """
    owner = source.result.owner
    text = convert_html(unwrap_layout_tables("\n".join(line.text for line in lines)))
    if not owner.social and (profiles := _find_profiles(text)):
        owner.social = profiles
        labels = ", ".join(label for label, _ in profiles)
        source.note("guessed", path, f"the links to {labels} were read as the owner's")
    text = LINK_PATTERN.sub(r"\g<text>", text)
    sentence = _FIRST_PERSON.search(text) or _THIRD_PERSON.search(text)
    name = strip_markdown(sentence["name"]).strip() if sentence else ""
    name = heading or (name if is_person_name(name) else "")
    common = bold_names.most_common(1)
    name = name or (common[0][0] if common else find_person_name(title))
    if name and owner.name is None:
        source.note("guessed", path, f"{name} was read as the owner of the page")
    set_owner(source, name, [bold_name for bold_name, count in common if count > 1])
    role = owner.role or _find_role(text, sentence, owner.name or "")
    if role and not owner.role:
        owner.role = role
        source.note("guessed", path, f'"{role}" was read as the role')
    if not owner.name:
        source.note(
            "left", path, "contains no name (write `Title: your name` into content/home.md)"
        )
    return {"title": owner.name or "Home", "role": role}


def take_portrait(
    source: SourceTree, path: Path, remainders: list[Remainder], name: str
) -> list[Remainder]:
    """Copy the portrait in the first part of a home page; return the page without it.

    That is a picture whose file, class or words say so, or the only one above the first list.
    """
    if any(target.startswith("images/portrait.") for target in source.result.assets):
        return remainders
    first = _lines_of_first_part(remainders)
    pictures = [(line, *picture) for line in first for picture in _find_pictures(line.text)]
    name_words = [word for word in re.findall(r"\w{3,}", name.casefold())]
    for line, start, end, url, words in pictures:
        about = f"{words} {url}".casefold()
        is_portrait = _PORTRAIT.search(about) or any(word in about for word in name_words)
        if not is_portrait and len(pictures) > 1:
            continue
        if not add_portrait(source, [find_asset(source, path, url)]):
            continue
        text = _EMPTY_LINK.sub("", f"{line.text[:start]}{_REMOVED}{line.text[end:]}")
        new_line = replace(line, text=text.replace(_REMOVED, ""))
        return [
            part if isinstance(part, str) else [new_line if old is line else old for old in part]
            for part in remainders
        ]
    return remainders


def _lines_of_first_part(remainders: list[Remainder]) -> list[SourceLine]:
    """Return the lines above the second heading and the first list."""
    lines: list[SourceLine] = []
    for part in remainders:
        if isinstance(part, str):
            break
        for line in part:
            if _HEADING.match(line.text) and any(other.text.strip() for other in lines):
                return lines
            lines.append(line)
    return lines


def _find_pictures(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, URL and words of the pictures in a line."""
    for match in IMAGE_PATTERN.finditer(text):
        yield *match.span(), match_url(match), match["text"]
    for tag in find_tags(text):
        if tag.name == "img":
            words = " ".join(tag.attributes.get(key, "") for key in ("alt", "class", "id", "title"))
            yield tag.start, tag.end, tag.attributes.get("src", ""), words


def drop_contacts(body: str, owner: SiteOwner) -> str:
    """Return the text of a home page without the name and the profiles that stand above it."""
    first, _, others = body.partition("\n")
    if strip_markdown(first) in filter(None, (owner.name, *owner.names)):
        body = others.lstrip("\n")
    addresses = {address for _, address in owner.social}
    return "\n".join(
        line for line in (_drop_profiles(line, addresses) for line in body.split("\n"))
        if line is not None
    )  # fmt: skip


def _drop_profiles(line: str, addresses: set[str]) -> str | None:
    """Return a line of links without those to profiles; None where no link remains."""
    links = [*LINK_PATTERN.finditer(line)]
    if not any(match_url(link) in addresses for link in links):
        return line
    if re.search(r"\w", re.sub(r"&\w+;", "", LINK_PATTERN.sub("", line))):
        return line
    remaining = [link[0] for link in links if match_url(link) not in addresses]
    return " / ".join(remaining) if remaining else None


def _find_role(text: str, sentence: re.Match | None, name: str) -> str:
    """Return the owner's role in the sentence with the name, or in one with "I am"; or ""."""
    match = None
    if sentence and strip_markdown(sentence["name"]) == name:
        match = _ROLE.match(text, sentence.end("name"))
    if match is None or (match["cjk"] and not re.search("[\u3400-\u9fff]", match["cjk"])):
        match = _I_AM.search(text)
    if match is None:
        return ""
    role = strip_markdown(match["role"] if match["role"] else match["cjk"])
    end = _ROLE_END.search(role)
    role = role[: end.start()] if end else role
    role = role.strip(" ,.…")
    is_whole = not re.search(r" (?:at|in|of|with|for|the|and)$", role)
    return role if 3 < len(role) <= 140 and is_whole else ""
