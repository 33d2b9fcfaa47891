import random
from datetime import timedelta

import pytest

from chezsoi import trail
from chezsoi.territories.access import Operator, operator
from chezsoi.trail import seals
from chezsoi.trail.models import Entry, Seal

CLERK = operator(Operator.COMMAND_LINE, label="command line (claire)")


def write(count: int) -> list[Entry]:
    return [trail.record(CLERK, f"verb.{number}", detail={"n": number}) for number in range(count)]


class TestSeal:
    def test_gives_no_anchor_for_an_empty_trail(self):
        assert seals.seal() is None

    def test_chains_batches_and_leaves_nothing_waiting(self, monkeypatch):
        monkeypatch.setattr(seals, "BATCH_SIZE", 4)
        write(10)

        anchor = seals.seal()

        assert list(Seal.objects.order_by("number").values_list("number", "count")) == [(1, 4), (2, 4), (3, 2)]
        assert anchor.number == 3
        assert not Entry.objects.filter(batch=None).exists()
        assert seals.verify(anchor) == ()

    def test_seals_again_from_where_it_stopped(self):
        write(2)
        first = seals.seal()
        write(1)
        second = seals.seal()

        assert (first.number, second.number) == (1, 2)
        assert seals.verify(first) == seals.verify(second) == ()


class TestVerify:
    def test_names_the_edited_row(self):
        entries = write(5)
        anchor = seals.seal()
        Entry.objects.filter(pk=entries[2].pk).update(actor_label="somebody else")

        assert seals.verify(anchor) == (seals.Breach(batch=1, entry=entries[2].pk, fact="edited"),)

    @pytest.mark.parametrize("column", [name for name in seals.COVERED if name != "id"])
    def test_covers_every_column(self, column):
        (entry,) = write(1)
        anchor = seals.seal()
        value = getattr(entry, column)
        other = value + timedelta(microseconds=1) if column == "at" else 99 if column.endswith("_id") else f"{value}x"
        Entry.objects.filter(pk=entry.pk).update(**{column: other})

        assert [breach.fact for breach in seals.verify(anchor)] == ["edited"]

    def test_covers_all_columns_but_the_batch(self):
        assert {field.name for field in Entry._meta.fields} - set(seals.COVERED) == {"batch"}

    def test_names_the_deleted_row(self):
        entries = write(3)
        anchor = seals.seal()
        Entry.objects.filter(pk=entries[1].pk).delete()

        assert seals.verify(anchor) == (seals.Breach(batch=1, entry=entries[1].pk, fact="deleted_or_moved"),)

    def test_finds_two_rows_that_changed_places(self):
        first, second = write(2)
        anchor = seals.seal()
        Entry.objects.filter(pk=first.pk).update(verb=second.verb, detail=second.detail, at=second.at)
        Entry.objects.filter(pk=second.pk).update(verb=first.verb, detail=first.detail, at=first.at)

        assert {breach.entry for breach in seals.verify(anchor)} == {first.pk, second.pk}

    def test_finds_a_row_moved_to_another_batch(self):
        (moved,) = write(1)
        seals.seal()
        write(1)
        anchor = seals.seal()
        Entry.objects.filter(pk=moved.pk).update(batch=2)

        assert {breach.fact for breach in seals.verify(anchor)} == {"deleted_or_moved", "added_or_moved"}

    def test_finds_a_row_slipped_into_a_sealed_batch(self):
        write(1)
        anchor = seals.seal()
        (late,) = write(1)
        Entry.objects.filter(pk=late.pk).update(batch=1)

        assert seals.verify(anchor) == (seals.Breach(batch=1, entry=late.pk, fact="added_or_moved"),)

    def test_finds_a_seal_rewritten_to_hide_an_edit(self):
        (entry, *_) = write(2)
        anchor = seals.seal()
        Entry.objects.filter(pk=entry.pk).update(verb="innocent")
        Seal.objects.all().delete()
        Entry.objects.update(batch=None)
        seals.seal()

        assert seals.verify() == ()
        assert [breach.fact for breach in seals.verify(anchor)] == ["anchor_differs"]

    def test_finds_a_seal_changed_in_place(self):
        write(1)
        seals.seal()
        Seal.objects.update(digest="0" * 64)

        assert [breach.fact for breach in seals.verify()] == ["seal_rewritten"]

    def test_finds_the_last_batches_removed(self):
        write(1)
        seals.seal()
        write(1)
        anchor = seals.seal()
        Entry.objects.filter(batch=2).delete()
        Seal.objects.filter(number=2).delete()

        assert [breach.fact for breach in seals.verify(anchor)] == ["anchor_ahead"]

    def test_finds_a_seal_missing_in_the_middle_or_at_the_end(self):
        for _ in range(3):
            write(1)
            seals.seal()
        Seal.objects.filter(number=2).delete()
        assert [breach.fact for breach in seals.verify()] == ["missing_seal"]

        Seal.objects.filter(number=3).delete()
        assert [breach.fact for breach in seals.verify()] == ["missing_seal"]

    @pytest.mark.slow
    def test_finds_every_one_of_a_thousand_random_tamperings(self):
        chance = random.Random(20261123)  # noqa: S311  a drill, not a secret
        entries = write(40)
        anchor = seals.seal()
        for _ in range(1000):
            entry = chance.choice(entries)
            column = chance.choice(["verb", "reason", "detail", "actor_label", "object_id"])
            kept = getattr(entry, column)
            Entry.objects.filter(pk=entry.pk).update(**{column: kept + chr(chance.randrange(0x20, 0x2FF))})
            assert [breach.entry for breach in seals.verify(anchor)] == [entry.pk]
            Entry.objects.filter(pk=entry.pk).update(**{column: kept})


class TestAnchor:
    def test_reads_back_what_it_wrote(self):
        anchor = seals.Anchor(number=3, digest="ab", sealed_at="2026-11-23T00:00:00+00:00")

        assert seals.Anchor.from_json(anchor.to_json()) == anchor

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"number": 1}', "not json"])
    def test_refuses_what_is_no_anchor(self, text):
        with pytest.raises(ValueError, match=r".+"):
            seals.Anchor.from_json(text)
