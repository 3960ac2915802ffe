import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditDockerd as control } from './host-audit-dockerd.ts';

testWatches(control, 'engine-program');
