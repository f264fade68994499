"""Every rule asked about every row of anybody's dataset: `lint(rows)`, `lint_file(Task(path))`. Knows no recipe.

rules.py    the rules by their names; what all of them say of one example, and the example mended
forms.py    a row as the examples in it, and those mended as the row again, no field lost
rows.py     what is found in one row; `lint` for rows that a program has
pieces.py   a file, JSONL or one JSON array, as pieces that can be written again byte for byte
chunks.py   many pieces judged at once, in this process or another
run.py      a whole file: both cores, files written      report.py   what was found, in numbers
"""

from ittgen.linting.report import Report
from ittgen.linting.rows import lint
from ittgen.linting.run import Task, lint_file

__all__ = ["Report", "Task", "lint", "lint_file"]
