import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditEtcDefaultDocker as control } from './host-audit-etc-default-docker.ts';

testWatches(control, 'engine-defaults');
