"""What the engine tells the world while it works; progress displays read these, nothing else does.

Every event is a value. `Meter` counts calls for the whole run and is shared by the teacher's wrappers, which write it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ittgen.calls import Usage


@dataclass(slots=True)
class Meter:
    """Calls of this run so far."""

    sent: int = 0
    """Requests that went to the teacher, retries included."""
    answered: int = 0
    """New answers received and stored."""
    known: int = 0
    """Questions that the journal could answer."""
    retries: int = 0
    trouble: str = ""
    """What the last call that is tried again has met, in the words of its error."""
    in_flight: int = 0
    places: int = 0
    """Requests that may be on the wire now; fewer than `most` while the server is too busy for more."""
    most: int = 0
    """Requests that may be on the wire at a time: the concurrency asked for."""
    dollars: float = 0.0
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class StageBegan:
    stage: str
    target: int | None
    """Accepted rows wanted; None where the source decides."""
    slots: int | None
    """Slots in all where that is known: one for each source example."""
    cursor: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class SlotCommitted:
    stage: str
    slot: int
    accepted: int
    """Rows of the stage so far."""
    rejected: int
    rules: Mapping[str, int]
    """What this slot's rejections were: rule -> count."""


@dataclass(frozen=True, slots=True)
class StageEnded:
    stage: str
    accepted: int
    rejected: int
    rules: Mapping[str, int]
    """Rule -> count over the whole stage."""
    finished: bool
    """False where the run stopped before the stage's end."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """No more is admitted; what is in flight lands."""

    reason: str


@dataclass(frozen=True, slots=True)
class Froze:
    """A version was published, or the newest one already had these very rows."""

    name: str
    version: int
    path: Path
    rows: int
    new: bool
    partial: bool


Event = StageBegan | SlotCommitted | StageEnded | Stopping | Froze
