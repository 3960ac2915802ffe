import type { Fact } from '../../model/fact.ts';
import type { AuditRules } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** What the audit daemon watches: the kernel's own list where this process may ask for it, else the files. */
export async function readAuditRules(root = ''): Promise<Fact<AuditRules | null>> {
  return notReadYet(`${root}/etc/audit`);
}
