import type { Package } from '../../model/package.ts';
import type { VexVerdict, Vulnerability } from '../../model/vulnerability.ts';
import { candidatePackage } from './package-pattern.ts';
import type { VexStatement } from './statement.ts';
import { namesOf, statementIndex, type VexTarget } from './statement-index.ts';

export interface VexApplication {
  /** All of them, in their order; those that a statement counts for have it beside. */
  readonly vulnerabilities: readonly Vulnerability[];
  /** Statements about one of these vulnerabilities, but in products that are not here. */
  readonly unmatched: readonly VexStatement[];
}

/**
 * Decides which statement counts for each vulnerability. A statement counts where one of its names is one of the
 * vulnerability's, and one of its products is the package or has it as a part: see `packagePattern` and `imageExactness`.
 * A package as a product with parts has to be there too. The latest statement wins, and of the same time the most exact.
 * Nothing is taken away.
 */
export function applyVex(
  vulnerabilities: readonly Vulnerability[],
  target: VexTarget,
  statements: readonly VexStatement[],
): VexApplication {
  const names = vulnerabilities.map(({ id, aliases }) => [
    ...new Set([id, ...aliases].map((name) => name.toUpperCase())),
  ]);
  const asked = new Set(names.flat());
  const index = statementIndex(statements, asked, target);
  const packages = new Map(target.packages.map((each) => [placeOf(each), each]));
  return {
    vulnerabilities: vulnerabilities.map((vulnerability, place) => {
      const found = packages.get(placeOf(vulnerability));
      const candidate = candidatePackage(found ?? { purl: vulnerability.purl });
      const statement = candidate && index.best(names[place] ?? [], candidate);
      return statement ? { ...vulnerability, vex: verdictOf(statement) } : vulnerability;
    }),
    unmatched: statements.filter((each) => !index.isUsed(each) && namesOf(each).some((name) => asked.has(name))),
  };
}

function placeOf({ purl, path }: Pick<Package, 'purl' | 'path'>): string {
  return `${purl} ${path}`;
}

function verdictOf({ status, justification, impact, action, author, source }: VexStatement): VexVerdict {
  return {
    status,
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact }),
    ...(action === undefined ? {} : { action }),
    author,
    source,
  };
}
