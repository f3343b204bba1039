"""Serve a site to the browser of whoever writes it, with a script that shows what is new."""

import errno
import html
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from urllib.parse import quote, unquote_to_bytes

from ..check import format_problems
from ..model import CommandError
from .live_reload import LiveSite
from .memory_site import MemorySite

_PORTS = range(8000, 8100)
# In seconds: so long it can take to end.
_END = 0.1
# Any other name can be made to lead here by its owner, whose pages could then read these.
_HERE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})")
_SCRIPT = Path(__file__).with_name("preview.js")
_EMPTY = """<!DOCTYPE html><html lang="en">
<head><meta name="color-scheme" content="light dark"><title>There is no such page</title></head>
<body><h1>There is no such page</h1><noscript><ul>{}</ul></noscript></body>
</html>
"""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60

    def do_GET(self) -> None:
        live = self.server.live
        address, mark, query = self.path.partition("?")
        path = _named(address)
        if not _HERE.fullmatch(self.headers.get("Host", "")):
            self._send(403, b"Only localhost is served.", "text/plain")
        elif path == "_preview/events":
            self._stream(live.events())
        elif path == "_preview/state":
            self._send(200, live.state().encode(), "application/json")
        elif path == "_preview/preview.js":
            self._send(200, _SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        else:
            self._site(live, path, mark + query)

    do_HEAD = do_GET

    def _site(self, live: LiveSite, path: str | None, query: str) -> None:
        # What a page asks for comes after the page, which has looked.
        live.watch.settle(look=self.headers.get("Sec-Fetch-Dest") in (None, "document"))
        site, status, answer = live.site, 200, None
        # Before the answer, so that no page passes for newer than it is.
        version = site.version
        if path is not None:
            folder = not path or path.endswith("/")
            answer = site.answer(f"{path}index.html" if folder else path)
            if answer is None and not folder and site.answer(f"{path}/index.html"):
                self._send(307, b"", "text/plain", f"/{quote(path)}/{query}")
                return
        if answer is None:
            status, answer = 404, site.answer("404.html") if path else None
        # A page can be found to be wrong when it is asked for.
        items = "".join(f"<li>{html.escape(line)}</li>" for line in format_problems(live.look()))
        data, kind = answer or (_EMPTY.format(items).encode(), "text/html; charset=utf-8")
        if kind.startswith("text/html"):
            tag = f'<script src="/_preview/preview.js" data-server="{live.name}"'
            tag = f'{tag} data-version="{version}" defer></script>\n'.encode()
            data = re.sub(rb"(?i)(?=</head\s*>)|\Z", tag, data, count=1)
        self._send(status, data, kind)

    def _send(self, status: int, data: bytes, kind: str, location: str | None = None) -> None:
        part = None
        if status == 200 and (asked := _RANGE.fullmatch(self.headers.get("Range", ""))):
            status, data, part = _part(data, *asked.groups())
        more = {"Content-Range": part, "Location": location, "Accept-Ranges": "bytes"}
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(data)), **more})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: int, headers: dict[str, str | None]) -> None:
        self.send_response(status)
        # On "back", browsers take from their cache even what they were told to ask for again.
        for name, value in {"Cache-Control": "no-store", **headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    def _stream(self, events: Iterator[str]) -> None:
        self._head(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        for event in events if self.command == "GET" else ():
            self.wfile.write(event.encode())
            self.wfile.flush()

    def log_message(self, *words) -> None:
        """Say nothing of requests."""


class _Server(ThreadingTCPServer):
    daemon_threads = True
    # Windows would let two programs listen at one port.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 64

    def __init__(self, host: str, port: int, live: LiveSite):
        self.live = live
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def handle_error(self, *request) -> None:
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(*request)


@contextmanager
def running(
    site: MemorySite, port: int | None, tell: Callable[[str], None]
) -> Iterator[threading.Thread]:
    """Serve a site; give the thread that updates it. Raises NotRun where no port is to be had."""
    live = LiveSite(site, tell)
    servers = _listen(port, live, tell)
    address = f"http://localhost:{servers[0].server_address[1]}/"
    updates = threading.Thread(target=live.run, args=(address,), daemon=True)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(_END,), daemon=True).start()
    try:
        updates.start()
        yield updates
    finally:
        live.stop()
        for server in servers:
            server.shutdown()
            server.server_close()
        # A long update writes nothing that is kept.
        if updates.is_alive():
            updates.join(0.2)


def serve(
    site: MemorySite,
    port: int | None = None,
    tell: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> int:
    """Serve a site at localhost until Ctrl-C, and return the exit code.

    Its first update is one of no paths, for what was changed before nobody watched. Raises
    NotRun where the port, or without one any, is not to be had.
    """
    try:
        with running(site, port, tell) as updates:
            # Not without end at once, which Windows does not let Ctrl-C end.
            while updates.is_alive():
                updates.join(0.5)
    except KeyboardInterrupt:
        tell("Ended.")
        return 0
    return 1


def _listen(port: int | None, live: LiveSite, tell: Callable[[str], None]) -> list[_Server]:
    for number in _PORTS if port is None else [port]:
        try:
            servers = _bind(number, live)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            continue
        if number not in (port, _PORTS[0]):
            tell(f"Port {_PORTS[0]} is taken; {number} is used.")
        return servers
    raise CommandError(f"port {number} is not to be had: {why} (end what uses it, or name another)")


def _bind(port: int, live: LiveSite) -> list[_Server]:
    """Listen at both addresses that localhost can mean, where there are both."""
    first = _Server("127.0.0.1", port, live)
    try:
        return [first, _Server("::1", first.server_address[1], live)]
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return [first]
        first.server_close()
        raise


def _named(address: str) -> str | None:
    """Return the path below the root that an address names; None for what no site has."""
    try:
        path = unquote_to_bytes(address.encode("latin-1")).decode()
    except UnicodeError:
        return None
    first, *parts = path.split("/")
    if first or not parts or "" in parts[:-1] or {".", ".."} & {*parts} or set("\\\0") & {*path}:
        return None
    return path[1:]


def _part(data: bytes, first: str, last: str) -> tuple[int, bytes, str | None]:
    """Return the status, the part that a request is for, and where it lies."""
    size = len(data)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if first and last and int(last) < start:
        return 200, data, None
    if start >= size:
        return 416, b"", f"bytes */{size}"
    return 206, data[start:end], f"bytes {start}-{end - 1}/{size}"
