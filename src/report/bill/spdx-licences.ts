import type { JsonObject } from '../../model/json.ts';
import { digestOf } from './digests.ts';
import { licenceKind } from './licence.ts';

/** The licences of one document: what is no expression of SPDX gets a name of its own, with the words that were found. */
export interface SpdxLicences {
  /** All that a package says, joined; `NOASSERTION` where it says nothing. */
  readonly declared: (licenses: readonly string[]) => string;
  /** What the names stand for, in the order of their first use: `hasExtractedLicensingInfos`. */
  readonly extracted: () => readonly JsonObject[];
}

export function spdxLicences(): SpdxLicences {
  const references = new Map<string, string>();
  return {
    declared(licenses) {
      const [only = ''] = licenses;
      if (licenses.length === 0) return 'NOASSERTION';
      if (licenses.length === 1) return inExpression(only, false);
      return licenses.map((each) => inExpression(each, true)).join(' AND ');
    },
    extracted: () =>
      [...references].map(([text, licenseId]) => ({ licenseId, name: nameOf(text), extractedText: text })),
  };

  function inExpression(text: string, amongOthers: boolean): string {
    const kind = licenceKind(text);
    if (kind === 'words') return referenceTo(text);
    return kind === 'expression' && amongOthers ? `(${text})` : text;
  }

  function referenceTo(text: string): string {
    const known = references.get(text);
    if (known !== undefined) return known;
    const reference = `LicenseRef-${digestOf([text]).slice(0, 16)}`;
    references.set(text, reference);
    return reference;
  }
}

/** The first line, as far as it is a name. */
function nameOf(text: string): string {
  const line = text.trim().slice(0, 200).split('\n', 1)[0] ?? '';
  return line === '' ? '?' : line.slice(0, 80);
}
