import type { VolumeFacts } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { promisedObject } from './promised.ts';
import { listAt, stringAt, textAt, textsAt } from './reading.ts';
import { driverOptionsAt } from './volume-options.ts';

/** Reads the answer of `GET /volumes`. Who uses them is not in it. */
export function readVolumes(answer: JsonValue): Omit<VolumeFacts, 'usedBy'>[] {
  return listAt(promisedObject(answer, '/volumes'), 'Volumes').flatMap((each) => {
    const name = textAt(each, 'Name');
    if (name === undefined) return [];
    const created = Date.parse(stringAt(each, 'CreatedAt') ?? '');
    return [
      {
        name,
        driver: stringAt(each, 'Driver') ?? '',
        mountpoint: stringAt(each, 'Mountpoint') ?? '',
        options: driverOptionsAt(each, 'Options'),
        labels: textsAt(each, 'Labels'),
        // Drivers that keep no time write the year 1.
        ...(created > 0 ? { created } : {}),
      },
    ];
  });
}
