"""The caller of a route, by the scope that the route needs; these are the only ways to ask for one."""

from typing import Annotated

from fastapi import Security

from service.deps import Caller, caller

Ingester = Annotated[Caller, Security(caller, scopes=["ingest"])]
Reader = Annotated[Caller, Security(caller, scopes=["read"])]
SensitiveReader = Annotated[Caller, Security(caller, scopes=["read_sensitive"])]
Reporter = Annotated[Caller, Security(caller, scopes=["reports"])]
Administrator = Annotated[Caller, Security(caller, scopes=["admin"])]
Follower = Annotated[Caller, Security(caller, scopes=["ingest", "read"])]  # either will do
