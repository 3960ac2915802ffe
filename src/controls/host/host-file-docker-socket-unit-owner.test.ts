import { testOwners } from './file-access.fixture.ts';
import { hostFileDockerSocketUnitOwner as control } from './host-file-docker-socket-unit-owner.ts';

testOwners(control, 'engine-socket-unit');
