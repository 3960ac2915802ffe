import { homedir } from 'node:os';
import { join } from 'node:path';
import { controlGroups, loadControls } from '../controls/known.ts';
import { imageCoverage } from '../judge/coverage.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { type JudgedFinding, judgeSubjects } from '../judge/judge.ts';
import type { Subject } from '../model/control.ts';
import { distinctSubjects } from '../model/distinct-subjects.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import type { ContentsDifference } from '../model/contents-difference.ts';
import type { Coverage, Report } from '../model/report.ts';
import { compareFiles, comparePackages } from '../contents/difference.ts';
import { compareReports } from '../report/comparison.ts';
import { failsForMore } from '../judge/fails-for-more.ts';
import { visible, visibleDeep } from '../report/visible.ts';
import { assembleReport } from '../report/document.ts';
import { demandOf, isBillFormat, renderReport, type ScanFormat } from '../report/formats.ts';
import type { OpenedFinder } from '../scan/find-vulnerabilities.ts';
import { type Scanned, scanTarget } from '../scan/scan-target.ts';
import { type AdvisoryDataOptions, openAdvisoryData } from './advisory-data.ts';
import { cacheFolder } from './user-folders.ts';
import { clearScanStore, openScanStore, type ScanStore } from '../store/scan-store.ts';
import { describeNotices } from './failure.ts';
import { type EngineOptions, engineAddress } from './engine-address.ts';
import { colorWanted, namesControls, readConfiguration, terminalWidth } from './options.ts';
import { policyOf } from './policy-of.ts';
import { startProgress } from './progress.ts';
import { noticesOf, waiversUntil, withIgnored } from './ignore-until.ts';
import { rememberAll, type ScanResult } from './remember-all.ts';
import { version } from './version.ts';
import { exceptionsHeeded, writeVex } from './vulnerability-exceptions.ts';
import { writeDocument } from './write.ts';

export interface ScanOptions extends EngineOptions, AdvisoryDataOptions {
  readonly format: ScanFormat;
  readonly summary?: boolean;
  readonly diff?: boolean;
  readonly failOnNew?: boolean;
  readonly platform?: string;
  readonly thorough?: boolean;
  /** `false` after `--no-cache`. */
  readonly cache?: boolean;
  readonly cacheFolder?: string;
  readonly clearCache?: boolean;
  readonly registryCa?: string;
  readonly registryInsecure?: readonly string[];
  readonly registryMirror?: readonly string[];
  /** `false` after `--no-remember`. */
  readonly remember?: boolean;
  readonly kernelHeaders?: boolean;
  readonly vex?: readonly string[];
  readonly writeVex?: string;
  /** `CVE-2024-1234=2026-12-31`. */
  readonly ignoreUntil?: readonly string[];
  readonly onlyFixed?: boolean;
}

const reading: Text = { en: 'reading layers', zh: '正在读取镜像层' };

/** `plimsoll scan`: opens images wherever they are, says what is in them, and judges that. */
export async function scan(
  targets: readonly string[],
  options: ScanOptions,
  localeLanguage: Language,
): Promise<ExitCode> {
  const folder = cacheFolder(options);
  if (options.clearCache) {
    await clearCache(folder);
    if (targets.length === 0) return 0;
  }
  refuseContradictions(targets, options);
  if (namesControls(options)) await loadControls(controlGroups);
  const configuration = await readConfiguration(options.config);
  const language = options.lang ?? configuration.language ?? localeLanguage;
  const failOn = options.failOn ?? configuration.failOn;
  if (options.onlyFixed && failOn === undefined && !options.failOnNew) throw new PlimsollError('usage', needsThreshold);
  const ignored = waiversUntil(options.ignoreUntil ?? [], language);
  const policyNow = () => withIgnored(policyOf(options, configuration), ignored);
  const started = new Date();
  // Before anything is read that takes long.
  const heeding = await exceptionsHeeded(options.vex ?? [], policyNow().vulnerabilityWaivers, started);
  process.stderr.write(describeNotices(noticesOf(ignored, started), language));
  const results = await scanAndMatch(targets, options, language);
  await rememberAll(results, options, language, started);
  await loadControls(['image']);
  const policy = policyNow();
  const scanned = results.map((each) => heeding(each.scanned));
  const demand = options.diff ? { passes: true, commands: true } : demandOf(options);
  const judged = (subjects: readonly Subject[]) =>
    judgeSubjects(subjects, { policy, now: started, brief: !demand.passes });
  const reportOf = (images: readonly Scanned[], subjects = subjectsOf(images), findings = judged(subjects)): Report =>
    assembleReport({
      version,
      language,
      policy,
      subjects,
      scanned: images.map((each, index) => ({ ...each, id: subjects[index]?.id ?? '' })),
      findings,
      coverage: subjects.flatMap(imageCoverage),
      started,
      finished: new Date(),
      demand,
    });
  const report = options.diff ? compared(scanned, judged, reportOf, options) : reportOf(scanned);
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  // Of two that are compared the report is on the second.
  const told = scanned.slice(options.diff ? 1 : 0);
  if (options.writeVex !== undefined) await writeVex(told, options.writeVex, started, language);
  await writeDocument(await renderReport(report, options, terminal), options.output);
  const { failOnNew: onNew, onlyFixed, strict } = options;
  return exitCodeOf(report, { failOn, onNew, onlyFixed, strict });
}

