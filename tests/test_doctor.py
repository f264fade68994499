"""Every part is looked at, whatever is wrong with the others; nothing stays behind and no key is shown."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ittgen import errors
from ittgen.calls import Request, Response, Usage
from ittgen.doctor import Finding, asking, examine
from ittgen.errors import TeacherError
from ittgen.journal import Journal
from ittgen.locks import hold
from ittgen.recipe import Recipe
from ittgen.teachers.endpoints import Endpoint
from ittgen.text import JSON
from tests.openai_server import OpenAIServer
from tests.toy import project

SECRET = "sk-never-to-be-seen"
NOWHERE = "http://127.0.0.1:9/v1"
"""Where nothing listens."""
FEATURES = ["answer: seed", "answer: stop", "answer: logprobs", "answer: schema"]
ALL = [
    "recipe", "teacher", "seeds", "stage propose", "stage evolve", "stage answer", "stages", "data folder",
    "journal folder", "journal", "answer", *FEATURES,
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
        if self.how == "sdk":
            import openai

            async with openai.AsyncOpenAI(api_key=SECRET, base_url=NOWHERE, max_retries=0) as client:
                await client.models.list()
        if self.how == "broken":
            raise ZeroDivisionError("its own fault")
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
    "a teacher written with the SDK": (
        "teacher",
        {"use": "tests.test_doctor:Mute", "how": "sdk"},
        ["answer"],
        "onnect",
    ),
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
    assert set(ALL) - found.keys() == depending | {"answer", *FEATURES} - set(checks)


def test_nothing_is_asked_while_something_is_wrong(path: Path, data: Path, journal: Path) -> None:
    with OpenAIServer(lambda body: ("ready", "stop")) as server:
        recipe = Recipe.load(path).set("teacher", {"use": "openai", "model": "m-1", "base_url": server.base_url})
        data.touch()
        assert bad(looked(recipe, data, journal)) == ["data folder"]
        assert not server.requests
        data.unlink()
        assert bad(looked(recipe, data, journal)) == [] and len(server.requests) == 1


def test_a_refusal_of_everything_is_not_asked_for_twice(path: Path, data: Path, journal: Path) -> None:
    with OpenAIServer(faults=lambda number, body: ("status", 401, {}, "no such key")) as server:
        recipe = Recipe.load(path).set("teacher", {"use": "openai", "model": "m-1", "base_url": server.base_url})
        assert bad(looked(recipe, data, journal)) == ["answer"] and len(server.requests) == 1


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
    monkeypatch.setattr(asking, "PATIENCE", 0.0)
    recipe = Recipe.load(path).set("teacher", {"use": "tests.test_doctor:Mute", "how": "silent"})
    assert looked(recipe, data, journal)["answer"].detail == "no answer within 0 s"


def test_a_fault_in_a_teachers_own_code_is_blamed_on_it(path: Path, data: Path, journal: Path) -> None:
    recipe = Recipe.load(path).set("teacher", {"use": "tests.test_doctor:Mute", "how": "broken"})
    with pytest.raises(ZeroDivisionError) as error:
        examine(recipe, data, journal)
    assert error.value.__notes__ == ["asking [teacher]"]


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


# What the server honours

COUNTED = "one two three four five six seven eight nine".split()
LIST = json.dumps({"numbers": COUNTED})


@dataclass(frozen=True)
class Able:
    """A teacher that honours what it is told to, refuses what it is told to, and counts its requests in a file."""

    honours: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    words: str = "400: this model does not support {}"
    error: str = "RefusedError"
    log: str = ""
    endpoints: tuple[Endpoint, ...] = ()
    include_stop: bool = False

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "able"}

    async def ask(self, request: Request) -> Response:
        if self.log:
            with Path(self.log).open("a") as file:
                file.write(request.text + "\n")
        if named := [name for name in self.refuses if name in {**request.sampling, **_schema(request)}]:
            raise getattr(errors, self.error)(self.words.format(named[0]))
        if self.endpoints and self.endpoints[0].name == "down":
            raise errors.TransientError("connection refused")
        return self._answer(request)

    def _answer(self, request: Request) -> Response:
        text = LIST if "schema" in self.honours and _schema(request) else ", ".join(COUNTED)
        if "stop" in self.honours and (stops := request.sampling.get("stop")):
            found = re.search("|".join(map(re.escape, stops)), text)
            text = text[: found.end() if self.include_stop else found.start()] if found else text
        logprobs = {"content": [{"token": "one"}]} if "logprobs" in self.honours else None
        return Response(text, logprobs=logprobs, usage=Usage(8, 20, estimated="usage" not in self.honours))

    async def close(self) -> None: ...


def _schema(request: Request) -> dict[str, JSON]:
    return {} if request.schema is None else {"response_format": request.schema}


def able(path: Path, log: Path, recipe: Mapping[str, Any] | None = None, **options: Any) -> Recipe:
    teacher = {"use": "tests.test_doctor:Able", "model": "m", "log": str(log), **options, **(recipe or {})}
    return Recipe.load(path).set("teacher", teacher)


def verdicts(found: Mapping[str, Finding]) -> dict[str, JSON]:
    return {name.split(": ")[1]: finding.told["verdict"] for name, finding in found.items() if ": " in name}


def sent(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.mark.parametrize("honours", list(product([True, False], repeat=3)))
@pytest.mark.parametrize("include_stop", [True, False])
def test_each_feature_is_told_apart_whatever_becomes_of_the_others(
    path: Path, data: Path, journal: Path, tmp_path: Path, honours: tuple[bool, ...], include_stop: bool
) -> None:
    log = tmp_path / "log"
    names = dict(zip(("stop", "logprobs", "schema"), honours, strict=True))
    kept = [name for name, does in names.items() if does]
    found = looked(able(path, log, honours=kept, include_stop=include_stop), data, journal)
    expected = {name: "honoured" if does else "ignored" for name, does in names.items()}
    assert verdicts(found) == {"seed": "accepted", **expected}
    assert bad(found) == [] and len(sent(log)) == 1
    assert {found[name].mark for name in FEATURES} == {""}


@pytest.mark.parametrize(("kept", "said"), [(["usage"], "as the server counted"), ([], "estimated")])
def test_usage_is_told_or_estimated(
    path: Path, data: Path, journal: Path, tmp_path: Path, kept: list[str], said: str
) -> None:
    answer = looked(able(path, tmp_path / "log", honours=kept), data, journal)["answer"]
    assert "8 tokens in and 20 out" in answer.detail and said in answer.detail
    told = answer.to_json()
    assert told["usage"]["estimated"] is (kept == [])
    assert told["finish_reason"] == "stop" and told["seconds"] >= 0 and told["model"] == ""


def test_what_a_server_refuses_by_name_is_refused_and_the_rest_not_known(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    found = looked(able(path, log, refuses=["logprobs"]), data, journal)
    assert bad(found) == [] and len(sent(log)) == 2
    assert verdicts(found) == {
        "seed": "cannot be told", "stop": "cannot be told", "logprobs": "refused", "schema": "cannot be told",
    }  # fmt: skip
    assert found["answer: logprobs"].detail == "refused: 400: this model does not support logprobs"
    first, second = sent(log)
    assert {"seed", "stop", "logprobs"} <= first["sampling"].keys() and first["schema"]
    assert second["sampling"] == {} and second["schema"] is None


def test_a_refusal_that_names_nothing_is_about_all_that_was_asked_for(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    found = looked(able(path, tmp_path / "log", refuses=["seed"], words="400: no"), data, journal)
    assert set(verdicts(found).values()) == {"refused"} and bad(found) == []


def test_what_the_recipe_itself_asks_for_is_judged_by_the_request_that_was_answered(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    own = {"sampling": {"seed": 5, "logprobs": True, "extra_body": {"top_k": 3}}}
    found = looked(able(path, log, own, honours=["logprobs"], refuses=["stop"], words="400: no"), data, journal)
    assert verdicts(found) == {
        "seed": "accepted", "stop": "refused", "logprobs": "honoured", "schema": "refused", "extra_body": "accepted",
    }  # fmt: skip
    assert [request["sampling"]["seed"] for request in sent(log)] == [5, 5]


def test_a_failure_that_may_have_another_reason_is_no_refusal(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    options = {"refuses": ["stop"], "words": "500: {}", "error": "TransientError"}
    found = looked(able(path, tmp_path / "log", **options), data, journal)
    assert set(verdicts(found).values()) == {"cannot be told"} and bad(found) == []
    assert "500: stop" in found["answer: seed"].detail


def test_a_teacher_that_refuses_the_recipes_own_sampling_too_is_a_fault_after_two_requests(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    own = {"sampling": {"temperature": 0.5}}
    found = looked(able(path, log, own, refuses=["temperature"]), data, journal)
    assert bad(found) == ["answer"] and "does not support temperature" in found["answer"].detail
    assert verdicts(found) == {} and len(sent(log)) == 2


def test_what_the_recipe_leaves_out_is_not_asked_for(path: Path, data: Path, journal: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    own = {"without": ["stop", "response_format", "temperature"], "sampling": {"temperature": 1, "max_tokens": 50}}
    found = looked(able(path, log, {**own, "room_to_think": 100}), data, journal)
    (request,) = sent(log)
    assert request["sampling"] == {"seed": 1, "logprobs": True, "max_tokens": 150} and request["schema"] is None
    assert verdicts(found) == {"seed": "accepted", "stop": "left out", "logprobs": "ignored", "schema": "left out"}


@pytest.mark.parametrize("schema", [{"required": ["numbers"]}, {"required": ["score"]}])
def test_a_form_of_answer_of_the_recipes_own_is_what_is_judged(
    path: Path, data: Path, journal: Path, tmp_path: Path, schema: JSON
) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    with OpenAIServer(lambda body: (LIST, "stop")) as server:
        teacher = {"use": "openai", "model": "m", "base_url": server.base_url, "sampling": {"response_format": form}}
        found = looked(Recipe.load(path).set("teacher", teacher), data, journal)
        ((_, body),) = server.requests
    assert body["response_format"] == form and "stop" not in body and "JSON" in body["messages"][0]["content"]
    follows = "honoured" if schema == {"required": ["numbers"]} else "ignored"
    assert verdicts(found)["schema"] == follows


@pytest.mark.parametrize(
    ("text", "reason", "stop", "schema"),
    [
        ("", "length", "cannot be told", "cannot be told"),
        ('{"numbers": ["one", ', "length", "cannot be told", "cannot be told"),
        ("<think>The user wants one, two, three, four, five, six, ", "stop", "honoured", "cannot be told"),
        ('```json\n{"numbers": ["one", "six", "', "stop", "honoured", "honoured"),
        ("1\n2\n3\n4\n5\n6\n", "stop", "honoured", "ignored"),
        ("Sure! What shall I count?", "stop", "cannot be told", "ignored"),
    ],
)
def test_an_answer_that_shows_nothing_is_not_taken_for_more(
    path: Path, data: Path, journal: Path, text: str, reason: str, stop: str, schema: str
) -> None:
    with OpenAIServer(lambda body: (text, reason)) as server:
        recipe = Recipe.load(path).set("teacher", {"use": "openai", "model": "m", "base_url": server.base_url})
        found = looked(recipe, data, journal)
    told = verdicts(found)
    assert (told["stop"], told["schema"]) == (stop, schema)
    assert ("room_to_think" in found["answer"].detail) is (text == "")


def test_every_endpoint_is_asked_and_one_that_is_down_is_named(
    path: Path, data: Path, journal: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    places = [{"base_url": "http://a/v1", "name": "up"}, {"base_url": "http://b/v1", "name": "down"}]
    found = looked(able(path, log, endpoints=[*places, {"base_url": "http://c/v1"}]), data, journal)
    assert bad(found) == ["answer down"]
    assert found["answer up"].ok and found["answer c/v1"].ok
    assert len(sent(log)) == 4  # two of them at the one that is down


def test_each_endpoint_of_a_server_is_asked_for_itself(
    path: Path, data: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOY_KEY", SECRET)
    with (
        OpenAIServer(lambda body: (", ".join(COUNTED), "stop"), api_key=SECRET) as one,
        OpenAIServer(lambda body: (LIST, "stop"), api_key="another") as two,
    ):
        places = [{"base_url": one.base_url, "name": "one"}, {"base_url": two.base_url, "name": "two"}]
        teacher = {"use": "openai", "model": "m", "api_key_env": "TOY_KEY", "endpoints": places}
        found = looked(Recipe.load(path).set("teacher", teacher), data, journal)
        assert len(one.requests) == 1
    assert bad(found) == ["answer two"] and "(read from TOY_KEY)" in found["answer two"].detail
    assert found["answer one: schema"].told == {"verdict": "ignored"}
    assert SECRET not in repr(found)


def test_a_parameter_that_a_real_server_refuses_is_named(path: Path, data: Path, journal: Path) -> None:
    said = {"error": {"message": "Unsupported parameter: 'logprobs' is not supported with this model.", "code": None}}

    def faults(number: int, body: dict[str, Any]) -> Any:
        return ("status", 400, {}, said) if "logprobs" in body else None

    with OpenAIServer(lambda body: ("ready", "stop"), faults=faults) as server:
        recipe = Recipe.load(path).set("teacher", {"use": "openai", "model": "m", "base_url": server.base_url})
        found = looked(recipe, data, journal)
        assert len(server.requests) == 2
    assert bad(found) == [] and verdicts(found)["logprobs"] == "refused"
    assert "is not supported with this model" in found["answer: logprobs"].detail


def test_the_one_request_is_small_and_has_the_recipes_own_sampling(path: Path, data: Path, journal: Path) -> None:
    with OpenAIServer(lambda body: ("ready", "stop")) as server:
        teacher = {"use": "openai", "model": "m-1", "base_url": server.base_url, "sampling": {"temperature": 0.2}}
        looked(Recipe.load(path).set("teacher", teacher), data, journal)
        ((_, body),) = server.requests
    assert (body["model"], body["temperature"]) == ("m-1", 0.2)
    assert len(json.dumps(body)) < 500
