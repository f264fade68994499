"""How tasks in English point at a text: the patterns that `pointing` looks for, and the first looks before them."""

import re

TEXTS = (
    r"(?:text|passage|paragraph|article|sentence|essay|poem|e-?mail|letter|review|document|excerpt|extract|quote"
    r"|tweet"
    r"|transcript|story|abstract|statement|headline|speech|lyrics|dialogue|conversation|report|blog post|post"
    r"|news(?: article| story)?|paper|chapter|contract|message|comment|table|chart|graph|diagram|data ?set"
    r"|code(?: snippet)?"
    r"|snippet|equation|expression|argument|survey|scene)s?"
)
"""What a task may ask to be read."""
NOUN = (
    r"(?:(?:code|program|text|programming|blog|news|data|java|python|sql|html|css|javascript|c\+\+|math|word|customer"
    r"|product|movie|book|research|short|list of|set of|block of|piece of|snippet of|bar|pie|line|two|three|four) )?"
    rf"(?:{TEXTS}|functions?|programs?|scripts?|query|queries|inequality|data|phrases?|images?|pictures?|photos?"
    r"|photographs?|videos?|audio|recordings?|maps?|screenshots?|list|words?|numbers?|options|choices|arrays?"
    r"|strings?|json"
    r"|figures?|drawings?|paintings?|clips?|attachments?|files?|summary|titles?|questions?|problems?|riddles?"
    r"|puzzles?"
    r"|scenarios?|situations?|recipes?|songs?|movies?|products?|restaurants?|books?|facts?|clues?|symptoms"
    r"|ingredients|adjectives|verbs|nouns|pairs?|tasks|items|events|characters|countries|series|sequence)"
)
REST = (
    r"(?=\s*(?:[.?!,:;]|\Z|and |into |in |to |by |for |using |with |as |so |without |that |from |on |is |are "
    r"|(?:has|have|had|shows?|do|does|says?|means?|contains?)\b))"
)

