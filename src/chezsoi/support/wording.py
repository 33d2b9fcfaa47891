"""Words of health that no professional writes in a case meeting: health is said there as a signal, or not at all."""

from __future__ import annotations

from chezsoi.engines.matching.phrases import any_of, plain

_OF_HEALTH = (
    *("addict*", "alcool*", "alcohol*", "allergi*", "anxi*", "asthm*", "bipolaire*", "bipolar*", "borderline"),
    *("cancer*", "cirrhos*", "csapa", "caarud", "delir*", "dement*", "depress*", "desintox*", "detox*", "diabet*"),
    *("diagnos*", "drogu*", "drugs?", "enceinte", "epilep*", "grossesse*", "hepati*", "hospitalis*", "hospitaliz*"),
    *("infirmier*", "injection*", "malad(e|es|ie|ies)", "medecin*", "medica*", "methadone", "neurolepti*", "nurse*"),
    *("opiace*", "ordonnance*", "overdose*", "pathologi*", "paranoi*", "phobi*", "pregnan*", "prescription*"),
    *("psychiatr*", "psychos*", "psychotropes?", "psychologique*", "schizo*", "seropositi*", "sevrage", "sick"),
    *(
        "suicid*",
        "subutex",
        "symptom*",
        "syndrome*",
        "therap*",
        "toxicom*",
        "(son|sous|un) traitement",
        "trauma*",
        "treatment",
    ),
    *("trouble* (psy*|mental*|de la personnalite)", "tubercul*", "ulcere*", "vih", "hiv", "virus"),
)
_PATTERN = any_of(_OF_HEALTH, {})


def speaks_of_health(text: str) -> bool:
    """
    Tell whether a text holds a word of health; it knows words, not meanings: none found does not show there is none.

    >>> speaks_of_health("Rappeler son médecin traitant"), speaks_of_health("Rappeler la CAF avec elle")
    (True, False)
    """
    return bool(_PATTERN.search(plain(text)))
