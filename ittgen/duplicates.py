"""What counts as a duplicate: the `dedup` table of a stage. Knows names and numbers, and opens nothing."""

from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

SEEDS, POOL = "seeds", "pool"
PAPER = 0.7
"""Self-Instruct's limit, https://arxiv.org/abs/2212.10560."""


class DedupTable(BaseModel):
    """`dedup = { rouge_l = 0.7, against = ["seeds", "pool", "other@3", "more.jsonl"] }`, or `{ instances = true }`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rouge_l: float | None = Field(default=None, gt=0, lt=1)
    """A draft is rejected when its instruction's largest ROUGE-L with an earlier one is greater than this. 0.7 where it
    is left out, and no such check at all where the table asks for `instances` alone."""
    tokens: Literal["unicode", "rouge"] = "unicode"
    """How instructions are cut: words of any script and signs, or the paper's `[a-z0-9]+`."""
    against: list[str] = Field(default=[SEEDS, POOL], min_length=1)
    """What `rouge_l` compares with: "seeds"; "pool", the stage's own rows; versions; files beside the recipe."""
    instances: bool = False
    """Whether a draft is rejected when an earlier row of the stage has its task with another output."""

    @property
    def compared(self) -> list[str]:
        """`against`, where there is a limit; else nothing."""
        return [] if self.rouge_l is None else self.against

    @property
    def elsewhere(self) -> list[str]:
        """The versions and files among them."""
        return [name for name in self.compared if name not in (SEEDS, POOL)]

    @model_validator(mode="before")
    @classmethod
    def _limit(cls, said: Any) -> Any:
        if not isinstance(said, dict) or said.get("rouge_l") is not None:
            return said
        if said.get("instances") is not True:
            return said | {"rouge_l": PAPER}
        if idle := [name for name in ("tokens", "against") if name in said]:
            raise ValueError(f'"{idle[0]}" has no effect without rouge_l; add rouge_l = 0.7, or take it out')
        return said

    @field_validator("against")
    @classmethod
    def _against(cls, against: list[str]) -> list[str]:
        for name in against:
            if against.count(name) > 1:
                raise ValueError(f'"against" has "{name}" twice')
            if name not in (SEEDS, POOL) and not is_version(name) and not is_file(name):
                told = f'not "{name}"; a version would be "{name}@1", a file "{name}.jsonl"'
                raise ValueError(f'"against" must be of "seeds", "pool", versions and files, {told}')
        return against

    @model_serializer(mode="wrap")
    def _said(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what has no effect."""
        whole: dict[str, Any] = handler(self)
        return whole if self.rouge_l is not None else {"instances": True}


def is_file(name: str) -> bool:
    """Whether a name in a recipe is a path, as against a word: "more.jsonl", "data/more"."""
    return name.endswith((".jsonl", ".json")) or "/" in name


def is_version(name: str) -> bool:
    """Whether a name in a recipe is a version: "other@3", "other@latest"."""
    return "@" in name and not is_file(name)
