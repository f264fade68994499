"""The teacher `vllm-server` with real servers: started, joined, killed, and the same rows as in process."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ittgen.teachers.local import machine
from ittgen.teachers.local.served import VLLMServer
from tests.vllm import tiny
from tests.vllm.conftest import DISTILLED, GUIDANCE, PATIENCE, SETTINGS, Done, Project, ended, marked, teacher
from tests.vllm.test_inside import SAMPLED, TASKS, answered, grown

GREEDY = "temperature = 0, max_tokens = 24, logprobs = true, top_logprobs = 2"


@pytest.fixture(scope="module")
def url(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that somebody else has started, with the model under the name of its path."""
    engine = {"max_num_seqs": 64, "enforce_eager": True, "kv_cache_memory_bytes": 2**28}
    port = machine.free_port()
    command = VLLMServer(str(model), dtype="float32", max_model_len=1024, engine=engine)._command(port)
    name = command.index("--served-model-name")
    with (tmp_path_factory.mktemp("theirs") / "log").open("w") as log:
        server = subprocess.Popen([*command[:name], *command[name + 2 :]], env={**os.environ, **SETTINGS},
                                  stdout=log, stderr=log, start_new_session=True)  # fmt: skip
    yield f"http://127.0.0.1:{port}/v1"
    server.terminate()
    server.wait(PATIENCE)


@pytest.fixture
def answering(url: str) -> str:
    """Its address, once it answers."""
    import time
    import urllib.error
    import urllib.request

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/models", timeout=5):
                return url
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def joined(model: Path, url: str, sampling: str = SAMPLED) -> str:
    table = teacher(model, "vllm-server", more=f'base_url = "{url}"')
    return DISTILLED.format(teacher=table, sampling=sampling)


def test_greedy_rows_and_their_logprobs_are_the_same_in_process_and_over_a_server_that_is_joined(
    model: Path, answering: str, project: Project
) -> None:
    over = Project(project.folder / "over", project.environment).tasks(*TASKS).write(joined(model, answering, GREEDY))
    inside = Project(project.folder / "inside", project.environment).tasks(*TASKS)
    inside.write(DISTILLED.format(teacher=teacher(model), sampling=GREEDY))
    over.grow()
    inside.grow()
    assert over.manifest()["digest"] == inside.manifest()["digest"]
    told = [{answer["key"]: answer for answer in grown.answers()} for grown in (over, inside)]
    assert told[0].keys() == told[1].keys()
    for key, answer in told[0].items():
        same = told[1][key]
        assert (answer["text"], answer["finish_reason"]) == (same["text"], same["finish_reason"])
        assert [t["token"] for t in answer["logprobs"]["content"]] == [t["token"] for t in same["logprobs"]["content"]]
        for one, other in zip(answer["logprobs"]["content"], same["logprobs"]["content"], strict=True):
            assert one["logprob"] == pytest.approx(other["logprob"], abs=1e-3)
            assert [t["token"] for t in one["top_logprobs"]] == [t["token"] for t in other["top_logprobs"]]
        counts = ("prompt_tokens", "completion_tokens", "estimated")
        assert [answer["usage"][name] for name in counts] == [same["usage"][name] for name in counts]
        assert answer["fingerprint"].startswith("vllm-") and same["fingerprint"].startswith("vllm-")


def test_seeded_rows_are_the_same_in_process_and_over_a_server(model: Path, answering: str, project: Project) -> None:
    over = Project(project.folder / "over", project.environment).tasks(*TASKS[:16]).write(joined(model, answering))
    inside = Project(project.folder / "inside", project.environment).tasks(*TASKS[:16])
    over.grow()
    inside.write(DISTILLED.format(teacher=teacher(model), sampling=SAMPLED)).grow()
    assert over.rows() == inside.rows()


def test_a_request_that_is_too_long_fails_alone(model: Path, answering: str, project: Project) -> None:
    project.tasks(*TASKS[:8], "word " * 3000, *TASKS[8:16]).write(joined(model, answering)).grow()
    assert len(project.rows()) == 16 and len(project.rows("rejected")) == 1


def test_a_joined_server_is_not_stopped_and_without_its_model_is_refused(
    model: Path, fatal: Path, answering: str, project: Project
) -> None:
    done = project.tasks(*TASKS).write(joined(fatal, answering)).run("--progress", "none")
    assert done.code == 2 and f"has no model {fatal.name}" in done.err
    assert not project.journal.exists()
    project.write(joined(model, answering)).grow()


