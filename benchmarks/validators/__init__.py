"""The validators of opendata.py: what runs them, what they must find, and how they are installed."""
