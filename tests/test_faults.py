"""A server that fails as servers do loses no row and is paid for nothing twice; what it will never answer ends the run.

Everything is real: the command line in a process of its own, and over HTTP a server in another one, or in the test
where the test has to say what it answers.
"""

import json
import threading
from pathlib import Path

import pytest

from benchmarks.loopback import Loopback
from benchmarks.loopback_server import RATES
from tests.openai_server import Body, Fault, OpenAIServer
from tests.projects import VARIABLE, Project, ended, task

TIMEOUT = "timeout = 2.0\n"
"""For those that never answer."""
CONCURRENCY = 4
FEW = ("--concurrency", str(CONCURRENCY))
MANY = ("--concurrency", "16")
KEY = "sk-a-key-of-no-use-0123456789"


def answer(body: Body) -> tuple[str, str]:
    return f"It is described: {body['messages'][-1]['content']}", "stop"


def refusing(message: str, status: int = 400, code: str | None = None) -> Fault:
    return ("status", status, {}, {"error": {"message": message, "type": "invalid_request_error", "code": code}})


def asks(body: Body, number: int) -> bool:
    return bool(body["messages"][-1]["content"] == task(number))


# Worth another try


def test_the_usual_faults_lose_no_row_and_buy_nothing_twice(tmp_path: Path) -> None:
    with Loopback(latency=0.02, faults=1, seed=1, retry_after=0.05) as server:
        project = Project(tmp_path, server.base_url, teacher=TIMEOUT)
        done = project.grow("--concurrency", "64")
        bill = server.stats()
    assert (done.code, done.err) == (0, "")
    assert set(bill["faults"]) == set(RATES), "each kind of fault was met"
    assert len(project.rows()) == len(project.stored()) == 500
    assert bill["keys_asked"] == bill["keys_answered"] == 500 and not bill["billed_twice"]


def test_five_times_the_faults_end_with_every_row_or_a_reason_to_run_again(tmp_path: Path) -> None:
    with Loopback(latency=0.02, faults=5, seed=111, retry_after=0.05) as server:
        project = Project(tmp_path, server.base_url, tasks=150, teacher=TIMEOUT)
        for _ in range(5):
            done = project.grow("--concurrency", "64")
            if done.code == 0:
                break
            assert done.code == 3 and "run again" in done.err
        bill = server.stats()
    assert "Traceback" not in done.err
    assert set(bill["faults"]) == set(RATES)
    assert (done.code, len(project.rows())) == (0, 150), done.err
    assert not bill["billed_twice"]


# Not worth another try


@pytest.mark.parametrize("tasks", [1, CONCURRENCY, 200])
def test_a_wrong_key_stops_the_run_at_once_and_says_where_it_was_read(tmp_path: Path, tasks: int) -> None:
    said = refusing(f"Incorrect API key provided: {KEY}", 401, "invalid_api_key")
    with OpenAIServer(answer, faults=lambda number, body: said) as server:
        project = Project(tmp_path, server.base_url, tasks=tasks, teacher=f'api_key_env = "{VARIABLE}"')
        done = project.grow(*FEW, env={VARIABLE: KEY})
        assert done.code == 3 and "Traceback" not in done.err
        assert VARIABLE in done.err and "Incorrect API key provided" in done.err and KEY not in done.err
        assert len(server.requests) <= CONCURRENCY
        assert set(server.counts.values()) == {1}, "nothing is tried again"
        assert not project.stored()
        server.faults = lambda number, body: None
        again = project.grow(*FEW, env={VARIABLE: KEY})
        assert (again.code, len(project.rows())) == (0, tasks), again.err


def test_a_key_that_is_revoked_half_way_stops_the_run_with_every_answer_stored(tmp_path: Path) -> None:
    said = refusing("Incorrect API key provided", 401, "invalid_api_key")
    with OpenAIServer(answer, faults=lambda number, body: said if number > 50 else None) as server:
        project = Project(tmp_path, server.base_url, tasks=200, teacher=f'api_key_env = "{VARIABLE}"')
        done = project.grow(*FEW, env={VARIABLE: KEY})
        assert done.code == 3 and VARIABLE in done.err
        assert len(server.requests) <= 50 + CONCURRENCY and set(server.counts.values()) == {1}
        assert project.stored() == set(server.billed)
        server.faults = lambda number, body: None
        assert project.grow(*FEW, env={VARIABLE: KEY}).code == 0
    assert len(project.rows()) == 200 and set(server.billed.values()) == {1}


def test_five_unclear_refusals_in_a_row_stop_the_run_and_are_not_stored(tmp_path: Path) -> None:
    said = refusing("this server would rather not")
    with OpenAIServer(answer, faults=lambda number, body: said) as server:
        project = Project(tmp_path, server.base_url, tasks=200)
        done = project.grow(*MANY)
        assert done.code == 3 and "Traceback" not in done.err
        assert "this server would rather not" in done.err and "run again" in done.err
        assert 5 <= len(server.requests) <= 5 + 16, "those on the wire when the fifth came, and no more"
        assert set(server.counts.values()) == {1}, "nothing is tried again"
        assert not project.stored()
        server.faults = lambda number, body: None
        again = project.grow(*MANY)
        assert (again.code, len(project.rows())) == (0, 200), again.err


@pytest.mark.parametrize("refused", [{0}, {20}, {39}, {3, 17, 30, 38}])
def test_a_task_that_is_refused_among_others_is_rejected_and_the_run_goes_on(tmp_path: Path, refused: set[int]) -> None:
    def fault(number: int, body: Body) -> Fault | None:
        return refusing("not this one") if any(asks(body, n) for n in refused) else None

    with OpenAIServer(answer, faults=fault) as server:
        project = Project(tmp_path, server.base_url, tasks=40)
        done = project.grow(*FEW)
        assert (done.code, len(project.rows())) == (0, 40 - len(refused)), done.err
        rejected = project.rejected()
        assert [rejection["rule"] for rejection in rejected] == ["error"] * len(refused)
        assert all("not this one" in str(rejection) for rejection in rejected)
        assert set(server.counts.values()) == {1}, "nothing is tried again, and nothing anew by a second run"
        assert project.grow(*FEW).code == 0 and len(server.requests) == 40


def test_what_is_in_flight_beside_a_hopeless_request_lands_and_is_stored(tmp_path: Path) -> None:
    stopping = threading.Event()

    def fault(number: int, body: Body) -> Fault | None:
        return refusing("Incorrect API key provided", 401, "invalid_api_key") if number == CONCURRENCY else None

    def late(body: Body) -> tuple[str, str]:
        assert stopping.wait(30), "the run goes on after a refused key"
        return answer(body)

    with OpenAIServer(late, faults=fault) as server:
        project = Project(tmp_path, server.base_url, tasks=50)
        process = project.start("grow", "recipe.toml", "--progress", "json", *FEW)
        assert process.stderr
        while line := process.stderr.readline():
            if json.loads(line)["event"] == "stopping":
                break
        stopping.set()
        assert ended(process).code == 3
    assert len(server.requests) == CONCURRENCY
    assert len(server.billed) == CONCURRENCY - 1 and project.stored() == set(server.billed)
