from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.support import actions, queries
from chezsoi.support.choices import ChangeOrigin, Intensity, MeasureState
from chezsoi.support.models import IntensityChange, SupportMeasure
from chezsoi.territories.access import NotAllowed
from tests.factories import people, support, territories

TODAY = timezone.localdate()
LAST_MONTH = TODAY - timedelta(days=30)


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def measure(worker):
    return support.measure(people.household(actor=worker), actor=worker, opened_on=LAST_MONTH)


def change(worker, measure, intensity, *, days_ago=0, origin=ChangeOrigin.ASKED):
    return actions.change_intensity(
        actor=worker,
        measure=measure,
        intensity=intensity,
        origin=origin,
        starts_on=TODAY - timedelta(days=days_ago),
        on=TODAY,
    )


def now(measure) -> tuple[str, str]:
    seen = queries.measures(actor=territories.actor("lead_worker", organisation=measure.organisation)).get()
    return seen.intensity_now, seen.state


class TestChangeIntensity:
    def test_keeps_every_change_and_reads_the_last_day(self, worker, measure):
        change(worker, measure, Intensity.STRONG)
        change(worker, measure, Intensity.INTENSIVE, days_ago=20)

        assert now(measure) == (Intensity.STRONG, MeasureState.RUNNING)
        assert SupportMeasure.objects.get().intensity == Intensity.LIGHT
        rows = queries.changes_of(measure.household, actor=worker)
        assert [row.intensity for row in rows] == [Intensity.STRONG, Intensity.INTENSIVE]

    def test_stops_for_now_and_takes_up_again(self, worker, measure):
        change(worker, measure, Intensity.NONE, days_ago=10)
        assert now(measure) == (Intensity.NONE, MeasureState.OFFERED)

        change(worker, measure, Intensity.MEDIUM)
        assert now(measure) == (Intensity.MEDIUM, MeasureState.RUNNING)

    def test_a_proposal_declined_is_kept_and_changes_nothing(self, worker, measure):
        change(worker, measure, Intensity.INTENSIVE, origin=ChangeOrigin.DECLINED)

        assert now(measure) == (Intensity.LIGHT, MeasureState.RUNNING)
        assert IntensityChange.objects.get().origin == ChangeOrigin.DECLINED

    def test_refuses_a_day_before_the_opening_or_to_come_and_what_is_so_already(self, worker, measure):
        with pytest.raises(actions.ChangeBeforeItOpened):
            change(worker, measure, Intensity.STRONG, days_ago=31)
        with pytest.raises(actions.ChangeToCome):
            change(worker, measure, Intensity.STRONG, days_ago=-1)
        with pytest.raises(actions.SameIntensity):
            change(worker, measure, Intensity.LIGHT)

    def test_is_refused_once_it_ended_and_outside_the_circle(self, worker, measure):
        with pytest.raises(NotAllowed):
            change(territories.actor("lead_worker"), measure, Intensity.STRONG)
        written = change(worker, measure, Intensity.STRONG)
        actions.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="")

        with pytest.raises(actions.MeasureAlreadyEnded):
            change(worker, measure, Intensity.LIGHT)
        with pytest.raises(actions.MeasureAlreadyEnded):
            actions.take_change_back(actor=worker, change=written, on=TODAY)


class TestTakeChangeBack:
    def test_puts_the_intensity_and_the_state_back_once(self, worker, measure):
        stopped = change(worker, measure, Intensity.NONE)
        actions.take_change_back(actor=worker, change=stopped, on=TODAY)

        assert now(measure) == (Intensity.LIGHT, MeasureState.RUNNING)
        with pytest.raises(actions.ChangeAlreadyTakenBack):
            actions.take_change_back(actor=worker, change=stopped, on=TODAY)


class TestResumeMeasure:
    def test_goes_on_as_intense_as_it_was(self, worker, measure):
        change(worker, measure, Intensity.NONE, days_ago=5)
        ended = actions.end_measure(actor=worker, measure=measure, ended_on=TODAY, reason="their wish")

        resumed = actions.resume_measure(actor=worker, measure=ended)

        assert (resumed.state, resumed.ended_on, resumed.end_reason) == (MeasureState.OFFERED, None, "")
        with pytest.raises(actions.MeasureNotEnded):
            actions.resume_measure(actor=worker, measure=resumed)

    def test_a_cancelled_one_stays_cancelled(self, worker, measure):
        cancelled = actions.cancel_measure(actor=worker, measure=measure, on=TODAY, reason="mistake")

        with pytest.raises(actions.MeasureNotEnded):
            actions.resume_measure(actor=worker, measure=cancelled)


class TestPages:
    @pytest.fixture
    def page(self, client, worker, measure):
        client.force_login(territories.account_of(worker))
        return client

    def test_a_change_is_written_shown_and_taken_back(self, page, measure):
        address = reverse("support:change-intensity", args=[measure.household_id, measure.pk])
        said = {"intensity": "none", "origin": "asked", "starts_on": TODAY.isoformat(), "words": "Je souffle un peu."}

        shown = page.post(address, said, follow=True).content.decode()
        assert "Je souffle un peu." in shown
        assert "n’en dépendent pas" in shown

        written = IntensityChange.objects.get()
        back = page.post(
            reverse("support:take-back", args=[measure.household_id, "change", written.pk]), follow=True
        ).content.decode()
        assert "annulé" in back
        assert now(measure) == (Intensity.LIGHT, MeasureState.RUNNING)

    def test_what_is_refused_is_said_and_nothing_typed_is_lost(self, page, measure):
        address = reverse("support:change-intensity", args=[measure.household_id, measure.pk])
        said = {"intensity": "light", "origin": "asked", "starts_on": TODAY.isoformat(), "words": "Comme avant."}

        answer = page.post(address, said)

        assert answer.status_code == 422
        assert "déjà cette intensité" in answer.content.decode()
        assert "Comme avant." in answer.content.decode()

    def test_support_is_opened_ended_and_the_end_taken_back_once(self, page, measure):
        household = measure.household_id
        page.post(
            reverse("support:open-measure", args=[household]),
            {"scheme": "asll", "intensity": "medium", "opened_on": TODAY.isoformat()},
        )
        assert SupportMeasure.objects.get(scheme="asll").organisation_id == measure.organisation_id
        page.post(reverse("support:end-measure", args=[household, measure.pk]), {"ended_on": TODAY.isoformat()})
        assert SupportMeasure.objects.get(pk=measure.pk).state == MeasureState.ENDED
        back = reverse("support:take-back", args=[household, "end", measure.pk])

        page.post(back)
        again = page.post(back, follow=True).content.decode()

        assert SupportMeasure.objects.get(pk=measure.pk).state == MeasureState.RUNNING
        assert "pas de fin à annuler" in again

    def test_a_year_mistyped_opens_nothing_and_ends_nothing(self, page, measure):
        household, far = measure.household_id, "2206-01-01"
        for address, said in (
            (
                reverse("support:open-measure", args=[household]),
                {"scheme": "asll", "intensity": "light", "opened_on": far},
            ),
            (reverse("support:end-measure", args=[household, measure.pk]), {"ended_on": far}),
        ):
            answer = page.post(address, said)

            assert answer.status_code == 422
            assert "vérifiez l’année" in answer.content.decode()
        assert SupportMeasure.objects.get().state == MeasureState.RUNNING
