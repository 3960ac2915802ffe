import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemProgram } from '../../src/sources/host/system-program.ts';
import type { Seen } from './filtered-engine.ts';
import { whyNoEngine } from './private-engine.ts';

const missing = ['iptables', 'iptables-save', 'nsenter', 'ip'].find((program) => systemProgram(program) === undefined);
const reason = whyNoEngine() ?? (missing === undefined ? undefined : `${missing} is not installed`);

const host = `plimh${process.pid}`;
const stranger = `plims${process.pid}`;
const program = join(import.meta.dirname, 'filtered-engine.ts');

/** A host whose own firewall lets nobody in, and a stranger at the other end of its cable. */
const wiring = [
  `ip netns add ${host}`,
  `ip netns add ${stranger}`,
  `ip -n ${host} link add outer0 type veth peer name inner0 netns ${stranger}`,
  `ip -n ${host} address add 192.0.2.1/24 dev outer0`,
  `ip -n ${stranger} address add 192.0.2.2/24 dev inner0`,
  `ip -n ${host} link set outer0 up`,
  `ip -n ${host} link set lo up`,
  `ip -n ${stranger} link set inner0 up`,
  `ip netns exec ${host} iptables -A INPUT -i lo -j ACCEPT`,
  `ip netns exec ${host} iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
  `ip netns exec ${host} iptables -P INPUT DROP`,
];

describe.skipIf(reason !== undefined)(`rules before published ports${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let seen: Seen;

  beforeAll(async () => {
    for (const line of wiring) {
      const [first = '', ...words] = line.split(' ');
      execFileSync(first, words);
    }
    // Only the network is another one: the engine needs the control groups of this one.
    const words = [`--net=/run/netns/${host}`, process.execPath, program, stranger, '192.0.2.1'];
    const { stdout } = await promisify(execFile)('nsenter', words, { maxBuffer: 2 ** 24 });
    seen = JSON.parse(stdout) as Seen;
  }, 120_000);

  afterAll(() => {
    for (const name of [host, stranger]) execFileSync('ip', ['netns', 'delete', name]);
  });

  test('a port that goes round a closed INPUT is closed for strangers, and open again when it is taken back', () => {
    expect(seen.verdicts).toEqual([
      expect.stringMatching(/^fail .*INPUT.* database 5432\/tcp/),
      expect.stringMatching(/^pass Rules of your own/),
      expect.stringMatching(/^fail /),
    ]);
    expect(seen.reached).toEqual([true, false, true]);
  });

  test('a connection that stands goes on', () => {
    expect(seen.standing).toEqual(['got one', 'got two', 'got three']);
  });

  test('the plan names the one interface and who is not reached any more', () => {
    expect(seen.planned).toMatchObject({
      refused: [],
      actions: [
        {
          affects: [{ container: 'database', effect: 'may-break' }],
          steps: [{ kind: 'filter-rule', family: 'ip', inInterface: 'outer0', protocol: 'tcp', port: 5432 }],
        },
      ],
    });
  });

  test('each side twice is as once, and what was there comes back as it was', () => {
    expect(seen.sides.flat()).toEqual(['before', 'after', 'after', 'before', 'before']);
    expect(seen.rules.after).toBe(seen.rules.before);
    const added = seen.rules.between.split('\n').filter((line) => !seen.rules.before.split('\n').includes(line));
    expect(added).toEqual([
      '-A DOCKER-USER -i outer0 -p tcp -m conntrack --ctstate NEW --ctorigdstport 5432 --ctdir ORIGINAL -m comment --comment plimsoll -j DROP',
    ]);
  });

  test('the engine keeps what its unit has put into the chain before it starts, once', () => {
    expect(seen.kept.trim().split('\n')).toEqual([
      '-N DOCKER-USER',
      expect.stringContaining('--ctorigdstport 9999'),
      '-A DOCKER-USER -j RETURN',
    ]);
  });
});
