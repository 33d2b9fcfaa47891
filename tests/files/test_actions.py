from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chezsoi.files import actions, queries, storage
from chezsoi.files.changes import ImportHasConsequences, Recorder
from chezsoi.files.choices import BatchState, SourceKind
from chezsoi.files.models import BatchChange, ImportBatch, Source
from chezsoi.files.readers import UnreadableFile, read_table
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Organisation
from chezsoi.trail.models import Entry
from tests.files import makers_of_batches as makers

RIGHT = Can.IMPORT_PEOPLE


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def source() -> Source:
    return makers.source()


@pytest.fixture
def actor(source):
    return makers.officer(source)


@pytest.fixture
def batch(source, actor) -> ImportBatch:
    return actions.open_batch(
        actor=actor, can=RIGHT, source=source, content=makers.sent(), file_name="m.csv", as_of_on=date(2026, 10, 1)
    )


@pytest.fixture
def loaded(batch, actor) -> ImportBatch:
    actions.start_batch(actor=actor, can=RIGHT, batch=batch, total=1)
    with transaction.atomic(), Recorder(batch) as recorder:
        recorder.created(makers.organisation("abri"))
    return actions.close_batch(
        actor=actor,
        can=RIGHT,
        batch=batch,
        counts={"created": 1},
        errors=[{"line": 2, "message": "Zoé"}],
        unknown_codes=["x"],
    )


class TestLongFile:
    @pytest.fixture
    def long(self, source, actor) -> ImportBatch:
        given = {"source": source, "content": makers.sent(), "file_name": "m.csv", "as_of_on": date(2026, 10, 1)}
        return actions.open_batch(actor=actor, can=RIGHT, is_long=True, **given)

    def test_is_previewed_once_it_was_read(self, long, actor):
        actions.keep_preview(actor=actor, can=RIGHT, batch=long, preview={"total": 7})

        assert (long.state, long.preview) == (BatchState.PREVIEWED, {"total": 7})

    def test_is_read_again_without_what_was_kept(self, long, actor):
        actions.keep_preview(actor=actor, can=RIGHT, batch=long, preview={"total": 7})
        actions.read_again(actor=actor, can=RIGHT, batch=long)

        assert (long.state, long.preview) == (BatchState.READING, {})

    def test_cannot_be_loaded_while_it_is_read(self, long, actor):
        with pytest.raises(actions.BatchNotInState):
            actions.start_batch(actor=actor, can=RIGHT, batch=long, total=1)

    def test_that_was_stopped_keeps_no_preview(self, long, actor):
        actions.fail_batch(actor=actor, can=RIGHT, batch=long, sentence="Stopped.")

        with pytest.raises(actions.BatchNotInState):
            actions.keep_preview(actor=actor, can=RIGHT, batch=long, preview={"total": 7})


class TestEnsureSource:
    def test_opens_it_once(self, source, actor):
        given = {
            "actor": actor,
            "can": RIGHT,
            "territory": source.territory,
            "organisation": source.organisation,
            "kind": SourceKind.PEOPLE,
        }

        assert actions.ensure_source(key="suivi", **given) == source
        new = actions.ensure_source(key="maraude", name="Maraude", **given)
        assert actions.ensure_source(key="maraude", **given) == new
        assert new.name == "Maraude"
        assert Entry.objects.filter(verb="files.source.opened").count() == 1

    def test_refuses_another_organisation(self, source, actor):
        with pytest.raises(NotAllowed):
            actions.ensure_source(
                actor=actor,
                can=RIGHT,
                territory=source.territory,
                organisation=makers.organisation("autre"),
                kind=SourceKind.PEOPLE,
                key="a",
            )


