import type { CopyInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import type { Span } from '../../model/source-text.ts';

/** A file that a command or a COPY may write. Where a destination may be a folder, both readings are there. */
export interface WrittenFile {
  readonly path: string;
  readonly span: Span;
}

/** The files that COPY or ADD may write, by the destination and the sources' names. */
export function filesOfCopy({ sources, destination }: CopyInstruction): WrittenFile[] {
  if (!destination) return [];
  const target = destination.value ?? destination.text;
  const paths = [target, ...sources.map(({ text, value }) => joined(target, value ?? text))];
  return paths.map((path) => ({ path: normalised(path), span: destination.span }));
}

/** The files that one command writes: by redirection, or as its arguments say. */
export function filesOfCommand(command: ShellCommand): WrittenFile[] {
  const redirected = command.redirects
    .filter(({ operator }) => operator.includes('>'))
    .map(({ target }) => ({ path: normalised(target.text), span: target.span }));
  return [...redirected, ...filesOfArguments(command)];
}

function filesOfArguments({ program, words: [, ...words] }: ShellCommand): WrittenFile[] {
  const operands = words.filter(({ text }) => !text.startsWith('-'));
  switch (program) {
    case 'tee':
    case 'sponge':
    case 'truncate':
    case 'patch':
    case 'ed':
    case 'ex':
    case 'vi':
    case 'vim':
      return operands.map(written);
    case 'cp':
    case 'mv':
    case 'ln':
    case 'install':
    case 'rsync':
      return filesAtDestination(words, operands);
    case 'sed':
      return words.some(({ text }) => /^-[nErsuz]*i|^--in-place/.test(text))
        ? operands.slice(sedScripts(words)).map(written)
        : [];
    case 'perl':
      return words.some(({ text }) => /^-[a-zA-Z]*i/.test(text)) ? operands.map(written) : [];
    case 'dd':
      return operands
        .filter(({ text }) => text.startsWith('of='))
        .map(({ text, span }) => ({ path: text.slice(3), span }));
    case 'curl':
      return valuesOf(words, /^-[A-Za-z#]*o$|^--output$/, /^(?:-o|--output=)(.+)$/);
    case 'wget':
      return valuesOf(words, /^-[a-zA-Z]*O$|^--output-document$/, /^(?:-O|--output-document=)(.+)$/);
    default:
      return [];
  }
}

/** The script is the first operand, unless options hold it: then their values are no files either. */
function sedScripts(words: readonly ShellWord[]): number {
  const inOptions = words.filter(({ text }) => /^-[nErsuz]*[ef]$|^--(?:expression|file)$/.test(text)).length;
  const attached = words.some(({ text }) => /^-[ef].|^--(?:expression|file)=/.test(text));
  return inOptions > 0 || attached ? inOptions : 1;
}

function filesAtDestination(words: readonly ShellWord[], operands: readonly ShellWord[]): WrittenFile[] {
  const [named] = valuesOf(words, /^-t$|^--target-directory$/, /^--target-directory=(.+)$/);
  const last = operands.at(-1);
  const target = named ?? (last && written(last));
  if (!target) return [];
  const inside = operands
    .filter(({ span }) => span.start !== target.span.start)
    .map(({ text }) => ({ path: normalised(joined(target.path, text)), span: target.span }));
  return [target, ...inside];
}

function valuesOf(words: readonly ShellWord[], alone: RegExp, attached: RegExp): WrittenFile[] {
  return words.flatMap((word, index) => {
    const value = attached.exec(word.text)?.[1];
    if (value !== undefined) return [{ path: normalised(value), span: word.span }];
    const next = words[index + 1];
    return next && alone.test(word.text) ? [written(next)] : [];
  });
}

function written({ text, span }: ShellWord): WrittenFile {
  return { path: normalised(text), span };
}

function joined(folder: string, source: string): string {
  return `${folder.replace(/\/+$/, '')}/${fileName(source)}`;
}

/** The last part of a path; of a URL too, without what may be a login in front. */
export function fileName(path: string): string {
  return path
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .replace(/^.*[\\/]/s, '');
}

/** `/etc//sudoers.d/./x` is `/etc/sudoers.d/x`. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
