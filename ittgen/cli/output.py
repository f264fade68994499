"""Where output goes: data to stdout, talk to stderr. Knows streams and tables, and no verb."""

import json
import sys
from collections.abc import Mapping, Sequence

from ittgen.cli.codes import PIPE_CLOSED
from ittgen.progress import columns
from ittgen.text import JSON


def out(text: str, end: str = "\n") -> None:
    """Data, to stdout. Ends the command quietly when nobody reads it any more. Raises OSError: a full disk."""
    try:
        print(text, end=end)
    except BrokenPipeError:
        raise SystemExit(PIPE_CLOSED) from None


def out_bytes(line: bytes) -> None:
    """Data that stays byte for byte what it is, to stdout; else as `out`."""
    if sys.stdout is None:  # closed by the caller, `>&-`
        return
    try:
        sys.stdout.buffer.write(line)
    except BrokenPipeError:
        raise SystemExit(PIPE_CLOSED) from None


def out_json(value: JSON) -> None:
    """One JSON value, to stdout."""
    out(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def out_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table for people, to stdout."""
    out(columns(header, rows))


def say(text: str) -> None:
    """Talk, to stderr."""
    print(text, file=sys.stderr)


def out_operations(stage: str, operations: Sequence[Mapping[str, JSON]]) -> None:
    """Acceptance by epoch and operation, where a stage's generator names them."""
    if not operations:
        return
    out(f"\n{stage}: acceptance by epoch and operation")
    out_table(["epoch", "operation", "accepted", "rejected", "share"], [_operation(row) for row in operations])


def _operation(row: Mapping[str, JSON]) -> list[object]:
    accepted, rejected = row["accepted"], row["rejected"]
    assert isinstance(accepted, int) and isinstance(rejected, int)
    return [row["epoch"], row["operation"], accepted, rejected, f"{accepted / (accepted + rejected):.0%}"]
