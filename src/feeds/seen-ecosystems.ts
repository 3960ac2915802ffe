import { PlimsollError } from '../model/error.ts';
import { rememberedEcosystems } from '../store/remembered-ecosystems.ts';
import { askStore } from './ask-store.ts';

/**
 * The ecosystems that this machine has to do with, by their names without a release: those of which the store has an export, and those of
 * the images that were scanned.
 *
 * @param folder of the store
 * @throws PlimsollError for a store that cannot be read
 */
export function seenEcosystems(folder: string): readonly string[] {
  return [...new Set([...coveredEcosystems(folder), ...ofImages(folder)])];
}

function coveredEcosystems(folder: string): readonly string[] {
  const rows = askStore(folder, (database) =>
    database.prepare('SELECT DISTINCT ecosystem FROM covered ORDER BY ecosystem').all(),
  );
  return ((rows ?? []) as { ecosystem: string }[]).map(({ ecosystem }) => ecosystem);
}

/** What is remembered of images can be done without; that it is damaged is told by whoever needs it. */
function ofImages(folder: string): readonly string[] {
  try {
    return rememberedEcosystems(folder);
  } catch (error) {
    if (error instanceof PlimsollError) return [];
    throw error;
  }
}
