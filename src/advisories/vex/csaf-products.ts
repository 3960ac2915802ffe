import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { parsePurl } from '../../model/purl.ts';
import { distributionOfCpe } from './csaf-platform.ts';
import type { VexProduct } from './statement.ts';
import type { VexGapKind } from './vex-gaps.ts';
import { canonicalPurl, digestOf, isImagePurl, textsIn, withQualifier } from './vex-fields.ts';

/** How far branches may stand inside of branches. */
const deepest = 50;
/** What one product may be made of: a package, its module, the release, an add-on. */
const mostParts = 8;

/** A product by its id in the document; what cannot be told is a gap, said at each statement about it. */
export type CsafProducts = (id: string) => VexProduct | VexGapKind;

/** @param tooDeep is told of branches that are left out */
export function csafProducts(tree: JsonObject, tooDeep: (place: string) => void): CsafProducts {
  const named = namedProducts(tree, tooDeep);
  const relationships = relationshipsIn(tree);
  const parts = partsResolver(named, relationships);
  const known = new Map<string, VexProduct | VexGapKind>();
  return (id) => {
    const found = known.get(id) ?? productOf(parts(id));
    known.set(id, found);
    return found;
  };
}

/** A product of the tree, or one part of what a relationship puts together. */
interface NamedProduct {
  readonly id: string;
  readonly purl?: string;
  readonly digest?: string;
  readonly cpe?: string;
}

interface Relationship {
  readonly component: string;
  /** What it is a component of, or installed on or with. */
  readonly within: string;
  readonly itself: NamedProduct;
}

function namedProducts(tree: JsonObject, tooDeep: (place: string) => void): ReadonlyMap<string, NamedProduct> {
  const named = new Map<string, NamedProduct>();
  const add = (product: JsonValue | undefined): void => {
    const read = namedProduct(product);
    if (read && !named.has(read.id)) named.set(read.id, read);
  };
  for (const each of listIn(tree, 'full_product_names')) add(each);
  const waiting = [{ branches: listIn(tree, 'branches'), depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const branch of next.branches) {
      if (!isObject(branch)) continue;
      add(branch['product']);
      const inner = listIn(branch, 'branches');
      if (inner.length === 0) continue;
      if (next.depth < deepest) waiting.push({ branches: inner, depth: next.depth + 1 });
      else tooDeep(`product_tree.branches ${textIn(branch, 'name') ?? ''}`);
    }
  }
  return named;
}

function namedProduct(product: JsonValue | undefined): NamedProduct | undefined {
  const id = textIn(product, 'product_id');
  if (id === undefined) return undefined;
  const helper = objectIn(product, 'product_identification_helper');
  // CSAF 2.1 has a list of them.
  const purl = canonicalPurl(textIn(helper, 'purl') ?? textsIn(helper, 'purls')[0]);
  const digest = purl === undefined || isImagePurl(purl) ? digestIn(helper) : undefined;
  const cpe = textIn(helper, 'cpe');
  return {
    id,
    ...(purl === undefined ? {} : { purl }),
    ...(digest === undefined ? {} : { digest }),
    ...(cpe === undefined ? {} : { cpe }),
  };
}

function digestIn(helper: JsonObject): string | undefined {
  const [first] = listIn(helper, 'hashes');
  const hash = listIn(first, 'file_hashes').find((each) => textIn(each, 'algorithm') === 'sha256');
  return digestOf('sha256', textIn(hash, 'value'));
}

function relationshipsIn(tree: JsonObject): ReadonlyMap<string, Relationship> {
  const relationships = new Map<string, Relationship>();
  for (const each of listIn(tree, 'relationships')) {
    const itself = namedProduct(objectIn(each, 'full_product_name'));
    const component = textIn(each, 'product_reference');
    const within = textIn(each, 'relates_to_product_reference');
    if (!itself || component === undefined || within === undefined || relationships.has(itself.id)) continue;
    relationships.set(itself.id, { component, within, itself });
  }
  return relationships;
}

type Parts = readonly NamedProduct[] | VexGapKind;

