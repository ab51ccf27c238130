"""E-mails, chats and notes become plain values."""

from nlp.messages.documents import Message, read_messages
from nlp.messages.mail import Address, Mail, Recognised
from nlp.messages.reading import read_email, save_attachment

__all__ = ["Address", "Mail", "Message", "Recognised", "read_email", "read_messages", "save_attachment"]
