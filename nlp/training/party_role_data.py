"""Conversations whose turns say who speaks, for party roles."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INTERVAL = re.compile(r'xmin = ([\d.]+)\s+xmax = [\d.]+\s+text = "((?:[^"]|"")*)"')
MARK = re.compile(r"<[^>]*>")
MESSAGES = {"MessageFromBotOrAgent": True, "MessageFromUser": False}


@dataclass(frozen=True)
class Dialogue:
    """Turns in order: whether the agent speaks, and what."""

    turns: tuple[tuple[bool, str], ...]

    @property
    def agent(self) -> str:
        """All that the agent says."""
        return " ".join(text for is_agent, text in self.turns if is_agent)

    @property
    def customer(self) -> str:
        """All that the customer says."""
        return " ".join(text for is_agent, text in self.turns if not is_agent)

    @property
    def pair(self) -> tuple[str, str]:
        """Agent's and customer's words."""
        return self.agent, self.customer


def sources(data: Path) -> dict[str, list[Dialogue]]:
    """All conversations by source; those of vcon_synthetic_calls that have a recording are left out."""
    found = {
        "vcon_synthetic_calls": vcon(data, with_sound=False),
        "ms_contact_center": travel(data),
        "primock57": consultations(data),
    }
    return {name: [one for one in each if one.agent and one.customer] for name, each in found.items()}


def calls_with_sound(data: Path) -> list[Dialogue]:
    """The calls that the bench hears."""
    return [one for one in vcon(data, with_sound=True) if one.agent and one.customer]


def vcon(data: Path, *, with_sound: bool) -> list[Dialogue]:
    """vcon_synthetic_calls with or without those that have a recording."""
    path = data / "vcon_synthetic_calls" / "conversations.jsonl"
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Dialogue(tuple((turn["speaker"] == "Agent", turn["text"]) for turn in item["turns"]))
        for item in items
        if bool(item.get("audio")) is with_sound
    ]


def travel(data: Path) -> list[Dialogue]:
    """ms_contact_center."""
    path = data / "ms_contact_center" / "travel_conversations.jsonl"
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Dialogue(
            tuple(
                (MESSAGES[message["EventType"]], message["Value"])
                for message in item["Conversation"]["Messages"]
                if message["EventType"] in MESSAGES and message["Value"]
            )
        )
        for item in items
    ]


def consultations(data: Path) -> list[Dialogue]:
    """primock57: the doctor as agent, the patient as customer."""
    folder = data / "primock57_transcripts" / "transcripts"
    found = []
    for doctor in sorted(folder.glob("*_doctor.TextGrid")):
        patient = doctor.with_name(doctor.name.replace("_doctor", "_patient"))
        timed = [(start, True, text) for start, text in spoken(doctor)]
        timed += [(start, False, text) for start, text in spoken(patient)]
        found.append(Dialogue(tuple((is_agent, text) for _, is_agent, text in sorted(timed))))
    return found


def spoken(grid: Path) -> Iterator[tuple[float, str]]:
    """Begin and text of what is said in a TextGrid."""
    for start, text in INTERVAL.findall(grid.read_text("utf-8")):
        plain = MARK.sub(" ", text).replace('""', '"').strip()
        if plain:
            yield float(start), plain
