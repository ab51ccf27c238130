"""E-mails come in as raw messages; nothing here parses more than their head."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.arrivals import ACCEPTED, METADATA_PARAMETERS, IntakeDep, form_or, take
from service.api.callers import Ingester
from service.api.problems import documented
from service.intake.mail_head import read_head
from service.intake.mail_scan import MailInspector
from service.intake.metadata import Metadata
from service.intake.receive import Arrival
from service.store.tables import Channel

router = APIRouter(tags=["ingest"])


@router.post(
    "/emails",
    responses=ACCEPTED | documented(409, 413, 415, 429),
    openapi_extra={"parameters": METADATA_PARAMETERS, "requestBody": form_or(["message/rfc822"])},
    status_code=202,
)
async def post_email(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send one raw e-mail (RFC 5322, what .eml files hold).

    Direction and customer come from its head and the centre's own domains, unless the metadata says them.
    """
    inspector = MailInspector()
    settings = intake.settings

    def describe(said: Metadata, file_name: str | None) -> Arrival:
        facts = read_head(
            inspector.head,
            own_domains=settings.own_domains,
            own_addresses=settings.own_addresses,
            direction=said.direction,
        )
        return Arrival(
            channel=Channel.EMAIL,
            media_type="message/rfc822",
            job_queue="text",
            metadata=said,
            file_name=file_name,
            external_id=facts.message_id,
            started_at=facts.sent_at,
            direction=facts.direction,
            place=facts.place,
            is_contact=not facts.is_machine,
            customer=facts.customer,
            customer_party="agent" if facts.direction == "outbound" else "customer",
        )

    limit = settings.max_message_bytes
    return await take(request, intake, caller, inspector=inspector, limit=limit, describe=describe)
