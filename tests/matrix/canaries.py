"""Words that exist in one household's file alone: where one of them is read, that file was read."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from chezsoi.people import actions
from chezsoi.people.choices import ResourceKind, Situation
from chezsoi.territories.models import Commune

TODAY = timezone.localdate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Canaries:
    """What a household's file alone says, by category of data."""

    tag: str
    number: int

    @property
    def family_name(self) -> str:
        return f"Zornak{self.tag}"

    @property
    def given_names(self) -> str:
        return f"Gwenhild{self.tag}"

    @property
    def phone(self) -> str:
        return f"6123459{self.number:02}"

    @property
    def reach(self) -> str:
        return f"under the {self.tag} bridge"

    @property
    def wishes(self) -> str:
        return f"near the {self.tag} mill"

    @property
    def amount(self) -> Decimal:
        return Decimal(f"6{self.number:02}.37")

    @property
    def reference(self) -> str:
        return f"F-{self.tag}"

    def words(self) -> dict[str, tuple[str, ...]]:
        """Give the words of each category as a page without spaces would write them."""
        written = {
            "C1 family name": (self.family_name, self.family_name.upper()),
            "C1 phone": (self.phone,),
            "C1 how to reach": (self.reach,),
            "C3 wishes": (self.wishes,),
            "C5 amount": (f"{self.amount}", f"{self.amount}".replace(".", ",")),
            "existence": (self.given_names, self.reference),
        }
        return {category: tuple(squeezed(word) for word in words) for category, words in written.items()}


def squeezed(text: str) -> str:
    """Leave out spaces, so that a telephone number is found however it is laid out."""
    return "".join(text.split())


def household(canaries: Canaries, commune: Commune, **traits: object) -> actions.NewHousehold:
    """Describe a household by its canaries: one woman in the street, with resources and wishes."""
    lead = actions.NewMember(
        given_names=canaries.given_names,
        birth_name=canaries.family_name,
        phones=(f"+33{canaries.phone}",),
        situation=actions.NewSituation(
            situation=Situation.STREET, observed_on=TODAY - timedelta(days=130), since=None, commune=commune
        ),
        resources=(
            actions.NewResources(
                kind=ResourceKind.RSA, stated_on=TODAY - timedelta(days=130), amount_per_month=canaries.amount
            ),
        ),
    )
    return actions.NewHousehold(
        members=(lead,), reference=canaries.reference, wishes=canaries.wishes, reach=canaries.reach, **traits
    )
