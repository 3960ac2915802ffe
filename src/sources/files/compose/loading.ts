import { posix } from 'node:path';
import type { EnvironmentFile, EnvironmentFileVariable } from '../../../model/compose-project.ts';
import type { Location } from '../../../model/location.ts';
import type { Lookup } from '../../../syntax/interpolation.ts';
import type { FileProblem, WrittenFile } from '../written-file.ts';
import { type EnvironmentFileReading, readEnvironmentFile } from './environment-file.ts';
import { type Observer, type Place, placeLocation } from './node.ts';
import { problemAt } from './problem.ts';

export interface UnsetVariable {
  readonly name: string;
  readonly location: Location;
}

/** Everything that is met while one project is read: problems, variables, files of variables. */
export interface Loading {
  readonly problems: FileProblem[];
  readonly unset: UnsetVariable[];
  /** Undefined for what is not there. */
  readFile(path: string): WrittenFile | undefined;
  /** Reads a file of variables once for each way to read it; undefined when it is not there. */
  environmentFile(path: string, lookup: Lookup, raw?: boolean): EnvironmentFileReading | undefined;
  environmentFiles(): readonly EnvironmentFile[];
  /** A service takes the variable over. */
  inherited(variable: EnvironmentFileVariable, service: string): void;
}

export function startLoading(readFile: Loading['readFile']): Loading {
  const problems: FileProblem[] = [];
  const files = new Map<string, { readonly file: string; readonly reading: EnvironmentFileReading }>();
  const services = new Map<EnvironmentFileVariable, string[]>();
  return {
    problems,
    unset: [],
    readFile,
    environmentFile(path, lookup, raw = false) {
      const key = `${raw}:${path}`;
      const before = files.get(key);
      if (before) return before.reading;
      const file = readFile(path);
      if (!file) return undefined;
      const reading = readEnvironmentFile(file, { lookup, raw });
      files.set(key, { file: file.name, reading });
      problems.push(...reading.problems);
      return reading;
    },
    environmentFiles: () =>
      [...files.values()].map(({ file, reading }) => ({
        file,
        variables: reading.variables.map((variable) => {
          const names = services.get(variable);
          return names ? { ...variable, services: names } : variable;
        }),
      })),
    inherited(variable, service) {
      services.set(variable, [...(services.get(variable) ?? []), service]);
    },
  };
}

/** Hands on what is met in a document. */
export function observerOf({ problems, unset }: Loading, lookup: Lookup): Observer {
  return {
    lookup,
    unset: (name, place) => unset.push({ name, location: placeLocation(place, name) }),
    invalid: (place) =>
      problems.push(
        problemAt(
          place,
          'notice',
          {
            en: 'a dollar sign here begins no variable, and Compose refuses it; it is judged as it stands',
            zh: '此处的美元符号不构成变量，Compose 会拒绝；此处按原文检查',
          },
          { en: 'double every dollar sign that means itself: $$', zh: '表示自身的美元符号请写两遍：$$' },
        ),
      ),
    tooDeep: (place) =>
      problems.push(
        problemAt(
          place,
          'error',
          { en: 'it is nested too deeply to be read', zh: '嵌套层次过深，无法读取' },
          { en: 'mend the file', zh: '请修正该文件' },
        ),
      ),
  };
}

/** What is asked first wins: the shell before a file of variables. */
export function lookupIn(...sources: readonly (Lookup | Readonly<Record<string, string>>)[]): Lookup {
  return (name) => {
    for (const source of sources) {
      const value =
        typeof source === 'function' ? source(name) : Object.hasOwn(source, name) ? source[name] : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** The variables of a file by name. */
export function variablesOf(reading: EnvironmentFileReading | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((reading?.variables ?? []).map(({ name, value }) => [name, value.reveal()]));
}

/** The folder of a file; `.` for standard input. */
export function folderOf(file: string): string {
  return file === '-' ? '.' : posix.dirname(file);
}

/** A path that is relative to a folder. */
export function pathIn(folder: string, path: string): string {
  return path.startsWith('/') ? path : posix.join(folder, path);
}

/** What another program would have to fetch. */
export function isRemote(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|oci:)|\.git(?:#|$)/i.test(path);
}

/** Reports a file that is named and not there, or that is kept elsewhere. */
export function reportMissing({ problems }: Loading, place: Place, path: string): void {
  const problem = isRemote(path)
    ? problemAt(
        place,
        'notice',
        { en: `${path} is kept elsewhere and is not read`, zh: `${path} 位于远程，不予读取` },
        { en: 'fetch it and name the local copy', zh: '请先下载，再引用本地副本' },
      )
    : problemAt(
        place,
        'error',
        { en: `the file ${path} is not there`, zh: `文件 ${path} 不存在` },
        { en: 'mend the path, or put the file there', zh: '请修正路径，或放置该文件' },
      );
  problems.push(problem);
}
