"""A packed model written as a sentence-transformers folder, its vocabulary cut to Chinese and English.

The folder can be loaded by plain `sentence_transformers.SentenceTransformer(folder)`; nothing in it is our own but
the manifest beside its files. Weights are float32: 4-bit weights times their scale do not fit into 16 bits exactly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers import models as tokenizer_models

from rag.models.packed import PackedModel, Pieces
from rag.models.vocabulary import needed_pieces
from rag.progress import Progress, silent

FORMAT = 1
"""Raised whenever the folder would come out different: it is part of the folder's name."""

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
LABEL = "preparing the language model"

# U+FF5E is a piece of its own, though NFKC would make it "~"; a noncharacter, which no text holds, carries it across.
_WAVE, _WAVE_CARRIER = "～", "\ufdd0"
_DROPPED = "[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
_SPACES = "[\t\n\u000c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def convert(packed: PackedModel, folder: Path, progress: Progress = silent) -> None:
    """Write `packed` into the existing, empty `folder` as a sentence-transformers model.

    Raises:
        OSError: the folder cannot be written (a full disk, say); what was written stays for the caller to remove.
    """
    from safetensors.numpy import save

    special = frozenset({packed.pieces.bos, packed.pieces.eos, packed.pieces.pad, packed.pieces.unknown})
    special |= {packed.pieces.texts.index("<mask>")}
    kept = needed_pieces(packed.pieces.texts, special)
    progress(LABEL, 1, 4)
    tokenizer = build_tokenizer(packed.pieces, kept)
    # Not tokenizer.save, which tells of a full disk by a bare Exception.
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    progress(LABEL, 2, 4)
    for name, content in _configurations(packed, tokenizer).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    tensors = bert_tensors(packed, kept)
    progress(LABEL, 3, 4)
    (folder / "model.safetensors").write_bytes(save(tensors, metadata={"format": "pt"}))
    progress(LABEL, 4, 4)


def build_tokenizer(pieces: Pieces, kept: NDArray[np.intp]) -> Tokenizer:
    """The Unigram tokenizer over the `kept` pieces, numbered anew in their old order.

    Normalises as the original does: NFKC but for U+FF5E, control characters dropped, every kind of white space and
    zero-width characters made spaces, runs of spaces collapsed.
    """
    texts = [pieces.texts[index] for index in kept]
    vocabulary = list(zip(texts, pieces.scores[kept].tolist(), strict=True))
    unknown = pieces.texts[pieces.unknown]
    tokenizer = Tokenizer(tokenizer_models.Unigram(vocabulary, texts.index(unknown), False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.Replace(_WAVE, _WAVE_CARRIER),
            normalizers.NFKC(),
            normalizers.Replace(_WAVE_CARRIER, _WAVE),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    first, last = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, texts.index(first)), (last, texts.index(last))],
    )
    special = [first, pieces.texts[pieces.pad], last, unknown]
    tokenizer.add_special_tokens([AddedToken(text, normalized=False) for text in special])
    tokenizer.add_special_tokens([AddedToken("<mask>", normalized=False, lstrip=True)])
    return tokenizer


def _configurations(packed: PackedModel, tokenizer: Tokenizer) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    shape = packed.shape
    texts = packed.pieces.texts
    first, last, pad, unknown = (
        texts[index] for index in (packed.pieces.bos, packed.pieces.eos, packed.pieces.pad, packed.pieces.unknown)
    )
    modules = ["base.modules.transformer.Transformer", "sentence_transformer.modules.pooling.Pooling"]
    modules.append("base.modules.normalize.Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": tokenizer.get_vocab_size(),
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": tokenizer.token_to_id(pad),
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": first,
            "cls_token": first,
            "eos_token": last,
            "sep_token": last,
            "pad_token": pad,
            "unk_token": unknown,
            "mask_token": "<mask>",
            "clean_up_tokenization_spaces": False,
            # Also in tokenizer.json; found here, transformers does not parse that large file a second time.
            "added_tokens_decoder": {
                str(number): {
                    "content": token.content,
                    "lstrip": token.lstrip,
                    "rstrip": token.rstrip,
                    "single_word": token.single_word,
                    "normalized": token.normalized,
                    "special": token.special,
                }
                for number, token in tokenizer.get_added_tokens_decoder().items()
            },
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.{name}"}
            for index, (path, name) in enumerate(zip(["", "1_Pooling", "2_Normalize"], modules, strict=True))
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}},
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {
            "embedding_dimension": shape.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def bert_tensors(packed: PackedModel, kept: NDArray[np.intp]) -> dict[str, NDArray[np.float32]]:
    """The weights of `packed` by the names of a transformers `BertModel`, word embeddings of the `kept` pieces only."""
    hidden, wide = packed.shape.hidden, packed.shape.feed_forward
    tensors = {
        "embeddings.word_embeddings.weight": packed.matrix("emb.word", hidden, kept),
        "embeddings.position_embeddings.weight": packed.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": packed.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": packed.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.vector("emb.ln.b"),
        # The pooler takes no part in mean pooling and is not carried; without any, loading warns of missing weights.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    dense = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(packed.shape.layers):
        for part, name in dense.items():
            inputs = wide if part == "fo" else hidden
            tensors[f"encoder.layer.{layer}.{name}.weight"] = packed.matrix(f"l{layer}.{part}.w", inputs)
            tensors[f"encoder.layer.{layer}.{name}.bias"] = packed.vector(f"l{layer}.{part}.b")
        for part, name in norms.items():
            tensors[f"encoder.layer.{layer}.{name}.weight"] = packed.vector(f"l{layer}.{part}.w")
            tensors[f"encoder.layer.{layer}.{name}.bias"] = packed.vector(f"l{layer}.{part}.b")
    return tensors
