"""Classification by rules about letters, words and signs; every label is named in the instruction."""

import re
from random import Random

from ittgen.chance import pick, shuffled
from ittgen.teachers.procedural.families.shared import between, nouns, phrase
from ittgen.teachers.procedural.family import Family, Params, always, choice, lines
from ittgen.teachers.procedural.topics import NOUNS, PEOPLE

_PALINDROMES = "level radar kayak civic rotor refer madam noon stats tenet deed peep redder solos".split()
_ANAGRAMS = (
    ("listen", "silent"),
    ("night", "thing"),
    ("state", "taste"),
    ("heart", "earth"),
    ("cinema", "iceman"),
    ("dusty", "study"),
    ("below", "elbow"),
    ("stressed", "desserts"),
    ("angel", "glean"),
    ("brush", "shrub"),
    ("peach", "cheap"),
    ("lemon", "melon"),
)
_ENDINGS = {"question": "?", "exclamation": "!", "statement": "."}
_PATTERNS = {
    r"^\d{3}-\d{4}$": ("555-0199", "204-7731", "918-0042", "555-019", "20-47731", "918.0042", "a55-0199"),
    r"^[a-z]+\d+$": ("room12", "gate7", "locker450", "Room12", "12room", "gate", "gate 7"),
    r"^[A-Z]{2}\d{2}$": ("AB12", "QX07", "ZZ99", "ab12", "A12", "QX7", "QX077"),
    r"^\w+@\w+\.com$": ("ana@shop.com", "bob7@mill.com", "kim@lake.com", "ana@shop.org", "@mill.com", "kim.lake.com"),
    r"^(red|blue)-\d$": ("red-4", "blue-9", "red-0", "green-4", "red-44", "blue9", "red4-"),
    r"^#[0-9a-f]{6}$": ("#a0b1c2", "#00ff7f", "#123abc", "#12abz0", "a0b1c2", "#fff", "#00FF7F"),
}


def _word(rng: Random, params: Params, label: str) -> str:
    return pick(rng, _PALINDROMES if label == "yes" else NOUNS)


def _palindrome(text: str, params: Params) -> str:
    return "yes" if text == text[::-1] else "no"


def _word_pair(rng: Random, params: Params, label: str) -> str:
    first, second = shuffled(rng, pick(rng, _ANAGRAMS))
    return f"{first}, {second if label == 'yes' else pick(rng, NOUNS)}"


def _anagram(text: str, params: Params) -> str:
    first, second = (sorted(word) for word in text.split(", "))
    return "yes" if first == second else "no"


def _utterance(rng: Random, params: Params, label: str) -> str:
    return phrase(rng).capitalize() + _ENDINGS.get(label, ".")


def _kind(text: str, params: Params) -> str:
    return next(name for name, sign in _ENDINGS.items() if sign == text[-1])


def _candidate(rng: Random, params: Params, label: str) -> str:
    wanted = label in ("match", "")
    return pick(
        rng, [text for text in _PATTERNS[params["pattern"]] if bool(re.match(params["pattern"], text)) == wanted]
    )


def _matches(text: str, params: Params) -> str:
    return "match" if re.match(params["pattern"], text) else "no match"


def _brackets(rng: Random, params: Params, label: str) -> str:
    word, other = nouns(rng, 2, 2)
    good = (f"({word} + [{other} * 2])", f"{{{word}: ({other})}}", f"[({word}) - ({other})]", f"({word}[{{{other}}}])")
    text = pick(rng, good)
    if label != "unbalanced":
        return text
    return text[:-1] if rng.random() < 0.5 else text[1:]


def _balance(text: str, params: Params) -> str:
    left, before = re.sub(r"[^()\[\]{}]", "", text), ""
    while left != before:
        before, left = left, re.sub(r"\(\)|\[\]|\{\}", "", left)
    return "unbalanced" if left else "balanced"


def _number(rng: Random, params: Params, label: str) -> str:
    first, second = between(rng, 2, 99), between(rng, 2, 99)
    return {"decimal": f"{first}.{second:02d}", "fraction": f"{first}/{second}"}.get(label, f"{first}{second}")


def _number_kind(text: str, params: Params) -> str:
    return "decimal" if "." in text else "fraction" if "/" in text else "integer"


def _lengths(rng: Random, params: Params, label: str) -> str:
    first, second = nouns(rng, 2, 2)
    while label and _longer(f"{first}, {second}", params) != label:
        first, second = nouns(rng, 2, 2)
    return f"{first}, {second}"


def _longer(text: str, params: Params) -> str:
    first, second = map(len, text.split(", "))
    return "first" if first > second else "second" if second > first else "equal"


def _entry(rng: Random, params: Params, label: str) -> str:
    word = pick(rng, NOUNS)
    number = str(between(rng, 10, 999))
    return {"letters": word, "digits": number}.get(label, word + number)


def _made_of(text: str, params: Params) -> str:
    return "letters" if text.isalpha() else "digits" if text.isdigit() else "mixed"


