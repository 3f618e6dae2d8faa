"""What a child makes of the locks it is given, told as counts in a line of JSON. No Celery, no broker.

    borrowed_locks.py [--keep-prefork] [--multiprocessing]
"""

import json
import sys

import lock_trial

LOCKS = 40

if __name__ == "__main__":
    if "--keep-prefork" in sys.argv:
        import keep_prefork  # noqa: F401
    if "--multiprocessing" in sys.argv:
        import multiprocessing as processes
    else:
        import billiard as processes

    # Told through a file: a pipe of the library's own would meet the same fault.
    child = processes.Process(
        target=lock_trial.try_all, args=([processes.Lock() for _ in range(LOCKS)], "told.json")
    )
    child.start()
    child.join(30)
    with open("told.json") as told:
        fates = json.load(told)
    answer = {"state": "completed", "result": fates["works"], "child's exit": child.exitcode}
    print(json.dumps({**answer, **fates}), flush=True)
