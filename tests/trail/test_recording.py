import json

from chezsoi import trail
from chezsoi.territories.access import Operator, operator
from chezsoi.territories.models import Territory
from chezsoi.trail.models import Entry

LOADER = operator(Operator.REFERENCE_LOADER, label="reference data", organisation_id=7)


class TestRecord:
    def test_names_the_actor_the_verb_and_the_object_without_pointing_to_them(self):
        metz = Territory.objects.get(key="metz")

        entry = trail.record(LOADER, "territories.territory.read", metz, detail={"b": 1, "a": "é"}, reason="drill")

        assert (entry.actor_label, entry.role, entry.organisation_id) == ("reference data", "reference_loader", 7)
        assert (entry.object_type, entry.object_id) == ("territories.territory", str(metz.pk))
        assert entry.detail == '{"a":"é","b":1}'
        assert not [field for field in Entry._meta.get_fields() if field.is_relation]

    def test_takes_the_territory_from_the_object_when_it_has_one(self):
        metz = Territory.objects.get(key="metz")
        member = metz.members.get()

        assert trail.record(LOADER, "read", member).territory_id == metz.pk
        assert trail.record(LOADER, "read", member, territory_id=3).territory_id == 3
        assert trail.record(LOADER, "signed in").territory_id is None

    def test_writes_what_is_no_json_as_text(self):
        entry = trail.record(LOADER, "read", detail={"stage": Operator.JOURNEY})

        assert json.loads(entry.detail) == {"stage": "journey"}
