"""How long a row is to the model that shall learn from it. Knows tokenizers by name only, and loads one when asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from ittgen.errors import PluginError
from ittgen.records import Example, Rejection

BYTES_A_TOKEN = 4
"""Of UTF-8, as everywhere else here where nobody has counted."""


@dataclass(frozen=True, slots=True)
class StudentLength:
    """More tokens in the whole row than the student reads, or too few: value is their number, limit the bound it broke.

    Without a tokenizer it is a quarter of the bytes, too many for Chinese by half and for Arabic or Hindi by more: name
    the student's own there. Off unless a recipe names it. Raises ValueError for bounds that let nothing pass and
    PluginError for a tokenizer that cannot be loaded.
    """

    max_tokens: int = 2048
    min_tokens: int = 0
    tokenizer: str = ""
    """A `tokenizer.json`, a "module:function" that gives a text's tokens or their number, or a name that `transformers`
    knows; nothing for the estimate."""

    def __post_init__(self) -> None:
        if not 0 <= self.min_tokens <= self.max_tokens:
            raise ValueError(f"min_tokens and max_tokens let nothing pass: {self.min_tokens} to {self.max_tokens}")

    def __call__(self, example: Example) -> Rejection | None:
        count = counter(self.tokenizer)("\n".join(_texts(example)))
        if self.min_tokens <= count <= self.max_tokens:
            return None
        bound = self.max_tokens if count > self.max_tokens else self.min_tokens
        return Rejection(
            example, "student-length", value=count, limit=bound, note="" if self.tokenizer else "estimated"
        )


@cache
def counter(tokenizer: str) -> Callable[[str], int]:
    """What counts the tokens of a text, loaded once. Raises PluginError, with what to install or to correct."""
    if not tokenizer:
        return lambda text: -(-len(text.encode("utf-8", "replace")) // BYTES_A_TOKEN)
    if tokenizer.endswith(".json"):
        return _from_file(Path(tokenizer))
    module, colon, name = tokenizer.partition(":")
    return _injected(tokenizer, module, name) if colon else _by_name(tokenizer)


def _from_file(path: Path) -> Callable[[str], int]:
    tokenizers = _library("tokenizers", str(path))
    if not path.is_file():
        raise PluginError(
            f'student-length: there is no file "{path}"; "tokenizer" must be the path of a tokenizer.json'
        )
    loaded = tokenizers.Tokenizer.from_file(str(path))
    return lambda text: len(loaded.encode(text).ids)


def _by_name(name: str) -> Callable[[str], int]:
    loaded = _library("transformers", name).AutoTokenizer.from_pretrained(name)
    return lambda text: len(loaded.encode(text))


def _injected(target: str, module: str, name: str) -> Callable[[str], int]:
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise PluginError(f'student-length: cannot load the tokenizer "{target}": {error}') from None
    return lambda text: _number(target, found(text))


def _number(target: str, tokens: Any) -> int:
    if isinstance(tokens, int):
        return tokens
    if hasattr(tokens, "__len__"):
        return len(tokens)
    raise PluginError(f'student-length: "{target}" returned {tokens!r}; it must give tokens or their number')


def _library(name: str, tokenizer: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise PluginError(
            f'student-length: the tokenizer "{tokenizer}" needs the package {name}; install it, '
            'or leave "tokenizer" out for an estimate'
        ) from None


def _texts(example: Example) -> list[str]:
    own = [example.system, example.instruction, example.input, example.output]
    return [text for text in own if text] + [turn.content for turn in example.turns]
