"""A text that cannot be converted does not spoil the next one."""

from kbgen.content.convert import Conversion, Failure, convert

TEXT = "See [invoices](invoices.md).\n"
DEEP = "".join("    " * level + "- deep\n" for level in range(300))


def test_the_next_text_is_converted_as_ever() -> None:
    before = convert(TEXT, internal_allowed=False)
    assert isinstance(convert(DEEP, internal_allowed=False), Failure)
    assert isinstance(before, Conversion)
    assert convert(TEXT, internal_allowed=False) == before
