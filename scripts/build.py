# -*- coding: utf-8 -*-
"""Build the site: python3 scripts/build.py [--serve] [--port N] [-- extra arguments]."""

import sys

if __name__ == "__main__":
    # Old Pythons must get this far to be told so; hence no modern syntax in this file.
    if sys.version_info >= (3, 11):
        from build_site import main

        sys.exit(main(sys.argv[1:]))
    sys.stderr.write("需要 Python 3.11 或更高版本，当前是 %d.%d。\n" % sys.version_info[:2])
    sys.stderr.write("请安装新版 Python，再用它运行，例如：python3.11 scripts/build.py\n")
    sys.exit(2)
