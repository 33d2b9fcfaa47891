"""The order somebody asks a list in, as an address writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """
    What a list is put in order by; an address writes a minus before what is read from its end.

    >>> str(Order(key="name")), str(Order(key="name", is_descending=True))
    ('name', '-name')
    """

    key: str
    is_descending: bool = False

    def __str__(self) -> str:
        return f"-{self.key}" if self.is_descending else self.key

    def after_pressing(self, key: str) -> Order:
        """
        Give the order that a press on a heading brings: by that heading, the other way round if it was so already.

        >>> by_name = Order(key="name")
        >>> [str(by_name.after_pressing(key)) for key in ("name", "age")]
        ['-name', 'age']
        """
        return Order(key=key, is_descending=key == self.key and not self.is_descending)


def read_order(text: str) -> Order:
    """
    Read an order as an address writes it; whether a list knows it is for the list to say.

    >>> read_order("-name")
    Order(key='name', is_descending=True)
    """
    return Order(key=text.removeprefix("-"), is_descending=text.startswith("-"))
