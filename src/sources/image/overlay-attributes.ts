import { spawn } from 'node:child_process';
import { lstatSync } from 'node:fs';
import type { Text } from '../../model/text.ts';
import { readStatus } from '../host/processes.ts';
import { systemProgram } from '../host/system-program.ts';
import { namedBytes } from './entry-name.ts';
import { TarChunks } from './tar-chunks.ts';
import { cleanPath } from './tar-name.ts';
import { isHeeded, type LayerAttributes } from './tar-split.ts';
import { paddedSize, type TarMember, walkTar } from './tar-walk.ts';

/** What is asked about. */
export interface AskedPaths {
  readonly folders: readonly string[];
  /** Their contents come along, and are passed over. */
  readonly files: readonly string[];
  /** The engine heeds attributes of overlay that users may set. */
  readonly heedsUser: boolean;
}

const options = [
  '--create',
  '--file=-',
  '--format=posix',
  '--no-recursion',
  '--xattrs',
  '--xattrs-include=trusted.overlay.*',
  '--xattrs-include=user.overlay.*',
  '--xattrs-include=security.capability',
];

/** Milliseconds. */
const patience = 30_000;

/**
 * Asks GNU tar, which writes extended attributes into an archive, for those of some folders and files below `root`. Where it is
 * not installed, is another tar, or this process may not see the attributes, `incomplete` says so.
 */
export async function askAttributes(root: string, asked: AskedPaths): Promise<LayerAttributes> {
  const paths = [...asked.folders, ...asked.files];
  if (paths.length === 0) return { ...nothing };
  if (!seesTrusted()) return { ...nothing, incomplete: isHidden };
  const program = systemProgram('tar');
  if (program === undefined) return { ...nothing, incomplete: hasNoTar };
  const told = { opaque: [] as string[], capabilities: new Map<string, string>(), elsewhere: [] as string[] };
  const answered = await runTar(program, root, paths, (member) => {
    const path = cleanPath(member.path);
    if (path === undefined) return;
    if (isHeeded(member.opaque, asked.heedsUser)) told.opaque.push(path);
    if (member.overlay !== undefined) told.elsewhere.push(path);
    if (member.capability !== undefined) told.capabilities.set(path, member.capability);
  });
  return answered === paths.length ? told : { ...told, incomplete: hasNotAnswered };
}

const nothing: LayerAttributes = { opaque: [], capabilities: new Map(), elsewhere: [] };
const isHidden: Text = {
  en: 'extended attributes of the kind trusted are only seen with CAP_SYS_ADMIN',
  zh: '需要 CAP_SYS_ADMIN 才能看到 trusted 类扩展属性',
};
const hasNoTar: Text = {
  en: 'GNU tar, which tells extended attributes, is not installed',
  zh: '未安装可读取扩展属性的 GNU tar',
};
const hasNotAnswered: Text = {
  en: 'tar did not tell the extended attributes of all files',
  zh: 'tar 未给出全部文件的扩展属性',
};

/** How many members there were. A tar that fails says less. */
async function runTar(
  program: string,
  root: string,
  paths: readonly string[],
  tell: (member: TarMember) => void,
): Promise<number> {
  // The environment may hold options of its own for tar.
  const child = spawn(program, [...options, `--directory=${root}`, '--null', '--files-from=-'], {
    env: { LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: patience,
  });
  const ended = new Promise<void>((resolve) => child.on('close', resolve).on('error', () => resolve()));
  // It may have ended before it has read all names.
  child.stdin.on('error', () => {});
  child.stdin.end(Buffer.concat(paths.map((path) => Buffer.concat([Buffer.from('./'), bytesOf(path), Buffer.of(0)]))));
  let count = 0;
  try {
    const chunks = new TarChunks(child.stdout as AsyncIterable<Buffer>);
    const walk = walkTar();
    for (let step = walk.next(); !step.done;) {
      if (typeof step.value === 'number') {
        step = walk.next(await chunks.take(step.value));
        continue;
      }
      count += 1;
      tell(step.value);
      if (!(await chunks.skip(paddedSize(step.value.stored)))) break;
      step = walk.next(Buffer.alloc(0));
    }
    await chunks.drain();
  } catch {
    // What could not be started or was ended tells nothing more.
  }
  child.stdout.destroy();
  await ended;
  return count;
}

function bytesOf(path: string): Buffer {
  const bytes = namedBytes(path);
  return typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
}

/** CAP_SYS_ADMIN is number 21. */
function seesTrusted(): boolean {
  try {
    return ((BigInt(`0x${readStatus(process.pid).get('CapEff') ?? '0'}`) >> 21n) & 1n) === 1n;
  } catch {
    return false;
  }
}

/** Whether one of the folders has a folder of this path: only then there is something to be hidden. */
export function isFolderBelow(roots: readonly string[], path: string): boolean {
  return roots.some((root) => {
    try {
      return lstatSync(namedBytes(`${root}/${path}`)).isDirectory();
    } catch {
      return false;
    }
  });
}
