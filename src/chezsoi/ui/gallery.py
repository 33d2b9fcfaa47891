"""Every component in its states, with the longest names that exist: the visual test. All people are invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from chezsoi.kernel.orders import Order
from chezsoi.kernel.quality import Quality
from chezsoi.ui import cartography, charts, drawings, lane, maps
from chezsoi.ui.forms import DayMonthYear
from chezsoi.ui.shapes import (
    Affordability,
    By,
    Cell,
    Column,
    Entry,
    Fact,
    Family,
    Figure,
    Kind,
    Link,
    NavItem,
    Row,
    Shell,
    Shortcut,
    Step,
    Table,
    Tag,
)

LONG_TERRITORY = "Communauté d’agglomération de Dembeni-Mamoudzou"
LONG_NAME = "Rahmatullah Gebremariam-N’Diaye"
ARABIC_NAME = "رحمة الله عبد الرحمن"


class Specimen(forms.Form):
    """A form with each kind of field."""

    name = forms.CharField(label="Nom d’usage", help_text="Tel que la personne le dit.", initial=LONG_NAME)
    born_on = forms.CharField(
        label="Date de naissance",
        help_text="Ce qui est connu suffit : l’année seule convient.",
        widget=DayMonthYear,
        required=False,
        initial="1972",
    )
    situation = forms.ChoiceField(
        label="Où dort-elle ce soir ?",
        choices=[("street", "À la rue"), ("shelter", "Hôtel ou centre d’hébergement"), ("third", "Chez un tiers")],
    )
    wishes_support = forms.ChoiceField(
        label="Souhaite-t-elle être accompagnée ?",
        help_text="La réponse ne change rien à la proposition d’un logement.",
        choices=[("yes", "Oui"), ("no", "Non"), (Quality.UNKNOWN, "Ne sait pas"), (Quality.REFUSED, "Ne répond pas")],
        widget=forms.RadioSelect,
        initial="yes",
        required=False,
    )
    communes = forms.MultipleChoiceField(
        label="Communes où elle veut vivre",
        choices=[("metz", "Metz"), ("woippy", "Woippy"), ("longeville", "Longeville-lès-Metz")],
        widget=forms.CheckboxSelectMultiple,
        initial=["metz"],
        required=False,
    )
    words = forms.CharField(label="Ce qu’elle souhaite, dans ses mots", widget=forms.Textarea, required=False)
    document = forms.FileField(label="Pièce jointe", help_text="PDF ou photo, 10 Mo au plus.", required=False)
    is_informed = forms.BooleanField(label="La personne a reçu l’information sur ses droits", required=False)
    agency = forms.CharField(label="Service", initial="CCAS", disabled=True)


class Wanted(forms.Form):
    """What a list is narrowed to."""

    text = forms.CharField(label="Nom, téléphone ou dossier", required=False)
    rooms = forms.IntegerField(label="Pièces", required=False)
    place = forms.ChoiceField(label="Commune", choices=[("", "toutes")], required=False)


def context(shown: Iterable[maps.Map] = ()) -> dict[str, Any]:
    """Give the gallery's template everything it shows; the maps come from whoever holds contours."""
    today = timezone.localdate()
    typed = {"name": "", "situation": "boat", "born_on_day": "31", "born_on_month": "02", "born_on_year": "1972"}
    wrong = Specimen(typed, auto_id="wrong_%s")
    wrong.add_error("born_on", "Le 31 février n’existe pas : vérifiez le jour ou le mois.")
    return {
        "navigation": navigation(),
        "shell": shell(),
        "crumbs": (Link(label="Personnes", url="#main"), Link(label="dossier M57-0180")),
        "tags": tags(),
        "kinds": [(kind, _kind_label(kind)) for kind in Kind],
        "figures": figures(),
        "entries": entries(today),
        "table": shortlist(),
        "sorted_table": homes(),
        "empty_table": Table(caption="Aucun candidat", columns=shortlist().columns, rows=()),
        "lane": residences(today),
        "arabic_lane": _arabic_lane(today),
        "drawings": [drawings.draw(chart) for chart in drawn()],
        "sheets": [cartography.draw(each) for each in shown],
        "steps": steps(),
        "affordability": affordability(),
        "form": Specimen(),
        "wrong_form": wrong,
        "closed_form": closed_form(),
        "filters": Wanted(auto_id="filter_%s"),
        "page_obj": Paginator(range(10_000), 25).page(3),
        "days": [today + timedelta(days=gap) for gap in (-214, -11, -1, 0, 1, 9, 90)],
        "long_name": LONG_NAME,
        "arabic_name": ARABIC_NAME,
        "spoken": "« L'école des petits : c'est tout ce qui compte ! »",
    }


