"""An hour is said by the clock of where the reader works, never by that of the database."""

import ast

from tests.architecture.source import Module, called, calls, module, modules


def hours_of_the_database(given: Module) -> list[str]:
    """Find instants written with their hour as the database gives them."""
    return [
        given.says(call, ast.unparse(call))
        for call in calls(given)
        if called(call).endswith("date_format") and len(call.args) > 1 and _holds_an_hour(call) and not _is_local(call)
    ]


def _holds_an_hour(call: ast.Call) -> bool:
    return isinstance(call.args[1], ast.Constant) and "DATETIME" in str(call.args[1].value)


def _is_local(call: ast.Call) -> bool:
    said = ast.unparse(call.args[0])
    return "localtime(" in said or said == "local"


def test_no_module_writes_an_hour_of_the_database():
    assert [found for each in modules() for found in hours_of_the_database(each)] == []


def test_the_rule_sees_what_it_looks_for():
    wrong = module('date_format(row.frozen_at, "DATETIME_FORMAT")\ndate_format(localtime(at), "SHORT_DATETIME_FORMAT")')

    assert hours_of_the_database(wrong) == ["people/views.py:1 date_format(row.frozen_at, 'DATETIME_FORMAT')"]
