"""Families about lists of words and about sentences as sequences of words."""

from random import Random

from ittgen.chance import below, pick, shuffled
from ittgen.teachers.procedural.families.shared import between, nouns, phrase, sentence
from ittgen.teachers.procedural.family import Family, Params, choice, lines
from ittgen.teachers.procedural.topics import ADJECTIVES, PEOPLE


def _list(rng: Random, params: Params, label: str) -> str:
    return ", ".join(nouns(rng, 5, 8))


def _repeats(rng: Random, params: Params, label: str) -> str:
    words = nouns(rng, 4, 6)
    return ", ".join(shuffled(rng, [*words, *words[: between(rng, 1, 3)]]))


def _sentence(rng: Random, params: Params, label: str) -> str:
    return sentence(rng)


def _sentences(rng: Random, params: Params, label: str) -> str:
    return " ".join(sentence(rng) for _ in range(between(rng, 2, 4)))


def _with_replaced(rng: Random, params: Params, label: str) -> str:
    text = phrase(rng)
    return f"{text} and finds a {params['old'].lower()}".capitalize() + "."


def _names(rng: Random, params: Params, label: str) -> str:
    return "; ".join(f"{name} {noun.title()}" for name, noun in zip(_people(rng), nouns(rng, 4, 4), strict=True))


def _people(rng: Random) -> list[str]:
    return shuffled(rng, PEOPLE)[:4]


def _numbered(rng: Random, params: Params, label: str) -> str:
    return "\n".join(f"{pick(rng, ADJECTIVES)} {noun}" for noun in nouns(rng, 3, 5))


