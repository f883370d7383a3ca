"""Rules about the source text that import contracts cannot express, as functions from one syntax tree to its violations."""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
_VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
_SHELLS = {("os", "system"), ("os", "popen"), ("os", "spawnl"), ("os", "execv"), ("pty", "spawn")}


@dataclass(frozen=True)
class Source:
    """One file: its path from the project's root, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


Rule = Callable[[Source], Iterator[str]]


def sources(*packages: str) -> Iterator[Source]:
    """Every Python file of these packages."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def transactions_have_one_owner(source: Source) -> Iterator[str]:
    """Nothing but the unit of work commits or rolls back."""
    for call in _calls(source):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback", "begin_nested"}:
            yield _at(source, call, f".{call.func.attr}()")


def one_clock(source: Source) -> Iterator[str]:
    """Nothing but the clock reads the time; monotonic counters measure, they do not date."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and _ends_with(node, _CLOCKS):
            yield _at(source, node, ast.unparse(node))
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            for name in node.names:
                if ("time", name.name) in _CLOCKS:
                    yield _at(source, node, f"from time import {name.name}")


def states_change_by_lifecycle(source: Source) -> Iterator[str]:
    """A case's state is set only where a lifecycle is applied; also not by an UPDATE or `setattr`."""
    for node in ast.walk(source.tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in (part for whole in targets for part in ast.walk(whole)):
            if isinstance(target, ast.Attribute) and target.attr == "state" and isinstance(target.ctx, ast.Store):
                yield _at(source, target, f"{ast.unparse(target)} = …")
    for call in _calls(source):
        is_update = isinstance(call.func, ast.Attribute) and call.func.attr == "values" and _has_update(call.func.value)
        if is_update and any(keyword.arg == "state" for keyword in call.keywords):
            yield _at(source, call, "update(…).values(state=…)")
        if isinstance(call.func, ast.Name) and call.func.id == "setattr" and _is_text(call.args[1], "state"):
            yield _at(source, call, 'setattr(…, "state", …)')


def templates_are_files(source: Source) -> Iterator[str]:
    """A template made from text at run time may carry what a person typed."""
    for call in _calls(source):
        if _name(call.func) in {"render_template_string", "from_string", "Markup"} and not _all_constant(call):
            yield _at(source, call, f"{_name(call.func)}(…)")


def no_programs_started(source: Source) -> Iterator[str]:
    """The application starts no programs."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(
            name.name.split(".")[0] in {"subprocess", "pty"} for name in node.names
        ):
            yield _at(source, node, ast.unparse(node))
        if isinstance(node, ast.ImportFrom) and node.module == "subprocess":
            yield _at(source, node, ast.unparse(node))
        if isinstance(node, ast.Attribute) and _ends_with(node, _SHELLS):
            yield _at(source, node, ast.unparse(node))


def statements_take_parameters(source: Source) -> Iterator[str]:
    """SQL is never put together from values: no f-string, `%`, `+` or `.format` inside `text(…)` or a raw execute."""
    for call in _calls(source):
        if _name(call.func) in {"text", "exec_driver_sql", "execute"} and call.args and _is_composed(call.args[0]):
            yield _at(source, call, ast.unparse(call)[:80])


def files_are_short(source: Source) -> Iterator[str]:
    """A long file has more than one purpose."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines"


def names_say_something(source: Source) -> Iterator[str]:
    """No drawers (utils), and no package that hides one of the standard library."""
    path = PurePosixPath(source.path)
    package = path.parent.name if path.name == "__init__.py" else None
    for name in filter(None, (path.stem, package)):
        if name in _VAGUE:
            yield f"{source.path}: {name}"
    if package in sys.stdlib_module_names:
        yield f"{source.path}: the package {package} has the name of a standard module"


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def _at(source: Source, node: ast.expr | ast.stmt, what: str) -> str:
    return f"{source.path}:{node.lineno}: {what}"


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _ends_with(node: ast.Attribute, pairs: set[tuple[str, str]]) -> bool:
    return (_name(node.value), node.attr) in pairs


def _has_update(node: ast.expr) -> bool:
    return any(isinstance(found, ast.Call) and _name(found.func) == "update" for found in ast.walk(node))


def _is_text(node: ast.expr, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _all_constant(call: ast.Call) -> bool:
    return all(isinstance(argument, ast.Constant) for argument in call.args)


def _is_composed(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return isinstance(node, ast.Call) and _name(node.func) == "format"
