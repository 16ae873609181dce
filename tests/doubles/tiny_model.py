"""A vision model of random weights, for a real llama-server: two small GGUF files.

Its words are nonsense, but everything around them is real: the server decodes the picture,
keeps to the schema, and stops or is cut. Needs the package `gguf`, which is not one of ours:

    python tests/doubles/tiny_model.py FOLDER
    llama-server -m FOLDER/tiny-text.gguf --mmproj FOLDER/tiny-mmproj.gguf -c 32768 -np 4
"""

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

SEED = 7
CONTEXT = 32768
WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128
EYE_WIDTH, EYE_HEADS, EYE_INNER, PIXELS, PATCH, SHRINK = 32, 2, 64, 56, 14, 2
TEMPLATE = (
    "{% for message in messages %}[{{ message['role'] }}] {{ message['content'] }}\n{% endfor %}"
    "[assistant] "
)
TEXT_FILE, PICTURE_FILE = "tiny-text.gguf", "tiny-mmproj.gguf"


class Weights:
    """Random tensors written to one file."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer
        self._random = np.random.default_rng(SEED)

    def random(self, name: str, *shape: int, spread: float = 0.05) -> None:
        self.writer.add_tensor(name, self._random.normal(0, spread, shape).astype(np.float32))

    def ones(self, name: str, size: int) -> None:
        self.writer.add_tensor(name, np.ones(size, np.float32))

    def zeros(self, name: str, size: int) -> None:
        self.writer.add_tensor(name, np.zeros(size, np.float32))

    def save(self) -> None:
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()


def write_tiny_model(folder: Path) -> tuple[Path, Path]:
    """Write both files; the paths of the text part and of the picture part."""
    gguf = import_module("gguf")
    _write_text(gguf, folder / TEXT_FILE)
    _write_picture(gguf, folder / PICTURE_FILE)
    return folder / TEXT_FILE, folder / PICTURE_FILE


def _write_text(gguf: Any, path: Path) -> None:
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_file_type(0)
    size = _add_vocabulary(gguf, writer)
    weights = Weights(writer)
    weights.random("token_embd.weight", size, WIDTH)
    weights.ones("output_norm.weight", WIDTH)
    weights.random("output.weight", size, WIDTH, spread=0.3)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        weights.ones(f"{block}.attn_norm.weight", WIDTH)
        weights.ones(f"{block}.ffn_norm.weight", WIDTH)
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights.random(f"{block}.{part}.weight", WIDTH, WIDTH)
        weights.random(f"{block}.ffn_gate.weight", INNER, WIDTH)
        weights.random(f"{block}.ffn_up.weight", INNER, WIDTH)
        weights.random(f"{block}.ffn_down.weight", WIDTH, INNER)
    weights.save()


def _add_vocabulary(gguf: Any, writer: Any) -> int:
    """Every byte and every printable ASCII character is a token; how many there are."""
    kinds = gguf.TokenType
    tokens = [("<unk>", kinds.UNKNOWN), ("<s>", kinds.CONTROL), ("</s>", kinds.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", kinds.BYTE) for byte in range(256)]
    tokens += [(letter, kinds.NORMAL) for letter in ("\u2581", *map(chr, range(33, 127)))]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text.encode() for text, _ in tokens])
    writer.add_token_scores([-float(rank) for rank in range(len(tokens))])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_chat_template(TEMPLATE)
    return len(tokens)


def _write_picture(gguf: Any, path: Path) -> None:
    writer = gguf.GGUFWriter(str(path), "clip")
    _describe_eye(writer)
    weights = Weights(writer)
    weights.random("v.patch_embd.weight", EYE_WIDTH, 3, PATCH, PATCH)
    weights.random("v.patch_embd.bias", EYE_WIDTH)
    weights.random("v.position_embd.weight", (PIXELS // PATCH) ** 2, EYE_WIDTH)
    for norm in ("v.post_ln", "v.blk.0.ln1", "v.blk.0.ln2"):
        weights.ones(f"{norm}.weight", EYE_WIDTH)
        weights.zeros(f"{norm}.bias", EYE_WIDTH)
    for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
        weights.random(f"v.blk.0.{part}.weight", EYE_WIDTH, EYE_WIDTH)
        weights.zeros(f"v.blk.0.{part}.bias", EYE_WIDTH)
    weights.random("v.blk.0.ffn_up.weight", EYE_INNER, EYE_WIDTH)
    weights.zeros("v.blk.0.ffn_up.bias", EYE_INNER)
    weights.random("v.blk.0.ffn_down.weight", EYE_WIDTH, EYE_INNER)
    weights.zeros("v.blk.0.ffn_down.bias", EYE_WIDTH)
    weights.random("mm.input_projection.weight", EYE_WIDTH, WIDTH)
    weights.ones("mm.soft_emb_norm.weight", EYE_WIDTH)
    weights.save()


def _describe_eye(writer: Any) -> None:
    """The keys of the GGUF: 56 x 56 pixels in 16 patches, which become four tokens."""
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_bool("clip.use_gelu", True)
    writer.add_string("clip.projector_type", "gemma3")
    numbers = {
        "image_size": PIXELS,
        "patch_size": PATCH,
        "embedding_length": EYE_WIDTH,
        "feed_forward_length": EYE_INNER,
        "block_count": 1,
        "projection_dim": WIDTH,
        "attention.head_count": EYE_HEADS,
        "projector.scale_factor": SHRINK,
    }
    for key, number in numbers.items():
        writer.add_uint32(f"clip.vision.{key}", number)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-6)
    writer.add_array("clip.vision.image_mean", [0.5, 0.5, 0.5])
    writer.add_array("clip.vision.image_std", [0.5, 0.5, 0.5])
    writer.add_file_type(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write_tiny_model(parser.parse_args().folder)
