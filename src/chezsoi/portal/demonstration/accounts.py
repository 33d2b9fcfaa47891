"""Who works in the demonstration: one account a role, each in an organisation that suits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from chezsoi.territories import actions
from chezsoi.territories.access import Actor, Operator, actor_for, operator
from chezsoi.territories.models import Organisation, RoleAssignment, Territory

ORGANISATIONS = {
    "maraude": ("Maraude La Lanterne", "association"),
    "siao": ("SIAO 57", "siao"),
    "metropole": ("Eurométropole de Metz, Logement d’abord", "authority"),
    "equipe": ("Équipe Un toit, un lien", "association"),
    "hopital": ("Permanence d’accès aux soins", "health_body"),
    "agence": ("Agence Clés en main", "social_rental_agency"),
    "bailleur": ("Logis du Graoully", "social_landlord"),
    "prefecture": ("DDETS de la Moselle", "state_service"),
    "adil": ("ADIL de la Moselle", "other"),
    "dihal": ("Dihal", "national"),
}

STAFF = (
    ("outreach_worker", "Inès Morel", "maraude"),
    ("siao_officer", "Karim Lefort", "siao"),
    ("coordinator", "Claire Weber", "metropole"),
    ("social_landlord_agent", "Hugo Thill", "bailleur"),
    ("commission_secretary", "Agathe Noirot", "bailleur"),
    ("commission_member", "Paul Kremer", "bailleur"),
    ("lead_worker", "Sophie Hoffmann", "equipe"),
    ("peer_worker", "Moussa Diarra", "equipe"),
    ("rental_manager", "Nadège Bour", "agence"),
    ("prospector", "Théo Schmitt", "agence"),
    ("reservation_agent", "Lucie Antoine", "prefecture"),
    ("hotline_agent", "Yanis Amar", "siao"),
    ("health_worker", "Dr Anne Gillet", "hopital"),
    ("legal_adviser", "Marc Oudin", "adil"),
    ("ccapex_secretary", "Odile Franck", "prefecture"),
    ("analyst", "Rémi Colas", "metropole"),
    ("national_analyst", "Jeanne Aubry", "dihal"),
    ("dpo", "Farida Benali", "metropole"),
    ("local_admin", "Éric Vautrin", "metropole"),
    ("count_manager", "Maud Perrin", "metropole"),
    ("sector_lead", "Jules Marchal", "metropole"),
    ("volunteer", "Lou Simonin", "metropole"),
    ("trainer", "Gaël Bastien", "metropole"),
    ("training_manager", "Elsa Royer", "metropole"),
    ("landlord_user", "Mme Kieffer", "agence"),
    ("person_user", "Amina B.", "equipe"),
)
EMPLOYED_FOR = timedelta(days=900)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Everybody at work, by role, and where they work."""

    organisations: dict[str, Organisation]
    assignments: dict[str, RoleAssignment]
    today: date

    @classmethod
    def found(cls, *, today: date) -> Self:
        """Find everybody again in a demonstration built before."""
        assignments = RoleAssignment.objects.filter(user__is_demo=True).select_related("organisation", "user")
        organisations = {each.organisation.key.removeprefix("demo-"): each.organisation for each in assignments}
        return cls(organisations=organisations, assignments={each.role: each for each in assignments}, today=today)

    def actor(self, role: str) -> Actor:
        """Put somebody to work."""
        return actor_for(self.assignments[role], on=self.today)

    def program(self, organisation: str) -> Actor:
        """Let the demonstration write for an organisation, as an import would."""
        place = next(row.territory_id for row in self.assignments.values() if row.territory_id is not None)
        return operator(
            Operator.DEMONSTRATION,
            label="démonstration",
            territory_ids=frozenset({place}),
            organisation_id=self.organisations[organisation].pk,
        )


def open_all(territory: Territory, *, today: date) -> Staff:
    """Register the organisations, open the accounts and give the roles."""
    builder = operator(Operator.DEMONSTRATION, label="démonstration", territory_ids=frozenset({territory.pk}))
    organisations = {
        key: actions.register_organisation(
            actor=builder, key=f"demo-{key}", name=name, kind=kind, territories=[territory]
        )
        for key, (name, kind) in ORGANISATIONS.items()
    }
    assignments = {}
    for role, name, organisation in STAFF:
        user = actions.open_account(
            actor=builder,
            email=f"{role.replace('_', '-')}@demo.chezsoi.example",
            full_name=name,
            password=None,
            is_demo=True,
        )
        assignments[role] = actions.give_role(
            actor=builder,
            user=user,
            role=role,
            organisation=organisations[organisation],
            territory=None if role == "national_analyst" else territory,
            starts_on=today - EMPLOYED_FOR,
        )
    return Staff(organisations=organisations, assignments=assignments, today=today)
