"""Why vLLM would not start, in a sentence: what to change comes first, vLLM's own words behind it."""

import re
from collections.abc import Sequence

LONGER = "Or raise max_model_len in [teacher]."
"""What else than a shorter prompt helps a request that its context has no room for."""
SHOWN = 300
"""Characters of vLLM's own words that a message repeats."""

ADVICE: Sequence[tuple[str, str]] = (
    (
        "no available memory for the cache|kv cache is needed|larger than the available kv cache|free memory on device"
        "|out of memory|cannot allocate memory|memoryerror|not enough memory|kv cache memory|less than desired",
        "not enough memory for the model and its KV cache; lower max_model_len, set gpu_memory_utilization (GPU) or "
        "engine.kv_cache_memory_bytes, or take a smaller model",
    ),
    ("failed to infer device type|no cuda gpus|found no nvidia|cuda driver", "no GPU that vLLM can use"),
    ("greater than the derived max_model_len", "max_model_len is more than the model was made for"),
    ("address already in use", "somebody else took the port"),
    ("repo id must be|is not a local folder|repository not found|can't load the configuration", "no such model"),
    (
        "offline mode|couldn't connect|connection error|localentrynotfound",
        "the model is not here, and the hub not in reach",
    ),
    ("model architectures .* are not supported|no supported config format", "a model that this vLLM does not know"),
)
"""What vLLM's words look like -> what they mean."""

_VLLM_PREFIX = re.compile(r"^(\(\S+ pid=\d+\) )?(ERROR|CRITICAL|INFO|WARNING) [\d-]+ [\d:]+ \[[^\]]+\] ?")
_PYDANTIC = re.compile(r"^\d+ validation errors? for \w+ (Value error, )?")
_ERROR = re.compile(r"^[\w.]*(Error|Exception|Interrupt)\b:? ?\S*")


def explained(words: str) -> str:
    """Advice and vLLM's words, in one line."""
    words = _PYDANTIC.sub("", " ".join(words.split()))
    advice = next((told for pattern, told in ADVICE if re.search(pattern, words, re.I)), "")
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
    return f"{advice}: {shown}" if advice else shown


def cause(log: Sequence[str]) -> str:
    """The line of a server's log that names what ended it: the end of the first traceback, else the last line.

    A server that cannot start prints its engine's traceback first; later ones only say that the engine failed.
    """
    lines = [_VLLM_PREFIX.sub("", line).strip() for line in log]
    errors = [line for line in lines if _ERROR.match(line)]
    told = [line for line in errors if "core initialization failed" not in line and "core proc" not in line]
    return next(iter(told or errors), next((line for line in reversed(lines) if line), ""))
