import { testModes } from './file-access.fixture.ts';
import { hostFileEtcDefaultDockerMode as control } from './host-file-etc-default-docker-mode.ts';

testModes(control, 'engine-defaults', 0o644);
