import { hasOnlyInterfaceHeaders } from '../advisories/kernel-packages.ts';
import { type VexClaim, writeOpenVex } from '../advisories/vex/write-open-vex.ts';
import { parsePurl } from '../model/purl.ts';
import type { Vulnerability } from '../model/vulnerability.ts';
import type { Scanned } from './scan-target.ts';

/**
 * What is decided about the vulnerabilities of images, as an OpenVEX document. Of each, the first that says something: the waiver of an
 * owner, a VEX document, the vendor, and what is certain by the package itself. `undefined` where nobody says anything.
 */
export function openVexOf(scanned: readonly Scanned[], toolVersion: string, now: Date): string | undefined {
  const statements = scanned.flatMap(({ image, target, contents }) => {
    const product = productOf(image, target.name);
    return (contents.vulnerabilities?.found ?? []).flatMap((each) => claimOf(each, product) ?? []);
  });
  if (statements.length === 0) return undefined;
  return writeOpenVex({ author: 'Plimsoll', timestamp: Math.floor(now.getTime() / 1000), toolVersion, statements });
}

type Product = VexClaim['products'][number];
type Saying = Pick<VexClaim, 'status' | 'justification' | 'impact' | 'action'>;

function claimOf(vulnerability: Vulnerability, product: Product | undefined): VexClaim | undefined {
  const { id, aliases, purl } = vulnerability;
  const saying =
    ofOwner(vulnerability) ?? ofDocument(vulnerability) ?? ofVendor(vulnerability) ?? ofPackage(vulnerability);
  if (!saying) return undefined;
  const products = [product ? { ...product, subcomponents: [purl] } : { purl, subcomponents: [] }];
  return { vulnerability: id, aliases, products, ...saying };
}

/** Whoever ignores something on the command line has not said anything about it. */
function ofOwner({ waiver }: Vulnerability): Saying | undefined {
  if (waiver?.owner === undefined) return undefined;
  const { status, justification, reason, owner, until } = waiver;
  return {
    status,
    impact: reason,
    ...(justification === undefined ? {} : { justification }),
    ...(status === 'affected' ? { action: `The risk is accepted by ${owner} until ${until}.` } : {}),
  };
}

function ofDocument({ vex }: Vulnerability): Saying | undefined {
  if (!vex) return undefined;
  const { author, source: _, impact, ...verdict } = vex;
  const words = [impact, author === '' ? undefined : `(${author})`].filter((each) => each !== undefined).join(' ');
  return { ...verdict, ...(words === '' ? {} : { impact: words }) };
}

function ofVendor({ status }: Vulnerability): Saying | undefined {
  if (status === 'not-affected') return { status, impact: 'As the vendor of the package says.' };
  return status === 'under-investigation' ? { status } : undefined;
}

/** Advisories of a kernel name the headers too that are built from its source. */
function ofPackage({ purl }: Vulnerability): Saying | undefined {
  const parsed = parsePurl(purl);
  if (!parsed || !hasOnlyInterfaceHeaders(parsed)) return undefined;
  return {
    status: 'not-affected',
    justification: 'vulnerable-code-not-present',
    impact: "The package has only header files of the kernel's interface, and no code of the kernel.",
  };
}

/** An image by its digest; what has none is told by its packages. */
function productOf({ id }: Scanned['image'], name: string): Product | undefined {
  if (!/^sha256:[\da-f]{64}$/.test(id)) return undefined;
  // A colon before the last slash is that of a port.
  const last = name.slice(name.lastIndexOf('/') + 1).replace(/[@:].*$/, '');
  const plain = /^[a-z\d][a-z\d._-]*$/.test(last) ? last : 'image';
  return { purl: `pkg:oci/${plain}@${id}`, digest: id, subcomponents: [] };
}
