"""The real decoding process, but photos with certain names make it misbehave.

Run as a script, in place of `python -m phototagd.adapters.images.worker`.
"""

import os
import signal
import sys

from phototagd.adapters.images import worker
from phototagd.adapters.images.messages import Message, Request

COMMAND = (sys.executable, "-P", __file__)
DEADLY, HANGING, STARVING, BABBLING, QUITTING = (
    b"deadly",
    b"hanging",
    b"starving",
    b"babbling",
    b"quitting",
)

_well_behaved = worker.answer


def _answer(request: Request, max_pixels: int) -> Message:
    name = request.photo.rpartition(b"/")[2]
    if DEADLY in name:
        os.kill(os.getpid(), signal.SIGSEGV)
    if HANGING in name:
        signal.pause()
    if STARVING in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if BABBLING in name:
        return {"width": "many"}, b""
    if QUITTING in name:
        os._exit(3)
    return _well_behaved(request, max_pixels)


if __name__ == "__main__":
    worker.answer = _answer
    worker.main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
