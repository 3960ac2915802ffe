import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditRunContainerd as control } from './host-audit-run-containerd.ts';

testWatches(control, 'containerd-run');
