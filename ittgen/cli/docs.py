"""docs/cli.md, made from the verbs themselves: `python -m ittgen.cli.docs > docs/cli.md`.

A test compares the file with what this makes, so it never tells of an option that is gone.
"""

import inspect
from collections.abc import Iterator
from typing import Any

from ittgen.cli.app import app
from ittgen.cli.output import out

HEAD = """\
# The command line

<!-- Made by `python -m ittgen.cli.docs > docs/cli.md`; edit the verbs, not this file. -->

Data goes to stdout, talk and progress to stderr. `--json` prints one JSON value in place of a table or text, and `lint`
one for each row. No verb asks questions, and `--help` creates no file.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | the answer is no (`verify`, `doctor`, `… check`, `dedup --check`, `lint`); a version is damaged; stdout is full |
| 2 | wrong usage, recipe or input; nothing was sent or written |
| 3 | stopped early (budget, teacher, saturation, disk); the same command goes on from there |
| 70 | a bug in ittgen, or in a component of yours, which is named; `ittgen -v …` shows the traceback |
| 130 | interrupted by Ctrl-C; the same command goes on from there |
| 141 | whoever read stdout is gone, as in `… \\| head` |
| 143 | ended by SIGTERM, which is taken as Ctrl-C is |

The first Ctrl-C during `grow` lets what is on the wire land and stores it; the second leaves at once. Two
signals within half a second are one: `timeout` and others send theirs twice.
"""


def markdown() -> str:
    """The whole page."""
    from typer.main import get_command

    sections = ("\n".join(_section(path, command)) for path, command in _verbs("ittgen", get_command(app)))
    return "\n".join([HEAD, *sections])


def _verbs(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """(full name, command) of every verb, those of groups in their place."""
    for name, child in command.commands.items():
        if hasattr(child, "commands"):
            yield from _verbs(f"{path} {name}", child)
        else:
            yield f"{path} {name}", child


def _section(path: str, command: Any) -> Iterator[str]:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join(_place(argument) for argument in arguments)
    yield f"## {path}\n\n`{' '.join(filter(None, [path, usage, '[OPTIONS]' * bool(options)]))}`\n"
    yield f"{inspect.cleandoc(command.help)}\n"
    if command.params:
        yield "| | |\n|---|---|"
        yield from (f"| `{_cell(_name(param))}` | {_cell(_meaning(param))} |" for param in [*arguments, *options])
        yield ""


def _place(argument: Any) -> str:
    return str(argument.metavar) if argument.required else f"[{argument.metavar}]"


def _name(param: Any) -> str:
    """ARGUMENT, or every spelling of an option and what it takes."""
    if param.param_type_name == "argument":
        return str(param.metavar)
    takes = "" if param.is_flag else f" {param.metavar}"
    return ", ".join(param.opts) + takes


def _meaning(param: Any) -> str:
    shown = param.default not in (None, False, "", 0) and not param.required
    return f"{param.help} Default: `{param.default}`." if shown else str(param.help)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    out(markdown(), end="")
