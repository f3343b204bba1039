"""Outside addresses are asked politely, and nothing that a server does holds the user up."""

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

import pytest
from conftest import ROOT, program
from papers.check import external_links
from papers.check.external_links import LinkLocation, check_external_links

OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def to(status: int, target: str) -> str:
    """Return an answer that sends on to another address."""
    return f"HTTP/1.1 {status} Moved\r\nLocation: {target}\r\n\r\n"


def status(*numbers: int, more: str = "") -> list[str]:
    """Return answers, one for each request; the last goes on."""
    return [f"HTTP/1.1 {number} Word\r\n{more}\r\n" for number in numbers]


class Handler(socketserver.BaseRequestHandler):
    """Does with a request what the server's table says of its path."""

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
            pass  # the client has gone, as it should

    def send(self, text: str) -> None:
        self.request.sendall(text.encode())

    def wait(self, seconds: float) -> bool:
        """Wait; tell whether to go on, which ends with the test."""
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
    """A web server whose paths answer as its table says; it counts who asks at once."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.table = {}
        self.asked = []
        self.fields = []
        self.times = []
        self.stopped = threading.Event()
        self.counts = Counter()
        self.most = Counter()
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def answer(self, method: str, path: str, fields: dict):
        with self.lock:
            self.asked.append(f"{method} {path}")
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
                self.most |= self.counts
            self.stopped.wait(0.05 if step == 1 else 0)


@pytest.fixture
def server(monkeypatch):
    """A server on this machine, under all names that end in .test, and short patience."""
    for name, value in {"REQUEST_TIMEOUT": 1.0, "TOTAL_TIMEOUT": 2.0, "PAUSE": 0.05}.items():
        monkeypatch.setattr(external_links, name, value)
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
    """Return a function that asks the server for paths: path to what is told of it, or ""."""

    def ask_server(table: dict, paths=None, host: str = "{}.test") -> dict[str, str]:
        server.table |= table
        names = {path: host.format(number) for number, path in enumerate(paths or table)}
        found = {f"http://{names[path]}:{server.port}{path}": path for path in names}
        problems = run(
            {url: [LinkLocation(path)] for url, path in found.items()}, tmp_path / "kept.json"
        )
        told = dict.fromkeys(names, "")
        for problem in problems:
            words = problem.message.replace(f":{server.port}", "").partition('" ')[2]
            told[problem.file] = f"{'notice' if problem.notice else 'error'} {words}"
        return told

    return ask_server


def run(found, cache, progress=None):
    """Check links in a thread of its own: a browser of other tests holds asyncio in this one.

    What was left open warns here and not in another test.
    """
    results = []

    def check() -> None:
        try:
            results.append(check_external_links(found, cache, progress))
        finally:
            gc.collect(1)

    thread = threading.Thread(target=check, daemon=True)
    thread.start()
    thread.join(20)
    assert results, "it does not end, or it failed"
    return results[0]


def test_there(server, ask):
    """Pages that are there are reported; a server that does not know HEAD is called dead."""
    refused = {"GET": OK}
    table = {"/plain": OK, "/new": status(204), "/old": "HTTP/1.0 200 OK\r\n\r\n"}
    table["/early"] = f"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{OK}"
    table |= {f"/get{n}": refused | {"HEAD": status(n)} for n in (400, 403, 404, 405, 410, 501)}
    assert set(ask(table).values()) == {""}
    assert server.asked.count("GET /plain") == 0
    assert server.asked.count("HEAD /get404") == server.asked.count("GET /get404") == 1
    assert {fields["User-Agent"] for fields in server.fields} == {"pelican-papers link check"}


def test_moved(server, ask):
    """A page has moved for good and nobody is told; or a passing redirect is made a notice of."""
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
    told = ask(table, [*paths, "/deeper", "/"], host="a.test")
    front = "notice leads to no more than a front page, http://a.test/ "
    front += "(write that, or where the thing itself is now)"
    assert told == {
        "/1": moved.format("http://a.test/there?a=%C3%A9"),
        "/308": moved.format("http://other.test/there"),
        "/302": "", "/303": "", "/307": "", "/mixed": "", "/turned": "",
        "/accent": moved.format("http://a.test/d%C3%A9j%C3%A0%20vu"),
        "/get": moved.format("http://a.test/there"),
        "/away": "error leads nowhere: 404 (write another address, or take the link away)",
        "/deep": front, "/deeper": front, "/": "",
    }  # fmt: skip


def test_sent_in_circles(server, ask):
    """Redirects without end, or to what is no web page, hold it or are followed."""
    circles = "notice sends on and on, or in circles (look at it yourself)"
    strange = "notice sends on to what is no web address (look at it yourself)"
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
    told = ask(table, ["/loop", "/self", "/0", "/2", *(f"/odd{n}" for n in range(len(odd)))])
    assert told == dict.fromkeys(told, strange) | {
        "/loop": circles, "/self": circles, "/0": circles, "/2": "",
    }  # fmt: skip
    assert "HEAD /11" in server.asked and server.asked.count("HEAD /loop") == 1


def test_gone_or_refused(server, ask):
    """A dead link passes; or a host that refuses programs is called dead."""
    gone = "error leads nowhere: {} (write another address, or take the link away)"
    unsaid = "notice does not say whether it is there: {} "
    unsaid += "(look at it yourself; many hosts refuse programs)"
    refusals = (300, 304, 400, 401, 403, 405, 429, 451, 503, 999)
    table = {f"/{n}": status(n) for n in (404, 410, *refusals)} | {"/302": status(302)}
    assert ask(table) == {
        **{f"/{n}": gone.format(n) for n in (404, 410)},
        **{f"/{n}": unsaid.format(n) for n in (*refusals, 302)},
    }


def test_asked_again(server, ask, monkeypatch):
    """A moment's trouble is told as an error, or a host that is in trouble is asked for ever."""
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
    told = ask(table)
    unsaid = "notice does not say whether it is there: {} "
    unsaid += "(look at it yourself; many hosts refuse programs)"
    broken = "notice gives no proper answer (look at it yourself)"
    assert told == dict.fromkeys(table, "") | {
        "/always": "notice has a host that says it is out of order: 500 (look at it yourself)",
        "/later": unsaid.format(429), "/dated": unsaid.format(503),
        "/shut": broken, "/garbage": broken, "/zero": broken, "/interim": broken,
    }  # fmt: skip
    count = Counter(line.split()[1] for line in server.asked)
    assert count == {
        "/once": 3, "/always": 3, "/many": 2, "/closed": 2, "/soon": 2, "/busy": 2,
        "/later": 1, "/dated": 1, "/shut": 2, "/garbage": 2, "/zero": 2, "/interim": 2,
    }  # fmt: skip
    times = [when for when, line in zip(server.times, server.asked, strict=True) if "/soon" in line]
    assert times[1] - times[0] >= 1


