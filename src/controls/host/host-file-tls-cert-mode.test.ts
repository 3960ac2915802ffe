import { testModes } from './file-access.fixture.ts';
import { hostFileTlsCertMode as control } from './host-file-tls-cert-mode.ts';

testModes(control, 'tls-certificate', 0o444);
