"""A failed, refused or killed build leaves the last site as it is, and nothing beside it."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT, write
from papers.publish import atomic_swap
from papers.publish.atomic_swap import BuildLocked, PublishRefused, build_and_swap

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, no umask and no modes")
# Imports the module by itself, without the package.
IMPORT = "import os, sys, time; sys.path.insert(0, sys.argv[1]); from atomic_swap import *\n"


def site_files(version: str) -> dict[str, str]:
    """Return the files of a version: two pages, and a file that no other version has."""
    return {"index.html": version, "papers/p/index.html": version, f"only-{version}.txt": ""}


def build_version(version: str) -> Callable[[Path], None]:
    """Return a build function for this version."""
    return partial(write, files=site_files(version))


def read_files(output: Path) -> dict[str, str]:
    """Return the visible files of a site: path to text."""
    paths = [path for path in output.rglob("*") if path.is_file()]
    names = {path.relative_to(output).as_posix(): path for path in paths}
    return {name: path.read_text() for name, path in names.items() if name[0] != "."}


def start_python(code: str, *arguments: Path, **options) -> subprocess.Popen:
    """Start Python with the module imported; the output folder is `sys.argv[2]`."""
    command = [sys.executable, "-W", "error", "-c", IMPORT + code, ROOT / "plugins/papers/publish"]
    return subprocess.Popen([*command, *arguments], stdout=-1, stderr=-1, text=True, **options)


@pytest.fixture(params=["exchange", "renames"])
def output(request, tmp_path, monkeypatch) -> Path:
    """A site's folder with its first version, on systems that can exchange folders and others."""
    if request.param == "renames":
        monkeypatch.setattr(atomic_swap, "_exchange", lambda first, second: False)
    build_and_swap(tmp_path / "output", build_version("1"))
    return tmp_path / "output"


def test_swap(output):
    """Files of the last site stay in the new one, or a temporary folder is left behind."""
    assert read_files(output) == site_files("1")
    build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("2") and os.listdir(output.parent) == ["output"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no system call for it")
def test_exchange(tmp_path):
    """For a moment there is no site, though the system could exchange folders in one step."""
    write(tmp_path, {"a/1": "", "b/2": ""})
    assert atomic_swap._exchange(tmp_path / "a", tmp_path / "b")
    assert os.listdir(tmp_path / "a") == ["2"] and os.listdir(tmp_path / "b") == ["1"]
    assert not atomic_swap._exchange(tmp_path / "a", tmp_path / "none")


def test_parent_folder_is_created(tmp_path):
    """The first build fails if the parent of the output folder does not exist."""
    build_and_swap(tmp_path / "a/b/output", build_version("1"))
    assert read_files(tmp_path / "a/b/output") == site_files("1")


def fail(error: BaseException, new: Path, last: Path | None = None) -> None:
    build_version("2")(new)
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
    """A problem, a full disk or Ctrl+C at some stage damages the last site, or leaves a folder."""
    before = output.stat()
    functions = {"build": build_version("2"), "approve": lambda new, last: None}
    if stage in functions:
        functions[stage] = partial(fail, error)
    else:
        monkeypatch.setattr(atomic_swap, stage, partial(fail, error))
    with pytest.raises(type(error)) as caught:
        build_and_swap(output, **functions)
    assert caught.value is error
    assert read_files(output) == site_files("1") and os.path.samestat(output.stat(), before)
    assert os.listdir(output.parent) == ["output"]


def test_first_build_fails(tmp_path):
    """A first build that fails leaves an incomplete site, or an empty folder."""
    with pytest.raises(ValueError):
        build_and_swap(tmp_path / "output", partial(fail, ValueError()))
    assert not os.listdir(tmp_path)


def test_second_rename_fails(output, monkeypatch):
    """Without an exchange of folders, the last site is moved away and the new one not in."""
    rename = Path.rename

    def broken(path: Path, target: Path) -> Path:
        if path.name.startswith("new-") and target == output:
            raise PermissionError(errno.EACCES, "somebody has it open")
        return rename(path, target)

    monkeypatch.setattr(atomic_swap, "_exchange", lambda first, second: False)
    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(PermissionError):
        build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("1") and os.listdir(output.parent) == ["output"]


@POSIX
def test_file_too_large(tmp_path):
    """A file that the system refuses to write is published incomplete."""
    code = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "def build(new):\n"
        "    (new / 'index.html').write_text('2')\n"
        "    (new / 'large.html').write_text('2' * 20_000)\n"
        "try:\n    build_and_swap(Path(sys.argv[2]), build)\n"
        "except OSError as error:\n    sys.exit(f'told: {error}')\n"
    )
    build_and_swap(tmp_path / "output", build_version("1"))
    with start_python(code, tmp_path / "output") as running:
        printed = running.communicate()[1]
    assert running.returncode == 1 and printed.startswith("told: [Errno 27]"), printed
    assert read_files(tmp_path / "output") == site_files("1") and os.listdir(tmp_path) == ["output"]


