import { expect, test } from 'vitest';
import { bodyOf } from '../../test/engine/containers.ts';
import { plainContainer, testContainers } from '../../test/engine/subjects.ts';
import { judgeSubjects } from '../judge/judge.ts';
import { resolvePolicy } from '../judge/policy.ts';
import { exemplarMachine } from '../model/exemplar.ts';
import type { JsonObject } from '../model/json.ts';
import { applySpecChange, type SpecChange } from '../model/spec-change.ts';
import { containerFromCreateRequest } from '../sources/engine/container.ts';
import { merged } from './actions/merged-changes.ts';
import { fieldsOf } from './actions/same-spec.ts';
import { hardenedBody, hardenedFields } from './harden-body.ts';

const policy = resolvePolicy({ baseline: 'strict' });

function failures(body: JsonObject) {
  const value = containerFromCreateRequest(body, 'web');
  const subject = { kind: 'container', id: 'container/web', value } as const;
  return judgeSubjects([subject], { policy, now: new Date(0), machine: exemplarMachine }).filter(
    ({ status }) => status === 'fail',
  );
}

function hardened(body: JsonObject, changes: readonly SpecChange[]): JsonObject {
  const before = containerFromCreateRequest(body, 'web');
  return hardenedBody(body, applySpecChange(before, {}), merged(before, changes));
}

const cases = [...testContainers.map((each) => ({ name: each.name, body: bodyOf(each) })), plainContainer];

test.each(cases)('$name passes whatever its remedies can change, once they are in the body', ({ body }) => {
  const answered = failures(body).flatMap(({ control, remedy }) =>
    remedy?.kind === 'spec' &&
    fieldsOf(remedy.change).every((field) => hardenedFields.includes(field) || field.startsWith('sysctls.'))
      ? [{ id: control.id, change: remedy.change }]
      : [],
  );
  const changes = answered.map(({ change }) => change);
  const left = failures(hardened(body, changes)).map(({ control }) => control.id);
  expect(left.filter((id) => answered.some((each) => each.id === id))).toEqual([]);
});

test('the cases have remedies of all sorts', () => {
  const fields = new Set(
    cases.flatMap(({ body }) =>
      failures(body).flatMap(({ remedy }) => (remedy?.kind === 'spec' ? fieldsOf(remedy.change) : [])),
    ),
  );
  const expected = ['user', 'groups', 'privileged', 'readOnlyRoot', 'mounts', 'devices', 'capabilities.drop'];
  expect([...fields]).toEqual(expect.arrayContaining(expected));
});

test('what is not changed stays word for word, also what the model does not know', () => {
  const host = {
    Binds: ['/srv/site/:/site/:z', '/var/run/docker.sock:/var/run/docker.sock'],
    SecurityOpt: ['systempaths=unconfined', 'label=type:web_t'],
    DeviceRequests: [
      { Driver: 'nvidia', Count: 1, Options: { a: 'b' } },
      { Driver: 'other', Count: 2 },
    ],
    StorageOpt: { size: '10G' },
  };
  const body = { Image: 'web:1', Env: ['A=1'], HostConfig: host };
  const spec = containerFromCreateRequest(body, 'web');
  const after = hardened(body, [
    { security: { noNewPrivileges: true } },
    { mounts: spec.mounts.filter(({ target }) => target !== '/var/run/docker.sock') },
    { mounts: spec.mounts.map((mount) => (mount.target === '/site/' ? { ...mount, readOnly: true } : mount)) },
    { deviceRequests: ['nvidia'] },
  ]);
  expect(after).toEqual({
    ...body,
    HostConfig: {
      ...host,
      Binds: ['/srv/site/:/site/:ro,z'],
      Mounts: [],
      Tmpfs: {},
      VolumesFrom: [],
      SecurityOpt: ['systempaths=unconfined', 'no-new-privileges=true', 'label=type:web_t'],
      DeviceRequests: [host.DeviceRequests[0]],
    },
  });
  expect(hardened(body, [])).toEqual(body);
});

test('memory alone never goes above memory and swap together, and one way to limit processors replaces the other', () => {
  const body = { Image: 'web:1', HostConfig: { Memory: 1000, MemorySwap: 2000, CpuQuota: 5000, CpuPeriod: 1000 } };
  expect(hardened(body, [{ resources: { memory: 3000, cpus: 2 } }])['HostConfig']).toEqual({
    Memory: 3000,
    MemorySwap: 3000,
    NanoCpus: 2e9,
    CpuQuota: 0,
    CpuPeriod: 0,
  });
});
