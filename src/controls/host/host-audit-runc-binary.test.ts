import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditRuncBinary as control } from './host-audit-runc-binary.ts';

testWatches(control, 'runc-program');
