import { dirname, isAbsolute } from 'node:path';
import type { JsonObject } from '../../model/json.ts';
import type { FileContent, FileStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { editedSettings } from '../daemon-file.ts';
import { textOf } from '../file-diff.ts';
import type { PlanContext } from '../planning.ts';
import { missingFolders } from './missing-folders.ts';

/** The engine's configuration file as it is now. */
export interface Place {
  readonly path: string;
  readonly content: FileContent | null;
  readonly values: JsonObject;
  /** Missing ones above it, outermost first. */
  readonly folders: readonly string[];
}

/** Where the settings go, or why nothing may be written there. */
export function placeOf(context: PlanContext): Place | { readonly refused: Text } {
  const { configuration } = context.machine.engine;
  if (!configuration.known) return { refused: configuration.reason };
  const path = configuration.value?.file ?? configuration.path;
  // The daemon reads it from the folder that it was started in.
  if (!isAbsolute(path)) return { refused: notAbsolute(path) };
  const content = context.file(path);
  if (content === undefined) return { refused: notAFile(path) };
  const folders = missingFolders(path, context);
  const above = dirname(folders[0] ?? path);
  if (context.realPath(above) !== above) return { refused: behindLink(path, above) };
  return { path, content, values: configuration.value?.values ?? {}, folders };
}

/** The file with the settings in it; `undefined` where it says all of it already. */
export function stepOf(
  { path, content, folders }: Place,
  from: FileContent | null,
  settings: JsonObject,
): FileStep | undefined {
  const text = editedSettings(from, settings);
  if (from !== null && text === textOf(from)) return undefined;
  const access = (content ?? from)?.access ?? { mode: 0o644, uid: 0, gid: 0 };
  return {
    kind: 'file',
    path,
    before: from,
    after: { bytes: Buffer.from(text).toString('base64'), access },
    ...(from === null && folders.length > 0 ? { folders } : {}),
  };
}

function notAbsolute(path: string): Text {
  return {
    en: `--config-file names ${path}, which is no full path: which file it is depends on where dockerd was started`,
    zh: `--config-file 写的是 ${path}，并非完整路径：实际文件取决于 dockerd 的启动目录`,
  };
}

function notAFile(path: string): Text {
  return {
    en: `${path} is a link or no regular file: whoever manages it must change it`,
    zh: `${path} 是链接或并非普通文件：须由其管理者修改`,
  };
}

function behindLink(path: string, folder: string): Text {
  return {
    en: `a link is on the way to ${path} (${folder}): whoever manages the place that it leads to must change it`,
    zh: `通往 ${path} 的路径（${folder}）中有符号链接：须由其指向位置的管理者修改`,
  };
}
