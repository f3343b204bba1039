"""The files that texts of an old site show and link to, and their badges."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ...content import is_wordless
from ...model import find_embed
from ...util import Tag, check_scheme, is_path, replace_tags, shorten
from ..result import ASSET_SUFFIXES, IMAGE_SUFFIXES, NoteKind, SourceTree
from .html_to_markdown import escape_link_target

# Where Jekyll's themes and Hugo keep the files of pages.
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
_URL = (
    r"\(\s*(?:<(?P<bracketed>[^<>\n]{0,2000})>|(?P<url>(?:[^\s()<>]|\([^\s()]{0,300}\)){0,2000}+)"
    # Other systems accept spaces in a URL.
    r"|(?P<spaced>[^()<>\n\"]{1,500}?))"
)
_END = r"""(?:\s+(?P<title>"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s*\)"""
IMAGE_PATTERN = re.compile(rf"!\[(?P<text>{_TEXT})\]{_URL}{_END}")
LINK_PATTERN = re.compile(rf"(?<!!)\[(?P<text>{_TEXT})\]{_URL}{_END}")
_LINKED_IMAGE = re.compile(
    rf"\[\s*(?P<picture>!\[(?P<text>[^\]\n]{{0,200}})\]{_URL}{_END})\s*\]"
    r"\((?P<to>[^\s()]{1,1000})\)"
)
_LABELS = re.compile(
    r"\W*(?:(?:conference |journal |full |extended )?(?:paper|version)|"
    r"pdf|arxiv|preprint|code|github|git|project(?: page| website)?|page|web(?:site)?|"
    r"homepage|slides?|poster|video|demo|data(?:set)?s?|model|bib(?:tex)?|cite|blog|doi|html|link|"
    r"download(?: pdf)?|full ?text|osf|repository|10\.\d{4,9}/\S{1,200}|https?://\S{1,300}|"
    r"supp(?:lementary|lemental|lement)?|appendix|talk|media|news|abs(?:tract)?|openreview|"
    r"acl|ieee|acm|hugging ?face|pwc|[\w+ -]{0,30}\bstars|论文|代码|项目|主页|链接|知乎|"
    r"机器之心)s?\W*",
    re.IGNORECASE,
)


def match_url(match: re.Match) -> str:
    """Return the URL in a match of IMAGE_PATTERN or LINK_PATTERN."""
    url = match["bracketed"] or match["url"] or match["spaced"] or ""
    return url.strip().replace(" ", "%20")


def find_asset(source: SourceTree, path: Path, url: str) -> Path | None:
    """Return the file of the source that a URL leads to, on the old site or from a text's path."""
    if not is_path(url):
        parts = urlsplit(url) if re.match(r"https?://[^\[\]]*$", url) else None
        if parts is None or parts.path.count("/") < 2:
            return None
        url = parts.path
    if not re.split("[?#]", url)[0].lower().endswith(ASSET_SUFFIXES):
        return None
    for name in dict.fromkeys((url, unquote(url))):
        if asset := source.find_file(name, path, FOLDERS):
            return asset
    return None


def badge_label(url: str, alt: str = "") -> str:
    """Return the label of a badge: the text for its picture, or the label in its URL."""
    label = parse_qs(urlsplit(url).query).get("label", [""])[0] if "[" not in url else ""
    return alt.strip() or re.sub(r"[][<>*_`]", "", label).strip()


def is_link_label(text: str) -> bool:
    """Tell whether a link's text says what it leads to, and is not a title."""
    return _LABELS.fullmatch(text) is not None


def copy_assets(source: SourceTree, path: Path, text: str, line: int, folder: str) -> str:
    """Copy the files that a text shows and links to into `folder`; note those that are missing.

    Return the text with their new addresses. `line` is that of its first line in `path`.
    """
    return _AssetCopier(source, path, line, folder).replace_assets(text)


_Note = Callable[[NoteKind, str], None]


@dataclass(slots=True)
class _AssetCopier:
    """Where a text is in the source, and the folder of content/ for its files."""

    source: SourceTree
    path: Path
    first_line: int
    folder: str

    def replace_assets(self, text: str) -> str:
        def replace_badge(match: re.Match) -> str:
            # A badge whose link is in the text once more.
            repeats = BADGE_URL.match(match_url(match)) and text.count(match["to"]) > 1
            return self._replace_image(match) and "" if repeats else match[0]

        text = _LINKED_IMAGE.sub(replace_badge, text)
        text = IMAGE_PATTERN.sub(self._replace_image, text)
        text = replace_tags(text, partial(self._replace_tag, text))
        return LINK_PATTERN.sub(self._replace_link, text)

    def _note(self, kind: NoteKind, message: str, text: str, offset: int) -> None:
        line = self.first_line + text.count("\n", 0, offset)
        self.source.note(kind, self.path, message, line)

    def _replace_image(self, match: re.Match) -> str:
        title = f" {match['title']}" if match["title"] else ""
        note = partial(self._note, text=match.string, offset=match.start())
        return self._render_image(match_url(match), match["text"].strip(), title, note)

    def _replace_tag(self, text: str, tag: Tag) -> str | None:
        if tag.closing:
            return None
        note = partial(self._note, text=text, offset=tag.start)
        if tag.name == "img":
            url, alt = tag.attributes.get("src", ""), tag.attributes.get("alt", "")
            return self._render_image(url, alt, "", note)
        if tag.name == "a" and "href" in tag.attributes:
            url = self._copy_linked(tag.attributes["href"], note)
            return f'<a href="{url.replace(chr(34), "%22")}">'
        return None

    def _render_image(self, url: str, alt: str, title: str, note: _Note) -> str:
        """Return a picture as Markdown; a link for one of another host, "" for a missing one."""
        if find_embed(url):  # Shown by its words, until a click.
            return f"![{alt or 'Video'}]({url}{title})"
        if BADGE_URL.match(url):
            note("left", f"a badge was skipped: {shorten(url)}")
            return "" if _COUNTER.search(url) else badge_label(url, alt)
        if target := self._copy(url):
            if not alt or is_wordless(alt):
                alt = re.sub(r"[-_+\s]+", " ", Path(target).stem)
                message = f'"{alt}" stands for an image (describe the image in one sentence)'
                note("guessed", message)
            return f"![{alt}]({{static}}/{target}{title})"
        if re.match("(?:https?:)?//", url):
            note("left", f'the image "{shorten(url)}" is on another host and became a link')
            return f"[{alt or 'picture'}](<{url}>)"
        note("left", f'the image "{shorten(url)}" was not found and was skipped')
        return ""

    def _replace_link(self, match: re.Match) -> str:
        url, text = match_url(match), LINK_PATTERN.sub(r"\g<text>", match["text"]).strip()
        note = partial(self._note, text=match.string, offset=match.start())
        if not text and url.lower().endswith(IMAGE_SUFFIXES) and not find_asset(
            self.source, self.path, url
        ):  # fmt: skip
            # A picture that linked to itself, and is missing.
            return ""
        if not text:
            text = (urlsplit(url).hostname if "[" not in url else None) or "link"
        if not url:
            note("left", f'"{shorten(text)}" links to nothing')
            return text
        url = self._copy_linked(url, note)
        if not url:
            return text
        title = f" {match['title']}" if match["title"] else ""
        return f"[{text}]({escape_link_target(url)}{title})"

    def _copy_linked(self, url: str, note: _Note) -> str:
        """Return the new URL of a link, "" for one with a scheme that is not allowed."""
        if message := check_scheme(url):
            note("left", message.replace("write https://…", "it was skipped"))
            return ""
        if target := self._copy(url):
            return f"{{static}}/{target}"
        if url and is_path(url) and not url.startswith(("{", "?")):
            if re.split("[?#]", url)[0].lower().endswith(ASSET_SUFFIXES):
                problem = "was not found (add the file, or take the link off)"
            else:
                problem = "was a page of the old site (see that it leads somewhere)"
            note("left", f'"{shorten(url)}" {problem}')
        return url

    def _copy(self, url: str) -> str | None:
        """Add a file to the import; return its path below content/, None where it is missing."""
        asset = find_asset(self.source, self.path, url) if url else None
        if asset is None:
            return None
        is_picture = asset.suffix.lower() in IMAGE_SUFFIXES
        folder = "images" if self.folder == "news" and is_picture else self.folder
        name = self.source.result.add_asset(asset, folder)
        return name if "/" in name else f"{folder}/{name}"
