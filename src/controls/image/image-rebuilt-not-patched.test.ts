import { expect, test } from 'vitest';
import { container, contextOf, hidden, image, judge, machine, opened } from '../../../test/subjects.ts';
import { exemplarContents } from '../../model/exemplar-contents.ts';
import { historyOf, run, stepOf } from '../../../test/image-history.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { imageRebuiltNotPatched as control } from './image-rebuilt-not-patched.ts';

const after = (step: string | ReturnType<typeof stepOf>, command: string[] = [], labels = {}) =>
  image({ history: historyOf('/bin/sh -c #(nop) ADD file:0a in / ', step) }, { command, labels });

const changed = (path: string) => ({
  machine: machine({ containers: [{ ...container(), changedPaths: known([path], 'engine-api', 'changes') }] }),
});

test.each<[string, string[]]>([
  ['/bin/bash', []],
  ['bash', []],
  ['sh', []],
  ['nginx -g daemon off;', ['nginx', '-g', 'daemon off;']],
])('the commit of a container that ran %s fails', (createdBy, command) => {
  expect(judge(control, after(createdBy, command))).toMatchObject({ status: 'fail', field: 'history' });
});

test.each([
  run('apt-get update'),
  '/bin/sh -c apt-get update',
  '|1 A=b /bin/sh -c make',
  'CMD ["bash"]',
  '/bin/sh -c #(nop)  CMD ["bash"]',
  '',
  'bazel build ...',
  'jib-maven-plugin:3.4.0',
  'apt-get install -y curl',
])('%j is a step of a build', (createdBy) => {
  expect(judge(control, after(createdBy, ['nginx'])).status).toBe('pass');
});

test("Buildah's own steps, and those of BuildKit, are no commits", () => {
  expect(judge(control, after('/bin/sh', [], { 'io.buildah.version': '1.39' })).status).toBe('pass');
  expect(judge(control, after(stepOf('bash', { comment: 'buildkit.dockerfile.v0' }))).status).toBe('pass');
});

test('a container in which packages were changed fails its image', () => {
  expect(judge(control, image(), changed('/var/lib/dpkg/status'))).toMatchObject({ status: 'fail', field: 'usedBy' });
  expect(judge(control, image(), changed('/lib/apk/db/installed')).status).toBe('fail');
  expect(judge(control, image(), changed('/var/lib/dpkg')).status).toBe('pass');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});

test('without a history nothing is known', () => {
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
});

const of = (...containers: ContainerSpec[]) => judge(control, image(), { machine: machine({ containers }) }).status;

test('without the changes of each of its containers nothing is known', () => {
  const unread = { ...container(), changedPaths: hidden };
  expect(of(container(), unread)).toBe('unknown');
  expect(of({ ...unread, image: { reference: 'other', id: 'sha256:other' } })).toBe('pass');
  expect(of({ ...container(), changedPaths: known(['/var/lib/dpkg/status'], 'engine-api', 'changes') }, unread)).toBe(
    'fail',
  );
});

test('which containers it has is not known where the engine did not list them', () => {
  const unlisted = { machine: machine({ containers: [], unlisted: hidden }) };
  expect(judge(control, image(), unlisted).status).toBe('unknown');
});

test('packages that only the scanned container has were put there by hand', () => {
  const { layers, packages } = exemplarContents;
  const own = { bytes: 1, ofContainer: true } as const;
  const added = packages.map((each) => ({ ...each, name: 'nmap', layer: 1 }));
  expect(judge(control, opened({ layers: [...layers, own], packages: [...packages, ...added] }))).toMatchObject({
    status: 'fail',
    message: { en: 'The container changed packages: nmap.' },
  });
  expect(judge(control, opened({ layers: [...layers, own] })).status).toBe('pass');
});
