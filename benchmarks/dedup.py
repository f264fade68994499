"""How long a greedy ROUGE-L pass takes: rouge-score, RapidFuzz and the index, on the same rows, in the same run.

    .venv/bin/python benchmarks/dedup.py [--sizes 10000 52000 200000 1000000] [--brute 10000 52000] [--threads N]

The rows are made up (`dedup_corpus`). A pass compares each row with every row kept before it: those are the pairs.
rouge-score is timed on a sample of them and extrapolated; RapidFuzz scores each of them (`--brute` sizes only), its
decisions compared with the index's. The index reads the file, cuts it into tokens and decides. Every line of the table
is a process of its own, for its peak memory; loading compiled code is timed apart.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import dedup_corpus
import numpy as np
from numpy.typing import NDArray

from ittgen.text import rouge_tokens

Figures = dict[str, float]
LIMIT = 0.7
POOL = 52_000


def rows_of(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from lines


def index(path: Path, threads: int) -> Figures:
    began = time.perf_counter()
    import ittgen.dedup.pages  # noqa: F401 -- what `greedy` would load for this many rows
    from ittgen.dedup.greedy import greedy

    loaded = time.perf_counter()
    verdicts = greedy(rows_of(path), LIMIT, threads=threads or None)
    seconds = time.perf_counter() - loaded
    # What each row was compared with is what had been kept before it.
    pairs = int((verdicts.kept.cumsum() - verdicts.kept).sum())
    kept = int(verdicts.kept.sum())
    return {"load": loaded - began, "seconds": seconds, "pairs": pairs, "kept": kept, "rows": len(verdicts.kept)}


def rouge_score_tokens(path: Path, threads: int) -> Figures:
    """Microseconds a pair on ready tokens, as whoever keeps the tokens of the pool calls it."""
    from rouge_score import rouge_scorer
    from rouge_score.tokenizers import DefaultTokenizer

    cut = DefaultTokenizer(use_stemmer=False).tokenize
    pairs = [(cut(a), cut(b)) for a, b in sampled(path)]
    return timed(lambda: [rouge_scorer._score_lcs(a, b) for a, b in pairs], len(pairs))


def rouge_score_text(path: Path, threads: int) -> Figures:
    """Microseconds a pair from text, as its documentation shows."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer, pairs = RougeScorer(["rougeL"], use_stemmer=False), sampled(path)
    return timed(lambda: [scorer.score(a, b) for a, b in pairs], len(pairs))


def sampled(path: Path, count: int = 20_000) -> list[tuple[str, str]]:
    rng, rows = Random(3), list(rows_of(path))
    return [(rng.choice(rows), rng.choice(rows)) for _ in range(count)]


def timed(work: Callable[[], object], pairs: int) -> Figures:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "pairs": pairs, "us": seconds / pairs * 1e6}


def rapidfuzz(path: Path, threads: int) -> Figures:
    """Every pair by its bit-parallel LCS, blocks of rows against all rows kept; tokens ready, as one character each."""
    numbers: dict[str, int] = {}
    # Characters from U+10000 on: no surrogates among them, and room for a million words.
    rows = [
        "".join(chr(0x10000 + numbers.setdefault(token, len(numbers))) for token in rouge_tokens(row))
        for row in rows_of(path)
    ]
    began = time.perf_counter()
    kept: list[str] = []
    for start in range(0, len(rows), 256):
        block = rows[start : start + 256]
        parts = [near(block, kept[at : at + 8_192], threads).any(axis=1) for at in range(0, len(kept), 8_192)]
        earlier, within = np.any(parts, axis=0) if parts else np.zeros(len(block), bool), near(block, block, threads)
        chosen: list[int] = []
        for place in range(len(block)):
            if not earlier[place] and not within[place, chosen].any():
                chosen.append(place)
        kept += [block[place] for place in chosen]
    return {"seconds": time.perf_counter() - began, "kept": len(kept), "rows": len(rows)}


def near(rows: list[str], others: list[str], threads: int) -> NDArray[np.bool_]:
    """Which scores are above the limit; in rouge-score's floating-point steps, so that decisions can be compared."""
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    common = cdist(rows, others, scorer=LCSseq.similarity, workers=threads or -1, dtype=np.uint16).astype(float)
    sizes = (np.array([max(len(row), 1) for row in these]) for these in (rows, others))
    precision, recall = common / next(sizes)[:, None], common / next(sizes)[None]
    with np.errstate(invalid="ignore"):  # 0 / 0 where nothing is shared, which is not above the limit
        return 2 * precision * recall / (precision + recall) > LIMIT


