import { matchesGlob } from '../model/glob.ts';
import { parsePurl } from '../model/purl.ts';
import type { Vulnerability } from '../model/vulnerability.ts';

/**
 * Whether a pattern names the package of a vulnerability: `pkg:deb/debian/openssl*`, `pkg:npm/@types/node@20.*`. Without a version it is
 * every version; with `?arch=src` it is whatever was built from that source package. Percent-encoding makes no difference.
 */
export function matchesPackage(pattern: string, vulnerability: Vulnerability): boolean {
  const wanted = decoded(pattern);
  return namesOfPackage(vulnerability).some((name) => matchesGlob(wanted, name));
}

function namesOfPackage({ purl: text, reason }: Vulnerability): readonly string[] {
  const purl = parsePurl(text);
  if (!purl) return [decoded(text)];
  const { type, namespace, name, version } = purl;
  const folder = namespace === undefined ? `pkg:${type}/` : `pkg:${type}/${namespace}/`;
  const sources =
    reason.compared === 'source'
      ? [`${folder}${reason.name}?arch=src`, `${folder}${reason.name}@${reason.version}?arch=src`]
      : [];
  return [
    decoded(text),
    `${folder}${name}`,
    ...(version === undefined ? [] : [`${folder}${name}@${version}`]),
    ...sources,
  ];
}

/** As it is where it cannot be decoded: a pattern is no purl, and may have a percent sign of its own. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
