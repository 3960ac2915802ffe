import { describe, expect, test } from 'vitest';
import { container, engine as engineWith, machine } from '../../../test/subjects.ts';
import { containerCapsDropped } from '../../controls/container/container-caps-dropped.ts';
import { networkNoDefaultBridge } from '../../controls/network/network-no-default-bridge.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { Secret } from '../../model/secret.ts';
import { byHand, changeSpec } from '../../model/remedy.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { verbatim } from '../../model/text.ts';
import { markLabel } from '../made-by-fix.ts';
import type { Failure, PlanContext } from '../planning.ts';
import { merged, planContainerReplacement } from './container-replacement.ts';
import { planNetworkMove } from './network-move.ts';

const web = container({ environment: [{ name: 'DATABASE_PASSWORD', value: new Secret('hunter2') }] });
const id = web.id ?? '';
const token = id.slice(0, 12);
const image = web.image.id ?? '';

function inspected(change: JsonObject = {}, host: JsonObject = {}, config: JsonObject = {}): JsonObject {
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

interface Situation {
  readonly answer?: JsonValue;
  readonly others?: readonly ContainerSpec[];
  readonly podman?: boolean;
  readonly answers?: Readonly<Record<string, JsonValue>>;
}

function contextOf({ answer = inspected(), others = [], podman = false, answers = {} }: Situation = {}): PlanContext {
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

function failure(change: SpecChange, subject: ContainerSpec = web): Failure {
  return {
    control: containerCapsDropped,
    subject: { kind: 'container', id: `container/${subject.name}`, value: subject },
    remedy: changeSpec(change, verbatim('change it')),
  };
}

const rootless: SpecChange = { user: '65532:65532' };

async function replaced(situation: Situation = {}, changes: readonly SpecChange[] = [rootless]) {
  return planContainerReplacement(
    changes.map((change) => failure(change)),
    contextOf(situation),
  );
}

const joined = (change: SpecChange) => [{ ...container(change), name: 'side', id: 'e'.repeat(64) }];

describe('re-creating a container', () => {
  test('the plan makes the new one, stops the old one for good, and puts the new one in its place', async () => {
    const { actions, refused } = await replaced();
    expect(refused).toEqual([]);
    const [made, kept] = [`web-after-${token}`, `web-before-${token}`];
    expect(actions[0]).toMatchObject({
      id: 'container-replacement/web',
      disruption: 'recreate',
      diff: expect.stringMatching(/^- --user=10001:10001\n\+ --user=65532:65532\n$/) as string,
      steps: [
        { kind: 'existence', name: made, body: { User: '65532:65532', Image: 'web:1', Labels: { [markLabel]: made } } },
        {
          kind: 'limits',
          container: id,
          before: { RestartPolicy: { Name: 'always' } },
          after: { RestartPolicy: { Name: 'no' } },
        },
        { kind: 'running', container: id, before: true, after: false },
        { kind: 'name', before: 'web', after: kept },
        { kind: 'name', before: made, after: 'web' },
        { kind: 'running', container: made, before: false, after: true, patience: 10 },
      ],
    });
    expect(actions[0]?.affects.map(({ effect }) => effect)).toEqual(['is-replaced', 'may-break']);
  });

  test('no value of a variable is shown', async () => {
    const { actions } = await replaced({}, [rootless, { capabilities: { drop: [] } }]);
    const { steps: _steps, ...shown } = actions[0] ?? {};
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  test('a health check gets as long as it may take', async () => {
    const check = { Test: ['CMD', 'true'], Interval: 2e9, Timeout: 1e9, Retries: 4, StartPeriod: 5e9 };
    const { actions } = await replaced({ answer: inspected({}, {}, { Healthcheck: check }) });
    expect(actions[0]?.steps.at(-1)).toMatchObject({ patience: 20 });
  });

  test('a tag that names another image by now is not followed', async () => {
    const { actions } = await replaced({ answers: { '/images/web:1/json': { Id: 'sha256:other' } } });
    expect(actions[0]?.steps[0]).toMatchObject({ body: { Image: image } });
  });

  test('a port that the engine chooses is named as moving', async () => {
    const host = { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '' }], '81/tcp': [{ HostPort: '8081' }] } };
    const { actions } = await replaced({ answer: inspected({}, host) });
    const why = actions[0]?.affects.map((each) => each.why.en).join('\n');
    expect(why).toContain('80/tcp is published');
    expect(why).not.toContain('81/tcp');
  });

  test('limits alone are not worth it; with something else they are in the new one', async () => {
    const limit = { resources: { pids: 7 } };
    expect(await replaced({}, [limit])).toEqual({ actions: [], refused: [] });
    const { actions } = await replaced({}, [limit, rootless]);
    expect(actions[0]?.steps[0]).toMatchObject({ body: { HostConfig: { PidsLimit: 7 } } });
    expect(actions[0]?.answers).toHaveLength(2);
  });

  test('what somebody else made, and what only a person can do, is left to others', async () => {
    const owned = { ...web, owner: { kind: 'compose', project: 'shop' } } as const;
    const byPerson = { ...failure(rootless), remedy: byHand(verbatim('by hand')) };
    expect(await planContainerReplacement([failure(rootless, owned), byPerson], contextOf())).toEqual({
      actions: [],
      refused: [],
    });
  });

  test.each<[string, Situation, string]>([
    ['gone', { answer: null }, 'no longer there'],
    ['of Podman', { podman: true }, 'Podman'],
    ['started with --rm', { answer: inspected({}, { AutoRemove: true }) }, '--rm'],
    ['restarting', { answer: inspected({ State: { Status: 'restarting', Running: true } }) }, 'restarting'],
    ['of an image that is gone', { answers: { [`/images/${image}/json`]: null } }, 'no longer on this engine'],
    ['joined by network', { others: joined({ namespaces: { network: `container:${id}` } }) }, 'side holds on'],
    ['joined by processes', { others: joined({ namespaces: { pid: 'container:web' } }) }, 'side holds on'],
    ['joined by shared memory', { others: joined({ namespaces: { ipc: `container:${id}` } }) }, 'side holds on'],
    ['linked', { others: joined({ links: ['web:www'] }) }, 'side holds on'],
    ['a source of volumes by its id', { others: joined({ volumesFrom: [`${id}:ro`] }) }, 'side holds on'],
    [
      'full of data of its own',
      { answers: { [`/containers/${id}/changes`]: [{ Path: '/srv/orders.db', Kind: 1 }] } },
      '/srv/orders.db',
    ],
  ])('one that is %s is refused', async (_, situation, reason) => {
    const { actions, refused } = await replaced(situation);
    expect(actions).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ why: 'refused', reason: { en: expect.stringContaining(reason) as string } });
  });

  test('what passes anyway is no data, and a source of volumes by its name still is one', async () => {
    const changes = ['/tmp', '/tmp/x', '/run/web.pid', '/var', '/var/run', '/var/run/x', '/data/x'];
    const { actions } = await replaced({
      answers: { [`/containers/${id}/changes`]: changes.map((Path) => ({ Path, Kind: 1 })) },
      others: joined({ volumesFrom: ['web'] }),
    });
    expect(actions).toHaveLength(1);
  });

  const volumes = web.mounts.filter(({ kind }) => kind === 'volume');
  test.each<[string, SpecChange, string]>([
    ['a network without its ports', { namespaces: { network: null } }, 'ports'],
    ['an empty volume', { mounts: volumes.map((mount) => ({ ...mount, source: 'fresh' })) }, 'would be empty'],
    ['other options of a volume', { mounts: volumes.map((mount) => ({ ...mount, options: {} })) }, 'keeps the options'],
    ['another image', { image: { reference: 'web@sha256:1' } }, 'not the image'],
    ['what it has no words for', { extraHosts: [] }, 'extraHosts'],
  ])('%s is refused, and the rest is done', async (_, change, reason) => {
    const { actions, refused } = await replaced({}, [change, rootless]);
    expect(actions[0]?.answers).toHaveLength(1);
    expect(refused.map((each) => each.reason.en)).toEqual([expect.stringContaining(reason)]);
    expect((await replaced({}, [change])).actions).toEqual([]);
  });

  test('an image is pinned to the digest that it has', async () => {
    const { refused, actions } = await replaced({ answers: { '/images/web@sha256:1/json': { Id: image } } }, [
      { image: { reference: 'web@sha256:1' } },
    ]);
    expect(refused).toEqual([]);
    expect(actions[0]?.steps[0]).toMatchObject({ body: { Image: 'web@sha256:1' } });
  });
});

