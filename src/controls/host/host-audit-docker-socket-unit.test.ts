import { describe } from 'vitest';
import { testWatches } from './audit-watch.fixture.ts';
import { hostAuditDockerSocketUnit as control } from './host-audit-docker-socket-unit.ts';

describe('of the role engine-socket-unit', () => {
  testWatches(control, 'engine-socket-unit', ['engine-socket']);
});
describe('of the role engine-socket', () => {
  testWatches(control, 'engine-socket', ['engine-socket-unit']);
});
