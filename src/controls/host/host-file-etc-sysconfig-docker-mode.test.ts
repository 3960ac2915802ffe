import { testModes } from './file-access.fixture.ts';
import { hostFileEtcSysconfigDockerMode as control } from './host-file-etc-sysconfig-docker-mode.ts';

testModes(control, 'engine-sysconfig', 0o644);
