import { type JsonObject, listIn, objectIn, textIn } from '../../model/json.ts';
import { type CycloneDxProducts, cycloneDxProducts } from './cyclonedx-products.ts';
import type { VexJustification, VexProduct, VexReading, VexStatus } from './statement.ts';
import { type StatementList, statementList } from './statement-list.ts';
import { filledText, objectsIn, secondsIn, textsIn } from './vex-fields.ts';

/** Reads what a bill of CycloneDX (JSON, 1.4 to 1.7) or a document beside one says of vulnerabilities. https://cyclonedx.org/docs/1.6/json */
export function readCycloneDxVex(document: JsonObject, file: string): VexReading {
  const metadata = objectIn(document, 'metadata');
  const list = statementList(authorIn(metadata), file);
  const version = textIn(document, 'specVersion') ?? '';
  if (!/^1\.[4-7]$/.test(version)) list.gap('newer-format', `CycloneDX ${version}`);
  const products = cycloneDxProducts(document, list);
  const issued = secondsIn(metadata, 'timestamp');
  for (const [vulnerability, place] of objectsIn(document, 'vulnerabilities')) {
    if (list.isFull()) list.gap('too-many', place);
    else addVulnerability(vulnerability, place, issued, products, list);
  }
  return list.finish();
}

function authorIn(metadata: JsonObject): string {
  return (
    filledText(objectIn(metadata, 'supplier'), 'name') ??
    filledText(objectIn(metadata, 'manufacturer'), 'name') ??
    filledText(objectIn(metadata, 'manufacture'), 'name') ??
    filledText(listIn(metadata, 'authors')[0], 'name') ??
    filledText(listIn(metadata, 'authors')[0], 'email') ??
    ''
  );
}

function addVulnerability(
  vulnerability: JsonObject,
  place: string,
  issued: number | undefined,
  products: CycloneDxProducts,
  list: StatementList,
): void {
  const analysis = objectIn(vulnerability, 'analysis');
  const byStatus = affectedByStatus(vulnerability, place, states.get(textIn(analysis, 'state') ?? ''), products, list);
  const word = textIn(analysis, 'justification') ?? '';
  const justification = justifications.get(word);
  const id = filledText(vulnerability, 'id');
  const names = [
    ...(id === undefined ? [] : [id]),
    ...listIn(vulnerability, 'references').flatMap((each) => filledText(each, 'id') ?? []),
  ];
  const detail = filledText(analysis, 'detail');
  for (const [status, affected] of byStatus) {
    const isFree = status === 'not-affected';
    list.add(
      {
        names,
        products: affected,
        status,
        justification: isFree ? justification : undefined,
        // What is coarser on our list is kept in the format's own word.
        impact: detail ?? (isFree ? coarse(word, textIn(analysis, 'state')) : undefined),
        action: isFree ? undefined : actionIn(vulnerability, analysis),
        since: secondsIn(analysis, 'lastUpdated') ?? secondsIn(analysis, 'firstIssued') ?? issued,
      },
      place,
    );
  }
}

/** Products by what is said of them: the state of the analysis, and for single versions their own. */
function affectedByStatus(
  vulnerability: JsonObject,
  place: string,
  state: VexStatus | undefined,
  products: CycloneDxProducts,
  list: StatementList,
): ReadonlyMap<VexStatus, readonly VexProduct[]> {
  const byStatus = new Map<VexStatus, VexProduct[]>();
  const add = (status: VexStatus | undefined, reference: string, version: string | undefined, where: string): void => {
    if (status === undefined) return list.gap('without-status', where);
    const product = products.at(reference, version, where);
    const found = byStatus.get(status);
    if (product && found) found.push(product);
    else if (product) byStatus.set(status, [product]);
    return undefined;
  };
  if (listIn(vulnerability, 'affects').length === 0) list.gap('without-product', place);
  for (const [affected, where] of objectsIn(vulnerability, 'affects', `${place}.`)) {
    const reference = textIn(affected, 'ref') ?? '';
    if (listIn(affected, 'versions').length === 0) add(state, reference, undefined, where);
    for (const [each, entry] of objectsIn(affected, 'versions', `${where}.`)) {
      const version = filledText(each, 'version');
      const status = statusOfVersion(textIn(each, 'status'), state);
      if (version !== undefined) add(status, reference, version, entry);
      else if (everyVersion.test(textIn(each, 'range') ?? '')) add(status, reference, undefined, entry);
      else list.gap('version-range', entry);
    }
  }
  return byStatus;
}

const everyVersion = /^vers:[a-z]{1,20}\/\*$/;

/** What is said of a single version outranks the analysis of all; without a word of its own it has the state of that. */
function statusOfVersion(word: string | undefined, state: VexStatus | undefined): VexStatus | undefined {
  if (word === 'unaffected') return state === 'fixed' ? 'fixed' : 'not-affected';
  if (word === 'unknown') return 'under-investigation';
  if (word === 'affected') return state === 'under-investigation' ? state : 'affected';
  return word === undefined ? state : undefined;
}

const states: ReadonlyMap<string, VexStatus> = new Map([
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under-investigation'],
  ['false_positive', 'not-affected'],
  ['not_affected', 'not-affected'],
]);

const justifications: ReadonlyMap<string, VexJustification> = new Map([
  ['code_not_present', 'vulnerable-code-not-present'],
  ['code_not_reachable', 'vulnerable-code-not-in-execute-path'],
  ['requires_configuration', 'vulnerable-code-cannot-be-controlled-by-adversary'],
  ['requires_dependency', 'component-not-present'],
  ['requires_environment', 'vulnerable-code-cannot-be-controlled-by-adversary'],
  ['protected_by_compiler', 'inline-mitigations-already-exist'],
  ['protected_at_runtime', 'inline-mitigations-already-exist'],
  ['protected_at_perimeter', 'inline-mitigations-already-exist'],
  ['protected_by_mitigating_control', 'inline-mitigations-already-exist'],
]);

function coarse(word: string, state: string | undefined): string | undefined {
  if (/^(?:requires|protected)_[a-z_]{1,40}$/.test(word)) return word;
  return state === 'false_positive' ? state : undefined;
}

function actionIn(vulnerability: JsonObject, analysis: JsonObject): string | undefined {
  const said = filledText(vulnerability, 'recommendation') ?? filledText(vulnerability, 'workaround');
  // Version 1.4 was widely written with a single word instead of a list.
  const responses =
    filledText(analysis, 'response') ?? textsIn(analysis, 'response').slice(0, 5).join(', ').slice(0, 200);
  return said ?? (responses || undefined);
}
