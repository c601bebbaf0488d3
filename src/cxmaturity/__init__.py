"""cxmaturity: how customer-centric is an organisation, and what should it do next?

The whole flow in five lines::

    import cxmaturity

    engagement = cxmaturity.load("acme")
    assessment = cxmaturity.assess(engagement)
    roadmap = cxmaturity.plan(engagement, assessment)
    cxmaturity.render(engagement, assessment, roadmap, "acme.pdf")

Nothing heavy is imported before one of these is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxmaturity.engagement import Engagement, assess, load, plan, render, what_if, wish_of
    from cxmaturity.plugins import Selection
    from cxmaturity.wishes import Wish

__version__ = "0.1.0"
__all__ = ["Engagement", "Selection", "Wish", "assess", "load", "plan", "render", "what_if", "wish_of"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'cxmaturity' has no attribute '{name}'")
    from cxmaturity import engagement  # lazy: it pulls in pydantic and babel

    return getattr(engagement, name)
