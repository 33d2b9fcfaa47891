from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.orders import Order, read_order

KEYS = st.from_regex(r"[a-z]+", fullmatch=True)
ORDERS = st.builds(Order, key=KEYS, is_descending=st.booleans())


class TestReadOrder:
    @given(ORDERS)
    def test_reads_what_an_address_writes(self, order):
        assert read_order(str(order)) == order

    @given(st.text())
    def test_reads_anything(self, text):
        assert str(read_order(text)).endswith(read_order(text).key)


class TestOrder:
    @given(ORDERS, KEYS)
    def test_a_press_sorts_by_that_heading_and_a_second_one_the_other_way(self, order, key):
        once = order.after_pressing(key)

        assert once.key == key
        assert once.after_pressing(key).is_descending is not once.is_descending

    @given(KEYS)
    def test_the_first_press_reads_from_the_beginning(self, key):
        assert not Order(key=f"{key}x", is_descending=True).after_pressing(key).is_descending
