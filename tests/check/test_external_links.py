"""External links are requested politely, and no server can hold up the check."""

import errno
import gc
import json
import os
import signal
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from functools import partial

import pytest
from conftest import ROOT, program
from papers.check.links import external_links
from papers.check.links.external_links import LinkLocation, check_external_links
from papers.model import CommandError
from papers.util import HttpClient, http
from papers.util.http import is_internet_address

OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def to(status: int, target: str) -> str:
    """Return an answer that redirects to another URL."""
    return f"HTTP/1.1 {status} Moved\r\nLocation: {target}\r\n\r\n"


def status(*numbers: int, more: str = "") -> list[str]:
    """Return answers, one for each request; the last is repeated."""
    return [f"HTTP/1.1 {number} Word\r\n{more}\r\n" for number in numbers]


class Handler(socketserver.BaseRequestHandler):
    """Answers a request as the server's table says for its path."""

    def handle(self) -> None:
        self.request.settimeout(5)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            data = self.request.recv(4096)
            if not data:
                return
            head += data
        lines = head.decode("ascii").split("\r\n")
        method, path, _ = lines[0].split(" ")
        fields = dict(line.split(": ", 1) for line in lines[1:] if line)
        answer = self.server.answer(method, path, fields)
        try:
            if callable(answer):
                answer(self)
            else:
                self.send(answer)
        except OSError:
            pass  # The client has closed the connection, as it should.

    def send(self, text: str) -> None:
        self.request.sendall(text.encode())

    def wait(self, seconds: float) -> bool:
        """Wait; return False at the end of the test."""
        return not self.server.stopped.wait(seconds)

    def silent(self) -> None:
        self.request.recv(1)

    def drip(self) -> None:
        for letter in OK * 1000:
            self.send(letter)
            if not self.wait(0.1):
                break

    def drip_heads(self) -> None:
        self.send("HTTP/1.1 200 OK\r\n")
        while self.wait(0.1):
            self.send("X-More: yes\r\n")

    def pour(self, head: str, text: str) -> None:
        self.send(head)
        while self.wait(0):
            self.send(text * 1000)


