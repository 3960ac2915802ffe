import type { Action, FileAccess, Plan } from '../../model/plan.ts';
import type { Language } from '../../model/text.ts';
import { shellWord } from '../../remedy/shell.ts';
import { absentComments, actionComments, oneLine } from './comment.ts';
import { switchesLiveRestoreOn } from './live-restore.ts';
import { operationsOf, type Operation } from './operations.ts';
import { plainText } from './plain-text.ts';
import { unitOf } from './plan-unit.ts';
import { functionsFor } from './shell-functions.ts';
import { beforeText, headComments } from './words.ts';

/** A script for a POSIX shell that does the plan once, and stops at the first thing that is not as it was planned. */
export function shellScript(plan: Plan, language: Language): string {
  const exported = operationsOf(plan);
  const body = exported.flatMap((each, index) => {
    if ('absent' in each) return ['', ...absentComments(each.action, each.absent, language)];
    const { action, operations } = each;
    return [
      '',
      `# ${index + 1}. ${oneLine(action.summary[language])}`,
      ...actionComments(action, language),
      `say ${shellWord(oneLine(`${index + 1}. ${action.id}`))}`,
      ...operations.flatMap((operation) => operationLines(operation, language)),
      ...effectLines(action),
    ];
  });
  return [
    '#!/bin/sh',
    ...headComments('shell', language),
    'set -eu',
    ...functionsFor(body, unitOf(plan)),
    ...body,
    '',
  ].join('\n');
}

function operationLines(operation: Operation, language: Language): string[] {
  switch (operation.kind) {
    case 'write':
      return writeLines(operation);
    case 'delete':
      return [`take_away ${shellWord(operation.path)} ${operation.before ?? 'none'}`];
    case 'access': {
      const { path, before, after } = operation;
      return [
        `# ${beforeText(accessWords(before), language)}`,
        `change_access ${shellWord(path)} ${accessWords(after)}`,
      ];
    }
    case 'leave-group':
      return [`leave_group ${shellWord(operation.user)} ${shellWord(operation.group)}`];
    default: {
      const words = operation.words.map(shellWord).join(' ');
      return [operation.tolerated === undefined ? words : `settle ${shellWord(operation.tolerated)} ${words}`];
    }
  }
}

function writeLines({ path, content, before, folders }: Extract<Operation, { kind: 'write' }>): string[] {
  const bytes = Buffer.from(content.bytes, 'base64');
  const text = plainText(bytes);
  const form = text === undefined ? 'encoded' : 'plain';
  const lines = text === undefined ? encodedLines(bytes) : text.slice(0, -1).split('\n');
  let end = 'END_OF_FILE';
  while (lines.includes(end)) end += '_';
  const words = [shellWord(path), accessWords(content.access), before ?? 'none', form].join(' ');
  return [
    ...folders.map((folder) => `make_folder ${shellWord(folder)}`),
    // Quoted, so that the shell leaves the lines as they are.
    `put ${words} <<'${end}'`,
    ...lines,
    end,
  ];
}

function encodedLines(bytes: Buffer): string[] {
  return bytes.toString('base64').match(/.{1,76}/g) ?? [];
}

function accessWords({ mode, uid, gid }: FileAccess): string {
  return `${octal(mode)} ${uid}:${gid}`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function effectLines({ effect, steps }: Action): string[] {
  switch (effect?.kind) {
    case 'reload-units':
      return ['reload_units'];
    case 'restart-daemon':
      return [...(effect.reloadUnits ? ['reload_units'] : []), 'restart_docker'];
    case 'reload-daemon':
      return ['reload_docker', ...(switchesLiveRestoreOn(steps) ? ['await_live_restore'] : [])];
    default:
      return [];
  }
}
