import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.linkage import DISTINCT_NAMES, NAME_VARIANTS, normalise_name, skeleton
from chezsoi.engines.linkage.name_comparison import Closeness, closeness

from .people import names


class TestNormaliseName:
    @pytest.mark.parametrize(
        ("written", "normal"),
        [
            ("N'Diaye", "NDIAYE"),
            ("N’ DIAYE", "NDIAYE"),
            ("n diaye", "NDIAYE"),
            ("D'Angelo", "DANGELO"),
            ("LEFÈVRE", "LEFEVRE"),
            ("Œuvrard", "OEUVRARD"),
            ("Weiß", "WEISS"),
            ("Aït-Ahmed", "AIT AHMED"),
            ("  Jean   Bosco ", "JEAN BOSCO"),
            ("Ste-Rose", "SAINTE ROSE"),
            ("Владимир", "ВЛАДИМИР"),
            ("???", ""),
        ],
    )
    def test_writes_one_form(self, written, normal):
        assert normalise_name(written) == normal

    @given(text=st.text(max_size=20))
    def test_changes_nothing_twice(self, text):
        once = normalise_name(text)

        assert normalise_name(once.lower()) == normalise_name(once)


class TestSkeleton:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Youssef", "Yusuf"),
            ("Cheikh", "Sheikh"),
            ("Diallo", "Jallow"),
            ("Djamel", "Jamal"),
            ("Philippe", "Filip"),
            ("Cissé", "Sissé"),
            ("N'Diaye", "Ndiaye"),
            ("El Amrani", "Amrani"),
            ("Abdoulaye", "Abdulay"),
            ("Guindo", "Gindo"),
            ("Khadidja", "Kadija"),
        ],
    )
    def test_is_shared_by_two_ways_of_writing_one_sound(self, one, other):
        assert skeleton(one) == skeleton(other)

    @given(text=st.text(alphabet=string.ascii_letters, min_size=1, max_size=15))
    def test_is_never_empty_for_a_name(self, text):
        assert skeleton(text)


class TestCloseness:
    @given(one=names, other=names)
    def test_is_symmetric(self, one, other):
        one, other = normalise_name(one), normalise_name(other)

        assert closeness(one, other) is closeness(other, one)

    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            ("BEN SALAH", "BENSALAH", Closeness.SAME),
            ("EL AMRANI", "AMRANI", Closeness.VARIANT),
            ("MOHAMMED", "MOHAMED", Closeness.VARIANT),
            ("MOHAMED", "MAMADOU", Closeness.DIFFERENT),
            ("JEAN", "JEAN PAUL", Closeness.IN_PART),
            ("JEAN PAUL", "JEAN PIERRE", Closeness.DIFFERENT),
            ("JEAN PAUL", "JEAN PAULO", Closeness.START),
            ("SAINT AUBIN", "SAINT AUBON", Closeness.ONE_LETTER),
            ("SAINTAUBON", "SAINT AUBIN", Closeness.ONE_LETTER),
            ("SAINTAUBON", "SAINT MARTIN", Closeness.DIFFERENT),
            ("THEO", "THE", Closeness.START),
            ("SCHNEIDER", "SHNAYDER", Closeness.SOUND),
            ("GARNIER", "GRENIER", Closeness.SOUND),
            ("ROUSSEAU", "ROUSSEL", Closeness.LOOK),
            ("AWA", "ADA", Closeness.DIFFERENT),
        ],
    )
    def test_names_the_level(self, one, other, level):
        assert closeness(one, other) is level


class TestNameTables:
    def test_put_a_name_in_one_family_only(self):
        listed = [name for family in NAME_VARIANTS for name in family]

        assert len(listed) == len(set(listed))

    def test_hold_normalised_names(self):
        listed = [name for row in (*NAME_VARIANTS, *DISTINCT_NAMES) for name in row]

        assert listed == [normalise_name(name) for name in listed]

    def test_do_not_contradict_each_other(self):
        for one, other in DISTINCT_NAMES:
            assert closeness(one, other) is Closeness.DIFFERENT
