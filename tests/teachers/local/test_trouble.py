"""Why vLLM would not start: the words of its releases, and what a person is told."""

import pytest

from ittgen.teachers.local.trouble import cause, explained

LOG = """
(APIServer pid=7) INFO 11-26 22:53:40 [api_utils.py:286] non-default args: {'model': 'x'}
(EngineCore pid=9) ERROR 11-26 22:53:44 [core.py:13] EngineCore failed to start.
(EngineCore pid=9) ERROR 11-26 22:53:44 [core.py:13] Traceback (most recent call last):
(EngineCore pid=9) ERROR 11-26 22:53:44 [core.py:13]   File "core.py", line 3, in run
(EngineCore pid=9) ERROR 11-26 22:53:44 [core.py:13] ValueError: for one request, 3 GiB KV cache is needed
Traceback (most recent call last):
  File "api_server.py", line 1, in main
RuntimeError: Engine core initialization failed. See root cause above.
""".splitlines()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("No available memory for the cache blocks. Try increasing `gpu_memory_utilization`", "not enough memory"),
        ("Free memory on device (3/80 GiB) on startup is less than desired", "not enough memory"),
        ("CUDA out of memory. Tried to allocate 2.00 GiB", "not enough memory"),
        ("Failed to infer device type", "no GPU that vLLM can use"),
        ("User-specified max_model_len (9999) is greater than the derived max_model_len", "max_model_len is more than"),
        ("[Errno 98] error while attempting to bind: address already in use", "took the port"),
        ("Repo id must be in the form 'repo_name'", "no such model"),
    ],
)
def test_known_words_come_with_what_to_do(words: str, told: str) -> None:
    assert told in explained(words) and words[:20] in explained(words)


def test_unknown_words_are_told_as_they_are_in_one_line_and_not_at_length() -> None:
    assert explained("something\n  odd") == "something odd"
    assert len(explained("x" * 10_000)) < 500


def test_the_cause_in_a_log_is_the_engines_own_error() -> None:
    assert cause(LOG) == "ValueError: for one request, 3 GiB KV cache is needed"
    assert cause(["all is well", "", "bye"]) == "bye"
    assert cause([]) == ""
