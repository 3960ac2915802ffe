import { type JsonObject, isObject, listIn, textIn } from '../../model/json.ts';
import { billBuilder } from './bill-builder.ts';
import type { BillReading } from './bill-reading.ts';
import { filledText } from './json-texts.ts';

/**
 * Reads the packages of an SPDX 3 document in JSON-LD, as its own context names them. Which of its elements is in which is not
 * followed.
 */
export function readSpdx3(document: JsonObject, bill: string): BillReading {
  const elements = listIn(document, '@graph').filter(isObject);
  const creation = elements.find((each) => textIn(each, 'specVersion') !== undefined);
  const builder = billBuilder(bill, 'spdx', `SPDX-${textIn(creation, 'specVersion') ?? '3'}`);
  const roots = rootsOf(elements);
  let target: string | undefined;
  for (const each of elements) {
    if (typeOf(each) !== 'software_Package') continue;
    const name = filledText(each, 'name');
    if (roots.has(idOf(each))) {
      target ??= name;
      continue;
    }
    const purl = filledText(each, 'software_packageUrl') ?? purlAmong(each);
    if (purl !== undefined) {
      const version = filledText(each, 'software_packageVersion');
      builder.addPurl(purl, { name, version, path: bill, layer: 0 });
    } else if (!noPackages.has(textIn(each, 'software_primaryPurpose') ?? '')) {
      builder.gap('without-purl', name ?? '?');
    }
  }
  return builder.finish(target === undefined ? {} : { target: { name: target, tags: [], repoDigests: [] } });
}

const noPackages: ReadonlySet<string> = new Set([
  'container',
  'device',
  'file',
  'filesystemImage',
  'firmware',
  'operatingSystem',
  'source',
]);

function typeOf(each: JsonObject): string | undefined {
  return textIn(each, 'type') ?? textIn(each, '@type');
}

function idOf(each: JsonObject): string {
  return textIn(each, 'spdxId') ?? textIn(each, '@id') ?? '';
}

/** What the bill is of, where that is one thing. */
function rootsOf(elements: readonly JsonObject[]): ReadonlySet<string> {
  const packages = new Set(elements.filter((each) => typeOf(each) === 'software_Package').map(idOf));
  for (const type of ['software_Sbom', 'SpdxDocument']) {
    const roots = elements
      .filter((each) => typeOf(each) === type)
      .flatMap((each) => listIn(each, 'rootElement').filter((root) => typeof root === 'string' && packages.has(root)));
    if (roots.length === 1 && packages.size > 1) return new Set(roots as string[]);
  }
  return new Set();
}

function purlAmong(each: JsonObject): string | undefined {
  const identifier = listIn(each, 'externalIdentifier').find(
    (one) => textIn(one, 'externalIdentifierType') === 'packageUrl' || textIn(one, 'externalIdentifierType') === 'purl',
  );
  return filledText(identifier, 'identifier');
}
