"""Who is proposed which home, why, and why not. It ranks and explains; a commission of people decides."""

from chezsoi.engines.matching.exclusions import Exclusion, exclusions
from chezsoi.engines.matching.fairness import GroupShare, Passage, fairness
from chezsoi.engines.matching.fields import FIELDS_READ, FieldsRead
from chezsoi.engines.matching.grid import Criterion, Grid, GridBreaksHousingFirst, GridNamesItsOwnFacts, Seniority
from chezsoi.engines.matching.homes import Home, HomeKind, UnknownEnergyClass
from chezsoi.engines.matching.households import (
    FACTS,
    LABELS,
    SITUATIONS,
    Facts,
    Household,
    Sharing,
    UnknownSituation,
    facts_of,
)
from chezsoi.engines.matching.housing_first import CONDITIONS, Finding, FindingKind, condition_in, lint
from chezsoi.engines.matching.impact import GroupImpact, HomeImpact, Impact, Move, NoTop, impact
from chezsoi.engines.matching.intervals import ImpossibleCount, Interval
from chezsoi.engines.matching.lottery import (
    CommittedTooLate,
    DrawnTooEarly,
    InstantWithoutTimeZone,
    Lottery,
    PublicRandomness,
    SeedDoesNotOpenCommitment,
    SeedTooShort,
    commit,
    opens,
    ticket,
)
from chezsoi.engines.matching.ranking import HouseholdListedTwice, Place, SettledBy, Standing, order
from chezsoi.engines.matching.reading import UnusableGrid
from chezsoi.engines.matching.reasons import reasons
from chezsoi.engines.matching.rules import EmptyTable, EnergyFloor, IncomeCeilings, Rules, SizeTable, Source, Status
from chezsoi.engines.matching.scoring import Contribution, Score, score
from chezsoi.engines.matching.shortlist import NotExamined, Search, search, shortlist
from chezsoi.engines.matching.shortlisted import Candidate, NobodyToShortlist, Relaxation, Shortlist, WhyNot
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Value, Verdict, Whom

__all__ = [
    "CONDITIONS",
    "FACTS",
    "FIELDS_READ",
    "LABELS",
    "SITUATIONS",
    "Candidate",
    "CommittedTooLate",
    "Contribution",
    "Criterion",
    "DrawnTooEarly",
    "EmptyTable",
    "EnergyFloor",
    "Exclusion",
    "Facts",
    "FieldsRead",
    "Finding",
    "FindingKind",
    "Grid",
    "GridBreaksHousingFirst",
    "GridNamesItsOwnFacts",
    "GroupImpact",
    "GroupShare",
    "Home",
    "HomeImpact",
    "HomeKind",
    "Household",
    "HouseholdListedTwice",
    "Impact",
    "ImpossibleCount",
    "IncomeCeilings",
    "InstantWithoutTimeZone",
    "Interval",
    "Lottery",
    "Move",
    "NoTop",
    "NobodyToShortlist",
    "NotExamined",
    "Passage",
    "Place",
    "PublicRandomness",
    "Reason",
    "Relaxation",
    "RuleCode",
    "Rules",
    "Score",
    "Search",
    "SeedDoesNotOpenCommitment",
    "SeedTooShort",
    "Seniority",
    "SettledBy",
    "Sharing",
    "Shortlist",
    "SizeTable",
    "Source",
    "Standing",
    "Status",
    "UnknownEnergyClass",
    "UnknownSituation",
    "UnusableGrid",
    "Value",
    "Verdict",
    "Whom",
    "WhyNot",
    "commit",
    "condition_in",
    "exclusions",
    "facts_of",
    "fairness",
    "impact",
    "lint",
    "opens",
    "order",
    "reasons",
    "score",
    "search",
    "shortlist",
    "ticket",
]
