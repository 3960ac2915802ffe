import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { main } from './main.ts';

let output: MockInstance<typeof process.stdout.write>;
let complaints: MockInstance<typeof process.stderr.write>;
beforeEach(() => {
  output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What the program answers to words that it should not accept. */
async function complain(words: readonly string[], locale = 'C.UTF-8') {
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) vi.stubEnv(name, locale);
  await main(words);
  const code = process.exitCode;
  process.exitCode = undefined;
  expect(output).not.toHaveBeenCalled();
  return { code, stderr: complaints.mock.calls.map(([text]) => String(text)).join('') };
}

describe('wrong usage', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown verb', ['adit'], /unknown command 'adit' \(Did you mean audit\?\)/],
    ['an unknown flag', ['audit', '--formt', 'json'], /unknown option '--formt' \(Did you mean --format\?\)/],
    ['an unknown flag before the verb', ['--formt', 'audit'], /unknown option '--formt'/],
    ['an unknown format', ['audit', '--format', 'jason'], /'jason' is invalid.*Did you mean json\?/],
    ['an unknown severity', ['audit', '--fail-on', 'hi'], /'hi' is invalid.*critical \| high.*Did you mean high\?/],
    ['an unknown language', ['audit', '--lang', 'cn'], /'cn' is invalid.*en \| zh/],
    ['an unknown baseline', ['audit', '--baseline', 'strct'], /no baseline "strct"\nhint: Did you mean strict\?/],
    [
      'an unknown control',
      ['audit', '--control', 'container-pid-limt'],
      /--control: no control is called "container-pid-limt"\nhint: Did you mean container-pids-limit\?/,
    ],
    ['an unknown control to skip', ['audit', '--skip', '5.999'], /--skip: no control is called "5\.999"/],
    ['an unknown level', ['controls', '--level', 'containers'], /'containers' is invalid.*Did you mean container\?/],
    ['an unknown selector', ['controls', 'daemon-icc'], /"daemon-icc"\nhint: Did you mean daemon-icc-disabled\?/],
    ['an unknown control to explain', ['explain', 'container-pid-limit'], /Did you mean container-pids-limit\?/],
    ['a flag without its value', ['audit', '--host'], /'-H, --host <address>' argument missing/],
    ['a verb without its word', ['explain'], /missing required argument 'selector'/],
    ['a word too many', ['audit', 'everything'], /too many arguments/],
    [
      'an address that is none',
      ['audit', '--host', 'docker.sock'],
      /docker\.sock: not an engine's address\nhint: Write/,
    ],
    ['an unknown context', ['audit', '--context', 'far'], /there is no Docker context "far"/],
    ['both an address and a context', ['audit', '--host', 'unix:///a', '--context', 'b'], /cannot be given together/],
    ['a time that is none', ['audit', '--timeout', 'soon'], /'soon' is invalid\. 0 < seconds/],
    ['no time at all', ['audit', '--timeout', '0'], /'0' is invalid/],
    ['a configuration that is not there', ['audit', '--config', '/nowhere/x.yaml'], /x\.yaml cannot be read: ENOENT/],
    ['an escape sequence', ['audit', '--control', '\u001b[2J'], /no control is called "\\e\[2J"/],
    ['lines of their own', ['audit', '--format', 'a\nerror: b'], /^error: .*a\\?.*error: b.*\n$/],
  ])('%s is said, with the nearest right word', async (_, words, expected) => {
    const { code, stderr } = await complain(words);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(expected);
    expect(code).toBe(2);
  });

  test.each([
    [['adit']],
    [['audit', '--formt']],
    [['audit', '--format', 'jason']],
    [['audit', '--format', 'nothing-like-it']],
    [['audit', '--host']],
    [['audit', 'everything']],
    [['audit', '--timeout', '0']],
    [['audit', '--control', 'container-pid-limt']],
    [['audit', '--host', 'docker.sock']],
    [['explain']],
  ])('%j is said in Chinese too', async (words) => {
    const { code, stderr } = await complain(words, 'zh_CN.UTF-8');
    expect(stderr).toMatch(/^错误：.*\p{Script=Han}/u);
    expect(stderr).not.toMatch(/Did you mean|is invalid|unknown|missing|argument/);
    expect(code).toBe(2);
  });
});
