"""A program that draws SVG files, in a process with limits of memory and time.

Its arguments are the folder of the library that draws, the limits in bytes and in seconds of CPU
for each drawing, and the library's options as JSON. It reads requests from standard input: width
and length, four bytes each, and the drawing in UTF-8. It answers each with the length of a PNG
and the PNG; a length of zero means that the drawing is invalid. No other module is needed, so it
starts without those of the site and of this package.
"""

import json
import signal
import struct
import sys

try:
    import resource
except ImportError:  # Windows
    resource = None

_REQUEST = struct.Struct(">II")


def draw_requests(memory: int, seconds: int, options: dict) -> None:
    """Answer requests until there are no more; the system ends the process at its limits."""
    import resvg_py

    # Ctrl-C ends the process that asks, and this one ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if resource:
        _limit("RLIMIT_AS", memory)
        _limit("RLIMIT_CORE", 0)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(header := source.read(_REQUEST.size)) == _REQUEST.size:
        width, length = _REQUEST.unpack(header)
        drawing = source.read(length).decode()
        if resource:
            usage = resource.getrusage(resource.RUSAGE_SELF)
            _limit("RLIMIT_CPU", int(usage.ru_utime + usage.ru_stime) + 1 + seconds)
        try:
            png = bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=width, dpi=96, **options))
        except ValueError:
            png = b""
        target.write(len(png).to_bytes(4) + png)
        target.flush()


def _limit(name: str, value: int) -> None:
    """Set a limit, where the system has it; a stricter one stays."""
    try:
        kind = getattr(resource, name)
        _, highest = resource.getrlimit(kind)
        value = value if highest == resource.RLIM_INFINITY else min(value, highest)
        resource.setrlimit(kind, (value, highest))
    except (AttributeError, OSError, ValueError):
        pass


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    draw_requests(int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4]))