async function clearCache(folder: string): Promise<void> {
  const { clearBundles } = await import('../feeds/bundle/unpacked-bundle.ts');
  clearScanStore(folder);
  clearBundles(folder);
}

/** The report on the second of two images, with all that is different from the first. */
function compared(
  [before, after]: readonly Scanned[],
  judged: (subjects: readonly Subject[]) => JudgedFinding[],
  reportOf: (images: readonly Scanned[], subjects: Subject[], findings: JudgedFinding[]) => Report,
  { onlyFixed }: Pick<ScanOptions, 'onlyFixed'>,
): Report {
  if (!before || !after) throw new PlimsollError('usage', twoTargets);
  const subjects = subjectsOf([after]);
  const findings = judged(subjects);
  const report = reportOf([after], subjects, findings);
  // Under one name, or nothing of one could be compared with the other.
  const firstSubjects = subjects.map((subject) => ({ ...subject, value: before.image }) as Subject);
  const firstFindings = judged(firstSubjects);
  const first = reportOf([before], firstSubjects, firstFindings);
  return {
    ...report,
    coverage: [...report.coverage, ...unreadBefore(first, `image/${before.target.name}`)],
    comparison: compareReports(first, report, failsForMore(firstFindings, findings, { onlyFixed })),
    difference: differenceOf(first, report, before, after),
  };
}

/** What was not read of the first image: what is in the second one alone may only be missing from what was read of it. */
function unreadBefore({ coverage }: Report, subject: string): Coverage[] {
  return coverage.flatMap((each) => (each.status === 'unreadable' ? [{ ...each, subject: visible(subject) }] : []));
}

function differenceOf(first: Report, second: Report, before: Scanned, after: Scanned): ContentsDifference {
  const [old, current] = [first.contents?.[0], second.contents?.[0]];
  if (!old || !current) throw new TypeError('a report of a scan has contents');
  return {
    before: old.target,
    packages: comparePackages(old.packages, current.packages),
    files: before.listing && after.listing ? visibleDeep(compareFiles(before.listing, after.listing)) : null,
    bytes: { before: old.bytes, after: current.bytes },
    fileCount: { before: old.fileCount, after: current.fileCount },
  };
}

/**
 * Opens targets and looks inside, and holds what is in them against the advisories that there are.
 *
 * @throws PlimsollError where a target is not there, or cannot be read at all
 */
export async function scanMatched(
  targets: readonly string[],
  options: ScanOptions,
  language: Language,
): Promise<readonly Scanned[]> {
  return (await scanAndMatch(targets, options, language)).map(({ scanned }) => scanned);
}

async function scanAndMatch(
  targets: readonly string[],
  options: ScanOptions,
  language: Language,
): Promise<readonly ScanResult[]> {
  // Before anything is read that takes long.
  using finder = await openAdvisories(options);
  const scanned = await scanAll(targets, options, cacheFolder(options), language);
  return scanned.map((each) => (finder ? withVulnerabilities(each, finder) : { scanned: each, matched: undefined }));
}

