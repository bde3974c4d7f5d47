"""The LangChain chat model that the settings name."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from pydantic import SecretStr, ValidationError

from rag.errors import SettingsError
from rag.settings import Settings

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

OPENAI: Final = "openai"
_NO_KEY: Final = "none"


def open_chat_model(settings: Settings, http_client: httpx.AsyncClient) -> BaseChatModel:
    """The chat model of ``settings``; nothing is contacted yet.

    ``http_client`` carries its requests where it speaks OpenAI's protocol; other providers bring their own.

    Raises:
        SettingsError: the model, its key or its address cannot work, or a package is missing.
    """
    key = settings.llm_api_key.get_secret_value()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError("llm_api_key holds a character that no key has, a space or a line break, say; copy it anew")
    from langchain.chat_models import init_chat_model

    # The prefix alone does not tell a provider from a model with a tag, such as qwen3:4b.
    from langchain.chat_models.base import _BUILTIN_PROVIDERS as PROVIDERS

    provider, colon, name = settings.llm_model.strip().partition(":")
    if not colon or provider not in PROVIDERS:
        provider, name = OPENAI, settings.llm_model.strip()
        if not settings.llm_base_url:
            raise SettingsError(
                f"llm_model {settings.llm_model!r} needs an address: set JUWEN_LLM_BASE_URL, such as "
                "https://api.deepseek.com/v1, or name a provider, such as openai:gpt-5-mini"
            )
    if not name:
        raise SettingsError(f"llm_model {settings.llm_model!r} names no model; write provider:model")
    options: dict[str, Any] = {"temperature": 0, "max_retries": 0}
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if key:
        options["api_key"] = SecretStr(key)
    if provider == OPENAI:
        options.update(_openai_options(settings, http_client, key))
    elif settings.llm_extra_body:
        raise SettingsError(f"llm_extra_body is only for an OpenAI-compatible API, not for {provider}; clear it")
    else:
        options.update(max_tokens=settings.llm_most_tokens, timeout=settings.llm_seconds)
    try:
        chat: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
        return chat
    except ImportError as error:
        raise missing_package(getattr(error.__cause__, "name", None) or f"langchain-{provider}") from error
    except ValidationError as error:
        # Its text repeats what it was given.
        first = error.errors(include_input=False, include_url=False)[0]["msg"]
        raise SettingsError(f"llm_model {settings.llm_model!r} cannot be opened: {' '.join(first.split())}") from None


def _openai_options(settings: Settings, http_client: httpx.AsyncClient, key: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "http_async_client": http_client,
        "timeout": http_client.timeout,
        # The deadline is for the whole answer.
        "stream_chunk_timeout": None,
        "stream_usage": True,
    }
    extra: dict[str, Any] = json.loads(settings.llm_extra_body or "{}")
    if not settings.llm_base_url:
        if not key and not os.environ.get("OPENAI_API_KEY"):
            raise SettingsError(f"llm_model {settings.llm_model!r} needs a key; set JUWEN_LLM_API_KEY")
        return options | {"max_tokens": settings.llm_most_tokens, "extra_body": extra or None}
    if not key:
        # Else the library would take OPENAI_API_KEY, which is for OpenAI and no other host.
        options["api_key"] = SecretStr(_NO_KEY)
    # Other servers know the older name only, where OpenAI's own newest models know the newer only.
    return options | {"extra_body": {"max_tokens": settings.llm_most_tokens} | extra, "use_responses_api": False}


def missing_package(module: str) -> SettingsError:
    """What to say where ``module``, which a provider needs, is not installed."""
    package = module.partition(".")[0].replace("_", "-")
    return SettingsError(f"llm_model is set, but a package that it needs is missing; pip install {package}")
