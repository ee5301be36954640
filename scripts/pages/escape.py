"""The one place where data becomes HTML: whatever a value holds, a browser shows it character for character."""

from markupsafe import Markup, escape

# What does not survive on its way through Markdown and a browser, even in an HTML block.
REFERENCES = {ord(character): f"&#{ord(character)};" for character in "\t\n\r`~"}


def as_html(value: object) -> Markup:
    """A value of a template expression as HTML text or attribute value; what is HTML already stays as it is."""
    if isinstance(value, Markup):
        return value
    return Markup(str(escape("" if value is None else value)).translate(REFERENCES))
