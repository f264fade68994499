"""The wire: time-outs, connections, proxies, certificates, and answers that no honest server would give."""

import asyncio
import base64
import gzip
import json
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from ittgen.calls import Request, Response
from ittgen.errors import IttgenError, TeacherError, TransientError, UsageError
from ittgen.records import Message
from ittgen.teachers import wire
from ittgen.teachers.openai import OpenAI
from tests.openai_server import OpenAIServer, raw

KEY = "sk-planted-0123456789abcdef"
REQUEST = Request("m", (Message("user", "Name a river."),))
BODY = b'{"choices": [{"message": {"content": "The Nile."}}]}'
PROXIES = "http_proxy https_proxy all_proxy no_proxy"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but a test's own."""
    for name in PROXIES.split():
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def ask(teacher: OpenAI, request: Request = REQUEST) -> Response:
    try:
        return await teacher.ask(request)
    finally:
        await teacher.close()


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    head = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers)
    return "\r\n".join((*head, "", "")).encode() + body


# Connections


async def test_one_call_after_another_goes_over_one_connection() -> None:
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        teacher = OpenAI("m", base_url=server.base_url)
        for _ in range(5):
            await teacher.ask(REQUEST)
        assert len(server._http._open) == 1
        await teacher.close()


async def test_as_many_connections_are_held_as_are_asked_for() -> None:
    hold = threading.Event()
    with OpenAIServer(lambda body: ("x", "stop"), hold=hold) as server:
        teacher = OpenAI("m", base_url=server.base_url)
        tasks = [asyncio.create_task(teacher.ask(REQUEST)) for _ in range(150)]
        await asyncio.to_thread(server.wait_for, 150)
        hold.set()
        assert {reply.text for reply in await asyncio.gather(*tasks)} == {"x"}
        await teacher.close()
        assert server.peak == 150


async def test_after_close_it_may_be_used_again() -> None:
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        teacher = OpenAI("m", base_url=server.base_url)
        assert (await ask(teacher)).text == (await ask(teacher)).text == "x"


async def test_a_request_that_may_have_arrived_is_not_sent_again_from_here() -> None:
    """The connection was kept, and the server hangs up on the second request instead of answering it."""
    with OpenAIServer(lambda body: ("x", "stop"), faults=lambda n, _: "reset" if n == 2 else None) as server:
        teacher = OpenAI("m", base_url=server.base_url)
        await teacher.ask(REQUEST)
        with pytest.raises(TransientError):
            await ask(teacher)
        assert len(server.requests) == 2


async def test_too_many_open_files_are_called_by_their_name_and_slow_things_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = """
import asyncio, resource, sys
from ittgen.calls import Request
from ittgen.errors import TransientError
from ittgen.records import Message
from ittgen.teachers.openai import OpenAI

async def main():
    teacher = OpenAI("m", base_url=sys.argv[1])
    request = Request("m", (Message("user", "x"),))
    await teacher.ask(request)
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
    done = await asyncio.gather(*(teacher.ask(request) for _ in range(80)), return_exceptions=True)
    await teacher.close()
    errors = [error for error in done if isinstance(error, BaseException)]
    assert errors and all(type(error) is TransientError and error.busy for error in errors), errors
    print(errors[0])

asyncio.run(main())
"""
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        run = [sys.executable, "-c", script, server.base_url]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert "too many open files; lower --concurrency" in done.stdout, done.stderr


# Time-outs


async def test_an_answer_that_never_begins_ends() -> None:
    hold = threading.Event()
    with OpenAIServer(hold=hold) as server:
        teacher = OpenAI("m", base_url=server.base_url, first_byte_timeout=0.05)
        with pytest.raises(TransientError, match=r"no answer began within 0\.05 s"):
            await ask(teacher)


async def test_a_first_byte_in_time_is_enough() -> None:
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        assert (await ask(OpenAI("m", base_url=server.base_url, first_byte_timeout=30))).text == "x"


