"""Outside addresses: are they still there? Asked politely, and only when the user wants it."""

import asyncio
import concurrent.futures
import json
import os
import re
import socket
import ssl
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ..model import Problem

# Seconds: for a connection or an answer; for an address with its redirects; before asking again,
# and when a server asks for a longer pause, at most.
PATIENCE, DEADLINE, PAUSE, LONGEST_PAUSE = 10.0, 20.0, 1.0, 5.0
# Requests at the same time (to one host there is only one), and redirects in a row.
AT_ONCE, HOPS = 4, 10
# Bytes of a head, and answers before the answer.
_HEAD, _INTERIM, _PORTS = 2**16, 5, {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
SAFE_CHARACTERS = "%/:=&?~+!$,;'@()*[]"
_LOOK, _LOST = "look at it yourself", "write another address, or take the link away"

Progress = Callable[[int, int], None]


class LinkResult(NamedTuple):
    """What became of an address: a target if it is to be told, or what is wrong."""

    status: int = 0
    target: str | None = None
    fault: str = ""
    notice: bool = True


def normalize_url(address: str) -> str:
    """Return an address as it is asked for, in ASCII and without fragment, or raise ValueError."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in _PORTS or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError(address)
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    # Bytes of a redirect that are no UTF-8 go back as they came.
    path, query = (quote(part, SAFE_CHARACTERS, errors="surrogateescape") for part in parts[2:4])
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def is_front_page(address: str, target: str) -> bool:
    """Tell whether the address of something leads to the first page of a site."""
    return urlsplit(target)[2:4] == ("/", "") != urlsplit(address)[2:4]


class Client:
    """Asks a few addresses at once, and no host twice at once."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._hosts = defaultdict(asyncio.Lock)
        self._tls = ssl.create_default_context()

    async def ask(self, addresses: list[str], answers: dict, progress: Progress | None) -> None:
        """Put into `answers` what becomes of each address."""

        async def answer(address: str) -> None:
            answers[address] = await self._follow(address)

        tasks = [asyncio.create_task(answer(address)) for address in addresses]
        for done, task in enumerate(asyncio.as_completed(tasks), 1):
            await task
            if progress:
                progress(done, len(tasks))

    async def _follow(self, start: str) -> LinkResult:
        """Return what becomes of an address, through all redirects."""
        address, left, permanent, seen = start, DEADLINE, True, set()
        while address not in seen and len(seen) <= HOPS:
            seen.add(address)
            host = urlsplit(address).hostname
            # The time in which others are asked is not on the server's account.
            async with self._hosts[host], self._slots:
                begun = time.monotonic()
                try:
                    async with asyncio.timeout(left):
                        status, location, _ = await self._insist(address)
                except OSError as error:
                    return _failure(error, host)
                left -= time.monotonic() - begun
            if location is None:
                moved = address != start and (permanent or is_front_page(start, address))
                return _verdict(status, address if moved else None)
            permanent = permanent and status in (301, 308)
            try:
                address = normalize_url(urljoin(address, location))
            except ValueError:
                return LinkResult(fault=f"sends on to what is no web address ({_LOOK})")
        # Some hosts do so to all that keep no cookies.
        return LinkResult(fault=f"sends on and on, or in circles ({_LOOK})")

    async def _insist(self, address: str) -> tuple[int, str | None, float]:
        """Ask for the head of a page, then for the page, and once more where that may help.

        Return what `_read_head` returns, or raise OSError.
        """
        wait = 0.0
        try:
            status, location, wait = await self._request("HEAD", address)
            if status >= 400 and status != 429 and not wait:
                status, location, wait = await self._request("GET", address)
            if (status != 429 and status // 100 != 5) or wait > LONGEST_PAUSE:
                return status, location, wait
        except ssl.SSLCertVerificationError:
            raise
        except OSError:
            pass
        await asyncio.sleep(max(wait, PAUSE))
        return await self._request("GET", address)

    async def _request(self, method: str, address: str) -> tuple[int, str | None, float]:
        *_, netloc, path = address.split("/", 3)
        head = f"Host: {netloc}\r\nUser-Agent: pelican-papers link check\r\nAccept: */*\r\n"
        reader, writer = await self._connect(address)
        try:
            writer.write(f"{method} /{path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE):
                return await _read_head(reader)
        finally:
            # A polite end would wait for the body, which may have none.
            writer.transport.abort()

    async def _connect(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the first of a host's numbers that answers."""
        parts, errors = urlsplit(address), []
        port = parts.port or _PORTS[parts.scheme]
        safe = {"ssl": self._tls, "server_hostname": parts.hostname}
        for number in await _resolve(parts.hostname, port):
            try:
                async with asyncio.timeout(PATIENCE):
                    options = safe if parts.scheme == "https" else {}
                    return await asyncio.open_connection(number, port, limit=_HEAD, **options)
            except OSError as error:
                errors.append(error)
        raise errors[0]


async def _resolve(host: str, port: int) -> list[str]:
    """Return the numbers of a host.

    Unlike asyncio's, this thread keeps nobody from leaving: looking a name up cannot be ended.
    """
    found = concurrent.futures.Future()
    found.set_running_or_notify_cancel()

    def look_up() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.set_exception(error)

    threading.Thread(target=look_up, daemon=True).start()
    async with asyncio.timeout(PATIENCE):
        return list(dict.fromkeys(info[4][0] for info in await asyncio.wrap_future(found)))


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, str | None, float]:
    """Return a head's status, where it sends on to, and how many seconds it wants us to wait.

    What is no head, or has no end, raises ConnectionError.
    """
    for _ in range(_INTERIM):
        try:
            data = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            raise ConnectionError from None
        head = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        match = re.match(r"HTTP/\d\S* +([1-9]\d\d)(?!\d)", head, re.ASCII)
        status = int(match[1]) if match else 0
        if not 100 <= status < 200:
            break
    if status < 200:
        raise ConnectionError
    found = re.findall(r"^(location|retry-after):[ \t]*(.+?)[ \t]*$", head, re.I | re.M | re.A)
    fields = {name.lower(): value for name, value in found}
    wait = fields.get("retry-after", "0") if status in (429, 503) else "0"
    # A date is further away than we would wait.
    seconds = float(wait) if re.fullmatch(r"\d{1,9}", wait, re.ASCII) else float("inf")
    sent_on = status in (301, 302, 303, 307, 308)
    return status, fields.get("location") if sent_on else None, seconds


def _verdict(status: int, target: str | None) -> LinkResult:
    if 200 <= status < 300:
        return LinkResult(status, target)
    if status in (404, 410):
        return LinkResult(fault=f"leads nowhere: {status} ({_LOST})", notice=False)
    if status // 100 == 5 and status != 503:
        return LinkResult(fault=f"has a host that says it is out of order: {status} ({_LOOK})")
    hint = f"{_LOOK}; many hosts refuse programs"
    return LinkResult(fault=f"does not say whether it is there: {status} ({hint})")


def _failure(error: OSError, host: str) -> LinkResult:
    match error:
        case TimeoutError():
            return LinkResult(fault=f"gives no answer in {DEADLINE:g} s ({_LOOK})")
        case socket.gaierror():
            fault = f"leads nowhere: no host is called {host} (mend the name; or are you offline?)"
        case ConnectionRefusedError():
            fault = f"leads nowhere: {host} refuses the connection ({_LOST})"
        case ssl.SSLCertVerificationError():
            # Browsers know how to fill a gap in the chain, which OpenSSL tells as 20 or 21.
            gap, reason = error.verify_code in (20, 21), error.verify_message.rstrip(".")
            hint = _LOOK if gap else _LOST
            fault = f"leads to {host}, whose certificate is not right: {reason} ({hint})"
            return LinkResult(fault=fault, notice=gap)
        case _:
            return LinkResult(fault=f"gives no proper answer ({_LOOK})")
    return LinkResult(fault=fault, notice=False)


_SECRET = re.compile(r"^([^/]*//)[^/?#]*@")
_TOLD_SECRET = "tells all a name or password (take away what stands before the @)"
_NO_ADDRESS = "is no web address (write https://…)"
# Seconds that a good answer is kept.
KEPT = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class LinkLocation:
    """Where an address stands: in a file; `entry` is the key of a BibTeX entry."""

    file: str
    line: int | None = None
    key: str | None = None
    entry: str | None = None


def check_external_links(
    found: Mapping[str, Sequence[LinkLocation]], cache: Path, progress: Progress | None = None
) -> list[Problem]:
    """Ask absolute http(s) addresses whether they are there; return what is wrong at each place.

    `found` maps addresses to their places. Good answers are kept in the file `cache`, and for
    KEPT seconds nobody is asked again. `progress` gets how many were asked, and of how many.
    A network that fails, and a cache that cannot be read or written, raise nothing.
    """
    kept = _load(cache)
    answers = {address: LinkResult(status, target) for address, (_, status, target) in kept.items()}
    asked = {}
    for address in found:
        try:
            asked[address] = normalize_url(address)
        except ValueError:
            asked[address] = address
            fault = _TOLD_SECRET if _SECRET.match(address) else _NO_ADDRESS
            answers[address] = LinkResult(fault=fault, notice=False)
    missing = [address for address in dict.fromkeys(asked.values()) if address not in answers]
    try:
        asyncio.run(Client().ask(missing, answers, progress))
    finally:
        # What was answered before Ctrl-C need not be asked again.
        good = {a: answers[a] for a in missing if a in answers and not answers[a].fault}
        now = int(time.time())
        _save(cache, kept | {a: (now, good[a].status, good[a].target) for a in good})
    problems = []
    for address, places in found.items():
        words, notice = _words(address, asked[address], answers[asked[address]])
        problems += [Problem(message=words, notice=notice, **asdict(p)) for p in places if words]
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, str(problem)))


def _words(written: str, asked: str, answer: LinkResult) -> tuple[str, bool]:
    """Return what is to be told of an address, if anything, and whether it is a notice."""
    shown = " ".join(_SECRET.sub(r"\1…@", written).split())
    shown = f'"{shown}"'
    if answer.fault or answer.target is None:
        return answer.fault and f"{shown} {answer.fault}", answer.notice
    if is_front_page(asked, answer.target):
        hint = "write that, or where the thing itself is now"
        return f"{shown} leads to no more than a front page, {answer.target} ({hint})", True
    fragment = "".join(written.partition("#")[1:])
    target = answer.target + quote(fragment, f"{SAFE_CHARACTERS}#", errors="replace")
    return f"{shown} has moved to {target} (write {target})", True


def _load(cache: Path) -> dict[str, tuple]:
    """Return the young answers of a cache: time, status, target; none if it is broken."""
    try:
        data = json.loads(cache.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    items = data.items() if isinstance(data, dict) else ()
    return {address: tuple(entry) for address, entry in items if _is_good(entry)}


def _is_good(entry: object) -> bool:
    match entry:
        case [int(then), int(status), None | str() as target]:
            with suppress(ValueError):
                plain = target is None or normalize_url(target) == target
                return plain and 200 <= status < 300 and 0 <= int(time.time()) - then < KEPT
    return False


def _save(cache: Path, kept: dict[str, tuple]) -> None:
    # A folder that cannot be written is no reason to lose what was found.
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
            file = Path(folder) / cache.name
            file.write_text(json.dumps(kept, indent=0, sort_keys=True), encoding="ascii")
            os.replace(file, cache)
