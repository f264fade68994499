"""When a run stops because hardly anything is accepted any more, what it says then, and how it goes on.

The runs are real ones over the toy project; `Drip` accepts every so many slots and rejects the others by two rules.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ittgen import api
from ittgen.calls import Ask
from ittgen.errors import Stopped
from ittgen.events import Event, SlotCommitted, StageEnded
from ittgen.generators.base import Slot, Work
from ittgen.records import Draft, Example, Rejection
from ittgen.saturation import EXAMPLES, FIRST, LAST, LEADING, LENGTH, Saturation, told
from ittgen.versions.dataset import Dataset
from tests.toy import project

STALE = {"stale": 1}


def seen(floor: float, slots: Sequence[int], rules: dict[str, int] = STALE) -> Saturation:
    """What saw slots that gave so many rows each, and one rejection."""
    saturation = Saturation(floor)
    for accepted in slots:
        saturation.see(accepted, rules)
    return saturation


def test_nothing_is_concluded_before_so_many_slots_and_then_the_share_decides() -> None:
    slots = [1] * 3 + [0] * (LAST - 3)  # 3 of 203 drafts are 1.5 %
    assert seen(0.02, slots[:-1]).why() == ""
    assert seen(0.014, slots).why() == ""
    assert "3 of 203 drafts (1.48%)" in seen(0.02, slots).why() and "floor of 2.00%" in seen(0.02, slots).why()


def test_only_the_last_slots_count() -> None:
    rich = seen(0.02, [5] * 500)
    for _ in range(LAST - 2):
        rich.see(0, {"near-duplicate": 2})
        assert rich.why() == ""
    rich.see(0, {"near-duplicate": 2})
    assert "5 of 404 drafts" in rich.why()
    rich.see(0, {"near-duplicate": 2})
    assert "0 of 400 drafts (0.00%)" in rich.why() and +rich.rules == Counter({"near-duplicate": 2 * LAST})


def test_a_floor_of_0_never_ends_a_run_that_once_gave_a_row() -> None:
    assert seen(0.0, [1] + [0] * 5000).why() == ""


@pytest.mark.parametrize("floor", [0.0, 0.02])
def test_a_beginning_without_any_row_ends_it_whatever_the_floor(floor: float) -> None:
    assert seen(floor, [0] * (FIRST - 1)).why() == ""
    assert seen(floor, [0] * FIRST).why() == f"the first {FIRST} slots of this run gave no row"
    assert seen(floor, [0] * (FIRST - 1) + [1, *[0] * FIRST]).why() == "", "not any such slots: the first ones"


def test_a_stage_that_has_rows_already_is_judged_by_its_floor_alone() -> None:
    saturation = Saturation(0.0, rows=1)
    for _ in range(LAST):
        saturation.see(0, STALE)
    assert saturation.why() == ""
    saturation.floor = 0.001
    assert "0 of 200 drafts" in saturation.why()


def test_slots_without_any_draft_are_no_rows_either() -> None:
    assert "no row" in seen(0.02, [0] * FIRST, {}).why()
    assert seen(0.02, [1] * LAST, {}).why() == "", "rows that are passed on count as accepted"


def test_the_message_shows_a_few_rules_and_a_few_short_examples_of_each() -> None:
    rules = {f"rule-{n}": n for n in range(9)}

    def last(rule: str, count: int) -> list[Rejection]:
        return [Rejection(Example(f"{rule} {'long ' * 50}"), rule)] * count

    head, *lines, advice = told("s", "why", rules, last, "Do something").splitlines()
    assert head.startswith('stage "s": why; rejected: rule-8 8, rule-7 7, ') and head.endswith("rule-1 1")
    assert advice == "Do something"
    assert [line.split(":")[0] for line in lines] == ["  rule-8", "  rule-7", "  rule-6", "  rule-5", "  rule-4"]
    assert len(lines) == LEADING and all(line.count("…") == EXAMPLES for line in lines)
    assert max(map(len, lines)) < EXAMPLES * (LENGTH + 10)


def test_a_rejection_without_a_draft_shows_its_note() -> None:
    text = told("s", "why", STALE, lambda rule, count: [Rejection("", rule, note="no draft"), Rejection("", rule)], "")
    assert '  stale: "no draft" · "(empty)"' in text


# Real runs


@dataclass(frozen=True)
class Drip:
    """Every `every`th slot gives a row; the others are rejected, every third of them by another rule."""

    every: int
    prompts = ("toy/answer",)
    reads_pool = False

    def plan(self, slot: Slot) -> Work:
        return Work((slot.source[0],), {"number": slot.number})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        number = int(str(work.notes["number"]))
        await ask("toy/answer", instruction=f"number {number}")
        draft = Example(f"Task {number} is this one.")
        return [draft if number % self.every == 0 else Rejection(draft, "stale" if number % 3 else "odd")]


@dataclass(frozen=True)
class Late:
    """Rejects the first 20 rows of its source, and takes those behind them."""

    prompts = ("toy/answer",)
    reads_pool = False

    def plan(self, slot: Slot) -> Work | None:
        return Work((slot.source[slot.number],), {"number": slot.number}) if slot.number < len(slot.source) else None

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        late = int(str(work.notes["number"])) >= 20
        return [Example(f"{work.parents[0].instruction} Again.") if late else Rejection(work.parents[0], "early")]


RECIPE = """
name = "drip"
seed = 7
seeds = "mine"

[teacher]
use = "tests.toy:Scribe"
model = "m"

