import { describe, expect, it } from 'vitest';
import { container, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { planComposeFile } from './compose-file.ts';
import { content, context, edited, failure, live, path, plan, rootOnly, text } from './compose-plan.fixture.ts';

describe('editing the Compose file', () => {
  it('changes the service alone, and keeps comments and layout', () => {
    const planned = plan([failure({ resources: { memory: 256 * 1024 ** 2 } })]);
    expect(edited(planned)).toBe(text.replace('mem_limit: 1g', 'mem_limit: 256m'));
    expect(planned.refused).toEqual([]);
  });

  it('makes one action of all failures of a file, with what it needs to be taken back', () => {
    const failures = [
      failure({ resources: { pids: 100 } }, live(), 'container-pids-limit'),
      failure({ privileged: false }, live(), 'container-not-privileged'),
      failure({ readOnlyRoot: true }, live('db'), 'container-readonly-rootfs'),
    ];
    const planned = plan(failures);
    const [action] = planned.actions;
    expect(edited(planned)).toContain('pids_limit: 100');
    expect(action).toMatchObject({
      id: `compose-file/${path}`,
      kind: 'compose-file',
      disruption: 'recreate',
      steps: [{ kind: 'file', path, before: content(text), after: { access: rootOnly } }],
    });
    expect(action?.answers.map(({ control, subject }) => `${control} ${subject}`)).toEqual([
      'container-pids-limit container/shop-web-1',
      'container-not-privileged container/shop-web-1',
      'container-readonly-rootfs container/shop-db-1',
    ]);
  });

  it('says that the controls pass after docker compose up, and of which services', () => {
    const { actions } = plan([failure({ readOnlyRoot: true }), failure({ readOnlyRoot: true }, live('db'))]);
    expect(actions[0]?.pending?.en).toContain(
      `docker compose --project-name shop --file ${path} --project-directory /srv/shop up --detach db web`,
    );
    expect(actions[0]?.pending?.zh).toContain('docker compose --project-name shop');
  });

  it('names the containers that are made anew, and those that live in one of their namespaces', () => {
    const web = live();
    const other = live('web', { 'com.docker.compose.project.config_files': '/srv/other/compose.yaml' });
    const sidecar = { ...container({ namespaces: { network: 'container:shop-web-1' } }), name: 'sidecar' };
    const { actions } = plan(
      [failure({ readOnlyRoot: true })],
      { [path]: text },
      { machine: machine({ containers: [web, live('db'), { ...other, name: 'other-web-1' }, sidecar] }) },
    );
    expect(actions[0]?.affects.map((each) => [each.container, each.effect])).toEqual([
      ['shop-web-1', 'restarts'],
      ['sidecar', 'may-break'],
    ]);
  });

  it('names what its program may not bear, and what it would lose', () => {
    const changedPaths = known(['/srv', '/srv/cart.db'], 'engine-api', 'changes');
    const { actions } = plan([failure({ readOnlyRoot: true }, { ...live(), readOnlyRoot: false, changedPaths })]);
    expect(actions[0]?.affects.map((each) => [each.container, each.effect])).toEqual([
      ['shop-web-1', 'may-break'],
      ['shop-web-1', 'may-break'],
    ]);
    expect(actions[0]?.affects.map(({ why }) => why.en).join('\n')).toMatch(/read-only.*\n.*\/srv\/cart\.db/);
  });

  it('carries over what a change of a list means, and nothing that the engine or the image has added', () => {
    const web = live();
    const mounts = web.mounts.filter(({ source }) => source !== '/etc');
    const result = edited(plan([failure({ mounts, capabilities: { add: ['CAP_NET_ADMIN'], drop: ['ALL'] } })]));
    expect(result).toBe(
      text
        .replace('      - /etc:/host/etc\n', '')
        .replace('[NET_ADMIN, SYS_TIME]\n', '[NET_ADMIN]\n')
        .replace('    environment:\n', '    environment:\n')
        .replace('      API_TOKEN: cq93jfpw8snv02\n', '      API_TOKEN: cq93jfpw8snv02\n    cap_drop:\n      - ALL\n'),
    );
  });

  it('makes a mount read-only under the name that it has in the file', () => {
    const mounts = live().mounts.map((mount) => (mount.target === '/data' ? { ...mount, readOnly: true } : mount));
    expect(edited(plan([failure({ mounts })]))).toBe(text.replace('- data:/data', '- data:/data:ro'));
  });

  it('answers both of two replicas by one edit', () => {
    const second = { ...live(), name: 'shop-web-2' };
    const planned = plan([failure({ readOnlyRoot: true }), failure({ readOnlyRoot: true }, second)]);
    expect(planned.actions[0]?.answers.map(({ subject }) => subject)).toEqual([
      'container/shop-web-1',
      'container/shop-web-2',
    ]);
    expect(edited(planned).match(/read_only/g)).toHaveLength(1);
  });

  it('edits the file of several in which the value is written', () => {
    const override = '/srv/shop/compose.override.yaml';
    const tree = { [path]: text, [override]: 'services:\n  web:\n    mem_limit: 2g\n' };
    const both = live('web', { 'com.docker.compose.project.config_files': `${path},${override}` });
    const planned = plan([failure({ resources: { memory: 256 * 1024 ** 2 } }, both)], tree);
    expect(planned.actions[0]?.id).toBe(`compose-file/${override}`);
    expect(edited(planned)).toBe('services:\n  web:\n    mem_limit: 256m\n');
  });

  it('finds a file that the label names from the folder of the project', () => {
    const old = live('web', { 'com.docker.compose.project.config_files': 'compose.yaml' });
    expect(plan([failure({ readOnlyRoot: true }, old)]).actions[0]?.id).toBe(`compose-file/${path}`);
  });

  it('overrides what several services take from one place', () => {
    const shared =
      'x-base: &base\n  cap_add: [SYS_TIME]\nservices:\n  web:\n    <<: *base\n    image: web\n  db:\n    <<: *base\n    image: db\n';
    const clock = live('web', {}, { capabilities: { add: ['CAP_SYS_TIME'], drop: [] } });
    const planned = plan([failure({ capabilities: { add: [] } }, clock)], { [path]: shared });
    expect(edited(planned)).toBe(shared.replace('image: web\n', 'image: web\n    cap_add: []\n'));
  });

  it('keeps a byte-order mark', () => {
    const planned = plan([failure({ resources: { memory: 256 * 1024 ** 2 } })], { [path]: `\uFEFF${text}` });
    expect(edited(planned)).toBe(`\uFEFF${text.replace('1g', '256m')}`);
  });

  it('reads variables of the files that docker compose was given', () => {
    const tree = { [path]: text.replace('1g', '${LIMIT}'), '/srv/shop/live.env': 'LIMIT=1g\n' };
    const named = live('web', { 'com.docker.compose.project.environment_file': '/srv/shop/live.env' });
    expect(edited(plan([failure({ resources: { memory: 256 * 1024 ** 2 } }, named)], tree))).toContain(
      'mem_limit: 256m',
    );
  });

  it('shows no secret that stands beside a change, or on its line', () => {
    const beside = plan([failure({ mounts: live().mounts.filter(({ source }) => source !== '/etc') })]);
    expect(beside.actions[0]?.diff).toContain('-      - /etc:/host/etc');
    expect(beside.actions[0]?.diff).not.toContain('cq93jfpw8snv02');
    const flow = 'services: { web: { image: web, privileged: true, environment: { API_TOKEN: cq93jfpw8snv02 } } }\n';
    const within = plan([failure({ privileged: false })], { [path]: flow });
    expect(edited(within)).toContain('cq93jfpw8snv02');
    expect(JSON.stringify(within.actions[0]?.diff)).toContain('API_TOKEN: [redacted]');
    expect(within.actions[0]?.diff).not.toContain('cq93jfpw8snv02');
  });

  it('leaves to others what is not its own', () => {
    const alone = { ...live(), owner: { kind: 'none' as const } };
    const { remedy: _remedy, ...byHand } = failure({ readOnlyRoot: true });
    expect(plan([failure({ readOnlyRoot: true }, alone), byHand])).toEqual({ actions: [], refused: [] });
  });
});

it('looks at the real file system for who may write where', () => {
  expect(planComposeFile([], context({}))).toEqual({ actions: [], refused: [] });
});
