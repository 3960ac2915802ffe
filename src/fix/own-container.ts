import { readFileSync } from 'node:fs';

/**
 * Ids of the containers that this process runs in: the engine puts files of its own over these in each of them, and the
 * control group bears its name. Empty on a host, where the mounts of containers are seen, too, but not at these places.
 */
export function ownContainers(read: (path: string) => string = readText): ReadonlySet<string> {
  const mounts = read('/proc/self/mountinfo')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , , , target = '']) => ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(target))
    .map(([, , , root = '']) => root);
  return new Set([...mounts, read('/proc/self/cgroup')].flatMap((text) => text.match(/\b[0-9a-f]{64}\b/g) ?? []));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
