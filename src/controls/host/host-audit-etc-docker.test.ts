import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditEtcDocker as control } from './host-audit-etc-docker.ts';

testWatches(control, 'engine-configuration-folder');
