"""The options about private things in photos: every one with its type, default and help."""

from pydantic import Field

from phototagd.settings.section import Section


class PrivacySettings(Section):
    """Finding cards, identity papers and passwords in photos before a model sees them."""

    ocr: bool | None = Field(
        default=None,
        description="Read the text in photos on this machine and look for private things in it: "
        "unless said, where `phototagd[ocr]` is installed.",
    )
