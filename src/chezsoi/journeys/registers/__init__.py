"""What is recorded once, told to two registers of the State: the prefect's pool, and the requests."""
