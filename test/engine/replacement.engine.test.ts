import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planContainerReplacement } from '../../src/fix/actions/container-replacement.ts';
import { planNetworkMove } from '../../src/fix/actions/network-move.ts';
import { type EngineControl, openEngineControl } from '../../src/fix/engine-control.ts';
import { markLabel } from '../../src/fix/made-by-fix.ts';
import type { Failure, PlanContext, Planned } from '../../src/fix/planning.ts';
import type { Side, StepKind } from '../../src/fix/step-kind.ts';
import { existenceSteps } from '../../src/fix/steps/existence.ts';
import { limitSteps } from '../../src/fix/steps/limits.ts';
import { membershipSteps } from '../../src/fix/steps/membership.ts';
import { nameSteps } from '../../src/fix/steps/name.ts';
import { runningSteps } from '../../src/fix/steps/running.ts';
import { judgeSubjects, subjectsOf } from '../../src/judge/judge.ts';
import { resolvePolicy } from '../../src/judge/policy.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Action, Step } from '../../src/model/plan.ts';
import { readMachine } from '../../src/sources/machine.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();
const policy = resolvePolicy({});
/** The engine of some test machines may not raise limits, and a volume without a name is not renamed. */
const notTriedHere: ReadonlySet<string> = new Set(['container-ulimits', 'container-declared-volumes']);

