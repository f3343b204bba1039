"""Tasks on all cores, on systems that can fork."""

import gc
import logging
import os
import pickle
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

# A process costs some 20 ms, more than so few tasks take.
_MIN_TASKS = 16
# A pipe holds 64 KB, and so as many numbers of four bytes each.
_QUEUE_SIZE = 8192
_NUMBER = struct.Struct("i")


class TaskResult(NamedTuple):
    """The result of a task, and the seconds that it took."""

    result: Any
    seconds: float


class _Warned(Exception):
    """A task in a worker logs a warning; the first process repeats the task, and logs it."""


def parallel_map(
    tasks: Sequence,
    work: Callable[[Any], Any],
    progress: Callable[[int], None] = lambda done: None,
) -> list[TaskResult]:
    """Do the work for each task on all cores, and return the results in the order of the tasks.

    `progress` gets the number of tasks that are done or started.
    """
    # The first before any worker starts: all share what it loads and compiles.
    first = [_run_timed(work, task) for task in tasks[:1]]
    others = ParallelTasks(tasks[1:], work, _MIN_TASKS)
    return first + others.results(lambda done: progress(done + 1))


class ParallelTasks:
    """Work for each of many tasks, which workers start while this process goes on.

    Results must be picklable. A task that fails or warns in a worker is repeated in this process,
    so that its error or warning is reported as if there were no workers.
    """

    def __init__(self, tasks: Sequence, work: Callable[[Any], Any], min_tasks: int = 1):
        """Start the workers; none for fewer than `min_tasks` tasks."""
        self.tasks, self.work = tasks, work
        count = _processes() - 1 if len(tasks) >= min_tasks else 0
        size = min(32, len(tasks) // (8 * (count + 1)))
        self._chunk_size = max(1, size, -(-len(tasks) // _QUEUE_SIZE))
        # Each process reads the number of the next chunk from this pipe.
        self._queue_fd, end = os.pipe()
        os.write(end, b"".join(map(_NUMBER.pack, range(0, len(tasks), self._chunk_size))))
        os.close(end)
        if count:
            # The garbage collector would touch, and so copy, all memory that the processes share.
            gc.freeze()
        self._workers = [
            _start_worker(self._queue_fd, self._chunk_size, tasks, work) for _ in range(count)
        ]
        self._results: dict[int, TaskResult] = {}

    def results(self, progress: Callable[[int], None] = lambda done: None) -> list[TaskResult]:
        """Do the remaining tasks, and return the results in the order of the tasks."""
        results, tasks = self._results, self.tasks
        try:
            for n in _next_tasks(self._queue_fd, self._chunk_size, len(tasks)):
                results[n] = _run_timed(self.work, tasks[n])
                progress(n + 1)
        finally:
            self.close()
        for n in range(len(tasks)):
            if n not in results:
                results[n] = _run_timed(self.work, tasks[n])
        return [results[n] for n in range(len(tasks))]

    def close(self) -> None:
        """Start no more tasks, and wait for the workers to end."""
        if self._queue_fd is None:
            return
        while os.read(self._queue_fd, _NUMBER.size * _QUEUE_SIZE):
            pass
        os.close(self._queue_fd)
        self._queue_fd = None
        for process, file in self._workers:
            os.waitpid(process, 0)
            with file:
                self._results |= _read_results(file)
        if self._workers:
            gc.unfreeze()


def _processes() -> int:
    """Return how many processes can work: one where the system cannot fork, or threads run."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _next_tasks(queue_fd: int, chunk_size: int, count: int) -> Iterator[int]:
    """Yield the numbers of the tasks that this process is to do, a chunk at a time."""
    while number := os.read(queue_fd, _NUMBER.size):
        (start,) = _NUMBER.unpack(number)
        yield from range(start, min(start + chunk_size, count))


def _run_timed(work: Callable, task: Any) -> TaskResult:
    start = time.perf_counter()
    result = work(task)
    return TaskResult(result, time.perf_counter() - start)


def _start_worker(
    queue_fd: int, chunk_size: int, tasks: Sequence, work: Callable
) -> tuple[int, BinaryIO]:
    """Start a worker; return its process number, and the file that it writes results to."""
    sys.stdout.flush()
    sys.stderr.flush()
    file, parent = tempfile.TemporaryFile(), os.getpid()
    process = os.fork()
    if process:
        return process, file
    try:
        _worker(parent, queue_fd, chunk_size, tasks, work, file)
    finally:
        # In any case without what Python does at the end: it belongs to the first process.
        os._exit(0)


def _worker(
    parent: int, queue_fd: int, chunk_size: int, tasks: Sequence, work: Callable, file: BinaryIO
) -> None:
    """Do tasks until none is left, and write their numbers and results to a file."""
    root = logging.getLogger()
    for name in (None, *root.manager.loggerDict):
        for handler in list(logging.getLogger(name).handlers):
            logging.getLogger(name).removeHandler(handler)
    root.addHandler(_RaisingHandler(logging.WARNING))
    for n in _next_tasks(queue_fd, chunk_size, len(tasks)):
        if os.getppid() != parent:
            return  # The first process was killed.
        pickle.dump((n, _run_timed(work, tasks[n])), file, pickle.HIGHEST_PROTOCOL)
    file.flush()


class _RaisingHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """End the task that warns; the first process repeats it."""
        raise _Warned(record.getMessage())


def _read_results(file: BinaryIO) -> dict[int, TaskResult]:
    results = {}
    file.seek(0)
    # The worker may have been killed, by the system without memory say, while it wrote one.
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            n, result = pickle.load(file)
            results[n] = result
    return results
