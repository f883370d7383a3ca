"""Runs the verifiers of others."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from scripts.node_packages import VERIFIERS, node, provide


@cache
def _node() -> Path:
    provide(VERIFIERS)
    return node()


def ask(script: str, question: Any) -> Any:
    """What a script of this folder answers to the question, both JSON."""
    done = subprocess.run(
        [str(_node()), str(VERIFIERS / script)], input=json.dumps(question), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
