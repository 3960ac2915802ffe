import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Text } from '../../model/text.ts';
import { follow } from '../http/follow.ts';
import { paceOf } from '../http/pace.ts';
import { type Attempts, type Clock, countAttempts, type Patience } from '../http/patience.ts';
import type { HttpAnswer, Transport } from '../http/transport.ts';
import { type FetchedNote, type ServedFile, writeFetchedNote } from './download-note.ts';
import { feedServer, oddAnswer } from './feed-server.ts';
import { fileSystemFailure } from './file-system-failure.ts';
import { keptFile } from './kept-file.ts';
import { type PartFile, partFile } from './part-file.ts';
import { putInPlace } from './put-in-place.ts';
import { type AnswerMeaning, readAnswer } from './read-answer.ts';

/** A file that a server has, and the place where it is put. */
export interface WantedFile {
  /** Without a name and a password. */
  readonly url: URL;
  /** For the header `Authorization`; other hosts are not shown it. */
  readonly authorization?: string;
  /** Its folder is made. */
  readonly file: string;
  /** Bytes that it may have. */
  readonly largest: number;
  /** SHA-256, hexadecimal, of what is in use of it already. */
  readonly inUse?: string;
  /** Why a file is not what it should be; nothing where it is. */
  readonly verify: (path: string) => Promise<Text | undefined>;
}

export interface DownloadOptions {
  readonly transport: Transport;
  /** Whether the server is this machine, which may send to itself. */
  readonly local: boolean;
  readonly patience: Patience;
  readonly clock: Clock;
  /** Told as bytes arrive: how many are there, and of how many. */
  readonly onProgress?: (bytes: number, size: number | undefined) => void;
}

