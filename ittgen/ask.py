"""Asking: a prompt's name and its variables become a request, the teacher's answer comes back, and both are noted.

One `Asking` serves one slot. It is all that a generator sees of prompts, models and money; what it noted becomes the
provenance of the slot's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.calls import Request, Response, Teacher, check_schema
from ittgen.errors import IttgenError, PluginError, PromptError
from ittgen.prompts import PromptBook
from ittgen.records import Message
from ittgen.text import JSON

LIMITS = ("max_tokens", "max_completion_tokens")
SCHEMA = "response_format"
"""The parameter in which a request's schema is sent."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How one teacher is asked, where a generator does not say otherwise: model, sampling, prompts; and its dialect."""

    name: str
    """Its name among the run's teachers; empty for `[teacher]`."""
    model: str
    sampling: Mapping[str, JSON]
    identity: Mapping[str, JSON]
    book: PromptBook
    without: tuple[str, ...] = ()
    """Sampling parameters that its model refuses: left out of every request, whoever adds them."""
    room_to_think: int = 0
    """Tokens added to every limit of an answer, for a model whose thoughts count as part of it."""

    def sampled(self, own: Mapping[str, JSON]) -> dict[str, JSON]:
        """What a request is sampled with: the recipe's, a generator's `own` over it, as this model takes them."""
        both = {**self.sampling, **own}
        return self._spoken({name: _plain(value) for name, value in both.items()})

    def _spoken(self, sampling: Mapping[str, JSON]) -> dict[str, JSON]:
        """The parameters that the model takes, with room to think; those in `extra_body` as well."""
        return {name: self._value(name, value) for name, value in sampling.items() if name not in self.without}

    def _value(self, name: str, value: JSON) -> JSON:
        if name == "extra_body" and isinstance(value, dict):
            return self._spoken(value)
        return value + self.room_to_think if name in LIMITS and isinstance(value, int) else value


@dataclass(slots=True)
class Asking:
    """The `Ask` of one slot.

    ask = Asking(teachers, voices, "propose", 12, ("self-instruct/propose",))
    reply = await ask("self-instruct/propose", tasks="1. …", first="9", last="15")
    """

    teachers: Mapping[str, Teacher]
    voices: Mapping[str, Voice]
    """The stage's own under "", and those that its generator names."""
    stage: str
    slot: int
    allowed: tuple[str, ...]
    """The prompts that the generator declared; asking with another would escape the stage's identity."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Name -> sha256 of the prompts used."""
    requests: list[str] = field(default_factory=list)
    """Keys of the requests, in the order asked."""
    failed: IttgenError | None = None
    asked: str | None = None
    """Name of the teacher that was asked first: the one whose rows these are."""

    async def __call__(
        self,
        prompt: str,
        /,
        *,
        teacher: str = "",
        sample: int = 0,
        sampling: Mapping[str, JSON] | None = None,
        schema: JSON = None,
        system: str | None = None,
        **variables: str,
    ) -> Response:
        """The teacher's answer. `sampling` adds to the recipe's and wins over it.

        Raises PromptError for a prompt that the generator does not list or a variable that is missing, and PluginError
        for a teacher that it does not name or a schema that is none.
        """
        try:
            voice = self._voice(teacher)
            request = Request(
                model=voice.model,
                messages=self._messages(voice, prompt, variables, system),
                sampling=voice.sampled(sampling or {}),
                schema=self._schema(voice, schema),
                sample=sample,
                teacher=voice.identity,
                label=f"{self.stage}/{self.slot} {prompt}",
                slot=self.slot,
            )
            self.asked = voice.name if self.asked is None else self.asked
            self.requests.append(request.key)
            return await self.teachers[voice.name].ask(request)
        except IttgenError as error:
            self.failed = self.failed or error
            raise

    def settle(self) -> None:
        """Raise the first error that asking met, should the generator have swallowed it.

        A slot whose questions were not all answered must not be committed as if they were.
        """
        if self.failed:
            raise self.failed

    @property
    def identity(self) -> Mapping[str, JSON]:
        """The teacher whose rows these are: the first one asked, or the stage's own where none was."""
        voice = next((v for v in self.voices.values() if v.name == self.asked), self.voices[""])
        return voice.identity

    def _voice(self, teacher: str) -> Voice:
        if teacher not in self.voices:
            where = f'stage "{self.stage}"'
            raise PluginError(f'{where}: the generator asks "{teacher}", which its `teacher_names` does not list')
        return self.voices[teacher]

    def _schema(self, voice: Voice, schema: JSON) -> JSON:
        if schema is None or SCHEMA in voice.without:
            return None
        try:
            check_schema(schema)
        except ValueError as error:
            raise PluginError(f'stage "{self.stage}": the generator asks for what follows a schema: {error}') from None
        return schema

    def _messages(
        self, voice: Voice, name: str, variables: Mapping[str, str], system: str | None
    ) -> tuple[Message, ...]:
        if name not in self.allowed:
            raise PromptError(
                f'stage "{self.stage}": the generator asks with "{name}", which its `prompts` does not list'
            )
        prompt = voice.book[name]
        self.prompts[name] = prompt.sha256
        return prompt.render(variables, system)


def _plain(value: JSON) -> JSON:
    """1 for 1.0: two spellings of one temperature must not be two requests."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
