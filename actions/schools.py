"""The names of mbo schools, to write a school always in the same way. Another name is kept as the student typed it."""

from __future__ import annotations

from functools import lru_cache

import yaml
from rapidfuzz import fuzz, process, utils

from bot.bootstrap import services

SURE = 88.0
"""Least likeness (0 to 100) to take a typed name for a school of the list."""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Each spelling in lower case -> the school's name."""
    file = services().settings.knowledge_dir / "schools.yml"
    if not file.is_file():
        return {}
    schools = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {
        spelling.lower(): name for name, others in schools.items() for spelling in (name, *(others or ()))
    }


def known_school(typed: str) -> str:
    """The school's name from the list, or what was typed."""
    names = _names()
    found = process.extractOne(
        typed, list(names), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=SURE
    )
    return names[found[0]] if found else typed


def is_listed(name: str | None) -> bool:
    """Whether a name is that of a school of the list, as `known_school` writes it."""
    return name in _names().values()
