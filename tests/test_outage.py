"""A server that goes away and comes back, and one of two that never does: every row, and nothing paid twice."""

from collections import Counter
from pathlib import Path

from benchmarks.loopback import Loopback
from tests.openai_server import Body, OpenAIServer
from tests.projects import Project

BETWEEN = '[{{ base_url = "{}", name = "steady" }}, {{ base_url = "{}", name = "shaky" }}]'
FOR_GOOD = 3600.0


def between(steady: str, shaky: str) -> str:
    """The option for two servers."""
    return f"endpoints = {BETWEEN.format(steady, shaky)}"


def answer(body: Body) -> tuple[str, str]:
    return "As you wish.", "stop"


def test_a_server_that_is_gone_for_a_while_loses_no_row(tmp_path: Path) -> None:
    with Loopback(latency=0.02, away_after=200, away_for=1.5) as server:
        project = Project(tmp_path, server.base_url)
        done = project.grow("--concurrency", "32")
        bill = server.stats()
    assert (done.code, done.err, len(project.rows())) == (0, "", 500)
    assert bill["requests"] > 500, "some were on the wire when it went"
    assert bill["keys_answered"] == 500 and not bill["billed_twice"]


def test_a_server_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    """The first request finds a closed port; the server is back at the same one, as after a restart."""
    with Loopback(latency=0.02, away_after=1, away_for=1.0) as server:
        project = Project(tmp_path, server.base_url, tasks=20)
        done = project.grow("--concurrency", "8")
        bill = server.stats()
    assert (done.code, done.err, len(project.rows())) == (0, "", 20)
    assert bill["keys_answered"] == 20 and not bill["billed_twice"]


def test_when_one_of_two_endpoints_dies_the_other_answers_the_rest(tmp_path: Path) -> None:
    with Loopback(latency=0.02) as steady, Loopback(latency=0.02, away_after=100, away_for=FOR_GOOD) as shaky:
        project = Project(tmp_path, "", teacher=between(steady.base_url, shaky.base_url))
        done = project.grow("--concurrency", "32")
        bill, answered_before_it_died = steady.stats(keys=True), project.asked_by()["shaky"]
    assert (done.code, done.err, len(project.rows())) == (0, "", 500)
    assert 0 < answered_before_it_died < 100
    assert project.asked_by() == Counter(steady=500 - answered_before_it_died, shaky=answered_before_it_died)
    assert bill["answered"] == bill["keys_answered"] == 500 - answered_before_it_died, "nothing is bought twice"


def test_the_answers_of_one_endpoint_serve_a_run_with_another(tmp_path: Path) -> None:
    """Which server answered is no part of a request's key."""
    with OpenAIServer(answer) as first, OpenAIServer(answer) as second:
        project = Project(tmp_path, first.base_url, tasks=30)
        assert project.grow().code == 0
        Project(tmp_path, "", tasks=40, teacher=between(first.base_url, second.base_url))
        assert project.grow().code == 0
    assert len(project.rows()) == 40
    assert len(set(first.billed) | set(second.billed)) == 40
    assert (first.billed + second.billed).most_common(1)[0][1] == 1
