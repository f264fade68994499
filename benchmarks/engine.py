"""How fast the engine commits and how its memory grows: 2,000 and 20,000 tasks evolved for two epochs, no network.

    .venv/bin/python benchmarks/engine.py [--sizes 2000 20000]

Every run is a process of its own: the procedural teacher answers in it, so the seconds hold the writing of replies too.
Each size runs with and without dedup; the difference in memory is the index, which is meant to grow with the data.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RECIPE = """
name = "bench"
seed = 1
seeds = "./tasks.jsonl"
[teacher]
use = "procedural"
[[stage]]
name = "evolve"
generator = {{ use = "evol-instruct", epochs = 2 }}
{dedup}
"""
DEDUP = 'dedup = { rouge_l = 0.7, against = ["pool"] }'


def write_tasks(path: Path, count: int) -> None:
    """`count` different tasks of the procedural teacher's own."""
    from ittgen.chance import pick, seeded
    from ittgen.teachers.procedural.families import FAMILIES
    from ittgen.teachers.procedural.family import instruction

    rng, tasks = seeded("bench"), dict[str, None]()
    while len(tasks) < count:
        tasks.setdefault(instruction(rng, pick(rng, FAMILIES)))
    path.write_text("".join(json.dumps({"instruction": task}) + "\n" for task in tasks))


def measure(folder: Path) -> None:
    """Grow the recipe in `folder` in this process; print the figures as JSON."""
    import ittgen
    from ittgen.events import Event, SlotCommitted

    drafts = 0

    def count(event: Event) -> None:
        nonlocal drafts
        if isinstance(event, SlotCommitted):
            drafts = event.accepted + event.rejected

    began = time.perf_counter()
    data = ittgen.grow(
        folder / "recipe.toml",
        data=folder / "data",
        journal=folder / "journal.sqlite",
        concurrency=64,
        progress="none",
        on_event=count,
    )
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"drafts": drafts, "rows": len(data), "seconds": seconds, "peak": peak}))


def run(size: int, dedup: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tasks(folder / "tasks.jsonl", size)
        (folder / "recipe.toml").write_text(RECIPE.format(dedup=DEDUP if dedup else ""))
        command = [sys.executable, __file__, "--measure", name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    print("| tasks | dedup | drafts committed | rows | seconds | drafts/s | peak MiB |")
    print("|---|---|---|---|---|---|---|")
    for size in options.sizes:
        for dedup in (False, True):
            f = run(size, dedup)
            name = "ROUGE-L" if dedup else "none"
            print(
                f"| {size:,} | {name} | {f['drafts']:,} | {f['rows']:,} | {f['seconds']:.1f} "
                f"| {f['drafts'] / f['seconds']:,.0f} | {f['peak']:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
