import type { Machine } from '../../model/control.ts';
import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ImageFacts, ImageStep } from '../../model/image.ts';
import { unreadable } from '../../model/fact.ts';
import { imageDigits } from '../../model/image-reference.ts';
import { instructionOfStep, type StepInstruction } from '../../model/image-step.ts';

/**
 * Whose step it is: that of the image's own build, that of its base, or that of one of the two. Only what is `own` is
 * blamed for what the base's makers have to answer for as well.
 */
export type StepOrigin = 'base' | 'own' | 'either';

export interface OriginatedStep {
  /** Its place in the history, from 0. */
  readonly index: number;
  readonly step: ImageStep;
  readonly instruction: StepInstruction;
  readonly origin: StepOrigin;
}

/** The steps of an image, the first one first; none where its history is not known. */
export function stepsOf(image: ImageFacts, machine?: Machine): readonly OriginatedStep[] {
  const steps = image.history.known ? image.history.value : [];
  const instructions = steps.map(instructionOfStep);
  const certain = certainBase(image, steps, instructions, machine);
  const distribution = certain ?? Math.max(distributionEnd(steps, instructions), otherBuilderEnd(steps));
  const likely = certain ?? Math.max(distribution, gapEnd(steps));
  return steps.map((step, index) => ({
    index,
    step,
    instruction: instructions[index] ?? instructionOfStep(step),
    origin: index < distribution ? 'base' : index < likely ? 'either' : 'own',
  }));
}

/** How many steps are the base's, where another image or the builder says so. */
function certainBase(
  image: ImageFacts,
  steps: readonly ImageStep[],
  instructions: readonly StepInstruction[],
  machine: Machine | undefined,
): number | undefined {
  const base = baseOf(image, machine);
  if (base?.history.known) return base.history.value.length;
  // Buildah notes the base with the first step that it adds, once for each stage. What another builder built on that has no note.
  const from = steps.findLastIndex(({ comment = '' }) => /^FROM \S/.test(comment));
  if (from >= 0 && !steps.slice(from).some(isOfBuildKit)) return from;
  const named = instructions.findLastIndex(({ keyword }) => keyword === 'from');
  return named >= 0 ? named + 1 : undefined;
}

/** The largest other image that this one was built from: its layers and its steps are the first ones of this one. */
export function baseOf(image: ImageFacts, machine?: Machine): ImageFacts | undefined {
  return machine?.images
    .filter((other) => isBaseOf(other, image))
    .toSorted((left, right) => lengthOf(right) - lengthOf(left))[0];
}

/** The steps that no other image here is judged by: those behind a base that is here, all where none is. */
export function stepsBeyondBase(image: ImageFacts, machine?: Machine): readonly OriginatedStep[] {
  const base = baseOf(image, machine);
  return stepsOf(image, machine).slice(base ? lengthOf(base) : 0);
}

/** The history; unreadable where there are layers of which it says nothing. */
export function toldHistory({ history, layers }: ImageFacts): ImageFacts['history'] {
  if (!history.known || history.value.length > 0 || layers.length === 0) return history;
  return unreadable(
    history.source,
    history.path,
    { en: 'The image does not say how its layers were made.', zh: '镜像未记录各层的构建方式。' },
    { en: 'a build that keeps its history', zh: '构建时保留历史记录' },
  );
}

/** Whether another image here was built from it. */
export function isBase(image: ImageFacts, machine?: Machine): boolean {
  return machine?.images.some((other) => isBaseOf(image, other)) ?? false;
}

function isBaseOf(base: ImageFacts, image: ImageFacts): boolean {
  if (imageDigits(base.id) === imageDigits(image.id) || base.layers.length === 0) return false;
  if (base.layers.length > image.layers.length || !base.history.known || !image.history.known) return false;
  const [first, all] = [base.history.value, image.history.value];
  return (
    first.length > 0 &&
    first.length < all.length &&
    base.layers.every((layer, index) => layer === image.layers[index]) &&
    first.every(({ createdBy }, index) => createdBy === all[index]?.createdBy)
  );
}

function lengthOf({ history }: ImageFacts): number {
  return history.known ? history.value.length : 0;
}

