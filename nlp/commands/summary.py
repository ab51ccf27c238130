"""The analysis document for people: reasons, emotions, sentiment and turns in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nlp.document import Document, PartySentimentPart, PickPart, ReasonPart, SummaryPart

NO_REASON = {
    "abstained": "none that the model is sure of",
    "unreliable": "not measurable: the transcript is not reliable",
    "no_text": "none: the customer said nothing",
    "language_not_supported": "not measurable: the text models understand English only",
}
SHOWN_EMOTIONS = 3


def show(found: Document, *, name: str) -> None:
    """Print a summary of one interaction."""
    console = Console()
    console.print(f"[bold]{escape(name)}[/bold]  {_heard(found)}")
    for notice in found.notices:
        console.print(f"[yellow]{escape(notice.code)}[/yellow]: {escape(notice.detail)}")
    for label, pick in _picks(found.summary):
        console.print(f"[bold]{label:<13}[/bold]{_quoted(pick)}")
    console.print(f"[bold]Call reason[/bold]  {_reasons(found)}")
    console.print(f"[bold]Emotion[/bold]      {_emotions(found)}")
    console.print(f"[bold]Sentiment[/bold]    {_sentiment(found)}")
    if found.facts:
        console.print(f"[bold]Facts[/bold]        {_facts(found)}")
    if found.turns:
        console.print(_turns(found))


def _picks(found: SummaryPart) -> list[tuple[str, PickPart | None]]:
    return [("Issue", found.issue), ("Outcome", found.outcome), ("Next action", found.next_action)]


def _quoted(pick: PickPart | None) -> str:
    if pick is None:
        return "nothing that was said"
    return f"“{escape(' '.join(pick.text.split()))}” (turn {pick.turn})"


def _heard(found: Document) -> str:
    length = "" if found.duration_ms is None else f", {found.duration_ms / 1000:.0f} s"
    doubt = "" if found.reliable is not False else ", [red]not reliable[/red]"
    return f"{escape(found.engine)}, {found.language or 'language unknown'}{length}{doubt}"


def _reasons(found: Document) -> str:
    if found.no_reason:
        return NO_REASON.get(found.no_reason, found.no_reason)
    return "; ".join(_reason(reason) for reason in found.call_reasons)


def _reason(reason: ReasonPart) -> str:
    place = "subject" if reason.turn is None else f"turn {reason.turn}"
    name = f"{reason.parent} › {reason.name}" if reason.parent else reason.name
    return f"{escape(name)} ({reason.score:.2f}, {place})"


def _facts(found: Document) -> str:
    said = [found.turns[fact.turn].text[fact.start : fact.end] for fact in found.facts]
    told = [f"{fact.kind}: {text}" for fact, text in zip(found.facts, said, strict=True)]
    return escape("; ".join(dict.fromkeys(told)))


def _emotions(found: Document) -> str:
    if found.emotions is not None:
        return ", ".join(f"{e.label} {e.score:.2f}" for e in found.emotions) or "none"
    if found.reliable is False:
        return NO_REASON["unreliable"]
    own = [turn for turn in found.turns if turn.party == "customer"] or found.turns
    said = any(turn.text.strip() for turn in own)
    return "not measurable: the emotion model reads English only" if said else "none: nothing was said"


def _sentiment(found: Document) -> str:
    if found.sentiment is None:
        return "not measured"
    parties = [
        f"{party} {value.score:+.1f}"
        for party, value in found.sentiment_by_party.items()
        if value.score is not None
    ]
    shifts = [_shift(party, value) for party, value in found.sentiment_by_party.items()]
    return "; ".join([f"{found.sentiment:+.1f}  ({', '.join(parties)})", *filter(None, shifts)])


def _shift(party: str, value: PartySentimentPart) -> str:
    if value.shift is None:
        return ""
    turned = f" (from turn {value.turned.turn} on)" if value.turned else ""
    return f"{party} shift {value.shift:+.1f}{turned}"


def _turns(found: Document) -> Table:
    table = Table("#", "at", "party", "text", "sentiment", "emotions", show_lines=False)
    for number, turn in enumerate(found.turns):
        at = "" if turn.start_ms is None else f"{turn.start_ms / 1000:.1f}"
        sentiment = "" if turn.sentiment is None else f"{turn.sentiment:+.1f}"
        emotions = ", ".join(e.label for e in (turn.emotions or ())[:SHOWN_EMOTIONS])
        table.add_row(str(number), at, turn.party, escape(turn.text), sentiment, emotions)
    return table
