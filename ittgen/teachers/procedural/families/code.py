"""Families about code: what an expression gives, short Python functions, regular expressions, SQL queries.

The functions and patterns are fixed solutions; the tests run every one of them.
"""

import ast
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import between, listed, nouns, several
from ittgen.teachers.procedural.family import Family, Params, choice, lines, whole
from ittgen.teachers.procedural.topics import BLOCK_TAILS, CITIES, NOUNS

FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "returns the larger of two numbers": ("larger", "def larger(a, b):\n    return a if a > b else b"),
    "counts the vowels in a string": (
        "count_vowels",
        'def count_vowels(text):\n    return sum(letter in "aeiou" for letter in text.lower())',
    ),
    "tells whether a string is a palindrome": (
        "is_palindrome",
        "def is_palindrome(text):\n    return text == text[::-1]",
    ),
    "computes the factorial of a non-negative integer": (
        "factorial",
        "def factorial(n):\n    result = 1\n    for i in range(2, n + 1):\n        result *= i\n    return result",
    ),
    "returns the n-th Fibonacci number, starting with 0 and 1": (
        "fibonacci",
        "def fibonacci(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a",
    ),
    "flattens a list of lists by one level": (
        "flatten",
        "def flatten(lists):\n    return [item for items in lists for item in items]",
    ),
    "removes duplicates from a list and keeps the order": (
        "unique",
        "def unique(items):\n    return list(dict.fromkeys(items))",
    ),
    "checks whether an integer is prime": (
        "is_prime",
        "def is_prime(n):\n    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))",
    ),
    "sums the digits of a non-negative integer": (
        "digit_sum",
        "def digit_sum(n):\n    return sum(int(digit) for digit in str(n))",
    ),
    "converts Celsius to Fahrenheit": ("to_fahrenheit", "def to_fahrenheit(celsius):\n    return celsius * 9 / 5 + 32"),
    "splits a list into chunks of a given size": (
        "chunks",
        "def chunks(items, size):\n    return [items[i : i + size] for i in range(0, len(items), size)]",
    ),
    "counts how often each word occurs in a text": (
        "word_counts",
        "def word_counts(text):\n    counts = {}\n    for word in text.split():\n"
        "        counts[word] = counts.get(word, 0) + 1\n    return counts",
    ),
    "finds the greatest common divisor of two integers": (
        "gcd",
        "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a",
    ),
    "swaps the keys and values of a dictionary": (
        "invert",
        "def invert(mapping):\n    return {value: key for key, value in mapping.items()}",
    ),
    "returns the second largest of several different numbers": (
        "second_largest",
        "def second_largest(numbers):\n    return sorted(numbers)[-2]",
    ),
    "rotates a list to the left by k places": ("rotate", "def rotate(items, k):\n    return items[k:] + items[:k]"),
}
"""What a function does -> its name and source."""

PATTERNS: Mapping[str, str] = {
    "exactly five digits": r"^\d{5}$",
    "a date such as 2024-05-31": r"^\d{4}-\d{2}-\d{2}$",
    "a time from 00:00 to 23:59": r"^([01]\d|2[0-3]):[0-5]\d$",
    "two capital letters followed by four digits": r"^[A-Z]{2}\d{4}$",
    "one or more lower-case words joined by hyphens": r"^[a-z]+(-[a-z]+)*$",
    "a hash sign and six hexadecimal digits": r"^#[0-9A-Fa-f]{6}$",
    "a price with two decimals and a leading euro sign": r"^€\d+\.\d{2}$",
    "either yes or no in small letters": r"^(yes|no)$",
    "a whole number with an optional minus sign": r"^-?\d+$",
    "a text without any digit": r"^\D*$",
}
"""What a regular expression shall match -> the expression."""

_CALLS: Mapping[str, Callable[[Any], object]] = {"len": len, "sum": sum, "max": max, "min": min, "sorted": sorted}


def _fenced(source: str) -> str:
    return f"```python\n{source}\n```"


def _function(text: str, params: Params) -> str:
    return _fenced(FUNCTIONS[_known(params["does"], FUNCTIONS)][1])


def _regex(text: str, params: Params) -> str:
    return PATTERNS[_known(params["what"], PATTERNS)]


def _known(phrase: str, table: Mapping[str, object]) -> str:
    """The key that equals the phrase but for capitals."""
    return next(key for key in table if key.lower() == phrase.lower())


def _expression(rng: Random, params: Params, label: str) -> str:
    values, word = listed(several(rng, 1, 30, 3, 5)), pick(rng, NOUNS)
    first, second = between(rng, 2, 9), between(rng, 10, 60)
    shapes = (
        f"len('{word}') * {first}",
        f"sum([{values}]) - {first}",
        f"max([{values}]) + min([{values}])",
        f"'{word}'[::-1]",
        f"'{word}'[{first % 3}]",
        f"{second} // {first} + {second} % {first}",
        f"sorted([{values}])[-1]",
        f"'{word[:3]}' * {first % 3 + 2}",
        f"[{values}][{first % 3}] ** 2",
    )
    return pick(rng, shapes)


def _printed(text: str, params: Params) -> str:
    return str(_value(ast.parse(text, mode="eval").body))


