"""Measures give numbers that stay with the row, and `Score` decides on them or on a judge's."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen import api
from ittgen.filters.base import measured, screen
from ittgen.filters.measures import MEASURES, script_shares
from ittgen.filters.scores import Measure, Score
from ittgen.recipe import Recipe
from ittgen.records import Example, Rejection
from tests import toy

ROW = Example("Say it.", output="One two three. Four!")


async def _nobody(*_: Any) -> Any:
    raise AssertionError("a measure asks nobody")


async def test_a_measure_is_a_scorer_that_asks_nobody() -> None:
    measure = Measure(("words", "sentences"))
    assert await measure(ROW, _nobody) == measure.measure(ROW) == {"words": 4.0, "sentences": 2.0}


def test_values_stay_with_the_row_and_a_score_that_is_there_is_kept() -> None:
    row = measured(Example("a", output="b c", scores={"words": 9.0, "judge": 4.0}), [Measure(("words", "latin"))])
    assert row.scores == {"words": 9.0, "judge": 4.0, "latin": 1.0}


def test_a_measure_among_filters_leaves_its_values_with_the_row_for_a_later_one() -> None:
    steps = [Measure(("words", "sentences")), Score("words", at_most=4)]
    kept = screen(ROW, steps)
    assert kept == replace(ROW, scores={"words": 4.0, "sentences": 2.0})
    dropped = screen(replace(ROW, output="One two three four five."), steps)
    assert isinstance(dropped, Rejection) and dropped.value == 5.0
    assert isinstance(dropped.draft, Example) and dropped.draft.scores == {"words": 5.0, "sentences": 1.0}


def test_scripts_are_shares_of_the_letters() -> None:
    assert script_shares("ab 12 語語") == {"han": 0.5, "latin": 0.5}
    assert script_shares("123") == {}


def test_loops_pack_better_and_repeat_more_than_prose() -> None:
    loop, prose = (
        Example("a", output="so it is " * 40),
        Example("a", output="The valley is warm, so the snow melts early."),
    )
    low, high = (Measure().measure(row) for row in (loop, prose))
    assert low["compression"] < 0.1 < high["compression"]
    assert low["repetition"] > 0.9 > 0.1 > high["repetition"]


@given(st.text())
def test_every_measure_gives_a_number_for_every_text(text: str) -> None:
    assert all(isinstance(measure(text), float) for measure in MEASURES.values())


def test_a_score_breaks_the_nearer_bound_and_says_which() -> None:
    for rule, limit in ((Score("words", at_least=5), 5), (Score("words", at_most=3.0), 3.0)):
        said = rule(ROW)
        assert said is not None and (said.rule, said.value, said.limit, said.note) == ("score", 4.0, limit, "words")
    assert Score("words", at_least=4, at_most=4)(ROW) is None
    assert Score("words", at_least=3, field="instruction")(ROW) is not None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"of": "words"}, "at_least"),
        ({"of": "words", "at_least": 2.0, "at_most": 1.0}, "let nothing pass"),
        ({"of": "compresion", "at_most": 1.0}, 'did you mean "compression"'),
        ({"of": "words", "at_most": 1.0, "field": "answer"}, 'no text "answer"'),
    ],
)
def test_a_score_that_can_decide_nothing_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Score(**options)


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match='did you mean "readability"'):
        Measure(("readabilty",))


def test_the_rows_of_a_version_keep_what_a_recipe_measured(tmp_path: Path) -> None:
    steps = [{"use": "measure", "names": ["words", "latin"], "field": "instruction"}, {"use": "length"}]
    recipe = Recipe.load(toy.project(tmp_path)).set("stage.propose.filter", steps).set("stage.propose.publish", True)
    version = api.grow(recipe, data=tmp_path / "data", journal=tmp_path / "journal.sqlite", progress="none")
    assert len(version) >= 4
    assert all(row.scores == {"words": len(row.instruction.split()), "latin": 1.0} for row in version)
