"""Whether a text that is supposed to be Python 3 can be read as that, and whether a text is Python at all.

Sessions, notebooks, Python 2, stubs, shell commands and the prose around code are no faults of it.
"""

import ast
import re
import textwrap
import warnings

_NOT_PLAIN = re.compile(
    r"^\s*(?:>>>|\.\.\.|[%!$]|In \[|(?:pip3?|python3?|uv|conda|npm|cd|git|sudo|apt|export|source|mkdir|brew) )"
    r"|^\s*print +[^\s(=]|^\s*exec +[\"']|^\s*(?:type \w+.*=|def \w+\[|class \w+\[)"
    r"|except \w+, \w+:|(?<![\"'\w=])<[a-z_]+>|\braise \w+, |^[+-] ",
    re.MULTILINE,
)
_PROSE = re.compile(r"^\W*(?:[^\W\d_]+[,']? ){4,}[^=(){}\[\]]*$")
_CODE = re.compile(
    r"[=({\[]|^\s*(?:def|class|if|elif|for|while|with|return|import|from|print|else|try|except|finally|raise|yield)\b"
    r"|^\s*[#@]"
)
_HEADER = re.compile(r"^[ \t]*(?:async )?(?:def \w+\(.*\)(?: *->.*)?|class \w+(?:\(.*\))?) *:", re.MULTILINE)
"""A line that no other language has: Ruby has no colon here, Scala an equals sign."""
_STATEMENT = re.compile(r"^(?:import \w+|from [\w.]+ import )", re.MULTILINE)
_BLOCK = re.compile(r"^\s*(?:if|elif|for|while|with|try|else|except)\b.*:\s*$", re.MULTILINE)
_WIDE_DEF = re.compile(r"^\s*def \w+ ?(?:（|\([^()\n]*\)：)", re.MULTILINE)
_WIDE_END = re.compile(r"^[ \t]*[^\n#（]*（[^（）\n]*）[ \t]*[：:{；;][ \t]*$", re.MULTILINE)
_INDENTED = re.compile(r"\n[ \t]{2,}(?![-*•\d])\S")


def is_python(text: str) -> bool:
    """Whether a text is Python whatever the task says: a head of a function, or imports and blocks; code in most "
    "lines."""
    if not (_HEADER.search(text) or _WIDE_DEF.search(text) or (_STATEMENT.match(text) and _BLOCK.search(text))):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if not _CODE.search(lines[0]) and any(line[0] not in " \t#" and _PROSE.match(line) for line in lines):
        return False
    return sum(bool(_CODE.search(line) or line[0] in " \t") for line in lines) >= 0.7 * len(lines)


def wide_signs(text: str) -> bool:
    """Whether it is code whose brackets and colons are those of Chinese or Japanese: "如果（x）：" and a block."""
    if "（" not in text and "：" not in text:
        return False
    ends = [found.end() for found in _WIDE_END.finditer(text)]
    blocks = sum(bool(_INDENTED.match(text, end)) for end in ends)
    return bool(_WIDE_DEF.search(text)) or (
        blocks > 0 and len(ends) + len(re.findall(r"\w\(|==|[<>]=|\+\+|&gt;", text)) > 1
    )


def broken_python(text: str) -> str:
    """What keeps a text from being Python 3; sessions, notebooks, Python 2, stubs and prose around it are let pass."""
    code = textwrap.dedent(text.strip("\n"))
    if _NOT_PLAIN.search(code):
        return ""
    error = _error(code)
    return _real(error, code) if error else ""


def _error(code: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _real(error: SyntaxError, code: str) -> str:
    """The error in words, or "" where it may be no fault of the code: a newer Python, prose, a bare signature."""
    said, number = error.msg or "", error.lineno or 0
    lines = code.splitlines()
    near = [line for line in lines[max(0, number - 2) : number + 1] if line.lstrip()[:1] not in tuple("#\"'")]
    newer = "f-string" in said or "too many" in said or "parenthesized context" in said
    if (
        newer
        or _stub(said, number, lines)
        or any(_PROSE.match(line) and not _CODE.search(line) for line in near)
        or lines[0][:1] in " \t"
    ):
        return ""
    if lines[0].split(maxsplit=1)[0].rstrip(":") in ("elif", "else", "except", "finally", "case"):
        return ""
    return "" if _followed(number, lines) else f"line {number}: {said}"


def _stub(said: str, number: int, lines: list[str]) -> bool:
    """A signature with nothing below it but the next one, or a comment in place of its body."""
    header = re.search(r"expected an indented block after .* on line (\d+)", said)
    if not header:
        return False
    here = lines[number - 1].strip() if number <= len(lines) else ""
    return not here or number == int(header[1]) or here.startswith(("#", "def ", "class ", "@", "async "))


def _followed(number: int, lines: list[str]) -> bool:
    """Whether the error stands where the code is over and a word about it begins: "Output: 5"."""
    here = lines[number - 1] if number <= len(lines) else ""
    apart = number > 1 and not lines[number - 2].strip()
    return bool(apart and here[:1].strip() and not _CODE.search(here) and not _error("\n".join(lines[: number - 1])))
