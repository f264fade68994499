"""How many of the near-duplicates that the exact index finds `minhash` finds too, and how long both take.

    .venv/bin/python benchmarks/dedup_minhash.py [--sizes 10000 52000] [--thresholds 0.7] [--file FILE --field NAME]

The rows are `dedup_corpus`'s, or those of a JSONL file (one line of the table then, of all its rows). A rejection is
wrong where its score, by plain Python, is not above the threshold: there are none, as every candidate is verified.
Each measurement is a process of its own, so that the memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ittgen.dedup.greedy import Verdicts, greedy
from ittgen.dedup.lcs import fmeasure, lcs_length
from ittgen.dedup.minhash import approximate, bands
from ittgen.dedup.tokens import tokenizer

PASSES = {"exact": greedy, "minhash": approximate}


def recall(exact: Verdicts, found: Verdicts) -> float:
    """The share of the rows rejected by the exact index that the other one rejected as well; 1 where there are none."""
    rejected = ~exact.kept
    return float((~found.kept[rejected]).mean()) if rejected.any() else 1.0


def wrong(texts: Sequence[str], found: Verdicts, threshold: float, tokens: str) -> int:
    """Rejections whose score is not what was said, or not above the threshold."""
    cut, numbers, count = tokenizer(tokens), dict[str, int](), 0
    for row in np.flatnonzero(~found.kept):
        pair = (texts[row], texts[found.nearest[row]])
        a, b = ([numbers.setdefault(token, len(numbers)) for token in cut(text)] for text in pair)
        count += not threshold < fmeasure(lcs_length(a, b), len(a), len(b)) == found.score[row]
    return count


def read(path: Path, field: str) -> list[str]:
    return [json.loads(line)[field] for line in path.read_text().splitlines()]


def made(size: int) -> list[str]:
    from dedup_corpus import instructions

    return list(instructions(size))


def measure(name: str, texts: list[str], threshold: float, tokens: str, out: Path) -> None:
    """Decide in this process; the verdicts into `out`, the figures to stdout."""
    PASSES[name](texts[:6_000], threshold, tokens=tokens)  # compiled, or loaded, before the clock starts
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    verdicts = PASSES[name](texts, threshold, tokens=tokens)
    seconds = time.perf_counter() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    np.savez(out, *(getattr(verdicts, name) for name in Verdicts.__slots__))
    print(json.dumps({"seconds": seconds, "MiB": more}))


def measured(
    name: str, source: list[str], threshold: float, tokens: str, out: Path
) -> tuple[Verdicts, dict[str, float]]:
    command = [sys.executable, __file__, "--measure", name, "--thresholds", str(threshold), "--tokens", tokens]
    done = subprocess.run([*command, "--out", str(out), *source], stdout=subprocess.PIPE, check=True)
    with np.load(out) as arrays:
        return Verdicts(*arrays.values()), json.loads(done.stdout)


def line(source: list[str], texts: list[str], threshold: float, tokens: str, out: Path) -> str:
    exact, slow = measured("exact", source, threshold, tokens, out)
    found, fast = measured("minhash", source, threshold, tokens, out)
    shape = bands(threshold)
    return (
        f"{len(texts):>9,}  {threshold:>9}  {shape.count:>3} x {shape.width:<2}  {(~exact.kept).sum():>8,}  "
        f"{(~found.kept).sum():>8,}  {recall(exact, found):>7.2%}  {wrong(texts, found, threshold, tokens):>5}  "
        f"{slow['seconds']:>7.2f}  {fast['seconds']:>9.2f}  {slow['MiB']:>9,.0f}  {fast['MiB']:>11,.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 52_000])
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.7])
    parser.add_argument("--tokens", default="unicode")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--field", default="instruction")
    parser.add_argument("--measure", choices=PASSES, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=Path("dedup_minhash.npz"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        texts = read(asked.file, asked.field) if asked.file else made(asked.sizes[0])
        measure(asked.measure, texts, asked.thresholds[0], asked.tokens, asked.out)
        return
    print(
        "     rows  threshold  bands    rejected  by minhash  recall  wrong  exact s  minhash s  exact MiB  minhash MiB"
    )
    for size in [0] if asked.file else asked.sizes:
        texts = read(asked.file, asked.field) if asked.file else made(size)
        source = ["--file", str(asked.file), "--field", asked.field] if asked.file else ["--sizes", str(size)]
        for threshold in asked.thresholds:
            print(line(source, texts, threshold, asked.tokens, asked.out), flush=True)
    asked.out.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
