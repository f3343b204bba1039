"""The pixels that all threads together may hold in memory while they decode images."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class PixelBudget:
    """A number of pixels of which threads reserve what they need, and wait where it is used up."""

    def __init__(self, pixels: int):
        self._pixels = self._free = pixels
        self._condition = Condition()

    @contextmanager
    def reserve(self, pixels: int) -> Iterator[None]:
        """Wait until so many pixels are free; an image of more than all gets all."""
        pixels = min(pixels, self._pixels)
        with self._condition:
            self._condition.wait_for(lambda: self._free >= pixels)
            self._free -= pixels
        try:
            yield
        finally:
            with self._condition:
                self._free += pixels
                self._condition.notify_all()
