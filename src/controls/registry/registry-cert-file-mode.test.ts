import { expect, test } from 'vitest';
import { judge } from '../../../test/subjects.ts';
import { hostWith, testModes } from '../host/file-access.fixture.ts';
import { registryCertFileMode as control } from './registry-cert-file-mode.ts';

testModes(control, 'registry-certificate', 0o444);

test('the benchmark lets everybody read keys: they are root’s alone', () => {
  const path = '/etc/docker/certs.d/registry.example/client.key';
  const key = (mode: number) => hostWith('registry-certificate', { path, mode });
  expect(judge(control, key(0o444)).status).toBe('fail');
  expect(judge(control, key(0o400)).status).toBe('pass');
});
