"""Small, randomly initialised Whisper checkpoints: no weights can be had; loading and decoding are real."""

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


def converted_model(folder: Path) -> Path:
    """A CTranslate2 model with the tokenizer that openai-whisper carries."""
    torch.manual_seed(0)
    config = WhisperConfig(
        vocab_size=VOCABULARY,
        d_model=WIDTH,
        encoder_layers=LAYERS,
        decoder_layers=LAYERS,
        encoder_attention_heads=HEADS,
        decoder_attention_heads=HEADS,
        encoder_ffn_dim=4 * WIDTH,
        decoder_ffn_dim=4 * WIDTH,
    )
    source = folder / "source"
    model = WhisperForConditionalGeneration(config)
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
    target = folder / "faster-whisper-random"
    TransformersConverter(str(source), copy_files=["tokenizer.json"]).convert(
        str(target), quantization="int8"
    )
    return target


def tokenizer_of(special: dict[str, int]):  # type: ignore[no-untyped-def]  # the library's own type
    """openai-whisper's vocabulary as a tokenizer.json."""
    vocabulary = Path(whisper.__file__).parent / "assets" / "multilingual.tiktoken"
    tokenizer = TikTokenConverter(vocab_file=str(vocabulary), extra_special_tokens=list(special)).converted()
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in special])
    assert tokenizer.token_to_id("<|notimestamps|>") == special["<|notimestamps|>"]
    return tokenizer
