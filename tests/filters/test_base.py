"""The first reason wins."""

from collections.abc import Callable

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
