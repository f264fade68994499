"""Every part is looked at, whatever is wrong with the others; nothing stays behind and no key is shown."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ittgen import doctor
from ittgen.calls import Request, Response
from ittgen.doctor import Finding, examine
from ittgen.errors import TeacherError
from ittgen.journal import Journal
from ittgen.locks import hold
from ittgen.recipe import Recipe
from ittgen.text import JSON
from tests.openai_server import OpenAIServer
from tests.toy import project

SECRET = "sk-never-to-be-seen"
ALL = [
    "recipe", "teacher", "seeds", "stage propose", "stage evolve", "stage answer", "stages", "data folder",
    "journal folder", "journal", "answer",
]  # fmt: skip


@dataclass(frozen=True)
class Mute:
    """A teacher that fails in the way asked for."""

    how: str

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "mute"}

    async def ask(self, request: Request) -> Response:
        if self.how == "silent":
            await asyncio.Event().wait()
        if self.how == "refusing":
            return Response("", "error", error="this model knows no temperature")
        raise TeacherError("the server is on fire")

    async def close(self) -> None: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project(tmp_path / "p")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "j" / "journal.sqlite"


def looked(recipe: Recipe | Path, data: Path, journal: Path) -> dict[str, Finding]:
    """Findings by check; the packaged prompts are another test's business."""
    return {finding.check: finding for finding in examine(recipe, data, journal) if finding.check != "prompts"}


def bad(findings: Mapping[str, Finding]) -> list[str]:
    return [check for check, finding in findings.items() if not finding.ok]


# When all is well


def test_a_recipe_that_can_run_has_no_fault_and_nothing_is_left_behind(path: Path, data: Path, journal: Path) -> None:
    found = looked(path, data, journal)
    assert list(found) == ALL and bad(found) == []
    assert not data.exists() and not journal.parent.exists()


def test_details_say_what_was_found(path: Path, data: Path, journal: Path) -> None:
    details = {check: finding.detail for check, finding in looked(path, data, journal).items()}
    assert details["recipe"] == f"{path}: toy, 3 stages"
    assert details["teacher"] == "kind scribe"
    assert details["seeds"].endswith("17 seeds; ittgen seeds check: 0 errors, 16 notices")
    assert details["stage propose"] == "tests.toy:Propose; filters: length; prompts: toy/propose"
    assert details["journal"] == f"{journal}: none yet; the first run makes it"
    assert details["answer"].startswith("model scribe-1.5, finish_reason stop, 0.0")


def test_a_recipe_may_be_given_loaded_and_changed(path: Path, data: Path, journal: Path) -> None:
    changed = Recipe.load(path).set("stage.evolve.filter", [])
    assert (
        looked(changed, data, journal)["stage evolve"].detail == "tests.toy:Evolve; filters: none; prompts: toy/evolve"
    )


async def test_it_works_where_a_loop_is_running(path: Path, data: Path, journal: Path) -> None:
    assert looked(path, data, journal)["answer"].ok


def test_what_the_journal_holds_stays_as_it_is_and_the_answer_is_not_stored(
    path: Path, data: Path, journal: Path
) -> None:
    Journal.open(journal).close()
    before = journal.read_bytes()
    assert looked(path, data, journal)["journal"].detail == f"{journal}: free, schema 1"
    assert journal.read_bytes() == before
    Journal.open(journal).close()


def test_findings_go_to_json() -> None:
    assert json.dumps(Finding("seeds", True, "x").to_json()) == '{"check": "seeds", "ok": true, "detail": "x"}'


# When something is wrong

FAULTS: dict[str, tuple[str, Any, list[str], str]] = {
    "a teacher that does not exist": ("teacher.use", "opnai", ["teacher"], 'did you mean "openai"'),
    "a teacher's option": ("teacher.loud", True, ["teacher"], 'has no option "loud"'),
    "seeds that do not exist": ("seeds", "mein", ["seeds"], 'did you mean "mine"'),
    "a generator": ("stage.propose.generator.use", "tests.toy:Propos", ["stage propose"], "no attribute 'Propos'"),
    "a filter's option": ("stage.evolve.filter.0.min", 3, ["stage evolve"], 'no option "min"'),
    "a stage that never ends": ("stage.propose.target", None, ["stages"], "give the stage a target"),
    "a teacher on fire": ("teacher", {"use": "tests.test_doctor:Mute", "how": "on fire"}, ["answer"], "on fire"),
    "a teacher that refuses the sampling": (
        "teacher",
        {"use": "tests.test_doctor:Mute", "how": "refusing"},
        ["answer"],
        "this model knows no temperature",
    ),
}


