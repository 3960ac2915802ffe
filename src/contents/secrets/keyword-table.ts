/**
 * Many words, made ready to be found at once, whatever the case of their ASCII letters. Three steps, each of which sees few of the places that the one
 * before saw: a bit for the first four characters, a bit for the first six, a trie. The bits fit into the processor's nearest cache; an automaton of
 * the same words does not, and is several times slower for it.
 */
export interface KeywordTable {
  /** A small number for each byte that stands in a word, 0 for all others. */
  readonly codes: Uint8Array;
  /** Bits of the first four characters of all words, by their hash. */
  readonly fours: Int32Array;
  /** The same of words that are shorter than six. */
  readonly shortFours: Int32Array;
  /** Bits of the first six characters. */
  readonly sixes: Int32Array;
  /** Next state of the trie, by state and code: `state << codeBits | code`; 0 where there is none. */
  readonly next: Uint16Array;
  /** By state, the number of the word that ends there, counted from 1. */
  readonly ends: Uint16Array;
  /** Characters. */
  readonly longest: number;
}

const codeBits = 6;
const codeCount = 1 << codeBits;
const fourMask = (1 << (4 * codeBits)) - 1;
const hashBits = 18;

/** Odd numbers without a pattern in their bits, so that neighbours land far from each other. */
const fourFactor = 0x9e3779b1;
const sixFactor = 0x85ebca6b;

/**
 * @param words - ASCII in lower case, none twice and none empty
 * @throws Error when they have more different characters, or together more characters, than the tables hold
 */
export function keywordTable(words: readonly string[]): KeywordTable {
  const states = 1 + words.reduce((sum, word) => sum + word.length, 0);
  if (states > 0xffff) throw new Error('too many words for the table');
  const table: KeywordTable = {
    codes: codesOf(words),
    fours: new Int32Array(1 << (hashBits - 5)),
    shortFours: new Int32Array(1 << (hashBits - 5)),
    sixes: new Int32Array(1 << (hashBits - 5)),
    next: new Uint16Array(states * codeCount),
    ends: new Uint16Array(states),
    longest: Math.max(0, ...words.map((word) => word.length)),
  };
  let lastState = 0;
  for (const [index, word] of words.entries()) {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const cell = (state << codeBits) | codeIn(table, word, at);
      if (table.next[cell] === 0) {
        lastState += 1;
        table.next[cell] = lastState;
      }
      state = table.next[cell] ?? 0;
    }
    table.ends[state] = index + 1;
    markBeginnings(table, word, 0, 0);
  }
  return table;
}

function codesOf(words: readonly string[]): Uint8Array {
  const codes = new Uint8Array(256);
  const characters = new Set(words.join(''));
  if (characters.size >= codeCount) throw new Error('too many different characters for the table');
  for (const [index, character] of [...characters].entries()) {
    codes[character.charCodeAt(0)] = index + 1;
    codes[character.toUpperCase().charCodeAt(0)] = index + 1;
  }
  return codes;
}

function codeIn({ codes }: KeywordTable, word: string, at: number): number {
  return codes[word.charCodeAt(at)] ?? 0;
}

/** Marks the word by its first four characters, of which `four` has so many as `at` says; behind a shorter word anything may stand. */
function markBeginnings(table: KeywordTable, word: string, at: number, four: number): void {
  if (at < 4) {
    if (at < word.length) markBeginnings(table, word, at + 1, (four << codeBits) | codeIn(table, word, at));
    else for (let any = 0; any < codeCount; any += 1) markBeginnings(table, word, at + 1, (four << codeBits) | any);
    return;
  }
  const product = Math.imul(four, fourFactor);
  mark(table.fours, product);
  if (word.length < 6) return mark(table.shortFours, product);
  const six = codeIn(table, word, 4) * codeCount + codeIn(table, word, 5) + 1;
  mark(table.sixes, product ^ Math.imul(six, sixFactor));
}

/** The highest bits of a product are its hash. */
function mark(bits: Int32Array, product: number): void {
  const place = product >>> (32 - hashBits);
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
}

/** Places that are looked at together. */
const blockLength = 16 * 1024;
const candidates = new Int32Array(blockLength);

/** Hands `found` the start and the number (from 0) of every word that begins from `from` on and before `to`, in the order of their starts. */
export function findKeywords(
  table: KeywordTable,
  bytes: Uint8Array,
  from: number,
  to: number,
  found: (start: number, word: number) => void,
): void {
  // Near the end there are no six characters to look at.
  const whole = Math.max(from, Math.min(to, bytes.length - 5));
  for (let block = from; block < whole; block += blockLength) {
    const count = collect(table, bytes, block, Math.min(block + blockLength, whole));
    for (let index = 0; index < count; index += 1) walk(table, bytes, candidates[index] ?? 0, found);
  }
  for (let start = whole; start < to; start += 1) walk(table, bytes, start, found);
}

/**
 * Puts into `candidates` where words may begin, and answers how many. Two loops without calls: what is nearly never taken costs nearly nothing,
 * while each walk in between would cost the processor its foresight.
 */
function collect(
  { codes, fours, shortFours, sixes }: KeywordTable,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  let last = 0;
  for (let at = from; at < from + 3; at += 1) last = (last << codeBits) | (codes[bytes[at] as number] as number);
  let count = 0;
  for (let at = from; at < to; at += 1) {
    last = ((last << codeBits) | (codes[bytes[at + 3] as number] as number)) & fourMask;
    const place = Math.imul(last, fourFactor) >>> (32 - hashBits);
    if ((((fours[place >>> 5] as number) >>> (place & 31)) & 1) === 1) {
      candidates[count] = at;
      count += 1;
    }
  }
  let left = 0;
  for (let index = 0; index < count; index += 1) {
    const at = candidates[index] as number;
    const four =
      ((codes[bytes[at] as number] as number) << (3 * codeBits)) |
      ((codes[bytes[at + 1] as number] as number) << (2 * codeBits)) |
      ((codes[bytes[at + 2] as number] as number) << codeBits) |
      (codes[bytes[at + 3] as number] as number);
    const product = Math.imul(four, fourFactor);
    const place = product >>> (32 - hashBits);
    const six = (codes[bytes[at + 4] as number] as number) * codeCount + (codes[bytes[at + 5] as number] as number) + 1;
    const sixPlace = (product ^ Math.imul(six, sixFactor)) >>> (32 - hashBits);
    candidates[left] = at;
    left +=
      (((shortFours[place >>> 5] as number) >>> (place & 31)) |
        ((sixes[sixPlace >>> 5] as number) >>> (sixPlace & 31))) &
      1;
  }
  return left;
}

function walk(
  { codes, next, ends }: KeywordTable,
  bytes: Uint8Array,
  start: number,
  found: (start: number, word: number) => void,
): void {
  let state = 0;
  for (let at = start; at < bytes.length; at += 1) {
    // No word has a byte of code 0, so that its cells are all 0.
    state = next[(state << codeBits) | (codes[bytes[at] as number] as number)] as number;
    if (state === 0) return;
    const word = ends[state] as number;
    if (word !== 0) found(start, word - 1);
  }
}
