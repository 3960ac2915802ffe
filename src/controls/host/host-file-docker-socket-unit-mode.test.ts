import { testModes } from './file-access.fixture.ts';
import { hostFileDockerSocketUnitMode as control } from './host-file-docker-socket-unit-mode.ts';

testModes(control, 'engine-socket-unit', 0o644);
