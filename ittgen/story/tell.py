"""A story as text for people. Looks nothing up and prints nothing."""

from collections.abc import Iterable, Iterator, Mapping

from ittgen.records import Example
from ittgen.story.account import Exchange, Story

VALUE = {"conflicting-outputs": "two outputs for the input"}
"""Rule -> what its value is called, where it is no measure."""


def tell(story: Story) -> str:
    """The story for people: a heading for each part, nothing shortened but other rows and ancestors."""
    prompts = [f"  {p['name']}, version {p['version']}, sha256 {p['sha256']}" for p in story.prompts]
    parts: list[tuple[str, Iterable[str]]] = [("", _tell_row(story))]
    parts += [("Family", _tell_family(story)), ("Prompts", prompts)]
    parts += [(f"Request {n}", _tell_exchange(exchange)) for n, exchange in enumerate(story.exchanges, 1)]
    parts += [("Accepted: it passed", [f"  {verdict}" for verdict in story.passed if not story.fate])]
    parts += [("Also of this slot", _tell_siblings(story)), ("Not found", [f"  {note}" for note in story.notes])]
    told = [(heading, list(lines)) for heading, lines in parts]
    return "\n\n".join("\n".join(filter(None, (heading, *lines))) for heading, lines in told if lines)


def _tell_row(story: Story) -> Iterator[str]:
    row, origin = story.row, story.row.provenance
    yield f"{story.ref}, {row.id}: {story.fate}" if story.fate else f"{story.ref}, row {row.id}"
    for name in ("system", "instruction", "input", "reasoning", "output"):
        yield from _block(name, getattr(row, name))
    for turn in row.turns:
        yield from _block(turn.role, turn.content)
    yield from _block("scores, meta", _listed({**row.scores, **row.meta}))
    if origin:
        yield f"  made by: stage {origin.stage} ({origin.generator}), slot {origin.slot}"
        yield from _block("teacher", _listed(origin.teacher))


def _tell_family(story: Story) -> Iterator[str]:
    for relative in story.family:
        text = _brief(relative.example) if relative.example else "not found"
        yield f"{'  ' * relative.generation}{relative.id}  {relative.where or '?'}: {text}"


def _tell_exchange(exchange: Exchange) -> Iterator[str]:
    yield f"  {exchange.label or 'not stored'}, key {exchange.key}"
    if exchange.request is None or exchange.response is None:
        return
    request, response, usage = exchange.request, exchange.response, exchange.response.usage
    yield from _block("asked", _listed({"model": request["model"], **request["sampling"], "sample": request["sample"]}))
    for message in request["messages"]:
        yield from _block(message["role"], message["content"])
    yield from _block("reasoning", response.reasoning)
    yield from _block("reply", response.error or response.text)
    facts = {"finish_reason": response.finish_reason, "tokens": f"{usage.prompt_tokens} + {usage.completion_tokens}"}
    named = {"model": response.model, "build": response.fingerprint, "request id": response.request_id}
    named["latency"] = f"{response.latency:.2f} s"
    yield from _block("answered", _listed(facts | named))


def _tell_siblings(story: Story) -> Iterator[str]:
    for example in story.accepted:
        yield f"  accepted  {example.id}: {_brief(example)}"
    for rejection in story.rejected:
        value = _short(str(rejection.value)) if isinstance(rejection.value, str) else rejection.value
        called = VALUE.get(rejection.rule, "value")
        measured = _listed({called: value, "limit": rejection.limit, "near": rejection.near})
        draft = _short(rejection.draft) if isinstance(rejection.draft, str) else _brief(rejection.draft)
        yield f"  rejected  {', '.join(filter(None, (rejection.rule, measured, rejection.note)))}: {draft}"


def _listed(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items() if value not in (None, ""))


def _block(name: str, text: str) -> Iterable[str]:
    """`name: text`, a longer text below its name and indented; nothing where there is no text."""
    lines = text.splitlines()
    if len(lines) < 2:
        return [f"  {name}: {line}" for line in lines]
    return [f"  {name}:", *(f"    {line}".rstrip() for line in lines)]


def _brief(example: Example) -> str:
    return _short(" | ".join(filter(None, (example.instruction, example.input, example.output))))


def _short(text: str, width: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
