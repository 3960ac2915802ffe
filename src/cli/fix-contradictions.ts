import { PlimsollError } from '../model/error.ts';
import type { FixOptions } from './fix.ts';

const modes = ['apply', 'undo', 'forget', 'history', 'export'] as const;

/** What says which failures are meant: of no use to what does not look for any. */
const choices = ['only', 'subject', 'allowRemoval'] as const;

/** Throws a PlimsollError (`usage`) for options that mean nothing together, before anything is read. */
export function refuseContradictions(options: FixOptions): void {
  const chosen = modes.filter((name) => options[name] !== undefined);
  const [mode] = chosen;
  if (chosen.length > 1) throw together(chosen);
  if (mode === undefined || mode === 'apply') return;
  const idle = mode === 'export' ? [] : choices.filter((name) => options[name] !== undefined);
  if (idle.length > 0) throw together([mode, ...idle]);
  if (mode === 'export' && options.format !== 'terminal') throw together(['export', 'format']);
  if (mode === 'history' && !['terminal', 'json'].includes(options.format)) throw noHistory(options.format);
}

function together(names: readonly (keyof FixOptions)[]): PlimsollError {
  const options = names.map((name) => `--${name === 'allowRemoval' ? 'allow-removal' : name}`);
  return new PlimsollError('usage', {
    en: `${options.join(' and ')} cannot be used together`,
    zh: `${options.join(' 与 ')} 不能同时使用`,
  });
}

function noHistory(format: string): PlimsollError {
  return new PlimsollError('usage', {
    en: `the history cannot be had as ${format}, only as terminal or json`,
    zh: `修复记录没有 ${format} 格式，仅有 terminal 和 json`,
  });
}
