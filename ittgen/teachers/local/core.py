"""vLLM's synchronous engine as our thread sees it: chat template, sampling, step, answer.

The one module that imports vLLM and torch, when a model is started. What it uses has been the same since release 0.30:
`LLM.llm_engine` (`add_request`, `step`, `abort_request`), `SamplingParams`, and the renderer that makes the server's
prompts too, so that a request has the same tokens in process and over HTTP.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ittgen.calls import Request
from ittgen.errors import RefusedError
from ittgen.teachers.failures import THIS_REQUEST_WORDS
from ittgen.teachers.local import output
from ittgen.teachers.local.engine import Answer
from ittgen.teachers.local.sampling import Spoken, spoken
from ittgen.teachers.local.trouble import LONGER

LORA = 1
"""vLLM numbers adapters; we have one at most."""


@dataclass(frozen=True, slots=True)
class _Under:
    """A request under way."""

    since: float
    spoken: Spoken


class VLLMCore:
    """The engine of one model, in this process."""

    def __init__(
        self, arguments: Mapping[str, Any], *, called: str, template: str, adapter: str, thoughts: str
    ) -> None:
        """arguments: of vLLM's `LLM`, which takes all engine options. called: what answers name the model.

        template: a chat template in the place of the model's own. adapter: the folder of a LoRA. thoughts: the name of
        the parser that tells what was thought from what was said. Each may be empty. Raises whatever vLLM raises.
        """
        from vllm import LLM

        self._engine = LLM(**arguments).llm_engine
        config = self._engine.model_config
        self._called = called
        self._context: int = config.max_model_len
        self._defaults: dict[str, Any] = config.get_diff_sampling_param()
        self._template = template or None
        self._adapter = _adapter(adapter)
        self._thoughts = _thoughts(thoughts, self._engine.get_tokenizer())
        self._fingerprint = _fingerprint(self._engine.vllm_config)
        self._under: dict[str, _Under] = {}

    def add(self, name: str, request: Request) -> None:
        """Raises RefusedError, and UsageError for sampling that vLLM does not know."""
        from vllm.exceptions import VLLMClientError

        since, told = time.perf_counter(), spoken(request)
        try:
            prompt = self._prompt(request, told)
            params = self._params(told, len(prompt["prompt_token_ids"]))
            self._engine.add_request(name, prompt, params, lora_request=self._adapter)
        except (VLLMClientError, ValueError, TypeError, NotImplementedError) as error:
            words = " ".join(str(error).split()).partition(" (parameter=")[0]
            if any(telling in words.lower() for telling in THIS_REQUEST_WORDS):
                raise RefusedError(f"{words} {LONGER}", too_long=True) from None
            raise RefusedError(words) from None
        self._under[name] = _Under(since, told)

    def step(self) -> Iterator[tuple[str, Answer]]:
        for made in self._engine.step():
            if made.finished and (under := self._under.pop(made.request_id, None)):
                yield made.request_id, self._answer(made, under)

    def abort(self, names: Sequence[str]) -> None:
        for name in names:
            self._under.pop(name, None)
        self._engine.abort_request(list(names))

    def close(self) -> None:
        self._engine.engine_core.shutdown()
        self._engine.renderer.shutdown()

    def _prompt(self, request: Request, told: Spoken) -> Any:
        """The messages as tokens, by the chat template."""
        from vllm.renderers import ChatParams

        variables = {"add_generation_prompt": True, "continue_final_message": False, **told.template}
        messages: Any = [message.to_json() for message in request.messages]
        chat = ChatParams(chat_template=self._template, chat_template_kwargs=variables)
        _, (prompt,) = self._engine.renderer.render_chat([messages], chat)
        return prompt

    def _params(self, told: Spoken, length: int) -> Any:
        """Raises RefusedError where the context has no room for an answer; one that is short cuts the answer."""
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams

        room = self._context - length
        if room < 1:
            raise RefusedError(_too_long(length, self._context), too_long=True)
        defaults = {name: value for name, value in self._defaults.items() if name != "max_tokens"}
        return SamplingParams(
            **{**defaults, **told.params},
            max_tokens=min(room, told.limit or self._defaults.get("max_tokens") or room),
            output_kind=RequestOutputKind.FINAL_ONLY,
            structured_outputs=StructuredOutputsParams(**told.form) if told.form else None,
        )

    def _answer(self, made: Any, under: _Under) -> Answer:
        if made.outputs[0].finish_reason == "error":  # a grammar that could not go on, say; the others do
            return RefusedError("vLLM gave this request up, for an error of its own; its log may say why")
        return output.response(
            made,
            model=self._called,
            latency=time.perf_counter() - under.since,
            fingerprint=self._fingerprint,
            logprobs=under.spoken.logprobs,
            apart=self._thoughts,
        )


def _too_long(prompt: int, context: int) -> str:
    return f"The prompt has {prompt:,} tokens, and the model's context length is {context:,}. {LONGER}"


def _adapter(path: str) -> Any:
    from vllm.lora.request import LoRARequest

    return LoRARequest("adapter", LORA, path) if path else None


def _thoughts(parser: str, tokenizer: Any) -> output.Thoughts:
    """How vLLM's parser of this name takes a text apart."""
    if not parser:
        return output.no_thoughts
    from vllm.entrypoints.openai.chat_completion.protocol import ChatCompletionRequest
    from vllm.reasoning import ReasoningParserManager

    known = ReasoningParserManager.get_reasoning_parser(parser)(tokenizer)
    request = ChatCompletionRequest(messages=[])

    def apart(text: str) -> tuple[str, str, int]:
        thought, said = known.extract_reasoning(text, request)
        return thought or "", said or "", len(tokenizer.encode(thought, add_special_tokens=False)) if thought else 0

    return apart


def _fingerprint(config: Any) -> str:
    """What vLLM's server calls its build."""
    from vllm.entrypoints.serve.utils.fingerprint import get_system_fingerprint

    return get_system_fingerprint(config) or ""
