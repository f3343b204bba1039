"""A failed, refused or killed build leaves the last good site whole, and nothing beside it."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT, SUBPATH, write
from papers.publish import atomic_swap
from papers.publish.atomic_swap import BuildLocked, PublishRefused, build_and_swap
from papers.publish.page_loss import list_pages, parse_sitemap, refuse_page_loss

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, no umask and no modes")
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{}">{}</urlset>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# In a process of its own, which is not the papers package but this one module.
ALONE = "import os, sys, time; sys.path.insert(0, sys.argv[1]); from atomic_swap import *\n"


def whole(version: str) -> dict[str, str]:
    """Return the files of a version: two pages, and one that no other version has."""
    return {"index.html": version, "papers/p/index.html": version, f"only-{version}.txt": ""}


def building(version: str) -> Callable[[Path], None]:
    """Return a build of a site that tells its version."""
    return partial(write, files=whole(version))


def read(output: Path) -> dict[str, str]:
    """Return the visible files of a site: path to text."""
    paths = [path for path in output.rglob("*") if path.is_file()]
    names = {path.relative_to(output).as_posix(): path for path in paths}
    return {name: path.read_text() for name, path in names.items() if name[0] != "."}


def alone(code: str, *arguments: Path, **options) -> subprocess.Popen:
    """Start Python with the module alone; the output folder is `sys.argv[2]`."""
    command = [sys.executable, "-W", "error", "-c", ALONE + code, ROOT / "plugins/papers/publish"]
    return subprocess.Popen([*command, *arguments], stdout=-1, stderr=-1, text=True, **options)


@pytest.fixture(params=["exchange", "renames"])
def output(request, tmp_path, monkeypatch) -> Path:
    """A site's folder with its first version, where folders can be exchanged and where not."""
    if request.param == "renames":
        monkeypatch.setattr(atomic_swap, "_exchange", lambda one, other: False)
    build_and_swap(tmp_path / "output", building("1"))
    return tmp_path / "output"


