import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FetchedNote, readFetchedNote } from './download-note.ts';

/**
 * What was fetched before from the same address, if it need not be fetched again where the server has nothing new: it is in use
 * already, or lies there as it was fetched.
 *
 * @param inUse SHA-256, hexadecimal
 */
export async function keptFile(file: string, url: string, inUse: string | undefined): Promise<FetchedNote | undefined> {
  const note = readFetchedNote(file);
  if (!note || note.url !== url) return undefined;
  return note.digest === inUse || note.digest === (await digestOf(file)) ? note : undefined;
}

async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
