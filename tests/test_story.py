"""A row's story is whole while version, journal and seeds are there, and says plainly what is missing where not."""

import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from ittgen.api import grow, open_version
from ittgen.errors import VersionError
from ittgen.journal import Journal
from ittgen.records import Example
from ittgen.story import Story, tell, why
from ittgen.text import sha256
from ittgen.versions.dataset import Dataset
from tests.toy import PROMPTS, project


@dataclass(frozen=True)
class Home:
    """A version that was grown, and the journal it was grown with."""

    folder: Path

    @property
    def journal(self) -> Path:
        return self.folder / "journal.sqlite"

    @property
    def dataset(self) -> Dataset:
        return open_version("toy", data=self.folder / "data")

    def why(self, id: str) -> Story:
        return why(self.dataset, id, self.journal)

    def answer_row(self, n: int = 2) -> str:
        """Id of a row of stage "answer"."""
        return self.dataset[n].id


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("story")
    recipe = project(folder / "p")
    grow(recipe, data=folder / "data", journal=folder / "journal.sqlite", progress="none")
    return Home(folder)


@pytest.fixture
def home(grown: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy that the test may spoil; the project is where the command runs."""
    shutil.copytree(grown.folder, tmp_path / "home")
    monkeypatch.chdir(tmp_path / "home" / "p")
    return Home(tmp_path / "home")


# The whole of it


def test_the_family_line_goes_back_to_the_seeds_and_says_where_each_was_found(home: Home) -> None:
    story = home.why(home.answer_row())
    assert [(relative.generation, relative.where) for relative in story.family] == [
        (1, "journal (stage evolve)"),
        (2, "rejected (length)"),
        (3, "journal (stage propose)"),
        (4, "seeds (mine)"),
        (4, "seeds (mine)"),
    ]
    evolved, draft, proposed, *seeds = [relative.example for relative in story.family]
    assert evolved and draft and proposed
    assert story.row.instruction == evolved.instruction
    assert draft.instruction.startswith("Harder: ")
    assert story.row.provenance and story.row.provenance.root == proposed.id
    assert [seed and seed.meta["id"] for seed in seeds] == ["s1", "s2"]
    assert all(relative.example and relative.example.id == relative.id for relative in story.family)
    assert story.notes == ()


def test_a_parent_that_was_published_too_is_found_in_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = project(tmp_path / "p")
    recipe.write_text(recipe.read_text().replace("[[stage]]", "[[stage]]\npublish = true"))
    monkeypatch.chdir(tmp_path / "p")
    version = grow(recipe, data=tmp_path / "data", journal=tmp_path / "journal.sqlite", progress="none")
    row = next(row for row in version if row.output)
    where = [relative.where for relative in why(version, row.id, tmp_path / "journal.sqlite").family]
    assert where == ["version", "rejected (length)", "version", "seeds (mine)", "seeds (mine)"]


def test_every_request_is_told_with_the_teachers_own_words(home: Home) -> None:
    story = home.why(home.answer_row())
    (exchange,) = story.exchanges
    assert story.row.provenance and exchange.key == story.row.provenance.requests[0]
    assert exchange.label == "answer/1 toy/answer"
    assert exchange.request and exchange.response
    assert exchange.request["model"] == "scribe-1" and exchange.request["sampling"] == {"temperature": 0.5}
    assert exchange.request["messages"] == [{"role": "user", "content": story.row.instruction}]
    assert exchange.response.text == story.row.output
    assert (exchange.response.model, exchange.response.request_id) == ("scribe-1.5", "r-1")
    assert exchange.response.latency == 0.25


def test_prompts_are_told_with_version_and_sha256(home: Home) -> None:
    text = f"name = 'toy/answer'\nversion = 2\nuser = '''{PROMPTS['answer']}'''\n"
    assert home.why(home.answer_row()).prompts == (
        {"name": "toy/answer", "version": 2, "sha256": sha256(text.encode())},
    )


def test_what_else_came_of_the_slot_is_told_with_its_verdict(home: Home) -> None:
    story = home.why(home.answer_row())
    (sibling,) = story.accepted
    assert (sibling.instruction, sibling.output) == (story.row.instruction, story.row.output.upper())
    (rejection,) = story.rejected
    assert (rejection.rule, rejection.value, rejection.limit) == ("second-thoughts", 0.25, 0.5)
    assert rejection.draft == f"{story.row.output}?"


def test_told_as_text_everything_is_there(home: Home) -> None:
    story = home.why(home.answer_row())
    text = tell(story)
    expected = [
        f"toy@1, row {story.row.id}",
        story.row.output,
        "stage answer (tests.toy:Answer), slot 1",
        "kind scribe",
        "seeds (mine)",
        "rejected (length)",
        "toy/answer, version 2, sha256 ",
        "answer/1 toy/answer, key ",
        "model scribe-1, temperature 0.5, sample 0",
        "finish_reason stop, tokens 10 + 5, model scribe-1.5, request id r-1, latency 0.25 s",
        f"rejected  second-thoughts, value 0.25, limit 0.5, not sure: {story.row.output}?",
        *(relative.id for relative in story.family),
        *(sibling.id for sibling in story.accepted),
    ]
    assert [part for part in expected if part not in text] == []
    assert "Not found" not in text


def test_a_story_goes_to_json(home: Home) -> None:
    story = home.why(home.answer_row())
    data = json.loads(json.dumps(story.to_json()))
    assert data["row"]["id"] == story.row.id
    assert [relative["generation"] for relative in data["family"]] == [1, 2, 3, 4, 4]
    assert data["exchanges"][0]["response"]["text"] == story.row.output
    assert data["rejected"][0]["rule"] == "second-thoughts" and len(data["accepted"]) == 1


# Ids


def test_the_beginning_of_an_id_will_do_where_only_one_begins_so(home: Home) -> None:
    id = home.answer_row()
    assert home.why(id[:4]).row.id == home.why(id[:15]).row.id == id


@pytest.mark.parametrize("id", ["abc", "0123456789abcdef", "zzzz", ""])
def test_an_unknown_id_is_refused(home: Home, id: str) -> None:
    with pytest.raises(VersionError, match=f'toy@1 has no row "{id}"'):
        home.why(id)


def test_a_draft_that_was_rejected_is_told_with_stage_and_rule(home: Home) -> None:
    draft = next(r for r in home.dataset.rejected("near-duplicate") if isinstance(r.draft, Example))
    assert isinstance(draft.draft, Example)
    for id in (draft.draft.id, draft.draft.id[:8]):
        story = home.why(id)
        assert story.row.instruction == draft.draft.instruction
        assert story.fate == 'not a row but rejected, in stage "propose" by the rule "near-duplicate"'
        assert story.exchanges and story.fate in tell(story) and story.to_json()["fate"] == story.fate


def test_a_row_of_a_stage_that_is_not_published_is_told_as_such(home: Home) -> None:
    parent = home.why(home.answer_row()).family[0]
    story = home.why(parent.id)
    assert story.row == parent.example
    assert story.fate == 'not a row but accepted by stage "evolve", which is not published'
    assert home.why(home.answer_row()).fate == ""


def test_an_id_that_is_close_is_named(home: Home) -> None:
    id = home.answer_row()
    with pytest.raises(VersionError, match=f'did you mean "{id}"'):
        home.why(id[:15] + ("0" if id[15] != "0" else "1"))


def test_the_beginning_of_several_ids_names_them(home: Home) -> None:
    """Ids are digests: two that begin alike are planted in the file, which `find` reads as it lies."""
    first, second = home.dataset[0], home.dataset[1]
    path = next(home.dataset.path.glob("data-*.jsonl"))
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[0], *lines[2:]]).ljust(path.stat().st_size, "\n"))
    with pytest.raises(VersionError, match=f'"{first.id[:6]}" could be {first.id}, {first.id}; give more digits'):
        home.why(first.id[:6])
    assert second.id != first.id


# What is missing


def test_without_a_journal_the_version_tells_what_it_can(home: Home) -> None:
    id = home.answer_row()
    whole = home.why(id)
    home.journal.unlink()
    story = home.why(id)
    assert story.row == whole.row and story.prompts == whole.prompts
    assert [exchange.key for exchange in story.exchanges] == [exchange.key for exchange in whole.exchanges]
    assert all(exchange.request is None and exchange.response is None for exchange in story.exchanges)
    assert (story.accepted, story.rejected) == (whole.accepted, whole.rejected)
    assert [relative.where for relative in story.family] == [""]
    assert "there is none" in story.notes[0] and "an ancestor" in story.notes[1]
    text = tell(story)
    assert "Not found" in text and "not stored, key " in text and story.row.output in text


def test_a_request_that_the_journal_lost_is_named_and_the_rest_is_told(home: Home) -> None:
    id = home.answer_row()
    key = home.why(id).exchanges[0].key
    db = sqlite3.connect(home.journal)
    with db:
        db.execute("DELETE FROM answers WHERE key = ?", (key,))
    db.close()
    story = home.why(id)
    assert story.notes == (f"request {key} is not in the journal {home.journal}",)
    assert story.exchanges[0].response is None
    assert len(story.family) == 5 and story.rejected


def test_another_journal_is_said_to_know_nothing_of_the_slot(home: Home) -> None:
    id = home.answer_row()
    home.journal.unlink()
    Journal.open(home.journal).close()
    story = home.why(id)
    assert any("does not have this stage's slot 1" in note for note in story.notes)
    assert any("is not in the journal" in note for note in story.notes)
    assert len(story.accepted) == len(story.rejected) == 1


def test_a_damaged_journal_is_said_and_the_rest_is_told(home: Home) -> None:
    id = home.answer_row()
    home.journal.write_text("dear diary " * 100)
    story = home.why(id)
    assert "not a database" in story.notes[0] and story.row.id == id


def test_seeds_that_are_gone_are_said(home: Home) -> None:
    id = home.answer_row()
    (home.folder / "p" / "seeds" / "mine.jsonl").unlink()
    story = home.why(id)
    assert [relative.where for relative in story.family[3:]] == ["", ""]
    assert 'the seeds cannot be read: seeds: there is no set "mine"' in story.notes[0]
    assert all("an ancestor, is neither" in note for note in story.notes[1:])


def test_seeds_that_changed_are_said(home: Home) -> None:
    id = home.answer_row()
    path = home.folder / "p" / "seeds" / "mine.jsonl"
    path.write_text(path.read_text() + '{"instruction": "One more of these."}\n')
    story = home.why(id)
    assert [relative.where for relative in story.family[3:]] == ["seeds (mine)"] * 2
    (note,) = story.notes
    assert "has changed since this version was grown" in note


def test_seeds_that_are_a_version_are_found_there(home: Home) -> None:
    recipe = home.folder / "p" / "recipe.toml"
    recipe.write_text(recipe.read_text().replace('"mine"', '"toy@1"').replace('name = "toy"', 'name = "more"'))
    other = home.folder / "other.sqlite"
    version = grow(recipe, data=home.folder / "data", journal=other, progress="none")
    story = why(version, version[0].id, other)
    assert [(relative.where, relative.id) for relative in story.family[3:]] == [
        ("seeds (toy@1)", home.dataset[0].id),
        ("seeds (toy@1)", home.dataset[1].id),
    ]
    assert story.notes == ()
