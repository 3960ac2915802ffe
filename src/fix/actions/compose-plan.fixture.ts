import { container, machine } from '../../../test/subjects.ts';
import { containerMemoryLimit } from '../../controls/container/container-memory-limit.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { FileAccess, FileContent } from '../../model/plan.ts';
import { changeSpec } from '../../model/remedy.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import type { Failure, PlanContext, Planned } from '../planning.ts';
import { planWith } from './compose-file.ts';

export const path = '/srv/shop/compose.yaml';
export const text = `# The shop.
services:
  web:
    image: registry.example/shop/web:1.4.2
    privileged: true # for now
    mem_limit: 1g
    cap_add: [NET_ADMIN, SYS_TIME]
    volumes:
      - data:/data
      - /etc:/host/etc
    environment:
      API_TOKEN: cq93jfpw8snv02
  db:
    image: registry.example/shop/db:16

volumes:
  data:
`;

/** What is at a path: a text, its bytes, or a link. */
export type Tree = Readonly<Record<string, string | Buffer | undefined>>;
export const link = '-> elsewhere';
export const rootOnly: FileAccess = { mode: 0o640, uid: 0, gid: 7 };

export function content(bytes: string | Buffer, access: FileAccess = rootOnly): FileContent {
  return { bytes: Buffer.from(bytes).toString('base64'), access };
}

export function context(tree: Tree, change: Partial<PlanContext> = {}): PlanContext {
  return {
    machine: machine(),
    file(name) {
      const there = tree[name];
      if (there === undefined) return null;
      return there === link ? undefined : content(there);
    },
    realPath: (name) => (tree[name] === undefined ? undefined : tree[name] === link ? `${name}.real` : name),
    engine: () => Promise.resolve(null),
    allowRemoval: false,
    now: new Date(Date.UTC(2026, 6, 1)),
    ...change,
  };
}

/** A live container of the project, with all that the engine adds to what was written. */
export function live(service = 'web', labels: Record<string, string> = {}, change: SpecChange = {}): ContainerSpec {
  const files = labels['com.docker.compose.project.config_files'] ?? path;
  return {
    ...container({
      privileged: true,
      capabilities: { add: ['CAP_NET_ADMIN', 'CAP_SYS_TIME'], drop: [] },
      mounts: [
        { kind: 'volume', source: 'shop_data', target: '/data', readOnly: false, options: {}, driver: 'local' },
        { kind: 'bind', source: '/etc', target: '/host/etc', readOnly: false, options: {}, propagation: 'rprivate' },
        { kind: 'volume', source: 'ab12', target: '/cache', readOnly: false, options: {}, anonymous: true },
      ],
      labels: { 'com.docker.compose.project.working_dir': '/srv/shop', ...labels },
      ...change,
    }),
    name: `shop-${service}-1`,
    owner: { kind: 'compose', project: 'shop', service, files: files.split(',') },
  };
}

export function failure(change: SpecChange, subject: ContainerSpec = live(), id = 'container-memory-limit'): Failure {
  return {
    control: { ...containerMemoryLimit, id },
    subject: { kind: 'container', id: `container/${subject.name}`, value: subject },
    remedy: changeSpec(change, { en: 'Change it.', zh: '更改。' }),
  };
}

export const closed = () => ({ mode: 0o755, uid: 0, gid: 0 });

export function plan(
  failures: readonly Failure[],
  tree: Tree = { [path]: text },
  change: Partial<PlanContext> = {},
): Planned {
  return planWith(failures, context(tree, change), closed);
}

/** The text that the only step of the only action writes. */
export function edited({ actions }: Planned): string {
  const step = actions[0]?.steps[0];
  if (actions.length !== 1 || step?.kind !== 'file' || !step.after) throw new Error('no file is written');
  return Buffer.from(step.after.bytes, 'base64').toString('utf8');
}
