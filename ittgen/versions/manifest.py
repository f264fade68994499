"""The manifest: what a version says about itself. Written last, so that its presence means the version is complete.

It holds facts as they were handed over, and reads and writes them; it checks nothing (`verify` does).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ittgen.errors import DamagedError
from ittgen.text import JSON, digest

FILE = "manifest.json"
CARD = "README.md"
MEND = "restore it from a copy, or move the folder away and grow again"
DATA, REJECTED = "data", "rejected"
"""First part of a file's name: `data-00000.jsonl` holds rows, `rejected-00000.jsonl` drafts that became none."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a version."""

    name: str
    sha256: str
    bytes: int
    rows: int
    """Lines of a JSONL file; 0 for the card."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`Manifest.read(path).rules` -> {"near-duplicate": 412, "length": 80}."""

    name: str
    version: int
    parent: int | None
    """The dataset's newest version when this one was made."""
    digest: str
    """Of the data files' sha256, in order: two versions with one digest have the same rows."""
    rows: int
    files: tuple[FileEntry, ...]
    columns: Sequence[Mapping[str, Any]]
    """The columns and their types, in the form of the card's YAML."""
    recipe: Mapping[str, Any]
    """In full, as it was run."""
    prompts: Sequence[Mapping[str, JSON]]
    """{name, version, sha256} of each."""
    seeds: Mapping[str, JSON]
    """{name, sha256, rows}."""
    teachers: Sequence[Mapping[str, JSON]]
    """Identity of each."""
    stages: Sequence[Mapping[str, Any]]
    """{name, identity, accepted, rows, rejected: {rule: count}, calls, prompt_tokens, completion_tokens, cached_tokens,
    reasoning_tokens, dollars, spent_by_rule: {rule: {drafts, tokens, dollars}}}; `rows` is how many of them are in this
    version, and `spent_by_rule` has what was accepted under "accepted"."""
    tokens: Mapping[str, int]
    cost: float
    """US dollars."""
    ittgen: str
    """The version of ittgen that made it."""
    partial: str = ""
    """Why the run was not complete; empty where it was."""
    notice: str = ""
    """What whoever uses the rows must know first."""
    licences: Sequence[str] = field(default=())
    """Notes on licences and terms: the seeds', the teacher's."""
    against: Sequence[Mapping[str, JSON]] = field(default=())
    """{name, sha256, rows} of each version and file that drafts were compared with, beside the seeds."""
    created: str = ""
    """When, in UTC; beside the seal the only thing here that two runs of one recipe need not share."""
    seal: str = ""
    """Digest of all the other fields, so that a changed manifest is noticed."""

    @property
    def ref(self) -> str:
        """ "alpaca-mini@3"."""
        return f"{self.name}@{self.version}"

    @property
    def data(self) -> list[FileEntry]:
        return files_of(DATA, self.files)

    @property
    def rejected(self) -> list[FileEntry]:
        return files_of(REJECTED, self.files)

    @property
    def rules(self) -> dict[str, int]:
        """Rule -> drafts it rejected over all stages, the hungriest first."""
        counts: dict[str, int] = {}
        for stage in self.stages:
            for rule, count in stage["rejected"].items():
                counts[rule] = counts.get(rule, 0) + count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Manifest":
        """Raises TypeError, KeyError or AttributeError where a field is missing, unknown or of another kind."""
        manifest = cls(**{**data, "files": tuple(FileEntry(**entry) for entry in data["files"])})
        numbers = [manifest.version, manifest.rows, *(n for entry in manifest.files for n in (entry.bytes, entry.rows))]
        numbers += [stage.get("rows", 0) for stage in manifest.stages] + list(manifest.rules.values())
        if wrong := [number for number in numbers if not isinstance(number, int)]:
            raise TypeError(f"{wrong[0]!r} where a whole number should be")
        return manifest

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a version's folder. Raises DamagedError when it is missing or cannot be read."""
        path = folder / FILE
        try:
            return cls.from_json(json.loads(path.read_bytes()))
        except FileNotFoundError:
            raise DamagedError(f"{path} is missing; {MEND}") from None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedError(f"{path} cannot be read: {error}; {MEND}") from None


def sealed(manifest: Manifest) -> Manifest:
    """The manifest with its seal."""
    return replace(manifest, seal=seal_of(manifest.to_json()))


def seal_of(fields: Mapping[str, Any]) -> str:
    """Digest of a manifest's fields but the seal itself, in whatever order and spacing they stand in the file."""
    return digest({name: value for name, value in fields.items() if name != "seal"})


def size_fault(folder: Path, entry: FileEntry) -> str:
    """What is wrong with a file by its size alone: "is missing", "has 3 bytes, not 5"; "" where nothing is."""
    path = folder / entry.name
    if not path.is_file():
        return "is missing"
    size = path.stat().st_size
    return "" if size == entry.bytes else f"has {size:,} bytes, not {entry.bytes:,}"


def files_of(part: str, files: Sequence[FileEntry]) -> list[FileEntry]:
    """The files whose names begin with "data" or "rejected", in order."""
    return [entry for entry in files if entry.name.startswith(f"{part}-")]


def digest_of(files: Sequence[FileEntry]) -> str:
    """Digest of a version's rows: of the list of its data files' sha256."""
    return digest([entry.sha256 for entry in files_of(DATA, files)])
