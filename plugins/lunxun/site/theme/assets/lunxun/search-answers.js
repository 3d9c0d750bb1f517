// @ts-check
// Answers queries: finds each word, joins what was found, ranks it, and makes what is shown.
(function () {
  "use strict";

  const inner = /** @type {any} */ (window).LunxunSearch.inner;
  const KEPT_TEXTS = 240;
  const FEW = 3;
  const LOADED_AT_ONCE = 40;
  const VERIFIED_FILES = 80;
  const POLICY = "policy";
  const ONE_CHARACTER = "只有一个字的词，只在标题和别名里找得全；再输入一个字会更准。";

  /** Answers queries over one index. */
  class Engine {
    /** @param {any} files loads the files of the index @param {any} start */
    constructor(files, start) {
      this.files = files;
      this.catalogue = new inner.Catalogue(start);
      this.catalogue.textMarks(start.textMarks).forEach((mark, name) => files.marks.set(name, mark));
      Object.keys(start.tableMarks).forEach((name) => files.marks.set(name, start.tableMarks[name]));
      const { Lists, Alphabet, wholeList } = inner.lists;
      const alphabet = new Alphabet(start.alphabet);
      this.lists = new Lists("p", start.lists, alphabet, files);
      this.names = new Lists("n", start.names, alphabet, files, (positions) => this.catalogue.fromNames(positions));
      const verify = (/** @type {Uint32Array} */ starts, /** @type {string[]} */ text) => this.verify(starts, text);
      this.matcher = new inner.match.Matcher(this.lists, this.names, this.catalogue, verify);
      this.ranker = new inner.Ranker(this.catalogue);
      this.foldable = new Set(wholeList(start.foldable));
      /** @type {Map<string, Promise<any>>} */
      this.texts = new Map();
      /** @type {Map<string, Promise<any>>} */
      this.tables = new Map();
    }

    /**
     * Answer a query.
     * @param {string} query
     * @param {{facets?: Record<string, string[]>, limit?: number, offset?: number}} [options]
     */
    async search(query, options) {
      const { facets = {}, limit = 10, offset = 0 } = options || {};
      this.files.troubles.clear();
      const { words, warnings } = await this.parse(String(query));
      const isAll = !words.length && Object.keys(facets).length > 0;
      const answer = isAll ? this.everything() : await this.answer(words);
      const { kept, facets: counts } = this.catalogue.sift(answer.documents, facets);
      this.ranker.order(kept, answer.score);
      const page = kept.slice(offset, offset + limit);
      const hits = await this.hits(page, answer.ways);
      const isShort = answer.partial ? !answer.note : !answer.isCited && answer.documents.length < FEW;
      const wantsHelp = words.length > 0 && !offset && isShort;
      const suggestions = wantsHelp ? await inner.suggest.suggest(this, words) : [];
      if (answer.note) warnings.push(answer.note);
      if (words.some((word) => word.text.length === 1)) warnings.push(ONE_CHARACTER);
      if (hits.length < page.length) warnings.push(`有${page.length - hits.length}条结果的文字读不出来。`);
      return {
        total: kept.length,
        partial: answer.partial,
        hits,
        facets: counts,
        suggestions,
        warnings: warnings.concat(this.files.warnings()),
      };
    }

    /**
     * List the addresses of all documents that hold every word as it is written, or with its numbers in other signs.
     * @param {string} query @returns {Promise<string[]>}
     */
    async addresses(query) {
      const { words } = await this.parse(String(query));
      const found = words.map(async (word) => ({ ...word, ways: await this.written(word) }));
      const { documents } = this.combine(await Promise.all(found));
      const addresses = [];
      for (let at = 0; at < documents.length; at += LOADED_AT_ONCE) {
        const some = documents.slice(at, at + LOADED_AT_ONCE);
        const rows = await Promise.all(some.map((document) => this.row(document)));
        addresses.push(...rows.filter(Boolean).map((row) => row[1]));
      }
      return addresses;
    }

    /** @param {string} query */
    async parse(query) {
      const cut = query.slice(0, 1000);
      const needsTable = Array.from(cut).some((character) => this.foldable.has(character.codePointAt(0) || 0));
      return inner.words.parse(cut, needsTable ? await this.foldTable() : undefined);
    }

    /**
     * Find the documents that hold all words, also where a document and its article stand apart; else those that hold
     * what sounds the same, or most of what the words are made of.
     * @param {any[]} words
     */
    async answer(words) {
      const { split, scattered } = inner.nearby;
      const cited = inner.articles.cited(words);
      const apart = words.some((word) => word.text.includes(" ")) ? split(words) : null;
      for (const way of [cited, words, apart]) {
        const exact = way && this.combine(await this.findAll(way));
        if (exact && (exact.documents.length || !words.length)) {
          return { ...exact, partial: false, isCited: way === cited };
        }
      }
      const wider = cited && (await this.withoutArticle(cited));
      if (wider) return wider;
      const [heard, most] = await Promise.all([this.heard(words), scattered(this, words)]);
      return { ...(heard ? joined(heard, most) : most), partial: true };
    }

    /** Take all documents, to be narrowed by what they are classed as. */
    everything() {
      const { count } = this.catalogue;
      return { documents: Array.from({ length: count }, (_, n) => n), score: new Float64Array(count), ways: [], partial: false };
    }

    /** Find the document of which an article is asked that is not there. @param {any[]} cited */
    async withoutArticle(cited) {
      const isPolicy = this.catalogue.having("kind", (/** @type {string} */ kind) => kind === POLICY);
      for (const { words, note } of inner.articles.looser(cited)) {
        const found = this.combine(await this.findAll(words));
        const isMeant = (/** @type {number} */ document) => isPolicy[document] && this.isNamed(document, found.ways);
        if (found.documents.some(isMeant)) return { ...found, partial: true, note };
      }
      return null;
    }

    /** Tell whether any of the words stands in a name of a document. @param {number} document @param {any[][]} ways */
    isNamed(document, ways) {
      const from = this.catalogue.starts[document];
      const to = from + this.catalogue.namesEnd[document];
      return [].concat(...ways).some(({ starts }) => {
        const at = inner.match.leap(starts, 0, from);
        return at < starts.length && starts[at] < to;
      });
    }

    /** Find the documents that hold the names that words without a result sound like. @param {any[]} words */
    async heard(words) {
      let isOther = false;
      const found = await this.findAll(words);
      const others = found.map(async (word) => {
        const isKnown = word.excluded || !word.ways || word.ways.some((way) => way.starts.length);
        const name = isKnown ? undefined : (await inner.suggest.soundsLike(this, word.text))[0];
        if (!name) return word;
        isOther = true;
        return { ...word, ways: await this.matcher.word(Array.from(name), name) };
      });
      const all = await Promise.all(others);
      return isOther ? this.combine(all) : null;
    }

    /** Find every word in all the ways it may be written. */
    findAll(/** @type {any[]} */ words) {
      return Promise.all(words.map(async (word) => ({ ...word, ways: await this.ways(word) })));
    }

    /** Find a word as it is written. @param {any} word */
    async written(word) {
      if (!word.excluded) return this.matcher.word(word.text, word.written);
      const starts = await this.matcher.find(word.text);
      return starts && [{ starts, length: word.text.length, weight: 1 }];
    }

    /** Find a word as it is written, and if it is of letters, the names that sound so. @param {any} word */
    async ways(word) {
      const ways = await this.written(word);
      if (word.excluded || word.phrase) return ways;
      const letters = word.written.replace(/['’]/g, "");
      if (!/^[a-z]{2,}$/.test(letters)) return ways;
      const { syllables } = await this.sounds();
      return (ways || []).concat(await this.matcher.sounds(letters, syllables), this.inPlaces(letters));
    }

    /** Find the documents of places whose name sounds as the letters say. @param {string} letters */
    inPlaces(letters) {
      const ids = this.catalogue.places.filter((place) => soundsSo(place.sound, letters)).map((place) => place.id);
      if (!ids.length) return [];
      const starts = [];
      // As if the name stood in the body: behind the names and headings, where nothing is marked.
      this.catalogue.having("regions", (id) => ids.includes(id)).forEach((isThere, document) => {
        if (isThere) starts.push(this.catalogue.starts[document] + this.catalogue.headingsEnd[document]);
      });
      return [{ starts: Uint32Array.from(starts), length: 0, weight: 1 }];
    }

    /** Score the documents that hold all words and none of the excluded ones. */
    combine(/** @type {any[]} */ found) {
      const readable = found.filter((word) => word.ways);
      const wanted = readable.filter((word) => !word.excluded);
      const scored = wanted.map((word) => this.ranker.word(word.ways, wanted.length === 1));
      const unwanted = new Set();
      for (const word of readable.filter((one) => one.excluded)) {
        for (const document of this.ranker.word(word.ways).documents) unwanted.add(document);
      }
      scored.sort((a, b) => a.documents.length - b.documents.length);
      const documents = (scored.length ? scored[0].documents : []).filter(
        (document) => !unwanted.has(document) && scored.every((one) => one.score[document] > 0),
      );
      const score = new Float64Array(this.catalogue.count);
      for (const document of documents) score[document] = scored.reduce((sum, one) => sum + one.score[document], 0);
      const ways = wanted.map((word) => word.ways);
      this.ranker.near(documents, ways, score);
      for (const word of wanted) this.ranker.atPlace(documents, word.written, score);
      return { documents, score, ways };
    }

    /** Make what is shown of documents; those whose text cannot be read are left out. */
    async hits(/** @type {number[]} */ documents, /** @type {any[][]} */ ways) {
      const rows = await Promise.all(documents.map((document) => this.row(document)));
      const hits = [];
      rows.forEach((row, index) => {
        if (!row) return;
        const shown = inner.snippet.show(row, this.marks(documents[index], ways));
        hits.push({ ...shown, facets: this.catalogue.facetsOf(documents[index]) });
      });
      return hits;
    }

    /** List where the words stand in a document. @param {number} document @param {any[][]} ways */
    marks(document, ways) {
      const from = this.catalogue.starts[document];
      const to = this.catalogue.starts[document + 1];
      const marks = [];
      ways.forEach((word, number) => {
        for (const { starts, length } of word) {
          for (let at = inner.match.leap(starts, 0, from); at < starts.length && starts[at] < to; at += 1) {
            if (length) marks.push({ start: starts[at] - from, end: starts[at] - from + length, word: number });
          }
        }
      });
      return marks;
    }

    /**
     * Keep the starts at which a text stands, by looking into the documents; all, where that would be too many.
     * @param {Uint32Array} starts @param {string[]} text @returns {Promise<Uint32Array>}
     */
    async verify(starts, text) {
      const documents = Array.from(new Set(Array.from(starts, (start) => this.catalogue.documentAt(start))));
      if (new Set(documents.map((document) => this.catalogue.textFile(document))).size > VERIFIED_FILES) return starts;
      const table = await this.foldTable();
      const rows = await Promise.all(documents.map((document) => this.row(document)));
      const texts = new Map(
        rows.map((row, index) => /** @type {[number, string[]]} */ ([
          documents[index],
          row ? inner.words.indexed(inner.words.fold(inner.snippet.wholeText(row), table)) : [],
        ])),
      );
      return starts.filter((start) => {
        const document = this.catalogue.documentAt(start);
        const all = texts.get(document) || [];
        const offset = start - this.catalogue.starts[document];
        return !all.length || text.every((character, index) => all[offset + index] === character);
      });
    }

    /** Get the text of a document. @param {number} document @returns {Promise<any[] | null>} */
    async row(document) {
      const name = this.catalogue.textFile(document);
      const slot = this.catalogue.slotOf(document);
      const rows = await this.textFile(name);
      return (rows && rows.find((row) => row[0] === slot)) || null;
    }

    /** @param {string} name @returns {Promise<any[][] | null>} */
    textFile(name) {
      const known = this.texts.get(name);
      const rows = known || this.files.load(name).then((data) => this.checked(name, data));
      this.texts.delete(name);
      this.texts.set(name, rows);
      for (const old of Array.from(this.texts.keys()).slice(0, -KEPT_TEXTS)) this.texts.delete(old);
      return rows;
    }

    /** @param {string} name @param {any} rows */
    checked(name, rows) {
      const isSound = Array.isArray(rows) && rows.every(inner.snippet.isRow);
      if (!isSound) {
        this.texts.delete(name);
        if (rows !== null) this.files.damaged(name);
      }
      return isSound ? rows : null;
    }

    /** Get the table of the rarer characters. @returns {Promise<Map<string, string>>} */
    foldTable() {
      // The file holds what each of the characters becomes that the start file lists.
      return this.table("fold", (data) => {
        const to = Array.from(data);
        const from = Array.from(this.foldable, (code) => String.fromCodePoint(code)).slice(0, to.length);
        return new Map(from.map((character, index) => /** @type {[string, string]} */ ([character, to[index]])));
      });
    }

    /** Get the syllables of pinyin, and the syllable of each common character. */
    sounds() {
      return this.table("pinyin", (data) => {
        const syllables = new Map();
        const byCharacter = new Map();
        (data || "").split(",").forEach((/** @type {string} */ group, /** @type {number} */ number) => {
          const sound = /^[a-z]*/.exec(group)[0];
          syllables.set(sound, number);
          for (const character of group.slice(sound.length)) byCharacter.set(character, number);
        });
        return { syllables, byCharacter };
      });
    }

    /** Load a table once; one that cannot be read is empty, and is tried again. */
    table(/** @type {string} */ name, /** @type {(data: any) => any} */ read) {
      const known = this.tables.get(name);
      if (known) return known;
      const loading = this.files.load(name).then((data) => {
        if (!data) this.tables.delete(name);
        return read(data || "");
      });
      this.tables.set(name, loading);
      return loading;
    }
  }

  /** @param {string} sound syllables with spaces @param {string} letters */
  function soundsSo(sound, letters) {
    const syllables = sound.split(" ");
    const first = syllables.map((syllable) => syllable[0]).join("");
    return syllables.join("").startsWith(letters) || first.startsWith(letters);
  }

  /** Put the documents of one answer before those of another. @param {any} first @param {any} second */
  function joined(first, second) {
    const score = second.score.slice();
    const above = 1 + score.reduce((most, value) => Math.max(most, value), 0);
    for (const document of first.documents) score[document] = above + first.score[document];
    const documents = Array.from(new Set(first.documents.concat(second.documents))).sort((a, b) => a - b);
    return { documents, score, ways: first.ways.concat(second.ways) };
  }

  inner.Engine = Engine;
})();
