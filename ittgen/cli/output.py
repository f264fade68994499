"""Where output goes: data to stdout, talk to stderr. Knows streams and tables, and no verb."""

import json
import sys
from collections.abc import Sequence

import typer

from ittgen.progress import columns
from ittgen.text import JSON

PIPE_CLOSED = 141
"""Exit code when the reader of stdout is gone (`| head`): what a shell reports of any filter that SIGPIPE ended."""


def out(text: str, end: str = "\n") -> None:
    """Data, to stdout. Ends the command quietly when nobody reads it any more."""
    try:
        print(text, end=end)
    except BrokenPipeError:
        raise typer.Exit(PIPE_CLOSED) from None


def out_json(value: JSON) -> None:
    """One JSON value, to stdout."""
    out(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def out_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table for people, to stdout."""
    out(columns(header, rows))


def say(text: str) -> None:
    """Talk, to stderr."""
    print(text, file=sys.stderr)
