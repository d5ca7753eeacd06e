"""`helpdesk knowledge …`: what an editor runs before handing in a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.knowledge_files.check import check
from bot.knowledge_files.report import as_json, as_text

knowledge_app = typer.Typer(help="De antwoorden in knowledge/.", no_args_is_help=True)


@knowledge_app.callback()
def _knowledge() -> None:
    """De antwoorden in knowledge/."""


@knowledge_app.command("check")
def check_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="De map met antwoorden.")] = Path("knowledge"),
    as_object: Annotated[bool, typer.Option("--json", help="Druk één JSON-object af.")] = False,
) -> None:
    """Controleer alle antwoorden; sluit af met 1 als er een fout in zit."""
    raise typer.Exit(check_knowledge(folder, as_object))


def check_knowledge(folder: Path, as_object: bool = False) -> int:
    """Check `folder` as on today, print what was found, return the exit status: 1 with an error, else 0."""
    if not folder.is_dir():
        typer.echo(f"{folder}: deze map bestaat niet; geef de map met antwoorden op", err=True)
        return 1
    here = Path.cwd()
    if folder.is_absolute() and folder.is_relative_to(here):
        folder = folder.relative_to(here)  # shorter to read, and a terminal can open it
    result = check(folder, date.today())
    typer.echo(as_json(result) if as_object else as_text(result))
    return 1 if result.errors else 0
