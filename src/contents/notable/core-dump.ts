import { defineNotable } from '../notable-reader.ts';

const elf = 0x7f_45_4c_46;
const coreFile = 4;

/** The memory of a program that crashed, with all the secrets that it held. By content: folders of sources are called `core` as well. */
export const coreDump = defineNotable({
  id: 'core-dump',
  globs: ['**/core', '**/*.core', '**/vmcore', 'var/crash/*', 'var/lib/systemd/coredump/*', 'core.*'],
  limit: Number.POSITIVE_INFINITY,
  read({ content }) {
    const head = content.read(0, 18);
    if (head.length < 18 || head.readUInt32BE(0) !== elf) return [];
    const type = head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16);
    return type === coreFile ? [{ kind: 'unneeded', detail: 'core dump' }] : [];
  },
});
