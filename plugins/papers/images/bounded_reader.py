"""A picture's file, which ends early for a decoder that takes too many steps."""

import io
from pathlib import Path

# A decoder in Python reads each part of a file by some calls. A film has parts of 255 bytes.
_MIN_READS, _BYTES_PER_READ = 100_000, 32
# It may read a film several times: to count its frames, to look at them, and to copy them.
_MIN_BYTES, _TIMES = 2**20, 16


class BoundedReader(io.BufferedReader):
    """A file that can be read as often, and by as many calls, as fits its size.

    Otherwise a small file of parts without content, or with parts that all name the same bytes,
    would take minutes, or all memory. Raises OSError.
    """

    def __init__(self, path: Path):
        super().__init__(io.FileIO(path))
        size = path.stat().st_size
        self._reads = _MIN_READS + size // _BYTES_PER_READ
        self._bytes = _MIN_BYTES + size * _TIMES

    def read(self, size: int | None = -1) -> bytes:
        """Read some bytes, or all that are left."""
        data = super().read(size)
        self._reads -= 1
        self._bytes -= len(data)
        if self._reads < 0 or self._bytes < 0:
            raise OSError("the file has too many parts")
        return data
