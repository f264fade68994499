"""What ittgen takes of a local model's speed: `LLM.chat` and `ittgen grow` in process, and two clients of one server.

    .venv-vllm/bin/python benchmarks/vllm.py                             a tiny model on the CPU, about 6 minutes
    .venv-vllm/bin/python benchmarks/vllm.py --gpu --size 8b --requests 4000 --concurrency 512

The same requests, which `ittgen grow` makes first, go four ways, each a process of its own, in turns in every round:

    chat      LLM.chat with all of them at once          ittgen    the teacher `vllm`
    plain     AsyncOpenAI, a semaphore and gather        served    the teacher `vllm-server`, at the same server

`ittgen` and `served` do what the others do not: they store every answer before they go on, read and filter it, commit
in order and freeze a version. Every answer has as many tokens (`ignore_eos`), so the work is the same. Figures are
medians of the rounds, and the share that of the ratios within each. Models are made on the spot, with random weights;
those of a real size are never written, but made up in memory (`load_format = "dummy"`), so nothing is fetched.
"""

import argparse
import asyncio
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this folder has a vllm.py

from tests.vllm import tiny  # noqa: E402

SIZES: Mapping[str, Mapping[str, int]] = {
    "1b": {"hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16, "num_attention_heads": 32,
           "num_key_value_heads": 8, "head_dim": 64},
    "3b": {"hidden_size": 3072, "intermediate_size": 8192, "num_hidden_layers": 28, "num_attention_heads": 24,
           "num_key_value_heads": 8, "head_dim": 128},
    "8b": {"hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32,
           "num_key_value_heads": 8, "head_dim": 128},
}  # fmt: skip
"""LLaMA's shapes, but for the vocabulary, which is the tokenizer's own 2,000."""
ON_CPU = {"OMP_NUM_THREADS": "1", "TORCHDYNAMO_DISABLE": "1", "VLLM_CPU_CI_ENV": "1"}
WAYS = ("chat", "ittgen", "plain", "served")


# One way, in a process of its own: prints a JSON line


def chat(folder: Path, settings: Mapping[str, Any], _: str) -> dict[str, float]:
    os.environ.setdefault("VLLM_ENABLE_V1_MULTIPROCESSING", "0")
    began = time.perf_counter()
    from vllm import LLM, SamplingParams

    llm = LLM(str(folder / "model"), **settings)
    params = SamplingParams(temperature=1.0, max_tokens=_told(folder)["tokens"], ignore_eos=True)
    since = time.perf_counter()
    made = llm.chat(_messages(folder), params, use_tqdm=False)
    window = time.perf_counter() - since
    return {"start": since - began, "window": window, "tokens": sum(len(out.outputs[0].token_ids) for out in made)}


def ittgen(folder: Path, settings: Mapping[str, Any], _: str) -> dict[str, float]:
    engine = {name: value for name, value in settings.items() if name not in ("dtype", "max_model_len")}
    own = {name: value for name, value in settings.items() if name in ("dtype", "max_model_len")}
    table = {"use": "vllm", "model": str(folder / "model"), **own, "engine": engine}
    return _grown(folder, table)


def served(folder: Path, settings: Mapping[str, Any], url: str) -> dict[str, float]:
    return _grown(folder, {"use": "vllm-server", "model": str(folder / "model"), "base_url": url})


def plain(folder: Path, settings: Mapping[str, Any], url: str) -> dict[str, float]:
    began = time.perf_counter()
    from openai import AsyncOpenAI

    told = _told(folder)

    async def all_of_them() -> tuple[float, int]:
        places = asyncio.Semaphore(told["concurrency"])
        async with AsyncOpenAI(base_url=url, api_key="none", timeout=600) as client:

            async def one(messages: Any) -> int:
                async with places:
                    said = await client.chat.completions.create(
                        model="model", messages=messages, max_tokens=told["tokens"], temperature=1.0,
                        extra_body={"ignore_eos": True},
                    )  # fmt: skip
                return said.usage.completion_tokens if said.usage else 0

            since = time.perf_counter()
            return since, sum(await asyncio.gather(*map(one, _messages(folder))))

    since, tokens = asyncio.run(all_of_them())
    return {"start": since - began, "window": time.perf_counter() - since, "tokens": tokens}


