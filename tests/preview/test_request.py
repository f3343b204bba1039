"""Requests to the preview are read in one way only, within limits of size and time."""

import socket
import threading
import time

import pytest
from papers.preview import request
from papers.preview.request import BadRequest, Request, RequestReader, parse_request

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


def test_good_requests():
    """A request that browsers or curl send is refused, or read wrongly."""
    head = b"GET /a?b=%20 HTTP/1.1\r\nHost: localhost:8000\r\nx-A:\r\nX-B: 1\t\r\nX-b:2"
    headers = {"host": "localhost:8000", "x-a": "", "x-b": "1, 2"}
    assert parse_request(head) == Request("GET", "/a?b=%20", headers)
    assert parse_request(head.replace(b"\r\n", b"\n")) == Request("GET", "/a?b=%20", headers)
    assert parse_request("GET /é HTTP/1.1".encode()).target == "/Ã©"
    assert parse_request(GET + b"Content-Length: 005").body_size == 5
    for line, keep_alive in (
        (b"Connection: keep-alive", True), (b"Connection: Close", False),
        (b"Connection: x, close", False),
    ):  # fmt: skip
        assert parse_request(GET + line).keep_alive is keep_alive
    assert not parse_request(b"GET / HTTP/1.0\r\nConnection: keep-alive").keep_alive


@pytest.mark.parametrize(
    "head, status",
    [(b"", 400), (b"GET", 400), (b"GET /", 400), (b"GET / ", 400), (b"GET  / HTTP/1.1", 400),
     (b" GET / HTTP/1.1", 400), (b"GET\t/ HTTP/1.1", 400), (b"GET / HTTP/1.1 ", 400),
     (b"GET / http/1.1", 400), (b"GET / HTTP/1", 400), (b"GET / HTTP/11.1", 400),
     (b"GET / HTTP/-1.1", 400), (b"GET /a b HTTP/1.1", 400), (b"GET /\0 HTTP/1.1", 400),
     (b"GET /\x1b[2J HTTP/1.1", 400), (b"GET /\x7f HTTP/1.1", 400), (b"GET /\rx HTTP/1.1", 400),
     (b"G(T / HTTP/1.1", 400), (b"\x16\x03\x01\x02\0\x01", 400), (b"PRI * HTTP/2.0", 505),
     (b"GET / HTTP/0.9", 505), (b"GET / HTTP/3.0", 505),
     (b"GET /" + b"a" * 2**14 + b" HTTP/1.1", 414),
     (GET + b"Host: localhost", 400), (GET + b"host: evil.example", 400),
     (GET + b"no colon", 400), (GET + b": no name", 400), (GET + b"Space : x", 400),
     (GET + b"X: a\r\n folded: line", 400), (GET + b"X: a\0b", 400), (GET + b"X: a\rb", 400),
     (GET + b"X: \x1b[2J", 400), (GET + "Ü: x".encode(), 400), (GET + b"\r\nX: y", 400),
     (GET + b"Content-Length: 1\r\nContent-Length: 2", 400),
     (GET + b"Content-Length: 1\r\nContent-Length: 1", 400), (GET + b"Content-Length: 1, 1", 400),
     (GET + b"Content-Length: -1", 400), (GET + b"Content-Length: +1", 400),
     (GET + b"Content-Length: 0x1", 400), (GET + b"Content-Length: 1_0", 400),
     (GET + "Content-Length: ١".encode(), 400), (GET + b"Content-Length: " + b"9" * 5000, 400),
     (GET + b"Content-Length: 70000", 413), (GET + b"Transfer-Encoding: chunked", 501),
     (GET + b"Transfer-Encoding: \x0bchunked", 400), (GET + b"Transfer-Encoding: identity", 501),
     (GET + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x", 400),
     (GET + b"Transfer-Encoding: chunked\r\nContent-Length: 5", 400),
     (GET + b"X: y\r\n" * 100 + b"X: z", 431)],
)  # fmt: skip
def test_bad_requests(head, status):
    """A request that two programs read in two ways, or one without limits, is answered."""
    with pytest.raises(BadRequest) as caught:
        parse_request(head)
    assert caught.value.status == status


@pytest.fixture
def pair():
    """A client's socket, and the reader of what it sends."""
    client, connection = socket.socketpair()
    with client, connection:
        yield client, RequestReader(connection)


def test_bodies_are_no_requests(pair):
    """The body of a request is read as the next request, or bytes of the next one are lost."""
    client, reader = pair
    inner = b"GET /inner HTTP/1.1\r\nHost: localhost\r\n\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(inner)
    client.sendall(GET + length + inner + b"\r\n" + inner.replace(b"inner", b"next") + GET)
    assert reader.read().target == "/"
    assert reader.read().target == "/next"
    client.sendall(b"X: y\r\n\r\n")
    assert reader.read().headers["x"] == "y"
    # The client goes away between two requests, within a head, within a body.
    client.sendall(GET + b"Content-Length: 9\r\n\r\nabc")
    client.shutdown(socket.SHUT_WR)
    assert reader.read() is None


@pytest.mark.parametrize(
    "piece, status", [(b"a", 414), (b"GET / HTTP/1.1\r\n", 431), (b"\r\n", None), (b"X: \n", 431)]
)
def test_endless_heads(pair, monkeypatch, piece, status):
    """A head without end fills the memory."""
    client, reader = pair
    monkeypatch.setattr(request, "_REQUEST_TIME", 0.3)

    def pour() -> None:
        try:
            while True:
                client.sendall(piece * 1000)
        except OSError:
            pass

    client.settimeout(1)
    thread = threading.Thread(target=pour)
    thread.start()
    with pytest.raises(BadRequest) as caught:
        reader.read()
    assert caught.value.status == (status or 408) and len(reader._data) < 2**18
    reader._connection.close()
    thread.join(5)


@pytest.mark.parametrize("start", [b"", b"GET", GET, GET + b"Content-Length: 9\r\n\r\n"])
def test_slow_requests(pair, monkeypatch, start):
    """A client that sends a byte now and then holds a thread for ever."""
    client, reader = pair
    monkeypatch.setattr(request, "_REQUEST_TIME", 0.2)
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(0.02):
            client.sendall(b"x")

    client.sendall(start)
    thread = threading.Thread(target=drip)
    thread.start()
    begin = time.monotonic()
    with pytest.raises(BadRequest) as caught:
        reader.read()
        reader.read()
    ended.set()
    thread.join(5)
    assert caught.value.status == 408 and time.monotonic() - begin < 5
