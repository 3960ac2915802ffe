import { testOwners } from './file-access.fixture.ts';
import { hostFileDockerServiceOwner as control } from './host-file-docker-service-owner.ts';

testOwners(control, 'engine-service-unit');
