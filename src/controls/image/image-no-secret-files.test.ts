import { expect, test } from 'vitest';
import { contextOf, halfRead, judge, opened, openedWith } from '../../../test/subjects.ts';
import type { FoundSecret } from '../../model/image-contents.ts';
import type { ImageFacts } from '../../model/image.ts';
import { imageNoSecretFiles as control } from './image-no-secret-files.ts';

const token: FoundSecret = {
  rule: 'github-token',
  place: { kind: 'file', path: '/app/.env', line: 3, column: 7 },
  masked: 'ghp_…',
  verified: true,
  severity: 'critical',
  layer: 0,
};
const key = { kind: 'private-key', path: '/root/.ssh/id_rsa', detail: 'OpenSSH' } as const;

function severityOf(image: ImageFacts) {
  return typeof control.severity === 'string' ? control.severity : control.severity.of(image, contextOf(control));
}

test('a token in a file fails with its line, its masked form and its layer', () => {
  expect(judge(control, opened({ secrets: [token] }))).toMatchObject({
    status: 'fail',
    evidence: [{ path: '/app/.env:3', value: 'github-token ghp_… · layer 1 of 1 (COPY)' }],
  });
});

test('one that a later layer deleted fails too, and is said to be', () => {
  const verdict = judge(control, opened({ secrets: [{ ...token, deleted: true }] }));
  expect(verdict.evidence[0]?.value).toContain('deleted later');
});

test('keys and logins fail as files, once each', () => {
  const login = { kind: 'package-credentials', path: '/root/.npmrc', detail: '_authToken' } as const;
  expect(judge(control, openedWith(key, login)).evidence.map(({ path }) => path)).toEqual([key.path, login.path]);
  const both = { ...token, rule: 'private-key', place: { ...token.place, path: key.path } } as FoundSecret;
  expect(judge(control, opened({ ...openedWith(key).contents, secrets: [both] })).evidence).toHaveLength(1);
});

test("a package's own key is published with it", () => {
  const owned = { ...key, layer: 0, size: 1, ownedBy: 'pkg:deb/debian/cmake-data@3' } as const;
  expect(judge(control, opened({ files: [owned] })).status).toBe('pass');
});

test('is as bad as the worst of them', () => {
  expect(severityOf(openedWith(key))).toBe('critical');
  expect(severityOf(openedWith({ ...key, detail: 'OpenSSH, encrypted' }))).toBe('medium');
  expect(severityOf(openedWith({ kind: 'package-credentials', path: '/root/.netrc', detail: 'password' }))).toBe(
    'high',
  );
  expect(severityOf(opened({ secrets: [{ ...token, severity: 'high' }] }))).toBe('high');
});

test('mild ones count only where that is said, and places can be accepted', () => {
  const mild = opened({ secrets: [{ ...token, severity: 'low' }] });
  expect(judge(control, mild).status).toBe('pass');
  expect(judge(control, mild, { parameters: { leastSeverity: 'low' } }).status).toBe('fail');
  expect(judge(control, mild, { parameters: { leastSeverity: 'lwo' } }).status).toBe('fail');
  expect(judge(control, opened({ secrets: [token] }), { parameters: { accepted: ['/app/.env'] } }).status).toBe('pass');
});

test('what stands in the configuration is another question', () => {
  const variable: FoundSecret = { ...token, place: { kind: 'environment', name: 'TOKEN' } };
  expect(judge(control, opened({ secrets: [variable] })).status).toBe('pass');
});

test('nothing passes only where all was looked at', () => {
  expect(judge(control, opened(halfRead)).status).toBe('unknown');
  expect(control.remedy(opened(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
