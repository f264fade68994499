"""One version as a sequence of examples, read lazily from its files. Never writes into the version's folder."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from ittgen.errors import DamagedError, VersionError, nearest
from ittgen.records import ID_LENGTH, Example, Rejection
from ittgen.versions.diff import Diff, diff
from ittgen.versions.export import export
from ittgen.versions.files import Lines, read, sha256_of
from ittgen.versions.folder import resolve
from ittgen.versions.manifest import MEND, FileEntry, Manifest, size_fault
from ittgen.versions.rows import to_example

if TYPE_CHECKING:
    import datasets

CLOSE, NAMED = 4, 5
"""An id is close to another when their first 4 digits are the same; a message names 5 at most."""


class Dataset(Sequence[Example]):
    """`data = Dataset.open(Path("data"), "alpaca-mini@3")`, then `len(data)`, `data[0]`, `for example in data`.

    Iterating streams; indexing remembers where the lines begin, 8 bytes a row.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest
        self._rows = Lines(self._paths(manifest.data), to_example)

    @classmethod
    def open(cls, home: Path, ref: str) -> "Dataset":
        """The version "NAME", "NAME@3" or "NAME@latest" below `home`.

        Raises VersionError when there is none, DamagedError when its files are not all there.
        """
        return cls.at(resolve(home, ref))

    @classmethod
    def at(cls, path: Path) -> "Dataset":
        """The version in this folder, wherever it is. Raises DamagedError when its files are not all there.

        Sizes are compared, checksums are not; `verify` does that.
        """
        manifest = Manifest.read(path)
        for entry in (*manifest.data, *manifest.rejected):
            _check_size(path, entry, manifest.ref)
        return cls(path, manifest)

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def version(self) -> int:
        return self.manifest.version

    @property
    def ref(self) -> str:
        """ "alpaca-mini@3"."""
        return self.manifest.ref

    @property
    def rules(self) -> Mapping[str, int]:
        """Rule -> drafts it rejected, the hungriest first."""
        return self.manifest.rules

    def __len__(self) -> int:
        return self.manifest.rows

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> list[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | list[Example]:
        return self._rows[index]

    def __iter__(self) -> Iterator[Example]:
        return iter(self._rows)

    def __repr__(self) -> str:
        partial = ", partial" if self.manifest.partial else ""
        return f"Dataset({self.ref}: {len(self):,} rows, {sum(self.rules.values()):,} rejected{partial}; {self.path})"

    def find(self, id: str) -> Example:
        """The example with this id. Raises VersionError, naming ids that begin like it, when there is none."""
        close: list[str] = []
        for known, text in self._lines_by_id():
            if known == id:
                return to_example(json.loads(text))
            if known[:CLOSE] == id[:CLOSE]:
                close.append(known)
        hint = nearest(id, close[:NAMED]) if close else ""
        raise VersionError(f'{self.ref} has no row "{id}"{hint}')

    def rejected(self, rule: str | None = None) -> Sequence[Rejection]:
        """The rejected drafts, of all rules or of one, read lazily; none where no draft broke the rule."""
        keep = None if rule is None else lambda line: line["rule"] == rule
        return Lines(self._paths(self.manifest.rejected), Rejection.from_json, keep)

    def diff(self, other: "Dataset | str") -> Diff:
        """What this version has that `other` ("NAME@3", or a Dataset) has not, and the other way round."""
        older = other if isinstance(other, Dataset) else Dataset.open(self.path.parent.parent, other)
        return diff(older, self)

    def to_hf(self, cache_dir: str | Path | None = None) -> "datasets.Dataset":
        """The rows as a `datasets.Dataset`, with the columns of the files.

        cache_dir: where its Arrow files go; by default the cache of `datasets`, never this version's folder.
        """
        from ittgen.versions.hf import to_hf

        paths = self._paths(self.manifest.data)
        return to_hf(paths, self.manifest.columns, self.manifest.digest, Path(cache_dir) if cache_dir else None)

    def export(self, path: str | Path, format: str, *, force: bool = False) -> int:
        """Write the rows to a file in the shape "alpaca", "sharegpt" or "messages"; returns how many.

        Raises UsageError for another shape, VersionError when the file exists (unless `force`) or cannot be written,
        and DamagedError when the rows are not those that were frozen.
        """
        self.check()
        return export(self, format, Path(path), force=force)

    def check(self) -> None:
        """Raise DamagedError when a data file's bytes are not those that were frozen; reads them all."""
        for entry in self.manifest.data:
            if sha256_of(self.path / entry.name) != entry.sha256:
                told = f"was changed; {MEND} (`ittgen verify {self.ref}` lists every fault)"
                raise DamagedError(f"{self.path / entry.name} {told}")

    def _paths(self, files: Sequence[FileEntry]) -> list[Path]:
        return [self.path / entry.name for entry in files]

    def _lines_by_id(self) -> Iterator[tuple[str, bytes]]:
        """(id, line) of every row; the id stands first in a line, so that most lines need not be parsed."""
        begin = len('{"id": "')
        for path in self._paths(self.manifest.data):
            for _, _, text in read(path):
                yield text[begin : begin + ID_LENGTH].decode(errors="replace"), text


def _check_size(folder: Path, entry: FileEntry, ref: str) -> None:
    if fault := size_fault(folder, entry):
        raise DamagedError(f"{folder / entry.name} {fault}; {MEND} (`ittgen verify {ref}` lists every fault)")
