"""The reader's network: the embedder's encoder with a span head and a no-answer score.

Start and end of the answer are chosen over all tokens of the context and the first token `<s>`, which stands for "no
answer" (Devlin et al. 2019, https://arxiv.org/abs/1810.04805, section 4.3). A second score, whether the context answers
at all, is read from `<s>` alone (as in ELECTRA, https://arxiv.org/abs/2003.10555, and Retrospective Reader,
https://arxiv.org/abs/2001.09694).
"""

from __future__ import annotations

from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from rag.models.conversion import bert_tensors, build_tokenizer
from rag.models.packed import PackedModel
from training.vocabulary import reader_pieces

# SDPA with a padding mask is slower here in bfloat16.
_ATTENTION: dict[str, Any] = {"attn_implementation": "eager"}


class SpanReader(nn.Module):
    """Scores every token as the start and as the end of the answer, and the context as answering or not."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.span = nn.Linear(config.hidden_size, 2)
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.answerable = nn.Linear(config.hidden_size, 1)

    @classmethod
    def from_embedder(cls, packed: PackedModel) -> tuple[SpanReader, Tokenizer]:
        """A reader with the embedder's encoder and untrained heads, and its tokenizer."""
        kept = reader_pieces(packed.pieces)
        tokenizer = build_tokenizer(packed.pieces, kept)
        model = cls(
            configuration(
                tokenizer.get_vocab_size(),
                layers=packed.shape.layers,
                hidden=packed.shape.hidden,
                heads=packed.shape.heads,
                wide=packed.shape.feed_forward,
                epsilon=packed.shape.epsilon,
            )
        )
        tensors = {name: torch.tensor(array) for name, array in bert_tensors(packed, kept).items()}
        encoder = {name: tensor for name, tensor in tensors.items() if not name.startswith("pooler.")}
        model.encoder.load_state_dict(encoder, strict=True)
        return model, tokenizer

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of starts (batch, length), of ends (batch, length), and of answering at all (batch)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        start, end = self.span(hidden).unbind(-1)
        return start, end, self.answerable(torch.tanh(self.dense(hidden[:, 0]))).squeeze(-1)


def configuration(words: int, *, layers: int, hidden: int, heads: int, wide: int, epsilon: float) -> BertConfig:
    """The encoder's shape. Without dropout: drawing the masks costs more than the matrices on a CPU."""
    return BertConfig(
        vocab_size=words,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=wide,
        max_position_embeddings=512,
        layer_norm_eps=epsilon,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        **_ATTENTION,
    )
