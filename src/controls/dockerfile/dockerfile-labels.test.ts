import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileLabels as control } from './dockerfile-labels.ts';

const oci = 'org.opencontainers.image';

test.each([
  'Name=web',
  'build_date=x',
  '.a=b',
  'a-=b',
  'a..b=c',
  'a--b=c',
  'com.docker.web=a',
  'io.docker.web=a',
  'org.dockerproject.web=a',
  `${oci}.created=yesterday`,
  `${oci}.created=2026-02-30T12:00:00Z`,
  `${oci}.created=2026-01-31`,
  `${oci}.source=git.example/shop/web`,
  `${oci}.url=""`,
  `${oci}.title=`,
  `${oci}.licenses="MIT License"`,
  `${oci}.licenses="MIT, Apache-2.0"`,
  `${oci}.licenses=Proprietary`,
  `${oci}.base.digest=latest`,
])('found: %s', (pair) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\nLABEL team=shop \\\n  ${pair}\n`))).toEqual([3]);
});

test.each([
  'maintainer="Ann Lee"',
  'com.example.web-1.size=2',
  'com.docker.desktop.extension.api.version=0.3.4',
  'example.marker=""',
  `${oci}.created=2026-01-31T12:00:00.5+08:00`,
  `${oci}.created=$BUILD_DATE`,
  `${oci}.licenses="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"`,
  `${oci}.licenses=LicenseRef-Shop`,
  `${oci}.licenses=GPL-3.0+`,
  `${oci}.source=https://git.example/shop/web`,
  `${oci}.version=main`,
  `${oci}.unheard-of=`,
  '$KEY=a',
])('left alone: %s', (pair) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\nLABEL ${pair}\n`))).toEqual([]);
});

const hash = 'a'.repeat(40);

function labelled(value: string) {
  return dockerfile(`FROM debian:13\nLABEL own="${value}"\n`);
}

test.each([
  ['url', 'https://shop.example/a b', 'https://shop.example/'],
  ['rfc3339', '2026-13-01T00:00:00Z', '2026-12-31T23:59:59Z'],
  ['spdx', 'MIT OR', 'mit'],
  ['spdx', '(MIT', '(MIT)'],
  ['spdx', 'MIT WITH Classpath', 'DocumentRef-a:LicenseRef-b'],
  ['hash', 'main', hash],
  ['hash', hash.slice(1, 7), hash.slice(0, 7)],
  ['semver', '1.4', '1.4.0'],
  ['semver', '01.4.0', '1.4.0-rc.1+build.5'],
  ['semver', '1.4.0-01', '1.4.0-0a'],
  ['semver', 'v1.4.0', '0.0.0'],
  ['email', 'ann', 'ann@shop.example'],
  ['email', 'ann@shop', 'ann.lee+x@mail.shop.example'],
  ['image', 'Debian:13:x', 'debian:13'],
])('as %s, %s fails and %s passes', (type, bad, good) => {
  const parameters = { schema: { own: type } };
  expect(failingLines(control, labelled(bad), { parameters })).toEqual([2]);
  expect(failingLines(control, labelled(''), { parameters })).toEqual([2]);
  expect(failingLines(control, labelled(good), { parameters })).toEqual([]);
});

test('required labels are looked for in the stages of the image', () => {
  const parameters = { required: ['team', 'owner'] };
  const text = 'FROM debian:13 AS a\nLABEL team=shop\nFROM debian:13 AS b\nLABEL owner=ann\nFROM a\nRUN a\n';
  expect(judgeText(control, dockerfile(text), { parameters })).toMatchObject([
    { status: 'fail', location: { line: 5 }, evidence: [{ value: 'owner' }] },
  ]);
  expect(failingLines(control, dockerfile('FROM debian:13\nLABEL team=a owner=b\n'), { parameters })).toEqual([]);
});

test('others are refused only on demand', () => {
  const file = dockerfile('FROM debian:13\nLABEL team=a\nLABEL size=1\nLABEL other=2\n');
  const parameters = { required: ['team'], schema: { size: 'text' } };
  expect(failingLines(control, file, { parameters })).toEqual([]);
  expect(failingLines(control, file, { parameters: { ...parameters, onlyKnown: true } })).toEqual([4]);
});

test('no value is shown', () => {
  const file = dockerfile(`FROM debian:13\nLABEL ${oci}.source=ann:hunter2@git.example\n`);
  expect(JSON.stringify(judgeText(control, file))).not.toContain('hunter2');
});