def closed_form() -> Specimen:
    """Give the same form to who may read it and not change it."""
    form = Specimen(auto_id="closed_%s")
    for field in form.fields.values():
        field.disabled = True
    return form


def shell() -> Shell:
    """Give a shell with every control."""
    return Shell(
        home_url="/",
        territory=LONG_TERRITORY,
        search_url="/gallery/",
        account_name=LONG_NAME,
        account_role="coordination",
        account_url="#account",
        sign_out_url="#sign-out",
        language_url="#language",
        shortcuts=(Shortcut(keys="/", label="Chercher"), Shortcut(keys="g p", label="Personnes", url="#people")),
        shortcuts_url="#shortcuts-page",
        footer=(Link(label="Accessibilité", url="#accessibility"), Link(label="Vos données", url="#data")),
    )


def navigation() -> tuple[tuple[NavItem, ...], ...]:
    """Give the whole rail, as the role that may open everything sees it."""
    rail = (
        (("Ma journée", "house-door", 7), ("Personnes", "people", 1412), ("Logements", "building", 31),
         ("Attributions", "signpost-split", 3)),
        (("Baux et loyers", "key", None), ("Accompagnement", "chat-left-text", 118), ("Expulsions", "bank", 26)),
        (("Nuit de la solidarité", "moon-stars", None), ("Observatoire", "graph-up", None),
         ("Formation", "mortarboard", None), ("Réseau", "diagram-3", None)),
    )  # fmt: skip
    return tuple(
        tuple(
            NavItem(label=label, url="#main", icon=icon, count=count, is_current=label == "Personnes")
            for label, icon, count in group
        )
        for group in rail
    )


def tags() -> tuple[Tag, ...]:
    """Give four facts of different kinds."""
    return (
        Tag(label="hôtel 115 depuis 214 nuits", kind=Kind.ACT),
        Tag(label="DALO reconnu le 12/03/2026", kind=Kind.INFO),
        Tag(label="adresse protégée", kind=Kind.WAIT),
        Tag(label="référente : S. Hoffmann, CCAS"),
    )


def figures() -> tuple[Figure, ...]:
    """Give figures with and without an interval, links and a long label."""
    opened = {"rows_url": "#rows", "definition_url": "#definition", "table_url": "#table"}
    return (
        Figure(label="À la rue cette nuit, connus", value="137", unit="ménages", period="nuit du 22 au 23 novembre",
               detail="12 de moins qu’en octobre", **opened),
        Figure(label="Entrés dans un logement", value="96", unit="ménages", period="depuis le 1er janvier 2026",
               detail="dont 41 directement depuis la rue", **opened),
        Figure(label="Toujours logés à douze mois", value="88\u202f%", unit="des ménages", period="entrés en 2024",
               detail="entre 82 et 92\u202f% ; 71 ménages suivis", **opened),
        Figure(label="Part des attributions à des ménages sans domicile", value="–", unit="part non disponible",
               period="2026", detail="34 attributions ; le total du territoire n’est pas encore reçu", **opened),
    )  # fmt: skip


