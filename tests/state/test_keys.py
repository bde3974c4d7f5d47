"""Keys of the API: shown once, stored as digests, and worthless the moment they are revoked."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from rag.state.database import Database
from rag.state.keys import ApiKeyError, ApiKeys


def test_a_key_is_found_until_it_is_revoked(database: Database) -> None:
    keys = ApiKeys(database)
    first, second = keys.add("图书馆"), keys.add("shop 2")
    assert re.fullmatch(r"jw-[\w-]{43}", first)
    assert (keys.name_of(first), keys.name_of(second)) == ("图书馆", "shop 2")
    keys.revoke("图书馆")
    assert (keys.name_of(first), keys.name_of(second)) == (None, "shop 2")
    assert [(record.name, record.revoked is None) for record in keys.records()] == [("图书馆", False), ("shop 2", True)]


def test_a_revoked_key_is_worthless_to_every_process_at_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'juwen.db'}"
    with Database.open(address) as here, Database.open(address) as there:
        key = ApiKeys(here).add("shop")
        assert ApiKeys(there).name_of(key) == "shop"
        ApiKeys(here).revoke("shop")
        assert ApiKeys(there).name_of(key) is None


def test_the_database_never_holds_a_key(tmp_path: Path) -> None:
    with Database.open(f"sqlite:///{tmp_path / 'juwen.db'}") as database:
        key = ApiKeys(database).add("shop")
    with sqlite3.connect(tmp_path / "juwen.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert "shop" in dump
    assert key not in dump
    assert key.removeprefix("jw-") not in dump


@pytest.mark.parametrize(
    "guess", ["", "jw-", "jw-" + "A" * 43, "jw-" + "A" * 100_000, "shop", "jw-密", "jw-\0", "' OR 1=1"]
)
def test_a_guess_is_no_key(database: Database, guess: str) -> None:
    keys = ApiKeys(database)
    keys.add("shop")
    assert keys.name_of(guess) is None


@pytest.mark.parametrize("name", ["", " ", "-x", "a\nb", "a" * 65, "a/b", "\udcff"])
def test_what_is_no_name_is_refused_in_one_line(database: Database, name: str) -> None:
    with pytest.raises(ApiKeyError) as caught:
        ApiKeys(database).add(name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert ApiKeys(database).records() == []


def test_a_name_is_used_once_even_after_it_was_revoked(database: Database) -> None:
    keys = ApiKeys(database)
    keys.add("shop")
    with pytest.raises(ApiKeyError, match=r"'shop'.*choose another"):
        keys.add("shop")
    keys.revoke("shop")
    with pytest.raises(ApiKeyError, match=r"'shop'.*choose another"):
        keys.add("shop")
    with pytest.raises(ApiKeyError, match="revoked on"):
        keys.revoke("shop")
    with pytest.raises(ApiKeyError, match="no key named 'shp'"):
        keys.revoke("shp")
