"""Benchmarks: each prints figures as JSON; README's table holds what they printed last."""
