"""One thing that was looked at, and how it was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, and how it was found."""

    check: str
    ok: bool
    detail: str
    """What was found; or what is wrong, and what to do."""
    told: Mapping[str, JSON] = field(default_factory=dict)
    """The same for programs, where there are figures or a verdict."""

    @property
    def mark(self) -> str:
        """ "ok" or "no"; nothing for what a server does with a feature, which is no fault of anything."""
        if "verdict" in self.told:
            return ""
        return "ok" if self.ok else "no"

    def to_json(self) -> dict[str, JSON]:
        return {"check": self.check, "ok": self.ok, "detail": self.detail, **self.told}
