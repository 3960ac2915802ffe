// The limit of reading an archive of an image: every header, nothing of what files have in them; or all of it out of gzip,
// which cannot be skipped. For reading, see scan.ts.
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

const [path = ''] = process.argv.slice(2);
if (path.endsWith('.gz')) {
  let bytes = 0;
  const plain = createReadStream(path, { highWaterMark: 2 ** 18 }).pipe(createGunzip({ chunkSize: 2 ** 18 }));
  for await (const chunk of plain) bytes += chunk.length;
  process.stdout.write(`${bytes} bytes\n`);
} else {
  const descriptor = openSync(path, 'r');
  process.stdout.write(`${walk(descriptor, 0, fstatSync(descriptor).size)} members\n`);
  closeSync(descriptor);
}

function walk(descriptor, start, end) {
  const header = Buffer.alloc(512);
  let members = 0;
  for (let offset = start; offset < end;) {
    readSync(descriptor, header, 0, 512, offset);
    if (header[0] === 0) break;
    members += 1;
    const name = header.toString('latin1', 0, header.indexOf(0));
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (name.endsWith('/layer.tar')) members += walk(descriptor, offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  return members;
}