def test_swap(output):
    """What was published before stays there for ever, or a folder is left behind."""
    assert read(output) == whole("1")
    build_and_swap(output, building("2"))
    assert read(output) == whole("2") and os.listdir(output.parent) == ["output"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no system call for it")
def test_exchange(tmp_path):
    """For a moment no site is there, though the system could exchange folders in one step."""
    write(tmp_path, {"a/1": "", "b/2": ""})
    assert atomic_swap._exchange(tmp_path / "a", tmp_path / "b")
    assert os.listdir(tmp_path / "a") == ["2"] and os.listdir(tmp_path / "b") == ["1"]
    assert not atomic_swap._exchange(tmp_path / "a", tmp_path / "none")


def test_a_folder_above_is_made(tmp_path):
    """The first build fails where the folder around the output is not there."""
    build_and_swap(tmp_path / "a/b/output", building("1"))
    assert read(tmp_path / "a/b/output") == whole("1")


def fail(error: BaseException, new: Path, last: Path | None = None) -> None:
    building("2")(new)
    raise error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a problem"),
        KeyboardInterrupt(),
        SystemExit("3 problems: nothing was written."),
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("stage", ["build", "approve", "_set_modes", "_flush", "_swap"])
def test_failure(output, monkeypatch, stage, error):
    """A problem, a full disk or Ctrl+C at any stage harms the last site, or leaves a folder."""
    before = output.stat()
    functions = {"build": building("2"), "approve": lambda new, last: None}
    if stage in functions:
        functions[stage] = partial(fail, error)
    else:
        monkeypatch.setattr(atomic_swap, stage, partial(fail, error))
    with pytest.raises(type(error)) as caught:
        build_and_swap(output, **functions)
    assert caught.value is error
    assert read(output) == whole("1") and os.path.samestat(output.stat(), before)
    assert os.listdir(output.parent) == ["output"]


def test_first_build_fails(tmp_path):
    """A first build that fails leaves a half site, or an empty folder."""
    with pytest.raises(ValueError):
        build_and_swap(tmp_path / "output", partial(fail, ValueError()))
    assert not os.listdir(tmp_path)


def test_second_rename_fails(output, monkeypatch):
    """Where folders cannot be exchanged, the last site is moved away and the new one not in."""
    rename = Path.rename

    def broken(path: Path, target: Path) -> Path:
        if path.name.startswith("new-") and target == output:
            raise PermissionError(errno.EACCES, "somebody has it open")
        return rename(path, target)

    monkeypatch.setattr(atomic_swap, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(PermissionError):
        build_and_swap(output, building("2"))
    assert read(output) == whole("1") and os.listdir(output.parent) == ["output"]


@POSIX
def test_file_too_large(tmp_path):
    """A write that the system refuses ends in a half file that is published."""
    code = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "def build(new):\n"
        "    (new / 'index.html').write_text('2')\n"
        "    (new / 'large.html').write_text('2' * 20_000)\n"
        "try:\n    build_and_swap(Path(sys.argv[2]), build)\n"
        "except OSError as error:\n    sys.exit(f'told: {error}')\n"
    )
    build_and_swap(tmp_path / "output", building("1"))
    with alone(code, tmp_path / "output") as running:
        printed = running.communicate()[1]
    assert running.returncode == 1 and printed.startswith("told: [Errno 27]"), printed
    assert read(tmp_path / "output") == whole("1") and os.listdir(tmp_path) == ["output"]


# Ends a build at the n-th thing that it asks of the system, as if it were killed, for all n in
# turn; then builds again. Prints what was wrong, and how many ends there were.
KILLED = """
import shutil
from pathlib import Path
seen = limit = 0
def count(event, arguments):
    global seen
    seen += event.startswith(("os.", "open", "fcntl.", "ctypes.dlsym"))
    if limit and seen >= limit:
        os._exit(9)
def build(version, new):
    for name in ("index.html", "p.html"):
        (new / name).write_text(version)
def run(version):
    build_and_swap(output, lambda new: build(version, new))
output, exchanging = Path(sys.argv[2]), sys.argv[3] == "exchange"
module = sys.modules["atomic_swap"]
if not exchanging:
    module._exchange = lambda one, other: False
    module._system = lambda name: None
sys.addaudithook(count)
ends, code = 0, 9
while code == 9:
    ends += 1
    shutil.rmtree(output.parent, ignore_errors=True)
    run("1")
    (output / ".git").mkdir()
    (output / ".git/HEAD").touch()
    child = os.fork()
    if child == 0:
        seen, limit = 0, ends
        run("2")
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    state = {path.read_text() for path in output.glob("*.html")}, len(list(output.glob("*.html")))
    if state not in [({"1"}, 2), ({"2"}, 2)] and (exchanging or output.exists()):
        print(ends, "half", state)
    try:
        build_and_swap(output, lambda new: 1 / 0)
    except ZeroDivisionError:
        pass
    if {path.read_text() for path in output.glob("*.html")} not in [{"1"}, {"2"}]:
        print(ends, "not put back")
    run("3")
    if {path.read_text() for path in output.glob("*.html")} != {"3"}:
        print(ends, "not built again")
    if not (output / ".git/HEAD").exists() or os.listdir(output.parent) != ["output"]:
        print(ends, "lost or left", os.listdir(output.parent), os.listdir(output))
print(ends - 1, "ends", code)
"""


@POSIX
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_each_step(tmp_path, way):
    """A build killed at one certain moment leaves no site, a half one, or loses `.git`."""
    with alone(KILLED, tmp_path / "around/output", way) as running:
        printed, errors = running.communicate()
    assert not errors
    ends = int(printed.removesuffix(" ends 0\n"))
    assert ends >= 30


def test_stale_folders(output):
    """What a killed build left fills the disk for ever, or gets into the next site."""
    write(output.parent / "output.new", {"new-x/half.html": "", "lock": ""})

    def build(new: Path) -> None:
        assert {path.name for path in new.parent.iterdir()} == {new.name, "lock"}
        building("2")(new)

    build_and_swap(output, build)
    assert read(output) == whole("2") and os.listdir(output.parent) == ["output"]


def test_recovery(output):
    """A build killed between two renames leaves no site, and the next one fails or has it gone."""
    beside = output.parent / "output.new"
    beside.mkdir()
    output.rename(beside / "old-x")
    with pytest.raises(ValueError):
        build_and_swap(output, partial(fail, ValueError()))
    assert read(output) == whole("1") and os.listdir(output.parent) == ["output"]


def test_half_deleted(output, monkeypatch):
    """Half of the last site, whose deletion was stopped, is put in the place of no site."""

    def stopped(folder: Path, **options) -> None:
        (folder / "index.html").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", stopped)
        build_and_swap(output, building("2"))
    assert read(output) == whole("2")
    shutil.rmtree(output)
    with pytest.raises(ValueError):
        build_and_swap(output, partial(fail, ValueError()))
    assert not os.listdir(output.parent)


def test_folder_of_ones_own(output):
    """A folder that happens to be called output.new is deleted."""
    write(output.parent / "output.new", {"thesis.md": "words"})
    build_and_swap(output, building("2"))
    assert read(output.parent / "output.new") == {"thesis.md": "words"}


@POSIX
def test_umask(tmp_path):
    """The web server may not read a site that was built with a strict umask."""
    before = os.umask(0o077)
    try:
        build_and_swap(tmp_path / "output", building("1"))
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode & 0o7777 for path in [tmp_path / "output"]}
    modes |= {path: path.stat().st_mode & 0o7777 for path in tmp_path.glob("output/**/*")}
    assert len(modes) == 6
    assert all(mode == (0o755 if path.is_dir() else 0o644) for path, mode in modes.items())


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_symbolic_link(tmp_path, there):
    """A link to where the site is served from is replaced by a folder, which nobody serves."""
    (tmp_path / "output").symlink_to("srv/site")
    if there:
        build_and_swap(tmp_path / "srv/site", building("1"))
    build_and_swap(tmp_path / "output", building("2"))
    assert os.readlink(tmp_path / "output") == "srv/site"
    assert read(tmp_path / "srv/site") == whole("2") and os.listdir(tmp_path / "srv") == ["site"]


