"""Mails: the share of which exactly the new text is found, beside others made for it.

Sets: the project's own (tests/nlp/messages/replies; even numbers were held out while the code was written),
and those of the public data that are there: github (what is new in each mail is given below by its lines,
as its authors' tests and reading them tell), crisp (its Latin paragraph is the new text), talon (HTML and
standard replies give one known text; signatures are given as files). Where a set keeps the signature in the
text, ours is put back before comparing. Blank lines do not count.

Others: `pip install --target DIR email-reply-parser mail-parser-reply quotequail`, and PYTHONPATH=DIR. They
get the decoded body, of HTML our text of it. One that does not part signatures from the text is right
with both.
"""

import importlib
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.messages import read_email
from nlp.messages.html_text import html_to_text
from nlp.messages.parsing import parse
from tests.nlp.messages.reply_cases import cases
from tests.requirements import DATA

Reader = Callable[[str], list[str]]  # the texts that count as its answer
# The lines that are new in each mail of github; -Abhishek Kona, alone on a last line, is a signature.
GITHUB = {
    "correct_sig": [(1, 1)], "email_1_1": [(1, 5)], "email_1_2": [(1, 1), (8, 35)], "email_1_3": [(1, 3)],
    "email_1_4": [(1, 1)], "email_1_5": [(1, 15)], "email_1_6": [(1, 1)], "email_1_7": [(1, 1)],
    "email_1_8": [(13, 14), (19, 19)], "email_2_1": [(1, 1)], "email_2_2": [(1, 1)], "email_2_3": [(1, 1)],
    "email_BlackBerry": [(1, 1)], "email_bullets": [(1, 10)], "email_iPhone": [(1, 1)],
    "email_multi_word_sent_from_my_mobile_device": [(1, 1)], "email_one_is_not_on": [(1, 5)],
    "email_sent_from_my_not_signature": [(1, 3)], "email_sig_delimiter_in_middle_of_line": [(1, 7)],
    "greedy_on": [(1, 6)], "pathological": [(1, 2)],
}  # fmt: skip
HTML_REPLY, STANDARD_REPLY = "Hi. I am fine.\n\nThanks,\nAlex", "Hello"


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail, what is new in it, and whether that holds the signature."""

    group: str
    name: str
    mail: bytes
    new: str
    signed: bool = False


def _own() -> Iterator[Sample]:
    for case in cases():
        first = case.name[:2]
        language = "programs" if first[0] == "x" else {"hu": "hungarian", "he": "hebrew"}.get(first, "others")
        half = "held out" if case.held_out else "developed on"
        yield Sample(f"own, {language}, {half}", case.name, case.mail, case.new)


def _given() -> Iterator[Sample]:
    folder = DATA / "emails"
    for path in sorted((folder / "github_email_reply_parser").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        new = "\n".join(line for first, last in GITHUB[path.stem] for line in lines[first - 1 : last])
        yield Sample("github", path.stem, _plain(path.read_bytes()), new)
    for path in sorted((folder / "crisp").rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if "Fusce bibendum" in text:
            new = text[text.index("Fusce bibendum") :].replace("\r", "").partition("nibh.")[0] + "nibh."
            yield Sample("crisp", path.stem, _plain(path.read_bytes()), new)
    talon = folder / "talon"
    for path in sorted((talon / "html_replies").glob("*.html")):
        mail = b"Content-Type: text/html; charset=utf-8\n\n" + path.read_bytes()
        yield Sample("talon html", path.stem, mail, HTML_REPLY, signed=True)
    for path in sorted((talon / "standard_replies").glob("*.eml")):
        yield Sample("talon standard", path.stem, path.read_bytes(), STANDARD_REPLY)
    for path in sorted((talon / "signature/emails").glob("*/*_body")):
        yield _with_signature(path)


def _with_signature(path: Path) -> Sample:
    beside = {
        end: other.read_text(encoding="utf-8").strip()
        for end in ("sender", "signature")
        if (other := path.with_name(path.name.replace("_body", f"_{end}"))).exists()
    }
    body = path.read_text(encoding="utf-8").strip()
    new = body.removesuffix(beside.get("signature", ""))
    head = f"From: {beside.get('sender', 'x')} <x@mail.example>\n"
    return Sample("talon signature", path.stem, head.encode() + _plain(body.encode()), new)


def _plain(body: bytes) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\n\n" + body


def _same(text: str) -> str:
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    return re.sub(r"\n+", "\n", "\n".join(lines)).strip()


def _others() -> dict[str, Reader]:
    """Those that are installed; says which are not."""
    found: dict[str, Reader] = {}
    for package, module, make in (
        ("email-reply-parser", "email_reply_parser", _zapier),
        ("mail-parser-reply", "mailparser_reply", _mail_parser_reply),
        ("quotequail", "quotequail", _quotequail),
    ):
        try:
            found[package] = make(importlib.import_module(module))
        except ImportError:
            print(f"{package} is not installed", file=sys.stderr)
    return found


def _zapier(module: object) -> Reader:
    return lambda text: [module.EmailReplyParser.parse_reply(text)]  # type: ignore[attr-defined]


def _mail_parser_reply(module: object) -> Reader:
    languages = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh", "david"]
    parser = module.EmailReplyParser(languages=languages)  # type: ignore[attr-defined]

    def read(text: str) -> list[str]:
        return [told or "" for reply in parser.read(text).replies[:1] for told in (reply.body, reply.content)]

    return read


def _quotequail(module: object) -> Reader:
    quote = module.quote  # type: ignore[attr-defined]
    return lambda text: ["\n".join(part for new, part in quote(text) if new)]


def _body(sample: Sample) -> str:
    """What the others read: the decoded body, HTML as our text without our marks."""
    head, _, body = sample.mail.partition(b"\n\n")
    if b"multipart" in head:
        body = body[body.index(b"\n\n") + 2 :].partition(b"\n--")[0]
    text = body.decode("utf-8", errors="replace")
    return re.sub("[\ufdd0-\ufdd2]", "", html_to_text(text)) if b"text/html" in head else text


def main(*, verbose: bool) -> None:
    """Print a line for each set and system, then all figures as JSON."""
    samples = [*_own(), *_given()]
    others = _others()
    figures: dict[str, str | float] = {}
    for group in dict.fromkeys(sample.group for sample in samples):
        within = [sample for sample in samples if sample.group == group]
        right = {"ours": 0, **dict.fromkeys(others, 0)}
        for sample in within:
            mail = parse(sample.mail)
            got = f"{mail.text}\n{mail.signature}" if sample.signed else mail.text
            right["ours"] += _same(got) == _same(sample.new)
            wanted = {_same(sample.new), _same(f"{sample.new}\n{mail.signature}")}
            if verbose and _same(got) != _same(sample.new) and "held" not in group:
                print(f"--- {group} {sample.name}\nGOT {got!r}\nNEW {sample.new!r}")
            for name, read in others.items():
                right[name] += not wanted.isdisjoint(map(_same, read(_body(sample))))
        for name, count in right.items():
            figures[f"{group}: {name}"] = f"{count} of {len(within)}"
    figures |= _speeds(samples, others)
    print(json.dumps(figures, ensure_ascii=False))


def _speeds(samples: list[Sample], others: dict[str, Reader]) -> dict[str, float]:
    """Microseconds for a mail of the whole collection; also with the limited child that reads each mail."""
    bodies = [_body(sample) for sample in samples]
    found = {
        "ours, microseconds a mail": _microseconds(lambda: [parse(one.mail) for one in samples], samples)
    }
    for name, read in others.items():
        spent = _microseconds(lambda read=read: [read(body) for body in bodies], samples)
        found[f"{name}, microseconds a mail"] = spent
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(samples[0].mail)
        file.flush()
        path = Path(file.name)
        once = _microseconds(lambda: [read_email(path) for _ in range(10)], range(10))
    return {**found, "ours in its limited child, milliseconds a mail": round(once / 1000, 1)}


def _microseconds(work: Callable[[], object], items: object) -> float:
    """The best of three rounds."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return round(1e6 * best / len(items), 1)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(verbose="--verbose" in sys.argv)
