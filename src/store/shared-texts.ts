import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** Texts that many images share, each kept once under a number. */
export interface SharedTexts {
  /** The number of a text, which is kept from now on. Within a transaction that may write. */
  readonly numberOf: (text: string) => number;
  /** `undefined` where there is none of this number. */
  readonly textOf: (number: number) => string | undefined;
}

export function sharedTexts(database: DatabaseSync, table: 'package' | 'state'): SharedTexts {
  const find = database.prepare(`SELECT number FROM ${table} WHERE key = ?`);
  const add = database.prepare(`INSERT INTO ${table} (key, content) VALUES (?, ?)`);
  const read = database.prepare(`SELECT content FROM ${table} WHERE number = ?`);
  return {
    numberOf(text) {
      const key = keyOf(text);
      const row = find.get(key) as { number: number } | undefined;
      return row?.number ?? Number(add.run(key, text).lastInsertRowid);
    },
    textOf: (number) => (read.get(number) as { content: string } | undefined)?.content,
  };
}

/** The better part of a SHA-256: texts come from images, whose makers must not be able to make two alike. */
function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 24);
}
