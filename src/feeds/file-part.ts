import type { FileContent } from '../model/file-tree.ts';
import { epssLineReader } from './epss.ts';
import { readExploited } from './exploited.ts';
import type { FeedFile, FileProblem } from './feed-file.ts';
import type { FeedPart } from './feed-part.ts';
import { changedMeanwhile, sumsOf } from './file-content.ts';
import { countedLines, jsonLineReader } from './json-lines.ts';
import { surveyRecords, zipRecords } from './zip-records.ts';

/** What a file has to offer; or why it is none of that kind. Reads all of it for its digest. */
export function filePart(file: FeedFile, kind: FeedPart['kind'], name: string): FeedPart | FileProblem {
  const opening = file.open();
  if ('problem' in opening) return opening;
  const { content, checksum } = opening;
  const { origin } = file;
  const sums = sumsOf(content, origin);
  if (checksum !== undefined && checksum !== sums.checksum) return { problem: 'damaged' };
  const part = { origin, digest: sums.digest };
  if (kind === 'exploited') {
    const reading = readExploited(content);
    return 'problem' in reading ? reading : { ...part, kind, value: reading.value };
  }
  if (kind === 'advisories') {
    const survey = surveyRecords(content);
    if (typeof survey === 'string') return { problem: survey };
    // Exports have none; what is beside them would be taken for records.
    if (survey.archives > 0) return { problem: 'nested-archive' };
    if (survey.records === 0) return { problem: 'no-records' };
    return { ...part, kind, name, bytes: survey.bytes, records: () => zipRecords(contentAgain(file), origin) };
  }
  const reader = () => (kind === 'epss' ? epssLineReader(file.path.at(-1) ?? '') : jsonLineReader());
  return { ...part, kind, ...countedLines(() => contentAgain(file), { origin }, reader) };
}

function contentAgain(file: FeedFile): FileContent {
  const opening = file.open();
  if ('problem' in opening) throw changedMeanwhile(file.origin);
  return opening.content;
}
