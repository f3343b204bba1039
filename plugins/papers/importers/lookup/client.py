"""arXiv and Crossref are asked for one paper each, politely; nobody else is ever asked."""

import json
import re
import threading
from concurrent.futures import Future
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from xml.etree import ElementTree

from ...model import CommandError
from ...util import PACKAGE, shorten, version_of

ARXIV = "https://export.arxiv.org/api/query"
CROSSREF = "https://api.crossref.org/works"
# Seconds for a whole answer, and how many bytes it can have.
PATIENCE, LONGEST = 20.0, 5 * 2**20
_BY_HAND = "write the headers by hand: `pelican-papers new paper TITLE`"
_ATOM, _OWN = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


class NotFound(LookupError):
    """What a server does not know, in words."""


def fetch_arxiv(identifier: str) -> ElementTree.Element:
    """Return arXiv's entry of a paper, an Atom element.

    Raises Unknown for an id that it does not know, and NotRun where no proper answer comes.
    """
    name = _bare(identifier)
    data = _ask(f"{ARXIV}?id_list={quote(name, safe='/')}&max_results=1", f"arXiv:{name}")
    try:
        text = data.decode("utf-8")
        # Entities, which only such a declaration can bring, can grow without an end.
        if re.search(r"<!(?!--|\[CDATA\[)", text):
            raise ValueError
        entries = ElementTree.fromstring(text).findall(f"{_ATOM}entry")
    except (ValueError, ElementTree.ParseError):
        raise _broken(ARXIV, "what is no Atom feed") from None
    told = [entry.findtext(f"{_ATOM}id") or "" for entry in entries]
    if not entries or "/api/errors" in told[0] or not entries[0].findtext(f"{_ATOM}title"):
        raise NotFound(f"arXiv knows no paper {name} (look at the id)")
    found = told[0].partition("/abs/")[2]
    if _bare(found) != name:
        raise _broken(ARXIV, f"another paper, {_shown(found)}")
    return entries[0]


def atom_values(entry: ElementTree.Element, name: str) -> list[str]:
    """Return the texts of an entry's elements of a name, be it Atom's or arXiv's own."""
    elements = (*entry.findall(f"{_ATOM}{name}"), *entry.findall(f"{_OWN}{name}"))
    found = ((each.findtext(f"{_ATOM}name") or each.get("term") or each.text) for each in elements)
    return [text.strip() for text in found if text and text.strip()]


def fetch_crossref(doi: str) -> dict:
    """Return Crossref's record of a DOI: its `message`.

    Raises Unknown for a DOI that it does not know, and NotRun where no proper answer comes.
    """
    data = _ask(f"{CROSSREF}/{quote(doi, safe='')}", doi)
    try:
        record = json.loads(data)
        found = record["message"]["DOI"]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise _broken(CROSSREF, "what is no record of a paper") from None
    if not isinstance(found, str) or found.lower() != doi.lower():
        raise _broken(CROSSREF, f"the record of another DOI, {_shown(str(found))}")
    return record["message"]


def _bare(identifier: str) -> str:
    """Return an arXiv id without its version, and without the class that old ones may hold."""
    return re.sub(r"v\d+$|\.[A-Z]{2}(?=/)", "", identifier.lower().strip(), flags=re.IGNORECASE)


class _Near(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # noqa: N803
        """Follow to the same host alone, as safely as before."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            fp.close()
            raise _broken(req.full_url, f"that it is at {_shown(newurl)} now")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(address: str, what: str) -> bytes:
    """Return an answer's bytes; `what` names in messages what was asked for."""
    host, found = urlsplit(address).hostname, Future()
    found.set_running_or_notify_cancel()

    def work() -> None:
        try:
            found.set_result(_read(address))
        except (OSError, HTTPException, ValueError, CommandError) as error:
            found.set_exception(error)

    # Neither a name that is looked up nor an answer that drips in can be ended otherwise.
    threading.Thread(target=work, daemon=True).start()
    try:
        return found.result(PATIENCE)
    except HTTPError as error:
        with error:
            raise _refusal(error, host, what) from None
    except TimeoutError:
        reason = f"no answer in {PATIENCE:g} s"
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        reason = getattr(reason, "strerror", None) or reason
    except (HTTPException, ValueError):
        raise _broken(address, "what is no proper answer") from None
    raise CommandError(f"{host} cannot be reached: {reason} (try again, or {_BY_HAND})")


def _read(address: str) -> bytes:
    agent = f"{PACKAGE}/{version_of(PACKAGE) or 0}"
    request = Request(address, headers={"User-Agent": agent, "Accept-Encoding": "identity"})
    with build_opener(_Near).open(request, timeout=PATIENCE) as answer:
        data = answer.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise _broken(address, f"more than {LONGEST >> 20} MB")
    return data


def _refusal(error: HTTPError, host: str, what: str) -> CommandError | NotFound:
    if error.code in (400, 404, 410):
        hint = "DOIs of DataCite, as Zenodo's, are not there either" if "crossref" in host else ""
        return NotFound(f"{host} knows no {what} ({hint or 'look at the id'}; or {_BY_HAND})")
    if error.code in (429, 503):
        return CommandError(
            f"{host} has too much to do ({_later(error.headers.get('Retry-After'))})"
        )
    return CommandError(
        f"{host} is out of order, or refuses us: {error.code} (try later, or {_BY_HAND})"
    )


def _later(told: str | None) -> str:
    told = (told or "").strip()
    if re.fullmatch(r"\d{1,6}", told, re.ASCII):
        return f"try again in {told} seconds"
    try:
        when = parsedate_to_datetime(told).astimezone(UTC)
        return f"try again after {when:%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError):
        return "try again in some minutes"


def _shown(text: str) -> str:
    """Return what a server said, safe to be printed to a terminal."""
    return f'"{shorten(re.sub("[^ -~]", "?", text))}"'


def _broken(address: str, answer: str) -> CommandError:
    return CommandError(
        f"{urlsplit(address).hostname} answers with {answer} (try later, or {_BY_HAND})"
    )
