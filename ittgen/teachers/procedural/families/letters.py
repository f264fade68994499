"""Families about the letters of words and phrases: reversing, counting, casing, sorting."""

import re
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import a_noun, between, nouns, phrase, sentence
from ittgen.teachers.procedural.family import Family, Params, choice, lines
from ittgen.teachers.procedural.topics import ADJECTIVES, NOUNS


def _phrase(rng: Random, params: Params, label: str) -> str:
    return phrase(rng)


def _sentence(rng: Random, params: Params, label: str) -> str:
    return sentence(rng)


def _contact(rng: Random, params: Params, label: str) -> str:
    first, second = nouns(rng, 2, 2)
    host = f"{pick(rng, ADJECTIVES)}-{pick(rng, NOUNS)}.example"
    return f"Please write to {first}.{second}@{host} before noon, or ring extension {between(rng, 100, 999)}."


def _backwards(text: str, params: Params) -> str:
    return text[::-1]


def _words_backwards(text: str, params: Params) -> str:
    return " ".join(reversed(text.split()))


def _each_backwards(text: str, params: Params) -> str:
    return " ".join(word[::-1] for word in text.split())


def _without_vowels(text: str, params: Params) -> str:
    return re.sub("[aeiou]", "", text, flags=re.IGNORECASE)


def _vowels(text: str, params: Params) -> str:
    return str(len(re.findall("[aeiou]", text, flags=re.IGNORECASE)))


def _letter(text: str, params: Params) -> str:
    return str(text.lower().count(params["letter"].lower()))


def _cased(text: str, params: Params) -> str:
    words = text.lower().split()
    style = params["style"].lower()
    if style == "camelcase":
        return words[0] + "".join(map(str.capitalize, words[1:]))
    return {"snake_case": "_", "kebab-case": "-"}[style].join(words)


def _titled(text: str, params: Params) -> str:
    return text.upper() if params["case"].lower() == "capital letters" else text.title()


def _letters_sorted(text: str, params: Params) -> str:
    return "".join(sorted(text))


def _address(text: str, params: Params) -> str:
    if (found := re.search(r"[\w.]+@[\w.-]+\w", text)) is None:
        raise ValueError(f"no address in {text!r}")
    return found[0]


FAMILIES = (
    Family(
        "reverse-letters",
        lines("""
        Write the word backwards; it is a password at {place}.
        {Who} prints mirrored stickers. Reverse the order of the letters in the given word.
        Spell a noun from the {record} from its last letter to its first.
        What do you get when the letters of the word on the {items} are read from right to left?
        """),
        solve=_backwards,
        make=a_noun,
    ),
    Family(
        "reverse-words",
        lines("""
        Put the words of the line into the opposite order without changing the words themselves; it hangs at {place}.
        {Who} reads a sentence starting with its last word and ending with its first. What does that sound like?
        Turn a short text from the {record} around word by word, so that the final word leads.
        """),
        solve=_words_backwards,
        make=_phrase,
    ),
    Family(
        "reverse-each",
        lines("""
        Keep the order of the words but flip the letters inside each one, for a riddle told by {who}.
        Every single word in a note left at {place} is to be reversed on the spot. Return the garbled note.
        Mirror each word separately, spaces staying where they are, as in the secret language of {place}.
        """),
        solve=_each_backwards,
        make=_phrase,
    ),
    Family(
        "drop-vowels",
        lines("""
        Delete a, e, i, o and u from the text, which {who} wants to shorten for a sign.
        Which consonants, punctuation and spaces remain of a message from {place} after all its vowels are gone?
        Squeeze the sentence into the narrow column of the {record} by leaving out every vowel.
        """),
        solve=_without_vowels,
        make=_sentence,
    ),
    Family(
        "count-vowels",
        lines("""
        How many vowels (a, e, i, o, u) does the sentence about {place} contain?
        {Who} pays one cent for every vowel in a line of text; count them, taking y as a consonant.
        Determine the number of letters in the given line that are a, e, i, o or u; it was copied from the {record}.
        """),
        solve=_vowels,
        make=_sentence,
    ),
    Family(
        "count-letter",
        lines("""
        How often does the letter {letter} occur in the sentence that {who} wrote, capitals included?
        Count each {letter} in a line from the {record}, upper and lower case alike.
        The key for {letter} is broken at {place}. How many times would it be missed when typing the given text?
        """),
        solve=_letter,
        make=_sentence,
        params={"letter": choice(*"aeinrst")},
    ),
    Family(
        "identifier-style",
        lines("""
        Make a {style} identifier out of the phrase; it becomes a column name for {place}.
        {Who} names variables in {style}. How would the given words be written?
        Rewrite several plain words as one name in {style}, ready for the database behind the {record}.
        """),
        solve=_cased,
        make=_phrase,
        params={"style": choice("snake_case", "kebab-case", "camelCase")},
    ),
    Family(
        "headline-case",
        lines("""
        Set the line in {case} for the banner of {place}.
        {Who} prefers {case}. Change the given words accordingly and nothing besides.
        Put a note from the {record} into {case}.
        On the {items} the slogan has to appear in {case}; convert it.
        """),
        solve=_titled,
        make=_phrase,
        params={"case": choice("capital letters", "title case with every word capitalised")},
    ),
    Family(
        "sort-letters",
        lines("""
        Arrange the letters of the word alphabetically, repeated ones included, for a puzzle at {place}.
        {Who} lays out letter tiles from A to Z. In which order do those of the given word lie?
        Take a noun from the {record} and sort its characters.
        """),
        solve=_letters_sorted,
        make=a_noun,
    ),
    Family(
        "find-address",
        lines("""
        Pull the email address out of the message that reached {place}.
        To whom must {who} write? Return the email address mentioned in the note.
        Extract only the address with the @ sign from a remark in the {record}.
        """),
        solve=_address,
        make=_contact,
    ),
)
