import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Builds the file tree of a small image: busybox, a shell, and programs whose names the kernel will show. */
export function buildImageTree(folder: string, programs: Readonly<Record<string, string>> = {}): string {
  for (const each of ['bin', 'etc', 'tmp', 'data', 'usr/sbin']) mkdirSync(join(folder, each), { recursive: true });
  copyFileSync('/bin/busybox', join(folder, 'bin/busybox'));
  for (const applet of ['sh', 'sleep', 'nc', 'touch', 'true']) symlinkSync('busybox', join(folder, 'bin', applet));
  writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0:root:/:/bin/sh\nweb:x:10001:10001::/:/bin/sh\n');
  for (const [path, script] of Object.entries(programs)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script);
    chmodSync(file, 0o755);
  }
  return folder;
}
