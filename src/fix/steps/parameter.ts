import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParameterStep } from '../../model/plan.ts';
import type { StepKind } from '../step-kind.ts';

/** Kernel parameters that are in force, below `/proc/sys`. */
export function parameterSteps(folder = '/proc/sys'): StepKind<ParameterStep> {
  const pathOf = (name: string) => join(folder, ...name.split('.').map((part) => part.replaceAll('/', '.')));
  return {
    async side({ name, before, after }) {
      // It goes with the kernel module that it belongs to.
      if (!existsSync(pathOf(name))) return 'gone';
      const now = normalized(readFileSync(pathOf(name), 'utf8'));
      if (now === normalized(after)) return 'after';
      return now === normalized(before) ? 'before' : 'other';
    },
    async bring(step, side) {
      writeFileSync(pathOf(step.name), `${step[side]}\n`);
    },
  };
}

/** The kernel writes tabs between the numbers of a parameter that has several. */
function normalized(value: string): string {
  return value.trim().replaceAll(/\s+/g, ' ');
}
