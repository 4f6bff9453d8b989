"""The node's own settings, on a fresh data folder with a practice node of Viet Nam in it."""

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="rogatory-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
(FOLDER / "passphrase").write_text("machine-made-for-tests-only", encoding="utf-8")
os.environ["ROGATORY_DATA"] = str(FOLDER / "VNM")
os.environ["ROGATORY_PASSPHRASE_FILE"] = str(FOLDER / "passphrase")
os.environ["ROGATORY_WORKER"] = "outside"

from rogatory.cli import setting

setting.make(
    FOLDER / "VNM",
    setting.NewNode(
        state="VNM",
        name="Viet Nam",
        address="http://127.0.0.1:8401",
        exercise=True,
        clock_ahead=0,
        languages=("en", "fr", "vi"),
    ),
    passphrase="machine-made-for-tests-only",
    at=datetime(2026, 1, 1, tzinfo=UTC),
    random=os.urandom,
)

from rogatory.site.settings import *

DATABASES["default"]["TEST"] = (
    {"NAME": str(FOLDER / "test.sqlite3")} if "sqlite3" in DATABASES["default"]["ENGINE"] else {}
)
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
