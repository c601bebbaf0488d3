"""``python -m cxmaturity``."""

from cxmaturity.cli import main

main()
