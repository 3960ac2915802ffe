import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { filterProgram, forwardChain, forwardDropWords } from '../../model/forward-drop.ts';
import type { FilterRuleStep } from '../../model/plan.ts';
import { systemProgram } from '../../sources/host/system-program.ts';
import type { StepKind } from '../step-kind.ts';

const run = promisify(execFile);

/** Asks `iptables` or `ip6tables` something, or tells it: what it prints. Throws where it is not there or refuses. */
export type Iptables = (program: 'iptables' | 'ip6tables', words: readonly string[]) => Promise<string>;

/** Rules that are in force in the network namespace of this process. Each is there or not: the kernel swaps whole tables. */
export function filterRuleSteps(iptables: Iptables = runIptables): StepKind<FilterRuleStep> {
  const tell = (option: '-C' | '-I' | '-D', step: FilterRuleStep) =>
    iptables(filterProgram(step), [option, forwardChain, ...forwardDropWords(step)]);
  const side = async (step: FilterRuleStep) => {
    try {
      await tell('-C', step);
      return 'after';
    } catch (error) {
      if (isAbsent(error)) return 'before';
      throw error;
    }
  };
  return {
    side,
    async bring(step, wanted) {
      if (wanted === 'after') {
        if ((await side(step)) === 'before') await tell('-I', step);
        return;
      }
      // A start of the daemon at the same moment may have added it once more.
      while ((await side(step)) === 'after') await tell('-D', step);
    },
  };
}

/** Waits for whoever changes rules at the moment. */
export async function runIptables(program: 'iptables' | 'ip6tables', words: readonly string[]): Promise<string> {
  const path = systemProgram(program);
  if (path === undefined) throw Object.assign(new Error(`${program} is not installed`), { code: 'ENOENT' });
  const { stdout } = await run(path, ['--wait', ...words], { timeout: 10_000, env: { LC_ALL: 'C' } });
  return stdout;
}

/** It looked, and there is no such rule, or no chain that it could be in; every other answer says nothing. */
function isAbsent(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === 1 || (code === 2 && /Chain '.*' does not exist/.test(message ?? ''));
}
