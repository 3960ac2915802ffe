import { readFileSync } from 'node:fs';
import { applyVex } from '../advisories/vex/apply.ts';
import { readVex } from '../advisories/vex/read-vex.ts';
import type { VexReading } from '../advisories/vex/statement.ts';
import { type VexClaim, writeOpenVex } from '../advisories/vex/write-open-vex.ts';
import { PlimsollError } from '../model/error.ts';
import type { Vulnerability } from '../model/vulnerability.ts';
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
  // Without advisories there is nothing to say anything about, and the report says that there are none.
  if (!contents.vulnerabilities) return { ...scanned, contents: { ...contents, gaps: [...contents.gaps, ...gaps] } };
  const target = {
    packages: contents.packages,
    now: Math.floor(now.getTime() / 1000),
    ...(image.bare ? {} : { image: { digests: [image.id, ...image.digests], references: image.tags } }),
  };
  const { vulnerabilities: found } = applyVex(contents.vulnerabilities.found, target, statements);
  const judged = {
    ...contents,
    vulnerabilities: { ...contents.vulnerabilities, found },
    gaps: [...contents.gaps, ...gaps],
  };
  return { ...scanned, contents: judged, image: { ...image, contents: judged } };
}

/**
 * What is decided about the vulnerabilities of images, as an OpenVEX document: what VEX documents and vendors say of them. `undefined`
 * where nobody says anything.
 */
export function openVexOf(scanned: readonly Scanned[], toolVersion: string, now: Date): string | undefined {
  const statements = scanned.flatMap(({ image, target, contents }) =>
    (contents.vulnerabilities?.found ?? []).flatMap((each) => claimsOf(each, productOf(image, target.name))),
  );
  if (statements.length === 0) return undefined;
  return writeOpenVex({ author: 'Plimsoll', timestamp: Math.floor(now.getTime() / 1000), toolVersion, statements });
}

function claimsOf(
  { id, aliases, purl, status, vex }: Vulnerability,
  product: VexClaim['products'][number] | undefined,
): VexClaim[] {
  const products = [product ? { ...product, subcomponents: [purl] } : { purl, subcomponents: [] }];
  if (vex) {
    const { author, source: _, impact, ...verdict } = vex;
    const words = [impact, author === '' ? undefined : `(${author})`].filter((each) => each !== undefined).join(' ');
    return [{ vulnerability: id, aliases, products, ...verdict, ...(words === '' ? {} : { impact: words }) }];
  }
  if (status === 'not-affected' || status === 'under-investigation') {
    const impact = 'As the vendor of the package says.';
    return [{ vulnerability: id, aliases, products, status, ...(status === 'not-affected' ? { impact } : {}) }];
  }
  return [];
}

/** An image by its digest; what has none is told by its packages. */
function productOf({ id }: Scanned['image'], name: string): VexClaim['products'][number] | undefined {
  if (!/^sha256:[\da-f]{64}$/.test(id)) return undefined;
  const last =
    name
      .replace(/[@:].*$/, '')
      .split('/')
      .at(-1) ?? '';
  const plain = /^[a-z\d][a-z\d._-]*$/.test(last) ? last : 'image';
  return { purl: `pkg:oci/${plain}@${id}`, digest: id, subcomponents: [] };
}
