"""Lunxun 轮训: a compiler from YAML records to a knowledge base for grassroots governance."""

__version__ = "0.1.0"
