"""The entry point of `chezsoi`: name the settings, then hand over to the command line."""

from __future__ import annotations

import os
import sys

from chezsoi.config.environment import BadSetting
from chezsoi.portal.command_line import app


def main() -> None:
    """Run the command line; a bad setting is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    try:
        app()
    except BadSetting as unusable:
        sys.stderr.write(f"{unusable}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
