import { imageDigits } from '../../model/image-reference.ts';
import type { EngineAddress } from './address.ts';
import { openEngineClient } from './client.ts';
import { negotiate } from './negotiate.ts';
import { promisedList } from './promised.ts';
import { stringAt, stringsAt } from './reading.ts';

/**
 * Names of the containers that run, by the id of their image without the algorithm.
 *
 * @throws PlimsollError where the engine cannot be asked
 */
export async function runningContainers(
  address: EngineAddress,
  options: { readonly timeout?: number } = {},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = await openEngineClient(address, options);
  try {
    const { prefix } = await negotiate(client);
    const path = '/containers/json';
    const running = promisedList(await client.get(prefix + path), path).map((each) => ({
      image: imageDigits(stringAt(each, 'ImageID') ?? ''),
      name: nameOf(stringsAt(each, 'Names')) ?? (stringAt(each, 'Id') ?? '').slice(0, 12),
    }));
    const byImage = Map.groupBy(running, ({ image }) => image);
    return new Map([...byImage].map(([image, containers]) => [image, containers.map(({ name }) => name).toSorted()]));
  } finally {
    client.close();
  }
}

/** Others are those under which a linked container knows it: `/web/database`. */
function nameOf(names: readonly string[]): string | undefined {
  return names.find((each) => /^\/?[^/]+$/.test(each))?.replace(/^\//, '');
}
