import { testModes } from './file-access.fixture.ts';
import { hostFileEtcDockerMode as control } from './host-file-etc-docker-mode.ts';

testModes(control, 'engine-configuration-folder', 0o755);
