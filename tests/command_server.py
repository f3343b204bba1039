"""Run commands in forks of one process that has imported everything: five times faster.

A command behaves as in a process of its own, which is what a fork is: it has its own output,
folder, environment and modules. Run as a program, with the name of the plugin's package, this is
the server; it reads requests as JSON from standard input, a line each, and answers each with an
exit code.
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module, reload
from pathlib import Path

PLUGINS = Path(__file__).resolve().parent.parent / "plugins"
# The package, as it is called in the repository and where it is installed.
HERE, INSTALLED = "papers", "pelican.plugins.papers"
# Python and Rich read these at the start, before a request can change them.
AT_START = {"COLUMNS": "200", "PYTHONUTF8": "1"}
CAN_FORK = hasattr(os, "fork")


def needs_own_process(variables: Iterable[str]) -> bool:
    """Tell whether a running Python would not see one of these variables of the environment."""
    at_start = ("PYTHON", "LC_", "LANG", "COLUMNS")
    return not CAN_FORK or any(name.startswith(at_start) for name in variables)


class CommandServer:
    """A process whose forks run `pelican` and `python plugins/papers`, or an installed command."""

    def __init__(self, python: str | Path, package: str) -> None:
        self.process = subprocess.Popen(
            [python, "-W", "error", __file__, package],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | AT_START,
            text=True,
        )
        atexit.register(self.close)

    def run(
        self,
        program: str | Path,
        arguments: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        timeout: int,
    ) -> subprocess.CompletedProcess:
        """Run a command, and return what it printed. Raises subprocess.TimeoutExpired."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("stdout", "stderr")]
            request = {
                "program": str(program),
                "arguments": list(arguments),
                "cwd": str(cwd),
                "environment": dict(environment),
                "timeout": timeout,
                "streams": list(map(str, streams)),
            }
            print(json.dumps(request), file=self.process.stdin, flush=True)
            code = json.loads(self.process.stdout.readline())
            printed = [path.read_text(encoding="utf-8") for path in streams]
        if code == -signal.SIGALRM:
            raise subprocess.TimeoutExpired([program, *arguments], timeout, *printed)
        return subprocess.CompletedProcess([program, *arguments], code, *printed)

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@cache
def command_server(python: str | Path = sys.executable, package: str = HERE) -> CommandServer:
    """Return the server that a Python runs for this process, and start it first where needed."""
    return CommandServer(python, package)


def serve(package: str) -> Callable[[], object] | None:
    """Answer requests until there are no more; return, in each fork, the command to run."""
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            return prepare_command(package, **request)
        status = os.waitpid(child, 0)[1]
        print(json.dumps(os.waitstatus_to_exitcode(status)), flush=True)
    return None


def prepare_command(
    package: str,
    program: str,
    arguments: list[str],
    cwd: str,
    environment: dict[str, str],
    timeout: int,
    streams: list[str],
) -> Callable[[], object]:
    """Give this process what the command would have from its shell; return its main function."""
    signal.alarm(timeout)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    # It reads the environment when it is imported.
    reload(sys.modules[f"{package}.defaults"])
    time.tzset()
    files = [os.open(os.devnull, os.O_RDONLY)]
    files += [os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND) for path in streams]
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = open(
        2, "w", encoding="utf-8", closefd=False, errors="backslashreplace", buffering=1
    )
    sys.argv = [program, *arguments]
    if program == "pelican":
        from pelican import main

        sys.path.insert(0, cwd)
        return main
    if package == HERE:
        sys.path.insert(0, str(PLUGINS))
    return import_module(f"{package}.cli").start


def import_everything(package: str) -> None:
    """Import what the commands need, so that no fork has to."""
    sys.path[:1] = [str(PLUGINS)] if package == HERE else []
    for name in ("", ".cli.build", ".cli.check", ".cli.import_"):
        import_module(package + name)
    if package == HERE:
        del sys.path[0]


if __name__ == "__main__":
    import_everything(sys.argv[1])
    gc.collect()
    gc.freeze()
    if command := serve(sys.argv[1]):
        sys.exit(command())
