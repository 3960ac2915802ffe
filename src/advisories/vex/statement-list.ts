import {
  mostProducts,
  mostStatements,
  type VexJustification,
  type VexProduct,
  type VexReading,
  type VexStatement,
  type VexStatus,
} from './statement.ts';
import { type VexGapKind, vexGaps } from './vex-gaps.ts';

/** What a format says of one vulnerability, as it stands there. */
export interface ToldStatement {
  readonly names: readonly string[];
  readonly products: readonly VexProduct[];
  readonly status: VexStatus;
  readonly justification?: VexJustification | undefined;
  readonly impact?: string | undefined;
  readonly action?: string | undefined;
  readonly since?: number | undefined;
}

/** Gathers the statements of one document, within bounds. */
export interface StatementList {
  /** @param place the field, for what has to be left out */
  readonly add: (told: ToldStatement, place: string) => void;
  /** No statement more is taken: what follows need not be read, only counted. */
  readonly isFull: () => boolean;
  readonly gap: (kind: VexGapKind, place: string) => void;
  readonly finish: () => VexReading;
}

export function statementList(author: string, source: string): StatementList {
  const gaps = vexGaps(source);
  const statements: VexStatement[] = [];
  let productCount = 0;
  return {
    add({ names, products, status, justification, impact, action, since }, place) {
      const [vulnerability, ...others] = new Set(names.filter((name) => name.length <= longestName));
      if (vulnerability === undefined) return gaps.add('without-vulnerability', place);
      if (products.length === 0) return undefined;
      productCount += products.length;
      if (statements.length >= mostStatements || productCount > mostProducts) {
        productCount -= products.length;
        return gaps.add('too-many', place);
      }
      statements.push({
        vulnerability,
        aliases: others,
        products: distinctProducts(products),
        status,
        ...(justification === undefined ? {} : { justification }),
        ...(impact === undefined ? {} : { impact }),
        ...(action === undefined ? {} : { action }),
        ...(since === undefined ? {} : { since }),
        author,
        source,
      });
      return undefined;
    },
    isFull: () => statements.length >= mostStatements,
    gap: gaps.add,
    finish: () => ({ statements, gaps: gaps.all() }),
  };
}

/** Names of vulnerabilities are short. */
const longestName = 200;

function distinctProducts(products: readonly VexProduct[]): readonly VexProduct[] {
  if (products.length < 2) return products;
  return [
    ...new Map(products.map((each) => [JSON.stringify([each.purl, each.digest, each.subcomponents]), each])).values(),
  ];
}
