"""The command line, one module a verb: it parses, calls, prints and exits; nothing else does."""

from lunxun.cli.main import main

__all__ = ["main"]
