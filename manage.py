"""Run a Django command with the house's settings; `chezsoi` is the command line for people."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    execute_from_command_line(sys.argv)
