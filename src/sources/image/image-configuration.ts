import type { ImageConfiguration, ImageStep } from '../../model/image.ts';
import { readStep } from '../../model/image-step.ts';
import type { JsonValue } from '../../model/json.ts';
import { Secret } from '../../model/secret.ts';
import type { ShellScript } from '../../model/shell.ts';
import type { parseShell as Parse } from '../../syntax/shell/shell.ts';
import { booleanAt, listAt, objectAt, stringAt, stringsAt, textAt, textsAt } from '../engine/reading.ts';

/*
 * What an engine's answers and an image's own configuration say in the same words.
 */

/** The field `Config` of an engine's answer, or `config` of an image's configuration. */
export function configurationOf(config: JsonValue): ImageConfiguration {
  const test = stringsAt(objectAt(config, 'Healthcheck'), 'Test');
  return {
    user: stringAt(config, 'User') ?? '',
    exposedPorts: Object.keys(objectAt(config, 'ExposedPorts')),
    environment: stringsAt(config, 'Env').map((each) => {
      const separator = each.indexOf('=');
      const name = separator < 0 ? each : each.slice(0, separator);
      return { name, value: new Secret(separator < 0 ? '' : each.slice(separator + 1)) };
    }),
    entrypoint: stringsAt(config, 'Entrypoint'),
    command: stringsAt(config, 'Cmd'),
    volumes: Object.keys(objectAt(config, 'Volumes')),
    labels: textsAt(config, 'Labels'),
    workingDirectory: stringAt(config, 'WorkingDir') ?? '',
    ...(test.length > 0 ? { healthCheck: { test } } : {}),
    onBuild: stringsAt(config, 'OnBuild'),
    shell: stringsAt(config, 'Shell'),
  };
}

/** The steps of an image's configuration, from the first to the last, which say of themselves whether they made a layer. */
export function historyIn(configuration: JsonValue, sizes: readonly number[], scripts: ScriptReader): ImageStep[] {
  let layer = 0;
  return listAt(configuration, 'history').map((each) => {
    const createdBy = stringAt(each, 'created_by') ?? '';
    const created = dateMeant(Date.parse(stringAt(each, 'created') ?? ''));
    const comment = textAt(each, 'comment');
    const script = scripts.read(createdBy);
    const size = madeLayer(each) ? (sizes[layer++] ?? 0) : 0;
    return {
      createdBy,
      ...(created === null ? {} : { created }),
      size,
      ...(comment === undefined ? {} : { comment }),
      tags: [],
      ...(script ? { script } : {}),
    };
  });
}

/** For each layer the line of the history that made it; `undefined` where steps and layers do not fit. */
export function linesOfLayers(configuration: JsonValue, layers: number): string[] | undefined {
  const steps = listAt(configuration, 'history').filter(madeLayer);
  return steps.length === layers ? steps.map((each) => stringAt(each, 'created_by') ?? '') : undefined;
}

function madeLayer(step: JsonValue): boolean {
  return booleanAt(step, 'empty_layer') !== true;
}

const dayMilliseconds = 86_400_000;

/**
 * Milliseconds since 1970, or `null` for what builds write that are to give the same bytes every time: nothing, the
 * year 1, the first days of 1970, or 1980, where zip archives begin.
 */
export function dateMeant(time: number): number | null {
  if (Number.isNaN(time) || time < 2 * dayMilliseconds) return null;
  return Math.abs(time - Date.UTC(1980, 0, 1)) < 2 * dayMilliseconds ? null : time;
}

/** A RUN this long is a program that somebody pasted, and takes too long to read. */
const longestScript = 200_000;

/** Images share their bases, and with them their steps: each is read once. */
export class ScriptReader {
  readonly #scripts = new Map<string, ShellScript | undefined>();
  readonly #parse: typeof Parse;

  constructor(parse: typeof Parse) {
    this.#parse = parse;
  }

  read(createdBy: string): ShellScript | undefined {
    if (!this.#scripts.has(createdBy)) {
      const { keyword, text, posix } = readStep(createdBy);
      const isReadable = keyword === 'run' && posix && text.length <= longestScript;
      this.#scripts.set(createdBy, isReadable ? this.#parse(text, 0) : undefined);
    }
    return this.#scripts.get(createdBy);
  }
}

/** A start that reads no image does without a grammar of shells. */
export async function openScriptReader(): Promise<ScriptReader> {
  const { parseShell } = await import('../../syntax/shell/shell.ts');
  return new ScriptReader(parseShell);
}
