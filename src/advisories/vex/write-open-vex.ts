import { createHash } from 'node:crypto';
import type { VexProduct, VexStatement } from './statement.ts';
import { latestSecond } from './vex-fields.ts';

/** A statement as its writer makes it: author and file are those of the document. */
export type VexClaim = Omit<VexStatement, 'author' | 'source'>;

export interface OpenVexDocument {
  /** A person or an organisation; they make all of these statements their own. */
  readonly author: string;
  /** Seconds since 1970; statements without `since` are of this time. */
  readonly timestamp: number;
  readonly toolVersion: string;
  /** The format wants at least one. */
  readonly statements: readonly VexClaim[];
}

/**
 * Writes OpenVEX 0.2.0. The same statements give the same text, whatever their order; its `@id` is made of all the rest.
 *
 * The format asks for a reason where something is not affected and for an action where it is: without one, a sentence says that
 * there is none. And its schema refuses a justification together with an `impact_statement`, so that the words go
 * to `status_notes` then.
 */
export function writeOpenVex({ author, timestamp, toolVersion, statements }: OpenVexDocument): string {
  const written = [...new Set(statements.map((each) => JSON.stringify(statementOf(each))))].toSorted();
  const content = {
    author,
    timestamp: dateOf(timestamp),
    version: 1,
    tooling: `Plimsoll ${toolVersion}`,
    statements: written.map((each) => JSON.parse(each) as object),
  };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const head = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `https://openvex.dev/docs/plimsoll/vex-${digest}`,
  };
  return `${JSON.stringify({ ...head, ...content }, undefined, 2)}\n`;
}

/** What stands where the format wants words and there are none. */
export const noReason = 'No reason is given.';
export const noAction = 'No action is given.';

function statementOf({
  vulnerability,
  aliases,
  products,
  status,
  justification,
  impact,
  action,
  since,
}: VexClaim): object {
  const isFree = status === 'not-affected';
  const words = impact || undefined;
  const others = [...new Set(aliases)].filter((alias) => alias !== vulnerability && alias !== '').toSorted();
  return {
    vulnerability: { name: vulnerability, ...(others.length === 0 ? {} : { aliases: others }) },
    ...(since === undefined ? {} : { timestamp: dateOf(since) }),
    products: distinct(products.map(productOf)),
    status: status.replaceAll('-', '_'),
    ...(words !== undefined && !(isFree && justification === undefined) ? { status_notes: words } : {}),
    ...(justification === undefined ? {} : { justification: justification.replaceAll('-', '_') }),
    ...(isFree && justification === undefined ? { impact_statement: words ?? noReason } : {}),
    ...(action || status === 'affected' ? { action_statement: action || noAction } : {}),
  };
}

function productOf(product: VexProduct): object {
  const parts = distinct(product.subcomponents.map((purl) => componentOf(purl)));
  return {
    ...componentOf(product.purl, product.digest),
    ...(parts.length === 0 ? {} : { subcomponents: parts }),
  };
}

function componentOf(purl: string | undefined, digest?: string): object {
  const [algorithm = '', digits = ''] = digest?.split(':') ?? [];
  return {
    ...(purl === undefined ? {} : { '@id': purl, identifiers: { purl } }),
    ...(digest === undefined ? {} : { hashes: { [algorithm.replace('sha', 'sha-')]: digits } }),
  };
}

function distinct(values: readonly object[]): readonly object[] {
  return [...new Set(values.map((each) => JSON.stringify(each)))].toSorted().map((each) => JSON.parse(each) as object);
}

function dateOf(seconds: number): string {
  const within = Math.min(Math.max(Math.floor(seconds) || 0, 0), latestSecond);
  return new Date(within * 1000).toISOString().replace('.000Z', 'Z');
}
