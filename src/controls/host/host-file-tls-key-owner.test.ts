import { testOwners } from './file-access.fixture.ts';
import { hostFileTlsKeyOwner as control } from './host-file-tls-key-owner.ts';

testOwners(control, 'tls-key');
