"""Some decisions made once more by rouge-score itself. Knows verdicts and texts; not how the index came to them.

With `tokens="unicode"` rouge-score is given our tokens by its public argument, so that its score is checked and not its
blindness. The choice is seeded: the same file is checked at the same rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ittgen import chance
from ittgen.dedup.greedy import Verdicts
from ittgen.dedup.tokens import Tokenizer, tokenizer
from ittgen.dedupfile.report import Checked, Differs
from ittgen.dedupfile.rows import Rows, Told
from ittgen.text import JSON, well_formed

CELLS = 4_000_000
"""rouge-score fills a table of the two lengths, some ten million cells a second: longer pairs are passed over."""

Place = tuple[int, int]
"""Number of the file, 0 for the one that is deduplicated, and number of the row in it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A tokenizer as rouge-score takes it."""

    tokenize: Tokenizer


@dataclass(frozen=True, slots=True)
class _Pair:
    one: Place
    other: Place
    score: float | None
    """None for two kept rows."""

    def agrees(self, theirs: float, threshold: float) -> bool:
        return theirs <= threshold if self.score is None else theirs == self.score > threshold


def check(files: Sequence[Rows], verdicts: Verdicts, threshold: float, tokens: str, number: int, told: Told) -> Checked:
    """Score that many rejections, and that many pairs of kept rows, anew."""
    drawn = [*_rejections(files, verdicts, number), *_kept_pairs(verdicts, number)]
    texts = _texts(files, {place for pair in drawn for place in (pair.one, pair.other)}, told)
    cut, score = tokenizer(tokens), _scorer(tokens)
    pairs = [pair for pair in drawn if len(cut(texts[pair.one])) * len(cut(texts[pair.other])) <= CELLS]
    differs = []
    for done, pair in enumerate(pairs, 1):
        theirs = score(texts[pair.one], texts[pair.other])
        if not pair.agrees(theirs, threshold):
            found = [_shown(files, texts, place) for place in (pair.one, pair.other)]
            differs.append(Differs((found[0], found[1]), pair.score, theirs))
        told("checking with rouge-score", done, len(pairs))
    kept = sum(pair.score is None for pair in pairs)
    return Checked(len(pairs) - kept, kept, len(drawn) - len(pairs), differs)


def place_of(files: Sequence[Rows], row: int, beyond: bool) -> Place:
    """Where a row is that `Verdicts.nearest` names."""
    number = int(beyond)
    while beyond and row >= len(files[number].lines):
        row -= len(files[number].lines)
        number += 1
    return number, row


def _rejections(files: Sequence[Rows], verdicts: Verdicts, number: int) -> Iterator[_Pair]:
    rejected = np.flatnonzero(~verdicts.kept)
    for drawn in chance.sample(chance.seeded("dedup", "rejections"), len(rejected), number):
        row = int(rejected[drawn])
        near = place_of(files, int(verdicts.nearest[row]), bool(verdicts.beyond[row]))
        yield _Pair((0, row), near, float(verdicts.score[row]))


def _kept_pairs(verdicts: Verdicts, number: int) -> Iterator[_Pair]:
    kept = np.flatnonzero(verdicts.kept)
    rng = chance.seeded("dedup", "kept")
    for _ in range(number if len(kept) > 1 else 0):
        one, other = chance.sample(rng, len(kept), 2)
        yield _Pair((0, int(kept[one])), (0, int(kept[other])), None)


def _texts(files: Sequence[Rows], wanted: set[Place], told: Told) -> dict[Place, str]:
    """The texts of these rows; their files are read once more."""
    texts: dict[Place, str] = {}
    for number, file in enumerate(files):
        rows = {row for of, row in wanted if of == number}
        if rows:
            texts |= {(number, row): text for row, text in enumerate(file.texts(told)) if row in rows}
    return texts


def _scorer(tokens: str) -> Callable[[str, str], float]:
    from rouge_score.rouge_scorer import RougeScorer

    ours = {} if tokens == "rouge" else {"tokenizer": Cut(tokenizer(tokens))}
    scorer = RougeScorer(["rougeL"], use_stemmer=False, **ours)
    return lambda one, other: float(scorer.score(target=other, prediction=one)["rougeL"].fmeasure)


def _shown(files: Sequence[Rows], texts: dict[Place, str], place: Place) -> dict[str, JSON]:
    file = files[place[0]]
    return {"file": file.name, "line": file.lines[place[1]], "text": well_formed(texts[place])}