def test_dot_entries(output):
    """The repository of a branch that is deployed is lost, or old files stay with it."""
    write(output, {".git/HEAD": "ref", ".nojekyll": "last", "CNAME": "x", "papers/.x": ""})

    def build(new: Path) -> None:
        building("2")(new)
        write(new, {".nojekyll": "new"})

    build_and_swap(output, build)
    assert (output / ".git/HEAD").read_text() == "ref"
    assert (output / ".nojekyll").read_text() == "new"
    assert read(output) == whole("2")


def test_a_branch_without_a_site(tmp_path):
    """The first build into a fresh clone of the branch to deploy is refused."""
    write(tmp_path / "output", {".git/HEAD": "ref"})
    build_and_swap(tmp_path / "output", building("1"))
    assert read(tmp_path / "output") == whole("1") and (tmp_path / "output/.git/HEAD").exists()


def test_file_that_is_being_read(output):
    """A visitor gets half of a page that is replaced while it is sent."""
    with (output / "index.html").open() as file:
        build_and_swap(output, building("2"))
        assert file.read() == "1"


def test_two_builds_in_one_process(output):
    """A build within another deletes what the other is writing."""
    with pytest.raises(BuildLocked, match="wait until it ends"):
        build_and_swap(output, lambda new: build_and_swap(output, building("3")))
    build_and_swap(output, building("2"))
    assert read(output) == whole("2")


@POSIX
def test_two_builds(output):
    """Two builds at once write into one folder, or one that was killed locks all others out."""
    code = (
        "def build(new):\n    (new / 'index.html').touch()\n    print('here', flush=True)\n"
        "    time.sleep(60)\nbuild_and_swap(Path(sys.argv[2]), build)\n"
    )
    with alone(code, output) as running:
        assert running.stdout.readline() == "here\n"
        with pytest.raises(BuildLocked):
            build_and_swap(output, building("2"))
        assert read(output) == whole("1")
        assert len(list(output.parent.glob("output.new/new-*/index.html"))) == 1
        running.kill()
    build_and_swap(output, building("2"))
    assert read(output) == whole("2") and os.listdir(output.parent) == ["output"]


@POSIX
def test_lock_that_is_taken_away(output, monkeypatch):
    """A build locks the file that another, just ending, deletes; a third one a new file."""

    def late(file, how: int) -> None:
        os.unlink(file.name)

    monkeypatch.setattr(atomic_swap.fcntl, "flock", late)
    with pytest.raises(BuildLocked):
        build_and_swap(output, building("2"))


@POSIX
def test_a_program_that_lives_on(output):
    """A program that a killed build had started holds the lock, or writes into the next site."""
    code = (
        "import subprocess\ndef build(new):\n"
        "    late = f'sleep 0.3; mkdir -p {new}; echo late > {new}/late.html'\n"
        "    subprocess.Popen(['sh', '-c', late])\n"
        "    os.kill(os.getpid(), 9)\nbuild_and_swap(Path(sys.argv[2]), build)\n"
    )
    with alone(code, output) as running:
        running.wait()

        def build(new: Path) -> None:
            running.communicate()  # Its other end closes with the program that lives on.
            building("2")(new)

        build_and_swap(output, build)
    assert read(output) == whole("2")
    build_and_swap(output, building("3"))
    assert read(output) == whole("3") and os.listdir(output.parent) == ["output"]


