"""Families about small tables and records: filter, aggregate and reshape CSV and JSON."""

import json
from random import Random

from ittgen.chance import pick, shuffled
from ittgen.teachers.procedural.families.shared import between, nouns
from ittgen.teachers.procedural.family import Family, Params, choice, lines, whole
from ittgen.teachers.procedural.topics import BLOCK_TAILS, CITIES, NOUNS, PEOPLE

_TEAMS = ("north", "south", "west")


def _table(rng: Random, params: Params, label: str) -> str:
    names = shuffled(rng, PEOPLE)[: between(rng, 4, 6)]
    rows = [f"{name},{pick(rng, CITIES)},{points}" for name, points in zip(names, _points(rng), strict=False)]
    return "\n".join(["name,city,points", *rows])


def _points(rng: Random) -> list[int]:
    """Different numbers, so that no ranking has a tie."""
    return shuffled(rng, [10 * tens + between(rng, 0, 9) for tens in range(1, 10)])


def _team_table(rng: Random, params: Params, label: str) -> str:
    rows = [f"{name},{pick(rng, _TEAMS)},{between(rng, 5, 60)}" for name in shuffled(rng, PEOPLE)[: between(rng, 4, 6)]]
    return "\n".join(["name,team,points", *rows])


def _record(rng: Random, params: Params, label: str) -> str:
    noun, colour = pick(rng, NOUNS), pick(rng, ("red", "green", "white", "black"))
    record = {"name": noun, "price": between(rng, 3, 90), "stock": between(rng, 0, 40), "colour": colour}
    return json.dumps({key: record[key] for key in shuffled(rng, tuple(record))})


def _pairs(rng: Random, params: Params, label: str) -> str:
    return "\n".join(f"{noun}: {between(rng, 2, 99)}" for noun in nouns(rng, 3, 5))


def _json_list(rng: Random, params: Params, label: str) -> str:
    names = shuffled(rng, PEOPLE)[: between(rng, 3, 4)]
    return json.dumps([{"name": name, "age": between(rng, 18, 80)} for name in names])


def _rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()[1:]]


def _filtered(text: str, params: Params) -> str:
    head = text.splitlines()[0]
    return "\n".join([head, *(",".join(row) for row in _rows(text) if int(row[2]) > int(params["n"]))])


def _best(text: str, params: Params) -> str:
    end = max if params["end"].lower() in ("most", "highest number of") else min
    return end(_rows(text), key=lambda row: int(row[2]))[0]


def _ranked(text: str, params: Params) -> str:
    return ", ".join(row[0] for row in sorted(_rows(text), key=lambda row: -int(row[2])))


def _total(text: str, params: Params) -> str:
    return str(sum(int(row[2]) for row in _rows(text)))


def _column(text: str, params: Params) -> str:
    position = ("name", "city", "points").index(params["column"].lower())
    return ", ".join(row[position] for row in _rows(text))


def _by_team(text: str, params: Params) -> str:
    totals: dict[str, int] = {}
    for _, team, points in _rows(text):
        totals[team] = totals.get(team, 0) + int(points)
    return "\n".join(f"{team}: {totals[team]}" for team in sorted(totals))


def _csv_to_json(text: str, params: Params) -> str:
    return json.dumps([{"name": name, "city": city, "points": int(points)} for name, city, points in _rows(text)])


def _to_markdown(text: str, params: Params) -> str:
    head, *rows = (line.replace(",", " | ") for line in text.splitlines())
    return "\n".join(f"| {row} |" for row in [head, "--- | --- | ---", *rows])


def _field(text: str, params: Params) -> str:
    return str(json.loads(text)[params["key"].lower()])


def _without(text: str, params: Params) -> str:
    return json.dumps({key: value for key, value in json.loads(text).items() if key != params["key"].lower()})


def _sorted_keys(text: str, params: Params) -> str:
    return json.dumps(json.loads(text), sort_keys=True)


def _pairs_to_json(text: str, params: Params) -> str:
    return json.dumps({key: int(value) for key, value in (line.split(": ") for line in text.splitlines())})


def _json_to_lines(text: str, params: Params) -> str:
    return "\n".join(f"{person['name']} ({person['age']})" for person in json.loads(text))


_KEY = {"key": choice("name", "price", "stock", "colour")}

