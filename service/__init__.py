"""The HTTP service and everything it stores."""
