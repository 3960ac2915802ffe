import { describe, expect, it } from 'vitest';
import { container, engine, info, machine } from '../../../test/subjects.ts';
import { containerMemoryLimit } from '../../controls/container/container-memory-limit.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { PlimsollError } from '../../model/error.ts';
import { known } from '../../model/fact.ts';
import { type JsonObject, type JsonValue, valueAt } from '../../model/json.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import type { Failure, PlanContext, Planned } from '../planning.ts';
import { planServiceUpdate } from './service-update.ts';

const spec: JsonObject = {
  Name: 'shop_web',
  Labels: {},
  TaskTemplate: {
    ContainerSpec: {
      Image: 'registry.example/shop/web:1.4.2',
      Env: ['API_TOKEN=cq93jfpw8snv02'],
      Isolation: 'default',
      CapabilityAdd: ['NET_ADMIN'],
      Mounts: [
        { Type: 'volume', Source: 'data', Target: '/data' },
        { Type: 'bind', Source: '/etc', Target: '/host/etc' },
      ],
    },
    Resources: { Reservations: { NanoCPUs: 100_000_000 } },
    ForceUpdate: 0,
  },
  Mode: { Replicated: { Replicas: 2 } },
};

function live(name = 'shop_web.1.x7', change: SpecChange = {}): ContainerSpec {
  return {
    ...container({
      capabilities: { add: ['CAP_NET_ADMIN'], drop: [] },
      ulimits: [],
      mounts: [
        { kind: 'volume', source: 'data', target: '/data', readOnly: false, options: {}, driver: 'local' },
        { kind: 'bind', source: '/etc', target: '/host/etc', readOnly: false, options: {}, propagation: 'rprivate' },
      ],
      labels: { 'com.docker.swarm.service.id': '6a0w5rp0', 'com.docker.swarm.service.name': 'shop_web' },
      ...change,
    }),
    name,
    owner: { kind: 'swarm', service: 'shop_web' },
  };
}

function failure(change: SpecChange, subject: ContainerSpec = live()): Failure {
  return {
    control: containerMemoryLimit,
    subject: { kind: 'container', id: `container/${subject.name}`, value: subject },
    remedy: changeSpec(change, { en: 'Change it.', zh: '更改。' }),
  };
}

interface Swarm {
  readonly answer?: JsonValue | PlimsollError;
  readonly manager?: boolean;
  readonly api?: string;
  /** The container that the fix runs in. */
  readonly own?: string;
}

function plan(failures: readonly Failure[], swarm: Swarm = {}): Promise<Planned> {
  const { answer = { ID: '6a0w5rp0', Spec: spec }, manager = true, api = '1.41', own } = swarm;
  const version = {
    version: '20.10.24',
    apiVersion: api,
    minimumApiVersion: '1.12',
    experimental: false,
    components: {},
  };
  const context: PlanContext = {
    machine: machine({
      engine: engine(
        {},
        {
          info: info({ swarm: 'active', swarmManager: manager }),
          version: known(version, 'engine-api', 'GET /version'),
        },
      ),
      containers: [live(), live('shop_web.2.k9'), container()],
    }),
    file: () => null,
    realPath: () => undefined,
    engine: (path) => {
      if (answer instanceof PlimsollError) return Promise.reject(answer);
      return Promise.resolve(path === '/services/6a0w5rp0' ? answer : null);
    },
    allowRemoval: false,
    ...(own === undefined ? {} : { ownContainers: new Set([own]) }),
    now: new Date(Date.UTC(2026, 6, 1)),
  };
  return Promise.resolve(planServiceUpdate(failures, context));
}

/** The new specification of the only action. */
async function updated(failures: readonly Failure[], swarm: Swarm = {}): Promise<JsonObject> {
  const { actions, refused } = await plan(failures, swarm);
  expect(refused).toEqual([]);
  expect(actions).toHaveLength(1);
  const step = actions[0]?.steps[0];
  if (step?.kind !== 'service') throw new Error('no service is updated');
  expect(step.before).toEqual(spec);
  return step.after;
}

