"""The database's own clock, in ms: leases must not depend on how well the workers' clocks agree."""

from typing import Any

from sqlalchemy import BigInteger, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class now_ms(FunctionElement[int]):  # noqa: N801 - it reads as a function of SQL
    """Milliseconds since 1970 when the statement began, as an expression of either database."""

    type = BigInteger()
    inherit_cache = True


@compiles(now_ms, "sqlite")
def _sqlite(element: now_ms, compiler: SQLCompiler, **kw: Any) -> str:
    return "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"


@compiles(now_ms, "postgresql")
def _postgresql(element: now_ms, compiler: SQLCompiler, **kw: Any) -> str:
    # stable within a statement, unlike clock_timestamp(), so that an index may be searched with it
    return "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)"


def read_clock(session: Session) -> int:
    """Milliseconds since 1970 by the database's clock."""
    return session.execute(select(now_ms())).scalar_one()
