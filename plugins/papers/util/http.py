"""HTTP requests to other hosts: what the link check and the lookup of papers have in common.

httpx and asyncio are imported where they run, because no build needs them.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from .strings import LazyPattern

if TYPE_CHECKING:
    import httpx

SAFE_URL_CHARACTERS = "%/:=&?~+!$,;'@()*[]"
_PORTS = {"http": 80, "https": 443}
_HOST = LazyPattern(r"[a-z0-9._-]+|[0-9a-f:.]+")
# Global unicast is all that is assigned for hosts of the Internet (RFC 4291, 2.4); NAT64
# translates an IPv4 address in its last 32 bits (RFC 6052).
_IPV6_INTERNET, _NAT64 = map(ipaddress.IPv6Network, ("2000::/3", "64:ff9b::/96"))
# `is_global` lets these pass, in some versions of Python: protocol assignments, the retired
# relays of 6to4, Azure's own metadata server, 6to4 itself, documentation.
_NOT_INTERNET = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2002::/16", "3fff::/20"),
    )
)


class ProtocolError(ConnectionError):
    """An answer that is not HTTP, or is cut off."""


class ResponseTooLong(ConnectionError):
    """A body with more bytes than were asked for."""


class UnusableProxy(ConnectionError):
    """A proxy of the environment that is not one for HTTP."""


class PrivateAddress(ConnectionError):
    """A host that is not on the public Internet, and so is not requested.

    `is_literal` tells whether the URL itself says so: it holds the address, or "localhost".
    """

    def __init__(self, host: str, address: str, is_literal: bool) -> None:
        self.is_literal = is_literal
        location = "" if host == address else f" is at {address}, which"
        super().__init__(f"{host}{location} is not on the public Internet")


def normalize_url(url: str) -> str:
    """Return a URL as it is requested: in ASCII, without fragment.

    Raises ValueError for other schemes than http and https, and where it holds a password.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in _PORTS or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise ValueError(url)
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    # Bytes of a redirect that are not UTF-8 go back unchanged.
    path, query = (
        quote(part, SAFE_URL_CHARACTERS, errors="surrogateescape") for part in parts[2:4]
    )
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def is_internet_address(text: str) -> bool:
    """Tell whether an IP address is one of a host on the public Internet."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if address.version == 6:
        if address.scope_id:
            return False
        if address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        elif address not in _IPV6_INTERNET:
            return False
    is_excluded = any(address in network for network in _NOT_INTERNET)
    return address.is_global and not address.is_multicast and not is_excluded


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """The answer to one request; names of headers are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def redirect_url(self) -> str | None:
        """The URL that a redirect leads to, None for other answers.

        Raises ValueError where it does not lead to a web address.
        """
        location = self.headers.get("location")
        if location is None or self.status not in (301, 302, 303, 307, 308):
            return None
        return normalize_url(urljoin(self.url, location))


