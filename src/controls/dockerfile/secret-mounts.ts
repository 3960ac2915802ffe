import type { RunInstruction } from '../../model/dockerfile.ts';
import type { ShellCommand, ShellWord } from '../../model/shell.ts';
import { commandsOf } from './run-commands.ts';

/** Where the secrets of a RUN can be read: files of its mounts, and variables that hold them. */
export interface MountedSecrets {
  readonly files: readonly string[];
  readonly variables: ReadonlySet<string>;
}

/** The secrets that a RUN mounts; a variable that is read from such a file holds one too. */
export function mountedSecrets(run: RunInstruction): MountedSecrets {
  const mounts = run.mounts.filter(({ type }) => type === 'secret');
  const files = mounts.flatMap(({ id, target, env, source }) =>
    target === undefined ? (env === undefined ? [`/run/secrets/${id ?? source ?? ''}`] : []) : [target],
  );
  const variables = new Set(mounts.flatMap(({ env }) => (env === undefined ? [] : [env])));
  for (const command of files.length + variables.size > 0 ? commandsOf(run) : []) {
    const secrets = { files, variables };
    for (const { name, value } of command.assignments) if (carries(value, secrets)) variables.add(name);
    if (/^(?:export|local|declare|readonly)$/.test(command.program)) {
      for (const word of command.words.slice(1)) {
        const name = /^(\w+)=/.exec(word.text)?.[1];
        if (name !== undefined && carries(word, secrets)) variables.add(name);
      }
    }
    if (command.program === 'read' && readsFile(command, secrets)) {
      for (const { text } of command.words.slice(1)) if (/^\w+$/.test(text)) variables.add(text);
    }
  }
  return { files, variables };
}

/** Whether a word becomes the content of a secret: by a substitution that reads the file, or by a variable. */
export function carries({ text, literal }: Pick<ShellWord, 'text' | 'literal'>, secrets: MountedSecrets): boolean {
  if (literal) return false;
  const names = [...text.matchAll(/\$(?:\{(\w+)|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? '');
  if (names.some((name) => secrets.variables.has(name))) return true;
  const substituted = /\$\(|`/.exec(text);
  return substituted !== null && secrets.files.some((file) => mentions(text.slice(substituted.index), file));
}

/** Whether a command has the file of a secret as an operand or as its input. */
export function readsFile({ words, redirects }: ShellCommand, secrets: MountedSecrets): boolean {
  const input = redirects.filter(({ operator }) => operator === '<').map(({ target }) => target.text);
  return [...words.slice(1).map(({ text }) => text), ...input].some((text) => isSecretFile(text, secrets));
}

/** `if=` of dd counts too, and a pattern over the folder of all secrets. */
export function isSecretFile(text: string, { files }: MountedSecrets): boolean {
  const path = text.replace(/^if=/, '');
  return files.some((file) => path === file || (path.endsWith('/*') && file.startsWith(path.slice(0, -1))));
}

function mentions(text: string, file: string): boolean {
  for (let at = text.indexOf(file); at >= 0; at = text.indexOf(file, at + 1)) {
    if (!/[\w./-]/.test(text[at + file.length] ?? '')) return true;
  }
  return false;
}
