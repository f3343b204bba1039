"""Files that are made of files in content/, in the cache, and what is wrong with the latter."""

from collections.abc import Callable
from pathlib import Path

from ..build import state_of
from ..images import ImageCache
from ..model import Problem


class MediaStore:
    """The files that are made for a site, by their address below its root.

    `files` are in the cache; `deferred` are functions that make a file when the site is written.
    `broken` are the paths, below content/, of images that cannot be used.
    """

    def __init__(self, context: dict, problems: list[Problem]):
        self.context = context
        self.cache = ImageCache(
            Path(context["CACHE_PATH"]), state_of(context).make_temporary_folder
        )
        self.files: dict[str, Path] = {}
        self.deferred: dict[str, Callable[[], bytes]] = {}
        self.broken: set[str] = set()
        self._problems = problems

    def source(self, path: str) -> Path:
        """Return the file of a path below content/."""
        return Path(self.context["static_content"][path].source_path)

    def add(self, address: str, make: Callable[[], bytes]) -> str:
        """Make a file, unless the cache has it, and return its address."""
        self.cache.ensure(address, make)
        self.files[address] = self.cache.path(address)
        return address

    def report(self, path: str, error: ValueError) -> None:
        """Add a problem for an image once, unless a header that names the image has it."""
        if path not in self.broken:
            self.broken.add(path)
            ending = f'/{path.rpartition("/")[2]}" {error}'
            for content in filter(None, self.context["generated_content"].values()):
                if any(f"/{p.message}".endswith(ending) for p in content.header.problems):
                    return
            self._problems.append(Problem(f"{Path(self.context['PATH']).name}/{path}", str(error)))
