"""The one policy table: action × role → scope. Absent means denied.

A scope is one pair (record attribute, actor attribute) from which both the decision and the SQL condition come.
"""

from collections.abc import Mapping
from enum import StrEnum

from .actor import Role


class Scope(StrEnum):
    """Which records a permitted action reaches."""

    ANY = "any"
    OWN = "own"
    STATION = "station"
    COUNTY = "county"
    DEPARTMENT = "department"
    ASSIGNED = "assigned"


class Action(StrEnum):
    """Everything a person or the system may do that is not open to everybody."""

    # accounts
    SELF_READ = "self.read"
    SESSION_END = "session.end"
    CONSENT_SET = "consent.set"
    DATA_EXPORT = "data.export"
    DATA_CORRECT = "data.correct"
    DATA_ERASE = "data.erase"
    INVITATION_CREATE = "invitation.create"
    INVITATION_ACCEPT = "invitation.accept"
    STAFF_MANAGE = "staff.manage"
    # merchants and certification
    UNIT_READ = "unit.read"
    UNIT_IMPORT = "unit.import"
    CERTIFICATE_RECTIFY = "certificate.rectify"
    CERTIFICATE_SUSPEND = "certificate.suspend"
    CERTIFICATE_RESTORE = "certificate.restore"
    CERTIFICATE_REVOKE = "certificate.revoke"
    CERTIFICATE_CANCEL = "certificate.cancel"
    CERTIFICATE_EXPIRE = "certificate.expire"
    # badges
    PLATE_ORDER = "plate.order"
    PLATE_ISSUE = "plate.issue"
    PLATE_REPORT_LOSS = "plate.report_loss"
    PLATE_VOID = "plate.void"
    PLATE_READ = "plate.read"
    # ratings
    RATING_SUBMIT = "rating.submit"
    RATING_WITHDRAW = "rating.withdraw"
    RATING_MODERATE = "rating.moderate"
    RATING_HIDE = "rating.hide"
    # settlement requests (和解诉求), answered by the liaison station
    SETTLEMENT_SUBMIT = "settlement.submit"
    SETTLEMENT_READ = "settlement.read"
    MESSAGE_READ = "message.read"
    MESSAGE_SEND = "message.send"
    PHONE_SHARE = "phone.share"
    PHONE_VIEW = "phone.view"
    READY_ANSWER_KEEP = "ready_answer.keep"
    SETTLEMENT_WATCH = "settlement.watch"
    SETTLEMENT_TAKE = "settlement.take"
    SETTLEMENT_HAND_OVER = "settlement.hand_over"
    SETTLEMENT_OFFER = "settlement.offer"
    SETTLEMENT_REFUSE = "settlement.refuse"
    SETTLEMENT_ACCEPT = "settlement.accept"
    SETTLEMENT_DECLINE = "settlement.decline"
    SETTLEMENT_CONFIRM_PERFORMED = "settlement.confirm_performed"
    SETTLEMENT_REPORT_NOT_PERFORMED = "settlement.report_not_performed"
    SETTLEMENT_ESCALATE = "settlement.escalate"
    SETTLEMENT_WITHDRAW = "settlement.withdraw"
    SETTLEMENT_PACKAGE = "settlement.package"
    SETTLEMENT_NUMBER_12315 = "settlement.number_12315"
    SETTLEMENT_LAPSE = "settlement.lapse"
    # complaints (投诉), handled by the bureau
    COMPLAINT_LODGE = "complaint.lodge"
    COMPLAINT_READ = "complaint.read"
    COMPLAINT_DOCUMENT_READ = "complaint.document_read"
    COMPLAINT_ACCEPT = "complaint.accept"
    COMPLAINT_REFUSE = "complaint.refuse"
    COMPLAINT_PAUSE_FOR_TESTING = "complaint.pause_for_testing"
    COMPLAINT_RESUME = "complaint.resume"
    COMPLAINT_ANSWER_CONSENT = "complaint.answer_consent"
    COMPLAINT_NOTE_CONSENT = "complaint.note_consent"
    COMPLAINT_INVITE = "complaint.invite"
    COMPLAINT_NOTE_ABSENCE = "complaint.note_absence"
    COMPLAINT_ASK_RECUSAL = "complaint.ask_recusal"
    COMPLAINT_DECIDE_RECUSAL = "complaint.decide_recusal"
    COMPLAINT_RECORD_AGREEMENT = "complaint.record_agreement"
    COMPLAINT_TERMINATE = "complaint.terminate"
    COMPLAINT_SERVE_NOTICE = "complaint.serve_notice"
    COMPLAINT_WITHDRAW = "complaint.withdraw"
    COMPLAINT_PASS_ON = "complaint.pass_on"  # noqa: S105
    COMPLAINT_MERGE = "complaint.merge"
    COMPLAINT_TAKE_OVER = "complaint.take_over"
    COMPLAINT_CONTEST = "complaint.contest"
    COMPLAINT_DECIDE_POWER = "complaint.decide_power"
    COMPLAINT_ASSIGN = "complaint.assign"
    COMPLAINT_ASK_IDENTITY = "complaint.ask_identity"
    COMPLAINT_ANSWER_IDENTITY = "complaint.answer_identity"
    COMPLAINT_PACKAGE = "complaint.package"
    COMPLAINT_DELEGATE = "complaint.delegate"
    COMPLAINT_TAKE_BACK = "complaint.take_back"
    DELEGATION_READ = "delegation.read"
    DELEGATION_TAKE_ON = "delegation.take_on"
    DELEGATION_DECLINE = "delegation.decline"
    DELEGATION_REPORT_AGREEMENT = "delegation.report_agreement"
    DELEGATION_REPORT_FAILURE = "delegation.report_failure"
    DELEGATION_IDENTITY_REVEAL = "delegation.identity_reveal"
    COMPLAINT_NOTE_SERVING = "complaint.note_serving"
    IDENTITY_REVEAL = "complaint.identity_reveal"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_READ = "evidence.read"
    # after the close (回访)
    QUESTIONNAIRE_ANSWER = "questionnaire.answer"
    CALL_BACK_READ = "call_back.read"
    CALL_BACK_RECORD = "call_back.record"
    REOPENING_READ = "reopening.read"
    REOPENING_OPEN = "reopening.open"
    REOPENING_TAKE = "reopening.take"
    REOPENING_CLOSE_SOLVED = "reopening.close_solved"
    REOPENING_CLOSE_UNSOLVED = "reopening.close_unsolved"
    REOPENING_WITHDRAW = "reopening.withdraw"
    # the public record (公示信息): shop-front photo, catering grade, penalties, warnings, replies
    RECORD_READ = "public_record.read"
    SHOP_PHOTO_SEND = "shop_photo.send"
    SHOP_PHOTO_DECIDE = "shop_photo.decide"
    CATERING_GRADE_RECORD = "catering_grade.record"
    PENALTY_PUBLISH = "penalty.publish"
    PENALTY_WITHDRAW = "penalty.withdraw"
    WARNING_PUBLISH = "warning.publish"
    WARNING_WITHDRAW = "warning.withdraw"
    UNIT_REPLY_SEND = "unit_reply.send"
    UNIT_REPLY_DECIDE = "unit_reply.decide"
    # paying first (先行赔付) and getting it back
    ADVANCE_REQUEST = "advance.request"
    ADVANCE_READ = "advance.read"
    ADVANCE_APPROVE = "advance.approve"
    ADVANCE_DECLINE = "advance.decline"
    ADVANCE_PAY = "advance.pay"
    RECOVERY_READ = "recovery.read"
    RECOVERY_RECOVER = "recovery.recover"
    RECOVERY_WRITE_OFF = "recovery.write_off"
    FUND_CAP_SET = "fund_cap.set"
    HOST_SET = "host.set"
    # removal from the register: a proposal, the merchant's reply, a second officer's decision
    REMOVAL_PROPOSE = "removal.propose"
    REMOVAL_READ = "removal.read"
    REMOVAL_REPLY = "removal.reply"
    REMOVAL_CLOSE_REPLY = "removal.close_reply"
    REMOVAL_DECIDE_REVOKE = "removal.decide_revoke"
    REMOVAL_DECIDE_KEEP = "removal.decide_keep"
    REMOVAL_WITHDRAW = "removal.withdraw"
    # experience reviews
    CAMPAIGN_CREATE = "campaign.create"
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_DRAW = "campaign.draw"
    CAMPAIGN_CLOSE = "campaign.close"
    CAMPAIGN_PUBLISH = "campaign.publish"
    VISIT_READ = "visit.read"
    VISIT_DECLARE_CONFLICT = "visit.declare_conflict"
    VISIT_START = "visit.start"
    VISIT_SUBMIT = "visit.submit"
    VISIT_LAPSE = "visit.lapse"
    # objections to public entries, kitchens to watch
    OBJECTION_READ = "objection.read"
    OBJECTION_RAISE = "objection.raise"
    OBJECTION_UPHOLD = "objection.uphold"
    OBJECTION_REJECT = "objection.reject"
    OBJECTION_WITHDRAW = "objection.withdraw"
    KITCHEN_LINK_SEND = "kitchen_link.send"
    KITCHEN_LINK_DECIDE = "kitchen_link.decide"
    KITCHEN_LINK_REMOVE = "kitchen_link.remove"
    # genuineness: suspected clones, false plaques
    CLONE_CASE_READ = "clone_case.read"
    CLONE_CASE_OPEN = "clone_case.open"
    CLONE_CASE_CHECK = "clone_case.check"
    CLONE_CASE_CONFIRM = "clone_case.confirm"
    CLONE_CASE_DISMISS = "clone_case.dismiss"
    FAKE_REPORT_READ = "fake_report.read"
    FAKE_REPORT_HAND_OVER = "fake_report.hand_over"
    FAKE_REPORT_CLOSE = "fake_report.close"
    KNOWN_FAKE_KEEP = "known_fake.keep"
    # reports (举报): the bureau alone, never who may be reported
    REPORT_READ = "report.read"
    REPORT_NOTE_CLUE = "report.note_clue"
    REPORT_VERIFY = "report.verify"
    REPORT_ASK = "report.ask"
    REPORT_ASK_EXTENSION = "report.ask_extension"
    REPORT_APPROVE_EXTENSION = "report.approve_extension"
    REPORT_DENY_EXTENSION = "report.deny_extension"
    REPORT_FILE_CASE = "report.file_case"
    REPORT_NOT_FILE = "report.not_file"
    REPORT_TRANSFER = "report.transfer"
    REPORT_MERGE = "report.merge"
    REPORT_CLOSE_REPEAT = "report.close_repeat"
    REPORTER_REVEAL = "report.reporter_reveal"
    # what cannot wait
    EMERGENCY_READ = "emergency.read"
    EMERGENCY_ACKNOWLEDGE = "emergency.acknowledge"
    EMERGENCY_CLOSE = "emergency.close"
    MASS_HARM_READ = "mass_harm.read"
    # the joint meeting: one department leads, others assist
    DISPATCH_PROPOSE = "dispatch.propose"
    DISPATCH_READ = "dispatch.read"
    DISPATCH_SEND = "dispatch.send"
    DISPATCH_DECLINE = "dispatch.decline"
    DISPATCH_HAND_BACK = "dispatch.hand_back"
    DISPATCH_ACCEPT = "dispatch.accept"
    DISPATCH_REPORT = "dispatch.report"
    DISPATCH_ASK_MORE = "dispatch.ask_more"
    DISPATCH_CONFIRM = "dispatch.confirm"
    DISPATCH_CEASE = "dispatch.cease"
    ASSISTANCE_READ = "assistance.read"
    ASSISTANCE_ASK = "assistance.ask"
    ASSISTANCE_REPLY = "assistance.reply"
    ASSISTANCE_RELEASE = "assistance.release"
    # bodies that handle disputes
    BODY_CONTACT_SET = "body.contact_set"
    # operations
    CALENDAR_PUBLISH = "calendar.publish"
    NOTICE_READ_OWN = "notice.read_own"
    NOTICE_PHONE_SET = "notice_phone.set"
    DELIVERY_REVIEW = "delivery.review"
    AUDIT_READ = "audit.read"


