import type { JsonValue } from '../../model/json.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { promisedList } from './promised.ts';

/** Reads the answer of `GET /networks`. */
export function readNetworks(answer: JsonValue): NetworkFacts[] {
  return promisedList(answer, '/networks').flatMap(() => []);
}