[[stage]]
name = "drip"
generator = {{ use = "tests.test_saturation:Drip", every = {every} }}
target = {target}
"""
LATE = """
[[stage]]
name = "late"
source = "drip"
generator = { use = "tests.test_saturation:Late" }
"""


@dataclass(frozen=True)
class Grown:
    """A run of a recipe in a folder, through the Python API."""

    folder: Path

    def __call__(self, recipe: str, **options: Any) -> tuple[Dataset | Stopped, list[Event]]:
        """(the version, or why there is none; events)."""
        events: list[Event] = []
        (self.folder / "recipe.toml").write_text(recipe)
        places = {"data": self.folder / "data", "journal": self.folder / "journal.sqlite"}
        try:
            told = {"progress": "none", "on_event": events.append, **places, **options}
            return api.grow(self.folder / "recipe.toml", **told), events
        except Stopped as stopped:
            return stopped, events


@pytest.fixture
def grown(tmp_path: Path) -> Grown:
    project(tmp_path / "p")
    return Grown(tmp_path / "p")


def slots(events: list[Event]) -> int:
    return sum(isinstance(event, SlotCommitted) for event in events)


def test_a_run_that_accepts_too_little_stops_and_says_what_took_the_rows(grown: Grown) -> None:
    stopped, events = grown(RECIPE.format(every=100, target=1000), concurrency=4)
    assert isinstance(stopped, Stopped) and stopped.exit_code == 3
    assert LAST <= slots(events) < LAST + 100, "soon after it is known"
    head, *shown, advice = str(stopped).splitlines()
    assert head == (
        f'stage "drip": the last {LAST} slots gave 2 of 200 drafts (1.00%), less than the floor of 2.00% '
        "(--min-acceptance); rejected: stale 132, odd 66"
    )
    assert [line.split(":")[0] for line in shown] == ["  stale", "  odd"]
    assert all(line.count('"Task ') == EXAMPLES for line in shown)
    assert "run again" in advice
    assert isinstance(events[-1], StageEnded) and not events[-1].finished
    assert not (grown.folder / "data" / "drip").exists()


def test_running_again_goes_on_from_there_with_a_fresh_count(grown: Grown) -> None:
    recipe = RECIPE.format(every=100, target=6)
    ends = []
    for _ in range(2):
        stopped, events = grown(recipe, concurrency=4)
        assert isinstance(stopped, Stopped)
        ends.append((slots(events), [event.slot for event in events if isinstance(event, SlotCommitted)]))
    assert all(count >= LAST for count, _ in ends)
    assert ends[1][1][0] == ends[0][1][-1] + 1, "no slot is done twice"
    version, _ = grown(recipe, min_acceptance=0.005)
    assert isinstance(version, Dataset)
    assert [row.instruction for row in version] == [f"Task {100 * n} is this one." for n in range(6)]


def test_a_floor_of_0_goes_on_however_few_are_accepted(grown: Grown) -> None:
    recipe = RECIPE.format(every=100, target=4)
    version, _ = grown(recipe, min_acceptance=0)
    assert isinstance(version, Dataset) and len(version) == 4


def test_a_target_reached_in_the_very_slot_that_tells_of_saturation_is_reached(grown: Grown) -> None:
    version, events = grown(RECIPE.format(every=LAST - 1, target=2), concurrency=1)
    assert isinstance(version, Dataset) and len(version) == 2 and slots(events) == LAST


@pytest.mark.parametrize("floor", [0.0, 0.02])
def test_a_run_whose_first_slots_give_nothing_stops_whatever_the_floor(grown: Grown, floor: float) -> None:
    recipe = RECIPE.format(every=1, target=40) + 'filter = [{ use = "keywords", words = ["task"] }]\n'
    stopped, events = grown(recipe, min_acceptance=floor, concurrency=2)
    assert isinstance(stopped, Stopped) and f"the first {FIRST} slots of this run gave no row" in str(stopped)
    assert "--min-acceptance" not in str(stopped), "which would not help"
    assert FIRST <= slots(events) < FIRST + 20


def test_a_run_that_goes_on_slowly_with_a_floor_of_0_is_not_taken_for_one_that_never_began(grown: Grown) -> None:
    recipe, options = RECIPE.format(every=100, target=2), {"min_acceptance": 0.0, "concurrency": 2}
    first, _ = grown(recipe, max_calls=20, **options)
    assert isinstance(first, Stopped) and "budget" in str(first), "slot 0 gave a row, and the next 80 give none"
    version, _ = grown(recipe, **options)
    assert isinstance(version, Dataset) and len(version) == 2


def test_a_stage_that_has_no_row_within_this_recipes_reach_is_no_success(grown: Grown) -> None:
    high, _ = grown(RECIPE.format(every=1, target=30) + LATE)
    assert isinstance(high, Dataset) and len(high) == 10
    low, _ = grown(RECIPE.format(every=1, target=15) + LATE)
    assert isinstance(low, Stopped), "the journal has rows of that stage, but none of them counts"
    assert 'stage "late": it ended without a single row; rejected: early 15' in str(low)
    assert not (grown.folder / "data/drip/v0002").exists()


def test_rows_that_are_only_passed_on_count_as_accepted(tmp_path: Path) -> None:
    tasks = [{"instruction": f"Say the number {n}.", "output": f"{n}"} for n in range(LAST + 50)]
    (tmp_path / "tasks.jsonl").write_text("".join(f"{json.dumps(task)}\n" for task in tasks))
    text = RECIPE.format(every=1, target=1).replace('"mine"', '"tasks.jsonl"')
    stage = '[[stage]]\nname = "answer"\ngenerator = { use = "distill", replace_outputs = false }\n'
    version, events = Grown(tmp_path)(text[: text.index("[[stage]]")] + stage, min_acceptance=0.9)
    assert isinstance(version, Dataset) and len(version) == len(tasks) == slots(events)
