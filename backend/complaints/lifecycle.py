"""The two lifecycles of a dispute, as data. Who may act is in access.policy; lengths of clocks are in clocks.py."""

from backend.kernel.transitions import Row, Table

#: Run beside M1 until the station answers; M0 ends sooner, when somebody takes the request. Requests from before they ran lack them.
_SILENCE = ("M0", "M2")
#: Guards of a mediation (调解): the parties' consent, and who may decide on a recusal (回避).
BOTH_AGREE = "要投诉人和被投诉人都同意调解"
BOTH_DELEGATE = "要投诉人和被投诉人都同意委托调解"
SOMEONE_ELSE = "要由被申请回避的调解人员以外的人决定"
#: A promise that was not kept: M3 stays open and late, so that the bureau sees it; the consumer has D2 to go there.
_BROKEN = ("M3", "D2")
#: Runs beside them until the station makes it good; promises broken before it ran lack it.
_MENDING = ("M8",)
_ARTICLE_31 = "浙江省实施〈消费者权益保护法〉办法 第三十一条"

SETTLEMENT = Table(
    name="settlement",
    zh="和解诉求",
    states={
        "awaiting_answer": "等待联络站答复",
        "offered": "联络站已提出方案",
        "refused": "联络站不同意",
        "agreed": "已达成约定",
        "not_performed": "消费者说没有履行，优先办理",
        "performed": "已履行",
        "escalated": "已转市场监管部门",
        "lapsed": "逾期未选择，已结束",
        "withdrawn": "已撤回",
    },
    rows=(
        Row("submit", None, "awaiting_answer", starts=("M0", "M1", "M2")),
        Row("take", "awaiting_answer", "awaiting_answer", ends=("M0",)),
        Row("hand_over", "awaiting_answer", "awaiting_answer"),
        *(
            Row(action, state, state)
            for state in ("offered", "refused", "agreed", "not_performed")
            for action in ("take", "hand_over")
        ),
        Row("offer", "awaiting_answer", "offered", stops=("M1",), ends=_SILENCE, starts=("D1",)),
        Row("refuse", "awaiting_answer", "refused", stops=("M1",), ends=_SILENCE, starts=("D2",)),
        Row("decline", "offered", "refused", stops=("D1",), starts=("D2",)),
        Row("accept", "offered", "agreed", stops=("D1",), starts=("M3",)),
        Row("confirm_performed", "agreed", "performed", stops=("M3",)),
        Row(
            "report_not_performed",
            "agreed",
            "not_performed",
            starts=("D2", "M8"),
            guard="M3 expired",
            article=_ARTICLE_31,
        ),
        Row("offer", "not_performed", "offered", stops=_BROKEN, ends=_MENDING, starts=("D1",)),
        Row("confirm_performed", "not_performed", "performed", stops=_BROKEN, ends=_MENDING),
        Row("escalate", "not_performed", "escalated", stops=_BROKEN, ends=_MENDING, article=_ARTICLE_31),
        Row("escalate", "awaiting_answer", "escalated", stops=("M1",), ends=_SILENCE, guard="M1 expired"),
        Row("escalate", "refused", "escalated", stops=("D2",)),
        Row(
            "escalate",
            "agreed",
            "escalated",
            stops=("M3",),
            guard="M3 expired",
            article=_ARTICLE_31,
        ),
        Row("lapse", "offered", "lapsed", stops=("D1",), guard="D1 expired", system=True),
        Row("lapse", "refused", "lapsed", stops=("D2",), guard="D2 expired", system=True),
        Row("lapse", "not_performed", "lapsed", stops=_BROKEN, ends=_MENDING, guard="D2 expired", system=True),
        Row("withdraw", "awaiting_answer", "withdrawn", stops=("M1",), ends=_SILENCE),
        Row("withdraw", "offered", "withdrawn", stops=("D1",)),
        Row("withdraw", "refused", "withdrawn", stops=("D2",)),
        Row("withdraw", "agreed", "withdrawn", stops=("M3",)),
        Row("withdraw", "not_performed", "withdrawn", stops=_BROKEN, ends=_MENDING),
    ),
    closed=frozenset({"performed", "escalated", "lapsed", "withdrawn"}),
    withdraw="withdraw",
    alerts={
        "M0": "提醒联络站全体人员；市场监管部门能看到",
        "M2": "提醒联络站全体人员：五日不答复，视为故意拖延；市场监管部门能看到",
        "M8": "提醒联络站全体人员：没有履行，也没有重新提出方案；市场监管部门能看到",
    },
)

