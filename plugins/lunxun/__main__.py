"""Run the command line as `python -m lunxun`."""

from lunxun.cli import program

program()
