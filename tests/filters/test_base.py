"""The first reason wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from ittgen.errors import PluginError
from ittgen.filters.base import Filter, screen
from ittgen.filters.heuristics import Empty, EndsWithColon, Keywords, Length
from ittgen.records import Example, Rejection

FAULTY = Example("Draw it", output="Here it is:")


def test_a_draft_that_every_filter_passes_is_returned_itself() -> None:
    good = Example("Name three long rivers.", output="Nile, Amazon, Yangtze")
    assert screen(good, [Length(), Keywords(), Empty(), EndsWithColon()]) is good


def test_without_filters_every_draft_passes() -> None:
    assert screen(FAULTY, []) is FAULTY


def test_the_first_reason_wins_whatever_comes_later() -> None:
    filters: list[Filter] = [Empty(), Length(), Keywords(), EndsWithColon()]
    assert screen(FAULTY, filters) == Rejection(FAULTY, "length", value=2, limit=4)
    assert screen(FAULTY, filters[2:]) == Rejection(FAULTY, "keywords", value="Draw")
    assert screen(FAULTY, filters[3:]) == Rejection(FAULTY, "ends-with-colon", value="output")


def test_filters_after_the_first_reason_are_not_asked() -> None:
    asked = []

    def noted(name: str, verdict: Rejection | None) -> Callable[[Example], Rejection | None]:
        def rule(example: Example) -> Rejection | None:
            asked.append(name)
            return verdict

        return rule

    screen(FAULTY, [noted("a", None), noted("b", Rejection(FAULTY, "b")), noted("c", Rejection(FAULTY, "c"))])
    assert asked == ["a", "b"]


def test_what_a_generator_rejected_keeps_its_reason() -> None:
    rejected = Rejection("no list here", "unparsed", note="no numbered item")
    assert screen(rejected, [Length(), Empty()]) is rejected


@dataclass(frozen=True, slots=True)
class Trim:
    """Mends blanks around the output, and rejects what is empty then."""

    def mend(self, example: Example) -> Example:
        trimmed = example.output.strip()
        return example if trimmed == example.output else replace(example, output=trimmed)

    def __call__(self, example: Example) -> Rejection | None:
        return None if example.output else Rejection(example, "blank")


def test_a_filter_that_mends_does_so_before_it_and_those_after_it_are_asked() -> None:
    row = Example("Name three long rivers.", output=" Here they are: ")
    better = replace(row, output="Here they are:")
    assert screen(row, [Trim()]) == better
    assert screen(row, [Trim(), EndsWithColon()]) == Rejection(better, "ends-with-colon", value="output")
    assert screen(better, [Trim()]) is better
    assert screen(replace(row, output=" "), [Trim()]) == Rejection(replace(row, output=""), "blank")


def test_a_filter_that_mends_a_row_into_something_else_is_named() -> None:
    class Wrong(Trim):
        def mend(self, example: Example) -> Example:
            return example.output  # type: ignore[return-value]

    with pytest.raises(PluginError, match="the filter Wrong mended a row into 'x'; it must be an Example"):
        screen(Example("a", output="x"), [Wrong()])
