import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine

from tests.harness.templates import NoSilence, UndefinedTemplateVariable, no_copy_kept

ENGINE = Engine(string_if_invalid=NoSilence())


class Case:
    @property
    def judgment(self):
        raise ObjectDoesNotExist


def render(source: str, **context: object) -> str:
    return ENGINE.from_string(source).render(Context(context))


class TestUndefinedVariables:
    @pytest.mark.parametrize(
        "source", ["{{ nobody }}", "{{ case.nobody }}", "{{ nobody|default:'?' }}", "{{ case.judgment }}"]
    )
    def test_fail_when_printed(self, source):
        with pytest.raises(UndefinedTemplateVariable):
            render(source, case=Case())

    def test_may_be_asked_about(self):
        assert render("{% if nobody %}yes{% else %}no{% endif %}") == "no"

    def test_are_named_by_the_failure(self):
        with pytest.raises(UndefinedTemplateVariable, match="nobody"):
            render("{{ nobody }}")

    def test_are_not_the_defined_ones(self):
        assert render("{{ name }}", name="Amina") == "Amina"


@pytest.mark.django_db
def test_no_copy_of_what_a_page_was_given_is_kept_where_nobody_reads_it(client):
    with no_copy_kept():
        assert client.get("/").context is None

    assert client.get("/").context
