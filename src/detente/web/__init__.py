"""The desk: pages of a ledger for a browser, and the same as JSON. Routes, calls, renders; what is shown is worked out
in `analysis`.

`create_app(path, token=None, hosts=LOOPBACK, trusted=frozenset()) -> FastAPI`.
"""

from detente.web.app import create_app
from detente.web.guard import LOOPBACK

__all__ = ["LOOPBACK", "create_app"]