# Ends a build at its n-th system call, as if it were killed, for each n in turn; then builds again.
# Prints what was wrong, and how many ends there were.
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
    module._exchange = lambda first, second: False
    module._c_function = lambda name: None
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
        print(ends, "not restored")
    run("3")
    if {path.read_text() for path in output.glob("*.html")} != {"3"}:
        print(ends, "not built again")
    if not (output / ".git/HEAD").exists() or os.listdir(output.parent) != ["output"]:
        print(ends, "lost or left", os.listdir(output.parent), os.listdir(output))
print(ends - 1, "ends", code)
"""


@POSIX
@pytest.mark.parametrize("method", ["exchange", "renames"])
def test_killed_at_each_step(tmp_path, method):
    """A build killed at a certain moment leaves no site, an incomplete one, or loses `.git`."""
    with start_python(KILLED, tmp_path / "around/output", method) as running:
        printed, errors = running.communicate()
    assert not errors
    ends = int(printed.removesuffix(" ends 0\n"))
    assert ends >= 30


def work_folder(output: Path, files: dict[str, str]) -> Path:
    """Write files into a folder that a killed build has left beside a site."""
    return write(output.with_name(f"{atomic_swap._work_name(output)}-x"), files)


def test_stale_folders(output):
    """Files of a killed build are never deleted, or get into the next site."""
    stale = work_folder(output, {"new-site/half.html": ""})

    def build(new: Path) -> None:
        assert not stale.exists() and os.listdir(new.parent) == [new.name]
        build_version("2")(new)

    build_and_swap(output, build)
    assert read_files(output) == site_files("2") and os.listdir(output.parent) == ["output"]


def test_recovery(output):
    """A build killed between two renames leaves no site, and the next one does not restore it."""
    output.rename(work_folder(output, {"x": ""}) / "old-site")
    with pytest.raises(ValueError):
        build_and_swap(output, partial(fail, ValueError()))
    assert read_files(output) == site_files("1") and os.listdir(output.parent) == ["output"]


def test_interrupted_deletion(output, monkeypatch):
    """A last site whose deletion was interrupted is restored incomplete."""

    def stopped(folder: Path, **options) -> None:
        for page in folder.rglob("index.html"):
            page.unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", stopped)
        build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("2")
    shutil.rmtree(output)
    with pytest.raises(ValueError):
        build_and_swap(output, partial(fail, ValueError()))
    assert not os.listdir(output.parent)


@pytest.mark.parametrize("ends", ["fail", "build"])
def test_users_folders(tmp_path, ends):
    """A user's folders beside the site, whatever they are called, are deleted or become the site.

    The third is a copy of a killed build's, for a site elsewhere.
    """
    copy = f"{atomic_swap._work_name(tmp_path / 'elsewhere/site')}-x"
    files = {
        "site.new/new-designs/a.psd": "words",
        "site.new/old-photos/index.html": "photos",
        f"work/{copy}/old-site/index.html": "a copy",
        f"work/{atomic_swap.MARKER}/new-site/x": "words",
        f"work/{atomic_swap.MARKER}-1/old-site/x": "words",
    }
    write(tmp_path, files)
    if ends == "fail":
        with pytest.raises(ValueError):
            build_and_swap(tmp_path / "site", partial(fail, ValueError()))
        assert not (tmp_path / "site").exists()
    else:
        build_and_swap(tmp_path / "site", build_version("1"))
        assert read_files(tmp_path / "site") == site_files("1")
        shutil.rmtree(tmp_path / "site")
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    names = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in paths}
    assert names == files


@POSIX
@pytest.mark.parametrize("name", ["output.new", "-x", ".lock"])
def test_links_beside_a_site(output, name):
    """A link beside the site empties a folder elsewhere, or truncates a file there."""
    photos = write(output.parent / "photos", {"new-site/1": "1", "new-1/1": "1", "old-site/1": "1"})
    before = read_files(photos)
    link = output.with_name(name if name[0] == "o" else f"{atomic_swap._work_name(output)}{name}")
    link.symlink_to(photos if name != ".lock" else photos / "new-1/1")
    if name == ".lock":
        with pytest.raises(OSError):
            build_and_swap(output, build_version("2"))
    else:
        build_and_swap(output, build_version("2"))
    assert read_files(photos) == before and link.is_symlink()


GENERATOR = '<meta name="generator" content="Pelican 4, pelican-papers 1">'
FOREIGN = {
    "home page of another program": {"index.html": "<html>", "thesis.pdf": "words"},
    "no home page": {"thesis.pdf": "words"},
    "our site, and a file": {"index.html": GENERATOR, "thesis.pdf": "words"},
    "our site, and a page": {"index.html": GENERATOR, "papers/p/index.html": "words"},
    "our site, and a hidden file": {"index.html": GENERATOR, "papers/.htaccess": "words"},
    "published by GitHub, and a file": {"index.html": GENERATOR, "build.json": "", "1.zip": ""},
    "copy of the marker": {
        "index.html": "",
        "thesis.pdf": "words",
        ".pelican-papers": atomic_swap._marker_text(Path("/elsewhere/output")),
    },
    "another marker": {"index.html": "", "thesis.pdf": "words", ".pelican-papers": ""},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_foreign_folders(tmp_path, files):
    """A folder that no build has made is replaced, with the files in it; or it never can be."""
    output = write(tmp_path / "public_html", files)
    with pytest.raises(PublishRefused, match="files that no build of this site made: .*--replace"):
        build_and_swap(output, build_version("1"))
    paths = [path for path in output.rglob("*") if path.is_file()]
    assert {path.relative_to(output).as_posix(): path.read_text() for path in paths} == files
    assert os.listdir(tmp_path) == ["public_html"]
    build_and_swap(output, build_version("1"), replace=True)
    assert read_files(output) == site_files("1")
    build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("2")


def test_foreign_links(tmp_path):
    """A link in place of the marker, or of a page, makes a folder one of ours."""
    ours = write(tmp_path / "ours", {"m": atomic_swap._marker_text(tmp_path / "a"), "i": GENERATOR})
    for name, link, target in (("a", ".pelican-papers", "m"), ("b", "index.html", "i")):
        output = write(tmp_path / name, {"thesis.pdf": "words"})
        (output / link).symlink_to(ours / target)
        with pytest.raises(PublishRefused):
            build_and_swap(output, build_version("1"))
        assert (output / "thesis.pdf").read_text() == "words" and (output / link).is_symlink()


def test_site_without_the_marker(tmp_path):
    """A site that the command `pelican` or an earlier release has built cannot be built again."""
    old = {"index.html": GENERATOR, "gone/index.html": GENERATOR, "only-1.txt": "", ".git/x": ""}
    output = write(tmp_path / "output", old)
    build_and_swap(output, build_version("1"))
    assert read_files(output) == site_files("1") and (output / ".git/x").exists()


@POSIX
def test_umask(tmp_path):
    """A web server cannot read a site that was built with a strict umask."""
    before = os.umask(0o077)
    try:
        build_and_swap(tmp_path / "output", build_version("1"))
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode & 0o7777 for path in [tmp_path / "output"]}
    modes |= {path: path.stat().st_mode & 0o7777 for path in tmp_path.glob("output/**/*")}
    assert len(modes) == 7
    assert all(mode == (0o755 if path.is_dir() else 0o644) for path, mode in modes.items())


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_symbolic_link(tmp_path, there):
    """A symbolic link to the folder that is served is replaced by a folder, which is not."""
    (tmp_path / "output").symlink_to("srv/site")
    if there:
        build_and_swap(tmp_path / "srv/site", build_version("1"))
    build_and_swap(tmp_path / "output", build_version("2"))
    assert os.readlink(tmp_path / "output") == "srv/site"
    assert read_files(tmp_path / "srv/site") == site_files("2") and os.listdir(
        tmp_path / "srv"
    ) == ["site"]


@POSIX
@pytest.mark.parametrize("page", ["", GENERATOR], ids=["foreign", "ours"])
def test_link_to_a_foreign_folder(tmp_path, page):
    """A link leads the build into a folder that no build has made, and its files are lost."""
    photos = write(tmp_path / "photos", {"index.html": page})
    (tmp_path / "output").symlink_to(photos)
    with pytest.raises(PublishRefused, match="is a link to .*photos, .*--replace"):
        build_and_swap(tmp_path / "output", build_version("1"))
    assert read_files(photos) == {"index.html": page}
    build_and_swap(tmp_path / "output", build_version("1"), replace=True)
    assert read_files(photos) == site_files("1") and (tmp_path / "output").is_symlink()


def test_dot_entries(output):
    """The repository of a deployment branch is lost, or old files stay with it."""
    write(output, {".git/HEAD": "ref", ".nojekyll": "last", "CNAME": "x", "papers/.x": ""})

    def build(new: Path) -> None:
        build_version("2")(new)
        write(new, {".nojekyll": "new"})

    build_and_swap(output, build)
    assert (output / ".git/HEAD").read_text() == "ref"
    assert (output / ".nojekyll").read_text() == "new"
    assert read_files(output) == site_files("2")


def test_a_branch_without_a_site(tmp_path):
    """The first build into a fresh clone of a deployment branch is refused."""
    write(tmp_path / "output", {".git/HEAD": "ref"})
    build_and_swap(tmp_path / "output", build_version("1"))
    assert (
        read_files(tmp_path / "output") == site_files("1")
        and (tmp_path / "output/.git/HEAD").exists()
    )


def test_file_that_is_being_read(output):
    """A visitor gets an incomplete page if it is replaced while it is sent."""
    with (output / "index.html").open() as file:
        build_and_swap(output, build_version("2"))
        assert file.read() == "1"


def test_two_builds_in_one_process(output):
    """A build within another one deletes what that is writing."""
    with pytest.raises(BuildLocked, match="wait until it ends"):
        build_and_swap(output, lambda new: build_and_swap(output, build_version("3")))
    build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("2")


@POSIX
def test_two_builds(output):
    """Two builds write into one folder at once, or a killed one locks out all others."""
    code = (
        "def build(new):\n    (new / 'index.html').touch()\n    print('here', flush=True)\n"
        "    time.sleep(60)\nbuild_and_swap(Path(sys.argv[2]), build)\n"
    )
    with start_python(code, output) as running:
        assert running.stdout.readline() == "here\n"
        with pytest.raises(BuildLocked):
            build_and_swap(output, build_version("2"))
        assert read_files(output) == site_files("1")
        assert len(list(output.parent.glob(".pelican-papers-*/new-site/index.html"))) == 1
        running.kill()
    build_and_swap(output, build_version("2"))
    assert read_files(output) == site_files("2") and os.listdir(output.parent) == ["output"]


@POSIX
def test_lock_that_is_deleted(output, monkeypatch):
    """A build locks a file that another one is just deleting, and a third build a new file."""

    def late(file, how: int) -> None:
        os.unlink(file.name)

    monkeypatch.setattr(atomic_swap.fcntl, "flock", late)
    with pytest.raises(BuildLocked):
        build_and_swap(output, build_version("2"))


@POSIX
def test_surviving_program(output):
    """A program started by a killed build holds the lock, or writes into the next site."""
    code = (
        "import subprocess\ndef build(new):\n"
        "    late = f'sleep 0.3; mkdir -p {new}; echo late > {new}/late.html'\n"
        "    subprocess.Popen(['sh', '-c', late])\n"
        "    os.kill(os.getpid(), 9)\nbuild_and_swap(Path(sys.argv[2]), build)\n"
    )
    with start_python(code, output) as running:
        running.wait()

        def build(new: Path) -> None:
            running.communicate()  # Returns when the surviving program ends.
            build_version("2")(new)

        build_and_swap(output, build)
    assert read_files(output) == site_files("2")
    build_and_swap(output, build_version("3"))
    assert read_files(output) == site_files("3") and os.listdir(output.parent) == ["output"]


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("folder", [".", "..", "/", "notes", "file.txt", "../home", "../home/.."])
def test_refused_folders(tmp_path, monkeypatch, folder, replace):
    """`--output .`, or a folder with other files, is deleted."""
    files = {"work/notes/thesis.md": "words", "work/file.txt": "words", "work/index.html": ""}
    monkeypatch.chdir(write(tmp_path, files | {"home/index.html": ""}) / "work")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    if folder == "notes" and replace:
        return
    with pytest.raises(PublishRefused, match="folder"):
        build_and_swap(Path(folder), build_version("1"), replace=replace)
    files |= {"home/index.html": ""}
    assert read_files(tmp_path) == files


def test_volume(output, monkeypatch):
    """That a mounted volume cannot be replaced is reported only after the build."""
    monkeypatch.setattr(os.path, "ismount", lambda path: path == output)
    with pytest.raises(PublishRefused, match="name a folder in it"):
        build_and_swap(output, lambda new: pytest.fail("built in vain"))


def test_approval(output):
    """The approval gets another site than the one that is swapped in."""
    seen = []
    build_and_swap(
        output,
        build_version("2"),
        lambda new, last: seen.extend([read_files(new), read_files(last)]),
    )
    assert seen == [site_files("2"), site_files("1")]
