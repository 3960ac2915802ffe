import type { Subject } from '../../../model/control.ts';
import type { ShellError } from '../../../model/shell.ts';
import { parseRunArguments } from '../../../syntax/docker-run/arguments.ts';
import { parseYaml } from '../../../syntax/yaml.ts';
import type { FileProblem, Reading, WrittenFile } from '../written-file.ts';
import { containerFromRun, openName } from './container.ts';
import type { OpenFile } from './environment.ts';
import { type Excerpt, stretch } from './excerpt.ts';
import { looksLikeRun, programOf, type RunCommand, runCommand } from './find.ts';
import { isMakefile, makefileScripts } from './makefile-scripts.ts';
import { proseScripts } from './prose-scripts.ts';
import { type FoundRuns, runsIn } from './runs.ts';
import { isUnit, unitScripts } from './unit-scripts.ts';
import { yamlScripts } from './yaml-scripts.ts';

export interface RunOptions {
  /** Opens the files that `--env-file` and `--label-file` name, as they are written there. */
  readonly readFile?: OpenFile;
}

/** Every container that the commands in a file make: in a script, a unit, a CI file, a Makefile, or a text about them. */
export function runReading(file: WrittenFile, { readFile }: RunOptions = {}): Reading {
  const subjects: Subject[] = [];
  const { runs, problems } = foundIn(file);
  const ids = new Set<string>();
  for (const command of distinct(runs)) {
    const parsed = parseRunArguments(command.arguments);
    if (parsed.options.some(({ name, value }) => name === 'help' && value === 'true')) continue;
    const [image] = parsed.operands;
    if (!image) {
      if (command.arguments.length > 0) problems.push(withoutImage(file, command, parsed.hidden[0]?.text));
      continue;
    }
    const { container, problems: own } = containerFromRun(command, parsed, image, file, readFile);
    problems.push(...own);
    const name = parsed.options.findLast((option) => option.name === 'name');
    const { line, column } = file.lines.positionAt(command.span.start);
    const choices = [
      ...(name && !name.open && name.value !== '' ? [name.value] : []),
      `${line}`,
      `${line}:${column}`,
    ].map((choice) => `container/${file.name}:${choice}`);
    const id = choices.find((choice) => !ids.has(choice)) ?? `${choices.at(-1)}:${ids.size}`;
    ids.add(id);
    subjects.push({ kind: 'container', id, file: file.name, value: container });
  }
  return { subjects, problems };
}

/** A command is found twice where a script is read in two ways. */
function distinct(runs: readonly RunCommand[]): RunCommand[] {
  const byPlace = new Map(runs.map((run) => [run.span.start, run]));
  return [...byPlace.values()].toSorted((left, right) => left.span.start - right.span.start);
}

interface Found {
  readonly runs: readonly RunCommand[];
  readonly problems: FileProblem[];
}

const proseEnding = /\.(?!sh$|bash$|zsh$|ksh$|bats$|command$)[a-z]\w*$/i;
const markdownEnding = /\.(?:md|mdx|markdown|mkd)$/i;
const yamlEnding = /\.(?:ya?ml|json|jsonc)$/i;
const unitEnding = /\.(?:service|conf|socket|timer)$/i;
const makefileName = /(?:^|\/)(?:GNU)?makefile(?:\.\w+)?$|\.(?:mk|mak)$/i;

function foundIn(file: WrittenFile): Found {
  const { name, text } = file;
  const isScript = /^#!.*\b(?:ba|da|z|k|a)?sh\b/.test(text);
  if (isUnit(text) && !isScript && !markdownEnding.test(name)) return inScripts(file, unitScripts(stretch(text)));
  if (makefileName.test(name) || (!proseEnding.test(name) && !isScript && isMakefile(text))) {
    return inScripts(file, makefileScripts(text));
  }
  if (yamlEnding.test(name)) return inYaml(file, true);
  if (isScript) return inScripts(file, [stretch(text)]);
  if (proseEnding.test(name) && !unitEnding.test(name))
    return inScripts(file, proseScripts(text, markdownEnding.test(name)), false);
  return inYaml(file, false);
}

/** The scalars of a file; of a text that may as well be a script, where it is no YAML that holds one, its commands. */
function inYaml(file: WrittenFile, isYaml: boolean): Found {
  const documents = parseYaml(file.text);
  const [problem] = documents.flatMap(({ problems }) => problems);
  const roots = documents.flatMap(({ root }) => (root && root.kind !== 'scalar' ? [root] : []));
  if (!isYaml && (problem || roots.length === 0)) return inScripts(file, [stretch(file.text)]);
  const scripts = roots.map((root) => yamlScripts(root, file.text));
  const found = inScripts(
    file,
    scripts.flatMap(({ texts }) => texts),
  );
  const lists = scripts
    .flatMap(({ wordLists }) => wordLists)
    .flatMap((words) => runCommand(words.slice(words.findIndex((word) => programOf(word)))) ?? []);
  if (!problem || documents.every(({ root }) => root)) return { ...found, runs: [...found.runs, ...lists] };
  const lines = inScripts(file, proseScripts(file.text, false), false);
  const { line, column } = file.lines.positionAt(problem.offset);
  const notice: FileProblem = {
    file: file.name,
    kind: 'notice',
    reason: { en: `it is not valid YAML: ${problem.reason}`, zh: `不是有效的 YAML：${problem.reason}` },
    need: { en: 'mend it; only whole lines were searched for commands', zh: '请修正；目前只按整行查找命令' },
    line,
    column,
  };
  return { runs: [...found.runs, ...lists, ...lines.runs], problems: [...found.problems, notice] };
}

/** The commands of scripts; a script that cannot be read as a whole is a notice, unless nobody said that it is one. */
function inScripts(file: WrittenFile, scripts: readonly Excerpt[], isCertain = true): Found {
  const found = scripts.filter(({ text }) => looksLikeRun(text)).map((script) => runsInScript(script, file.text));
  const errors = isCertain ? found.flatMap(({ errors: [first] }) => (first ? [first] : [])) : [];
  return { runs: found.flatMap(({ runs }) => runs), problems: errors.map((error) => scriptProblem(file, error)) };
}

/** A text in a file may be a unit as well as a script. */
function runsInScript(script: Excerpt, fileText: string): FoundRuns {
  if (!isUnit(script.text)) return runsIn(script, fileText);
  const parts = unitScripts(script).map((each) => runsIn(each, fileText));
  return { runs: parts.flatMap(({ runs }) => runs), errors: parts.flatMap(({ errors }) => errors) };
}

function scriptProblem(file: WrittenFile, { span }: ShellError): FileProblem {
  return {
    file: file.name,
    kind: 'notice',
    reason: { en: 'the script cannot be read at this place', zh: '脚本在此处无法解析' },
    need: {
      en: 'mend it; what is not read around it is not judged',
      zh: '请修正；此处前后未能解析的内容不会被检查',
    },
    ...file.lines.positionAt(span.start),
  };
}

function withoutImage(file: WrittenFile, { program, run, span }: RunCommand, open: string | undefined): FileProblem {
  return {
    file: file.name,
    kind: 'notice',
    reason:
      open === undefined
        ? { en: `${program} ${run.text} has no image here`, zh: `此处的 ${program} ${run.text} 没有镜像` }
        : {
            en: `only the run of the command tells which image ${openName(open)} holds`,
            zh: `只有实际执行命令时才知道 ${openName(open)} 中的镜像`,
          },
    need: { en: 'the container is not judged: write the image out', zh: '该容器未被检查：请直接写出镜像' },
    ...file.lines.positionAt(span.start),
  };
}
