"""How fast rows are linted: all default rules, rows of 120 words, in one process and in two; memory on many rows.

    .venv/bin/python benchmarks/lint.py [--rows 20000] [--many 1000000] [--words 120] [--by-rule]

The rows are made up: a fifth of them code, lists or figures, a tenth in other scripts, none with a fault on purpose,
since a row that is good is asked about by every rule to the end. The last line is the hardest case: the longer good
rows of the labelled set, over and over, in two dozen languages, which were written to tempt the rules and so get past
their quick looks. Each line of the table is a process of its own; its peak memory is that of its largest process.
`--by-rule` times each rule alone, in this process.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

LABELLED = Path(__file__).parent.parent / "tests" / "labelled"
TEXTS = ("instruction", "input", "output")
WORDS = (
    "river mountain budget recipe garden letter teacher market window history engine forest bridge village question "
    "winter travel music paper science kitchen doctor student weather captain island bread summer picture reason"
).split()
SMALL = "the a of and in to with for on at from by is was are has".split()
VERBS = "holds brings makes keeps shows finds needs gives takes sees".split()
CHINESE = "春天的花园里有很多不同颜色的花朵孩子们在河边唱歌老人坐在树下喝茶看书远处的山上还有一点雪"
ARABIC = "في الحديقة أشجار كثيرة والأطفال يلعبون قرب النهر بينما يقرأ الشيخ كتابا قديما تحت الشجرة".split()


def sentence(rng: Random) -> str:
    said = [
        word for _ in range(rng.randint(2, 4)) for word in (rng.choice(SMALL), rng.choice(WORDS), rng.choice(VERBS))
    ]
    return f"{' '.join(said).capitalize()} {rng.choice(SMALL)} {rng.choice(WORDS)}."


def text(rng: Random, words: int) -> str:
    """So many words, in sentences."""
    said = ""
    while len(said.split()) < words:
        said += sentence(rng) + ("\n\n" if rng.random() < 0.1 else " ")
    return said.strip()


def answer(rng: Random, words: int) -> str:
    kind = rng.random()
    if kind < 0.07:
        lines = "\n".join(f"    total += {rng.choice(WORDS)}[{n}] * {rng.randint(2, 99)}" for n in range(words // 8))
        return f"```python\ndef add():\n    total = 0\n{lines}\n    return total\n```\n{text(rng, words // 3)}"
    if kind < 0.14:
        return "\n".join(f"{n}. {sentence(rng)}" for n in range(1, words // 9))
    if kind < 0.2:
        sums = [(rng.randint(2, 99), rng.randint(2, 99)) for _ in range(8)]
        return " ".join(f"{sentence(rng)} So {a} × {b} = {a * b}." for a, b in sums)
    if kind < 0.25:
        return "".join(rng.choice(CHINESE) + ("。" if n % 17 == 16 else "") for n in range(words * 2)) + "。"
    if kind < 0.3:
        return " ".join(rng.choice(ARABIC) for _ in range(words)) + "."
    return text(rng, words)


def rows(count: int, words: int) -> Iterator[str]:
    """At most 5,000 rows are made; the others are the same with another number in front."""
    rng = Random(11)
    made = [answer(rng, words - 20) for _ in range(max(200, min(count, 5_000)))]
    for number in range(count):
        said = made[number % len(made)]
        task = f"Explain point {number} of the plan for the {rng.choice(WORDS)} and the {rng.choice(WORDS)}."
        if said[0] in CHINESE:
            task = f"请说明第{number}点。"
        elif said.split()[0] in ARABIC:
            task = f"اشرح النقطة {number} في فقرة واحدة."
        yield json.dumps({"instruction": task, "input": "", "output": said}, ensure_ascii=False)


def tempting(count: int) -> Iterator[str]:
    """The good rows of the labelled set that have 60 to 300 words, again and again."""
    lines = (LABELLED / "good.jsonl").read_text(encoding="utf-8").splitlines()
    found = [{name: row[name] for name in TEXTS} for row in map(json.loads, lines)]
    found = [row for row in found if 60 <= len(" ".join(row.values()).split()) <= 300]
    for number in range(count):
        yield json.dumps(found[number % len(found)], ensure_ascii=False)


def measured(path: Path, processes: int) -> dict[str, float]:
    from ittgen.linting import Task, lint_file

    report = lint_file(Task(path, processes=processes, fixed=path.with_suffix(".fixed"), force=True))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"rows": report.rows, "seconds": report.seconds, "mib": peak / 1024}


def by_rule(path: Path) -> None:
    from ittgen.filters.defaults import DEFAULT
    from ittgen.linting.rules import Rules
    from ittgen.records import Example

    examples = [Example.from_json(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()[:3_000]]
    for name in DEFAULT:
        rules = Rules.named([name])
        began = time.perf_counter()
        found = sum(bool(rules.judge(example)[0]) for example in examples)
        taken = (time.perf_counter() - began) / len(examples)
        print(f"{name:20} {taken * 1e6:8.1f} µs a row {found:6,} found")


def told(path: Path, processes: int) -> None:
    """One line of the table, measured in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(path), str(processes)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    pace = found["rows"] / found["seconds"]
    print(f"{found['rows']:>9,} {processes:>9} {found['seconds']:>8.1f} {pace:>8,.0f} {found['mib']:>7.0f}", flush=True)


def written(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=120)
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--measure", nargs=2)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measured(Path(asked.measure[0]), int(asked.measure[1]))))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; rows of {asked.words} words\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        sizes = [(asked.rows, (1, 2))] + ([(asked.many, (2,))] if asked.many else [])
        if not asked.by_rule:
            print("     rows processes  seconds   rows/s     MiB")
        for count, processes in sizes:
            written(path, rows(count, asked.words))
            if asked.by_rule:
                by_rule(path)
                return
            for number in processes:
                told(path, number)
        print("\nrows written to tempt the rules, in two dozen languages")
        written(path, tempting(asked.rows))
        told(path, 1)


if __name__ == "__main__":
    main()
