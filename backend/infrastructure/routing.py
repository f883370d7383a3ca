"""The application's routes."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class LateRule(Rule):
    """A route that can be asked for its address, as any can; the code for that is compiled when it is first asked.

    To compile it for every route is five sixths of the time in which an application is built. `_compile_builder` is werkzeug's own:
    a release that calls it otherwise is no fault here, and the tests notice.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, **values: str) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build
