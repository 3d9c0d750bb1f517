// @ts-check
// What the start file says of the documents: where each stands, how long its names are, what it is classed as.
(function () {
  "use strict";

  const inner = /** @type {any} */ (window).LunxunSearch.inner;

  /** The documents, numbered in the order in which they stand. */
  class Catalogue {
    /** @param {any} start */
    constructor(start) {
      const column = inner.lists.column;
      const count = start.count;
      this.count = count;
      this.slot = start.slot;
      this.slotsAFile = start.slotsAFile;
      this.blockNames = start.blockNames.match(/[^]{6}/g) || [];
      this.starts = new Uint32Array(count + 1);
      this.titles = column(start.titles, count);
      this.aliasCounts = column(start.aliases, count);
      this.headings = column(start.headings, count);
      this.byslot = new (count < 1 << 16 ? Uint16Array : Uint32Array)(start.slots);
      column(start.starts, count).reduce((slot, gap, document) => {
        this.starts[document] = (slot + gap) * start.slot;
        return slot + gap;
      }, 0);
      this.starts[count] = start.slots * start.slot;
      for (let document = 0; document < count; document += 1) {
        this.byslot.fill(document, this.starts[document] / start.slot, this.starts[document + 1] / start.slot);
      }
      // The first document of each block; documents of a block share files of texts.
      let first = 0;
      this.blocks = column(start.blocks, this.blockNames.length).map((documents) => (first += documents) - documents);
      this.firstAlias = new Uint32Array(count + 1);
      for (let document = 0; document < count; document += 1) {
        this.firstAlias[document + 1] = this.firstAlias[document] + this.aliasCounts[document];
      }
      this.aliasLengths = column(start.aliasLengths, this.firstAlias[count]);
      // Inside a document: where its aliases end, and where its headings end and its body begins.
      this.namesEnd = this.titles.map((title, document) => {
        const lengths = this.aliasLengths.subarray(this.firstAlias[document], this.firstAlias[document + 1]);
        return lengths.reduce((end, length) => end + length + 1, title + 1);
      });
      this.namesStart = new Uint32Array(count);
      for (let document = 1; document < count; document += 1) {
        this.namesStart[document] = this.namesStart[document - 1] + this.namesEnd[document - 1];
      }
      this.headingsEnd = this.headings.map((length, document) => this.namesEnd[document] + length);
      this.facets = start.facets.map((facet) => ({ ...facet, codes: column(facet.codes, count) }));
      this.places = start.places.map(([id, name, sound]) => ({ id, name, sound }));
      this.meanLength = Math.max(this.starts[count] / Math.max(count, 1), 1);
    }

    /** Turn positions that count through names only into positions of texts. @param {Uint32Array} positions */
    fromNames(positions) {
      return positions.map((position) => {
        const document = inner.lists.lastUpTo(this.namesStart, position);
        return this.starts[document] + position - this.namesStart[document];
      });
    }

    /** @param {number} position @returns {number} the document it lies in */
    documentAt(position) {
      return this.byslot[(position / this.slot) | 0];
    }

    /** Name the file that holds the text of a document. @param {number} document @returns {string} */
    textFile(document) {
      const block = inner.lists.lastUpTo(this.blocks, document);
      return `t/${this.blockNames[block]}-${Math.floor(this.slotOf(document) / this.slotsAFile).toString(16)}`;
    }

    /** Give a document's number in its file: how many slots from the beginning of its block. @param {number} document @returns {number} */
    slotOf(document) {
      const block = inner.lists.lastUpTo(this.blocks, document);
      return (this.starts[document] - this.starts[this.blocks[block]]) / this.slot;
    }

    /** Give the mark of each file of texts by its name. @param {string} marks in the order of the documents @returns {Map<string, string>} */
    textMarks(marks) {
      const found = new Map();
      for (let document = 0; document < this.count; document += 1) {
        const name = this.textFile(document);
        if (!found.has(name)) found.set(name, inner.lists.markOf(marks, found.size));
      }
      return found;
    }

    /** List the values of a facet that a document has. @param {any} facet @param {number} document @returns {string[]} */
    valuesOf(facet, document) {
      return facet.sets[facet.codes[document]].map((/** @type {number} */ value) => facet.values[value][0]);
    }

    /**
     * Tell of each document whether it has one of some values of a facet.
     * @param {string} id @param {(value: string) => boolean} isWanted @returns {Uint8Array}
     */
    having(id, isWanted) {
      const facet = this.facets.find((/** @type {any} */ one) => one.id === id);
      const found = new Uint8Array(this.count);
      if (!facet) return found;
      const fits = facet.sets.map((set) => set.some((value) => isWanted(facet.values[value][0])));
      facet.codes.forEach((/** @type {number} */ code, /** @type {number} */ document) => (found[document] = fits[code] ? 1 : 0));
      return found;
    }

    /** @param {number} document @returns {Record<string, string[]>} */
    facetsOf(document) {
      /** @type {Record<string, string[]>} */
      const found = {};
      for (const facet of this.facets) {
        const values = this.valuesOf(facet, document);
        if (values.length) found[facet.id] = values;
      }
      return found;
    }

    /**
     * For each facet, tell which documents have one of the chosen values; nothing where nothing is chosen.
     * @param {Record<string, string[]>} chosen @returns {{facet: any, fits: boolean[] | null}[]}
     */
    filters(chosen) {
      return this.facets.map((/** @type {any} */ facet) => {
        const wanted = (chosen && chosen[facet.id]) || [];
        const values = new Set(facet.values.map(([id]) => id).map((id, index) => (wanted.includes(id) ? index : -1)));
        const fits = facet.sets.map((/** @type {number[]} */ set) => set.some((value) => values.has(value)));
        return { facet, fits: wanted.length ? fits : null };
      });
    }

    /**
     * Keep the documents that fit, and count values over all: what is chosen in a facet does not narrow its own counts.
     * @param {number[]} documents @param {Record<string, string[]>} chosen
     */
    sift(documents, chosen) {
      const filters = this.filters(chosen);
      const counts = filters.map(({ facet }) => new Uint32Array(facet.sets.length));
      const kept = [];
      for (const document of documents) {
        let misses = 0;
        let missed = -1;
        filters.forEach(({ facet, fits }, index) => {
          if (fits && !fits[facet.codes[document]]) {
            misses += 1;
            missed = index;
          }
        });
        if (!misses) kept.push(document);
        for (let index = 0; index < filters.length; index += 1) {
          if (!misses || (misses === 1 && missed === index)) counts[index][filters[index].facet.codes[document]] += 1;
        }
      }
      const facets = {};
      filters.forEach(({ facet }, index) => {
        facets[facet.id] = this.choices(facet, counts[index], (chosen && chosen[facet.id]) || []);
      });
      return { kept, facets };
    }

    /** @param {any} facet @param {Uint32Array} counts by set @param {string[]} chosen */
    choices(facet, counts, chosen) {
      const totals = new Uint32Array(facet.values.length);
      facet.sets.forEach((/** @type {number[]} */ set, /** @type {number} */ code) => {
        for (const value of set) totals[value] += counts[code];
      });
      return facet.values
        .map(([id, name], /** @type {number} */ value) => ({ id, name, count: totals[value] }))
        .filter((choice) => choice.count || chosen.includes(choice.id));
    }
  }

  inner.Catalogue = Catalogue;
})();
