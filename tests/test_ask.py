"""Asking turns a prompt's name and variables into one complete request, and notes what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ittgen import resources, stages
from ittgen.ask import Asking, Voice
from ittgen.calls import Request, Response
from ittgen.errors import PluginError, PromptError, TransientError
from ittgen.prompts import PromptBook
from ittgen.recipe import Recipe
from ittgen.records import Example, Message
from ittgen.text import JSON, sha256
from tests.toy import project

ADD = "name = 'm/add'\nversion = 3\nsystem = 'Be brief.'\nuser = 'Add $a and $b.'\n"
SING = "name = 'm/sing'\nversion = 1\nuser = 'Sing.'\n"


@dataclass(frozen=True)
class Listener:
    """A teacher that remembers what it was asked."""

    heard: list[Request] = field(default_factory=list)
    error: Exception | None = None

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "listener"}

    async def ask(self, request: Request) -> Response:
        self.heard.append(request)
        if self.error:
            raise self.error
        return Response(f"answer {len(self.heard)}")

    async def close(self) -> None: ...


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "add.toml").write_text(ADD)
    (tmp_path / "m" / "sing.toml").write_text(SING)
    book = PromptBook(tmp_path)
    return Voice("", "model-1", {"temperature": 1.0, "max_tokens": 99}, {"kind": "listener"}, book)


def asking(voice: Voice, teacher: Listener, *allowed: str) -> Asking:
    return Asking({"": teacher}, {"": voice}, "propose", 12, allowed or ("m/add", "m/sing"))


async def test_a_request_is_complete(voice: Voice) -> None:
    teacher = Listener()
    reply = await asking(voice, teacher)("m/add", a="1", b="2")
    assert reply == Response("answer 1")
    assert teacher.heard == [
        Request(
            model="model-1",
            messages=(Message("system", "Be brief."), Message("user", "Add 1 and 2.")),
            sampling={"temperature": 1.0, "max_tokens": 99},
            teacher={"kind": "listener"},
            label="propose/12 m/add",
            slot=12,
        )
    ]


async def test_a_generators_sampling_wins_over_the_recipes_and_leaves_it_as_it_is(voice: Voice) -> None:
    teacher = Listener()
    ask = asking(voice, teacher)
    await ask("m/sing", sampling={"temperature": 0.0, "stop": ["x"]}, schema={"type": "object"}, sample=2)
    await ask("m/sing")
    first, second = teacher.heard
    assert first.sampling == {"temperature": 0.0, "max_tokens": 99, "stop": ["x"]}
    assert (first.schema, first.sample) == ({"type": "object"}, 2)
    assert (second.sampling, second.schema, second.sample) == (voice.sampling, None, 0)


async def test_what_was_asked_is_noted_in_order_with_repetitions(voice: Voice) -> None:
    teacher = Listener()
    ask = asking(voice, teacher)
    await ask("m/sing")
    await ask("m/add", a="1", b="2")
    await ask("m/sing")
    assert ask.requests == [request.key for request in teacher.heard]
    assert ask.requests[0] == ask.requests[2] != ask.requests[1]
    assert list(ask.prompts.items()) == [("m/sing", sha256(SING.encode())), ("m/add", sha256(ADD.encode()))]


async def test_a_question_that_was_not_answered_is_noted_too(voice: Voice) -> None:
    ask = asking(voice, Listener(error=TransientError("busy")))
    with pytest.raises(TransientError):
        await ask("m/sing")
    assert len(ask.requests) == 1 and list(ask.prompts) == ["m/sing"]


async def test_another_sample_is_another_request_and_another_slot_is_not(voice: Voice) -> None:
    teacher = Listener()
    await asking(voice, teacher)("m/sing")
    await asking(voice, teacher)("m/sing", sample=1)
    await Asking({"": teacher}, {"": voice}, "evolve", 99, ("m/sing",))("m/sing")
    keys = [request.key for request in teacher.heard]
    assert keys[0] == keys[2] != keys[1]


async def test_a_prompt_that_was_not_declared_is_refused_before_anything_is_sent(voice: Voice) -> None:
    teacher = Listener()
    ask = asking(voice, teacher, "m/add")
    with pytest.raises(PromptError, match=r'stage "propose": the generator asks with "m/sing", which its `prompts`'):
        await ask("m/sing")
    assert teacher.heard == [] and ask.requests == [] and ask.prompts == {}


@pytest.mark.parametrize(
    ("variables", "said"), [({"a": "1"}, "variable b is missing"), ({"a": "", "b": "", "c": ""}, "variable c does not")]
)
async def test_a_variable_too_few_or_too_many_is_refused(voice: Voice, variables: dict[str, str], said: str) -> None:
    teacher = Listener()
    with pytest.raises(PromptError, match=said):
        await asking(voice, teacher)("m/add", **variables)
    assert teacher.heard == []


async def test_another_teacher_is_asked_by_its_name_with_its_own_voice(voice: Voice) -> None:
    own, judge = Listener(), Listener()
    other = Voice("judge", "model-2", {"temperature": 0.0}, {"kind": "judge"}, voice.book)
    ask = Asking({"": own, "judge": judge}, {"": voice, "judge": other}, "score", 3, ("m/sing",))
    await ask("m/sing", teacher="judge")
    await ask("m/sing")
    (heard,) = judge.heard
    assert (heard.model, heard.sampling, heard.teacher) == ("model-2", {"temperature": 0.0}, {"kind": "judge"})
    assert [request.model for request in own.heard] == ["model-1"]
    assert ask.asked == "judge"
    assert ask.requests == [heard.key, own.heard[0].key]


async def test_a_stage_whose_own_teacher_has_a_name_asks_that_one(voice: Voice) -> None:
    own, stranger = Listener(), Listener()
    named = Voice("strong", "model-2", {}, {"kind": "strong"}, voice.book)
    await Asking({"": stranger, "strong": own}, {"": named}, "propose", 0, ("m/sing",))("m/sing")
    assert len(own.heard) == 1 and stranger.heard == []


@pytest.mark.parametrize(("system", "turns"), [("Be long.", ["Be long.", "Add 1 and 2."]), ("", ["Add 1 and 2."])])
async def test_a_system_message_takes_the_place_of_the_prompts_own(voice: Voice, system: str, turns: list[str]) -> None:
    teacher = Listener()
    await asking(voice, teacher)("m/add", system=system, a="1", b="2")
    assert [message.content for message in teacher.heard[0].messages] == turns


# Dialects


async def test_what_a_model_refuses_is_left_out_whoever_adds_it(voice: Voice) -> None:
    teacher = Listener()
    mute = replace(voice, without=("temperature", "response_format", "stop"))
    await asking(mute, teacher)("m/sing", sampling={"temperature": 0, "stop": ["x"]}, schema={"type": "object"})
    (heard,) = teacher.heard
    assert heard.sampling == {"max_tokens": 99} and heard.schema is None
    assert heard.key == replace(heard, sampling={"max_tokens": 99}).key != replace(heard, sampling={}).key


async def test_room_to_think_is_added_to_every_limit_and_makes_none(voice: Voice) -> None:
    teacher = Listener()
    thinker = replace(voice, room_to_think=1000)
    await asking(thinker, teacher)("m/sing", sampling={"max_tokens": 3.0})
    await asking(thinker, teacher)("m/sing", sampling={"max_completion_tokens": 5})
    await asking(replace(thinker, sampling={}), teacher)("m/sing")
    assert [request.sampling for request in teacher.heard] == [
        {"temperature": 1, "max_tokens": 1003},
        {"temperature": 1, "max_tokens": 1099, "max_completion_tokens": 1005},
        {},
    ]


async def test_a_dialect_reaches_into_extra_body(voice: Voice) -> None:
    teacher = Listener()
    speaker = replace(voice, sampling={}, without=("top_k",), room_to_think=10)
    await asking(speaker, teacher)("m/sing", sampling={"extra_body": {"top_k": 3, "max_tokens": 5, "min_p": 1.0}})
    assert teacher.heard[0].sampling == {"extra_body": {"max_tokens": 15, "min_p": 1.0}}


async def test_a_request_without_a_dialect_keeps_its_key(voice: Voice) -> None:
    teacher = Listener()
    await asking(voice, teacher)("m/sing")
    assert teacher.heard[0].key == "8cc43931f4c4f65e5fd3a0f5852c9ebe7b2d817efb4eef583c934ea8191c9996"


async def test_a_schema_that_is_none_is_refused_before_anything_is_sent(voice: Voice) -> None:
    teacher = Listener()
    with pytest.raises(PluginError, match=r'stage "propose": .*not a JSON schema: type: \'objekt\''):
        await asking(voice, teacher)("m/sing", schema={"type": "objekt"})
    assert teacher.heard == []


def test_a_dialect_is_part_of_a_stages_identity_only_where_it_is_given(tmp_path: Path) -> None:
    recipe = Recipe.load(project(tmp_path / "p"))
    book = PromptBook(recipe.folder / "prompts", resources.prompts())

    def first(recipe: Recipe) -> stages.Stage:
        return stages.assemble(recipe, [Example("Say a word.")] * 2, book, stages.teachers_of(recipe), {})[0]

    plain = {"identity": {"kind": "scribe"}, "model": "scribe-1", "sampling": {"temperature": 0.5}}
    assert first(recipe).what["teachers"] == {"": plain}
    given = first(recipe.set("teacher.without", ["b", "a"]).set("teacher.room_to_think", 9))
    assert given.what["teachers"] == {"": plain | {"without": ["a", "b"], "room_to_think": 9}}
    assert given.identity != first(recipe).identity
    assert (given.voices[""].without, given.voices[""].room_to_think) == (("a", "b"), 9)
    assert first(recipe.set("teacher.without", ["a", "b"]).set("teacher.room_to_think", 9)).identity == given.identity
