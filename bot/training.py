"""Trains the assistant: Rasa's training, without its noise, and only when something changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.processes import environment, newest_model
from bot.settings import ROOT, Settings

INPUTS = ("config.yml", "domain", "data", "bot/nlu")
"""What a model is made of. The texts of the answers are one of its views but stand not here: a mended sentence changes
next to no guess, and must not cost a training at the next start."""


class TrainingFailed(Exception):
    """The message says what to do."""


def _files() -> Iterator[Path]:
    for name in INPUTS:
        path = ROOT / name
        yield from (
            (p for p in sorted(path.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)
            if path.is_dir()
            else [path]
        )


def fingerprint() -> str:
    """A hash of everything that a model is made of."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_current(settings: Settings) -> bool:
    """Whether the newest model was trained on what is there now."""
    model = newest_model(settings.models_dir)
    return model is not None and fingerprint() in model.name


def train(settings: Settings, say: Callable[[str], None]) -> None:
    """Trains into ``models/``, unless the newest model is of the same data. Raises `TrainingFailed`."""
    if is_current(settings):
        say("the model is up to date")
        return
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    say("training the assistant; this takes a few minutes")
    log_file = settings.data_dir / "train.log"
    log_file.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "rasa", "train",
        "--config", "config.yml", "--domain", "domain", "--data", "data",
        "--out", str(settings.models_dir), "--fixed-model-name", f"helpdesk-{time.strftime('%Y%m%d-%H%M%S')}-{fingerprint()}",
    ]  # fmt: skip
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(settings), stdout=log, stderr=subprocess.STDOUT
        )
        shown = 0.0
        while process.poll() is None:
            time.sleep(0.5)
            if time.monotonic() - started - shown >= 15:
                shown = time.monotonic() - started
                say(f"  still training ({shown:.0f} s)")
    if process.returncode != 0:
        last = [line for line in log_file.read_text(errors="replace").splitlines() if line.strip()][-1:]
        raise TrainingFailed(f"training failed: {' '.join(last)[:300]} (all of it: {log_file})")
    say(f"trained in {time.monotonic() - started:.0f} s")
