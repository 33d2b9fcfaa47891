"""Rule 6: every column of every model is classed: identifying, sensitive or ordinary; how long; on what ground."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import Model

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import Event, Retention
from tests.architecture import source

MODELS = source.models()


def unclassed(names: set[str], privacy: Privacy) -> set[str]:
    """List the columns without a class, and the classes without a column."""
    return names ^ privacy.fields


def columns(model: type[Model]) -> set[str]:
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}


def twice(privacy: Privacy) -> list[str]:
    counted = Counter(privacy.identifying + privacy.sensitive + privacy.ordinary)
    return [name for name, times in counted.items() if times > 1]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
class TestEveryModel:
    def test_declares_its_privacy(self, model):
        assert isinstance(vars(model).get("privacy"), Privacy)

    def test_classes_each_of_its_columns_once(self, model):
        assert unclassed(columns(model), model.privacy) == set()
        assert twice(model.privacy) == []

    def test_says_how_long_it_is_kept(self, model):
        assert model.privacy.retention.strip()

    def test_has_a_rule_that_the_purge_can_apply(self, model):
        rule = model.privacy.rule

        assert isinstance(rule, Retention)
        assert bool(rule.parameter) is (rule.after not in {Event.NEVER, Event.ITS_OWNER})
        if rule.parameter:
            period = rule.period_on(date(2026, 11, 1))
            assert str(period.number) in model.privacy.retention
            assert period.unit in model.privacy.retention or period.unit == "day"

    def test_has_a_legal_ground_when_it_is_about_people(self, model):
        about_people = model.privacy.identifying or model.privacy.sensitive

        assert not (about_people and model.privacy.basis is Basis.NOT_PERSONAL)


def test_a_column_left_out_is_seen():
    privacy = Privacy(ordinary=("id", "gone"), retention="two years", basis=Basis.PUBLIC_TASK)

    assert unclassed({"id", "name"}, privacy) == {"name", "gone"}


def test_a_column_classed_twice_is_seen():
    privacy = Privacy(ordinary=("id",), sensitive=("id",), retention="two years", basis=Basis.PUBLIC_TASK)

    assert twice(privacy) == ["id"]
