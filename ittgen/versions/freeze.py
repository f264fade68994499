"""Examples become a new version: written aside, fsynced, renamed into place; or no version where nothing changed.

Knows where rows go, not where they come from. A version appears whole or not at all: until its last file is on the disk
it is a folder with another name, which the next freeze removes when whoever made it was killed.
"""

import errno
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ittgen.errors import DamagedError, VersionError
from ittgen.records import Example, Rejection
from ittgen.text import JSON
from ittgen.versions.aside import aside
from ittgen.versions.card import card
from ittgen.versions.files import Writer, sync_folder, write_text
from ittgen.versions.folder import folder_name, versions
from ittgen.versions.manifest import (
    CARD,
    DATA,
    FILE,
    REJECTED,
    FileEntry,
    Manifest,
    digest_of,
    files_of,
    sealed,
    size_fault,
)
from ittgen.versions.rows import line, stage_of, to_rejected, to_row
from ittgen.versions.shape import Shape, learn


@dataclass(frozen=True, slots=True)
class Content:
    """What a version shall hold; the facts go to the manifest as they are."""

    name: str
    rows: Callable[[], Iterable[Example]]
    """In the order in which they shall stand; walked twice, with the same result."""
    rejections: Callable[[], Iterable[Rejection]]
    recipe: Mapping[str, Any]
    prompts: Sequence[Mapping[str, JSON]] = ()
    """{name, version, sha256} of each."""
    seeds: Mapping[str, JSON] = field(default_factory=dict)
    """{name, sha256, rows}."""
    against: Sequence[Mapping[str, JSON]] = ()
    """The same of each version and file that drafts were compared with."""
    teachers: Sequence[Mapping[str, JSON]] = ()
    """Identity of each."""
    stages: Sequence[Mapping[str, Any]] = ()
    """{name, identity, accepted, calls, prompt_tokens, completion_tokens, dollars}; `rows` and `rejected` are counted
    while writing."""
    tokens: Mapping[str, int] = field(default_factory=dict)
    cost: float = 0.0
    """US dollars."""
    ittgen: str = ""
    partial: str = ""
    """Why the run was not complete; empty where it was."""
    notice: str = ""
    """What whoever uses the rows must know first."""
    licences: Sequence[str] = ()
    """Notes on licences and terms: the seeds', the teacher's."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The version that holds the content: a new one, or the newest that had it already."""

    version: int
    path: Path
    rows: int
    new: bool


def freeze(home: Path, content: Content) -> Frozen:
    """Write the content as the next version of `home/<name>`; none where the newest has the same rows.

    The rows alone decide that, and whether the run was complete. A row whose id stands in the version already, because
    another stage published it first, is written to the rejects instead (rule "duplicate").
    Raises VersionError when there are no rows, or when the folder cannot be written; nothing is published then.
    """
    folder = home / _checked(content.name)
    shape = learn(content.rows())
    if not shape.rows:
        raise VersionError(f'"{content.name}": no stage that is published has a row yet, so there is nothing to freeze')
    try:
        with aside(folder) as place:
            return _publish(folder, place, _write(place, content, shape))
    except OSError as error:
        raise VersionError(
            f"cannot freeze a version in {folder}: {error.strerror or error}. Nothing was published; make the folder "
            "writable, free some space or choose another data folder, then grow again"
        ) from None


