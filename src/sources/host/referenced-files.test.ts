import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engine, hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readReferencedFiles } from './referenced-files.ts';

test('files that settings name are there or not; what is no path is no file', () => {
  using folder = temporaryFolder();
  const tlscacert = folder.write('ca.pem', '');
  const settings = { tlscacert, tlscert: `${folder.path}/cert.pem`, tlskey: 'key.pem' };
  expect(readReferencedFiles(engine(settings))).toMatchObject({
    known: true,
    value: { [tlscacert]: true, [`${folder.path}/cert.pem`]: false },
  });
});

test('a file that cannot be looked at is neither there nor missing', () => {
  using folder = temporaryFolder();
  // Nobody may look behind a link that leads to itself, root neither.
  symlinkSync('loop', join(folder.path, 'loop'));
  const settings = { tlscacert: `${folder.path}/loop/ca.pem`, tlscert: 7, tlskey: `${folder.path}/key.pem` };
  const fact = readReferencedFiles(engine(settings));
  expect(fact.known && fact.value).toEqual({ [`${folder.path}/key.pem`]: false });
});

test('an engine that names none has none', () => {
  expect(readReferencedFiles(engine())).toMatchObject({ known: true, value: {} });
});

test('settings that cannot be read leave them unknown', () => {
  expect(readReferencedFiles(engine({}, { configuration: hidden })).known).toBe(false);
});
