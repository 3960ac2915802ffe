import { spdxLists } from './spdx-licenses.ts';

/** Whether a text is a license expression of SPDX, with ids that its lists have. Words and operators in any case. */
export function isSpdxExpression(text: string): boolean {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let depth = 0;
  let wantsLicense = true;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (wantsLicense) {
      if (token === '(') depth += 1;
      else if (isLicense(token)) wantsLicense = false;
      else return false;
    } else if (token === ')') {
      depth -= 1;
      if (depth < 0) return false;
    } else if (/^(?:and|or)$/i.test(token)) wantsLicense = true;
    else if (/^with$/i.test(token) && isException(tokens[at + 1] ?? '')) at += 1;
    else return false;
  }
  return depth === 0 && !wantsLicense;
}

function isLicense(token: string): boolean {
  const id = token.toLowerCase();
  const { licenses } = spdxLists();
  return (
    licenses.has(id) ||
    (id.endsWith('+') && licenses.has(id.slice(0, -1))) ||
    /^(?:documentref-[a-z0-9.-]+:)?licenseref-[a-z0-9.-]+$/.test(id)
  );
}

function isException(token: string): boolean {
  const id = token.toLowerCase();
  return spdxLists().exceptions.has(id) || /^(?:documentref-[a-z0-9.-]+:)?additionref-[a-z0-9.-]+$/.test(id);
}
