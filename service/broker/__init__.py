"""The broker that rings the workers' bells."""

from service.broker.choice import Broker, How, connect, find_server, open_broker

__all__ = ["Broker", "How", "connect", "find_server", "open_broker"]
