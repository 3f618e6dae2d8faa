"""Keeps Celery's prefork pool working on Windows. Does nothing elsewhere.

Import it before the Celery app is made.
"""

import os
import sys

if sys.platform == "win32":
    # Celery before 5.7.0 does not tell spawned children what they are.
    os.environ.setdefault("FORKED_BY_MULTIPROCESSING", "1")

    if sys.prefix != sys.base_prefix:
        # In a virtual environment, python.exe starts the interpreter as its child, and billiard
        # hands its semaphores to the wrong one of the two.
        from billiard import spawn

        spawn.set_executable(sys._base_executable)
        os.environ["__PYVENV_LAUNCHER__"] = sys.executable
