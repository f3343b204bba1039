"""Work shared among processes, on systems where one can be made of another."""

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

# Fewer tasks are not worth a process, which costs some 20 ms.
_WORTH = 16
# A pipe holds 64 KB, and so as many turns of four bytes each.
_TURNS = 8192
_TURN = struct.Struct("i")


class TaskResult(NamedTuple):
    """What a task gave, and the seconds that it took."""

    result: Any
    seconds: float


class _Warned(Exception):
    """A task in another process had something to say, which is for the first one to say."""


def parallel_map(
    tasks: Sequence,
    work: Callable[[Any], Any],
    progress: Callable[[int], None] = lambda done: None,
) -> list[TaskResult]:
    """Do the work for each task, on all cores; return what it gave, in the order of the tasks.

    `progress` gets the number of tasks that are done or begun.
    """
    return ParallelTasks(tasks, work, _WORTH).finish(progress)


class ParallelTasks:
    """Work for each of many tasks, which other processes begin with while this one goes on.

    Results have to go from one process to another. What fails elsewhere, or warns, is done again
    here, so that it is told as if there were one process.
    """

    def __init__(self, tasks: Sequence, work: Callable[[Any], Any], worth: int = 1):
        """Begin, in other processes where there are so many tasks that it is `worth` one."""
        self.tasks, self.work = tasks, work
        others = _processes() - 1 if len(tasks) >= worth else 0
        parts = min(32, len(tasks) // (8 * (others + 1)))
        self._size = max(1, parts, -(-len(tasks) // _TURNS))
        self._turns, last = os.pipe()
        os.write(last, b"".join(map(_TURN.pack, range(0, len(tasks), self._size))))
        os.close(last)
        # What exists by now is not looked at again by the collector, which would copy it.
        gc.freeze()
        self._helpers = [_helper(self._turns, self._size, tasks, work) for _ in range(others)]
        self._done: dict[int, TaskResult] = {}

    def finish(self, progress: Callable[[int], None] = lambda done: None) -> list[TaskResult]:
        """Do what is left, and return what the tasks gave in their order."""
        done, tasks = self._done, self.tasks
        try:
            for n in _taken(self._turns, self._size, len(tasks)):
                done[n] = _timed(self.work, tasks[n])
                progress(n + 1)
        finally:
            self.close()
        for n in range(len(tasks)):
            if n not in done:
                done[n] = _timed(self.work, tasks[n])
        return [done[n] for n in range(len(tasks))]

    def close(self) -> None:
        """Have no more begun, and wait for the others to end."""
        if self._turns is None:
            return
        while os.read(self._turns, _TURN.size * _TURNS):
            pass
        os.close(self._turns)
        self._turns = None
        for process, file in self._helpers:
            os.waitpid(process, 0)
            with file:
                self._done |= _answers(file)
        gc.unfreeze()


def _processes() -> int:
    """Return how many processes can work: one where the system, or another thread, forbids more."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _taken(turns: int, size: int, count: int) -> Iterator[int]:
    """Yield the numbers of the tasks that are this process's to do, as it gets to them."""
    while turn := os.read(turns, _TURN.size):
        (start,) = _TURN.unpack(turn)
        yield from range(start, min(start + size, count))


def _timed(work: Callable, task: Any) -> TaskResult:
    start = time.perf_counter()
    result = work(task)
    return TaskResult(result, time.perf_counter() - start)


def _helper(turns: int, size: int, tasks: Sequence, work: Callable) -> tuple[int, BinaryIO]:
    """Start a process that helps; return its number, and the file that holds what it gives."""
    sys.stdout.flush()
    sys.stderr.flush()
    answers, first = tempfile.TemporaryFile(), os.getpid()
    process = os.fork()
    if process:
        return process, answers
    try:
        _help(first, turns, size, tasks, work, answers)
    finally:
        # Whatever happened, what belongs to the first process is not ended here a second time.
        os._exit(0)


def _help(
    first: int, turns: int, size: int, tasks: Sequence, work: Callable, answers: BinaryIO
) -> None:
    root = logging.getLogger()
    for name in (None, *root.manager.loggerDict):
        for handler in list(logging.getLogger(name).handlers):
            logging.getLogger(name).removeHandler(handler)
    root.addHandler(_Refusing(logging.WARNING))
    for n in _taken(turns, size, len(tasks)):
        if os.getppid() != first:
            return  # It was killed, and nobody waits.
        pickle.dump((n, _timed(work, tasks[n])), answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


class _Refusing(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """End the task that warns; the first process does it again."""
        raise _Warned(record.getMessage())


def _answers(file: BinaryIO) -> dict[int, TaskResult]:
    done = {}
    file.seek(0)
    # It may have been killed, for want of memory say, in the middle of one.
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            n, answer = pickle.load(file)
            done[n] = answer
    return done
