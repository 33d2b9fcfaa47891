from math import nan

import pytest

from chezsoi.kernel.estimates import Estimate

HIDDEN = {"value": 120.0, "low": 90.0, "high": 170.0, "level": 0.95, "method": "two-list"}


class TestEstimate:
    def test_keeps_a_value_with_its_interval_and_its_method(self):
        estimate = Estimate(**HIDDEN)

        assert (estimate.low, estimate.value, estimate.high) == (90.0, 120.0, 170.0)
        assert (estimate.level, estimate.method) == (0.95, "two-list")

    @pytest.mark.parametrize("bounds", [{"low": 121.0}, {"high": 119.0}, {"low": 170.0, "high": 90.0}, {"value": nan}])
    def test_refuses_a_value_outside_its_interval(self, bounds):
        with pytest.raises(ValueError, match="outside its own interval"):
            Estimate(**HIDDEN | bounds)

    @pytest.mark.parametrize("level", [0, 1, 95, -0.5, nan])
    def test_refuses_a_level_that_is_no_probability(self, level):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Estimate(**HIDDEN | {"level": level})
