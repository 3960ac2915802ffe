import type { JsonObject, JsonValue } from '../../src/model/json.ts';

/** A container that every container control passes, as the body of `POST /containers/create`. */
export const hardenedContainer: JsonObject = {
  Image: 'web:1',
  Cmd: ['sleep', '86400'],
  User: '10001:10001',
  Labels: { environment: 'test', owner: 'plimsoll' },
  Healthcheck: { Test: ['CMD', '/bin/true'], Interval: 3_600_000_000_000 },
  HostConfig: {
    NetworkMode: 'shop',
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': 'nosuid,nodev,noexec' },
    Memory: 64 * 1024 ** 2,
    MemorySwap: 64 * 1024 ** 2,
    NanoCpus: 250_000_000,
    PidsLimit: 50,
    Ulimits: [{ Name: 'nofile', Soft: 256, Hard: 512 }],
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
  },
};

export interface TestContainer {
  readonly name: string;
  /** What differs from the hardened container. */
  readonly change: JsonObject;
  /** `exited` has run to its end. */
  readonly state: 'running' | 'created' | 'exited';
  /** Exactly the controls that must fail. */
  readonly fails: readonly string[];
  /** Of these, the ones that only the kernel or the engine can tell, not a create request. */
  readonly kernelOnly?: readonly string[];
}

/** The hardened container's body with a change merged in; lists and plain values are replaced. */
export function bodyOf({ change }: Pick<TestContainer, 'change'>): JsonObject {
  return merge(hardenedContainer, change);
}

function merge(target: JsonObject, change: JsonObject): JsonObject {
  const result: Record<string, JsonValue | undefined> = { ...target };
  for (const [key, value] of Object.entries(change)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return result;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
