"""The server of the benchmarks errs by a rule, answers by the body alone, and keeps an honest bill."""

import json
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks.loopback import Loopback
from benchmarks.loopback_server import RATES, Server

PATIENCE = 30.0
SILENCE = 0.05
"""Seconds after which a loopback server that would answer at once is known to stay silent."""


def body(task: str) -> bytes:
    return json.dumps({"model": "m", "messages": [{"role": "user", "content": task}]}).encode()


def connect(server: Loopback, timeout: float = PATIENCE) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", urlsplit(server.base_url).port or 0, timeout=timeout)


def send(connection: HTTPConnection, task: str, key: str = "") -> tuple[int, bytes]:
    headers = {"Idempotency-Key": key} if key else {}
    connection.request("POST", "/v1/chat/completions", body(task), headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def outcome(server: Loopback, key: str) -> str:
    """What a request under this key meets."""
    connection = connect(server, timeout=SILENCE if _is_silent(key) else PATIENCE)
    try:
        status, said = send(connection, "anything", key)
        return str(status) if status != 200 else "whole" if _parses(said) else "malformed"
    except TimeoutError:
        return "silent"
    except (ConnectionResetError, HTTPException):
        return "reset"
    finally:
        connection.close()


def until(holds: Callable[[], bool]) -> None:
    """Ask again and again. Raises TimeoutError when it does not come to hold."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"not so after {PATIENCE:g} s")


def _is_silent(key: str) -> bool:
    return rule(faults=10).fate(key, 1)[0] == "silent"


def _parses(said: bytes) -> bool:
    try:
        return bool(json.loads(said)["choices"][0]["message"]["content"])
    except ValueError:
        return False


def rule(**options: float) -> Server:
    """A server that is asked nothing but what it would do."""
    usual: dict[str, Any] = {"latency": 0.2, "lognormal": 0.0, "faults": 1.0, "seed": 0}
    return Server(**{**usual, **options}, log=None, away_after=0, away_for=0.0)


def test_the_answer_depends_on_the_body_and_not_on_the_key() -> None:
    with Loopback(latency=0) as server:
        connection = connect(server)
        first, again, other = send(connection, "a", "k1"), send(connection, "a", "k2"), send(connection, "b", "k3")
        connection.close()
    assert first == again
    assert first != other
    told = json.loads(first[1])
    assert len(told["choices"][0]["message"]["content"].split()) == 60
    assert told["usage"]["total_tokens"] == told["usage"]["prompt_tokens"] + told["usage"]["completion_tokens"]


def test_what_a_request_meets_depends_on_its_key_and_not_on_the_order() -> None:
    keys = [f"k{number}" for number in range(60)]
    with Loopback(latency=0, faults=10) as server:
        forwards = {key: outcome(server, key) for key in keys}
    with Loopback(latency=0, faults=10) as server:
        backwards = {key: outcome(server, key) for key in reversed(keys)}
    assert forwards == backwards
    named = {"busy": "429", "error": "500", "": "whole"}
    assert forwards == {key: named.get(fault := rule(faults=10).fate(key, 1)[0], fault) for key in keys}
    assert set(forwards.values()) == {"429", "500", "reset", "silent", "malformed"}


def test_faults_come_at_their_rates_and_anew_for_every_attempt() -> None:
    server = rule()
    drawn = [server.fate(f"k{number}", attempt)[0] for number in range(20_000) for attempt in (1, 2)]
    counts = Counter(drawn)
    assert {fault: counts[fault] / len(drawn) for fault in RATES} == pytest.approx(RATES, rel=0.25)
    assert counts[""] / len(drawn) == pytest.approx(1 - sum(RATES.values()), rel=0.01)
    assert drawn[::2] != drawn[1::2]


def test_the_latency_is_fixed_or_spread_around_the_same_mean() -> None:
    keys = [f"k{number}" for number in range(5000)]
    assert {rule().fate(key, 1)[1] for key in keys} == {0.2}
    spread = [rule(lognormal=1.0).fate(key, 1)[1] for key in keys]
    assert sum(spread) / len(spread) == pytest.approx(0.2, rel=0.1)
    assert max(spread) > 1.0


def test_a_busy_server_says_when_to_come_back() -> None:
    key = next(key for key in map(str, range(1000)) if rule().fate(key, 1)[0] == "busy")
    with Loopback(latency=0, faults=1) as server:
        connection = connect(server)
        connection.request("POST", "/v1/chat/completions", body("a"), {"Idempotency-Key": key})
        answer = connection.getresponse()
        connection.close()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "1")


def test_the_bill_counts_answers_sent_whole_and_those_sent_twice(tmp_path: Path) -> None:
    with Loopback(latency=0, log=tmp_path / "bill") as server:
        connection = connect(server)
        for key in ("a", "b", "a", "", ""):
            send(connection, "same", key)
        connection.close()
        seen = server.stats(keys=True)
        server.reset()
        assert server.stats()["requests"] == 0
    unnamed = next(key for key in seen["keys"] if key not in ("a", "b"))
    assert seen["keys"] == {"a": [2, 2], "b": [1, 1], unnamed: [2, 2]}
    assert (seen["requests"], seen["answered"], seen["billed_twice"], seen["peak_in_flight"]) == (5, 5, 2, 1)
    assert seen["first_request"] <= seen["last_answer"]
    assert (tmp_path / "bill").read_text().split() == ["a", "b", "a", unnamed, unnamed]


def test_faults_cost_nothing() -> None:
    with Loopback(latency=0, faults=10) as server:
        met = Counter(outcome(server, f"k{number}") for number in range(30))
        seen = server.stats()
    assert met["whole"] == seen["answered"] == 0
    assert sum(seen["faults"].values()) == seen["requests"] == 30


def test_who_hangs_up_before_the_answer_is_not_billed() -> None:
    with Loopback(latency=3600) as server:
        connection = connect(server)
        connection.request("POST", "/v1/chat/completions", body("a"), {"Idempotency-Key": "k"})
        until(lambda: server.stats()["requests"] == 1)
        connection.close()
        seen = server.stats(keys=True)
    assert seen["keys"] == {"k": [1, 0]}
    assert seen["last_answer"] is None


def test_requests_in_flight_are_counted_at_their_peak() -> None:
    with Loopback(latency=3600) as server:
        connections = [connect(server) for _ in range(5)]
        for number, connection in enumerate(connections):
            connection.request("POST", "/v1/chat/completions", body("a"), {"Idempotency-Key": str(number)})
        until(lambda: server.stats()["requests"] == 5)
        assert server.stats()["peak_in_flight"] == 5
        for connection in connections:
            connection.close()


def test_it_goes_away_and_comes_back_at_the_same_place() -> None:
    with Loopback(latency=0, away_after=3, away_for=1) as server:
        connection = connect(server)
        assert [send(connection, "a", key)[0] for key in "ab"] == [200, 200]
        with pytest.raises((ConnectionResetError, HTTPException)):
            send(connection, "a", "c")
        with pytest.raises(ConnectionRefusedError):
            send(connect(server), "a", "d")
        until(lambda: _answers(server))
        seen = server.stats(keys=True)
    assert seen["keys"] == {"a": [1, 1], "b": [1, 1], "c": [1, 0], "d": [1, 1]}


def _answers(server: Loopback) -> bool:
    connection = connect(server)
    try:
        return send(connection, "a", "d")[0] == 200
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()


def test_it_ends_when_the_program_that_started_it_is_gone() -> None:
    lines = (
        "from benchmarks.loopback import Loopback",
        "import os",
        "server = Loopback(latency=0).__enter__()",
        "print(server.base_url, flush=True)",
        "os._exit(9)",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=PATIENCE)
    port = urlsplit(done.stdout.strip()).port
    assert done.returncode == 9 and port
    until(lambda: not _listens(port))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_an_unknown_path_is_said_to_be_unknown_and_models_are_listed() -> None:
    with Loopback(latency=0) as server:
        connection = connect(server)
        statuses = []
        for path in ("/v1/models", "/v1/nothing"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
    assert statuses == [200, 404]


def test_requests_sent_without_waiting_are_answered_one_after_another() -> None:
    with Loopback(latency=0) as server, socket.create_connection(("127.0.0.1", urlsplit(server.base_url).port)) as wire:
        for task in "ab":
            data = body(task)
            wire.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(data), data))
        wire.settimeout(PATIENCE)
        said = b""
        while said.count(b'"total_tokens"') < 2:
            said += wire.recv(65536)
        assert server.stats()["answered"] == 2
