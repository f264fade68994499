"""The wire to one server: a POST goes out, and status, headers and bytes come back, or an error that says what broke.

Holds as many connections as are asked for, keeps them open, and follows no redirect. Knows nothing of completions,
retries or money. A request that may have arrived is never sent again from here: it may have been paid for.
"""

import asyncio
import errno
import io
import os
import ssl
import sys
from base64 import b64encode
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from ittgen.about import VERSION
from ittgen.errors import TeacherError, TransientError, UsageError
from ittgen.teachers.failures import Origin

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from yarl import URL

LARGEST = 64 * 2**20
"""Bytes of an answer after which it is given up: no completion is as long."""
LARGE_REQUEST = 2**20
"""Bytes from which aiohttp wants a body as a file."""
KEEP_ALIVE = 4.0
"""Seconds that an idle connection is kept: less than the 5 after which common servers hang up."""
NAMES_KEPT = 300
"""Seconds that a server's address is remembered."""


@dataclass(frozen=True, slots=True)
class Times:
    """Time-outs in seconds."""

    whole: float
    connect: float
    first_byte: float = 0.0
    """0: as the whole call."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """The way out: an address without its password, and the header with it."""

    url: str
    authorization: str = ""
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back whole, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def proxy_for(url: str) -> Proxy | None:
    """The proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY name for a URL. Raises UsageError."""
    parts = urlsplit(url)
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    if not found or proxy_bypass(parts.netloc):
        return None
    way = urlsplit(found if "://" in found else f"http://{found}")
    if way.scheme not in ("http", "https") or not way.hostname:
        raise UsageError(
            f"the environment names a proxy for {parts.scheme}:// that is neither http:// nor https://; name one that "
            f"is, or except {parts.hostname} with NO_PROXY"
        )
    address = f"{way.scheme}://{way.netloc.rpartition('@')[2]}"
    if way.username is None:
        return Proxy(address)
    password = unquote(way.password or "")
    authorization = "Basic " + b64encode(f"{unquote(way.username)}:{password}".encode()).decode()
    secrets = (authorization, password, way.password or "")
    return Proxy(address, authorization, tuple(secret for secret in secrets if secret))


def trust() -> ssl.SSLContext:
    """The authorities to trust: SSL_CERT_FILE or SSL_CERT_DIR, else REQUESTS_CA_BUNDLE, else the system's.

    Raises UsageError where a variable names what is not there.
    """
    named = {name: os.environ.get(name, "") for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")}
    for name, path in named.items():
        if path and not all(os.path.exists(part) for part in path.split(os.pathsep)):  # noqa: PTH110
            raise UsageError(f"the environment variable {name} names {path}, which is not there")
    bundle = "" if named["SSL_CERT_FILE"] or named["SSL_CERT_DIR"] else named["REQUESTS_CA_BUNDLE"]
    try:
        if bundle:
            folder = os.path.isdir(bundle)  # noqa: PTH112
            return ssl.create_default_context(cafile=None if folder else bundle, capath=bundle if folder else None)
        return ssl.create_default_context(cafile=_packaged())
    except OSError as error:  # ssl.SSLError is one
        raise UsageError(f"the certificates that the environment names cannot be read: {error}") from None


def _packaged() -> str | None:
    """The authorities that come with certifi, for a Python that knows of none of the system's; else None."""
    known = ssl.get_default_verify_paths()
    if known.cafile or known.capath or sys.platform == "win32":
        return None
    import certifi

    return certifi.where()


def check(url: str) -> None:
    """Raise UsageError where the environment names a proxy or a certificate that cannot be used for a URL."""
    proxy_for(url)
    if url.startswith("https:"):
        trust()


