from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.knowledge_files.cli import check_knowledge, knowledge_app
from bot.knowledge_files.laws import read_laws
from bot.knowledge_files.topics import read_topics


@pytest.fixture
def helpdesk():
    app = typer.Typer()
    app.add_typer(knowledge_app, name="knowledge")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["knowledge", "check", *arguments])

    return run


def test_good_knowledge_ends_well_and_is_counted(helpdesk, knowledge) -> None:
    result = helpdesk(str(knowledge.path))
    assert result.exit_code == 0
    assert result.stdout.startswith("3 antwoorden, 0 fouten, 0 aandachtspunten")


def test_an_error_is_one_line_with_its_place_and_ends_with_1(helpdesk, knowledge) -> None:
    knowledge.entry(label="Een label dat veel te lang is")
    result = helpdesk(str(knowledge.path))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"{knowledge.file('schorsing')}:3: het label is 29 tekens; maak er hooguit 20 van"
    )
    assert len(result.stdout.splitlines()) == 2


def test_a_warning_is_marked_and_ends_well(helpdesk, knowledge) -> None:
    knowledge.entry(short="Dat mag u niet.")
    result = helpdesk(str(knowledge.path))
    assert result.exit_code == 0
    assert ": let op: 'u'" in result.stdout.splitlines()[0]


def test_another_program_gets_one_object(helpdesk, knowledge) -> None:
    knowledge.entry(label="Een label dat veel te lang is", short="Dat mag u niet.")
    result = helpdesk("--json", str(knowledge.path))
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["entries"] == 3
    assert [(item["line"], item["code"]) for item in report["errors"]] == [(3, "too-long")]
    assert [item["code"] for item in report["warnings"]] == ["formal"]
    assert set(report["errors"][0]) == {"file", "line", "code", "message"}
    assert 60 < report["reading"]["median"] < 125
    assert report["reading"]["formula"] == "Flesch-Douma"


def test_a_folder_beneath_the_present_one_is_named_shortly(knowledge, monkeypatch, capsys) -> None:
    monkeypatch.chdir(knowledge.path.parent)
    knowledge.entry(label="Een label dat veel te lang is")
    assert check_knowledge(knowledge.path) == 1
    assert capsys.readouterr().out.startswith("knowledge/rechten/schorsing.md:3: ")


def test_an_empty_folder_is_reported_and_has_no_median(helpdesk, tmp_path) -> None:
    result = helpdesk("--json", str(tmp_path))
    assert result.exit_code == 1
    assert json.loads(result.stdout)["reading"]["median"] is None


def test_a_folder_that_is_not_there_is_one_clear_line(helpdesk, tmp_path) -> None:
    result = helpdesk(str(tmp_path / "nergens"))
    assert result.exit_code == 1
    assert "deze map bestaat niet" in result.output
    assert "Traceback" not in result.output


def test_broken_files_of_every_kind_never_give_a_traceback(helpdesk, knowledge) -> None:
    knowledge.entry(raw="---\ntitle: a: b\n---\n")
    knowledge.entry("verwijdering", raw="")
    knowledge.entry("stage-uren", raw="---\n[]\n---\n")
    result = helpdesk(str(knowledge.path))
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(result.stdout.splitlines()) == 4


def test_the_lists_of_the_project_itself_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "knowledge"
    laws, law_problems = read_laws((folder / "laws.yml").read_text(encoding="utf-8"), "laws.yml")
    topics, topic_problems = read_topics((folder / "topics.yml").read_text(encoding="utf-8"), "topics.yml")
    assert law_problems == topic_problems == []
    assert laws is not None
    assert laws.find("WEB") is not None
    assert topics is not None
    assert "schorsing" in topics
