"""Field types every app needs, and the privacy declaration each model carries."""

from chezsoi.fields.encrypted import EncryptedJSONField, EncryptedTextField, Unreadable, blind_index
from chezsoi.fields.money import MoneyField
from chezsoi.fields.partial_dates import PartialDateField
from chezsoi.fields.privacy import Basis, Privacy

__all__ = [
    "Basis",
    "EncryptedJSONField",
    "EncryptedTextField",
    "MoneyField",
    "PartialDateField",
    "Privacy",
    "Unreadable",
    "blind_index",
]
