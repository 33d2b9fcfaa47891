"""The columns that services' files hold, and what services call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chezsoi.files.choices import SourceKind
from chezsoi.files.columns import FieldSpec


def _field(key: str, label: object, *synonyms: str) -> FieldSpec:
    return FieldSpec(key=key, label=label, synonyms=synonyms)  # type: ignore[arg-type]  # a lazy text is read as one


PEOPLE = (
    _field(
        "number", _("household file number"), "n° ménage", "n° de ménage", "n° foyer", "n° dossier",
        "identifiant ménage",
        "id ménage", "référence ménage", "code ménage", "n° de dossier ménage", "n° fiche", "numéro de fiche",
    ),
    _field(
        "surname", _("surname"), "nom", "nom de famille", "nom d'usage", "nom de naissance", "nom usuel",
        "nom de la personne",
        "last name",
    ),
    _field(
        "given_names", _("given names"), "prénom", "prénoms", "prénom usuel", "prénom de la personne", "first name",
    ),
    _field("full_name", _("surname and given names"), "nom prénom", "nom et prénom", "nom complet", "full name"),
    _field(
        "birth", _("birth date"), "date de naissance", "né le", "née le", "né(e) le", "naissance", "ddn",
        "année de naissance",
    ),
    _field("sex", _("sex"), "sexe", "genre", "civilité"),
    _field(
        "role", _("place in the household"), "place dans le ménage", "lien", "lien de parenté", "rôle", "qualité",
        "position dans le ménage", "lien avec le demandeur", "composition",
    ),
    _field(
        "phone", _("telephone"), "téléphone", "n° de téléphone", "portable", "mobile", "téléphone portable",
        "contact",
    ),
    _field(
        "situation", _("living situation"), "situation résidentielle", "situation", "hébergement actuel",
        "situation de logement", "situation d'hébergement", "lieu de vie", "mode d'hébergement",
        "où dort la personne",
    ),
    _field(
        "since", _("in this situation since"), "depuis le", "depuis", "depuis quand", "date d'entrée",
        "situation depuis",
    ),
    _field(
        "commune", _("commune where they are"), "commune actuelle", "commune", "ville", "ville actuelle",
        "commune de présence",
    ),
    _field(
        "resources", _("resources a month"), "ressources mensuelles", "ressources", "montant des ressources",
        "revenus",
        "revenus mensuels", "revenu mensuel",
    ),
    _field(
        "resource_kind", _("kind of resources"), "nature des ressources", "type de ressources", "nature ressources",
        "origine des ressources", "type de revenus",
    ),
    _field(
        "request_number", _("national request number"), "numéro unique", "nur", "n° unique", "numéro unique régional",
        "numéro unique d'enregistrement", "n° de demande", "numéro de demande de logement social", "nud",
    ),
    _field(
        "requested_on", _("date of the request"), "date de la demande", "date demande", "demande du", "date de dépôt",
    ),
    _field(
        "wished_communes", _("wished communes"), "communes souhaitées", "communes demandées", "secteurs souhaités",
        "localisation souhaitée", "souhaits communes",
    ),
    _field("rooms_min", _("rooms wished, at least"), "typologie min", "typologie minimum", "taille min", "type min"),
    _field("rooms_max", _("rooms wished, at most"), "typologie max", "typologie maximum", "taille max", "type max"),
    _field("wheelchair", _("wheelchair"), "fauteuil roulant", "fauteuil", "pmr", "logement adapté fauteuil"),
    _field(
        "lift_or_ground", _("needs a lift or the ground floor"), "ascenseur ou RDC", "ascenseur ou rez-de-chaussée",
        "rdc ou ascenseur",
    ),
    _field(
        "max_outlay", _("rent and charges bearable a month"), "quittance max", "quittance maximum", "loyer max",
        "loyer charges comprises max", "loyer maximum",
    ),
    _field(
        "support", _("support wished"), "accompagnement", "accompagnement souhaité", "besoin d'accompagnement",
        "niveau d'accompagnement",
    ),
    _field(
        "labels", _("grounds of priority"), "publics prioritaires", "public prioritaire", "priorité", "priorités",
        "labels",
        "motif de priorité",
    ),
    _field(
        "contact_on", _("last contact"), "dernier contact", "date du dernier contact", "vu le", "dernière rencontre",
    ),
    _field(
        "referent", _("named referent"), "référent", "référente", "travailleur social", "suivi par",
        "service référent",
    ),
)  # fmt: skip

HOMES = (
    _field(
        "number", _("home number"), "n° logement", "n° de logement", "référence logement", "référence",
        "id logement", "code logement",
        "numéro", "n°",
    ),
    _field("owner", _("owner"), "propriétaire", "bailleur", "nom du propriétaire", "nom du bailleur"),
    _field("stock", _("stock"), "parc", "type de parc", "secteur"),
    _field("commune", _("commune"), "ville", "localisation"),
    _field("address", _("address"), "adresse", "adresse du logement", "rue"),
    _field("rooms", _("main rooms"), "typologie", "type", "pièces", "nombre de pièces", "nb pièces", "taille"),
    _field("surface", _("surface (m²)"), "surface", "surface habitable", "superficie", "surface m2"),
    _field("floor", _("floor"), "étage", "niveau"),
    _field("lift", _("lift"), "ascenseur"),
    _field(
        "wheelchair", _("accessible by wheelchair"), "accessible fauteuil", "accessible pmr", "pmr",
        "accessibilité", "adapté fauteuil",
    ),
    _field(
        "rent", _("rent a month, without charges"), "loyer hors charges", "loyer", "loyer hc", "loyer mensuel",
        "loyer principal",
    ),
    _field("charges", _("charges a month"), "charges", "provision pour charges", "charges mensuelles"),
    _field(
        "energy_class", _("energy class"), "DPE", "étiquette énergie", "classe énergie", "classe DPE",
        "étiquette DPE", "classe énergétique",
    ),
    _field("reservation_holder", _("reservation holder"), "contingent", "réservataire"),
    _field("available_on", _("available on"), "disponible le", "date de disponibilité", "disponibilité", "libre le"),
    _field("funding", _("funding"), "financement", "prêt", "conventionnement"),
    _field(
        "tenure", _("contract"), "formule proposée", "formule", "type de bail", "mode de location", "bail proposé",
    ),
)  # fmt: skip

FIELDS = {SourceKind.PEOPLE: PEOPLE, SourceKind.HOMES: HOMES}
