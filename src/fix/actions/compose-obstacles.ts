import { dirname } from 'node:path';
import type { FileAccess, FileContent } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { decode, isProblem } from '../../sources/files/read-file.ts';
import type { PlanContext } from '../planning.ts';

/** Why a failure is not answered, and what to do instead. */
export interface Obstacle {
  readonly reason: Text;
  readonly advice: Text;
  readonly commands?: readonly string[];
}

/** A Compose file that can be edited. */
export interface OpenFile {
  /** Behind all links. */
  readonly path: string;
  readonly content: FileContent;
  readonly text: string;
  /** The byte-order mark, or nothing. */
  readonly mark: string;
}

/** Mode and owner of what is at a path; undefined where nothing is. */
export type AccessOf = (path: string) => FileAccess | undefined;

/** Opens a file that a label names, as far as it is one that may be replaced. */
export function openComposeFile(name: string, context: PlanContext, accessOf: AccessOf): OpenFile | Obstacle {
  if (isLink(name, context)) return linked(name);
  const path = context.realPath(name);
  const content = path === undefined ? null : contentAt(path, context);
  if (path === undefined || content === null) return gone(name);
  if (content === 'unreadable') return unreadable(name);
  if (content === undefined) return notRegular(name);
  const folder = openFolder(path, content.access, accessOf);
  if (folder !== undefined) return exposed(name, folder);
  const bytes = Buffer.from(content.bytes, 'base64');
  const read = decode(name, bytes);
  if (isProblem(read) || !Buffer.from(read.mark + read.text).equals(bytes)) return notText(name);
  return { path, content, text: read.text, mark: read.mark };
}

/** Something is there, and it is no regular file, but it becomes one where links are followed. */
function isLink(name: string, context: PlanContext): boolean {
  try {
    return context.file(name) === undefined && context.realPath(name) !== name;
  } catch {
    return false;
  }
}

function contentAt(path: string, context: PlanContext): FileContent | null | undefined | 'unreadable' {
  try {
    return context.file(path);
  } catch {
    return 'unreadable';
  }
}

/** The first folder on the way in which somebody else can put another file in its place; innermost first. */
function openFolder(path: string, { uid }: FileAccess, accessOf: AccessOf): string | undefined {
  const folders = foldersOf(path);
  return folders.find((folder, depth) => {
    const mode = accessOf(folder)?.mode ?? 0;
    if ((mode & 0o002) === 0) return false;
    // With the sticky bit only owners rename and remove; but the owner of the file itself is then one of many users.
    return (mode & 0o1000) === 0 || (depth === 0 && uid !== 0);
  });
}

function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

export const otherMachine: Obstacle = {
  reason: {
    en: 'The engine runs on another machine, and the Compose file lies where docker compose was run: its label names a path that means something else here.',
    zh: '引擎运行在另一台机器上，Compose 文件位于当初运行 docker compose 的机器；标签中的路径在本机并不对应该文件。',
  },
  advice: {
    en: 'Run plimsoll check --fix on the Compose file where it is kept, and docker compose up there.',
    zh: '请在存放 Compose 文件的机器上运行 plimsoll check --fix，并在那里执行 docker compose up。',
  },
  commands: ['plimsoll check --fix compose.yaml'],
};

export const noFileNamed: Obstacle = {
  reason: {
    en: "The container's labels do not name the Compose file that it was made from.",
    zh: '容器标签未指明创建它的 Compose 文件。',
  },
  advice: {
    en: 'Find the file, mend it with plimsoll check --fix, and run docker compose up with it.',
    zh: '请找到该文件，用 plimsoll check --fix 修复后，再执行 docker compose up。',
  },
  commands: ['plimsoll check --fix compose.yaml'],
};

function gone(name: string): Obstacle {
  return {
    reason: {
      en: `${name}, which the container was made from, is not there any more.`,
      zh: `创建该容器的 ${name} 已不存在。`,
    },
    advice: {
      en: 'Put the file back where it was, or run docker compose up from its new place, so that the label names it.',
      zh: '请将文件放回原处，或在新位置执行 docker compose up，使标签指向它。',
    },
  };
}

function linked(name: string): Obstacle {
  return {
    reason: {
      en: `${name} is a link; a link is not followed to write behind it.`,
      zh: `${name} 是链接；不会跟随链接写入其目标。`,
    },
    advice: {
      en: 'Run docker compose up with the path of the file itself, or mend that file with plimsoll check --fix.',
      zh: '请使用文件本身的路径执行 docker compose up，或用 plimsoll check --fix 修复该文件。',
    },
  };
}

function notRegular(name: string): Obstacle {
  return {
    reason: { en: `${name} is no regular file.`, zh: `${name} 不是普通文件。` },
    advice: {
      en: 'Run docker compose up with a file, so that the label names it.',
      zh: '请使用普通文件执行 docker compose up，使标签指向它。',
    },
  };
}

function unreadable(name: string): Obstacle {
  return {
    reason: { en: `${name} cannot be read.`, zh: `${name} 无法读取。` },
    advice: {
      en: 'Run plimsoll fix as a user who may read and write it.',
      zh: '请以有权读写该文件的用户运行 plimsoll fix。',
    },
  };
}

function exposed(name: string, folder: string): Obstacle {
  return {
    reason: {
      en: `Everybody may write to ${folder}, so that any user could put another file in the place of ${name} while it is replaced.`,
      zh: `任何用户都可写入 ${folder}，因此在替换 ${name} 的过程中，他人可能以另一个文件取而代之。`,
    },
    advice: {
      en: `Take the right to write to ${folder} away from others, or keep the file in a folder of its owner's.`,
      zh: `请取消其他用户对 ${folder} 的写权限，或将文件移到其属主自己的目录中。`,
    },
  };
}

function notText(name: string): Obstacle {
  return {
    reason: { en: `${name} is not written in UTF-8.`, zh: `${name} 不是 UTF-8 编码。` },
    advice: { en: 'Save it as UTF-8.', zh: '请另存为 UTF-8。' },
  };
}