def engine(path: Path, threads: int) -> Figures:
    """Microseconds to ask for the nearest row and to add one, as the engine does, at a pool of 52,000 rows."""
    from ittgen.dedup.rouge import RougeIndex

    pool, rows = RougeIndex(LIMIT), rows_of(path)
    while len(pool) < POOL:
        pool.add(str(len(pool)), next(rows))
    waits = [0.0]
    for number, row in zip(range(4_000), rows, strict=False):
        began = time.perf_counter()
        pool.nearest(row)
        pool.add(f"new-{number}", row)
        waits.append(time.perf_counter() - began)
    waits.sort()
    return {"mean": sum(waits) / 4_000 * 1e3, "median": waits[2_000] * 1e3, "p99": waits[3_960] * 1e3}


WAYS: dict[str, Callable[[Path, int], Figures]] = {
    "index": index, "rouge-score, ready tokens": rouge_score_tokens, "rouge-score, from text": rouge_score_text,
    "RapidFuzz": rapidfuzz, "engine": engine,
}  # fmt: skip


def measure(way: str, path: Path, threads: int) -> Figures:
    """In a process of its own; with its peak memory in MiB."""
    command = [sys.executable, __file__, "--measure", way, str(path), "--threads", str(threads)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def line(*cells: object) -> None:
    print("|", " | ".join(str(cell) for cell in cells), "|", flush=True)


def compare(path: Path, brute: bool, threads: int, before: Figures) -> Figures:
    """The lines of one size; what the index took."""
    found = measure("index", path, threads)
    rows, pairs, seconds = found["rows"], found["pairs"], found["seconds"]
    grown = f"{rows / before['rows']:.1f}x rows, {seconds / before['seconds']:.1f}x time" if before else ""
    others: list[tuple[str, float, str, Figures]] = []
    for way in ("rouge-score, ready tokens", "rouge-score, from text"):
        figures = measure(way, path, threads)
        others.append((f"{way}: {figures['us']:.1f} us a pair", figures["us"] * pairs / 1e6, "extrapolated", figures))
    if brute:
        figures = measure("RapidFuzz", path, threads)
        same = "same rows kept" if figures["kept"] == found["kept"] else f"kept {figures['kept']:,.0f}"
        others.append(("RapidFuzz, every pair", figures["seconds"], same, figures))
    note = f"kept {found['kept']:,.0f}; code loaded in {found['load']:.1f} s; {grown}"
    speed, peak = f"{pairs / seconds:,.0f}", f"{found['peak']:.0f}"
    line(f"{rows:,}", "index, with tokenising", f"{seconds:,.2f}", speed, "1", peak, note)
    for name, took, note, figures in others:
        ratio = f"{took / seconds:,.0f}"
        line(f"{rows:,}", name, f"{took:,.1f}", f"{pairs / took:,.0f}", ratio, f"{figures['peak']:.0f}", note)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 52_000, 200_000, 1_000_000])
    parser.add_argument("--brute", type=int, nargs="*", default=[10_000, 52_000], help="sizes RapidFuzz scores too")
    parser.add_argument("--threads", type=int, default=0, help="of the index and of RapidFuzz; 0: one for each core")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        figures = WAYS[options.measure[0]](Path(options.measure[1]), options.threads)
        print(json.dumps({**figures, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    print(f"{cores()} cores, {processor()}; Python {platform.python_version()}, numpy {np.__version__}\n")
    line("rows", "way", "seconds", "pairs/s", "times the index", "peak MiB", "")
    line(*["---"] * 7)
    with tempfile.TemporaryDirectory() as folder:
        before: Figures = {}
        for size in options.sizes:
            path = written(Path(folder), size)
            before = compare(path, size in options.brute, options.threads, before)
            path.unlink()
        row = measure("engine", written(Path(folder), POOL + 10_000), options.threads)
    told = ", ".join(f"{name} {row[name]:.3f} ms" for name in ("mean", "median", "p99"))
    print(f"\nOne row asked for and added at a pool of {POOL:,}: {told}; peak {row['peak']:.0f} MiB")


def written(folder: Path, size: int) -> Path:
    path = folder / f"{size}.txt"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(f"{row}\n" for row in dedup_corpus.instructions(size))
    return path


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processor() -> str:
    """Its name where the system tells."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
