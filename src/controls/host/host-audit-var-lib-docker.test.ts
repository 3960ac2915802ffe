import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditVarLibDocker as control } from './host-audit-var-lib-docker.ts';

testWatches(control, 'engine-data');