class Server(socketserver.ThreadingTCPServer):
    """A web server that answers from its table and counts requests at the same time."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.table = {}
        self.requests = []
        self.fields = []
        self.times = []
        self.stopped = threading.Event()
        self.counts = Counter()
        self.peaks = Counter()
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def answer(self, method: str, path: str, fields: dict):
        with self.lock:
            self.requests.append(f"{method} {path}")
            self.fields.append(fields)
            self.times.append(time.monotonic())
        answer = self.table[path]
        if isinstance(answer, dict):
            answer = answer[method]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer == "count":
            self.count(fields["Host"])
            answer = OK
        return answer

    def count(self, host: str) -> None:
        for step in (1, -1):
            with self.lock:
                self.counts.update({host: step, "all": step})
                self.peaks |= self.counts
            self.stopped.wait(0.05 if step == 1 else 0)


@pytest.fixture
def server(monkeypatch):
    """A local server under all names that end in .test, and short timeouts."""
    for name, value in {"REQUEST_TIMEOUT": 1.0, "TOTAL_TIMEOUT": 2.0, "PAUSE": 0.05}.items():
        monkeypatch.setattr(external_links, name, value)
    monkeypatch.setattr(external_links, "HttpClient", partial(HttpClient, allow_private=True))
    real = socket.getaddrinfo

    def look_up(host, *arguments, **options):
        return real("127.0.0.1" if host.endswith(".test") else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv("no_proxy", "*")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.stopped.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(server, tmp_path):
    """Return a function that checks paths of the server: path to its message, or ""."""

    def ask_server(table: dict, paths=None, host: str = "{}.test") -> dict[str, str]:
        server.table |= table
        hosts = {path: host.format(number) for number, path in enumerate(paths or table)}
        links = {
            f"http://{name}:{server.port}{path}": [LinkLocation(path)]
            for path, name in hosts.items()
        }
        messages = dict.fromkeys(hosts, "")
        for problem in run(links, tmp_path / "links.json"):
            text = problem.message.replace(f":{server.port}", "").partition('" ')[2]
            messages[problem.file] = f"{'notice' if problem.notice else 'error'} {text}"
        return messages

    return ask_server


def run(links, cache, progress=None):
    """Check links in a thread: a browser of other tests runs asyncio in the main thread.

    Connections that are left open cause a warning here and not in another test.
    """
    results = []

    def check() -> None:
        try:
            results.append(check_external_links(links, cache, progress))
        except CommandError as error:
            results.append(error)
        finally:
            gc.collect(1)

    thread = threading.Thread(target=check, daemon=True)
    thread.start()
    thread.join(20)
    assert results, "the check does not end, or it failed"
    if isinstance(results[0], CommandError):
        raise results[0]
    return results[0]


def test_good_links(server, ask):
    """A page that exists is reported, or a server that does not know HEAD is called dead."""
    get = {"GET": OK}
    table = {"/plain": OK, "/new": status(204), "/old": "HTTP/1.0 200 OK\r\n\r\n"}
    table["/early"] = f"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{OK}"
    table |= {f"/get{n}": get | {"HEAD": status(n)} for n in (400, 403, 404, 405, 410, 501)}
    assert set(ask(table).values()) == {""}
    assert server.requests.count("GET /plain") == 0
    assert server.requests.count("HEAD /get404") == server.requests.count("GET /get404") == 1
    assert {fields["User-Agent"] for fields in server.fields} == {"pelican-papers link check"}


def test_moved(server, ask):
    """A permanent redirect is not reported, or a temporary one is."""
    moved = "notice has moved to {0} (write {0})"
    table = {
        "/1": to(301, "/2"), "/2": to(308, "there?a=%C3%A9"), "/there?a=%C3%A9": OK,
        "/308": to(308, "http://other.test/there".replace(".test", f".test:{server.port}")),
        "/302": to(302, "/there"), "/303": to(303, "/there"), "/307": to(307, "/there"),
        "/mixed": to(301, "/302"), "/turned": to(302, "/get"), "/there": OK,
        "/accent": to(301, "/déjà vu"), "/d%C3%A9j%C3%A0%20vu": OK,
        "/get": {"HEAD": status(405), "GET": to(301, "/there")},
        "/away": to(301, "/gone"), "/gone": status(404), "/": OK,
        "/deep": to(302, "/"), "/deeper": to(301, "/#top"),
    }  # fmt: skip
    paths = [
        "/1",
        "/308",
        "/302",
        "/303",
        "/307",
        "/mixed",
        "/turned",
        "/accent",
        "/get",
        "/away",
        "/deep",
    ]
    messages = ask(table, [*paths, "/deeper", "/"], host="a.test")
    front = "notice redirects to a front page, http://a.test/ "
    front += "(write the new address of the page itself)"
    assert messages == {
        "/1": moved.format("http://a.test/there?a=%C3%A9"),
        "/308": moved.format("http://other.test/there"),
        "/302": "", "/303": "", "/307": "", "/mixed": "", "/turned": "",
        "/accent": moved.format("http://a.test/d%C3%A9j%C3%A0%20vu"),
        "/get": moved.format("http://a.test/there"),
        "/away": "error is a dead link: 404 (correct or delete the link)",
        "/deep": front, "/deeper": front, "/": "",
    }  # fmt: skip


def test_redirects_without_end(server, ask):
    """Circular redirects hold up the check, or one that leaves the web is followed."""
    circles = "notice redirects too often, or in a loop (open it in a browser to check)"
    strange = (
        "notice redirects to something that is not a web address (open it in a browser to check)"
    )
    table = {"/loop": to(302, "/pool"), "/pool": to(302, "/loop"), "/self": to(301, "/self#a")}
    table |= {f"/{n}": to(302, f"/{n + 1}") for n in range(12)} | {"/12": OK}
    odd = [
        "file:///etc/passwd",
        "mailto:a@example.org",
        "http://a:b@other.test/",
        "http://[",
        "ftp://a/",
    ]
    table |= {f"/odd{n}": to(302, target) for n, target in enumerate(odd)}
    messages = ask(table, ["/loop", "/self", "/0", "/2", *(f"/odd{n}" for n in range(len(odd)))])
    assert messages == dict.fromkeys(messages, strange) | {
        "/loop": circles, "/self": circles, "/0": circles, "/2": "",
    }  # fmt: skip
    assert "HEAD /11" in server.requests and server.requests.count("HEAD /loop") == 1


def test_gone_or_refused(server, ask):
    """A dead link is not reported, or a host that refuses programs is called dead."""
    gone = "error is a dead link: {} (correct or delete the link)"
    unsaid = "notice could not be checked: {} "
    unsaid += "(open it in a browser to check; many sites reject automated requests)"
    refusals = (300, 304, 400, 401, 403, 405, 429, 451, 503, 999)
    table = {f"/{n}": status(n) for n in (404, 410, *refusals)} | {"/302": status(302)}
    assert ask(table) == {
        **{f"/{n}": gone.format(n) for n in (404, 410)},
        **{f"/{n}": unsaid.format(n) for n in (*refusals, 302)},
    }


def test_second_attempt(server, ask, monkeypatch):
    """A short failure is reported, or a host that fails is requested again and again."""
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 8.0)
    short, long, date = (
        f"Retry-After: {wait}\r\n" for wait in ("1", "3600", "Fri, 31 Dec 1999 23:59:59 GMT")
    )
    table = {
        "/once": {"HEAD": status(500), "GET": status(500, 200)},
        "/always": status(500), "/many": status(429, 200), "/closed": [Handler.finish, OK],
        "/soon": [*status(429, more=short), OK], "/busy": [*status(503, more=short), OK],
        "/later": [*status(429, more=long), OK], "/dated": [*status(503, more=date), OK],
        "/shut": Handler.finish, "/garbage": "SSH-2.0-OpenSSH_9.6\r\n\r\n", "/zero": status(0),
        "/interim": status(100)[0] * 9,
    }  # fmt: skip
    messages = ask(table)
    unsaid = "notice could not be checked: {} "
    unsaid += "(open it in a browser to check; many sites reject automated requests)"
    broken = "notice did not send a valid response (open it in a browser to check)"
    assert messages == dict.fromkeys(table, "") | {
        "/always": "notice returns a server error: 500 (open it in a browser to check)",
        "/later": unsaid.format(429), "/dated": unsaid.format(503),
        "/shut": broken, "/garbage": broken, "/zero": broken, "/interim": broken,
    }  # fmt: skip
    count = Counter(line.split()[1] for line in server.requests)
    assert count == {
        "/once": 3, "/always": 3, "/many": 2, "/closed": 2, "/soon": 2, "/busy": 2,
        "/later": 1, "/dated": 1, "/shut": 2, "/garbage": 2, "/zero": 2, "/interim": 2,
    }  # fmt: skip
    times = [
        when for when, line in zip(server.times, server.requests, strict=True) if "/soon" in line
    ]
    assert times[1] - times[0] >= 1


def test_slow_and_endless_answers(server, ask, monkeypatch):
    """A server that is silent, sends byte by byte, or never ends holds up the check."""
    monkeypatch.setattr(external_links, "MAX_REQUESTS", 16)
    table = {
        "/silent": Handler.silent, "/drip": Handler.drip, "/heads": Handler.drip_heads,
        "/many": lambda self: self.pour("HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"),
        "/line": lambda self: self.pour("HTTP/1.1 200 OK\r\nX-More: ", "yes"),
        "/body": lambda self: self.pour("HTTP/1.1 200 OK\r\n\r\n", "more"),
        "/get": {"HEAD": Handler.silent, "GET": OK},
    }  # fmt: skip
    start = time.monotonic()
    messages = ask(table)
    assert time.monotonic() - start < 10
    late = "notice did not answer within 2 s (open it in a browser to check)"
    broken = "notice did not send a valid response (open it in a browser to check)"
    assert messages == {
        "/silent": late, "/drip": late, "/heads": late, "/many": broken, "/line": broken,
        "/body": "", "/get": "",
    }  # fmt: skip


def test_interim_answers_without_end(server, ask):
    """A server that sends nothing but interim answers holds up the check, or the other hosts."""
    interim = "HTTP/1.1 100 Continue\r\n\r\n"
    table = {"/interim": lambda self: self.pour("", interim), "/plain": OK}
    start = time.monotonic()
    late = "notice did not answer within 2 s (open it in a browser to check)"
    assert ask(table) == {"/interim": late, "/plain": ""}
    assert time.monotonic() - start < 10


def test_slow_redirects(server, ask, monkeypatch):
    """Redirects that are each slow together exceed the time for one link."""
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 1.0)

    def slow(self) -> None:
        self.wait(0.4)
        self.send(to(302, f"/{len(self.server.requests)}"))

    messages = ask({f"/{n}": slow for n in range(12)}, ["/0"])
    assert messages == {"/0": "notice did not answer within 1 s (open it in a browser to check)"}
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
        OSError(errno.ENETUNREACH, "Network is unreachable"),
    ],
)
def test_no_connection(tmp_path, monkeypatch, error):
    """Without a connection, each link of a site is called dead."""

    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr(external_links, "PAUSE", 0)
    links = {f"https://{name}.example/": [LinkLocation("a")] for name in "abc"}
    with pytest.raises(CommandError, match=r"^no connection to the Internet \(none of 3 hosts"):
        run(links, tmp_path / "links.json")
    one_host = {f"https://a.example/{name}": [LinkLocation("a")] for name in "bc"}
    assert len(run(one_host, tmp_path / "links.json")) == 2


def test_no_host(server, tmp_path, monkeypatch):
    """A host that does not exist gives a traceback, or the message of the resolver."""
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    links = {
        "http://gone.invalid/": [LinkLocation("a")],
        f"http://127.0.0.1:{port}/": [LinkLocation("b")],
    }
    expected = [
        'a: "http://gone.invalid/" is a dead link: there is no host gone.invalid '
        "(correct the name, or check your own connection)",
        f'b: "http://127.0.0.1:{port}/" is a dead link: 127.0.0.1 refuses the connection '
        "(correct or delete the link)",
    ]
    for code in (socket.EAI_NONAME, socket.EAI_AGAIN):
        problems = run(links, tmp_path / "links.json")
        assert [str(problem) for problem in problems] == expected
        assert not any(problem.notice for problem in problems)
        real = socket.getaddrinfo

        def fail(host, *arguments, code=code, real=real, **options):
            if host.endswith(".invalid"):
                raise socket.gaierror(code, "Temporary failure in name resolution")
            return real(host, *arguments, **options)

        monkeypatch.setattr(socket, "getaddrinfo", fail)


def test_several_addresses(server, tmp_path, monkeypatch):
    """A host whose first IP address does not answer is called dead."""
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")

    def look_up(host: str, port: int, **_) -> list[tuple]:
        addresses = ("127.0.0.2", "127.0.0.1", "255.255.255.255")
        return [(*kind, (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    server.table["/"] = OK
    assert (
        run({f"http://two.test:{server.port}/": [LinkLocation("a")]}, tmp_path / "links.json") == []
    )
    (problem,) = run({f"http://two.test:{port}/": [LinkLocation("a")]}, tmp_path / "links.json")
    assert "two.test refuses the connection" in problem.message
    # A resolver that hangs cannot be cancelled, and nobody waits for it.
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 0.3)
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait(10))
    (problem,) = run({f"http://slow.test:{port}/": [LinkLocation("a")]}, tmp_path / "links.json")
    ended.set()
    assert "did not answer within 0.3 s" in problem.message


@pytest.fixture
def public(server, monkeypatch):
    """The server, with the names of a public host; private hosts are refused as for users."""
    real = socket.getaddrinfo
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")

    def look_up(host, port, *arguments, **options):
        if host == "public.test":
            return [(*kind, ("93.184.215.14", port))]
        if options.get("flags") and host.endswith(".test"):
            raise socket.gaierror
        return real(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(external_links, "HttpClient", HttpClient)
    return server


# Each is a spelling of an address of this computer, except the last: a cloud's metadata.
LITERALS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0", "localhost",
    "LOCALHOST.", "a.localhost", "①②⑦.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254",
)  # fmt: skip


def test_private_literals(public, tmp_path, monkeypatch):
    """An address of this computer or its network is requested, directly or through a proxy."""
    public.table |= {"/": OK}
    links = {f"http://{host}:{public.port}/": [LinkLocation(host)] for host in LITERALS}
    for proxy in ("", f"http://127.0.0.1:{public.port}"):
        monkeypatch.setenv("no_proxy", "" if proxy else "*")
        monkeypatch.setenv("http_proxy", proxy)
        problems = run(links, tmp_path / "links.json")
        assert {problem.file for problem in problems} == {*LITERALS}
        for problem in problems:
            assert not problem.notice and " was not checked: " in problem.message
            assert "Internet, where your readers are (correct or delete" in problem.message
        assert public.requests == []


def test_private_hosts(public, tmp_path):
    """A name that resolves to a private address is requested, or asked a second time with GET."""
    links = {f"http://office.test:{public.port}/": [LinkLocation("a")]}
    (problem,) = run(links, tmp_path / "links.json")
    assert problem.notice and problem.message.endswith(
        " was not checked: office.test is at 127.0.0.1, which is not on the public Internet, "
        "where your readers are (open it in a browser to check)"
    )
    assert public.requests == []


@pytest.mark.parametrize("target", ["http://127.0.0.1:{}/", "http://office.test:{}/", "//0:{}/"])
def test_private_redirects(public, tmp_path, monkeypatch, target):
    """A public host sends the check to an address of this computer, and it is requested."""
    receive = http._receive

    async def answer(transport, request, url, max_bytes):
        if "public.test" not in url:
            return await receive(transport, request, url, max_bytes)
        assert request.url.host == "93.184.215.14"
        return http.HttpResponse(url, 302, {"location": target.format(public.port)})

    monkeypatch.setattr(http, "_receive", answer)
    (problem,) = run({"http://public.test/": [LinkLocation("a")]}, tmp_path / "links.json")
    assert "was not checked: " in problem.message and public.requests == []


def test_only_checked_addresses_are_connected_to(public, tmp_path, monkeypatch):
    """A host with a public and a private address is reached at the private one (DNS rebinding)."""
    kind, connected = (socket.AF_INET, socket.SOCK_STREAM, 6, ""), []
    answers = [["127.0.0.1", "93.184.215.14", "10.0.0.1"], ["127.0.0.1"]]

    def look_up(host, port, *_, flags=0, **__):
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror
        return [(*kind, (address, port)) for address in answers.pop(0)]

    async def answer(transport, request, url, max_bytes):
        connected.append(request.url.host)
        return http.HttpResponse(url, 200, {})

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(http, "_receive", answer)
    link = f"http://rebind.test:{public.port}/"
    assert run({link: [LinkLocation("a")]}, tmp_path / "links.json") == []
    assert connected == ["93.184.215.14"] and len(answers) == 1


def test_addresses_of_the_internet():
    """An address that Python calls global is not one of the Internet, or one is refused."""
    refused = (
        "0.1.2.3 10.1.1.1 100.64.0.1 100.100.100.200 127.0.0.2 168.63.129.16 169.254.169.254 "
        "172.16.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 203.0.113.1 "
        "224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 "
        "::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 100::1 2001::1 "
        "2001:0:53aa:64c::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 "
        "fd00:ec2::254 fe80::1 fe80::1%eth0 2606:4700::1111%1 fec0::1 ff02::1 ff0e::1 x "
    ).split()
    assert [address for address in refused if is_internet_address(address)] == []
    allowed = "8.8.8.8 93.184.215.14 2606:4700::1111 2001:4860:4860::8888 64:ff9b::808:808".split()
    assert [address for address in allowed if not is_internet_address(address)] == []


def test_urls(server, tmp_path):
    """A character that no request may hold breaks it, or a password is sent or printed."""
    server.table |= {"/d%C3%A9j%C3%A0%20vu?q=%C3%BC%20%22": OK, "/%7Ea/%41?x=[1]&y=/": OK}
    at = f"http://a.test:{server.port}"
    links = {
        f"{at}/déjà vu?q=ü \"#é": [LinkLocation("a")],
        f"{at}/%7Ea/%41?x=[1]&y=/#:~:text=a": [LinkLocation("b")],
        f"HTTP://A.test:{server.port}/%7Ea/%41?x=[1]&y=/": [LinkLocation("c")],
        f"http://ada:hunter2@a.test:{server.port}/": [LinkLocation("d", 3)],
        "https://": [LinkLocation("e")], "http://a.test:99999/": [LinkLocation("f")],
        "http://[a/": [LinkLocation("g")], "http://a..b/": [LinkLocation("h")],
        "http://a\r\nX: b/": [LinkLocation("i")], "ftp://a/": [LinkLocation("j")],
        f"http://{'é' * 300}/": [LinkLocation("k")], "http://a.test\\@b/": [LinkLocation("l")],
    }  # fmt: skip
    problems = run(links, tmp_path / "links.json")
    assert [str(problem) for problem in problems[:2]] == [
        f'd:3: "http://…@a.test:{server.port}/" contains a user name or password '
        "(delete everything before the @)",
        'e: "https://" is not a web address (write https://…)',
    ]
    assert [problem.file for problem in problems] == list("defghijkl")
    assert not any(problem.notice for problem in problems)
    assert sorted(server.requests) == [f"HEAD {path}" for path in sorted(server.table)]
    assert "hunter2" not in (tmp_path / "links.json").read_text() + str(problems)
    server.table["/web/http://a@b/"] = status(404)
    (problem,) = run({f"{at}/web/http://a@b/": [LinkLocation("a")]}, tmp_path / "links.json")
    assert problem.message.startswith(f'"{at}/web/http://a@b/" is a dead link: 404 ')


def test_no_cookies_no_credentials(server, ask, tmp_path, monkeypatch):
    """A cookie that one page sets, or a password from ~/.netrc, is sent to the next page."""
    (tmp_path / ".netrc").write_text("machine a.test login ada password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    cookie = "Set-Cookie: id=1; Path=/\r\n"
    moved = f"HTTP/1.1 302 Moved\r\n{cookie}Location: /there\r\n\r\n"
    ask({"/cookie": moved, "/there": OK}, host="a.test")
    assert len(server.fields) == 3
    assert not any({"Cookie", "Authorization"} & fields.keys() for fields in server.fields)


def test_proxy(server, tmp_path, monkeypatch):
    """Behind a proxy every link is dead, or hosts that need none are requested through it."""
    server.table |= {"http://far.invalid/a?b=%20": OK, "/near": OK}
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{server.port}")
    monkeypatch.setenv("no_proxy", "a.test")
    near = f"http://a.test:{server.port}/near"
    links = {"http://far.invalid/a?b=%20": [LinkLocation("a")], near: [LinkLocation("b")]}
    assert run(links, tmp_path / "links.json") == []
    assert sorted(server.requests) == ["HEAD /near", "HEAD http://far.invalid/a?b=%20"]
    server.table["far.invalid:443"] = status(403)
    monkeypatch.setenv("https_proxy", f"http://ada:hunter2@127.0.0.1:{server.port}")
    server.requests.clear()
    (problem,) = run({"https://far.invalid/a": [LinkLocation("a")]}, tmp_path / "links.json")
    assert set(server.requests) == {"CONNECT far.invalid:443"}
    assert "did not send a valid response" in problem.message and "hunter2" not in problem.message
    for proxy in ("socks5://127.0.0.1:1", "ftp://127.0.0.1", "http://[::1"):
        monkeypatch.setenv("http_proxy", proxy)
        (problem,) = run({"http://far.invalid/": [LinkLocation("a")]}, tmp_path / "links.json")
        assert "the proxy in http_proxy is not one for HTTP (correct it" in problem.message


def test_polite(server, tmp_path):
    """Many requests run at the same time, two of them to one host, or each waits for the last."""
    server.table |= {f"/{n}": "count" for n in range(6)}
    server.table |= {f"/to{n}": to(302, f"http://0.test:{server.port}/{n}") for n in range(6)}
    hosts = [f"http://{host}.test:{server.port}" for host in range(6)]
    links = {f"{host}/{n}": [] for host in hosts for n in range(6)}
    links |= {f"{host}/to{n}": [] for n, host in enumerate(hosts)}
    seen = []
    assert run(links, tmp_path / "links.json", lambda *counts: seen.append(counts)) == []
    assert 2 <= server.peaks.pop("all") <= external_links.MAX_REQUESTS == 4
    assert set(server.peaks.values()) == {1} and len(server.peaks) == 6
    assert seen == [(done, len(links)) for done in range(1, len(links) + 1)]


def test_waiting_is_not_counted(server, ask, monkeypatch):
    """The last of many pages of a host is called slow because it waits for the others."""
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 0.5)
    table = {f"/{n}": "count" for n in range(20)}
    assert set(ask(table, host="a.test").values()) == {""}


def test_cache(server, ask, tmp_path, monkeypatch):
    """Each run requests all links again, or an answer is cached for ever, or a bad one at all."""
    now = time.time()
    table = {"/good": OK, "/bad": status(404), "/moved": to(301, "/good")}
    first = ask(table)
    cached = json.loads((tmp_path / "links.json").read_text())
    at = f".test:{server.port}"
    assert [value[1:] for value in cached.values()] == [[200, None], [200, f"http://2{at}/good"]]
    assert list(cached) == [f"http://0{at}/good", f"http://2{at}/moved"]
    assert "notice has moved" in first["/moved"] and "error" in first["/bad"]
    server.requests.clear()
    assert ask(table) == first
    assert set(server.requests) == {"HEAD /bad", "GET /bad"}
    for age, requests in ((6, 2), (8, 5), (8, 2), (-1, 5)):
        monkeypatch.setattr(time, "time", lambda age=age: now + age * 24 * 3600)
        server.requests.clear()
        assert ask(table) == first
        assert len(server.requests) == requests, age
    assert [path.name for path in tmp_path.iterdir()] == ["links.json"]


def test_broken_cache(server, ask, tmp_path):
    """A cache that is broken, hostile or no file gives a traceback, or is trusted."""
    url, cache, now = f"http://0.test:{server.port}/a", tmp_path / "links.json", int(time.time())
    entries = [
        None, 1, "abc", [], {}, [now], [now, 200, None, 1], [str(now), 200, None],
        [now, 404, None], [now, "200", None], [now, 200, 7], [now + 100, 200, None],
        [10**400, 200, None], [-(10**400), 200, None], [float("nan"), 200, None],
        [float("inf"), 200, None], [True, 200, None], [now, True, None],
        *([now, 200, target] for target in (
            "javascript:1", "http://a:b@c/", "http://a/\x1b[2J", "http://[", "\ud800", "",
        )),
    ]  # fmt: skip
    pages = {f"http://a.test:{server.port}/{n}": entry for n, entry in enumerate(entries)}
    cache.write_text(json.dumps(pages | {"\ud800": [now, 200, None]}))
    table = {f"/{n}": OK for n in range(len(entries))}
    assert set(ask(table, host="a.test").values()) == {""}
    assert sorted(server.requests) == sorted(f"HEAD {path}" for path in table)
    texts = ["", "{", "[]", "null", "7", "\xff", "[" * 100_000, '{"a": ' * 100_000, "1" * 5000]
    for text in texts:
        cache.write_text(text, encoding="latin-1")
        server.requests.clear()
        assert ask({"/a": OK}) == {"/a": ""}, text[:99]
        assert server.requests == ["HEAD /a"], text[:99]
    assert json.loads(cache.read_text())[url][1:] == [200, None]
    cache.write_text(json.dumps({"http://u:p@0.test/": [now, 200, None]}))
    assert len(run({"http://u:p@0.test/": [LinkLocation("a")]}, cache)) == 1
    cache.unlink()
    if hasattr(os, "mkfifo"):
        for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
            make(cache)
            assert ask({"/a": OK}) == {"/a": ""}
            assert cache.is_file() and not cache.is_symlink()
            cache.unlink()
    cache.mkdir()
    assert ask({"/a": OK}) == {"/a": ""}
    assert list(tmp_path.iterdir()) == [cache]


def test_each_location(server, tmp_path):
    """A dead link is reported at one of its locations only, or in another order each time."""
    server.table |= {"/a": status(404), "/b": to(301, "/c"), "/c": OK}
    at = f"http://a.test:{server.port}"
    entry = LinkLocation("papers/all.bib", 7, "url", "Ada1843")
    links = {
        f"{at}/b#s é": [entry, LinkLocation("news/b.md", 12), LinkLocation("news/b.md", 2)],
        f"{at}/b": [LinkLocation("news/a.md")],
        f"{at}/a": [LinkLocation("news/b.md", 2), entry, LinkLocation("home.md", None, "links")],
        f"{at}/c": [LinkLocation("home.md")],
    }
    gone = f'"{at}/a" is a dead link: 404 (correct or delete the link)'
    moved = f'"{at}/b#s é" has moved to {at}/c#s%20%C3%A9 (write {at}/c#s%20%C3%A9)'
    bare = f'"{at}/b" has moved to {at}/c (write {at}/c)'
    for order in (links, dict(reversed(links.items()))):
        problems = run(order, tmp_path / "links.json")
        assert [(str(problem), problem.notice) for problem in problems] == [
            (f"home.md: links: {gone}", False),
            (f"news/a.md: {bare}", True),
            (f"news/b.md:2: {gone}", False),
            (f"news/b.md:2: {moved}", True),
            (f"news/b.md:12: {moved}", True),
            (f"papers/all.bib:7: Ada1843: url: {gone}", False),
            (f"papers/all.bib:7: Ada1843: url: {moved}", True),
        ]
    assert run({}, tmp_path / "none" / "links.json") == []


def test_certificates(server, tmp_path, monkeypatch):
    """A certificate that browsers refuse passes, or one whose chain they complete is an error.

    Or an endless page keeps an encrypted connection from being closed.
    """
    keys = "-nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
    for command in (
        f"req -x509 {keys} -subj /CN=us -keyout us.key -out us.pem",
        f"req -x509 {keys} -subj /CN=a.test -addext subjectAltName=DNS:a.test"
        " -CA us.pem -CAkey us.key -keyout a.key -out a.pem",
    ):
        command = [program("openssl"), *command.split()]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    accept, accepted = server.get_request, []

    def accept_safely():
        # The handshake happens in the thread of the request.
        connection, address = accept()
        accepted.append(address)
        options = {"server_side": True, "do_handshake_on_connect": False}
        return context.wrap_socket(connection, **options), address

    server.get_request = accept_safely
    server.table |= {"/": OK, "/body": lambda self: self.pour(OK, "more")}
    pages = [f"https://{name}.test:{server.port}/" for name in "ab"]
    links = {page: [LinkLocation("a")] for page in [*pages, f"{pages[0]}body"]}

    def check_with(pem: str) -> list[tuple[str, bool]]:
        context.load_cert_chain(tmp_path / pem, tmp_path / pem.replace("pem", "key"))
        problems = run(links, tmp_path / "none" / "links.json")
        return [(p.message.partition("not valid: ")[2], p.notice) for p in problems]

    look, lost = "(open it in a browser to check)", "(correct or delete the link)"
    assert check_with("us.pem") == [(f"self-signed certificate {lost}", False)] * 3
    assert len(accepted) == 3, "a wrong certificate stays wrong: no second attempt"
    assert check_with("a.pem") == [(f"unable to get local issuer certificate {look}", True)] * 3
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "us.pem"))
    wrong = "Hostname mismatch, certificate is not valid for 'b.test'"
    assert check_with("a.pem") == [(f"{wrong} {lost}", False)]


CTRL_C = """
import socket, sys, time
from functools import partial
from pathlib import Path
from papers.check.links import external_links
from papers.check.links.external_links import LinkLocation, check_external_links
external_links.HttpClient = partial(external_links.HttpClient, allow_private=True)
real = socket.getaddrinfo
def look_up(host, *arguments, **options):
    if host == "slow.test":
        time.sleep(60)
    return real(host, *arguments, **options)
socket.getaddrinfo = look_up
try:
    check_external_links({url: [LinkLocation("a")] for url in sys.argv[2:]}, Path(sys.argv[1]))
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c(server, tmp_path):
    """Ctrl-C waits for servers and resolvers that hang, prints tracebacks, or loses all answers."""
    server.table |= {"/good": OK, "/silent": Handler.silent}
    urls = [f"http://127.0.0.1:{server.port}/{path}" for path in ("good", "silent")]
    process = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            CTRL_C,
            tmp_path / "links.json",
            *urls,
            "http://slow.test/",
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "plugins"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 10
    while "HEAD /silent" not in server.requests and time.monotonic() < deadline:
        time.sleep(0.02)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=10)
    assert output == ("ended\n", "") and process.returncode == 0
    assert time.monotonic() - start < 8
    assert list(json.loads((tmp_path / "links.json").read_text())) == urls[:1]
