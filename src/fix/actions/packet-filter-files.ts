import {
  type ForwardDrop,
  filterProgram,
  forwardChain,
  forwardDropCommand,
  forwardDropWords,
} from '../../model/forward-drop.ts';
import type { FileStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';
import { dropInMark } from './drop-in-place.ts';
import { openTextFile, type TextFile, writeTextFile } from './text-file.ts';

/** What sets the rules again at each start of the host. */
export interface Kept {
  /** None where nothing does, or where the files say so already. */
  readonly files: readonly FileStep[];
  /** systemd must read its units again. */
  readonly isDropIn: boolean;
}

export interface NotKept {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

/** Rules that services restore at the start of the host, as `iptables-save` writes them. */
const savedRules: readonly { readonly unit: string; readonly family: ForwardDrop['family']; readonly path: string }[] =
  [
    { unit: 'netfilter-persistent.service', family: 'ip', path: '/etc/iptables/rules.v4' },
    { unit: 'netfilter-persistent.service', family: 'ip6', path: '/etc/iptables/rules.v6' },
    { unit: 'iptables.service', family: 'ip', path: '/etc/sysconfig/iptables' },
    { unit: 'ip6tables.service', family: 'ip6', path: '/etc/sysconfig/ip6tables' },
    { unit: 'iptables.service', family: 'ip', path: '/etc/iptables/iptables.rules' },
    { unit: 'ip6tables.service', family: 'ip6', path: '/etc/iptables/ip6tables.rules' },
  ];

/**
 * Where a service restores the rules of the host, its file is added to; otherwise the engine's unit sets them before it
 * starts. ufw leaves chains alone that it has not made, so that the unit does with it as well.
 */
export function keepDrops(
  drops: readonly ForwardDrop[],
  context: PlanContext,
  program: (name: string) => string | undefined,
): Kept | NotKept {
  const { host, engine } = context.machine;
  const enabled = host.enabledUnits.known ? host.enabledUnits.value : [];
  const files: FileStep[] = [];
  const others: ForwardDrop[] = [];
  for (const family of ['ip', 'ip6'] as const) {
    const own = drops.filter((drop) => drop.family === family);
    const place = savedRules.find(
      (each) => each.family === family && enabled.includes(each.unit) && context.file(each.path) !== null,
    );
    if (own.length === 0) continue;
    if (!place) {
      others.push(...own);
      continue;
    }
    const file = openTextFile(place.path, context);
    if ('refused' in file) return { reason: file.refused };
    const text = withSavedRules(file.bytes.toString('latin1'), own);
    if (text === undefined) return { reason: noFilterTable(place.path), advice: saveFirst };
    files.push(...written(file, text, context));
  }
  // What systemd does not start it does not restart either.
  if (others.length === 0 || !engine.units.known || engine.units.value === null) return { files, isDropIn: false };
  const path = `/etc/systemd/system/${engine.units.value.name}.d/61-plimsoll-docker-user.conf`;
  const file = openTextFile(path, context);
  if ('refused' in file) return { reason: file.refused };
  const text = file.bytes.toString('latin1');
  if (text !== '' && !text.startsWith(dropInMark)) return { reason: notOurs(path) };
  const dropIn = written(file, withStartRules(text, others, program), context);
  return { files: [...files, ...dropIn], isDropIn: dropIn.length > 0 };
}

function written(file: TextFile, text: string, context: PlanContext): FileStep[] {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.equals(file.bytes) ? [] : [writeTextFile(file, bytes, context)];
}

/** The rules at the top of their chain in what `iptables-save` wrote; undefined where it has no table of filters. */
export function withSavedRules(text: string, drops: readonly ForwardDrop[]): string | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === '*filter');
  const end = lines.findIndex((line, index) => index > start && line.trim() === 'COMMIT');
  if (start === -1 || end === -1) return undefined;
  const table = lines.slice(start + 1, end);
  const missing = drops
    .map((drop) => `-A ${forwardChain} ${forwardDropWords(drop).join(' ')}`)
    .filter((rule) => !table.some((line) => isRule(line) && line.trim().endsWith(rule)));
  if (missing.length === 0) return text;
  const declared = table.some((line) => line.startsWith(`:${forwardChain} `));
  const firstOfChain = table.findIndex((line) => isRule(line) && line.includes(`-A ${forwardChain} `));
  const firstRule = table.findIndex((line) => isRule(line));
  // Chains must be declared before the rules that are in them.
  const place = [firstOfChain, firstRule].find((index) => index !== -1) ?? table.length;
  const added = [...(declared ? [] : [`:${forwardChain} - [0:0]`]), ...missing];
  return [...lines.slice(0, start + 1 + place), ...added, ...lines.slice(start + 1 + place)].join('\n');
}

function isRule(line: string): boolean {
  return /^(?:\[\d+:\d+\] )?-A /.test(line);
}

/** A rule that cannot be set does not keep the engine from starting. */
function withStartRules(
  text: string,
  drops: readonly ForwardDrop[],
  program: (name: string) => string | undefined,
): string {
  const start = text === '' ? `${dropInMark}\n[Service]\n` : text.endsWith('\n') ? text : `${text}\n`;
  const shell = program('sh') ?? '/bin/sh';
  const lines = drops.map((drop) => {
    const name = filterProgram(drop);
    return `ExecStartPre=-${shell} -c '${startCommand(drop, program(name) ?? `/usr/sbin/${name}`)}'\n`;
  });
  return start + lines.filter((line) => !start.includes(line)).join('');
}

/** Before the engine starts, so that no port is open meanwhile; it leaves a chain as it finds it. A line for `sh -c`. */
export function startCommand(drop: ForwardDrop, program: string): string {
  return `${program} --wait -N ${forwardChain} 2>/dev/null; ${forwardDropCommand(drop, program)}`;
}

function noFilterTable(path: string): Text {
  return {
    en: `${path} is to set the rules at each start, and has no table of filters in it`,
    zh: `${path} 用于在每次启动时设置规则，但其中没有 filter 表`,
  };
}

const saveFirst: Text = {
  en: 'Save the rules that are in force into it, and plan again.',
  zh: '请先将当前生效的规则保存到该文件，再重新规划。',
};

function notOurs(path: string): Text {
  return {
    en: `${path} was not written by plimsoll fix`,
    zh: `${path} 不是由 plimsoll fix 写入的`,
  };
}
