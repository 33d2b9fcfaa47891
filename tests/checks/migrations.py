"""Check that the models and the migrations say the same; ask no database that matters."""

import os
import sys

import django
from django.core.management import call_command

import tests.harness.data_dir  # noqa: F401  the check opens a database: not the developer's


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chezsoi.config.settings"
    django.setup()
    call_command("makemigrations", check_changes=True, dry_run=True, skip_checks=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
