import { styleText } from 'node:util';
import type { Severity } from '../../model/severity.ts';

/** What the report is written on. */
export interface Terminal {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

type Style = Parameters<typeof styleText>[0];
export type Paint = Severity | 'dim' | 'command' | 'unknown' | 'heading' | 'good' | 'bad' | 'added' | 'removed';

const styles: Readonly<Record<Paint, Style>> = {
  critical: ['bold', 'white', 'bgRed'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'blue'],
  info: ['bold', 'cyan'],
  dim: 'gray',
  command: 'cyan',
  unknown: ['bold', 'magenta'],
  heading: ['bold', 'underline'],
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  added: 'green',
  removed: 'red',
};

export function paint(text: string, how: Paint, { color }: Terminal): string {
  return color ? styleText(styles[how], text, { validateStream: false }) : text;
}