FAMILIES = (
    Family(
        "csv-filter",
        lines("""
        From the CSV table, return the header and only the rows with more than {n} points, for the honours board of \
          {place}.
        {Who} keeps results as comma-separated lines. Drop everybody who has {n} points or less and retain the heading.
        Reduce the table in the {record} to rows whose points exceed {n}, header included.
        """),
        solve=_filtered,
        make=_table,
        params={"n": whole(25, 60, 5)},
        tails=BLOCK_TAILS,
    ),
    Family(
        "csv-extreme",
        lines("""
        Who has the {end} points in the CSV table of {place}? Give just the name.
        {Who} awards {items} to whoever collected the {end} points; name that person from the comma-separated rows.
        Look through the results in the {record} and tell me which participant got the {end} points.
        """),
        solve=_best,
        make=_table,
        params={"end": choice("most", "fewest", "highest number of", "lowest number of")},
    ),
    Family(
        "csv-ranking",
        lines("""
        Rank the people in the CSV table by points, best first, and list their names with commas; {place} prints it.
        {Who} announces winners. In which order, from highest to lowest points, must the names in the table be called?
        Make a league of the participants in the {record}: names only, descending by points, comma-separated.
        """),
        solve=_ranked,
        make=_table,
    ),
    Family(
        "csv-total",
        lines("""
        What do the points in the last column of the table add up to? {Who} wants the grand total.
        Sum the third column of a CSV table from {place}, header ignored.
        Check the {record}: how many points did all persons in the rows score together?
        """),
        solve=_total,
        make=_table,
    ),
    Family(
        "csv-column",
        lines("""
        Extract the {column} column of the CSV data as one comma-separated line without the header, for {who}.
        Which values stand under "{column}" in the table supplied by {place}? Write them on a single line with commas.
        Keep nothing of the table in the {record} except the entries of its column {column}, joined by commas.
        """),
        solve=_column,
        make=_table,
        params={"column": choice("name", "city", "points")},
    ),
    Family(
        "csv-by-team",
        lines("""
        Add up the points per team in the CSV rows and write one line a team, alphabetically, as "team: total"; \
          {place} has three teams.
        {Who} compares teams. Aggregate the table to lines such as "north: 40", sorted by the name of the team.
        Group the rows of the {record} by team, total the points, and report "team: sum" line by line in \
          alphabetical order.
        """),
        solve=_by_team,
        make=_team_table,
        tails=BLOCK_TAILS,
    ),
    Family(
        "csv-to-json",
        lines("""
        Convert the CSV table of {place} into a JSON array of objects on one line, with points as numbers.
        {Who} needs JSON. Represent each row as an object with the keys name, city and points (a number), all in one \
          array.
        Turn the comma-separated {record} into a single-line JSON list whose objects take their keys from the \
          header; points are integers.
        """),
        solve=_csv_to_json,
        make=_table,
        tails=BLOCK_TAILS,
    ),
    Family(
        "csv-to-markdown",
        lines("""
        Format the comma-separated rows as a Markdown table with a header line for the handbook of {place}.
        {Who} writes documentation in Markdown; produce a table with three columns from the CSV.
        Give the CSV content of the {record} as a pipe table, separator row included.
        """),
        solve=_to_markdown,
        make=_table,
        tails=BLOCK_TAILS,
    ),
    Family(
        "json-field",
        lines("""
        Read the JSON object describing one of the {items} and return the value of "{key}" without quotation marks.
        What is stored under {key} in the JSON record that {place} received? The bare value is wanted.
        {Who} cannot read JSON. Which {key} does the given object state?
        """),
        solve=_field,
        make=_record,
        params=_KEY,
    ),
    Family(
        "json-without",
        lines("""
        Remove the field {key} from the JSON object on the {items} and print the rest in the same order on one line.
        Before {place} publishes the JSON record, its {key} has to go. What is left of the object?
        {Who} must not see the {key}. Rewrite the given object lacking this key and otherwise unaltered.
        """),
        solve=_without,
        make=_record,
        params=_KEY,
        tails=BLOCK_TAILS,
    ),
    Family(
        "json-sort-keys",
        lines("""
        Sort the keys of the JSON object alphabetically; {who} compares exports line by line.
        Print the JSON record about {items} once more, on one line, with its keys in alphabetical order.
        Normalise an object from the {record}: same values, keys from a to z, a space after each colon and comma.
        """),
        solve=_sorted_keys,
        make=_record,
        tails=BLOCK_TAILS,
    ),
    Family(
        "pairs-to-json",
        lines("""
        Make one JSON object on a single line out of the lines "name: number" that list the stock of {place}.
        {Who} typed names and numbers, one pair a line. Turn them into a JSON object with numeric values in the same \
          order.
        Serialise the key-value lines of the {record} as compact one-line JSON with a space after colons and commas.
        """),
        solve=_pairs_to_json,
        make=_pairs,
        tails=BLOCK_TAILS,
    ),
    Family(
        "json-to-lines",
        lines("""
        Write each person in the JSON array on a line of its own as name and, in parentheses, age; it is the guest \
          list of {place}.
        {Who} prints name tags such as "Ada (36)". Produce them, one a line, from the JSON list of people.
        Unfold the JSON array in the {record} into lines of the form: name, space, age in round brackets.
        """),
        solve=_json_to_lines,
        make=_json_list,
        tails=BLOCK_TAILS,
    ),
)
