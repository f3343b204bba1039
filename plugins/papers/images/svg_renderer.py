"""The process that draws SVG files: no drawing can hang, crash or exhaust the one of the site."""

import atexit
import json
import os
import struct
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Timer
from typing import NamedTuple

_PROGRAM = Path(__file__).with_name("svg_process.py")
# For a drawing; one of 100,000 circles takes four seconds. What else the machine does counts for
# seconds of the clock only: they are for Windows, which cannot limit those of the CPU.
_MAX_MEMORY, _MAX_CPU_SECONDS = 1 << 30, 10
_MAX_SECONDS = 30 if sys.platform == "win32" else 120
_TOO_COSTLY = "takes too much time or memory to draw (simplify it, or export it as PNG)"


class Drawing(NamedTuple):
    """A drawing as PNG, and how many seconds it took."""

    png: bytes
    seconds: float


class SvgRenderer:
    """A process that draws SVG files, one after the other, with the library's `options`.

    It starts with the first drawing, and again with the first after it was closed or has ended.
    """

    def __init__(self, **options: object):
        self._options = options
        self._process: subprocess.Popen | None = None
        # The process that started it: a fork must not talk to the process of another.
        self._owner = 0
        self._lock = Lock()

    def draw(self, drawing: str, width: int) -> Drawing:
        """Draw an SVG.

        Raises ValueError with the end of a sentence that begins with the file's name.
        """
        data = drawing.encode()
        with self._lock:
            process = self._running_process()
            timer = Timer(_MAX_SECONDS, process.kill)
            timer.start()
            start = time.monotonic()
            try:
                process.stdin.write(struct.pack(">II", width, len(data)) + data)
                process.stdin.flush()
                length = process.stdout.read(4)
                png = process.stdout.read(int.from_bytes(length))
            except OSError:
                length = png = b""
            finally:
                timer.cancel()
                timer.join()
            seconds = time.monotonic() - start
            is_complete = len(length) == 4 and len(png) == int.from_bytes(length)
            if not is_complete:
                self._end()
                raise ValueError(_TOO_COSTLY)
        if not png:
            raise ValueError("cannot be drawn (export it again)")
        return Drawing(png, seconds)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _running_process(self) -> subprocess.Popen:
        if self._owner != os.getpid():
            self._process = None
        if self._process and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process, self._owner = self._start(), os.getpid()
        return self._process

    def _start(self) -> subprocess.Popen:
        library = Path(find_spec("resvg_py").origin).parents[1]
        # Without site packages, Python starts in a tenth of the time.
        command = [sys.executable, "-I", "-S", _PROGRAM, library]
        limits = [str(_MAX_MEMORY), str(_MAX_CPU_SECONDS)]
        try:
            return subprocess.Popen(
                [*map(str, command), *limits, json.dumps(self._options)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            message = (
                f"cannot be drawn because no process can be started: {error.strerror} (try again)"
            )
            raise ValueError(message) from None

    def _end(self) -> None:
        if self._process and self._owner == os.getpid():
            self._process.kill()
            # What a process that has ended did not read cannot be sent to it.
            try:
                self._process.stdin.close()
            except OSError:
                pass
            self._process.stdout.close()
            self._process.wait()
        self._process = None


def make_renderer(**options: object) -> SvgRenderer:
    """Return a renderer that is closed when this process ends."""
    renderer = SvgRenderer(**options)
    atexit.register(renderer.close)
    return renderer
