import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AuditStep } from '../../model/plan.ts';
import { systemProgram } from '../../sources/host/system-program.ts';
import type { StepKind } from '../step-kind.ts';

const run = promisify(execFile);

/** What marks the rules that a fix makes: those of others are never taken away. */
export const auditKey = 'plimsoll';

/** Asks `auditctl` something, or tells it: what it prints. Throws where it is not there or refuses. */
export type Auditctl = (options: readonly string[]) => Promise<string>;

/** Watches that are in force: the kernel's own list, which only `auditctl` can ask for. */
export function auditSteps(auditctl: Auditctl = runAuditctl): StepKind<AuditStep> {
  const side = async (step: AuditStep) => (isListed(step, await listOf(auditctl)) ? 'after' : 'before');
  return {
    side,
    async bring(step, wanted) {
      // To add a rule twice is an error, and so is to remove one that is not there.
      if ((await side(step)) === wanted) return;
      const option = wanted === 'after' ? '-w' : '-W';
      await auditctl([option, step.path, '-p', step.permissions, '-k', auditKey]);
    },
  };
}

export async function runAuditctl(options: readonly string[]): Promise<string> {
  const program = systemProgram('auditctl');
  if (program === undefined) throw Object.assign(new Error('auditctl is not installed'), { code: 'ENOENT' });
  const { stdout } = await run(program, options, { timeout: 5000, env: { LC_ALL: 'C' } });
  return stdout;
}

/** Some versions say that they may not ask, and succeed. */
async function listOf(auditctl: Auditctl): Promise<string> {
  const list = await auditctl(['-l']);
  if (!/^(?:-|No rules)/.test(list)) throw new Error(`auditctl -l does not tell its rules: ${list.trim()}`);
  return list;
}

/** The list shows a watch as it was given, or written out as a rule on calls. */
function isListed({ path, permissions }: AuditStep, list: string): boolean {
  const wanted = lettersOf(permissions);
  return list.split('\n').some((line) => {
    const watch = /^-w (\/.*) -p ([rwxa]+) -k (\S+)$/.exec(line.trim());
    if (watch) return watch[1] === path && lettersOf(watch[2]) === wanted && watch[3] === auditKey;
    const rule =
      /^-a always,exit (?:-F arch=\S+ )?(?:-S all )?-F (?:path|dir)=(\/.*) -F perm=([rwxa]+) -F key=(\S+)$/.exec(
        line.trim(),
      );
    return rule !== null && rule[1] === path && lettersOf(rule[2]) === wanted && rule[3] === auditKey;
  });
}

function lettersOf(permissions = ''): string {
  return permissions.split('').toSorted().join('');
}
