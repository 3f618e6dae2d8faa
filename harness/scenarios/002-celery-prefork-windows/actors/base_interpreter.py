"""The app of tasks.py. Pool children are started with the interpreter behind the virtual environment."""

import os
import sys

from billiard import spawn

from tasks import add, app

__all__ = ["add", "app"]

spawn.set_executable(sys._base_executable)
os.environ["__PYVENV_LAUNCHER__"] = sys.executable
