import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditDaemonJson as control } from './host-audit-daemon-json.ts';

testWatches(control, 'engine-configuration');
