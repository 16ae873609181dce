"""`phototagd vocab`: the words that keywords are made of."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines, print_trouble
from phototagd.cli.reaching import control_of
from phototagd.domain.errors import ConfigError
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Entry, Order, Suggestion, Tended, Verb
from phototagd.ports import VocabularyControl
from phototagd.rules.wire.showing import readable
from phototagd.rules.wire.vocabulary import entry_to_json, suggestion_to_json, tended_to_json

Words = Annotated[list[str], typer.Argument(metavar="WORD", help="Words, or paths as in A|B.")]
Word = Annotated[str, typer.Argument(metavar="WORD", help="The word as it is.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="Its new spelling.")]
Into = Annotated[str, typer.Option("--into", metavar="WORD", help="The word that stays.")]
Below = Annotated[
    str, typer.Option("--below", metavar="PATH", help="As in A|B; without it, the top.")
]
File = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A keyword list.")
]
To = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="Where to; standard output without it.")
]
Form = Annotated[
    Literal["tree", "list", "paths"],
    typer.Option("--form", help="Everything (tree), names alone, or whole paths."),
]
State = Annotated[
    Literal["kept", "waiting", "blocked", "grouping"] | None,
    typer.Option("--state", help="Only words in this state."),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")]
EVERYTHING = Sight(sees_private=True)  # who runs commands owns the files
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def words(
    ctx: typer.Context,
    *,
    state: State = None,
    limit: Limit = 1000,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List the words and how many photos have them; new ones wait until several do."""
    with control_of(ctx, settings, state_dir) as control:
        found = control.vocabulary.entries(EVERYTHING)
    shown = [entry for entry in found if state is None or entry.state == state][:limit]
    if as_json:
        print_json([entry_to_json(entry) for entry in shown])
    else:
        print_lines(_entry_line(entry) for entry in shown)
    return exits.OK


def add(
    ctx: typer.Context,
    words: Words,
    *,
    below: Below = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Keep words from now on: new ones, waiting ones, blocked ones."""
    order = Order(verb=Verb.ADD, words=tuple(words), target=below)
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def merge(
    ctx: typer.Context,
    words: Words,
    *,
    into: Into,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Make words synonyms of another: photos that have them get that one instead."""
    order = Order(verb=Verb.MERGE, words=tuple(words), target=into)
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def rename(
    ctx: typer.Context,
    word: Word,
    new: NewName,
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Spell a word otherwise; the old spelling stays a synonym."""
    order = Order(verb=Verb.RENAME, words=(word,), target=new)
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def block(
    ctx: typer.Context,
    words: Words,
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Never write these words; `vocab add` lifts it."""
    order = Order(verb=Verb.BLOCK, words=tuple(words))
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def move(
    ctx: typer.Context,
    words: Words,
    *,
    below: Below = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Put words below another, with all that is below them."""
    order = Order(verb=Verb.MOVE, words=tuple(words), target=below)
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def read(
    ctx: typer.Context,
    file: File,
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Add the words of a file: one a line, or a keyword list of Lightroom; none is dropped.

    Tabs nest, {word} is a synonym, [word] only groups, A|B|C is a path, 狗 = dog is one word
    in two languages, !word is blocked.
    """
    order = Order(verb=Verb.IMPORT, target=file.name, text=_text_of(file))
    with control_of(ctx, settings, state_dir) as control:
        return _carry_out(control.vocabulary, order, dry_run=dry_run, yes=yes, as_json=as_json)


def export(
    ctx: typer.Context,
    file: To = None,
    *,
    form: Form = "tree",
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Write the vocabulary as a file that `vocab import` and Lightroom read."""
    with control_of(ctx, settings, state_dir) as control:
        text = control.vocabulary.export(form, EVERYTHING)
    if file is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return exits.OK
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {error.strerror}") from error
    print_lines([f"{file}: {text.count(chr(10))} lines"])
    return exits.OK


def suggest(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show words that look like one, each with the command that merges them."""
    with control_of(ctx, settings, state_dir) as control:
        found = control.vocabulary.suggestions(EVERYTHING)
    if as_json:
        print_json([suggestion_to_json(one) for one in found])
    else:
        print_lines(_suggestion_line(one) for one in found)
    return exits.OK


def undo(
    ctx: typer.Context,
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Take back the last change that you made; once more, the one before."""
    with control_of(ctx, settings, state_dir) as control:
        plan = control.vocabulary.undo(is_dry=True, sight=EVERYTHING)
        if plan is None:
            print_trouble("there is nothing to take back")
            return exits.DEAD
        if not dry_run and _agreed(plan, yes=yes, as_json=as_json):
            control.vocabulary.undo(is_dry=False, sight=EVERYTHING)
            return _print(plan, is_done=True, as_json=as_json)
    return _print(plan, is_done=False, as_json=as_json)


def _carry_out(
    vocabulary: VocabularyControl, order: Order, *, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Preview an order, ask when it concerns photos, and carry it out."""
    plan = vocabulary.tend(order, is_dry=True, sight=EVERYTHING)
    is_done = not dry_run and _agreed(plan, yes=yes, as_json=as_json)
    if is_done:
        plan = vocabulary.tend(order, is_dry=False, sight=EVERYTHING)
    return _print(plan, is_done=is_done, as_json=as_json)


def _agreed(plan: Tended, *, yes: bool, as_json: bool) -> bool:
    """Whether to go on; nobody is asked about what concerns no photo."""
    if yes or not plan.photos:
        return True
    if not as_json:
        print_lines([*_plan_lines(plan)])
    return typer.confirm("Go on?", err=True)


def _print(plan: Tended, *, is_done: bool, as_json: bool) -> int:
    if as_json:
        print_json(tended_to_json(plan) | {"is_done": is_done})
    elif not is_done:
        print_lines([*_plan_lines(plan), "nothing was changed"])
    elif plan.terms:
        print_lines([f"{plan.description}: done; {_photos(plan)} follow in the background"])
    else:
        print_lines([f"{plan.description}: it is so already"])
    return exits.OK


def _plan_lines(plan: Tended) -> list[str]:
    changed = "1 word changes" if plan.terms == 1 else f"{plan.terms} words change"
    head = f"{plan.description}: {changed}, {_photos(plan)} would be written anew"
    more = plan.photos - len(plan.examples)
    rest = [f"  and {more} more"] if plan.examples and more > 0 else []
    return [head, *(f"  {readable(path)}" for path in plan.examples), *rest]


def _photos(plan: Tended) -> str:
    return "1 photo" if plan.photos == 1 else f"{plan.photos} photos"


def _entry_line(entry: Entry) -> str:
    others = [*entry.translations, *(f"{{{word}}}" for word in entry.synonyms)]
    return "  ".join(
        [f"{entry.photos:>7}", f"{entry.state:<8}", entry.path or entry.word, *others]
    ).rstrip()


def _suggestion_line(one: Suggestion) -> str:
    quoted = " ".join(_quoted(word) for word in one.words)
    return f"{one.reason:<9}  phototagd vocab merge {quoted} --into {_quoted(one.target)}"


def _quoted(word: str) -> str:
    return word if word.isalnum() else "'" + word.replace("'", "'\\''") + "'"


def _text_of(file: Path) -> str:
    content = file.read_bytes()
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is no text in UTF-8: save it as UTF-8") from error
