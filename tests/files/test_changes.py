"""Changes are tried on the tables that stand below `files`: organisations, territories, roles, sources."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.files.changes import Consequence, ImportHasConsequences, Recorder, snapshot, undo
from chezsoi.files.models import BatchChange, ColumnMemory, ImportBatch, Source
from chezsoi.territories.models import Organisation, RoleAssignment, Territory, User
from tests.files import makers_of_batches as makers
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

MODELS = (Organisation, Organisation.territories.through, RoleAssignment, User, Source, ColumnMemory, ImportBatch)


def everything() -> dict:
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in MODELS}


def organisation(key: str) -> Organisation:
    return Organisation.objects.create(key=key, name=key, kind="association")


@pytest.fixture
def batch() -> ImportBatch:
    return makers.batch()


class TestUndo:
    def test_removes_what_was_created_and_its_links(self, batch):
        before = everything()
        with transaction.atomic(), Recorder(batch) as recorder:
            home = organisation("abri")
            home.territories.set(Territory.objects.order_by("pk")[:3])
            recorder.created(home)
            recorder.created(
                Source.objects.create(organisation=home, territory_id=home.territories.first().pk, key="a")
            )

        undone = undo(batch)

        assert everything() == before
        assert undone == Counter({"territories.Organisation": 1, "files.Source": 1})
        assert not BatchChange.objects.filter(batch=batch).exists()

    def test_gives_back_every_kind_of_value(self, batch):
        user = User.objects.create(
            email="a@example.org", full_name="Zoé", last_login=datetime(2026, 1, 2, 3, 4, 5, 6, UTC)
        )
        role = RoleAssignment.objects.create(
            user=user, role="siao_officer", organisation=organisation("abri"), starts_on=date(2026, 1, 1)
        )
        other = makers.batch(
            source=batch.source, errors=[{"line": 3, "message": "Zoé"}], unknown_codes=None, counts={"a": [1, None]}
        )
        before = everything()
        with transaction.atomic(), Recorder(batch) as recorder:
            for row, values in (
                (user, {"full_name": "", "last_login": None, "is_active": False}),
                (role, {"ends_on": date(2026, 5, 1), "territory": Territory.objects.first()}),
                (
                    other,
                    {"errors": [], "unknown_codes": ["x"], "counts": {}, "as_of_on": date(2020, 1, 1), "size_bytes": 9},
                ),
            ):
                previous = snapshot(row)
                for name, value in values.items():
                    setattr(row, name, value)
                row.save()
                recorder.updated(row, previous)

        undo(batch)

        assert everything() == before

    def test_walks_back_through_a_row_changed_many_times(self, batch):
        before = everything()
        with transaction.atomic(), Recorder(batch) as recorder:
            created = organisation("abri")
            recorder.created(created)
            recorder.flush()
            for name in ("Abri 1", "Abri 2"):
                previous = snapshot(created)
                created.name = name
                created.save()
                recorder.updated(created, previous)
                recorder.flush()

        undo(batch)

        assert everything() == before

    def test_leaves_alone_what_somebody_deleted_since(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.created(organisation("abri"))
        Organisation.objects.filter(key="abri").delete()

        undo(batch)

        assert not Organisation.objects.filter(key="abri").exists()

    def test_keeps_no_trace_of_an_update_that_changed_nothing(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.updated(batch.source, snapshot(batch.source))

        assert not BatchChange.objects.exists()

    def test_goes_on_counting_after_another_recorder(self, batch):
        for key in ("a", "b"):
            with transaction.atomic(), Recorder(batch) as recorder:
                recorder.created(organisation(key))

        assert list(BatchChange.objects.order_by("pk").values_list("sequence", flat=True)) == [0, 1]

    def test_notes_nothing_of_what_failed(self, batch):
        def fail() -> None:
            with transaction.atomic(), Recorder(batch) as recorder:
                recorder.created(organisation("abri"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

        assert not BatchChange.objects.exists()

    def test_keeps_previous_values_encrypted(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            previous = snapshot(batch.source)
            Source.objects.update(name="autre")
            recorder.updated(batch.source, previous)

        stored = BatchChange.objects.extra(select={"raw": "before"}).values_list("raw", flat=True)[0]
        assert "suivi" not in stored

    @settings(max_examples=30, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(
        steps=st.lists(
            st.tuples(st.sampled_from("cuf"), st.integers(0, 5), st.text("aé\"' \n", max_size=5)), max_size=12
        )
    )
    def test_is_the_inverse_of_any_import(self, batch, steps):
        with transaction.atomic():
            old = [organisation(f"old-{n}") for n in range(2)]
            before = everything()
            known = list(old)
            with Recorder(batch) as recorder:
                for number, (step, choice, text) in enumerate(steps):
                    if step == "c":
                        known.append(organisation(f"new-{number}"))
                        recorder.created(known[-1])
                    elif step == "u":
                        row = known[choice % len(known)]
                        previous = snapshot(row)
                        row.name = text
                        row.save()
                        recorder.updated(row, previous)
                    else:
                        recorder.flush()

            undo(batch)

            assert everything() == before
            transaction.set_rollback(True)


class TestImportHasConsequences:
    def refused(self, batch) -> tuple[Consequence, ...]:
        before = everything()
        with pytest.raises(ImportHasConsequences) as refusal:
            undo(batch)
        assert everything() == before
        return refusal.value.consequences

    def test_when_a_row_refers_to_one_it_created(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.created(organisation("abri"))
            recorder.created(organisation("autre"))
        for key in ("a", "b"):
            makers.source(key, of="abri")

        assert self.refused(batch) == (Consequence(model_label="files.Source", reason="referred", count=2),)

    def test_when_a_row_it_created_was_changed(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.created(organisation("abri"))
        Organisation.objects.filter(key="abri").update(siren="123456789")

        assert self.refused(batch) == (Consequence(model_label="territories.Organisation", reason="changed", count=1),)

    def test_when_a_value_it_wrote_was_changed(self, batch):
        self.rename(batch, batch.source)
        Source.objects.update(name="encore")

        assert self.refused(batch) == (Consequence(model_label="files.Source", reason="changed", count=1),)

    def test_but_not_when_another_value_of_the_row_was(self, batch):
        self.rename(batch, batch.source)
        Source.objects.update(key="autre")

        undo(batch)

        batch.source.refresh_from_db()
        assert (batch.source.name, batch.source.key) == ("suivi", "autre")

    def test_names_all_of_them_at_once(self, batch):
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.created(organisation("abri"))
        makers.source("a", of="abri")
        Organisation.objects.filter(key="abri").update(name="x")

        assert {each.reason for each in self.refused(batch)} == {"changed", "referred"}

    def rename(self, batch, source) -> None:
        with transaction.atomic(), Recorder(batch) as recorder:
            previous = snapshot(source)
            Source.objects.filter(pk=source.pk).update(name="nouveau")
            recorder.updated(source, previous)
