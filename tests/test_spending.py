"""Every token of every answer is paid once, at its price, and stands with the drafts that it went into."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ittgen.api import grow
from ittgen.calls import Request, Response, Usage
from ittgen.errors import RecipeError
from ittgen.journal import Journal
from ittgen.recipe import Recipe
from ittgen.records import Example, Message, Rejection
from ittgen.spending import Kept, Share, Spent, kept, spent
from ittgen.stages import Stage
from ittgen.steps import Outcome
from ittgen.workshop import Workshop
from tests.toy import project

PRICE = {"input": 100.0, "output": 1000.0, "cached": 10.0, "reasoning": 2000.0}


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    return Recipe.load(project(tmp_path_factory.mktemp("spending") / "p")).set("teacher.price", PRICE)


@pytest.fixture(scope="module")
def stage(recipe: Recipe) -> Stage:
    return Workshop.of(recipe, recipe.folder / "data").stage("propose")


async def answered(journal: Journal, text: str, usage: Usage, endpoint: str = "") -> str:
    """The key of a stored answer of the toy's teacher."""
    request = Request("m", (Message("user", text),), teacher={"kind": "scribe"})
    await journal.store(request, Response("a", usage=usage, endpoint=endpoint))
    return request.key


def came_to(journal: Journal, stage: Stage, slot: int, accepted: int, rules: Sequence[str], asked: list[str]) -> None:
    """Commit a slot with so many rows and these rejections."""
    journal.begin(stage.identity, "d", stage.name, {})
    position = journal.progress(stage.identity).accepted
    rows = [Example(f"row {slot} {n}") for n in range(accepted)]
    journal.commit(stage.identity, Outcome(slot, rows, [Rejection("x", rule) for rule in rules], asked), position)


async def test_cached_and_thought_tokens_are_paid_at_their_prices(recipe: Recipe, stage: Stage, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        key = await answered(journal, "q", Usage(1000, 100, reasoning_tokens=60, cached_tokens=400))
        came_to(journal, stage, 0, 1, [], [key])
        cost = spent(recipe, stage, journal)
    dollars = (600 * 100 + 400 * 10 + 40 * 1000 + 60 * 2000) / 1e6
    assert cost.dollars == pytest.approx(dollars)
    assert cost.usage == Usage(1000, 100, 60, 400)
    assert cost.by_rule == {"accepted": Share(1, 1100, cost.dollars)}


async def test_a_slots_answers_are_shared_out_among_its_drafts_accepted_or_not(
    recipe: Recipe, stage: Stage, tmp_path: Path
) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        a, b = await answered(journal, "a", Usage(30, 10)), await answered(journal, "b", Usage(40, 20))
        came_to(journal, stage, 0, 1, ["length", "length", "zebra"], [a, b])
        came_to(journal, stage, 1, 0, ["nothing"], [await answered(journal, "c", Usage(7, 0))])
        came_to(journal, stage, 2, 1, [], [])
        cost = spent(recipe, stage, journal)
        assert spent(recipe, stage, journal, 1).calls == 2
    tokens = {rule: (share.drafts, share.tokens) for rule, share in cost.by_rule.items()}
    assert list(tokens.items()) == [("accepted", (2, 25)), ("length", (2, 50)), ("zebra", (1, 25)), ("nothing", (1, 7))]


async def test_an_answer_that_slots_share_is_the_first_ones(recipe: Recipe, stage: Stage, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        key = await answered(journal, "same", Usage(10, 5))
        for slot in range(3):
            came_to(journal, stage, slot, 0, [f"rule-{slot}"], [key, key])
        cost = spent(recipe, stage, journal)
    assert cost.calls == 1
    assert {rule: share.tokens for rule, share in cost.by_rule.items()} == {"rule-0": 15, "rule-1": 0, "rule-2": 0}


async def test_another_stages_use_of_an_answer_takes_nothing_from_this_one(
    recipe: Recipe, stage: Stage, tmp_path: Path
) -> None:
    other = Workshop.of(recipe, tmp_path).stage("evolve")
    with Journal.open(tmp_path / "j.sqlite") as journal:
        key = await answered(journal, "same", Usage(10, 5))
        came_to(journal, other, 0, 1, [], [key])
        came_to(journal, stage, 0, 0, ["length"], [])
        came_to(journal, stage, 1, 1, [], [key])
        assert [spent(recipe, one, journal).calls for one in (other, stage)] == [1, 1]


async def test_who_answered_is_counted_and_never_told_to_the_manifest(
    recipe: Recipe, stage: Stage, tmp_path: Path
) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        keys = [await answered(journal, f"q{n}", Usage(1, 1), f"host-{n % 2}") for n in range(5)]
        came_to(journal, stage, 0, 1, [], [*keys, await answered(journal, "alone", Usage(1, 1))])
        cost = spent(recipe, stage, journal)
    assert cost.endpoints == {"host-0": 3, "host-1": 2}
    assert "host-0" not in json.dumps(cost.to_json())


def test_a_stage_that_never_began_cost_nothing(recipe: Recipe, stage: Stage, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        assert spent(recipe, stage, journal) == Spent()


slots = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.sampled_from("abc"), max_size=4), st.lists(st.integers(0, 9), max_size=4))
    .filter(lambda slot: bool(slot[0] or slot[1])),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, derandomize=True, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slots=slots)
