import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditContainerdConfig as control } from './host-audit-containerd-config.ts';

testWatches(control, 'containerd-configuration');
