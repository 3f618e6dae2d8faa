"""Runs Celery's beat on the file `schedule`, kept by the library that is named, as if this Python had no better."""

import dbm
import sys

from celery.__main__ import main

dbm._names = [sys.argv[1]]
sys.argv = ["celery", "-A", "tasks", "beat", "-s", "schedule", "-l", "INFO"]
sys.exit(main())
