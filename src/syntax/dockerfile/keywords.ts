import { distance } from 'fastest-levenshtein';

/** Every instruction, with the flags that BuildKit knows for it. */
export const knownFlags = {
  add: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude', 'unpack'],
  arg: undefined,
  cmd: [],
  copy: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  entrypoint: [],
  env: [],
  expose: [],
  from: ['platform'],
  healthcheck: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  label: [],
  maintainer: [],
  onbuild: [],
  run: ['mount', 'network', 'security', 'device'],
  shell: [],
  stopsignal: undefined,
  user: [],
  volume: [],
  workdir: [],
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;

export type Keyword = keyof typeof knownFlags;

/** Those that may stand several times in one instruction. */
export const repeatedFlags: ReadonlySet<string> = new Set(['mount', 'exclude', 'device']);

/** Those that may stand without a value. */
export const switchFlags: ReadonlySet<string> = new Set(['link', 'parents', 'keep-git-dir', 'unpack']);

export function isKeyword(word: string): word is Keyword {
  return Object.hasOwn(knownFlags, word);
}

/** The instruction that an unknown word was most likely meant to be. */
export function nearestKeyword(word: string): Keyword | undefined {
  const ranked = (Object.keys(knownFlags) as Keyword[])
    .map((keyword) => ({ keyword, edits: distance(word, keyword) }))
    .toSorted((left, right) => left.edits - right.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(1, Math.floor(best.keyword.length / 3)) ? best.keyword : undefined;
}
