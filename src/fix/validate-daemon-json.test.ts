import { chmodSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { validateWithEngine } from './validate-daemon-json.ts';

/** A program that says what a dockerd of that kind would say of a file. */
async function saidBy(script: string, text: string): Promise<string | undefined> {
  using folder = temporaryFolder();
  const program = folder.write('dockerd', `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return await validateWithEngine(program, text);
}

test('what it refuses is said in its own words, without the name of the temporary file', async () => {
  const script = 'grep -q no-such "$3" && { echo "unable to configure with file $3: no-such" >&2; exit 1; }; echo OK';
  expect(await saidBy(script, '{"no-such":1}')).toBe('unable to configure with file daemon.json: no-such');
  expect(await saidBy(script, '{"debug":true}')).toBeUndefined();
});

test('an engine without --validate has nothing to say, and neither has a program that is not there', async () => {
  expect(await saidBy('echo "Status: unknown flag: --validate" >&2; exit 125', '{}')).toBeUndefined();
  expect(await validateWithEngine('/nowhere/dockerd', '{}')).toBeUndefined();
});

test('where nothing can be written, it has nothing to say', async () => {
  vi.stubEnv('TMPDIR', '/nowhere');
  try {
    expect(await validateWithEngine('/bin/false', '{}')).toBeUndefined();
  } finally {
    vi.unstubAllEnvs();
  }
});
