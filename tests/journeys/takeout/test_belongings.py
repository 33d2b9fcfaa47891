"""Nothing is forgotten: each model, and each number that means an account, was decided."""

import pytest
from django.db.models import BigIntegerField

from chezsoi.journeys.takeout import belongings, left_out
from tests.architecture import source

DECIDED = {table.label for table in belongings.TABLES} | set(left_out.LEFT_OUT)
MODELS = {model._meta.label for model in source.models()}


def numbers_of_accounts(table: belongings.Table) -> set[str]:
    """List the plain numbers that must be the accounts declared: no other database number may cross."""
    return {
        column.name
        for column in table.columns
        if isinstance(column, BigIntegerField) and not column.is_relation and column.name not in {"size_bytes"}
    }


def test_every_model_is_taken_or_left_out_for_a_reason():
    undecided, gone = sorted(MODELS - DECIDED), sorted(DECIDED - MODELS)

    assert undecided == [], "decide in journeys/takeout/belongings.py: taken by a rule, or left out and why"
    assert gone == []
    assert all(reason.strip() for reason in left_out.LEFT_OUT.values())


@pytest.mark.parametrize("table", belongings.TABLES, ids=lambda table: table.label)
def test_a_plain_number_that_crosses_is_an_account(table):
    assert numbers_of_accounts(table) == set(table.accounts)


def test_nobody_s_password_crosses():
    accounts = next(table for table in belongings.TABLES if table.label == "territories.User")

    assert {column.name for column in accounts.columns} == {"email", "full_name", "language", "is_active", "is_demo"}


def test_a_table_comes_after_those_it_refers_to():
    order = [table.label for table in belongings.tables()]

    assert order.index("homes.Owner") < order.index("homes.Dwelling") < order.index("tenancies.Lease")
    assert set(order) == {table.label for table in belongings.TABLES}
