"""A request's sampling as vLLM's engine takes it, and the names it would ignore."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ittgen.calls import Request
from ittgen.errors import UsageError
from ittgen.records import Message
from ittgen.teachers.link import body
from ittgen.teachers.local.sampling import spoken, with_own_seed
from ittgen.text import JSON

SCHEMA: JSON = {"type": "object"}
JSON_SCHEMA = {"json": SCHEMA}


def request(sampling: dict[str, Any], *, sample: int = 0, schema: JSON = None) -> Request:
    return Request("m", (Message("user", "Hello"),), sampling, schema, sample)


def test_extra_body_goes_to_the_top_and_what_stands_beside_it_wins() -> None:
    told = spoken(request({"temperature": 1, "extra_body": {"temperature": 2, "min_p": 0.1}}))
    assert told.params == {"temperature": 1, "min_p": 0.1}


def test_every_request_with_a_seed_has_its_own_and_sample_k_has_that_plus_k() -> None:
    first, third = (spoken(request({"seed": 40}, sample=k)).params["seed"] for k in (0, 2))
    other = spoken(replace(request({"seed": 40}), messages=(Message("user", "Goodbye"),))).params["seed"]
    assert third == first + 2 and 0 <= first < 2**31 and other not in (first, third)
    assert spoken(request({"seed": 41})).params["seed"] == (first + 1) % 2**31
    assert spoken(request({}, sample=2)).params == {}


def test_a_server_is_sent_the_seed_that_a_request_has_in_process() -> None:
    asked = request({"temperature": 1, "extra_body": {"seed": 40}}, sample=2)
    sent = json.loads(body(with_own_seed(asked), renamed=False))
    assert sent["seed"] == spoken(asked).params["seed"]
    assert with_own_seed(request({"temperature": 1})) == request({"temperature": 1})


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_the_limit_has_two_names(name: str) -> None:
    assert spoken(request({name: 7})).limit == 7
    assert spoken(request({})).limit is None


@pytest.mark.parametrize(
    ("sampling", "form"),
    [
        ({}, {}),
        ({"response_format": {"type": "text"}}, {}),
        ({"response_format": {"type": "json_object"}}, {"json_object": True}),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": SCHEMA}}},
            {"json": SCHEMA},
        ),
        ({"structured_outputs": {"regex": "a+"}}, {"regex": "a+"}),
        ({"extra_body": {"structured_outputs": {"choice": ["a"]}}}, {"choice": ["a"]}),
    ],
)
def test_the_form_of_an_answer(sampling: dict[str, Any], form: dict[str, Any]) -> None:
    assert spoken(request(sampling)).form == form


def test_the_schema_of_a_request_wins_over_the_recipes_form() -> None:
    asked = request({"response_format": {"type": "json_object"}}, schema=SCHEMA)
    assert spoken(asked).form == {"json": SCHEMA}


@pytest.mark.parametrize(
    ("sampling", "wanted"), [({}, None), ({"logprobs": True}, 0), ({"logprobs": True, "top_logprobs": 3}, 3)]
)
def test_logprobs(sampling: dict[str, Any], wanted: int | None) -> None:
    told = spoken(request(sampling))
    assert told.logprobs == wanted
    assert told.params.get("logprobs") == wanted


def test_the_chat_template_gets_its_own_variables() -> None:
    told = spoken(request({"chat_template_kwargs": {"enable_thinking": False}, "reasoning_effort": "low"}))
    assert told.template == {"enable_thinking": False, "reasoning_effort": "low"}


@pytest.mark.parametrize(
    ("sampling", "said"),
    [
        ({"temprature": 1}, 'vLLM knows no "temprature" (did you mean "temperature"?)'),
        ({"extra_body": {"repetion_penalty": 1}}, '(did you mean "repetition_penalty"?)'),
        ({"guided_json": "{}"}, "say structured_outputs = { json = … }"),
        ({"logprobs": 5}, "logprobs is true or false"),
    ],
)
def test_what_vllm_would_ignore_is_refused(sampling: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        spoken(request(sampling))
    assert said in str(refused.value)