def test_a_server_that_is_not_there_is_told(model: Path, project: Project) -> None:
    done = project.tasks(*TASKS).write(joined(model, "http://127.0.0.1:9/v1")).run("--progress", "none")
    assert done.code == 2 and "no vLLM server answers at http://127.0.0.1:9/v1" in done.err
    assert not project.journal.exists()


def test_two_servers_share_the_work_and_one_digest_is_grown_by_either_way(model: Path, project: Project) -> None:
    alone = Project(project.folder / "inside", project.environment).write(grown(model, temperature=0, target=12))
    alone.grow()
    recipe = grown(model, use="vllm-server", temperature=0, target=12).replace("\nengine", "\nservers = 2\nengine")
    two = Project(project.folder / "served", project.environment).write(recipe)
    two.grow()
    assert two.manifest()["digest"] == alone.manifest()["digest"]
    assert len({answer["endpoint"] for answer in two.answers()}) == 2
    assert len(list((two.folder / ".ittgen").glob("vllm-server-tiny-*.log"))) == 2


def test_an_adapter_answers_over_a_server_as_in_process(model: Path, project: Project) -> None:
    more = f'lora = "{tiny.adapter(project.folder / "adapter")}"'
    inside = answered(project, "inside", teacher(model, more=more))
    assert answered(project, "served", teacher(model, "vllm-server", more=more)) == inside


def test_a_port_in_use_is_told_and_nothing_is_written(model: Path, project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        table = teacher(model, "vllm-server", more=f"port = {port}")
        done = project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED)).run()
    assert done.code == 2 and f"port {port} is in use" in done.err
    assert not (project.folder / ".ittgen").exists() and not (project.folder / "data").exists()


def test_a_server_that_cannot_start_says_why(model: Path, project: Project) -> None:
    table = teacher(model, "vllm-server").replace("268435456", "65536")
    done = project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED)).run("--progress", "none")
    assert done.code == 2, done.err
    assert "the vLLM server cannot start" in done.err and "not enough memory" in done.err
    assert not project.journal.exists()


def test_an_engine_that_dies_at_its_first_request_is_told_though_the_server_exits_with_0(
    fatal: Path, project: Project
) -> None:
    table = teacher(fatal, "vllm-server")
    done = project.tasks(*TASKS).write(DISTILLED.format(teacher=table, sampling=SAMPLED)).run("--progress", "none")
    assert done.code == 2 and "Traceback" not in done.err, "it never answered anything"
    assert "cannot start (exit code 0)" in done.err and "head_dim=16" in done.err
    assert not project.answers()


def running(model: Path, project: Project, tasks: int = 400) -> "subprocess.Popen[str]":
    """A run over a server of its own, with some answers stored."""
    project.tasks(*(f"{TASKS[n % 48]} {n}" for n in range(tasks)))
    project.write(DISTILLED.format(teacher=teacher(model, "vllm-server", engine=GUIDANCE), sampling=SAMPLED))
    process = project.start("--progress", "none", "--concurrency", "4", "--min-acceptance", "0")
    project.wait_for_answers(8, process)
    return process


def pids(project: Project, words: str) -> list[int]:
    (mark,) = project.environment.values()
    return [pid for pid, line in marked(mark) if words in line and "keeper" not in line]


@pytest.mark.parametrize(("part", "code"), [("-m vllm.entrypoints", 137), ("EngineCore", 0)])
def test_a_server_that_dies_stops_the_run_whatever_its_exit_code_and_the_run_goes_on_afterwards(
    model: Path, project: Project, part: str, code: int
) -> None:
    process = running(model, project)
    for pid in pids(project, part):
        os.kill(pid, signal.SIGKILL)
    done = ended(process)
    assert done.code == 3 and f"ended (exit code {code})" in done.err and "the end of its log" in done.err, done.err
    had = {answer["key"] for answer in project.answers()}
    done = project.grow()
    assert done.sent == 400 - len(had)
    assert len(project.rows()) + len(project.rows("rejected")) == 400


def test_a_run_that_is_killed_leaves_no_server(model: Path, project: Project) -> None:
    process = running(model, project)
    process.kill()
    process.communicate()


def test_one_ctrl_c_lands_what_is_in_flight_and_stops_the_server(model: Path, project: Project) -> None:
    process = running(model, project)
    process.send_signal(signal.SIGINT)
    done: Done = ended(process)
    assert done.code == 130 and "Traceback" not in done.err
    assert re.search(r"interrupted; what was received is stored", done.err)
    assert len(project.answers()) < 400
