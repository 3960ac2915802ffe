import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditContainerdShim as control } from './host-audit-containerd-shim.ts';

testWatches(control, 'containerd-shim');
