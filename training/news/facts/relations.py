"""All that can be asked of a news paragraph."""

from __future__ import annotations

from training.news.facts.relations_news import NEWS
from training.news.facts.relations_people import PEOPLE
from training.news.facts.relations_things import THINGS

RELATIONS = {**PEOPLE, **THINGS, **NEWS}
