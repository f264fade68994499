"""A tiny model made on the spot: random weights, a tokenizer trained on our own prompts, ChatML. 6 s, 1 MB.

    python tests/vllm/tiny.py FOLDER [--head-size 32] [--seed 0]

It writes gibberish, which is all that tests of the way to a model need.
"""

import argparse
import json
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
END = "<|im_end|>"
CONTEXT = 2048


def make(folder: Path, *, head_size: int = 32, seed: int = 0) -> Path:
    """The model in a folder that vLLM and transformers can load; `head_size` 16 kills vLLM's engine on a CPU."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    vocabulary = tokenizer(folder)
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=2 * head_size,
        intermediate_size=4 * head_size,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        bos_token_id=0,
        eos_token_id=2,
        initializer_range=0.3,  # wide enough for replies that differ
        tie_word_embeddings=True,
        dtype="float32",
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def adapter(folder: Path, *, head_size: int = 32, rank: int = 4) -> Path:
    """A LoRA adapter for such a model, strong enough to change its replies."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(1)
    size, weights = 2 * head_size, {}
    for layer in (0, 1):
        for module in ("q_proj", "v_proj"):
            name = f"base_model.model.model.layers.{layer}.self_attn.{module}"
            weights[f"{name}.lora_A.weight"] = torch.randn(rank, size)
            weights[f"{name}.lora_B.weight"] = torch.randn(size, rank)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / "adapter_model.safetensors")
    settings = {"peft_type": "LORA", "r": rank, "lora_alpha": 2 * rank, "target_modules": ["q_proj", "v_proj"]}
    (folder / "adapter_config.json").write_text(json.dumps(settings))
    return folder


def tokenizer(folder: Path) -> int:
    """Write a byte-level BPE with ChatML's tokens; the size of its vocabulary."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", END]
    trainer = trainers.BpeTrainer(
        vocab_size=2000,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([path.read_text() for path in sorted((ROOT / "prompts").rglob("*.toml"))], trainer)
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in ("<think>", "</think>")])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<|endoftext|>",
        "eos_token": END,
        "pad_token": "<|endoftext|>",
        "model_max_length": CONTEXT,
        "chat_template": CHATML,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))
    return int(tokenizer.get_vocab_size())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--head-size", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(make(given.folder, head_size=given.head_size, seed=given.seed))
