"""What models write below an evolved task: remarks on the work, closing words, and an answer nobody asked for.

Judges text by its words alone, and asks for words about prompts and rewriting, because tasks too close with
"Note: …". English. Nothing here raises.
"""

import re

from ittgen.generators.parse_evolved_heads import FLAGS, MADE, NOUN

_ABOUT = rf"""(?:(?:{MADE}|original|given|new)[ ]{NOUN}\b | re-?written | \bwords?[ ](?:were[ ]|was[ ])?added
    | \b(?:i|this|which|it)[ ](?:have[ ]|['’]ve[ ])?(?:added|adds|replaced|increased|increases|deepened|makes|made)\b
    | complexity[ ]of[ ]the[ ]{NOUN})"""
_REMARK = re.compile(
    rf"""\W*(?:
        (?:note|explanation|rationale|reasoning|justification|changes?(?:[ ]made)?|what[ ]changed|modifications?
            |additions?)\b[^\n:：]{{0,30}}[:：](?=.*{_ABOUT})
      | (?:this|the)[ ](?:(?:new|newly|now|more[ ]\w+)[ ])*{MADE}[ ]{NOUN}\b
      | i(?:[ ]have|['’]ve)?[ ](?:added|replaced|increased|re-?written|rewrote|deepened|changed)\b
            .*\b(?:prompt|instruction|constraints?|requirements?|complexity|words)\b
      | added[ ](?:constraints?|requirements?)\b[^\n:：]{{0,30}}[:：] | changes[ ]made\b[*_ ]*[:：]
      | (?<=\*\*)explanation(?:[:：]\*\*|\*\*[:：])
      | why[ ](?:this|it)(?:['’]s|[ ]is)[ ](?:harder|more[ ]\w+|tougher)\b[^\n:：]{{0,30}}[:：]
      | this[ ](?:new[ ])?version[ ](?:now[ ])?(?:adds|introduces|increases|requires|includes)\b
            .*\b(?:requirements?|constraints?|complexity|reasoning|difficulty|conditions?|words)\b
      | (?<=\()(?:added|adds)\b[^()]*\)\W*\Z
      | i[ ]hope[ ](?:this|that|it)[ ]helps\b
      | let[ ]me[ ]know[ ]if\b[^\n]*\b(?:another|changes?|adjust\w*|version|else|this[ ](?:works|helps))\b
      | word[ ]count\b | (?:added|adds)[ ]\d+[ ]words?
      | \+?\d+[ ](?:additional[ ]|new[ ]|more[ ]|extra[ ])?words?[ ]added
    )""",
    FLAGS | re.DOTALL,
)
_MOST_REMARK_WORDS = 80
_RULE = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\Z")
_COUNTED = re.compile(
    r"""[ \t]\(\+?(?:\d+[ ](?:additional[ ]|new[ ]|more[ ]|extra[ ])?words?[ ]added | added[ ]\d+[ ]words?
        | \d+[ ](?:additional|new|extra)[ ]words?)\.?\)[.]?\Z""",
    FLAGS,
)
_ANSWER = re.compile(r"^\#+[ \t]*(?:response|answer|(output))[ \t]*(?:[:：\#*]|$)", FLAGS)
_INPUT = re.compile(r"^\#+[ \t]*input\b", FLAGS)


def unanswered(text: str) -> str:
    """The text without the answer under a heading below it; "Output" below a heading "Input" belongs to the task."""
    for match in _ANSWER.finditer(text):
        above = text[: match.start()].rstrip()
        if above and above.count("```") % 2 == 0 and not (match[1] and _INPUT.search(above)):
            return above
    return text


def unremarked(text: str) -> str:
    """The text without remarks at its end that explain the rewriting: "Note: I added a constraint …"."""
    counted = _COUNTED.search(text)
    if counted and text[: counted.start()].strip():
        return unremarked(text[: counted.start()].rstrip())
    kept, _, tail = text.rpartition("\n\n")
    if not kept.strip() or kept.count("```") % 2 or len(tail.split()) > _MOST_REMARK_WORDS or not _REMARK.match(tail):
        return text
    above = kept.rstrip()
    ruled = _RULE.search(above)
    return unremarked(above[: ruled.start()].rstrip() if ruled else above)
