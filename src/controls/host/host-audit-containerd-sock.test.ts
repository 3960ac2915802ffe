import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditContainerdSock as control } from './host-audit-containerd-sock.ts';

testWatches(control, 'containerd-socket');
