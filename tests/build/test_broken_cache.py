"""A cache that is damaged, mixed up, or made by somebody else is as good as none."""

import marshal
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ALL, HOME, NEWS, PAPER, share, write
from papers.images import hashed_path
from papers.publish import check_site
from PIL import Image
from sample import picture
from small_site import BIB, build_files, differing, make_small_site

FAVICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
CODE = "open({!r}, 'w').close()"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    """A site that was built once, with a file of each kind in its cache, and its files."""
    folder = make_small_site(tmp_path_factory.mktemp("cache") / "project")
    shutil.rmtree(folder / "content")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 30.0)
    write(folder / "content", {
        "home.md": HOME, "news/n.md": NEWS, "papers/all.bib": BIB.format(n=1),
        "papers/p.md": PAPER.replace("Date", "Image: images/p.png\nImage_alt: Boxes\nDate"),
        "images/p.png": picture("PNG", 500, 200), "extra/favicon.svg": FAVICON,
        "extra/q.jpg": picture("JPEG", 60, 40, exif=exif),
    })  # fmt: skip
    files = build_files(folder, "publishconf.py", "out")
    names = {path.name.rpartition(".")[2] for path in _cache_files(folder)}
    assert {"webp", "jpg", "png", "ico", "json", "pickle", "tag"} <= names
    shutil.move(folder / "cache", folder / "cache.whole")
    return folder, files


@pytest.fixture
def folder(built) -> Path:
    """The folder of that site, its cache being as it was after the first build."""
    folder, cache = built[0], built[0] / "cache"
    if cache.is_dir() and not cache.is_symlink():
        shutil.rmtree(cache)
    else:
        cache.unlink(missing_ok=True)
    shutil.copytree(folder / "cache.whole", cache)
    return folder


def _cache_files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "cache").rglob("*") if path.is_file())


def _swap(folder: Path) -> None:
    """Give each file, with its tag, the name of another one."""
    files = [path for path in _cache_files(folder) if path.suffix != ".tag"]
    texts = [(path.read_bytes(), path.with_name(f"{path.name}.tag").read_bytes()) for path in files]
    for path, (data, tag) in zip(files, [*texts[1:], texts[0]], strict=True):
        path.write_bytes(data)
        path.with_name(f"{path.name}.tag").write_bytes(tag)


def _replace(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return a function that replaces each file, but for tags, by what `make` makes of its path."""

    def replace(folder: Path) -> None:
        for path in _cache_files(folder):
            if path.suffix != ".tag":
                path.unlink()
                make(path)

    return replace


def _edit(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        for path in _cache_files(folder):
            path.write_bytes(change(path.read_bytes()))

    return edit


def _link_folder(name: str) -> Callable[[Path], None]:
    def link(folder: Path) -> None:
        elsewhere = folder.parent / "elsewhere"
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.move(folder / name, elsewhere)
        for path in elsewhere.rglob("*.webp"):
            path.write_bytes(b"secret")
        (folder / name).symlink_to(elsewhere)

    return link


def _no_folder(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        shutil.rmtree(folder / "cache")
        make(folder / "cache")

    return replace


class _Payload:
    """An object that runs code when it is unpickled."""

    def __init__(self, marker: str):
        self.marker = marker

    def __reduce__(self) -> tuple:
        """Have code run."""
        return exec, (CODE.format(self.marker),)


def _add_code(folder: Path) -> None:
    """Put code into all that Python could load, beneath headers that are right."""
    marker = str(folder / "marker")
    for path in _cache_files(folder):
        data = path.read_bytes()
        if path.suffix == ".pickle":
            # The digest of the settings, then entries.
            path.write_bytes(data[:32] + pickle.dumps(_Payload(marker)))
        elif path.parent.name.startswith("templates-") and path.suffix != ".tag":
            start = data.index(marshal.dumps(compile("", "", "exec"))[:1], 60)
            code = marshal.dumps(compile(CODE.format(marker), "x", "exec"))
            path.write_bytes(data[:start] + code)


DAMAGE = {
    "halves": _edit(lambda data: data[: len(data) // 2]),
    "empty": _edit(lambda data: b""),
    "flipped": _edit(lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    "more": _edit(lambda data: data + b"\0"),
    "json": _edit(lambda data: b'{"templates": {"": 1}, "files": {"index.html": 1, "x": [1, 2]}}'),
    "deep": _edit(lambda data: b"[" * 100_000),
    "code": _add_code,
    "swapped": _swap,
    "links": _replace(lambda path: path.symlink_to("/etc/passwd")),
    "dead links": _replace(lambda path: path.symlink_to("nowhere")),
    "folders": _replace(lambda path: path.mkdir()),
    "pipes": _replace(lambda path: os.mkfifo(path)),
    "a linked folder": _link_folder("cache/pictures"),
    "a linked cache": _link_folder("cache"),
    "no folder": _no_folder(lambda path: path.write_text("a file")),
    "a link to nowhere": _no_folder(lambda path: path.symlink_to("nowhere/at/all")),
    "a pipe": _no_folder(lambda path: os.mkfifo(path)),
}  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, and links need a permission")
@pytest.mark.parametrize("damage", share(DAMAGE, 3))
def test_damaged_cache(built, folder, damage):
    """What somebody has put into the cache is published, runs, or ends the build."""
    DAMAGE[damage](folder)
    # A new folder, for which everything is taken from the cache, and then what that build left.
    for last in ("none", "out")[: 2 if ALL else 1]:
        files = build_files(folder, "publishconf.py", "again", last=last)
        assert differing(files, built[1]) == []
    assert not (folder / "marker").exists()


def test_files_of_others(built, folder):
    """A file that belongs to another user, or tags that were made with another key, are trusted."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root can give files away")
    for path in _cache_files(folder):
        os.chown(path, 1234, -1)
    files = build_files(folder, "publishconf.py", "again", last="out")
    assert differing(files, built[1]) == []
    assert {path.stat().st_uid for path in _cache_files(folder)} == {0}