def entries(today: date) -> tuple[Entry, ...]:
    """Give lines whose time is a word, near or far."""
    return (
        Entry(when="avant 12 h", title="T2, 14 rue Taison", lead="le bailleur attend trois candidats", url="#home",
              detail="3 ménages proposés par l’ordre publié, 1 n’a pas encore été joint",
              tag=Tag(label="échéance ce matin", kind=Kind.ACT)),
        Entry(when=today + timedelta(days=3), title="M. B. D.", lead="audience, reprise du loyer à justifier",
              url="#eviction", detail="bail de 2024 : délai de six semaines",
              tag=Tag(label="expulsion", kind=Kind.STOP)),
        Entry(when=today - timedelta(days=9), title=LONG_NAME, lead="refus du bailleur sans motif",
              detail="un second regard est demandé avant de clore", tag=Tag(label="à relire", kind=Kind.WAIT)),
        Entry(when=today - timedelta(days=214), title="Demande de logement social renouvelée",
              detail="numéro unique, jusqu’au 4 novembre 2027", tag=Tag(label="fait", kind=Kind.HOME)),
        Entry(when="ce soir", title="Maraude centre", lead="5 personnes à revoir avant le froid"),
    )  # fmt: skip


def shortlist() -> Table:
    """Give a shortlist: numbers, tags, a long name, a current row."""
    columns = (
        Column(label="Rang", is_numeric=True),
        Column(label="Ménage"),
        Column(label="Points", is_numeric=True),
        Column(label="Reste à payer", is_numeric=True),
        Column(label="Pourquoi"),
    )
    dalo = Tag(label="DALO", kind=Kind.HOME)
    lines = (
        ("1", "M57-0231", "couple, 1 enfant · rue", "214", "96\u00a0€", (dalo, Tag(label="à la rue", kind=Kind.ACT)),
         "aucun logement mieux adapté ce tour"),
        ("2", LONG_NAME, "1 adulte, 2 enfants · hôtel", "198", "83\u00a0€",
         (dalo, Tag(label="adresse protégée", kind=Kind.WAIT)), ""),
        ("3", "M57-0044", "couple, 2 enfants · CHRS", "171", "1\u202f121\u00a0€", (Tag(label="attente 31 mois"),), ""),
        ("4", "M57-0312", "1 adulte, 1 enfant · tiers", "165", "inconnu",
         (Tag(label="ressources à confirmer", kind=Kind.WAIT),), "à demander avant la commission"),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                Cell(text=rank),
                Cell(text=name, url="#household", detail=who),
                Cell(text=points),
                Cell(text=left),
                Cell(tags=reasons, detail=note),
            ),
            is_current=rank == "1",
        )
        for rank, name, who, points, left, reasons, note in lines
    )
    return Table(caption="Quatre candidats, dans l’ordre publié", columns=columns, rows=rows)


def homes() -> Table:
    """Give a list one chooses in, sorted by its rent, the unknown one last; it also sorts by a day it does not show."""
    columns = (
        Column(label="Logement", sort="home"),
        Column(label="Surface", is_numeric=True, sort="surface", by=By.NUMBERS),
        Column(label="Loyer et charges", is_numeric=True, sort="cost", by=By.NUMBERS),
        Column(label="Parc"),
    )
    lines = (
        ("T4, 3 rue des Jardins, Longeville-lès-Metz", "82 m²", "1 121 €", "parc social"),
        ("T2, 14 rue Taison, Metz", "44 m²", "498 €", LONG_TERRITORY),
        ("T1, 8 rue Clovis, Metz", "non connue", "non connu", "parc privé"),
    )
    return Table(
        caption="Trois logements",
        columns=columns,
        rows=tuple(Row(cells=tuple(Cell(text=text) for text in line), key=line[0]) for line in lines),
        hides_caption=True,
        order=Order(key="cost", is_descending=True),
        also=(Column(label="Libre depuis", sort="free", by=By.DAYS),),
        chosen_for="chosen",
    )


def residences(today: date) -> lane.Lane:
    """Draw almost three years, all families of situations, a gap and a short stay."""
    stays = (
        ("logement", Family.OWN, 1000, 830), ("chez un tiers", Family.THIRD, 830, 700),
        ("rue", Family.STREET, 700, 620), ("urgence", Family.SHELTER, 620, 480),
        ("hôpital", Family.INSTITUTION, 480, 440), ("rue", Family.STREET, 440, 380),
        ("non connu", Family.UNKNOWN, 380, 320), ("résidence sociale", Family.ADAPTED, 300, 214),
        ("hôtel 115", Family.SHELTER, 214, None),
    )  # fmt: skip
    return _lane(stays, today)


