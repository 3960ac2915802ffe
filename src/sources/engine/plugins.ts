import type { PluginFacts } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { promisedList } from './promised.ts';

/** Reads the answer of `GET /plugins`. */
export function readPlugins(answer: JsonValue): PluginFacts[] {
  return promisedList(answer, '/plugins').flatMap(() => []);
}
