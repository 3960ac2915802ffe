import { testOwners } from './file-access.fixture.ts';
import { hostFileTlsCaOwner as control } from './host-file-tls-ca-owner.ts';

testOwners(control, 'tls-ca-certificate');
