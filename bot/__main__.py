"""The command line: ``helpdesk …``, also ``python -m bot …``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.core.errors import HelpdeskError
from bot.knowledge_files.cli import knowledge_app
from bot.settings import ROOT, Settings, SettingsError, load

# Names and messages are shown as they are: a box with a traceback helps no administrator.
app = typer.Typer(
    help="The helpdesk of JOBmbo.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
exports = typer.Typer(help="What the desk has collected, as files.", no_args_is_help=True)
staff = typer.Typer(help="Who may use the desk.", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(staff, name="staff")
app.add_typer(exports, name="export")
out = Console(highlight=False, soft_wrap=True)


def _settings() -> Settings:
    return load()


@app.command()
def run() -> None:
    """Starts website, desk, assistant and actions, and restarts what dies. Stops with Ctrl-C."""
    from bot.processes import CannotStart
    from bot.processes import run as run_all

    settings = _settings()
    try:
        _demo_account(settings)
        raise typer.Exit(run_all(settings, out.print))
    except CannotStart as error:
        _fail(str(error))


def _demo_account(settings: Settings) -> None:
    """On a database without staff: an account to try the desk with. Its password is shown this once."""
    from bot.bootstrap import services
    from bot.desk.accounts import add_demo_account

    password = add_demo_account(services().tools)
    if password:
        out.print(
            f"made a demo account for the desk: login [bold]demo[/bold], password [bold]{password}[/bold] (shown only now)"
        )


@app.command()
def train() -> None:
    """Trains the assistant from config.yml, domain/ and data/ into models/."""
    from bot.training import TrainingFailed
    from bot.training import train as train_model

    try:
        train_model(_settings(), out.print)
    except TrainingFailed as error:
        _fail(str(error))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions as JSON lines: id, text, and topic or expected.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measures what the trained assistant would do with questions it has never seen."""
    from bot import evaluation

    raise typer.Exit(evaluation.run(file, as_json))


@app.command()
def doctor() -> None:
    """Says whether everything that the helpdesk needs is there."""
    from bot.doctor import examine

    good = True
    for finding in examine(_settings()):
        good &= finding.good
        out.print(f"{'ok     ' if finding.good else 'PROBLEM'}  {finding.name}: {finding.words}")
    raise typer.Exit(0 if good else 1)


@exports.command("training")
def export_training(
    file: Annotated[Path, typer.Argument(help="Where to write; review it in git before training.")] = ROOT
    / "data/nlu/geleerd.yml",
) -> None:
    """Writes the examples that editors accepted on the page Leren, in Rasa's form."""
    from bot.bootstrap import services
    from bot.learning import export

    out.print(f"{export(services().tools, file)} examples in {file}")


@staff.command("add")
def staff_add(
    login: Annotated[str, typer.Argument(help="What the person logs in with, such as an e-mail address.")],
    name: Annotated[str, typer.Option(help="The name that students see.")],
    role: Annotated[str, typer.Option(help="handler, editor or admin.")] = "handler",
) -> None:
    """Makes an account. Asks for the password, or takes it from HELPDESK_NEW_PASSWORD."""
    from bot.bootstrap import services
    from bot.desk.accounts import add_account

    password = os.environ.get("HELPDESK_NEW_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    add_account(services().tools, login, name, password, role)
    out.print(f"added {login} ({role})")


@staff.command("list")
def staff_list() -> None:
    """Shows all accounts."""
    from bot.bootstrap import services

    with services().tools.look() as uow:
        for member in uow.staff.list():
            out.print(
                f"{member.login}\t{member.name}\t{member.role}\t{'disabled' if member.disabled else 'active'}"
            )


@staff.command("disable")
def staff_disable(login: Annotated[str, typer.Argument(help="The account to close.")]) -> None:
    """Closes an account and ends its sessions."""
    from bot.bootstrap import services
    from bot.desk.accounts import disable_account

    disable_account(services().tools, login)
    out.print(f"disabled {login}")


@staff.command("reset-second-factor")
def staff_reset_second_factor(login: Annotated[str, typer.Argument(help="Whose telephone is lost.")]) -> None:
    """Takes a lost second factor away; the person sets up a new one after logging in."""
    from bot.bootstrap import services
    from bot.desk.accounts import reset_second_factor

    reset_second_factor(services().tools, login)
    out.print(f"{login} sets up a new second factor at the next login")


def _fail(words: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"helpdesk: {words}", markup=False)
    raise typer.Exit(1)


def main() -> None:
    """The console script. Expected errors are one line and exit status 1."""
    try:
        app()
    except (HelpdeskError, SettingsError) as error:
        print(f"helpdesk: {error}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
