"""What makes a long password easily guessed: lists of common ones hold few as long as ours must be."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
SHORTEST_PART = 10


class NotARowOfKeys:
    """Refuse a few characters repeated, and a row of the keyboard or of the alphabet."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        typed = password.lower()
        if _is_repeated(typed) or any(typed in row * 3 or typed[::-1] in row * 3 for row in ROWS):
            raise ValidationError(
                _("This password repeats itself, or follows the keyboard. Choose words that do not go together."),
                code="password_too_regular",
            )

    def get_help_text(self) -> str:
        return _("Not a few characters repeated, nor a row of the keyboard.")


def _is_repeated(typed: str) -> bool:
    """
    Tell whether a text is its own beginning, shorter than ten characters, over and over.

    >>> _is_repeated("passwordpassword"), _is_repeated("soleilsoleilso"), _is_repeated("deux chats gris")
    (True, True, False)
    """
    sizes = range(1, min(SHORTEST_PART, len(typed)))
    return any(typed == (typed[:size] * len(typed))[: len(typed)] for size in sizes)
