"""Text as bytes, digests and words. Knows nothing of examples, prompts or teachers."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

JSON = str | int | float | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_NOT_ROUGE = re.compile(r"[^a-z0-9]+")


def canonical(value: object) -> str:
    """One spelling for one value: keys sorted, no blanks, no escapes beyond what JSON needs, no NaN.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return _CANONICAL.encode(value)


def digest(value: object) -> str:
    """sha256 of the canonical JSON, 64 hexadecimal digits."""
    return sha256(canonical(value).encode())


def sha256(data: bytes) -> str:
    """sha256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def well_formed(text: str) -> str:
    """The text with half surrogate pairs joined or, where their other half is missing, replaced by U+FFFD.

    Servers cut emoji in two; such a string can neither be hashed nor stored.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def rouge_tokens(text: str) -> list[str]:
    """The tokens rouge-score makes without a stemmer: runs of `[a-z0-9]` in the lower-cased text.

    >>> rouge_tokens("Convert C++ to C#!")
    ['convert', 'c', 'to', 'c']
    """
    return _NOT_ROUGE.sub(" ", text.lower()).split()


def words(text: str) -> list[str]:
    """Words as the papers count them: what white space separates."""
    return text.split()
