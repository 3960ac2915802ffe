import { testOwners } from './file-access.fixture.ts';
import { hostFileEtcDefaultDockerOwner as control } from './host-file-etc-default-docker-owner.ts';

testOwners(control, 'engine-defaults');
