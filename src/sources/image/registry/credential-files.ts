import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type UnreadableFact, unreadable } from '../../../model/fact.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../model/json.ts';
import type { Text } from '../../../model/text.ts';
import type { Surroundings } from '../../engine/surroundings.ts';

/** A file in which clients keep credentials of registries, or the variable that stands for one. */
export interface CredentialFile {
  readonly path: string;
  readonly content: JsonObject;
}

export interface CredentialFiles {
  /** In the order in which they are to be asked. */
  readonly files: readonly CredentialFile[];
  readonly gaps: readonly UnreadableFact[];
}

/** Bytes; nobody logs in to that many registries. */
const largest = 1024 ** 2;

/**
 * `DOCKER_AUTH_CONFIG`, whose text is a file's, and `REGISTRY_AUTH_FILE` come first, because somebody set them for this run; then
 * Docker's own file; then those of Podman, Buildah and Skopeo. One that is not there is passed over, unless it was named.
 */
export function readCredentialFiles({ environment, home }: Surroundings): CredentialFiles {
  const files: CredentialFile[] = [];
  const gaps: UnreadableFact[] = [];
  const given = environment.DOCKER_AUTH_CONFIG;
  if (given) {
    const content = parsed(given);
    if (content) files.push({ path: 'DOCKER_AUTH_CONFIG', content });
    else gaps.push(unreadable('environment', 'DOCKER_AUTH_CONFIG', notJson, mendFile('DOCKER_AUTH_CONFIG')));
  }
  const named = environment.REGISTRY_AUTH_FILE;
  for (const path of new Set([...(named ? [named] : []), ...usualPlaces(environment, home)])) {
    const { content, gap } = readCredentialFile(path, path === named);
    if (content) files.push({ path, content });
    if (gap) gaps.push(gap);
  }
  return { files, gaps };
}

function usualPlaces(environment: Surroundings['environment'], home: string): string[] {
  const { DOCKER_CONFIG: docker, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: configuration } = environment;
  return [
    join(docker || join(home, '.docker'), 'config.json'),
    ...(runtime ? [join(runtime, 'containers/auth.json')] : []),
    join(configuration || join(home, '.config'), 'containers/auth.json'),
  ];
}

/** Neither where there is no file. */
interface ReadFile {
  readonly content?: JsonObject;
  readonly gap?: UnreadableFact;
}

function readCredentialFile(path: string, isNamed: boolean): ReadFile {
  let text: string;
  try {
    text = readRegularFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return {};
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const reason = isForbidden
      ? { en: 'this user may not read it', zh: '当前用户无权读取' }
      : { en: `it cannot be read: ${code}`, zh: `无法读取：${code}` };
    return { gap: unreadable('file', path, reason, mendFile(path)) };
  }
  if (text.trim() === '') return {};
  const content = parsed(text);
  return content ? { content } : { gap: unreadable('file', path, notJson, mendFile(path)) };
}

/** Without waiting for a pipe, and no more than a client would write. */
function readRegularFile(path: string): string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size > largest) throw Object.assign(new Error(path), { code: 'EFBIG' });
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** What the parser says would quote the file, and with it passwords. */
function parsed(text: string): JsonObject | undefined {
  try {
    const content = JSON.parse(text) as JsonValue;
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const notJson: Text = { en: 'it is not a JSON object', zh: '不是 JSON 对象' };

function mendFile(path: string): Text {
  return {
    en: `mend ${path}: credentials of registries may be in it`,
    zh: `修复 ${path}：其中可能有镜像仓库的凭据`,
  };
}
