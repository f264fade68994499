"""Families about a list of whole numbers: mean, median, spread, order, selection, sets."""

from collections.abc import Callable
from fractions import Fraction
from random import Random

from ittgen.teachers.procedural.families.shared import between, listed, numbers, rounded, several
from ittgen.teachers.procedural.family import Family, Params, choice, lines, whole


def _numbers(rng: Random, params: Params, label: str) -> str:
    return listed(several(rng, 2, 99))


def _odd_numbers(rng: Random, params: Params, label: str) -> str:
    count = 2 * between(rng, 2, 5) + 1
    return listed(several(rng, 2, 99, count, count))


def _average(text: str, params: Params) -> str:
    values = numbers(text)
    return rounded(Fraction(sum(values), len(values)), 1)


def _median(text: str, params: Params) -> str:
    values = sorted(numbers(text))
    return str(values[len(values) // 2])


def _spread(text: str, params: Params) -> str:
    values = numbers(text)
    return str(max(values) - min(values))


def _running(text: str, params: Params) -> str:
    values = numbers(text)
    return listed([sum(values[: i + 1]) for i in range(len(values))])


def _above(text: str, params: Params) -> str:
    return str(sum(value > int(params["n"]) for value in numbers(text)))


def _second(text: str, params: Params) -> str:
    return str(sorted(set(numbers(text)), reverse=params["end"].lower() in ("largest", "highest"))[1])


def _sorted(text: str, params: Params) -> str:
    down = params["order"].lower() in ("from largest to smallest", "in descending order", "by falling size")
    return listed(sorted(numbers(text), reverse=down))


_KINDS: dict[str, Callable[[int], bool]] = {
    "even": lambda value: value % 2 == 0,
    "odd": lambda value: value % 2 == 1,
    "divisible by three": lambda value: value % 3 == 0,
    "at least fifty": lambda value: value >= 50,
    "smaller than forty": lambda value: value < 40,
}


def _kept(text: str, params: Params) -> str:
    return listed([value for value in numbers(text) if _KINDS[params["kind"].lower()](value)]) or "none"


def _two_lists(rng: Random, params: Params, label: str) -> str:
    first, second = several(rng, 1, 20, 5, 7), several(rng, 1, 20, 5, 7)
    return f"A: {listed(first)}\nB: {listed(second)}"


def _combined(text: str, params: Params) -> str:
    first, second = (set(numbers(line)) for line in text.splitlines())
    parts = {
        "found in both lists": first & second,
        "standing in a but not in b": first - second,
        "occurring in at least one list": first | second,
    }
    chosen = parts[params["part"].lower()]
    return listed(sorted(chosen)) or "none"


def _weights(rng: Random, params: Params, label: str) -> str:
    return "\n".join(f"{between(rng, 2, 9)} x {between(rng, 11, 60)}" for _ in range(between(rng, 2, 4)))


def _weighted(text: str, params: Params) -> str:
    rows = [(int(count), int(value)) for count, value in (line.split(" x ") for line in text.splitlines())]
    return rounded(Fraction(sum(c * v for c, v in rows), sum(c for c, _ in rows)), 2)


FAMILIES = (
    Family(
        "average",
        lines("""
        Work out the average of a list with the number of {counts}, rounded to one decimal place.
        {Who} has noted the number of {counts}; what is the mean, to one decimal?
        Divide the sum of all values in the {record} of {place} by how many there are and keep one digit after the \
          point.
        At {place} somebody records the number of {counts}. Find the arithmetic mean of these figures with one decimal.
        For an article about {place}, boil the listed numbers of {counts} down to their average (one decimal).
        If every value in the {record} were the same and the total unchanged, which value would it be? Use one \
          decimal; {who} supplies the values.
        """),
        solve=_average,
        make=_numbers,
    ),
    Family(
        "median",
        lines("""
        Find the median of the figures that {who} collected: {counts}.
        Which value stands in the middle once the {record} of {place} is put in order of size?
        Sort the numbers of {counts} in your head and tell me the one in the centre.
        As many values lie below it as above. Name this median for {place}, given the numbers of {counts}.
        {Who} distrusts averages and asks for the middle value of the listed numbers of {counts} instead.
        Extract the central figure, by size, from an unsorted {record} with an odd number of entries kept by {who}.
        """),
        solve=_median,
        make=_odd_numbers,
    ),
    Family(
        "spread",
        lines("""
        By how much does the largest entry in the {record} exceed the smallest, if the list shows {counts}?
        Compute the range, that is maximum minus minimum, of the {counts} at {place}.
        {Who} asks how far apart the best and the worst figure are in a list of {counts}.
        Subtract the lowest from the highest number in the list that {place} keeps about {counts}.
        What gap lies between the two extremes among the values which {who} entered in the {record}?
        """),
        solve=_spread,
        make=_numbers,
    ),
    Family(
        "running-totals",
        lines("""
        Turn a list of {counts} into running totals, each being the sum of all entries so far.
        {Who} wants the cumulative sums of the figures in the {record}, separated by commas.
        Replace every number by the total up to and including it; the list comes from {place} and shows {counts}.
        Step by step, how does the overall count at {place} grow? Answer with the cumulative sums of the listed \
          {counts}.
        Accumulate, from left to right, the values that {who} entered one after another in the {record}.
        """),
        solve=_running,
        make=_numbers,
    ),
    Family(
        "count-above",
        lines("""
        Count how many of the listed {counts} at {place} are greater than {n}.
        On how many occasions did the {record} of {who} show more than {n}?
        {Who} gets a bonus for each figure over {n}; how many such figures are in the list of {counts}?
        Tell me the number of entries exceeding {n} among the {counts} reported by {place}.
        A limit of {n} was set at {place}. How often was it passed, judging by the listed {counts}?
        """),
        solve=_above,
        make=_numbers,
        params={"n": whole(15, 80)},
    ),
    Family(
        "second",
        lines("""
        Name the second {end} of several different numbers, all of them {counts}.
        Who comes close to the record? {Who} asks for the second {end} value in the {record}.
        Ignore the {end} figure that {place} reports for {counts} and give me the next one after it.
        Among the entries of the {record} at {place}, which number would be second if the {end} came first?
        """),
        solve=_second,
        make=_numbers,
        params={"end": choice("largest", "smallest", "highest", "lowest")},
    ),
    Family(
        "sort-numbers",
        lines("""
        Arrange the {counts} {order}, separated by commas.
        Rewrite the numbers in the {record} of {place} {order}.
        {Who} scribbled down the {counts} at random; list them {order}.
        Put the figures that {who} collected {order} and keep the commas.
        Could you order the values from {place} {order}? They stand for {counts}.
        The {record} is a mess: bring its numbers into line {order}, so that {who} finds the extremes at once.
        """),
        solve=_sorted,
        make=_numbers,
        params={
            "order": choice(
                "from smallest to largest",
                "in ascending order",
                "by rising size",
                "from largest to smallest",
                "in descending order",
                "by falling size",
            )
        },
    ),
    Family(
        "keep-numbers",
        lines("""
        From the listed {counts}, keep only those that are {kind}, in their old order.
        Which figures in the {record} of {who} are {kind}? Give them in the order in which they stand, or "none".
        Strike out every number that is not {kind} from a list of {counts} and return the rest.
        {Who} is superstitious and trusts only values that are {kind}. Pick them out of the list.
        Cleaning up the data of {place}, drop all entries except the ones that are {kind}.
        """),
        solve=_kept,
        make=_numbers,
        params={"kind": choice(*_KINDS)},
    ),
    Family(
        "two-lists",
        lines("""
        Two lists A and B hold the ticket numbers that {who} handed out. Return the numbers {part}, in ascending order.
        Compare list A with list B, both copied from the {record} of {place}, and write down the numbers {part}, \
          smallest first.
        {Who} keeps two lists of member numbers, A and B; which numbers are those {part}? Sort them upwards.
        Given A and B, two sets of locker numbers at {place}, determine the elements {part} in rising order.
        """),
        solve=_combined,
        make=_two_lists,
        params={"part": choice("found in both lists", "standing in A but not in B", "occurring in at least one list")},
    ),
    Family(
        "weighted-mean",
        lines("""
        Every line says how often a value occurred, for example 3 x 20. Give the mean over all occurrences to two \
          decimals; the data are {counts}.
        Work out the weighted average, with two decimals, of a tally in the {record} of {place} written as count x \
          value.
        {Who} made a tally of {counts} in lines of the form count x value. What is the overall mean, rounded to two \
          decimal places?
        Taking the repetitions into account, which mean value (two decimals) follows from the count x value lines \
          kept at {place}?
        """),
        solve=_weighted,
        make=_weights,
    ),
)
