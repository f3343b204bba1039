"""The owner of a page: name, profiles and role."""

import re
from collections import Counter
from pathlib import Path

from ..common import LINK_PATTERN, convert_html, match_url, set_owner
from ..result import SourceTree
from .authors import is_person_name
from .blocks import SourceLine
from .draft import strip_markdown
from .paper_elements import unwrap_layout_tables

_FIRST_PERSON = re.compile(
    r"(?:\bI am|\bI['’]m|\bMy name is|我是|我叫)\s*\**(?P<name>[^\W\d_][^*,.。，\n(（]{1,40}?)\**"
    r"(?=\s*[,.，。(（!]|\s+and\b|\s*$)",
    re.MULTILINE,
)
_WEB = r"https?://(?:www\.)?"
# Label, words of a link to the profile, its URL.
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
            if re.search(words_pattern, words) and re.match(url_pattern, url, re.IGNORECASE):
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
        source.note("guessed", path, f"the links to {labels} are taken for the owner's")
    text = LINK_PATTERN.sub(r"\g<text>", text)
    sentence = _FIRST_PERSON.search(text) or _THIRD_PERSON.search(text)
    name = strip_markdown(sentence["name"]).strip() if sentence else ""
    name = heading or (name if is_person_name(name) else "")
    common = bold_names.most_common(1)
    name = name or (common[0][0] if common else find_person_name(title))
    if name and owner.name is None:
        source.note("guessed", path, f"{name} is taken for whose page it is")
    set_owner(source, name, [bold_name for bold_name, count in common if count > 1])
    role = owner.role or _find_role(text, sentence, owner.name or "")
    if role and not owner.role:
        owner.role = role
        source.note("guessed", path, f'"{role}" is taken for the role')
    if not owner.name:
        source.note("left", path, "tells no name (write `Title: your name` into content/home.md)")
    return {"title": owner.name or "Home", "role": role}


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
    return role.strip(" ,.") if 3 < len(role) <= 140 else ""
