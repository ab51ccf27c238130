"""E-mails, chats and notes become plain values."""

from nlp.messages.documents import Message, read_messages
from nlp.messages.mail import Address, Attachment, Mail
from nlp.messages.reading import read_email

__all__ = ["Address", "Attachment", "Mail", "Message", "read_email", "read_messages"]
