import { isUtf8 } from 'node:buffer';
import type { Action, FileAccess, Plan } from '../../model/plan.ts';
import type { Language } from '../../model/text.ts';
import { yamlText } from '../../remedy/yaml.ts';
import { ansibleHandlers, handlerNames } from './ansible-handlers.ts';
import { absentComments, actionComments, oneLine } from './comment.ts';
import { type Exported, type Operation, operationsOf } from './operations.ts';
import { plainText } from './plain-text.ts';
import { unitOf } from './plan-unit.ts';
import { headComments, notUtf8 } from './words.ts';

/** A playbook of `ansible.builtin` modules alone, which can be run again: what is so already stays. */
export function ansiblePlaybook(plan: Plan, language: Language): string {
  const tasks = tasksOf(plan, language);
  const hasTasks = tasks.some((line) => line.startsWith('- '));
  const unit = unitOf(plan);
  return [
    '---',
    ...headComments('ansible', language),
    '- name: plimsoll fix',
    `  hosts: "{{ target | default('localhost') }}"`,
    '  become: true',
    '  gather_facts: false',
    hasTasks ? '  tasks:' : '  tasks: []',
    ...indented(tasks, 4),
    '  handlers:',
    ...indented(ansibleHandlers(unit), 4),
    '',
  ].join('\n');
}

function tasksOf(plan: Plan, language: Language): string[] {
  const exported = operationsOf(plan).map(withTextOnly);
  const done = exported.filter((each) => 'operations' in each);
  const files = lastWrites(done.flatMap(({ operations }) => operations));
  const written = new Set<string>();
  return exported.flatMap((each, index) => {
    if ('absent' in each) return absentComments(each.action, each.absent, language);
    const { action, operations } = each;
    const name = `${index + 1}. ${action.summary[language]}`;
    const tasks = operations.flatMap((operation) => {
      if (operation.kind !== 'write') return taskLines(operation, name, notifyOf([action]));
      // A file that several actions change is written once, so that a second run changes nothing.
      if (written.has(operation.path)) return [];
      written.add(operation.path);
      const last = files.get(operation.path) ?? operation;
      return writeLines(last, name, notifyOf(done.map((other) => other.action).filter(writes(operation.path))));
    });
    const next = done[done.indexOf(each) + 1]?.action;
    const flush = action.effect && !next?.effect ? flushLines : [];
    return [`# ${oneLine(name)}`, ...actionComments(action, language), ...tasks, ...flush];
  });
}

function withTextOnly(each: Exported): Exported {
  if (
    'absent' in each ||
    each.operations.every((operation) => operation.kind !== 'write' || isUtf8(bytesOf(operation)))
  )
    return each;
  return { action: each.action, absent: notUtf8 };
}

function bytesOf({ content }: Write): Buffer {
  return Buffer.from(content.bytes, 'base64');
}

function writes(path: string): (action: Action) => boolean {
  return ({ steps }) => steps.some((step) => step.kind === 'file' && step.path === path);
}

type Write = Extract<Operation, { kind: 'write' }>;

/** Each file as the last action leaves it, with the folders that the first one makes. */
function lastWrites(operations: readonly Operation[]): ReadonlyMap<string, Write> {
  const last = new Map<string, Write>();
  for (const operation of operations) {
    if (operation.kind !== 'write') continue;
    const folders = last.get(operation.path)?.folders ?? operation.folders;
    last.set(operation.path, { ...operation, folders });
  }
  return last;
}

function notifyOf(actions: readonly Action[]): string[] {
  const names = [...new Set(actions.flatMap(handlerNames))];
  return names.length === 0 ? [] : ['  notify:', ...names.map((name) => `    - ${name}`)];
}

function taskLines(operation: Exclude<Operation, Write>, name: string, notify: readonly string[]): string[] {
  switch (operation.kind) {
    case 'delete':
      return [
        nameLine(name),
        '  ansible.builtin.file:',
        `    path: ${yamlValue(operation.path)}`,
        '    state: absent',
        ...notify,
      ];
    case 'access':
      return [
        nameLine(name),
        '  ansible.builtin.file:',
        `    path: ${yamlValue(operation.path)}`,
        ...accessLines(operation.after),
        '    follow: false',
        ...notify,
      ];
    case 'leave-group': {
      const words = ['gpasswd', '--delete', operation.user, operation.group];
      return commandLines({ kind: 'command', words, tolerated: 'is not a member' }, name);
    }
    default:
      return commandLines(operation, name);
  }
}

function commandLines({ words, tolerated }: Extract<Operation, { kind: 'command' }>, name: string): string[] {
  const judged =
    tolerated === undefined
      ? []
      : [
          '  register: answer',
          '  changed_when: answer.rc == 0',
          `  failed_when: answer.rc != 0 and '${tolerated}' not in answer.stderr + answer.stdout`,
          '  environment:',
          '    LC_ALL: C',
        ];
  return [
    nameLine(name),
    '  ansible.builtin.command:',
    '    argv:',
    ...words.map((word) => `      - ${yamlValue(word)}`),
    ...judged,
  ];
}

function writeLines(operation: Write, name: string, notify: readonly string[]): string[] {
  const { path, content, folders } = operation;
  return [
    ...folders.flatMap((folder) => [
      nameLine(name),
      '  ansible.builtin.file:',
      `    path: ${yamlValue(folder)}`,
      '    state: directory',
      ...accessLines({ mode: 0o755, uid: 0, gid: 0 }),
    ]),
    nameLine(name),
    '  ansible.builtin.copy:',
    `    dest: ${yamlValue(path)}`,
    ...contentLines(bytesOf(operation)),
    ...accessLines(content.access),
    '    backup: true',
    ...notify,
  ];
}

function contentLines(bytes: Buffer): string[] {
  const text = plainText(bytes);
  // A first line that begins with a blank would have to say how far in it stands.
  const isBlock = text !== undefined && /^\S/.test(text) && !text.endsWith('\n\n');
  if (isBlock) return [`    content: ${tagFor(text)}|`, ...indented(text.slice(0, -1).split('\n'), 6)];
  return [`    content: ${yamlValue(bytes.toString('utf8'))}`];
}

function accessLines({ mode, uid, gid }: FileAccess): string[] {
  return [`    mode: "${mode.toString(8).padStart(4, '0')}"`, `    owner: "${uid}"`, `    group: "${gid}"`];
}

const flushLines = ['- name: Have it take effect now', '  ansible.builtin.meta: flush_handlers'];

/** A name is a template too, and the tag that keeps one from being read is for values alone. */
function nameLine(name: string): string {
  return `- name: ${yamlText(oneLine(name).replaceAll(/\{(?=[{%#])/g, '{ '))}`;
}

/** A text that Ansible leaves as it is. */
function yamlValue(text: string): string {
  return `${tagFor(text)}${yamlText(text)}`;
}

/** Without it Ansible would evaluate what stands in braces. */
function tagFor(text: string): string {
  return /\{[{%#]/.test(text) ? '!unsafe ' : '';
}

function indented(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(columns) + line));
}
