"""How an English reader would pronounce a word that no dictionary holds: names of products, firms, people.

A small set of letter-to-sound rules, the longest spelling first: good enough for a recogniser to notice the
word, no more. Sounds are those of the CMU dictionary without stress.
"""

import unicodedata

VOWELS = "aeiouy"
SPELLED = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH",
    "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY",
    "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY", "w": "D AH B AH L Y UW",
    "x": "EH K S", "y": "W AY", "z": "Z IY",
}  # fmt: skip
SOUNDS = {
    "tion": "SH AH N", "sion": "ZH AH N", "tious": "SH AH S", "cious": "SH AH S", "ture": "CH ER",
    "ough": "AO", "augh": "AO", "eigh": "EY", "igh": "AY", "tch": "CH", "dge": "JH", "sch": "SH",
    "air": "EH R", "are": "EH R", "ear": "IH R", "eer": "IH R", "ire": "AY ER", "ore": "AO R",
    "our": "AW ER", "oar": "AO R", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "gh": "G", "wh": "W",
    "ck": "K", "ng": "NG", "nk": "NG K", "qu": "K W", "kn": "N", "wr": "R", "ps": "P S", "sc": "S K",
    "gn": "N", "ee": "IY", "ea": "IY", "ie": "IY", "ei": "EY", "ai": "EY", "ay": "EY", "ey": "IY",
    "oa": "OW", "oe": "OW", "oo": "UW", "ou": "AW", "ow": "OW", "oi": "OY", "oy": "OY", "au": "AO",
    "aw": "AO", "eu": "Y UW", "ew": "UW", "ue": "UW", "ui": "UW", "ar": "AA R", "er": "ER", "ir": "ER",
    "or": "AO R", "ur": "ER", "bb": "B", "cc": "K", "dd": "D", "ff": "F", "gg": "G", "ll": "L", "mm": "M",
    "nn": "N", "pp": "P", "rr": "R", "ss": "S", "tt": "T", "zz": "Z", "a": "AE", "b": "B", "c": "K",
    "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K", "l": "L", "m": "M",
    "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W",
    "x": "K S", "y": "IH", "z": "Z",
}  # fmt: skip
LONG = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW", "y": "AY"}
AT_END = {
    "a": "AH", "e": "", "i": "IY", "o": "OW", "u": "UW", "y": "IY", "es": "Z", "ed": "D", "le": "AH L",
    "que": "K",
}  # fmt: skip
AT_START = {"x": "Z", "ps": "S", "kn": "N", "gn": "N", "y": "Y"}
LONGEST = max(map(len, SOUNDS))


def pronunciation(word: str) -> str | None:
    """Sounds of a word in Latin letters, None where there is nothing that could be read out.

    Short words in capitals are spelled: "ADSL".
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", word) if letter.isascii() and letter.isalpha()
    )
    if not plain or any(letter.isalpha() and not in_latin(letter) for letter in word):
        return None
    letters = plain.lower()
    if (plain.isupper() and len(plain) <= 5) or not any(letter in VOWELS for letter in letters):
        return " ".join(SPELLED[letter] for letter in letters)
    return " ".join(sound for sound in sounds_of(letters) if sound)


def in_latin(letter: str) -> bool:
    """Whether a letter is Latin, with or without accents."""
    return unicodedata.name(letter, "").startswith("LATIN")


def sounds_of(letters: str) -> list[str]:
    """The sounds of lower-case letters, piece by piece."""
    sounds, at = [], 0
    while at < len(letters):
        piece, sound = piece_at(letters, at)
        sounds.append(sound)
        at += len(piece)
    return sounds


def piece_at(letters: str, at: int) -> tuple[str, str]:
    """The spelling that begins at a place, and its sound there."""
    rest = letters[at:]
    if at > 0 and rest in AT_END and any(letter in VOWELS for letter in letters[:at]):
        return rest, AT_END[rest]
    for length in range(LONGEST, 0, -1):
        piece = rest[:length]
        if len(piece) < length:
            continue
        if at == 0 and piece in AT_START:
            return piece, AT_START[piece]
        if length == 1:
            return piece, single(letters, at)
        if piece in SOUNDS:
            return piece, SOUNDS[piece]
    return rest[0], SOUNDS[rest[0]]


def single(letters: str, at: int) -> str:
    """One letter by what follows: a silent e makes a vowel long; c and g are soft before e, i and y."""
    letter, after = letters[at], letters[at + 1 : at + 3]
    if letter in LONG and len(letters) == at + 3 and after[1:] == "e" and after[0] not in VOWELS + "x":
        return LONG[letter]
    if letter in "cg" and after[:1] and after[0] in "eiy":
        return "S" if letter == "c" else "JH"
    return SOUNDS[letter]
