"""Customers: one for the same identifiers, whoever comes first and however many come at once."""

import itertools

import pytest

from service.errors import NotFound
from service.store import customers, interactions
from service.store.customers import Identifier
from service.store.database import Database, Session, new_id
from service.store.interactions import InteractionFilter
from service.store.tables import IdentifierKind
from tests.service.store.made import make_interaction, run_together

PHONE = Identifier(IdentifierKind.PHONE, "+3612345678")
EMAIL = Identifier(IdentifierKind.EMAIL, "jane@example.com")
CRM = Identifier(IdentifierKind.CRM, "C-1")
OTHER_CRM = Identifier(IdentifierKind.CRM, "C-2")


def test_a_customer_is_made_once_and_learns_identifiers(session: Session) -> None:
    first = customers.resolve(session, [PHONE])
    again = customers.resolve(session, [EMAIL, PHONE, PHONE], name="Jane")
    third = customers.resolve(session, [EMAIL], name="J. Doe")
    assert (first.created, again.created, third.created) == (True, False, False)
    assert first.customer.id == again.customer.id == third.customer.id
    assert third.customer.name == "Jane"
    assert customers.identifiers_of(session, [first.customer.id]) == {first.customer.id: (PHONE, EMAIL)}
    assert again.conflicts == ()


def test_the_earliest_customer_wins_and_the_conflict_is_told(session: Session) -> None:
    writer = customers.resolve(session, [EMAIL]).customer
    caller = customers.resolve(session, [PHONE]).customer
    both = customers.resolve(session, [PHONE, EMAIL])
    assert both.customer.id == writer.id != caller.id
    assert both.conflicts == (PHONE,)
    kept = customers.lookup(session, "phone", PHONE.value)
    assert kept is not None
    assert kept.id == caller.id


def test_the_crm_id_decides(session: Session) -> None:
    caller = customers.resolve(session, [PHONE]).customer
    known = customers.resolve(session, [CRM]).customer
    both = customers.resolve(session, [PHONE, CRM])
    assert both.customer.id == known.id != caller.id
    assert both.conflicts == (PHONE,)


def test_two_crm_ids_on_one_phone_are_two_customers(session: Session) -> None:
    husband = customers.resolve(session, [PHONE, CRM])
    wife = customers.resolve(session, [PHONE, OTHER_CRM])
    assert wife.created
    assert wife.customer.id != husband.customer.id
    assert wife.conflicts == (PHONE,)
    assert customers.resolve(session, [OTHER_CRM]).customer.id == wife.customer.id


def test_a_customer_without_crm_id_is_given_one(session: Session) -> None:
    caller = customers.resolve(session, [PHONE]).customer
    named = customers.resolve(session, [PHONE, CRM])
    assert (named.customer.id, named.created, named.conflicts) == (caller.id, False, ())


def test_nobody_is_made_without_identifiers(session: Session) -> None:
    with pytest.raises(ValueError, match="identifier"):
        customers.resolve(session, [], name="Jane")


def test_uploads_at_once_make_one_customer(database: Database) -> None:
    groups = itertools.cycle([[PHONE, EMAIL], [EMAIL, CRM], [CRM, PHONE], [EMAIL], [PHONE, EMAIL, CRM]])
    turns = [next(groups) for _ in range(20)]
    with database.transaction() as session:
        everyone = customers.resolve(session, [Identifier(IdentifierKind.CRM, "somebody else")])

    def upload() -> None:
        with database.transaction() as session:
            made.append(customers.resolve(session, turns.pop()).customer.id)

    made = [everyone.customer.id]
    run_together(upload, times=10)
    run_together(upload, times=10)
    with database.reading() as session:
        owners = {
            getattr(customers.lookup(session, one.kind, one.value), "id", None) for one in (PHONE, EMAIL)
        }
        everybody = customers.find(session).items
    assert len(made) == 21
    assert None not in owners
    assert len(everybody) <= 4  # two of the groups share nothing: at most three customers, joined later


def test_one_new_customer_uploaded_many_times_at_once_is_one(database: Database) -> None:
    outcomes = []

    def upload() -> None:
        with database.transaction() as session:
            outcomes.append(customers.resolve(session, [PHONE, EMAIL, CRM]))

    run_together(upload, times=12)
    assert len({one.customer.id for one in outcomes}) == 1
    assert [one.created for one in outcomes].count(True) == 1


def test_lookup_finds_by_any_identifier(session: Session) -> None:
    made = customers.resolve(session, [PHONE, EMAIL, CRM]).customer
    for one in (PHONE, EMAIL, CRM):
        assert customers.lookup(session, one.kind, one.value) is made
    assert customers.lookup(session, "phone", CRM.value) is None
    assert customers.lookup(session, "crm", "a\x00b") is None


def test_customers_are_found_by_name_and_identifier_newest_first(session: Session) -> None:
    jane = customers.resolve(session, [EMAIL], name="Jane Doe").customer
    joe = customers.resolve(session, [PHONE], name="Joe 100%").customer
    assert [row.id for row in customers.find(session).items] == [joe.id, jane.id]
    assert [row.id for row in customers.find(session, text="jane").items] == [jane.id]
    assert [row.id for row in customers.find(session, text="EXAMPLE.com").items] == [jane.id]
    assert [row.id for row in customers.find(session, text="100%").items] == [joe.id]
    assert not customers.find(session, text="1000%").items
    first = customers.find(session, limit=1)
    second = customers.find(session, limit=1, cursor=first.next_cursor)
    assert [first.items[0].id, second.items[0].id] == [joe.id, jane.id]
    assert second.next_cursor is None


def test_attach_and_detach_by_hand(session: Session) -> None:
    customer = customers.resolve(session, [PHONE]).customer
    row = make_interaction(session)
    customers.attach(session, row.id, customer.id)
    asked = InteractionFilter(customer_id=customer.id)
    assert [one.id for one in interactions.find(session, filters=asked).items] == [row.id]
    customers.detach(session, row.id)
    assert not interactions.find(session, filters=asked).items
    for interaction_id, customer_id in ((new_id(), customer.id), (row.id, new_id())):
        with pytest.raises(NotFound):
            customers.attach(session, interaction_id, customer_id)
    with pytest.raises(NotFound):
        customers.get(session, new_id())
