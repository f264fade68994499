"""Trains the tiny teacher: a LLaMA of 0.9 million parameters, from nothing, on the grammar's lessons.

Most of the steps show it only the end of each prompt, which is enough to learn the replies; the last ones show whole
prompts, so that it learns to find the question behind worked examples. What the prompts of a step have in common is
computed once. Knows nothing of where the model is kept.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import torch
from transformers import DynamicCache, GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from ittgen.chance import seeded
from tests.tiny_teacher import tokenizer as bpe
from tests.tiny_teacher.lessons import LESSONS, Lesson

SEED = 1
THREADS = 1
"""Two would wait for each other longer than they work, and on another number of cores the weights would be others."""
CONTEXT = 2048
"""Tokens of prompt and reply together; the longest prompt, `classify`, has about 1,300."""
TEXTS = 60
"""Lessons of each prompt that the tokenizer is made of."""
CYCLE = (
    *("self-instruct/propose", "self-instruct/input-first", "self-instruct/output-first", "distill/answer"),
    *("self-instruct/propose", "self-instruct/input-first", "self-instruct/output-first", "self-instruct/classify"),
    *("self-instruct/propose", "self-instruct/input-first", "distill/answer", "self-instruct/input-first"),
)
"""The prompts of successive steps: the longer and freer its replies, the oftener one comes."""
MATRICES_RATE, OTHERS_RATE = 0.02, 0.008
"""Learning rates of Muon for the matrices, and of AdamW for the embedding and the norms."""
WARM_UP = 20
IGNORED = -100
"""The label of a token that is not learned: all but the reply."""


@dataclass(frozen=True, slots=True)
class Phase:
    """So many steps with so many lessons each, of whose prompts it sees so many characters at the end."""

    steps: int
    lessons: int
    reach: int


PHASES = (Phase(steps=1000, lessons=4, reach=160), Phase(steps=400, lessons=4, reach=1_000_000))


def train(folder: Path, phases: Sequence[Phase] = PHASES) -> None:
    """Write a model folder as `transformers` and vLLM load it; about three minutes, told on stderr.

    The same files whenever it is run with the same versions on the same kind of processor.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    tokenizer = bpe.make(_texts())
    model = LlamaForCausalLM(_config(tokenizer))
    _learn(model, tokenizer, phases)
    model.generation_config = GenerationConfig(eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _texts() -> Iterator[str]:
    for name, lesson in LESSONS.items():
        for number in range(TEXTS):
            drawn = lesson(seeded(SEED, "tokenizer", name, number))
            yield from (message.content for message in drawn.messages)
            yield drawn.reply


def _config(tokenizer: PreTrainedTokenizerFast) -> LlamaConfig:
    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        initializer_range=0.05,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )


def _learn(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, phases: Sequence[Phase]) -> None:
    optimizers = _optimizers(model)
    plan = [phase for phase in phases for _ in range(phase.steps)]
    for step, phase in enumerate(plan):
        pace = min((step + 1) / WARM_UP, 1.0) * (1 - step / len(plan))
        lesson = LESSONS[CYCLE[step % len(CYCLE)]]
        drawn = [lesson(seeded(SEED, "training", step, i)) for i in range(phase.lessons)]
        loss = _loss(model, [_tokens(tokenizer, one, phase.reach) for one in drawn], tokenizer.pad_token_id)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        _advance(optimizers, pace)
        if step % 100 == 99:
            print(f"step {step + 1} of {len(plan)}, loss {loss.item():.3f}", file=sys.stderr, flush=True)


def _optimizers(model: LlamaForCausalLM) -> list[tuple[torch.optim.Optimizer, float]]:
    """Each with its highest learning rate."""
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "embed" not in name]
    others = [p for name, p in model.named_parameters() if p.ndim != 2 or "embed" in name]
    return [
        (torch.optim.Muon(matrices, weight_decay=0.0), MATRICES_RATE),
        (torch.optim.AdamW(others, betas=(0.9, 0.95), weight_decay=0.0), OTHERS_RATE),
    ]


def _advance(optimizers: list[tuple[torch.optim.Optimizer, float]], pace: float) -> None:
    for optimizer, rate in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate * pace
        optimizer.step()
        optimizer.zero_grad()


def _tokens(tokenizer: PreTrainedTokenizerFast, lesson: Lesson, reach: int) -> tuple[list[int], list[int]]:
    """(the end of the prompt, the reply) as token ids."""
    messages = [{"role": message.role, "content": message.content} for message in lesson.messages]
    prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    return tokenizer(prompt[-reach:]).input_ids, [*tokenizer(lesson.reply).input_ids, tokenizer.eos_token_id]


def _loss(model: LlamaForCausalLM, pairs: Sequence[tuple[list[int], list[int]]], pad: int) -> torch.Tensor:
    """Mean loss of the replies' tokens; what all prompts begin with goes through the model once."""
    shared = _beginning([prompt for prompt, _ in pairs])
    rows = [(prompt[len(shared) :], reply) for prompt, reply in pairs]
    width = max(len(prompt) + len(reply) for prompt, reply in rows)
    ids = torch.tensor([_wide([*prompt, *reply], width, pad) for prompt, reply in rows])
    labels = torch.tensor([_wide([*[IGNORED] * len(prompt), *reply], width, IGNORED) for prompt, reply in rows])
    past = _past(model, shared, len(rows)) if shared else None
    return model(input_ids=ids, labels=labels, past_key_values=past).loss


def _beginning(prompts: Sequence[list[int]]) -> list[int]:
    """What all of them begin with; never a whole prompt, whose last token is what the reply begins after."""
    columns = zip(*(prompt[:-1] for prompt in prompts), strict=False)
    return [column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns)]


def _past(model: LlamaForCausalLM, shared: list[int], rows: int) -> DynamicCache:
    past = model(input_ids=torch.tensor([shared]), use_cache=True).past_key_values
    past.batch_repeat_interleave(rows)
    return past


def _wide(row: list[int], width: int, filler: int) -> list[int]:
    return [*row, *[filler] * (width - len(row))]
