import { statSync } from 'node:fs';
import { normalize } from 'node:path';
import type { Collected } from '../sources/files/collect.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import type { FileProblem } from '../sources/files/written-file.ts';

/** Folders that were named and hold nothing to check: not a pass, and most often a mistake. */
export function emptyFolders(
  paths: readonly string[],
  { files, problems }: Collected,
  kind: FileKind | undefined,
): FileProblem[] {
  return paths
    .filter((path) => path !== '-' && isFolder(path))
    .filter((path) => files.every(({ folder }) => folder !== path))
    .filter((path) => problems.every(({ file }) => !isIn(path, file)))
    .map((file) => ({ file, kind: 'notice', reason: reasons[kind ?? 'any'], need }));
}

/** Names below a folder begin with it as the walk writes it. */
function isIn(folder: string, name: string): boolean {
  const plain = normalize(`${folder}/`);
  return plain === './' || name.startsWith(plain);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const reasons = {
  any: {
    en: 'there is nothing to check here: no Dockerfile, no Compose file, no Kubernetes objects, no docker run commands',
    zh: '此处没有可检查的内容：没有 Dockerfile、Compose 文件、Kubernetes 对象或 docker run 命令',
  },
  dockerfile: { en: 'there is nothing to check here: no Dockerfile', zh: '此处没有可检查的内容：没有 Dockerfile' },
  compose: { en: 'there is nothing to check here: no Compose file', zh: '此处没有可检查的内容：没有 Compose 文件' },
  kubernetes: {
    en: 'there is nothing to check here: no Kubernetes objects',
    zh: '此处没有可检查的内容：没有 Kubernetes 对象',
  },
  run: {
    en: 'there is nothing to check here: no docker run commands',
    zh: '此处没有可检查的内容：没有 docker run 命令',
  },
} as const;

const need = {
  en: 'name the files themselves, with --kind if need be',
  zh: '请直接指定文件，必要时加上 --kind',
};
