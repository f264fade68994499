"""The `openai` teacher: any server that speaks the chat completions API, or several that have the same model.

Its options, its keys and what must hold before anything is sent. A request's way is `link.py`; retries, pace, money and
storing are the wrappers' work. Keys are read from the environment and appear in no message.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ittgen.calls import Request, Response
from ittgen.errors import UsageError
from ittgen.teachers import endpoints as places
from ittgen.teachers.endpoints import Endpoint
from ittgen.text import JSON

if TYPE_CHECKING:
    from ittgen.teachers.link import Line, Link

DEFAULT_KEY = "OPENAI_API_KEY"
OPENAI = "https://api.openai.com/v1"
ACCOUNT = {"OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID"}
"""Header -> environment variable: whose account OpenAI is to charge."""


@dataclass(frozen=True)
class OpenAI:
    """`[teacher] use = "openai", model = "gpt-4o-mini"`; add `base_url` for any compatible server."""

    model: str
    base_url: str = ""
    """Empty: the API of OpenAI itself. Else "http://localhost:8000/v1" and the like."""
    api_key_env: str = ""
    """The environment variable with the key. Empty: OPENAI_API_KEY for OpenAI itself, no key for other servers."""
    timeout: float = 600.0
    """Seconds for one whole call, from sending to the last byte."""
    connect_timeout: float = 10.0
    """Seconds until a connection stands."""
    first_byte_timeout: float = 0.0
    """Seconds until an answer begins, which most servers do when it is complete. 0: as the whole call."""
    revision: str = ""
    """Anything that makes this another teacher though the model's name is the same; part of every request's key."""
    endpoints: tuple[Endpoint, ...] = ()
    """Several servers with this model, instead of base_url: `[{ base_url = "…", weight = 2 }, { base_url = "…" }]`."""

    def __post_init__(self) -> None:
        if not self.model:
            raise ValueError('"model" is empty; name the model to ask')
        if self.base_url and self.endpoints:
            raise ValueError("base_url and endpoints are both given; move the base_url into endpoints")
        if self.base_url:
            places.check_url(self.base_url)
        places.check(self.endpoints)
        if not (self.timeout > 0 and self.connect_timeout > 0):
            raise ValueError("timeout and connect_timeout are seconds above 0")
        if not self.first_byte_timeout >= 0:
            raise ValueError("first_byte_timeout is seconds above 0, or 0 for no such limit")

    @property
    def identity(self) -> Mapping[str, JSON]:
        revision = {"revision": self.revision} if self.revision else {}
        return {"kind": "openai", "model": self.model, **revision}

    def check(self) -> None:
        """Raise UsageError where a key, a proxy or a certificate is missing or none; called before anything is sent."""
        from ittgen.teachers import wire

        for endpoint in self._asked:
            key, name = self._key(endpoint), self._key_name(endpoint)
            if not _is_clean(key):
                raise UsageError(f"the environment variable {name} holds no API key: it has blanks or odd characters")
            if name and not key:
                raise UsageError(
                    f"no API key: the environment variable {name} is not set; export it, or name another one "
                    "with api_key_env in [teacher]"
                )
            _ = self._account(endpoint)
            wire.check(endpoint.base_url)

    async def ask(self, request: Request) -> Response:
        """Send it once. Raises TransientError or TeacherError."""
        return await self._link.ask(request)

    async def close(self) -> None:
        """Hang up. A later `ask` opens anew."""
        if link := self.__dict__.pop("_link", None):
            await link.close()

    @cached_property
    def _link(self) -> "Link":
        from ittgen.teachers.link import Link

        self.check()
        lines = [self._line(endpoint) for endpoint in self._asked]
        ours = any(urlsplit(e.base_url).hostname == urlsplit(OPENAI).hostname for e in self._asked)
        return Link(lines, [endpoint.weight for endpoint in self._asked], renamed=ours)

    @property
    def _asked(self) -> tuple[Endpoint, ...]:
        """Every endpoint, the only one included."""
        return self.endpoints or (Endpoint(self.base_url or OPENAI),)

    def _line(self, endpoint: Endpoint) -> "Line":
        from ittgen.teachers.failures import Origin
        from ittgen.teachers.link import Line
        from ittgen.teachers.wire import Times, Wire

        key = self._key(endpoint)
        several = len(self._asked) > 1
        server = f'endpoint "{endpoint.label}", {endpoint.base_url}' if several else endpoint.base_url
        keys = tuple({self._key(other) for other in self._asked} - {""})
        origin = Origin(server, self.model, self._key_name(endpoint), keys)
        headers = {"Content-Type": "application/json", **self._account(endpoint)}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        times = Times(self.timeout, self.connect_timeout, self.first_byte_timeout)
        return Line(endpoint.label if several else "", origin, Wire(_chat(endpoint.base_url), headers, times, origin))

    def _key_name(self, endpoint: Endpoint) -> str:
        """The environment variable that is read; empty where the server needs no key."""
        ours = not self.base_url and not self.endpoints
        return endpoint.api_key_env or self.api_key_env or (DEFAULT_KEY if ours else "")

    def _key(self, endpoint: Endpoint) -> str:
        name = self._key_name(endpoint)
        return os.environ.get(name, "").strip() if name else ""

    def _account(self, endpoint: Endpoint) -> dict[str, str]:
        """The account to charge, which is no business of another server."""
        if self.base_url or self.endpoints:
            return {}
        told = {header: os.environ.get(name, "").strip() for header, name in ACCOUNT.items()}
        if odd := [ACCOUNT[header] for header, value in told.items() if not _is_clean(value)]:
            raise UsageError(f"the environment variable {odd[0]} has blanks or odd characters")
        return {header: value for header, value in told.items() if value}


def _chat(base_url: str) -> str:
    """Where completions are asked for; a query of the base_url stays."""
    parts = urlsplit(base_url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/chat/completions", fragment="").geturl()


def _is_clean(word: str) -> bool:
    """Quotes and backslashes would be spelt in other ways wherever a server repeats them, and so be shown."""
    return word.isascii() and word.isprintable() and not set(word) & set(" \"'\\`")
