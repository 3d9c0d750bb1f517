"""Posting lists after an edit that moves no document: only what differs is coded again, the rest is copied as bits.

Of a list that is as long as before, as most are whose positions only moved, a stretch is replaced. A list of another
length is read and written as a whole, since its codes suit its length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunxun.search import bits
from lunxun.search.bits import Bits, Row
from lunxun.search.coding import Coded, coded_lists
from lunxun.search.edit import Edit
from lunxun.search.ledger import Ledger
from lunxun.search.opened import OpenedLists
from lunxun.search.postings import as_postings, of_keys
from lunxun.search.reading import Reading, read_on
from lunxun.search.splicing import Splices, splice, with_spliced
from lunxun.search.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Relisted:
    """All lists, each made of the beginning of what it was, new bits, and the rest of what it was."""

    ledger: Ledger
    before: Row
    """The number that each list had; anything for one that is all new."""
    begins: Row
    """How many bits of the beginning stay."""
    places: Row
    """Where in the heap the new bits are."""
    lengths: Row
    """How many there are."""
    ends: Row
    """Behind how many bits of the old list the rest stays."""
    rests: Row
    """How many bits the rest has."""

    def stretches(self, lists: Row, targets: Row, starts: Row) -> tuple[Stretches, Stretches, Stretches]:
        """Tell where the three parts of some lists are and where they go, given where lists began."""
        old, behind = np.append(starts, 0)[self.before[lists]], targets + self.begins[lists]
        return (
            Stretches(old, self.begins[lists], targets),
            Stretches(self.places[lists], self.lengths[lists], behind),
            Stretches(old + self.ends[lists], self.rests[lists], behind + self.lengths[lists]),
        )


def relist(edit: Edit, ledger: Ledger, opened: OpenedLists, span: int) -> Relisted:
    """Bring lists up to date; the files of those that differ are opened."""
    numbers, is_known = ledger.find(edit.changed)
    opened.open(numbers[is_known])
    is_anew = np.zeros(len(ledger.keys), np.bool_)
    is_anew[numbers[is_known & ~edit.is_spliced]] = True
    coded = _coded_anew(edit, ledger, opened, is_anew, span)
    splices = splice(edit, ledger, opened, span)
    kept = with_spliced(ledger, splices).picked(~is_anew)
    made = Ledger.joined((kept, coded.ledger))
    before, _ = ledger.find(made.keys)
    none = np.zeros(len(made.keys), np.int64)
    relisted = Relisted(made, before, made.weights.copy(), none, none.copy(), none.copy(), none.copy())
    _put_coded(relisted, coded, opened)
    _put_splices(relisted, ledger, splices, opened)
    return relisted


def _coded_anew(edit: Edit, ledger: Ledger, opened: OpenedLists, is_anew: NDArray[np.bool_], span: int) -> Coded:
    """Read lists from all their landmarks at once, put in what is new, and code them."""
    lists = np.flatnonzero(is_anew)
    marks = ledger.landmarks.picked(is_anew[ledger.landmarks.lists])
    of_each = np.concatenate((lists, marks.lists))
    begins = np.concatenate((bits.gamma(ledger.counts[lists]).lengths, marks.bits))
    last = np.concatenate((np.full(len(lists), -1), marks.positions))
    order = np.lexsort((begins, of_each))
    of_each, begins, last = of_each[order], begins[order], last[order]
    is_last = np.diff(of_each, append=-1) != 0
    ends = np.where(is_last, ledger.weights[of_each], np.roll(begins, -1))
    starts, suited = opened.starts[of_each], bits.divisors(span // ledger.counts[of_each])
    endless = np.full(len(of_each), span)
    steps = read_on(opened.heap.whole(), Reading(starts + begins, last, suited, starts + ends, endless))
    found = as_postings(ledger.keys[of_each[steps.readings]], steps.positions)
    wanted = edit.changed[~edit.is_spliced]
    stay = np.setdiff1d(found, of_keys(edit.then, wanted), assume_unique=True)
    return coded_lists(np.sort(np.concatenate((stay, of_keys(edit.now, wanted)))), span)


def _put_coded(relisted: Relisted, coded: Coded, opened: OpenedLists) -> None:
    numbers, _ = relisted.ledger.find(coded.ledger.keys)
    weights = coded.ledger.weights
    places = bits.ends(weights) - weights
    row = Bits(int(weights.sum()))
    coded.put(row, places)
    relisted.begins[numbers] = 0
    relisted.places[numbers] = opened.heap.add(row.groups()) + places
    relisted.lengths[numbers] = weights


def _put_splices(relisted: Relisted, ledger: Ledger, splices: Splices, opened: OpenedLists) -> None:
    numbers, _ = relisted.ledger.find(ledger.keys[splices.lists])
    row = Bits(int(splices.lengths.sum()))
    row.put(splices.codes, bits.ends(splices.codes.lengths) - splices.codes.lengths)
    relisted.begins[numbers] = splices.begins
    relisted.places[numbers] = opened.heap.add(row.groups()) + bits.ends(splices.lengths) - splices.lengths
    relisted.lengths[numbers] = splices.lengths
    relisted.ends[numbers] = splices.ends
    relisted.rests[numbers] = ledger.weights[splices.lists] - splices.ends
