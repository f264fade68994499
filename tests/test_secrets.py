"""The key is in no message and no file, whatever a server says; and nobody but the teacher is spoken to.

A key is planted in the environment, a server on loopback repeats it in every kind of failure, and then everything
that a run left behind is searched for it.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from ittgen.cli import main
from tests.openai_server import OpenAIServer
from tests.projects import VARIABLE, Done, Project

KEY = "sk-plant-9f27c14b0aXd0e837751"
ODD_KEY = 'sk-"plant-9f2\\7c14b0a"Xd0e837751'
"""With the characters that JSON and Python write in another way than they are."""
TELLING = 12
"""Characters of the key from its beginning that may stand nowhere; fewer are what a server itself shows of one."""
SHORT = "0.005"
"""Minutes after which a run that would try again for long is over."""
Run = Callable[..., Done]


def http(status: str, body: object, *headers: str) -> bytes:
    """An answer as it goes over the wire; a body that is no text is sent as JSON."""
    data = (body if isinstance(body, str) else json.dumps(body)).encode()
    head = "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: application/json", "Connection: close", *headers])
    return f"{head}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


def error(message: str, **more: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", **more}}


def completion(text: str = "As you wish.", reason: str = "stop", **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
    return {"id": "c-1", "object": "chat.completion", "model": "m", "choices": [{**choice, **more}]}


TOLD = f"Incorrect API key provided: {KEY}, sent as Bearer {KEY}."
FAILURES: dict[str, bytes] = {
    "401": http("401 Unauthorized", error(TOLD, code="invalid_api_key")),
    "401 in bare text": http("401 Unauthorized", TOLD),
    "403": http("403 Forbidden", error(TOLD)),
    "404": http("404 Not Found", {"detail": TOLD}),
    "400": http("400 Bad Request", error(TOLD)),
    "400 without a message": http("400 Bad Request", {"headers": {"authorization": f"Bearer {KEY}"}}),
    "400 that names the key as parameter": http(
        "400 Bad Request", error("unknown", param=KEY, code="unknown_parameter")
    ),
    "too long a context": http("400 Bad Request", error(f"maximum context length, {TOLD}")),
    "429 for good": http("429 Too Many Requests", error(TOLD, code="insufficient_quota")),
    "429": http("429 Too Many Requests", error(TOLD), "Retry-After: 30"),
    "500": http("500 Internal Server Error", error(TOLD)),
    "500 with a page": http("500 Internal Server Error", "x" * 780 + KEY),
    "503": http("503 Service Unavailable", TOLD),
    "a redirect": http("302 Found", "", f"Location: http://127.0.0.1:9/{KEY}"),
    "a header of a failure": http("400 Bad Request", error("no"), f"X-Echo: {KEY}", f"X-Request-Id: {KEY}"),
    "a malformed body": http("200 OK", f'{{"choices": [{{"message": "{TOLD}'),
    "no message": http("200 OK", {"choices": [{"text": TOLD}]}),
    **{
        f"no message, and the key cut at {at}": http("200 OK", {"choices": [], "pad": "x" * at, "key": KEY})
        for at in (120, 130, 140, 150, 160)
    },
    "an error with status 200": http("200 OK", error(TOLD)),
    "an error of the finish": http("200 OK", completion(reason="error", error={"message": TOLD})),
    "an error that speaks of the request": http("200 OK", error(f"content filter: {TOLD}", code="content_filter")),
    "a status line": f"HTTP/1.1 {KEY} what\r\n\r\n".encode(),
    "a broken header": f"HTTP/1.1 200 OK\r\nBad Header {KEY}\r\n\r\n".encode(),
    "a broken length": f"HTTP/1.1 200 OK\r\nContent-Length: {KEY}\r\n\r\n".encode(),
    "no HTTP": f"{KEY}\r\n{KEY}\r\n\r\n".encode(),
    "a header that is too long": f"HTTP/1.1 200 OK\r\nX-Long: {'x' * 70}{KEY}{'y' * 9000}\r\n\r\n".encode(),
    "a status that is too long": f"HTTP/1.1 200 {'x' * 75}{KEY}{'y' * 9000}\r\n\r\n".encode(),
    "less than announced": f"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{TOLD}".encode(),
}
PLACES = {
    "headers": http("200 OK", {**completion(), "id": None}, f"X-Echo: {KEY}", f"X-Request-Id: {KEY}"),
    "its name for the model": http("200 OK", {**completion(), "model": KEY}),
    "its number of the answer": http("200 OK", {**completion(), "id": KEY}),
    "why it ended": http("200 OK", completion(reason=KEY)),
}
"""Answers that are good, with the key where no key belongs."""


@contextmanager
def saying(said: bytes) -> Iterator[str]:
    """A server that says this to everything it is asked, byte for byte; its base_url."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while (line := self.rfile.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.rfile.read(length)
            self.wfile.write(said)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hung up is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("doctor", "recipe.toml")` in this process, with the key planted and tracebacks shown."""
    monkeypatch.chdir(tmp_path)
    for name, value in {VARIABLE: KEY, "ITTGEN_TRACEBACK": "1", "NO_PROXY": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> Done:
        with pytest.raises(SystemExit) as exit:
            main(list(words))
        return Done(int(exit.value.code or 0), *capsys.readouterr())

    return run


def project_at(folder: Path, base_url: str) -> Project:
    return Project(folder, base_url, tasks=6, teacher=f'api_key_env = "{VARIABLE}"\ntimeout = 5.0\n')


def spellings(text: str) -> Iterator[str]:
    """The text, and as JSON and Python write it."""
    yield from {text, json.dumps(text)[1:-1], repr(text)[1:-1], json.dumps(json.dumps(text)[1:-1])[1:-1]}


def leaks(project: Project, done: Done, key: str = KEY) -> list[str]:
    """Where the key is, or a telling part of it from its beginning."""
    texts = {"stdout": done.out.encode(), "stderr": done.err.encode()}
    texts |= {str(path.relative_to(project.folder)): path.read_bytes() for path in project.files()}
    parts = [part.encode() for whole in (key, key[:TELLING]) for part in spellings(whole)]
    return [name for name, data in texts.items() if any(part in data for part in parts)]


def test_the_search_finds_what_it_searches_for(tmp_path: Path) -> None:
    project = project_at(tmp_path, "http://127.0.0.1:9/v1")
    (tmp_path / "left.bin").write_bytes(b"\x00" + KEY.encode() + b"\x00")
    assert leaks(project, Done(0, json.dumps(KEY), repr(KEY[:20]))) == ["stdout", "stderr", "left.bin"]
    assert leaks(project, Done(0, "", KEY[:3])) == ["left.bin"]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_that_repeats_the_key_leaves_it_nowhere(tmp_path: Path, run: Run, failure: str) -> None:
    with saying(FAILURES[failure]) as base_url:
        project = project_at(tmp_path, base_url)
        looked = run("doctor", "recipe.toml")
        grown = run("grow", "recipe.toml", "--progress", "json", "--max-minutes", SHORT, "--freeze-partial")
    assert looked.code == 1, "it shows what the server said"
    assert grown.code in (0, 3), grown.err
    assert not leaks(project, looked) + leaks(project, grown)


def test_a_key_that_could_be_written_in_other_ways_is_refused_before_anything_is_sent(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotes and backslashes: no server's key has them, and escaped they would not be recognised."""
    monkeypatch.setenv(VARIABLE, ODD_KEY)
    with OpenAIServer() as server:
        project = project_at(tmp_path, server.base_url)
        done = run("grow", "recipe.toml")
    assert done.code == 2 and VARIABLE in done.err
    assert not server.requests and not leaks(project, done, ODD_KEY)


@pytest.mark.parametrize("failure", ["401", "400", "too long a context"])
def test_programs_of_their_own_that_show_tracebacks_leave_it_nowhere_either(tmp_path: Path, failure: str) -> None:
    with saying(FAILURES[failure]) as base_url:
        project = project_at(tmp_path, base_url)
        grown = project.run("-v", "grow", "recipe.toml", "--progress", "plain", env={VARIABLE: KEY})
        tried = project.run("-v", "try", "recipe.toml", "-n", "2", env={VARIABLE: KEY})
    assert grown.code == 3 and tried.code == (0 if failure == "too long a context" else 3)
    assert not leaks(project, grown) + leaks(project, tried)


def test_no_server_at_all_leaves_it_nowhere(tmp_path: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    project = project_at(tmp_path, f"http://127.0.0.1:{port}/v1")
    looked = run("doctor", "recipe.toml")
    assert looked.code == 1 and "127.0.0.1" in looked.out
    assert not leaks(project, looked)


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_with_the_key_where_none_belongs_is_used_and_the_key_is_not_kept(
    tmp_path: Path, run: Run, place: str
) -> None:
    with saying(PLACES[place]) as base_url:
        project = project_at(tmp_path, base_url)
        done = run("grow", "recipe.toml", "-q", "--freeze-partial", "--min-acceptance", "0")
    assert done.code in (0, 3) and len(project.stored()) == 6, done.err
    assert not leaks(project, done)


def test_an_answer_whose_own_text_is_the_key_is_the_servers_and_kept_as_it_is(tmp_path: Path, run: Run) -> None:
    with saying(http("200 OK", completion(f"Your key is {KEY}."))) as base_url:
        project = project_at(tmp_path, base_url)
        assert run("grow", "recipe.toml", "-q").code == 0
    assert {row["output"] for row in project.rows()} == {f"Your key is {KEY}."}


# Nobody else is spoken to

WATCH = """
import os
import sys

WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
           "os.posix_spawn", "os.fork", "os.exec", "os.system", "urllib.Request")

def note(event, arguments):
    if event in WATCHED:
        with open(os.environ["WATCH_LOG"], "a") as log:
            print(event, repr(arguments[-1] if event == "socket.connect" else arguments), file=log)

sys.addaudithook(note)
"""
"""As sitecustomize: writes down everybody that a process speaks to, and every process that it starts."""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which everybody spoken to is written down."""
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH)
    return {"PYTHONPATH": str(watch), "WATCH_LOG": str(tmp_path / "spoken"), VARIABLE: KEY}


def test_the_watch_sees_whom_a_process_speaks_to(tmp_path: Path, watched: dict[str, str]) -> None:
    with OpenAIServer() as server:
        project = project_at(tmp_path / "project", server.base_url)
        code = f"import urllib.request as u, os; u.urlopen({server.base_url!r} + '/models').read(); os.system('true')"
        assert project.run(python=("-c", code), env=watched).code == 0
    said = (tmp_path / "spoken").read_text()
    assert "socket.connect" in said and "os.system" in said


def test_a_run_speaks_to_the_teacher_and_to_nobody_else(tmp_path: Path, watched: dict[str, str]) -> None:
    with OpenAIServer(noise=0.0) as server:
        project = project_at(tmp_path / "project", server.base_url)
        for verb in (["doctor"], ["try", "-n", "2"], ["grow"], ["plan"], ["status"]):
            done = project.run(verb[0], "recipe.toml", *verb[1:], env=watched)
            assert done.code == 0, done
        for verb in (["verify", "link"], ["show", "link"], ["export", "link", "alpaca"]):
            done = project.run(*verb, env=watched)
            assert done.code == 0, done
        port = urlsplit(server.base_url).port
    assert len(server.requests) >= 6
    assert set((tmp_path / "spoken").read_text().splitlines()) == {f"socket.connect ('127.0.0.1', {port})"}
