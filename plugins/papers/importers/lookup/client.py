"""Requests to arXiv and to the agencies of DOIs; what goes wrong is said in a sentence."""

import re
import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from ...model import CommandError
from ...util import (
    PACKAGE,
    HttpClient,
    HttpResponse,
    PrivateAddress,
    ProtocolError,
    ResponseTooLong,
    shorten,
    version_of,
)

# Seconds for a request with its redirects, bytes of a body, and redirects in a row.
TIMEOUT, MAX_BYTES, MAX_REDIRECTS = 20.0, 5 * 2**20, 5
# Redirects go to the same host, or to one of these: arXiv, and who registers DOIs.
DOMAINS = (
    "arxiv.org", "doi.org", "crossref.org", "datacite.org", "crosscite.org", "medra.org",
    "japanlinkcenter.org",
)  # fmt: skip
_BY_HAND = "write the headers by hand: `pelican-papers new paper TITLE`"


class NotFound(LookupError):
    """A paper that a server does not know, in words."""


def fetch(url: str, subject: str, accept: str = "*/*") -> bytes:
    """Return what a URL answers with; `subject` names in messages what is looked up.

    Raises NotFound for what the server does not know, and CommandError for all other failures.
    """
    import asyncio

    host = urlsplit(url).hostname
    try:
        response = asyncio.run(_request(url, accept))
    except ProtocolError:
        raise bad_answer(url, "an invalid response") from None
    except ResponseTooLong:
        raise bad_answer(url, f"more than {MAX_BYTES >> 20} MB") from None
    except TimeoutError:
        reason = f"no answer in {TIMEOUT:g} s"
    except PrivateAddress as error:
        hint = f"check the hosts file, name server and VPN of this computer, or {_BY_HAND}"
        raise CommandError(f"{host} cannot be reached: {error} ({hint})") from None
    except ssl.SSLCertVerificationError as error:
        reason = f"its certificate is not valid: {error.verify_message}"
    except OSError as error:
        reason = error.strerror or error
    else:
        if response.status == 200:
            return response.body
        raise _refusal(response, subject)
    raise CommandError(f"{host} cannot be reached: {reason} (try again, or {_BY_HAND})")


def bad_answer(url: str, answer: str) -> CommandError:
    """Return an error that says what a host answers with instead of a paper."""
    host = urlsplit(url).hostname
    return CommandError(f"{host} answers with {answer} (try later, or {_BY_HAND})")


def quote_answer(text: str) -> str:
    """Return a server's words in quotes, safe to be printed to a terminal."""
    return f'"{shorten(re.sub("[^ -~]", "?", text))}"'


async def _request(url: str, accept: str) -> HttpResponse:
    """Return the answer at the end of all redirects."""
    import asyncio

    client = HttpClient(f"{PACKAGE}/{version_of(PACKAGE) or 0}", TIMEOUT)
    async with asyncio.timeout(TIMEOUT):
        for _ in range(MAX_REDIRECTS + 1):
            response = await client.send("GET", url, accept=accept, max_bytes=MAX_BYTES)
            try:
                target = response.redirect_url
            except ValueError:
                return response
            if target is None:
                return response
            if not _is_trusted(url, target):
                raise bad_answer(url, f"a redirect to {quote_answer(target)}")
            url = target
    raise bad_answer(url, "too many redirects")


def _is_trusted(url: str, target: str) -> bool:
    """Tell whether a redirect stays with the hosts that may be asked, and with encryption."""
    old, new = urlsplit(url), urlsplit(target)
    known = new.netloc == old.netloc or f".{new.hostname}".endswith(tuple(f".{d}" for d in DOMAINS))
    return known and new.scheme in ("https", old.scheme)


def _refusal(response: HttpResponse, subject: str) -> CommandError | NotFound:
    host = urlsplit(response.url).hostname
    if response.status in (400, 404, 410):
        return NotFound(f"{host} does not know {subject} (check the id, or {_BY_HAND})")
    # As DOI content negotiation answers where an agency holds no such record.
    if response.status in (204, 406):
        return NotFound(f"{host} has no record of {subject} ({_BY_HAND})")
    if response.status in (429, 503):
        pause = _describe_pause(response.headers.get("retry-after", ""))
        return CommandError(f"{host} is busy ({pause})")
    return CommandError(f"{host} reports an error: {response.status} (try later, or {_BY_HAND})")


def _describe_pause(retry_after: str) -> str:
    """Return when to try again, from a number of seconds or a date (RFC 9110, 10.2.3)."""
    retry_after = retry_after.strip()
    if re.fullmatch(r"\d{1,6}", retry_after, re.ASCII):
        return f"try again in {retry_after} seconds"
    try:
        when = parsedate_to_datetime(retry_after).astimezone(UTC)
        return f"try again after {when:%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError):
        return "try again in a few minutes"
