"""A mixed-integer linear program, collected term by term and handed to HiGHS through scipy.

Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10 (2018), 119–142, is the solver's paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import frexp, inf, ldexp
from typing import Any

from cxmaturity.roadmap.silence import silent_output

_INFEASIBLE = 2
"""As scipy says it."""
_PROVEN = 1e-12
"""A gap that is rounding."""
_LARGE = 10
"""Powers of two of a coefficient from which on it is large: about a thousand."""
Term = tuple[float, int]
"""A coefficient and the variable it stands before."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search: at most so many seconds, and so many steps (nodes of the search tree).

    Steps stop at the same place on every machine, seconds do not.
    """

    seconds: float = 60.0
    steps: int | None = None


ENOUGH = Limits()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search has found.

    ``values`` has the value of each variable, ``None`` where no solution was found; ``proven`` says that
    there is then none, or that none is better. ``bound`` is what no solution's objective exceeds.
    """

    values: tuple[float, ...] | None
    bound: float
    proven: bool


@dataclass(slots=True)
class Program:
    """Maximise Σ gain × variable under linear limits; variables lie between 0 and their upper bound."""

    gains: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[tuple[Term, ...], float]] = field(default_factory=list)

    def variable(self, gain: float = 0.0, *, upper: float = 1.0, whole: bool = False) -> int:
        """A new variable; ``whole`` makes it an integer."""
        self.gains.append(gain)
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.gains) - 1

    def at_most(self, terms: Iterable[Term], limit: float) -> None:
        """Σ coefficient × variable ≤ limit.

        Where coefficients are large it is divided by a power of two, exactly, so that they are about 1: the
        solver's tolerance is the same for each row, and with EUR it has found that there is no solution where
        there was one.
        """
        row = tuple(terms)
        _, exponent = frexp(max((abs(factor) for factor, _ in row), default=0.0))
        exponent *= exponent > _LARGE
        self.rows.append(
            (tuple((ldexp(factor, -exponent), variable) for factor, variable in row), ldexp(limit, -exponent))
        )

    def solve(self, limits: Limits) -> Outcome:
        """The best solution that is found within the limits."""
        if not self.gains:
            possible = all(limit >= 0 for _, limit in self.rows)
            return Outcome(() if possible else None, 0.0, proven=True)
        result = self._ask(limits)
        if result.x is None:  # nor a bound, then: scipy does not tell it
            return Outcome(None, inf, proven=result.status == _INFEASIBLE)
        return Outcome(
            tuple(result.x.tolist()), -float(result.mip_dual_bound), float(result.mip_gap or 0.0) <= _PROVEN
        )

    def bound(self, limits: Limits = ENOUGH) -> float | None:
        """What no solution exceeds: the best with fractions allowed.

        ``None`` if there is none even so, or none was found within the limits.
        """
        result = self._ask(limits, fractions=True) if self.gains else None
        return None if result is None or result.x is None else -float(result.fun)

    def _ask(self, limits: Limits, *, fractions: bool = False) -> Any:
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp  # lazy: half a second
        from scipy.sparse import csr_array

        ends = np.cumsum([0, *(len(terms) for terms, _ in self.rows)])
        cells = [term for terms, _ in self.rows for term in terms]
        matrix = csr_array(
            ([factor for factor, _ in cells], [variable for _, variable in cells], ends),
            shape=(len(self.rows), len(self.gains)),
        )
        matrix.sum_duplicates()  # a row may name a variable twice, which HiGHS refuses
        options: dict[str, float] = {"time_limit": max(limits.seconds, 0.01), "mip_rel_gap": 0.0}
        if limits.steps is not None:
            options["node_limit"] = limits.steps
        limited = LinearConstraint(matrix, ub=[limit for _, limit in self.rows]) if self.rows else None
        with silent_output():
            return milp(
                -np.array(self.gains),
                integrality=np.array(self.whole, dtype=np.int8) * (not fractions),
                bounds=Bounds(0.0, np.array(self.uppers)),
                constraints=limited,
                options=options,
            )
