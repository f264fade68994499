"""The last word of a verb that did not come to its end: a line for people, or an object where progress is JSON."""

import json
import sys
from contextvars import ContextVar

_AS_JSON: ContextVar[bool] = ContextVar("as_json", default=False)


def end_as_json(wanted: bool) -> None:
    """From now on, whatever ends this command early is said as JSON."""
    _AS_JSON.set(wanted)


def last_word(message: str, code: int) -> int:
    """Say on stderr why the command ends, and give its exit code back."""
    told = {"event": "stopped", "message": message, "exit_code": code}
    print(json.dumps(told, ensure_ascii=False) if _AS_JSON.get() else f"ittgen: {message}", file=sys.stderr)
    return code
