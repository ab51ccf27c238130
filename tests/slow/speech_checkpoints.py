"""Small, randomly initialised Whisper checkpoints: no weights can be had; loading and decoding are real."""

import shutil
from dataclasses import asdict
from pathlib import Path

import torch
import whisper
from ctranslate2.converters import TransformersConverter
from tokenizers import AddedToken
from transformers import GenerationConfig, WhisperConfig, WhisperForConditionalGeneration
from transformers.convert_slow_tokenizer import TikTokenConverter
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_encoding

VOCABULARY = 51_865
WIDTH, HEADS, LAYERS = 32, 2, 2


SIZES = {"toy": (64, 2, 2), "base": (512, 8, 6), "small": (768, 12, 12)}  # width, heads, layers
# So strong that one token is clearly the likeliest, and another at each place: rounding cannot turn it round.
PEAKED, PLACED = 30.0, 10.0


def sized_pair(folder: Path, size: str) -> tuple[Path, Path]:
    """The same random weights of one of Whisper's sizes for both engines: checkpoint, CTranslate2 folder."""
    torch.manual_seed(0)
    width, heads, layers = SIZES[size]
    model = WhisperForConditionalGeneration(configuration(width, heads, layers))
    with torch.no_grad():
        model.model.decoder.embed_positions.weight.mul_(PLACED)
        model.model.decoder.layer_norm.weight.mul_(PEAKED)
    dims = ModelDimensions(
        80, 1500, width, heads, layers, VOCABULARY, model.config.max_target_positions, width, heads, layers
    )
    weights = {openai_name(name): value for name, value in model.model.state_dict().items()}
    path = folder / f"{size}-random.pt"
    torch.save({"dims": asdict(dims), "model_state_dict": weights}, path)
    return path, converted(model, folder, f"faster-whisper-{size}-random", quantization=None)


RENAMED = (
    ("embed_positions.weight", "positional_embedding"),
    ("embed_tokens", "token_embedding"),
    ("encoder.layer_norm", "encoder.ln_post"),
    ("decoder.layer_norm", "decoder.ln"),
    ("layers.", "blocks."),
    ("self_attn_layer_norm", "attn_ln"),
    ("encoder_attn_layer_norm", "cross_attn_ln"),
    ("final_layer_norm", "mlp_ln"),
    ("self_attn.", "attn."),
    ("encoder_attn.", "cross_attn."),
    ("q_proj", "query"),
    ("k_proj", "key"),
    ("v_proj", "value"),
    ("out_proj", "out"),
    ("fc1", "mlp.0"),
    ("fc2", "mlp.2"),
)


def openai_name(name: str) -> str:
    """What openai-whisper calls a weight of transformers' Whisper."""
    for theirs, ours in RENAMED:
        name = name.replace(theirs, ours)
    return name


def openai_checkpoint(path: Path) -> Path:
    """A checkpoint of openai-whisper: dims and model_state_dict."""
    torch.manual_seed(0)
    dims = ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=WIDTH,
        n_audio_head=HEADS,
        n_audio_layer=LAYERS,
        n_vocab=VOCABULARY,
        n_text_ctx=48,  # a random model never stops by itself
        n_text_state=WIDTH,
        n_text_head=HEADS,
        n_text_layer=LAYERS,
    )
    model = Whisper(dims)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    torch.save({"dims": asdict(dims), "model_state_dict": model.state_dict()}, path)
    return path


def configuration(width: int, heads: int, layers: int) -> WhisperConfig:
    """Whisper's configuration for a size."""
    return WhisperConfig(
        vocab_size=VOCABULARY,
        d_model=width,
        encoder_layers=layers,
        decoder_layers=layers,
        encoder_attention_heads=heads,
        decoder_attention_heads=heads,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
    )


def converted_model(folder: Path) -> Path:
    """A small CTranslate2 model with the tokenizer that openai-whisper carries."""
    torch.manual_seed(0)
    model = WhisperForConditionalGeneration(configuration(WIDTH, HEADS, LAYERS))
    return converted(model, folder, "faster-whisper-random", quantization="int8")


def converted(
    model: WhisperForConditionalGeneration, folder: Path, name: str, *, quantization: str | None
) -> Path:
    """The model under CTranslate2."""
    source = folder / "source"
    special = dict(sorted(get_encoding("multilingual")._special_tokens.items(), key=lambda item: item[1]))
    languages = {
        name: number for name, number in special.items() if name[2:-2] in whisper.tokenizer.LANGUAGES
    }
    model.generation_config = GenerationConfig(
        suppress_tokens=[], begin_suppress_tokens=[220, 50257], lang_to_id=languages
    )
    model.save_pretrained(source)
    tokenizer_of(special).save(str(source / "tokenizer.json"))
    (source / "tokenizer_config.json").write_text('{"tokenizer_class": "PreTrainedTokenizerFast"}')
    target = folder / name
    TransformersConverter(str(source), copy_files=["tokenizer.json"]).convert(
        str(target), quantization=quantization
    )
    shutil.rmtree(source)
    return target


def tokenizer_of(special: dict[str, int]):  # type: ignore[no-untyped-def]  # the library's own type
    """openai-whisper's vocabulary as a tokenizer.json."""
    vocabulary = Path(whisper.__file__).parent / "assets" / "multilingual.tiktoken"
    tokenizer = TikTokenConverter(vocab_file=str(vocabulary), extra_special_tokens=list(special)).converted()
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in special])
    assert tokenizer.token_to_id("<|notimestamps|>") == special["<|notimestamps|>"]
    return tokenizer
