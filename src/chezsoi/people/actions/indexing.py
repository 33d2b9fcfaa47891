"""Keep what the search looks up equal to what is known of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from chezsoi import trail
from chezsoi.engines import linkage
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.pen import Pen
from chezsoi.people.models import Person, SearchKey, SearchPosting, SearchWord
from chezsoi.people.models.search import words_of
from chezsoi.territories.access import Can, authorize

AT_ONCE = 1_000

_Word = tuple[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuilding found to do."""

    persons: int
    added: int
    removed: int
    words_forgotten: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """Files people under the words that find them; `known` spares a long work from asking twice for a word."""

    pen: Pen
    known: dict[str, int] = field(default_factory=dict)

    def add(self, people: Iterable[Person]) -> int:
        """File people, read with their names, under what is known of them; a former name still finds."""
        wanted = _wanted(people)
        held = self._held(wanted)
        ids = self._word_ids({word for words in wanted.values() for word, _given in words})
        new = [
            SearchPosting(person_id=person, word_id=ids[word], is_given=given)
            for person, words in wanted.items()
            for word, given in sorted(words)
            if (ids[word], given) not in held.get(person, {})
        ]
        self.pen.create_all(SearchPosting, new)
        return len(new)

    def drop_what_no_longer_holds(self, people: Iterable[Person]) -> int:
        """Take from people, read with their names, the words that nothing on file gives them any more."""
        wanted = _wanted(people)
        ids = self._word_ids({word for words in wanted.values() for word, _given in words})
        stale = [
            posting
            for person, postings in self._held(wanted).items()
            for key, posting in postings.items()
            if key not in {(ids[word], given) for word, given in wanted[person]}
        ]
        SearchPosting.objects.filter(pk__in=stale).delete()
        return len(stale)

    def _held(self, person_ids: Iterable[int]) -> dict[int, dict[tuple[int, bool], int]]:
        held: dict[int, dict[tuple[int, bool], int]] = {}
        rows = SearchPosting.objects.filter(person_id__in=list(person_ids))
        for pk, person, word, given in rows.values_list("pk", "person_id", "word_id", "is_given"):
            held.setdefault(person, {})[word, given] = pk
        return held

    def _word_ids(self, words: set[str]) -> dict[str, int]:
        unread = sorted(words - self.known.keys())
        for first in range(0, len(unread), AT_ONCE):
            self.known.update(_filed(unread[first : first + AT_ONCE]))
        return self.known


@transaction.atomic
def file_many(*, actor: Actor, person_ids: Iterable[int], index: SearchIndex | None = None) -> Rebuilt:
    """File some people again under the words that find them, neither more nor less."""
    authorize(actor, Can.REGISTER_PEOPLE)
    people = queries.with_names(person_ids, actor=actor)
    filing = index or SearchIndex(pen=Pen(actor=actor))
    removed = filing.drop_what_no_longer_holds(people)
    return Rebuilt(persons=len(people), added=filing.add(people), removed=removed, words_forgotten=0)


def rebuild_search(*, actor: Actor) -> Rebuilt:
    """Make what the search looks up equal to what is on file, a thousand people a transaction."""
    authorize(actor, Can.REGISTER_PEOPLE)
    index = SearchIndex(pen=Pen(actor=actor))
    persons = added = removed = last = 0
    while ids := list(Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        done = file_many(actor=actor, person_ids=ids, index=index)
        persons, added, removed, last = persons + done.persons, added + done.added, removed + done.removed, ids[-1]
    forgotten = forget_unborne_words(actor=actor)
    trail.record(actor, "people.search.rebuilt", detail={"persons": persons, "added": added, "removed": removed})
    return Rebuilt(persons=persons, added=added, removed=removed, words_forgotten=forgotten)


@transaction.atomic
def forget_unborne_words(*, actor: Actor, among: Iterable[int] | None = None) -> int:
    """Erase the words that nobody bears any more, with their keys; `among` are those that erased people bore."""
    authorize(actor, Can.PURGE_FILES)
    rows = SearchWord.objects.filter(postings=None)
    unborne = list((rows if among is None else rows.filter(pk__in=list(among))).values_list("pk", flat=True))
    for first in range(0, len(unborne), AT_ONCE):
        SearchWord.objects.filter(pk__in=unborne[first : first + AT_ONCE], postings=None).delete()
    return len(unborne)


def _wanted(people: Iterable[Person]) -> dict[int, set[_Word]]:
    return {person.pk: set(words_of(person)) for person in people}


def _filed(words: list[str]) -> dict[str, int]:
    """Give the numbers of some words, filing those not yet known."""
    found = dict(SearchWord.objects.filter(word__in=words).values_list("word", "pk"))
    new = [word for word in words if word not in found]
    if new:
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in new], ignore_conflicts=True)
        added = dict(SearchWord.objects.filter(word__in=new).values_list("word", "pk"))
        keys = [SearchKey(word_id=pk, key=key) for word, pk in added.items() for key in sorted(_keys(word))]
        SearchKey.objects.bulk_create(keys, ignore_conflicts=True)
        found |= added
    return found


def _keys(word: str) -> frozenset[str]:
    return linkage.filed_under(word) if word[0].isalpha() else frozenset()