def _ordered(rng: Random, params: Params, label: str) -> str:
    names = sorted(shuffled(rng, PEOPLE)[: between(rng, 3, 5)])
    return ", ".join(names if label == "sorted" else [*names[1:], names[0]])


def _order(text: str, params: Params) -> str:
    names = text.split(", ")
    return "sorted" if names == sorted(names) else "unsorted"


def _password(rng: Random, params: Params, label: str) -> str:
    words = "".join(nouns(rng, 2, 2)).title()
    return words + str(between(rng, 10, 99)) if label == "strong" else words[: between(rng, 4, 7)]


def _strength(text: str, params: Params) -> str:
    return "strong" if len(text) >= 8 and any(map(str.isdigit, text)) else "weak"


FAMILIES = (
    Family(
        "palindrome",
        lines("""
        Does the word read the same from both ends? Answer yes or no for the door sign of {place}.
        {Who} collects palindromes. Is the given word one, yes or no?
        Say yes if a word in the {record} stays unchanged when reversed, else no.
        """),
        solve=_palindrome,
        make=_word,
        labels=always("yes", "no"),
    ),
    Family(
        "anagram",
        lines("""
        Are the two words made of exactly the same letters? Reply yes or no; {who} is checking crosswords.
        Yes or no: can letter tiles at {place} that form the first word be rearranged into the second?
        Tell whether a pair of words from the {record} are anagrams of each other (yes, no).
        """),
        solve=_anagram,
        make=_word_pair,
        labels=always("yes", "no"),
    ),
    Family(
        "sentence-kind",
        lines("""
        By its closing mark, is the utterance a question, an exclamation or a statement? {Who} reads it out.
        Sort a line from the {record} under question, exclamation or statement, looking at its last sign only.
        Question, exclamation or statement? Judge the remark overheard at {place} by its final punctuation.
        """),
        solve=_kind,
        make=_utterance,
        labels=always(*_ENDINGS),
    ),
    Family(
        "pattern-match",
        lines("""
        Test the text against the regular expression {pattern} and answer "match" or "no match"; it guards the form \
          of {place}.
        {Who} validates entries with {pattern}. Does the given one pass? Say "match" or "no match".
        For the pattern {pattern}, classify an entry of the {record} as "match" or "no match".
        """),
        solve=_matches,
        make=_candidate,
        params={"pattern": choice(*_PATTERNS)},
        labels=always("match", "no match"),
    ),
    Family(
        "brackets",
        lines("""
        Check whether all brackets in the expression are closed in the right order: balanced or unbalanced? It runs \
          on a computer of {place}.
        {Who} fixes formulas. Label the given one balanced or unbalanced according to its round, square and curly \
          brackets.
        Balanced or unbalanced: which is true of the brackets in a line from the {record}?
        """),
        solve=_balance,
        make=_brackets,
        labels=always("balanced", "unbalanced"),
    ),
    Family(
        "number-kind",
        lines("""
        Is the quantity of {items} written as an integer, a decimal or a fraction?
        {Who} tidies a column of numbers. Tag the given one integer, decimal or fraction by the way it is written.
        Looking at its notation alone, put a value from the {record} into one of the classes integer, decimal, fraction.
        """),
        solve=_number_kind,
        make=_number,
        labels=always("integer", "decimal", "fraction"),
    ),
    Family(
        "longer-word",
        lines("""
        Which of two words has more letters: first, second or equal? {Who} cuts them out of felt.
        Compare the lengths of both words on a shelf of {place} and answer first, second or equal.
        Two words from the {record} compete. Name the longer one as "first" or "second", or say "equal".
        """),
        solve=_longer,
        make=_lengths,
        labels=always("first", "second", "equal"),
    ),
    Family(
        "letters-or-digits",
        lines("""
        Does the code consist of letters, of digits or of both? Choose letters, digits or mixed for the lock at {place}.
        {Who} sorts tokens into three trays marked letters, digits and mixed. Where does the given token belong?
        Describe an entry in the {record} by one of the words letters, digits, mixed.
        """),
        solve=_made_of,
        make=_entry,
        labels=always("letters", "digits", "mixed"),
    ),
    Family(
        "sorted-or-not",
        lines("""
        Is the list of names alphabetical? Answer sorted or unsorted, as {who} has to sign it.
        Sorted or unsorted: what holds for the guests on the list of {place}, taken alphabetically?
        Inspect the order of the names in the {record} and call it sorted (A to Z) or unsorted.
        """),
        solve=_order,
        make=_ordered,
        labels=always("sorted", "unsorted"),
    ),
    Family(
        "password-strength",
        lines("""
        A password counts as strong with at least eight characters and a digit among them, otherwise as weak. Which \
          is the one used at {place}?
        {Who} calls passwords weak if they have fewer than eight signs or no digit, and strong in all other cases. \
          Grade the given one.
        Weak or strong? Eight characters including one digit are the minimum for a strong password in the {record}.
        """),
        solve=_strength,
        make=_password,
        labels=always("strong", "weak"),
    ),
)
