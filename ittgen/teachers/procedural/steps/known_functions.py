"""What is known of the functions in `families.code`, by their names. Only tables."""

from collections.abc import Mapping

CALLS: Mapping[str, tuple[str, str]] = {
    "larger": ("3, 8", "8"),
    "count_vowels": ('"Ottawa"', "3"),
    "is_palindrome": ('"kayak"', "True"),
    "factorial": ("5", "120"),
    "fibonacci": ("10", "55"),
    "flatten": ("[[1], [2, 3]]", "[1, 2, 3]"),
    "unique": ("[2, 1, 2]", "[2, 1]"),
    "is_prime": ("91", "False"),
    "digit_sum": ("408", "12"),
    "to_fahrenheit": ("100", "212"),
    "chunks": ("[1, 2, 3], 2", "[[1, 2], [3]]"),
    "word_counts": ('"ha ho ha"', '{"ha": 2, "ho": 1}'),
    "gcd": ("12, 18", "6"),
    "invert": ('{"a": 1}', '{1: "a"}'),
    "second_largest": ("[4, 9, 7]", "7"),
    "rotate": ("[1, 2, 3], 1", "[2, 3, 1]"),
}
"""A call of each function and what it returns."""

CACHEABLE = {"larger", "count_vowels", "is_palindrome", "factorial", "fibonacci", "is_prime", "digit_sum", "gcd"}
"""Functions whose arguments can be hashed."""

SPOILT: Mapping[str, tuple[str, str]] = {
    "larger": ("a > b", "a < b"),
    "count_vowels": ('"aeiou"', '"aeio"'),
    "is_palindrome": ("[::-1]", "[::1]"),
    "factorial": ("n + 1", "n"),
    "fibonacci": ("0, 1", "1, 2"),
    "flatten": ("[item for", "[items for"),
    "unique": ("list(dict.fromkeys(items))", "sorted(set(items), reverse=True)"),
    "is_prime": ("+ 1))", "))"),
    "digit_sum": ("int(digit)", "1"),
    "to_fahrenheit": ("+ 32", "- 32"),
    "chunks": ("i + size", "i + size - 1"),
    "word_counts": ("0) + 1", "0)"),
    "gcd": ("return a", "return b"),
    "invert": ("value: key for", "key: value for"),
    "second_largest": ("[-2]", "[-1]"),
    "rotate": ("items[k:] + items[:k]", "items[:k] + items[k:]"),
}
"""A piece of each function, and what makes the function wrong in its place."""

UNARY = {
    *("count_vowels", "is_palindrome", "factorial", "fibonacci", "is_prime", "digit_sum"),
    *("flatten", "unique", "to_fahrenheit", "word_counts", "invert", "second_largest"),
}
"""Functions of one argument."""
