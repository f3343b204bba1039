"""Whose page it is: the name in bold among the authors, or that of the first sentence."""

import re
from collections import Counter
from pathlib import Path

from ..common import LINK_PATTERN, html_to_markdown, match_url, set_owner
from ..result import SourceTree
from .authors import is_person_name
from .blocks import SourceLine
from .draft import strip_markdown
from .paper_elements import unwrap_layout_tables

_SELF = re.compile(
    r"(?:\bI am|\bI['’]m|\bMy name is|我是|我叫)\s*\**(?P<name>[^\W\d_][^*,.。，\n(（]{1,40}?)\**"
    r"(?=\s*[,.，。(（!]|\s+and\b|\s*$)",
    re.MULTILINE,
)
_WEB = r"https?://(?:www\.)?"
# Label; what a link to it says; what its address is.
_PROFILES = {
    "Email": (r"mail|@", r"mailto:[^\s@]+@[^\s@?]+"),
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
_OTHER = re.compile(
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
_END = re.compile(
    r"(?<=[^\W\d_]{2})[.](?=\s|$)|[;!。]|,?\s+(?:and (?:is|am|I|the)|where|who|which|jointly|"
    r"working|supervised|advised|under|from which)\b|,\s+(?:and|also|with|affiliated|focus)"
)


def find_person_name(words: str) -> str:
    """Return the person's name that a title is: "Dr. Ada Lovelace", "Ada Lovelace | Home"."""
    for part in re.split(r"\s[|–—·-]\s|:\s", words):
        bare = _TITLES.sub("", _TITLES.sub("", strip_markdown(part).strip()))
        if is_person_name(bare) and not re.search("[我页頁]|ホーム|简介|首", bare):
            return bare
    return ""


def _profiles(text: str) -> list[tuple[str, str]]:
    """Return the labels and addresses of links that say where the owner is known, or writes."""
    found: dict[str, str] = {}
    for match in LINK_PATTERN.finditer(text):
        words, address = strip_markdown(match["text"]).casefold(), match_url(match)
        for label, (said, form) in _PROFILES.items():
            if re.search(said, words) and re.match(form, address, re.IGNORECASE):
                found.setdefault(label, address)
    return list(found.items())


def identify_owner(
    source: SourceTree, path: Path, lines: list[SourceLine], bold: Counter, heading: str, title: str
) -> dict[str, str]:
    """Note who the owner is; return the headers of the home page."""
    owner = source.result.owner
    text = html_to_markdown(unwrap_layout_tables("\n".join(line.text for line in lines)))
    if not owner.social and (social := _profiles(text)):
        owner.social = social
        told = ", ".join(label for label, _ in social)
        source.note("guessed", path, f"the links to {told} are taken for the owner's")
    text = LINK_PATTERN.sub(r"\g<text>", text)
    said = _SELF.search(text) or _OTHER.search(text)
    name = strip_markdown(said["name"]).strip() if said else ""
    name = heading or (name if is_person_name(name) else "")
    common = bold.most_common(1)
    name = name or (common[0][0] if common else find_person_name(title))
    if name and owner.name is None:
        source.note("guessed", path, f"{name} is taken for whose page it is")
    set_owner(source, name, [form for form, count in common if count > 1])
    role = owner.role or _role(text, said, owner.name or "")
    if role and not owner.role:
        owner.role = role
        source.note("guessed", path, f'"{role}" is taken for the role')
    if not owner.name:
        source.note("left", path, "tells no name (write `Title: your name` into content/home.md)")
    return {"title": owner.name or "Home", "role": role}


def _role(text: str, said: re.Match | None, name: str) -> str:
    """Return what the first sentences say that the owner is."""
    match = (
        _ROLE.match(text, said.end("name"))
        if said and strip_markdown(said["name"]) == name
        else None
    )
    if match is None or (match["cjk"] and not re.search("[\u3400-\u9fff]", match["cjk"])):
        match = _I_AM.search(text)
    if match is None:
        return ""
    words = strip_markdown(match["role"] if match["role"] else match["cjk"])
    end = _END.search(words)
    words = words[: end.start()] if end else words
    return words.strip(" ,.") if 3 < len(words) <= 140 else ""
