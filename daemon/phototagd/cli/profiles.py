"""`phototagd profiles`: what photos are asked about, and in which words."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.adapters.profile_files import read_profile, shipped_names, text_of
from phototagd.app.asking.profiling import profiles_of, styles_of
from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.domain.profile import Profile
from phototagd.rules.answers.style import Style
from phototagd.rules.answers.wording import system_text

Name = Annotated[
    str, typer.Argument(metavar="PROFILE", help="A name from the list, or a file of your own.")
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A profile of your own.")]
Prompt = Annotated[
    bool, typer.Option("--prompt", help="Show what the model is told, with your settings.")
]


def show_list(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List the profiles there are, and which libraries use them."""
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    in_use = profiles_of(chosen)
    known = {name: read_profile(name) for name in shipped_names()}
    known |= {profile.name: profile for profile in in_use.by_setting.values()}
    libraries = {
        name: [str(one.path) for one in chosen.library if in_use.of(one) == name] for name in known
    }
    if as_json:
        rows = [
            {"name": name, "title": profile.title, "libraries": libraries[name]}
            for name, profile in known.items()
        ]
        print_json(rows)
    else:
        print_lines(
            line
            for name, profile in known.items()
            for line in (f"{name:<12}  {profile.title}", *(f"{'':<14}{p}" for p in libraries[name]))
        )
    return exits.OK


def show(
    ctx: typer.Context,
    profile: Name,
    *,
    prompt: Prompt = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Print a profile as a file: change it, give it another name, and it is your own."""
    if not prompt:
        print_lines(text_of(profile).splitlines())
        return exits.OK
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    wanted = chosen.model.model_copy(update={"profile": profile})
    changed = chosen.model_copy(update={"model": wanted, "library": ()})
    (style,) = styles_of(changed, profiles_of(changed)).values()
    print_lines(system_text(style).splitlines())
    return exits.OK


def check(ctx: typer.Context, file: File) -> int:  # noqa: ARG001 -- every command is called so
    """Read a profile of your own and say what it asks; ends with 78 where it makes no sense."""
    profile = read_profile(str(file))
    print_lines([f"{file}: {profile.title}", *_fields(profile)])
    return exits.OK


def _fields(profile: Profile) -> list[str]:
    always = ["caption", "keywords", "sensitive"]
    asked = [field.name for field in Style(profile=profile).fields]
    optional = [field.name for field in profile.fields if field.is_optional]
    lines = [f"  asks about  {', '.join([*always, *asked])}"]
    if optional:
        lines.append(f"  by option   {', '.join(optional)} (model.ask_also)")
    examples = ", ".join(profile.examples) or "none: answers are better with one"
    return [*lines, f"  examples    {examples}"]