def test_held(server, ask, monkeypatch):
    """A server that is silent, drips, or never ends holds the check up."""
    monkeypatch.setattr(external_links, "MAX_REQUESTS", 16)
    table = {
        "/silent": Handler.silent, "/drip": Handler.drip, "/heads": Handler.drip_heads,
        "/many": lambda self: self.pour("HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"),
        "/line": lambda self: self.pour("HTTP/1.1 200 OK\r\nX-More: ", "yes"),
        "/body": lambda self: self.pour("HTTP/1.1 200 OK\r\n\r\n", "more"),
        "/get": {"HEAD": Handler.silent, "GET": OK},
    }  # fmt: skip
    begun = time.monotonic()
    told = ask(table)
    assert time.monotonic() - begun < 4
    late = "notice gives no answer in 2 s (look at it yourself)"
    broken = "notice gives no proper answer (look at it yourself)"
    assert told == {
        "/silent": late, "/drip": late, "/heads": late, "/many": broken, "/line": broken,
        "/body": "", "/get": "",
    }  # fmt: skip


def test_interim_answers_without_end(server, ask):
    """A server that sends nothing but interim answers holds up the check, or the other hosts."""
    interim = "HTTP/1.1 100 Continue\r\n\r\n"
    table = {"/interim": lambda self: self.pour("", interim), "/plain": OK}
    begun = time.monotonic()
    late = "notice gives no answer in 2 s (look at it yourself)"
    assert ask(table) == {"/interim": late, "/plain": ""}
    assert time.monotonic() - begun < 4


