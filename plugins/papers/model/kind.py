"""The table of kinds: what the texts of each folder in content/ are, and what is made of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table: the texts of one folder.

    `name` is the folder's, in content/ and in addresses; it names the feeds, `[NAME]` in home.md
    stands for the newest of them, and `_name.html` has the macro `rows`, which lists print.
    `label` is the title of the list of all, `plural` what "All …" calls them; posts have dates and
    are Pelican's articles, all others pages. `headers` are those that other posts and pages do not
    have. A list whose address is in a setting is written even if it is empty.
    """

    name: str
    label: str
    plural: str
    is_post: bool = True
    headers: tuple[str, ...] = ()
    address_setting: str = ""

    def address(self, settings: Mapping) -> str:
        """Return the address of the list of all, below the site's root."""
        return settings[self.address_setting] if self.address_setting else f"{self.name}/"


PAPERS = Kind("papers", "Publications", "publications", False, address_setting="PUBLICATIONS_URL")
NEWS = Kind("news", "News", "news", address_setting="ARCHIVES_URL")
# In the order of lists that show several kinds.
_TABLE = (
    PAPERS,
    NEWS,
    Kind("blog", "Blog", "posts", headers=("image", "image_alt", "image_caption", "series")),
)
KINDS = {kind.name: kind for kind in _TABLE}


def find_kind(path: str) -> Kind | None:
    """Return the kind of a file, by its path below content/."""
    return KINDS.get(path.partition("/")[0])
