"""Where sentences end: surely, or perhaps. In any script that marks it."""

import re

_SHORT = (
    "bzw inkl ggf evtl vgl sog ca usw etc approx vs ул им рис см стр Mr Mrs Ms Dr St Jr Sr Mt Lt Sgt Gen Col Capt "
    "Rev Prof "
    "Mme Mlle Hr Fr Nr No Abb Str Bd Hg Sra Srta Dra Ud Uds Sig Av Art Abs Jan Feb Apr Aug Sep Sept Oct Nov Dec Inc "
    "Ltd Co"
)
"""Words after whose full stop a sentence goes on."""
_NO_END = "".join(rf"(?<!\b{word})" for word in _SHORT.split())
CLEAR_END = re.compile(
    rf"(?=[.!?])(?<![A-Z.])(?<=[^\W\d_A-Z]{{2}}){_NO_END}[.!?]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[^\W\d_a-z])"
    r"|[。！？।؟](?![」』”’）)])(?=.)",
    re.DOTALL,
)
MAYBE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？।؟…;；:：—]|\n+")
