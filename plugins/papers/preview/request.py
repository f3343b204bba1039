"""Read requests of HTTP/1.1 strictly and within limits (RFC 9112)."""

import re
import socket
import time
from dataclasses import dataclass
from http import HTTPStatus

from ..util import LazyPattern

# In bytes; browsers send cookies of all programs at localhost.
_MAX_LINE, _MAX_HEAD, _MAX_BODY = 2**14, 2**16, 2**16
_MAX_FIELDS = 100
# In seconds: for a whole request, which browsers send at once, and between two of them.
_REQUEST_TIME, IDLE_TIME = 10.0, 60.0
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST_LINE = LazyPattern(rb"(%s) ([!-~\x80-\xff]+) HTTP/([0-9])\.([0-9])" % _TOKEN)
_FIELD = LazyPattern(rb"(%s):[ \t]*([\t -~\x80-\xff]*)" % _TOKEN)
_LINE_END = LazyPattern(rb"\r?\n")
_HEAD_END = LazyPattern(rb"\r?\n\r?\n")


class BadRequest(Exception):
    """A request that is not answered, and after which the connection ends."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """A request without its body; names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body_size: int = 0
    keep_alive: bool = True


def parse_request(head: bytes) -> Request:
    """Parse a request line and its header fields, without the empty line after them.

    Raises BadRequest where two programs could read the request in two ways.
    """
    line, *fields = _LINE_END.split(head)
    if len(line) > _MAX_LINE:
        raise BadRequest(HTTPStatus.REQUEST_URI_TOO_LONG)
    if len(fields) > _MAX_FIELDS:
        raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    match = _REQUEST_LINE.fullmatch(line)
    if not match:
        raise BadRequest(HTTPStatus.BAD_REQUEST)
    method, target, major, minor = (part.decode("latin-1") for part in match.groups())
    if major != "1":
        raise BadRequest(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = _parse_fields(fields)
    options = headers.get("connection", "").lower().replace(" ", "").split(",")
    keep_alive = minor != "0" and "close" not in options
    return Request(method, target, headers, _parse_body_size(headers), keep_alive)


def _parse_fields(fields: list[bytes]) -> dict[str, str]:
    headers = {}
    for field in fields:
        match = _FIELD.fullmatch(field)
        if not match:
            raise BadRequest(HTTPStatus.BAD_REQUEST)
        name, value = match[1].decode().lower(), match[2].decode("latin-1").rstrip(" \t")
        if name in headers:
            if name in ("host", "content-length", "transfer-encoding"):
                raise BadRequest(HTTPStatus.BAD_REQUEST)
            value = f"{headers[name]}, {value}"
        headers[name] = value
    return headers


def _parse_body_size(headers: dict[str, str]) -> int:
    length = headers.get("content-length")
    if "transfer-encoding" in headers:
        raise BadRequest(HTTPStatus.NOT_IMPLEMENTED if length is None else HTTPStatus.BAD_REQUEST)
    if not re.fullmatch("[0-9]{1,18}", length or "0"):
        raise BadRequest(HTTPStatus.BAD_REQUEST)
    size = int(length or 0)
    if size > _MAX_BODY:
        raise BadRequest(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return size


class RequestReader:
    """Reads the requests of a connection, one after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        # What was received and is not read yet.
        self._data = bytearray()

    def read(self) -> Request | None:
        """Return the next request, None at the end of the connection; its body is dropped.

        Raises BadRequest, or TimeoutError where no request begins.
        """
        if not self._data and not self._receive(IDLE_TIME):
            return None
        deadline = time.monotonic() + _REQUEST_TIME
        try:
            head = self._read_head(deadline)
            request = parse_request(head) if head is not None else None
            if request and not self._drop(request.body_size, deadline):
                return None
        except TimeoutError:
            raise BadRequest(HTTPStatus.REQUEST_TIMEOUT) from None
        return request

    def drain(self) -> None:
        """Drop what the other side still sends, within limits.

        The system would end the connection before the other side has read the answer.
        """
        self._connection.shutdown(socket.SHUT_WR)
        deadline, size = time.monotonic() + 1, 0
        while size < 2**24 and self._receive(deadline - time.monotonic()):
            size += len(self._data)
            self._data.clear()

    def _read_head(self, deadline: float) -> bytes | None:
        start = 0
        while True:
            # Some programs send an empty line after a body.
            while self._data.startswith((b"\r\n", b"\n")):
                del self._data[: self._data.index(b"\n") + 1]
                start = 0
            if match := _HEAD_END.search(self._data, start):
                head = bytes(self._data[: match.start()])
                del self._data[: match.end()]
                if len(head) > _MAX_HEAD:
                    raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return head
            if len(self._data) > _MAX_LINE and b"\n" not in self._data[:_MAX_LINE]:
                raise BadRequest(HTTPStatus.REQUEST_URI_TOO_LONG)
            if len(self._data) > _MAX_HEAD:
                raise BadRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            start = max(len(self._data) - 3, 0)
            if not self._receive(deadline - time.monotonic()):
                return None

    def _drop(self, size: int, deadline: float) -> bool:
        while len(self._data) < size:
            if not self._receive(deadline - time.monotonic()):
                return False
        del self._data[:size]
        return True

    def _receive(self, seconds: float) -> bool:
        """Wait for bytes; return False at the end of the connection."""
        if seconds <= 0:
            raise TimeoutError
        self._connection.settimeout(seconds)
        data = self._connection.recv(2**16)
        self._data += data
        return bool(data)
