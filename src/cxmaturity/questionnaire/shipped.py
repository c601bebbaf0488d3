"""The questionnaires that come with the product, without reading them."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

FILE = "questionnaire.yaml"


def shipped() -> dict[str, Traversable]:
    """Their folders by id, in the order of their ids."""
    folders = files("cxmaturity_questionnaires").iterdir()
    found = {folder.name: folder for folder in folders if folder.is_dir() and folder.joinpath(FILE).is_file()}
    return dict(sorted(found.items()))
