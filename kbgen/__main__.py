"""``python -m kbgen`` is the command ``kbgen``."""

from kbgen.cli.main import main

main()
