"""A document's own positions replaced in lists that stay as long as they were: the rest of each is left as bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lunxun.search import bits
from lunxun.search.bits import Codes, Row
from lunxun.search.edit import Edit
from lunxun.search.ledger import Landmarks, Ledger
from lunxun.search.opened import OpenedLists
from lunxun.search.postings import Postings, as_postings, keys, of_keys, positions
from lunxun.search.reading import Reading, read_on


@dataclass(frozen=True, slots=True)
class Splices:
    """A stretch to be replaced in each of some lists, which are named by their numbers."""

    lists: Row
    begins: Row
    """How many bits of the list stay before it."""
    ends: Row
    """Behind how many the rest stays."""
    after: Row
    """The position that the stretch ends with, which stays; -1 if it ends with the list."""
    codes: Codes
    """The bits that are new, those of all lists behind each other."""
    lengths: Row
    """How many of them each list has."""


def splice(edit: Edit, ledger: Ledger, opened: OpenedLists, span: int) -> Splices:
    """Code what is to be replaced; the files of all lists that differ are open."""
    wanted, begins, ends = (row[edit.is_spliced] for row in (edit.changed, edit.begins, edit.ends))
    lists, _ = ledger.find(wanted)
    suited = bits.divisors(span // ledger.counts[lists])
    starts, weights = opened.starts[lists], ledger.weights[lists]
    before, at = ledger.before(lists, begins)
    steps = read_on(opened.heap.whole(), Reading(starts + at, before, suited, starts + weights, ends))
    is_before, is_behind = steps.positions < begins[steps.readings], steps.positions >= ends[steps.readings]
    # Each list is read in order, so that of several steps the last one counts.
    before[steps.readings[is_before]] = steps.positions[is_before]
    at[steps.readings[is_before]] = (steps.ends - starts[steps.readings])[is_before]
    after = np.full(len(lists), -1)
    rests = weights.copy()
    after[steps.readings[is_behind]] = steps.positions[is_behind]
    rests[steps.readings[is_behind]] = (steps.ends - starts[steps.readings])[is_behind]
    own = _inside(edit, wanted, begins, ends)
    goes_on = after >= 0
    row = np.sort(np.concatenate((own, as_postings(wanted[goes_on], after[goes_on]))))
    firsts = np.searchsorted(keys(row), wanted)
    counts = np.diff(firsts, append=len(row))
    codes = bits.golomb(bits.gaps(positions(row), firsts, before + 1), np.repeat(suited, counts))
    behind = np.concatenate((np.zeros(1, np.int64), bits.ends(codes.lengths)))
    return Splices(lists, at, rests, after, codes, behind[firsts + counts] - behind[firsts])


def with_spliced(ledger: Ledger, splices: Splices) -> Ledger:
    """Note how many bits lists have now, and where their landmarks are."""
    longer, begins, ends = (np.zeros(len(ledger.keys), np.int64) for _ in range(3))
    after = np.full(len(ledger.keys), -1)
    longer[splices.lists] = splices.lengths - (splices.ends - splices.begins)
    begins[splices.lists], ends[splices.lists], after[splices.lists] = splices.begins, splices.ends, splices.after
    marks = ledger.landmarks
    is_inside = (marks.bits > begins[marks.lists]) & (marks.bits < ends[marks.lists])
    # Landmarks that are lost are set up again behind what is new, if the list goes on there.
    bits_now = np.where(is_inside, ends[marks.lists], marks.bits)
    bits_now = bits_now + np.where(bits_now > begins[marks.lists], longer[marks.lists], 0)
    moved = Landmarks(marks.lists, np.where(is_inside, after[marks.lists], marks.positions), bits_now)
    is_again = np.diff(as_postings(moved.lists, bits_now).view(np.int64), prepend=-1) == 0
    stays = ~is_again & (moved.positions >= 0)
    return Ledger(ledger.keys, ledger.counts, ledger.weights + longer, moved.picked(stays))


def _inside(edit: Edit, wanted: Row, begins: Row, ends: Row) -> Postings:
    """Pick out what is in these lists now, of the document in which each of them differs."""
    found = of_keys(edit.now, wanted)
    at, position = np.searchsorted(wanted, keys(found)), positions(found)
    inside: Postings = found[(position >= begins[at]) & (position < ends[at])]
    return inside
