"""Trains and measures the models that lie in models/."""
