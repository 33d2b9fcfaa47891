from hypothesis import HealthCheck, settings


def test_a_property_may_take_its_time():
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
