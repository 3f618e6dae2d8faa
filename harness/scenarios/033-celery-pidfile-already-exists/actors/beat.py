"""Runs Celery's beat with what stands on the command line."""

import sys

from celery.__main__ import main

sys.argv = ["celery", "-A", "tasks", "beat", *sys.argv[1:]]
sys.exit(main())
