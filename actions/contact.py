"""Whether a mail address or telephone number can be right; by the libraries that know."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

MAX_CONTACT = 200
"""What a case has room for."""


def contact_hint(contact: str) -> str | None:
    """A hint in Dutch on what is wrong with a contact, or ``None`` if it can be right. Asks no server."""
    if "@" in contact:
        if len(contact) > MAX_CONTACT:
            return "Dat mailadres is te lang. Heb je een ander?"
        try:
            # Test addresses such as example.org are let through: nothing is sent from here.
            validate_email(contact, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return "Dat mailadres lijkt niet te kloppen. Het ziet eruit als naam@voorbeeld.nl."
        return None
    try:
        number = phonenumbers.parse(contact, "NL")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        return "Dat telefoonnummer lijkt niet te kloppen. Een Nederlands nummer heeft 10 cijfers, zoals 06 12345678."
    return None
