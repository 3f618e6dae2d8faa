"""Calls a task once and prints, as a line of JSON, what came of the call.

    call.py [--no-retry] [--ignore-result] [--give-up-early]
"""

import argparse
import json
import time

from tasks import add, app

options = argparse.ArgumentParser()
options.add_argument("--no-retry", action="store_true")
options.add_argument("--ignore-result", action="store_true")
options.add_argument("--give-up-early", action="store_true")


def give_up_early() -> None:
    app.conf.update(
        result_backend_transport_options={"retry_policy": {"max_retries": 0}},
        redis_socket_connect_timeout=1,
        redis_socket_timeout=1,
        broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 1},
    )


def call(no_retry: bool, ignore_result: bool) -> dict:
    publishing = {"retry": False} if no_retry else {}
    started = time.monotonic()
    try:
        add.apply_async((3, 1), ignore_result=ignore_result, **publishing)
        fate = {"state": "completed", "result": None, "exception": "none"}
    except Exception as error:
        name = type(error).__name__
        fate = {"state": "failed", "error": f"{name}: {str(error).strip()}", "exception": name}
    return {**fate, "seconds": round(time.monotonic() - started, 2)}


if __name__ == "__main__":
    chosen = options.parse_args()
    if chosen.give_up_early:
        give_up_early()
    print(json.dumps(call(chosen.no_retry, chosen.ignore_result)), flush=True)
