"""A model's files: where they are, whether they are whole, and what tells one model from another.

Reads files and imports neither torch nor vLLM, so a wrong path is told in a moment.
"""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from ittgen.errors import UsageError
from ittgen.text import sha256

WEIGHTS = (".safetensors", ".bin", ".pt", ".pth", ".gguf")
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "tekken.json", "vocab.json", "vocab.txt", "tiktoken.model")
TEMPLATES = ("chat_template.jinja", "chat_template.json")
OWN_FORMS = ("tekken.json", "params.json")
"""Files of models whose form of a chat is part of their tokenizer (Mistral's), so that they need no template."""
DESCRIBING = (".json", ".jinja", ".model", ".txt")
"""Endings of files that are hashed as a whole; of weights only samples are read."""
SAMPLES, SAMPLE = 64, 1024
"""Places in each file of weights that are read, and bytes at each."""

_ON_HUB = re.compile(r"[\w.-]+/[\w.-]+")
"""How a model is named on the hub: "owner/name"."""


def folder_of(model: str) -> Path | None:
    """The model's folder, or its file where it is a single one; None for a name on the hub. Raises UsageError."""
    path = Path(model).expanduser()
    if path.is_dir() or (path.is_file() and path.suffix == ".gguf"):
        return path
    if path.is_file():
        raise UsageError(f"model {model}: is a file; name the folder with its config.json, weights and tokenizer")
    if path.is_absolute() or model.startswith((".", "~")) or not _ON_HUB.fullmatch(model):
        raise UsageError(f"model {model}: there is no such folder, and a name on the hub is like owner/name")
    return None


def called(model: str) -> str:
    """The model's name in requests: the last part of a path that may move, or the name on the hub.

    >>> called("/models/llama-3-8b/"), called("meta-llama/Llama-3.1-8B-Instruct")
    ('llama-3-8b', 'meta-llama/Llama-3.1-8B-Instruct')
    """
    path = Path(model).expanduser()
    is_path = path.is_absolute() or path.exists() or not _ON_HUB.fullmatch(model)
    return path.absolute().name if is_path else model


def check(model: str, revision: str, elsewhere: Collection[str] = ()) -> None:
    """Raise UsageError where something is missing that vLLM would look for in vain after a while.

    elsewhere: what need not be in the folder, of "weights", "tokenizer" and "template".
    """
    folder = folder_of(model) or _cached(model, revision)
    if not folder or not folder.is_dir():
        return
    names = {file.name for file in folder.iterdir()}
    if not names & {"config.json", "params.json"}:
        raise UsageError(f"model {model}: the folder has no config.json; is it a folder with a model?")
    if "weights" not in elsewhere and not any(name.endswith(WEIGHTS) for name in names):
        raise UsageError(f"model {model}: the folder has no weights (*.safetensors or *.bin)")
    if "tokenizer" not in elsewhere and not names & set(TOKENIZERS):
        raise UsageError(f"model {model}: the folder has no tokenizer (tokenizer.json); put its base model's there")
    if "template" not in elsewhere and not _has_template(folder, names):
        raise UsageError(
            f"model {model}: it has no chat template, so it may be a base model that was never taught to answer; "
            'take its "instruct" sibling, or give a template: chat_template = "FILE.jinja" in [teacher]'
        )


def _cached(model: str, revision: str) -> Path | None:
    """The hub's model on this disk; None where it has yet to be fetched. Raises UsageError where that is forbidden."""
    from huggingface_hub import constants, try_to_load_from_cache

    found = try_to_load_from_cache(model, "config.json", revision=revision or None)
    if isinstance(found, str):
        return Path(found).parent
    if constants.HF_HUB_OFFLINE:
        raise UsageError(
            f"model {model}: there is no such folder, the hub's cache does not have it, and HF_HUB_OFFLINE forbids "
            "fetching it; name the model's folder"
        )
    return None


def _has_template(folder: Path, names: set[str]) -> bool:
    if names & {*TEMPLATES, *OWN_FORMS} or (folder / "additional_chat_templates").is_dir():
        return True
    return bool(_read(folder / "tokenizer_config.json").get("chat_template"))


def context(model: str) -> int | None:
    """Tokens that the model was made for, where its config says so."""
    folder = folder_of(model)
    told = _read(folder / "config.json") if folder else {}
    length = told.get("max_position_embeddings")
    return length if isinstance(length, int) else None


def _read(path: Path) -> dict[str, Any]:
    """The table in a JSON file; empty where there is none to be read."""
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def digest(folder: Path) -> str:
    """What makes it this model, wherever it lies: its config and tokenizer as a whole, samples of its weights.

    Two fine-tunes of one model differ; to change single weights without being noticed takes intent.
    """
    files = [folder] if folder.is_file() else _files(folder)
    told = hashlib.sha256()
    for file in files:
        name = file.relative_to(folder).as_posix() if file != folder else ""
        told.update(f"{name} {file.stat().st_size} {_sampled(file)}\n".encode())
    return told.hexdigest()[:32]


def _files(folder: Path) -> list[Path]:
    """What describes the model and holds its weights, hidden files and notes for people left out."""
    wanted = (*WEIGHTS, *DESCRIBING)
    files = (f for f in folder.rglob("*") if f.name.endswith(wanted) and f.is_file())
    return sorted(f for f in files if not any(part.startswith(".") for part in f.relative_to(folder).parts))


def _sampled(file: Path) -> str:
    size = file.stat().st_size
    with file.open("rb") as data:
        if size <= SAMPLES * SAMPLE or file.name.endswith(DESCRIBING):
            return sha256(data.read())
        return sha256(b"".join(_read_at(data.fileno(), _places(size))))


def _places(size: int) -> Iterable[int]:
    """Evenly from the first byte to the last."""
    return (k * (size - SAMPLE) // (SAMPLES - 1) for k in range(SAMPLES))


def _read_at(file: int, places: Iterable[int]) -> Iterator[bytes]:
    return (os.pread(file, SAMPLE, place) for place in places)
