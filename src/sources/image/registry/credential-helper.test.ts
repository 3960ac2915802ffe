import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { askCredentialHelper } from './credential-helper.ts';

test('a helper that waits for something is stopped', async () => {
  using folder = temporaryFolder();
  chmodSync(folder.write('docker-credential-slow', '#!/bin/sh\nexec sleep 600\n'), 0o755);
  const environment = { PATH: `${folder.path}:/bin:/usr/bin` };
  expect(await askCredentialHelper('slow', 'a.example', environment, 50)).toMatchObject({
    kind: 'failed',
    reason: { en: 'docker-credential-slow did not answer within 0.05 s' },
  });
});

test('a helper that prints without end is stopped', async () => {
  using folder = temporaryFolder();
  chmodSync(folder.write('docker-credential-loud', '#!/bin/sh\nexec cat /dev/zero\n'), 0o755);
  const answer = await askCredentialHelper('loud', 'a.example', { PATH: `${folder.path}:/bin:/usr/bin` });
  expect(answer).toMatchObject({ kind: 'failed' });
});

test('a folder with the name of a helper is not one', async () => {
  using folder = temporaryFolder({ [join('docker-credential-folder', 'x')]: '' });
  const answer = await askCredentialHelper('folder', 'a.example', { PATH: folder.path });
  expect(answer).toMatchObject({ kind: 'failed', reason: { en: 'docker-credential-folder is not installed' } });
});
