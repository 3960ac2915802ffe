import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { VexProduct } from './statement.ts';
import type { StatementList } from './statement-list.ts';
import { canonicalPurl, digestAtEnd, digestOf, isImagePurl, withVersion } from './vex-fields.ts';

/** How far components may stand inside of components. */
const deepest = 50;

/** What the references of a document lead to. */
export interface CycloneDxProducts {
  /**
   * @param version of the product, where it is told beside the reference
   * @returns undefined where nothing that can be told is found; a gap says so
   */
  readonly at: (reference: string, version: string | undefined, place: string) => VexProduct | undefined;
}

/**
 * A vulnerability is analysed as it is in what the document is of, so that its statements are about that component within
 * this product: what one image cannot reach, another may. A document of nothing that can be told is about components as such.
 */
export function cycloneDxProducts(document: JsonObject, list: StatementList): CycloneDxProducts {
  const main = objectIn(objectIn(document, 'metadata'), 'component');
  const whole = identityOf(main);
  const components = componentsByReference([main, ...listIn(document, 'components')], list);
  const serial = textIn(document, 'serialNumber')?.toLowerCase();
  const known = new Map<string, Identity | undefined | 'nothing'>();
  const find = (reference: string): Identity | undefined | 'nothing' => {
    const own = components.get(reference);
    if (own) return own === main ? whole : identityOf(own);
    const [, linked, element = ''] = /^urn:cdx:([^/#]{1,64})\/[^#]{0,16}#([^]+)$/i.exec(reference) ?? [];
    if (linked === undefined) return purlIdentity(reference) ?? 'nothing';
    const inside = serial === `urn:uuid:${linked.toLowerCase()}` ? components.get(decoded(element)) : undefined;
    // Of another document; many use the purl itself as the reference.
    return inside ? identityOf(inside) : (purlIdentity(element) ?? purlIdentity(decoded(element)) ?? 'nothing');
  };
  return {
    at(reference, version, place) {
      const identity = known.has(reference) ? known.get(reference) : find(reference);
      known.set(reference, identity);
      if (identity === undefined || identity === 'nothing') {
        list.gap(identity === undefined ? 'unknown-product' : 'unknown-reference', `${place}.ref ${reference}`);
        return undefined;
      }
      const purl =
        identity.purl === undefined || version === undefined ? identity.purl : withVersion(identity.purl, version);
      const isWhole = !whole || (whole.purl === identity.purl && whole.digest === identity.digest);
      if (isWhole || purl === undefined)
        return { ...identity, ...(purl === undefined ? {} : { purl }), subcomponents: [] };
      return { ...whole, subcomponents: [purl] };
    },
  };
}

type Identity = Omit<VexProduct, 'subcomponents'>;

function componentsByReference(top: readonly JsonValue[], list: StatementList): ReadonlyMap<string, JsonObject> {
  const components = new Map<string, JsonObject>();
  const waiting = [{ values: top, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const component of next.values) {
      if (!isObject(component)) continue;
      const reference = textIn(component, 'bom-ref');
      if (reference !== undefined && !components.has(reference)) components.set(reference, component);
      const inner = listIn(component, 'components');
      if (inner.length === 0) continue;
      if (next.depth < deepest) waiting.push({ values: inner, depth: next.depth + 1 });
      else list.gap('too-deep', textIn(component, 'name') ?? 'components');
    }
  }
  return components;
}

function identityOf(component: JsonObject): Identity | undefined {
  const purl = canonicalPurl(textIn(component, 'purl'));
  // Syft writes the digest of an image where versions are.
  const digest =
    textIn(component, 'type') === 'container'
      ? (digestAtEnd(textIn(component, 'version')) ?? digestInHashes(component))
      : undefined;
  if (purl === undefined) return digest === undefined ? undefined : { digest };
  return { purl, ...(digest !== undefined && isImagePurl(purl) ? { digest } : {}) };
}

function digestInHashes(component: JsonObject): string | undefined {
  const hash = listIn(component, 'hashes').find((each) => textIn(each, 'alg') === 'SHA-256');
  return digestOf('sha256', textIn(hash, 'content'));
}

function purlIdentity(text: string): Identity | undefined {
  const purl = canonicalPurl(text);
  return purl === undefined ? undefined : { purl };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
