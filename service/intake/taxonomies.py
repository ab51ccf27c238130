"""A taxonomy as it is sent: as a whole, or one change of its draft at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.intake.metadata import FieldError, InvalidMetadata, field_errors
from service.taxonomies import MOST_REASONS, Reason, editing, folded
from service.taxonomies.editing import Reasons, Renamed
from service.taxonomies.reasons import LONGEST_DESCRIPTION, LONGEST_NAME, cleaned, faults

ReasonName = Annotated[str, Field(max_length=LONGEST_NAME)]
Description = Annotated[str, Field(max_length=LONGEST_DESCRIPTION)]


class ReasonSettings(BaseModel):
    """One reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ReasonName
    parent: ReasonName | None = Field(None, description="Its top reason; there are two levels")
    description: Description = Field("", description="A sentence that says when it is this reason")
    comes_from: tuple[ReasonName, ...] | None = Field(
        None,
        max_length=MOST_REASONS,
        description="Reasons of the version before that it continues; by default the one of the same name",
    )
    retired: bool = False


class TaxonomySettings(BaseModel):
    """All of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reasons: tuple[ReasonSettings, ...] = Field(max_length=MOST_REASONS)

    def checked(self, known_before: tuple[str, ...]) -> list[Reason]:
        """The reasons, ready to be saved. Raises InvalidMetadata naming every reason at fault."""
        before = {folded(name): name for name in known_before}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        reasons = [_reason(one, before, moment) for one in self.reasons]
        errors = [
            FieldError(f"reasons.{fault.place}.{fault.field}", fault.code, fault.detail)
            for fault in faults(reasons, known_before)
        ]
        if errors:
            raise InvalidMetadata(errors)
        return reasons


class Part(BaseModel):
    """One of the reasons that a split makes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ReasonName
    description: Description = ""


class TaxonomyEdit(BaseModel):
    """One change of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Literal["add", "change", "move", "merge", "split", "retire", "restore"]
    reason: ReasonName | None = Field(None, description="The reason that is changed; for add its name")
    reasons: tuple[ReasonName, ...] = Field((), max_length=MOST_REASONS, description="merge: which ones")
    name: ReasonName | None = Field(None, description="change: its new name; merge: of the whole")
    description: Description | None = Field(None, description="add, change")
    parent: ReasonName | None = Field(None, description="add, move: the top reason, null for none")
    parts: tuple[Part, ...] = Field((), max_length=50, description="split: the reasons it becomes")

    def apply(self, reasons: Reasons) -> tuple[Reasons, Renamed]:
        """The draft after the change, and the names that examples follow. Raises NotFound, InvalidInput."""
        if self.action == "merge":
            return editing.merge(reasons, self.reasons, self.name or (self.reasons or ("",))[0])
        name = self.reason or ""
        if self.action == "change":
            return editing.change(reasons, name, to=self.name, description=self.description)
        if self.action == "split":
            return editing.split(reasons, name, [(part.name, part.description) for part in self.parts])
        return _SIMPLE[self.action](self, reasons, name), {}


def read_taxonomy(fields: Mapping[str, Any]) -> TaxonomySettings:
    """A draft from plain values, as the API takes it. Raises InvalidMetadata naming every field at fault."""
    try:
        return TaxonomySettings.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None


def read_edit(fields: Mapping[str, Any]) -> TaxonomyEdit:
    """A change from plain values. Raises InvalidMetadata naming every field at fault."""
    try:
        return TaxonomyEdit.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None


def from_tables(table: Mapping[str, Any]) -> TaxonomySettings:
    """A draft from a TOML file: `[[reason]]` with `[[reason.sub]]`, as the shipped taxonomies are written.

    Raises InvalidMetadata naming every field at fault.
    """
    listed: list[Mapping[str, Any]] = []
    tops = table.get("reason")
    for top in tops if isinstance(tops, list) else [{"name": None}]:
        if not isinstance(top, Mapping):
            top = {"name": None}
        subs: Any = top.get("sub", [])
        listed.append({key: value for key, value in top.items() if key != "sub"})
        for sub in subs if isinstance(subs, list) else [{"name": None}]:
            listed.append({**sub, "parent": top.get("name")} if isinstance(sub, Mapping) else {"name": None})
    return read_taxonomy({"reasons": listed})


def _reason(given: ReasonSettings, before: Mapping[str, str], moment: str) -> Reason:
    name = cleaned(given.name)
    same = before.get(folded(name))
    origins = given.comes_from if given.comes_from is not None else (same,) if same else ()
    return Reason(
        name=name,
        parent=cleaned(given.parent) if given.parent else None,
        description=given.description.strip(),
        comes_from=tuple(dict.fromkeys(origins)),
        retired_at=moment if given.retired else None,
    )


def _added(edit: TaxonomyEdit, reasons: Reasons, name: str) -> Reasons:
    parent = editing.find(reasons, edit.parent).name if edit.parent else None
    return editing.add(reasons, name, parent=parent, description=(edit.description or "").strip())


def _moved(edit: TaxonomyEdit, reasons: Reasons, name: str) -> Reasons:
    parent = editing.find(reasons, edit.parent).name if edit.parent else None
    return editing.move(reasons, name, parent=parent)


def _retired(edit: TaxonomyEdit, reasons: Reasons, name: str) -> Reasons:
    return editing.retire(reasons, name, at=datetime.now(UTC).isoformat(timespec="seconds"))


def _restored(edit: TaxonomyEdit, reasons: Reasons, name: str) -> Reasons:
    return editing.restore(reasons, name)


Simple: TypeAlias = Any  # (edit, reasons, name) -> reasons
_SIMPLE: Mapping[str, Simple] = {
    "add": _added,
    "move": _moved,
    "retire": _retired,
    "restore": _restored,
}