class HttpClient:
    """Sends requests one by one: no cookies, no credentials, no redirects, no compression.

    `timeout` are the seconds for each step of a request: for finding the host, connecting,
    and waiting for bytes. Bound a whole request with `asyncio.timeout`. Certificates are
    checked against the system's, or against those of SSL_CERT_FILE. The proxies are those
    of the environment.

    Only hosts on the public Internet are requested: a page that anybody wrote, or a redirect,
    must not reach this computer, its network, or the metadata of a machine in a cloud. A proxy
    looks up names itself, so its own rules decide for them. `allow_private` is for tests, whose
    servers run on this computer.
    """

    def __init__(self, user_agent: str, timeout: float, *, allow_private: bool = False) -> None:
        # Loaded here, before the time of a request runs.
        import httpx  # noqa: F401

        self._user_agent = user_agent
        self._timeout = timeout
        self._allow_private = allow_private
        self._tls = ssl.create_default_context()

    async def send(
        self, method: str, url: str, *, accept: str = "*/*", max_bytes: int = 0
    ) -> HttpResponse:
        """Request a URL of `normalize_url`; the body is read only if `max_bytes` is given.

        Raises OSError: TimeoutError, socket.gaierror, ssl.SSLCertVerificationError,
        ProtocolError, ResponseTooLong, UnusableProxy, PrivateAddress, or what the system says.
        """
        import httpx

        parts = urlsplit(url)
        if not self._allow_private:
            _refuse_private_host(parts.hostname)
        proxy = _find_proxy(parts)
        hosts = [parts.hostname] if proxy else await self._resolve(parts)
        errors = []
        # A transport sends a request as it is; a client would add cookies and more.
        options = {"verify": self._tls, "trust_env": False, "proxy": proxy}
        async with httpx.AsyncHTTPTransport(**options) as transport:
            for host in hosts:
                request = self._build_request(method, url, host, accept)
                try:
                    return await _receive(transport, request, url, max_bytes)
                except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                    errors.append(_find_system_error(error))
                except httpx.TransportError as error:
                    raise _find_system_error(error) from None
        raise errors[0]

    async def _resolve(self, parts: SplitResult) -> list[str]:
        """Return the IP addresses of a URL's host; requests connect to these and no others.

        A second lookup could return other addresses than those that are checked here.

        It runs in a thread that does not delay the end of the program, unlike asyncio's own:
        a lookup cannot be cancelled.
        """
        import asyncio

        result = Future()
        result.set_running_or_notify_cancel()
        port = parts.port or _PORTS[parts.scheme]

        def look_up() -> None:
            try:
                result.set_result(socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM))
            except OSError as error:
                result.set_exception(error)

        threading.Thread(target=look_up, daemon=True).start()
        async with asyncio.timeout(self._timeout):
            infos = await asyncio.wrap_future(result)
        # Addresses with a zone ("fe80::1%eth0") are those of this network alone.
        addresses = dict.fromkeys(info[4][0] for info in infos if "%" not in info[4][0])
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no address on the Internet")
        if self._allow_private:
            return list(addresses)
        if not (allowed := [address for address in addresses if is_internet_address(address)]):
            raise PrivateAddress(parts.hostname, next(iter(addresses)), is_literal=False)
        return allowed

    def _build_request(self, method: str, url: str, host: str, accept: str) -> "httpx.Request":
        """Return a request for a URL that goes to `host`, one of the addresses of its host."""
        import httpx

        parts = urlsplit(url)
        headers = {
            "Host": parts.netloc,
            "User-Agent": self._user_agent,
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        timeout = httpx.Timeout(self._timeout).as_dict()
        extensions = {"timeout": timeout, "sni_hostname": parts.hostname}
        try:
            address = httpx.URL(url).copy_with(host=host)
        except httpx.InvalidURL:
            # Longer than 64 KB, for one.
            raise ProtocolError from None
        return httpx.Request(method, address, headers=headers, extensions=extensions)


def _refuse_private_host(host: str) -> None:
    """Raise PrivateAddress for a host that is "localhost", or a private address in any spelling."""
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        raise PrivateAddress(host, "127.0.0.1", is_literal=True)
    try:
        # The system reads more spellings than Python: 0x7f.1, 2130706433, 0177.0.0.1.
        infos = socket.getaddrinfo(name, None, flags=socket.AI_NUMERICHOST)
    except OSError:
        return
    for *_, (address, *_) in infos:
        if not is_internet_address(address):
            raise PrivateAddress(host, address, is_literal=True)


async def _receive(
    transport: "httpx.AsyncHTTPTransport", request: "httpx.Request", url: str, max_bytes: int
) -> HttpResponse:
    response = await transport.handle_async_request(request)
    try:
        if response.status_code < 200:
            raise ProtocolError
        body = bytearray()
        if max_bytes:
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > max_bytes:
                    raise ResponseTooLong
        headers = {
            name.decode("latin-1").lower(): value.decode("utf-8", "surrogateescape")
            for name, value in response.headers.raw
        }
        return HttpResponse(url, response.status_code, headers, bytes(body))
    finally:
        # This ends the connection; the rest of a body, which may be endless, is not read.
        await response.aclose()


def _find_proxy(parts: SplitResult) -> "httpx.Proxy | None":
    """Return the proxy that the environment names for a URL: `https_proxy`, `no_proxy` …"""
    from urllib.request import getproxies, proxy_bypass

    import httpx

    url = None if proxy_bypass(parts.hostname) else getproxies().get(parts.scheme)
    if not url:
        return None
    try:
        proxy = httpx.Proxy(url if "://" in url else f"http://{url}")
    except (ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or proxy.url.scheme not in _PORTS:
        raise UnusableProxy(f"the proxy in {parts.scheme}_proxy is not one for HTTP")
    return proxy


def _find_system_error(error: "httpx.TransportError") -> OSError:
    """Return the error of the system, or of TLS, that is after one of httpx."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return TimeoutError()
    if isinstance(error, httpx.ProtocolError):
        return ProtocolError()
    cause, system_error = error, ConnectionError(str(error))
    while cause := cause.__cause__ or cause.__context__:
        if isinstance(cause, OSError) and cause.errno is not None:
            system_error = cause
    return system_error
