"""Leaves a pidfile that names this process, and ends, lives on, or becomes a worker with the same pid."""

import os
import sys
import time
from pathlib import Path

name, then = sys.argv[1:]
Path(name).write_text(f"{os.getpid()}\n")
print("left", flush=True)
if then == "lives":
    time.sleep(600)
if then == "becomes-a-worker":
    command = ["-m", "celery", "-A", "tasks", "worker", "-P", "solo", "-l", "INFO", "--pidfile", name]
    os.execv(sys.executable, [sys.executable, *command])
