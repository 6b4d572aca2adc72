"""Runs that fail on purpose, for the measurement of the diagnostics."""
