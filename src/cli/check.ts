import { type ControlGroup, loadControls } from '../controls/known.ts';
import { problemEntries } from '../judge/coverage.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import { acceptedBeside, misspelt } from '../judge/inline-ignores.ts';
import { type Circumstances, judgeSubjects } from '../judge/judge.ts';
import type { KubernetesVersion } from '../model/kubernetes.ts';
import type { Language } from '../model/text.ts';
import { assembleReport } from '../report/document.ts';
import { demandOf, type Format, renderReport } from '../report/formats.ts';
import { collectFiles, type KnownFile } from '../sources/files/collect.ts';
import { type FilesOptions, type FilesReading, readFiles } from '../sources/files/read.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import type { FileProblem } from '../sources/files/written-file.ts';
import type { ConvertedDialect } from './converted-dialects.ts';
import { refuseContradictions } from './check-usage.ts';
import { emptyFolders } from './empty-folders.ts';
import { describeProblems } from './failure.ts';
import type { Fixed } from './fix-files.ts';
import {
  colorWanted,
  namesControls,
  type PolicyOptions,
  readConfiguration,
  type SharedOptions,
  terminalWidth,
} from './options.ts';
import { reported } from './reported.ts';
import { version } from './version.ts';
import { writeDocument } from './write.ts';
import { policyOf } from './policy-of.ts';

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
  refuseContradictions(paths, options);
  const namesAny = namesControls(options);
  if (namesAny) await loadControls();
  const configuration = await readConfiguration(options.config);
  const language = options.lang ?? configuration.language ?? localeLanguage;
  const named = pathsOf(paths, options);
  const collected = collectFiles(named, {
    kind: options.kind,
    // A file that only amends another names no image, and nothing else tells that it is one of Compose.
    otherwise: options.together ? 'compose' : undefined,
    exclude: [...(configuration.exclude ?? []), ...(options.exclude ?? [])],
    standardInputName: options.stdinFilename,
  });
  // What is written out in another dialect is judged in that one too.
  if (!namesAny) await (options.convert ? loadControls() : loadControls(groupsOf(collected.files)));
  const policy = policyOf(options, configuration);
  const filesOptions = {
    target: options.target,
    buildArguments: options.buildArg,
    together: options.together,
    profiles: options.profile,
    environment: process.env as Record<string, string>,
  };
  const before = readFiles(collected.files, filesOptions);
  // A comment may name any control, if only by mistake.
  if (before.ignores.length > 0) await loadControls();
  const circumstances = {
    policy,
    now: started,
    kubernetesVersion: options.kubernetesVersion ?? configuration.kubernetesVersion,
    acceptedBeside: acceptedBeside(before.ignores, language),
  };
  if (options.convert) {
    const { convertFiles } = await import('./convert.ts');
    const problems = [...collected.problems, ...before.problems];
    process.stderr.write(describeProblems(spoken(problems, options), language));
    await writeDocument(convertFiles(before, circumstances, options.convert, language), options.output);
    return problems.some(({ kind }) => kind === 'error') ? 2 : 0;
  }
  const fixed = options.fix ? await fix(collected.files, filesOptions, circumstances, options, language) : undefined;
  const reading = fixed && !options.dryRun ? readFiles(fixed.files, filesOptions) : before;
  const demand = demandOf(options);
  const findings = reported(
    judgeSubjects(reading.subjects, {
      ...circumstances,
      brief: !demand.passes,
      acceptedBeside: acceptedBeside(reading.ignores, language),
    }),
    reading,
  );
  const problems = [
    ...collected.problems,
    ...emptyFolders(named, collected, options.kind),
    ...(fixed?.problems ?? []),
    ...reading.problems,
    ...unknownIgnores(reading),
  ];
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
  process.stderr.write(describeProblems(spoken(problems, options), language));
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  if (!fixed?.printed) await writeDocument(await renderReport(report, options, terminal), options.output);
  return exitCodeOf(report, {
    failOn: options.failOn ?? configuration.failOn,
    strict: options.strict,
    unreadable: problems.some(({ kind }) => kind === 'error'),
  });
}

async function fix(
  files: readonly KnownFile[],
  filesOptions: FilesOptions,
  circumstances: Circumstances,
  { dryRun = false, quiet = false, output }: CheckOptions,
  language: Language,
): Promise<Fixed> {
  const { distinctFiles, fixFiles } = await import('./fix-files.ts');
  return fixFiles(distinctFiles(files), filesOptions, circumstances, { dryRun, quiet, output, language });
}

/** Progress may be unwanted, but never what went wrong. */
function spoken(problems: readonly FileProblem[], { quiet = false }: CheckOptions): readonly FileProblem[] {
  return quiet ? problems.filter(({ kind }) => kind === 'error') : problems;
}

/** What is asked of these files: containers are asked of all of them. */
function groupsOf(files: readonly KnownFile[]): ControlGroup[] {
  return ['container', ...new Set(files.flatMap(({ kind }) => (kind === 'run' ? [] : [kind])))];
}

function pathsOf(paths: readonly string[], { stdin = false }: CheckOptions): readonly string[] {
  if (stdin) return [...paths, '-'];
  return paths.length > 0 ? paths : ['.'];
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
