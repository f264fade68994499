"""From a reply to an answered row, or to the reason why it is none. Knows neither prompts nor teachers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from ittgen.calls import Response
from ittgen.generators.parse_structured import tagged, thought_and_said
from ittgen.generators.parse_text import trim
from ittgen.generators.replies import refused
from ittgen.records import Example, Rejection
from ittgen.text import JSON

Reasoning = Literal["server", "tags", "none"]
Truncated = Literal["again", "reject", "keep"]

TAGS = ("reasoning", "answer")
OF_AN_ANSWER = ("system_prompt", "system_for_teacher", "truncated")
"""What `meta` says of an answer and not of its task."""
_LIMITS = ("max_completion_tokens", "max_tokens")


def read_answer(task: Example, response: Response, reasoning: Reasoning, truncated: Truncated) -> Example | Rejection:
    """The task with the reply's answer and reasoning.

    Rejections: what the server says ("content_filter", "refusal", "error"), "tool_calls", "truncated" (unless kept and
    marked), "unparsed" (the tags are not there), "no-answer" (nothing but blank, or nothing but reasoning).
    """
    reply = replace(task, output=response.text)
    if failed := refused(response):
        return Rejection(reply, failed.rule, note=failed.note)
    if response.finish_reason == "tool_calls":
        return Rejection(reply, "tool_calls", note="the teacher called a tool; no tool was offered")
    cut = response.finish_reason == "length"
    thought, said = thought_and_said(response.text)
    if reasoning == "tags":
        return _tagged(task, said, reply, cut)
    thoughts = "\n\n".join(part for part in (response.reasoning, thought) if part)
    row = replace(task, output=_tidy(said), reasoning=thoughts if reasoning == "server" else "")
    if cut and (truncated != "keep" or not row.output):
        return Rejection(row, "truncated", note="the answer reached the token limit")
    if not row.output:
        return Rejection(row, "no-answer", note="the reply holds no answer")
    return replace(row, meta={**row.meta, "truncated": True}) if cut else row


def _tagged(task: Example, said: str, reply: Example, cut: bool) -> Example | Rejection:
    """The row of a reply in tags; one that was cut off behind its last tag is complete."""
    parts = tagged(said, TAGS)
    if parts is None or f"<{TAGS[0]}>" in parts[TAGS[1]]:
        if cut:
            return Rejection(reply, "truncated", note="the reply reached the token limit before its last tag")
        return Rejection(reply, "unparsed", note="not in the tags asked for, each once")
    row = replace(task, output=_tidy(parts["answer"]), reasoning=parts["reasoning"].strip())
    return row if row.output else Rejection(row, "no-answer", note="the answer's tags are empty")


def _tidy(text: str) -> str:
    """The text without blank around it; code that begins with an indented line keeps its indentation."""
    return trim(f"\n{text}")


def room(sampling: Mapping[str, JSON], response: Response) -> dict[str, int]:
    """The sampling that gives a reply twice the room it had; empty where nobody says how much that was."""
    for name in _LIMITS:
        if isinstance(limit := sampling.get(name), int | float):
            return {name: int(2 * limit)}
    spent = response.usage.completion_tokens
    return {"max_tokens": 2 * spent} if spent else {}


def blank(task: Example) -> Example:
    """The row as if nobody had answered it; what an earlier answer left, in fields or meta, is kept as `replaced_…`."""
    if not task.output.strip():
        return replace(task, provenance=None)
    meta = {name: value for name, value in task.meta.items() if name not in OF_AN_ANSWER}
    fields: dict[str, JSON] = {
        "output": task.output,
        "reasoning": task.reasoning,
        "scores": dict(task.scores),
        "turns": [turn.to_json() for turn in task.turns],  # they go on from the old answer
    }
    left = fields | {name: value for name, value in task.meta.items() if name in OF_AN_ANSWER}
    for name, value in left.items():
        if value:
            meta[_free(meta, f"replaced_{name}")] = value
    return replace(task, output="", reasoning="", turns=(), scores={}, meta=meta, provenance=None)


def _free(meta: Mapping[str, JSON], name: str) -> str:
    """The name, numbered where the row has been answered again before."""
    number = 2
    free = name
    while free in meta:
        free, number = f"{name}_{number}", number + 1
    return free
