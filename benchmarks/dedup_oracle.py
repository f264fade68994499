"""Are the index's decisions rouge-score's own? Every pair of some thousand real rows is scored by both.

    .venv/bin/python benchmarks/dedup_oracle.py FILE.jsonl [--rows 3000] [--field text] [--thresholds 0.3 0.5 0.7 0.9]

A greedy pass is made from rouge-score's scores, and compared with the index's three: compiled, numpy, row by row. What
must agree is the verdict, the nearest row and the score, to the last bit. Takes minutes, rouge-score's; exit 1 on any
difference.
"""

import argparse
import json
import sys
import time
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

from ittgen.dedup.greedy import greedy
from ittgen.dedup.rouge import RougeIndex

Verdict = tuple[int, float]
"""The nearest row kept before, -1 for none, and its score."""


class Remembering:
    """rouge-score's own tokenizer, each text cut once."""

    def __init__(self) -> None:
        self.tokenize = cache(DefaultTokenizer(use_stemmer=False).tokenize)


def scores(rows: list[str]) -> NDArray[np.float64]:
    """rouge-score's ROUGE-L of each row (its prediction) with each row before it (its target)."""
    scorer = RougeScorer(["rougeL"], use_stemmer=False, tokenizer=Remembering())
    table = np.zeros((len(rows), len(rows)))
    for number, row in enumerate(rows):
        for earlier in range(number):
            table[number, earlier] = scorer.score(rows[earlier], row)["rougeL"].fmeasure
    return table


def by_rouge_score(table: NDArray[np.float64], threshold: float) -> list[Verdict]:
    kept, verdicts = np.zeros(len(table), dtype=np.bool_), list[Verdict]()
    for number, row in enumerate(table):
        near = np.where(kept[:number], row[:number], 0.0)
        best = float(near.max(initial=0.0))
        kept[number] = not best > threshold
        verdicts.append((-1, 0.0) if kept[number] else (int(near.argmax()), best))
    return verdicts


def in_bulk(rows: list[str], threshold: float, many: int) -> list[Verdict]:
    verdicts = greedy(rows, threshold, many=many)
    return list(zip(verdicts.nearest.tolist(), verdicts.score.tolist(), strict=True))


def one_by_one(rows: list[str], threshold: float) -> list[Verdict]:
    index, verdicts = RougeIndex(threshold, many=len(rows) // 4), list[Verdict]()
    for number, row in enumerate(rows):
        near = index.nearest(row)
        verdicts.append((int(near.id), near.score) if near else (-1, 0.0))
        if near is None:
            index.add(str(number), row)
    return verdicts


def read(path: Path, field: str, count: int) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line)[field] for line in lines]
    return Random(1).sample(rows, min(count, len(rows)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=3_000)
    parser.add_argument("--field", default="text")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.3, 0.5, 0.7, 0.9])
    options = parser.parse_args()
    rows = read(options.file, options.field, options.rows)
    began = time.perf_counter()
    table = scores(rows)
    pairs = len(rows) * (len(rows) - 1) // 2
    print(f"{len(rows):,} rows, {pairs:,} pairs scored by rouge-score in {time.perf_counter() - began:.0f} s\n")
    print("| threshold | kept | rejected | pairs at it | compiled differs | numpy differs | row by row differs |")
    print("|---|---|---|---|---|---|---|")
    wrong = 0
    for threshold in options.thresholds:
        said = by_rouge_score(table, threshold)
        ways = in_bulk(rows, threshold, 0), in_bulk(rows, threshold, 10**9), one_by_one(rows, threshold)
        differ = [sum(a != b for a, b in zip(said, way, strict=True)) for way in ways]
        rejected, at = sum(near >= 0 for near, _ in said), int((abs(table - threshold) < 1e-12).sum())
        print(f"| {threshold} | {len(rows) - rejected:,} | {rejected:,} | {at:,} | {' | '.join(map(str, differ))} |")
        wrong += sum(differ)
    print(f"\n{wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
