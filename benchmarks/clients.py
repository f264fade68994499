"""The clients that `teacher` compares, each run as a process of its own:

    python benchmarks/clients.py CLIENT FOLDER BASE_URL CONCURRENCY TIMEOUT

asks for an answer to every task in FOLDER/tasks.jsonl and prints one JSON line: rows got, times it had to be started
again, CPU seconds and peak memory of this process. It imports nothing but what the client at hand needs, because the
time until the first request is measured.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

STARTS = 20
"""How often a run that stopped is gone on with."""
RECIPE = """
name = "bench"
seed = 1
seeds = "./tasks.jsonl"
[teacher]
use = "openai"
model = "loopback"
base_url = "{base_url}"
timeout = {timeout}
[[stage]]
name = "answer"
generator = {{ use = "distill" }}
filter = [{{ use = "empty" }}]
"""
Body = dict[str, Any]
Send = Callable[[Body], Awaitable[str]]


def write_tasks(folder: Path, count: int) -> None:
    lines = (json.dumps({"instruction": f"Tell in a sentence what the number {n} is good for."}) for n in range(count))
    (folder / "tasks.jsonl").write_text("".join(f"{line}\n" for line in lines))


def bodies(folder: Path) -> list[Body]:
    tasks = [json.loads(line)["instruction"] for line in (folder / "tasks.jsonl").open()]
    return [{"model": "loopback", "messages": [{"role": "user", "content": task}]} for task in tasks]


async def send_all(send: Send, folder: Path, concurrency: int) -> int:
    """As scripts do: a task for every body, a semaphore, gather; the number of answers that hold text."""
    places = asyncio.Semaphore(concurrency)

    async def one(body: Body) -> str:
        async with places:
            return await send(body)

    answers = await asyncio.gather(*map(one, bodies(folder)), return_exceptions=True)
    return sum(isinstance(answer, str) and bool(answer) for answer in answers)


async def plain(folder: Path, base_url: str, concurrency: int, timeout: float) -> int:
    """`AsyncOpenAI` as it comes, its own two retries on."""
    import openai

    async with openai.AsyncOpenAI(api_key="none", base_url=base_url, timeout=timeout) as client:
        return await send_all(_through(client), folder, concurrency)


async def sdk_on_aiohttp(folder: Path, base_url: str, concurrency: int, timeout: float) -> int:
    """`AsyncOpenAI` with the HTTP client of `openai[aiohttp]`."""
    import openai

    http = openai.DefaultAioHttpClient(timeout=timeout)
    async with openai.AsyncOpenAI(api_key="none", base_url=base_url, timeout=timeout, http_client=http) as client:
        return await send_all(_through(client), folder, concurrency)


def _through(client: Any) -> Send:
    async def send(body: Body) -> str:
        answer = await client.chat.completions.create(**body)
        return str(answer.choices[0].message.content)

    return send


async def bare(folder: Path, base_url: str, concurrency: int, timeout: float) -> int:
    """aiohttp and nothing else: what the wire costs. It retries nothing."""
    import aiohttp

    connector, limit = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(total=timeout)
    async with aiohttp.ClientSession(connector=connector, timeout=limit, raise_for_status=True) as session:

        async def send(body: Body) -> str:
            async with session.post(f"{base_url}/chat/completions", json=body) as answer:
                return str((await answer.json())["choices"][0]["message"]["content"])

        return await send_all(send, folder, concurrency)


def grow(folder: Path, base_url: str, concurrency: int, timeout: float) -> tuple[int, int]:
    """`ittgen.grow`: journal, parse, filter, commit, freeze. Rows, and how often it stopped and was started again."""
    import ittgen

    (folder / "recipe.toml").write_text(RECIPE.format(base_url=base_url, timeout=timeout))
    for stops in range(STARTS):
        try:
            version = ittgen.grow(
                folder / "recipe.toml",
                data=folder / "data",
                journal=folder / "journal.sqlite",
                concurrency=concurrency,
                progress="none",
            )
            return len(version), stops
        except ittgen.Stopped as stop:
            print(stop, file=sys.stderr)
    return 0, STARTS


SCRIPTS = {"plain": plain, "sdk-aiohttp": sdk_on_aiohttp, "aiohttp": bare}
CLIENTS = (*SCRIPTS, "ittgen")


def main() -> None:
    client, folder, base_url, concurrency, timeout = sys.argv[1:]
    given = (Path(folder), base_url, int(concurrency), float(timeout))
    rows, stops = grow(*given) if client == "ittgen" else (asyncio.run(SCRIPTS[client](*given)), 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps({"rows": rows, "stops": stops, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024})
    )


if __name__ == "__main__":
    main()