export interface DownloadedFile {
  /** `unchanged`: the server has what was fetched before; the file of then may be gone if it is what is in use. */
  readonly state: 'fetched' | 'unchanged';
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** Bytes by which a try must come further than all before it to count as a success. */
const worthwhile = 65_536;

/**
 * Fetches a file unless it is there already. What an interruption leaves is gone on with, in this run or a later one, as long as it
 * is certain to be of the same file. Only a whole file that was verified takes its place.
 *
 * @throws RequestFailure where the server fails, PlimsollError where the file cannot be written
 */
export async function downloadFile(wanted: WantedFile, options: DownloadOptions): Promise<DownloadedFile> {
  const attempts = countAttempts(options.patience, options.clock);
  try {
    mkdirSync(dirname(wanted.file), { recursive: true });
    const part = partFile(wanted.file);
    return await withPart(part, wanted, attempts, options).finally(part.close);
  } catch (error) {
    throw fileSystemFailure(error, wanted.file);
  }
}

async function withPart(
  part: PartFile,
  wanted: WantedFile,
  attempts: Attempts,
  options: DownloadOptions,
): Promise<DownloadedFile> {
  const kept = await keptFile(wanted.file, wanted.url.href, wanted.inUse);
  let furthest = part.length();
  for (;;) {
    try {
      return await fetchOnce(part, wanted, kept, options);
    } catch (error) {
      // A file that changes all the time would be begun anew for ever.
      if (part.length() >= furthest + worthwhile) attempts.succeeded();
      furthest = Math.max(furthest, part.length());
      part.close();
      if (fileSystemFailure(error, wanted.file) !== error) part.drop();
      await attempts.afterFailure(error);
    }
  }
}

async function fetchOnce(
  part: PartFile,
  wanted: WantedFile,
  kept: FetchedNote | undefined,
  { transport, local, clock, onProgress }: DownloadOptions,
): Promise<DownloadedFile> {
  const { url } = wanted;
  const begun = usablePart(part, wanted);
  const headers = headersFor(wanted, kept, begun);
  const answer = await follow(transport, { method: 'GET', url, headers }, { local }, feedServer);
  let size: number | undefined;
  try {
    const asked = { url: url.href, largest: wanted.largest, conditional: kept !== undefined };
    const meaning = readAnswer(answer, begun ? { ...asked, part: begun } : asked, clock.now());
    if (meaning.kind === 'unchanged' && kept) {
      answer.discard();
      part.drop();
      writeFetchedNote(wanted.file, { ...kept, asked: new Date(clock.now()).toISOString() });
      return { state: 'unchanged', digest: kept.digest };
    }
    size = prepare(part, meaning, begun);
  } catch (error) {
    answer.discard();
    throw error;
  }
  await receive(part, answer, size ?? wanted.largest, clock, (bytes) => onProgress?.(bytes, size));
  part.close();
  if (size !== undefined && part.length() < size) throw cutOff(url.host, part.length(), size);
  return { state: 'fetched', digest: await finish(part, wanted, begun !== undefined, clock) };
}

interface BegunPart {
  readonly offset: number;
  readonly of: ServedFile;
}

/** What is there may be gone on with where the server can be asked whether it still has that very file. */
function usablePart(part: PartFile, { url, largest }: WantedFile): BegunPart | undefined {
  const of = part.note();
  const length = part.length();
  if (!of || of.url !== url.href || of.validator === undefined || length === 0 || length > (of.size ?? largest)) {
    return undefined;
  }
  // There is no asking for nothing: of a part that is whole the last byte is fetched again.
  return { of, offset: length === of.size ? length - 1 : length };
}

function headersFor({ authorization }: WantedFile, kept: FetchedNote | undefined, begun: BegunPart | undefined) {
  return {
    ...(authorization === undefined ? {} : { Authorization: authorization }),
    ...(kept?.etag === undefined ? {} : { 'If-None-Match': kept.etag }),
    ...(kept?.modified === undefined ? {} : { 'If-Modified-Since': kept.modified }),
    ...(begun ? { Range: `bytes=${begun.offset}-`, 'If-Range': begun.of.validator ?? '' } : {}),
  };
}

/** Makes the part ready for what is to come; how many bytes it will have then, where that is known. */
function prepare(part: PartFile, meaning: AnswerMeaning, begun: BegunPart | undefined): number | undefined {
  if (meaning.kind === 'rest' && begun) {
    part.proceed(begun.offset);
    return meaning.size;
  }
  if (meaning.kind === 'whole') {
    part.begin(meaning.served);
    return meaning.served.size;
  }
  part.drop();
  throw meaning.kind === 'useless' ? meaning.failure : new Error(`${meaning.kind} was not asked for`);
}

async function receive(
  part: PartFile,
  { url, body }: HttpAnswer,
  most: number,
  clock: Clock,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const pace = paceOf(clock, feedServer, url.host);
  for await (const chunk of body) {
    if (part.length() + chunk.length > most) {
      part.drop();
      throw oddAnswer(url.host, { en: `more than ${most} bytes`, zh: `超过 ${most} 字节的内容` });
    }
    part.write(chunk);
    onBytes(part.length());
    const failure = pace.arrived(chunk.length);
    if (failure) throw failure;
    pace.waits();
  }
}

/** Verifies what is whole and puts it in its place; its digest. */
async function finish(part: PartFile, { url, file, verify }: WantedFile, isResumed: boolean, clock: Clock) {
  const { digest, md5 } = part.sums();
  const served = part.note() ?? { url: url.href };
  const refuse = (what: Text) => {
    part.drop();
    // Bytes of an earlier run may have been damaged since, by a power cut.
    return oddAnswer(url.host, what, isResumed ? { again: true } : {});
  };
  if (served.md5 !== undefined && md5 !== undefined && served.md5 !== md5) throw refuse(otherSum);
  const fault = await verify(part.path).catch((error: unknown) => {
    // It would be found whole, and refused in the same way, for ever.
    part.drop();
    throw error;
  });
  if (fault)
    throw refuse({ en: `a file that is not what it should be: ${fault.en}`, zh: `不符合要求的文件：${fault.zh}` });
  putInPlace(part.path, file);
  writeFetchedNote(file, { ...served, digest, asked: new Date(clock.now()).toISOString() });
  part.drop();
  return digest;
}

const otherSum: Text = {
  en: 'a file that does not have the MD5 that it should have',
  zh: '与应有 MD5 不符的文件',
};

function cutOff(host: string, bytes: number, size: number) {
  return oddAnswer(host, { en: `${bytes} bytes of ${size}`, zh: `${size} 字节中的 ${bytes} 字节` }, { again: true });
}
