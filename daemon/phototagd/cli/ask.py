"""`phototagd ask`: a question of your own about a photo."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.naming import absolute
from phototagd.cli.printing import print_json, print_lines, print_trouble
from phototagd.cli.reaching import reached
from phototagd.domain.errors import Unavailable
from phototagd.domain.inquiry import InquiryState
from phototagd.rules.answers.inquiring import cleaned_question
from phototagd.rules.wire.inquiring import inquiry_to_json

_POLL_SECONDS = 0.2

File = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="The photo.")
]
Text = Annotated[str, typer.Argument(metavar="QUESTION", help='As in "Which bird is this?"')]


def ask(
    ctx: typer.Context,
    file: File,
    question: Text,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Ask the vision model about a photo, before all photos that wait; nothing is stored.

    Ends with 75 while the model is away or paused.
    """
    try:
        text = cleaned_question(question)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    house = flags.house_of(ctx)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with reached(house, chosen) as control:
        inquiry = control.ask(absolute(file), text)
        while not inquiry.is_settled:
            house.sleep(_POLL_SECONDS)
            known = control.asked(inquiry.id)
            if known is None:
                raise Unavailable("the daemon was restarted and forgot the question")
            inquiry = known
    if as_json:
        print_json(inquiry_to_json(inquiry))
    elif inquiry.state is InquiryState.ANSWERED:
        print_lines([inquiry.answer])
    else:
        print_trouble(inquiry.reason, inquiry.remedy)
    return exits.OK if inquiry.state is InquiryState.ANSWERED else exits.DEAD
