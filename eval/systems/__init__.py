"""What answers the test questions: 据文 itself, and the simpler systems that it is compared with.

Side by side they are an ablation: each baseline says in its docstring what it leaves out, so the distance between two
lines of the table is what the part between them is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.systems.juwen import RETRIEVED, Juwen

if TYPE_CHECKING:
    from eval.evaluation import System
    from rag.chatbot import Chatbot

__all__ = ["RETRIEVED", "Juwen", "baselines"]


def baselines(chatbot: Chatbot) -> list[System]:
    """The systems that 据文 is compared with, over the same corpus, from the barest to the fullest.

    The plain recipe embeds its chunks here, once. Questions that 据文 was asked before stand in the embedder's cache,
    so the times of the baselines leave the embedding of the question out.

    Raises:
        ModelError: the reader cannot be loaded.
        SplitterMissingError: the plain recipe's splitter is not installed.
    """
    from eval.systems.one_reader import OneReader, model_alone, rules_alone
    from eval.systems.plain_recipe import PlainRecipe, PlainRecipeWithReader
    from eval.systems.search_only import SearchOnly
    from rag.models.span_model import SpanModel

    settings, index = chatbot.settings, chatbot.index
    model = SpanModel.load(settings.reader_dir, settings.threads)
    recipe = PlainRecipe.build(index.articles, index.encoder.as_langchain(), settings.public_url)
    return [
        SearchOnly("keywords only", index, "keywords", settings.public_url),
        SearchOnly("dense only", index, "meaning", settings.public_url),
        SearchOnly("hybrid", index, "both", settings.public_url),
        OneReader("hybrid + rules", index, rules_alone(index), settings),
        OneReader("hybrid + reader", index, model_alone(model), settings),
        recipe,
        PlainRecipeWithReader(recipe, model),
    ]
