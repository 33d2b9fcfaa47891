"""Every address of the house, what it is about, and who is meant to open it: read by the proposal and by the test."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver

from chezsoi.files.choices import SourceKind
from chezsoi.territories.access import Can
from tests.matrix.address import (
    ACCOUNT,
    ANYBODY,
    CIRCLE,
    ESTATE,
    HOUSEHOLD,
    MIXED,
    NOTHING,
    Address,
    Arguments,
    Both,
    Read,
    Write,
    about,
    about_a_sheet,
    about_a_territory,
    about_candidacy,
    about_commission,
    about_item,
    about_joint,
    about_round,
    about_sitting,
    about_territory,
    nowhere,
)  # fmt: skip


def _published(things: dict[str, Any]) -> dict[str, Any]:
    return {"grid_id": things["grid"].pk}


def _two_grids(things: dict[str, Any]) -> dict[str, Any]:
    return {"grid_id": things["grid"].pk, "other_id": things["grid"].pk}


def _draft(things: dict[str, Any]) -> dict[str, Any]:
    return {"draft_id": things["draft"].pk}


def _a_criterion(things: dict[str, Any]) -> dict[str, Any]:
    return {"draft_id": things["draft"].pk, "code": "dalo"}


def about_grid(thing: str, arguments: Arguments = _published) -> dict[str, Any]:
    return {"thing": thing, "kinds": ("own", "elsewhere"), "arguments": arguments}


def imports() -> Iterator[tuple[str, Address]]:
    """Describe the pages of an import, of people and of homes."""
    for kind, can in ((SourceKind.PEOPLE, Can.IMPORT_PEOPLE), (SourceKind.HOMES, Can.IMPORT_HOMES)):
        for page in ("import", "columns", "load", "stop", "undo", "corrections"):
            methods = Read if page in {"import", "corrections"} else Write
            arguments = _batch(f"stopped {kind} file" if page == "stop" else f"{kind} file")
            yield (
                f"journeys:{kind}-{page}",
                Address(can=can, methods=methods, thing="batch", kinds=ESTATE, arguments=arguments),
            )


def _batch(name: str) -> Arguments:
    return lambda things: {"reference": things[name].reference}


def _situation(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "situation_pk": things["situation"].pk}


def _person(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "person_pk": things["situation"].person_id}


def _held(things: dict[str, Any]) -> dict[str, Any]:
    return {"reference": things["held row"].batch.reference, "pk": things["held row"].pk}


def _membership(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "membership_pk": things["membership"].pk}


def _decide(things: dict[str, Any]) -> dict[str, Any]:
    return {"item_id": things["item"].pk, "candidacy_id": things["candidacy"].pk}


def _objection(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "objection_pk": things["objection"].pk}


def _document(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "attachment_pk": things["document"].pk}


def _access_request(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["access request"].pk}


def _receipt(things: dict[str, Any]) -> dict[str, Any]:
    return {"receipt": signing.dumps("D57-0001", salt="people.registered")}


def _kind(things: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "csv"}


def _never_done(things: dict[str, Any]) -> dict[str, Any]:
    return {"reference": UUID(int=0)}


def _definition(things: dict[str, Any]) -> dict[str, Any]:
    return {"code": "attribution.homeless"}


def _change(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "change_pk": things["change"].pk}


def _ground(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "kind": "ground", "row_pk": things["ground"].pk}


def _event(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "event_pk": things["event"].pk}


def _appeal(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "appeal_pk": things["appeal"].pk}


def _company(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "company_pk": things["company"].pk}


def _pause(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "pause_pk": things["pause"].pk}


def _act(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["household"].pk, "act": "renew"}


def _held_role(things: dict[str, Any]) -> dict[str, Any]:
    return {"pk": things["account"].pk, "role_pk": things["role held"].pk}


_PK = about("household", "pk")


def of_support() -> Iterator[tuple[str, Address]]:
    """Describe the pages of the support of a household, and the acts on one of its rows."""
    yield "support:file", Address(can=Can.SEE_SUPPORT, methods=Read, **_PK)
    for name in ("note-contact", "hand-over", "open-measure"):
        yield f"support:{name}", Address(can=Can.RECORD_SUPPORT, methods=Both, **_PK)
    rows = (
        ("take-up", Write, "handover", "handover_pk", {}),
        ("change-intensity", Both, "measure", "measure_pk", {}),
        ("end-measure", Both, "measure", "measure_pk", {}),
        ("take-back", Write, "contact", "row_pk", {"kind": "contact"}),
    )
    for name, methods, part, row, more in rows:
        yield (
            f"support:{name}",
            Address(
                can=Can.RECORD_SUPPORT,
                methods=methods,
                thing="household",
                kinds=(*HOUSEHOLD, MIXED),
                arguments=_row_of(part, row, more),
            ),
        )


def of_meetings() -> Iterator[tuple[str, Address]]:
    """Describe the pages of the case meetings of a household, and the acts on one of them and on its rows."""
    yield "support:meetings", Address(can=Can.SEE_SUPPORT, methods=Read)
    yield "support:call-meeting", Address(can=Can.RECORD_SUPPORT, methods=Both, **_PK)
    about = {"thing": "household", "kinds": (*HOUSEHOLD, MIXED)}
    for name, can, methods, more in (
        ("meeting", Can.SEE_SUPPORT, Read, {}),
        ("minutes", Can.SEE_SUPPORT, Read, {}),
        ("invite", Can.RECORD_SUPPORT, Both, {}),
        ("hold-meeting", Can.RECORD_SUPPORT, Both, {}),
        ("commit", Can.RECORD_SUPPORT, Both, {}),
        ("end-meeting", Can.RECORD_SUPPORT, Write, {"act": "withdraw"}),
    ):
        named = _row_of("meeting", "meeting_pk", more)
        yield f"support:{name}", Address(can=can, methods=methods, arguments=named, **about)
    for name, methods, more in (("settle", Both, {}), ("take-meeting-back", Write, {"kind": "settlement"})):
        yield f"support:{name}", Address(can=Can.RECORD_SUPPORT, methods=methods, arguments=_commitment(more), **about)


def _commitment(more: dict[str, str]) -> Arguments:
    return lambda things: {
        "pk": things["household"].pk, "meeting_pk": things["meeting"].pk, "row_pk": things["commitment"].pk, **more
    }  # fmt: skip


def _row_of(part: str, name: str, more: dict[str, str]) -> Arguments:
    return lambda things: {"pk": things["household"].pk, name: things[part].pk, **more}


_WAITS = {"thing": "first factor given", "kinds": NOTHING}
ADDRESSES: dict[str, Address] = {
    "portal:home": Address(can=ANYBODY, methods=Read),
    "portal:sign-in": Address(can=ANYBODY, methods=Both),
    "portal:demo-sign-in": Address(
        can=ANYBODY, methods=Write, asks_method_first=True, thing="demonstration", kinds=("other",),
        arguments=lambda things: {"pk": things["assignment"].user_id},
    ),
    "portal:second-step": Address(can=ANYBODY, methods=Both, **_WAITS),
    "portal:passkey-question": Address(can=ANYBODY, methods=Write, asks_method_first=True, **nowhere()),
    "portal:passkey-answer": Address(can=ANYBODY, methods=Write, asks_method_first=True, **_WAITS),
    "portal:provider-go": Address(can=ANYBODY, methods=Read, **nowhere()),
    "portal:provider-back": Address(can=ANYBODY, methods=Both, **nowhere()),
    "portal:forgotten": Address(can=ANYBODY, methods=Both),
    "portal:accept": Address(can=ANYBODY, methods=Both, **nowhere(secret="never-made")),
    "portal:new-password": Address(can=ANYBODY, methods=Both, **nowhere(secret="never-made")),
    "portal:habits": Address(can=ACCOUNT, methods=Both),
    "portal:calendar": Address(can=ACCOUNT, methods=Both),
    "portal:revoke-calendar": Address(can=ACCOUNT, methods=Write),
    "portal:calendar-file": Address(can=ANYBODY, methods=Read, **nowhere(secret="never-made")),
    "portal:shortcuts": Address(can=ANYBODY, methods=Read),
    "portal:password": Address(can=ACCOUNT, methods=Both),
    "portal:sessions": Address(can=ACCOUNT, methods=Read),
    "portal:end-session": Address(can=ACCOUNT, methods=Write, **nowhere(handle="never-open")),
    "portal:end-other-sessions": Address(can=ACCOUNT, methods=Write),
    "portal:second-factor": Address(can=ACCOUNT, methods=Read),
    "portal:application": Address(can=ACCOUNT, methods=Both),
    "portal:passkey": Address(can=ACCOUNT, methods=Both),
    "portal:new-passkey-question": Address(can=ACCOUNT, methods=Write),
    "portal:recovery-codes": Address(can=ACCOUNT, methods=Write),
    "portal:remove-factor": Address(can=ACCOUNT, methods=Write, **nowhere(pk=1)),
    "portal:managed-accounts": Address(can=Can.MANAGE_ACCOUNTS, methods=Read),
    "portal:invite": Address(can=Can.MANAGE_ACCOUNTS, methods=Both),
    "portal:managed-account": Address(can=Can.MANAGE_ACCOUNTS, methods=Read, **about("account", "pk")),
    "portal:give-role": Address(can=Can.MANAGE_ACCOUNTS, methods=Write, **about("account", "pk")),
    "portal:end-role": Address(
        can=Can.MANAGE_ACCOUNTS, methods=Write, thing="account", kinds=(*ESTATE, MIXED), arguments=_held_role
    ),
    "portal:close-sessions": Address(can=Can.MANAGE_ACCOUNTS, methods=Write, **about("account", "pk")),
    "portal:disable-account": Address(can=Can.MANAGE_ACCOUNTS, methods=Write, **about("account", "pk")),
    "portal:invite-again": Address(can=Can.MANAGE_ACCOUNTS, methods=Write, **about("account", "pk")),
    "portal:sign-out": Address(can=ACCOUNT, methods=Write, asks_method_first=True, leaves=True),
    "portal:account": Address(can=ACCOUNT, methods=Read),
    "portal:choose-role": Address(can=ACCOUNT, methods=Write, asks_method_first=True, **about("assignment", "pk")),
    "portal:language": Address(can=ANYBODY, methods=Write, asks_method_first=True),
    "portal:day": Address(can=ACCOUNT, methods=Read),
    "portal:household": Address(can=Can.SEE_HOUSEHOLD, methods=Read, **_PK),
    "portal:estimate": Address(can=Can.SEE_RESOURCES, methods=Write, **_PK),
    "portal:search": Address(can=ACCOUNT, methods=Read),
    "portal:drafts": Address(can=ACCOUNT, methods=Both),
    "portal:discard-draft": Address(can=ACCOUNT, methods=Write),
    "portal:trail": Address(can=Can.READ_TRAIL, methods=Read),
    "portal:trail-export": Address(can=Can.READ_TRAIL, methods=Read),
    "portal:emergencies": Address(can=Can.REVIEW_EMERGENCY, methods=Read),
    "portal:review-emergency": Address(can=Can.REVIEW_EMERGENCY, methods=Both, **about("emergency", "pk")),
    "portal:access-requests": Address(can=Can.READ_TRAIL, methods=Read),
    "portal:ask-emergency": Address(can=Can.BREAK_GLASS, methods=Both),
    "portal:emergency": Address(can=Can.BREAK_GLASS, methods=Read, **about("own emergency", "pk", "emergency")),
    "portal:end-emergency": Address(can=Can.BREAK_GLASS, methods=Write, **about("own emergency", "pk", "emergency")),
    "portal:catalogue": Address(can=ANYBODY, methods=Read),
    "portal:accessibility": Address(can=ANYBODY, methods=Read),
    "portal:gallery": Address(can=ANYBODY, methods=Read),
    "people:list": Address(can=Can.LIST_PEOPLE, methods=Read),
    "people:export": Address(can=Can.LIST_PEOPLE, methods=Read, arguments=_kind),
    "people:export-chosen": Address(can=Can.LIST_PEOPLE, methods=Read, arguments=_kind),
    "people:hand-over": Address(can=Can.MANAGE_CIRCLE, methods=Both),
    "people:meeting": Address(can=Can.RECORD_SITUATION, methods=Both),
    "people:together-done": Address(can=Can.LIST_PEOPLE, methods=Read, **nowhere(reference=UUID(int=0))),
    "people:take-hand-over-back": Address(can=Can.MANAGE_CIRCLE, methods=Write, arguments=_never_done),
    "people:take-meeting-back": Address(can=Can.RECORD_SITUATION, methods=Write, arguments=_never_done),
    "people:save-view": Address(can=Can.LIST_PEOPLE, methods=Write),
    "people:forget-view": Address(can=Can.LIST_PEOPLE, methods=Write),
    "people:new": Address(can=Can.REGISTER_PEOPLE, methods=Both),
    "people:registered": Address(can=Can.REGISTER_PEOPLE, methods=Read, arguments=_receipt),
    "people:known": Address(can=Can.REGISTER_PEOPLE, methods=Write),
    "people:duplicates": Address(can=Can.REVIEW_DUPLICATES, methods=Read),
    "people:judge": Address(can=Can.REVIEW_DUPLICATES, methods=Write, **about("pair", "pk")),
    "people:household": Address(can=Can.SEE_HOUSEHOLD, methods=Read, **_PK),
    "people:situation": Address(can=Can.RECORD_SITUATION, methods=Both, **_PK),
    "people:withdraw": Address(
        can=Can.RECORD_SITUATION, methods=Both, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_situation
    ),
    "people:add-member": Address(can=Can.REGISTER_PEOPLE, methods=Both, **_PK),
    "people:leave": Address(can=Can.REGISTER_PEOPLE, methods=Both, **_PK),
    **{
        f"people:{name}": Address(can=can, methods=Both, thing="household", kinds=HOUSEHOLD, arguments=_person)
        for name, can in (
            ("correct", Can.REGISTER_PEOPLE),
            ("add-alias", Can.REGISTER_PEOPLE),
            ("add-phone", Can.REGISTER_PEOPLE),
            ("resources", Can.SEE_RESOURCES),
        )
    },
    "people:wishes": Address(can=Can.REGISTER_PEOPLE, methods=Both, **_PK),
    "people:open-circle": Address(can=Can.MANAGE_CIRCLE, methods=Both, **_PK),
    "people:close-circle": Address(
        can=Can.MANAGE_CIRCLE, methods=Both, thing="household", kinds=(*CIRCLE, MIXED), arguments=_membership
    ),
    "people:take-circle-back": Address(
        can=Can.MANAGE_CIRCLE, methods=Write, thing="household", kinds=(*CIRCLE, MIXED), arguments=_membership
    ),
    "people:protect": Address(can=Can.FLAG_VIOLENCE, methods=Both, **_PK),
    "people:information": Address(can=Can.RECORD_RIGHTS, methods=Both, **_PK),
    "people:objection": Address(can=Can.RECORD_RIGHTS, methods=Both, **_PK),
    "people:withdraw-objection": Address(
        can=Can.RECORD_RIGHTS, methods=Write, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_objection
    ),
    "people:attachments": Address(can=Can.SEE_HOUSEHOLD, methods=Read, **_PK),
    "people:attach": Address(can=Can.ATTACH_DOCUMENT, methods=Write, **_PK),
    **{
        f"people:{name}": Address(
            can=can, methods=methods, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_document
        )
        for name, can, methods in (
            ("attachment", Can.SEE_HOUSEHOLD, Read),
            ("remove-attachment", Can.ATTACH_DOCUMENT, Write),
            ("put-attachment-back", Can.ATTACH_DOCUMENT, Write),
        )
    },
    "people:ask-copy": Address(can=Can.RECORD_RIGHTS, methods=Both, **_PK),
    **{
        f"journeys:{name}": Address(
            can=Can.GIVE_COPY, methods=methods, thing="household", kinds=HOUSEHOLD, arguments=_access_request
        )
        for name, methods in (
            ("access-copy", Both),
            ("access-copy-pdf", Read),
            ("access-copy-json", Read),
            ("hand-copy", Write),
        )
    },
    "homes:homes": Address(can=Can.SEE_HOMES, methods=Read),
    "homes:export": Address(can=Can.SEE_HOMES, methods=Read, arguments=_kind),
    "homes:map": Address(can=Can.SEE_HOMES, methods=Read),
    "homes:map-csv": Address(can=Can.SEE_HOMES, methods=Read),
    "homes:new": Address(can=Can.RECORD_HOME, methods=Both),
    "homes:home": Address(can=Can.SEE_HOMES, methods=Read, **about("dwelling", "dwelling_id")),
    "homes:rooms": Address(can=Can.OFFER_HOME, methods=Both, **about("dwelling", "dwelling_id")),
    "homes:terms": Address(can=Can.OFFER_HOME, methods=Both, **about("offer", "offer_id")),
    "homes:withdraw": Address(can=Can.OFFER_HOME, methods=Write, **about("offer", "offer_id")),
    "homes:reopen": Address(can=Can.OFFER_HOME, methods=Write, **about("offer", "offer_id")),
    "allocation:grids": Address(can=ACCOUNT, methods=Read),
    "allocation:grid": Address(can=ACCOUNT, methods=Read, **about_grid("grid")),
    "allocation:compare-grids": Address(can=ACCOUNT, methods=Read, **about_grid("grid", _two_grids)),
    "allocation:begin-grid": Address(can=Can.RUN_ROUND, methods=Both, **about_grid("grid")),
    "allocation:grid-draft": Address(can=Can.RUN_ROUND, methods=Both, **about_grid("grid draft", _draft)),
    "allocation:compare-draft": Address(can=Can.RUN_ROUND, methods=Read, **about_grid("grid draft", _draft)),
    "allocation:new-grid-criterion": Address(can=Can.RUN_ROUND, methods=Both, **about_grid("grid draft", _draft)),
    "allocation:grid-criterion": Address(can=Can.RUN_ROUND, methods=Both, **about_grid("grid draft", _a_criterion)),
    "allocation:remove-grid-criterion": Address(
        can=Can.RUN_ROUND, methods=Write, **about_grid("grid draft", _a_criterion)
    ),
    "allocation:discard-grid": Address(can=Can.RUN_ROUND, methods=Write, **about_grid("grid draft", _draft)),
    "allocation:publish-grid": Address(can=Can.RUN_ROUND, methods=Write, **about_grid("grid draft", _draft)),
    "journeys:grid-impact": Address(can=Can.RUN_ROUND, methods=Read, **about_grid("grid draft", _draft)),
    "allocation:round-fairness": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_round()),
    "allocation:round-fairness-csv": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_round()),
    "allocation:fairness": Address(can=Can.SEE_INDICATORS, methods=Read, thing="territory", kinds=("own",)),
    "allocation:fairness-of-territory": Address(can=Can.SEE_INDICATORS, methods=Read, **about_territory()),
    "allocation:fairness-csv": Address(can=Can.SEE_INDICATORS, methods=Read, **about_territory()),
    "allocation:refusal-figures": Address(can=Can.SEE_INDICATORS, methods=Read, thing="territory", kinds=("own",)),
    "allocation:refusal-figures-of-territory": Address(can=Can.SEE_INDICATORS, methods=Read, **about_a_territory()),
    "allocation:refusal-figures-csv": Address(can=Can.SEE_INDICATORS, methods=Read, **about_a_territory()),
    "allocation:rounds": Address(can=Can.SEE_SHORTLIST, methods=Read),
    "allocation:export-rounds": Address(can=Can.SEE_SHORTLIST, methods=Read, arguments=_kind),
    "allocation:export-sittings": Address(can=Can.SEE_COMMISSION, methods=Read, arguments=_kind),
    "allocation:round": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_round()),
    "allocation:draw": Address(can=Can.RUN_ROUND, methods=Both, **about_round("committed")),
    "allocation:proof": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_round()),
    "allocation:table": Address(can=Can.PREPARE_COMMISSION, methods=Both, **about_round()),
    "allocation:cancel": Address(can=Can.RUN_ROUND, methods=Write, **about_round()),
    "allocation:joint": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_joint()),
    "allocation:draw-joint": Address(can=Can.RUN_ROUND, methods=Both, **about_joint("joint to draw")),
    "allocation:joint-proof": Address(can=Can.SEE_SHORTLIST, methods=Read, **about_joint()),
    "allocation:cancel-joint": Address(can=Can.RUN_ROUND, methods=Write, **about_joint()),
    "allocation:commissions": Address(can=Can.PREPARE_COMMISSION, methods=Read),
    "allocation:new-commission": Address(can=Can.PREPARE_COMMISSION, methods=Both),
    "allocation:members": Address(can=Can.PREPARE_COMMISSION, methods=Both, **about_commission()),
    "allocation:end-member": Address(can=Can.PREPARE_COMMISSION, methods=Write, **about_commission()),
    "allocation:sittings": Address(can=Can.SEE_COMMISSION, methods=Read),
    "allocation:decisions": Address(can=Can.SEE_COMMISSION, methods=Read),
    "allocation:export-decisions": Address(can=Can.SEE_COMMISSION, methods=Read, arguments=_kind),
    "allocation:decisions-sheet": Address(can=Can.SEE_COMMISSION, methods=Read, **about_commission()),
    "allocation:call": Address(can=Can.PREPARE_COMMISSION, methods=Both),
    "allocation:sitting": Address(can=Can.SEE_COMMISSION, methods=Read, **about_sitting()),
    "allocation:attendance": Address(can=Can.RECORD_DECISION, methods=Write, **about_sitting()),
    "allocation:close": Address(can=Can.RECORD_DECISION, methods=Write, **about_sitting()),
    "allocation:departure": Address(can=Can.RECORD_DECISION, methods=Write, **about_sitting()),
    "allocation:adjourn": Address(can=Can.RECORD_DECISION, methods=Write, **about_item()),
    "allocation:numbers": Address(can=Can.PREPARE_COMMISSION, methods=Write, **about_sitting()),
    "allocation:live": Address(can=Can.SEE_COMMISSION, methods=Read, **about_sitting()),
    "allocation:take-up": Address(can=Can.RECORD_DECISION, methods=Write, **about_item()),
    "allocation:projector": Address(
        can=Can.SEE_COMMISSION,
        methods=Read,
        thing="commission",
        kinds=ESTATE,
        arguments=lambda things: {"sitting_id": things["sitting"].pk, "place": 1},
    ),
    "allocation:extract": Address(can=Can.SEE_COMMISSION, methods=Read, **about_sitting("closed")),
    "allocation:minutes": Address(can=Can.SEE_COMMISSION, methods=Read, **about_sitting("closed")),
    "allocation:recuse": Address(can=Can.SEE_COMMISSION, methods=Write, **about_item()),
    "allocation:decide": Address(
        can=Can.RECORD_DECISION, methods=Write, thing="commission", kinds=(*ESTATE, MIXED), arguments=_decide
    ),
    "allocation:send": Address(can=Can.RECORD_DECISION, methods=Write, **about_candidacy("candidacy_id", "offered")),
    "allocation:letter": Address(can=Can.RECORD_ANSWER, methods=Read, **about("letter", "letter_id")),
    "allocation:refusal-letter": Address(
        can=Can.RECORD_ANSWER, methods=Read, **about_candidacy("candidacy_id", "turned away")
    ),
    "allocation:answer": Address(can=Can.RECORD_ANSWER, methods=Both, **about("letter", "letter_id")),
    "allocation:refuse": Address(can=Can.RECORD_ANSWER, methods=Both, **about_candidacy("candidacy_id")),
    "allocation:look": Address(can=Can.RECORD_ANSWER, methods=Both, **about("refusal", "refusal_id")),
    "allocation:take-refusal-back": Address(can=Can.RECORD_ANSWER, methods=Write, **about("refusal", "refusal_id")),
    "allocation:lapse": Address(can=Can.RECORD_ANSWER, methods=Write),
    "allocation:request": Address(can=Can.SEE_HOUSEHOLD, methods=Read, **_PK),
    "allocation:request-act": Address(
        can=Can.RECORD_REQUEST, methods=Both, thing="household", kinds=HOUSEHOLD, arguments=_act
    ),
    "allocation:undo-request-act": Address(
        can=Can.RECORD_REQUEST, methods=Write, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_event
    ),
    "allocation:reservations": Address(can=Can.SEE_HOMES, methods=Read),
    "allocation:export-flow": Address(
        can=Can.SEE_HOMES, methods=Read, arguments=lambda things: {"year": 2026, "kind": "csv"}
    ),
    "allocation:new-agreement": Address(can=Can.MANAGE_FLOW, methods=Both),
    "allocation:agreement": Address(can=Can.MANAGE_FLOW, methods=Both, **about("agreement", "pk")),
    "allocation:end-agreement": Address(can=Can.MANAGE_FLOW, methods=Write, **about("agreement", "pk")),
    "allocation:turns": Address(can=Can.SEE_HOMES, methods=Read, **about("offer", "offer_id")),
    **{
        f"allocation:{name}": Address(can=Can.MANAGE_FLOW, methods=Write, **about("offer", "offer_id"))
        for name in ("turn-over", "take-out", "put-back")
    },
    **{
        f"allocation:{name}": Address(can=can, methods=Write, **about("turn", "turn_id"))
        for name, can in (
            *(("hand-back", Can.ANSWER_TURN), ("propose", Can.ANSWER_TURN)),
            *(("pass-on", Can.MANAGE_FLOW), ("take-turn-back", Can.MANAGE_FLOW)),
        )
    },
    "allocation:asks": Address(can=Can.ASK_HOLDER, methods=Both, **_PK),
    "allocation:ask": Address(can=Can.ANSWER_TURN, methods=Both, **about("ask", "ask_id")),
    "allocation:withdraw-ask": Address(can=Can.ASK_HOLDER, methods=Write, **about("ask", "ask_id")),
    "allocation:pause": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    **{
        f"allocation:{name}": Address(
            can=Can.RECORD_REQUEST, methods=Write, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_pause
        )
        for name in ("end-pause", "take-pause-back")
    },
    "allocation:sharing": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    "allocation:company": Address(can=Can.RECORD_REQUEST, methods=Write, **_PK),
    "allocation:withdraw-company": Address(
        can=Can.RECORD_REQUEST, methods=Write, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_company
    ),
    "allocation:lodge-appeal": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    **{
        f"allocation:{name}": Address(
            can=Can.RECORD_REQUEST, methods=methods, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_appeal
        )
        for name, methods in (("settle-appeal", Both), ("reopen-appeal", Write))
    },
    "allocation:sheet": Address(can=Can.GIVE_COPY, methods=Read, **_PK),
    "allocation:print-sheet": Address(can=Can.GIVE_COPY, methods=Write, **_PK),
    "allocation:priority": Address(can=Can.SEE_HOUSEHOLD, methods=Read, **_PK),
    "allocation:prove": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    "allocation:label": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    **{
        f"allocation:{name}": Address(
            can=Can.RECORD_REQUEST, methods=methods, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_ground
        )
        for name, methods in (("end-priority", Both), ("restore-priority", Write))
    },
    "siao:orientations": Address(can=Can.SEE_ORIENTATIONS, methods=Read),
    "siao:without-support": Address(can=Can.SEE_ORIENTATIONS, methods=Read),
    "siao:teams": Address(can=Can.SEE_ORIENTATIONS, methods=Read),
    "siao:open-team": Address(can=Can.RECORD_ORIENTATION, methods=Write),
    "siao:team": Address(can=Can.SEE_ORIENTATIONS, methods=Read, **about("siao team", "team_pk")),
    "siao:close-team": Address(
        can=Can.RECORD_ORIENTATION, methods=Write, **about("siao team of ours", "team_pk", held_as="siao team")
    ),
    "siao:household": Address(can=Can.SEE_ORIENTATIONS, methods=Read, **_PK),
    "siao:list": Address(can=Can.RECORD_ORIENTATION, methods=Write, **_PK),
    "siao:unlist": Address(can=Can.RECORD_ORIENTATION, methods=Write, **about("household", "listing_pk", "listing")),
    **{
        f"siao:{name}": Address(can=Can.RECORD_ORIENTATION, methods=Both, **about("household", argument, thing))
        for argument, thing, names in (
            ("pk", "household", ("orient", "assess")),
            ("orientation_pk", "orientation", ("correct", "step", "withdraw")),
            ("step_pk", "orientation step", ("withdraw-step",)),
            ("assessment_pk", "assessment", ("withdraw-assessment",)),
        )
        for name in names
    },
    "tenancies:leases": Address(can=Can.SEE_LEASES, methods=Read),
    "tenancies:export": Address(can=Can.SEE_LEASES, methods=Read, arguments=_kind),
    "tenancies:lease": Address(can=Can.SEE_LEASES, methods=Read, **about("lease", "pk")),
    "tenancies:call-support": Address(can=Can.CALL_SUPPORT, methods=Both, **about("lease", "pk")),
    "tenancies:call": Address(can=Can.TAKE_CALL, methods=Both, **about("call", "call_id")),
    "tenancies:withdraw-call": Address(can=Can.CALL_SUPPORT, methods=Write, **about("call", "call_id")),
    "tenancies:take-call-back": Address(can=Can.TAKE_CALL, methods=Write, **about("call", "call_id")),
    "tenancies:exchange": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    "tenancies:withdraw-exchange": Address(can=Can.RECORD_REQUEST, methods=Write, **_PK),
    "tenancies:take-withdrawal-back": Address(can=Can.RECORD_REQUEST, methods=Write, **_PK),
    "support:support": Address(can=Can.SEE_SUPPORT, methods=Read),
    "support:places": Address(can=Can.RECORD_SUPPORT, methods=Both),
    "support:export": Address(can=Can.SEE_SUPPORT, methods=Read, arguments=_kind),
    "support:complete-task": Address(
        can=Can.RECORD_SUPPORT, methods=Write, **about("task", "pk")
    ),
    "support:reopen-task": Address(
        can=Can.RECORD_SUPPORT, methods=Write, **about("task", "pk")
    ),
    **dict(of_support()),
    **dict(of_meetings()),
    "journeys:way-home": Address(can=Can.SEE_SUPPORT, methods=Read),
    "journeys:registers": Address(can=Can.COMPARE_REGISTERS, methods=Read, **about_a_territory()),
    "journeys:register-sheet": Address(can=Can.REPORT_TO_REGISTERS, methods=Read, **about_a_sheet()),
    "journeys:open-round": Address(can=Can.RUN_ROUND, methods=Both, **about("offer", "offer_id")),
    "journeys:open-joint-round": Address(can=Can.RUN_ROUND, methods=Both),
    "journeys:exchanges": Address(can=Can.RUN_ROUND, methods=Read),
    "journeys:joint-support": Address(can=Can.RUN_ROUND, methods=Read, **about_joint()),
    "journeys:sign-lease": Address(can=Can.SIGN_LEASE, methods=Both, **about_candidacy("candidacy_pk", "offered")),
    "journeys:undo-lease": Address(can=Can.UNDO_LEASE, methods=Write, **about("lease", "pk")),
    "journeys:needs": Address(can=Can.RECORD_REQUEST, methods=Both, **_PK),
    "journeys:changed": Address(can=Can.REGISTER_PEOPLE, methods=Read, **_PK),
    **{
        f"journeys:{name}": Address(can=Can.REGISTER_PEOPLE, methods=Both, **_PK)
        for name in ("split", "join", "death", "back", "news", "lead")
    },
    "journeys:move": Address(can=Can.REGISTER_PEOPLE, methods=Both, **_PK),
    "journeys:moves": Address(can=Can.REGISTER_PEOPLE, methods=Both),
    "journeys:undo-change": Address(
        can=Can.REGISTER_PEOPLE, methods=Both, thing="household", kinds=(*HOUSEHOLD, MIXED), arguments=_change
    ),
    "journeys:keep": Address(can=Can.KEEP_FILE, methods=Both, **_PK),
    "journeys:retention": Address(can=Can.PURGE_FILES, methods=Both),
    "journeys:imports": Address(can=Can.IMPORT_PEOPLE, methods=Both),
    "journeys:home-imports": Address(can=Can.IMPORT_HOMES, methods=Both),
    **dict(imports()),
    "journeys:held": Address(
        can=Can.IMPORT_PEOPLE, methods=Read, thing="batch", kinds=ESTATE, arguments=_batch("people file")
    ),
    "journeys:settle-held": Address(
        can=Can.IMPORT_PEOPLE, methods=Write, thing="batch", kinds=ESTATE, arguments=_held
    ),
    "observatory:figures": Address(can=Can.SEE_INDICATORS, methods=Read),
    "observatory:public": Address(can=ANYBODY, methods=Read),
    "observatory:public-territory": Address(can=ANYBODY, methods=Read, **about_territory("public territory")),
    "observatory:public-csv": Address(can=ANYBODY, methods=Read, **about_territory("public territory")),
    "observatory:public-synthesis": Address(can=ANYBODY, methods=Read, **about_territory("public territory")),
    "observatory:synthesis": Address(can=Can.SEE_INDICATORS, methods=Read, **about_territory()),
    "observatory:public-communes": Address(can=ANYBODY, methods=Read, **about_territory("public territory")),
    "observatory:communes": Address(can=Can.SEE_INDICATORS, methods=Read, **about_territory()),
    "observatory:definition": Address(can=ANYBODY, methods=Read, arguments=_definition),
    "observatory:territory": Address(can=Can.SEE_INDICATORS, methods=Read, **about_territory()),
    "observatory:shared": Address(
        can=Can.SEE_INDICATORS,
        methods=Read,
        thing="shared siao",
        kinds=("own",),
        arguments=lambda things: {"siao": things["shared siao"].key, "year": 2026},
    ),
    "observatory:record-total": Address(
        can=Can.RECORD_TOTAL, methods=Write, **about_territory()
    ),
    "observatory:attributions": Address(
        can=Can.SEE_INDICATOR_ROWS, methods=Read, **about_territory(report="syplo", kind="csv")
    ),
    "observatory:rows": Address(
        can=Can.SEE_INDICATOR_ROWS, methods=Read, **about_territory(code="attribution.homeless")
    ),
}  # fmt: skip


def names(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Name every address of the URLconf."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + inside)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"
