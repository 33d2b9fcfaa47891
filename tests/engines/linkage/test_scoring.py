from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chezsoi.engines.linkage import Band, Identity, ReasonCode, explain, score
from chezsoi.kernel.dates import PartialDate

from .people import identities, pairs

KOFFI = Identity(
    key="a",
    names=("Ndiaye",),
    given_names=("Koffi",),
    birth=PartialDate(2004, 8, 29),
    sex="M",
    phones=("0638519606",),
    request_number="057233705800078135",
    commune="57751",
    situation="emergency_shelter",
    situation_since=date(2026, 6, 26),
    household="H1",
)
AGAIN = replace(KOFFI, key="b", household="H2")


def codes(left, right):
    match = score(left, right)
    return None if match is None else [reason.code for reason in match.reasons]


class TestScore:
    def test_lists_reasons_strongest_first(self):
        match = score(KOFFI, AGAIN)

        assert [abs(reason.weight) for reason in match.reasons] == sorted(
            (abs(reason.weight) for reason in match.reasons), reverse=True
        )
        assert match.weight == pytest.approx(sum(reason.weight for reason in match.reasons))
        assert match.band is Band.LIKELY

    def test_shows_what_speaks_against(self):
        assert ReasonCode.DIFFERENT_PHONES in codes(KOFFI, replace(AGAIN, phones=("0711111111",)))
        assert ReasonCode.DIFFERENT_REQUEST_NUMBERS in codes(KOFFI, replace(AGAIN, request_number="1" * 18))
        assert ReasonCode.DIFFERENT_SEX in codes(KOFFI, replace(AGAIN, sex="F"))
        assert ReasonCode.DIFFERENT_BIRTH_DATES in codes(KOFFI, replace(AGAIN, birth=PartialDate(2001, 3, 4)))

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"names": ("N’DIAYE",)}, ReasonCode.SAME_NAMES),
            ({"names": ("Koffi",), "given_names": ("Ndiaye",)}, ReasonCode.NAMES_SWAPPED),
            ({"names": ("Koffi",), "given_names": ("Ndiaye", "Yao")}, ReasonCode.NAMES_SWAPPED),
            ({"names": ("Koffi",), "given_names": ("Njie",)}, ReasonCode.NAMES_ARE_VARIANTS),
            ({"names": ("Ndiaye Koffi",), "given_names": ()}, ReasonCode.SAME_NAMES),
            ({"given_names": ("Koff",)}, ReasonCode.GIVEN_NAME_IS_THE_START_OF),
            ({"given_names": ("Kofi",)}, ReasonCode.NAMES_SOUND_ALIKE),
            ({"given_names": ("Koffy",)}, ReasonCode.NAMES_ONE_LETTER_APART),
            ({"names": ("Njie",)}, ReasonCode.NAMES_ARE_VARIANTS),
            ({"names": ("Ndiaye Sow",)}, ReasonCode.SAME_NAME_IN_PART),
            ({"names": ("Weber",)}, ReasonCode.DIFFERENT_SURNAMES),
            ({"names": ("Weber", "Ndiaye")}, ReasonCode.SAME_NAMES),
            ({"given_names": ("Petit", "Koffi")}, ReasonCode.SAME_NAME_IN_PART),
            ({"given_names": ("Prince",), "aliases": ("koffi",)}, ReasonCode.KNOWN_UNDER_ANOTHER_NAME),
            ({"given_names": ("Prince",), "aliases": ("Koffi Ndiaye",)}, ReasonCode.KNOWN_UNDER_ANOTHER_NAME),
            ({"names": ("",)}, ReasonCode.NAME_UNKNOWN),
            ({"given_names": ()}, ReasonCode.NAME_UNKNOWN),
            ({"birth": PartialDate()}, ReasonCode.BIRTH_DATE_UNKNOWN),
            ({"birth": PartialDate(2004)}, ReasonCode.SAME_BIRTH_YEAR),
            ({"birth": PartialDate(2004, 1, 1)}, ReasonCode.SAME_BIRTH_YEAR),
            ({"birth": PartialDate(2004, 8)}, ReasonCode.SAME_BIRTH_MONTH),
            ({"birth": PartialDate(2004, 7)}, ReasonCode.DIFFERENT_BIRTH_DATES),
            ({"birth": PartialDate(2003)}, ReasonCode.DIFFERENT_BIRTH_DATES),
            ({"birth": PartialDate(2005, 8, 29)}, ReasonCode.BIRTH_DATES_ONE_DIGIT_APART),
            ({"birth": PartialDate(2003, estimated=True)}, ReasonCode.CLOSE_AGES),
            ({"birth": PartialDate(1990, estimated=True)}, ReasonCode.DIFFERENT_BIRTH_DATES),
            ({"situation": "street"}, ReasonCode.SITUATIONS_BEGAN_THE_SAME_DAY),
        ],
    )
    def test_names_what_it_saw(self, change, code):
        assert code in codes(KOFFI, replace(AGAIN, **change))

    def test_reads_day_and_month_exchanged(self):
        assert ReasonCode.DAY_AND_MONTH_SWAPPED in codes(
            replace(KOFFI, birth=PartialDate(1972, 3, 9)), replace(AGAIN, birth=PartialDate(1972, 9, 3))
        )

    def test_reads_one_digit_between_two_administrative_dates(self):
        assert ReasonCode.BIRTH_DATES_ONE_DIGIT_APART in codes(
            replace(KOFFI, birth=PartialDate(1972, 1, 1)), replace(AGAIN, birth=PartialDate(1971, 1, 1))
        )

    def test_takes_an_alias_borne_by_both(self):
        one = replace(KOFFI, given_names=("Prince",), aliases=("Momo",))
        two = replace(AGAIN, given_names=("Serge",), aliases=("momo",))

        assert ReasonCode.KNOWN_UNDER_ANOTHER_NAME in codes(one, two)

    def test_takes_a_name_and_a_whole_birth_date_for_likely(self):
        one, two = (Identity(key=key, names=("Ndiaye",), given_names=("Koffi",), birth=KOFFI.birth) for key in "ab")

        assert score(one, two).band is Band.LIKELY

    def test_needs_more_than_a_name_and_a_year(self):
        one, two = (
            Identity(key=key, names=("Diallo",), given_names=("Mamadou",), birth=PartialDate(1990)) for key in "ab"
        )

        assert score(one, two) is None

    def test_takes_a_first_of_january_for_little_more_than_a_year(self):
        day = PartialDate(1990, 1, 1)
        one, two = (Identity(key=key, names=("Diallo",), given_names=("Mamadou",), birth=day) for key in "ab")

        assert score(one, two).band is Band.POSSIBLE
        assert score(replace(one, phones=("0611111111",)), replace(two, phones=("0622222222",))) is None

    def test_finds_a_woman_under_her_married_name(self):
        one = replace(KOFFI, names=("Benali",), given_names=("Amina",), sex="F")

        assert score(one, replace(one, key="b", household="", names=("Saidi",))) is not None

    def test_explains_in_words(self):
        assert "Same names: NDIAYE KOFFI." in [explain(reason) for reason in score(KOFFI, AGAIN).reasons]

    @given(reason=st.sampled_from(ReasonCode))
    def test_has_words_for_every_reason(self, reason):
        from chezsoi.engines.linkage import WEIGHTS, Reason

        assert explain(Reason(code=reason, weight=WEIGHTS[reason])).endswith(".")


