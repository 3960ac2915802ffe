import { posix } from 'node:path';
import type { AuditRules, AuditWatch } from '../../model/host.ts';

/** What one line does to the list of rules. */
export type AuditStep =
  | { readonly kind: 'rule'; readonly rule: AuditRule; readonly first: boolean }
  | { readonly kind: 'remove'; readonly rule: AuditRule }
  | { readonly kind: 'clear' }
  | { readonly kind: 'ignore-tasks' }
  | { readonly kind: 'enabled'; readonly value: boolean };

interface AuditRule extends AuditWatch {
  /** Events that it matches are recorded; otherwise dropped. */
  readonly records: boolean;
}

/**
 * Reads lines as `auditctl` takes and prints them. What is not about files, or only about some users, programs or calls,
 * is passed over: it does not watch a file. A line that ends in `\` goes on in the next one.
 */
export function parseAuditRules(text: string): AuditStep[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => stepIn(optionsIn(line)) ?? []);
}

/** The list after all steps. The first rule that matches an event decides what becomes of it. */
export function applyAuditSteps(steps: readonly AuditStep[]): Omit<AuditRules, 'loaded'> {
  let rules: AuditRule[] = [];
  let enabled: boolean | undefined;
  let ignoresTasks = false;
  for (const step of steps) {
    if (step.kind === 'clear') [rules, ignoresTasks] = [[], false];
    else if (step.kind === 'ignore-tasks') ignoresTasks = true;
    else if (step.kind === 'enabled') enabled = step.value;
    else if (step.kind === 'remove') rules = rules.filter((rule) => !isSame(rule, step.rule));
    else if (step.first) rules.unshift(step.rule);
    else rules.push(step.rule);
  }
  const watches: AuditWatch[] = [];
  const dropped: AuditRule[] = [];
  for (const rule of rules) {
    const { records, ...watch } = rule;
    if (!records) dropped.push(rule);
    else if (!dropped.some((each) => covers(each, rule))) watches.push(watch);
  }
  if (ignoresTasks) enabled = false;
  return { watches, ...(enabled === undefined ? {} : { enabled }) };
}

function isSame(one: AuditRule, other: AuditRule): boolean {
  return one.path === other.path && one.records === other.records && one.permissions === other.permissions;
}

function covers({ path, recursive, permissions }: AuditRule, inner: AuditRule): boolean {
  const isThere = inner.path === path || (recursive && inner.path.startsWith(path === '/' ? '/' : `${path}/`));
  return isThere && inner.permissions.split('').every((each) => permissions.includes(each));
}

type Options = readonly (readonly [letter: string, value: string])[];

/** Options with their values, written together or apart: `-p wa`, `-pwa`. */
function optionsIn(line: string): Options {
  const options: [string, string][] = [];
  for (const quoted of line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []) {
    const word = quoted.replaceAll(/["']/g, '');
    const last = options.at(-1);
    if (/^-[A-Za-z]/.test(word)) options.push([word.slice(1, 2), word.slice(2)]);
    else if (last?.[1] === '') last[1] = word;
  }
  return options;
}

function stepIn(options: Options): AuditStep | undefined {
  const value = (letter: string) => options.find(([each]) => each === letter)?.[1];
  // With a key only the rules of that key go.
  if (value('D') !== undefined) return value('k') === undefined ? { kind: 'clear' } : undefined;
  const enabled = value('e');
  if (enabled !== undefined) return /^[012]$/.test(enabled) ? { kind: 'enabled', value: enabled !== '0' } : undefined;
  const [watched, unwatched] = [value('w'), value('W')];
  const path = watched ?? unwatched;
  if (path !== undefined) {
    if (!path.startsWith('/')) return undefined;
    const rule = fileRule(path, true, value('p'));
    return watched === undefined ? { kind: 'remove', rule } : { kind: 'rule', rule, first: false };
  }
  return callStep(options);
}

function callStep(options: Options): AuditStep | undefined {
  const [letter, list] = options.find(([each]) => ['a', 'A', 'd'].includes(each)) ?? [];
  if (letter === undefined || list === undefined) return undefined;
  const words = list.split(',');
  const fields = fieldsIn(options);
  // Without a record of its calls, nothing that a task does to files is noticed.
  if (words.includes('task') && words.includes('never') && letter !== 'd' && fields?.size === 0) {
    return { kind: 'ignore-tasks' };
  }
  // What is dropped wherever it happens is dropped below the root.
  const isAnywhere = fields?.size === 0 && words.includes('never');
  const path = fields?.get('path') ?? fields?.get('dir') ?? (isAnywhere ? '/' : undefined);
  if (!words.includes('exit') || !path?.startsWith('/')) return undefined;
  const records = words.includes('always');
  if (!records && !words.includes('never')) return undefined;
  const rule = { ...fileRule(path, isAnywhere || (fields?.has('dir') ?? false), fields?.get('perm')), records };
  return letter === 'd' ? { kind: 'remove', rule } : { kind: 'rule', rule, first: letter === 'A' };
}

/** The fields of a rule that matches whatever is done to a file; `undefined` where it asks for more. */
function fieldsIn(options: Options): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const [letter, value] of options) {
    if (letter === 'C' || (letter === 'S' && value !== 'all')) return undefined;
    if (letter !== 'F') continue;
    const [, name = '', content = ''] = /^(path|dir|perm|key|arch)=([^=].*)$/.exec(value) ?? [];
    // Programs of 32 bits are not those that others use.
    if (name === '' || (name === 'arch' && /^(?:b32|i\d86)$/.test(content))) return undefined;
    if (name !== 'key' && name !== 'arch') fields.set(name, content);
  }
  return fields;
}

function fileRule(path: string, recursive: boolean, permissions = 'rwxa'): AuditRule {
  const normal = posix.normalize(path);
  return {
    path: normal.length > 1 ? normal.replace(/\/$/, '') : normal,
    recursive,
    permissions: ['r', 'w', 'x', 'a'].filter((each) => permissions.toLowerCase().includes(each)).join(''),
    records: true,
  };
}
