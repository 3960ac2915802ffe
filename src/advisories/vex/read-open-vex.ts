import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { parsePurl } from '../../model/purl.ts';
import { justificationOf, mostProducts, type VexProduct, type VexReading, type VexStatus } from './statement.ts';
import { type StatementList, statementList } from './statement-list.ts';
import {
  canonicalPurl,
  digestAtEnd,
  digestOf,
  filledText,
  isImagePurl,
  objectsIn,
  secondsIn,
  textsIn,
} from './vex-fields.ts';

/**
 * Reads OpenVEX, 0.2.0 and before: https://github.com/openvex/spec. Earlier documents write vulnerabilities and products as
 * texts, and subcomponents beside the products.
 *
 * @param subjects what an attestation around the document is about; statements without products take them over
 */
export function readOpenVex(document: JsonObject, file: string, subjects: readonly VexProduct[] = []): VexReading {
  const list = statementList(textIn(document, 'author') ?? '', file);
  const context = textIn(document, '@context') ?? '';
  const version = /\/v(\d+\.\d+)\.\d+$/.exec(context)?.[1];
  if (version !== undefined && version !== '0.0' && version !== '0.2') list.gap('newer-format', context);
  const issued = secondsIn(document, 'last_updated') ?? secondsIn(document, 'timestamp');
  for (const [statement, place] of objectsIn(document, 'statements')) {
    if (list.isFull() || listIn(statement, 'products').length > mostProducts) {
      list.gap('too-many', place);
      continue;
    }
    const status = statuses.get(textIn(statement, 'status') ?? '');
    if (status === undefined) {
      list.gap('without-status', place);
      continue;
    }
    const justification = justificationOf(textIn(statement, 'justification'));
    list.add(
      {
        names: namesIn(statement),
        products: productsIn(statement, subjects, list, place),
        status,
        justification,
        impact:
          filledText(statement, 'impact_statement') ??
          filledText(statement, 'status_notes') ??
          // A word that is on no list still says something.
          (justification === undefined ? filledText(statement, 'justification') : undefined),
        action: filledText(statement, 'action_statement'),
        since: secondsIn(statement, 'last_updated') ?? secondsIn(statement, 'timestamp') ?? issued,
      },
      place,
    );
  }
  return list.finish();
}

const statuses: ReadonlyMap<string, VexStatus> = new Map([
  ['not_affected', 'not-affected'],
  ['affected', 'affected'],
  ['fixed', 'fixed'],
  ['under_investigation', 'under-investigation'],
]);

function namesIn(statement: JsonObject): readonly string[] {
  const { vulnerability } = statement;
  if (typeof vulnerability === 'string') return vulnerability === '' ? [] : [vulnerability];
  const name = filledText(vulnerability, 'name') ?? lastSegment(filledText(vulnerability, '@id'));
  return name === undefined ? [] : [name, ...textsIn(vulnerability, 'aliases')];
}

/** `https://nvd.nist.gov/vuln/detail/CVE-2024-1` names it at its end. */
function lastSegment(address: string | undefined): string | undefined {
  return address?.slice(address.lastIndexOf('/') + 1) || undefined;
}

function productsIn(
  statement: JsonObject,
  subjects: readonly VexProduct[],
  list: StatementList,
  place: string,
): readonly VexProduct[] {
  const written = listIn(statement, 'products');
  // Up to 0.0.1 they stand beside the products, and belong to each of them.
  const shared = listIn(statement, 'subcomponents');
  const products = written.flatMap((product, index) => {
    const own = isObject(product) ? listIn(product, 'subcomponents') : [];
    const where = `${place}.products[${index}]`;
    const parts = own.length > 0 ? own : shared;
    const subcomponents = purlsOf(parts, list, where);
    const identities = identitiesOf(product);
    if (identities.length === 0) list.gap('unknown-product', where);
    // Without the parts that it is about, the statement would count for all of the product.
    if (parts.length > 0 && subcomponents.length === 0) return [];
    return identities.map((identity) => ({ ...identity, subcomponents }));
  });
  if (written.length > 0) return products;
  if (subjects.length === 0) list.gap('without-product', place);
  const subcomponents = purlsOf(shared, list, place);
  if (shared.length > 0 && subcomponents.length === 0) return [];
  return subjects.map((subject) => ({ ...subject, subcomponents }));
}

function purlsOf(parts: readonly JsonValue[], list: StatementList, place: string): readonly string[] {
  const purls = parts.flatMap((part, index) => {
    const found = identitiesOf(part).flatMap(({ purl }) => purl ?? []);
    if (found.length === 0) list.gap('unknown-product', `${place}.subcomponents[${index}]`);
    return found;
  });
  return [...new Set(purls)];
}

/** Everything that a product is identified by: its `@id` and its purl may be two names for one thing. */
function identitiesOf(product: JsonValue): readonly Omit<VexProduct, 'subcomponents'>[] {
  const id = typeof product === 'string' ? product : textIn(product, '@id');
  const hashed = digestIn(product) ?? digestAtEnd(id);
  const written = [canonicalPurl(id), canonicalPurl(textIn(objectIn(product, 'identifiers'), 'purl'))];
  const purls = [...new Set(written.filter((purl) => purl !== undefined))];
  if (purls.length === 0) return hashed === undefined ? [] : [{ digest: hashed }];
  return purls.map((purl) => {
    // The hash of a package's archive says nothing of what is installed; an image is known by it.
    const wanted = hashed !== undefined && isImagePurl(purl) && parsePurl(purl)?.version !== hashed;
    return { purl, ...(wanted ? { digest: hashed } : {}) };
  });
}

function digestIn(product: JsonValue): string | undefined {
  const hashes = objectIn(product, 'hashes');
  return digestOf('sha256', textIn(hashes, 'sha-256')) ?? digestOf('sha512', textIn(hashes, 'sha-512'));
}
