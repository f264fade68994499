"""A plan tells calls, tokens and dollars without asking anybody, and says what it took for granted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ittgen.api import grow, plan, try_
from ittgen.calls import Ask
from ittgen.cli import main
from ittgen.errors import JournalError, Stopped
from ittgen.generators.base import Work
from ittgen.planning import Plan, StagePlan, ToGo
from ittgen.recipe import Recipe
from ittgen.records import Draft
from tests.openai_server import OpenAIServer
from tests.toy import Answer, project

ROOT = Path(__file__).parents[1]
CALL = (10 * 1000.0 + 5 * 2000.0) / 1e6


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return Recipe.load(project(tmp_path / "p"))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "j" / "journal.sqlite"


def listing(folder: Path) -> list[Path]:
    """What lies below a folder but what Python and SQLite put beside the files that they read."""
    return sorted(
        p for p in folder.rglob("*") if "__pycache__" not in p.parts and not p.name.endswith(("-shm", "-wal"))
    )


@contextmanager
def nothing_written(folder: Path) -> Iterator[None]:
    before = listing(folder)
    yield
    assert listing(folder) == before


def named(expected: Plan, name: str) -> StagePlan:
    return next(stage for stage in expected.stages if stage.stage == name)


@dataclass(frozen=True)
class Careless(Answer):
    """Reads in a reply what only its own model says."""

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        (await ask("toy/answer", instruction=work.parents[0].instruction)).text.index("never said")
        return []


@dataclass(frozen=True)
class Undeclared(Answer):
    """Asks with a prompt that it does not list."""

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        await ask("toy/secret")
        return []


# Rehearsed


def test_nobody_is_asked_no_key_is_needed_and_nothing_stays(
    recipe: Recipe, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    with OpenAIServer() as server, nothing_written(tmp_path):
        price = {"input": 1.0, "output": 2.0}
        teacher = {"use": "openai", "model": "m", "base_url": server.base_url, "api_key_env": "NO_KEY", "price": price}
        expected = plan(recipe.set("teacher", teacher), data=tmp_path / "data", journal=journal)
        assert not server.requests
    assert {stage.basis for stage in expected.stages} == {"rehearsed"}
    assert expected.dollars and expected.prompt_tokens and expected.completion_tokens


def test_prompts_are_a_token_for_four_bytes_and_dollars_follow_from_the_tokens(recipe: Recipe, journal: Path) -> None:
    stage = named(plan(recipe.set("teacher.sampling", {"max_tokens": 64}), journal=journal), "propose")
    longest = "Number 3. Write three tasks like these:\nSay the word heron aloud.\nSay the word heron aloud."
    assert stage.prompt_tokens and stage.completion_tokens and stage.dollars and stage.dollars_at_most
    assert 0.8 * len(longest) / 4 < stage.prompt_tokens / stage.calls < 1.2 * len(longest) / 4
    assert stage.dollars == pytest.approx((stage.prompt_tokens * 1000 + stage.completion_tokens * 2000) / 1e6, rel=0.02)
    assert stage.completion_tokens_at_most == 64 * stage.calls
    assert stage.dollars_at_most == pytest.approx(
        (stage.prompt_tokens * 1000 + 64 * stage.calls * 2000) / 1e6, rel=0.02
    )


def test_the_dearest_case_counts_thought_at_its_price(recipe: Recipe, journal: Path) -> None:
    dear = recipe.set("teacher.price", {"input": 1000.0, "output": 2000.0, "cached": 1.0, "reasoning": 8000.0})
    plain, thoughtful = plan(recipe, journal=journal), plan(dear, journal=journal)
    assert thoughtful.dollars == pytest.approx(plain.dollars)
    assert thoughtful.dollars_at_most and plain.dollars_at_most
    assert thoughtful.dollars_at_most > 3 * plain.dollars_at_most


def test_a_generator_that_does_not_say_what_it_needs_is_taken_by_its_rehearsal(recipe: Recipe, journal: Path) -> None:
    expected = plan(recipe, journal=journal)
    propose = named(expected, "propose")
    assert (propose.slots, propose.calls, propose.rows) == (3, 3, 4)  # three drafts a slot, three of five pass
    assert '"tests.toy:Propose" does not say what a slot needs: as in rehearsal' in " ".join(expected.assumed)
    assert any("60% of the drafts" in line for line in expected.assumed)


def test_a_stage_that_ends_with_its_source_is_not_planned_beyond_it(recipe: Recipe, journal: Path) -> None:
    evolve = named(plan(recipe.set("stage.evolve.target", 1000), journal=journal), "evolve")
    assert evolve.slots == 4 and evolve.rows < 1000


def test_rows_that_are_kept_as_they_are_cost_no_call(recipe: Recipe, journal: Path) -> None:
    kept = recipe.set("stage.answer", {"name": "answer", "generator": {"use": "distill"}})  # the seeds have outputs
    answer = named(plan(kept, journal=journal), "answer")
    assert (answer.calls, answer.prompt_tokens, answer.dollars) == (0, 0, 0.0) and answer.slots > 0


@pytest.mark.parametrize(
    ("broken", "said"), [("Careless", "ValueError: substring not found"), ("Undeclared", 'asks with "toy/secret"')]
)
def test_what_cannot_be_rehearsed_is_said_and_planned_by_assumption(
    recipe: Recipe, journal: Path, broken: str, said: str
) -> None:
    expected = plan(recipe.set("stage.answer.generator.use", f"tests.test_planning:{broken}"), journal=journal)
    assert [stage.basis for stage in expected.stages] == ["rehearsed", "rehearsed", "assumed"]
    answer = named(expected, "answer")
    assert (answer.calls, answer.prompt_tokens, answer.dollars) == (answer.slots, None, None)
    assert expected.prompt_tokens is None and expected.dollars is None and expected.calls > 0
    (line,) = [line for line in expected.assumed if "could not be rehearsed" in line]
    assert line.startswith("answer: ") and said in line
    assert any("one call and one draft taken" in line for line in expected.assumed)


# Prices


def test_without_a_price_there_are_tokens_and_no_dollars(recipe: Recipe, journal: Path) -> None:
    free = recipe.set("teacher", {"use": "tests.toy:Scribe"})
    expected = plan(free, journal=journal)
    assert expected.unpriced == [""] and expected.completion_tokens
    assert {(stage.dollars, stage.dollars_at_most) for stage in expected.stages} == {(None, None)}
    assert expected.dollars is None
    assert "add price" not in str(expected.to_json()) and expected.to_json()["unpriced"] == [""]


def test_stages_are_paid_by_their_own_teachers_price(recipe: Recipe, journal: Path) -> None:
    teachers = {"cheap": {"use": "procedural", "noise": 0.0}, "dark": {"use": "tests.toy:Scribe"}}
    several = recipe.set("teachers", teachers).set("stage.answer.teacher", "cheap").set("stage.evolve.teacher", "dark")
    expected = plan(several, journal=journal)
    assert named(expected, "answer").dollars == 0  # a program costs nothing
    assert named(expected, "evolve").dollars is None and named(expected, "propose").dollars
    assert expected.unpriced == ["dark"] and expected.dollars is None


# Measured


def test_what_the_journal_knows_is_measured(recipe: Recipe, journal: Path, tmp_path: Path) -> None:
    grow(recipe, data=tmp_path / "data", journal=journal, progress="none")
    with nothing_written(tmp_path):
        expected = plan(recipe.set("stage.propose.target", 8), data=tmp_path / "data", journal=journal)
    assert {stage.basis for stage in expected.stages} == {"measured"}
    assert [(s.slots, s.calls, s.rows) for s in expected.stages] == [(8, 8, 8), (8, 8, 8), (8, 8, 16)]
    assert (expected.prompt_tokens, expected.completion_tokens) == (240, 120)
    assert expected.dollars == pytest.approx(24 * CALL)
    assert "propose: goes on like the 4 slots that are done, with 1 calls and 1 rows a slot" in expected.assumed
    assert not any("60%" in line for line in expected.assumed)


def test_of_a_recipe_that_never_ran_all_is_to_go(recipe: Recipe, journal: Path) -> None:
    expected = plan(recipe, journal=journal)
    assert not expected.begun and expected.to_go.slots == sum(stage.slots for stage in expected.stages)
    for whole in (*expected.stages, expected):
        to_go = whole.to_go
        assert (to_go.calls, to_go.prompt_tokens, to_go.completion_tokens) == (
            whole.calls, whole.prompt_tokens, whole.completion_tokens
        )  # fmt: skip
        assert (to_go.dollars, to_go.dollars_at_most) == (whole.dollars, whole.dollars_at_most)


def test_what_is_done_is_told_apart_from_what_is_still_to_pay(recipe: Recipe, journal: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        grow(recipe, data=tmp_path / "data", journal=journal, progress="none", max_calls=6, concurrency=1)
    expected = plan(recipe, journal=journal)
    assert expected.begun and [(s.done, s.slots) for s in expected.stages[:2]] == [(4, 4), (2, 4)]
    assert named(expected, "propose").to_go == ToGo(0, 0, 0, 0, 0.0, 0.0)
    evolve = named(expected, "evolve")
    assert evolve.to_go.dollars_at_most and evolve.to_go.dollars_at_most > 2 * CALL
    assert replace(evolve.to_go, dollars_at_most=None) == ToGo(2, 2, 20, 10, pytest.approx(2 * CALL))
    assert (evolve.calls, evolve.prompt_tokens, evolve.dollars) == (4, 40, pytest.approx(4 * CALL))
    assert expected.to_go.calls == 2 + named(expected, "answer").calls


def test_of_a_finished_recipe_nothing_is_left_and_nothing_uncertain(
    recipe: Recipe, journal: Path, tmp_path: Path
) -> None:
    grow(recipe, data=tmp_path / "data", journal=journal, progress="none")
    expected = plan(recipe, journal=journal)
    assert expected.begun and expected.to_go == ToGo(0, 0, 0, 0, 0.0, 0.0)
    assert [(s.slots, s.done, s.calls, s.rows) for s in expected.stages] == [(4, 4, 4, 4)] * 2 + [(4, 4, 4, 8)]
    assert expected.dollars == expected.dollars_at_most == pytest.approx(12 * CALL)
    assert not expected.assumed


def test_rows_beyond_a_target_are_no_slots_beyond_it(recipe: Recipe, journal: Path, tmp_path: Path) -> None:
    """The last slot may give more rows than were wanted, and the next stage works on all of them."""
    table = recipe.set("stage.answer.target", 3).to_json()
    table["stage"].append({"name": "again", "source": "answer", "generator": {"use": "tests.toy:Answer"}})
    longer = Recipe.of(table, recipe.path)
    grow(longer, data=tmp_path / "data", journal=journal, progress="none")
    expected = plan(longer, journal=journal)
    assert [(s.slots, s.done, s.rows) for s in expected.stages[2:]] == [(2, 2, 4), (4, 4, 4)]
    assert [s.calls for s in expected.stages[2:]] == [2, 0], "the same questions again"
    assert expected.to_go == ToGo(0, 0, 0, 0, 0.0, 0.0)


def test_answers_of_a_trial_tell_the_tokens_of_a_call_and_are_not_to_pay(recipe: Recipe, journal: Path) -> None:
    rehearsed = plan(recipe, journal=journal)
    try_(recipe, 2, journal=journal)
    expected = plan(recipe, journal=journal)
    assert [(s.slots, s.calls) for s in expected.stages] == [(s.slots, s.calls) for s in rehearsed.stages]
    for stage in expected.stages:
        assert (stage.basis, stage.done, stage.kept) == ("rehearsed", 0, 2)
        assert (stage.prompt_tokens, stage.completion_tokens) == (10 * stage.calls, 5 * stage.calls)
        assert stage.dollars == pytest.approx(CALL * stage.calls)
        assert stage.to_go.slots == stage.slots and stage.to_go.calls == stage.calls - 2
        assert stage.to_go.dollars == pytest.approx(CALL * (stage.calls - 2))
    assert expected.begun and expected.to_go.calls == expected.calls - 6
    told = "propose: 2 stored answers will be used and not paid again; prompts and answers as long as theirs"
    assert told in expected.assumed and not any("4 bytes" in line for line in expected.assumed)


def test_a_stage_that_changed_is_rehearsed_again_and_the_others_stay_measured(
    recipe: Recipe, journal: Path, tmp_path: Path
) -> None:
    grow(recipe, data=tmp_path / "data", journal=journal, progress="none")
    changed = plan(recipe.set("stage.answer.filter", [{"use": "empty"}]), data=tmp_path / "data", journal=journal)
    assert [stage.basis for stage in changed.stages] == ["measured", "measured", "rehearsed"]


def test_a_file_that_is_no_journal_is_said(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("dear diary " * 100)
    with pytest.raises(JournalError, match="not a database"):
        plan(recipe, journal=tmp_path / "notes")


def test_people_are_told_what_is_left_or_that_nothing_is(
    recipe: Recipe, journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "still to pay" not in shown("plan", recipe, journal, capsys)
    with pytest.raises(Stopped):
        grow(recipe, data=tmp_path / "data", journal=journal, progress="none", max_calls=6, concurrency=1)
    head, lines = shown("plan", recipe, journal, capsys).split("of this, still to pay\n")
    assert head.splitlines()[2].split() == ["evolve", "tests.toy:Evolve", *"4 4 4 40 20 0.08 16.44".split()]
    assert [line.split()[:4] for line in lines.splitlines()[1:5]] == [
        ["propose", "4", "4", "0"], ["evolve", "2", "4", "2"], ["answer", "0", "4", "4"], ["all", "6", "12", "6"]
    ]  # fmt: skip
    grow(recipe, data=tmp_path / "data", journal=journal, progress="none")
    done = shown("plan", recipe, journal, capsys)
    assert "nothing is left to pay: all 12 slots are done" in done and "still to pay" not in done


def shown(verb: str, recipe: Recipe, journal: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a verb prints."""
    with pytest.raises(SystemExit) as exit:
        main([verb, str(recipe.path), "--journal", str(journal)])
    assert exit.value.code == 0
    return capsys.readouterr().out


# Wherever it is asked for


async def test_a_plan_can_be_made_inside_a_running_loop(recipe: Recipe, journal: Path) -> None:
    assert plan(recipe, journal=journal).calls > 0


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_rehearsed_to_its_last_stage(path: Path, journal: Path) -> None:
    expected = plan(path, journal=journal)
    assert {stage.basis for stage in expected.stages} == {"rehearsed"}
    assert expected.prompt_tokens and expected.completion_tokens and expected.dollars == 0


def test_the_same_recipe_has_the_same_plan(recipe: Recipe, journal: Path) -> None:
    assert plan(recipe, journal=journal).to_json() == plan(recipe, journal=journal).to_json()
