"""Prompts are data: one TOML file each, found by name, rendered with `string.Template`, identified by sha256.

    name = "self-instruct/classify"       # its path below prompts/, without ".toml"
    version = 1                           # raised whenever the text changes; prompts.lock remembers
    source = "https://arxiv.org/abs/2212.10560"
    parser = "yes_no"                     # the function of generators/parse.py that reads the replies
    system = '''…'''                      # may be missing
    user = '''…$instruction…'''           # $name is a variable, $$ a dollar

    [[example]]                           # worked examples, sent as real turns before the question
    variables = { instruction = "…" }
    reply = '''…'''
    expect = true                         # what the parser makes of the reply; checked by the tests

A prompt knows nothing of models or sampling. Tests render every prompt and parse every worked example.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any

from ittgen.errors import PromptError, nearest
from ittgen.records import Message
from ittgen.text import JSON, sha256

KEYS = {"name", "version", "source", "parser", "system", "user", "example"}
LOCK = "prompts.lock"
UNRAISED = "did not"


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked example: the variables of its question, the reply, and what the parser must make of it."""

    variables: Mapping[str, str]
    reply: str
    expect: JSON


@dataclass(frozen=True)
class Prompt:
    """One prompt file."""

    name: str
    version: int
    source: str
    parser: str
    system: str
    user: str
    examples: tuple[Worked, ...]
    sha256: str
    path: Path

    @cached_property
    def variables(self) -> frozenset[str]:
        """Names of the variables that the user text wants."""
        return frozenset(Template(self.user).get_identifiers())

    def render(self, variables: Mapping[str, str], system: str | None = None) -> tuple[Message, ...]:
        """The messages to send: system (its own, or the one given), the worked examples as turns, and the question.

        Raises PromptError when a variable is missing or unknown.
        """
        said = self.system if system is None else system
        turns = [Message("system", said)] if said else []
        for worked in self.examples:
            turns += [Message("user", self._question(worked.variables)), Message("assistant", worked.reply)]
        return (*turns, Message("user", self._question(variables)))

    def _question(self, variables: Mapping[str, str]) -> str:
        if odd := self.variables.symmetric_difference(variables):
            state = "is missing" if odd <= self.variables else "does not occur"
            raise PromptError(f'prompt "{self.name}" ({self.path}): variable {", ".join(sorted(odd))} {state}')
        return Template(self.user).substitute(variables)


class PromptBook:
    """Every prompt below the given folders; where a name occurs twice, the earlier folder wins.

    `PromptBook(Path("recipes/prompts"), resources.prompts())["self-instruct/propose"]`
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self._loaded: dict[str, Prompt] = {}

    def __getitem__(self, name: str) -> Prompt:
        if name not in self._loaded:
            self._loaded[name] = load(self._path(name), name)
        return self._loaded[name]

    def names(self) -> list[str]:
        """Names of all prompts, sorted."""
        found = {p.relative_to(f).with_suffix("").as_posix() for f in self.folders for p in f.rglob("*.toml")}
        return sorted(found)

    def _path(self, name: str) -> Path:
        for folder in self.folders:
            if (path := folder / f"{name}.toml").is_file():
                return path
        looked = ", ".join(str(folder) for folder in self.folders)
        raise PromptError(f'no prompt "{name}" in {looked}{nearest(name, self.names())}')


def load(path: Path, name: str) -> Prompt:
    """The prompt in a file. Raises PromptError, which names the file and what is wrong in it."""
    data = path.read_bytes()
    try:
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PromptError(f"prompt {path}: not TOML in UTF-8: {error}") from None
    _check(table, name, path)
    return Prompt(
        name=name,
        version=table["version"],
        source=table.get("source", ""),
        parser=table.get("parser", ""),
        system=table.get("system", ""),
        user=table["user"],
        examples=tuple(Worked(e.get("variables", {}), e["reply"], e.get("expect")) for e in table.get("example", [])),
        sha256=sha256(data),
        path=path,
    )


def _check(table: Mapping[str, Any], name: str, path: Path) -> None:
    if unknown := sorted(table.keys() - KEYS):
        raise PromptError(f'prompt {path}: unknown key "{unknown[0]}"{nearest(unknown[0], sorted(KEYS))}')
    for key, kind in (("name", str), ("version", int), ("user", str)):
        if not isinstance(table.get(key), kind):
            raise PromptError(f'prompt {path}: "{key}" is missing or not {kind.__name__}')
    if table["name"] != name:
        raise PromptError(f'prompt {path}: is named "{table["name"]}" but lies where "{name}" belongs')
    if not Template(table["user"]).is_valid():
        raise PromptError(f'prompt {path}: "user" has a lone $; write $$ for a dollar')
    if any("reply" not in example for example in table.get("example", [])):
        raise PromptError(f'prompt {path}: an [[example]] has no "reply"')


def lock_text(book: PromptBook) -> str:
    """What prompts.lock should say: one line a prompt, `name version sha256`."""
    return "".join(f"{p.name} {p.version} {p.sha256}\n" for p in map(book.__getitem__, book.names()))


def write_lock(folder: Path, *, force: bool = False) -> int:
    """Lock a folder's prompts; returns how many.

    Raises PromptError when a text changed and its version did not (unless `force`), or when the file cannot be written.
    """
    if not force and (folder / LOCK).is_file() and (faults := [f for f in check_lock(folder) if UNRAISED in f]):
        raise PromptError(f"{folder / LOCK}: {'; '.join(faults)}. --force locks it all the same")
    text = lock_text(PromptBook(folder))
    try:
        (folder / LOCK).write_text(text, encoding="utf-8")
    except OSError as error:
        raise PromptError(f"{folder / LOCK}: cannot be written: {error.strerror}; name a folder with --dir") from None
    return len(text.splitlines())


def check_lock(folder: Path) -> list[str]:
    """What is wrong with a folder's lock, one sentence each; empty when all is well.

    A text that changed while its version did not is the fault this exists for. Raises PromptError for a broken line.
    """
    lock = folder / LOCK
    if not lock.is_file():
        return [f'{lock}: missing; write it with "ittgen prompts lock"']
    locked = dict(_locked(lock))
    book = PromptBook(folder)
    faults = [f"{name}: locked, but the file is gone" for name in sorted(locked.keys() - set(book.names()))]
    for name in book.names():
        faults += _compare(book[name], locked.get(name))
    return faults


def _locked(lock: Path) -> Iterator[tuple[str, tuple[int, str]]]:
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdecimal():
            raise PromptError(f'{lock}, line {number}: not "name version sha256"; write it anew: ittgen prompts lock')
        yield parts[0], (int(parts[1]), parts[2])


def _compare(prompt: Prompt, locked: tuple[int, str] | None) -> list[str]:
    if locked is None:
        return [f'{prompt.name}: not in the lock; run "ittgen prompts lock"']
    if prompt.sha256 == locked[1]:
        return []
    if prompt.version == locked[0]:
        return [f"{prompt.name}: the text changed and version {prompt.version} {UNRAISED}; raise it, then lock"]
    return [f'{prompt.name}: version {prompt.version} is not locked yet; run "ittgen prompts lock"']
