import { testModes } from './file-access.fixture.ts';
import { hostFileTlsKeyMode as control } from './host-file-tls-key-mode.ts';

testModes(control, 'tls-key', 0o400);
