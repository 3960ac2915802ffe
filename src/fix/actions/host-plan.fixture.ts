import { contextOf, host, machine } from '../../../test/subjects.ts';
import type { Control, Machine } from '../../model/control.ts';
import type { HostChange } from '../../model/host-change.ts';
import type { HostFacts } from '../../model/host.ts';
import type { JsonValue } from '../../model/json.ts';
import { byHand, changeHost } from '../../model/remedy.ts';
import type { Failure, PlanContext } from '../planning.ts';

/** Files by path, as text; a text that begins with `->` is a link. */
export type Files = Readonly<Record<string, string>>;

const text = { en: 'Do it.', zh: '执行。' };

/** A failure of a control of the host with these changes as its remedy; without changes it is a matter for a person. */
export function hostFailure(id: string, changes: readonly HostChange[], commands: readonly string[] = []): Failure {
  const remedy = changes.length > 0 ? changeHost(changes, text) : byHand(text, commands);
  return { control: { id } as Control, subject: { kind: 'host', id: 'host', value: host() }, remedy };
}

/** The failure of a real control on a host, with its own remedy. */
export function failureOf(control: Control<'host'>, facts: HostFacts): Failure {
  return {
    control,
    subject: { kind: 'host', id: 'host', value: facts },
    remedy: control.remedy(facts, contextOf(control)),
  };
}

export interface Scene {
  readonly files?: Files;
  /** Of the host. */
  readonly facts?: Partial<HostFacts>;
  readonly change?: Partial<Machine>;
  readonly answers?: Readonly<Record<string, JsonValue>>;
  readonly allowRemoval?: boolean;
}

/** What a planner may look at, in a world of these files: folders are there where something is in them. */
export function planContext({
  files = {},
  facts = {},
  change = {},
  answers = {},
  allowRemoval = false,
}: Scene): PlanContext {
  const isThere = (path: string) =>
    path === '/' || path in files || Object.keys(files).some((each) => each.startsWith(`${path}/`));
  const behind = (path: string): string => {
    const link = Object.keys(files).find(
      (each) => files[each]?.startsWith('->') && (path === each || path.startsWith(`${each}/`)),
    );
    return link === undefined ? path : behind((files[link] ?? '').slice(2) + path.slice(link.length));
  };
  return {
    machine: machine({ host: host(facts), ...change }),
    file(path) {
      const content = files[path];
      if (content === undefined) return isThere(behind(path)) ? undefined : null;
      if (content.startsWith('->')) return undefined;
      return { bytes: Buffer.from(content, 'latin1').toString('base64'), access: { mode: 0o640, uid: 0, gid: 4 } };
    },
    realPath: (path) => (isThere(behind(path)) ? behind(path) : undefined),
    engine: async (path) => answers[path] ?? null,
    allowRemoval,
    now: new Date(Date.UTC(2026, 6, 1)),
  };
}

/** The names in a folder of these files. */
export function namesOf(files: Files): (folder: string) => readonly string[] {
  return (folder) =>
    Object.keys(files)
      .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
      .map((path) => path.slice(folder.length + 1))
      .toSorted();
}

/** What a step writes. */
export function written(step: { readonly after?: unknown } | undefined): string {
  const { bytes = '' } = (step?.after ?? {}) as { bytes?: string };
  return Buffer.from(bytes, 'base64').toString('latin1');
}
