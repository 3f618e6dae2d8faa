"""Settings of a Django project whose worker chooses its pool by platform.

SOLO_PLATFORM stands for "win32", so that both branches can be taken on one machine.
"""

import os
import sys

SECRET_KEY = "signs nothing here"
INSTALLED_APPS = ["portfolios"]
USE_TZ = True

CELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]
CELERY_RESULT_BACKEND = os.environ["CELERY_RESULT_BACKEND"]

if sys.platform == os.environ.get("SOLO_PLATFORM", "win32"):
    CELERY_WORKER_POOL = "solo"
