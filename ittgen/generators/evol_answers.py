"""Answers that answer nothing, by which Auto Evol-Instruct tells tasks that went wrong (https://arxiv.org/abs/2406.00770).

Three rules, "acknowledged", "asks-for-more" and "missing-information", told from the first words of a short answer that
are not mere politeness. English. An answer that only ends with a question has answered and passes.
"""

import re

from ittgen.records import Example, Rejection
from ittgen.text import words

SHORT = 80
"""An answer of so many words says something besides; the number is Evol-Instruct's for apologies."""

_FLAGS = re.IGNORECASE | re.VERBOSE
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_YES = r"""(?:understood|got[ ]it|noted|certainly|of[ ]course|absolutely|sure(?:[ ]thing)?|okay|ok|all[ ]?right
    |no[ ]problem|will[ ]do)"""
_ACKNOWLEDGED = re.compile(
    rf"""\W*(?:{_YES} | i[ ](?:fully[ ])?understand(?:[ ](?:the|your)[ ]\w+)?
        | thank[ ]you[ ]for[ ](?:the|your|this|that|sharing|providing|clarifying)\b[^.!?]*)\W*""",
    _FLAGS,
)
_PROMISED = re.compile(
    rf"""\W*(?:(?:{_YES}|yes|great|thank[ ]you)\b\W*)?(?:
        i(?:['’](?:ll|d|m)|[ ](?:will|can|would|am))[ ](?:\w+[ ])?(?:be[ ])?
            (?:help|assist|do[ ](?:that|so)|keep|follow|make[ ]sure|work[ ]on|get[ ]started|start|proceed|write|provide
                |create|happy|glad|ready|here[ ]to)\b
        | let[ ]me[ ](?:help|know|get[ ]started) | please[ ](?:go[ ]ahead|let[ ]me[ ]know)
        | how[ ](?:can|may)[ ]i[ ](?:help|assist)
    )[^\n:]*""",
    _FLAGS,
)
_POLITE = re.compile(
    r"""\W*(?:(?:i(?:['’]m|[ ]am)[ ])?(?:\w+[ ])?sorry|i[ ]apologi[sz]e|unfortunately|sure|certainly|of[ ]course
        |okay|ok)[,.!]*[ ]+(?:but[ ])?""",
    _FLAGS,
)
_THING = r"""(?:text|input|passage|article|paragraph|sentences?|document|data(?:set)?|table|list|code|function|file
    |image|email|letter|story|poem|question|problem|numbers?|schema|query|link|review|dialogue|conversation|context|content
    |information|details|instructions?|prompt|task|recipe|essay|names?|values?)"""
_SOME = r"(?:\w+[ ]){0,3}"
_MORE = r"(?:more|additional|further|specific|missing|some|any)"
_REQUEST = re.compile(
    rf"""(?:(?:could|can|would|will)[ ]you[ ](?:please[ ])?|please[ ])
        (?:provide|share|specify|clarify|upload|paste|send|give[ ]me|tell[ ]me|supply|include)\b
        (?=[^\n?]*\b(?:me\b|{_MORE}[ ]{_THING}\b|(?:the|your)[ ]{_SOME}{_THING}\b|so[ ](?:that[ ])?i[ ]can
            |(?:which|what|whether)\b|you(?:['’]d|[ ]would)[ ]like))
    | i(?:['’]d|[ ]would|['’]ll|[ ]will)?[ ](?:also[ ])?need[ ](?:{_MORE}[ ])?
        (?:information|context|details|to[ ]know)\b
    | (?:what|which)[ ]{_SOME}(?:would[ ]you[ ]like|do[ ]you[ ]want)[ ](?:me|to)\b""",
    _FLAGS,
)
_NOT = r"(?:(?:have|did|do)(?:[ ]not|n['’]t)|can(?:not|['’]t))"
_IS = r"(?:is|was|are|were|has[ ]been|have[ ]been|seems?[ ]to[ ]be|appears?[ ]to[ ]be)"
_GIVEN = r"(?:provided|included|given|attached)"
_MISSING = re.compile(
    rf"""(?:it[ ](?:looks|seems|appears)[ ](?:like|that|as[ ]if)[ ])?(?:
        you[ ](?:{_NOT}[ ](?:provide|include|attach|share|give|specif|paste|mention)\w*
            |forgot[ ]to[ ](?:provide|include|attach|share|paste))\b[^.!?]*\b{_THING}\b
      | (?:the|your)[ ]{_SOME}{_THING}[ ](?:you[ ]mention(?:ed)?[ ])?{_IS}[ ]
            (?:missing(?=\s*(?:[.,;!]|$|from[ ](?:your|the)|so\b|and\b|in[ ]your))|not[ ]{_GIVEN})
      | no[ ]{_SOME}{_THING}[ ](?:{_IS}[ ])?{_GIVEN}(?=\s*(?:[.,;!]|$|in\b|so\b|for[ ]me))
      | there[ ]{_IS}[ ]no[ ]{_SOME}{_THING}[ ](?:{_GIVEN}|in[ ]your|to[ ]work|here)
      | i[ ]{_NOT}[ ](?:see|find|have)[ ](?:access[ ]to[ ])?(?:the|any|an?|your)[ ]{_SOME}{_THING}\b
            (?=[ ](?:you|in[ ]your|here|to[ ]work|{_GIVEN})|\s*(?:[.,!]|$))
      | without[ ](?:the|your|more|further|additional|any|knowing)[ ][^.!?]*,[ ]i[ ]
            (?:cannot|can['’]t|am[ ]unable|am[ ]not[ ]able)\b
    )""",
    _FLAGS,
)


def unanswered(draft: Example) -> Rejection | None:
    """The rule that an answer breaks: it only acknowledges, says what is missing, or asks for more; note quotes it."""
    if len(words(draft.output)) >= SHORT:
        return None
    sentences = [said for said in _SENTENCES.split(draft.output.strip()) if said.strip()]
    telling = [said for said in sentences if not (_ACKNOWLEDGED.fullmatch(said) or _PROMISED.fullmatch(said))]
    if not telling:
        return Rejection(draft, "acknowledged") if sentences else None
    first = _POLITE.sub("", telling[0], count=1)
    if _MISSING.match(first):
        return Rejection(draft, "missing-information", note=telling[0])
    return Rejection(draft, "asks-for-more", note=telling[0]) if _REQUEST.match(first) else None
