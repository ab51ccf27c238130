"""`overtone roles`: who of a recording is the agent and who the customer, put right by hand."""

from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from service.cli.given import opened
from service.intake import channel_maps
from service.intake.metadata import InvalidMetadata, field_errors
from service.intake.roles import RolesChange
from service.store import roles

app = typer.Typer(no_args_is_help=True, help="Who of a recording is the agent and who the customer.")

_Id = Annotated[UUID, typer.Argument(help="id of the interaction")]


@app.command("swap")
def swap(interaction: _Id) -> None:
    """The agent is the customer and the customer the agent."""
    _change(interaction, {"roles": "swap"})


@app.command("set")
def set_roles(
    interaction: _Id,
    channels: Annotated[
        str | None, typer.Option("--map", help="'0=agent 1=customer', by audio channel")
    ] = None,
    speakers: Annotated[str | None, typer.Option(help="'0=agent 1=customer', by number of the voice")] = None,
) -> None:
    """Say who speaks on each audio channel, or who each voice is."""
    given = {"channel_map": channels, "speakers": speakers}
    _change(interaction, {name: channel_maps.from_words(text) for name, text in given.items() if text})


def _change(interaction: UUID, fields: dict[str, Any]) -> None:
    try:
        wanted = RolesChange.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None
    database = opened()
    with database.transaction() as session:
        roles.change(session, interaction, channel_map=wanted.channel_map, speakers=wanted.speakers)
    typer.echo("changed; a worker will analyse it again")  # workers look at the table, no bell is needed
