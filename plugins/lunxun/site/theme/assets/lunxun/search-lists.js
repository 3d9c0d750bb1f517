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
  const RAW = 30;
  const KEPT_BYTES = 10 << 20;
  const SHARD_COST = 16;

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
      const value = VALUES[text.charCodeAt(at) & 127] * SIDE + VALUES[text.charCodeAt(at + 1) & 127];
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

    /** @param {number} width at most 30 @returns {number} */
    fixed(width) {
      if (width <= 15) return this.short(width);
      return this.short(width - 15) * 32768 + this.short(15);
    }

    /** @param {number} low @returns {number} */
    rice(low) {
      let ones = 0;
      while (ones < MOST_ONES && this.short(1)) ones += 1;
      return ones === MOST_ONES ? this.fixed(RAW) : ones * 2 ** low + this.fixed(low);
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
      const mean = Math.floor(Math.floor(span / count) * 0.481);
      const low = mean ? 32 - Math.clz32(mean) : 0;
      const found = new Uint32Array(count);
      let last = -1;
      for (let index = 0; index < count; index += 1) {
        last += this.rice(low) + 1;
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
    const low = bits.fixed(5);
    for (let index = 0; index < count; index += 1) found[index] = bits.rice(low);
    return found;
  }

  /** Read a list that says itself how long it is. @param {string} text @returns {Uint32Array} */
  function wholeList(text) {
    const bits = new Bits(text);
    const count = bits.gamma() - 1;
    const span = bits.gamma() - 1;
    return count ? bits.positions(count, span) : new Uint32Array(0);
  }

  /** Cut a text of keys, each two characters long. @param {string} text @returns {string[]} */
  function keysOf(text) {
    const characters = Array.from(text);
    const keys = [];
    for (let at = 0; at + 1 < characters.length; at += 2) keys.push(characters[at] + characters[at + 1]);
    return keys;
  }

  /** Knows in which file each list is, loads files, and gives lists. */
  class Lists {
    /**
     * @param {any} start what the start file says
     * @param {(name: string) => Promise<any>} load gives nothing where a file cannot be had
     * @param {(name: string) => void} damaged is told of a file that makes no sense
     */
    constructor(start, load, damaged) {
      this.load = load;
      this.damaged = damaged;
      this.span = start.slots * start.slot;
      this.firsts = keysOf(start.shards);
      this.heavy = keysOf(start.heavy);
      this.heavyNumber = new Map(this.heavy.map((key, index) => /** @type {[string, number]} */ ([key, index])));
      this.heavySizes = column(start.heavySizes, this.heavy.length);
      /** @type {Map<string, Promise<Map<string, Uint32Array> | null>>} least recently used first */
      this.shards = new Map();
      /** @type {Map<string, number>} */
      this.sizes = new Map();
      this.kept = 0;
    }

    /** Name the file that holds a list, if it exists. @param {string} key @returns {string} */
    nameOf(key) {
      const heavy = this.heavyNumber.get(key);
      return heavy === undefined ? `p/${this.shardOf(key)}` : `h/${heavy}`;
    }

    /** @param {string} key @returns {number} the last shard that begins at or before the key */
    shardOf(key) {
      let low = 0;
      let high = this.firsts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.firsts[middle] <= key) low = middle + 1;
        else high = middle;
      }
      return Math.max(low - 1, 0);
    }

    /** Estimate what it costs to have a list: kilobytes to load. @param {string} key @returns {number} */
    cost(key) {
      const name = this.nameOf(key);
      if (this.shards.has(name)) return 0.1;
      const heavy = this.heavyNumber.get(key);
      return heavy === undefined ? SHARD_COST : this.heavySizes[heavy] + 1;
    }

    /**
     * Give the positions of a key; empty where it does not occur, null where its file cannot be read.
     * @param {string} key @returns {Promise<Uint32Array | null>}
     */
    async positions(key) {
      if (!this.firsts.length && !this.heavy.length) return new Uint32Array(0);
      const lists = await this.shard(this.nameOf(key));
      return lists && (lists.get(key) || new Uint32Array(0));
    }

    /**
     * Give the positions of all keys in a range, if it takes no more files than may be loaded and all can be read.
     * @param {string} low first key @param {string} high behind the last key @param {number} most files
     * @returns {Promise<Uint32Array | null>}
     */
    async between(low, high, most) {
      const names = this.heavy.filter((key) => key >= low && key < high).map((key) => this.nameOf(key));
      if (this.firsts.length) {
        for (let shard = this.shardOf(low); shard <= this.shardOf(high); shard += 1) names.push(`p/${shard}`);
      }
      if (names.length > most) return null;
      const found = [];
      for (const lists of await Promise.all(names.map((name) => this.shard(name)))) {
        if (!lists) return null;
        for (const [key, positions] of lists) if (key >= low && key < high) found.push(positions);
      }
      return union(found);
    }

    /** @param {string} name @returns {Promise<Map<string, Uint32Array> | null>} */
    shard(name) {
      const known = this.shards.get(name);
      if (known) {
        this.shards.delete(name);
        this.shards.set(name, known);
        return known;
      }
      const loading = this.load(name).then((data) => {
        const lists = data && this.read(data, name);
        if (!lists) this.shards.delete(name);
        return lists;
      });
      this.shards.set(name, loading);
      return loading;
    }

    /** Read all lists of a file; null if it is damaged. @param {any} data @param {string} name */
    read(data, name) {
      /** @type {Map<string, Uint32Array>} */
      const lists = new Map();
      let size = 0;
      try {
        const bits = new Bits(data[1]);
        for (const group of data[0].split(",")) {
          const characters = Array.from(group);
          for (const second of characters.slice(1)) {
            const positions = bits.positions(bits.gamma(), this.span);
            lists.set(characters[0] + second, positions);
            size += positions.byteLength + 120;
          }
        }
      } catch (error) {
        this.damaged(name);
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

  /** @type {any} */ (window).LunxunSearch.inner.lists = { Lists, column, wholeList, union };
})();
