"""All domains of the word stock."""

from __future__ import annotations

from training.news.facts.stock_city import LIBRARY, SCHOOL, SPORT, THEATRE, TRANSPORT
from training.news.facts.stock_country import CRAFT, FARM, FOOD
from training.news.facts.stock_nature import HOME, RESCUE, SEA, ZOO
from training.news.facts.stock_science import ARCHAEOLOGY, MEDICINE, SPACE

DOMAINS = (
    FARM,
    CRAFT,
    FOOD,
    MEDICINE,
    ARCHAEOLOGY,
    SPACE,
    SCHOOL,
    SPORT,
    LIBRARY,
    THEATRE,
    TRANSPORT,
    ZOO,
    SEA,
    RESCUE,
    HOME,
)
