"""Run tools, and tell what it took: the clock, processors and memory, of all their processes."""

import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urljoin

# In seconds: for a build, for an edit to be seen, between looks at memory and at a page.
LIMIT, SEEN = 900, 120
LOOK, POLL = 0.02, 0.005
ENVIRONMENT = os.environ | {
    "PYTHONUTF8": "1", "NO_COLOR": "1", "CI": "1", "ASTRO_TELEMETRY_DISABLED": "1",
}  # fmt: skip
# A user's Python keeps what it compiled.
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


class Failed(Exception):
    """What a tool did wrong, in words."""


@contextmanager
def started(command: list, site: Path):
    """Start a command in a session of its own, by which its processes are found and ended."""
    with open(_log(site), "wb") as log:
        process = subprocess.Popen(
            [str(word) for word in command], cwd=site, env=ENVIRONMENT, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        _end(process.pid)
        if process.returncode is None:
            process.wait()


def _end(session: int) -> None:
    for process in _processes(session):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _processes(session: int) -> dict[int, float]:
    """Return the processes of a session: the seconds of processor time that each has taken."""
    seconds = {}
    for entry in os.scandir("/proc"):
        with suppress(OSError, ValueError):
            process = int(entry.name)
            stat = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) == session:
                seconds[process] = sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")
    return seconds


@contextmanager
def memory(session: int):
    """Look at the memory of a session's processes; shared pages count once. Give the peaks."""
    peaks, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(LOOK):
            whole = 0
            for process in _processes(session):
                with suppress(OSError):
                    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
                    whole += sum(int(size) << 10 for size in re.findall(r"\nPss: +(\d+)", rollup))
            peaks.append(whole)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def once(command: list, site: Path) -> tuple[float, float]:
    """Run a command; return the seconds of the clock and of processors. Raises Failed."""
    start = time.perf_counter()
    with started(command, site) as process:
        timer = threading.Timer(LIMIT, _end, [process.pid])
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        timer.cancel()
    if wall > LIMIT:
        raise Failed(f"not done in {LIMIT} s")
    if process.returncode:
        raise Failed(f"ended with {process.returncode}: {_read_log(site)}")
    return wall, usage.ru_utime + usage.ru_stime


def peak(command: list, site: Path) -> int:
    """Run a command and return its peak of memory in bytes."""
    with started(command, site) as process, memory(process.pid) as peaks:
        if process.wait(LIMIT):
            raise Failed(f"ended with {process.returncode}: {_read_log(site)}")
    return max(peaks)


def _log(site: Path) -> Path:
    # Not in the site, which is watched.
    return site.with_name(f"{site.name}.log")


def _read_log(site: Path) -> str:
    return " ".join(_log(site).read_text("utf-8", "replace").split())[-400:]


class Preview:
    """A tool's own server, its site being edited; `page` tells when it has started."""

    def __init__(self, command: list, site: Path, port: int, page: str, passage: str):
        self._command, self._site, self._port = command, site, port
        self._page, self._passage, self._rests = page, passage, 0
        self._connection = http.client.HTTPConnection("localhost", port, timeout=SEEN)

    def __enter__(self):
        self._entered = started(self._command, self._site)
        start = time.perf_counter()
        self._process = self._entered.__enter__()
        shown = self._until(self._page, self._passage, start, LIMIT)
        if shown is None:
            self.__exit__()
            raise Failed(f"its server shows no {self._page}: {_read_log(self._site)}")
        self.start = shown
        sheet = re.search(r"<link[^>]*stylesheet[^>]*>", self.ask(self._page))
        address = sheet and re.search(r'href=["\']?([^"\'\s>]+)', sheet[0])
        self.style = urljoin(self._page, address[1]) if address else ""
        return self

    def __exit__(self, *error) -> None:
        self._connection.close()
        self._entered.__exit__(None, None, None)

    def ask(self, address: str) -> str:
        """Return what is at an address, "" where nothing is available."""
        for _ in range(2):
            try:
                self._connection.request("GET", address)
                answer = self._connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                return text if answer.status == 200 else ""
            except (OSError, http.client.HTTPException):
                # A server that ends each connection, or is being started again.
                self._connection.close()
        return ""

    def seen(self, change: Callable[[], None], address: str, word: str) -> float | None:
        """Change a file; return after how long an answer holds the word, None for never."""
        self._rest()
        start = time.perf_counter()
        change()
        return self._until(address, word, start, SEEN)

    def processor(self) -> float:
        """Return the seconds of processor time taken so far, when what was begun is done."""
        self._rest()
        return sum(_processes(self._process.pid).values())

    def memory(self):
        """Look at memory for as long as it is asked for."""
        return memory(self._process.pid)

    def _until(self, address: str, word: str, start: float, limit: float) -> float | None:
        while (now := time.perf_counter() - start) < limit:
            if word in self.ask(address):
                return time.perf_counter() - start
            if self._process.poll() is not None:
                raise Failed(f"its server ended: {_read_log(self._site)}")
            time.sleep(max(0, POLL - (time.perf_counter() - start - now)))
        return None

    def _rest(self) -> None:
        """Wait until the tool does nothing, as it does when somebody writes."""
        last, quiet, start = -1.0, 0, time.perf_counter()
        while quiet < 4 and time.perf_counter() - start < SEEN:
            time.sleep(0.1)
            now = sum(_processes(self._process.pid).values())
            quiet = quiet + 1 if now - last < 0.02 else 0
            last = now
        # Some look for changes twice a second: those of each of the four kinds of edits come at
        # moments spread evenly between, as multiples of the golden ratio are.
        self._rests += 1
        time.sleep(0.5 * (self._rests * 0.618034 / 4 % 1))


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as held:
        held.bind(("localhost", 0))
        return held.getsockname()[1]
