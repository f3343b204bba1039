"""Files that an old site's texts show and link to are brought along; badges are taken out."""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ...content import is_wordless
from ...util import Tag, check_scheme, is_path, replace_tags, shorten
from ..result import ASSET_SUFFIXES, IMAGE_SUFFIXES, SourceTree

# Where Jekyll's themes and Hugo keep what pages name.
FOLDERS = (
    "images", "assets", "assets/img", "assets/images", "assets/pdf", "files", "static",
    "static/images", "static/img", "static/files", "public", "_pages", "content",
)  # fmt: skip
BADGE_URL = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:shields\.io|badgen\.net|badge\.fury\.io|forthebadge\.com|"
    r"hits\.(?:seeyoufarm\.com|dwyl\.com|sh)|visitor-badge[\w.-]*|komarev\.com|clustrmaps\.com|"
    r"mapmyvisitors\.com|api\.visitorbadge\.io|visitorbadge\.io|flagcounter\.com|busuanzi[\w.-]*|"
    r"github-readme-stats[\w.-]*|badges\.[\w.-]+)/"
    r"|https?://[^\s/]+/(?:[^\s?#]*/)?badges?[/.-]",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"visitor|komarev|hits\.|flagcounter|clustrmaps|mapmyvisitors", re.IGNORECASE)
_TEXT = r"(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,600}+"
_ADDRESS = (
    r"\(\s*(?:<(?P<bare>[^<>\n]{0,2000})>|(?P<address>(?:[^\s()<>]|\([^\s()]{0,300}\)){0,2000}+)"
    # Other systems take blanks in an address.
    r"|(?P<spaced>[^()<>\n\"]{1,500}?))"
)
_END = r"""(?:\s+(?P<title>"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s*\)"""
IMAGE_PATTERN = re.compile(rf"!\[(?P<text>{_TEXT})\]{_ADDRESS}{_END}")
LINK_PATTERN = re.compile(rf"(?<!!)\[(?P<text>{_TEXT})\]{_ADDRESS}{_END}")
_LINKED = re.compile(
    rf"\[\s*(?P<picture>!\[(?P<text>[^\]\n]{{0,200}})\]{_ADDRESS}{_END})\s*\]"
    r"\((?P<to>[^\s()]{1,1000})\)"
)
_LABELS = re.compile(
    r"\W*(?:(?:conference |journal |full |extended )?(?:paper|version)|"
    r"pdf|arxiv|preprint|code|github|git|project(?: page| website)?|page|web(?:site)?|"
    r"homepage|slides?|poster|video|demo|data(?:set)?s?|model|bib(?:tex)?|cite|blog|doi|html|link|"
    r"supp(?:lementary|lemental|lement)?|appendix|talk|media|news|abs(?:tract)?|openreview|"
    r"acl|ieee|acm|hugging ?face|pwc|[\w+ -]{0,30}\bstars|论文|代码|项目|主页|链接|知乎|"
    r"机器之心)s?\W*",
    re.IGNORECASE,
)


def match_url(match: re.Match) -> str:
    """Return the address of a match of PICTURE or LINK."""
    found = match["bare"] or match["address"] or match["spaced"] or ""
    return found.strip().replace(" ", "%20")


def find_asset(source: SourceTree, file: Path, address: str) -> Path | None:
    """Return the file of the source that an address stands for, on the old site or beside it."""
    if not is_path(address):
        parts = urlsplit(address) if re.match(r"https?://[^\[\]]*$", address) else None
        if parts is None or parts.path.count("/") < 2:
            return None
        address = parts.path
    if not re.split("[?#]", address)[0].lower().endswith(ASSET_SUFFIXES):
        return None
    for form in dict.fromkeys((address, unquote(address))):
        if found := source.find_file(form, file, FOLDERS):
            return found
    return None


def badge_label(address: str, words: str = "") -> str:
    """Return what a badge says: its words, or those in its address."""
    given = parse_qs(urlsplit(address).query).get("label", [""])[0] if "[" not in address else ""
    return words.strip() or re.sub(r"[][<>*_`]", "", given).strip()


def is_link_label(words: str) -> bool:
    """Tell whether a link says what it leads to, and is no title."""
    return _LABELS.fullmatch(words) is not None


