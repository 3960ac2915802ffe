import type { EngineVersion } from '../../model/engine.ts';
import { PlimsollError } from '../../model/error.ts';
import type { JsonValue } from '../../model/json.ts';
import type { EngineClient } from './client.ts';
import { booleanAt, listAt, stringAt } from './reading.ts';

/** API versions whose answers are known here: Docker 1.12 of 2016, and the newest at the time of writing. */
const oldest = '1.24';
const newest = '1.55';

export interface NegotiatedEngine {
  readonly version: EngineVersion;
  readonly kind: 'docker' | 'podman';
  readonly kernel: string | undefined;
  /** `/v1.41`: what every further path begins with. */
  readonly prefix: string;
}

/** Asks the engine for its versions, and picks the newest API that both sides know. */
export async function negotiate(client: EngineClient): Promise<NegotiatedEngine> {
  const answer = await client.get('/version');
  const apiVersion = stringAt(answer, 'ApiVersion') ?? '';
  const version = stringAt(answer, 'Version');
  if (!/^\d+\.\d+$/.test(apiVersion) || version === undefined) {
    throw new PlimsollError(
      'engine-answer',
      {
        en: 'what answers there is not a container engine: GET /version names no API version',
        zh: '应答方不是容器引擎：GET /version 未给出 API 版本',
      },
      {
        en: 'Check the address in --host, the context or DOCKER_HOST.',
        zh: '请检查 --host、上下文或 DOCKER_HOST 中的地址。',
      },
    );
  }
  const minimumApiVersion = stringAt(answer, 'MinAPIVersion') ?? apiVersion;
  if (compareApiVersions(apiVersion, oldest) < 0) throw versionError(apiVersion, 'old');
  if (compareApiVersions(minimumApiVersion, newest) > 0) throw versionError(minimumApiVersion, 'new');
  const spoken = compareApiVersions(apiVersion, newest) < 0 ? apiVersion : newest;
  const components = componentsOf(answer);
  return {
    kind: Object.keys(components).some((name) => /podman/i.test(name)) ? 'podman' : 'docker',
    kernel: stringAt(answer, 'KernelVersion'),
    prefix: `/v${spoken}`,
    version: {
      version,
      apiVersion,
      minimumApiVersion,
      experimental: booleanAt(answer, 'Experimental') ?? false,
      components,
    },
  };
}

function componentsOf(answer: JsonValue): Record<string, string> {
  const entries = listAt(answer, 'Components').map((each) => [
    stringAt(each, 'Name') ?? '',
    stringAt(each, 'Version') ?? '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Compares `1.9` and `1.41` as versions, not as decimals. */
export function compareApiVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}

function versionError(version: string, age: 'old' | 'new'): PlimsollError {
  return age === 'old'
    ? new PlimsollError(
        'engine-version',
        {
          en: `the engine's API ${version} is older than ${oldest}, the oldest that can be read`,
          zh: `引擎的 API ${version} 早于可读取的最低版本 ${oldest}`,
        },
        {
          en: 'Upgrade the engine: it has had no security fixes for years.',
          zh: '请升级引擎：该版本多年来已无安全修复。',
        },
      )
    : new PlimsollError(
        'engine-version',
        {
          en: `the engine speaks only API ${version} and newer, this Plimsoll up to ${newest}`,
          zh: `引擎仅支持 API ${version} 及以上，当前 Plimsoll 最高支持 ${newest}`,
        },
        { en: 'Upgrade Plimsoll.', zh: '请升级 Plimsoll。' },
      );
}
