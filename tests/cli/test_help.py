"""`--help` and `--version`: instant, and without a trace."""

import subprocess
import sys
from pathlib import Path

import pytest

from ittgen.about import VERSION
from ittgen.cli.app import VERBS
from ittgen.cli.docs import markdown
from tests.cli.conftest import Run

ALL = [[], *([verb] for verb in VERBS), *(["prompts", verb] for verb in ("ls", "show", "check", "lock")), ["seeds"],
       ["seeds", "check"]]  # fmt: skip


@pytest.mark.parametrize("verb", ALL, ids=" ".join)
def test_help_of_every_verb_goes_to_stdout_and_creates_no_file(run: Run, folder: Path, verb: list[str]) -> None:
    done = run(*verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: {' '.join(['ittgen', *verb])} ")
    assert not list(folder.iterdir())


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom ittgen.cli import main\ntry: main(['grow', '--help'])\n"
        "except SystemExit: print(*{m.split('.')[0] for m in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "typer" in loaded
    assert not loaded & {"openai", "datasets", "numpy", "rich", "tenacity", "rouge_score", "sqlite3"}


def test_version(run: Run) -> None:
    assert run("--version").out == f"ittgen {VERSION}\n"


def test_the_page_about_the_command_line_is_what_the_verbs_say() -> None:
    page = Path(__file__).parents[2] / "docs" / "cli.md"
    assert page.read_text() == markdown(), "run: python -m ittgen.cli.docs > docs/cli.md"


def test_no_command_line_has_a_line_break_in_its_short_help(run: Run) -> None:
    assert "..." not in run("--help").out.split("Commands:")[1]


def test_without_a_verb_there_is_help_and_exit_code_2(run: Run) -> None:
    done = run()
    assert done.code == 2 and "Usage: ittgen" in done.out + done.err


def test_a_wrong_verb_or_option_is_wrong_usage_without_a_traceback(run: Run) -> None:
    for args in (["gorw"], ["grow", "--tarjet", "5", "r.toml"], ["grow"], ["grow", "r.toml", "--concurrency", "0"]):
        done = run(*args)
        assert done.code == 2 and done.out == ""
        assert "Usage:" in done.err and "Traceback" not in done.err
