// @ts-check
// Posting lists: where each pair of neighbouring characters stands. Files of lists are loaded when a query needs them,
// read from bits (the writer is lunxun/search/bits.py), and the last used are kept.
(function () {
  "use strict";

  const ALPHABET = Array.from({ length: 95 }, (_, index) => String.fromCharCode(index + 32)).filter(
    (character) => !"\"\\<".includes(character),
  );
  const VALUES = new Uint8Array(128).fill(255);
  ALPHABET.forEach((character, value) => (VALUES[character.charCodeAt(0)] = value));
  const SIDE = ALPHABET.length;
  const GROUP = 13;
  const MOST_ONES = 24;
  const RAW = 32;
  const SHARE = 0.65;
  const KEPT_BYTES = 10 << 20;
  const SHARD_COST = 16;
  const LIST_BYTES = 120;
  const NONE = new Uint32Array(0);

  /** A character that is not of the alphabet has a value that no group can have. */
  const valueOf = (/** @type {number} */ code) => VALUES[code < 128 ? code : 0];

  /** Reads numbers from characters that hold thirteen bits a pair. */
  class Bits {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.held = 0;
      this.count = 0;
    }

    /** Take one more group of bits. */
    fill() {
      const text = this.text;
      const at = this.at;
      if (at + 1 >= text.length) throw new Error("the bits end too early");
      const value = valueOf(text.charCodeAt(at)) * SIDE + valueOf(text.charCodeAt(at + 1));
      if (value >> GROUP) throw new Error("no such character");
      this.held = (this.held << GROUP) | value;
      this.count += GROUP;
      this.at = at + 2;
    }

    /** @param {number} width at most 15 @returns {number} */
    short(width) {
      while (this.count < width) this.fill();
      this.count -= width;
      const value = this.held >>> this.count;
      this.held &= (1 << this.count) - 1;
      return value;
    }

    /** @param {number} width @returns {number} */
    fixed(width) {
      if (width <= 15) return this.short(width);
      return this.fixed(width - 15) * 32768 + this.short(15);
    }

    /** Read how often a divisor goes into a number, and the rest; the lower rests have one bit less. @param {number} divisor @returns {number} */
    golomb(divisor) {
      let ones = 0;
      while (ones < MOST_ONES && this.short(1)) ones += 1;
      if (ones === MOST_ONES) return this.fixed(RAW);
      if (divisor === 1) return ones;
      const width = 32 - Math.clz32(divisor - 1);
      const short = 2 ** width - divisor;
      const rest = this.fixed(width - 1);
      return ones * divisor + (rest < short ? rest : rest * 2 + this.short(1) - short);
    }

    /** @returns {number} */
    gamma() {
      let zeros = 0;
      while (!this.short(1)) {
        zeros += 1;
        if (zeros > RAW) throw new Error("no such number");
      }
      return 2 ** zeros + this.fixed(zeros);
    }

    /** Read increasing numbers below the span. @param {number} count @param {number} span @returns {Uint32Array} */
    positions(count, span) {
      if (count > span) throw new Error("more positions than places");
      const divisor = Math.max(Math.floor(Math.floor(span / count) * SHARE), 1);
      const found = new Uint32Array(count);
      let last = -1;
      for (let index = 0; index < count; index += 1) {
        last += this.golomb(divisor) + 1;
        found[index] = last;
      }
      if (last >= span) throw new Error("a position behind the end");
      return found;
    }
  }

  /** Read a column of the start file. @param {string} text @param {number} count @returns {Uint32Array} */
  function column(text, count) {
    const found = new Uint32Array(count);
    if (!count) return found;
    const bits = new Bits(text);
    const divisor = bits.gamma();
    for (let index = 0; index < count; index += 1) found[index] = bits.golomb(divisor);
    return found;
  }

  /** Read a list that says itself how long it is. @param {string} text @returns {Uint32Array} */
  function wholeList(text) {
    const bits = new Bits(text);
    const count = bits.gamma() - 1;
    const span = bits.gamma() - 1;
    return count ? bits.positions(count, span) : new Uint32Array(0);
  }

  /** The characters of all keys, numbered in the order of their codes. */
  class Alphabet {
    /** @param {string} text the codes of the characters, as a list */
    constructor(text) {
      this.codes = Array.from(wholeList(text));
      this.size = this.codes.length;
      this.numbers = new Map(this.codes.map((code, number) => /** @type {[number, number]} */ ([code, number])));
    }

    /** Number a key. @param {string} key two characters @returns {number} -1 if no list has such a key */
    key(key) {
      const [first, second] = Array.from(key, (character) => this.numbers.get(character.codePointAt(0) || 0));
      return first === undefined || second === undefined ? -1 : first * this.size + second;
    }

    /** Number the first key that begins with a character and does not go on before another. @param {string} first @param {string} second */
    bound(first, second) {
      const number = this.numbers.get(first.codePointAt(0) || 0);
      if (number === undefined) return -1;
      const code = second.codePointAt(0) || 0;
      let below = 0;
      while (below < this.size && this.codes[below] < code) below += 1;
      return number * this.size + below;
    }
  }

  /** Knows in which file each list is, loads files, and gives lists. */
  class Lists {
    /**
     * @param {string} folder @param {any} directory what the start file says of these lists @param {Alphabet} alphabet
     * @param {{load: (name: string) => Promise<any>, damaged: (name: string) => void, marks: Map<string, string>}} files
     * @param {(positions: Uint32Array) => Uint32Array} [convert] makes positions in texts of those that are kept
     */
    constructor(folder, directory, alphabet, files, convert) {
      this.folder = folder;
      this.alphabet = alphabet;
      this.files = files;
      this.convert = convert;
      this.span = directory.span;
      this.firsts = wholeList(directory.firsts);
      this.heavy = wholeList(directory.heavy);
      this.heavySizes = column(directory.heavySizes, this.heavy.length);
      this.firsts.forEach((low, at) => files.marks.set(this.lightName(low), markOf(directory.marks, at)));
      this.heavy.forEach((key, at) => files.marks.set(this.heavyName(key), markOf(directory.heavyMarks, at)));
      /** @type {Map<string, Promise<Map<number, Uint32Array> | null>>} least recently used first */
      this.shards = new Map();
      /** @type {Map<string, number>} */
      this.sizes = new Map();
      this.kept = 0;
    }

    /** @param {number} key @returns {number} which heavy list it has, or -1 */
    heavyOf(key) {
      const at = lastUpTo(this.heavy, key);
      return at >= 0 && this.heavy[at] === key ? at : -1;
    }

    /** @param {number} low the lowest key that a file may hold @returns {string} */
    lightName(low) {
      return `${this.folder}/${low.toString(16)}`;
    }

    /** @param {number} key @returns {string} */
    heavyName(key) {
      return `${this.folder}/heavy/${key.toString(16)}`;
    }

    /** Name the file that holds a list, if it exists; empty if there is no such file. @param {number} key @returns {string} */
    nameOf(key) {
      if (this.heavyOf(key) >= 0) return this.heavyName(key);
      const at = lastUpTo(this.firsts, key);
      return at < 0 ? "" : this.lightName(this.firsts[at]);
    }

    /** Estimate what it costs to have a list: kilobytes to load. @param {string} key @returns {number} */
    cost(key) {
      const number = this.alphabet.key(key);
      const name = number < 0 ? "" : this.nameOf(number);
      if (!name || this.shards.has(name)) return 0.1;
      const heavy = this.heavyOf(number);
      return heavy < 0 ? SHARD_COST : this.heavySizes[heavy] + 1;
    }

    /**
     * Give the positions of a key; empty where it does not occur, null where its file cannot be read.
     * @param {string} key @returns {Promise<Uint32Array | null>}
     */
    async positions(key) {
      const number = this.alphabet.key(key);
      const name = number < 0 ? "" : this.nameOf(number);
      if (!name) return NONE;
      const lists = await this.shard(name);
      return lists && (lists.get(number) || NONE);
    }

    /**
     * Give the positions of all keys with one first character and a second in a range, if it takes no more files than
     * may be loaded and all can be read.
     * @param {string} first @param {string} from @param {string} to behind the last @param {number} most files
     * @returns {Promise<Uint32Array | null>}
     */
    async between(first, from, to, most) {
      const low = this.alphabet.bound(first, from);
      const high = this.alphabet.bound(first, to);
      if (low < 0 || high <= low) return NONE;
      const names = [];
      this.heavy.forEach((key) => key >= low && key < high && names.push(this.nameOf(key)));
      const last = lastUpTo(this.firsts, high - 1);
      for (let at = Math.max(lastUpTo(this.firsts, low), 0); at <= last; at += 1) names.push(this.lightName(this.firsts[at]));
      if (names.length > most) return null;
      const found = [];
      for (const lists of await Promise.all(names.map((name) => this.shard(name)))) {
        if (!lists) return null;
        for (const [key, positions] of lists) if (key >= low && key < high) found.push(positions);
      }
      return union(found);
    }

    /** @param {string} name @returns {Promise<Map<number, Uint32Array> | null>} */
    shard(name) {
      const known = this.shards.get(name);
      if (known) {
        this.shards.delete(name);
        this.shards.set(name, known);
        return known;
      }
      const loading = this.files.load(name).then((data) => {
        const lists = data === null ? null : this.read(data, name);
        if (!lists) this.shards.delete(name);
        return lists;
      });
      this.shards.set(name, loading);
      return loading;
    }

    /** Read all lists of a file; null if it is damaged. @param {any} data @param {string} name */
    read(data, name) {
      /** @type {Map<number, Uint32Array>} */
      const lists = new Map();
      let size = 0;
      const first = parseInt(name.slice(name.lastIndexOf("/") + 1), 16);
      try {
        const bits = new Bits(data);
        for (const key of this.heavyName(first) === name ? [first] : keysIn(bits, first)) {
          const kept = bits.positions(bits.gamma(), this.span);
          const positions = this.convert ? this.convert(kept) : kept;
          lists.set(key, positions);
          size += positions.byteLength + LIST_BYTES;
        }
      } catch (error) {
        this.files.damaged(name);
        return null;
      }
      this.sizes.set(name, size);
      this.kept += size;
      this.forget(name);
      return lists;
    }

    /** Let go of what was not used for long. @param {string} name what was just loaded and stays */
    forget(name) {
      for (const old of Array.from(this.shards.keys())) {
        if (this.kept <= KEPT_BYTES) return;
        if (old !== name && this.sizes.has(old)) {
          this.kept -= this.sizes.get(old) || 0;
          this.sizes.delete(old);
          this.shards.delete(old);
        }
      }
    }
  }

  /** Read the keys of a file: the gaps between them, from the lowest one that it may hold. @param {Bits} bits @param {number} low */
  function keysIn(bits, low) {
    const keys = [];
    const count = bits.gamma();
    const divisor = bits.gamma();
    for (let key = low; keys.length < count; key += 1) {
      key += bits.golomb(divisor);
      keys.push(key);
    }
    return keys;
  }

  /** @param {string} marks two characters for each file @param {number} at @returns {string} */
  const markOf = (marks, at) => marks.slice(2 * at, 2 * at + 2);

  /** Find the last of increasing numbers that is not above another. @param {Uint32Array} numbers @param {number} most @returns {number} -1 if all are above */
  function lastUpTo(numbers, most) {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= most) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Merge lists into one increasing list. @param {Uint32Array[]} lists @returns {Uint32Array} */
  function union(lists) {
    if (lists.length === 1) return lists[0];
    const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of lists) {
      all.set(list, at);
      at += list.length;
    }
    all.sort();
    let kept = 0;
    for (let index = 0; index < all.length; index += 1) {
      if (!index || all[index] !== all[index - 1]) all[kept++] = all[index];
    }
    return all.subarray(0, kept);
  }

  /** @type {any} */ (window).LunxunSearch.inner.lists = { Lists, Alphabet, column, wholeList, lastUpTo, markOf };
})();