@pytest.mark.parametrize("place", [".", "..", "notes", "file.txt"])
def test_refused_places(tmp_path, monkeypatch, place):
    """`--output .`, or a folder of one's own, is deleted with all that lies in it."""
    files = {"work/notes/thesis.md": "words", "work/file.txt": "words", "work/index.html": ""}
    monkeypatch.chdir(write(tmp_path, files) / "work")
    with pytest.raises(PublishRefused, match="folder"):
        build_and_swap(Path(place), building("1"))
    assert read(tmp_path) == files


def test_whole_disk(output, monkeypatch):
    """That a volume, as containers have them, cannot be replaced is told after the build only."""
    monkeypatch.setattr(os.path, "ismount", lambda path: path == output)
    with pytest.raises(PublishRefused, match="name a folder in it"):
        build_and_swap(output, lambda new: pytest.fail("built in vain"))


def test_approval(output):
    """What is asked before the swap sees another site than the one that is swapped in."""
    seen = []
    build_and_swap(output, building("2"), lambda new, last: seen.extend([read(new), read(last)]))
    assert seen == [whole("2"), whole("1")]


def test_pages(tmp_path):
    """Pages that are compared with those of a sitemap have other names."""
    files = ["index.html", "a/index.html", "b.html", "c.txt", ".git/x.html"]
    assert list_pages(write(tmp_path, dict.fromkeys(files, ""))) == {*files[:3]}
    assert list_pages(tmp_path / "none") == set()


def test_pages_of_our_sitemap(published):
    """The sitemap that the site writes is not understood, or names what is no page."""
    named = parse_sitemap(published.text("sitemap.xml"), SUBPATH)
    assert {"index.html", "publications/index.html", "papers/ale/index.html"} <= named
    assert named <= list_pages(published.output)
    refuse_page_loss(published.output, named)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (SUBPATH, "index.html"),
        (f"{SUBPATH}/", "index.html"),
        (f" {SUBPATH}/a/ ", "a/index.html"),
        (f"{SUBPATH}/a.html", "a.html"),
        (f"{SUBPATH}/papers/%E5%90%8E/", "papers/后/index.html"),
        (f"{SUBPATH}/cv.pdf", None),
    ],
)
def test_addresses_of_a_sitemap(address, path):
    """An address is taken for another page than the one that is written for it."""
    text = SITEMAP.format(NAMESPACE, f"<url><loc>{address}</loc></url>")
    expected = {path} - {None}
    assert parse_sitemap(text, SUBPATH) == parse_sitemap(text, f"{SUBPATH}/") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>Not found",
        "<urlset/>",
        f'<sitemapindex xmlns="{NAMESPACE}"/>',
        "\ud800",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset>&b;</urlset>',
        "<a>" * 200_000,
    ]
    + [
        SITEMAP.format(NAMESPACE, f"<url><loc>{address}</loc></url>")
        for address in (
            "", "/", "https://user.github.io/repository/", "https://user.github.io/",
            f"{SUBPATH}/../x.html", f"{SUBPATH}/%2e%2e/x.html", f"{SUBPATH}//x.html",
            f"{SUBPATH}/a\n::error::x.html", f"{SUBPATH}/%1B[2J.html", f"{SUBPATH}/%E2%80%AE.html",
        )
    ],
    ids=range(17),
)  # fmt: skip
def test_hostile_sitemap(text):
    """What another server answers brings the build down, or speaks to the terminal."""
    with pytest.raises(ValueError, match="^the sitemap [^\x00-\x1f]+$"):
        parse_sitemap(text, SUBPATH)


def test_no_home_page(tmp_path):
    """An empty site is published."""
    with pytest.raises(PublishRefused, match="no index.html"):
        refuse_page_loss(write(tmp_path, {"a.html": ""}), set())


@pytest.mark.parametrize(
    ("last", "kept", "refused"),
    [(3, 1, False), (4, 3, False), (4, 2, True), (5, 3, False), (20, 1, True), (0, 1, False)],
)
def test_loss(tmp_path, last, kept, refused):
    """A slip that takes half of the pages away is published; or a page cannot be deleted."""
    names = ["index.html", *(f"p{n:02}.html" for n in range(1, last))][:last]
    write(tmp_path, dict.fromkeys(["index.html", "new.html", *names[:kept]], ""))
    if not refused:
        return refuse_page_loss(tmp_path, set(names))
    with pytest.raises(PublishRefused) as caught:
        refuse_page_loss(tmp_path, set(names))
    told = str(caught.value)
    assert told.startswith(f"{last - kept} of {last} pages would be gone")
    assert ": " + ", ".join(names[kept:][:5]) + (" and 14 more (" if last == 20 else " (") in told
    assert "ALLOW_LOSS=yes make publish" in told and "--allow-loss" in told
