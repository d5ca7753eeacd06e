"""The three processes under one supervisor (the library ``supervisor``), which restarts what dies."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.settings import ROOT, Settings

PYTHON = sys.executable
MAX_EXITS = 3
"""A process that ends so often before it was ready will not become ready."""


@dataclass(frozen=True)
class Program:
    """One process: its command, and how to see that it is ready."""

    name: str
    label: str
    command: str
    ready_url: str


class CannotStart(Exception):
    """Something is missing or in the way. The message says what, and what to do."""


def newest_model(folder: Path) -> Path | None:
    """The model that Rasa loads: the newest one."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None


def programs(settings: Settings, model: Path) -> list[Program]:
    """The three processes, in the order in which they are shown."""
    rasa = (
        f"{PYTHON} -m rasa run --enable-api -i 127.0.0.1 -p {settings.rasa_port} -m {model} "
        f"--credentials {ROOT / 'credentials.yml'} --endpoints {ROOT / 'endpoints.yml'} "
        "--auth-token %(ENV_HELPDESK_RASA_TOKEN)s"
    )
    return [
        Program(
            "web",
            "website and desk",
            f"{PYTHON} -m bot.serve",
            f"http://127.0.0.1:{settings.port}/health/live",
        ),
        Program(
            "actions", "actions", f"{PYTHON} -m actions", f"http://127.0.0.1:{settings.actions_port}/health"
        ),
        Program("rasa", "assistant (Rasa)", rasa, f"{settings.rasa_url}/webhooks/helpdesk/"),
    ]


def environment(settings: Settings) -> dict[str, str]:
    """What the processes get from outside, besides what is there already."""
    return {
        **os.environ,
        "HELPDESK_DATA_DIR": str(settings.data_dir),
        "HELPDESK_RASA_TOKEN": settings.rasa_token,
        "HELPDESK_SECRET_KEY": settings.secret_key,
        "HELPDESK_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "HELPDESK_RASA_DATABASE_URL": settings.rasa_database_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
        "PYTHONWARNINGS": "ignore",
        # Rasa logs messages at its lower levels.
        "LOG_LEVEL": "WARNING",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # Rasa's model is linear: one thread each leaves the second core to the web.
        "OMP_NUM_THREADS": "1",
    }


def configuration(settings: Settings, model: Path, run_dir: Path) -> str:
    """The supervisor's configuration file. Secrets stay in the environment, out of the file."""
    lines = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        f"logfile={run_dir / 'supervisor.log'}",
        f"pidfile={run_dir / 'supervisor.pid'}",
        f"directory={ROOT}",
        "",
    ]
    for program in programs(settings, model):
        lines += [
            f"[program:{program.name}]",
            f"command={program.command}",
            "autorestart=true",
            "startretries=1000000",
            "startsecs=2",
            # Children too: a stopped helpdesk leaves nothing behind.
            "stopasgroup=true",
            "killasgroup=true",
            "stopwaitsecs=15",
            f"stdout_logfile={run_dir / (program.name + '.log')}",
            "stdout_logfile_maxbytes=10MB",
            "stdout_logfile_backups=3",
            "redirect_stderr=true",
            "",
        ]
    return "\n".join(lines)


def check_ports(settings: Settings) -> None:
    """Raises `CannotStart` if a port is taken."""
    for name, port in (
        ("HELPDESK_PORT", settings.port),
        ("HELPDESK_RASA_PORT", settings.rasa_port),
        ("HELPDESK_ACTIONS_PORT", settings.actions_port),
    ):
        host = settings.host if name == "HELPDESK_PORT" else "127.0.0.1"
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CannotStart(
                    f"port {port} on {host} cannot be used ({error.strerror}). "
                    f"Stop what uses it, or choose another with {name}=<number>."
                ) from None


def run(settings: Settings, say: Callable[[str], None], *, timeout_s: float = 180.0) -> int:
    """Starts everything, says when it is ready, and stays until Ctrl-C. Gives the exit status.

    Raises `CannotStart`.
    """
    model = newest_model(settings.models_dir)
    if model is None:
        raise CannotStart(f"there is no trained model in {settings.models_dir}. Train one: helpdesk train")
    if not (settings.knowledge_dir / "topics.yml").is_file():
        raise CannotStart(f"there is no knowledge in {settings.knowledge_dir}: topics.yml is missing.")
    check_ports(settings)
    run_dir = settings.data_dir / "run"
    run_dir.mkdir(parents=True, exist_ok=True)
    for old in run_dir.glob("*.log"):
        old.replace(old.with_suffix(".log.1"))
    # What the supervisor finds beside its own program, wherever the environment was made.
    supervisord = shutil.which("supervisord", path=str(Path(PYTHON).parent)) or "supervisord"
    config = run_dir / "supervisord.conf"
    config.write_text(configuration(settings, model, run_dir), encoding="utf-8")
    # A group of its own: Ctrl-C reaches only us, and we stop it in order.
    supervisor = subprocess.Popen(
        [supervisord, "-n", "-c", str(config)],
        env=environment(settings),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            supervisor.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        _wait_until_ready(settings, model, supervisor, say, timeout_s, lambda: stopping)
        if not stopping:
            say("ready. Look here (stop: Ctrl-C):")
            say(f"  {settings.public_url}/      a demo page with the chat")
            say(f"  {settings.public_url}/desk  the desk, for staff")
        supervisor.wait()
    finally:
        if supervisor.poll() is None:
            supervisor.terminate()
            supervisor.wait(timeout=30)
    if stopping:
        say("stopped")
        return 0
    say(f"the supervisor ended by itself; see {run_dir / 'supervisor.log'}")
    return 1


def _wait_until_ready(
    settings: Settings,
    model: Path,
    supervisor: subprocess.Popen[bytes],
    say: Callable[[str], None],
    timeout_s: float,
    stopped: Callable[[], bool],
) -> None:
    started = time.monotonic()
    run_dir = settings.data_dir / "run"
    waiting = {program.name: program for program in programs(settings, model)}
    say(f"starting with model {model.name}; logs in {run_dir}")
    with httpx.Client(timeout=2, trust_env=False) as client:
        while waiting and not stopped():
            if supervisor.poll() is not None:
                raise CannotStart(f"the supervisor ended at once; see {run_dir / 'supervisor.log'}")
            for program in list(waiting.values()):
                try:
                    good = client.get(program.ready_url).status_code == 200
                except httpx.HTTPError:
                    good = False
                if good:
                    del waiting[program.name]
                    say(f"  {program.label}: ready after {time.monotonic() - started:.0f} s")
            for name in waiting:
                if _exits(run_dir, name) >= MAX_EXITS:
                    log = run_dir / f"{name}.log"
                    raise CannotStart(
                        f"{waiting[name].label} ends as soon as it starts: {_last_line(log)} (see {log})"
                    )
            if time.monotonic() - started > timeout_s and waiting:
                names = ", ".join(str(run_dir / f"{name}.log") for name in waiting)
                raise CannotStart(f"not ready after {timeout_s:.0f} s: look in {names}")
            time.sleep(0.3)


def _exits(run_dir: Path, name: str) -> int:
    """How often a process has ended since the start, as the supervisor noted it."""
    try:
        return (run_dir / "supervisor.log").read_text(errors="replace").count(f"exited: {name} ")
    except FileNotFoundError:
        return 0


def _last_line(log: Path) -> str:
    """The last line that says something."""
    try:
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    except FileNotFoundError:
        return "it wrote nothing"
    return lines[-1][:200] if lines else "it wrote nothing"