class TestOpenBatch:
    def test_keeps_the_file_and_says_who_sent_it(self, batch, actor):
        assert (batch.state, batch.size_bytes, batch.opened_by_id) == (BatchState.PREVIEWED, len(makers.CONTENT), 1)
        with storage.opened(batch.stored_name) as path:
            assert read_table(path).rows[0].cells == ("LEROY", "Metz")
        assert Entry.objects.get(verb="files.import.opened").object_id == str(batch.pk)

    def test_needs_the_right_named(self, source):
        with pytest.raises(NotAllowed):
            actions.open_batch(
                actor=makers.officer(source, Can.IMPORT_HOMES),
                can=RIGHT,
                source=source,
                content=makers.sent(),
                file_name="m.csv",
                as_of_on=date(2026, 10, 1),
            )

    def test_keeps_nothing_of_a_file_too_large(self, source, actor):
        with pytest.raises(UnreadableFile):
            actions.open_batch(
                actor=actor,
                can=RIGHT,
                source=source,
                content=makers.sent(b"a" * 30_000_001),
                file_name="m.csv",
                as_of_on=date(2026, 10, 1),
            )

        assert not ImportBatch.objects.exists()

    def test_keeps_no_copy_of_an_import_that_could_not_be_opened(self, source, actor, settings):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.open_batch(
                actor=actor, can=RIGHT, source=source, content=makers.sent(), file_name="m.csv", as_of_on=None
            )

        assert list(settings.MEDIA_ROOT.iterdir()) == []


class TestLoading:
    def test_starts_once(self, batch, actor):
        actions.start_batch(actor=actor, can=RIGHT, batch=batch, total=5)

        with pytest.raises(actions.BatchNotInState):
            actions.start_batch(actor=actor, can=RIGHT, batch=batch, total=5)

    def test_says_how_far_it_is(self, batch, actor):
        actions.start_batch(actor=actor, can=RIGHT, batch=batch, total=5)
        actions.note_progress(actor=actor, can=RIGHT, batch=batch, done=3)

        seen = queries.get_batch(batch.reference, actor=actor)
        assert (seen.done, seen.total, seen.state) == (3, 5, BatchState.LOADING)

    def test_ends_with_what_it_counted(self, loaded, actor):
        seen = queries.last_loaded(loaded.source, actor=actor)

        assert seen == loaded
        assert (seen.counts, seen.errors, seen.unknown_codes) == (
            {"created": 1},
            [{"line": 2, "message": "Zoé"}],
            ["x"],
        )
        assert seen.done == seen.total == 1
        assert queries.same_file_loaded(loaded.source, sha256=loaded.sha256, actor=actor) == loaded
        assert queries.newest_as_of(loaded.source, actor=actor) == date(2026, 10, 1)

    def test_that_fails_puts_back_what_it_had_begun(self, batch, actor):
        actions.start_batch(actor=actor, can=RIGHT, batch=batch, total=1)
        with transaction.atomic(), Recorder(batch) as recorder:
            recorder.created(makers.organisation("abri"))

        failed = actions.fail_batch(actor=actor, can=RIGHT, batch=batch, sentence="Le courant a manqué.")

        assert (failed.state, failed.failure, failed.stored_name) == (BatchState.FAILED, "Le courant a manqué.", "")
        assert not Organisation.objects.filter(key="abri").exists()
        with pytest.raises(actions.BatchNotInState):
            actions.fail_batch(actor=actor, can=RIGHT, batch=batch, sentence="")


class TestUndoBatch:
    def test_puts_everything_back_and_forgets_the_copy(self, loaded, actor):
        undone = actions.undo_batch(actor=actor, can=RIGHT, batch=loaded)

        assert (undone.state, undone.stored_name) == (BatchState.UNDONE, "")
        assert not Organisation.objects.filter(key="abri").exists()
        assert Entry.objects.filter(verb="files.import.undone").count() == 1
        assert queries.last_loaded(loaded.source, actor=actor) is None

    def test_happens_once(self, loaded, actor):
        actions.undo_batch(actor=actor, can=RIGHT, batch=loaded)

        with pytest.raises(actions.BatchNotInState):
            actions.undo_batch(actor=actor, can=RIGHT, batch=loaded)

    def test_changes_nothing_when_refused(self, loaded, actor):
        Organisation.objects.filter(key="abri").update(name="Abri")

        with pytest.raises(ImportHasConsequences):
            actions.undo_batch(actor=actor, can=RIGHT, batch=loaded)

        loaded.refresh_from_db()
        assert (loaded.state, bool(loaded.stored_name)) == (BatchState.LOADED, True)
        assert Organisation.objects.filter(key="abri").exists()

    def test_is_refused_outside_the_organisation(self, loaded):
        stranger = makers.officer(makers.source(of="autre"))

        with pytest.raises(NotAllowed):
            actions.undo_batch(actor=stranger, can=RIGHT, batch=loaded)


