import { readFileSync } from 'node:fs';
import { applyVex } from '../advisories/vex/apply.ts';
import type { VexImage } from '../advisories/vex/image-pattern.ts';
import { readVex } from '../advisories/vex/read-vex.ts';
import type { VexReading } from '../advisories/vex/statement.ts';
import { PlimsollError } from '../model/error.ts';
import type { Scanned } from './scan-target.ts';

/**
 * What VEX documents say, of whichever form.
 *
 * @throws PlimsollError for a file that is none, or cannot be read
 */
export function readVexFiles(files: readonly string[]): VexReading {
  const readings = files.map((file) => readVex(textOf(file), file));
  return { statements: readings.flatMap(({ statements }) => statements), gaps: readings.flatMap(({ gaps }) => gaps) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `${file} cannot be read: ${code}`, zh: `无法读取 ${file}：${code}` },
      { en: 'Name a VEX document with --vex FILE.', zh: '请用 --vex FILE 指定 VEX 文档。' },
    );
  }
}

/** The same with what is said of its vulnerabilities beside them; nothing is taken away. */
export function withVex(scanned: Scanned, { statements, gaps }: VexReading, now: Date): Scanned {
  const { contents, image } = scanned;
  const known = knownAs(scanned);
  // Without advisories there is nothing to say anything about, and the report says that there are none.
  if (!contents.vulnerabilities) return { ...scanned, contents: { ...contents, gaps: [...contents.gaps, ...gaps] } };
  const target = {
    packages: contents.packages,
    now: Math.floor(now.getTime() / 1000),
    ...(known ? { image: known } : {}),
  };
  const { vulnerabilities: found } = applyVex(contents.vulnerabilities.found, target, statements);
  const judged = {
    ...contents,
    vulnerabilities: { ...contents.vulnerabilities, found },
    gaps: [...contents.gaps, ...gaps],
  };
  return { ...scanned, contents: judged, image: { ...image, contents: judged } };
}

/** What statements may call the image; undefined for what is none. A bill of materials may tell of which image it is. */
function knownAs({ target, image }: Scanned): VexImage | undefined {
  const digests = image.id === '' ? [] : [image.id];
  const isReference = target.kind === 'engine' || target.kind === 'registry';
  const references = [...image.tags, ...image.digests, ...(isReference ? [target.name] : [])];
  if (digests.length + references.length === 0) return undefined;
  // All platforms of an image share its tags and the digest of their index.
  const [, architecture] = target.platform?.split('/') ?? [];
  return { digests, references, ...(architecture === undefined ? {} : { architecture }) };
}
