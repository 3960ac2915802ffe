import { PlimsollError } from '../model/error.ts';
import type { TargetKind } from '../model/opened-image.ts';
import type { Text } from '../model/text.ts';

/** What to scan, and what it is. */
export interface Target {
  readonly kind: TargetKind | 'bill';
  /** Without the prefix: a reference, a path, `-` for standard input. */
  readonly value: string;
}

/** What stands in front of a target to say what it is; some have two names. */
const prefixes: Readonly<Record<string, Target['kind']>> = {
  engine: 'engine',
  container: 'container',
  registry: 'registry',
  archive: 'archive',
  'oci-layout': 'oci-layout',
  oci: 'oci-layout',
  folder: 'folder',
  dir: 'folder',
  bill: 'bill',
  sbom: 'bill',
};

/** What of the file system decides what a target is. */
export interface Surroundings {
  /** What stands at a path; a link is followed. */
  readonly kindOf: (path: string) => 'file' | 'folder' | undefined;
  /** How a file begins. */
  readonly headOf: (path: string) => Buffer;
}

/**
 * Says what a target is. A prefix decides; without one a path that is there is a folder, a layout, an archive or a bill of
 * materials, and anything else an image of the engine. A single plain word is always an image, so that a folder that
 * happens to be called as one changes nothing: `./alpine` is the folder.
 */
export function readTarget(text: string, surroundings: Surroundings): Target {
  if (text === '-') return { kind: 'bill', value: text };
  const colon = text.indexOf(':');
  const kind = colon > 0 ? prefixes[text.slice(0, colon)] : undefined;
  const value = text.slice(colon + 1);
  if (kind !== undefined && value !== '' && !isVersion(value)) return checked({ kind, value }, surroundings);
  if (/^[\w-]+$/.test(text)) return { kind: 'engine', value: text };
  const found = surroundings.kindOf(text);
  if (found === 'folder') return { kind: isLayout(text, surroundings) ? 'oci-layout' : 'folder', value: text };
  if (found === 'file') return { kind: isBill(surroundings.headOf(text)) ? 'bill' : 'archive', value: text };
  if (looksLikePath(text)) throw missing(text);
  return { kind: 'engine', value: text };
}

/** `registry:2.8` is an image of that name, which happens to be called as a prefix is. */
function isVersion(value: string): boolean {
  return /^\d[\w.-]*$/.test(value);
}

function checked(target: Target, { kindOf }: Surroundings): Target {
  const { kind, value } = target;
  if (kind === 'bill' && value === '-') return target;
  const isLayoutOrFolder = kind === 'folder' || kind === 'oci-layout';
  if (!isLayoutOrFolder && kind !== 'archive' && kind !== 'bill') return target;
  // `oci:FOLDER:TAG` names one image of several, and so does `archive:FILE:NAME`.
  const path = pathOf(target, kindOf);
  const found = kindOf(path);
  if (found === undefined) throw missing(path);
  if (found === (isLayoutOrFolder ? 'folder' : 'file')) return target;
  throw new PlimsollError('usage', {
    en: `${path} is ${found === 'file' ? 'a file, not a folder' : 'a folder, not a file'}`,
    zh: `${path} 是${found === 'file' ? '文件而非文件夹' : '文件夹而非文件'}`,
  });
}

/** The path of a target that may name an image in it behind a colon. */
export function pathOf({ value }: Target, kindOf: Surroundings['kindOf']): string {
  if (kindOf(value) !== undefined) return value;
  for (let colon = value.indexOf(':'); colon > 0; colon = value.indexOf(':', colon + 1)) {
    if (kindOf(value.slice(0, colon)) !== undefined) return value.slice(0, colon);
  }
  return value;
}

function isLayout(folder: string, { kindOf }: Surroundings): boolean {
  return kindOf(`${folder}/oci-layout`) === 'file' && kindOf(`${folder}/index.json`) === 'file';
}

/** JSON, a list of purls, or SPDX's older form; archives begin otherwise. */
function isBill(head: Buffer): boolean {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return /^(?:\{|\[|<|pkg:|SPDXVersion:|#)/.test(text);
}

function looksLikePath(text: string): boolean {
  return /^\.{0,2}\/|\.(?:tar|tgz|tar\.\w+|json)$/.test(text);
}

function missing(path: string): PlimsollError {
  const advice: Text = {
    en: 'Name an image of the engine, a file or a folder; put registry: in front of an image to fetch it from its registry.',
    zh: '请指定引擎中的镜像、文件或文件夹；若要从镜像仓库获取，请在镜像名前加 registry:。',
  };
  return new PlimsollError(
    'file-unreadable',
    { en: `${path}: there is no such file`, zh: `${path}：没有这个文件` },
    advice,
  );
}
