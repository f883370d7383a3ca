"""What can go wrong in the domain's words: six kinds, each with a stable code and a Chinese message for a person."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """Base of every error that a caller may show to a person.

    code      stable, lower snake case; documented in the OpenAPI document
    message   plain Chinese that says what happened and what to do
    fields    field path → messages, for a form
    article   the rule of law that is the reason, e.g. "总局令第121号 第十五条"
    """

    status = 400
    title = "请求无法处理"

    def __init__(
        self,
        code: str,
        message: str,
        *,
        fields: Mapping[str, Sequence[str]] | None = None,
        article: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})
        self.article = article


class InvalidInput(DomainError):
    """The input itself is wrong; sending the same again cannot succeed."""

    status = 422
    title = "填写的内容有误"


class NotSignedIn(DomainError):
    """Nobody, or an ended session, asks for something that needs a person."""

    status = 401
    title = "请先登录"


class NotPermitted(DomainError):
    """The person may see the record but may not do this."""

    status = 403
    title = "没有权限"


class NotFound(DomainError):
    """No such record, or none that this person may know of."""

    status = 404
    title = "没有找到"


class NotPossibleNow(DomainError):
    """The record's state does not allow this now.

    state     the present state
    allowed   actions that the present state allows
    """

    status = 409
    title = "现在不能这样做"

    def __init__(
        self,
        code: str,
        message: str,
        *,
        state: str | None = None,
        allowed: Sequence[str] = (),
        fields: Mapping[str, Sequence[str]] | None = None,
        article: str | None = None,
    ) -> None:
        super().__init__(code, message, fields=fields, article=article)
        self.state = state
        self.allowed = tuple(allowed)


class Conflict(DomainError):
    """Somebody else changed the same thing, or it exists already.

    stored   what stands now, where the sender chooses between it and their own
    """

    status = 409
    title = "内容有冲突"

    def __init__(
        self,
        code: str,
        message: str,
        *,
        fields: Mapping[str, Sequence[str]] | None = None,
        stored: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code, message, fields=fields)
        self.stored = stored
