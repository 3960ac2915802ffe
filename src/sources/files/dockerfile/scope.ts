import type { Lookup } from '../../../syntax/dockerfile/expand.ts';

/** BuildKit gives these a value in FROM without an ARG, and in a stage with one; which one, only the build tells. */
const platformArguments: readonly string[] = [
  ...['BUILD', 'TARGET'].flatMap((side) =>
    ['PLATFORM', 'OS', 'ARCH', 'VARIANT', 'OSVERSION'].map((each) => side + each),
  ),
  'TARGETSTAGE',
];

interface Setting {
  readonly name: string;
  /** `null`: it has one, but nobody can tell which. */
  readonly value: string | null;
}

/** What variables stand for at one place of a Dockerfile; it grows with every ENV and ARG, and the last one counts. */
export class Scope {
  /** The shell in force: `['/bin/sh', '-c']`. */
  shell: readonly string[];
  readonly #parent: Scope | undefined;
  readonly #settings: Setting[] = [];
  readonly #values = new Map<string, string | null>();
  readonly #declared = new Set<string>();

  /** A stage sees the variables of the stage that it is built from, its arguments too. */
  constructor(shell: readonly string[], parent?: Scope) {
    this.shell = shell;
    this.#parent = parent;
  }

  readonly lookup: Lookup = (name) => {
    for (const scope of this.#upwards()) {
      const value = scope.#values.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };

  set(name: string, value: string | null): void {
    this.#settings.push({ name, value });
    this.#values.set(name, value);
  }

  /** An argument that has a value only where the build gives it one. */
  declare(name: string): void {
    this.#declared.add(name);
  }

  isDeclared(name: string): boolean {
    return this.#declared.has(name);
  }

  /** What is known of the environment here; made when it is first asked for. */
  environmentHere(): () => Readonly<Record<string, string>> {
    const until = this.#settings.length;
    let made: Readonly<Record<string, string>> | undefined;
    return () => (made ??= this.#environmentUntil(until));
  }

  #environmentUntil(until: number): Readonly<Record<string, string>> {
    const [, ...above] = this.#upwards();
    const inherited = above.toReversed().flatMap((scope) => scope.#settings);
    const values = new Map<string, string | null>();
    for (const { name, value } of [...inherited, ...this.#settings.slice(0, until)]) values.set(name, value);
    return Object.fromEntries([...values].filter((entry): entry is [string, string] => entry[1] !== null));
  }

  *#upwards(): Generator<Scope> {
    let scope: Scope | undefined = this.#parent;
    yield this;
    while (scope) {
      yield scope;
      scope = scope.#parent;
    }
  }
}

/** The scope of FROM: global arguments, and the platforms. */
export function globalScope(): Scope {
  const scope = new Scope([]);
  for (const name of platformArguments) scope.set(name, null);
  return scope;
}

/** Whether BuildKit gives an argument of this name a value that nobody can tell before the build. */
export function isPlatformArgument(name: string): boolean {
  return platformArguments.includes(name);
}
