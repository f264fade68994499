"""Personal data and secrets in a row: what has a checksum or a form of its own. Knows no names, addresses or dates.

Numbers with a checksum are checked by it, and what people use as examples (example.com, 555 numbers, the test numbers
of card companies) is let pass. The verdict never repeats what it found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ittgen.records import Example, Rejection

_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w@])")
_EXAMPLE_HOST = re.compile(
    r"(?:^|\.)(?:(?:my|your)?(?:example|domain|company|email|mail|test|site|website|acme|provider)\.(?:com|org|net|edu|"
    r"de|fr|es|it|co)|[\w-]+\.(?:example|test|invalid|localhost))$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:user(?:name)?|you(?:r.*)?|name|me|someone|john\.?doe|jane\.?doe|max\.mustermann|info|support|contact|help|"
    r"sales|admin|noreply|no-reply|hello|team|press|office|service|git)\d*",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w+.,/=-])(?:\+[1-9]\d{0,2}[ .\-/]?(?:\(0?\d{1,5}\)[ .\-/]?)?\d(?:[ .\-/]?\d){6,12}"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}"
    r"|\d{3}-\d{3}-\d{4})(?![\w-])"
)
_DIGITS = re.compile(r"(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w.-]*\d)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_KEY = re.compile(
    r"(?<![\w-])(?:sk-(?:proj-|ant-)?[\w-]{20,200}|gh[pousr]_[A-Za-z0-9]{36,255}"
    r"|github_pat_\w{22,255}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}"
    r"|AIza[\w-]{35}|xox[abprs]-[\w-]{10,250}|hf_[A-Za-z0-9]{30,60}|glpat-[\w-]{20}|sk_live_\w{16,100}"
    r"|eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000})(?![\w-])"
    r"|-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY-----\s*(?:[\w+/=]{20,})"
)
_TEST_CARDS = frozenset(
    "4111111111111111 4242424242424242 4012888888881881 4000056655665556 5555555555554444 5105105105105100 "
    "378282246310005 371449635398431 6011111111111117 6011000990139424 30569309025904 3530111333300000".split()
)
_TEST_IBANS = frozenset(
    "DE89370400440532013000 GB29NWBK60161331926819 FR1420041010050500013M02606 ES9121000418450200051332 "
    "GB82WEST12345698765432 IT60X0542811101000000123456 CH9300762011623852957 NL91ABNA0417164300".split()
)


def emails(text: str) -> bool:
    """Whether there is an e-mail address of somebody, not of an example or an office."""
    if "@" not in text:
        return False
    found = _EMAIL.finditer(text)
    return any(not _EXAMPLE_HOST.search(m[2]) and not _NOBODY.fullmatch(m[1]) for m in found)


def phones(text: str) -> bool:
    """Whether there is a telephone number with a country's code or in the American form, no 555 and no counting up."""
    return any(_somebodys("".join(re.findall(r"\d", m[0]))) for m in _PHONE.finditer(text))


def cards(text: str) -> bool:
    """Whether there are 13 to 19 digits with a card's beginning and its check digit, no test number."""
    numbers = (re.sub(r"\D", "", m[0]) for m in _DIGITS.finditer(text))
    return any(n[0] in "3456" and _luhn(n) and n not in _TEST_CARDS and len(set(n)) > 3 for n in numbers)


def ibans(text: str) -> bool:
    """Whether there is a bank account with its check digits, none of those that documentation uses."""
    numbers = (m[0].replace(" ", "") for m in _IBAN.finditer(text))
    return any(_mod97(number) and number not in _TEST_IBANS for number in numbers)


def keys(text: str) -> bool:
    """Whether there is a key of a well-known service or a private key, and not "sk-xxxx" in its place."""
    found = (m[0] for m in _KEY.finditer(text))
    return any(len(set(key[4:])) > 9 and "example" not in key.lower() and "your" not in key.lower() for key in found)


KINDS: dict[str, Callable[[str], bool]] = {
    "email": emails,
    "phone": phones,
    "card": cards,
    "iban": ibans,
    "key": keys,
}
"""Kind -> whether a text has one."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """An e-mail address, telephone or card number, bank account or key: value is the kind, limit none, note the field.

    Form and checksum alone, so the same in every language; names and addresses of people are not found. A row that is
    about such things with made-up ones may be caught. Off unless a recipe names it. Raises ValueError for an unknown
    kind.
    """

    kinds: tuple[str, ...] = tuple(KINDS)

    def __post_init__(self) -> None:
        if unknown := [kind for kind in self.kinds if kind not in KINDS]:
            raise ValueError(f'kinds: there is no "{unknown[0]}"; there are {", ".join(KINDS)}')

    def __call__(self, example: Example) -> Rejection | None:
        for field, text in _texts(example):
            found = next((kind for kind in self.kinds if KINDS[kind](text)), None)
            if found:
                return Rejection(example, "personal-data", value=found, note=f"in the {field}")
        return None


def _texts(example: Example) -> list[tuple[str, str]]:
    fields = [(name, getattr(example, name)) for name in ("output", "input", "instruction", "system", "reasoning")]
    return [(name, text) for name, text in fields if text] + [("turns", turn.content) for turn in example.turns]


def _somebodys(digits: str) -> bool:
    made_up = (
        "55501" in digits
        or digits[-7:-4] == "555"
        or digits[-10:-7] == "555"
        or "123456" in digits
        or "456789" in digits
    )
    return len(digits) > 8 and not made_up and len(set(digits[-7:])) > 2


def _luhn(digits: str) -> bool:
    doubled = "0246813579"
    return sum(int(doubled[int(d)] if n % 2 else d) for n, d in enumerate(reversed(digits))) % 10 == 0


def _mod97(account: str) -> bool:
    return int("".join(str(int(c, 36)) for c in account[4:] + account[:4])) % 97 == 1
