"""Tests of Overtone."""
