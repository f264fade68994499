"""Measures, whose values stay with the row, and the filter that decides on any score. Knows no judge.

    filter = [{ use = "measure", names = ["words", "latin"] }, { use = "score", of = "latin", at_least = 0.5 }]

A measure is a scorer too, called like a judge, `await measure(example, ask)`; it asks nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ittgen.calls import Ask
from ittgen.errors import nearest
from ittgen.filters.heuristics import FIELDS
from ittgen.filters.measures import MEASURES
from ittgen.records import Example, Rejection


@dataclass(frozen=True, slots=True)
class Measure:
    """Numbers about one text of a row, by name: words, compression, the share of a script, readability and others.

    >>> Measure(("words", "latin")).measure(Example("Say hello.", output="Hello to you"))
    {'words': 3.0, 'latin': 1.0}

    Raises ValueError for a name or a field that there is not.
    """

    names: tuple[str, ...] = ("characters", "words", "sentences", "repetition", "compression", "readability")
    field: str = "output"

    def __post_init__(self) -> None:
        _known_field(self.field)
        if unknown := [name for name in self.names if name not in MEASURES]:
            raise ValueError(f'there is no measure "{unknown[0]}"{nearest(unknown[0], list(MEASURES))}')

    def measure(self, example: Example) -> Mapping[str, float]:
        """Each measure of the text, by name."""
        text: str = getattr(example, self.field)
        return {name: MEASURES[name](text) for name in self.names}

    async def __call__(self, example: Example, ask: Ask) -> Mapping[str, float]:
        """The same as `measure`; nobody is asked."""
        return self.measure(example)


@dataclass(frozen=True, slots=True)
class Score:
    """A score beyond its bounds: value is the score, limit the bound it broke, note its name.

    The row's own score of that name first, a judge's or a measure's; else the measure of that name of the output. A row
    without it passes: a judge who could not make up his mind rejects nothing. What a measure is worth in other
    languages stands with it. Raises ValueError without a bound, for bounds that let nothing pass and for a
    measure misspelt.
    """

    of: str
    """ "compression", "words", "han", … or a judge's score."""
    at_least: float | None = None
    at_most: float | None = None
    field: str = "output"
    """The text that a measure looks at; a score of the row is taken as it is only where this is the output."""

    def __post_init__(self) -> None:
        _known_field(self.field)
        if self.at_least is None and self.at_most is None:
            raise ValueError(f'the score "{self.of}" needs "at_least", "at_most" or both')
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least and at_most let nothing pass: {self.at_least} to {self.at_most}")
        if self.of not in MEASURES and (close := get_close_matches(self.of, MEASURES, n=1, cutoff=0.85)):
            raise ValueError(f'there is no measure "{self.of}" (did you mean "{close[0]}"?)')

    def __call__(self, example: Example) -> Rejection | None:
        value = self._value(example)
        if value is None:
            return None
        if self.at_least is not None and value < self.at_least:
            return Rejection(example, "score", value=value, limit=self.at_least, note=self.of)
        if self.at_most is not None and value > self.at_most:
            return Rejection(example, "score", value=value, limit=self.at_most, note=self.of)
        return None

    def _value(self, example: Example) -> float | None:
        if self.field == "output" and self.of in example.scores:
            return example.scores[self.of]
        measure = MEASURES.get(self.of)
        return measure(getattr(example, self.field)) if measure else None


def _known_field(field: str) -> None:
    if field not in FIELDS:
        raise ValueError(f'an example has no text "{field}"; it has {", ".join(FIELDS)}')
