"""Reading the reference data, and refusing it once altered."""

import gzip
import hashlib
import json
import lzma

import pytest

from chezsoi.territories.datasets import DatasetAltered, UnknownDataset, describe, names, read, verify

CSV = 'code,name\n57463,Metz\n62041,"Arras, préfecture"\n59350,\n'
ROWS = (
    {"code": "57463", "name": "Metz"},
    {"code": "62041", "name": "Arras, préfecture"},
    {"code": "59350", "name": ""},
)
PACKERS = {"data.csv": bytes, "data.csv.gz": gzip.compress, "data.csv.xz": lzma.compress}


def put(directory, name, *, path="data.csv"):
    payload = PACKERS[path](CSV.encode())
    folder = directory / name
    folder.mkdir()
    (folder / path).write_bytes(payload)
    description = {
        "name": name,
        "title": "Three towns",
        "source": "a test",
        "producer": "nobody",
        "licence": "none",
        "date": "2026",
        "path": path,
        "sha256": hashlib.sha256(payload).hexdigest(),
        "rows": 3,
        "columns": [{"name": "code"}, {"name": "name"}],
    }
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return folder / path


class TestRead:
    @pytest.mark.parametrize("path", PACKERS)
    def test_gives_the_same_rows_however_the_file_is_packed(self, tmp_path, path):
        put(tmp_path, "towns", path=path)

        assert read("towns", directory=tmp_path) == ROWS

    @pytest.mark.parametrize("name", ["villages", "", "../towns", "towns/."])
    def test_refuses_a_set_that_is_not_there(self, tmp_path, name):
        put(tmp_path, "towns")

        with pytest.raises(UnknownDataset):
            read(name, directory=tmp_path)


class TestDescribe:
    def test_says_where_the_data_come_from(self, tmp_path):
        path = put(tmp_path, "towns")

        found = describe("towns", directory=tmp_path)

        assert (found.title, found.source, found.licence, found.date) == ("Three towns", "a test", "none", "2026")
        assert (found.columns, found.rows, found.path) == (("code", "name"), 3, path)


class TestNames:
    def test_lists_the_folders_that_describe_themselves(self, tmp_path):
        put(tmp_path, "towns")
        put(tmp_path, "cities")
        (tmp_path / "build").mkdir()

        assert names(tmp_path) == ("cities", "towns")


class TestVerify:
    def test_accepts_what_is_as_described(self, tmp_path):
        put(tmp_path, "towns", path="data.csv.xz")

        verify(tmp_path)

    def test_names_every_altered_or_missing_set(self, tmp_path):
        put(tmp_path, "intact")
        put(tmp_path, "missing").unlink()
        altered = put(tmp_path, "altered")
        altered.write_text(CSV.replace("Metz", "Mets"), encoding="utf-8")

        with pytest.raises(DatasetAltered, match=r": altered, missing$"):
            verify(tmp_path)
