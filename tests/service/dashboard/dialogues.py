"""What the seeded customers and agents say: own short dialogues with their findings."""

from dataclasses import dataclass
from typing import NamedTuple

Felt = tuple[tuple[str, float], ...]


class TaxonomyReason(NamedTuple):
    """A reason of the seeded taxonomy."""

    name: str
    parent: str | None
    description: str


@dataclass(frozen=True)
class Script:
    """A dialogue; turns are (party, text, sentiment, emotions)."""

    reason: str
    sub: str
    mood: float
    quarters: list[float | None]
    evidence: int
    turns: list[tuple[str, str, float | None, Felt]]


TAXONOMY = (
    ("Billing and payments", None, "Bills, charges and payments."),
    ("Unexpected charge", "Billing and payments", "A charge the customer did not expect."),
    ("Returns and refunds", None, "Money back."),
    ("Refund status", "Returns and refunds", "Where a refund is."),
    ("Orders and delivery", None, "Orders and parcels."),
    ("Late or missing delivery", "Orders and delivery", "It is late or never came."),
    ("Technical problem", None, "Something does not work."),
    ("Connection lost", "Technical problem", "The line or the service is down."),
    ("Account access", None, "Getting in."),
    ("Password or login", "Account access", "Cannot sign in."),
    ("Cancellation", None, "Wants to leave."),
    ("Cancel a contract", "Cancellation", "Ends a contract."),
)

SCRIPTS = [
    Script(
        "Billing and payments",
        "Unexpected charge",
        -0.8,
        [-2.6, -1.9, 0.4, 2.1],
        1,
        [
            ("agent", "Good morning, you are speaking with Dana, how can I help you today?", 1.2, ()),
            (
                "customer",
                "I was charged twice this month and nobody told me why. That is really annoying.",
                -3.1,
                (("annoyance", 0.83), ("disapproval", 0.44)),
            ),
            (
                "agent",
                "I am sorry about that. May I have the card the charge was made to?",
                0.2,
                (("remorse", 0.71),),
            ),
            ("customer", "Yes, it is [card] and you can reach me on [phone] if we are cut off.", None, ()),
            (
                "agent",
                "Thank you. I can see that the payment was taken two times on the third of the month.",
                0.4,
                (),
            ),
            (
                "customer",
                "So it is your mistake. I want the second one back as soon as possible.",
                -2.2,
                (("anger", 0.46), ("desire", 0.52)),
            ),
            (
                "agent",
                "Of course. I have returned it just now, it will be on your account within two days.",
                1.6,
                (("caring", 0.38),),
            ),
            (
                "customer",
                "Oh, that was quick. Thank you very much, you have been a great help.",
                4.2,
                (("gratitude", 0.95), ("relief", 0.34)),
            ),
        ],
    ),
    Script(
        "Returns and refunds",
        "Refund status",
        -1.7,
        [-2.0, None, -1.5, -1.2],
        0,
        [
            (
                "customer",
                "I sent the shoes back three weeks ago and I still wait for my money.",
                -2.4,
                (("disappointment", 0.62),),
            ),
            ("agent", "I see the parcel arrived. The refund was approved this morning.", 0.9, ()),
            ("customer", "It should not take that long.", -1.4, (("disapproval", 0.5),)),
        ],
    ),
    Script(
        "Orders and delivery",
        "Late or missing delivery",
        -1.1,
        [-1.8, -1.0, None, 0.2],
        1,
        [
            ("agent", "Hello, this is Priya, what can I do for you?", 1.0, ()),
            (
                "customer",
                "My parcel should have come on Tuesday. Where is it?",
                -1.9,
                (("confusion", 0.48), ("annoyance", 0.41)),
            ),
            (
                "agent",
                "It was held at the depot because of snow and will come tomorrow before noon.",
                0.3,
                (),
            ),
            ("customer", "All right, then I will be at home.", 0.4, (("approval", 0.4),)),
        ],
    ),
    Script(
        "Technical problem",
        "Connection lost",
        -2.6,
        [-3.2, -2.8, -2.4, -1.9],
        0,
        [
            (
                "customer",
                "The internet is down again, the third time this week. I cannot work like this!",
                -3.8,
                (("anger", 0.78), ("annoyance", 0.7)),
            ),
            ("agent", "I understand. Let me look at your line.", 0.2, (("caring", 0.4),)),
            (
                "customer",
                "Please hurry, I have a meeting in ten minutes and I am getting nervous.",
                -2.1,
                (("nervousness", 0.66),),
            ),
            ("agent", "I have reset it from here. The lamp should turn green now.", 0.5, ()),
        ],
    ),
    Script(
        "Account access",
        "Password or login",
        0.6,
        [-0.5, 0.2, 0.8, 1.9],
        0,
        [
            (
                "customer",
                "I do not know what happened, I simply cannot log in any more.",
                -0.9,
                (("confusion", 0.74),),
            ),
            ("agent", "No problem, I will send you a link to set a new password.", 1.1, ()),
            ("customer", "It works. Great, thanks!", 3.6, (("gratitude", 0.9), ("joy", 0.42))),
        ],
    ),
    Script(
        "Cancellation",
        "Cancel a contract",
        -0.4,
        [-0.6, -0.8, 0.0, -0.2],
        0,
        [
            (
                "customer",
                "We are moving abroad in May, so I would like to end the contract.",
                -0.2,
                (("desire", 0.45),),
            ),
            (
                "agent",
                "I am sorry to hear that you leave us. I will confirm it by mail.",
                -0.4,
                (("sadness", 0.36),),
            ),
            ("customer", "Fine. Is there anything else I have to do?", 0.1, (("curiosity", 0.55),)),
        ],
    ),
]

CUSTOMERS = (
    ("Maria Alvarez", "+1 415 555 2671", "maria.alvarez@example.com", "C-1001"),
    ("James Porter", "+1 212 555 7788", "james.porter@example.org", ""),
    ("Kovács Eszter", "+36 30 555 1234", "eszter.kovacs@example.hu", "C-1003"),
    ("נועה לוי", "+972 52 555 1234", "noa.levi@example.co.il", "C-1004"),
    ("", "+1 646 555 9090", "", ""),
    ("Olivia Brown", "+1 303 555 4411", "olivia.b@example.com", "C-1006"),
    ("Ahmed Hassan", "", "a.hassan@example.net", "C-1007"),
    ("Sofia Lindqvist", "+46 8 555 0102", "sofia@example.se", ""),
    ("Daniel Okoye", "+44 20 7946 0018", "d.okoye@example.co.uk", "C-1009"),
    ("Grace Lee", "+1 206 555 3030", "grace.lee@example.com", "C-1010"),
)
