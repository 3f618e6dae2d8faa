"""What run.py consists of: it starts programs, sends tasks, and tells what became of them.

The programs run in a fresh copy of actors/, called work/. The broker is that of compose.yaml, or the one
that BROKER_URL names.
"""

import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

USUAL_HOST, USUAL_PORT = "127.0.0.1", "16390"
WINDOWS = sys.platform == "win32"
FAILED = re.compile(r" raised (?:un)?expected: |Task handler raised error: ")

work = Path(__file__).parent / "work"
broker = ""
interpreter = [sys.executable]
programs = []
amiss = []


def begin(usual_url, python="", base_interpreter=False):
    """Lays out work/, and looks whether the broker is there."""
    global broker, interpreter
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    if python and found != python:
        leave(f"expected Python {python}, got {found}. Make the virtual environment with that one.")
    broker = os.environ.get("BROKER_URL", usual_url)
    os.environ.update(environment({}))
    if base_interpreter:
        # Outside of the virtual environment, with its libraries.
        interpreter = [sys._base_executable]
        os.environ["PYTHONPATH"] = sysconfig.get_path("purelib")
    if broker:
        look_for_broker()
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(Path(__file__).parent / "actors", work)
    atexit.register(stop_all)
    sys.excepthook = crash
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def leave(message):
    """Nothing was shown: that is no failure of a job, and has an exit code of its own."""
    print(message, file=sys.stderr, flush=True)
    sys.exit(2)


def crash(kind, error, trace):
    sys.__excepthook__(kind, error, trace)
    stop_all()
    os._exit(2)


def look_for_broker():
    address = urlsplit(broker)
    try:
        socket.create_connection((address.hostname, address.port), timeout=5).close()
    except OSError as error:
        leave(f"expected a broker at {address.hostname}:{address.port}, got: {error}. Start it: docker compose up -d --wait")


def environment(more):
    results = "rpc://" if broker.startswith("amqp") else broker
    usual = {
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
    }
    own = {"BROKER_URL": broker, "CELERY_BROKER_URL": broker, "CELERY_RESULT_BACKEND": results} if broker else {}
    return {**usual, **own, **{name: here(value) for name, value in more.items()}}


def here(value):
    """A value with the address of the broker that is used, in place of the usual one."""
    address = urlsplit(broker) if broker else None
    if address is None or f"{address.hostname}:{address.port}" == f"{USUAL_HOST}:{USUAL_PORT}":
        return value
    return value.replace(USUAL_PORT, str(address.port)).replace(USUAL_HOST, address.hostname)


class Program:
    """A started program. What it prints is printed, with its name in front."""

    def __init__(self, name, arguments, env):
        self.name = name
        self.lines = []
        self.dismissed = False
        self.process = subprocess.Popen(
            [*interpreter, *map(here, arguments)],
            cwd=work,
            env={**os.environ, **environment(env)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=not WINDOWS,
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            self.lines.append(text)
            print(f"{self.name} | {text}", flush=True)

    @property
    def ended(self):
        return self.process.poll() is not None

    def count(self, text):
        return sum(1 for line in list(self.lines) if shows(line, text))

    def says(self, text, within=20, times=1):
        """Waits until so many lines show a text, or it has ended."""
        return wait(lambda: self.count(text) >= times or (self.ended and not self.reader.is_alive()), within)

    def ends(self, within=20):
        return wait(lambda: self.ended and not self.reader.is_alive(), within)

    def tell(self, line):
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def signal(self, name):
        self.dismissed = self.dismissed or not self.ended
        self.process.send_signal(getattr(signal, name))

    def stop(self):
        if not self.ended and not WINDOWS:
            self.dismissed = True
            self.process.terminate()
            self.ends(10)
        self.kill()

    def kill(self):
        self.dismissed = self.dismissed or not self.ended
        if WINDOWS:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(self.process.pid)], capture_output=True)
        else:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.reader.join(5)


def shows(line, text):
    return text in line if isinstance(text, str) else text.search(line) is not None


def start(name, arguments, env=None):
    program = Program(name, arguments, env or {})
    programs.append(program)
    return program


def any_says(of, text, within=20, times=1):
    wait(lambda: sum(one.count(text) for one in of) >= times or all(one.ended for one in of), within)


def wait(condition, within):
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def flag(name):
    (work / name).touch()


def redis_command(*words):
    import redis

    try:
        redis.Redis.from_url(broker).execute_command(*words)
    except redis.ResponseError as error:
        print(f"run | {' '.join(words)} was refused: {error}", flush=True)


def app_of(settings):
    from celery import Celery

    app = Celery("client")
    app.conf.update(settings or {})
    return app


def as_time(name, value):
    if name in ("eta", "expires") and isinstance(value, str):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def add(task, arguments, options=None, settings=None, within=20):
    """Sends a task, and returns it."""
    given = {"kwargs": arguments} if isinstance(arguments, dict) else {"args": arguments}
    timed = {name: as_time(name, value) for name, value in (options or {}).items()}
    sent = []

    def send():
        try:
            sent.append(app_of(settings).send_task(task, **given, **timed))
        except Exception as error:
            sent.append(error)

    sending = threading.Thread(target=send, daemon=True)
    sending.start()
    sending.join(within)
    if sent and not isinstance(sent[0], Exception):
        return sent[0]
    why = f"{type(sent[0]).__name__}: {sent[0]}" if sent else f"the broker had not taken it within {within} s"
    note(f"{task} was not sent: {why}")
    return None


def settled(job, task, expect, within=20):
    """Waits for the result of a task, and notes what is amiss with it."""
    from celery.exceptions import TimeoutError as NoResultYet

    if job is None:
        return
    try:
        result = job.get(timeout=within)
    except NoResultYet:
        note(f"{task} has not been done within {within} s")
    except Exception as error:
        note(f"{task} failed: {type(error).__name__}: {error}")
        # The worker may tell of it later than the client hears of it.
        wait(lambda: any(one.count(FAILED) for one in programs) or all(one.ended for one in programs), 3)
    else:
        judge(task, result, expect)


def submit(task, arguments, expect, within=20, options=None, settings=None):
    settled(add(task, arguments, options, settings, within), task, expect, within)


def answer(program, what, expect, within=20):
    """Waits for the line of JSON in which a program tells the fate of its job."""
    wait(lambda: program.count('"state"') > 0 or (program.ended and not program.reader.is_alive()), within)
    told = [line for line in program.lines if line.startswith("{") and '"state"' in line]
    program.stop()
    if not told:
        return note(f"{what} gave no answer within {within} s")
    fate = json.loads(told[-1])
    if fate["state"] == "completed":
        return judge(what, fate.get("result"), expect)
    note(f"{what} {'failed' if fate['state'] == 'failed' else 'has not been done'}: {fate.get('error', '')}")


def judge(what, result, expect):
    if result == expect:
        print(f"run | {what} returned {json.dumps(result)}", flush=True)
    else:
        note(f"{what} returned {json.dumps(result)}, not {json.dumps(expect)}")


def note(text):
    amiss.append(text)
    print(f"run | {text}", flush=True)


def stop_all():
    for program in reversed(programs):
        program.stop()


def finish():
    """Stops everything, and exits with 1 if something was amiss."""
    for program in programs:
        if program.ended and not program.dismissed and program.process.returncode != 0:
            note(f"{program.name} ended by itself with {program.process.returncode}")
    stop_all()
    print("", *(["This went wrong:", *amiss] if amiss else ["Everything went as it should."]), sep="\n")
    sys.exit(1 if amiss else 0)
