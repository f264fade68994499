"""The teacher `vllm`: a model in this process, fed by all slots at once and started when the first question comes."""

import json
import logging
import os
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ittgen.calls import Request, Response
from ittgen.errors import TeacherError, UsageError
from ittgen.teachers.local import machine, sampling
from ittgen.teachers.local.engine import Core, Engine
from ittgen.teachers.local.options import Options
from ittgen.teachers.local.trouble import explained

IN_PROCESS = {
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",  # a killed run leaves no engine behind, and Ctrl-C reaches none
    "TORCH_CPP_LOG_LEVEL": "ERROR",
}
_running: "list[VLLM]" = []
"""Whose engine is in this process: vLLM bears one at a time."""


@dataclass(frozen=True)
class VLLM(Options):
    """`[teacher] use = "vllm", model = "models/llama-3-8b"`: the model runs in this process."""

    def check(self) -> None:
        """Raise UsageError where something is missing, in a moment and before anything is started or written."""
        machine.vllm_folder()
        self.check_files()
        self.check_engine(of_server=False)
        self.check_device()
        if self.data_parallel_size > 1:
            raise UsageError(
                "data_parallel_size: several copies of a model need a server; "
                f'say use = "vllm-server" and data_parallel_size = {self.data_parallel_size} (or servers)'
            )

    @property
    def alone(self) -> bool:
        return True

    def keep_in(self, folder: Path) -> None:
        """Where `vllm-NAME.log` goes."""
        self.__dict__["_folder"] = folder

    async def ask(self, request: Request) -> Response:
        """The answer. Raises RefusedError, TeacherError where the engine died, UsageError where it cannot start."""
        sampling.check(sampling.flat(request.sampling))
        return await self._engine.ask(request)

    async def close(self) -> None:
        """End the engine. A later `ask` starts it anew."""
        if engine := self.__dict__.pop("_engine", None):
            await engine.close()
            _running.remove(self)

    @cached_property
    def _engine(self) -> Engine:
        """Raises UsageError where another model is in this process."""
        if _running:
            other = _running[0].called
            raise UsageError(
                f'vLLM runs one model in a process, and {other} runs; say use = "vllm-server" for one of them'
            )
        _running.append(self)
        return Engine(self._build, self._died)

    def _build(self) -> Core:
        """Start vLLM. Raises UsageError, which says why it would not."""
        self.check()
        log = self._log()
        with _logging_to(log):
            os.environ.update({name: value for name, value in self._variables.items() if name not in os.environ})
            try:
                from ittgen.teachers.local.core import VLLMCore

                return VLLMCore(
                    {"use_tqdm_on_load": False, **self.arguments},
                    called=self.called,
                    template=self.template,
                    adapter=self.lora,
                    thoughts=self.reasoning_parser,
                )
            except Exception as error:  # noqa: BLE001  # vLLM raises anything: its own, torch's, pydantic's
                raise self._failed(error, log) from None

    @property
    def _variables(self) -> dict[str, str]:
        return {**IN_PROCESS, **self.environment}

    def _log(self) -> Path:
        folder: Path = self.__dict__.get("_folder") or Path(tempfile.gettempdir())
        return folder / f"vllm-{self.called.replace('/', '--')}.log"

    def _failed(self, error: Exception, log: Path) -> UsageError:
        """What to say where vLLM did not start; its traceback goes to the log."""
        _keep(error, log)
        return UsageError(f"vLLM cannot start {self.model}: {explained(_words(error))}; more in {log}")

    def _died(self, error: Exception) -> TeacherError:
        """What to say where the engine ended in the middle of its work."""
        _keep(error, self._log())
        told = f"vLLM's engine died: {explained(_words(error))}; more in {self._log()}"
        return TeacherError(told, advice="Run again to go on")


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _keep(error: Exception, log: Path) -> None:
    """Write the traceback to the log, and to stderr where that is wanted."""
    with log.open("a") as lines:
        traceback.print_exception(error, file=lines)
    if os.environ.get("ITTGEN_TRACEBACK"):
        traceback.print_exception(error)


@contextmanager
def _logging_to(log: Path) -> Iterator[None]:
    """Inside vLLM sets up its log, and that of processes it starts, to be this file: stdout is for data."""
    warnings.filterwarnings("ignore", category=FutureWarning, module="vllm")
    logging.getLogger("vllm").addHandler(logging.NullHandler())  # for what it says before it has a log
    log.unlink(missing_ok=True)
    settings = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"file": {"class": "logging.FileHandler", "filename": str(log.resolve()), "formatter": "plain"}},
        "loggers": {"vllm": {"handlers": ["file"], "level": "INFO", "propagate": False}},
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="ittgen-vllm-") as file:
        json.dump(settings, file)
        file.flush()
        os.environ.setdefault("VLLM_LOGGING_CONFIG_PATH", file.name)
        try:
            yield
        finally:
            if os.environ.get("VLLM_LOGGING_CONFIG_PATH") == file.name:
                del os.environ["VLLM_LOGGING_CONFIG_PATH"]