/** One target after the other: each may take as much memory as there is for one. */
async function scanAll(
  targets: readonly string[],
  options: ScanOptions,
  folder: string,
  language: Language,
): Promise<Scanned[]> {
  const store = options.cache === false ? undefined : openStore(folder, options, language);
  const progress = startProgress(options.quiet ?? false, reading[language]);
  try {
    const scanned: Scanned[] = [];
    for (const target of targets) {
      scanned.push(
        await scanTarget(target, {
          ...(store ? { store } : {}),
          ...(options.platform === undefined ? {} : { platform: options.platform }),
          ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
          thorough: options.thorough ?? false,
          listing: options.diff ?? false,
          engine: () => engineAddress(options),
          meanwhile: () => loadControls(['image']),
          spool: join(folder, 'spool'),
          registry: {
            ...(options.registryCa === undefined ? {} : { authority: options.registryCa }),
            insecure: options.registryInsecure ?? [],
            mirrors: options.registryMirror ?? [],
            environment: process.env,
            home: homedir(),
          },
          onProgress: (done, total) => progress.update(done, total),
        }),
      );
    }
    return scanned;
  } finally {
    progress.end();
    store?.close();
  }
}

type AdvisoryFinder = Pick<OpenedFinder, 'match'> & Disposable;

/** What finds vulnerabilities; nothing where there are no advisories. */
async function openAdvisories(options: ScanOptions): Promise<AdvisoryFinder | undefined> {
  using opened = new DisposableStack();
  const { folder } = opened.use(await openAdvisoryData(options));
  if (folder === undefined) return undefined;
  const { openFinder } = await import('../scan/find-vulnerabilities.ts');
  const finder = await openFinder({ dataFolder: folder, kernelHeaders: options.kernelHeaders ?? false });
  opened.defer(() => finder.close());
  const closing = opened.move();
  return { match: finder.match, [Symbol.dispose]: () => closing.dispose() };
}

function withVulnerabilities(scanned: Scanned, { match }: AdvisoryFinder): ScanResult {
  const { findings, matched } = match(scanned.contents);
  const contents = { ...scanned.contents, vulnerabilities: findings };
  return { scanned: { ...scanned, contents, image: { ...scanned.image, contents } }, matched };
}

function openStore(folder: string, { quiet = false }: ScanOptions, language: Language): ScanStore {
  return openScanStore({
    folder,
    onTrouble: (why) => {
      if (!quiet) process.stderr.write(describeNotices([why], language));
    },
  });
}

function subjectsOf(scanned: readonly Scanned[]): Subject[] {
  return distinctSubjects(
    scanned.map(({ image, target }): Subject => ({
      kind: 'image',
      id: `image/${target.name}`,
      value: image,
      file: target.source,
    })),
  );
}

function refuseContradictions(
  targets: readonly string[],
  { diff = false, failOnNew = false, format, summary = false }: ScanOptions,
): void {
  if (targets.length === 0) throw new PlimsollError('usage', noTarget, nameTarget);
  if (diff && targets.length !== 2) throw new PlimsollError('usage', twoTargets);
  if (failOnNew && !diff) throw new PlimsollError('usage', needsDiff);
  if (diff && isBillFormat(format)) throw new PlimsollError('usage', noBillOfTwo);
  if (isBillFormat(format) && targets.length !== 1) {
    throw new PlimsollError('usage', {
      en: `--format ${format} describes one target, and there are ${targets.length}`,
      zh: `--format ${format} 只能描述一个目标，当前有 ${targets.length} 个`,
    });
  }
  if (summary && format !== 'terminal') throw new PlimsollError('usage', summaryOfTerminal);
}

const noTarget: Text = { en: 'nothing to scan', zh: '没有要扫描的目标' };
const nameTarget: Text = {
  en: 'Name an image, an archive, a folder or a bill of materials: plimsoll scan alpine:3.20',
  zh: '请指定镜像、归档、文件夹或物料清单，例如：plimsoll scan alpine:3.20',
};
const twoTargets: Text = { en: '--diff compares two targets', zh: '--diff 需要两个目标' };
const summaryOfTerminal: Text = {
  en: '--summary is for the terminal: it means nothing with another --format',
  zh: '--summary 仅用于终端格式，不能与其他 --format 一起使用',
};
const needsDiff: Text = { en: '--fail-on-new needs --diff', zh: '--fail-on-new 需与 --diff 一起使用' };
const needsThreshold: Text = {
  en: '--only-fixed needs --fail-on or --fail-on-new: it says what decides about the exit code',
  zh: '--only-fixed 需与 --fail-on 或 --fail-on-new 一起使用：它决定哪些结果影响退出码',
};
const noBillOfTwo: Text = {
  en: 'a bill of materials describes one target: --diff has no such format',
  zh: '物料清单只描述一个目标，--diff 不支持此格式',
};
