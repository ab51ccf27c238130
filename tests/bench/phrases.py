"""Phrases sought in the sound and in the offline transcript, with the text that was spoken as truth.

50 phrases of 2-4 words are drawn from the texts of calls 9 to 28 (by name) of vcon_synthetic_calls; the
search was fitted on calls 1 to 8. A phrase counts as found as often as it stands in the text of that call, no
oftener; every further hit is a false alarm.
"""

import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nlp.audio.recording import open_recording
from nlp.phrases import open_spoken_search
from nlp.transcript import Stretch
from nlp.transcription import MODELS, SpeechOptions, open_transcription
from nlp.vad import speech_spans
from service.phrases import SpokenTurn, find, parse
from tests.requirements import DATA

CALLS = DATA / "vcon_synthetic_calls" / "audio"
FIRST_CALL, COUNT, PHRASES, SEED = 8, 20, 50, 1
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
LEAST_SCORE = 0.02
HOURLY = (1, 2, 5, 10)  # false alarms per hour and phrase
FILLING = frozenset(
    WORD.findall(
        "a an the to of and i you is it in for on my your me we that this with be can do have will are at "
        "as so or not if what how may it's i'm just"
    )
)


@dataclass
class Search:
    """What one way of searching found: (score, right or not), and the CPU seconds it took."""

    cpu: float = 0.0
    hits: list[tuple[float, bool]] = field(default_factory=list)

    def take(self, found: list[tuple[str, float]], truth: Counter[str]) -> None:
        """Hits of one call, the best first; right as often as the phrase stands in the text."""
        seen: Counter[str] = Counter()
        for phrase, score in sorted(found, key=lambda hit: -hit[1]):
            seen[phrase] += 1
            self.hits.append((score, seen[phrase] <= truth[phrase]))

    def at(self, score: float) -> tuple[int, int]:
        """Right hits and false alarms from a score on."""
        kept = [right for value, right in self.hits if value >= score]
        return sum(kept), len(kept) - sum(kept)

    def recall_at(self, alarms: float, spoken: int) -> float:
        """Recall where so many false alarms are made."""
        right = wrong = 0
        for _, hit in sorted(self.hits, reverse=True):
            wrong += not hit
            if wrong > alarms:
                break
            right += hit
        return right / spoken


def texts_of(path: Path) -> list[list[str]]:
    """The words of each turn."""
    (body,) = [
        each["body"]
        for each in json.loads(path.read_text("utf-8"))["analysis"]
        if each["type"] == "transcript"
    ]
    return [WORD.findall(turn["message"].lower().replace("’", "'")) for turn in body]


def rows_of(turns: list[list[str]]) -> Counter[str]:
    """Every row of 2-4 different words, at least half of them with content, and how often it is said."""
    found: Counter[str] = Counter()
    for words in turns:
        for length in (2, 3, 4):
            for at in range(len(words) - length + 1):
                row = words[at : at + length]
                content = sum(word not in FILLING for word in row)
                if content >= length // 2 and len(set(row)) == length:
                    found[" ".join(row)] += 1
    return found


def drawn(calls: list[Counter[str]]) -> list[str]:
    """Half of the phrases are said in one call, half in more, none in more than half of the calls."""
    often = Counter(phrase for call in calls for phrase in call)
    several = sorted(phrase for phrase, count in often.items() if 2 <= count <= len(calls) / 2)
    once = sorted(phrase for phrase, count in often.items() if count == 1)
    chance = random.Random(SEED)
    return chance.sample(several, PHRASES // 2) + chance.sample(once, PHRASES - PHRASES // 2)


def main(count: int = COUNT) -> dict[str, object]:
    """Run both searches over the same calls."""
    paths = sorted(CALLS.glob("*.vcon.json"))[FIRST_CALL : FIRST_CALL + COUNT]
    calls = [rows_of(texts_of(path)) for path in paths]
    phrases = drawn(calls)
    paths, calls = paths[:count], calls[:count]
    spoken = sum(call[phrase] for call in calls for phrase in phrases)
    queries = [parse(phrase) for phrase in phrases]
    search, transcription = open_spoken_search(MODELS), open_transcription(SpeechOptions(engine="sphinx"))
    sound, text = Search(), Search()
    seconds = 0.0
    for path, truth in zip(paths, calls, strict=True):
        recording_path = path.with_name(path.name.replace(".vcon.json", ".mp3"))
        with open_recording(recording_path) as recording:
            seconds += recording.duration_ms / 1000
            spans = [Stretch(span.start_ms, span.end_ms) for span in speech_spans(recording, 0)]
            begin = time.process_time()
            hits = search.find(recording, {0: spans}, phrases, min_score=LEAST_SCORE)
            sound.cpu += time.process_time() - begin
        sound.take([(hit.phrase, hit.score) for hit in hits], truth)
        begin = time.process_time()
        transcript = transcription.recording(recording_path)
        turns = [SpokenTurn(turn.party, turn.text) for turn in transcript.turns]
        found = find(queries, turns)
        text.cpu += time.process_time() - begin
        text.take([(hit.phrase, hit.score) for hit in found], truth)
        print(f"{path.name[:8]} {len(hits)} {len(found)}", file=sys.stderr)
    return figures(sound, text, calls=count, spoken=spoken, hours=seconds / 3600)


def figures(sound: Search, text: Search, *, calls: int, spoken: int, hours: float) -> dict[str, object]:
    """Recall and false alarms of both; the sound at its default score and along its scores."""
    right, wrong = sound.at(0.5)
    text_right, text_wrong = text.at(0.0)
    curve = {alarms: sound.recall_at(alarms * PHRASES * hours, spoken) for alarms in HOURLY}
    return {
        "calls, minutes, phrases, times said": f"{calls}, {hours * 60:.0f}, {PHRASES}, {spoken}",
        "sound, score 0.5: recall": round(right / spoken, 3),
        "sound, score 0.5: false alarms per hour and phrase": round(wrong / hours / PHRASES, 2),
        "sound: recall at 1, 2, 5, 10 false alarms per hour and phrase": [
            round(value, 3) for value in curve.values()
        ],
        "sound: CPU seconds per minute of recording, 50 phrases": round(sound.cpu / (hours * 60), 2),
        "offline transcript: recall": round(text_right / spoken, 3),
        "offline transcript: false alarms per hour and phrase": round(text_wrong / hours / PHRASES, 2),
        "offline transcript: CPU seconds per minute of recording": round(text.cpu / (hours * 60), 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])), ensure_ascii=False))
