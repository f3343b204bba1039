"""External links: are they still there? Other hosts are asked politely, and only on demand.

Links are collected as URLs, requested a few at a time, remembered in a cache for a week, and
reported with all their locations. asyncio is imported where it runs, because no build needs it.
"""

import errno
import json
import re
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ...model import CommandError, Problem
from ...util import (
    SAFE_URL_CHARACTERS,
    HttpClient,
    HttpResponse,
    LazyPattern,
    PrivateAddress,
    UnusableProxy,
    normalize_url,
    read_own_file,
    replace_file,
)

USER_AGENT = "pelican-papers link check"
# Seconds: for a step of a request; for a URL with its redirects; before a second attempt, and
# at most if the server asks for a longer pause.
REQUEST_TIMEOUT, TOTAL_TIMEOUT, PAUSE, MAX_PAUSE = 10.0, 20.0, 1.0, 5.0
# Requests at the same time (only one of them to each host), and redirects in a row.
MAX_REQUESTS, MAX_REDIRECTS = 4, 10
# Seconds for which a good answer is cached.
CACHE_TIME = 7 * 24 * 3600
# In bytes.
_MAX_CACHE_SIZE = 1 << 26
_USERINFO = LazyPattern(r"^([^/]*//)[^/?#]*@")
_LOOK, _REPLACE = "open it in a browser to check", "correct or delete the link"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LinkLocation:
    """Where a link stands: in a file; `entry` is the key of a BibTeX entry."""

    file: str
    line: int | None = None
    key: str | None = None
    entry: str | None = None


class LinkResult(NamedTuple):
    """The outcome for a URL: the URL to write instead, if any, or a message that says what fails.

    `notice` tells whether the message is a notice rather than an error, `is_offline` whether it is
    what each URL gets without a connection.
    """

    status: int = 0
    target: str | None = None
    message: str = ""
    notice: bool = True
    is_offline: bool = False


def check_external_links(
    links: Mapping[str, Sequence[LinkLocation]], cache: Path, progress: Progress | None = None
) -> list[Problem]:
    """Request http(s) URLs and return what is wrong at each location.

    `links` maps URLs, as they are written, to their locations. Good answers are written to the
    file `cache`, and not requested again for CACHE_TIME. `progress` is called with the number
    of finished requests and of all. Raises CommandError if there is no connection; other failures
    of the network, and a cache that cannot be read or written, raise nothing.
    """
    import asyncio

    cached = _load_cache(cache)
    results = {url: LinkResult(status, target) for url, (_, status, target) in cached.items()}
    urls = {}
    for link in links:
        try:
            urls[link] = normalize_url(link)
        except ValueError:
            urls[link] = link
            message = "is not a web address (write https://…)"
            if _USERINFO.match(link):
                message = "contains a user name or password (delete everything before the @)"
            results[link] = LinkResult(message=message, notice=False)
    missing = [url for url in dict.fromkeys(urls.values()) if url not in results]
    try:
        asyncio.run(_LinkChecker().check(missing, results, progress))
    finally:
        # After Ctrl-C, too, the answers that have come need not be requested again.
        good = {url: results[url] for url in missing if url in results and not results[url].message}
        now = int(time.time())
        _save_cache(cache, cached | {url: (now, *result[:2]) for url, result in good.items()})
    _refuse_offline({urlsplit(url).hostname: results[url] for url in missing})
    problems = []
    for link, locations in links.items():
        message, notice = _describe(link, urls[link], results[urls[link]])
        if message:
            problems += [Problem(message=message, notice=notice, **asdict(at)) for at in locations]
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, str(problem)))


def _refuse_offline(results: Mapping[str, LinkResult]) -> None:
    """Raise CommandError if no host of several is found, which is then not the hosts' fault."""
    if len(results) > 1 and all(result.is_offline for result in results.values()):
        hint = f"none of {len(results)} hosts was found; connect this computer, and try again"
        raise CommandError(f"no connection to the Internet ({hint})")


