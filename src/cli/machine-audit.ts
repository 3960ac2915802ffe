import type { Configuration } from '../configuration/configuration.ts';
import { controlGroups, loadControls } from '../controls/known.ts';
import { coverageOf } from '../judge/coverage.ts';
import { judgeSubjects, type JudgedFinding, subjectsOf } from '../judge/judge.ts';
import type { Policy } from '../judge/policy.ts';
import type { Machine, Subject } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import { known } from '../model/fact.ts';
import { type HostComponents, noAdvisories } from '../model/host-component.ts';
import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import { assembleReport } from '../report/document.ts';
import type { Demand } from '../report/formats.ts';
import { readCopiedHost } from '../sources/copied-host.ts';
import type { EngineAddress } from '../sources/engine/address.ts';
import { type MachineOptions, type MachineReading, readMachine } from '../sources/machine.ts';
import { hasImages } from '../store/image-file.ts';
import { type AdvisoryDataOptions, openAdvisoryData } from './advisory-data.ts';
import { engineAddress, type EngineOptions, surroundings } from './engine-address.ts';
import { namesControls, readConfiguration } from './options.ts';
import { policyOf } from './policy-of.ts';
import { startProgress } from './progress.ts';
import { dataFolder } from './user-folders.ts';
import { version } from './version.ts';

/** What a machine is judged by, and how it is asked. */
export interface AuditSetting {
  readonly configuration: Configuration;
  readonly language: Language;
  readonly policy: Policy;
  readonly address: EngineAddress;
}

/** What one look at a machine found. */
export interface Look extends MachineReading {
  readonly started: Date;
  readonly subjects: readonly Subject[];
  readonly findings: readonly JudgedFinding[];
}

const reading: Text = { en: 'reading containers', zh: '正在读取容器' };

/** Resolves everything that can be wrong with the command, before anything is read. */
export async function resolveSetting(options: EngineOptions, localeLanguage: Language): Promise<AuditSetting> {
  // Who names controls may name any; nobody else needs more than these.
  await loadControls(namesControls(options) ? controlGroups : ['host', 'daemon', 'image', 'container']);
  const configuration = await readConfiguration(options.config);
  const policy = policyOf(options, configuration);
  const address = engineAddress(options);
  return { configuration, policy, address, language: options.lang ?? configuration.language ?? localeLanguage };
}

/** Reads the machine once and judges it. */
export async function lookAt(
  { policy, address, language }: Pick<AuditSetting, 'policy' | 'address' | 'language'>,
  options: {
    readonly root?: string;
    readonly programs?: MachineOptions['programs'];
    readonly timeout?: number;
    readonly quiet?: boolean;
    readonly brief?: boolean;
  } & AdvisoryDataOptions,
): Promise<Look> {
  const started = new Date();
  using data = await openAdvisoryData(options);
  const { folder: advisories } = data;
  const progress = startProgress(options.quiet ?? false, reading[language]);
  const machineRead =
    options.root === undefined
      ? readMachine({
          address,
          surroundings: surroundings(),
          programs: options.programs,
          timeout: options.timeout === undefined ? undefined : options.timeout * 1000,
          onProgress: (done, total) => progress.update(done, total),
        })
      : readCopiedHost(options.root);
  // Loaded while the engine thinks; nobody who has no advisories waits for it.
  const loading = advisories === undefined ? undefined : import('../scan/host/find-components.ts');
  const result = await machineRead;
  progress.end();
  const remembered = await withRememberedScans(result, dataFolder(options));
  const machine =
    advisories === undefined || !loading
      ? remembered.machine
      : await withComponents(remembered.machine, advisories, options, (await loading).findComponents);
  const subjects = subjectsOf(machine);
  const findings = judgeSubjects(subjects, { policy, now: started, machine, brief: options.brief });
  return { ...result, machine, started, subjects, findings };
}

/** A store that cannot be read costs no more than what it would have told, unless it was named. */
async function withComponents(
  machine: Machine,
  folder: string,
  { root, data, dataFolder: named = data }: { readonly root?: string } & AdvisoryDataOptions,
  findComponents: (
    machine: Machine,
    options: { readonly dataFolder: string; readonly root?: string },
  ) => Promise<HostComponents>,
): Promise<Machine> {
  try {
    const found = await findComponents(machine, { dataFolder: folder, ...(root === undefined ? {} : { root }) });
    return { ...machine, host: { ...machine.host, components: known(found, 'file', 'advisories') } };
  } catch (error) {
    if (named !== undefined || !(error instanceof PlimsollError)) throw error;
    const components = { ...noAdvisories, reason: error.text, need: error.advice ?? noAdvisories.need };
    return { ...machine, host: { ...machine.host, components } };
  }
}

/** When its images were scanned here; who never scanned any does not load what reads that. */
async function withRememberedScans(taken: MachineReading, folder: string): Promise<MachineReading> {
  const { machine } = taken;
  if (machine.images.length === 0 || !hasImages(folder)) return taken;
  const { withScans } = await import('../scan/attach-scans.ts');
  return { ...taken, machine: { ...machine, images: withScans(machine.images, folder) } };
}

/** The report on what a look found. */
export function reportOn(look: Look, { policy, language }: AuditSetting, demand?: Demand): Report {
  const { machine, gaps, subjects, findings, started } = look;
  return assembleReport({
    version,
    language,
    policy,
    machine,
    subjects,
    findings,
    coverage: coverageOf(machine, gaps, subjects, started),
    started,
    finished: new Date(),
    ...(demand ? { demand } : {}),
  });
}
