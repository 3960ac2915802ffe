import type { VulnerabilityStatus } from '../model/vulnerability.ts';

/** What vendors write of packages that they have not repaired, in lower case. */
const statuses: ReadonlyMap<string, VulnerabilityStatus> = new Map([
  // Red Hat's OVAL: https://www.redhat.com/en/blog/red-hat-oval-v2-and-unfixed-vulnerabilities
  ['affected', 'affected'],
  ['fix deferred', 'deferred'],
  ['will not fix', 'will-not-fix'],
  ['out of support scope', 'end-of-life'],
  ['under investigation', 'under-investigation'],
  ['not affected', 'not-affected'],
  // Ubuntu's tracker: https://git.launchpad.net/ubuntu-cve-tracker/tree/README
  ['needed', 'affected'],
  ['pending', 'affected'],
  ['active', 'affected'],
  ['needs-triage', 'under-investigation'],
  ['deferred', 'deferred'],
  ['ignored', 'will-not-fix'],
  ['not-affected', 'not-affected'],
  ['dne', 'not-affected'],
  // Debian's: https://security-team.debian.org/security_tracker.html
  ['end-of-life', 'end-of-life'],
  ['no-dsa', 'deferred'],
  ['postponed', 'deferred'],
  ['unimportant', 'will-not-fix'],
  ['undetermined', 'under-investigation'],
]);

/**
 * The status that a vendor's word stands for; `undefined` for a word that is not known.
 *
 * @param note - what it adds: Ubuntu ignores what its standard support does not cover any more
 */
export function vendorStatus(word: string, note = ''): VulnerabilityStatus | undefined {
  const status = statuses.get(word.toLowerCase());
  return status === 'will-not-fix' && /^end of (?:life|standard support)/.test(note) ? 'end-of-life' : status;
}
