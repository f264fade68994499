"""Instances of a task, input before output or label before input, as models really write them.

Where "Example k" markers set the instances apart, each has one input and one output, and whatever looks like a further
field is content. Without markers the fields themselves set them apart. A reply without any field is none at all.
"""

from collections.abc import Callable, Sequence

from ittgen.generators import parse_examples as examples
from ittgen.generators import parse_fields as fields
from ittgen.generators.parse_fields import Label
from ittgen.generators.parse_marks import Mark
from ittgen.generators.parse_talk import without_no_input
from ittgen.generators.parse_text import Pieces, Place, Reply, read, trim, unruled, unwrapped

Pair = tuple[str, str]
"""(input, output)."""

INPUT, OUTPUT = "inputs?", "(?:expected[ ]|correct[ ]|sample[ ])?outputs?"
_FIELDS = (INPUT, OUTPUT)

Block = tuple[Place, list[Label], Place]
"""Where an instance begins, its labels, and where it ends."""


def input_first_pieces(text: str, finish_reason: str) -> Pieces[Pair]:
    """The (input, output) pairs of a reply that gives inputs before outputs."""
    pieces = _input_first(read(text, finish_reason))
    if not pieces.items and (inner := unwrapped(text)) is not None:
        within = _input_first(read(inner, finish_reason))
        return within if within.items else pieces
    return pieces


def _input_first(reply: Reply) -> Pieces[Pair]:
    reply = examples.own(reply, _FIELDS)
    starts = examples.find(reply, _FIELDS)
    columns = {mark.line: mark.end for mark in starts}
    labels = fields.find(reply, _FIELDS, columns)
    if not labels:
        return Pieces([], cut=reply.between((0, 0), reply.end).strip() if reply.cut else "")
    if starts:
        blocks = [
            (mark.text, _within(labels, mark, after)) for mark, after in zip(starts, [*starts[1:], None], strict=True)
        ]
        stops: list[Place] = [*(mark.start for mark in starts[1:]), reply.end]
    else:
        blocks = _unmarked(reply, fields.level(labels))
        stops = [*(start for start, _ in blocks[1:]), reply.end]
    return _collect(reply, [(start, found, stop) for (start, found), stop in zip(blocks, stops, strict=True)])


def _collect(reply: Reply, blocks: Sequence[Block]) -> Pieces[Pair]:
    whole = blocks[:-1] if reply.cut else blocks
    pairs = [(_pair(reply, *block), reply.between(block[0], block[2]).strip()) for block in whole]
    cut = reply.between(blocks[-1][0], blocks[-1][2]).strip() if reply.cut else ""
    return Pieces([pair for pair, _ in pairs if pair], [text for pair, text in pairs if not pair and text], cut)


def _within(labels: Sequence[Label], mark: Mark, after: Mark | None) -> list[Label]:
    """The labels of one example."""
    return [label for label in labels if label.line >= mark.line and (after is None or label.line < after.line)]


def _pair(reply: Reply, start: Place, labels: list[Label], stop: Place) -> Pair | None:
    """The one instance of a block, or None where it has no output."""
    found = fields.level(labels)
    outputs = [label for label in found if label.kind == OUTPUT]
    inputs = [label for label in found if label.kind == INPUT]
    if not outputs:
        return None
    last, first_output = stop == reply.end, outputs[0]
    if _swapped(inputs, outputs):
        said, output = (
            fields.field(reply, inputs[0], stop, last=last),
            fields.field(reply, first_output, inputs[0].start),
        )
    else:
        said = _input(reply, start, [label for label in inputs if label.start < first_output.start], first_output)
        output = fields.field(reply, first_output, stop, last=last)
    return (without_no_input(said), output) if output else None


def _swapped(inputs: list[Label], outputs: list[Label]) -> bool:
    return bool(inputs) and outputs[-1].start < inputs[0].start


def _input(reply: Reply, start: Place, labels: list[Label], output: Label) -> str:
    """The input above an output; several numbered ones keep their labels, and so does a field of another name."""
    if not labels:
        return fields.head(reply, start, output.start)
    if len(labels) > 1 and all(label.count is not None for label in labels):
        return unruled(trim(reply.between(labels[0].start, output.start)), last=False)
    return fields.field(reply, labels[0], output.start)


# --- instances that only their fields set apart ----------------------------------------------------------------------


def _unmarked(reply: Reply, labels: list[Label]) -> list[tuple[Place, list[Label]]]:
    """The blocks of a reply without markers: each begins where a field comes that the one before already has."""
    if labels[0].kind == INPUT:
        return _cut_at(labels, lambda block, i: _begins_pair(reply, block, labels, i))
    if labels[-1].kind == INPUT and not reply.cut:
        return _cut_at(labels, lambda block, i: labels[i].kind == OUTPUT and _has(block, INPUT))
    if (
        all(label.kind == OUTPUT for label in labels)
        and len(labels) > 1
        and fields.head(reply, (0, 0), labels[0].start)
    ):
        return [((0, 0), [])]
    return _cut_at(labels, lambda block, i: _begins_single(reply, block, labels[i]))


def _cut_at(labels: list[Label], begins: Callable[[list[Label], int], bool]) -> list[tuple[Place, list[Label]]]:
    blocks: list[tuple[Place, list[Label]]] = [((0, 0), [labels[0]])]
    for i, label in enumerate(labels[1:], 1):
        if begins(blocks[-1][1], i):
            blocks.append((label.start, [label]))
        else:
            blocks[-1][1].append(label)
    return blocks


def _begins_pair(reply: Reply, block: list[Label], labels: list[Label], i: int) -> bool:
    """An input begins a pair once the one before has an output; a lone one at the very end may be content of it."""
    if labels[i].kind != INPUT or not _has(block, OUTPUT):
        return False
    return reply.cut or _has(labels[i + 1 :], OUTPUT) or _after_blank(reply, labels[i])


def _begins_single(reply: Reply, block: list[Label], label: Label) -> bool:
    """After outputs without input an instance begins with an input, or with an output that stands apart."""
    return (label.kind == INPUT and _has(block, OUTPUT)) or _apart(reply, block, label)


def _apart(reply: Reply, block: list[Label], label: Label) -> bool:
    """Whether an output after an output, both without input, is an instance of its own."""
    alone = all(other.kind == OUTPUT for other in block) and label.kind == OUTPUT
    return alone and (label.count is not None or _after_blank(reply, label))


def _after_blank(reply: Reply, label: Label) -> bool:
    return label.line > 0 and not reply.lines[label.line - 1].strip()


def _has(labels: Sequence[Label], kind: str) -> bool:
    return any(label.kind == kind for label in labels)
