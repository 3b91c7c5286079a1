"""Labels become canonical keys, through the errors that readers of text make (S10)."""

import json
from pathlib import Path

import pytest

from ocr_pipeline.pipeline import SURE_LABEL
from ocr_pipeline.vocabulary import FOLDER, files, match, match_table
from ocr_pipeline.vocabulary.folding import folded

LANGUAGES = {"en", "es", "pt", "de", "it", "pl", "fr"}
EFOOTBALL_KEYS = {
    *("possession", "shots", "shots_on_target", "fouls", "offsides", "corner_kicks", "free_kicks", "passes"),
    *("completed_passes", "crosses", "interceptions", "tackles", "saves"),
}


def test_every_title_has_its_languages() -> None:
    assert {(it.game, it.language) for it in files()} >= {
        (game, language) for game in ("efootball", "ea_fc", "fifa", "pes") for language in LANGUAGES
    }


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_spelling_means_one_key_in_its_file(path: Path) -> None:
    labels = json.loads(path.read_text(encoding="utf-8")).get("labels", {})
    owners: dict[str, set[str]] = {}
    for key, spellings in labels.items():
        for spelling in spellings:
            owners.setdefault(folded(spelling), set()).add(key)
    assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("game", ["efootball", "pes", "ea_fc"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_row_of_the_football_titles_has_a_word(game: str, language: str) -> None:
    words = next(it for it in files() if (it.game, it.language) == (game, language))
    assert set(words.keys.values()) >= EFOOTBALL_KEYS


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Strzaty", "shots"),
        ("Posiadanie pitki %", "possession"),
        ("Celnosé strzatow %", "shot_accuracy"),
        ("Doktadnos¢ podan %", "pass_accuracy"),
        ("Rzuty rozne", "corner_kicks"),
        ("Comers", "corner_kicks"),
        ("0ffsides .", "offsides"),
        ("Successfu1 Passe5", "completed_passes"),
        ("Schusse aufs Tor", "shots_on_target"),
        ("Schiisse", "shots"),
        ("FreistoBe", "free_kicks"),
        ("POSSE DE BOLA", "possession"),
    ],
)
def test_a_label_read_with_errors_keeps_its_meaning(text: str, key: str) -> None:
    found = match(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "%", "Overall Shooting", "Settings", "Next", "INFRACTIONS", "Stadium"])
def test_a_word_of_no_row_has_no_key(text: str) -> None:
    """S3: no key is better than a wrong one."""
    assert match(text) is None


@pytest.mark.parametrize(("text", "language"), [("Przejęcia", "pl"), ("Zweikämpfe", "de")])
def test_two_words_mean_tackles_though_they_say_something_else(text: str, language: str) -> None:
    """S10."""
    found = match(text, languages=[language])
    assert found is not None
    assert found.key == "tackles"


def test_words_that_look_alike_are_told_apart() -> None:
    """A row `Blocked` is not a row `Blocks`, `Shots` is not `Shots on Target`."""
    labels = ["Blocked", "Blocks", "Total Shots", "Shots on Target", "Tackles", "Tackles Won", "Standing Tackles Won"]
    keys = ["shots_blocked", "blocks", "shots", "shots_on_target", "tackles", "tackles_won", "standing_tackles_won"]
    assert [found and found.key for found in match_table(labels).matches] == keys


@pytest.mark.parametrize(
    ("labels", "game", "language"),
    [
        (["Possession", "Shots", "Shots on Target", "Corner Kicks", "Successful Passes"], "efootball", "en"),
        (["Total Passes", "Completed", "Intercepted", "Lobbed Through", "Key Pass"], "ea_fc", "en"),
        (["Strzały", "Strzaty celne", "Przejęcia", "Celność strzałów %", "Dokładność podań %"], "fifa", "pl"),
        (["Ballbesitzquote", "Ballrückeroberungs-Zeit", "Schüsse", "Zweikämpfe", "Begangene Fouls"], "ea_fc", "de"),
    ],
)
def test_the_labels_together_tell_title_and_language(labels: list[str], game: str, language: str) -> None:
    table = match_table(labels)
    assert (table.game, table.language) == (game, language)
    assert all(table.matches)


def test_labels_hardly_read_are_guessed_from_what_the_others_leave_over() -> None:
    """S3: together they can only be this, and none of them is sure enough to be taken unasked."""
    read = {"Streaty": 0.2, "Srnwty celne": 0.0, "Posiadanie piłki": 0.9, "Pregda": 0.0, "Faule": 0.9}
    read |= {"Reaty roana": 0.0, "Colne strratiw": 0.0, "Dektadnade poder %": 0.2}
    table = match_table(list(read), sure=list(read.values()))
    keys = ["shots", "shots_on_target", "possession", "tackles", "fouls", "corner_kicks", "shot_accuracy"]
    assert [found and found.key for found in table.matches] == [*keys, "pass_accuracy"]
    guesses = [found for found, sure in zip(table.matches, read.values(), strict=True) if sure < 0.7]
    assert all(found and found.confidence < SURE_LABEL for found in guesses)


def test_a_label_read_well_that_no_title_prints_is_not_taken_for_one_that_looks_like_it() -> None:
    """S3: a row of another title is unknown, however alike its word is."""
    labels = ["Shots", "Possession", "Fouls", "Tackles Lost", "Shots on Post"]
    found = match_table(labels, sure=[0.95] * 5).matches
    assert [it and it.key for it in found] == ["shots", "possession", "fouls", None, None]


def test_letters_that_a_reader_has_not_learnt_cost_a_label_nothing() -> None:
    """A reader that is sure of what it said has said it for letters that it does not know."""
    labels = ["Ballbesitz", "Schiisse", "Schiisse aufs Tor", "FreistoBe", "Pässe"]
    found = match_table(labels, sure=[0.93] * 5).matches
    assert [it and it.key for it in found] == ["possession", "shots", "shots_on_target", "free_kicks", "passes"]


def test_a_screen_nobody_knows_has_no_title() -> None:
    assert match_table(["Wood", "Gold", "Stone"]).game is None


def test_a_language_never_seen_needs_a_data_file_only(tmp_path: Path) -> None:
    """S10: no code for a language or a title more."""
    folder = tmp_path / "kickoff"
    folder.mkdir()
    (folder / "tr.json").write_text(json.dumps({"labels": {"shots": ["Şutlar"], "fouls": ["Fauller"]}}))
    table = match_table(["Şutlar", "Faulier"], folder=tmp_path)
    assert (table.game, table.language) == ("kickoff", "tr")
    assert [found and found.key for found in table.matches] == ["shots", "fouls"]
