import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileYumClean as control } from './dockerfile-yum-clean.ts';

test.each<[string, string, number[]]>([
  ['no clean', 'FROM centos:7\nRUN yum install -y a\n', [2]],
  ['a clean', 'FROM centos:7\nRUN yum install -y a && yum clean all\nRUN yum -y update && yum -y clean all\n', []],
  ['a clean too early', 'FROM centos:7\nRUN yum clean all && yum install -y a\n', [2]],
  [
    'an install behind the clean',
    'FROM centos:7\nRUN yum install -y a && \\\n  yum clean all && \\\n  yum install -y b\n',
    [4],
  ],
  ['a clean of one part', 'FROM centos:7\nRUN yum install -y a && yum clean expire-cache\n', [2]],
  [
    'a deletion',
    'FROM centos:7\nRUN yum install -y a && rm -rf /var/cache/yum\nRUN yum install -y b && rm -rf /var/cache/*\n',
    [],
  ],
  ['a mount', 'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y a\n', []],
  ['dnf is the same program', 'FROM centos:7\nRUN yum install -y a && dnf clean all\n', []],
  ['a builder', 'FROM centos:7 AS build\nRUN yum install -y gcc\nFROM scratch\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the remedy adds the command', () => {
  expect(mended('FROM centos:7\nRUN yum install -y a\n')).toBe(
    'FROM centos:7\nRUN yum install -y a && yum clean all\n',
  );
  expect(mended('FROM centos:7\nRUN <<EOF\nyum install -y a\nEOF\n')).toBe('by hand');
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
