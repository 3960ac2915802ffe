import { testModes } from './file-access.fixture.ts';
import { hostFileTlsCaMode as control } from './host-file-tls-ca-mode.ts';

testModes(control, 'tls-ca-certificate', 0o444);