async def test_the_shares_add_up_to_all_tokens_and_all_drafts(
    recipe: Recipe,
    stage: Stage,
    tmp_path_factory: pytest.TempPathFactory,
    slots: list[tuple[int, list[str], list[int]]],
) -> None:
    with Journal.open(tmp_path_factory.mktemp("sums") / "j.sqlite") as journal:
        for number, (accepted, rules, asked) in enumerate(slots):
            keys = [await answered(journal, str(n), Usage(7 * n + 1, n, n // 2, n)) for n in asked]
            came_to(journal, stage, number, accepted, rules, keys)
        cost = spent(recipe, stage, journal)
        rejected = journal.rules(stage.identity)
    known = {n for _, _, asked in slots for n in asked}
    assert cost.calls == len(known)
    shares = cost.by_rule.values()
    assert sum(share.tokens for share in shares) == sum(8 * n + 1 for n in known)
    assert sum(share.dollars for share in shares) == pytest.approx(cost.dollars)
    assert {rule: share.drafts for rule, share in cost.by_rule.items() if rule != "accepted"} == rejected


def reads_a_whole_table(step: str) -> bool:
    """Whether a step of a query's plan scans a table of the file; the list given as a parameter is none."""
    return step.startswith("SCAN") and "VIRTUAL TABLE" not in step


def test_the_journal_is_read_in_its_own_order_and_nothing_is_sorted_or_gathered(
    recipe: Recipe, stage: Stage, tmp_path: Path
) -> None:
    said: list[str] = []
    with Journal.open(tmp_path / "j.sqlite") as journal:
        journal._db.set_trace_callback(said.append)
        spent(recipe, stage, journal)
        journal._db.set_trace_callback(None)
    with sqlite3.connect(tmp_path / "j.sqlite") as db:
        plans = [step[3] for query in said for step in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    db.close()
    assert len(said) == 2 and any("asked_key" in step for step in plans)
    assert not [step for step in plans if "TEMP B-TREE" in step or reads_a_whole_table(step)]


def test_a_version_tells_what_its_rejected_drafts_cost_and_its_rows_do_not(recipe: Recipe, tmp_path: Path) -> None:
    data = grow(recipe, data=tmp_path / "data", journal=tmp_path / "j.sqlite", progress="none")
    shares = data.manifest.stages[0]["spent_by_rule"]
    assert {rule: (share["drafts"], share["tokens"]) for rule, share in shares.items()} == {
        "accepted": (4, 20), "length": (4, 20), "near-duplicate": (4, 20),
    }  # fmt: skip
    assert data.manifest.cost == pytest.approx(sum(stage["dollars"] for stage in data.manifest.stages))
    dear = recipe.set("teacher.price", {"input": 9.0, "output": 9.0})
    again = grow(dear, data=tmp_path / "other", journal=tmp_path / "j.sqlite", progress="none", offline=True)
    assert again.manifest.cost != data.manifest.cost and again.manifest.digest == data.manifest.digest


# Prices in recipes


def test_a_price_changes_no_stages_identity(recipe: Recipe, tmp_path: Path) -> None:
    plain = recipe.set("teacher.price", {"input": 1.0, "output": 2})
    both = (Workshop.of(one, tmp_path).stages for one in (recipe, plain))
    assert len({tuple(stage.identity for stage in stages) for stages in both}) == 1
    assert plain.to_json()["teacher"]["price"] == {"input": 1.0, "output": 2.0}


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ({"input": 1.0}, r'price: "output" is missing'),
        ({"input": -1.0, "output": 1.0}, r'"input" must be at least 0, not -1.0'),
        ({"input": 1.0, "output": 1.0, "cached": -0.5}, r'"cached" must be at least 0, not -0.5'),
        ({"input": 1.0, "output": 1.0, "reasoning": "2"}, r'"reasoning" must be a number, not "2"'),
        ({"input": 1.0, "output": float("inf")}, "a value that JSON does not have"),
        ({"input": 1.0, "output": 1.0, "cache": 0.5}, r'unknown key "cache" \(did you mean "cached"\?\)'),
    ],
)
def test_a_price_that_is_none_is_told_with_its_place(recipe: Recipe, price: dict[str, object], said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        recipe.set("teacher.price", price)


async def test_an_answer_that_stages_share_is_the_first_ones(recipe: Recipe, tmp_path: Path) -> None:
    """As many slots of the first stage as count: what lies beyond its end is nobody's there."""
    stages = Workshop.of(recipe, recipe.folder / "data").stages
    first, later = stages[0], replace(stages[0], identity="later")
    with Journal.open(tmp_path / "j.sqlite") as journal:
        shared = await answered(journal, "shared", Usage(1000, 100))
        beyond = await answered(journal, "beyond", Usage(2000, 0))
        came_to(journal, first, 0, 1, [], [shared])
        came_to(journal, first, 1, 1, [], [beyond])
        came_to(journal, later, 0, 1, [], [shared, beyond])
        assert spent(recipe, later, journal).calls == 2
        assert spent(recipe, later, journal, earlier={first.identity: 2}).calls == 0
        assert spent(recipe, later, journal, earlier={first.identity: 1}).usage == Usage(2000, 0)


# Answers for slots that are not finished


async def stored(journal: Journal, text: str, label: str = "propose/0 toy/propose", **other: Any) -> str:
    """The key of an answer as the recipe's own teacher would have given it, but for what `other` says."""
    own = {"model": "scribe-1", "sampling": {"temperature": 0.5}, "teacher": {"kind": "scribe"}}
    request = Request(messages=(Message("user", text),), label=label, **own | other)
    await journal.store(request, Response("a", usage=Usage(1000, 100, 60, 400)))
    return request.key


async def test_answers_that_no_slot_used_yet_are_added_up_by_stage(recipe: Recipe, tmp_path: Path) -> None:
    stages = Workshop.of(recipe, tmp_path).stages
    with Journal.open(tmp_path / "j.sqlite") as journal:
        came_to(journal, stages[0], 0, 1, [], [await stored(journal, "used")])
        for slot in (1, 1, 2):
            await stored(journal, f"slot {slot}", f"propose/{slot} toy/propose")  # one question is one answer
        await stored(journal, "later", "answer/12 toy/answer")
        known = kept(recipe, stages, journal)
        assert spent(recipe, stages[0], journal).calls == 1
    dollars = (600 * 100 + 400 * 10 + 40 * 1000 + 60 * 2000) / 1e6
    dearest = (1000 * 100 + 4096 * 2000) / 1e6
    assert known == {
        "propose": Kept(2, Usage(2000, 200, 120, 800), pytest.approx(2 * dollars), 8192, pytest.approx(2 * dearest)),
        "evolve": Kept(),
        "answer": Kept(1, Usage(1000, 100, 60, 400), pytest.approx(dollars), 4096, pytest.approx(dearest)),
    }


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("propose/2 toy/propose", {"model": "scribe-2"}),
        ("propose/2 toy/propose", {"teacher": {"kind": "typist"}}),
        ("propose/2 toy/propose", {"sampling": {"temperature": 0.7}}),
        ("propose/2 toy/propose", {"sampling": {}}),
        ("propose/2 other/propose", {}),
        ("propos/2 toy/propose", {}),
        ("proposed/2 toy/propose", {}),
        ("propose/0 toy/propose", {}),  # that slot is finished, so its question was another one
        ("", {}),
    ],
)
async def test_an_answer_that_cannot_be_of_this_recipe_is_left_out(
    recipe: Recipe, stage: Stage, tmp_path: Path, label: str, other: dict[str, Any]
) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        came_to(journal, stage, 0, 1, [], [])
        await stored(journal, "another's", label, **other)
        assert kept(recipe, [stage], journal) == {"propose": Kept()}
        await stored(journal, "its own", "propose/1 toy/propose", sampling={"temperature": 0.5, "seed": 3})
        assert kept(recipe, [stage], journal)["propose"].calls == 1, "a generator may add to the sampling"


async def test_a_generators_own_sampling_is_no_other_recipes(tmp_path: Path, recipe: Recipe) -> None:
    own = {"use": "distill", "sampling": {"temperature": 0.0, "max_tokens": 40}}
    recipe = recipe.set("stage.answer.generator", own)
    stage = Workshop.of(recipe, tmp_path).stage("answer")
    label = f"answer/0 {stage.generator.prompts[0]}"
    with Journal.open(tmp_path / "j.sqlite") as journal:
        for limit in (40, 80):  # cut off, and asked again with more room
            await stored(journal, "q", label, sampling={"temperature": 0, "max_tokens": limit})
        known = kept(recipe, [stage], journal)["answer"]
    assert (known.calls, known.longest) == (2, 120)


async def test_what_a_slot_of_any_recipe_used_is_not_kept_for_another(recipe: Recipe, tmp_path: Path) -> None:
    stage = Workshop.of(recipe, tmp_path).stage("propose")
    with Journal.open(tmp_path / "j.sqlite") as journal:
        key = await stored(journal, "q", "propose/5 toy/propose")
        assert kept(recipe, [stage], journal)["propose"].calls == 1
        came_to(journal, replace(stage, identity="another recipe's"), 0, 1, [], [key])
        assert kept(recipe, [stage], journal)["propose"].calls == 0


async def test_answers_that_slots_used_are_never_opened_to_find_the_others(
    recipe: Recipe, stage: Stage, tmp_path: Path
) -> None:
    said: list[str] = []
    with Journal.open(tmp_path / "j.sqlite") as journal:
        await stored(journal, "q")
        journal._db.set_trace_callback(said.append)
        kept(recipe, [stage], journal)
        journal._db.set_trace_callback(None)
    (query,) = (query for query in said if "EXCEPT" in query)
    with sqlite3.connect(tmp_path / "j.sqlite") as db:
        plans = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    db.close()
    assert not [step for step in plans if step.startswith(("SCAN answers", "SCAN asked")) and "COVERING" not in step]
    assert any(step.startswith("SEARCH answers") for step in plans)
