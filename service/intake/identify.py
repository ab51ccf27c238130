"""Who the customer of an arriving interaction is, as normalised identifiers."""

from collections.abc import Iterable

from service.errors import InvalidInput
from service.intake.mail_head import Address
from service.intake.metadata import FieldError, InvalidMetadata, Metadata
from service.store import customers
from service.store.customers import Identifier


def identifiers(said: Metadata, found: Address | None, *, region: str) -> list[Identifier]:
    """Those of the metadata and, unless it names e-mail addresses itself, the one in the mail's head.

    Raises InvalidMetadata(invalid_phone, invalid_email, invalid_crm_id) for what the metadata says; an
    address in a mail's head that is none is left out.
    """
    hint = said.customer
    named: list[tuple[str, str, str]] = []  # kind, field, value
    if hint is not None:
        named += [("phone", "customer.phone", value) for value in hint.all_phones()]
        named += [("email", "customer.email", value) for value in hint.all_emails()]
        named += [("crm", "customer.crm_id", hint.crm_id)] if hint.crm_id else []
    result = _normalised(named, region=region)
    if found is not None and not any(one.kind.value == "email" for one in result):
        result += _lenient(found.address)
    return result


def _normalised(named: Iterable[tuple[str, str, str]], *, region: str) -> list[Identifier]:
    result: list[Identifier] = []
    errors: list[FieldError] = []
    for kind, field, value in named:
        try:
            result.append(customers.normalise(kind, value, region=region))
        except InvalidInput as error:
            errors.append(FieldError(field, error.code, error.detail))
    if errors:
        raise InvalidMetadata(errors)
    return result


def _lenient(address: str) -> list[Identifier]:
    try:
        return [customers.normalise("email", address, region="")]
    except InvalidInput:
        return []