def steps() -> tuple[Step, ...]:
    """Give the seven links of the chain, half way through."""
    return (
        Step(label="Connue", state="done", detail="le 3 mars", url="#known"),
        Step(label="Demande complète", state="done", detail="le 12 mars"),
        Step(label="Proposée", state="done", detail="2e sur 4"),
        Step(label="Commission", state="current", detail="le 26 novembre"),
        Step(label="Bail", state="to_come"),
        Step(label="Installée", state="to_come"),
        Step(label="Comptée", state="to_come"),
    )


def affordability() -> Affordability:
    """Give what a home would leave to live on."""
    return Affordability(
        title="Si elle entrait 8 rue Clovis",
        facts=(
            Fact(label="Loyer et charges", value="498,00\u00a0€"),
            Fact(label="Aide au logement", value="−\u202f415,00\u00a0€"),
            Fact(label="Reste à payer", value="83,00\u00a0€", is_strong=True),
            Fact(label="Taux d’effort", value="8,1\u202f%"),
            Fact(label="Reste à vivre, par jour et par unité de consommation", value="17,40\u00a0€"),
        ),
        basis="Estimation du 23/11/2026, barèmes au 01/10/2026. N’ouvre pas de droit.",
    )


def drawn() -> tuple[charts.Chart, ...]:
    """Give bars with a hidden year, an aim and a year not over; a line with its interval, a gap and an estimate."""
    counts = (("2022", 71), ("2023", None), ("2024", 84), ("2025", 96), ("2026", 41))
    bars = [
        charts.Point(
            label=year,
            value=None if count is None else Decimal(count),
            mark=charts.Mark.PARTIAL if year == "2026" else charts.Mark.OBSERVED,
            gap="<\u00a011",
            said="moins de 11",
        )
        for year, count in counts
    ]
    shares = (("2021", "0.82", "0.74", "0.88"), ("2022", "0.85", "0.79", "0.90"), ("2023", None, None, None),
              ("2024", "0.88", "0.82", "0.92"), ("2025", "0.87", "0.78", "0.93"))  # fmt: skip
    line = [
        charts.Point(
            label=year,
            value=Decimal(value) if value else None,
            low=Decimal(low) if low else None,
            high=Decimal(high) if high else None,
            mark=charts.Mark.ESTIMATE if year == "2025" else charts.Mark.OBSERVED,
        )
        for year, value, low, high in shares
    ]
    return (
        charts.Chart(
            key="entered", label="Entrés dans un logement", kind=charts.Kind.BARS, axis="Année", unit="ménages",
            finding="96 ménages sont entrés dans un logement en 2025, 84 en 2024.",
            series=[charts.Series(label="Entrés", points=bars)],
            target=charts.Target(label="Objectif", value=Decimal(90)), csv_url="#csv",
        ),
        charts.Chart(
            key="kept", label="Toujours logés", kind=charts.Kind.LINES, axis="Année", is_share=True,
            finding="Environ neuf ménages sur dix sont encore logés un an après leur entrée.",
            series=[charts.Series(label="Toujours logés", points=line)],
        ),
    )  # fmt: skip


def _arabic_lane(today: date) -> lane.Lane:
    stays = (("مسكن", Family.OWN, 1000, 600), ("الشارع", Family.STREET, 600, 400), ("فندق", Family.SHELTER, 400, None))
    return _lane(stays, today)


def _lane(stays: Any, today: date) -> lane.Lane:
    segments = [
        lane.Segment(
            label=label,
            family=family,
            started_on=today - timedelta(days=first),
            ended_on=None if last is None else today - timedelta(days=last),
        )
        for label, family, first, last in stays
    ]
    return lane.draw(segments, start=today - timedelta(days=1000), today=today)


def _kind_label(kind: Kind) -> str:
    labels = {Kind.NEUTRAL: "T3, 2e étage", Kind.HOME: "fait", Kind.ACT: "à faire", Kind.WAIT: "en attente"}
    return labels.get(kind, {Kind.STOP: "expulsion", Kind.INFO: "rendez-vous"}.get(kind, ""))
