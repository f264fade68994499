"""Every token of every answer is paid once, at its price, and stands with the drafts that it went into."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ittgen.api import grow
from ittgen.calls import Request, Response, Usage
from ittgen.errors import RecipeError
from ittgen.journal import Journal
from ittgen.recipe import Recipe
from ittgen.records import Example, Message, Rejection
from ittgen.spending import Share, Spent, spent
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
    assert not [step for step in plans if "TEMP B-TREE" in step or step.startswith("SCAN")]


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