async function reason(failures: readonly Failure[], swarm: Swarm = {}): Promise<string> {
  const { actions, refused } = await plan(failures, swarm);
  expect(actions).toEqual([]);
  return refused.map((each) => each.reason.en).join('\n');
}

const task = (field: string) => ['TaskTemplate', 'ContainerSpec', field];

describe('updating a service', () => {
  it.each<[string, SpecChange, JsonObject, JsonObject?]>([
    ['the user', { user: '1000:1000' }, { User: '1000:1000' }],
    ['a read-only root', { readOnlyRoot: true }, { ReadOnly: true }],
    ['groups', { groups: ['audio'] }, { Groups: ['audio'] }],
    ['capabilities', { capabilities: { add: [], drop: ['all'] } }, { CapabilityAdd: [], CapabilityDrop: ['ALL'] }],
    ['one capability', { capabilities: { drop: ['NET_RAW'] } }, { CapabilityDrop: ['CAP_NET_RAW'] }],
    ['ulimits', { ulimits: [{ name: 'nproc', soft: 1, hard: 2 }] }, { Ulimits: [{ Name: 'nproc', Soft: 1, Hard: 2 }] }],
  ])('%s', async (_, change, fields) => {
    const after = await updated([failure(change)]);
    const before = valueAt(spec, ['TaskTemplate', 'ContainerSpec']) as JsonObject;
    expect(valueAt(after, ['TaskTemplate', 'ContainerSpec'])).toEqual({ ...before, ...fields });
  });

  it('limits, beside what it reserves', async () => {
    const limits = { memory: 2 ** 26, memorySwap: 2 ** 27, cpus: 0.5, pids: 100 };
    expect(valueAt(await updated([failure({ resources: limits })]), ['TaskTemplate', 'Resources'])).toEqual({
      Limits: { MemoryBytes: 2 ** 26, NanoCPUs: 500_000_000, Pids: 100 },
      Reservations: { NanoCPUs: 100_000_000 },
    });
  });

  it('the restart policy', async () => {
    const after = await updated([failure({ restart: { name: 'on-failure', maximumRetries: 5 } })]);
    expect(valueAt(after, ['TaskTemplate', 'RestartPolicy'])).toEqual({ Condition: 'on-failure', MaxAttempts: 5 });
  });

  it('mounts, in the words in which they were written', async () => {
    const [data, etc] = live().mounts;
    if (!data || !etc) throw new Error('there are two');
    const tmpfs = { kind: 'tmpfs', target: '/run', readOnly: false, options: { nosuid: '', noexec: '' } } as const;
    expect(valueAt(await updated([failure({ mounts: [{ ...data, readOnly: true }, tmpfs] })]), task('Mounts'))).toEqual(
      [
        { Type: 'volume', Source: 'data', Target: '/data', ReadOnly: true },
        { Type: 'tmpfs', Target: '/run' },
      ],
    );
    expect(
      valueAt(await updated([failure({ mounts: [data, { ...etc, propagation: 'private' }] })]), [...task('Mounts'), 1]),
    ).toEqual({ Type: 'bind', Source: '/etc', Target: '/host/etc', BindOptions: { Propagation: 'private' } });
  });

  it('is one action of all failures of all its containers', async () => {
    const { actions } = await plan([failure({ user: '7' }), failure({ readOnlyRoot: true }, live('shop_web.2.k9'))]);
    expect(actions).toHaveLength(1);
    const [action] = actions;
    expect(action).toMatchObject({ id: 'service-update/shop_web', kind: 'service-update', disruption: 'recreate' });
    expect(action?.answers.map(({ subject }) => subject)).toEqual([
      'container/shop_web.1.x7',
      'container/shop_web.2.k9',
    ]);
    expect(action?.affects.map((each) => [each.container, each.effect])).toEqual([
      ['shop_web.1.x7', 'is-replaced'],
      ['shop_web.2.k9', 'is-replaced'],
      ['shop_web.1.x7', 'may-break'],
    ]);
    expect(action?.affects.at(-1)?.why.en).toContain('it runs as 7 instead');
    expect(action?.steps).toMatchObject([{ kind: 'service', service: '6a0w5rp0' }]);
    expect(action?.diff).toBe('+ ContainerSpec.User: "7"\n+ ContainerSpec.ReadOnly: true');
  });

  it('shows no secret of the service', async () => {
    const mounts = [
      { Type: 'volume', Target: '/data', VolumeOptions: { DriverConfig: { Options: { o: 'password=hunter2' } } } },
    ];
    const said = { ...(valueAt(spec, ['TaskTemplate', 'ContainerSpec']) as JsonObject), Mounts: mounts };
    const secret = { ...spec, TaskTemplate: { ContainerSpec: said } };
    const [data] = live().mounts;
    const { actions } = await plan([failure({ mounts: data ? [{ ...data, readOnly: true }] : [] })], {
      answer: { ID: '6a0w5rp0', Spec: secret },
    });
    expect(actions[0]?.diff).toContain('"ReadOnly":true');
    expect(actions[0]?.diff).not.toMatch(/hunter2|cq93jfpw8snv02/);
  });

  it('says that the file of its stack must be changed too', async () => {
    const stacked = { ...spec, Labels: { 'com.docker.stack.namespace': 'shop' } };
    const { actions } = await plan([failure({ user: '7' })], { answer: { ID: '6a0w5rp0', Spec: stacked } });
    expect(actions[0]?.summary.en).toContain('the file of the stack shop');
  });

  it('leaves to others what no service made', async () => {
    const alone = { ...live(), owner: { kind: 'none' as const } };
    expect(await plan([failure({ user: '7' }, alone)])).toEqual({ actions: [], refused: [] });
  });
});

