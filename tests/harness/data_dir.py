"""
Give the tests their own data directory and no other setting, before Django's settings are read.

Loaded by `-p` in pyproject.toml: a conftest would come too late. Only the database may be chosen from outside, and
whether images are taken.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

KEPT = ("CHEZSOI_DATABASE_URL", "CHEZSOI_SHOTS")

for _name in [name for name in os.environ if name.startswith("CHEZSOI_") and name not in KEPT]:
    del os.environ[_name]

DATA_DIR = Path(tempfile.mkdtemp(prefix="chezsoi-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
(DATA_DIR / "static").mkdir()
os.environ["CHEZSOI_DATA_DIR"] = str(DATA_DIR)
