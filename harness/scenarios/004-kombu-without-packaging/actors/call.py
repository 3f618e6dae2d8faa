"""Calls a task as a web application does, and prints as a line of JSON what came of the call.

    call.py [--eager]
"""

import json
import sys
import traceback

from tasks import add, app


def call() -> dict:
    try:
        add.delay(3, 1)
    except Exception as error:
        traceback.print_exc()
        name = type(error).__name__
        return {"state": "failed", "error": f"{name}: {error}", "exception": name}
    return {"state": "completed", "result": None, "exception": "none"}


if __name__ == "__main__":
    app.conf.task_always_eager = "--eager" in sys.argv
    print(json.dumps(call()), flush=True)
