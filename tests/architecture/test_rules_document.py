"""docs/rules.md says what the code says."""

from scripts.rules import TARGET, rules


def test_the_document_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == rules(), "run: .venv/bin/python -m scripts.rules"
