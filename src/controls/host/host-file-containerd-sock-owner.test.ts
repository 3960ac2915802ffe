import { testOwners } from './file-access.fixture.ts';
import { hostFileContainerdSockOwner as control } from './host-file-containerd-sock-owner.ts';

testOwners(control, 'containerd-socket');
