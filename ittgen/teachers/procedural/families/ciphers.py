"""Families about coding words and numbers: ciphers, Morse, run lengths, initials, masks."""

import re
from itertools import groupby
from random import Random

from ittgen.chance import below, pick
from ittgen.teachers.procedural.families.shared import a_noun, between, listed, nouns
from ittgen.teachers.procedural.family import Family, Params, lines, whole
from ittgen.teachers.procedural.topics import ADJECTIVES, NOUNS

_MORSE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- "
        "--..".split(),
        strict=True,
    )
)


def _two_words(rng: Random, params: Params, label: str) -> str:
    return f"{pick(rng, ADJECTIVES)} {pick(rng, NOUNS)}"


def _name(rng: Random, params: Params, label: str) -> str:
    words = [*nouns(rng, 2, 3), pick(rng, ("society", "institute", "federation", "committee", "network"))]
    return " ".join([pick(rng, ADJECTIVES), *words]).title()


def _runs(rng: Random, params: Params, label: str) -> str:
    letters = [pick(rng, "abcdxyz") for _ in range(between(rng, 4, 7))]
    return "".join(letter * between(rng, 1, 5) for letter in letters)


def _acronym(text: str, params: Params) -> str:
    return "".join(word[0] for word in text.split()).upper()


def _caesar(text: str, params: Params) -> str:
    step = int(params["k"])
    return "".join(chr((ord(c) - 97 + step) % 26 + 97) if c.islower() else c for c in text)


def _decoded(text: str, params: Params) -> str:
    return _caesar(text, {"k": str(26 - int(params["k"]))})


def _secret(rng: Random, params: Params, label: str) -> str:
    return _caesar(_two_words(rng, params, label), params)


def _morse(text: str, params: Params) -> str:
    return " ".join(_MORSE[letter] for letter in text)


def _encoded_runs(text: str, params: Params) -> str:
    return "".join(f"{letter}{len(list(run))}" for letter, run in groupby(text))


def _positions(text: str, params: Params) -> str:
    return listed([ord(letter) - 96 for letter in text])


def _shuffled_card(rng: Random, params: Params, label: str) -> str:
    return " ".join(str(1000 + below(rng, 9000)) for _ in range(4))


def _masked(text: str, params: Params) -> str:
    return re.sub(r"\d", "*", text[:-4]) + text[-4:]


FAMILIES = (
    Family(
        "acronym",
        lines("""
        Form the acronym from the first letters of the organisation's name, as {who} would stamp it on a card.
        Which abbreviation in capitals results if only the initial of each word in the full name is kept? It is a \
          partner of {place}.
        Shorten a long name found in the {record} to its initials, written together.
        """),
        solve=_acronym,
        make=_name,
    ),
    Family(
        "caesar-encode",
        lines("""
        Encrypt the lower-case words with a Caesar cipher that moves every letter {k} places forward; {who} knows \
          the key.
        Shift each letter of a message for {place} by {k} positions in the alphabet, wrapping around after z.
        What becomes of the words once all letters step {k} places towards z and begin again at a? They name {items}.
        """),
        solve=_caesar,
        make=_two_words,
        params={"k": whole(2, 12)},
    ),
    Family(
        "caesar-decode",
        lines("""
        {Who} received a text in which every letter was moved {k} places forward in the alphabet. Recover the original.
        Decipher a Caesar-encrypted note from {place} whose key is {k}.
        Undo a shift by {k} letters (a follows z) and reveal what was written in the {record}.
        """),
        solve=_decoded,
        make=_secret,
        params={"k": whole(2, 12)},
    ),
    Family(
        "morse",
        lines("""
        Transcribe the word into Morse code using dots and hyphens, letters divided by single spaces; {who} will \
          send it.
        How would a radio operator at {place} key the given word? Write the Morse signs with one space between letters.
        Encode an entry of the {record} in international Morse code (characters . and -).
        """),
        solve=_morse,
        make=a_noun,
    ),
    Family(
        "run-lengths",
        lines("""
        Compress the string by writing each run of equal letters as the letter and its length, aaab becoming a3b1; \
          it encodes tile colours at {place}.
        {Who} abbreviates knitting patterns: each letter is followed by how often it repeats in a row. Do so for the \
          given row.
        Apply run-length encoding, letter first and count second, to a code from the {record}.
        """),
        solve=_encoded_runs,
        make=_runs,
    ),
    Family(
        "alphabet-positions",
        lines("""
        Replace each letter by its place in the alphabet (a is 1, z is 26) and separate the numbers by commas; {who} \
          built the lock.
        Which sequence of numbers opens a chest at {place} if its password is turned letter by letter into positions \
          from 1 to 26?
        Write a word from the {record} as numbers, counting a as 1, with a comma and a space in between.
        """),
        solve=_positions,
        make=a_noun,
    ),
    Family(
        "mask-digits",
        lines("""
        Hide a card number before it is stored in the {record}: asterisks for all digits but the last four, spaces \
          unchanged.
        {Who} may see merely the final four digits. Put * in place of every other digit and keep the blanks.
        Anonymise the customer's number for {place} by starring out everything except its last block of four.
        """),
        solve=_masked,
        make=_shuffled_card,
    ),
)
