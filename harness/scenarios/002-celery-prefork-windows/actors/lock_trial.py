"""The child of borrowed_locks.py. Up to billiard 4.2.4 a target must not stand in the program itself."""

import json
from collections import Counter

FATES = ("works", "no wait, WinError 5", "no wait, WinError 6", "no release, WinError 6", "waits in vain")


def fate(lock) -> str:
    semaphore = lock._semlock
    try:
        taken = semaphore.acquire(True, 0.05)
    except OSError as error:
        return f"no wait, WinError {error.winerror}"
    if not taken:
        return "waits in vain"
    try:
        semaphore.release()
    except OSError as error:
        return f"no release, WinError {error.winerror}"
    return "works"


def try_all(locks, told_in: str) -> None:
    fates = Counter({name: 0 for name in FATES})
    fates.update(fate(lock) for lock in locks)
    with open(told_in, "w") as told:
        json.dump(fates, told)
