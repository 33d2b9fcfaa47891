import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

ENOUGH_TO_SHUFFLE = 60


def rows() -> list[str]:
    return list(ContentType.objects.filter(app_label="shuffled").values_list("model", flat=True))


@pytest.fixture
def shuffled():
    return ContentType.objects.bulk_create(
        ContentType(app_label="shuffled", model=f"{number:03d}") for number in range(ENOUGH_TO_SHUFFLE)
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("shuffled")
class TestAQuery:
    def test_without_an_order_comes_in_a_random_one(self):
        assert rows() != rows()
        assert sorted(rows()) == [f"{number:03d}" for number in range(ENOUGH_TO_SHUFFLE)]

    def test_with_an_order_keeps_it(self):
        ordered = ContentType.objects.filter(app_label="shuffled").order_by("model").values_list("model", flat=True)

        assert list(ordered) == sorted(rows())

    @pytest.mark.unordered
    def test_marked_unordered_is_left_alone(self):
        assert "RANDOM" not in str(ContentType.objects.all().query).upper()

    def test_that_counts_groups_or_asks_is_left_alone(self):
        mine = ContentType.objects.filter(app_label="shuffled")

        assert mine.count() == ENOUGH_TO_SHUFFLE
        assert mine.exists()
        assert mine.values("app_label").annotate(n=Count("pk")).get()["n"] == ENOUGH_TO_SHUFFLE
        assert mine.aggregate(n=Count("pk"))["n"] == ENOUGH_TO_SHUFFLE
        assert mine.values_list("app_label").distinct().get() == ("shuffled",)
        assert mine.filter(pk__in=mine).count() == ENOUGH_TO_SHUFFLE
        assert mine.union(ContentType.objects.filter(app_label="shuffled")).count() == ENOUGH_TO_SHUFFLE