test('changes of one list come together, whatever their order', () => {
  const [first, second] = web.mounts;
  const changes: SpecChange[] = [
    { mounts: second ? [second] : [] },
    { mounts: web.mounts.map((mount) => ({ ...mount, readOnly: true })) },
    { mounts: [...web.mounts, { kind: 'tmpfs', target: '/run', readOnly: false, options: {} }] },
    { capabilities: { drop: ['ALL', 'NET_RAW'] } },
  ];
  for (const order of [changes, changes.toReversed()]) {
    const after = merged(web, order);
    expect(after.mounts.map(({ target, readOnly }) => [target, readOnly])).toEqual([
      [second?.target, true],
      ['/run', false],
    ]);
    expect(after.mounts.some(({ target }) => target === first?.target)).toBe(false);
    expect(after.capabilities.drop).toEqual(['ALL', 'NET_RAW']);
  }
});

describe('moving off the default bridge', () => {
  const onBridge = { ...container({ networks: ['bridge'] }), state: 'running' } as const;
  const bridged = (name: string, change: SpecChange = {}): ContainerSpec => ({
    ...onBridge,
    ...container({ networks: ['bridge'], ...change }),
    state: 'running',
    name,
    id: 'd'.repeat(64),
  });

  async function moved(situation: Situation = {}, subject: ContainerSpec = onBridge) {
    const fails: Failure = {
      control: networkNoDefaultBridge,
      subject: { kind: 'container', id: 'container/web', value: subject },
    };
    return planNetworkMove([fails, failure(rootless)], contextOf(situation));
  }

  test('it joins a network of its own before it leaves the bridge', async () => {
    const { actions, refused } = await moved({ others: [bridged('db')] });
    expect(refused).toEqual([]);
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({
      id: 'network-move/web',
      answers: [{ control: 'network-no-default-bridge', subject: 'container/web' }],
      disruption: 'none',
      diff: '- --network=bridge\n+ --network=web-net\n',
      steps: [
        { kind: 'existence', what: 'network', name: 'web-net', body: { Labels: { [markLabel]: 'web-net' } } },
        { kind: 'membership', network: 'web-net', container: 'web', before: null, after: {} },
        { kind: 'membership', network: 'bridge', container: 'web', before: {}, after: null },
      ],
    });
    const affects = actions[0]?.affects ?? [];
    expect(affects.map((each) => each.container)).toEqual(['web', 'db']);
    expect(affects[1]?.why.en).toContain('192.0.2.3');
  });

  test('a name that is taken is not used', async () => {
    const { actions } = await moved({ answers: { '/networks/web-net': { Name: 'web-net' } } });
    expect(actions[0]?.steps[0]).toMatchObject({ name: 'web-net-2' });
  });

  test('one that shares its network moves along, and is told so', async () => {
    const side = bridged('side', { namespaces: { network: `container:${id}` }, networks: [] });
    const { actions } = await moved({ others: [side] });
    expect(actions[0]?.affects.at(-1)).toMatchObject({ container: 'side', effect: 'may-break' });
  });

  test.each<[string, Situation, ContainerSpec, string]>([
    ['gone', { answer: null }, onBridge, 'no longer there'],
    ['of Podman', { podman: true }, onBridge, 'Podman'],
    ['of Compose', {}, { ...onBridge, owner: { kind: 'compose' } }, 'Compose'],
    ['of a service', {}, { ...onBridge, owner: { kind: 'swarm' } }, 'Swarm'],
    ['of a pod', {}, { ...onBridge, owner: { kind: 'kubernetes' } }, 'Kubernetes'],
    ['in the network of another', { answer: inspected({}, { NetworkMode: 'container:db' }) }, onBridge, 'another'],
    ['not there any more', { answer: inspected({ NetworkSettings: { Networks: {} } }) }, onBridge, 'any more'],
    ['linked to another', { answer: inspected({}, { Links: ['/db:/web/database'] }) }, onBridge, 'linked with db'],
    ['linked from another', { others: [bridged('api', { links: ['web:www'] })] }, onBridge, 'linked with api'],
  ])('one that is %s is refused', async (_, situation, subject, reason) => {
    const { actions, refused } = await moved(situation, subject);
    expect(actions).toEqual([]);
    expect(refused.map((each) => each.reason.en)).toEqual([expect.stringContaining(reason)]);
  });
});
