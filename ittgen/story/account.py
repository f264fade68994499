"""What a story is made of: the row, its line of descent, what was asked and answered, what else came of its slot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ittgen.calls import Response
from ittgen.records import Example, Rejection
from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Relative:
    """A row in the line of descent."""

    generation: int
    """1 is a parent, 2 a parent's parent."""
    id: str
    where: str
    """ "version", "journal (stage propose)", "seeds (general)"; empty where it was not found."""
    example: Example | None

    def to_json(self) -> dict[str, JSON]:
        example = self.example.to_json() if self.example else None
        return {"generation": self.generation, "id": self.id, "where": self.where, "example": example}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what the teacher said, word for word."""

    key: str
    label: str = ""
    """Who asked it first: "propose/12 self-instruct/propose"."""
    request: Mapping[str, Any] | None = None
    """{model, messages, sampling, schema, sample, teacher}; None where the journal does not have it."""
    response: Response | None = None

    def to_json(self) -> dict[str, JSON]:
        response = self.response.to_json() if self.response else None
        return {"key": self.key, "label": self.label, "request": self.request, "response": response}


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is known about one row of a version."""

    ref: str
    """The version, "alpaca-mini@3"."""
    row: Example
    family: tuple[Relative, ...]
    """Parents; and while there is one parent only, its parents in turn, to where the line began."""
    prompts: tuple[Mapping[str, JSON], ...]
    """{name, version, sha256} of each prompt used."""
    exchanges: tuple[Exchange, ...]
    """In the order of asking; all of the slot's, for its rows share them."""
    accepted: tuple[Example, ...]
    """Other rows of the same slot."""
    rejected: tuple[Rejection, ...]
    """What the slot gave and what was not good enough, with the reason."""
    passed: tuple[str, ...] = ()
    """The verdicts that let it through, in order: parsed, the stage's filters, dedup; with their options."""
    fate: str = ""
    """Why it is no row of the version, where it is none: rejected, or accepted by a stage that is not published."""
    notes: tuple[str, ...] = ()
    """What could not be found, and why."""

    def to_json(self) -> dict[str, JSON]:
        return {
            "ref": self.ref,
            "row": self.row.to_json(),
            "passed": list(self.passed),
            "fate": self.fate,
            "family": [relative.to_json() for relative in self.family],
            "prompts": [dict(prompt) for prompt in self.prompts],
            "exchanges": [exchange.to_json() for exchange in self.exchanges],
            "accepted": [example.to_json() for example in self.accepted],
            "rejected": [rejection.to_json() for rejection in self.rejected],
            "notes": list(self.notes),
        }