class TestRememberColumns:
    def test_keeps_the_last_word_for_each_header(self, source, actor):
        actions.remember_columns(
            actor=actor, can=RIGHT, source=source, columns={"N° Dossier": "number", "note": "note", "": "x"}
        )
        actions.remember_columns(actor=actor, can=RIGHT, source=source, columns={"note": ""})

        assert queries.remembered_columns(source, actor=actor) == {"numero dossier": "number", "note": ""}

    def test_are_not_shown_to_another_organisation(self, source, actor):
        actions.remember_columns(actor=actor, can=RIGHT, source=source, columns={"nom": "name"})

        assert queries.remembered_columns(source, actor=makers.officer(makers.source(of="autre"))) == {}


class TestForgetPastBatches:
    def test_removes_copies_errors_and_previous_values_after_the_window(self, loaded, actor):
        soon, late = loaded.opened_at + timedelta(days=29), loaded.opened_at + timedelta(days=31)

        assert actions.forget_past_batches(actor=actor, can=RIGHT, now=soon) == 0
        assert actions.forget_past_batches(actor=actor, can=RIGHT, now=late) == 1

        loaded.refresh_from_db()
        assert (loaded.stored_name, loaded.errors, loaded.counts) == ("", [], {"created": 1})
        assert not BatchChange.objects.exists()
        with pytest.raises(actions.BatchNotInState):
            actions.undo_batch(actor=actor, can=RIGHT, batch=loaded)

    def test_erases_the_line_itself_two_years_after(self, loaded, actor):
        day = loaded.opened_at.date()
        late = day.replace(year=day.year + 2, day=min(day.day, 28)) + timedelta(days=5)

        assert actions.drop_old_batches(actor=actor, can=RIGHT, on=late) == 0
        actions.forget_past_batches(actor=actor, can=RIGHT, now=loaded.opened_at + timedelta(days=31))
        assert actions.drop_old_batches(actor=actor, can=RIGHT, on=day + timedelta(days=40)) == 0
        assert actions.drop_old_batches(actor=actor, can=RIGHT, on=late) == 1

        assert not ImportBatch.objects.exists()
        assert Entry.objects.filter(verb="files.import.erased").count() == 1


class TestWhoSees:
    def test_the_own_organisation_alone(self, loaded, actor):
        stranger = makers.officer(makers.source(of="autre"))

        assert list(queries.batches(actor=actor)) == [loaded]
        assert list(queries.batches(actor=stranger)) == []
        assert [each.key for each in queries.sources(actor=actor, kind=SourceKind.PEOPLE)] == ["suivi"]
        assert not queries.sources(actor=actor, kind=SourceKind.HOMES).exists()
        with pytest.raises(ImportBatch.DoesNotExist):
            queries.get_batch(loaded.reference, actor=stranger)

    def test_a_program_in_its_territories(self, loaded):
        from chezsoi.territories.access import Operator, operator

        here = operator(Operator.COMMAND_LINE, label="root", territory_ids=frozenset({loaded.territory_id}))
        elsewhere = operator(Operator.COMMAND_LINE, label="root", territory_ids=frozenset({0}))

        assert list(queries.batches(actor=here)) == [loaded]
        assert list(queries.batches(actor=elsewhere)) == []
        assert loaded.is_open_to(here)


class TestNames:
    def test_of_rows_hold_nothing_personal(self, loaded):
        change = BatchChange.objects.get()

        assert str(change) == f"created territories.Organisation {change.object_id}"
        assert str(loaded) == f"import {loaded.reference}"
        assert str(loaded.source) == "suivi"
