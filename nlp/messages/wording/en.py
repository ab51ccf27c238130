"""English."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="wrote|writes",
    own="i|we|you|your|me|us|my|our|that|who",
    sender="from",
    date="sent|date|sent at|date sent|sent on",
    to="to",
    copy="cc|bcc|copy",
    subject="subject",
    original=(
        "original message|original appointment|original e-mail|original email|reply separator|"
        "reply message|previous message|message history|in reply to"
    ),
    forwarded=(
        "forwarded message|forwarded by|begin forwarded message|forwarded mail|forwarded email|"
        "forwarded e-mail|forward message|original message follows|start of forwarded message"
    ),
    forwards="fw|fwd|forward",
    device=(
        "sent from|sent via|sent by|sent with|sent using|sent on the go|get outlook for|"
        "download outlook for|this message was sent from my|typed on|sent unfiltered|written on my|"
        "sent by the|from my iphone|from my android|get the new outlook|yahoo mail:|sent securely|"
        "this e-mail was sent from|virus-free"
    ),
    closing=(
        "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|many regards|"
        "with regards|with kind regards|with best regards|with warm regards|best wishes|kind wishes|"
        "with best wishes|warm wishes|best|all the best|all best|cheers|respectfully|take care|yours|"
        "yours sincerely|yours faithfully|yours truly|sincerely|sincerely yours|faithfully|truly yours|"
        "thanks|many thanks|thanks again|thanks a lot|thanks so much|thanks in advance|"
        "thanks very much|thx|ty|thank you|thank you again|thank you very much|thank you so much|"
        "thank you in advance|thank you for your help|br|rgds|kr|with thanks|with gratitude|"
        "looking forward|have a nice day|have a great day|greetings|ta|xx|love"
    ),
    legal=(
        "confidential|confidentiality|disclaimer|this e-mail|this email|this message|"
        "this communication|this transmission|this mail|the information|the contents|the content of|"
        "notice:|notice to recipient|important notice|legal notice|privileged|"
        "if you are not the intended|if you have received this|the above message|information contained|"
        "please note: this e|please consider the environment|please think before|save a tree|"
        "privacy notice|caution: this e|warning: this e|external e-mail|this electronic"
    ),
    legal_terms=(
        "confidential|privileged|intended|addressee|recipient|unauthori|disclos|in error|delete|"
        "legally|virus|liab|environment|printing|copying|dissemin|attachments"
    ),
    postscript="p.s|ps|p.p.s|pps|post scriptum",
)