describe.skipIf(reason !== undefined)(`containers are re-created and moved${reason ? ` (${reason})` : ''}`, () => {
  let engine: PrivateEngine;
  let control: EngineControl;
  let folder: string;
  let subnet: string;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    control = await openEngineControl({ kind: 'unix', path: engine.socket });
    folder = mkdtempSync('/tmp/plimsoll-bind-');
    mkdirSync(join(folder, 'site'));
    const tree = buildImageTree(join(engine.folder, 'tree'), {
      'bin/answer': '#!/bin/sh\necho hello\n',
      'bin/serve': '#!/bin/sh\nexec nc -ll -p 8080 -e /bin/answer\n',
      'bin/needs-root': '#!/bin/sh\nbusybox touch /owned || exit 3\nbusybox rm /owned\nexec sleep 86400\n',
    });
    writeFileSync(join(tree, 'data/seed'), 'from the image\n');
    await engine.importImage('plain:1', tree);
    // An image with a configuration of its own, as a Dockerfile gives it one.
    await engine.container('builder', { Image: 'plain:1', Cmd: ['true'] }, false);
    const changes = [
      'ENV SHELL_OF_IMAGE=sh',
      'ENTRYPOINT ["/bin/serve"]',
      'CMD ["ignored"]',
      'EXPOSE 8080',
      'VOLUME /data',
      'LABEL made.by=image',
      'WORKDIR /tmp',
    ];
    const query = changes.map((change) => `changes=${encodeURIComponent(change)}`).join('&');
    await engine.call('POST', `/commit?container=builder&repo=web&tag=1&${query}`, {});
    await engine.call('DELETE', '/containers/builder');
    const shop = (await engine.call('GET', '/networks/shop')) as { IPAM: { Config: { Subnet: string }[] } };
    subnet = (shop.IPAM.Config[0]?.Subnet ?? '').replace(/\.0\/24$/, '');
    await engine.call('POST', '/networks/create', { Name: 'back' });
  }, 120_000);

  afterAll(async () => {
    control?.close();
    // The engine takes no network of its own away when it stops, and the kernel keeps the bridges.
    for (const { Id: id } of (await engine.call('GET', '/containers/json?all=1')) as { Id: string }[]) {
      await engine.call('DELETE', `/containers/${id}?force=1&v=1`);
    }
    await engine?.call('POST', '/networks/prune');
    await engine?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  function kindOf(step: Step): StepKind<Step> {
    const kinds = {
      existence: existenceSteps(control),
      membership: membershipSteps(control),
      limits: limitSteps(control),
      running: runningSteps(control),
      name: nameSteps(control),
    };
    return kinds[step.kind as keyof typeof kinds];
  }

  async function bring(step: Step, side: Side): Promise<void> {
    await kindOf(step).bring(step, side);
    expect(await kindOf(step).side(step), `${step.kind} ${side}`).toBe(side);
  }

  async function takeBack(action: Action): Promise<void> {
    for (const step of action.steps.toReversed()) {
      if ((await kindOf(step).side(step)) === 'after') await bring(step, 'before');
    }
  }

  async function failuresOf(name: string): Promise<{ failures: Failure[]; context: PlanContext }> {
    const { machine } = await readMachine({
      address: { kind: 'unix', path: engine.socket },
      surroundings: { environment: {}, home: engine.folder },
    });
    const subjects = subjectsOf(machine).filter(({ id }) => id === `container/${name}`);
    expect(subjects).toHaveLength(1);
    const failures = judgeSubjects(subjects, { policy, now: new Date(), machine })
      .filter(({ status, control: failed }) => status === 'fail' && !notTriedHere.has(failed.id))
      .map(({ control: failed, subject, remedy }): Failure => ({
        control: failed,
        subject,
        ...(remedy ? { remedy } : {}),
      }));
    const context: PlanContext = {
      machine,
      file: () => null,
      realPath: (path) => path,
      engine: (path) => control.get(path),
      allowRemoval: false,
      now: new Date(),
    };
    return { failures, context };
  }

  async function planned(name: string, planner = planContainerReplacement): Promise<Planned> {
    const { failures, context } = await failuresOf(name);
    return planner(failures, context);
  }

  async function actionFor(name: string, planner = planContainerReplacement): Promise<Action> {
    const { actions, refused } = await planned(name, planner);
    expect(refused).toEqual([]);
    const [action] = actions;
    if (action === undefined) throw new Error(`nothing is planned for ${name}`);
    return action;
  }

  async function inspect(name: string): Promise<JsonObject> {
    return (await engine.call('GET', `/containers/${name}/json`)) as JsonObject;
  }

  /** All that must come back, without what differs each time that a container starts. */
  async function everything() {
    const list = (await engine.call('GET', '/containers/json?all=1')) as { Id: string }[];
    const containers = await Promise.all(list.map(({ Id: id }) => inspect(id)));
    const networks = (await engine.call('GET', '/networks')) as { Name: string }[];
    const volumes = (await engine.call('GET', '/volumes')) as { Volumes: { Name: string }[] };
    return {
      containers: containers.map(steady).toSorted((left, right) => (left.Name < right.Name ? -1 : 1)),
      networks: networks.map(({ Name: name }) => name).toSorted(),
      volumes: volumes.Volumes.map(({ Name: name }) => name).toSorted(),
    };
  }

  function body(change: JsonObject = {}, host: JsonObject = {}): JsonObject {
    return {
      Image: 'web:1',
      Env: ['GREETING=hello', 'DATABASE_HOST=db'],
      Labels: { environment: 'test', owner: 'plimsoll', 'org.example/x': 'a b' },
      Hostname: 'front',
      StopSignal: 'SIGKILL',
      Healthcheck: { Test: ['CMD', '/bin/true'], Interval: 100_000_000, Retries: 2 },
      HostConfig: {
        NetworkMode: 'shop',
        Binds: [`${folder}/site:/site:ro`, 'cache:/cache'],
        Mounts: [{ Type: 'volume', Target: '/nameless' }],
        Tmpfs: { '/scratch': 'size=1m' },
        PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '38432' }] },
        RestartPolicy: { Name: 'always' },
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
        ExtraHosts: ['db.example:192.0.2.7'],
        ...host,
      },
      NetworkingConfig: {
        EndpointsConfig: { shop: { IPAMConfig: { IPv4Address: `${subnet}.77` }, Aliases: ['front', 'www'] } },
      },
      ...change,
    };
  }

  async function withContainer(name: string, request: JsonObject, run: () => Promise<void>, start = true) {
    await engine.container(name, request, start);
    try {
      await run();
    } finally {
      for (const each of (await engine.call('GET', '/containers/json?all=1')) as { Id: string }[]) {
        await engine.call('DELETE', `/containers/${each.Id}?force=1&v=1`);
      }
    }
  }

  test('a container is re-created with all that it had, and comes back as it was', async () => {
    await withContainer('web', body(), async () => {
      await engine.call('POST', '/networks/back/connect', { Container: 'web', EndpointConfig: { Aliases: ['api'] } });
      const before = await everything();
      const old = await inspect('web');
      const action = await actionFor('web');
      expect(action.diff).toContain('+ --cap-drop=ALL');
      expect(action.diff).not.toContain('hello');
      const ids = action.answers.map(({ control: id }) => id);
      expect(ids).toEqual(
        expect.arrayContaining(['container-caps-dropped', 'container-nonroot', 'container-memory-limit']),
      );
      for (const step of action.steps) await bring(step, 'after');
      for (const step of action.steps) expect(await kindOf(step).side(step)).toBe('after');

      const now = await inspect('web');
      const [was, is] = [steady(old), steady(now)];
      expect(now['Id']).not.toBe(old['Id']);
      expect(is.running).toBe(true);
      expect(is.Image).toBe(was.Image);
      const places = (steadied: typeof is) =>
        Object.fromEntries(
          Object.entries(steadied.places).map(([name, { asked, aliases }]) => [
            name,
            { asked, aliases: (aliases as string[] | null)?.filter((alias) => alias !== steadied.Id.slice(0, 12)) },
          ]),
        );
      expect(places(is)).toEqual(places(was));
      const kept = is.Mounts.filter(({ Destination: target }) =>
        was.Mounts.some((each) => each.Destination === target),
      );
      expect(
        kept.map(({ Destination: target, ...mount }) => [target, (mount as never as { Source: string }).Source]),
      ).toEqual(
        was.Mounts.map(({ Destination: target, ...mount }) => [target, (mount as never as { Source: string }).Source]),
      );
      const { Labels: labels, Env: variables, ...config } = is.Config;
      const { Labels: oldLabels, Env: oldVariables, User: _user, ...oldConfig } = was.Config;
      expect(labels).toEqual({ ...(oldLabels as JsonObject), [markLabel]: expect.any(String) as unknown });
      expect((variables as string[]).toSorted()).toEqual((oldVariables as string[]).toSorted());
      expect({ ...config, User: undefined }).toEqual({ ...oldConfig, User: undefined });
      for (const key of [
        'PortBindings',
        'LogConfig',
        'ExtraHosts',
        'NetworkMode',
        'Binds',
        'ShmSize',
        'Runtime',
        'IpcMode',
      ]) {
        expect({ [key]: is.HostConfig[key] }).toEqual({ [key]: was.HostConfig[key] });
      }
      const left = await failuresOf('web');
      expect(left.failures.map(({ control: each }) => each.id).filter((id) => ids.includes(id))).toEqual([]);

      for (const step of action.steps.toReversed()) await bring(step, 'before');
      expect(await everything()).toEqual(before);
    });
  }, 120_000);

  test('wherever it is interrupted, everything comes back', async () => {
    await withContainer('web', body(), async () => {
      await engine.call('POST', '/networks/back/connect', { Container: 'web' });
      const before = await everything();
      const action = await actionFor('web');
      for (let done = 0; done <= action.steps.length; done += 1) {
        const { StartedAt: started } = (await inspect('web'))['State'] as { StartedAt: string };
        for (const step of action.steps.slice(0, done)) await bring(step, 'after');
        await takeBack(action);
        expect(await everything(), `after ${done} steps`).toEqual(before);
        // Nothing was interrupted before it had to be.
        const stops = action.steps.slice(0, done).some(({ kind }) => kind === 'running');
        const restarted = ((await inspect('web'))['State'] as { StartedAt: string }).StartedAt !== started;
        expect(restarted, `after ${done} steps`).toBe(stops);
      }
    });
  }, 240_000);

  test('one that does not bear it is reported, and the old one runs again', async () => {
    const request = {
      Image: 'plain:1',
      Cmd: ['/bin/needs-root'],
      StopSignal: 'SIGKILL',
      HostConfig: { NetworkMode: 'shop' },
    };
    await withContainer('rooted', request, async () => {
      const before = await everything();
      const action = await actionFor('rooted');
      const steps = action.steps.slice(0, -1);
      for (const step of steps) await bring(step, 'after');
      const last = action.steps.at(-1) as Step;
      await expect(kindOf(last).bring(last, 'after')).rejects.toMatchObject({
        text: {
          en: expect.stringContaining('exit code 3') as string,
          zh: expect.stringContaining('退出码 3') as string,
        },
      });
      await takeBack(action);
      expect(await everything()).toEqual(before);
    });
  }, 60_000);

  test('one that is stopped stays stopped', async () => {
    await withContainer(
      'idle',
      body(),
      async () => {
        const before = await everything();
        const action = await actionFor('idle');
        expect(action.steps.some(({ kind }) => kind === 'running')).toBe(false);
        for (const step of action.steps) await bring(step, 'after');
        expect((await inspect('idle'))['State']).toMatchObject({ Status: 'created' });
        await takeBack(action);
        expect(await everything()).toEqual(before);
      },
      false,
    );
  }, 60_000);

  test('what would lose something is refused', async () => {
    const plain = { Image: 'plain:1', Cmd: ['sleep', '86400'], StopSignal: 'SIGKILL' };
    await withContainer('passing', { ...plain, HostConfig: { AutoRemove: true } }, async () => {
      expect((await planned('passing')).refused[0]?.reason.en).toContain('--rm');
    });
    const writing = { ...plain, Cmd: ['sh', '-c', 'touch /lost /tmp/scrap; exec sleep 86400'] };
    await withContainer('writing', writing, async () => {
      const { actions, refused } = await planned('writing');
      expect(actions).toEqual([]);
      expect(refused[0]?.reason.en).toMatch(/written \/lost outside/);
    });
    await withContainer(
      'scribbling',
      { ...plain, Cmd: ['sh', '-c', 'touch /tmp/scrap; exec sleep 86400'] },
      async () => {
        expect((await planned('scribbling')).refused).toEqual([]);
      },
    );
    await withContainer('main', plain, async () => {
      await engine.container('side', { ...plain, HostConfig: { NetworkMode: 'container:main' } }, true);
      expect((await planned('main')).refused[0]?.reason.en).toMatch(/^side /);
      expect((await planned('side')).refused).toEqual([]);
    });
    await withContainer('paused', plain, async () => {
      await engine.call('POST', '/containers/paused/pause');
      expect((await planned('paused')).refused[0]?.reason.en).toContain('paused');
      await engine.call('POST', '/containers/paused/unpause');
    });
  }, 120_000);

  test('a container is moved off the default bridge while it runs, and back', async () => {
    const request = body({ NetworkingConfig: {} }, { NetworkMode: 'default' });
    await withContainer('web', request, async () => {
      const before = await everything();
      const { StartedAt: started } = (await inspect('web'))['State'] as { StartedAt: string };
      const action = await actionFor('web', planNetworkMove);
      for (let done = 0; done <= action.steps.length; done += 1) {
        for (const step of action.steps.slice(0, done)) await bring(step, 'after');
        expect(await answerAt(38432)).toBe('hello\n');
        const { failures } = await failuresOf('web');
        const fails = failures.some(({ control: each }) => each.id === 'network-no-default-bridge');
        expect(fails, `after ${done} steps`).toBe(done < action.steps.length);
        await takeBack(action);
        expect(await answerAt(38432)).toBe('hello\n');
        expect(await everything(), `after ${done} steps`).toEqual(before);
      }
      expect((await inspect('web'))['State']).toMatchObject({ StartedAt: started });
    });
  }, 120_000);

  test('a moved container stays moved when it starts again, and is re-created where it is', async () => {
    const request = body({ NetworkingConfig: {} }, { NetworkMode: 'default' });
    await withContainer('web', request, async () => {
      const move = await actionFor('web', planNetworkMove);
      for (const step of move.steps) await bring(step, 'after');
      await engine.call('POST', '/containers/web/restart');
      expect(Object.keys(steady(await inspect('web')).places)).toEqual(['web-net']);
      const replacement = await actionFor('web');
      for (const step of replacement.steps) await bring(step, 'after');
      expect(Object.keys(steady(await inspect('web')).places)).toEqual(['web-net']);
      await takeBack(replacement);
      await takeBack(move);
      expect(Object.keys(steady(await inspect('web')).places)).toEqual(['bridge']);
    });
  }, 120_000);
});

/** A container without what differs each time that it starts. */
function steady(answer: JsonObject) {
  const { Id, Name, Image, Config, HostConfig, Mounts, State, NetworkSettings } = answer as never as {
    Id: string;
    Name: string;
    Image: string;
    Config: JsonObject;
    HostConfig: JsonObject;
    Mounts: { Destination: string }[];
    State: { Running: boolean };
    NetworkSettings: { Networks: Record<string, JsonObject> };
  };
  return {
    Id,
    Name,
    Image,
    Config,
    HostConfig,
    Mounts: Mounts.toSorted((left, right) => (left.Destination < right.Destination ? -1 : 1)),
    running: State.Running,
    places: Object.fromEntries(
      Object.entries(NetworkSettings.Networks).map(([name, place]) => [
        name,
        { asked: place['IPAMConfig'] ?? null, aliases: place['Aliases'] ?? null, links: place['Links'] ?? null },
      ]),
    ),
  };
}

function answerAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
      socket.destroy();
    });
  });
}
