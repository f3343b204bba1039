"""Sites in Org: the home page, pages beside it, and dated texts in folders of posts."""

from pathlib import Path

from ..front_matter import classify_name, import_post, read_text_page
from ..result import SourceTree
from ..webpage import IGNORED_PAGES, import_page
from .markup import convert_org

_HOMES = ("index.org", "home.org", "about.org", "content/index.org", "src/index.org",
          "org/index.org")  # fmt: skip


def import_org(source: SourceTree) -> bool:
    """Import a site in Org; tell whether it is one."""
    homes = [path for name in _HOMES for path in source.list_files(name)]
    if not homes:
        return False
    source.converters[".org"] = convert_org
    home = homes[0]
    import_page(source, home, is_home=True)
    for document in source.result.documents:
        document.body = document.body.strip()
    folder = home.parent.relative_to(source.root).as_posix()
    below = "" if folder == "." else f"{folder}/"
    for path in source.list_files(f"{below}*.org", f"{below}*/*.org", f"{below}*/*/index.org"):
        if path != home and path.stem.lower() not in (*IGNORED_PAGES, "sitemap", "setup"):
            _import_text(source, path, home.parent)
    return True


def _import_text(source: SourceTree, path: Path, root: Path) -> None:
    parts = path.relative_to(root).parts
    if len(parts) > 1 and classify_name(parts[0]) == "news" and path.parent != root:
        with source.limit_reading(path):
            matter = read_text_page(source, path)
            is_index = path.stem in ("index", "sitemap") and len(parts) == 2
            if matter and not is_index:
                name = path.parent.name if path.stem == "index" else path.stem
                import_post(matter, name)
        return
    import_page(source, path, is_home=False)
