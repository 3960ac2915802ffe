import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contextOf, engine, host, judge } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readHostFiles } from '../../sources/host/host-files.ts';
import { hostWith, testModes } from './file-access.fixture.ts';
import { hostFileDockerSockMode as control } from './host-file-docker-sock-mode.ts';

testModes(control, 'engine-socket', 0o660);

test('lynis CONT-8108 asks whether the socket is a regular file: one that everybody may write to fails', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'docker.sock');
  const server = createServer().listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o666);
  const read = () => host({ files: readHostFiles(engine({}, { endpoint: `unix://${path}` })) });
  expect(judge(control, read())).toMatchObject({ status: 'fail', evidence: [{ value: '0666' }] });
  chmodSync(path, 0o660);
  expect(judge(control, read()).status).toBe('pass');
  server.close();
});

test('it is critical where everybody may write to it', () => {
  expect(severityOf(0o662)).toBe('critical');
  expect(severityOf(0o770)).toBe('medium');
});

function severityOf(mode: number) {
  const { severity } = control;
  return typeof severity === 'string' ? severity : severity.of(hostWith('engine-socket', { mode }), contextOf(control));
}
