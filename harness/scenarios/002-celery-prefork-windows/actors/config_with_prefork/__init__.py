"""The Django project of config/, with keep_prefork.py imported first."""

import keep_prefork  # noqa: F401
from config.celery import app

__all__ = ["app"]
