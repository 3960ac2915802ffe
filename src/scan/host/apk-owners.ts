import { keyOf } from '../../contents/analysers.ts';
import { apk } from '../../contents/catalogers/apk.ts';
import { asCataloged, contentOf, wholeFile, withHostFile } from './database-file.ts';
import { type OwnersReading, ownersIn } from './package-owner.ts';

/** It moved below /usr where /lib is a link there. */
const databases = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];

/** Whose files they are, of a host with apk. */
export function apkOwners(root: string, paths: readonly string[]): OwnersReading | undefined {
  for (const database of databases) {
    const reading = withHostFile(root, `/${database}`, (content) =>
      apk.read(asCataloged(database, contentOf(wholeFile(content)))),
    );
    if (!reading) continue;
    return { owners: ownersIn(reading, keyOf(apk), database, paths), gaps: reading.gaps ?? [] };
  }
  return undefined;
}