def _grown(folder: Path, table: Mapping[str, Any]) -> dict[str, float]:
    began = time.perf_counter()
    import ittgen

    told = _told(folder)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        recipe = ittgen.Recipe.of(
            {"name": "bench", "seed": 1, "seeds": str(folder / "tasks.jsonl"),
             "teacher": {**table, "sampling": {"temperature": 1.0, "max_tokens": told["tokens"], "ignore_eos": True}},
             "stage": [{"name": "answer", "generator": {"use": "distill", "truncated": "keep"}}]},
            place / "recipe.toml",
        )  # fmt: skip
        journal = place / "journal.sqlite"
        ittgen.grow(recipe, data=place / "data", journal=journal, concurrency=told["concurrency"], min_acceptance=0,
                    progress="none")  # fmt: skip
        over = time.perf_counter() - began
        with closing(sqlite3.connect(journal)) as db:
            stored = db.execute("SELECT request, response, created FROM answers").fetchall()
    rows = [(json.loads(request), json.loads(answer), at) for request, answer, at in stored]
    if not (folder / "messages.json").exists():
        (folder / "messages.json").write_text(json.dumps([request["messages"] for request, *_ in rows]))
    window = max(at for *_, at in rows) - min(at - answer["latency"] for _, answer, at in rows)
    tokens = sum(answer["usage"]["completion_tokens"] for _, answer, _ in rows)
    cached = sum(answer["usage"]["cached_tokens"] for _, answer, _ in rows)
    prompts = sum(answer["usage"]["prompt_tokens"] for _, answer, _ in rows)
    return {"start": over - window, "window": window, "tokens": tokens, "cached": cached / prompts,
            "prompt": prompts / len(rows)}  # fmt: skip


def _messages(folder: Path) -> Any:
    return json.loads((folder / "messages.json").read_text())


def _told(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "told.json").read_text()))


# All ways, in turns


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="ittgen-bench-") as name:
        folder = Path(name)
        _prepare(folder, given)
        env = {**os.environ, **({} if given.gpu else ON_CPU)}
        run = lambda way, url="": _run(way, folder, env, url)  # noqa: E731
        run("ittgen")  # makes the requests that all ways send
        tables = []
        if {"chat", "ittgen"} & set(given.ways):
            tables.append(_rounds([way for way in ("chat", "ittgen") if way in given.ways], given.rounds, run))
        if {"plain", "served"} & set(given.ways):
            with _Server(folder, env) as url:
                ways = [way for way in ("plain", "served") if way in given.ways]
                run(ways[0], url)  # the server's first requests are slower than all others
                tables.append(_rounds(ways, given.rounds, lambda way: run(way, url)))
        _print(given, tables)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--tokens", type=int, default=64, help="of every answer")
    parser.add_argument("--words", type=int, default=150, help="of every task")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--concurrency", type=int, default=128)
    parser.add_argument("--seqs", type=int, default=0, help="max_num_seqs; 64 on the CPU, else vLLM's own")
    parser.add_argument("--size", choices=("tiny", *SIZES), default="tiny")
    parser.add_argument("--gpu", action="store_true", help="settings for a GPU: bfloat16, CUDA graphs")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    return parser.parse_args()


def _prepare(folder: Path, given: argparse.Namespace) -> None:
    """The model, the tasks, and what all ways have to know."""
    if given.size == "tiny":
        tiny.make(folder / "model")
    else:
        _shaped(folder / "model", SIZES[given.size])
    words = (
        "a list of short and plain words that say nothing at all but take their time to be read by the model".split()
    )
    text = " ".join(words[n % len(words)] for n in range(given.words))
    lines = (json.dumps({"instruction": f"Number {n}: say something about {text}."}) for n in range(given.requests))
    (folder / "tasks.jsonl").write_text("".join(f"{line}\n" for line in lines))
    settings: dict[str, Any] = {"max_model_len": 2048}
    if given.gpu:
        settings |= {"dtype": "bfloat16"}
    else:
        settings |= {"dtype": "float32", "enforce_eager": True, "kv_cache_memory_bytes": 2**29}
        settings |= {"enable_chunked_prefill": False}
    if seqs := given.seqs or (0 if given.gpu else 64):
        settings |= {"max_num_seqs": seqs}
    if given.size != "tiny":
        settings |= {"load_format": "dummy"}
    told = {"tokens": given.tokens, "concurrency": given.concurrency, "settings": settings}
    (folder / "told.json").write_text(json.dumps(told))


