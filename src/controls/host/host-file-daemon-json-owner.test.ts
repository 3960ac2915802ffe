import { testOwners } from './file-access.fixture.ts';
import { hostFileDaemonJsonOwner as control } from './host-file-daemon-json-owner.ts';

testOwners(control, 'engine-configuration');
