import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startCommand } from '../../src/fix/actions/packet-filter-files.ts';
import { planPacketFilter } from '../../src/fix/actions/packet-filter.ts';
import type { PlanContext, Planned } from '../../src/fix/planning.ts';
import { filterRuleSteps } from '../../src/fix/steps/filter-rule.ts';
import type { Machine } from '../../src/model/control.ts';
import type { FilterRuleStep } from '../../src/model/plan.ts';
import { readMachine } from '../../src/sources/machine.ts';
import { contextOf } from '../subjects.ts';
import { networkPublishedVsFirewall as control } from '../../src/controls/network/network-published-vs-firewall.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine } from './private-engine.ts';

/**
 * A program of its own: it runs in the network namespace of a host with a closed INPUT chain, starts an engine that
 * writes rules there, plans, applies and takes back, and prints what it saw as JSON. Its arguments: the namespace of
 * a stranger, and the address of the host there.
 */
export interface Seen {
  readonly planned: Planned;
  /** The verdicts of the control: before, with the rules, and after they are taken back. */
  readonly verdicts: readonly string[];
  /** Whether a stranger's new connection is answered, at the same times. */
  readonly reached: readonly boolean[];
  /** What a connection said that stood all the time, at the same times. */
  readonly standing: readonly string[];
  /** What iptables-save printed, but for times and counters. */
  readonly rules: { readonly before: string; readonly between: string; readonly after: string };
  /** Where the steps stand: before, after, after once more, back, back once more. */
  readonly sides: readonly (readonly string[])[];
  /** The chain after the engine was started where the unit had made it twice, with a rule in it. */
  readonly kept: string;
}

const [stranger = '', address = ''] = process.argv.slice(2);
const port = '8080';

async function main(): Promise<Seen> {
  // As the unit does at the start of a host: the engine finds the chain, with a rule.
  const drop = { family: 'ip', inInterface: 'outer0', protocol: 'udp', port: 9999 } as const;
  for (const start of [1, 2]) tell('sh', '-c', `${startCommand(drop, '/usr/sbin/iptables')} # ${start}`);
  const engine = await startPrivateEngine({}, ['--iptables=true']);
  try {
    return await look(engine);
  } finally {
    await engine.stop();
  }
}

async function look(engine: PrivateEngine): Promise<Seen> {
  const tree = buildImageTree(join(engine.folder, 'tree'), {
    'bin/answer': '#!/bin/sh\nwhile read line; do echo "got $line"; done\n',
  });
  await engine.importImage('web:1', tree);
  const body = {
    Image: 'web:1',
    Cmd: ['nc', '-ll', '-p', port, '-e', '/bin/answer'],
    ExposedPorts: { [`${port}/tcp`]: {} },
    HostConfig: { PortBindings: { [`${port}/tcp`]: [{ HostIp: '0.0.0.0', HostPort: '5432' }] } },
  };
  await engine.container('database', body, true);
  const kept = tell('iptables', '-S', 'DOCKER-USER');
  const before = rules();
  const connection = openConnection();
  const verdicts: string[] = [];
  const reached: boolean[] = [];
  const standing: string[] = [];
  const observe = async (word: string) => {
    verdicts.push(judge(await machineOf(engine)));
    reached.push(isReached());
    standing.push(await connection.say(word));
  };
  await observe('one');
  const planned = await plan(await machineOf(engine));
  const steps = planned.actions.flatMap((action) => action.steps).filter((step) => step.kind === 'filter-rule');
  const sides: string[][] = [await sidesOf(steps)];
  for (const side of ['after', 'after'] as const) sides.push(await bring(steps, side));
  const between = rules();
  await observe('two');
  for (const side of ['before', 'before'] as const) sides.push(await bring(steps, side));
  await observe('three');
  connection.close();
  return { planned, verdicts, reached, standing, sides, kept, rules: { before, between, after: rules() } };
}

async function machineOf(engine: PrivateEngine): Promise<Machine> {
  const surroundings = { environment: {}, home: engine.folder };
  return (await readMachine({ address: { kind: 'unix', path: engine.socket }, surroundings })).machine;
}

function judge(machine: Machine): string {
  const { status, message } = [control.judge(machine.host, contextOf(control, { machine }))].flat()[0] ?? nothing;
  return `${status} ${message.en}`;
}

const nothing = { status: '', message: { en: '' } };

async function plan(machine: Machine): Promise<Planned> {
  const { host } = machine;
  const remedy = control.remedy(host, contextOf(control, { machine }));
  const context: PlanContext = {
    machine,
    file: () => null,
    realPath: (path) => path,
    engine: async () => null,
    allowRemoval: false,
    now: new Date(),
  };
  return await planPacketFilter([{ control, subject: { kind: 'host', id: 'host', value: host }, remedy }], context);
}

const kind = filterRuleSteps();

async function bring(steps: readonly FilterRuleStep[], side: 'before' | 'after'): Promise<string[]> {
  for (const step of steps) await kind.bring(step, side);
  return await sidesOf(steps);
}

async function sidesOf(steps: readonly FilterRuleStep[]): Promise<string[]> {
  return await Promise.all(steps.map((step) => kind.side(step)));
}

/** Without the times and the counters of packets. */
function rules(): string {
  return tell('iptables-save')
    .replace(/^#.*\n/gm, '')
    .replace(/\[\d+:\d+\]$/gm, '[0:0]');
}

function isReached(): boolean {
  try {
    const words = [`--net=/run/netns/${stranger}`, '/bin/busybox', 'nc', '-w', '2', address, '5432'];
    return execFileSync('nsenter', words, { input: 'hello\n', stdio: ['pipe', 'pipe', 'ignore'] }).includes(
      'got hello',
    );
  } catch {
    return false;
  }
}

function openConnection() {
  const words = [`--net=/run/netns/${stranger}`, '/bin/busybox', 'nc', address, '5432'];
  const child = spawn('nsenter', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    async say(word: string): Promise<string> {
      child.stdin.write(`${word}\n`);
      const [answer] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
      return answer.toString().trim();
    },
    close: () => child.kill(),
  };
}

function tell(program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, { encoding: 'utf8' });
}

process.stdout.write(`${JSON.stringify(await main())}\n`);