async def test_a_connection_that_does_not_come_ends() -> None:
    """A server whose queue of connections is full does not answer those who knock."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for knocking in (first, second):
            knocking.setblocking(False)
            knocking.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        with pytest.raises(TransientError, match=r"no connection within 0\.2 s"):
            await ask(OpenAI("m", base_url=url, connect_timeout=0.2))


# Answers


async def test_an_answer_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 2**20)

    def endless(to: BinaryIO) -> None:
        to.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            to.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")

    with raw(endless) as url, pytest.raises(TransientError, match="more than 1 MiB"):
        await ask(OpenAI("m", base_url=url))


async def test_an_answer_that_unpacks_to_too_much_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 2**20)
    packed = gzip.compress(b" " * 2**24)
    with raw(lambda to: to.write(http(packed, "Content-Encoding: gzip"))) as url, pytest.raises(TransientError):
        await ask(OpenAI("m", base_url=url))


@pytest.mark.parametrize("long", [9, 3_000_000])
async def test_packed_and_long_answers_are_read_whole(long: int) -> None:
    text = "".join(random.Random(long).choices("abcdefgh ", k=long))
    body = gzip.compress(json.dumps({"choices": [{"message": {"content": text}}]}).encode(), 1)
    with raw(lambda to: to.write(http(body, "Content-Encoding: gzip"))) as url:
        assert (await ask(OpenAI("m", base_url=url))).text == text


async def test_a_long_request_arrives_whole() -> None:
    request = Request("m", (Message("user", "é" * 1_500_000),))
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        await ask(OpenAI("m", base_url=server.base_url), request)
    assert server.requests[0][1]["messages"][0]["content"] == "é" * 1_500_000


@pytest.mark.parametrize("round", range(40))
async def test_an_answer_with_damaged_bytes_is_an_answer_or_an_error_of_ours(round: int) -> None:
    chance = random.Random(round)
    packed = round % 3 == 0
    body = gzip.compress(BODY) if packed else BODY
    head = ("Content-Encoding: gzip",) if packed else ()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
    whole = chunked % (len(body), body) if round % 3 == 1 else http(body, *head)
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = bytes(data[: chance.randrange(1, len(data))] if round % 5 == 0 else data)
    with raw(lambda to: to.write(cut)) as url:
        try:
            assert isinstance(await ask(OpenAI("m", base_url=url, timeout=20)), Response)
        except TeacherError as error:
            assert str(error).startswith(url)


@pytest.mark.parametrize("status", ["301 Moved", "307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_redirect_is_not_followed_with_a_key(monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    with OpenAIServer() as other:
        answer = http(b"", f"Location: {other.base_url}/chat/completions", status=status)
        with raw(lambda to: to.write(answer)) as url, pytest.raises(TeacherError, match=other.base_url) as caught:
            await ask(OpenAI("m", base_url=url, api_key_env="MY_KEY"))
        assert other.requests == [] and not isinstance(caught.value, TransientError)


async def test_a_cookie_is_not_kept() -> None:
    heads: list[bytes] = []
    with raw(lambda to: to.write(http(BODY, "Set-Cookie: a=b; Path=/")), heads) as url:
        teacher = OpenAI("m", base_url=url.replace("127.0.0.1", "localhost"))
        await teacher.ask(REQUEST)
        await ask(teacher)
    assert len(heads) == 2 and b"cookie" not in b"".join(heads).lower()


async def test_a_query_of_the_base_url_stays() -> None:
    heads: list[bytes] = []
    with raw(lambda to: to.write(http(BODY)), heads) as url:
        await ask(OpenAI("m", base_url=f"{url}/?api-version=2"))
    assert heads[0].startswith(b"POST /v1/chat/completions?api-version=2 HTTP/1.1")


# Proxies

TUNNEL_REFUSED = http(b"", status="407 Proxy Authentication Required")


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_a_proxy_is_used_and_given_its_password(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    heads: list[bytes] = []
    with raw(lambda to: to.write(http(BODY)), heads) as url:
        monkeypatch.setenv(name, url.replace("http://", "http://me:p%40ss@"))
        reply = await ask(OpenAI("m", base_url="http://nowhere.invalid/v1"))
    assert reply.text == "The Nile."
    assert heads[0].startswith(b"POST http://nowhere.invalid/v1/chat/completions HTTP/1.1")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"me:p@ss") in heads[0]


async def test_a_tunnel_is_asked_for_without_the_teachers_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    heads: list[bytes] = []
    with raw(lambda to: to.write(TUNNEL_REFUSED), heads) as url:
        monkeypatch.setenv("HTTPS_PROXY", url.replace("http://", "http://me:p%40ss@"))
        with pytest.raises(TeacherError, match="the proxy wants another password") as caught:
            await ask(OpenAI("m", base_url="https://nowhere.invalid/v1", api_key_env="MY_KEY"))
    assert heads[0].startswith(b"CONNECT nowhere.invalid:443 ")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"me:p@ss") in heads[0]
    assert KEY.encode() not in heads[0] and b"Bearer" not in heads[0]
    assert "ss" not in str(caught.value).replace("password", "")


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
async def test_a_server_that_is_excepted_is_asked_directly(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://nowhere.invalid:9")
    monkeypatch.setenv(name, "example.org,127.0.0.1")
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        assert (await ask(OpenAI("m", base_url=server.base_url))).text == "x"


def test_a_proxy_of_another_kind_is_refused_and_its_password_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:secret@nowhere.invalid:1080")
    with pytest.raises(UsageError, match="NO_PROXY") as caught:
        OpenAI("m", base_url="http://one/v1").check()
    assert "secret" not in str(caught.value)


# Certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and the certificate that it signed itself, in one file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    wanted = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    run = ["openssl", "req", "-x509", *key, "-keyout", str(file), "-out", f"{file}.crt", *wanted]
    subprocess.run(run, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = OpenAIServer(lambda body: ("x", "stop"))
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    with server:
        yield server


def https(server: OpenAIServer) -> OpenAI:
    return OpenAI("m", base_url=server.base_url.replace("http:", "https:"))


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
async def test_an_authority_of_ones_own_is_trusted(
    secure: OpenAIServer, certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"{certificate}.crt")
    assert (await ask(https(secure))).text == "x"


async def test_a_python_without_the_systems_authorities_trusts_the_packaged_ones(
    secure: OpenAIServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = ssl.get_default_verify_paths()._replace(cafile=None, capath=None)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: none)
    monkeypatch.setattr("certifi.where", lambda: f"{certificate}.crt")
    assert (await ask(https(secure))).text == "x"


async def test_a_certificate_that_nobody_vouches_for_is_refused(secure: OpenAIServer) -> None:
    with pytest.raises(TeacherError, match="certificate is not trusted") as caught:
        await ask(https(secure))
    assert not isinstance(caught.value, TransientError) and secure.requests == []


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"])
def test_certificates_that_are_not_there_are_named_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "missing"))
    with pytest.raises(IttgenError, match=name):
        OpenAI("m", base_url="https://one/v1").check()
    OpenAI("m", base_url="http://one/v1").check()


def test_a_file_without_certificates_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "empty.pem"))
    with pytest.raises(UsageError, match="cannot be read"):
        OpenAI("m", base_url="https://one/v1").check()


# What is imported


def test_the_sdk_is_not_imported_to_ask(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from ittgen.calls import Request
from ittgen.records import Message
from ittgen.teachers.openai import OpenAI

early = "aiohttp" in sys.modules
teacher = OpenAI("m", base_url=sys.argv[1])

async def main():
    print((await teacher.ask(Request("m", (Message("user", "x"),)))).text)
    await teacher.close()

asyncio.run(main())
print(early, "openai" in sys.modules, "pydantic" in sys.modules)
"""
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        run = [sys.executable, "-c", script, server.base_url]
        done = subprocess.run(run, capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.split() == ["x", "False", "False", "False"]
