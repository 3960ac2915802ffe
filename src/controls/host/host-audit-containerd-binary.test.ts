import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditContainerdBinary as control } from './host-audit-containerd-binary.ts';

testWatches(control, 'containerd-program');
