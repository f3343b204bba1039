"""What the reading of one text may take, and how it fails: a bad file does not end a command."""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

# A book of 300 pages has 1 MB.
MAX_TEXT_SIZE = 2 * 2**20
# Real texts take 4 seconds a megabyte. Below this size, no text takes long.
_SECONDS = 6
_SECONDS_PER_MEGABYTE = 30
_SMALL = 4096


class TimeLimitExceeded(BaseException):
    """The work on a text took too long; libraries that catch Exception let it pass."""


class SizeLimitExceeded(Exception):
    """A text that is too large, in words that go on after the name of its file.

    `excerpt` is the piece of the text where that begins.
    """

    def __init__(self, message: str, excerpt: str = ""):
        super().__init__(message)
        self.excerpt = excerpt


# What a file can do to the libraries that read it. html.parser has assertions on its input.
READING_ERRORS = (
    RecursionError,
    MemoryError,
    ValueError,
    LookupError,
    AssertionError,
    SizeLimitExceeded,
    TimeLimitExceeded,
)


def describe_reading_error(error: BaseException) -> str:
    """Return what is wrong with a text that could not be read, and what helps."""
    match error:
        case SizeLimitExceeded():
            return str(error)
        case RecursionError():
            return "is nested too deeply (use fewer levels)"
        case MemoryError():
            return "needs more memory than there is (split it into several files)"
        case TimeLimitExceeded():
            hint = (
                "look for characters that are repeated without end, or split it into several files"
            )
            return f"takes too long to read ({hint})"
    message = " ".join(str(error).split())[:200] or type(error).__name__
    return f"cannot be read: {message} (correct it, or take half of it away to find the place)"


def find_excerpt(error: BaseException, data: bytes) -> int | None:
    """Return the line of a text in which a limit is exceeded, where that is known."""
    excerpt = getattr(error, "excerpt", "").encode()
    position = data.find(excerpt) if excerpt else -1
    return data.count(b"\n", 0, position) + 1 if position >= 0 else None


def limit_time(size: int, max_size: int) -> AbstractContextManager[None]:
    """Raise TimeLimitExceeded when the work on a text of `size` bytes takes far too long.

    Raises SizeLimitExceeded for one of more than `max_size` bytes.

    The limit is ten times what real texts take, so that none depends on the machine.
    """
    if size > max_size:
        limit = f"{max_size >> 20} MB" if max_size >= 2**20 else f"{max_size >> 10} KB"
        raise SizeLimitExceeded(f"is longer than {limit} (split it into several files)")
    seconds = _SECONDS + size / 2**20 * _SECONDS_PER_MEGABYTE
    if size < _SMALL:
        return _unlimited()
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _limit_by_signal(seconds)
    return _limit_by_thread(seconds)


@contextmanager
def _unlimited() -> Iterator[None]:
    yield


@contextmanager
def _limit_by_signal(seconds: float) -> Iterator[None]:
    """Limit the processor's time; a limit of a caller goes on behind this one."""

    def stop(number: int, frame: object) -> None:
        raise TimeLimitExceeded

    handler = signal.signal(signal.SIGVTALRM, stop)
    remaining, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, remaining)
        signal.signal(signal.SIGVTALRM, handler)


@contextmanager
def _limit_by_thread(seconds: float) -> Iterator[None]:
    """Limit the time on the clock, where signals do not reach: other threads, and Windows."""
    lock, thread = threading.Lock(), ctypes.c_ulong(threading.get_ident())
    finished = False

    def stop() -> None:
        with lock:
            if not finished:
                error = ctypes.py_object(TimeLimitExceeded)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    timer = threading.Timer(3 * seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            finished = True
        timer.cancel()
