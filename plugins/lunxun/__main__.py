"""Run the command line as `python -m lunxun`."""

from lunxun.cli import run

run()