/** What a product is made of, the innermost first. Relationships may stand in relationships, however deep, and in circles. */
function partsResolver(
  named: ReadonlyMap<string, NamedProduct>,
  relationships: ReadonlyMap<string, Relationship>,
): (id: string) => Parts {
  const known = new Map<string, Parts>();
  const finish = (id: string): void => {
    const relationship = relationships.get(id);
    const product = named.get(id);
    if (relationship)
      known.set(id, joined(relationship, known.get(relationship.component), known.get(relationship.within)));
    else known.set(id, product ? [product] : 'unknown-reference');
  };
  return (asked) => {
    const entered = new Set<string>();
    const waiting = known.has(asked) ? [] : [asked];
    for (let id = waiting.at(-1); id !== undefined; id = waiting.at(-1)) {
      const relationship = entered.has(id) || known.has(id) ? undefined : relationships.get(id);
      if (relationship) {
        entered.add(id);
        // Whoever comes back here before it is finished has gone in a circle.
        known.set(id, 'too-deep');
        waiting.push(...[relationship.component, relationship.within].filter((inner) => !known.has(inner)));
        continue;
      }
      if (entered.delete(id) || !known.has(id)) finish(id);
      waiting.pop();
    }
    return known.get(asked) ?? 'unknown-reference';
  };
}

/** The relationship's own purl, where it has one, is more exact than that of its component. */
function joined({ itself }: Relationship, inner: Parts = 'too-deep', outer: Parts = 'too-deep'): Parts {
  if (typeof inner === 'string') return inner;
  if (typeof outer === 'string') return outer;
  const [component, ...others] = inner;
  if (!component || inner.length + outer.length > mostParts) return 'too-deep';
  const { purl, digest } = itself;
  const own = { ...component, ...(purl === undefined ? {} : { purl }), ...(digest === undefined ? {} : { digest }) };
  return [own, ...others, ...outer];
}

function productOf(parts: Parts): VexProduct | VexGapKind {
  if (typeof parts === 'string') return parts;
  const [component, ...around] = parts;
  if (!component || (component.purl ?? component.digest) === undefined) return 'unknown-product';
  const { purl, digest } = component;
  const product: VexProduct = {
    ...(purl === undefined ? {} : { purl }),
    ...(digest === undefined ? {} : { digest }),
    subcomponents: [],
  };
  // What an image with its digest belongs to does not change what it is.
  if (around.length === 0 || digest !== undefined || purl === undefined || isExactImage(purl)) return product;
  return productWithin(withModule(purl, component.id, around), around);
}

function isExactImage(purl: string): boolean {
  return isImagePurl(purl) && parsePurl(purl)?.version?.includes(':') === true;
}

/** A package within an image or another package, or of a release of a distribution. */
function productWithin(purl: string, around: readonly NamedProduct[]): VexProduct | VexGapKind {
  const holder = around.find((each) => each.digest !== undefined || (each.purl !== undefined && !isModule(each.purl)));
  if (holder) {
    const { purl: holderPurl, digest } = holder;
    return {
      ...(holderPurl === undefined ? {} : { purl: holderPurl }),
      ...(digest === undefined ? {} : { digest }),
      subcomponents: [purl],
    };
  }
  for (const { cpe } of around) {
    const distribution = cpe === undefined ? undefined : distributionOfCpe(cpe, purl);
    if (distribution !== undefined) return { purl: withQualifier(purl, 'distro', distribution), subcomponents: [] };
  }
  return 'unknown-platform';
}

function isModule(purl: string): boolean {
  return purl.startsWith('pkg:rpmmod/');
}

/** The module stream of an rpm: what it is a component of, or the beginning of its id, `nodejs:18/nodejs`. */
function withModule(purl: string, id: string, around: readonly NamedProduct[]): string {
  if (!purl.startsWith('pkg:rpm/')) return purl;
  const module = parsePurl(around.find((each) => each.purl !== undefined && isModule(each.purl))?.purl ?? '');
  if (module) {
    const stream = module.version === undefined ? module.name : `${module.name}:${module.version}`;
    return withQualifier(purl, 'rpmmod', stream);
  }
  const [, stream] = /^([\w.+-]{1,100}:[\w.+-]{1,100})\/[^/:]{1,200}$/.exec(id) ?? [];
  return stream === undefined ? purl : withQualifier(purl, 'rpmmod', stream);
}
