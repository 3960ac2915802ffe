import type { FileEntry } from '../../model/file-tree.ts';
import { miners } from '../../model/miners.ts';
import { defineNotable } from '../notable-reader.ts';
import { isFile } from './mode.ts';
import { programNameOf } from './program-name.ts';
import { toolSorts } from './tool-table.ts';

/**
 * Programs that a service does not need and an intruder is glad of: `compiler gcc` of `x86_64-linux-gnu-gcc-12`. What only mines
 * is told wherever it stands.
 */
export const tool = defineNotable({
  id: 'tool',
  entry(entry) {
    const name = programNameOf(entry);
    if (name === undefined) return minerIn(entry);
    const plain = toolSorts.has(name) ? name : plainName(name);
    const sort = toolSorts.get(plain) ?? (miners.has(plain.toLowerCase()) ? 'miner' : undefined);
    return sort === undefined ? undefined : { kind: 'tool', detail: `${sort} ${plain}` };
  },
});

/** Without the machine that it compiles for, and without its version. */
function plainName(name: string): string {
  return name
    .replace(
      /^(?:x86_64|i[3-6]86|aarch64|arm\w{0,8}|ppc64(?:le)?|powerpc64(?:le)?|riscv64|s390x|loongarch64)-[\w-]{1,40}-(?=[a-z])/,
      '',
    )
    .replace(/-?\d{1,3}(?:\.\d{1,3}){0,2}$/, '');
}

function minerIn(entry: FileEntry) {
  if (!isFile(entry) || (entry.mode & 0o111) === 0) return undefined;
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  return name.length < 16 && miners.has(name.toLowerCase())
    ? ({ kind: 'tool', detail: `miner ${name.toLowerCase()}` } as const)
    : undefined;
}
