import { expect, test } from 'vitest';
import { container, engine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { HostChange } from '../../model/host-change.ts';
import { operationsOf } from '../exports/operations.ts';
import { hostFailure, planContext, type Scene, written } from './host-plan.fixture.ts';
import { type FilterSight, planPacketFilter } from './packet-filter.ts';

const drop = { kind: 'filter', family: 'ip', inInterface: 'eth0', protocol: 'tcp', port: 5432 } as const;
const rule =
  '-i eth0 -p tcp -m conntrack --ctstate NEW --ctorigdstport 5432 --ctdir ORIGINAL -m comment --comment plimsoll -j DROP';
const dropIn = '/etc/systemd/system/docker.service.d/61-plimsoll-docker-user.conf';
const start = `ExecStartPre=-/usr/bin/sh -c '/usr/sbin/iptables --wait -N DOCKER-USER 2>/dev/null; /usr/sbin/iptables --wait -C DOCKER-USER ${rule} 2>/dev/null || /usr/sbin/iptables --wait -I DOCKER-USER ${rule}'\n`;

const database = {
  ...container({ name: 'database', ports: [{ hostPort: 5432, containerPort: 5432, protocol: 'tcp' }] }),
  state: 'running' as const,
};
const there = { '/etc/systemd/system/x.service': '' };
const programs: Readonly<Record<string, string>> = { sh: '/usr/bin/sh', iptables: '/usr/sbin/iptables' };

function plan(changes: readonly HostChange[], scene: Scene = {}, sight: Partial<FilterSight> = {}) {
  const units = known([], 'file' as const, '/etc/systemd/system');
  const context = planContext({
    ...scene,
    files: { ...there, ...scene.files },
    facts: { enabledUnits: units, ...scene.facts },
    change: { containers: [database], ...scene.change },
  });
  return planPacketFilter([hostFailure('network-published-vs-firewall', changes)], context, {
    program: (name) => programs[name],
    hasChain: async () => true,
    ...sight,
  });
}

test('the rules are in force at once and set by the engine’s unit, and who is not reached any more is named', async () => {
  const { actions, refused } = await plan([drop, drop]);
  expect(refused).toEqual([]);
  expect(actions).toMatchObject([
    {
      id: 'packet-filter',
      kind: 'packet-filter',
      answers: [{ control: 'network-published-vs-firewall' }],
      disruption: 'none',
      affects: [{ container: 'database', effect: 'may-break', why: { en: expect.stringContaining('5432/tcp') } }],
      steps: [
        { kind: 'file', path: dropIn, before: null, folders: ['/etc/systemd/system/docker.service.d'] },
        { ...drop, kind: 'filter-rule' },
      ],
      effect: { kind: 'reload-units' },
    },
  ]);
  expect(actions[0]?.steps).toHaveLength(2);
  expect(written(actions[0]?.steps[0] as never)).toBe(`# Written by plimsoll fix.\n[Service]\n${start}`);
  expect(actions[0]?.diff).toContain(`+ iptables -I DOCKER-USER ${rule}\n`);
  expect(actions[0]?.diff).toContain(`+++ b${dropIn}`);
  expect(actions[0]?.summary.en).toMatch(/eth0 .* 5432\/tcp.*After a reboot/);
});

test('containers that do not run, or publish other ports, do not notice', async () => {
  const stopped = { ...database, name: 'old', state: 'stopped' as const };
  const other = { ...container({ name: 'search', ports: [{ hostPort: 9200, containerPort: 1, protocol: 'tcp' }] }) };
  const containers = [database, stopped, { ...other, state: 'running' as const }];
  const { actions } = await plan([drop], { change: { containers } });
  expect(actions[0]?.affects.map((each) => each.container)).toEqual(['database']);
});

test('what an earlier fix wrote is added to, and what it says already is only set', async () => {
  const earlier = `# Written by plimsoll fix.\n[Service]\n${start}`;
  const { actions } = await plan([drop, { ...drop, port: 9200 }], { files: { [dropIn]: earlier } });
  expect(written(actions[0]?.steps[0] as never)).toBe(earlier + start.replaceAll('5432', '9200'));
  const again = await plan([drop], { files: { [dropIn]: earlier } });
  expect(again.actions[0]?.steps).toEqual([{ ...drop, kind: 'filter-rule' }]);
  expect(again.actions[0]).not.toHaveProperty('effect');
});

test('where systemd does not start the engine, the rules are said to last until the next reboot', async () => {
  const units = known(null, 'file' as const, '/etc/systemd/system');
  const { actions } = await plan([drop], { change: { engine: engine({}, { units }) } });
  expect(actions[0]?.steps).toHaveLength(1);
  expect(actions[0]?.summary.en).toContain('last until the next reboot');
  expect(actions[0]).not.toHaveProperty('effect');
});

const saved = '*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n';

test('where a service restores the rules of the host, its file is added to', async () => {
  const enabledUnits = known(['netfilter-persistent.service'], 'file' as const, '/etc/systemd/system');
  const files = { '/etc/iptables/rules.v4': saved, '/etc/iptables/rules.v6': saved };
  const six = { ...drop, family: 'ip6' as const };
  const { actions } = await plan([drop, six], { files, facts: { enabledUnits } });
  expect(actions[0]?.steps.map((step) => ('path' in step ? step.path : step.kind))).toEqual([
    '/etc/iptables/rules.v4',
    '/etc/iptables/rules.v6',
    'filter-rule',
    'filter-rule',
  ]);
  expect(written(actions[0]?.steps[0] as never)).toBe(
    `*filter\n:INPUT DROP [0:0]\n:DOCKER-USER - [0:0]\n-A DOCKER-USER ${rule}\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n`,
  );
  expect(actions[0]).not.toHaveProperty('effect');
  // Without a file for IPv6 the unit sets that rule.
  const { '/etc/iptables/rules.v4': four } = files;
  const half = await plan([drop, six], { files: { '/etc/iptables/rules.v4': four }, facts: { enabledUnits } });
  expect(half.actions[0]?.steps.map((step) => ('path' in step ? step.path : step.kind))).toContain(dropIn);
  expect(written(half.actions[0]?.steps[1] as never)).toContain('/usr/sbin/ip6tables --wait -I');
  expect(written(half.actions[0]?.steps[1] as never)).not.toContain('/iptables --wait -I');
});

test.each([
  ['the chain is not there', {}, { hasChain: async () => false }, 'no chain DOCKER-USER'],
  ['its drop-in is somebody else’s', { files: { [dropIn]: '[Service]\n' } }, {}, 'not written by plimsoll fix'],
  ['its drop-in is a link', { files: { [dropIn]: '->/etc/x' } }, {}, 'link'],
  ['the saved rules are a link', { files: { '/etc/iptables/rules.v4': '->/etc/x' } }, {}, 'link'],
  [
    'the saved rules have no filters',
    { files: { '/etc/iptables/rules.v4': '*nat\nCOMMIT\n' } },
    {},
    'no table of filters',
  ],
] as const)('nothing is planned where %s', async (_name, scene: Scene, sight: Partial<FilterSight>, words) => {
  const enabledUnits = known(['netfilter-persistent.service'], 'file' as const, '/etc/systemd/system');
  const { actions, refused } = await plan([drop], { ...scene, facts: { enabledUnits } }, sight);
  expect(actions).toEqual([]);
  expect(refused).toMatchObject([{ why: 'refused', reason: { en: expect.stringContaining(words) } }]);
});

test('failures of others are left to them', async () => {
  expect(await plan([{ kind: 'mode', path: '/x', mode: 0o600 }])).toEqual({ actions: [], refused: [] });
});

test('exported, a rule that is there is not added once more', async () => {
  const { actions } = await plan([drop], { change: { engine: engine({}, { units: known(null, 'file', '/') }) } });
  const insertion = `iptables --wait -C DOCKER-USER ${rule} 2>/dev/null || iptables --wait -I DOCKER-USER ${rule}`;
  expect(operationsOf({ actions, refused: [] })).toMatchObject([
    { operations: [{ kind: 'command', words: ['sh', '-c', insertion] }] },
  ]);
});
