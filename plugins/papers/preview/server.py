"""Serve a site to a browser, with a script that shows every change."""

import errno
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import BinaryIO
from urllib.parse import quote, unquote_to_bytes

from ..model import CommandError
from ..util import LazyPattern
from .live_reload import LiveSite
from .memory_site import MemorySite
from .missing_page import (
    explain_missing_page,
    explain_missing_site,
    format_sitemap,
    show_anywhere,
)
from .request import IDLE_TIME, BadRequest, Request, RequestReader

_PORTS = range(8000, 8100)
# In seconds: the server needs no longer to end.
_POLL_INTERVAL = 0.1
# The owner of any other name could make it lead here, and read these pages with its own.
_LOCAL_HOST = LazyPattern(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?", re.IGNORECASE)
_RANGE = LazyPattern(r"bytes=(?!-$)([0-9]{0,18})-([0-9]{0,18})")
# On "back", browsers use even what they should ask for again. Pages of other origins must not
# show pictures or frame drafts.
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
# The updates of the site need descriptors, too.
_MAX_CONNECTIONS, _CONNECTIONS_SHARE = 200, 1 / 4
# In seconds, after a connection could not be accepted.
_ACCEPT_PAUSE = 0.1
# In bytes: as much of an answer is sent in one step.
_CHUNK = 2**16
_SCRIPT = Path(__file__).with_name("preview.js")


def _max_connections() -> int:
    """Return how many connections may be open, which depends on the descriptors of a process."""
    try:
        import resource
    except ImportError:  # Windows
        return _MAX_CONNECTIONS
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY:
        return _MAX_CONNECTIONS
    return min(_MAX_CONNECTIONS, int(limit * _CONNECTIONS_SHARE))


class _Connections:
    """The open connections. Those that wait for a request end where there are too many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        # Those that wait for a request, the longest first.
        self._waiting: dict[socket.socket, None] = {}

    def add(self, connection: socket.socket) -> bool:
        """Add a new connection; return False where there are too many that are in use."""
        with self._lock:
            if len(self._open) >= (limit := _max_connections()):
                self._end_longest_waiting()
            if len(self._open) >= limit:
                return False
            self._open.add(connection)
            return True

    def remove(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
            self._waiting.pop(connection, None)

    def end_longest_waiting(self) -> None:
        with self._lock:
            self._end_longest_waiting()

    @contextmanager
    def waiting(self, connection: socket.socket) -> Iterator[None]:
        """Let a connection be ended during the block."""
        with self._lock:
            self._waiting[connection] = None
        try:
            yield
        finally:
            with self._lock:
                self._waiting.pop(connection, None)

    def _end_longest_waiting(self) -> None:
        if self._waiting:
            connection = next(iter(self._waiting))
            del self._waiting[connection]
            self._open.discard(connection)
            # Its thread wakes up, and closes it.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseRequestHandler):
    """Answers the requests of a connection."""

    server: "_Server"

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        reader, self._keep_alive = RequestReader(self.request), True
        while self._keep_alive:
            try:
                with self.server.connections.waiting(self.request):
                    self._request = reader.read()
            except BadRequest as error:
                self._request, self._keep_alive = Request("GET", "/", {}, keep_alive=False), False
                self._send_error(error.status)
                # The other side may be gone already.
                with suppress(OSError):
                    reader.drain()
                return
            if self._request is None:
                return
            self.request.settimeout(IDLE_TIME)
            self._keep_alive = self._request.keep_alive
            self._answer(self._request)

    def _answer(self, request: Request) -> None:
        live = self.server.live
        url_path, mark, query = request.target.partition("?")
        path = _parse_path(url_path)
        if request.method not in ("GET", "HEAD"):
            self._send_error(HTTPStatus.NOT_IMPLEMENTED)
        elif not _LOCAL_HOST.fullmatch(request.headers.get("host", "")):
            self._send(403, b"Only localhost is served.", "text/plain")
        elif _is_from_other_origin(request.headers):
            self._send(403, b"Other sites may only link to these pages.", "text/plain")
        elif path == "_preview/events":
            self._stream(live.events())
        elif path == "_preview/state":
            self._send(200, live.state_json().encode(), "application/json")
        elif path == "_preview/preview.js":
            self._send(200, _SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        elif path == "sitemap.xml" and live.site.answer(path) is None:
            origin = f"http://{request.headers['host']}"
            self._send(200, format_sitemap(live.site.paths(), origin), "application/xml")
        else:
            self._send_file(live, path, mark + query)

    def _send_file(self, live: LiveSite, path: str | None, query: str) -> None:
        # The files of a page are asked for after the page, for which the watcher has looked.
        live.watcher.wait_until_handled(
            look=self._request.headers.get("sec-fetch-dest") in (None, "document")
        )
        site, status, answer = live.site, 200, None
        # Before the answer, so that no page is mistaken for newer than it is.
        version = site.version
        if path is not None:
            is_folder = not path or path.endswith("/")
            answer = site.answer(f"{path}index.html" if is_folder else path)
            if answer is None and not is_folder and (page := site.answer(f"{path}/index.html")):
                _close(page[0])
                self._send(307, b"", "text/plain", f"/{quote(path)}/{query}")
                return
        if answer is None:
            status, answer = 404, self._explain_missing(live, path)
        # A page may have failed while it was made for this answer.
        live.publish()
        data, kind = answer
        if kind.startswith("text/html") and isinstance(data, bytes):
            tag = f'<script src="/_preview/preview.js" data-server="{live.server_id}"'
            tag = f'{tag} data-version="{version}" defer></script>\n'.encode()
            data = re.sub(rb"(?i)(?=</head\s*>)|\Z", tag, data, count=1)
        self._send(status, data, kind)

    def _explain_missing(self, live: LiveSite, path: str | None) -> tuple[bytes, str]:
        """Return a page for an address without one: why there is none, or the site's 404.html."""
        site, not_found, problems = live.site, None, []
        if path is not None:
            file = f"{path}index.html" if not path or path.endswith("/") else path
            problems = site.held_back(file) or site.held_back(f"{file}/index.html")
        if (answer := site.answer("404.html")) and isinstance(answer[0], bytes):
            not_found = show_anywhere(answer[0])
        if problems:
            data = explain_missing_page(not_found, problems)
        elif not_found and path:
            data = not_found
        else:
            data = explain_missing_site(live.publish())
        return data, "text/html; charset=utf-8"

    def _send_error(self, status: HTTPStatus) -> None:
        self._keep_alive = False
        self._send(status, f"{status.phrase}.".encode(), "text/plain")

    def _send(
        self, status: int, data: bytes | BinaryIO, kind: str, location: str | None = None
    ) -> None:
        """Send an answer with bytes, or from a file, which is closed; both as a range if asked."""
        try:
            size = len(data) if isinstance(data, bytes) else os.fstat(data.fileno()).st_size
            content_range, start, end = None, 0, size
            bounds = _RANGE.fullmatch(self._request.headers.get("range", ""))
            # There is nothing that a condition could compare with.
            if status == 200 and bounds and "if-range" not in self._request.headers:
                status, start, end, content_range = _select_range(size, *bounds.groups())
            headers = {"Content-Type": kind, "Content-Length": str(end - start)}
            headers |= {"Content-Range": content_range, "Location": location}
            self._send_headers(status, headers | {"Accept-Ranges": "bytes"})
            if self._request.method == "HEAD" or start == end:
                return
            if isinstance(data, bytes):
                for first in range(start, end, _CHUNK):
                    self.request.sendall(memoryview(data)[first : min(first + _CHUNK, end)])
            # A file that has become shorter does not fill the answer, so it ends here.
            elif self.request.sendfile(data, start, end - start) < end - start:
                self._keep_alive = False
        finally:
            _close(data)

    def _send_headers(self, status: int, headers: dict[str, str | None]) -> None:
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        headers = {"Date": formatdate(usegmt=True), **_HEADERS, **headers}
        if not self._keep_alive:
            headers["Connection"] = "close"
        lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
        self.request.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def _stream(self, events: Iterator[str]) -> None:
        self._keep_alive = False
        self._send_headers(200, {"Content-Type": "text/event-stream"})
        for event in events if self._request.method == "GET" else ():
            self.request.sendall(event.encode())


class _Server(ThreadingTCPServer):
    daemon_threads = True
    # Windows would let two programs listen at one port.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 64

    def __init__(self, host: str, port: int, live: LiveSite, connections: _Connections):
        self.live, self.connections = live, connections
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def get_request(self) -> tuple[socket.socket, tuple]:
        """Accept a connection; without descriptors, pause instead of trying again at once."""
        try:
            return super().get_request()
        except OSError:
            self.connections.end_longest_waiting()
            time.sleep(_ACCEPT_PAUSE)
            raise

    def verify_request(self, request: socket.socket, client_address: tuple) -> bool:
        """Refuse more connections than there are threads for."""
        return self.connections.add(request)

    def shutdown_request(self, request: socket.socket) -> None:
        """Close a connection."""
        self.connections.remove(request)
        super().shutdown_request(request)

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
        report("Preview stopped.")
        return 0
    return 1


def _listen(port: int | None, live: LiveSite, report: Callable[[str], None]) -> list[_Server]:
    for number in _PORTS if port is None else [port]:
        try:
            servers = _bind(number, live)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            error_number = getattr(error, "errno", None)
            continue
        if number not in (port, _PORTS[0]):
            report(f"Port {_PORTS[0]} is already in use. Using port {number} instead.")
        return servers
    raise CommandError(_describe_port_error(number, error_number, reason))


def _describe_port_error(port: int, number: int | None, reason: str) -> str:
    other = "--port 9000" if port != 9000 else "--port 9001"
    if number == errno.EADDRINUSE:
        hint = f"stop the program that uses it, or choose another port with {other}"
        return f"port {port} is already in use ({hint})"
    return f"port {port} cannot be used: {reason} (choose another with {other})"


def _bind(port: int, live: LiveSite) -> list[_Server]:
    """Listen at both addresses of localhost, IPv4 and IPv6, where there are both."""
    connections = _Connections()
    first = _Server("127.0.0.1", port, live, connections)
    try:
        return [first, _Server("::1", first.server_address[1], live, connections)]
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


def _select_range(size: int, first: str, last: str) -> tuple[int, int, int, str | None]:
    """Return the status, start and end of a range, and the header Content-Range."""
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if first and last and int(last) < start:
        return 200, 0, size, None
    if start >= size:
        return 416, 0, 0, f"bytes */{size}"
    return 206, start, end, f"bytes {start}-{end - 1}/{size}"


def _is_from_other_origin(headers: dict[str, str]) -> bool:
    """Tell whether a page of another origin makes a request, other than by a link to a page.

    Browsers that do not send Sec-Fetch-Site send at least Origin, if not with each request.
    """
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        is_navigation = headers.get("sec-fetch-mode") == "navigate"
        return not (is_navigation and headers.get("sec-fetch-dest") == "document")
    own = f"http://{headers['host']}".lower()
    return headers.get("origin", own).lower() != own


def _close(data: bytes | BinaryIO) -> None:
    if not isinstance(data, bytes):
        data.close()
