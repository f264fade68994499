"""Made-up instructions for benchmarks: words as frequent as in real text, near-duplicates at known rates.

    .venv/bin/python benchmarks/dedup_corpus.py 52000 > corpus.txt

Mean 20 words, 4 to 80. Of every 100 rows, 4 are copies of an earlier row, 8 have a word or two of one changed, and 8
have a quarter of its words changed, left out or moved: on either side of 0.7.
"""

import sys
from collections.abc import Iterator
from itertools import accumulate
from random import Random

OPENINGS = (
    "Write a|Explain how the|Describe the|Give me a list of|Summarize the following|Create a|What is the|How do I|"
    "Compare the|Generate a|Translate the following sentence into|Suggest a|Classify the|Rewrite the|Find the|"
    "Design a|Identify the|Why does the|Calculate the|Edit the following|Name three|Tell me about the|Is it true that"
).split("|")
SMALL = "the of to a and in is for that with on as it by an be from or are you this your at which can about".split()
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zan bre cli dro fle gra ply sta tri".split()

COPIES, TOUCHED, CHANGED = 0.04, 0.12, 0.20
"""Of all rows: shares so far."""


def instructions(count: int, seed: int = 5) -> Iterator[str]:
    rng = Random(seed)
    words, upto = _vocabulary(rng, 40_000)
    recent: list[list[str]] = []
    for _ in range(count):
        chance = rng.random()
        if chance < CHANGED and recent:
            row = _near(rng, recent[rng.randrange(len(recent))], chance, words)
        else:
            size = min(max(int(rng.lognormvariate(2.75, 0.45)), 2), 78)
            small = rng.choices(SMALL, k=size)
            row = [rng.choice(OPENINGS)]
            row += [
                s if rng.random() < 0.4 else w
                for s, w in zip(small, rng.choices(words, cum_weights=upto, k=size), strict=True)
            ]
        # A bounded memory of rows to vary, so that making a million does not hold a million.
        if len(recent) < 20_000:
            recent.append(row)
        else:
            recent[rng.randrange(20_000)] = row
        yield " ".join(row) + rng.choice(".?.:.")


def _near(rng: Random, row: list[str], chance: float, words: list[str]) -> list[str]:
    if chance < COPIES:
        return row
    changed = " ".join(row).split()
    for _ in range(rng.randrange(1, 3) if chance < TOUCHED else max(1, len(changed) // 4)):
        place = rng.randrange(len(changed))
        kind = rng.random()
        if kind < 0.6:
            changed[place] = rng.choice(words)
        elif kind < 0.8 and len(changed) > 4:
            del changed[place]
        else:
            changed.insert(rng.randrange(len(changed)), changed.pop(place))
    return changed


def _vocabulary(rng: Random, size: int) -> tuple[list[str], list[float]]:
    """Words, and their frequencies so far: the n-th is 1 / (n + 10) as frequent, after Zipf and Mandelbrot."""
    words = dict[str, None]()
    while len(words) < size:
        words.setdefault("".join(rng.choices(SYLLABLES, k=rng.randrange(1, 4) + len(words) // 8_000)))
    return list(words), list(accumulate(1 / (rank + 10) for rank in range(size)))


if __name__ == "__main__":
    for instruction in instructions(int(sys.argv[1])):
        print(instruction)
