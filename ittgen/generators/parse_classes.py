"""Instances of a classification task, the label before the input that deserves it, as models really write them.

One label may have several inputs. A label without an input makes no instance: it would teach an answer to nothing.
"""

from ittgen.generators import parse_fields as fields
from ittgen.generators.parse_examples import named_mark, own
from ittgen.generators.parse_fields import Label
from ittgen.generators.parse_instances import INPUT, Pair, input_first_pieces
from ittgen.generators.parse_marks import find as find_marks
from ittgen.generators.parse_talk import without_no_input
from ittgen.generators.parse_text import Pieces, Place, Reply, read, unruled, unwrapped

_CLASSES = ("class[ _-]?labels?", "labels?|class(?:es)?|category")
"""What the label of a label is called; the second only where the first does not occur."""

Piece = tuple[Pair | None, str]
"""An instance, if it is one, and the text it was made of."""


def output_first_pieces(text: str, finish_reason: str) -> Pieces[Pair]:
    """The (input, output) pairs of a reply that gives each label before its input; the output is the label."""
    for version in (text, unwrapped(text)):
        for name in _CLASSES if version is not None else ():
            if pieces := _pieces(read(version or "", finish_reason), name):
                return pieces
    return input_first_pieces(text, finish_reason)


def _pieces(reply: Reply, name: str) -> Pieces[Pair] | None:
    reply = own(reply, (name, INPUT))
    named = [mark for i, line in enumerate(reply.lines) if (mark := named_mark(i, line))]
    labels = fields.find(reply, (name, INPUT), {mark.line: mark.end for mark in named})
    if not any(label.kind == name for label in labels):
        return None
    labels = fields.level(labels)
    found = _labels_first(reply, labels) if labels[0].kind == name else _inputs_first(reply, labels, name)
    whole, cut = (found[:-1], found[-1][1]) if reply.cut else (found, "")
    odd = [text for pair, text in whole if not pair and text]
    return Pieces([pair for pair, _ in whole if pair], odd, cut)


def _labels_first(reply: Reply, labels: list[Label]) -> list[Piece]:
    """Every input under the label above it."""
    found: list[Piece] = []
    starts = [i for i, label in enumerate(labels) if label.kind != INPUT]
    for i, after in zip(starts, [*starts[1:], len(labels)], strict=True):
        stop = labels[after].start if after < len(labels) else reply.end
        inputs = labels[i + 1 : after]
        found += (
            _of_label(reply, labels[i], inputs, stop, alone=len(starts) == 1)
            if inputs
            else [_bare(reply, labels[i], stop)]
        )
    return found


def _of_label(reply: Reply, label: Label, inputs: list[Label], stop: Place, *, alone: bool) -> list[Piece]:
    output = fields.field(reply, label, inputs[0].start)
    found: list[Piece] = []
    for one, end in zip(inputs, [*(other.start for other in inputs[1:]), stop], strict=True):
        text = _field(reply, one, end)
        usable = output and (text or alone)
        start = label.start if one is inputs[0] else one.start
        found.append(((without_no_input(text), output) if usable else None, reply.between(start, end).strip()))
    return found


def _bare(reply: Reply, label: Label, stop: Place) -> Piece:
    """A label without the word "Input": its first line is the label, and what follows the input."""
    output, _, text = _field(reply, label, stop).partition("\n")
    pair = (without_no_input(text.strip("\n")), output.strip()) if output.strip() and text.strip() else None
    return pair, reply.between(label.start, stop).strip()


def _inputs_first(reply: Reply, labels: list[Label], name: str) -> list[Piece]:
    """Every label under the input above it."""
    starts = [0, *(i for i in range(1, len(labels)) if labels[i].kind == INPUT and labels[i - 1].kind == name)]
    found: list[Piece] = []
    for i, after in zip(starts, [*starts[1:], len(labels)], strict=True):
        stop = labels[after].start if after < len(labels) else reply.end
        label = next((label for label in labels[i:after] if label.kind == name), None)
        output = _field(reply, label, stop) if label else ""
        pair = (without_no_input(_field(reply, labels[i], label.start)), output) if label and output else None
        found.append((pair, reply.between(labels[i].start, stop).strip()))
    return found


def _field(reply: Reply, label: Label, stop: Place) -> str:
    """A field without the marker of the next instance at its end."""
    last = stop == reply.end
    text = fields.field(reply, label, stop, last=last)
    kept, newline, tail = text.rpartition("\n")
    return unruled(kept, last=False) if newline and not last and _is_marker(tail) else text


def _is_marker(line: str) -> bool:
    found = named_mark(0, line) or next(iter(find_marks(Reply((line,), (False,), cut=False))), None)
    return found is not None and found.end == len(line)
