import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileDnf as control } from './dockerfile-dnf.ts';

test.each<[string, string, number[]]>([
  ['neither', 'FROM rockylinux:9\nRUN dnf install httpd\n', [2, 2]],
  [
    'both',
    'FROM rockylinux:9\nRUN dnf -y install httpd && dnf clean all\nRUN dnf5 install -y a && rm -rf /var/cache/libdnf5\n',
    [],
  ],
  [
    'microdnf and tdnf',
    'FROM rockylinux:9\nRUN microdnf install -y a\nRUN tdnf install -y a && tdnf clean all\nRUN microdnf install -y a && microdnf clean all\n',
    [2],
  ],
  ['the clean of another program', 'FROM rockylinux:9\nRUN microdnf install -y a && dnf clean all\n', [2]],
  [
    'each program has its own',
    'FROM rockylinux:9\nRUN dnf install -y a && microdnf install -y b && microdnf clean all\n',
    [2],
  ],
  ['a module', 'FROM rockylinux:9\nRUN dnf module enable -y nodejs:22 && dnf clean all\n', []],
  ['a mount', 'FROM rockylinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y a\n', []],
  ['a builder may keep its cache but not ask', 'FROM rockylinux:9 AS build\nRUN dnf install gcc\nFROM scratch\n', [2]],
  ['other actions', 'FROM rockylinux:9\nRUN dnf repolist && dnf config-manager --set-enabled crb\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('each of two failures of one command has its own remedy', () => {
  const text = 'FROM rockylinux:9\nRUN microdnf install httpd\n';
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy.kind === 'text' ? remedy.edits : []));
  expect(applyEdits(text, edits)).toBe('FROM rockylinux:9\nRUN microdnf install -y httpd && microdnf clean all\n');
});