def test_cache_is_used(built, folder):
    """The cache is never trusted, and each build makes everything again."""
    before = {path: path.stat().st_mtime_ns for path in _cache_files(folder)}
    files = build_files(folder, "publishconf.py", "again", last="out")
    assert differing(files, built[1]) == []
    after = {path: path.stat().st_mtime_ns for path in _cache_files(folder)}
    changed = {path.name for path in after if after[path] != before.get(path)}
    assert changed <= {"last-published.json", "last-published.json.tag"}


def test_key_that_cannot_be_stored(built, folder, monkeypatch):
    """Without a folder for the key, the build ends, or trusts what others have made."""
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "publishconf.py"))
    _swap(folder)
    files = build_files(folder, "publishconf.py", "again", last="out")
    assert differing(files, built[1]) == []


def test_check_trusts_no_planted_picture(built, folder):
    """A damaged image passes the check since the cache has a file of its name."""
    image = folder / "content/images/p.png"
    whole = image.read_bytes()
    image.write_bytes(whole[: len(whole) // 2])
    try:
        stem = hashed_path("p", image.read_bytes())
        write(folder / "cache", {f"{stem}-208.webp": picture("WEBP", 208, 90)})
        problems = check_site(folder / "publishconf.py").problems
        assert [problem for problem in problems if "is damaged" in str(problem)]
    finally:
        image.write_bytes(whole)


@pytest.mark.parametrize("setting", ["reader", "generator"])
def test_pelicans_own_cache(folder, setting, monkeypatch):
    """Pelican unpickles what lies in the cache where its own cache is turned on."""
    conf = folder / "publishconf.py"
    text = conf.read_text()
    names = ("ArticlesGenerator", "PagesGenerator", "StaticGenerator", "Readers", *(
        f"{name}-{part}" for name in ("ArticlesGenerator", "PagesGenerator")
        for part in ("Readers", "reader")
    ))  # fmt: skip
    data = pickle.dumps(_Payload(str(folder / "marker")))
    write(folder / "cache", dict.fromkeys(names, data))
    conf.write_text(
        f"{text}\nCACHE_CONTENT = LOAD_CONTENT_CACHE = True\nGZIP_CACHE = False\n"
        f"CONTENT_CACHING_LAYER = {setting!r}\n"
    )
    try:
        build_files(folder, "publishconf.py", "again")
    finally:
        conf.write_text(text)
    assert not (folder / "marker").exists()
