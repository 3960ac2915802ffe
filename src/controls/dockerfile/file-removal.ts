import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand } from '../../model/shell.ts';

/** Whether a command deletes what is in one of these folders, for all that can be seen. */
export function empties({ program, words }: ShellCommand, folders: readonly string[]): boolean {
  const operands = words.slice(1).map(({ text }) => text);
  const isRemoval =
    program === 'rm' ||
    program === 'unlink' ||
    (program === 'find' && operands.some((text) => text === '-delete' || text === 'rm'));
  if (!isRemoval) return isCleaner(program, operands);
  return operands
    .filter((text) => !text.startsWith('-'))
    .flatMap(withBraces)
    .map(normalised)
    .some((path) => folders.some((folder) => isWithin(folder, path) || path.includes(folder)));
}

/** `clean-layer.sh`, `bash /tmp/cleanup.sh`: what it deletes is in a file that is not at hand. */
function isCleaner(program: string, [first = '']: readonly string[]): boolean {
  if (/^(?:sh|bash|ash|dash|\.|source)$/.test(program)) return /clean[^/]*$/i.test(first);
  return /clean/i.test(program);
}

/** `/var/lib/{apt,dpkg}/` is `/var/lib/apt/` and `/var/lib/dpkg/`. */
function withBraces(path: string): string[] {
  const open = path.indexOf('{');
  const close = path.indexOf('}', open);
  if (open < 0 || close < 0 || path[open - 1] === '$') return [path];
  const choices = path.slice(open + 1, close).split(',');
  return choices.map((choice) => path.slice(0, open) + choice + path.slice(close + 1));
}

function normalised(path: string): string {
  return path
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, '/root')
    .replace(/(?:\/\.?\*+)+$/, '')
    .replace(/\/$/, '');
}

function isWithin(path: string, folder: string): boolean {
  return folder !== '' && (path === folder || path.startsWith(`${folder}/`));
}

/** Folders that are not part of the layer a RUN writes: cache and tmpfs mounts. */
export function mountedFolders({ mounts }: RunInstruction): readonly string[] {
  return mounts
    .filter(({ type }) => type === 'cache' || type === 'tmpfs')
    .map(({ target, dst, destination }) => normalised(target ?? dst ?? destination ?? ''))
    .filter((folder) => folder !== '');
}

/** Whether one of these folders lies in a mount of the RUN. */
export function isMounted(run: RunInstruction, folders: readonly string[]): boolean {
  return mountedFolders(run).some((mounted) => folders.some((folder) => isWithin(folder, mounted)));
}
