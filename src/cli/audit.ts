import { statSync } from 'node:fs';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import { compareReports } from '../report/comparison.ts';
import { demandOf, type Format, renderReport } from '../report/formats.ts';
import { askPrograms } from '../sources/machine.ts';
import type { AdvisoryDataOptions } from './advisory-data.ts';
import { describeFailure } from './failure.ts';
import type { EngineOptions } from './engine-address.ts';
import { lookAt, reportOn, resolveSetting } from './machine-audit.ts';
import { colorWanted, terminalWidth } from './options.ts';
import { readSavedReport } from './saved-report.ts';
import { writeDocument } from './write.ts';

export interface AuditOptions extends EngineOptions, Pick<AdvisoryDataOptions, 'dataFolder' | 'data' | 'verifyKey'> {
  readonly format: Format;
  readonly summary?: boolean;
  /** A report that was saved as JSON. */
  readonly diff?: string;
  readonly failOnNew?: boolean;
  readonly explainBaseline?: string;
  /** A folder that holds a host's file systems. */
  readonly root?: string;
}

/** `plimsoll audit`: reads this machine and its engine once, judges them, reports. */
export async function audit(options: AuditOptions, localeLanguage: Language): Promise<ExitCode> {
  refuseContradictions(options);
  if (options.explainBaseline !== undefined) {
    const { explainBaseline } = await import('./explain-baseline.ts');
    return explainBaseline(options.explainBaseline, options, options.lang ?? localeLanguage);
  }
  // They answer while the controls are loaded.
  const programs = options.root === undefined ? askPrograms() : undefined;
  const setting = await resolveSetting(options, localeLanguage);
  // Read before the machine is: nobody should wait for a report to hear that the older one is none.
  const before = options.diff === undefined ? undefined : readSavedReport(options.diff);
  // What is compared with an older report is compared one by one, what passes too.
  const demand = before ? undefined : demandOf(options);
  const look = await lookAt(setting, { ...options, programs, brief: demand?.passes === false });
  if (look.engineError) process.stderr.write(describeFailure(look.engineError, setting.language));

  const assembled = reportOn(look, setting, demand);
  const report = before ? { ...assembled, comparison: compareReports(before, assembled) } : assembled;
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  await writeDocument(await renderReport(report, options, terminal), options.output);
  return exitCodeOf(report, {
    failOn: options.failOn ?? setting.configuration.failOn,
    onNew: options.failOnNew,
    strict: options.strict,
  });
}

/** Options that mean nothing together. */
function refuseContradictions({ diff, failOnNew, root, host, context }: AuditOptions): void {
  if (failOnNew && diff === undefined) throw new PlimsollError('usage', needsDiff, withReport);
  if (root === undefined) return;
  if (host !== undefined || context !== undefined) throw new PlimsollError('usage', rootAndEngine);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PlimsollError('usage', {
      en: `--root ${root}: there is no such folder`,
      zh: `--root ${root}：没有这个文件夹`,
    });
  }
}

const needsDiff: Text = { en: '--fail-on-new needs --diff', zh: '--fail-on-new 需与 --diff 一起使用' };
const withReport: Text = { en: 'Name the older report with --diff REPORT.', zh: '请用 --diff 指定此前的报告。' };
const rootAndEngine: Text = {
  en: '--root asks no engine: it cannot be used with --host or --context',
  zh: '--root 不查询引擎，不能与 --host 或 --context 同时使用',
};
