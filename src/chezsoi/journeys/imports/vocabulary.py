"""What services write in the cells of their files, and the code each word stands for; an unlisted word is unknown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from chezsoi.files.columns import normalise


def _table(words: Mapping[str, str]) -> dict[str, str]:
    return {normalise(word): code for text, code in words.items() for word in text.split(" | ")}


NOT_KNOWN = frozenset(
    (
        "x", "xx", "xxx", "nc", "nr", "nsp", "n/a", "inconnu", "inconnue", "inconnu(e)", "non renseigne",
        "non renseignee", "ne sait pas", "anonyme", "sans nom", "neant",
    )
)  # fmt: skip
SEX = _table(
    {
        "h | m | homme | masculin | monsieur | mr | garçon": "M",
        "f | femme | féminin | madame | mme | mlle | fille": "F",
        "autre | x": "X",
    }
)
ROLES = _table(
    {
        "demandeur | demandeuse | demandeur(se) | demandeur principal | titulaire | chef de ménage | référent du ménage"
        " | personne seule | lui-même | elle-même": "lead",
        "conjoint | conjointe | conjoint(e) | partenaire | époux | épouse | mari | femme | concubin | concubine"
        " | compagnon | compagne | co-demandeur | codemandeur | cotitulaire | pacsé": "partner",
        "enfant | fils | fille | enfant mineur | enfant majeur | bébé": "child",
        "parent | père | mère | frère | soeur | sœur | grand-père | grand-mère | oncle | tante | neveu | nièce | cousin"
        " | cousine | ascendant | petit-enfant | famille": "relative",
        "autre | ami | amie | colocataire | tiers": "other",
    }
)
SITUATIONS = _table(
    {
        "rue | à la rue | sans abri | sdf | espace public | dort dehors": "street",
        "abri de fortune | abri | cabane | parking | cave | hall | hall d'immeuble": "makeshift",
        "squat": "squat",
        "campement | camp | tente": "camp",
        "bidonville": "shanty_town",
        "véhicule | voiture | camion | fourgon | caravane | camping-car": "vehicle",
        "hébergement d'urgence | urgence | hu | chu | centre d'urgence | abri de nuit | 115"
        " | halte de nuit": "emergency",
        "hôtel 115 | hôtel | nuitée hôtelière | nuitées | hôtel social": "hotel",
        "chrs | hébergement d'insertion | centre d'hébergement": "chrs",
        "stabilisation | centre de stabilisation": "stabilisation",
        "cada | huda | cph | hébergement asile | dispositif asile": "asylum",
        "sortie d'hôpital | sortant d'hôpital | hôpital | hospitalisation | lhss": "health_stay",
        "sortie de détention | sortie de prison | sortant de prison | sortant de détention | détention"
        " | prison": "prison",
        "sortie ase | sortant ase | sortie d'ase | sortie de l'aide sociale à l'enfance | ase": "child_care",
        "chez un tiers | tiers | hébergé chez un tiers | hébergé par un tiers | chez des amis"
        " | chez la famille | famille"
        " | hébergé": "with_others",
        "résidence sociale | pension de famille | maison relais | fjt | foyer | logement adapté"
        " | intermédiation locative"
        " | iml | sous-location | logement temporaire | alt": "supported",
        "logement | locataire | logement autonome | propriétaire | chez soi": "own",
        "menace d'expulsion | menacé d'expulsion | expulsion | locataire menacé d'expulsion": "own_eviction",
        "refus | refuse de répondre | ne souhaite pas répondre": "refused",
    }
)
RESOURCES = _table(
    {
        "aucune | aucun | sans | sans ressource | néant | 0": "none",
        "rsa": "rsa",
        "aah": "aah",
        "salaire | salaires | emploi | activité | travail | cdi | cdd | intérim": "wage",
        "are | chômage | allocation chômage | pôle emploi | france travail": "are",
        "ass": "ass",
        "retraite | pension | pension de retraite | minimum vieillesse | aspa": "pension",
        "autre | autres | prestations familiales | allocations familiales | pension d'invalidité | cej | ada"
        " | garantie jeunes | indemnités journalières | bourse": "other",
    }
)
INTENSITIES = _table(
    {
        "aucun | aucune | non | sans | pas d'accompagnement | 0": "none",
        "léger | légère | faible": "light",
        "moyen | moyenne | modéré | oui": "medium",
        "fort | forte | renforcé | soutenu": "strong",
        "intensif | intensive | très intensif": "intensive",
    }
)
LABELS = _table(
    {
        "dalo | reconnu dalo | ppdalo": "dalo",
        "handicap | situation de handicap | mdph | rqth": "disability",
        "violences | violence | victime de violences | violences conjugales | vif"
        " | femme victime de violences": "violence",
        "sortant ase | sortie ase | ase": "care_leaver",
        "appartement de coordination thérapeutique | act | sortant d'act": "therapeutic_flat",
        "mal logé | mal-logé | en difficulté": "hardship",
        "hébergé | hébergé ou logé temporairement": "temporary_home",
        "reprise d'activité | retour à l'emploi": "back_to_work",
        "logement indigne | habitat indigne | insalubrité": "unfit_home",
        "prostitution | sortie de prostitution | parcours de sortie de prostitution": "prostitution_exit",
        "traite | traite des êtres humains": "trafficking",
        "suroccupation | sur-occupation": "overcrowded",
        "sans logement | dépourvu de logement | sans domicile | sdf | sans abri"
        " | hébergé chez un tiers | hébergé par un tiers | chez un tiers": "without_home",
        "expulsion | expulsion sans relogement": "eviction_without_rehousing",
    }
)
YES_NO = _table({"oui | o | x | vrai | yes | 1": "yes", "non | n | faux | no | 0 | sans": "no"})
STOCKS = _table({"social | hlm | public | parc social": "social", "privé | privée | parc privé | diffus": "private"})
FUNDINGS = _table(
    {
        "plai adapté | plai-a | plai a | plaia": "PLAI_A",
        "plai": "PLAI",
        "plus": "PLUS",
        "pls": "PLS",
        "autre | pli | anah | hlmo": "other",
    }
)
HOLDERS = _table(
    {
        "préfecture | préfet | état | contingent préfectoral": "prefect",
        "action logement | al | 1%": "action_logement",
        "commune | mairie | ville": "municipality",
        "bailleur | hors contingent | propre contingent": "landlord",
        "collectivité | métropole | département | epci | région": "authority",
        "aucun": "",
    }
)
TENURES = _table(
    {
        "bail direct | direct | bail classique | location": "direct",
        "mandat de gestion | mandat | gestion locative": "management_mandate",
        "location/sous-location | sous-location | sous location": "sublease",
        "bail glissant | glissant": "sliding_lease",
    }
)


def says_unknown(text: str) -> bool:
    """
    Tell whether a cell says that nobody knows.

    >>> [says_unknown(text) for text in ("Inconnue", "??", "", "Leroy", "Lê", "No")]
    [True, True, True, False, False, False]
    """
    if not any(character.isalnum() for character in text):
        return True
    return plain(text) in NOT_KNOWN


def plain(text: str) -> str:
    """
    Take accents, case and blanks around away, and nothing else: "Lê" is a name, "le" a small word.

    >>> plain(" Non renseignée ")
    'non renseignee'
    """
    letters = unicodedata.normalize("NFKD", text.strip()).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