def _value(node: ast.expr) -> Any:
    """The value of the few kinds of expression made above."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand)
    if isinstance(node, ast.List):
        return [_value(item) for item in node.elts]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _CALLS[node.func.id](_value(node.args[0]))
    if isinstance(node, ast.Subscript):
        return _value(node.value)[slice(None, None, -1) if isinstance(node.slice, ast.Slice) else _value(node.slice)]
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError(f"no expression of this family: {ast.dump(node)}")


def _small(factor: int) -> int:
    """The factor or exponent, unless an expression from elsewhere would grow out of hand with it."""
    if not 0 <= factor <= 100:
        raise ValueError(f"{factor} is no factor of this family")
    return factor


_OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * _small(b),
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
    ast.Pow: lambda a, b: a ** _small(b),
}


def _query(text: str, params: Params) -> str:
    return f"SELECT {params['column']} FROM {params['table']} WHERE {params['field']} > {params['n']};"


def _insert(text: str, params: Params) -> str:
    return f"INSERT INTO visitors (name, city, age) VALUES ('{params['name']}', '{params['city']}', {params['n']});"


def _loop(rng: Random, params: Params, label: str) -> str:
    start, stop, step = between(rng, 0, 9), between(rng, 14, 40), between(rng, 2, 7)
    return f"for i in range({start}, {stop}, {step}):\n    print(i)"


def _loop_prints(text: str, params: Params) -> str:
    start, stop, step = map(int, text[text.index("range(") + 6 : text.index("):")].split(", "))
    if stop > 1000:
        raise ValueError("a loop of this family is short")
    return ", ".join(map(str, range(start, stop, step)))


def _path(rng: Random, params: Params, label: str) -> str:
    return "/".join(["", *nouns(rng, 2, 4)]) + pick(rng, (".txt", ".csv", ".py", ".html"))


def _path_part(text: str, params: Params) -> str:
    folder, name = text.rsplit("/", 1)
    parts = {"folder": folder, "name without extension": name.split(".")[0], "extension": name.split(".")[1]}
    return parts[params["part"].lower()]


FAMILIES = (
    Family(
        "python-value",
        lines("""
        Evaluate the Python expression as the interpreter would print it; a trainee of {place} is learning the language.
        {Who} types one line into a Python shell wrapped in print(). What appears on the screen?
        Predict the printed value of a Python expression from a script that handles the {record}.
        """),
        solve=_printed,
        make=_expression,
    ),
    Family(
        "python-loop",
        lines("""
        Which numbers does the short Python loop print? Put them on one line with commas, as {who} has to check them.
        Trace a for loop from the program behind the {record} and list its output, separated by commas.
        Without running it, state everything that a loop written for {place} prints, comma-separated.
        """),
        solve=_loop_prints,
        make=_loop,
    ),
    Family(
        "python-function",
        lines("""
        Define a Python function that {does}; {who} puts it into a script for the {record}.
        In Python, how would you code a helper for {place} that {does}?
        {Who} is short of one Python function: it {does}. Supply the code.
        Solve this exercise from a course at {place} in Python: a function {does}.
        Teach by example: show a compact Python function which {does}, suitable for the software of {place}.
        """),
        solve=_function,
        params={"does": choice(*FUNCTIONS)},
        tails=BLOCK_TAILS,
    ),
    Family(
        "regex-write",
        lines("""
        Compose a regular expression, anchored at both ends, for {what}; the form of {place} uses it.
        {Who} validates entries. Which anchored regex accepts {what} and nothing else?
        What pattern, from ^ to $, would recognise {what} in the {record}?
        """),
        solve=_regex,
        params={"what": choice(*PATTERNS)},
        tails=BLOCK_TAILS,
    ),
    Family(
        "sql-query",
        lines("""
        Phrase an SQL query for {who}: the column {column} of table {table}, restricted to rows whose {field} is \
          above {n}.
        How do I select {column} from {table} where {field} exceeds {n}? {Place} stores it in a SQL database.
        A dashboard of {place} shows {column} for all entries of {table} having {field} greater than {n}; give the \
          SQL statement.
        """),
        solve=_query,
        params={
            "column": choice("name", "title", "city", "email"),
            "table": choice("customers", "orders", "members", "products", "suppliers"),
            "field": choice("age", "amount", "score", "weight", "balance"),
            "n": whole(5, 95, 5),
        },
        tails=BLOCK_TAILS,
    ),
    Family(
        "sql-insert",
        lines("""
        Add {name} from {city}, aged {n}, to the SQL table visitors (name, city, age) which {place} maintains. One \
          statement will do.
        Give {who} the INSERT statement for the table visitors with the columns name, city and age: {name}, {city}, {n}.
        The {record} moves to a database. Insert {name}, who is {n} and lives in {city}, into visitors (name, city, \
          age) using SQL.
        """),
        solve=_insert,
        params={
            "name": choice("Ada", "Bilal", "Carmen", "Dag", "Eun", "Fleur"),
            "city": choice(*CITIES),
            "n": whole(18, 79),
        },
        tails=BLOCK_TAILS,
    ),
    Family(
        "path-part",
        lines("""
        Return the {part} of the path to a document of {place}.
        {Who} cleans up a computer. From the full path, isolate the {part}.
        Of the path noted in the {record}, only the {part} is needed; extract it.
        """),
        solve=_path_part,
        make=_path,
        params={"part": choice("folder", "name without extension", "extension")},
    ),
)
