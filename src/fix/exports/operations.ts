import { createHash } from 'node:crypto';
import { filterProgram, forwardDropCommand } from '../../model/forward-drop.ts';
import type { Action, FileAccess, FileContent, FileStep, Plan, Step } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import { invisible } from '../../remedy/invisible.ts';
import { textOf } from '../file-diff.ts';
import { auditKey } from '../steps/audit.ts';
import { engineCommand } from './engine-command.ts';
import { removedMembers } from './removed-members.ts';
import { holdsSecret } from './secret-content.ts';

/** What another tool can be told to do. */
export type Operation =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly content: FileContent;
      /** SHA-256 of the file as it was, in hexadecimal; `null`: there was none. */
      readonly before: string | null;
      /** Folders to be made first, outermost first. */
      readonly folders: readonly string[];
    }
  | { readonly kind: 'delete'; readonly path: string; readonly before: string | null }
  | { readonly kind: 'access'; readonly path: string; readonly before: FileAccess; readonly after: FileAccess }
  | { readonly kind: 'leave-group'; readonly user: string; readonly group: string }
  | {
      readonly kind: 'command';
      readonly words: readonly string[];
      /** What a program says that fails because it is so already. */
      readonly tolerated?: string;
    };

export type Exported =
  | { readonly action: Action; readonly operations: readonly Operation[] }
  /** Why the action has no way outside of `plimsoll fix`. */
  | { readonly action: Action; readonly absent: Text };

/** Each action as operations, whole or not at all: half of one may do harm. */
export function operationsOf({ actions }: Plan): readonly Exported[] {
  const missing = new Set<string>();
  return actions.map((action): Exported => {
    const paths = action.steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []));
    const builtOn = paths.find((path) => missing.has(path));
    const operations = builtOn === undefined ? convert(action) : dependsOn(builtOn);
    if (!('en' in operations)) return { action, operations };
    for (const path of paths) missing.add(path);
    return { action, absent: operations };
  });
}

function convert(action: Action): readonly Operation[] | Text {
  const secret = action.steps.find((step) => step.kind === 'file' && isSecretFile(step) && !isMembership(step));
  if (secret?.kind === 'file') return secretFile(secret.path);
  const operations: Operation[] = [];
  for (const step of action.steps) {
    const own = operationsFor(step);
    if (own === undefined) return noWords(step.kind);
    if (own.some(isUnsayable)) return unsayable;
    operations.push(...own);
  }
  return operations;
}

function operationsFor(step: Step): readonly Operation[] | undefined {
  switch (step.kind) {
    case 'file':
      return isMembership(step) ? membershipOperations(step) : [fileOperation(step)];
    case 'access':
      return [{ kind: 'access', path: step.path, before: step.before, after: step.after }];
    case 'parameter':
      return [{ kind: 'command', words: ['sysctl', '-q', '-w', `${step.name}=${step.after}`] }];
    case 'audit': {
      const words = ['auditctl', '-w', step.path, '-p', step.permissions, '-k', auditKey];
      return [{ kind: 'command', words, tolerated: 'Rule exists' }];
    }
    case 'filter-rule':
      return [{ kind: 'command', words: ['sh', '-c', forwardDropCommand(step, filterProgram(step))] }];
    case 'limits':
    case 'membership':
    case 'existence':
    case 'removal': {
      const command = engineCommand(step);
      return command && [command];
    }
    default:
      return undefined;
  }
}

function fileOperation({ path, before, after, folders = [] }: FileStep): Operation {
  const sum = before && createHash('sha256').update(Buffer.from(before.bytes, 'base64')).digest('hex');
  return after === null
    ? { kind: 'delete', path, before: sum }
    : { kind: 'write', path, content: after, before: sum, folders };
}

/** Accounts belong to the host: users are taken out of a group, and no whole file is put in place. */
function isMembership({ path }: FileStep): boolean {
  return path === '/etc/group' || path === '/etc/gshadow';
}

function membershipOperations(step: FileStep): readonly Operation[] | undefined {
  // The same program changes both.
  if (step.path === '/etc/gshadow') return [];
  return removedMembers(step)?.map(({ user, group }) => ({ kind: 'leave-group', user, group }));
}

/** Of what goes, too: its checksum beside the rest of the file would let a short password be guessed. */
function isSecretFile({ before, after }: FileStep): boolean {
  return holdsSecret(textOf(before)) || holdsSecret(textOf(after));
}

/** Names and values with characters that POSIX shells have no plain way to write. */
function isUnsayable(operation: Operation): boolean {
  const texts = Object.values(operation).flatMap((value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  });
  return texts.some((text) => text.search(invisible) !== -1);
}

function secretFile(path: string): Text {
  return {
    en: `${path} looks as if it held a secret, so that its content is not exported: change it yourself, or use plimsoll fix --apply`,
    zh: `${path} 似乎含有机密信息，因此不导出其内容：请自行修改，或使用 plimsoll fix --apply`,
  };
}

function dependsOn(path: string): Text {
  return {
    en: `it builds on a change of ${path} that is not exported either`,
    zh: `它基于对 ${path} 的另一项更改，而该更改未导出`,
  };
}

function noWords(kind: Step['kind']): Text {
  return {
    en: `a step of it (${kind}) has no command of its own: plimsoll fix --apply does it`,
    zh: `其中的步骤（${kind}）没有对应的命令：请使用 plimsoll fix --apply`,
  };
}

const unsayable: Text = {
  en: 'a name or value in it has characters that cannot be seen: use plimsoll fix --apply',
  zh: '其中的名称或值含有不可见字符：请使用 plimsoll fix --apply',
};
