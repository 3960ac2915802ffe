import { type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { type CsafProducts, csafProducts } from './csaf-products.ts';
import { justificationOf, type VexProduct, type VexReading, type VexStatus, vexStatuses } from './statement.ts';
import { type StatementList, statementList, type ToldStatement } from './statement-list.ts';
import { filledText, objectsIn, secondsIn, textsIn } from './vex-fields.ts';

/**
 * Reads what a document of CSAF 2.0 says of its products, in the VEX profile or as an advisory.
 * https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html
 */
export function readCsaf(document: JsonObject, file: string): VexReading {
  const head = objectIn(document, 'document');
  const list = statementList(filledText(objectIn(head, 'publisher'), 'name') ?? '', file);
  const version = textIn(head, 'csaf_version') ?? '';
  if (version !== '2.0' && version !== '2.1') list.gap('newer-format', `CSAF ${version}`);
  const tracking = objectIn(head, 'tracking');
  const since = secondsIn(tracking, 'current_release_date') ?? secondsIn(tracking, 'initial_release_date');
  const tree = objectIn(document, 'product_tree');
  const products = csafProducts(tree, (place) => list.gap('too-deep', place));
  const groups = groupsByProduct(tree);
  for (const [vulnerability, place] of objectsIn(document, 'vulnerabilities')) {
    if (list.isFull()) list.gap('too-many', place);
    else addVulnerability({ vulnerability, place, since, products, groups, list });
  }
  return list.finish();
}

interface VulnerabilityReading {
  readonly vulnerability: JsonObject;
  readonly place: string;
  readonly since: number | undefined;
  readonly products: CsafProducts;
  readonly groups: Groups;
  readonly list: StatementList;
}

/** Products of which the same is said make one statement. */
function addVulnerability({ vulnerability, place, since, products, groups, list }: VulnerabilityReading): void {
  const cve = filledText(vulnerability, 'cve');
  const names = [
    ...(cve === undefined ? [] : [cve]),
    ...listIn(vulnerability, 'ids').flatMap((each) => filledText(each, 'text') ?? []),
  ];
  const told = {
    flag: toldOf(listIn(vulnerability, 'flags'), groups, (flag) => textIn(flag, 'label')),
    impact: toldOf(listIn(vulnerability, 'threats'), groups, (threat) =>
      textIn(threat, 'category') === 'impact' ? filledText(threat, 'details') : undefined,
    ),
    action: toldOf(byUse(listIn(vulnerability, 'remediations')), groups, (remediation) =>
      filledText(remediation, 'details'),
    ),
  };
  // Texts may be long and said of many products.
  const numbers = new Map<string | undefined, number>();
  const numberOf = (text: string | undefined): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const statements = new Map<string, ToldStatement & { readonly products: VexProduct[] }>();
  for (const [id, status] of statusesIn(objectIn(vulnerability, 'product_status'), place, list)) {
    const product = products(id);
    if (typeof product === 'string') {
      list.gap(product, `${place}.product_status ${id}`);
      continue;
    }
    const isFree = status === 'not-affected';
    const justification = isFree ? justificationOf(told.flag(id)) : undefined;
    const impact = isFree ? told.impact(id) : undefined;
    const action = isFree || status === 'fixed' ? undefined : told.action(id);
    const key = [status, justification ?? '', numberOf(impact), numberOf(action)].join(' ');
    const same = statements.get(key);
    if (same) same.products.push(product);
    else statements.set(key, { names, products: [product], status, justification, impact, action, since });
  }
  for (const statement of statements.values()) list.add(statement, place);
}

const statusLists: ReadonlyMap<string, VexStatus> = new Map([
  ['first_affected', 'affected'],
  ['known_affected', 'affected'],
  ['last_affected', 'affected'],
  ['under_investigation', 'under-investigation'],
  ['first_fixed', 'fixed'],
  ['fixed', 'fixed'],
  ['known_not_affected', 'not-affected'],
]);

/** Of a product in two lists, which no document may have, what asks for most counts. To be recommended is no status: anything may be. */
function statusesIn(lists: JsonObject, place: string, list: StatementList): ReadonlyMap<string, VexStatus> {
  const statuses = new Map<string, VexStatus>();
  for (const [key, status] of statusLists) {
    for (const id of textsIn(lists, key)) {
      const before = statuses.get(id);
      if (before === undefined || vexStatuses.indexOf(status) < vexStatuses.indexOf(before)) statuses.set(id, status);
    }
  }
  for (const id of textsIn(lists, 'recommended')) {
    if (!statuses.has(id)) list.gap('without-status', `${place}.product_status.recommended ${id}`);
  }
  if (statuses.size === 0) list.gap('without-product', place);
  return statuses;
}

/** The groups that a product is in. */
type Groups = ReadonlyMap<string, readonly string[]>;

/** Hostile documents have each product in each group. */
const mostGroups = 50;

function groupsByProduct(tree: JsonObject): Groups {
  const groups = new Map<string, string[]>();
  for (const group of listIn(tree, 'product_groups')) {
    const id = textIn(group, 'group_id');
    if (id === undefined) continue;
    for (const product of textsIn(group, 'product_ids')) {
      const found = groups.get(product);
      if (!found) groups.set(product, [id]);
      else if (found.length < mostGroups) found.push(id);
    }
  }
  return groups;
}

/** What entries say of a product, by its id or by one of its groups; the first counts. */
function toldOf(
  entries: readonly JsonValue[],
  groups: Groups,
  textOf: (entry: JsonValue) => string | undefined,
): (id: string) => string | undefined {
  const byProduct = new Map<string, string>();
  const byGroup = new Map<string, string>();
  for (const entry of entries) {
    const text = textOf(entry);
    if (text === undefined) continue;
    for (const id of textsIn(entry, 'product_ids')) if (!byProduct.has(id)) byProduct.set(id, text);
    for (const id of textsIn(entry, 'group_ids')) if (!byGroup.has(id)) byGroup.set(id, text);
  }
  return (id) => {
    const own = byProduct.get(id);
    if (own !== undefined || byGroup.size === 0) return own;
    return groups.get(id)?.flatMap((group) => byGroup.get(group) ?? [])[0];
  };
}

const uses = ['vendor_fix', 'mitigation', 'workaround', 'fix_planned', 'no_fix_planned', 'none_available'];

/** The repair before what helps without it. */
function byUse(remediations: readonly JsonValue[]): readonly JsonValue[] {
  return remediations.toSorted((left, right) => useOf(left) - useOf(right));
}

function useOf(remediation: JsonValue): number {
  const found = uses.indexOf(textIn(remediation, 'category') ?? '');
  return found < 0 ? uses.length : found;
}