#: Guards of the returns; jurisdiction.MOST_RETURNS is the bound.
FEW, MANY = "此前退回不满两次", "此前已经退回两次"
_ARTICLE_13, _ARTICLE_33 = "总局令第121号 第十三条", "总局令第121号 第三十三条"

COMPLAINT = Table(
    name="complaint",
    zh="投诉",
    states={
        "received": "已收到，等待决定是否受理",
        "passed_on": "已转给有权处理的单位，等待接收",
        "contested": "处理权限有争议，等待市级决定",
        "unassigned": "已退回三次，等待联席会议办公室指定承办单位",
        "in_mediation": "调解中",
        "testing": "检验检测中，调解期限暂停",
        "delegated": "已委托消费者权益保护委员会调解",
        "recusal_asked": "有人申请调解人员回避，调解中止",
        "terminating": "已决定终止调解，等待送达",
        "not_accepted": "不予受理",
        "merged": "已并入另一件投诉，一并办理",
        "mediated": "调解成功",
        "terminated": "调解终止",
        "withdrawn": "已撤回",
    },
    rows=(
        Row("lodge", None, "received", starts=("C1",), article="总局令第121号 第十条"),
        Row("pass_on", "received", "passed_on", stops=("C1",), starts=("J3",), guard=FEW, article=_ARTICLE_13),
        Row("pass_on", "passed_on", "passed_on", stops=("J3",), starts=("J3",), guard=FEW, article=_ARTICLE_13),
        Row("take_over", "passed_on", "received", stops=("J3",), starts=("C1",), article=_ARTICLE_13),
        Row("pass_to_office", "received", "unassigned", stops=("C1",), starts=("J4",), guard=MANY),
        Row("pass_to_office", "passed_on", "unassigned", stops=("J3",), starts=("J4",), guard=MANY),
        Row("assign", "unassigned", "received", stops=("J4",), starts=("C1",)),
        Row("contest", "received", "contested", stops=("C1",), starts=("C5",), article=_ARTICLE_33),
        Row("contest", "passed_on", "contested", stops=("J3",), starts=("C5",), article=_ARTICLE_33),
        Row("take_over", "contested", "received", stops=("C5",), starts=("C1",), article=_ARTICLE_33),
        Row("decide_power", "contested", "received", stops=("C5",), starts=("C1",), article=_ARTICLE_33),
        Row("accept", "received", "in_mediation", stops=("C1",), starts=("C2",), article="总局令第121号 第十五条"),
        Row("merge", "received", "merged", stops=("C1",), article="总局令第121号 第十六条"),
        Row("refuse", "received", "not_accepted", stops=("C1",), article="总局令第121号 第十六条"),
        Row("pause_for_testing", "in_mediation", "testing", holds=("C2",), article="总局令第121号 第二十二条"),
        Row("resume", "testing", "in_mediation", resumes=("C2",), article="总局令第121号 第二十二条"),
        *(
            Row(action, "in_mediation", "in_mediation", article="总局令第121号 第十八条")
            for action in ("answer_consent", "note_consent")
        ),
        *(
            Row(action, state, state, article="总局令第121号 第十条")
            for state in ("received", "in_mediation")
            for action in ("ask_identity", "answer_identity")
        ),
        Row("invite", "in_mediation", "in_mediation", guard=BOTH_AGREE, article="总局令第121号 第二十条"),
        Row("note_absence", "in_mediation", "in_mediation", article="总局令第121号 第二十三条"),
        Row("ask_recusal", "in_mediation", "recusal_asked", article="总局令第121号 第二十一条"),
        Row(
            "decide_recusal",
            "recusal_asked",
            "in_mediation",
            guard=SOMEONE_ELSE,
            article="总局令第121号 第二十一条",
        ),
        Row(
            "record_agreement",
            "in_mediation",
            "mediated",
            stops=("C2",),
            guard=BOTH_AGREE,
            article="总局令第121号 第二十四条",
        ),
        Row(
            "terminate",
            "in_mediation",
            "terminating",
            stops=("C2",),
            starts=("C3",),
            article="总局令第121号 第二十三条",
        ),
        Row("terminate", "testing", "terminating", stops=("C2",), starts=("C3",), article="总局令第121号 第二十三条"),
        Row(
            "terminate",
            "recusal_asked",
            "terminating",
            stops=("C2",),
            starts=("C3",),
            article="总局令第121号 第二十三条",
        ),
        Row("serve_notice", "terminating", "terminated", stops=("C3",), article="总局令第121号 第二十三条"),
        Row("withdraw", "received", "withdrawn", stops=("C1",)),
        Row("withdraw", "passed_on", "withdrawn", stops=("J3",)),
        Row("withdraw", "contested", "withdrawn", stops=("C5",)),
        Row("withdraw", "unassigned", "withdrawn", stops=("J4",)),
        Row("withdraw", "in_mediation", "withdrawn", stops=("C2",), article="总局令第121号 第二十三条"),
        Row("withdraw", "testing", "withdrawn", stops=("C2",), article="总局令第121号 第二十三条"),
        Row("delegate", "in_mediation", "delegated", guard=BOTH_DELEGATE, article="总局令第121号 第十九条"),
        Row("take_back", "delegated", "in_mediation", article="总局令第121号 第十九条"),
        Row("withdraw", "delegated", "withdrawn", stops=("C2",), article="总局令第121号 第二十三条"),
        Row("withdraw", "recusal_asked", "withdrawn", stops=("C2",), article="总局令第121号 第二十三条"),
        Row("withdraw", "terminating", "withdrawn", stops=("C3",)),
    ),
    closed=frozenset({"not_accepted", "merged", "mediated", "terminated", "withdrawn"}),
    withdraw="withdraw",
    alerts={
        "C1": "提醒承办人和市级：受理决定已超期",
        "C2": "提醒承办人：调解满六十日，应当终止调解",
        "C3": "提醒承办人和市级：终止通知已超期",
        "C5": "提醒市级：处理权限的争议已超期没有决定",
        "J3": "提醒接收单位和市级：转来的投诉没有接收也没有退回",
        "J4": "提醒联席会议办公室：还没有指定承办单位",
    },
)

