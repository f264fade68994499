"""What changed from one version to another: rows by id, and rejections by rule. Knows no files."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ittgen.records import Example
from ittgen.versions.rows import stage_of


class Version(Protocol):
    """What is compared: rows that can be walked, and the rules' counts."""

    @property
    def ref(self) -> str: ...
    @property
    def rules(self) -> Mapping[str, int]: ...
    def __iter__(self) -> Iterator[Example]: ...


@dataclass(frozen=True, slots=True)
class Change:
    """Of one stage or rule."""

    before: int
    after: int
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Diff:
    """`len(d.added)`, `new.find(d.added[0])`, `d.rules["near-duplicate"].after`."""

    old: str
    new: str
    added: tuple[str, ...]
    """Ids of the rows that only the new version has, in its order."""
    removed: tuple[str, ...]
    """Ids of the rows that only the old version has, in its order."""
    kept: int
    stages: Mapping[str, Change]
    """Rows by stage, as each version has them."""
    rules: Mapping[str, Change]
    """Rejections by rule."""

    def __bool__(self) -> bool:
        """Whether the rows differ."""
        return bool(self.added or self.removed)


def diff(old: Version, new: Version) -> Diff:
    """What changed from `old` to `new`; rows are the same when students see the same. Keeps the ids in memory."""
    before = {example.id: stage_of(example) for example in old}
    after = {example.id: stage_of(example) for example in new}
    added = tuple(id for id in after if id not in before)
    removed = tuple(id for id in before if id not in after)
    return Diff(
        old=old.ref,
        new=new.ref,
        added=added,
        removed=removed,
        kept=len(after) - len(added),
        stages=_changes(
            Counter(before.values()),
            Counter(after.values()),
            Counter(after[id] for id in added),
            Counter(before[id] for id in removed),
        ),
        rules=_changes(old.rules, new.rules, {}, {}),
    )


def _changes(
    before: Mapping[str, int], after: Mapping[str, int], added: Mapping[str, int], removed: Mapping[str, int]
) -> dict[str, Change]:
    return {
        name: Change(before.get(name, 0), after.get(name, 0), added.get(name, 0), removed.get(name, 0))
        for name in dict.fromkeys([*before, *after])
    }
