import { parseYaml, type YamlDocument } from '../../../syntax/yaml.ts';
import type { WrittenFile } from '../written-file.ts';

/** How many files are kept as trees. Who asks for places mostly asks for many of one file, then of the next. */
const most = 8;
const kept = new Map<WrittenFile, readonly YamlDocument[]>();

/**
 * The documents of a file. Trees are fifteen times as large as their text: those of a thousand files would fill the
 * memory, and are rather made once more when a place is asked for.
 */
export function documentsOf(file: WrittenFile): readonly YamlDocument[] {
  const before = kept.get(file);
  if (before) return before;
  const documents = parseYaml(file.text);
  kept.set(file, documents);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return documents;
}
