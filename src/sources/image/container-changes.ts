import { basename, dirname } from 'node:path/posix';
import { PlimsollError } from '../../model/error.ts';
import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { LayerSource, LayerVisitor } from '../../model/file-tree.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { EngineClient } from '../engine/client.ts';
import { gapFrom } from '../engine/gap.ts';
import type { StreamedAnswer } from '../engine/exchange.ts';
import { brokenPromise, promisedList } from '../engine/promised.ts';
import { numberAt, stringAt } from '../engine/reading.ts';
import { type ChangeTree, plantChanges } from './container-change-tree.ts';
import { inPath } from './engine-question.ts';
import { showStream } from './tar-stream.ts';

export interface ChangesOptions {
  /** Where something is mounted, with a leading slash: that is not the container's own. */
  readonly mounts: readonly string[];
  readonly spool: string;
}

/** Archives that the engine is asked for; each takes it some milliseconds. */
const mostArchives = 1000;
/** Bytes of all of them together. */
const mostBytes = 2 * 1024 ** 3;

/**
 * What a container changed, as its engine tells it: which paths, and then an archive of each file that was written and of each folder
 * that is new. For users who may not read the engine's own folders.
 */
export async function changesSource(
  client: EngineClient,
  inspected: JsonObject,
  { mounts, spool }: ChangesOptions,
): Promise<{ readonly source?: LayerSource; readonly unread?: UnreadableFact }> {
  const container = `/containers/${inPath(stringAt(inspected, 'Id') ?? '')}`;
  const path = `${container}/changes`;
  try {
    const answer = await client.stream(path);
    // A container that is gone is not one that changed nothing.
    if (answer === null) return { unread: unreadable('engine-api', `GET ${path}`, isGone, scanAgain) };
    const tree = plantChanges((await listed(answer, path)).map(changeOf), mounts);
    return { source: { read: (visitor) => new ChangesReading(client, container, visitor, spool).readAll(tree) } };
  } catch (error) {
    if (error instanceof PlimsollError) return { unread: gapFrom(error, `GET ${path}`) };
    throw error;
  }
}

/** Bytes of the list of all paths. */
const longestList = 256 * 1024 ** 2;

/** Of a container that changed nothing, engines say `null`. */
async function listed({ chunks }: StreamedAnswer, path: string): Promise<readonly JsonValue[]> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > longestList) throw brokenPromise(path, 'a list of less than 256 MiB', '小于 256 MiB 的列表');
    parts.push(chunk);
  }
  const answer = parsed(Buffer.concat(parts).toString('utf8'));
  return answer === null ? [] : promisedList(answer ?? '', path);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function changeOf(change: JsonValue): { readonly path: string; readonly kind: number } {
  return { path: stringAt(change, 'Path') ?? '', kind: numberAt(change, 'Kind') ?? 0 };
}

class ChangesReading {
  readonly #client: EngineClient;
  readonly #container: string;
  readonly #visitor: LayerVisitor;
  readonly #spool: string;
  #archives = 0;
  #bytes = 0;

  constructor(client: EngineClient, container: string, visitor: LayerVisitor, spool: string) {
    this.#client = client;
    this.#container = container;
    this.#visitor = visitor;
    this.#spool = spool;
  }

  async readAll({ removed, wanted, left }: ChangeTree): Promise<void> {
    for (const path of removed) this.#visitor.removed(path.slice(1));
    let unread = left;
    for (const { path, whole } of wanted) {
      if (this.#archives >= mostArchives || this.#bytes >= mostBytes) unread += 1;
      else await this.#read(path, whole);
    }
    if (unread > 0) this.#visitor.gap(tooMuch(unread));
  }

  async #read(path: string, whole: boolean): Promise<void> {
    this.#archives += 1;
    const question = `${this.#container}/archive?path=${encodeURIComponent(path.toWellFormed())}`;
    try {
      const answer = await this.#client.stream(question);
      if (answer === null) {
        this.#visitor.gap(unreadable('engine-api', path, isGone, scanAgain));
        return;
      }
      // A folder of the image comes with all that is in it, though only its own status has changed.
      const isStatusOnly = !whole && isFolder(answer.header('x-docker-container-path-stat'));
      const chunks = isStatusOnly ? firstBytes(answer.chunks) : this.#counted(answer.chunks);
      await showStream(chunks, this.#below(path, isStatusOnly), { spool: this.#spool, isVerified: isStatusOnly });
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      this.#visitor.gap(gapFrom(error, path));
    }
  }

  async *#counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length;
      yield chunk;
      // What follows is missing, which the reader of the archive says.
      if (this.#bytes > mostBytes) return;
    }
  }

  /** The visitor, told paths of the container: the archive begins with the name that was asked for. */
  #below(asked: string, isStatusOnly: boolean): LayerVisitor {
    const folder = dirname(asked).slice(1);
    const name = basename(asked);
    const visitor = this.#visitor;
    const within = (path: string) => (folder === '' ? path : `${folder}/${path}`);
    const marked = (path: string) => visitor.gap(unreadable('engine-api', `/${within(path)}`, isMarked, otherName));
    const isAsked = (path: string) => path === name || (!isStatusOnly && path.startsWith(`${name}/`));
    return {
      entry: (entry) => {
        if (!isAsked(entry.path)) return 'skip';
        const target = entry.kind === 'hard-link' ? { target: within(entry.target ?? '') } : {};
        return visitor.entry({ ...entry, path: within(entry.path), ...target });
      },
      head: (entry, head) => visitor.head({ ...entry, path: within(entry.path) }, head),
      content: (entry, content) => visitor.content({ ...entry, path: within(entry.path) }, content),
      // In a container such names are files as any other.
      removed: (path) => marked(`${path.slice(0, path.lastIndexOf('/') + 1)}.wh.${basename(path)}`),
      opaque: (path) => marked(`${path}/.wh..wh..opq`),
      gap: (gap) => {
        if (!isStatusOnly) visitor.gap({ ...gap, path: `/${within(gap.path.slice(1))}` });
      },
    };
  }
}

/** Go's bit for folders, in what the engine tells of a path: JSON in base64. */
function isFolder(status: string | undefined): boolean {
  try {
    const stat = JSON.parse(Buffer.from(status ?? '', 'base64').toString('utf8')) as JsonValue;
    return Math.floor((numberAt(stat, 'mode') ?? 0) / 2 ** 31) % 2 === 1;
  } catch {
    return false;
  }
}

/** Enough for the headers of one folder. */
async function* firstBytes(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let length = 0;
  for await (const chunk of chunks) {
    yield chunk;
    length += chunk.length;
    if (length >= 16_384) return;
  }
}

function tooMuch(count: number): UnreadableFact {
  return unreadable(
    'engine-api',
    'GET /containers/ID/changes',
    {
      en: `${count} of the paths that the container changed were not looked at: there are too many, or they hold too much`,
      zh: `容器改动的路径中有 ${count} 个未查看：数量过多或内容过大`,
    },
    {
      en: "root on the engine's own machine, where its folders are read in place",
      zh: '在引擎所在机器上以 root 运行，就地读取其文件夹',
    },
  );
}

const isGone = { en: 'it is not there any more', zh: '已不存在' };
const scanAgain = { en: 'scan again while nothing writes there', zh: '在没有写入时重新扫描' };
const isMarked = {
  en: 'its name is that of a mark of removal: it was not looked at',
  zh: '其名称与删除标记相同，未查看',
};
const otherName = { en: 'another name', zh: '改用其他名称' };