#: Delegated mediation. source: Order 121 §19; 浙江省实施〈消费者权益保护法〉办法 §32
DELEGATION = Table(
    name="delegation",
    zh="委托调解",
    states={
        "awaiting_decision": "等消保委决定是否接受",
        "mediating": "消保委调解中",
        "declined": "消保委没有接受",
        "agreed": "调解成功，已告知市场监管部门",
        "failed": "没有调解成功，已告知市场监管部门",
        "recalled": "市场监管部门已收回",
    },
    rows=(
        Row("delegate", None, "awaiting_decision", starts=("K1",), article="总局令第121号 第十九条"),
        Row("take_on", "awaiting_decision", "mediating", stops=("K1",), starts=("K2",)),
        Row("decline", "awaiting_decision", "declined", stops=("K1",)),
        Row("report_agreement", "mediating", "agreed", stops=("K2",)),
        Row("report_failure", "mediating", "failed", stops=("K2",)),
        Row("recall", "awaiting_decision", "recalled", stops=("K1",)),
        Row("recall", "mediating", "recalled", stops=("K2",)),
    ),
    closed=frozenset({"declined", "agreed", "failed", "recalled"}),
    alerts={
        "K1": "提醒消保委和承办人：是否接受的决定已超期",
        "K2": "提醒消保委和承办人：调解已超期，可以收回",
    },
)
