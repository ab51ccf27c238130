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
    away=(
        "automatic reply|auto reply|auto-reply|autoreply|automated reply|automatic response|"
        "auto response|auto-response|automated response|out of office|out of the office|out-of-office|"
        "out-of-the-office|ooo|vacation reply|vacation response|vacation message|away from the office|"
        "away from my mail|away from my desk|autoresponder"
    ),
    away_text=(
        "out of office|out of the office|currently away|currently on leave|on annual leave|"
        "currently on vacation|currently on holiday|automatic reply|automated reply|automatic response|"
        "automated response|automatic message|automated message"
    ),
    bounced=(
        "undeliverable|undelivered|mail delivery fail|delivery status notification|delivery fail|"
        "delivery incomplete|delivery has failed|delivery notification|delivery report|"
        "mail delivery system|mail delivery problem|mail system error|returned mail|returned to sender|"
        "failure notice|message not delivered|message could not be delivered|warning: could not send|"
        "warning: message"
    ),
    bounced_text=(
        "could not be delivered|couldn't be delivered|wasn't delivered|was not delivered|"
        "delivery to the following|undeliverable|550 |550-|5.1.1|user unknown|mailbox full|"
        "mailbox is full|recipient not found|recipient rejected|permanent error|permanent failure"
    ),
    read="read|read receipt|not read|return receipt",
    read_text=(
        "was read on|was read at|was displayed on|was deleted without|return receipt for|has been read|"
        "has been displayed"
    ),
)
