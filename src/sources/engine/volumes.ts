import type { VolumeFacts } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { promisedObject } from './promised.ts';
import { listAt } from './reading.ts';

/** Reads the answer of `GET /volumes`. Who uses them is not in it. */
export function readVolumes(answer: JsonValue): Omit<VolumeFacts, 'usedBy'>[] {
  return listAt(promisedObject(answer, '/volumes'), 'Volumes').flatMap(() => []);
}
