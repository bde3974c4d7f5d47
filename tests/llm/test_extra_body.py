"""Fields that a provider wants beyond the protocol: that a model must not think aloud first, say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from rag.errors import SettingsError
from rag.llm.endpoint import Endpoint
from rag.settings import Settings
from tests.llm.asking import ask
from tests.llm.scripted_server import scripted_server
from tests.llm.scripts import says


def test_further_fields_go_with_each_request() -> None:
    with scripted_server(says("好。")) as server:
        settings = server.settings(
            llm_extra_body='{"thinking": {"type": "disabled"}, "top_p": 0.5}', llm_most_tokens=70
        )
        with Endpoint.open(settings) as endpoint:
            ask(endpoint)
    body = server.requests[0].body
    assert (body["thinking"], body["top_p"], body["max_tokens"]) == ({"type": "disabled"}, 0.5, 70)


@pytest.mark.parametrize("value", ["{", "[]", "thinking", "1"])
def test_what_is_no_object_is_named(value: str) -> None:
    with pytest.raises(ValidationError, match="it is no JSON object"):
        Settings(llm_extra_body=value)


def test_a_provider_of_its_own_protocol_does_not_take_them() -> None:
    with pytest.raises(SettingsError, match="llm_extra_body is only for"):
        Endpoint.open(Settings(llm_model="anthropic:some", llm_extra_body='{"a": 1}'))
