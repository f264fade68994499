"""The card: the README.md of a version, for people and for `datasets.load_dataset`.

Its YAML names the data files, so that the rejects beside them are not loaded, and states the columns' types, so that
nothing is guessed. A function of the manifest alone; it holds no number of the version, no time and no dollars.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ittgen.versions.manifest import Manifest

METHODS = {
    "self-instruct": ("Self-Instruct", "https://arxiv.org/abs/2212.10560"),
    "instances": ("Self-Instruct, instances", "https://arxiv.org/abs/2212.10560"),
    "alpaca": ("Alpaca", "https://crfm.stanford.edu/2023/03/13/alpaca.html"),
    "evol-instruct": ("Evol-Instruct", "https://arxiv.org/abs/2304.12244"),
    "distill": ("Distillation", "https://arxiv.org/abs/2304.03277"),
}
"""Generator's name in recipes -> the method's name and its paper."""

SIZES = [
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
]
"""The hub's words for sizes, each up to a number of rows."""


def card(manifest: Manifest) -> str:
    """The text of README.md."""
    parts = [
        _header(manifest),
        f"# {manifest.name}",
        *_warnings(manifest),
        f"{manifest.rows:,} instruction-tuning examples, grown with ittgen {manifest.ittgen}".rstrip() + ".",
        *_grown(manifest),
        *_funnel(manifest),
        _LOADING,
        *_licences(manifest),
    ]
    return "\n\n".join(parts) + "\n"


def _header(manifest: Manifest) -> str:
    """The YAML; every value is spelled as JSON, which YAML understands and which needs no quoting rules."""
    lines = [
        "---",
        "license: unknown",
        f"size_categories: [{_quoted(_size(manifest.rows))}]",
        "task_categories: [text-generation]",
        f"tags: [{', '.join(_quoted(tag) for tag in ('synthetic', 'instruction-tuning', 'ittgen', *_uses(manifest)))}]",
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        "    path: data-*.jsonl",
        "dataset_info:",
        "  features:",
        *(f"  - {_quoted(column)}" for column in manifest.columns),
        "---",
    ]
    return "\n".join(lines)


def _size(rows: int) -> str:
    return next((word for limit, word in SIZES if rows < limit), "n>10M")


def _uses(manifest: Manifest) -> list[str]:
    """The generators' names, each once, in the order of the stages."""
    generators = (stage.get("generator", {}) for stage in manifest.recipe.get("stage", ()))
    return list(dict.fromkeys(str(generator["use"]) for generator in generators if "use" in generator))


def _warnings(manifest: Manifest) -> Iterator[str]:
    if manifest.notice:
        yield _quote(f"**Notice: {manifest.notice}**")
    if manifest.partial:
        yield _quote(f"**Partial.** The run was not complete: {manifest.partial}")


def _quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _grown(manifest: Manifest) -> Iterator[str]:
    facts = [f"- Method: {_method(use)}" for use in _uses(manifest)]
    facts += [f"- Teacher: {_teacher(teacher)}" for teacher in manifest.teachers]
    if manifest.seeds:
        facts.append(f"- Seeds: {manifest.seeds.get('name')} ({manifest.seeds.get('rows')} tasks)")
    facts += [f"- Compared with: {other.get('name')} ({other.get('rows')} rows)" for other in manifest.against]
    facts.append("- Recipe, prompts, seeds and checksums: `manifest.json`")
    yield "## How it was grown"
    yield "\n".join(facts)


def _method(use: str) -> str:
    name, link = METHODS.get(use, (use, ""))
    return f"[{name}]({link})" if link else f"`{name}`"


def _teacher(identity: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key} `{value if isinstance(value, str) else _quoted(value)}`"
        for key, value in identity.items()
        if value not in ("", None, [], {})
    )


def _funnel(manifest: Manifest) -> Iterator[str]:
    yield "## What became of the drafts"
    yield _table("stage | accepted | rejected | in this version", map(_stage_line, manifest.stages))
    rules = [(stage["name"], rule, n) for stage in manifest.stages for rule, n in stage["rejected"].items()]
    if rules:
        yield _table("stage | rule | rejected", rules)
        yield "Every rejected draft is kept in `rejected-*.jsonl`, with its rule, the value measured and the limit."
    yield from _wasted(manifest)


def _wasted(manifest: Manifest) -> Iterator[str]:
    """How many of the teacher's tokens went into drafts that became no rows, where the manifest tells."""
    shares = [item for stage in manifest.stages for item in stage.get("spent_by_rule", {}).items()]
    tokens = sum(share["tokens"] for _, share in shares)
    lost = sum(share["tokens"] for rule, share in shares if rule != "accepted")
    if lost:
        yield f"Of the {tokens:,} tokens that the answers took, {lost / tokens:.0%} went into rejected drafts."


def _stage_line(stage: Mapping[str, Any]) -> tuple[Any, ...]:
    return stage["name"], stage.get("accepted", ""), sum(stage["rejected"].values()), stage["rows"]


def _table(head: str, lines: Any) -> str:
    bar = " | ".join("---" for _ in head.split("|"))
    body = [" | ".join(str(cell).replace("|", "\\|") for cell in line) for line in lines]
    return "\n".join(f"| {line} |" for line in (head, bar, *body))


_LOADING = """\
## How to load it

```python
from datasets import load_dataset

rows = load_dataset("PATH/OF/THIS/FOLDER", split="train")
```

`id` is the digest of what a student sees. `meta` says which stage and generator made a row; `provenance` which parents,
prompts, requests and teacher. `extra_json`, where there is one, holds further fields as JSON text."""


def _licences(manifest: Manifest) -> Iterator[str]:
    if manifest.licences:
        yield "## Licences and terms"
        yield "\n".join(f"- {note}" for note in manifest.licences)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
