"""The command line, one module a verb: it parses, calls, prints and exits; nothing else does."""

from lunxun.cli.main import main, program

__all__ = ["main", "program"]
