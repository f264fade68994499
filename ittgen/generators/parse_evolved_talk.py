"""Replies that are no task: they talk about the prompt they were given, refuse, or ask for it.

Judges text by its first words, and asks for words about prompts, helping and rewriting: tasks too open with "I'm sorry
I missed your party", "I cannot sleep" and "Please provide an example". English. Nothing here raises.
"""

import re

from ittgen.generators.parse_evolved_heads import FLAGS, GREETING, PROMPT

_SORRY = r"""(?:(?:i(?:['’]m|[ ]am)[ ])?(?:\w+[ ])?sorry|(?:my[ ])?apologies|i[ ]apologi[sz]e|unfortunately)
    [,.!;:—–-]*[ ]*(?:but[ ])?"""
_CANNOT = r"""(?:can(?:['’]t|[ ]?not)|could(?:[ ]not|n['’]t)|won['’]t|will[ ]not|must[ ]decline[ ]to
    |(?:am|['’]m)[ ](?:unable|not[ ]able)[ ]to|(?:won['’]t|will[ ]not)[ ]be[ ]able[ ]to)"""
_CONTENT = r"(?:prompts?|instructions?|requests?|content|versions?|such|harmful|illegal|that|this|it)"
_HELP = rf"""(?:(?:assist|help|comply|engage|proceed)(?:[ ]you)?(?:[ ](?:with|you|in)\b|[.,!]|$)
    |(?:ful?fil+|rewrite|evolve|create|generate|provide|produce|discuss|process)\b[^\n.!?]*\b{_CONTENT}\b)"""
_REWRITE = r"(?:re-?write|evolve|rework|revise|complicate|create|generate|work[ ]with|make)"
_FAULT = r"""(?:already|can(?:not|['’]t|[ ]not)|impossible|not[ ]possible|empty|missing|incomplete|unclear|incorrect
    |lacks?|too[ ]\w+|do(?:es)?(?:n['’]t|[ ]not)|(?:is|was)(?:n['’]t|[ ]not)|seems|appears|sufficiently
    |no[ ](?:need|further|specific|clear|input|content|context)|(?:complex|specific|detailed)[ ]enough|well-defined
    |inappropriate|harmful|the[ ]same[ ]as)"""
_MISSING = r"(?:no|not|\w+n['’]t|missing|empty|incomplete|forgot|without|cut[ ]off)"
_PROVIDE = r"(?:provide|share|give|send|specify|clarify|paste)"
_YOU_PROVIDED = r"(?:[ ](?:you(?:['’]ve|[ ]have)?[ ](?:provided|gave|given|sent|shared)|provided|given|above))?"

_REFUSAL = rf"""{_SORRY}(?:(?:i|we)(?:['’]m|[ ]am)?[ ](?:can|could|will|won|do|did|am|must|need|not|unable|have[ ]not
        |haven)|as[ ]an?\b|there\b|it[ ]|(?:the|this|that|your)[ ](?:given[ ]|provided[ ])?{PROMPT}\b|no[ ]{PROMPT}\b)
  | (?:i|we)[ ]?{_CANNOT}[ ]{_HELP}
  | i[ ]refuse[ ]to[ ]\w+(?:[ ](?:this|that|it|so))?\W*\Z | (?:i|we)[ ]?{_CANNOT}[ ]do[ ](?:this|that|it|so)\W*\Z
  | sorry[,.!]*[ ]no\W*\Z | let[ ]me[ ]know[ ]if[ ](?:this|that|it)[ ](?:works|helps)\W*\Z
  | as[ ]an?[ ](?:ai,|(?:\w+[ ]){{0,2}}(?:language|ai)[ ](?:language[ ])?(?:model|assistant))
  | i[ ](?:do[ ]not|don['’]t)[ ]feel[ ]comfortable
  | i(?:['’]m|[ ]am)[ ]not[ ]sure[ ](?:what|which|how)\b[^\n]*\byou(?:['’]re[ ]|[ ]are[ ]asking|[ ]mean|[ ]want[ ]me)"""
