import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditDockerService as control } from './host-audit-docker-service.ts';

testWatches(control, 'engine-service-unit');
