import type { Dockerfile, RunInstruction } from '../../model/dockerfile.ts';
import type { ShellWord } from '../../model/shell.ts';
import { type PackageCall, packageCalls } from './package-calls.ts';
import { installsOf, type PackageManager } from './package-install.ts';
import type { Place } from './places.ts';
import { expanded, runsOf } from './run-instructions.ts';

/** Whether what a call names has a version; `undefined` text stands for a word that is not known. */
type PinTest = (name: string, call: PackageCall) => boolean;

/** The installs that name a package without a version, one place each: the first such package. */
export function unpinnedInstalls(
  { instructions }: Dockerfile,
  managers: readonly PackageManager[],
  isPinned: PinTest,
  isInstall: (call: PackageCall) => boolean = ({ command }) => installsOf(command) !== undefined,
): readonly Place[] {
  return packageCalls(runsOf(instructions), managers)
    .filter(isInstall)
    .flatMap((call) => {
      const names = call.operands.flatMap((word) => namesIn(word, call.run).map((name) => ({ name, span: word.span })));
      const unpinned = names.filter(({ name }) => !isPinned(name, call));
      const [first] = unpinned;
      if (!first) return [];
      const list = unpinned.map(({ name }) => name).join(' ');
      return [
        {
          span: first.span,
          value: list,
          message: {
            en: `No version is stated for: ${list}.`,
            zh: `以下软件包没有写明版本：${list}。`,
          },
        },
      ];
    });
}

/** The packages that a word stands for; a word with a variable that nothing gives a value is its text with the variable. */
function namesIn(word: ShellWord, run: RunInstruction): readonly string[] {
  const value = expanded(word, run);
  if (value === undefined) return [word.text];
  if (value === word.text || word.quoted) return [value];
  return value.split(/\s+/).filter((name) => name !== '' && !name.startsWith('-'));
}

/** Where a part is only known at build time, nothing can be said against the name. */
export function isDynamic(name: string): boolean {
  return /[$`]/.test(name);
}
