"""Calls a task, as `call.py TASK OPTIONS-AS-JSON`, and tells how long the call took and what came of it."""

import json
import sys
import time
import traceback

from tasks import app

name, options = sys.argv[1:]
started = time.monotonic()
try:
    app.tasks[name].apply_async((2,), **json.loads(options))
    fate = {"state": "completed", "result": None, "exception": "none"}
except Exception as error:
    traceback.print_exc()
    kind = type(error).__name__
    fate = {"state": "failed", "error": f"{kind}: {str(error).strip()}", "exception": kind}
print(json.dumps({**fate, "seconds": round(time.monotonic() - started, 2)}), flush=True)