FOLLOWING = re.compile(
    r"\b(?:the|these|this) following(?! (?:day|week|month|year|morning|night|steps?|rules?|way|order|format|features?"
    r"|criteria|requirements?|structure|methods?|columns?|fields?|parameters?|properties|attributes|constraints?"
    r"|reasons?"
    r"|template|elements?|components?|functionalit\w+|style|case|sections?|season|century|decade|years|weeks"
    r"|days|months"
    r"|topics?|categor\w+|guidelines?|specifications?|conditions?|situation|scenario|information|pattern)\b)"
    r"(?: [^\W\d][\w'’+-]*){1,3}",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"\bthe (?:given|provided|attached|enclosed|supplied|specified|aforementioned|above-mentioned|input)"
    r"(?! (?:that|time|moment|day|date|period|year|amount|opportunity|space|services?|options|interval|temperature"
    r"|template|format|instructions?|criteria|order|rules|conditions?|field|fields|parameters?|values?|size|length"
    r"|and|is|was|to|of|from|device|devices|method|layer|variables?|output|range|limit|budget|name|id|key|index"
    r"|path)\b)"
    rf"(?: (?:set|list|block|piece|pair|series|sequence|group|string|array|collection) of)?(?: {NOUN}\b"
    rf"|(?: [a-z][\w'’+-]*){{1,2}}?{REST})",
    re.IGNORECASE,
)
THIS = re.compile(
    rf"\b(?:this|these|those) {NOUN}\b(?! (?:of|about)\b| by (?-i:[A-Z]))|\bthe (?:above|below) {NOUN}\b|\bthe {NOUN}"
    rf" (?:below|above|given|provided|attached|shown|listed|presented)\b(?: here)?{REST}|\bthe (?:previous|preceding)"
    rf" (?:one|sentence|question|paragraph|passage|answer|exercise|text|code|example){REST}",
    re.IGNORECASE,
)
BASED = re.compile(
    r"\b(?:based (?:up)?on|according to|drawing (?:up)?on|referring to|with reference to|as (?:shown|stated"
    r"|described|mentioned)"
    rf" in|using the information (?:in|from)|using|in|from) the (?:{TEXTS}|context|notes)(?=\s*(?:[.?!,:;]|\Z"
    rf"|and |what |which |who "
    rf"|how |why |when ))",
    re.IGNORECASE,
)
_SHOWN = (
    r"(?:(?:pie|bar|line|flow) ?charts?|images?|pictures?|photos?|photographs?|screenshots?|videos?|recordings?"
    r"|maps?|figures?"
    r"|e-?mail threads?|threads?|bullet points|context|list|options|answer choices|notes|slides|minutes|receipt"
    r"|menu|cartoon|script|program|snippet|query)"
)
"""What else may be shown to be read or seen."""
HERE_IS = re.compile(
    rf"\W*(?:here|below) (?:is|are) (?:my|the|an?|our|some|two|three) (?:[\w-]+ ){{0,2}}?{NOUN}(?= *[.,;!?])",
    re.IGNORECASE,
)
"""What is said to stand here: "Here is my cover letter."."""
READS = re.compile(
    r"(?:please )?(?:find|examine|observe|look (?:closely )?at|refer to|study|use|give|turn|watch|listen to"
    r"|answer|annotate|identify|determine|count|calculate|analy[sz]e|classify|extract|summari[sz]e|translate"
    r"|rewrite"
    r"|rephrase|paraphrase|edit|proofread|correct|highlight|underline|convert|sort|read|evaluate|interpret"
    r"|outline|label"
    r"|tag|what's|who's|check|detect|infer|predict|verify|what (?:is|are|does)|who|which|is|does|state|explain"
    r"|describe|re-?word"
    r"|reorganize|reorder|rearrange|fix|debug|optimi[sz]e|refactor|critique|annotate|shorten|simplify|complete"
    r"|continue"
    r"|improve|replace|remove|locate|pick|select|choose|reply|respond)\b",
    re.IGNORECASE,
)
"""How an order or a question begins that is about a text."""
DEFINITE = re.compile(
    rf"\b(?:(?:the|my|our) (?:{TEXTS}|{_SHOWN}|data)|(?:my|our) (?:cover letter|job application|business plan|resume"
    rf"|résumé|cv"
    r"|thesis|draft|proposal|homework|presentation|bio|profile|lab report|book report|college essay))"
    r"(?=\s*(?:[.?!,]|\Z|and |into |in (?:one|two|three|a|an|your|simple|under|less|no|\d|at most|french|german"
    r"|spanish|passive|active"
    r"|present|past|future|bullet|order|alphabetical)\b|an? (?:\w+ )?(?:title|headline|name|heading)\b"
    r"|to (?:make|improve|be|the|a|an|include|use|fit|sound"
    r"|reflect)\b|using |by |so |as |"
    r"for (?:clarity|grammar|errors|spelling|tone|a)\b|with (?:a|an|the|your|correct|proper)\b|is |are |was ))",
    re.IGNORECASE,
)
"""A text that is spoken of as known, after such a beginning: "Summarize the article."."""
ENDING = re.compile(
    r"\W*(?:explain|describe|verify|check|tell me|determine|discuss|what is|state)(?: if| whether)? the"
    r" (?:ending|answer|plot|result|solution)\b(?: (?:is|was) (?:correct|right|wrong|true|false|valid))?\W*",
    re.IGNORECASE,
)
BLANK = re.compile(
    r"\W*(?:(?:fill in|complete) the (?:blanks?|gaps?)|which (?:answer )?(?:choice|option|answer"
    r"|statement) is (?:correct"
    r"|right|true|false|wrong)|answer the questions?(?: (?:using|from|based on) the \w+)?\W*\Z|(?:choose|select"
    r"|pick) the (?:correct|right|best"
    r"|appropriate|proper)"
    r" (?:option|answer|word|form|choice|alternative|verb|preposition|article|tense))\b",
    re.IGNORECASE,
)
"""An exercise that is spoken of: "Fill in the blank.", "Choose the correct form."."""
GIVEN_A = re.compile(
    rf"\W*given (?:an?|some|two|three|the|this|these|any) (?:[\w-]+ ){{0,2}}?{NOUN}\b(?: of (?:strings|words"
    rf"|numbers|integers|items"
    r"|names|sentences|data))?(?: and (?:an?|the|another|two) (?:[\w-]+ ){0,2}?\w+)?(?=,| (?:check|find|identify"
    r"|determine|classify"
    r"|write|sort|count))",
    re.IGNORECASE,
)
GIVEN_SIGNS = (
    "given",
    "provided",
    "attached",
    "enclosed",
    "supplied",
    "specified",
    "aforem",
    "above",
    "input",
    "below",
)
THIS_SIGNS = ("this ", "these ", "those ", "shown", "listed", "presented", "previous", "preceding")
ENGLISH_SIGNS = GIVEN_SIGNS + THIS_SIGNS
BASED_SIGNS = tuple(
    "using the |based|according|drawing|refer|as shown|as stated|as described|as mentioned|in the |from the ".split("|")
)
KNOWN_SIGNS = ("the ", "my ", "our ", "which ")
"""First looks: a task without any of these need not be searched for the patterns above."""
ENGLISH = frozenset("and with for this these what which following given provided how are your from that".split())

ORDERS = re.compile(
    r"\W*(?:please|work out|figure out|point out|make|include|use|explain|give|provide|write|keep|do|don(?:'|’)t|be"
    r"|your|the (?:answer|output"
    r"|summary|result|response|new|final|rewritten|translation|goal|list|sentence|text|story|code|words|following)"
    r"|identify|list|describe|return|ensure|also|then|and|in|highlight|focus"
    r"|limit|state|tell|name|output|find|it|answer|summari[sz]e|add|remove|what|how|why|who|which|assume|determine"
    r"|classify|correct|translate|rewrite|try|if|you|should|indicate|select|choose|or|so|without|while|discuss"
    r"|analy[sz]e"
    r"|suggest|compare|replace|fill|check|consider|support|present|organi[sz]e|justify|outline|mention|avoid"
    r"|only|each"
    r"|where|when|is|are|does|can|could|would|note|for|to|as|by|with|using|this|these|that|all|no|not|i|we|they"
    r"|create"
    r"|generate|show|point|mark|label|put|sort|convert|change|turn|read|evaluate|predict|their|its|at|on|both"
    r"|including"
    r"|calculate|compute|solve|estimate|decide|judge|rank|rate|verify|infer|assess|conclude|say|detect|extract|edit"
    r"|edited|proofread|conduct|perform|combine)\b",
    re.IGNORECASE,
)
