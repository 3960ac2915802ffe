import { testOwners } from './file-access.fixture.ts';
import { hostFileEtcSysconfigDockerOwner as control } from './host-file-etc-sysconfig-docker-owner.ts';

testOwners(control, 'engine-sysconfig');
