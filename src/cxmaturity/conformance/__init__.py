"""What every plugin must do right, as checks that its author can run.

``check_plugin("acme-accessibility")`` puts an installed plugin through all of them. Nothing here needs
pytest; :class:`cxmaturity.testing.PluginConformance` makes tests of the same checks.
"""

from cxmaturity.conformance.model import Check, Outcome, Verdict
from cxmaturity.conformance.suite import CHECKS, check_plugin

__all__ = ["CHECKS", "Check", "Outcome", "Verdict", "check_plugin"]
