"""
Primary and secondary suppression in a table of one dimension whose total is published.

The reader who would find a hidden cell again is taken to know the total, every cell shown, the threshold, and that a
cell under it is always hidden; not which of the hidden cells are above it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

FEWEST_HIDDEN = 2


def withheld(cells: Mapping[str, int], *, threshold: int | None) -> frozenset[str]:
    """
    Choose the cells to hide: those under the threshold, zero included, then the smallest others, until none of the
    hidden can be found from the total.

    A threshold of None hides nothing; a table in which nothing is under it needs nothing.

    References
    ----------
    .. [1] Hundepool, A. et al., Statistical Disclosure Control, Wiley, 2012, chapter 4 (magnitude and frequency
       tables: sensitive cells, secondary suppression, feasibility intervals).

    Examples
    --------
    >>> sorted(withheld({"Metz": 40, "Woippy": 12, "Marly": 3}, threshold=11))
    ['Marly', 'Woippy']
    """
    if threshold is None:
        return frozenset()
    hidden = [name for name, count in cells.items() if count < threshold]
    others = sorted((count, name) for name, count in cells.items() if count >= threshold)
    while hidden and others and not is_protected([cells[name] for name in hidden], threshold=threshold):
        hidden.append(others.pop(0)[1])
    return frozenset(hidden)


def withheld_beside(cells: Mapping[str, int], known: Mapping[str, int], *, threshold: int | None) -> frozenset[str]:
    """
    Choose the cells to hide from a reader who knows, one by one, part of what is counted in them.

    That reader takes off what they know, and reads what is left as another table, whose total they have too: what would
    be hidden in either is hidden. Who knows nothing of it, or all of it, learns nothing more by taking off.

    Parameters
    ----------
    cells, known : Mapping of str to int
        Units counted in each cell, and how many of them the reader knows; the same names.
    threshold : int or None
        The smallest cell shown; None hides nothing.

    Returns
    -------
    frozenset of str
        Names of the cells to hide. Not a protection against two readers who put together what each knows.

    Examples
    --------
    >>> sorted(withheld_beside({"landlord": 9, "household": 30}, {"landlord": 8, "household": 0}, threshold=5))
    ['household', 'landlord']
    >>> sorted(withheld_beside({"landlord": 9, "household": 30}, {"landlord": 0, "household": 0}, threshold=5))
    []
    """
    hidden = withheld(cells, threshold=threshold)
    left = {name: count - known[name] for name, count in cells.items()}
    if not 0 < sum(known.values()) < sum(cells.values()):
        return hidden
    return hidden | withheld(left, threshold=threshold)


def is_protected(hidden: Collection[int], *, threshold: int) -> bool:
    """
    Tell whether hidden cells, whose sum the reader knows, could each be nothing and could each reach the threshold.

    Where all are under the threshold, a reader who guesses so must not find them out of room for another split
    either: each could still be nothing.

    >>> is_protected([3, 0], threshold=11), is_protected([10, 10], threshold=11), is_protected([3, 12], threshold=11)
    (False, False, True)
    """
    total = sum(hidden)
    if len(hidden) < FEWEST_HIDDEN or total < threshold:
        return False
    return max(hidden) >= threshold or total <= (len(hidden) - 1) * (threshold - 1)