def test_slow_redirects(server, ask, monkeypatch):
    """Redirects that each take their time are waited for, one after the other."""
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 1.0)

    def slow(self) -> None:
        self.wait(0.4)
        self.send(to(302, f"/{len(self.server.asked)}"))

    told = ask({f"/{n}": slow for n in range(12)}, ["/0"])
    assert told == {"/0": "notice gives no answer in 1 s (look at it yourself)"}
    assert len(server.asked) == 3


def test_no_host(server, tmp_path, monkeypatch):
    """A host that is not there is a traceback, or is told in the words of a resolver."""
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    found = {
        "http://gone.invalid/": [LinkLocation("a")],
        f"http://127.0.0.1:{port}/": [LinkLocation("b")],
    }
    expected = [
        'a: "http://gone.invalid/" leads nowhere: no host is called gone.invalid '
        "(mend the name; or are you offline?)",
        f'b: "http://127.0.0.1:{port}/" leads nowhere: 127.0.0.1 refuses the connection '
        "(write another address, or take the link away)",
    ]
    for code in (socket.EAI_NONAME, socket.EAI_AGAIN):
        problems = run(found, tmp_path / "kept.json")
        assert [str(problem) for problem in problems] == expected
        assert not any(problem.notice for problem in problems)
        real = socket.getaddrinfo

        def fail(host, *arguments, code=code, real=real, **options):
            if host.endswith(".invalid"):
                raise socket.gaierror(code, "Temporary failure in name resolution")
            return real(host, *arguments, **options)

        monkeypatch.setattr(socket, "getaddrinfo", fail)


