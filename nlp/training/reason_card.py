"""Writes the card of the call-reason model: what it is, its data, how good it is, where it stops."""

from collections.abc import Mapping

from nlp.call_reasons import Taxonomy, Thresholds
from nlp.training.reason_data import ReasonMapping

TEXT = """# Call reasons

Finds why a customer made contact, in two levels, in English calls, mails, chats and notes: one
primary reason, further ones where they are stated, none where it is not sure. Taxonomy: `{name}`
version {version}, {tops} reasons with {subs} sub-reasons ([taxonomy.toml](taxonomy.toml)); it can
be replaced by the user's own.

## Method

A softmax over the sub-reasons and "none" (greetings, names, numbers, thanks, small talk) on the
frozen sentence encoder all-MiniLM-L6-v2 (Apache-2.0). A training text may have several acceptable
labels; then their probability together is maximised. The customer's turns are read by sentences and
by stretches of at most 18 words, a mail's subject and new text likewise; quoted history is never
read. A top reason's probability is the sum of its sub-reasons'; a turn counts as its clearest
statement, the two clearest turns together. One temperature calibrates. {texts} training texts.

## Thresholds (chosen on the dev splits)

A primary reason needs {primary:.2f}, its sub-reason {sub:.2f} (else the top reason is given alone),
a further reason {further:.2f}. Aim: 0.90 of the top reasons that are kept are right, mean over the
dev sets and on unseen sentences.

## Data and licences

Own examples (`nlp/training/reason_examples.toml`, written for Overtone) and public sets, mapped by
`nlp/training/reason_mapping.toml`:

{sources}

Test splits were not used. banking77's dev split is a tenth of its training split, NLU++'s are folds
18 and 19.

## Figures on the dev splits

Macro-F1 without thresholds over the classes that occur, beside TF-IDF + logistic regression trained
on the same texts; where several labels are acceptable each counts as right. Coverage: share of the
texts with a reason that get one; precision: right top reasons among all that get one; sub
precision: right sub-reasons among those named where the top reason is right; out of scope: share of
the texts without a reason that get none.

| set | top F1 | baseline | sub F1 | baseline | coverage | precision | sub precision | out of scope |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{rows}

own_dev are 168 sentences written to be unlike the examples; examples were completed with an eye on
what was missed there, so they flatter. unseen are 53 sentences written after that: nothing was
trained by them, but the thresholds were chosen so that precision holds there too. multidogo and
ms_contact_center are whole conversations; the labels of the latter were mined by a language model
and are loose (a complaint is often filed as Tech Support).

## Limits

English only. A reason that the customer never states cannot be found. Reasons in one sentence share
its probability, so a second one is found more rarely than a second sentence. bitext_support is made
of templates: its figures flatter.
"""
COLUMNS = (
    "top_macro_f1",
    "baseline_top_macro_f1",
    "sub_macro_f1",
    "baseline_sub_macro_f1",
    "coverage",
    "precision",
    "sub_precision",
    "out_of_scope_recall",
)


def card(
    taxonomy: Taxonomy,
    mapping: ReasonMapping,
    figures: Mapping[str, float],
    thresholds: Thresholds,
    texts: int,
) -> str:
    """The card as Markdown; ``figures`` are named ``<set>_<column>``."""
    sets = [key.removesuffix("_coverage") for key in figures if key.endswith("_coverage")]
    sources: Mapping[str, str] = mapping.tables["sources"]
    return TEXT.format(
        name=taxonomy.name,
        version=taxonomy.version,
        tops=len(taxonomy.tops),
        subs=len(taxonomy.reasons) - len(taxonomy.tops),
        texts=texts,
        primary=thresholds.primary,
        sub=thresholds.sub,
        further=thresholds.further,
        sources="\n".join(f"- {name}: {origin}" for name, origin in sources.items()),
        rows="\n".join(_row(name, figures) for name in sets),
    )


def _row(name: str, figures: Mapping[str, float]) -> str:
    cells = [figures.get(f"{name}_{column}") for column in COLUMNS]
    return f"| {name} | " + " | ".join("" if cell is None else f"{cell:.3f}" for cell in cells) + " |"