_SIGNED_IN: dict[Role, Scope] = {role: Scope.OWN for role in Role if role is not Role.SYSTEM}
_BUREAU = {Role.COUNTY_OFFICER: Scope.COUNTY, Role.CITY_OFFICER: Scope.ANY}
_BUREAU_AND_OFFICE = {**_BUREAU, Role.JOINT_OFFICE: Scope.ANY}
_OFFICE = {Role.JOINT_OFFICE: Scope.ANY}
_DEPARTMENT = {Role.DEPARTMENT: Scope.DEPARTMENT}
_CONSUMER = {Role.CONSUMER: Scope.OWN}
_STATION = {Role.STATION_MEMBER: Scope.STATION}
_SYSTEM = {Role.SYSTEM: Scope.ANY}
_COUNCIL = {Role.COUNCIL: Scope.ANY}

POLICY: Mapping[Action, Mapping[Role, Scope]] = {
    Action.SELF_READ: _SIGNED_IN,
    Action.SESSION_END: _SIGNED_IN,
    Action.CONSENT_SET: _SIGNED_IN,
    Action.DATA_EXPORT: _CONSUMER,
    Action.DATA_CORRECT: _CONSUMER,
    Action.DATA_ERASE: _CONSUMER,
    Action.INVITATION_CREATE: {**_BUREAU, **_COUNCIL, Role.OPERATOR: Scope.ANY},
    Action.INVITATION_ACCEPT: _CONSUMER,
    Action.STAFF_MANAGE: {Role.OPERATOR: Scope.ANY},
    Action.UNIT_READ: {**_BUREAU_AND_OFFICE, **_COUNCIL, **_STATION, Role.OPERATOR: Scope.ANY},
    Action.UNIT_IMPORT: {Role.OPERATOR: Scope.ANY, Role.JOINT_OFFICE: Scope.ANY, **_SYSTEM},
    Action.CERTIFICATE_RECTIFY: _BUREAU,
    Action.CERTIFICATE_SUSPEND: _BUREAU,
    Action.CERTIFICATE_RESTORE: _BUREAU,
    Action.CERTIFICATE_REVOKE: _BUREAU,
    Action.CERTIFICATE_CANCEL: _BUREAU,
    Action.CERTIFICATE_EXPIRE: _SYSTEM,
    Action.PLATE_ORDER: {**_STATION, Role.JOINT_OFFICE: Scope.ANY, Role.OPERATOR: Scope.ANY, **_SYSTEM},
    Action.PLATE_ISSUE: {Role.JOINT_OFFICE: Scope.ANY, Role.OPERATOR: Scope.ANY, **_SYSTEM},
    Action.PLATE_REPORT_LOSS: {**_STATION, **_BUREAU_AND_OFFICE},
    Action.PLATE_VOID: _BUREAU_AND_OFFICE,
    Action.PLATE_READ: {**_BUREAU_AND_OFFICE, **_STATION, Role.OPERATOR: Scope.ANY},
    Action.RATING_SUBMIT: _CONSUMER,
    Action.RATING_WITHDRAW: _CONSUMER,
    Action.RATING_MODERATE: _SYSTEM,
    Action.RATING_HIDE: _BUREAU,
    Action.SETTLEMENT_SUBMIT: _CONSUMER,
    Action.SETTLEMENT_READ: {**_CONSUMER, **_STATION, **_BUREAU},
    Action.MESSAGE_READ: {**_CONSUMER, **_STATION},
    Action.MESSAGE_SEND: {**_CONSUMER, **_STATION},
    Action.PHONE_SHARE: _CONSUMER,
    Action.PHONE_VIEW: _STATION,
    Action.READY_ANSWER_KEEP: _STATION,
    Action.SETTLEMENT_WATCH: _BUREAU,
    Action.SETTLEMENT_TAKE: _STATION,
    Action.SETTLEMENT_HAND_OVER: _STATION,
    Action.SETTLEMENT_OFFER: _STATION,
    Action.SETTLEMENT_REFUSE: _STATION,
    Action.SETTLEMENT_ACCEPT: _CONSUMER,
    Action.SETTLEMENT_DECLINE: _CONSUMER,
    Action.SETTLEMENT_CONFIRM_PERFORMED: _CONSUMER,
    Action.SETTLEMENT_REPORT_NOT_PERFORMED: _CONSUMER,
    Action.SETTLEMENT_ESCALATE: {**_CONSUMER, **_SYSTEM},
    Action.SETTLEMENT_WITHDRAW: _CONSUMER,
    Action.SETTLEMENT_PACKAGE: _CONSUMER,
    Action.SETTLEMENT_NUMBER_12315: _CONSUMER,
    Action.SETTLEMENT_LAPSE: _SYSTEM,
    Action.COMPLAINT_LODGE: {**_CONSUMER, **_SYSTEM},
    Action.COMPLAINT_READ: {**_CONSUMER, **_STATION, **_BUREAU},
    Action.COMPLAINT_DOCUMENT_READ: {**_CONSUMER, **_STATION},
    Action.COMPLAINT_ACCEPT: _BUREAU,
    Action.COMPLAINT_REFUSE: _BUREAU,
    Action.COMPLAINT_PAUSE_FOR_TESTING: _BUREAU,
    Action.COMPLAINT_RESUME: _BUREAU,
    Action.COMPLAINT_ANSWER_CONSENT: {**_CONSUMER, **_STATION},
    Action.COMPLAINT_NOTE_CONSENT: _BUREAU,
    Action.COMPLAINT_INVITE: _BUREAU,
    Action.COMPLAINT_NOTE_ABSENCE: _BUREAU,
    Action.COMPLAINT_ASK_RECUSAL: {**_CONSUMER, **_STATION},
    Action.COMPLAINT_DECIDE_RECUSAL: _BUREAU,
    Action.COMPLAINT_RECORD_AGREEMENT: _BUREAU,
    Action.COMPLAINT_TERMINATE: _BUREAU,
    Action.COMPLAINT_SERVE_NOTICE: _BUREAU,
    Action.COMPLAINT_WITHDRAW: _CONSUMER,
    Action.COMPLAINT_PASS_ON: _BUREAU,
    Action.COMPLAINT_MERGE: _BUREAU,
    Action.COMPLAINT_TAKE_OVER: _BUREAU,
    Action.COMPLAINT_CONTEST: _BUREAU,
    Action.COMPLAINT_DECIDE_POWER: {Role.CITY_OFFICER: Scope.ANY},
    Action.COMPLAINT_ASSIGN: _OFFICE,
    Action.COMPLAINT_ASK_IDENTITY: _BUREAU,
    Action.COMPLAINT_ANSWER_IDENTITY: _CONSUMER,
    Action.COMPLAINT_PACKAGE: _BUREAU,
    Action.COMPLAINT_DELEGATE: _BUREAU,
    Action.COMPLAINT_TAKE_BACK: _BUREAU,
    Action.DELEGATION_READ: {**_BUREAU, **_COUNCIL},
    Action.DELEGATION_TAKE_ON: _COUNCIL,
    Action.DELEGATION_DECLINE: _COUNCIL,
    Action.DELEGATION_REPORT_AGREEMENT: _COUNCIL,
    Action.DELEGATION_REPORT_FAILURE: _COUNCIL,
    Action.DELEGATION_IDENTITY_REVEAL: _COUNCIL,
    Action.COMPLAINT_NOTE_SERVING: _BUREAU,
    Action.IDENTITY_REVEAL: _BUREAU,
    Action.EVIDENCE_ADD: _CONSUMER,
    Action.EVIDENCE_READ: {**_CONSUMER, **_STATION, **_BUREAU},
    Action.QUESTIONNAIRE_ANSWER: _CONSUMER,
    Action.CALL_BACK_READ: _BUREAU,
    Action.CALL_BACK_RECORD: _BUREAU,
    Action.REOPENING_READ: {**_CONSUMER, **_BUREAU},
    Action.REOPENING_OPEN: {**_CONSUMER, **_SYSTEM},
    Action.REOPENING_TAKE: _BUREAU,
    Action.REOPENING_CLOSE_SOLVED: _BUREAU,
    Action.REOPENING_CLOSE_UNSOLVED: _BUREAU,
    Action.REOPENING_WITHDRAW: _CONSUMER,
    Action.RECORD_READ: {**_BUREAU_AND_OFFICE, **_COUNCIL, **_STATION},
    Action.SHOP_PHOTO_SEND: {**_STATION, **_BUREAU},
    Action.SHOP_PHOTO_DECIDE: _BUREAU,
    Action.CATERING_GRADE_RECORD: _BUREAU,
    Action.PENALTY_PUBLISH: _BUREAU,
    Action.PENALTY_WITHDRAW: _BUREAU,
    Action.WARNING_PUBLISH: {**_BUREAU, **_COUNCIL},
    Action.WARNING_WITHDRAW: {**_BUREAU, **_COUNCIL},
    Action.UNIT_REPLY_SEND: _STATION,
    Action.UNIT_REPLY_DECIDE: {**_BUREAU, **_COUNCIL},
    Action.ADVANCE_REQUEST: _CONSUMER,
    Action.ADVANCE_READ: {**_CONSUMER, **_STATION, **_BUREAU},
    Action.ADVANCE_APPROVE: _STATION,
    Action.ADVANCE_DECLINE: _STATION,
    Action.ADVANCE_PAY: _STATION,
    Action.RECOVERY_READ: {**_STATION, **_BUREAU},
    Action.RECOVERY_RECOVER: _STATION,
    Action.RECOVERY_WRITE_OFF: _STATION,
    Action.FUND_CAP_SET: _STATION,
    Action.HOST_SET: _BUREAU,
    Action.OBJECTION_READ: {**_BUREAU, **_COUNCIL, **_STATION},
    Action.OBJECTION_RAISE: _STATION,
    Action.OBJECTION_UPHOLD: {**_BUREAU, **_COUNCIL},
    Action.OBJECTION_REJECT: {**_BUREAU, **_COUNCIL},
    Action.OBJECTION_WITHDRAW: _STATION,
    Action.KITCHEN_LINK_SEND: _STATION,
    Action.KITCHEN_LINK_DECIDE: _BUREAU,
    Action.KITCHEN_LINK_REMOVE: {**_STATION, **_BUREAU},
    Action.REMOVAL_PROPOSE: _BUREAU,
    Action.REMOVAL_READ: {**_STATION, **_BUREAU_AND_OFFICE},
    Action.REMOVAL_REPLY: _STATION,
    Action.REMOVAL_CLOSE_REPLY: _SYSTEM,
    Action.REMOVAL_DECIDE_REVOKE: _BUREAU,
    Action.REMOVAL_DECIDE_KEEP: _BUREAU,
    Action.REMOVAL_WITHDRAW: _BUREAU,
    Action.CAMPAIGN_CREATE: _COUNCIL,
    Action.CAMPAIGN_READ: {**_COUNCIL, Role.CITY_OFFICER: Scope.ANY, Role.JOINT_OFFICE: Scope.ANY},
    Action.CAMPAIGN_DRAW: _COUNCIL,
    Action.CAMPAIGN_CLOSE: _COUNCIL,
    Action.CAMPAIGN_PUBLISH: _COUNCIL,
    Action.VISIT_READ: {Role.VOLUNTEER: Scope.ASSIGNED, **_COUNCIL},
    Action.VISIT_DECLARE_CONFLICT: {Role.VOLUNTEER: Scope.ASSIGNED},
    Action.VISIT_START: {Role.VOLUNTEER: Scope.ASSIGNED},
    Action.VISIT_SUBMIT: {Role.VOLUNTEER: Scope.ASSIGNED},
    Action.VISIT_LAPSE: _SYSTEM,
    Action.CLONE_CASE_READ: _BUREAU_AND_OFFICE,
    Action.CLONE_CASE_OPEN: {**_BUREAU, **_SYSTEM},
    Action.CLONE_CASE_CHECK: _BUREAU,
    Action.CLONE_CASE_CONFIRM: _BUREAU,
    Action.CLONE_CASE_DISMISS: _BUREAU,
    Action.FAKE_REPORT_READ: _BUREAU,
    Action.FAKE_REPORT_HAND_OVER: _BUREAU,
    Action.FAKE_REPORT_CLOSE: _BUREAU,
    Action.KNOWN_FAKE_KEEP: {**_COUNCIL, Role.CITY_OFFICER: Scope.ANY, Role.JOINT_OFFICE: Scope.ANY},
    Action.REPORT_READ: _BUREAU,
    Action.REPORT_NOTE_CLUE: _BUREAU,
    Action.REPORT_VERIFY: _BUREAU,
    Action.REPORT_ASK: _BUREAU,
    Action.REPORT_ASK_EXTENSION: _BUREAU,
    Action.REPORT_APPROVE_EXTENSION: _BUREAU,
    Action.REPORT_DENY_EXTENSION: _BUREAU,
    Action.REPORT_FILE_CASE: _BUREAU,
    Action.REPORT_NOT_FILE: _BUREAU,
    Action.REPORT_TRANSFER: _BUREAU,
    Action.REPORT_MERGE: _BUREAU,
    Action.REPORT_CLOSE_REPEAT: _BUREAU,
    Action.REPORTER_REVEAL: _BUREAU,
    Action.EMERGENCY_READ: _BUREAU_AND_OFFICE,
    Action.EMERGENCY_ACKNOWLEDGE: _BUREAU_AND_OFFICE,
    Action.EMERGENCY_CLOSE: _BUREAU_AND_OFFICE,
    Action.MASS_HARM_READ: {**_BUREAU_AND_OFFICE, **_COUNCIL},
    Action.DISPATCH_PROPOSE: _BUREAU,
    Action.DISPATCH_READ: {**_CONSUMER, **_BUREAU_AND_OFFICE, **_DEPARTMENT},
    Action.DISPATCH_SEND: _OFFICE,
    Action.DISPATCH_DECLINE: _OFFICE,
    Action.DISPATCH_HAND_BACK: _DEPARTMENT,
    Action.DISPATCH_ACCEPT: _DEPARTMENT,
    Action.DISPATCH_REPORT: _DEPARTMENT,
    Action.DISPATCH_ASK_MORE: _OFFICE,
    Action.DISPATCH_CONFIRM: _OFFICE,
    Action.DISPATCH_CEASE: _SYSTEM,
    Action.ASSISTANCE_READ: {**_OFFICE, **_DEPARTMENT},
    Action.ASSISTANCE_ASK: {**_OFFICE, **_DEPARTMENT},
    Action.ASSISTANCE_REPLY: _DEPARTMENT,
    Action.ASSISTANCE_RELEASE: {**_OFFICE, **_SYSTEM},
    Action.BODY_CONTACT_SET: {Role.JOINT_OFFICE: Scope.ANY, Role.OPERATOR: Scope.ANY, Role.CITY_OFFICER: Scope.ANY},
    Action.CALENDAR_PUBLISH: {Role.OPERATOR: Scope.ANY, Role.CITY_OFFICER: Scope.ANY},
    Action.NOTICE_READ_OWN: _SIGNED_IN,
    Action.NOTICE_PHONE_SET: _SIGNED_IN,
    Action.DELIVERY_REVIEW: {Role.OPERATOR: Scope.ANY},
    Action.AUDIT_READ: {Role.OPERATOR: Scope.ANY, Role.CITY_OFFICER: Scope.ANY},
}
