"""The life of a report. Only what was looked at is filed or not filed; the period is extended once, by a second person."""

from backend.kernel.transitions import Row, Table

OTHER_PERSON = "批准人不能是申请人"
SAME_REPORTER = "两件举报的举报人和被举报人都相同"

_BEFORE = (("received", "C4"), ("verifying", "C4"), ("extension_asked", "C4"), ("extended", "C4E"))
_LOOKED_AT = _BEFORE[1:]

REPORT = Table(
    name="report",
    zh="举报",
    states={
        "received": "已收到，等待核查",
        "verifying": "正在核查",
        "extension_asked": "正在核查，已申请延长",
        "extended": "正在核查，期限已延长",
        "filed": "已立案",
        "not_filed": "不予立案",
        "transferred": "已移送有处理权限的部门",
        "merged": "已并入之前的举报，一并核查",
        "repeated": "与之前的举报相同，不再重复处理",
    },
    rows=(
        Row("receive", None, "received", starts=("C4",), article="总局令第121号 第二十八条"),
        Row("note_clue", None, "received", starts=("C4",), article="总局令第121号 第二十七条"),
        Row("verify", "received", "verifying", article="总局令第121号 第二十七条"),
        Row("ask_extension", "verifying", "extension_asked", article="总局令第121号 第二十七条"),
        Row(
            "approve_extension",
            "extension_asked",
            "extended",
            stops=("C4",),
            starts=("C4E",),
            guard=OTHER_PERSON,
            article="总局令第121号 第二十七条",
        ),
        Row("deny_extension", "extension_asked", "verifying", guard=OTHER_PERSON),
        *(
            Row(
                "take_in",
                state,
                "received" if state == "received" else "verifying",
                stops=(clock,),
                starts=("C4",),
                article="总局令第121号 第三十五条",
            )
            for state, clock in _BEFORE
        ),
        *(Row("file_case", state, "filed", stops=(clock,)) for state, clock in _LOOKED_AT),
        *(Row("not_file", state, "not_filed", stops=(clock,)) for state, clock in _LOOKED_AT),
        *(Row("transfer", state, "transferred", stops=(clock,)) for state, clock in _BEFORE),
        *(
            Row("merge", state, "merged", stops=(clock,), article="总局令第121号 第三十五条")
            for state, clock in _BEFORE
        ),
        *(
            Row(
                "close_repeat",
                state,
                "repeated",
                stops=(clock,),
                guard=SAME_REPORTER,
                article="总局令第121号 第三十五条",
            )
            for state, clock in _BEFORE
        ),
    ),
    closed=frozenset({"filed", "not_filed", "transferred", "merged", "repeated"}),
    alerts={"C4": "提醒承办人和市级：举报核查已超期", "C4E": "提醒承办人和市级：延长后的举报核查已超期"},
)
