import { describe, expect, it } from 'vitest';
import { engine, machine } from '../../../test/subjects.ts';
import type { Planned } from '../planning.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { planWith } from './compose-file.ts';
import { content, context, edited, failure, link, live, path, plan, text } from './compose-plan.fixture.ts';

function denied(): never {
  throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
}

function reasons({ actions, refused }: Planned): string[] {
  expect(actions).toEqual([]);
  return refused.map(({ reason }) => reason.en);
}

describe('refusing to edit', () => {
  const change: SpecChange = { readOnlyRoot: true };

  it('a file that is not there any more', () => {
    expect(reasons(plan([failure(change)], {}))[0]).toContain('is not there any more');
  });

  it('a link', () => {
    expect(reasons(plan([failure(change)], { [path]: link, [`${path}.real`]: text }))[0]).toContain('is a link');
  });

  it('a folder', () => {
    const planned = plan([failure(change)], { [path]: text }, { file: () => undefined });
    expect(reasons(planned)[0]).toContain('is no regular file');
  });

  it('a file that cannot be read', () => {
    expect(reasons(plan([failure(change)], { [path]: text }, { file: denied }))[0]).toContain('cannot be read');
  });

  it('a text that is not UTF-8', () => {
    const tree = { [path]: Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xe9, 0x0a])]) };
    expect(reasons(plan([failure(change)], tree))[0]).toContain('UTF-8');
  });

  it('a container without the label of its files', () => {
    const unlabelled = { ...live(), owner: { kind: 'compose' as const, project: 'shop', service: 'web', files: [] } };
    expect(reasons(plan([failure(change, unlabelled)]))[0]).toContain('do not name the Compose file');
  });

  it('an engine on another machine', () => {
    const remote = machine({ engine: engine({}, { local: false }) });
    expect(reasons(plan([failure(change)], { [path]: text }, { machine: remote }))[0]).toContain('another machine');
  });

  it.each([
    ['a folder that everybody may write to', '/srv/shop', 0o777, 0, true],
    ['a folder further out', '/srv', 0o777, 0, true],
    ["a user's file in a folder for everybody", '/srv/shop', 0o1777, 1000, true],
    ["root's file in a folder for everybody, where only owners rename", '/srv/shop', 0o1777, 0, false],
    ["a user's file below such a folder", '/srv', 0o1777, 1000, false],
    ["a user's file in a folder of the user's", '/srv/shop', 0o755, 1000, false],
  ])('%s', (_, folder, mode, uid, isRefused) => {
    const accessOf = (name: string) => ({ mode: name === folder ? mode : 0o755, uid: 0, gid: 0 });
    const file = () => content(text, { mode: 0o644, uid, gid: uid });
    const planned = planWith([failure(change)], context({ [path]: text }, { file }), accessOf);
    expect(planned.refused.map(({ reason }) => reason.en.includes(`may write to ${folder}`))).toEqual(
      isRefused ? [true] : [],
    );
    expect(planned.actions).toHaveLength(isRefused ? 0 : 1);
  });

  it('a file that is no Compose file any more', () => {
    expect(reasons(plan([failure(change)], { [path]: 'services: [\n' }))[0]).toContain('cannot be read as a Compose');
  });

  it('a service that is gone', () => {
    expect(reasons(plan([failure(change, live('cart'))]))[0]).toContain('has no service cart');
  });

  it('a place that a variable without a value decides', () => {
    const tree = { [path]: text.replace('mem_limit: 1g', 'mem_limit: ${LIMIT}') };
    const limit: SpecChange = { resources: { memory: 256 * 1024 ** 2 } };
    expect(reasons(plan([failure(limit)], tree))[0]).toContain('A variable without a value decides resources.memory');
    expect(edited(plan([failure(change)], tree))).toContain('mem_limit: ${LIMIT}');
  });

  it('what the file says already, with the command that makes the container so', () => {
    const { refused } = plan([failure(change)], { [path]: text.replace('mem_limit: 1g', 'read_only: true') });
    expect(refused[0]?.reason.en).toContain('says so already');
    expect(refused[0]?.commands[0]).toMatch(/^docker compose .*up --detach web$/);
  });

  it('a value that comes from a file that is included', () => {
    const included = '/srv/shop/base.yaml';
    const tree = {
      [path]: 'include:\n  - base.yaml\nservices:\n  db:\n    image: db\n',
      [included]: text.replace(/ {2}db:\n.*\n/, ''),
    };
    expect(reasons(plan([failure({ privileged: false })], tree))[0]).toContain(`takes this from ${included}`);
  });

  it('what cannot be changed without changing another service', () => {
    const shared = text
      .replace('cap_add: [NET_ADMIN, SYS_TIME]', 'cap_add: &clock [SYS_TIME]')
      .replace('shop/db:16', 'shop/db:16\n    cap_add: *clock');
    const clock = live('web', {}, { capabilities: { add: ['CAP_SYS_TIME'], drop: [] } });
    const planned = plan([failure({ capabilities: { add: [] } }, clock)], { [path]: shared });
    expect(reasons(planned)[0]).toContain('could be proven');
  });

  it('what Compose has no word for', () => {
    expect(reasons(plan([failure({ resources: { memoryNodes: '0' } })]))[0]).toContain('could be proven');
  });

  it('a network of its own, for which no ports are published', () => {
    const tree = { [path]: text.replace('privileged: true', 'network_mode: host') };
    expect(reasons(plan([failure({ namespaces: { network: null } })], tree))[0]).toContain('none of the ports');
  });

  it('options of a volume that is there already', () => {
    const mounts = live().mounts.map((mount) =>
      mount.target === '/data' ? { ...mount, options: { type: 'none', o: 'bind,nosuid' } } : mount,
    );
    expect(reasons(plan([failure({ mounts })]))[0]).toContain('The volume data is there already');
  });

  it('a mount that the image brings', () => {
    const mounts = live().mounts.map((mount) =>
      mount.target === '/cache' ? { ...mount, anonymous: false, source: 'cache' } : mount,
    );
    expect(reasons(plan([failure({ mounts })]))[0]).toContain('its image brings it');
  });

  it('one failure, and edits the file for another', () => {
    const planned = plan([failure({ resources: { memoryNodes: '0' } }), failure(change)]);
    expect(planned.refused).toHaveLength(1);
    expect(edited(planned)).toContain('read_only: true');
  });
});
