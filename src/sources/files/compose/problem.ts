import type { Text } from '../../../model/text.ts';
import type { FileProblem } from '../written-file.ts';
import type { Place } from './node.ts';

/** A problem at a place of a file. */
export function problemAt(place: Place, kind: FileProblem['kind'], reason: Text, need: Text): FileProblem {
  const { file } = place.source;
  return { file: file.name, kind, reason, need, ...file.lines.positionAt(place.offset) };
}
