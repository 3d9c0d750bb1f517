"""Run the command line as `python -m lunxun`."""

import sys

from lunxun.cli import main

sys.exit(main())
