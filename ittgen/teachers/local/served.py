"""The teacher `vllm-server`: vLLM servers that the run starts, one or one a GPU, or one that runs already."""

import asyncio
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ittgen.calls import Request, Response
from ittgen.errors import RefusedError, TransientError, UsageError
from ittgen.records import Message
from ittgen.teachers.endpoints import Endpoint, check_url
from ittgen.teachers.local import machine, sampling
from ittgen.teachers.local.options import Options
from ittgen.teachers.local.server import Server
from ittgen.teachers.local.trouble import LONGER
from ittgen.teachers.openai import OpenAI

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a server which runs already has to say which models it has."""
PROBE = (Message("user", "Hello"),)
KEPT_OPEN = {"VLLM_HTTP_TIMEOUT_KEEP_ALIVE": "600"}
"""vLLM hangs up after 5 idle seconds; a busy server does so while the next request is on its way."""

UNBOUND = {"VLLM_CPU_OMP_THREADS_BIND": "nobind"}
"""On the CPU: a worker bound to a core waits there for the server's other processes, which spin."""


@dataclass(frozen=True)
class VLLMServer(Options):
    """`[teacher] use = "vllm-server", model = "models/llama-3-8b", servers = 8`: starts, watches and stops them."""

    servers: int = 1
    """How many to start, each with the model and `tensor_parallel_size` GPUs of its own."""
    port: int = 0
    """The first server's port, the next ones have the next. 0: free ones."""
    base_url: str = ""
    """A server that runs already, "http://gpu-1:8000/v1", and has the model: none is started or stopped."""
    api_key_env: str = ""
    """The environment variable with the key of the server at base_url. Empty: it wants none."""
    start_timeout: float = 1800.0
    """Seconds that a server has to load the model and answer."""
    timeout: float = 600.0
    """Seconds for one whole call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.servers < 1:
            raise ValueError("servers is a number of at least 1")
        if not 0 <= self.port <= 65536 - self.servers:
            raise ValueError("port is a number from 1 to 65535, or 0 for a free one")
        if not (self.start_timeout > 0 and self.timeout > 0):
            raise ValueError("start_timeout and timeout are seconds above 0")
        if self.base_url:
            check_url(self.base_url)
            if self.servers > 1 or self.port:
                raise ValueError("base_url is a server that runs already, so leave out servers and port")

    def check(self) -> None:
        """Raise UsageError where something is missing, in a moment and before anything is started or written."""
        if self.base_url:
            self._attached("model").check()
            return
        machine.vllm_folder()
        self.check_files()
        self.check_engine(of_server=True)
        self.check_device(self.servers)
        for port in range(self.port, self.port + self.servers) if self.port else ():
            machine.check_port(port)

    @property
    def folder(self) -> Path | None:
        """None also for a model that only the server at base_url has."""
        return super().folder if not self.base_url or Path(self.model).expanduser().is_dir() else None

    @property
    def alone(self) -> bool:
        return False

    def keep_in(self, folder: Path) -> None:
        """Where `vllm-server-NAME.log` goes."""
        self.__dict__["_folder"] = folder

    async def ask(self, request: Request) -> Response:
        """The answer. Raises RefusedError, TransientError, TeacherError where a server died, UsageError before that."""
        sampling.check(sampling.flat(request.sampling))
        link = await asyncio.shield(self._started)
        try:
            response = await link.ask(replace(sampling.with_own_seed(request), model=link.model))
        except TransientError:
            for server in self._fleet:
                server.check()
            raise
        if response.finish_reason == "error":  # the server's word for a request that its context has no room for
            raise RefusedError(f"{response.error} {LONGER}", too_long=True)
        return response

    async def close(self) -> None:
        """Hang up and stop the servers. A later `ask` starts them anew."""
        starting, fleet = self.__dict__.pop("_started", None), self.__dict__.pop("_fleet", [])
        if starting:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            if not starting.cancelled() and not starting.exception():
                await starting.result().close()
        await asyncio.gather(*(server.stop() for server in fleet))

    # Starting

    @cached_property
    def _started(self) -> "asyncio.Task[OpenAI]":
        return asyncio.create_task(self._attach() if self.base_url else self._start())

    async def _start(self) -> OpenAI:
        """Start all and wait until each answers. Raises UsageError where one does not."""
        self.check()
        for server in self._fleet:
            server.start()
        await asyncio.gather(*(self._ready(server) for server in self._fleet))
        places = tuple(Endpoint(_url(server.port), name=f"{HOST}:{server.port}") for server in self._fleet)
        if len(places) == 1:
            return OpenAI(self.called, places[0].base_url, timeout=self.timeout)
        return OpenAI(self.called, endpoints=places, timeout=self.timeout)

    async def _ready(self, server: Server) -> None:
        link = OpenAI(self.called, _url(server.port), timeout=self.timeout)
        try:
            await server.ready(partial(link.ask, Request(self.called, PROBE, {"max_tokens": 1})), self.start_timeout)
        finally:
            await link.close()

    @property
    def environment(self) -> dict[str, str]:
        """Variables for the servers."""
        return {**super().environment, **KEPT_OPEN, **(UNBOUND if machine.built_for_cpu() else {})}

    @cached_property
    def _fleet(self) -> list[Server]:
        if self.base_url:
            return []
        ports = [self.port + k if self.port else machine.free_port() for k in range(self.servers)]
        return [self._server(place, port) for place, port in enumerate(ports)]

    def _server(self, place: int, port: int) -> Server:
        number = f"-{place + 1}" if self.servers > 1 else ""
        folder: Path = self.__dict__.get("_folder") or Path(tempfile.gettempdir())
        log = folder / f"vllm-server-{self.called.replace('/', '--')}{number}.log"
        return Server(self._command(port), {**self.environment, **os.environ, **self._devices(place)}, log, port)

    def _devices(self, place: int) -> dict[str, str]:
        """The GPUs of one of several servers, which share out those that this process may use."""
        if self.servers == 1 or not machine.built_for_cuda():
            return {}
        each = self.tensor_parallel_size * self.data_parallel_size
        devices = (machine.device(place * each + k) for k in range(each))
        return {"CUDA_VISIBLE_DEVICES": ",".join(devices)}

    def _command(self, port: int) -> list[str]:
        base = f"{self.called}:base" if self.lora else self.called
        own: dict[str, Any] = {"served_model_name": base, "host": HOST, "port": port, "uvicorn_log_level": "warning"}
        own |= {"enable_prompt_tokens_details": True, "chat_template": self.chat_template or None}
        own |= {"lora_modules": f"{self.called}={self.lora}" if self.lora else None}
        flags = (flag for name, value in {**own, **self.arguments}.items() for flag in _flag(name, value))
        return [sys.executable, "-m", "vllm.entrypoints.openai.api_server", *flags]

    # Attaching

    async def _attach(self) -> OpenAI:
        link = self._attached(self.called)
        link.check()
        return replace(link, model=await asyncio.to_thread(self._named))

    def _attached(self, model: str) -> OpenAI:
        return OpenAI(model, self.base_url, self.api_key_env, timeout=self.timeout)

    def _named(self) -> str:
        """What the server calls the model: by its name, or by the folder it has it from. Raises UsageError."""
        known = self._served()
        for name, root in known.items():
            if name in (self.called, self.model) or Path(root).name == self.called:
                return name
        if not known:
            return self.called
        raise UsageError(f"the server at {self.base_url} has no model {self.called} (it has: {', '.join(known)})")

    def _served(self) -> dict[str, str]:
        """The server's models by name, with where it has them from; none where it does not say. Raises UsageError."""
        try:
            with urllib.request.urlopen(f"{self.base_url.rstrip('/')}/models", timeout=PATIENCE) as said:
                return {model["id"]: model.get("root") or "" for model in json.load(said)["data"]}
        except urllib.error.HTTPError:  # it wants a key, or has no list; the first real request will tell
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"no vLLM server answers at {self.base_url}: {getattr(error, 'reason', error)}") from None


def _url(port: int) -> str:
    return f"http://{HOST}:{port}/v1"


def _flag(name: str, value: Any) -> Iterator[str]:
    """An option as the server's command line has it: `--max-num-seqs 64`, `--no-enforce-eager`."""
    dashed = name.replace("_", "-")
    if value is None:
        return
    if isinstance(value, bool):
        yield f"--{dashed}" if value else f"--no-{dashed}"
        return
    yield f"--{dashed}"
    if isinstance(value, list):
        yield from (item if isinstance(item, str) else json.dumps(item) for item in value)
    else:
        yield value if isinstance(value, str) else json.dumps(value)
