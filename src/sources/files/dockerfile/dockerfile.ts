import type { Dockerfile } from '../../../model/dockerfile.ts';
import { stageNamed } from '../../../model/dockerfile.ts';
import { type Complaint, complaints } from '../../../syntax/dockerfile/complaints.ts';
import { readLines } from '../../../syntax/dockerfile/lines.ts';
import { type FileProblem, locationAt, type Reading, type WrittenFile } from '../written-file.ts';
import { containerFromDockerfile } from './container.ts';
import { readStages } from './stages.ts';

export interface BuildOptions {
  /** The stage to build, by its name or its number; absent: the last one. */
  readonly target?: string;
  /** `--build-arg`. */
  readonly buildArguments?: Readonly<Record<string, string>>;
}

/** Reads a Dockerfile as BuildKit does. What BuildKit would refuse is in its problems; the rest is there all the same. */
export function readDockerfile(file: WrittenFile, options: BuildOptions = {}): Dockerfile {
  return readWithComplaints(file, options).dockerfile;
}

/** A Dockerfile and the image that it makes, as subjects, and what BuildKit would refuse. */
export function dockerfileReading(file: WrittenFile, options: BuildOptions = {}): Reading {
  const { dockerfile, found } = readWithComplaints(file, options);
  const container = containerFromDockerfile(dockerfile);
  return {
    subjects: [
      { kind: 'dockerfile', id: `dockerfile/${file.name}`, file: file.name, value: dockerfile },
      ...(container
        ? [{ kind: 'container' as const, id: `container/${file.name}`, file: file.name, value: container }]
        : []),
    ],
    problems: found.map((complaint) => problemOf(complaint, file)),
  };
}

interface ReadDockerfile {
  readonly dockerfile: Dockerfile;
  readonly found: readonly Complaint[];
}

function readWithComplaints(file: WrittenFile, { target, buildArguments = {} }: BuildOptions): ReadDockerfile {
  const { text } = file;
  const lines = readLines(text);
  const found: Complaint[] = [...lines.problems];
  const { instructions, stages } = readStages(text, lines, buildArguments, found);
  const end = text.trimEnd().length;
  if (stages.length === 0) found.push({ message: complaints.noFrom(), span: { start: end, end } });
  const built = target === undefined ? stages.at(-1) : stageNamed({ stages }, target);
  if (target !== undefined && !built && stages.length > 0) {
    found.push({ message: complaints.noStage(target), span: { start: 0, end: 0 } });
  }
  const ordered = found.toSorted((left, right) => left.span.start - right.span.start);
  const dockerfile: Dockerfile = {
    file: file.name,
    text,
    escape: lines.escape,
    directives: lines.directives,
    comments: lines.comments,
    instructions,
    stages,
    ...(built ? { target: built } : {}),
    problems: ordered.map(({ message, span }) => ({ message: message.en, span })),
    locate: ({ start }) => locationAt(file, start, placeName(instructions, start)),
  };
  return { dockerfile, found: ordered };
}

/** The instruction at an offset, as a path: `RUN`. */
function placeName(instructions: Dockerfile['instructions'], offset: number): string {
  let [low, high] = [0, instructions.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((instructions[middle]?.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = instructions[low];
  if (!found || offset < found.span.start || offset > found.span.end) return '';
  return (found.keyword === 'unknown' ? found.name : found.keyword).toUpperCase();
}

function problemOf({ message, span }: Complaint, file: WrittenFile): FileProblem {
  return {
    file: file.name,
    kind: 'error',
    reason: message,
    need: {
      en: 'mend this place: the build refuses the file, and what depends on it cannot be judged rightly',
      zh: '修改此处：构建会拒绝该文件，与之相关的内容也无法正确判断',
    },
    ...file.lines.positionAt(span.start),
  };
}
