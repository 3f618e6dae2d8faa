"""Starts Celery as it is on Windows: pool children are spawned, never forked.

Used for cells with `emulate: spawn`. Children import this file again under another name,
hence the guard.
"""

from celery import maybe_patch_concurrency
from celery.__main__ import main


def imitate_windows() -> None:
    import billiard
    import celery.concurrency.prefork
    import celery.worker.components

    def spawn_whatever_is_asked(_forking: bool) -> None:
        billiard.set_start_method("spawn", force=True)

    celery.concurrency.prefork.forking_enable = spawn_whatever_is_asked
    celery.worker.components.IS_WINDOWS = True


if __name__ == "__main__":
    # gevent and eventlet replace parts of the standard library, which must come before all other imports.
    maybe_patch_concurrency()
    imitate_windows()
    main()
