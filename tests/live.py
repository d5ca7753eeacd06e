"""The whole helpdesk, really running: web, Rasa with the trained model, and the action server, under the supervisor."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from bot.processes import newest_model
from bot.storage.engine import make_engine

ROOT = Path(__file__).resolve().parent.parent
ANSWER_S = 150


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class LiveHelpdesk:
    """A running helpdesk with databases of its own."""

    url: str
    folder: Path
    password: str
    process: subprocess.Popen[str]
    engine: Engine
    rasa: Engine
    """What Rasa keeps."""

    def pids(self, command: str) -> list[int]:
        """Our processes whose command line holds ``command``."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                env = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if command in line and str(self.folder) in env:
                found.append(int(entry.name))
        return found

    def kill(self, command: str) -> None:
        """``kill -9`` of one of our processes."""
        pids = self.pids(command)
        assert pids, f"no process with {command!r}"
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def student(self) -> Student:
        """A new student with a conversation of their own."""
        return Student(self)

    def scalar(self, query: str, **values: object) -> object:
        """One value from the helpdesk's database."""
        with self.engine.connect() as connection:
            return connection.execute(sql(query), values).scalar()


@dataclass
class Student:
    """A student at the widget's API."""

    helpdesk: LiveHelpdesk
    last: int = 0
    messages: list[dict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=f"{self.helpdesk.url}/api/v1", timeout=30, trust_env=False)
        made = self.http.post("/conversations", json={}).json()
        self.conversation = made["conversation"]
        self.http.headers["Authorization"] = f"Bearer {made['token']}"
        self.last = self.http.get("/messages").json()["messages"][-1]["id"]

    def send(self, words: str, key: str | None = None) -> int:
        """Sends words, or the button with that title; gives the message's id."""
        button = next((b for m in reversed(self.messages) for b in m["buttons"] if b["title"] == words), None)
        body = {"payload": button["payload"]} if button else {"text": words}
        answer = self.http.post("/messages", json={"client_message_id": key or uuid.uuid4().hex, **body})
        assert answer.status_code == 202, answer.text
        return int(answer.json()["id"])

    def heard(self) -> list[dict]:
        """What came in since the last look, without the student's own words."""
        found = self.http.get(f"/messages?after={self.last}").json()["messages"]
        if found:
            self.last = found[-1]["id"]
        self.messages += found
        return [message for message in found if message["author"] != "student"]

    def say(self, words: str) -> list[dict]:
        """Sends and waits until the assistant has finished with it; gives what it said."""
        message_id = self.send(words)
        self.wait_handled(message_id)
        return self.heard()

    def wait_handled(self, message_id: int) -> None:
        """Waits until a message no longer waits for the assistant."""
        deadline = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline:
            state = self.helpdesk.scalar("select handling from messages where id = :id", id=message_id)
            if state != "pending":
                return
            time.sleep(0.05)
        raise AssertionError(f"no answer within {ANSWER_S} s")


def start(folder: Path, database_url: str = "", rasa_database_url: str = "") -> LiveHelpdesk:
    """Starts a helpdesk and waits until it says that it is ready; without other databases on files in ``folder``."""
    database_url = database_url or f"sqlite:///{folder / 'helpdesk.db'}"
    rasa_database_url = rasa_database_url or f"sqlite:///{folder / 'rasa.db'}"
    assert newest_model(ROOT / "models"), "there is no trained model: run `make train` first"
    port, rasa_port, actions_port = free_port(), free_port(), free_port()
    # A copy, so that a test can edit an answer.
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    env = {
        **os.environ,
        "HELPDESK_KNOWLEDGE_DIR": str(folder / "knowledge"),
        "HELPDESK_DATA_DIR": str(folder),
        "HELPDESK_DATABASE_URL": database_url,
        "HELPDESK_RASA_DATABASE_URL": rasa_database_url,
        "HELPDESK_PORT": str(port),
        "HELPDESK_RASA_PORT": str(rasa_port),
        "HELPDESK_ACTIONS_PORT": str(actions_port),
        "HELPDESK_MESSAGES_PER_MINUTE": "1000",
        "COLUMNS": "300",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line)
        if line.startswith("ready"):
            break
    else:
        raise AssertionError("the helpdesk did not start:\n" + "".join(lines))
    password = next(line for line in lines if "password" in line).split("password ")[1].split(" ")[0]
    url = f"http://127.0.0.1:{port}"
    ours, rasas = make_engine(database_url), make_engine(rasa_database_url)
    return LiveHelpdesk(url, folder, password, process, ours, rasas)


def stop(helpdesk: LiveHelpdesk) -> None:
    """Ctrl-C, and everything ends."""
    helpdesk.engine.dispose()
    helpdesk.rasa.dispose()
    helpdesk.process.send_signal(signal.SIGINT)
    helpdesk.process.wait(timeout=60)
