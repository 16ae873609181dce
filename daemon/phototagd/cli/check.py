"""`phototagd check`: the doctor, every finding with its remedy."""

from collections.abc import Iterator, Sequence

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import reached
from phototagd.domain.status import Finding, FindingCause, FindingLevel
from phototagd.rules.wire.reports import finding_to_json

_CODES = {  # what has to be put right first comes first
    FindingCause.SETTINGS: exits.SETTINGS,
    FindingCause.ENGINE: exits.WAITING,
    FindingCause.PHOTOS: exits.DEAD,
}


def check(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
    model: flags.Model = None,
    url: flags.Url = None,
    engine: flags.Engine = None,
) -> int:
    """Look for everything that can be wrong, and say what to do about it.

    Ends with 78 for wrong settings, 75 for an absent model, 1 for dead photos; warnings do
    not count.
    """
    chosen = flags.settings_of(
        ctx, settings, state_dir=state_dir, model__name=model, model__url=url, model__engine=engine
    )
    with reached(flags.house_of(ctx), chosen) as control:
        findings = control.check()
    if as_json:
        print_json([finding_to_json(finding) for finding in findings])
    else:
        print_lines(finding_lines(findings))
    return exit_code(findings)


def exit_code(findings: Sequence[Finding]) -> int:
    """The code of the gravest problem."""
    causes = {f.cause for f in findings if f.level is FindingLevel.PROBLEM}
    return next((code for cause, code in _CODES.items() if cause in causes), exits.OK)


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """One line a finding, its remedy below."""
    for finding in findings:
        yield f"{finding.level.value:<7}  {finding.name}: {finding.detail}"
        if finding.remedy:
            yield f"{'':<7}  -> {finding.remedy}"