@pytest.mark.parametrize(("where", "value", "checks", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_is_found_and_hides_no_other_part(
    path: Path, data: Path, journal: Path, where: str, value: Any, checks: list[str], said: str
) -> None:
    found = looked(Recipe.load(path).set(where, value), data, journal)
    assert bad(found) == checks
    assert said in found[checks[0]].detail
    depending = {"teacher": {"stages"}, "seeds": {"stages"}, "stage": {"stages"}}.get(checks[0].split()[0], set())
    assert set(ALL) - found.keys() == depending | ({"answer"} - set(checks))


def test_nothing_is_asked_while_something_is_wrong(path: Path, data: Path, journal: Path) -> None:
    with OpenAIServer(lambda body: ("ready", "stop")) as server:
        recipe = Recipe.load(path).set("teacher", {"use": "openai", "model": "m-1", "base_url": server.base_url})
        data.touch()
        assert bad(looked(recipe, data, journal)) == ["data folder"]
        assert not server.requests
        data.unlink()
        assert bad(looked(recipe, data, journal)) == [] and len(server.requests) == 1


def test_several_faults_are_all_found(path: Path, data: Path, journal: Path) -> None:
    recipe = Recipe.load(path).set("seeds", "mein").set("stage.evolve.generator.use", "x").set("teacher.use", "y")
    (path.parent / "prompts" / "toy" / "answer.toml").unlink()
    data.touch()
    journal.mkdir(parents=True)
    found = looked(recipe, data, journal)
    assert bad(found) == ["teacher", "seeds", "stage evolve", "stage answer", "data folder", "journal"]
    assert 'no prompt "toy/answer"' in found["stage answer"].detail


def test_a_recipe_that_cannot_be_read_leaves_the_rest_to_look_at(path: Path, data: Path, journal: Path) -> None:
    path.write_text(path.read_text().replace("seed = 7", "sead = 7"))
    found = looked(path, data, journal)
    assert bad(found) == ["recipe"] and 'did you mean "seed"' in found["recipe"].detail
    assert list(found) == ["recipe", "data folder", "journal folder", "journal"]


def test_a_seed_that_cannot_be_read_is_named_with_its_line(path: Path, data: Path, journal: Path) -> None:
    (path.parent / "seeds" / "mine.jsonl").write_text('{"instruction": "One good task."}\n{}\n')
    found = looked(path, data, journal)
    assert bad(found) == ["seeds"] and 'line 2: "instruction" is missing' in found["seeds"].detail


def test_a_journal_in_use_is_said_with_its_holder(path: Path, data: Path, journal: Path) -> None:
    Journal.open(journal).close()
    held = hold(journal)
    found = looked(path, data, journal)
    held.release()
    assert bad(found) == ["journal"] and "is using it" in found["journal"].detail


def test_a_file_that_is_no_journal_is_said(path: Path, data: Path, journal: Path) -> None:
    journal.parent.mkdir()
    journal.write_text("dear diary " * 100)
    assert "not a database" in looked(path, data, journal)["journal"].detail


def test_prompts_of_ones_own_are_checked_where_they_are_locked(path: Path, data: Path, journal: Path) -> None:
    (path.parent / "prompts" / "prompts.lock").write_text("toy/answer 2 0000\n")
    own = [f for f in examine(path, data, journal) if f.check == "prompts" and str(path.parent) in f.detail]
    assert len(own) == 1 and not own[0].ok
    assert "toy/answer: the text changed and version 2 did not" in own[0].detail
    assert "toy/evolve: not in the lock" in own[0].detail


def test_a_teacher_that_never_answers_is_given_up(
    path: Path, data: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.0)
    recipe = Recipe.load(path).set("teacher", {"use": "tests.test_doctor:Mute", "how": "silent"})
    assert looked(recipe, data, journal)["answer"].detail == "no answer within 0 s"


# Keys


def test_a_missing_key_is_named_by_its_variable(
    path: Path, data: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    found = looked(Recipe.load(path).set("teacher", {"use": "openai", "model": "m"}), data, journal)
    assert bad(found) == ["answer"] and "OPENAI_API_KEY is not set" in found["answer"].detail


@pytest.mark.parametrize(("key", "ok"), [(SECRET, True), ("another", False)])
def test_a_key_is_never_shown(
    path: Path, data: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, key: str, ok: bool
) -> None:
    monkeypatch.setenv("TOY_KEY", SECRET)
    with OpenAIServer(lambda body: ("ready", "stop"), api_key=key) as server:
        teacher = {"use": "openai", "model": "m-1", "base_url": server.base_url, "api_key_env": "TOY_KEY"}
        found = examine(Recipe.load(path).set("teacher", teacher), data, journal)
    (answer,) = [finding for finding in found if finding.check == "answer"]
    assert answer.ok is ok
    assert "the key is refused (read from TOY_KEY)" in answer.detail or '"ready"' in answer.detail
    assert SECRET not in repr(found)


def test_the_one_request_is_small_and_has_the_recipes_own_sampling(path: Path, data: Path, journal: Path) -> None:
    with OpenAIServer(lambda body: ("ready", "stop")) as server:
        teacher = {"use": "openai", "model": "m-1", "base_url": server.base_url, "sampling": {"temperature": 0.2}}
        looked(Recipe.load(path).set("teacher", teacher), data, journal)
        ((_, body),) = server.requests
    assert (body["model"], body["temperature"]) == ("m-1", 0.2)
    assert len(json.dumps(body)) < 200
