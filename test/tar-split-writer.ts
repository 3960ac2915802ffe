import { gzipSync } from 'node:zlib';
import { memberBytes, type WrittenMember } from './tar-writer.ts';

const blockSize = 512;

/** What Docker keeps beside a layer of these members, packed: a line for the headers and one for the name of each. */
export function tarSplitOf(members: readonly WrittenMember[]): Buffer {
  return gzipSync(tarSplitLines(members).join('\n'));
}

export function tarSplitLines(members: readonly WrittenMember[]): string[] {
  const lines: string[] = [];
  let filling = Buffer.alloc(0);
  for (const member of members) {
    const bytes = memberBytes(member);
    const content = Buffer.from(member.content ?? '').length;
    const padded = Math.ceil(content / blockSize) * blockSize;
    const headers = bytes.subarray(0, bytes.length - padded);
    const payload = Buffer.concat([filling, headers]).toString('base64');
    filling = Buffer.alloc(padded - content);
    lines.push(JSON.stringify({ type: 2, payload, position: lines.length }));
    lines.push(JSON.stringify({ type: 1, name: member.path, payload: null, position: lines.length }));
  }
  return lines;
}
