import { expect, test } from 'vitest';
import { repositoryPath, vcsQualifiers } from './repository-url.ts';

test.each([
  ['git+https://me:pass@word@host.example/me/it.git?rev=main#abc', 'git+https://host.example/me/it.git@abc'],
  ['https://token@host.example:8443/it', 'git+https://host.example:8443/it@abc'],
  ['git@host.example:me/it.git', 'git+ssh://host.example/me/it.git@abc'],
  ['git+ssh://git@host.example/me/it.git', 'git+ssh://host.example/me/it.git@abc'],
  ['github:me/it', 'git+https://github.com/me/it@abc'],
  ['bitbucket:me/it#main', 'git+https://bitbucket.org/me/it@abc'],
])('%s', (address, expected) => {
  expect(vcsQualifiers(address, 'abc')).toEqual({ vcs_url: expected });
});

test.each(['', 'a', '../a', '#', 'https://', `${'a'.repeat(100_000)}:`])('%j is no address', (address) => {
  expect(vcsQualifiers(address, 'abc')).toEqual({});
});

test('the path of a repository', () => {
  expect(repositoryPath('https://GitHub.com/Me/It.git/')).toBe('github.com/Me/It');
  expect(repositoryPath('somewhere')).toBeUndefined();
});
