import { type JsonObject, objectIn, textIn } from '../../model/json.ts';
import { licensesInJson } from './licenses.ts';
import type { Entry } from './package-list.ts';
import { vcsQualifiers } from './repository-url.ts';
import { splitVendor } from './split-name.ts';

/** A package as Composer writes it, in lock files and in its list of what is installed. */
export function composerEntry(entry: JsonObject, isDevelopment: boolean): Entry {
  const version = textIn(entry, 'version');
  const licenses = licensesInJson(entry['license']);
  const source = objectIn(entry, 'source');
  // A branch: only the commit says what is there.
  const isBranch = version !== undefined && /^dev-|-dev$/.test(version);
  return {
    ...splitVendor(textIn(entry, 'name') ?? ''),
    version,
    ...(isBranch ? { qualifiers: vcsQualifiers(textIn(source, 'url') ?? '', textIn(source, 'reference')) } : {}),
    ...(licenses.length > 0 ? { licenses } : {}),
    ...(isDevelopment ? { development: true } : {}),
  };
}
