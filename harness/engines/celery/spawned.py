"""Starts Celery as it is on Windows: pool children are spawned, never forked.

Used for cells with `emulate: spawn`. Children import this file again under another name,
hence the guard.
"""

import billiard
import celery.concurrency.prefork
import celery.worker.components
from celery.__main__ import main


def spawn_whatever_is_asked(_forking: bool) -> None:
    billiard.set_start_method("spawn", force=True)


if __name__ == "__main__":
    celery.concurrency.prefork.forking_enable = spawn_whatever_is_asked
    celery.worker.components.IS_WINDOWS = True
    main()
