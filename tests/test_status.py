"""Status says what the journal knows: before, during and after a run, without a key and without a trace."""

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from ittgen.api import grow, try_
from ittgen.cli import main
from ittgen.errors import JournalError, PluginError, SeedError, Stopped
from ittgen.events import Event, SlotCommitted
from ittgen.recipe import Recipe
from ittgen.spending import Kept, Share
from ittgen.status import StageStatus, Status, status
from tests.toy import project

CALL = (10 * 1000.0 + 5 * 2000.0) / 1e6


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return Recipe.load(project(tmp_path / "p"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "j" / "journal.sqlite"


def told(recipe: Recipe, data: Path, journal: Path) -> list[tuple[int, int, int]]:
    """(slots, rows, calls) of each stage."""
    return [(stage.cursor, stage.accepted, stage.calls) for stage in status(recipe, data, journal).stages]


def test_a_recipe_that_never_ran_has_done_nothing_and_leaves_nothing(recipe: Recipe, data: Path, journal: Path) -> None:
    assert status(recipe, data, journal) == Status(
        "toy",
        [
            StageStatus("propose", "tests.toy:Propose", 4),
            StageStatus("evolve", "tests.toy:Evolve", None),
            StageStatus("answer", "tests.toy:Answer", None),
        ],
    )
    assert not data.exists() and not journal.parent.exists()


def test_a_finished_run_is_counted_by_stage_and_rule(recipe: Recipe, data: Path, journal: Path) -> None:
    grow(recipe, data=data, journal=journal, progress="none")
    propose, evolve, answer = status(recipe, data, journal).stages
    third = Share(4, 20, pytest.approx(4 * CALL / 3))
    assert replace(propose, unfinished=Kept()) == StageStatus(
        stage="propose",
        generator="tests.toy:Propose",
        target=4,
        cursor=4,
        accepted=4,
        rejected={"length": 4, "near-duplicate": 4},
        calls=4,
        prompt_tokens=40,
        completion_tokens=20,
        dollars=pytest.approx(4 * CALL),
        spent_by_rule={rule: third for rule in ("accepted", "length", "near-duplicate")},
    )
    assert (evolve.cursor, evolve.accepted, dict(evolve.rejected)) == (4, 4, {"length": 4})
    assert (answer.cursor, answer.accepted, dict(answer.rejected)) == (4, 8, {"second-thoughts": 4})


def test_a_run_may_be_watched_while_it_goes_on(recipe: Recipe, data: Path, journal: Path) -> None:
    """Slots are committed several at a time, so what is told is never ahead of the journal and may be behind it."""
    gives = {"propose": 1, "evolve": 1, "answer": 2}
    seen: list[tuple[bool, bool]] = []

    def look(event: Event) -> None:
        if isinstance(event, SlotCommitted):
            now = {stage.stage: stage for stage in status(recipe, data, journal).stages}[event.stage]
            told = now.cursor > event.slot and now.accepted >= event.accepted
            seen.append((told, now.accepted == gives[event.stage] * now.cursor))

    grow(recipe, data=data, journal=journal, progress="none", on_event=look)
    assert seen == [(True, True)] * 12


def test_a_run_that_was_stopped_shows_how_far_it_came(recipe: Recipe, data: Path, journal: Path) -> None:
    with pytest.raises(Stopped):
        grow(recipe, data=data, journal=journal, progress="none", max_calls=6, concurrency=1)
    assert told(recipe, data, journal) == [(4, 4, 4), (2, 2, 2), (0, 0, 0)]


def bought(journal: Path) -> int:
    """Answers that the journal has."""
    with closing(sqlite3.connect(journal)) as db:
        count: int = db.execute("SELECT count(*) FROM answers").fetchone()[0]
        return count


@pytest.mark.parametrize("concurrency", [1, 5, 16])
@pytest.mark.parametrize("max_calls", [1, 6, 10, None])
def test_what_slots_used_and_what_waits_for_slots_is_all_that_was_bought(
    recipe: Recipe, data: Path, journal: Path, max_calls: int | None, concurrency: int
) -> None:
    """Also of a run that is done: it may have asked beyond its target."""
    with suppress(Stopped):
        grow(recipe, data=data, journal=journal, progress="none", max_calls=max_calls, concurrency=concurrency)
    known = status(recipe, data, journal)
    used = sum(stage.calls for stage in known.stages)
    assert used + known.unfinished.calls == bought(journal) == (max_calls or bought(journal))
    assert sum(stage.dollars for stage in known.stages) + known.unfinished.dollars == pytest.approx(
        CALL * bought(journal)
    )


def test_people_are_told_of_answers_that_wait_and_of_nothing_where_none_does(
    recipe: Recipe, data: Path, journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "answers stored for unfinished slots, in no line above: "
    for number, what in ((0, None), (2, "6, 90 tokens, $0.12\n"), (4, "12, 180 tokens, $0.24\n")):
        if number:
            try_(recipe, number, data=data, journal=journal)
        with pytest.raises(SystemExit):
            main(["status", str(recipe.path), "--data", str(data), "--journal", str(journal)])
        _, found, told = capsys.readouterr().out.partition(said)
        assert (told if found else None) == what


def test_a_trials_answers_wait_until_a_run_uses_them(recipe: Recipe, data: Path, journal: Path) -> None:
    try_(recipe, 3, data=data, journal=journal)
    assert told(recipe, data, journal) == [(0, 0, 0)] * 3
    waiting = status(recipe, data, journal).stages
    assert [stage.unfinished.calls for stage in waiting] == [3, 3, 3]
    grow(recipe, data=data, journal=journal, progress="none", concurrency=1)
    assert told(recipe, data, journal) == [(4, 4, 4)] * 2 + [(4, 8, 4)]
    assert status(recipe, data, journal).unfinished == Kept()


def test_another_target_is_the_same_stage_and_another_option_is_not(recipe: Recipe, data: Path, journal: Path) -> None:
    grow(recipe, data=data, journal=journal, progress="none")
    assert told(recipe.set("stage.propose.target", 9), data, journal)[0] == (4, 4, 4)
    assert told(recipe.set("seed", 8), data, journal) == [(0, 0, 0)] * 3
    changed = recipe.set("stage.evolve.filter", [])
    assert told(changed, data, journal) == [(4, 4, 4), (0, 0, 0), (0, 0, 0)]


def test_teachers_are_paid_by_their_own_price(recipe: Recipe, data: Path, journal: Path) -> None:
    teachers = {"cheap": {"use": "tests.toy:Scribe", "price": {"input": 0.0, "output": 1000.0}}}
    recipe = recipe.set("teachers", teachers).set("stage.answer.teacher", "cheap")
    grow(recipe, data=data, journal=journal, progress="none")
    dollars = [stage.dollars for stage in status(recipe, data, journal).stages]
    assert dollars == pytest.approx([4 * CALL, 4 * CALL, 4 * 5 * 1000 / 1e6])


def test_no_key_is_needed(recipe: Recipe, data: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    asked = recipe.set("teacher", {"use": "openai", "model": "m"})
    assert told(asked, data, journal) == [(0, 0, 0)] * 3


def test_what_is_wrong_with_the_recipe_or_the_journal_is_said(recipe: Recipe, data: Path, journal: Path) -> None:
    with pytest.raises(PluginError, match=r'stage "evolve": there is no generator "evol"'):
        status(recipe.set("stage.evolve.generator.use", "evol"), data, journal)
    with pytest.raises(SeedError, match='there is no set "min"'):
        status(recipe.set("seeds", "min"), data, journal)
    journal.parent.mkdir()
    journal.write_text("dear diary " * 100)
    with pytest.raises(JournalError, match="not a database"):
        status(recipe, data, journal)


def test_a_status_goes_to_json(recipe: Recipe, data: Path, journal: Path) -> None:
    grow(recipe, data=data, journal=journal, progress="none")
    data_ = json.loads(json.dumps(status(recipe, data, journal).to_json()))
    assert data_["name"] == "toy"
    third = {"drafts": 4, "tokens": 20, "dollars": pytest.approx(4 * CALL / 3)}
    assert data_["stages"][0] == {
        "stage": "propose",
        "generator": "tests.toy:Propose",
        "target": 4,
        "cursor": 4,
        "accepted": 4,
        "rejected": {"length": 4, "near-duplicate": 4},
        "calls": 4,
        "prompt_tokens": 40,
        "completion_tokens": 20,
        "cached_tokens": 0,
        "reasoning_tokens": 0,
        "dollars": pytest.approx(4 * CALL),
        "spent_by_rule": {rule: third for rule in ("accepted", "length", "near-duplicate")},
        "endpoints": {},
        "operations": [],
        "unfinished": data_["stages"][0]["unfinished"],
    }
    assert data_["unfinished"]["calls"] == sum(stage["unfinished"]["calls"] for stage in data_["stages"])
    assert set(data_["unfinished"]) == {
        *("calls", "prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens", "dollars")
    }
