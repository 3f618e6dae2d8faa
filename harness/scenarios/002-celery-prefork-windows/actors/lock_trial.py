"""The child of borrowed_locks.py. Up to billiard 4.2.4 a target must not stand in the program itself."""

import json
import traceback
from collections import Counter

FATES = ("works", "no wait, WinError 5", "no wait, WinError 6", "no release, WinError 6", "waits in vain")


def fate(lock) -> str:
    try:
        taken = lock.acquire(True, 0.05)
    except OSError as error:
        return told(f"no wait, WinError {error.winerror}", lock.__enter__)
    if not taken:
        return "waits in vain"
    try:
        lock.release()
    except OSError as error:
        return told(f"no release, WinError {error.winerror}", lock.__exit__)
    return "works"


seen = set()


def told(name: str, again) -> str:
    """Prints, once for each fate, the traceback of a worker that uses the lock in a `with` statement."""
    if name not in seen:
        seen.add(name)
        try:
            again()
        except OSError:
            traceback.print_exc()
    return name


def try_all(locks, told_in: str) -> None:
    fates = Counter({name: 0 for name in FATES})
    fates.update(fate(lock) for lock in locks)
    with open(told_in, "w") as file:
        json.dump(fates, file)
