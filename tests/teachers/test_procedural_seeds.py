"""The packaged seeds are known by heart: answered as people answered them, and evolved from there."""

import json

from ittgen import resources
from ittgen.chance import pick, seeded
from ittgen.generators.evol_instruct import OPERATIONS
from ittgen.records import Message
from ittgen.teachers.procedural import Procedural, answer, heart, solve
from ittgen.teachers.procedural.evolved import understand
from ittgen.teachers.procedural.evolving import harder
from ittgen.teachers.procedural.families import find
from ittgen.teachers.procedural.judging import quality

SEEDS = [json.loads(line) for line in (resources.seeds() / "general.jsonl").read_text("utf-8").splitlines()]
INSTANCES = [(s["instruction"], i["input"], i["output"]) for s in SEEDS for i in s["instances"]]


def test_every_seed_is_answered_as_it_stands_in_the_file() -> None:
    for text, given, output in INSTANCES:
        assert find(text) is None and solve(text, given) == output
        message = Message("user", f"{text}\n\n{given}" if given else text)
        assert answer([message], {}, 0, 0.0)[0] == output


def test_another_input_makes_it_an_unknown_task() -> None:
    assert solve(SEEDS[0]["instruction"], "Rename a variable") is None
    assert solve(SEEDS[0]["instruction"], "") is None


def test_evolved_seeds_are_understood_and_mostly_really_harder() -> None:
    evolved = 0
    for i, (text, given, _) in enumerate(INSTANCES):
        task = (text, given)
        for epoch in range(4):
            rng = seeded("seeds", i, epoch)
            before, task = task, harder(pick(rng, OPERATIONS["general"]), *task, rng)
            evolved += before != task
            assert solve(*task) is not None, task
    assert evolved > 0.9 * 4 * len(INSTANCES)


def test_further_steps_work_on_the_answer_in_the_file() -> None:
    text, given, output = INSTANCES[0]
    assert output == "fix"
    more = 'Add one line below it: "backwards:" and then all characters of the result from the last to the first.'
    assert solve(f"{text} {more}", given) == "fix\nbackwards: xif"


def test_another_answer_to_a_seed_is_not_called_wrong() -> None:
    text, given, output = next(row for row in INSTANCES if not row[1])
    assert quality(text, output)[0] == 10
    assert quality(text, "Something else that may be just as good.")[0] in (5, 6, 7)
    assert understand(text) is not None and given == ""


def test_the_teacher_is_another_one_when_the_seeds_change() -> None:
    assert Procedural().identity["seeds"] == heart.edition() and len(heart.edition()) == 8
