"""The teacher without a model: it invents tasks whose answers it computes, and errs on purpose as models do.

For trying ittgen out without a key, and for tests: free, fast, and always the same for the same question.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ittgen.calls import Request, Response, Usage
from ittgen.teachers.procedural.answers import marked_answer, tokens
from ittgen.teachers.procedural.heart import edition
from ittgen.text import JSON

REVISION = 2
"""Raised whenever the answer to some question changes, so that no stored answer is taken for a new one."""


@dataclass(frozen=True, slots=True)
class Procedural:
    """`[teacher] use = "procedural"`."""

    seed: int = 0
    """Another seed is another teacher, with other tasks."""
    noise: float = 0.15
    """How careless it is: 0 never errs, 1 makes a mess of nearly every reply."""

    def __post_init__(self) -> None:
        if not 0 <= self.noise <= 1:
            raise ValueError(f"noise is a share from 0 to 1, not {self.noise}")

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "procedural", "seed": self.seed, "noise": self.noise, "revision": REVISION, "seeds": edition()}

    async def ask(self, request: Request) -> Response:
        """The reply; sample k is answered as the sampling's seed + k would be. Raises nothing.

        Its `request_id` says which mistakes were planted in it, so that rules can be measured: no row and no text does.
        """
        text, reason, mark = marked_answer(request.messages, _sampling(request), self.seed, self.noise)
        asked = sum(tokens(message.content) for message in request.messages)
        return Response(text, reason, Usage(asked, tokens(text)), model="procedural", request_id=mark)

    async def close(self) -> None:
        """Nothing is open."""


def _sampling(request: Request) -> Mapping[str, JSON]:
    if not request.sample:
        return request.sampling
    seed = request.sampling.get("seed")
    return {**request.sampling, "seed": (seed if isinstance(seed, int) else 0) + request.sample}
