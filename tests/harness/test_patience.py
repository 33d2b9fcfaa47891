from hypothesis import HealthCheck, settings


def test_a_property_may_take_its_time():
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check


def test_the_quick_profile_is_as_patient_and_tries_less():
    quick = settings.get_profile("quick")

    assert (quick.deadline, quick.max_examples) == (None, 10)
    assert HealthCheck.too_slow in quick.suppress_health_check
