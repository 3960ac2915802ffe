import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { controlGroups, loadControls } from '../controls/known.ts';
import { coverageOf } from '../judge/coverage.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { resolvePolicy } from '../judge/policy.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import { compareReports } from '../report/comparison.ts';
import { assembleReport } from '../report/document.ts';
import { demandOf, type Format, renderReport } from '../report/formats.ts';
import { type EndpointOptions, resolveEndpoint } from '../sources/engine/endpoint.ts';
import { readCopiedHost } from '../sources/copied-host.ts';
import { readMachine } from '../sources/machine.ts';
import { describeFailure } from './failure.ts';
import {
  colorWanted,
  namesControls,
  type PolicyOptions,
  readConfiguration,
  type SharedOptions,
  terminalWidth,
} from './options.ts';
import { readSavedReport } from './saved-report.ts';
import { startProgress } from './progress.ts';
import { version } from './version.ts';
import { writeDocument } from './write.ts';

export interface AuditOptions extends SharedOptions, PolicyOptions {
  readonly format: Format;
  readonly host?: string;
  readonly context?: string;
  readonly tls?: boolean;
  readonly tlsverify?: boolean;
  readonly tlscacert?: string;
  readonly tlscert?: string;
  readonly tlskey?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly summary?: boolean;
  /** A report that was saved as JSON. */
  readonly diff?: string;
  readonly failOnNew?: boolean;
  readonly explainBaseline?: string;
  /** A folder that holds a host's file systems. */
  readonly root?: string;
}

const reading: Text = { en: 'reading containers', zh: '正在读取容器' };

/** `plimsoll audit`: reads this machine and its engine once, judges them, reports. */
export async function audit(options: AuditOptions, localeLanguage: Language): Promise<ExitCode> {
  const started = new Date();
  refuseContradictions(options);
  if (options.explainBaseline !== undefined) {
    const { explainBaseline } = await import('./explain-baseline.ts');
    return explainBaseline(options.explainBaseline, options, options.lang ?? localeLanguage);
  }
  // Who names controls may name any; nobody else needs more than these.
  await loadControls(namesControls(options) ? controlGroups : ['host', 'daemon', 'image', 'container']);
  const configuration = await readConfiguration(options.config);
  const language = options.lang ?? configuration.language ?? localeLanguage;
  const policy = resolvePolicy({
    baseline: options.baseline ?? configuration.baseline,
    only: options.control,
    skip: [...(configuration.skip ?? []), ...(options.skip ?? [])],
    severity: options.severity,
    parameters: configuration.parameters,
    waivers: configuration.waivers,
    answers: configuration.answers,
  });

  // Read before the machine is: nobody should wait for a report to hear that the older one is none.
  const before = options.diff === undefined ? undefined : readSavedReport(options.diff);
  const surroundings = { environment: process.env, home: homedir() };
  const address = resolveEndpoint(endpointOptions(options), surroundings);
  const progress = startProgress(options.quiet ?? false, reading[language]);
  const { machine, gaps, engineError } =
    options.root === undefined
      ? await readMachine({
          address,
          surroundings,
          timeout: options.timeout === undefined ? undefined : options.timeout * 1000,
          onProgress: (done, total) => progress.update(done, total),
        })
      : await readCopiedHost(options.root);
  progress.end();
  if (engineError) process.stderr.write(describeFailure(engineError, language));

  const subjects = subjectsOf(machine);
  // What is compared with an older report is compared one by one, what passes too.
  const demand = before ? undefined : demandOf(options);
  const assembled = assembleReport({
    version,
    language,
    policy,
    machine,
    subjects,
    findings: judgeSubjects(subjects, { policy, now: started, machine, brief: demand?.passes === false }),
    coverage: coverageOf(machine, gaps, subjects),
    started,
    finished: new Date(),
    ...(demand ? { demand } : {}),
  });
  const report = before ? { ...assembled, comparison: compareReports(before, assembled) } : assembled;
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  await writeDocument(await renderReport(report, options, terminal), options.output);
  return exitCodeOf(report, {
    failOn: options.failOn ?? configuration.failOn,
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

function endpointOptions(options: AuditOptions): EndpointOptions {
  return {
    host: options.host,
    context: options.context,
    tls: options.tls,
    tlsVerify: options.tlsverify,
    tlsCaCertificate: options.tlscacert,
    tlsCertificate: options.tlscert,
    tlsKey: options.tlskey,
  };
}
