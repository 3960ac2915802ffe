import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinYum as control } from './dockerfile-pin-yum.ts';

test.each<[string, string, number[]]>([
  [
    'no version',
    'FROM rockylinux:9\nRUN yum install -y httpd\nRUN dnf -y install httpd\nRUN microdnf install httpd\n',
    [2, 3, 4],
  ],
  ['versions', 'FROM rockylinux:9\nRUN dnf install -y httpd-2.4.62 nginx-1:1.26.3-2.el9 git-2.* jq-1.6-*\n', []],
  ['a digit inside of the name', 'FROM rockylinux:9\nRUN yum install -y java-1.8.0-openjdk\n', [2]],
  [
    'files and groups',
    "FROM rockylinux:9\nRUN dnf install -y ./shop.rpm https://shop.example/a.rpm @development-tools 'dnf-command(builddep)'\n",
    [],
  ],
  ['modules', 'FROM rockylinux:9\nRUN dnf module install -y nodejs\nRUN dnf module install -y nodejs:22\n', [2]],
  ['zypper', 'FROM opensuse/leap:15.6\nRUN zypper in -y curl\nRUN zypper install -y "curl=8.6" "git>=2" jq-1.6\n', [2]],
  ['patterns of zypper', 'FROM opensuse/leap:15.6\nRUN zypper install -y -t pattern devel_basis\n', []],
  ['a version in a variable', 'FROM rockylinux:9\nRUN dnf install -y httpd-${VERSION}\n', []],
  ['other actions', 'FROM rockylinux:9\nRUN dnf remove -y httpd && dnf update -y\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
