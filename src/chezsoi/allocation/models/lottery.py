"""What a lottery that anybody may check keeps: who was frozen, the sealed seed, the public number."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import RoundState
from chezsoi.fields import EncryptedTextField

OPEN_TO_ALL = (
    "state", "frozen_at", "frozen_on", "snapshot_sha256", "seed", "seed_commitment", "public_randomness",
    "randomness_source", "randomness_published_at", "drawn_at", "examined", "facts_erased_on", "code_version",
    "result_sha256",
)  # fmt: skip
"""Its fields that say nothing of anybody; `snapshot` alone does."""


class SealedLottery(models.Model):
    """
    Candidates frozen and a seed committed, then a public number dated after both.

    The seed's digest is shown when the candidates are frozen; the number is mixed in at the draw, and the seed is shown
    then: nobody, the house included, could choose the outcome. `result_sha256` is the digest of everything the engine
    answered; drawing again from what was frozen must give it back, to the bit. `code_version` names who drew.
    """

    state = models.CharField(_("state"), max_length=20, choices=RoundState, default=RoundState.COMMITTED)
    frozen_at = models.DateTimeField(_("candidates frozen at"))
    frozen_on = models.DateField(_("day of the facts"))
    snapshot = EncryptedTextField(_("candidates as frozen"))
    snapshot_sha256 = models.CharField(_("digest of the candidates"), max_length=64)
    seed = EncryptedTextField(_("seed"))
    seed_commitment = models.CharField(_("digest of the seed"), max_length=64)
    public_randomness = models.CharField(_("public number"), max_length=200, blank=True)
    randomness_source = models.CharField(_("where the public number comes from"), max_length=200, blank=True)
    randomness_published_at = models.DateTimeField(_("public number published at"), null=True, blank=True)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    code_version = models.CharField(_("version of the program"), max_length=40, blank=True)
    result_sha256 = models.CharField(_("digest of the result"), max_length=64, blank=True)
    examined = models.PositiveIntegerField(_("households examined"), default=0)
    facts_erased_on = models.DateField(_("candidates as frozen erased on"), null=True, blank=True)

    class Meta:
        abstract = True
