"""
F03-03, Metz, *D'abord Toit*: direct housing of people who refuse hostels, without any precondition.

Meeting, needs, refusal, sheet and grid go through their pages; draws and the sitting through their actions: the journey
from the street to a home walks those pages. What the scheme promises is asked of the program: whoever refuses hostels,
support and a first home is ranked as before, and no grid that says otherwise can be published.
"""

import pytest
from django.urls import reverse

from chezsoi.allocation.models import Candidacy, Examination, GridDraft, ScoringGrid
from chezsoi.people.models import Household
from tests.factories import allocation

pytestmark = pytest.mark.slow

MET = {
    "given_names": "Zélie", "family_name": "Oudot", "birth_year": "1988", "size": "1", "situation": "street",
    "commune": "Metz", "wishes": "Pas de foyer. Une porte qui ferme.",
}  # fmt: skip
ASKED = {"rooms_min": "1", "rooms_max": "2", "max_outlay_per_month": "500", "intensity": "none"}
PRECONDITIONS = (
    "Accepte le suivi social",
    "Abstinence",
    "Consommation stabilisée",
    "A tenu six mois en CHRS",
    "Rendez-vous honorés",
)


def met(enter):
    """Outreach registers somebody of the street, who wants no hostel and no support."""
    client = enter("outreach_worker")
    client.post(reverse("people:new"), MET)
    household = Household.objects.get()
    client.post(reverse("journeys:needs", args=[household.pk]), ASKED)
    assert household.support_wishes.get().intensity == "none"
    return household


def points_in(round_, household):
    return Examination.objects.get(round=round_, household=household).points


def test_who_refuses_hostel_support_and_a_first_home_is_proposed_the_next_with_as_many_points(enter):
    household = met(enter)
    first = allocation.drawn(allocation.offer(), size=1)
    letter = allocation.letter(allocation.decided(allocation.item(first, why_few="too_few_candidates")))
    siao = enter("siao_officer")

    said = {"answer": "no", "answered_on": allocation.today().isoformat(), "words": "trop loin"}
    siao.post(reverse("allocation:answer", args=[letter.pk]), said)
    second = allocation.drawn(allocation.offer(), size=1)

    assert Candidacy.objects.get(round=first).state == "refused"
    assert Candidacy.objects.get(round=second).household == household
    assert points_in(second, household) == points_in(first, household)
    sheet = siao.get(reverse("allocation:sheet", args=[household.pk])).content.decode()
    assert "Dire non à un logement ne vous enlève aucun point." in sheet


@pytest.mark.parametrize("precondition", PRECONDITIONS)
def test_no_grid_that_holds_a_precondition_is_published(enter, precondition):
    household = met(enter)
    draft = allocation.draft()
    held = ScoringGrid.objects.count()
    coordinator = enter("coordinator")
    written = {"label": precondition, "points": "10", "rubric": "home", "one_of": ["street"]}
    coordinator.post(reverse("allocation:new-grid-criterion", args=[draft.pk]), written)

    siao = enter("siao_officer")
    refused = siao.post(reverse("allocation:publish-grid", args=[draft.pk]), follow=True)

    assert precondition in str(GridDraft.objects.get().content)
    assert "Rien n’a été publié" in refused.content.decode()
    assert ScoringGrid.objects.count() == held
    assert household.request.state == "active"


def test_no_grid_that_names_a_fact_of_its_own_is_published(enter):
    draft = allocation.draft()
    draft.content["local_facts"] = {"local": "Suivi régulier par une équipe"}
    draft.content["rubrics"][0]["criteria"][0]["any_of"] = [["local"]]
    draft.save()
    coordinator = enter("coordinator")
    coordinator.post(reverse("allocation:remove-grid-criterion", args=[draft.pk, "care_leaver"]))
    held = ScoringGrid.objects.count()

    siao = enter("siao_officer")
    caught = siao.post(reverse("allocation:publish-grid", args=[draft.pk]), follow=True)
    draft.content["local_facts"] = {"local": "Voisin d’un élu"}
    draft.save()
    unlinted = siao.post(reverse("allocation:publish-grid", args=[draft.pk]), follow=True)
    offered = coordinator.get(reverse("allocation:new-grid-criterion", args=[draft.pk])).content.decode()

    assert "Suivi régulier" in caught.content.decode()
    assert "Le brouillon nomme des faits qui lui sont propres" in unlinted.content.decode()
    assert ScoringGrid.objects.count() == held
    assert 'value="local"' not in offered
