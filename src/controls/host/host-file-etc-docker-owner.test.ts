import { testOwners } from './file-access.fixture.ts';
import { hostFileEtcDockerOwner as control } from './host-file-etc-docker-owner.ts';

testOwners(control, 'engine-configuration-folder');