def _items(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _sorted(text: str, params: Params) -> str:
    return ", ".join(sorted(_items(text), reverse=params["order"].lower() == "in reverse alphabetical order"))


def _by_length(text: str, params: Params) -> str:
    return ", ".join(sorted(_items(text), key=lambda word: (len(word), word)))


def _unique(text: str, params: Params) -> str:
    return ", ".join(dict.fromkeys(_items(text)))


def _count(text: str, params: Params) -> str:
    return str(len(text.split()))


def _longest(text: str, params: Params) -> str:
    return max((word.strip(".,").lower() for word in text.split()), key=len)


def _long_ones(text: str, params: Params) -> str:
    return ", ".join(word for word in _items(text) if len(word) > int(params["n"])) or "none"


def _replaced(text: str, params: Params) -> str:
    return text.replace(params["old"].lower(), params["new"].lower())


def _nth(text: str, params: Params) -> str:
    return text.split()[_ORDINALS.index(params["nth"].lower())].strip(".,").lower()


def _every_second(text: str, params: Params) -> str:
    return " ".join(text.strip(".").split()[1::2])


def _surnames(text: str, params: Params) -> str:
    people = (person.split() for person in text.split("; "))
    return "; ".join(f"{last}, {first[0]}." for first, last in sorted(people, key=lambda name: name[1]))


def _bullets(text: str, params: Params) -> str:
    return "\n".join(f"{i}) {line}" for i, line in enumerate(text.splitlines(), 1))


def _joined(text: str, params: Params) -> str:
    *first, last = _items(text)
    return f"{', '.join(first)} and {last}"


def _rotated(text: str, params: Params) -> str:
    words, step = _items(text), int(params["k"])
    return ", ".join(words[step:] + words[:step])


def _same_initial(rng: Random, params: Params, label: str) -> str:
    letter = params["letter"].lower()
    words = [word for word in nouns(rng, 12, 16) if word[0] == letter or below(rng, 2)]
    return ", ".join(words[:8])


def _by_initial(text: str, params: Params) -> str:
    found = [word for word in _items(text) if word.startswith(params["letter"].lower())]
    return ", ".join(found) or "none"


_ORDINALS = ("first", "second", "third", "fourth", "fifth")

FAMILIES = (
    Family(
        "sort-words",
        lines("""
        Sort the list of words {order}, separated by commas, for the noticeboard of {place}.
        {Who} keeps key words {order}. Rearrange the given ones that way.
        Bring the comma-separated entries of the {record} into sequence: they belong {order}.
        Several code names for {items} lie about at random; write them {order}.
        """),
        solve=_sorted,
        make=_list,
        params={"order": choice("in alphabetical order", "in reverse alphabetical order")},
    ),
    Family(
        "sort-by-length",
        lines("""
        Order the words by how many letters they have, short ones first and ties alphabetically; {who} cuts them \
          from card.
        On a pyramid poster for {place} the shortest word stands on top. List the given words accordingly, equal \
          lengths from A to Z.
        Rank the entries of the {record} by length, rising, and alphabetically where the length is equal.
        """),
        solve=_by_length,
        make=_list,
    ),
    Family(
        "unique-words",
        lines("""
        Remove duplicates from the comma-separated list, keeping the first appearance of each word; {who} typed it \
          twice in part.
        Which different words are in the shopping list of {place}? Give each once, in the order in which they turn up.
        Clean the {record} of repeated entries without disturbing the order of the rest.
        """),
        solve=_unique,
        make=_repeats,
    ),
    Family(
        "count-words",
        lines("""
        How many words does the text have that {who} sent in?
        A small ad for {place} is paid by the word; count the words of the given one.
        Give the word count of a remark from the {record}.
        """),
        solve=_count,
        make=_sentences,
    ),
    Family(
        "longest-word",
        lines("""
        Find the longest word in the sentence and write it in lower case; the first one wins a tie. {Who} needs it \
          for a banner.
        Which word of the given sentence takes up most letters on a sign at {place}? In case of a tie take the \
          earliest; use small letters.
        Pick the word with the greatest number of letters from a line in the {record}, the leftmost if several are \
          equal, in lower case.
        """),
        solve=_longest,
        make=_sentence,
    ),
    Family(
        "words-longer-than",
        lines("""
        From a comma-separated list, return the words with more than {n} letters in unchanged order, or "none"; \
          {who} uses them for a quiz.
        Labels at {place} have room for {n} letters. Which of the listed words are too long?
        Select every entry of the {record} that is longer than {n} letters and join the finds with commas.
        """),
        solve=_long_ones,
        make=_list,
        params={"n": choice("5", "6")},
    ),
    Family(
        "replace-word",
        lines("""
        Replace the word {old} by {new} wherever it occurs and leave the sentence otherwise untouched; {who} made a \
          slip.
        In a sentence about {place} somebody wrote {old} but meant {new}. Correct it.
        Swap {old} for {new} in a line of the {record}.
        """),
        solve=_replaced,
        make=_with_replaced,
        params={
            "old": choice("violin", "pigeon", "bottle", "mirror"),
            "new": choice("drum", "parrot", "jug", "clock", "spoon"),
        },
    ),
    Family(
        "nth-word",
        lines("""
        What is the {nth} word of the sentence, in lower case? {Who} uses it as a password.
        Return the {nth} word in small letters from a sentence that stands on a wall of {place}.
        To check a copy of the {record}, quote the {nth} word of the given line without capitals or punctuation.
        """),
        solve=_nth,
        make=_sentence,
        params={"nth": choice(*_ORDINALS)},
    ),
    Family(
        "every-second-word",
        lines("""
        Keep just the second, fourth, sixth word and so on of the sentence; {who} hides messages there.
        A secret text is concealed in every other word, beginning with the second, of a notice at {place}. Lay it bare.
        Cross out the words at odd positions in a line of the {record} and write down what is left, without the full \
          stop.
        """),
        solve=_every_second,
        make=_sentence,
    ),
    Family(
        "index-names",
        lines("""
        Rewrite the names as surname, comma and initial with a full stop, sorted by surname and kept apart by \
          semicolons, for the {record}.
        {Who} compiles an index of people: turn the full names into entries such as "Young, P." in alphabetical \
          order, separated by semicolons.
        How would the members of {place} appear in a bibliography, as surname and abbreviated first name, \
          alphabetically, with semicolons between them?
        """),
        solve=_surnames,
        make=_names,
    ),
    Family(
        "number-the-lines",
        lines("""
        Put 1), 2), 3) and so forth in front of the lines, which are the agenda of {place}.
        {Who} wants a numbered list made of the given lines, with a closing bracket after each number.
        Number the lines of the {record} consecutively in the style "1) first line".
        """),
        solve=_bullets,
        make=_numbered,
    ),
    Family(
        "join-with-and",
        lines("""
        Turn the comma-separated words into a running enumeration with "and" before the last one and no comma there; \
          {who} reads it aloud.
        For an invitation to {place}, link the listed words naturally: commas, then a single "and".
        The {record} lists words with commas only. Write them as they would stand in a sentence, the final two \
          joined by "and".
        """),
        solve=_joined,
        make=_list,
    ),
    Family(
        "rotate-list",
        lines("""
        Move the first {k} words of the list to its end, as {who} does when the kitchen duty changes.
        Rotate the comma-separated entries of the {record} to the left by {k} places.
        After {k} turns the queue at {place} begins with another word. Write out the whole queue, if each turn sends \
          the front word to the back.
        """),
        solve=_rotated,
        make=_list,
        params={"k": choice("2", "3", "4")},
    ),
    Family(
        "words-by-initial",
        lines("""
        Which of the words begin with {letter}? List them in the order given, or answer "none"; {who} is stocking \
          one shelf a day.
        Filter the entries of the {record} by the initial {letter} and separate the hits by commas.
        Today {place} has a theme: everything starts with {letter}. Select the fitting words from the list.
        """),
        solve=_by_initial,
        make=_same_initial,
        params={"letter": choice(*"bfjkmpv")},
    ),
)
