"""Words every layer shares: dates, money, ranges, estimates, codes. Standard library only."""
