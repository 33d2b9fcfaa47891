"""
Is this the same person? A simple scorer that says why.

Weights are stated in a table, not trained; nationality and origin are never an input; a match is a question for a
human and joins nobody. Method, sources and measured quality: docs/methods/linkage.md.
"""

from chezsoi.engines.linkage.blocking import blocking_keys, situation_keys
from chezsoi.engines.linkage.duplicates import RepeatedKey, find_duplicates
from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.index import Index
from chezsoi.engines.linkage.lookup import (
    ANSWERS_FROM,
    Asked,
    Held,
    answer,
    answers_surely,
    asked,
    asked_under,
    filed_under,
    likeness,
    start_asked,
    words_of,
)
from chezsoi.engines.linkage.name_variants import DISTINCT_NAMES, NAME_VARIANTS
from chezsoi.engines.linkage.reasons import Reason, ReasonCode, explain
from chezsoi.engines.linkage.scorer import Scorer
from chezsoi.engines.linkage.scoring import Band, Match, score
from chezsoi.engines.linkage.spelling import normalise_name, skeleton
from chezsoi.engines.linkage.weights import LIKELY_FROM, POSSIBLE_FROM, WEIGHTS

__all__ = [
    "ANSWERS_FROM",
    "DISTINCT_NAMES",
    "LIKELY_FROM",
    "NAME_VARIANTS",
    "POSSIBLE_FROM",
    "WEIGHTS",
    "Asked",
    "Band",
    "Held",
    "Identity",
    "Index",
    "Match",
    "Reason",
    "ReasonCode",
    "RepeatedKey",
    "Scorer",
    "answer",
    "answers_surely",
    "asked",
    "asked_under",
    "blocking_keys",
    "explain",
    "filed_under",
    "find_duplicates",
    "likeness",
    "normalise_name",
    "score",
    "situation_keys",
    "skeleton",
    "start_asked",
    "words_of",
]
