"""The recipes that the short commands stand for: tables as a recipe file would have them. Runs and prints nothing."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ittgen.errors import UsageError

Table = dict[str, Any]

ROOM: Table = {"temperature": 0.0, "top_p": 1.0, "presence_penalty": 1.5, "max_tokens": 1024}
"""Sampling of instances. The paper's 350 and 300 tokens suit its short answers; chat models write longer ones."""
SAFE: list[Table] = [{"use": "default"}]
"""Every rule that is safe on any data."""
NEW: Table = {"rouge_l": 0.7, "against": ["seeds", "pool"]}


def self_instruct(instructions: int) -> list[Table]:
    """New instructions, then their instances (https://arxiv.org/abs/2212.10560)."""
    propose = {
        "name": "propose",
        "generator": {"use": "self-instruct"},
        "filter": [{"use": "length", "min_words": 4, "max_words": 150}],
        "dedup": NEW | {"tokens": "rouge"},
        "target": instructions,
    }
    instances = {
        "name": "instances",
        "source": "propose",
        "generator": {"use": "instances", "input_first": ROOM, "output_first": ROOM},
        "filter": [{"use": "empty"}, {"use": "output-equals-input"}, {"use": "ends-with-colon"}],
    }
    return [propose, instances]


def evolve(epochs: int, flavour: str) -> list[Table]:
    """Every task made harder, epoch by epoch (https://arxiv.org/abs/2304.12244)."""
    generator = {"use": "evol-instruct", "epochs": epochs, "flavour": flavour}
    return [{"name": "evolve", "generator": generator, "filter": SAFE, "dedup": NEW}]


def distill(samples: int, replace_outputs: bool) -> list[Table]:
    """Every task answered; of several answers the one that the teacher itself scores best."""
    several = {"n": samples, "choose": "judge"} if samples > 1 else {}
    generator = {"use": "distill", "replace_outputs": replace_outputs, **several}
    return [{"name": "answer", "generator": generator, "filter": SAFE}]


def teacher(use: str, options: Mapping[str, str]) -> Table:
    """`[teacher]` as the flags say: the openai one where there is a model. Raises UsageError where there is neither."""
    said = {name: value for name, value in options.items() if value}
    if not use and "model" not in said:
        raise UsageError(
            "who answers? Say --model M (any OpenAI-compatible server), or --teacher procedural to try it out"
        )
    return {"use": use or "openai", **said}


def seeds(source: str, data: Path) -> str:
    """`seeds = …` for a file, a version, or a packaged set; a dataset's name without "@" means its newest version."""
    if Path(source).is_file():
        return source if "/" in source or source.endswith((".json", ".jsonl")) else f"./{source}"
    return f"{source}@latest" if "@" not in source and (data / source).is_dir() else source


def name(source: str, suffix: str) -> str:
    """A dataset's name for what is grown from a source: ("my tasks.jsonl", "evolved") -> "my-tasks-evolved"."""
    stem = Path(source.partition("@")[0]).name.removesuffix(".jsonl").removesuffix(".json")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")
    return "-".join(filter(None, [plain, suffix]))
