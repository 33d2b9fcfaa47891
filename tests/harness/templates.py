"""A template that prints a variable nobody gave it fails its test, and is otherwise rendered as it is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.template import Template


class UndefinedTemplateVariable(Exception):
    """A template prints a variable that its view did not give, or that is misspelt."""


class NoSilence(str):
    """
    What Django prints in place of an undefined variable; here, printing it raises.

    Django asks whether it holds `%s`, then formats it with the variable; a lookup stopped half-way is printed as it is.
    """

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        raise UndefinedTemplateVariable(str(variable))

    def __str__(self) -> str:
        raise UndefinedTemplateVariable("a lookup found no such object")

    def __bool__(self) -> bool:
        return True


def forbid_undefined_variables(templates: list[dict]) -> None:
    """Make every template engine of the settings strict; call it before the first template is loaded."""
    for engine in templates:
        engine["OPTIONS"]["string_if_invalid"] = NoSilence()


@contextmanager
def no_copy_kept() -> Iterator[None]:
    """Leave out what Django's test client adds to each template of each page: a copy of all that it was given."""
    with mock.patch.object(Template, "_render", lambda template, context: template.nodelist.render(context)):
        yield
