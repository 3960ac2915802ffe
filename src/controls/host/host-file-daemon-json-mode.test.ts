import { testModes } from './file-access.fixture.ts';
import { hostFileDaemonJsonMode as control } from './host-file-daemon-json-mode.ts';

testModes(control, 'engine-configuration', 0o644);
