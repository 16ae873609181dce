"""Documents as a camera sees them: invented, with numbers that prove themselves."""

import io

from PIL import Image, ImageDraw, ImageFont

TABLE = (120, 90, 60)

CARD = ("CITY BANK   VISA", "4111 1111 1111 1111", "VALID THRU 09/27", "ANNA ERIKSSON")
PAPERS = (
    "IDENTITY CARD",
    "Surname  MUSTERMANN",
    "Given names  ERIKA",
    "Date of birth  12.08.1964",
    "Nationality  DEUTSCH",
    "Date of expiry  31.10.2029",
)
PASSPORT = (
    "PASSPORT",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
INVOICE = ("Invoice 2024", "Please pay to", "IBAN DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX")
NOTE = ("WiFi at home", "User: anna", "Password: hunter2#X")
MENU = ("MENU", "Soup 4.50", "Pasta 12.90", "Wine 6.00", "Call 030 123456")
SIGN_IN = ("Sign in", "Username", "Password", "Forgot password?")


def photo_of(lines: tuple[str, ...], *, turned: int = 0, width: int = 800) -> bytes:
    """A JPEG of 1,000 pixels with the lines on a page so wide, turned by some degrees."""
    page = Image.new("RGB", (1000, 80 + 80 * len(lines)), (240, 240, 235))
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=34)
    for number, line in enumerate(lines):
        draw.text((30, 40 + 80 * number), line, fill=(20, 20, 20), font=font)
    page = page.resize((width, page.height * width // page.width), Image.Resampling.LANCZOS)
    page = page.rotate(turned, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC)
    photo = Image.new("RGB", (1000, 1000), TABLE)
    photo.paste(page, (20, 60))
    data = io.BytesIO()
    photo.save(data, "JPEG", quality=90)
    return data.getvalue()
