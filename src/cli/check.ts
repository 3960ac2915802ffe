import { problemEntries } from '../judge/coverage.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { acceptedBeside, misspelt } from '../judge/inline-ignores.ts';
import { type Circumstances, type JudgedFinding, judgeSubjects } from '../judge/judge.ts';
import { locationOf } from '../judge/location.ts';
import { resolvePolicy } from '../judge/policy.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { Language } from '../model/text.ts';
import { assembleReport } from '../report/document.ts';
import { demandOf, type Format, renderReport } from '../report/formats.ts';
import { collectFiles, type KnownFile } from '../sources/files/collect.ts';
import { type FilesOptions, type FilesReading, readFiles } from '../sources/files/read.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import type { FileProblem } from '../sources/files/written-file.ts';
import type { ConvertedDialect } from './converted-dialects.ts';
import { describeProblems } from './failure.ts';
import type { MendedFile } from './mend-files.ts';
import { colorWanted, type PolicyOptions, readConfiguration, type SharedOptions, terminalWidth } from './options.ts';
import { version } from './version.ts';
import { writeDocument, writeWhole } from './write.ts';

export interface CheckOptions extends SharedOptions, PolicyOptions {
  readonly format: Format;
  readonly kind?: FileKind;
  readonly target?: string;
  readonly buildArg?: Readonly<Record<string, string>>;
  readonly together?: boolean;
  readonly profile?: readonly string[];
  readonly kubernetesVersion?: KubernetesVersion;
  readonly exclude?: readonly string[];
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly convert?: ConvertedDialect;
  readonly summary?: boolean;
}

/** `plimsoll check`: reads files, judges what they would run or build, reports at the line. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  localeLanguage: Language,
): Promise<ExitCode> {
  const started = new Date();
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

  const named = pathsOf(paths, options);
  const collected = collectFiles(named, {
    kind: options.kind,
    exclude: [...(configuration.exclude ?? []), ...(options.exclude ?? [])],
    standardInputName: options.stdinFilename,
  });
  const filesOptions = {
    target: options.target,
    buildArguments: options.buildArg,
    together: options.together,
    profiles: options.profile,
    environment: process.env as Record<string, string>,
  };
  const before = readFiles(collected.files, filesOptions);
  const circumstances = {
    policy,
    now: started,
    kubernetesVersion: options.kubernetesVersion ?? configuration.kubernetesVersion,
    acceptedBeside: acceptedBeside(before.ignores, language),
  };
  if (options.convert) {
    const { convertFiles } = await import('./convert.ts');
    await writeDocument(convertFiles(before, circumstances, options.convert), options.output);
    return collected.problems.some(({ kind }) => kind === 'error') ? 2 : 0;
  }
  const mended = options.fix ? await fix(collected.files, filesOptions, circumstances, options, language) : undefined;
  if (mended && (options.dryRun || named.includes('-'))) return 0;
  const files = mended ? mended.map(({ after }) => after) : collected.files;
  const reading = mended ? readFiles(files, filesOptions) : before;
  const demand = demandOf(options);
  const findings = reported(
    judgeSubjects(reading.subjects, {
      ...circumstances,
      brief: !demand.passes,
      acceptedBeside: acceptedBeside(reading.ignores, language),
    }),
    reading,
  );
  const problems = [...collected.problems, ...reading.problems, ...unknownIgnores(reading)];
  const report = assembleReport({
    version,
    language,
    policy,
    subjects: reading.subjects,
    findings,
    coverage: problemEntries(
      collected.files.map(({ file }) => file.name),
      problems,
    ),
    started,
    finished: new Date(),
    demand,
  });
  if (!options.quiet) process.stderr.write(describeProblems(problems, language));
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  await writeDocument(await renderReport(report, options, terminal), options.output);
  return exitCodeOf(report, {
    failOn: options.failOn ?? configuration.failOn,
    strict: options.strict,
    unreadable: problems.some(({ kind }) => kind === 'error'),
  });
}

/** Mends what a program can mend. Standard input goes to standard output, and so does what a dry run would change. */
async function fix(
  files: readonly KnownFile[],
  filesOptions: FilesOptions,
  circumstances: Circumstances,
  { dryRun = false, quiet = false, output }: CheckOptions,
  language: Language,
): Promise<readonly MendedFile[]> {
  const { describeMending, mendFiles } = await import('./mend-files.ts');
  const mended = mendFiles(files, filesOptions, circumstances);
  if (dryRun) {
    const { patchOf } = await import('./patch.ts');
    await writeDocument(patchOf(mended), output);
  } else {
    for (const { before, after } of mended) {
      if (before.standardInput) await writeDocument(after.file.mark + after.file.text, output);
      else if (before.file.text !== after.file.text) writeWhole(after.file.name, after.file.mark + after.file.text);
    }
  }
  if (!quiet) process.stderr.write(describeMending(mended, dryRun, language));
  return mended;
}

function pathsOf(paths: readonly string[], { stdin = false }: CheckOptions): readonly string[] {
  if (stdin) return [...paths, '-'];
  return paths.length > 0 ? paths : ['.'];
}

/** Some subjects are only completed by another file, which is judged by itself: what stands there is said there. */
function reported(findings: readonly JudgedFinding[], { limitedTo }: FilesReading): JudgedFinding[] {
  return findings.filter((finding) => {
    const file = limitedTo.get(finding.subject.id);
    return file === undefined || finding.status !== 'fail' || locationOf(finding)?.file === file;
  });
}

function unknownIgnores({ ignores }: FilesReading): FileProblem[] {
  return misspelt(ignores).map(({ ignore, selector }) => ({
    file: ignore.file,
    kind: 'notice',
    line: ignore.line,
    reason: {
      en: `it ignores "${selector}", and no control is called so`,
      zh: `忽略了“${selector}”，但没有这个检查项`,
    },
    need: { en: '`plimsoll controls` lists them all', zh: '用 `plimsoll controls` 查看全部' },
  }));
}
