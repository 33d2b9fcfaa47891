from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.kernel.orders import Order
from chezsoi.territories.models import Commune

STEPS = ["55", "57", "54"]
ORDERS = Orders(
    "-people",
    {
        "people": [F("population")],
        "name": [F("search_name"), F("population")],
        "step": [by_rank("departement_code", STEPS)],
    },
)
ASKED = st.builds(Order, key=st.sampled_from(sorted(ORDERS.keys)), is_descending=st.booleans())


def communes():
    """Give communes that share a name, a département without a rank, and populations nobody knows."""
    made = [
        Commune(
            code=f"ZZ{number:03}", search_name=name, departement_code=place, region_code="44", population=people
        )
        for number, (name, place, people) in enumerate(
            [
                ("toul", "54", 15_000), ("metz", "57", None), ("metz", "57", 120_000), ("bar le duc", "55", 15_000),
                ("toul", "54", None), ("epinal", "88", 32_000), ("aubure", "68", None), ("metz", "57", 120_000),
            ]
        )
    ]  # fmt: skip
    Commune.objects.bulk_create(made)
    return made


def expected(made, order):
    """Sort in Python: what is unknown comes last both ways, and the code ends every order."""
    values = {
        "people": lambda row: [row.population],
        "name": lambda row: [row.search_name, row.population],
        "step": lambda row: [STEPS.index(row.departement_code) if row.departement_code in STEPS else None],
    }[order.key]
    rows = sorted(made, key=lambda row: row.code, reverse=order.is_descending)
    for place in reversed(range(len(values(rows[0])))):
        held = [row for row in rows if values(row)[place] is not None]
        unknown = [row for row in rows if values(row)[place] is None]
        rows = sorted(held, key=lambda row: values(row)[place], reverse=order.is_descending) + unknown
    return rows


class TestOrders:
    def test_pages_hold_each_row_once_and_in_order(self):
        made = communes()

        @settings(max_examples=40)
        @given(ASKED, st.integers(1, 9))
        def check(order, size):
            rows = ORDERS.put(Commune.objects.filter(code__startswith="ZZ"), order)
            pages = [list(rows[first : first + size]) for first in range(0, len(made), size)]
            assert [row.code for page in pages for row in page] == [row.code for row in expected(made, order)]

        check()

    def test_put_rows_in_their_own_order_when_none_is_asked(self):
        communes()
        rows = Commune.objects.filter(code__startswith="ZZ")

        assert list(ORDERS.put(rows)) == list(ORDERS.put(rows, ORDERS.read("-people")))

    def test_read_what_a_list_knows_and_nothing_else(self):
        assert str(ORDERS.read("name")) == "name"
        assert {str(ORDERS.read(text)) for text in ("", "-", "pk", "-name__x", "?", "name,pk")} == {"-people"}
