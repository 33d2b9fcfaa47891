"""Purge in the background on somebody's order; warn every day, and erase nothing by itself."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from chezsoi.journeys.retention import actions, queries
from chezsoi.territories.access import Operator, operator

logger = logging.getLogger(__name__)


@task()
def purge_files(user_id: int | None, role: str, organisation_id: int | None) -> None:
    """Erase what is due today in the territories of the account that ordered it, if it still holds the right."""
    today = timezone.localdate()
    actor = queries.account_at_work(user_id, role, organisation_id, on=today, actor=None)
    if actor is None:
        logger.warning("purge: the role it was ordered in has ended; nothing was erased")
        return
    for territory in queries.territories_of(actor=actor):
        actions.purge(actor=actor, territory=territory, on=today)
    actions.purge_house(actor=actor, on=today)
    if not actions.scrub(actor=actor):
        logger.warning("purge: the database was being read; run chezsoi purge --apply to write its files anew")


@task()
def watch() -> None:
    """Say in the log how many files are past their time, and come back tomorrow."""
    today = timezone.localdate()
    program = operator(Operator.COMMAND_LINE, label="daily watch", territory_ids=queries.every_territory(actor=None))
    for territory in queries.territories_of(actor=program):
        found = queries.forecast(territory, on=today, actor=program)
        if found.due:
            logger.warning("%s: %d files are past their time; run chezsoi purge --dry-run", territory.key, found.due)
    keep_watch(days=1)


def keep_watch(*, days: int = 0) -> None:
    """Have the watch run, unless it is waiting already."""
    if not queries.is_watching(actor=None):
        watch.using(run_after=timezone.now() + timedelta(days=days)).enqueue()
