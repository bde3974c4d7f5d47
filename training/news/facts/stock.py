"""All domains of the word stock."""

from __future__ import annotations

from training.news.facts.stock_country import CRAFT, FARM, FOOD
from training.news.facts.stock_science import ARCHAEOLOGY, MEDICINE, SPACE

DOMAINS = (FARM, CRAFT, FOOD, MEDICINE, ARCHAEOLOGY, SPACE)
