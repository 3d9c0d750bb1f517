"""Lunxun 轮训: a compiler from YAML records to a knowledge base for grassroots governance."""

from lunxun import compiled

__version__ = "0.1.0"

compiled.use()