def copy_assets(source: SourceTree, file: Path, text: str, line: int, folder: str) -> str:
    """Bring along what a text shows and links to, into `folder`; what is not there is noted."""

    def at(match: re.Match) -> int:
        return line_of(match.string, match.start())

    def line_of(text: str, offset: int) -> int:
        return line + text.count("\n", 0, offset)

    def shown(address: str, words: str, title: str, row: int) -> str:
        if BADGE_URL.match(address):
            source.note("left", file, f"a badge is left out: {shorten(address)}", row)
            return "" if _COUNTER.search(address) else badge_label(address, words)
        if target := _bring(source, file, address, folder):
            if not words or is_wordless(words):
                words = re.sub(r"[-_+\s]+", " ", Path(target).stem)
                told = f'"{words}" stands for a picture (say in a sentence what it shows)'
                source.note("guessed", file, told, row)
            return f"![{words}]({{static}}/{target}{title})"
        if re.match("(?:https?:)?//", address):
            told = f'the picture "{shorten(address)}" is on another host, and became a link'
            source.note("left", file, told, row)
            return f"[{words or 'picture'}](<{address}>)"
        told = f'the picture "{shorten(address)}" is not here, and is left out'
        source.note("left", file, told, row)
        return ""

    def picture(match: re.Match) -> str:
        title = f" {match['title']}" if match["title"] else ""
        return shown(match_url(match), match["text"].strip(), title, at(match))

    def element(tag: Tag) -> str | None:
        if tag.closing or tag.name not in ("img", "a"):
            return None
        row, attributes = line_of(text, tag.start), tag.attributes
        if tag.name == "img":
            return shown(attributes.get("src", ""), attributes.get("alt", ""), "", row)
        if "href" not in attributes:
            return None
        return f'<a href="{linked(attributes["href"], row).replace(chr(34), "%22")}">'

    def link(match: re.Match) -> str:
        address, words = match_url(match), LINK_PATTERN.sub(r"\g<text>", match["text"]).strip()
        if (
            not words
            and address.lower().endswith(IMAGE_SUFFIXES)
            and not find_asset(source, file, address)
        ):
            # It led from a picture to the picture, and neither is here.
            return ""
        if not words.strip():
            words = urlsplit(address).hostname or "link" if "[" not in address else "link"
        if not address:
            source.note("left", file, f'"{shorten(words)}" links to nothing', at(match))
            return words
        address = linked(address, at(match))
        if not address:
            return words
        if re.search(r"[\s()]", address):
            address = f"<{address}>"
        title = f" {match['title']}" if match["title"] else ""
        return f"[{words}]({address}{title})"

    def linked(address: str, row: int) -> str:
        if told := check_scheme(address):
            source.note("left", file, told.replace("write https://…", "it is left out"), row)
            return ""
        if target := _bring(source, file, address, folder):
            return f"{{static}}/{target}"
        if is_path(address) and not address.startswith(("{", "?")) and address:
            plain = re.split("[?#]", address)[0]
            if plain.lower().endswith(ASSET_SUFFIXES):
                told = (
                    f'"{shorten(address)}" is not here (put the file there, or take the link off)'
                )
            else:
                told = (
                    f'"{shorten(address)}" was a page of the old site (see that it leads somewhere)'
                )
            source.note("left", file, told, row)
        return address

    def badge(match: re.Match) -> str:
        twice = BADGE_URL.match(match_url(match)) and text.count(match["to"]) > 1
        return picture(match) and "" if twice else match[0]

    text = _LINKED.sub(badge, text)
    text = IMAGE_PATTERN.sub(picture, text)
    text = replace_tags(text, element)
    return LINK_PATTERN.sub(link, text)


def _bring(source: SourceTree, file: Path, address: str, folder: str) -> str | None:
    """Bring a file along; return its path below content/."""
    found = find_asset(source, file, address) if address else None
    if found is None:
        return None
    where = "images" if folder == "news" and found.suffix.lower() in IMAGE_SUFFIXES else folder
    name = source.result.add_asset(found, where)
    return name if "/" in name else f"{where}/{name}"
