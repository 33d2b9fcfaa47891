import gc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.files import sealing

PASSPHRASE = "correct horse battery staple"
PIECE = 1 << 20


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    monkeypatch.setattr(sealing, "_COST", 2)


def seal(*pieces: bytes) -> bytes:
    kept = BytesIO()
    with sealing.sealed(kept, PASSPHRASE) as clear:
        for piece in pieces:
            clear.write(piece)
    return kept.getvalue()


def unseal(kept: bytes, passphrase: str = PASSPHRASE) -> bytes:
    clear = BytesIO()
    sealing.unseal(BytesIO(kept), clear, passphrase)
    return clear.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_comes_back(size):
    content = bytes(range(256)) * (size // 256 + 1)

    assert unseal(seal(content[:size])) == content[:size]


def test_it_comes_back_however_it_was_written():
    assert unseal(seal(b"a" * PIECE, b"b", b"", b"c" * PIECE)) == b"a" * PIECE + b"b" + b"c" * PIECE


def test_the_clear_text_is_nowhere_in_it():
    assert b"Bouzid" not in seal(b"Bouzid" * 1000)


def test_the_same_text_is_never_sealed_the_same():
    assert seal(b"a") != seal(b"a")


@given(place=st.integers(min_value=0), flip=st.integers(1, 255))
@settings(max_examples=60)
def test_one_byte_changed_anywhere_is_seen(place, flip):
    kept = bytearray(seal(b"a" * 100))
    kept[place % len(kept)] ^= flip

    with pytest.raises((sealing.WrongPassphrase, sealing.NotSealed)):
        unseal(bytes(kept))


@pytest.mark.parametrize("kept", [slice(None, -1), slice(None, -PIECE), slice(None, 34 + PIECE + 15), slice(None, 33)])
def test_a_cut_file_does_not_open(kept):
    with pytest.raises((sealing.WrongPassphrase, sealing.NotSealed)):
        unseal(seal(b"a" * (2 * PIECE))[kept])


def test_pieces_cannot_be_swapped_nor_repeated():
    kept, head, sealed = seal(b"a" * PIECE, b"b" * PIECE, b"c"), 33, PIECE + 16
    first, second, rest = kept[head : head + sealed], kept[head + sealed : head + 2 * sealed], kept[head + 2 * sealed :]

    for shuffled in (second + first + rest, first + first + rest):
        with pytest.raises(sealing.WrongPassphrase):
            unseal(kept[:head] + shuffled)


def test_another_passphrase_or_another_file_is_refused():
    with pytest.raises(sealing.WrongPassphrase):
        unseal(seal(b"a"), "another passphrase")
    with pytest.raises(sealing.NotSealed):
        unseal(b"%PDF-1.7 and so on, long enough to be read")


def test_what_fails_half_way_does_not_open():
    kept = BytesIO()

    def written_half_way() -> None:
        with sealing.sealed(kept, PASSPHRASE) as clear:
            clear.write(b"a" * (2 * PIECE))
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        written_half_way()
    gc.collect()

    with pytest.raises(sealing.WrongPassphrase):
        unseal(kept.getvalue())
