import pytest

from chezsoi.fields.questions import Question
from chezsoi.territories.models import Territory

pytestmark = pytest.mark.django_db


class TestQuestion:
    def test_is_answered_as_the_queryset_it_was_made_of(self):
        rows = Territory.objects.filter(key__in=["metz", "lille"]).order_by("key").values_list("key", "pk")

        assert Question.of(rows).answers() == list(rows)

    def test_is_written_without_asking_anything(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            Question.of(Territory.objects.order_by("key"))

    def test_reads_what_has_changed_since_it_was_written(self):
        question = Question.of(Territory.objects.filter(key="metz").values_list("name"))
        Territory.objects.filter(key="metz").update(name="Divodurum")

        assert question.answers() == [("Divodurum",)]

    def test_of_no_row_that_can_be_is_not_asked(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert Question.of(Territory.objects.filter(pk__in=[])).answers() == []
