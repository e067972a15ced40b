"""Removes a folder once whoever has started this is gone, however that ended: `python -I sweep.py FOLDER`.

The end of the starter closes the pipe that is this program's input. Of the standard library alone, so that it is there
at once and takes little.
"""

from __future__ import annotations

import shutil
import signal
import sys

if __name__ == "__main__":
    # Ctrl-C goes to all programs of a terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.read()
    shutil.rmtree(sys.argv[1], ignore_errors=True)
