"""The app of tasks.py with keep_prefork.py, and a line that tells what that file changed.

PRETEND_PLATFORM takes the place of sys.platform while it is imported.
"""

import os
import sys

from billiard import spawn


def settings() -> dict:
    return {**os.environ, "executable of children": spawn.get_executable()}


platform, before = sys.platform, settings()
sys.platform = os.environ.get("PRETEND_PLATFORM", platform)
import keep_prefork  # noqa: E402

sys.platform = platform

from tasks import add, app  # noqa: E402

__all__ = ["add", "app", "keep_prefork"]

changed = sorted(name for name, value in settings().items() if before.get(name) != value)
print(f"keep_prefork changed: {', '.join(changed) or 'nothing'}", flush=True)