class TestTraps:
    """Members of a household who stand in files of their own and share all they can share."""

    @given(
        given_names=st.sampled_from(
            (("Amadou", "Mamadou"), ("Hassan", "Hussein"), ("Lina", "Nina"), ("Jean-Paul", "Jean-Luc"))
        )
    )
    def test_tells_twins_apart(self, given_names):
        one, other = given_names

        assert score(replace(KOFFI, given_names=(one,)), replace(AGAIN, given_names=(other,))) is None

    def test_leaves_twins_of_near_names_at_possible(self):
        one, other = replace(KOFFI, given_names=("Amina",)), replace(AGAIN, given_names=("Yamina",))

        assert score(one, other).band is Band.POSSIBLE

    def test_leaves_twins_with_a_first_given_name_in_common_at_possible(self):
        one = replace(KOFFI, given_names=("Mohamed", "Amine"), request_number=None)
        other = replace(AGAIN, given_names=("Mohamed", "Said"))

        assert score(one, other).band is Band.POSSIBLE

    @given(gap=st.integers(12, 60), days=st.integers(1, 28), exchanged=st.booleans())
    def test_tells_a_father_from_his_son_of_the_same_name(self, gap, days, exchanged):
        names = {"names": KOFFI.given_names, "given_names": KOFFI.names} if exchanged else {}
        father = replace(AGAIN, birth=PartialDate(2004 - gap, 8, days), **names)

        assert score(KOFFI, father) is None

    @given(other=st.sampled_from(("Awa", "Moussa", "Koné", "Kwame", "Kadiatou")), pair=pairs)
    def test_tells_brothers_and_sisters_who_share_a_telephone(self, other, pair):
        sibling = replace(AGAIN, given_names=(other,), birth=pair[1].birth, sex=pair[1].sex)

        assert score(KOFFI, sibling) is None

    @given(names=st.sampled_from((("Ndiaye",), ("Weber",), ("Diallo", "Ndiaye"))), birth=pairs)
    def test_tells_the_two_of_a_couple(self, names, birth):
        assert score(KOFFI, replace(AGAIN, names=names, given_names=("Awa",), sex="F", birth=birth[1].birth)) is None

    @pytest.mark.parametrize(("his", "hers"), [("Karim", "Karima"), ("Julien", "Julie"), ("Dragan", "Dragana")])
    def test_tells_a_man_from_a_woman_whose_name_is_his_with_one_letter_more(self, his, hers):
        assert score(replace(KOFFI, given_names=(his,)), replace(AGAIN, given_names=(hers,), sex="F")) is None

    def test_takes_a_near_given_name_with_another_birth_date_for_a_brother(self):
        assert score(KOFFI, replace(AGAIN, given_names=("Koff",), birth=PartialDate(2001, 2, 3))) is None

    def test_asks_for_a_birth_date_when_only_the_surname_is_known(self):
        assert score(KOFFI, replace(AGAIN, given_names=(), birth=PartialDate())) is None

    @given(pair=pairs)
    def test_never_compares_members_of_one_file(self, pair):
        one, other = (replace(person, household="H1") for person in pair)

        assert score(one, other) is None