describe('refusing to update', () => {
  it.each<[string, SpecChange]>([
    ['privileged', { privileged: false }],
    ['devices', { devices: [] }],
    ['security.noNewPrivileges', { security: { noNewPrivileges: true } }],
    ['namespaces.pid', { namespaces: { pid: null } }],
    ['resources.memorySwap', { resources: { memorySwap: 2 ** 28 } }],
    ['mounts', { mounts: [{ kind: 'tmpfs', target: '/x', readOnly: false, options: { uid: '7' } }] }],
  ])('%s, for which it has no word', async (field, change) => {
    expect(await reason([failure(change)])).toContain(`: ${field}`);
  });

  it('what the API is too old for', async () => {
    expect(await reason([failure({ resources: { pids: 100 } })], { api: '1.40' })).toContain('resources.pids');
  });

  it('one failure, and updates for another', async () => {
    const { actions, refused } = await plan([failure({ privileged: false }), failure({ user: '7' })]);
    expect([actions.length, refused.length]).toEqual([1, 1]);
  });

  it('a worker', async () => {
    expect(await reason([failure({ user: '7' })], { manager: false })).toContain('no manager of the swarm');
    const error = new PlimsollError('engine-answer', {
      en: 'status 503: This node is not a swarm manager.',
      zh: '503',
    });
    expect(await reason([failure({ user: '7' })], { answer: error })).toContain('no manager of the swarm');
  });

  it('an engine that does not answer', async () => {
    const error = new PlimsollError('engine-answer', { en: 'no answer within 10 s', zh: '10 秒内无应答' });
    expect(await reason([failure({ user: '7' })], { answer: error })).toContain('no answer within 10 s');
  });

  it('a service that is gone', async () => {
    expect(await reason([failure({ user: '7' })], { answer: null })).toContain('no service shop_web any more');
  });

  it.each(['updating', 'paused', 'rollback_started'])('a service whose update is %s', async (state) => {
    const answer = { ID: '6a0w5rp0', Spec: spec, UpdateStatus: { State: state } };
    expect(await reason([failure({ user: '7' })], { answer })).toContain(`not finished (${state})`);
  });

  it('what the service says already', async () => {
    const said = { ...spec, TaskTemplate: { ContainerSpec: { Image: 'web', User: '7' } } };
    expect(await reason([failure({ user: '7' })], { answer: { ID: '6a0w5rp0', Spec: said } })).toContain(
      'says so already',
    );
  });
});

it('a service whose task Plimsoll runs in is left alone', async () => {
  const change: SpecChange = { resources: { memory: 512 * 1024 ** 2 } };
  expect(await reason([failure(change)], { own: live().id ?? '' })).toContain('Plimsoll itself runs in it');
});
