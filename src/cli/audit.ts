import { homedir } from 'node:os';
import { controlGroups, loadControls } from '../controls/known.ts';
import { coverageOf } from '../judge/coverage.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { resolvePolicy } from '../judge/policy.ts';
import type { Language, Text } from '../model/text.ts';
import { assembleReport } from '../report/document.ts';
import { type Format, renderReport } from '../report/formats.ts';
import { type EndpointOptions, resolveEndpoint } from '../sources/engine/endpoint.ts';
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
}

const reading: Text = { en: 'reading containers', zh: '正在读取容器' };

/** `plimsoll audit`: reads this machine and its engine once, judges them, reports. */
export async function audit(options: AuditOptions, localeLanguage: Language): Promise<ExitCode> {
  const started = new Date();
  // Who names controls may name any; nobody else needs more than these.
  await loadControls(namesControls(options) ? controlGroups : ['machine', 'container']);
  const configuration = await readConfiguration(options.config);
  const language = options.lang ?? configuration.language ?? localeLanguage;
  const policy = resolvePolicy({
    baseline: options.baseline ?? configuration.baseline,
    only: options.control,
    skip: [...(configuration.skip ?? []), ...(options.skip ?? [])],
    severity: options.severity,
    parameters: configuration.parameters,
    waivers: configuration.waivers,
  });

  const surroundings = { environment: process.env, home: homedir() };
  const address = resolveEndpoint(endpointOptions(options), surroundings);
  const progress = startProgress(options.quiet ?? false, reading[language]);
  const { machine, gaps, engineError } = await readMachine({
    address,
    surroundings,
    timeout: options.timeout === undefined ? undefined : options.timeout * 1000,
    onProgress: (done, total) => progress.update(done, total),
  });
  progress.end();
  if (engineError) process.stderr.write(describeFailure(engineError, language));

  const subjects = subjectsOf(machine);
  const report = assembleReport({
    version,
    language,
    policy,
    machine,
    subjects,
    findings: judgeSubjects(subjects, { policy, now: started, machine }),
    coverage: coverageOf(machine, gaps, subjects),
    started,
    finished: new Date(),
  });
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  await writeDocument(await renderReport(report, options, terminal), options.output);
  return exitCodeOf(report, { failOn: options.failOn ?? configuration.failOn, strict: options.strict });
}

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
