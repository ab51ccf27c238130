"""What a customer is known by, written one way only: phone E.164, e-mail, CRM id."""

from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from service.errors import InvalidInput
from service.store import plain
from service.store.tables import IdentifierKind

_LONGEST = 320


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """One phone, e-mail address or CRM id, normalised."""

    kind: IdentifierKind
    value: str


def normalise(kind: str, value: str, region: str) -> Identifier:
    """An identifier from what somebody wrote; raises InvalidInput, see the functions for each kind."""
    if kind == IdentifierKind.PHONE:
        return Identifier(IdentifierKind.PHONE, normalise_phone(value, region))
    if kind == IdentifierKind.EMAIL:
        return Identifier(IdentifierKind.EMAIL, normalise_email(value))
    if kind == IdentifierKind.CRM:
        return Identifier(IdentifierKind.CRM, normalise_crm_id(value))
    raise InvalidInput("unknown_identifier", "A customer is known by phone, email or crm.")


def normalise_phone(value: str, region: str) -> str:
    """E.164, with ``;ext=12`` after it where one shares the line; raises InvalidInput("invalid_phone").

    A number without country code is taken to be of ``region``; a local one without area code is refused.
    """
    try:
        number = phonenumbers.parse(value[:64], region)
    except phonenumbers.NumberParseException as error:
        raise _invalid_phone() from error
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise _invalid_phone()
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written


def normalise_email(value: str) -> str:
    """The address in lower case, not looked up in the network. Raises InvalidInput("invalid_email")."""
    try:
        address = validate_email(value.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InvalidInput(
            "invalid_email", "This is not an e-mail address.", "Write it as name@example.com."
        ) from error
    return address.normalized.lower()


def normalise_crm_id(value: str) -> str:
    """The CRM's own id without blanks around it. Raises InvalidInput("invalid_crm_id")."""
    stripped = plain.text(value).strip()
    if not stripped or len(stripped) > _LONGEST:
        raise InvalidInput("invalid_crm_id", f"A CRM id has 1 to {_LONGEST} characters.")
    return stripped


def _invalid_phone() -> InvalidInput:
    return InvalidInput(
        "invalid_phone",
        "This is not a telephone number.",
        "Write it with its country code, such as +36 1 234 5678.",
    )
