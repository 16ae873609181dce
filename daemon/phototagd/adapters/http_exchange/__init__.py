"""HTTP to a model server, whatever it speaks: deadlines, cancellation, retries, blame.

What the captioners share. The protocol of a server, and what its errors mean, stays with the
adapter of that server.
"""

from phototagd.adapters.http_exchange.blaming import Catalogue, Fault, Row, blame, row
from phototagd.adapters.http_exchange.refusal import Refusal, Refused, unwrap
from phototagd.adapters.http_exchange.transport import Transport

__all__ = [
    "Catalogue",
    "Fault",
    "Refusal",
    "Refused",
    "Row",
    "Transport",
    "blame",
    "row",
    "unwrap",
]
