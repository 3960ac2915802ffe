import type { Location } from '../../../model/location.ts';
import type { Span } from '../../../model/source-text.ts';
import type { Text } from '../../../model/text.ts';
import type { GivenOption } from '../../../syntax/docker-run/arguments.ts';
import { type FileProblem, locationAt, type WrittenFile } from '../written-file.ts';

/** The options of one command, and a record of which field of the model came from where. */
export class Given {
  readonly #file: WrittenFile;
  readonly #options: readonly GivenOption[];
  readonly #places = new Map<string, Location>();
  readonly #locations = new Map<object, Location>();
  readonly #unresolved = new Set<string>();
  readonly #problems: FileProblem[] = [];

  constructor(file: WrittenFile, options: readonly GivenOption[]) {
    this.#file = file;
    this.#options = options;
  }

  get problems(): readonly FileProblem[] {
    return this.#problems;
  }

  /** Fields whose value only the run of the command tells, and which are therefore absent. */
  get unresolved(): readonly string[] {
    return [...this.#unresolved];
  }

  /** Every option of these names, in the order in which they are written. */
  all(...names: readonly string[]): readonly GivenOption[] {
    return this.#options.filter(({ name }) => names.includes(name));
  }

  /** The one that counts: the last. */
  last(name: string): GivenOption | undefined {
    return this.#options.findLast((each) => each.name === name);
  }

  /** The value of an option; an empty one is none. */
  text(name: string, field: string): string | undefined {
    const option = this.last(name);
    if (!option) return undefined;
    this.place(field, option);
    return option.value === '' ? undefined : option.value;
  }

  /** The values of an option, each an entry of the list at `field`; those with commas are several in some programs. */
  texts(name: string, field: string, split: (value: string) => readonly string[] = (value) => [value]): string[] {
    const values: string[] = [];
    for (const option of this.all(name)) {
      for (const value of split(option.value)) {
        this.place(`${field}[${values.length}]`, option);
        values.push(value);
      }
    }
    return values;
  }

  /** Whether a flag is on. */
  flag(name: string, field: string): boolean | undefined {
    return this.read(name, field, booleanOf);
  }

  /** What `parse` makes of the value; a problem where it can make nothing of it. */
  read<T>(name: string, field: string, parse: (value: string) => T | undefined): T | undefined {
    const option = this.last(name);
    if (!option) return undefined;
    this.place(field, option);
    const value = parse(option.value);
    if (value === undefined && option.value !== '') this.unreadable(option, field);
    return value;
  }

  /** Remembers where a field was written; of a list also where its first entry was. */
  place(field: string, option: { readonly written: string; readonly span: Span }): void {
    let location = this.#locations.get(option);
    if (!location) {
      location = locationAt(this.#file, option.span.start, option.written);
      this.#locations.set(option, location);
    }
    this.placeAt(field, location);
  }

  placeAt(field: string, location: Location): void {
    this.#places.set(field, location);
    const list = field.slice(0, Math.max(0, field.lastIndexOf('[')));
    if (list !== '' && field.endsWith(']') && !this.#places.has(list)) this.#places.set(list, location);
  }

  /** Where a field, or what it belongs to, was written. */
  placeOf(field: string): Location | undefined {
    for (
      let end = field.length;
      end > 0;
      end = Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1))
    ) {
      const place = this.#places.get(field.slice(0, end));
      if (place) return place;
    }
    return undefined;
  }

  /** A value that cannot be read: because it is a variable, or because it is wrong. */
  unreadable(option: GivenOption, field: string): void {
    if (option.open) {
      this.#unresolved.add(field);
      return;
    }
    this.notice(
      option.span,
      { en: `${option.written} does not take this value`, zh: `${option.written} 不接受该值` },
      { en: 'correct the value', zh: '请修正该值' },
    );
  }

  notice({ start }: Span, reason: Text, need: Text): void {
    this.#problems.push({ file: this.#file.name, kind: 'notice', reason, need, ...this.#file.lines.positionAt(start) });
  }
}

const truths: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false])),
};

/** What the clients take for true and false. */
export function booleanOf(value: string): boolean | undefined {
  return Object.hasOwn(truths, value) ? truths[value] : undefined;
}
