import { createHash } from 'node:crypto';
import type { ImageStep } from '../../model/image.ts';
import { readStep } from '../../model/image-step.ts';
import type { JsonValue } from '../../model/json.ts';
import { linesOfLayers } from './image-configuration.ts';

/**
 * The lines of history of an image's layers, from its configuration: it says of each step whether it made a layer. `undefined` where
 * the bytes are not that image's configuration, or steps and layers do not fit.
 *
 * @param id `sha256:…` of the configuration
 */
export function createdByOfConfiguration(bytes: Buffer, id: string, layers: number): string[] | undefined {
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== id) return undefined;
  let configuration: JsonValue;
  try {
    configuration = JSON.parse(bytes.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
  return linesOfLayers(configuration, layers);
}

/** Steps that make a layer where they change something; others only change the configuration. */
const changing = new Set(['add', 'copy', 'run', 'workdir', 'other']);

/**
 * The same from what the engine tells: it gives the bytes that each step added, but a step that only deleted files has a layer and adds
 * none. Layers from the bottom and from the top are told as far as there is no doubt; the others stay without.
 */
export function createdByOfSteps(steps: readonly ImageStep[], layers: number): (string | undefined)[] {
  const possible = steps.filter(({ size, createdBy }) => size > 0 || changing.has(readStep(createdBy).keyword));
  if (possible.length === layers) return possible.map(({ createdBy }) => createdBy);
  const certain = possible.filter(({ size }) => size > 0);
  if (certain.length === layers) return certain.map(({ createdBy }) => createdBy);
  const told = Array.from({ length: layers }, (): string | undefined => undefined);
  if (certain.length > layers || possible.length < layers) return told;
  const fromBelow = possible.findIndex(({ size }) => size === 0);
  const fromAbove = possible.toReversed().findIndex(({ size }) => size === 0);
  for (let index = 0; index < fromBelow; index += 1) told[index] = possible[index]?.createdBy;
  for (let index = 1; index <= fromAbove; index += 1) told[layers - index] = possible.at(-index)?.createdBy;
  return told;
}
