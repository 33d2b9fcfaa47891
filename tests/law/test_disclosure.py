"""The smallest cells that may be shown."""

from datetime import date
from decimal import Decimal

import pytest

from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.law.parameters import Status

DAY = date(2026, 11, 23)


class TestDisclosureThresholdOn:
    @pytest.mark.parametrize(("audience", "minimum"), [("public", 11), ("partner", 5), ("internal", None)])
    def test_depends_on_who_reads(self, audience, minimum):
        assert disclosure_threshold_on(DAY, audience=Audience(audience)).minimum == minimum

    def test_names_the_manual_for_the_public_and_itself_for_the_others(self):
        public, partner, internal = (disclosure_threshold_on(DAY, audience=audience) for audience in Audience)

        assert public.source == "InseeFrLab/manuel-protection-tableaux"
        assert partner.source == internal.source == "design of this program"
        assert {public.status, partner.status, internal.status} == {Status.VERIFIED}

    def test_limits_the_share_of_one_contributor(self):
        assert disclosure_threshold_on(DAY, audience=Audience.PUBLIC).largest_share_of_one == Decimal("0.85")
