import type { UnreadableFact } from '../../model/fact.ts';
import type { ContentsLayer, Distribution } from '../../model/image-contents.ts';
import { isObject, type JsonObject, type JsonValue, valueAt } from '../../model/json.ts';
import type { Package } from '../../model/package.ts';
import { parsePurl } from '../purl.ts';
import { billGaps, type BillGapKind } from './bill-gaps.ts';
import { type BillReading, type BillTarget, mostPackages } from './bill-reading.ts';
import { distributionOfPurls } from './distribution-of.ts';
import { packageOfPurl, type ToldOfPackage } from './package-of-purl.ts';

/** Puts a reading together, entry by entry. */
export interface BillBuilder {
  readonly gap: (kind: BillGapKind, what: string) => void;
  /** The objects in a list of the bill; what stands there instead is a gap. */
  readonly entriesOf: (holder: JsonObject, key: string) => readonly JsonObject[];
  /** The place of a layer among those that are known; one that is not known yet becomes the highest. */
  readonly layerOf: (digest: string | undefined) => number;
  /** All layers in their order, '' for one without a digest; to be told before any other. */
  readonly setLayers: (digests: readonly string[]) => void;
  readonly layerCount: () => number;
  /** A package that another tool wrote; the same one twice at one place counts once. */
  readonly addPurl: (purl: string, told: Omit<ToldOfPackage, 'cataloger'>) => void;
  /** A package that Plimsoll wrote, as it was. */
  readonly add: (each: Package) => void;
  readonly finish: (found: { distribution?: Distribution; target?: BillTarget }) => BillReading;
}

export function billBuilder(bill: string, kind: BillReading['kind'], formatVersion: string): BillBuilder {
  const gaps = billGaps(bill);
  const packages: Package[] = [];
  const known = new Set<string>();
  const layers: ContentsLayer[] = [];
  const places = new Map<string, number>();
  const cataloger = `${kind}@1`;
  return {
    gap: gaps.add,
    entriesOf(holder, key) {
      const list = valueAt(holder, [key]) ?? [];
      if (!Array.isArray(list)) gaps.add('broken-entry', key);
      const entries = Array.isArray(list) ? list : [];
      return entries.filter((each: JsonValue, index): each is JsonObject => {
        const isEntry = isObject(each);
        if (!isEntry) gaps.add('broken-entry', `${key}[${index}]`);
        return isEntry;
      });
    },
    layerOf,
    setLayers: (digests) => {
      for (const digest of digests) addLayer(digest);
    },
    layerCount: () => layers.length,
    addPurl(text, told) {
      if (packages.length >= mostPackages) return gaps.add('too-many', text);
      const purl = parsePurl(text);
      if (!purl) return gaps.add('broken-purl', text);
      const each = packageOfPurl(purl, { ...told, cataloger });
      const key = JSON.stringify([each.purl, each.path, each.layer]);
      if (known.has(key)) return;
      known.add(key);
      add(each);
    },
    add,
    finish({ distribution = distributionOfPurls(purlsOf(packages)), target }): BillReading {
      const all: readonly UnreadableFact[] = gaps.all();
      return {
        kind,
        formatVersion,
        packages,
        layers: layers.length === 0 ? [{ bytes: 0 }] : layers,
        ...(distribution ? { distribution } : {}),
        ...(target ? { target } : {}),
        gaps: all,
      };
    },
  };

  function add(each: Package): void {
    if (packages.length < mostPackages) packages.push(each);
    else gaps.add('too-many', each.purl);
  }

  function layerOf(digest: string | undefined): number {
    if (digest === undefined || digest === '') return 0;
    return places.get(digest) ?? addLayer(digest);
  }

  function addLayer(digest: string): number {
    const place = layers.length;
    layers.push(digest === '' ? { bytes: 0 } : { digest, bytes: 0 });
    if (digest !== '' && !places.has(digest)) places.set(digest, place);
    return place;
  }
}

function* purlsOf(packages: readonly Package[]): Generator<string> {
  for (const { purl } of packages) yield purl;
}
