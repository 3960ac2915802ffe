import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditEtcSysconfigDocker as control } from './host-audit-etc-sysconfig-docker.ts';

testWatches(control, 'engine-sysconfig');
