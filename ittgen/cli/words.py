"""Examples, rejections and trials as text for people. Prints nothing."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ittgen.records import Example, Rejection
    from ittgen.running import Trial

INDENT = "    "


def example_text(example: "Example") -> str:
    """The id, then every field that is not empty."""
    fields: list[tuple[str, str]] = [
        ("system", example.system),
        ("instruction", example.instruction),
        ("input", example.input),
        ("reasoning", example.reasoning),
        ("output", example.output),
        *((turn.role, turn.content) for turn in example.turns),
    ]
    return "\n".join([example.id, *(labelled(name, text) for name, text in fields if text)])


def rejection_text(rejection: "Rejection") -> str:
    """The rule with what it measured, then the draft."""
    draft = rejection.draft
    body = labelled("reply", draft) if isinstance(draft, str) else example_text(draft)
    return f"{verdict(rejection)}\n{body}"


def verdict(rejection: "Rejection") -> str:
    """Rule, value, limit, neighbour and note in one line, as far as there are any."""
    from ittgen.story.tell import VALUE

    parts = [rejection.rule]
    parts += [f"{VALUE.get(rejection.rule, 'value')} {_short(rejection.value)}"] if rejection.value is not None else []
    parts += [f"limit {_short(rejection.limit)}"] if rejection.limit is not None else []
    parts += [f"near {rejection.near}"] if rejection.near else []
    parts += [f'"{_short(rejection.note)}"'] if rejection.note else []
    return ", ".join(parts)


def trial_text(trial: "Trial") -> str:
    """What a slot asked, was told, and made of it."""
    head = f"{trial.stage}, slot {trial.slot}: {len(trial.accepted)} accepted, {len(trial.rejected)} rejected"
    return "\n".join(
        [
            head,
            *_calls(trial),
            *(labelled("accepted", example_text(example)) for example in trial.accepted),
            *(labelled("rejected", rejection_text(rejection)) for rejection in trial.rejected),
        ]
    )


def _calls(trial: "Trial") -> Iterable[str]:
    for request, response in trial.calls:
        for message in request["messages"]:
            yield labelled(message["role"], message["content"])
        usage = response.usage
        how = f"{response.finish_reason}, {usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
        yield labelled(f"reply ({how})", response.error or response.text)


def labelled(name: str, text: str) -> str:
    """`name: text`, a longer text indented below its name."""
    lines: Sequence[str] = text.splitlines() or [""]
    if len(lines) == 1:
        return f"{INDENT}{name}: {lines[0]}"
    return "\n".join([f"{INDENT}{name}:", *(f"{INDENT}{INDENT}{line}".rstrip() for line in lines)])


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else " ".join(str(value).split())
