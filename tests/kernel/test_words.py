"""The words that engines and apps share keep their meaning and their spelling: they are stored."""

import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import chezsoi.kernel
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import Precision
from chezsoi.kernel.quality import Quality

KERNEL = Path(chezsoi.kernel.__file__).parent


@dataclass(frozen=True)
class Visitor:
    user_id: int | None = None
    label: str = "visitor"
    role: str = "anonymous"
    organisation_id: int | None = None
    territory_ids: frozenset[int] = frozenset()
    purpose: str = ""
    is_operator: bool = False

    def may(self, permission: str) -> bool:
        return False


class TestQuality:
    def test_tells_unknown_from_refused_and_not_asked(self):
        assert [code.value for code in Quality] == ["known", "approximate", "unknown", "refused", "not_asked"]


class TestPrecision:
    def test_has_a_stored_word_for_each_part_known(self):
        assert [part.value for part in Precision] == ["day", "month", "year", "estimated", "unknown"]


class TestActor:
    def test_asks_nothing_that_a_plain_record_cannot_say(self):
        visitor: Actor = Visitor()
        asked = {name for name in vars(Actor) if not name.startswith("_")}

        assert [name for name in asked if not hasattr(visitor, name)] == []


class TestKernel:
    def test_imports_nothing_but_the_standard_library_and_itself(self):
        modules = [
            import_module(f"chezsoi.kernel.{file.stem}") for file in KERNEL.glob("*.py") if file.stem != "__init__"
        ]
        origins = {getattr(value, "__module__", None) for module in modules for value in vars(module).values()}
        roots = {origin.partition(".")[0] for origin in origins if origin}

        assert roots - {"chezsoi"} <= set(sys.stdlib_module_names)
