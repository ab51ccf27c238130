"""Logs: one JSON object a line on standard output, events with fields and never a customer's words."""

import logging

import structlog


def configure(level: str) -> None:
    """Log from ``level`` (DEBUG, INFO, ...) up; an unknown level counts as INFO."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        cache_logger_on_first_use=False,
    )