_ABOUT_IT = rf"""(?:(?:since|as|because|while|although)[ ])?
        (?:(?:the|this|that|your)[ ](?:\#?(?:given|original|provided|above|current|rewritten)[ ])?{PROMPT}\b
            |(?:given|original)[ ]prompt\#)\#?
        (?![ ](?:of|about|whether|how|why|who|what)\b){_YOU_PROVIDED}(?:[ ]itself)?[^\n.!?:"“]{{0,60}}\b{_FAULT}
  | (?:the|this|your)[ ](?:given[ ])?{PROMPT}[ ]["“'][^\n"”]{{1,400}}["”']
        [ ](?:is|seems|appears)[ ](?:to[ ]be[ ])?already\b
  | there(?:['’]s|[ ]is)[ ]nothing[ ]to[ ](?:re-?write|evolve|rework|revise|(?:change|add|improve)(?:[ ]here)?\W*\Z)
  | it[ ](?:looks|seems|appears)\b[^\n.!?]*\b{_MISSING}\b[^\n.!?]*\b(?:{PROMPT}|input)\b
  | it[ ](?:looks|seems|appears)\b[^\n.!?]*\b(?:{PROMPT}|input)\b[^\n.!?]*\b{_MISSING}\b
  | there[ ](?:is|was|seems[ ]to[ ]be|appears[ ]to[ ]be)[ ]no\b[^\n.!?]*\b(?:prompt|instructions?|input)\b
  | i[ ](?:do[ ]not|don['’]t|did[ ]not|didn['’]t)[ ]see\b[^\n.!?]*\b(?:{PROMPT}|input)\b
  | you[ ](?:have[ ]not|haven['’]t|did[ ]not|didn['’]t)[ ](?:provided?|given?|included?|shared?)\b
        [^\n.]*\b(?:{PROMPT}|input)\b
  | no[ ](?:changes?|rewriting|rewrite|modifications?|evolution|further[ ]\w+)[ ](?:(?:is|are|was|were)[ ])?
        (?:needed|necessary|required|possible|made)
  | no[ ]changes?\W*\Z"""
_REQUEST = rf"""(?:could|can|would|will)[ ]you[ ](?:please[ ])?{_PROVIDE}\b(?:(?![ ](?:for|of|about|on)[ ])[^\n])*
        \b(?:{PROMPT}\b(?![ ](?:for|about|on|to[ ]ask|that[ ]i))|to[ ]{_REWRITE})
  | please[ ]{_PROVIDE}\b[^\n]*\b(?:you(?:['’]d|[ ]would)[ ]like[ ](?:me[ ])?to[ ]{_REWRITE}
        |you[ ]want[ ](?:me[ ]to[ ])?{_REWRITE}|so[ ](?:that[ ])?i[ ]can|for[ ]me[ ]to[ ]{_REWRITE}
        |(?:given|original)[ ]{PROMPT}|(?:prompt|instruction)[ ]to[ ]{_REWRITE}|to[ ]be[ ]rewritten
        |the[ ]prompt[.!]?$)
  | i(?:['’]d|[ ]would)?[ ]need[ ](?:the|a|your)[ ](?:given[ ]|original[ ])?prompt\b
  | (?:what|which)[ ]{PROMPT}[ ](?:would|do|should)[ ](?:you|i)\b[^\n]*\b{_REWRITE}
  | i(?:['’]d|[ ]would)?[ ]need[ ](?:more|further|additional)[ ][^\n.]*
        \b(?:to|so[ ]i[ ]can|before[ ]i[ ]can)[ ](?:{_REWRITE}|help|assist|proceed)"""
_TALK = re.compile(
    rf"""\W*(?:{GREETING}[!,.:—–-]*[ ]*)?
    (?:i(?:['’]d|[ ]would|['’]m|[ ]am)[ ](?:be[ ])?(?:happy|glad|ready|here)[ ]to[ ]help[^\n.!]*[.!]\s*)?
    (?:{_REFUSAL} | {_ABOUT_IT} | {_REQUEST})""",
    FLAGS,
)


def is_talk(text: str) -> bool:
    """Whether the reply talks about the prompt it was given, refuses, or asks for the prompt."""
    return bool(_TALK.match(text))
