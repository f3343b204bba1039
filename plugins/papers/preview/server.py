"""Serve a site to a browser, with a script that shows every change."""

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
# In seconds: the server needs no longer to end.
_POLL_INTERVAL = 0.1
# The owner of any other name could make it lead here, and read these pages with its own.
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})")
_SCRIPT = Path(__file__).with_name("preview.js")
_NOT_FOUND = """<!DOCTYPE html><html lang="en">
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
        url_path, mark, query = self.path.partition("?")
        path = _parse_path(url_path)
        if not _LOCAL_HOST.fullmatch(self.headers.get("Host", "")):
            self._send(403, b"Only localhost is served.", "text/plain")
        elif path == "_preview/events":
            self._stream(live.events())
        elif path == "_preview/state":
            self._send(200, live.state_json().encode(), "application/json")
        elif path == "_preview/preview.js":
            self._send(200, _SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        else:
            self._send_file(live, path, mark + query)

    do_HEAD = do_GET

    def _send_file(self, live: LiveSite, path: str | None, query: str) -> None:
        # The files of a page are asked for after the page, for which the watcher has looked.
        live.watcher.wait_until_handled(
            look=self.headers.get("Sec-Fetch-Dest") in (None, "document")
        )
        site, status, answer = live.site, 200, None
        # Before the answer, so that no page is taken for newer than it is.
        version = site.version
        if path is not None:
            is_folder = not path or path.endswith("/")
            answer = site.answer(f"{path}index.html" if is_folder else path)
            if answer is None and not is_folder and site.answer(f"{path}/index.html"):
                self._send(307, b"", "text/plain", f"/{quote(path)}/{query}")
                return
        if answer is None:
            status, answer = 404, site.answer("404.html") if path else None
        # A page may have failed while it was made for this answer.
        items = "".join(f"<li>{html.escape(line)}</li>" for line in format_problems(live.publish()))
        data, kind = answer or (_NOT_FOUND.format(items).encode(), "text/html; charset=utf-8")
        if kind.startswith("text/html"):
            tag = f'<script src="/_preview/preview.js" data-server="{live.server_id}"'
            tag = f'{tag} data-version="{version}" defer></script>\n'.encode()
            data = re.sub(rb"(?i)(?=</head\s*>)|\Z", tag, data, count=1)
        self._send(status, data, kind)

    def _send(self, status: int, data: bytes, kind: str, location: str | None = None) -> None:
        content_range = None
        if status == 200 and (bounds := _RANGE.fullmatch(self.headers.get("Range", ""))):
            status, data, content_range = _select_range(data, *bounds.groups())
        headers = {"Content-Type": kind, "Content-Length": str(len(data))}
        headers |= {"Content-Range": content_range, "Location": location, "Accept-Ranges": "bytes"}
        self._send_headers(status, headers)
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_headers(self, status: int, headers: dict[str, str | None]) -> None:
        self.send_response(status)
        # On "back", browsers use even what they should ask for again.
        for name, value in {"Cache-Control": "no-store", **headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    def _stream(self, events: Iterator[str]) -> None:
        self._send_headers(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        for event in events if self.command == "GET" else ():
            self.wfile.write(event.encode())
            self.wfile.flush()

    def log_message(self, *args) -> None:
        """Print nothing about requests."""


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
        """Print nothing about a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(*request)


@contextmanager
def start_server(
    site: MemorySite, port: int | None, report: Callable[[str], None]
) -> Iterator[threading.Thread]:
    """Serve a site, and yield the thread that updates it. Raises CommandError without a port."""
    live = LiveSite(site, report)
    servers = _listen(port, live, report)
    address = f"http://localhost:{servers[0].server_address[1]}/"
    updates = threading.Thread(target=live.run, args=(address,), daemon=True)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(_POLL_INTERVAL,), daemon=True).start()
    try:
        updates.start()
        yield updates
    finally:
        live.stop()
        for server in servers:
            server.shutdown()
            server.server_close()
        # A long update need not end: it writes nothing that stays.
        if updates.is_alive():
            updates.join(0.2)


def serve(
    site: MemorySite,
    port: int | None = None,
    report: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> int:
    """Serve a site at localhost until Ctrl-C, and return the exit code.

    Raises CommandError where the port, or without one each port, is not available.
    """
    try:
        with start_server(site, port, report) as updates:
            # With a timeout: on Windows Ctrl-C does not end an endless `join`.
            while updates.is_alive():
                updates.join(0.5)
    except KeyboardInterrupt:
        report("Ended.")
        return 0
    return 1


def _listen(port: int | None, live: LiveSite, report: Callable[[str], None]) -> list[_Server]:
    for number in _PORTS if port is None else [port]:
        try:
            servers = _bind(number, live)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            continue
        if number not in (port, _PORTS[0]):
            report(f"Port {_PORTS[0]} is taken; {number} is used.")
        return servers
    raise CommandError(
        f"port {number} is not to be had: {reason} (end what uses it, or name another)"
    )


def _bind(port: int, live: LiveSite) -> list[_Server]:
    """Listen at both addresses of localhost, IPv4 and IPv6, where there are both."""
    first = _Server("127.0.0.1", port, live)
    try:
        return [first, _Server("::1", first.server_address[1], live)]
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return [first]
        first.server_close()
        raise


def _parse_path(url_path: str) -> str | None:
    """Return the path below the site's root; None for one that no site has."""
    try:
        path = unquote_to_bytes(url_path.encode("latin-1")).decode()
    except UnicodeError:
        return None
    first, *parts = path.split("/")
    if first or not parts or "" in parts[:-1] or {".", ".."} & {*parts} or set("\\\0") & {*path}:
        return None
    return path[1:]


def _select_range(data: bytes, first: str, last: str) -> tuple[int, bytes, str | None]:
    """Return the status, the bytes of a range, and the header Content-Range."""
    size = len(data)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if first and last and int(last) < start:
        return 200, data, None
    if start >= size:
        return 416, b"", f"bytes */{size}"
    return 206, data[start:end], f"bytes {start}-{end - 1}/{size}"