class TestThinRecords:
    """Neither date of birth, nor telephone, nor request number."""

    thin = replace(AGAIN, birth=PartialDate(), phones=(), request_number=None)

    def test_may_be_possible_with_the_same_names_and_the_same_day(self):
        assert score(KOFFI, self.thin).band is Band.POSSIBLE

    @pytest.mark.parametrize(
        "change",
        [
            {"given_names": ("Koff",)},
            {"situation_since": date(2026, 6, 27)},
            {"situation": "street"},
            {"names": ("Sow",)},
        ],
    )
    def test_are_nobody_otherwise(self, change):
        assert score(KOFFI, replace(self.thin, **change)) is None

    @given(pair=pairs)
    def test_are_never_likely(self, pair):
        match = score(pair[0], replace(pair[1], birth=PartialDate(), phones=(), request_number=None))

        assert match is None or match.band is Band.POSSIBLE

    @given(pair=pairs)
    def test_without_any_name_are_never_matched(self, pair):
        assert score(pair[0], replace(pair[1], names=("", " "), given_names=("?",))) is None


class TestProperties:
    @given(pair=pairs)
    def test_is_symmetric(self, pair):
        left, right = pair

        assert score(left, right) == score(right, left)

    @given(person=identities("a"))
    def test_never_matches_a_record_with_itself(self, person):
        assert score(person, replace(person, household="")) is None

    @given(pair=pairs)
    def test_is_blind_to_which_column_holds_the_surname(self, pair):
        left, right = (replace(p, names=p.names[:1], given_names=p.given_names[:1], aliases=()) for p in pair)
        assume(left.given_names and left.given_names[0] and left.names[0])
        same = replace(right, names=left.names, given_names=left.given_names)
        swapped = replace(right, names=left.given_names, given_names=left.names)

        straight, crossed = score(left, same), score(left, swapped)

        assert (straight and straight.weight) == (crossed and crossed.weight)

    @given(pair=pairs)
    def test_is_blind_to_the_order_of_surnames_and_telephones(self, pair):
        left, right = pair
        turned = replace(right, names=right.names[::-1], phones=right.phones[::-1], aliases=right.aliases[::-1])

        before, after = score(left, right), score(left, turned)

        assert (before and before.weight) == (after and after.weight)

    @given(
        pair=pairs,
        sign=st.sampled_from(
            (
                {"phones": ("0699999999",)},
                {"request_number": "9" * 18},
                {"birth": PartialDate(1984, 5, 17)},
                {"birth": PartialDate(1984)},
                {"situation": "camp", "situation_since": date(2026, 5, 5)},
                {"commune": "57480"},
                {"sex": "F"},
            )
        ),
    )
    def test_never_weighs_less_with_one_more_agreement(self, pair, sign):
        """Where the trait was unknown, both records now agree on it."""
        unknown = {trait: getattr(Identity(key=""), trait) for trait in sign}
        before = score(*(replace(person, **unknown) for person in pair))
        after = score(*(replace(person, **sign) for person in pair))

        if before is not None:
            assert after is not None
            assert after.weight >= before.weight
            assert (before.band, after.band) != (Band.LIKELY, Band.POSSIBLE)
