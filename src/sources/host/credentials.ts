import type { Fact } from '../../model/fact.ts';
import type { Accounts, CredentialFile } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';

/** Where the users of this host keep what they log in to registries with. No secret is taken over. */
export function readCredentials(accounts: Fact<Accounts>, root = ''): Fact<readonly CredentialFile[]> {
  return accounts.known ? notReadYet(`${root}/root/.docker/config.json`) : accounts;
}