def _checked(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise VersionError(f'"{name}" cannot name a dataset: letters, digits, ".", "_" and "-", the first no sign')
    return name


# Writing


def _write(place: Path, content: Content, shape: Shape) -> Manifest:
    """Every file but the manifest, which is returned, still without number and parent."""
    files, stages = _write_lines(place, content, shape)
    manifest = _manifest(content, shape, files, stages)
    return replace(manifest, files=(*files, write_text(place / CARD, card(manifest))))


def _write_lines(
    place: Path, content: Content, shape: Shape
) -> tuple[tuple[FileEntry, ...], tuple[Mapping[str, Any], ...]]:
    """Rows and rejections; returns their files, and the stages with what they came to."""
    known: set[int] = set()
    published: Counter[str] = Counter()
    dropped: Counter[tuple[str, str]] = Counter()
    with Writer(place, DATA) as data, Writer(place, REJECTED) as rejected:

        def reject(rejection: Rejection) -> None:
            dropped[stage_of(rejection), rejection.rule] += 1
            rejected.write(line(to_rejected(rejection)))

        for example in content.rows():
            row = to_row(example, shape)
            if (number := int(row["id"], 16)) in known:
                reject(_twice(example))
                continue
            known.add(number)
            published[stage_of(example)] += 1
            data.write(line(row))
        for rejection in content.rejections():
            reject(rejection)
    return (*data.files, *rejected.files), _stages(content.stages, published, dropped)


def _twice(example: Example) -> Rejection:
    note = "published from another stage already"
    return Rejection(example, "duplicate", near=example.id, note=note, provenance=example.provenance)


def _stages(
    given: Sequence[Mapping[str, Any]], published: Counter[str], dropped: Counter[tuple[str, str]]
) -> tuple[Mapping[str, Any], ...]:
    """The stages with their counts of rows and rejections; stages that only the records name come last."""
    named = {stage["name"] for stage in given}
    unnamed = sorted(({*published} | {stage for stage, _ in dropped}) - named)
    stages = [*given, *({"name": name, "accepted": published[name]} for name in unnamed)]
    return tuple(
        {
            **stage,
            "rows": published[stage["name"]],
            "rejected": {rule: n for (name, rule), n in sorted(dropped.items()) if name == stage["name"]},
        }
        for stage in stages
    )


def _manifest(
    content: Content, shape: Shape, files: tuple[FileEntry, ...], stages: tuple[Mapping[str, Any], ...]
) -> Manifest:
    return Manifest(
        name=content.name,
        version=0,
        parent=None,
        digest=digest_of(files),
        rows=sum(entry.rows for entry in files_of(DATA, files)),
        files=files,
        columns=shape.columns,
        recipe=content.recipe,
        prompts=content.prompts,
        seeds=content.seeds,
        against=content.against,
        teachers=content.teachers,
        stages=stages,
        tokens=content.tokens,
        cost=content.cost,
        ittgen=content.ittgen,
        partial=content.partial,
        notice=content.notice,
        licences=content.licences,
    )


# Publishing


def _publish(folder: Path, place: Path, draft: Manifest) -> Frozen:
    """Give the folder the next free number, which another process may take first; never replaces a version."""
    while True:
        numbers = versions(folder.parent, folder.name)
        newest = numbers[-1] if numbers else None
        if newest and _same(folder / folder_name(newest), draft):
            return Frozen(newest, folder / folder_name(newest), draft.rows, new=False)
        number = (newest or 0) + 1
        path = folder / folder_name(number)
        _write_manifest(place, sealed(replace(draft, version=number, parent=newest, created=_now())))
        if _renamed(place, path):
            return Frozen(number, path, draft.rows, new=True)


def _same(path: Path, draft: Manifest) -> bool:
    """Whether a version has the draft's rows, and by the sizes of its files has them still."""
    try:
        newest = Manifest.read(path)
    except DamagedError:
        return False
    whole = not any(size_fault(path, entry) for entry in newest.files)
    return whole and newest.digest == draft.digest and bool(newest.partial) == bool(draft.partial)


def _write_manifest(place: Path, manifest: Manifest) -> None:
    write_text(place / FILE, json.dumps(manifest.to_json(), ensure_ascii=False, indent=2) + "\n")
    sync_folder(place)


def _renamed(place: Path, path: Path) -> bool:
    """Whether the name was still free; a version is never empty, so renaming onto one fails."""
    try:
        place.rename(path)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            return False
        raise
    sync_folder(path.parent)
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
