"""Letters become phones: aligned, counted, kept without pickle and read aloud."""

from pathlib import Path

import numpy as np

from nlp.pronunciation import Letters, load_letters, save_letters
from nlp.training.pronunciation import alignment, costs_of, first_pairs, fitted, measured, phone_errors

SOUNDS = {"b": ("B",), "k": ("K",), "t": ("T",), "x": ("K", "S"), "a": ("AE",), "o": ("AO",), "e": ()}


def invented(count: int = 800, seed: int = 1) -> list[tuple[str, tuple[str, ...]]]:
    """Words of a language spelt by rule: x is two phones, a last e is none and lengthens the o."""
    chance = np.random.default_rng(seed)
    words: dict[str, tuple[str, ...]] = {}
    while len(words) < count:
        body = "".join(
            chance.choice(list("bktx")) + chance.choice(list("ao")) for _ in range(chance.integers(2, 6))
        )
        phones = [phone for letter in body for phone in SOUNDS[letter]]
        if body.endswith("o") and chance.random() < 0.4:
            body, phones = body + "te", [*phones[:-1], "OW", "T"]
        words[body] = tuple(phones)
    return sorted(words.items())


def model() -> Letters:
    words = invented()
    np.random.default_rng(2).shuffle(words)  # type: ignore[arg-type]
    return fitted(words)


def test_letters_share_out_the_phones() -> None:
    costs = costs_of(first_pairs([("bat", ("B", "AE", "T")), ("ax", ("AE", "K"))]))
    assert alignment("tab", ("T", "AE", "B"), costs) == [("t", ("T",)), ("a", ("AE",)), ("b", ("B",))]
    assert alignment("x", ("K", "S", "T"), costs) is None, "a letter has two phones at most"
    row = alignment("bax", ("B", "AE", "K", "S"), costs)
    assert row is not None
    assert [letter for letter, _ in row] == ["b", "a", "x"]
    assert tuple(phone for _, phones in row for phone in phones) == ("B", "AE", "K", "S")


def test_a_rule_is_learnt_from_examples_and_kept(tmp_path: Path) -> None:
    letters = model()
    known = dict(invented())
    unknown = [pair for pair in invented(1_200, seed=7) if pair[0] not in known][:60]
    assert len(unknown) > 20
    assert measured(letters, unknown)["phone_error"] < 0.02
    save_letters(tmp_path / "letters.npz", letters)
    kept = load_letters(tmp_path / "letters.npz")
    assert kept.graphones == letters.graphones
    assert kept.pronounce("baxote") == letters.pronounce("baxote") == ("B", "AE", "K", "S", "OW", "T")


def test_what_has_no_sound_has_no_pronunciation() -> None:
    letters = model()
    assert letters.pronounce("") is None
    assert letters.pronounce("שלום") is None
    assert letters.pronounce("b7") is None


def test_phone_errors_are_edits() -> None:
    assert phone_errors(("B", "AE", "T"), ("B", "AE", "T")) == 0
    assert phone_errors(("B", "AE", "T"), ("AE", "D", "Z")) == 3
    assert phone_errors((), ("B",)) == 1
