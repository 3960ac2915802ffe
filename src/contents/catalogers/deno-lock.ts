import { isObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList, shortened } from '../languages/package-list.ts';
import { splitScope } from '../languages/split-name.ts';

/** Packages of npm and of JSR that Deno is to fetch. */
export const denoLock = defineCataloger({
  id: 'deno-lock',
  version: 1,
  reads: {
    en: '`deno.lock` of versions 1 to 5: packages of npm and JSR; modules that are fetched from an address are only counted',
    zh: '版本 1 至 5 的 `deno.lock`：npm 与 JSR 软件包；按网址获取的模块只计数',
  },
  globs: ['**/deno.lock'],
  limit: 32 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const lock = readJson(file);
    if (!isObject(lock)) throw noLock();
    const { version, npm, jsr, remote } = partsOf(lock);
    const fromNpm = new PackageList({ type: 'npm', state: 'declared' });
    const fromJsr = new PackageList({ type: 'jsr', state: 'declared' });
    if (!knownVersions.has(version)) fromNpm.gap(newerReason(version));
    for (const key of keysOf(npm, 'npm', fromNpm)) fromNpm.add(identityIn(key));
    for (const key of keysOf(jsr, 'jsr', fromJsr)) fromJsr.add(identityIn(key));
    const addresses = keysOf(remote, 'remote', fromNpm);
    if (addresses.length > 0) fromNpm.gap(addressesReason(addresses), packagesNeeded);
    return together(fromNpm.reading(), fromJsr.reading());
  },
});

const knownVersions: ReadonlySet<string> = new Set(['1', '2', '3', '4', '5']);

interface Parts {
  readonly version: string;
  readonly npm?: JsonValue | undefined;
  readonly jsr?: JsonValue | undefined;
  readonly remote?: JsonValue | undefined;
}

function partsOf(lock: JsonObject): Parts {
  const { version, npm, jsr, remote, packages = {} } = lock;
  if (version === undefined) {
    // The first version was nothing but addresses with their digests.
    if (!Object.keys(lock).every((key) => /^(?:https?|file|data|blob):/.test(key))) throw noLock();
    return { version: '1', remote: lock };
  }
  if (typeof version !== 'string' && typeof version !== 'number') throw noLock();
  const parts = { version: String(version), remote };
  if (parts.version === '2') return { ...parts, npm: isObject(npm) ? npm['packages'] : npm };
  if (parts.version !== '3') return { ...parts, npm, jsr };
  return isObject(packages) ? { ...parts, npm: packages['npm'], jsr: packages['jsr'] } : { ...parts, npm: packages };
}

function keysOf(part: JsonValue | undefined, name: string, list: PackageList): readonly string[] {
  if (isObject(part)) return Object.keys(part);
  if (part !== undefined)
    list.gap({ en: `its part \`${name}\` is no object`, zh: `其中的 \`${name}\` 不是 JSON 对象` });
  return [];
}

/** `@scope/name@1.0.0_peer@2.0.0__peer+of+peer@3.0.0`: no version has an underscore in it. */
function identityIn(key: string) {
  const mark = key.indexOf('@', 1);
  if (mark < 0) return { ...splitScope(key), version: undefined };
  return { ...splitScope(key.slice(0, mark)), version: key.slice(mark + 1).split('_', 1)[0] };
}

function together(...readings: readonly CatalogerReading[]): CatalogerReading {
  const packages = readings.flatMap((reading) => reading.packages ?? []);
  const gaps = readings.flatMap((reading) => reading.gaps ?? []);
  return { ...(packages.length > 0 ? { packages } : {}), ...(gaps.length > 0 ? { gaps } : {}) };
}

function noLock(): CatalogerError {
  return new CatalogerError({
    en: 'it has none of the parts of a lock file of Deno',
    zh: '缺少 Deno 锁文件应有的内容',
  });
}

function newerReason(version: string): Text {
  const written = shortened(version);
  return {
    en: `its version is ${written}, and only those up to 5 are known; what it has in other places than they was not read`,
    zh: `其版本为 ${written}，而目前只支持到版本 5；位置不同的内容没有读取`,
  };
}

const packagesNeeded: Text = {
  en: 'packages of npm or JSR in place of addresses',
  zh: '改用 npm 或 JSR 软件包，而不是网址',
};

/** Hosts, and nothing else of an address: it may hold a password or a token. */
function addressesReason(addresses: readonly string[]): Text {
  const hosts = [...new Set(addresses.map((address) => URL.parse(address)?.host ?? ''))].filter((host) => host !== '');
  const shown = hosts.slice(0, 3).map(shortened);
  const count = addresses.length;
  const from = {
    en: shown.length === 0 ? '' : ` from ${shown.join(', ')}${hosts.length > shown.length ? ' and others' : ''}`,
    zh: shown.length === 0 ? '' : `来自 ${shown.join('、')}${hosts.length > shown.length ? ' 等' : ''}，`,
  };
  return {
    en: `${count} ${count === 1 ? 'module is' : 'modules are'} fetched by address${from.en}: which packages these are is not known`,
    zh: `有 ${count} 个模块按网址获取，${from.zh}无法得知它们属于哪些软件包`,
  };
}