class _LinkChecker:
    """Requests a few URLs at the same time, and never two of one host."""

    def __init__(self) -> None:
        import asyncio

        self._client = HttpClient(USER_AGENT, REQUEST_TIMEOUT)
        self._slots = asyncio.Semaphore(MAX_REQUESTS)
        self._hosts = defaultdict(asyncio.Lock)

    async def check(
        self, urls: list[str], results: dict[str, LinkResult], progress: Progress | None
    ) -> None:
        """Put the result for each URL into `results`."""
        import asyncio

        async def check_url(url: str) -> None:
            results[url] = await self._follow(url)

        tasks = [asyncio.create_task(check_url(url)) for url in urls]
        for done, task in enumerate(asyncio.as_completed(tasks), 1):
            await task
            if progress:
                progress(done, len(tasks))

    async def _follow(self, start: str) -> LinkResult:
        """Return the result for a URL, through all its redirects."""
        import asyncio

        url, seconds, permanent, visited = start, TOTAL_TIMEOUT, True, set()
        while url not in visited and len(visited) <= MAX_REDIRECTS:
            visited.add(url)
            host = urlsplit(url).hostname
            # The time until it is this URL's turn is not counted.
            async with self._hosts[host], self._slots:
                start_time = time.monotonic()
                try:
                    async with asyncio.timeout(seconds):
                        response = await self._request(url)
                except OSError as error:
                    return _judge_failure(error, host)
                seconds -= time.monotonic() - start_time
            try:
                target = response.redirect_url
            except ValueError:
                return LinkResult(
                    message=f"redirects to something that is not a web address ({_LOOK})"
                )
            if target is None:
                moved = url != start and (permanent or _is_front_page(start, url))
                return _judge_status(response.status, url if moved else None)
            permanent = permanent and response.status in (301, 308)
            url = target
        # Some hosts redirect everybody who does not send their cookies back.
        return LinkResult(message=f"redirects too often, or in a loop ({_LOOK})")

    async def _request(self, url: str) -> HttpResponse:
        """Send HEAD, then GET if that fails, and try once more where this may help."""
        import asyncio

        pause = 0.0
        try:
            response = await self._client.send("HEAD", url)
            pause = _requested_pause(response)
            if response.status >= 400 and response.status != 429 and not pause:
                response = await self._client.send("GET", url)
                pause = _requested_pause(response)
            if (response.status != 429 and response.status // 100 != 5) or pause > MAX_PAUSE:
                return response
        except (ssl.SSLCertVerificationError, PrivateAddress):
            raise
        except OSError:
            pass
        await asyncio.sleep(max(pause, PAUSE))
        return await self._client.send("GET", url)


def _requested_pause(response: HttpResponse) -> float:
    """Return the seconds that a server asks us to wait, infinity for a date."""
    if response.status not in (429, 503):
        return 0.0
    value = response.headers.get("retry-after", "0")
    return float(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else float("inf")


def _judge_status(status: int, target: str | None) -> LinkResult:
    if 200 <= status < 300:
        return LinkResult(status, target)
    if status in (404, 410):
        return LinkResult(message=f"is a dead link: {status} ({_REPLACE})", notice=False)
    if status // 100 == 5 and status != 503:
        return LinkResult(message=f"returns a server error: {status} ({_LOOK})")
    hint = f"{_LOOK}; many sites reject automated requests"
    return LinkResult(message=f"could not be checked: {status} ({hint})")


def _judge_failure(error: OSError, host: str) -> LinkResult:
    match error:
        case TimeoutError():
            return LinkResult(message=f"did not answer within {TOTAL_TIMEOUT:g} s ({_LOOK})")
        case UnusableProxy():
            return LinkResult(message=f"cannot be requested: {error} (correct it, or unset it)")
        case PrivateAddress():
            # Within a network, a name may have another address than it has outside.
            notice, hint = not error.is_literal, _REPLACE if error.is_literal else _LOOK
            message = f"was not checked: {error}, where your readers are ({hint})"
            return LinkResult(message=message, notice=notice)
        case socket.gaierror():
            hint = "correct the name, or check your own connection"
            return LinkResult(
                message=f"is a dead link: there is no host {host} ({hint})",
                notice=False,
                is_offline=True,
            )
        case OSError(errno=errno.ENETUNREACH | errno.ENETDOWN):
            return LinkResult(message=f"could not be reached ({_LOOK})", is_offline=True)
        case ConnectionRefusedError():
            message = f"is a dead link: {host} refuses the connection ({_REPLACE})"
            return LinkResult(message=message, notice=False)
        case ssl.SSLCertVerificationError():
            # Browsers complete a chain that lacks a certificate: OpenSSL's errors 20 and 21.
            incomplete, reason = error.verify_code in (20, 21), error.verify_message.rstrip(".")
            hint = _LOOK if incomplete else _REPLACE
            message = (
                f"cannot be trusted: the certificate of {host} is not valid: {reason} ({hint})"
            )
            return LinkResult(message=message, notice=incomplete)
    return LinkResult(message=f"did not send a valid response ({_LOOK})")


def _is_front_page(url: str, target: str) -> bool:
    """Tell whether the URL of something redirects to the front page of a site."""
    return urlsplit(target)[2:4] == ("/", "") != urlsplit(url)[2:4]


def _describe(link: str, url: str, result: LinkResult) -> tuple[str, bool]:
    """Return the message about a link, "" if nothing is wrong, and whether it is a notice."""
    words = _USERINFO.sub(r"\1…@", link).split()
    quoted = f'"{" ".join(words)}"'
    if result.message or result.target is None:
        return result.message and f"{quoted} {result.message}", result.notice
    if _is_front_page(url, result.target):
        hint = "write the new address of the page itself"
        return f"{quoted} redirects to a front page, {result.target} ({hint})", True
    fragment = "".join(link.partition("#")[1:])
    target = result.target + quote(fragment, f"{SAFE_URL_CHARACTERS}#", errors="replace")
    return f"{quoted} has moved to {target} (write {target})", True


def _load_cache(cache: Path) -> dict[str, tuple]:
    """Return the entries that are valid: time, status, target; none of a broken file."""
    try:
        data = json.loads(read_own_file(cache, _MAX_CACHE_SIZE) or b"")
    except (ValueError, RecursionError):
        return {}
    items = data.items() if isinstance(data, dict) else ()
    return {url: tuple(entry) for url, entry in items if _is_valid(entry)}


def _is_valid(entry: object) -> bool:
    match entry:
        case [int(cached_at), int(status), None | str() as target]:
            with suppress(ValueError):
                normal = target is None or normalize_url(target) == target
                age = int(time.time()) - cached_at
                return normal and 200 <= status < 300 and 0 <= age < CACHE_TIME
    return False


def _save_cache(cache: Path, entries: dict[str, tuple]) -> None:
    # A folder that cannot be written must not hide the results.
    with suppress(OSError):
        if not cache.parent.is_symlink():
            replace_file(cache, json.dumps(entries, indent=0, sort_keys=True).encode())
