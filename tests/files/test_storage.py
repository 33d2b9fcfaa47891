import io
import stat

import pytest

from chezsoi.files import storage
from chezsoi.files.readers import UnreadableFile
from chezsoi.files.readers.limits import MAX_BYTES


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


class TestKeptFile:
    @pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
    def test_comes_back_as_it_was(self, size):
        content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

        kept = storage.keep(io.BytesIO(content))

        with storage.opened(kept.stored_name) as path:
            assert path.read_bytes() == content
        assert kept.size_bytes == size

    def test_is_unreadable_on_the_disk_and_to_others(self, folder):
        kept = storage.keep(io.BytesIO(b"SAINT-AUBIN Jean " * 1000))

        path = folder / kept.stored_name
        assert b"AUBIN" not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_leaves_no_clear_copy_behind(self, folder):
        kept = storage.keep(io.BytesIO(b"a"))

        def fail() -> None:
            with storage.opened(kept.stored_name) as path:
                assert stat.S_IMODE(path.stat().st_mode) == 0o600
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

        assert [each.name for each in folder.iterdir()] == [kept.stored_name]

    @pytest.mark.parametrize(
        "change",
        [lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), lambda raw: raw[: 20 + (1 << 20) + 16], lambda raw: raw[:10]],
    )
    def test_is_refused_once_altered_or_cut(self, folder, change):
        kept = storage.keep(io.BytesIO(b"a" * (3 << 19)))
        path = folder / kept.stored_name
        path.write_bytes(change(path.read_bytes()))

        with pytest.raises(storage.NoLongerKept), storage.opened(kept.stored_name):
            pass

    def test_is_refused_with_another_key(self, settings):
        kept = storage.keep(io.BytesIO(b"a"))
        settings.ENCRYPTION_KEY = "another"

        with pytest.raises(storage.NoLongerKept), storage.opened(kept.stored_name):
            pass

    def test_is_not_kept_when_too_large(self, folder):
        with pytest.raises(UnreadableFile):
            storage.keep(io.BytesIO(b"a" * (MAX_BYTES + 1)))

        assert list(folder.iterdir()) == []

    def test_once_discarded_is_gone(self):
        kept = storage.keep(io.BytesIO(b"a"))
        storage.discard(kept.stored_name)
        storage.discard(kept.stored_name)

        with pytest.raises(storage.NoLongerKept), storage.opened(kept.stored_name):
            pass
