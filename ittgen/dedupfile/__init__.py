"""Near-duplicates dropped from anybody's JSONL file: `dedup(Task(file), kept=…)`. Knows lines, not recipes or versions.

rows.py    a file's rows, read as often as needed      beside.py  files that appear whole or not at all
run.py     which rows stay; copies them                check.py   what rouge-score itself says of some of it
report.py  what became of the rows, in numbers
"""

from ittgen.dedupfile.report import Report
from ittgen.dedupfile.run import Task, dedup

__all__ = ["Report", "Task", "dedup"]
