"""The encoder keeps order, wastes no padding, remembers, and refuses weights it does not know."""

from pathlib import Path

import numpy as np
import pytest
from transformers import AutoModel, AutoTokenizer

from nlp.adapters import read_adapter
from nlp.encoder import Encoder, batches, open_encoder, spelled
from nlp.errors import MissingArtifact
from tests.nlp.tiny_encoder import WIDTH, tiny_encoder, write_adapter, write_encoder

TEXTS = ["thank you", "i am very angry about the bill !", "sad", "i am happy", "the order . the bill .", ""]


def test_one_unit_vector_per_text(tmp_path: Path) -> None:
    vectors = tiny_encoder(tmp_path).encode(TEXTS)
    assert vectors.shape == (len(TEXTS), WIDTH)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_batches_change_nothing(tmp_path: Path) -> None:
    together = tiny_encoder(tmp_path).encode(TEXTS)
    alone = np.concatenate([tiny_encoder(tmp_path).encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_no_texts(tmp_path: Path) -> None:
    assert tiny_encoder(tmp_path).encode([]).shape == (0, WIDTH)


def test_repeated_texts_share_a_vector(tmp_path: Path) -> None:
    vectors = tiny_encoder(tmp_path).encode(["sad", "happy", "sad"])
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_remembered_vectors_equal_computed_ones(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    np.testing.assert_array_equal(encoder.encode(TEXTS[:4])[:3], encoder.encode(TEXTS[:3]))


def test_long_text_is_cut(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    assert len(encoder.tokens(["angry " * 1000])[0]) == 256
    assert np.isfinite(encoder.encode(["angry " * 1000])).all()


def test_adapter_changes_vectors_and_leaves_the_plain_encoder_alone(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_adapter(tmp_path / "models", encoder.version)
    before = tiny_encoder(tmp_path).encode(TEXTS)
    plain, adapted = encoder.encode_each(TEXTS, adapters=(None, "emotion"))
    np.testing.assert_allclose(plain, before, atol=1e-6)
    assert np.abs(plain - adapted).max() > 0.01
    np.testing.assert_allclose(adapted, tiny_encoder(tmp_path).encode(TEXTS, adapter="emotion"), atol=1e-6)


def test_adapter_of_another_encoder_is_refused(tmp_path: Path) -> None:
    write_adapter(tmp_path / "models", "other@000000000000")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        tiny_encoder(tmp_path).encode(["sad"], adapter="emotion")


def test_unknown_adapter(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_adapter(tmp_path / "models", encoder.version)
    with pytest.raises(MissingArtifact, match="missing_artifact"):
        encoder.encode(["sad"], adapter="taste")


def test_file_that_is_no_adapter(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    write_adapter(tmp_path / "models", encoder.version)
    (tmp_path / "models" / "emotion" / "adapter.safetensors").write_bytes(b"nothing")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        encoder.encode(["sad"], adapter="emotion")


def test_no_weights(tmp_path: Path) -> None:
    with pytest.raises(MissingArtifact, match="missing_artifact"):
        open_encoder(tmp_path, weights_dir=tmp_path)


def test_version_names_the_weights(tmp_path: Path) -> None:
    write_encoder(tmp_path / "encoder")
    assert tiny_encoder(tmp_path).version.startswith("all-MiniLM-L6-v2@")


def test_batches_stay_within_the_budget_and_lose_no_row() -> None:
    lengths = [3, 50, 7, 7, 12, 200, 3, 1]
    found = list(batches(lengths, token_budget=60))
    assert sorted(row for batch in found for row in batch) == list(range(len(lengths)))
    assert all(len(b) == 1 or max(lengths[i] for i in b) * len(b) <= 60 for b in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("ok 😂", "ok  face with tears of joy "),
        ("naïve é", "naïve é"),
        ("👍🏽", " thumbs up sign 🏽"),
    ],
)
def test_pictographs_are_spelled_out(text: str, expected: str) -> None:
    assert spelled(text) == expected


def _halving(tmp_path: Path) -> Encoder:
    write_adapter(tmp_path / "models", tiny_encoder(tmp_path).version)
    model = AutoModel.from_pretrained(str(tmp_path / "encoder"), local_files_only=True).eval()
    tokenizer = AutoTokenizer.from_pretrained(str(tmp_path / "encoder"), local_files_only=True)
    path = tmp_path / "models" / "emotion" / "adapter.safetensors"
    version = tiny_encoder(tmp_path).version
    return Encoder(model, tokenizer, version=version, adapter=lambda _: read_adapter(path), half=True)


def test_bfloat16_gives_nearly_the_same_vectors(tmp_path: Path) -> None:
    half, whole = _halving(tmp_path), tiny_encoder(tmp_path)
    assert (half.precision, whole.precision) == ("bfloat16", "float32")
    pairs = zip(
        half.encode_each(TEXTS, adapters=(None, "emotion")),
        whole.encode_each(TEXTS, adapters=(None, "emotion")),
        strict=True,
    )
    for rounded, exact in pairs:
        assert rounded.dtype == np.float32
        assert float((rounded * exact).sum(axis=1).min()) > 0.999


def test_bfloat16_is_not_taken_where_the_processor_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = write_encoder(tmp_path / "encoder")
    for able, precision, wanted in (
        (True, "auto", "bfloat16"),
        (False, "auto", "float32"),
        (True, "float32", "float32"),
    ):
        monkeypatch.setattr("nlp.encoder.multiplies_halves", lambda able=able: able)
        encoder = open_encoder(tmp_path / "models", weights_dir=weights, precision=precision)
        assert encoder.precision == wanted
