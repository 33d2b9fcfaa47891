"""The pages of scoring grids: read by everybody, written as drafts, compared, published by a colleague."""

import pytest
from django.urls import reverse

from chezsoi.allocation import actions
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.trail.models import Entry
from tests import htmx
from tests.factories import allocation, territories

pytestmark = pytest.mark.slow


def sign_in(client, role):
    actor = territories.actor(role)
    client.force_login(territories.account_of(actor))
    return client


@pytest.fixture
def coordinator(client):
    return sign_in(client, "coordinator")


def text(response):
    return " ".join(htmx.parse(response).select_one("main").get_text(" ").split())


def address(name, *args):
    return reverse(f"allocation:{name}", args=args)


class TestPublishedGrids:
    def test_are_read_by_a_worker_who_opens_no_round(self, client):
        grid = allocation.published_grid(epci_siren="200039865")
        worker = sign_in(client, "volunteer")

        listed = text(worker.get(address("grids")))
        page = text(worker.get(address("grid", grid.pk)))

        assert "Grid of here" in listed
        assert "Metz" in listed
        assert "In a shelter" in page
        assert "CHRS" in page
        assert worker.get(address("begin-grid", grid.pk)).status_code == 403

    def test_are_compared(self, coordinator):
        first, second = allocation.grid(), allocation.published_grid()

        page = text(coordinator.get(address("compare-grids", first.pk, second.pk)))

        assert "In a shelter" in page

    def test_say_which_is_in_force_and_which_is_to_come(self, coordinator):
        allocation.published_grid()
        allocation.published_grid(valid_from=allocation.today().replace(year=allocation.today().year + 1))

        page = text(coordinator.get(address("grids")))

        assert page.count("en vigueur") >= 2
        assert "à venir" in page


class TestADraft:
    def test_is_begun_described_written_and_published_without_a_script(self, coordinator, client):
        grid = allocation.grid()
        place = territories.territory()
        begun = coordinator.post(address("begin-grid", grid.pk), {"place": str(place.pk)})
        draft = GridDraft.objects.get()
        assert begun.url == address("grid-draft", draft.pk)
        assert coordinator.get(begun.url).status_code == 200

        told = {"title": "Grille de Metz", "source": "Délibération", "valid_from": allocation.today().isoformat()}
        coordinator.post(begun.url, told | {"points_per_month": "1", "max_points": "36"})
        written = {"label": "À l’hôtel", "points": "70", "rubric": "home", "one_of": ["hotel"]}
        coordinator.post(address("new-grid-criterion", draft.pk), written)
        assert "À l’hôtel" in text(coordinator.get(begun.url))
        assert "À l’hôtel" in text(coordinator.get(address("compare-draft", draft.pk)))
        allocation.household()
        assert "Enter" not in text(coordinator.get(reverse("journeys:grid-impact", args=[draft.pk])))
        coordinator.post(address("publish-grid", draft.pk))
        assert ScoringGrid.objects.count() == 1

        answer = sign_in(client, "siao_officer").post(address("publish-grid", draft.pk))

        assert answer.url == address("grid", ScoringGrid.objects.latest("pk").pk)
        assert "À l’hôtel" in text(client.get(answer.url))

    def test_asks_for_what_is_missing_in_a_sentence(self, coordinator):
        draft = allocation.draft()

        nothing = coordinator.post(address("new-grid-criterion", draft.pk), {"label": "A", "points": "1"})
        halved = coordinator.post(
            address("grid-draft", draft.pk),
            {"title": "A", "source": "B", "valid_from": "2030-01-01", "points_per_month": "2"},
        )
        again = coordinator.post(
            address("begin-grid", allocation.grid().pk), {"place": str(territories.territory().pk)}
        )

        assert [nothing.status_code, halved.status_code] == [422, 422]
        assert htmx.parse(again).select_one(".cz-errors")

    def test_changes_and_takes_out_a_criterion(self, coordinator):
        draft = allocation.draft()
        form = coordinator.get(address("grid-criterion", draft.pk, "dalo"))
        assert 'value="150"' in form.content.decode()
        changed = {"label": "DALO", "points": "200", "rubric": "recognised_right", "one_of": ["dalo"]}
        coordinator.post(address("grid-criterion", draft.pk, "dalo"), changed)
        coordinator.post(address("remove-grid-criterion", draft.pk, "care_leaver"))
        coordinator.post(address("remove-grid-criterion", draft.pk, "care_leaver"))

        draft.refresh_from_db()
        assert draft.content["rubrics"][0]["criteria"][0]["points"] == 200
        assert "care_leaver" not in str(draft.content)
        assert coordinator.get(address("grid-criterion", draft.pk, "care_leaver")).status_code == 404
        gone = coordinator.post(address("grid-criterion", draft.pk, "care_leaver"), changed)
        assert gone.status_code == 404

    def test_is_thrown_away(self, coordinator):
        coordinator.post(address("discard-grid", allocation.draft().pk))

        assert not GridDraft.objects.exists()

    def test_names_the_words_no_grid_may_hold_and_refuses_to_publish_them(self, coordinator):
        allocation.household()
        draft = allocation.draft()
        written = actions.WrittenCriterion(rubric="home", label="Sobriété attestée", points=10, one_of=("dalo",))
        program = territories.program(territories.territory())
        actions.write_criterion(actor=program, draft=draft, written=written, at=allocation.now())

        shown = text(coordinator.get(address("grid-draft", draft.pk)))
        counted = text(coordinator.get(reverse("journeys:grid-impact", args=[draft.pk])))
        refused = coordinator.post(address("publish-grid", draft.pk), follow=True)

        assert "Sobriété" in shown
        assert "1 sur 1" in counted
        assert "Sobriété. Rien n’a été publié" in text(refused)
        assert ScoringGrid.objects.count() == 1

    def test_without_criterion_is_compared_with_nothing_and_not_published(self, coordinator):
        draft = allocation.draft()
        GridDraft.objects.filter(pk=draft.pk).update(content=draft.content | {"rubrics": []})

        assert coordinator.get(reverse("journeys:grid-impact", args=[draft.pk])).status_code == 200
        coordinator.post(address("publish-grid", draft.pk))
        assert ScoringGrid.objects.count() == 1


class TestTheImpact:
    def test_names_files_the_reader_may_see_and_counts_the_others(self, coordinator):
        for _ in range(11):
            allocation.household("care_leaver", max_outlay_per_month=900)
        seen = allocation.household("hardship", max_outlay_per_month=900, requested_on=allocation.today())
        allocation.offer()
        draft = allocation.draft()
        written = actions.WrittenCriterion(rubric="new", label="Hardship", points=900, one_of=("hardship",))
        program = territories.program(territories.territory())
        actions.write_criterion(actor=program, draft=draft, written=written, at=allocation.now())

        answer = coordinator.get(reverse("journeys:grid-impact", args=[draft.pk]))

        assert answer.status_code == 200
        assert htmx.parse(answer).select_one(".cz-figures")
        assert htmx.parse(answer).select_one(f'form[action="{address("publish-grid", draft.pk)}"]')
        assert Entry.objects.filter(verb="allocation.grid.previewed").exists()
        assert seen.reference in text(answer)
