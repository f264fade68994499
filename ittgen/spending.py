"""What a stage really cost: the answers it used, at the prices that the recipe states."""

from dataclasses import dataclass

from ittgen.budget import Price
from ittgen.calls import Usage
from ittgen.journal import EVERY, Journal
from ittgen.recipe import Recipe
from ittgen.stages import Stage, prices_of
from ittgen.text import JSON, canonical


@dataclass(frozen=True, slots=True)
class Spent:
    """Answers used, their tokens, and dollars."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dollars: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.dollars + other.dollars,
        )

    def to_json(self) -> dict[str, JSON]:
        return {
            "calls": self.calls,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "dollars": self.dollars,
        }


def spent(recipe: Recipe, stage: Stage, journal: Journal, slots: int = EVERY) -> Spent:
    """What the answers of the stage's first `slots` slots cost; one that slots share counts once."""
    prices = prices_of(recipe)
    known = {canonical(voice.identity): prices[voice.name] for voice in stage.voices.values()}
    total = Spent()
    for teacher, (calls, prompt, completion) in journal.spent(stage.identity, slots).items():
        price = known.get(teacher, Price())
        total += Spent(calls, prompt, completion, price.of(Usage(prompt, completion)))
    return total