class Wire:
    """Connections to one server, opened when first used."""

    def __init__(self, url: str, headers: Mapping[str, str], times: Times, origin: Origin) -> None:
        """Raises UsageError when the environment names an unusable proxy or certificate."""
        self._url = url
        self._times = times
        self._secure = url.startswith("https:")
        self._tls = trust() if self._secure else None
        self._proxy = proxy_for(url)
        self._origin = Origin(
            origin.server, origin.model, origin.key_name, origin.secrets + (self._proxy.secrets if self._proxy else ())
        )
        self._headers = {**headers, **self._to_proxy(secure=False)}
        self._session: ClientSession | None = None
        self._target: URL | str = url

    async def post(self, body: bytes, key: str) -> Reply:
        """Send it once. Raises TransientError, or TeacherError where no request can get through."""
        import aiohttp

        times = self._times
        try:
            async with asyncio.timeout(times.whole):
                return await self._exchange(body, {**self._headers, "Idempotency-Key": key})
        except aiohttp.ConnectionTimeoutError:
            raise TransientError(f"{self._origin.server}: no connection within {times.connect:g} s") from None
        except TimeoutError:
            raise TransientError(f"{self._origin.server}: no whole answer within {times.whole:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            self._broken(error)

    async def close(self) -> None:
        """Hang up. May be used again."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def _exchange(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        session = self._session or self._open()
        data = body if len(body) < LARGE_REQUEST else io.BytesIO(body)
        sending = session.post(
            self._target,
            data=data,
            headers=headers,
            allow_redirects=False,
            proxy=self._proxy.url if self._proxy else None,
            proxy_headers=self._to_proxy(secure=True) or None,
        )
        response = await (self._first_byte(sending) if self._times.first_byte else sending)
        try:
            return Reply(response.status, response.headers, await self._whole(response))
        finally:
            response.release()  # a connection with something unread in it is closed

    async def _first_byte(self, sending: "Awaitable[ClientResponse]") -> "ClientResponse":
        try:
            async with asyncio.timeout(self._times.first_byte):
                return await sending
        except TimeoutError as error:
            if type(error) is not TimeoutError:
                raise
            seconds = self._times.first_byte
            raise TransientError(f"{self._origin.server}: no answer began within {seconds:g} s") from None

    async def _whole(self, response: "ClientResponse") -> bytes:
        """The body, which most servers send in one piece."""
        content = response.content
        data = await content.readany()
        if content.at_eof():
            return data
        pieces, size = [data], len(data)
        while piece := await content.readany():
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise TransientError(f"{self._origin.server}: the answer has more than {LARGEST // 2**20} MiB")
        return b"".join(pieces)

    def _open(self) -> "ClientSession":
        import aiohttp
        from yarl import URL

        self._target = URL(self._url)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=NAMES_KEPT, ssl=self._tls or True
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            # No header with a secret: aiohttp shows these to a proxy too.
            headers={"User-Agent": f"ittgen/{VERSION}", "Accept": "application/json"},
            timeout=aiohttp.ClientTimeout(total=None, connect=self._times.connect),
        )
        return self._session

    def _to_proxy(self, *, secure: bool) -> dict[str, str]:
        """The proxy's password: in a request that is not encrypted itself, else where the tunnel is asked for."""
        if not self._proxy or not self._proxy.authorization or secure is not self._secure:
            return {}
        return {"Proxy-Authorization": self._proxy.authorization}

    def _broken(self, error: Exception) -> NoReturn:
        """Raise what a broken connection means."""
        import aiohttp

        reason = self._origin.hide(_reason(error))
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            raise TeacherError(
                f"{self._origin.server}: its certificate is not trusted (see SSL_CERT_FILE): {reason}"
            ) from None
        if isinstance(error, aiohttp.ClientHttpProxyError) and error.status == 407:
            raise TeacherError(f"{self._origin.server}: the proxy wants another password: {error.status}") from None
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            raise TransientError(
                f"{self._origin.server}: too many open files; lower --concurrency, or raise `ulimit -n`", busy=True
            ) from None
        what = "cannot connect" if isinstance(error, aiohttp.ClientConnectorError) else "no whole answer"
        raise TransientError(f"{self._origin.server}: {what}: {reason}") from None


def _reason(error: Exception) -> str:
    """Why it broke: the system's own word where there is one, which names no address and no file."""
    cause = getattr(error, "os_error", None)
    if cause is None:
        return str(error) or type(error).__name__
    if isinstance(cause, ssl.SSLError):  # its numbers are not the system's
        return str(cause)
    known = os.strerror(cause.errno) if cause.errno and cause.errno > 0 else cause.strerror
    return (known or str(cause) or type(cause).__name__).lower()