def test_several_numbers(server, tmp_path, monkeypatch):
    """A host of which the first number is out of order is called dead."""
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    sort = (socket.AF_INET, socket.SOCK_STREAM, 6, "")

    def look_up(host: str, port: int, **_) -> list[tuple]:
        numbers = ("127.0.0.2", "127.0.0.1", "255.255.255.255")
        return [(*sort, (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    server.table["/"] = OK
    assert (
        run({f"http://two.test:{server.port}/": [LinkLocation("a")]}, tmp_path / "kept.json") == []
    )
    (problem,) = run({f"http://two.test:{port}/": [LinkLocation("a")]}, tmp_path / "kept.json")
    assert "two.test refuses the connection" in problem.message
    # A resolver that hangs cannot be ended, and need not be.
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 0.3)
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait(10))
    (problem,) = run({f"http://slow.test:{port}/": [LinkLocation("a")]}, tmp_path / "kept.json")
    ended.set()
    assert "gives no answer in 0.3 s" in problem.message


def test_addresses(server, tmp_path):
    """Signs that no request may hold break it, or a password is sent, or shown in a log."""
    server.table |= {"/d%C3%A9j%C3%A0%20vu?q=%C3%BC%20%22": OK, "/%7Ea/%41?x=[1]&y=/": OK}
    at = f"http://a.test:{server.port}"
    found = {
        f"{at}/déjà vu?q=ü \"#é": [LinkLocation("a")],
        f"{at}/%7Ea/%41?x=[1]&y=/#:~:text=a": [LinkLocation("b")],
        f"HTTP://A.test:{server.port}/%7Ea/%41?x=[1]&y=/": [LinkLocation("c")],
        f"http://ada:hunter2@a.test:{server.port}/": [LinkLocation("d", 3)],
        "https://": [LinkLocation("e")], "http://a.test:99999/": [LinkLocation("f")],
        "http://[a/": [LinkLocation("g")], "http://a..b/": [LinkLocation("h")],
        "http://a\r\nX: b/": [LinkLocation("i")], "ftp://a/": [LinkLocation("j")],
        f"http://{'é' * 300}/": [LinkLocation("k")], "http://a.test\\@b/": [LinkLocation("l")],
    }  # fmt: skip
    problems = run(found, tmp_path / "kept.json")
    assert [str(problem) for problem in problems[:2]] == [
        f'd:3: "http://…@a.test:{server.port}/" tells all a name or password '
        "(take away what stands before the @)",
        'e: "https://" is no web address (write https://…)',
    ]
    assert [problem.file for problem in problems] == list("defghijkl")
    assert not any(problem.notice for problem in problems)
    assert sorted(server.asked) == [f"HEAD {path}" for path in sorted(server.table)]
    assert "hunter2" not in (tmp_path / "kept.json").read_text() + str(problems)
    server.table["/web/http://a@b/"] = status(404)
    (problem,) = run({f"{at}/web/http://a@b/": [LinkLocation("a")]}, tmp_path / "kept.json")
    assert problem.message.startswith(f'"{at}/web/http://a@b/" leads nowhere: 404 ')
    assert (
        external_links.normalize_url("https://bücher.example:443")
        == "https://xn--bcher-kva.example/"
    )
    assert external_links.normalize_url("http://[::1]:80/a") == "http://[::1]/a"


def test_no_cookies_no_credentials(server, ask, tmp_path, monkeypatch):
    """A cookie that one page sets, or a password of ~/.netrc, goes to the next."""
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
    assert run(links, tmp_path / "kept.json") == []
    assert sorted(server.asked) == ["HEAD /near", "HEAD http://far.invalid/a?b=%20"]
    for proxy in ("socks5://127.0.0.1:1", "ftp://127.0.0.1", "http://[::1"):
        monkeypatch.setenv("http_proxy", proxy)
        (problem,) = run({"http://far.invalid/": [LinkLocation("a")]}, tmp_path / "kept.json")
        assert "the proxy in http_proxy is not one for HTTP (correct it" in problem.message


def test_polite(server, tmp_path):
    """A host is asked for all its pages at once, or all hosts at once, or one after the other."""
    server.table |= {f"/{n}": "count" for n in range(6)}
    server.table |= {f"/to{n}": to(302, f"http://0.test:{server.port}/{n}") for n in range(6)}
    hosts = [f"http://{host}.test:{server.port}" for host in range(6)]
    found = {f"{host}/{n}": [] for host in hosts for n in range(6)}
    found |= {f"{host}/to{n}": [] for n, host in enumerate(hosts)}
    seen = []
    assert run(found, tmp_path / "kept.json", lambda *counts: seen.append(counts)) == []
    assert 2 <= server.most.pop("all") <= external_links.MAX_REQUESTS == 4
    assert set(server.most.values()) == {1} and len(server.most) == 6
    assert seen == [(done, len(found)) for done in range(1, len(found) + 1)]


def test_waiting_is_not_counted(server, ask, monkeypatch):
    """The last of many pages of a host is told as slow because the others were asked first."""
    monkeypatch.setattr(external_links, "TOTAL_TIMEOUT", 0.5)
    table = {f"/{n}": "count" for n in range(20)}
    assert set(ask(table, host="a.test").values()) == {""}


def test_kept(server, ask, tmp_path, monkeypatch):
    """Each run asks all again; or an answer is kept for ever, or a bad one kept at all."""
    now = time.time()
    table = {"/good": OK, "/bad": status(404), "/moved": to(301, "/good")}
    first = ask(table)
    kept = json.loads((tmp_path / "kept.json").read_text())
    at = f".test:{server.port}"
    assert [value[1:] for value in kept.values()] == [[200, None], [200, f"http://2{at}/good"]]
    assert list(kept) == [f"http://0{at}/good", f"http://2{at}/moved"]
    assert "notice has moved" in first["/moved"] and "error" in first["/bad"]
    server.asked.clear()
    assert ask(table) == first
    assert set(server.asked) == {"HEAD /bad", "GET /bad"}
    for age, asked in ((6, 2), (8, 5), (8, 2), (-1, 5)):
        monkeypatch.setattr(time, "time", lambda age=age: now + age * 24 * 3600)
        server.asked.clear()
        assert ask(table) == first
        assert len(server.asked) == asked, age
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


def test_broken_cache(server, ask, tmp_path):
    """A cache that is broken, foreign, hostile or no file is a traceback, or is believed."""
    url, cache, now = f"http://0.test:{server.port}/a", tmp_path / "kept.json", int(time.time())
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
    assert sorted(server.asked) == sorted(f"HEAD {path}" for path in table)
    texts = ["", "{", "[]", "null", "7", "\xff", "[" * 100_000, '{"a": ' * 100_000, "1" * 5000]
    for text in texts:
        cache.write_text(text, encoding="latin-1")
        server.asked.clear()
        assert ask({"/a": OK}) == {"/a": ""}, text[:99]
        assert server.asked == ["HEAD /a"], text[:99]
    assert json.loads(cache.read_text())[url][1:] == [200, None]
    cache.write_text(json.dumps({"http://u:p@0.test/": [now, 200, None]}))
    assert len(run({"http://u:p@0.test/": [LinkLocation("a")]}, cache)) == 1
    cache.unlink()
    cache.mkdir()
    assert ask({"/a": OK}) == {"/a": ""}
    assert list(tmp_path.iterdir()) == [cache]


def test_each_place(server, tmp_path):
    """A dead link is told at one of its places only, or in another order each time."""
    server.table |= {"/a": status(404), "/b": to(301, "/c"), "/c": OK}
    at = f"http://a.test:{server.port}"
    entry = LinkLocation("papers/all.bib", 7, "url", "Ada1843")
    found = {
        f"{at}/b#s é": [entry, LinkLocation("news/b.md", 12), LinkLocation("news/b.md", 2)],
        f"{at}/b": [LinkLocation("news/a.md")],
        f"{at}/a": [LinkLocation("news/b.md", 2), entry, LinkLocation("home.md", None, "links")],
        f"{at}/c": [LinkLocation("home.md")],
    }
    gone = f'"{at}/a" leads nowhere: 404 (write another address, or take the link away)'
    moved = f'"{at}/b#s é" has moved to {at}/c#s%20%C3%A9 (write {at}/c#s%20%C3%A9)'
    bare = f'"{at}/b" has moved to {at}/c (write {at}/c)'
    for order in (found, dict(reversed(found.items()))):
        problems = run(order, tmp_path / "kept.json")
        assert [(str(problem), problem.notice) for problem in problems] == [
            (f"home.md: links: {gone}", False),
            (f"news/a.md: {bare}", True),
            (f"news/b.md:2: {gone}", False),
            (f"news/b.md:2: {moved}", True),
            (f"news/b.md:12: {moved}", True),
            (f"papers/all.bib:7: Ada1843: url: {gone}", False),
            (f"papers/all.bib:7: Ada1843: url: {moved}", True),
        ]
    assert run({}, tmp_path / "none" / "kept.json") == []


def test_certificates(server, tmp_path, monkeypatch):
    """A certificate that browsers refuse passes, or one whose chain they mend is an error.

    Or a page without end holds a connection up that is to be closed safely.
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
        # The greeting is left to the thread of the request.
        connection, address = accept()
        accepted.append(address)
        options = {"server_side": True, "do_handshake_on_connect": False}
        return context.wrap_socket(connection, **options), address

    server.get_request = accept_safely
    server.table |= {"/": OK, "/body": lambda self: self.pour(OK, "more")}
    pages = [f"https://{name}.test:{server.port}/" for name in "ab"]
    found = {page: [LinkLocation("a")] for page in [*pages, f"{pages[0]}body"]}

    def told(pem: str) -> list[tuple[str, bool]]:
        context.load_cert_chain(tmp_path / pem, tmp_path / pem.replace("pem", "key"))
        problems = run(found, tmp_path / "none" / "kept.json")
        return [(p.message.partition("not right: ")[2], p.notice) for p in problems]

    look, lost = "(look at it yourself)", "(write another address, or take the link away)"
    assert told("us.pem") == [(f"self-signed certificate {lost}", False)] * 3
    assert len(accepted) == 3, "what is wrong with a certificate stays so, and is not asked again"
    assert told("a.pem") == [(f"unable to get local issuer certificate {look}", True)] * 3
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "us.pem"))
    wrong = "Hostname mismatch, certificate is not valid for 'b.test'"
    assert told("a.pem") == [(f"{wrong} {lost}", False)]


CTRL_C = """
import socket, sys, time
from pathlib import Path
from papers.check.external_links import LinkLocation, check_external_links
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
    """Ctrl-C waits for servers and resolvers that hang, prints their tracebacks, or loses all."""
    server.table |= {"/good": OK, "/silent": Handler.silent}
    urls = [f"http://127.0.0.1:{server.port}/{path}" for path in ("good", "silent")]
    process = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            CTRL_C,
            tmp_path / "kept.json",
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
    while "HEAD /silent" not in server.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    printed = process.communicate(timeout=10)
    assert printed == ("ended\n", "") and process.returncode == 0
    assert time.monotonic() - begun < 2
    assert list(json.loads((tmp_path / "kept.json").read_text())) == urls[:1]
