"""The law as dated data, and the rules built from it. Every rule is asked for a day: the day of the event."""
