"""Filters: what a draft must pass before it becomes a row."""