/** BuildKit signs every step: what stands in front of its last ones was there when it began. */
function otherBuilderEnd(steps: readonly ImageStep[]): number {
  const last = steps.at(-1);
  return last && isOfBuildKit(last) ? steps.findLastIndex((step) => !isOfBuildKit(step)) + 1 : 0;
}

function isOfBuildKit({ comment = '' }: ImageStep): boolean {
  return comment.startsWith('buildkit');
}

/** How many steps make the distribution: its files, and what is set right behind them at the same time. */
function distributionEnd(steps: readonly ImageStep[], instructions: readonly StepInstruction[]): number {
  const root = instructions.findIndex(
    (instruction, index) => isRootFileSystem(instruction, steps[index]) || addsFiles(instruction),
  );
  const first = instructions[root];
  // Files that are added to `/` later look the same, and are no distribution: an entry point's script, an archive.
  if (!first || !isRootFileSystem(first, steps[root])) return 0;
  const made = steps[root]?.created;
  let end = root + 1;
  while (/^(?:cmd|env|label|workdir)$/.test(instructions[end]?.keyword ?? '') && isSameTime(made, steps[end]?.created))
    end += 1;
  return end;
}

const minute = 60_000;

function isSameTime(left: number | undefined, right: number | undefined): boolean {
  return left === right || Math.abs((left ?? 0) - (right ?? 0)) < 10 * minute;
}

/** `ADD file:… in /`, `ADD alpine-minirootfs.tar.gz / # buildkit`, `COPY /rootfs/ /`, what makes Debian's images, `docker import`. */
function isRootFileSystem({ keyword, text }: StepInstruction, step: ImageStep | undefined): boolean {
  if (keyword === 'add') return /^(?:file|multi|dir):[0-9a-f]+ in \/\s*$|\.tar(?:\.\w+)?\s+\/\s*$/.test(text);
  if (keyword === 'copy') return /^\/?rootfs\/?\s+\/\s*$/.test(text);
  return text.startsWith('# debian.sh ') || /^(?:debuerreotype |Imported from )/.test(step?.comment ?? '');
}

function addsFiles({ keyword }: StepInstruction): boolean {
  return keyword === 'add' || keyword === 'copy' || keyword === 'run';
}

/** Half a day between two steps says that the one before it was not made by the same build, or came from its cache. */
const longPause = 12 * 60 * minute;

function gapEnd(steps: readonly ImageStep[]): number {
  return steps.findLastIndex(({ created }, index) => {
    const before = steps[index - 1]?.created;
    return created !== undefined && before !== undefined && created - before > longPause;
  });
}

/** The RUN steps as a Dockerfile's, for what asks of those; the spans count in each step's own text. */
export function runsIn(steps: readonly OriginatedStep[]): readonly RunInstruction[] {
  const nowhere = { start: 0, end: 0 };
  return steps.flatMap(({ step: { script }, instruction }) =>
    instruction.keyword === 'run' && script
      ? [
          {
            keyword: 'run',
            stage: 0,
            span: { start: 0, end: instruction.text.length },
            keywordSpan: nowhere,
            flags: [],
            heredocs: [],
            onbuild: false,
            form: 'shell',
            words: [],
            shell: ['/bin/sh', '-c'],
            script,
            mounts: [],
            environment: Object.fromEntries(instruction.buildArguments.map(({ name, value }) => [name, value])),
          } satisfies RunInstruction,
        ]
      : [],
  );
}

/**
 * Whether a step is a container that somebody committed. What is kept of one is the container's command, as the image
 * now has it, or the shell that it was changed with; Buildah writes `/bin/sh` for its own steps too.
 */
export function isCommitted({ step, instruction }: OriginatedStep, image: ImageFacts): boolean {
  if (instruction.keyword !== 'other' || isOfBuildKit(step) || step.comment?.startsWith('FROM ')) return false;
  const { command, labels } = image.configuration;
  if (step.createdBy === '' || Object.hasOwn(labels, 'io.buildah.version')) return false;
  const isShell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh(?: -[il]+)?$/.test(step.createdBy.trim());
  return isShell || (command.length > 0 && step.createdBy === command.join(' ') && step.size > 0);
}
