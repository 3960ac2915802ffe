import { expect, test } from 'vitest';
import { githubToken } from '../../test/github-token.ts';
import { exemplarImage } from '../model/exemplar-host.ts';
import { known } from '../model/fact.ts';
import { Secret } from '../model/secret.ts';
import { historyMask } from './masked-history.ts';

const password = ['correct', 'horse', '7battery'].join('-');

function maskFor(lines: readonly string[], environment: readonly { name: string; value: Secret }[] = []) {
  const history = known(
    lines.map((createdBy) => ({ createdBy, size: 0, tags: [] })),
    'engine-api',
    'history',
  );
  return historyMask({ configuration: { ...exemplarImage.configuration, environment }, history });
}

test('a token is masked wherever it stands, and nothing around it', () => {
  const line = `RUN git clone https://${githubToken()}@code.example/a.git # buildkit`;
  const shown = maskFor([line])(line);
  expect(shown).not.toContain(githubToken());
  expect(shown).toMatch(/^RUN git clone https:\/\/.*@code\.example\/a\.git # buildkit$/);
});

test('the value of a variable is masked by its name, in every step', () => {
  const line = `RUN |1 DB_PASSWORD=${password} /bin/sh -c migrate --password ${password} # buildkit`;
  const shown = maskFor([line])(line);
  expect(shown).not.toContain(password);
  expect(shown).toContain('migrate');
});

test('a variable that is still set is masked in the step that set it', () => {
  const line = `ENV DB_PASSWORD=${password}`;
  expect(maskFor([line], [{ name: 'DB_PASSWORD', value: new Secret(password) }])(line)).toBe('ENV DB_PASSWORD=…');
});

test('a line without a secret stays as it is', () => {
  const line = 'COPY web /usr/bin/web # buildkit';
  expect(maskFor([line])(line)).toBe(line);
});
