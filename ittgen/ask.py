"""Asking: a prompt's name and its variables become a request, the teacher's answer comes back, and both are noted.

One `Asking` serves one slot. It is all that a generator sees of prompts, models and money; what it noted becomes the
provenance of the slot's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.calls import Request, Response, Teacher
from ittgen.errors import PromptError
from ittgen.prompts import PromptBook
from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Voice:
    """How a stage asks, where its generator does not say otherwise: model, sampling, prompts."""

    model: str
    sampling: Mapping[str, JSON]
    identity: Mapping[str, JSON]
    book: PromptBook


@dataclass(slots=True)
class Asking:
    """The `Ask` of one slot.

    ask = Asking(teacher, voice, "propose", 12, ("self-instruct/propose",))
    reply = await ask("self-instruct/propose", tasks="1. …", first="9", last="15")
    """

    teacher: Teacher
    voice: Voice
    stage: str
    slot: int
    allowed: tuple[str, ...]
    """The prompts that the generator declared; asking with another would escape the stage's identity."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Name -> sha256 of the prompts used."""
    requests: list[str] = field(default_factory=list)
    """Keys of the requests, in the order asked."""

    async def __call__(
        self,
        prompt: str,
        /,
        *,
        sample: int = 0,
        sampling: Mapping[str, JSON] | None = None,
        schema: JSON = None,
        **variables: str,
    ) -> Response:
        """The teacher's answer. `sampling` adds to the recipe's and wins over it.

        Raises PromptError for a prompt that the generator does not list or a variable that is missing.
        """
        if prompt not in self.allowed:
            raise PromptError(
                f'stage "{self.stage}": the generator asks with "{prompt}", which its `prompts` does not list'
            )
        request = self._request(prompt, sample, {**self.voice.sampling, **(sampling or {})}, schema, variables)
        self.requests.append(request.key)
        return await self.teacher.ask(request)

    def _request(
        self, name: str, sample: int, sampling: Mapping[str, JSON], schema: JSON, variables: Mapping[str, str]
    ) -> Request:
        prompt = self.voice.book[name]
        self.prompts[name] = prompt.sha256
        return Request(
            model=self.voice.model,
            messages=prompt.render(variables),
            sampling={name: _plain(value) for name, value in sampling.items()},
            schema=schema,
            sample=sample,
            teacher=self.voice.identity,
            label=f"{self.stage}/{self.slot} {name}",
            slot=self.slot,
        )


def _plain(value: JSON) -> JSON:
    """1 for 1.0: two spellings of one temperature must not be two requests."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
