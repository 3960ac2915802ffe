import { testModes } from './file-access.fixture.ts';
import { hostFileDockerServiceMode as control } from './host-file-docker-service-mode.ts';

testModes(control, 'engine-service-unit', 0o644);
