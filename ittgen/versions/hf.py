"""A version as a `datasets.Dataset`; the one module here that imports `datasets`, and only when it is asked.

Unlike `load_dataset`, which lets Arrow guess, this hands over every value as it was written: text that looks like a
date stays as it is even where a whole column does.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ittgen.versions.files import read
from ittgen.versions.shape import Column

if TYPE_CHECKING:
    import datasets


def to_hf(
    paths: Sequence[Path], columns: Sequence[Column], digest: str, cache_dir: Path | None = None
) -> "datasets.Dataset":
    """The rows of these files. Arrow files go to `cache_dir`, by default to the cache of `datasets`, once a digest."""
    from datasets import Dataset, Features

    return Dataset.from_generator(
        _rows,
        features=Features({column["name"]: _feature(column) for column in columns}),
        cache_dir=str(cache_dir) if cache_dir else None,
        gen_kwargs={"paths": tuple(map(str, paths)), "digest": digest},
    )


def _rows(paths: Sequence[str], digest: str) -> Iterator[dict[str, Any]]:
    """Every row; the digest is part of the arguments so that it is part of the cache's key."""
    for path in paths:
        for _, _, text in read(Path(path)):
            yield json.loads(text)


def _feature(column: Column) -> Any:
    from datasets import List, Value

    if "dtype" in column:
        return Value(column["dtype"])
    inner = column["struct"] if "struct" in column else column["list"]
    feature = Value(inner) if isinstance(inner, str) else {item["name"]: _feature(item) for item in inner}
    return List(feature) if "list" in column else feature
