import { container, engine as engineWith, machine } from '../../../test/subjects.ts';
import { containerCapsDropped } from '../../controls/container/container-caps-dropped.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { changeSpec } from '../../model/remedy.ts';
import { Secret } from '../../model/secret.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { verbatim } from '../../model/text.ts';
import type { Failure, PlanContext } from '../planning.ts';

export const web = container({ environment: [{ name: 'DATABASE_PASSWORD', value: new Secret('hunter2') }] });
export const id = web.id ?? '';
export const token = id.slice(0, 12);
export const image = web.image.id ?? '';

export function inspected(change: JsonObject = {}, host: JsonObject = {}, config: JsonObject = {}): JsonObject {
  return {
    Id: id,
    Name: '/web',
    Image: image,
    State: { Status: 'running', Running: true },
    Config: { Image: 'web:1', Env: ['DATABASE_PASSWORD=hunter2'], ...config },
    HostConfig: { NetworkMode: 'default', RestartPolicy: { Name: 'always', MaximumRetryCount: 0 }, ...host },
    NetworkSettings: { Networks: { bridge: { IPAddress: '192.0.2.3' } } },
    ...change,
  };
}

export interface Situation {
  readonly answer?: JsonValue;
  readonly others?: readonly ContainerSpec[];
  readonly podman?: boolean;
  readonly answers?: Readonly<Record<string, JsonValue>>;
}

export function contextOf({
  answer = inspected(),
  others = [],
  podman = false,
  answers = {},
}: Situation = {}): PlanContext {
  const all: Readonly<Record<string, JsonValue>> = {
    [`/containers/${id}/json`]: answer,
    [`/images/${image}/json`]: { Id: image, Config: {} },
    '/images/web:1/json': { Id: image, Config: {} },
    ...answers,
  };
  return {
    machine: machine({
      containers: [web, ...others],
      engine: engineWith({}, podman ? { kind: 'podman' } : {}),
    }),
    file: () => null,
    realPath: (path) => path,
    engine: (path) => Promise.resolve(all[path] ?? null),
    allowRemoval: false,
    now: new Date(0),
  };
}

export function failure(change: SpecChange, subject: ContainerSpec = web): Failure {
  return {
    control: containerCapsDropped,
    subject: { kind: 'container', id: `container/${subject.name}`, value: subject },
    remedy: changeSpec(change, verbatim('change it')),
  };
}

export const rootless: SpecChange = { user: '65532:65532' };

export const joined = (change: SpecChange) => [{ ...container(change), name: 'side', id: 'e'.repeat(64) }];