def _shaped(folder: Path, shape: Mapping[str, int]) -> None:
    """A model of this shape without its weights."""
    from transformers import LlamaConfig

    vocabulary = tiny.tokenizer(folder)
    LlamaConfig(vocab_size=vocabulary, bos_token_id=0, eos_token_id=2, max_position_embeddings=8192, dtype="bfloat16",
                architectures=["LlamaForCausalLM"], **shape).save_pretrained(folder)  # fmt: skip


def _run(way: str, folder: Path, env: Mapping[str, str], url: str) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--way", way, str(folder), url]
    since = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    wall = time.perf_counter() - since
    if done.returncode:
        sys.exit(f"{way} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    figures = {**json.loads(done.stdout.splitlines()[-1]), "wall": wall}
    print(f"  {way:7} {figures['window']:7.2f} s", file=sys.stderr, flush=True)
    return figures


Figures = dict[str, dict[str, float]]


def _rounds(ways: list[str], rounds: int, run: Callable[[str], dict[str, float]]) -> Figures:
    """Way -> medians, and the median of the rounds' ratios to the first way."""
    found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for number in range(rounds):
        for way in ways if number % 2 == 0 else reversed(ways):
            found[way].append(run(way))
    medians = {
        way: {name: statistics.median(one[name] for one in many) for name in many[0]} for way, many in found.items()
    }
    for way, many in found.items():
        ratios = [one["window"] / other["window"] for one, other in zip(found[ways[0]], many, strict=True)]
        medians[way]["share"] = statistics.median(ratios)
    return medians


class _Server:
    """A server of the model, started as the teacher `vllm-server` starts it."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        from ittgen.teachers.local import machine
        from ittgen.teachers.local.served import VLLMServer
        from ittgen.teachers.local.server import Server

        settings = dict(_told(folder)["settings"])
        dtype, length = settings.pop("dtype"), settings.pop("max_model_len")
        teacher = VLLMServer(str(folder / "model"), dtype=dtype, max_model_len=length, engine=settings)
        port = machine.free_port()
        self.url = f"http://127.0.0.1:{port}/v1"
        self._server = Server(teacher._command(port), {**teacher.environment, **env}, folder / "server.log", port)

    def __enter__(self) -> str:
        import urllib.request

        self._server.start()
        while True:
            self._server.check()
            try:
                with urllib.request.urlopen(f"{self.url}/models", timeout=5):
                    return self.url
            except OSError:
                time.sleep(0.2)

    def __exit__(self, *_: object) -> None:
        asyncio.run(self._server.stop())


def _print(given: argparse.Namespace, tables: list[Figures]) -> None:
    print(f"\n{given.requests} requests of {given.tokens} tokens, concurrency {given.concurrency}, model {given.size}, "
          f"{'GPU' if given.gpu else 'CPU'}; medians of {given.rounds} rounds\n")  # fmt: skip
    print("| way | requests/s | output tokens/s | share | window, s | start and end, s | peak, GiB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for table in tables:
        for way, of in table.items():
            rate, tokens = given.requests / of["window"], of["tokens"] / of["window"]
            print(f"| {way} | {rate:.1f} | {tokens:,.0f} | {of['share']:.3f} | {of['window']:.2f} | "
                  f"{of['wall'] - of['window']:.1f} | {of['peak']:.2f} |")  # fmt: skip
    for table in tables:
        for way, of in table.items():
            if "cached" in of:
                print(f"\n{way}: prompts of {of['prompt']:.0f} tokens, {of['cached']:.0%} of them known from others")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        _, _, which, where, address = sys.argv
        ways = {"chat": chat, "ittgen": ittgen, "plain": plain, "served": served}
        figures = ways[which](Path(where), _told(Path(where))["settings"], address)
        figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(json.dumps(figures))
    else:
        main()
