import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileYumYes as control } from './dockerfile-yum-yes.ts';

test.each<[string, string, number[]]>([
  ['without it', 'FROM centos:7\nRUN yum clean all && \\\n  yum install httpd\n', [3]],
  ['with it', 'FROM centos:7\nRUN yum -y install a && yum install -qy b && yum install c --assumeyes\n', []],
  [
    'actions that ask',
    'FROM centos:7\nRUN yum update\nRUN yum remove a\nRUN yum groupinstall "Development Tools"\nRUN yum group install x\n',
    [2, 3, 4, 5],
  ],
  ['actions that do not', 'FROM centos:7\nRUN yum makecache && yum clean all && yum list installed\n', []],
  ['a setting', 'FROM centos:7\nRUN yum --setopt=assumeyes=1 install a\n', []],
  ['a setting written earlier', 'FROM centos:7\nRUN echo assumeyes=1 >> /etc/yum.conf\nRUN yum install a\n', []],
  ['an answer', 'FROM centos:7\nRUN yes | yum install a\n', []],
  ['dnf is another control', 'FROM centos:7\nRUN dnf install a\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the remedy adds the option', () => {
  expect(mended('FROM centos:7\nRUN yum install httpd\n')).toBe('FROM centos:7\nRUN yum install -y httpd\n');
  expect(mended('FROM centos:7\nRUN yum group install x\n')).toBe('FROM centos:7\nRUN yum group install -y x\n');
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
