"""The page of a household, composed of what each app knows of it."""
