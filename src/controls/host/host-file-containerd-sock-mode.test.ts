import { testModes } from './file-access.fixture.ts';
import { hostFileContainerdSockMode as control } from './host-file-containerd-sock-mode.ts';

testModes(control, 'containerd-socket', 0o660);
