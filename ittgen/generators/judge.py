"""A judge: a teacher that is asked how good an answer is. Knows one prompt and the number it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ittgen.calls import Ask, check_sampling
from ittgen.generators.parse_scores import score
from ittgen.generators.replies import refused
from ittgen.records import Example
from ittgen.text import JSON

LOW, HIGH = 1.0, 10.0
"""The scale of `judge/quality`."""


def set_apart(given: str) -> str:
    """An input as the prompts append it to the instruction: below a blank line, or nothing at all."""
    return f"\n\n{given}" if given.strip() else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said of an answer."""

    score: float | None
    """None where its reply holds no certain score; nothing is guessed."""
    said: str
    """Its reply, or why there is none."""


@dataclass(frozen=True, slots=True)
class Judge:
    """`Judge(teacher="strong")`: one call an answer, a score from 1 to 10 (https://arxiv.org/abs/2306.05685)."""

    teacher: str = ""
    """Name among `[teachers.NAME]`; empty for the stage's own teacher, which then judges its own answers."""
    name: str = "quality"
    """What the score is called among an example's scores."""
    sampling: Mapping[str, JSON] = field(default_factory=lambda: {"temperature": 0})

    prompts: ClassVar[tuple[str, ...]] = ("judge/quality",)

    def __post_init__(self) -> None:
        check_sampling(self.sampling)

    async def __call__(self, example: Example, ask: Ask) -> Mapping[str, float]:
        """The score under its name; nothing where the judge gave none."""
        verdict = await self.verdict(example, ask)
        return {} if verdict.score is None else {self.name: verdict.score}

    async def verdict(self, example: Example, ask: Ask) -> Verdict:
        """The score and the words it came in. The judge never sees reasoning, scores or other answers."""
        response = await ask(
            self.prompts[0],
            teacher=self.teacher,
            sampling=dict(self.sampling),
            instruction=example.instruction,
            input=set_apart(example.input),
            output=example.output,
        )
        if failed := refused(response):
            return Verdict(None, f"{failed.rule}: {response.error or response.text}")
        if response.finish_reason == "length":
            return Verdict(None, f"broken off: {response.text}")
        return Verdict(score(response.text, LOW, HIGH), response.text)
