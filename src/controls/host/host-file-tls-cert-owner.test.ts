import { testOwners } from './file-access.fixture.ts';
import { hostFileTlsCertOwner as control } from './host-file-tls-cert-owner.ts';

testOwners(control, 'tls-certificate');
