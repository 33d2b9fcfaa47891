"""What changes requests, grids, rounds, sittings, and what households answer. Facts that refuse live with each."""

from chezsoi.allocation.actions.acts import act_on_request, lodge_appeal, reopen_appeal, settle_appeal, take_back
from chezsoi.allocation.actions.adjourning import adjourn, note_departure, note_return
from chezsoi.allocation.actions.asks import ask_holder, decline_ask, withdraw_ask
from chezsoi.allocation.actions.commissions import (
    call_sitting,
    close_sitting,
    end_member,
    name_member,
    record_attendance,
    recuse,
    register_commission,
)
from chezsoi.allocation.actions.decisions import Verdict, decide
from chezsoi.allocation.actions.drafts import (
    DraftFacts,
    WrittenCriterion,
    describe_draft,
    discard_draft,
    remove_criterion,
    start_draft,
    write_criterion,
)
from chezsoi.allocation.actions.forgetting import forget_facts, forget_sittings
from chezsoi.allocation.actions.grids import load_grid, load_grids, publish_draft
from chezsoi.allocation.actions.joint import (
    cancel_joint_round,
    draw_joint_round,
    note_joint_reading,
    open_joint_round,
)
from chezsoi.allocation.actions.live import take_up
from chezsoi.allocation.actions.lives import (
    carry_request,
    close_request,
    join_requests,
    reopen_request,
    share_seniority,
    withdraw_candidacies,
)
from chezsoi.allocation.actions.offers import (
    HomeAlreadyTaken,
    lapse_silent,
    offer_next_rank,
    record_answer,
    record_housed,
    send_offer,
    undo_housed,
)
from chezsoi.allocation.actions.outlays import estimate_outlays
from chezsoi.allocation.actions.pausing import ask_pause, end_pause, take_pause_back
from chezsoi.allocation.actions.priorities import (
    Evidence,
    end_priority,
    label_request,
    prove_ground,
    restore_priority,
)
from chezsoi.allocation.actions.refusing import look_again, note_refusal, take_refusal_back
from chezsoi.allocation.actions.requests import (
    RequestFacts,
    RoomsOutOfOrder,
    record_labels,
    record_request,
    wish_communes,
    withdraw_label,
)
from chezsoi.allocation.actions.reservations import (
    AgreementTerms,
    correct_agreement,
    end_agreement,
    put_back_in_flow,
    record_agreement,
    take_out_of_flow,
)
from chezsoi.allocation.actions.rounds import cancel_round, draw_round, note_reading, open_round
from chezsoi.allocation.actions.sharing import note_company_reading, state_company, state_sharing, withdraw_company
from chezsoi.allocation.actions.sheets import note_refusal_letter_made, note_sheet_made
from chezsoi.allocation.actions.tables import put_on_table
from chezsoi.allocation.actions.turns import (
    hand_back,
    lapse_turns,
    pass_on,
    propose,
    take_turn_back,
    turn_over,
)
from chezsoi.allocation.actions.votes import Votes

__all__ = [
    "AgreementTerms",
    "DraftFacts",
    "Evidence",
    "HomeAlreadyTaken",
    "RequestFacts",
    "RoomsOutOfOrder",
    "Verdict",
    "Votes",
    "WrittenCriterion",
    "act_on_request",
    "adjourn",
    "ask_holder",
    "ask_pause",
    "call_sitting",
    "cancel_joint_round",
    "cancel_round",
    "carry_request",
    "close_request",
    "close_sitting",
    "correct_agreement",
    "decide",
    "decline_ask",
    "describe_draft",
    "discard_draft",
    "draw_joint_round",
    "draw_round",
    "end_agreement",
    "end_member",
    "end_pause",
    "end_priority",
    "estimate_outlays",
    "forget_facts",
    "forget_sittings",
    "hand_back",
    "join_requests",
    "label_request",
    "lapse_silent",
    "lapse_turns",
    "load_grid",
    "load_grids",
    "lodge_appeal",
    "look_again",
    "name_member",
    "note_company_reading",
    "note_departure",
    "note_joint_reading",
    "note_reading",
    "note_refusal",
    "note_refusal_letter_made",
    "note_return",
    "note_sheet_made",
    "offer_next_rank",
    "open_joint_round",
    "open_round",
    "pass_on",
    "propose",
    "prove_ground",
    "publish_draft",
    "put_back_in_flow",
    "put_on_table",
    "record_agreement",
    "record_answer",
    "record_attendance",
    "record_housed",
    "record_labels",
    "record_request",
    "recuse",
    "register_commission",
    "remove_criterion",
    "reopen_appeal",
    "reopen_request",
    "restore_priority",
    "send_offer",
    "settle_appeal",
    "share_seniority",
    "start_draft",
    "state_company",
    "state_sharing",
    "take_back",
    "take_out_of_flow",
    "take_pause_back",
    "take_refusal_back",
    "take_turn_back",
    "take_up",
    "turn_over",
    "undo_housed",
    "wish_communes",
    "withdraw_ask",
    "withdraw_candidacies",
    "withdraw_company",
    "withdraw_label",
    "write_criterion",
]
