"""Tasks on several processes have the results and errors of one process."""

import os
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from papers.build import parallel
from papers.model import CommandError
from small_site import build_files, edit, make_small_site


@pytest.fixture
def folder(tmp_path):
    """Return a folder with settings, theme and content of a small site."""
    return make_small_site(tmp_path)


def test_shared_work():
    """The work or error of a task that fails, warns or dies in a worker is lost."""
    first = os.getpid()

    def work(n: int) -> int:
        if n % 50 == 7 and os.getpid() != first:
            os._exit(9)
        return n * n

    assert [done.result for done in parallel.parallel_map(range(500), work)] == [
        n * n for n in range(500)
    ]
    with pytest.raises(ZeroDivisionError):
        parallel.parallel_map(range(500), lambda n: 1 / (n - 250))
    assert parallel.parallel_map([], work) == []


def test_shared_work_ends(tmp_path):
    """The workers of a build that was killed go on, and write into the folder of the next one."""
    code = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT / "plugins")!r})
from papers.build import parallel
parallel._processes = lambda: 3
def work(n):
    with open({str(tmp_path / "done")!r}, "a") as file:
        print(os.getpid(), file=file)
    time.sleep(0.02)
parallel.parallel_map(range(3000), work)
"""
    done = tmp_path / "done"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        end = time.monotonic() + 20
        while not done.exists() or len(set(done.read_text().split())) < 3:
            assert time.monotonic() < end, "no others work"
            time.sleep(0.01)
        process.kill()
    time.sleep(0.3)
    size = done.stat().st_size
    time.sleep(0.3)
    assert done.stat().st_size == size


def test_a_build_that_fails_ends(folder, monkeypatch):
    """The workers of a build that fails in a template go on."""
    start_worker, workers = parallel._start_worker, []
    monkeypatch.setattr(parallel, "_processes", lambda: 3 if hasattr(os, "fork") else 1)
    monkeypatch.setattr(
        parallel,
        "_start_worker",
        lambda *args: workers.append(start_worker(*args)) or workers[-1],
    )
    file = folder / "theme/templates/article.html"
    edit(file, "{{ article.title }}", "{{ article.nothing.title }}")
    with pytest.raises(CommandError, match=r"article\.html"):
        build_files(folder, "publishconf.py", "out")
    assert bool(workers) == hasattr(os, "fork")
    for process, file in workers:
        assert file.closed
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
