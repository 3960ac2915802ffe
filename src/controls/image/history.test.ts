import { expect, test } from 'vitest';
import { hidden, image, machine } from '../../../test/subjects.ts';
import { historyOf, run, stepOf } from '../../../test/image-history.ts';
import { baseOf, isBase, runsIn, stepsBeyondBase, stepsOf, toldHistory } from './history.ts';

const root = '/bin/sh -c #(nop) ADD file:0a1b in / ';
const hour = 3_600_000;
const origins = (subject: ReturnType<typeof image>, images = [subject]) =>
  stepsOf(subject, machine({ images })).map(({ origin }) => origin);

const of = (layers: string[], ...steps: string[]) => image({ id: 'sha256:2', layers, history: historyOf(...steps) });

test('another image whose layers and steps come first is the base: the largest such one', () => {
  const debian = image({ id: 'sha256:1', layers: ['a'], history: historyOf(root, 'CMD ["bash"]') });
  const node = image({ id: 'sha256:2', layers: ['a', 'b'], history: historyOf(root, 'CMD ["bash"]', run('node')) });
  const shop = image({
    id: 'sha256:3',
    layers: ['a', 'b', 'c'],
    history: historyOf(root, 'CMD ["bash"]', run('node'), run('make')),
  });
  const images = [debian, node, shop];
  expect(origins(shop, images)).toEqual(['base', 'base', 'base', 'own']);
  expect(baseOf(shop, machine({ images }))).toBe(node);
  expect(isBase(node, machine({ images }))).toBe(true);
  expect(isBase(shop, machine({ images }))).toBe(false);
});

test('an image with the same layers is a base only when it has fewer steps; other layers or other steps are none', () => {
  const base = image({ id: 'sha256:1', layers: ['a'], history: historyOf(root) });
  expect(baseOf(of(['a'], root, 'CMD ["web"]'), machine({ images: [base] }))).toBe(base);
  for (const other of [of(['a'], root), of(['b', 'a'], root, run('x')), of(['a', 'b'], run('y'), run('x'))])
    expect(baseOf(other, machine({ images: [base] }))).toBeUndefined();
  expect(baseOf({ ...of(['a', 'b'], root), history: hidden }, machine({ images: [base] }))).toBeUndefined();
});

test.each([
  [root],
  ['ADD alpine-minirootfs-3.22.0-x86_64.tar.gz / # buildkit'],
  ["# debian.sh --arch 'amd64' out/ 'trixie' '@1762000000'"],
])("the distribution's files, and what is set with them, are the base's: %s", (first) => {
  expect(origins(image({ history: historyOf(first, 'CMD ["bash"]', run('make')) }))).toEqual(['base', 'base', 'own']);
});

test('an archive that is unpacked elsewhere is no distribution', () => {
  expect(origins(image({ history: historyOf('ADD web.tar.gz /opt/ # buildkit', run('make')) }))).toEqual([
    'own',
    'own',
  ]);
});

test.each([
  [
    'the older builder writes a script that is added to / as it does a distribution',
    '/bin/sh -c #(nop) ADD file:0c in / ',
  ],
  ['an archive that is unpacked to /', 'ADD s6-overlay.tar.xz / # buildkit'],
])('%s: what was built before it stays our own', (_, added) => {
  expect(origins(image({ history: historyOf(root, run('make'), added) }))).toEqual(['base', 'own', 'own']);
  expect(origins(image({ history: historyOf(run('make'), added) }))).toEqual(['own', 'own']);
});

test("what is set in front of the distribution's files is the base's too", () => {
  const ubuntu = ['/bin/sh -c #(nop)  ARG RELEASE', '/bin/sh -c #(nop)  LABEL a=b', root];
  expect(origins(image({ history: historyOf(...ubuntu, run('make')) }))).toEqual(['base', 'base', 'base', 'own']);
});

test('BuildKit signs its steps: what another builder made before is the base, whatever that one noted', () => {
  const signed = stepOf(run('make'), { comment: 'buildkit.dockerfile.v0' });
  const noted = stepOf('/bin/sh -c node', { comment: 'FROM registry.example/ubi:9' });
  const steps = [stepOf('/bin/sh -c a'), noted, stepOf('/bin/sh -c b')];
  expect(origins(image({ history: historyOf(...steps, signed, signed) }))).toEqual([
    'base',
    'base',
    'base',
    'own',
    'own',
  ]);
  expect(origins(image({ history: historyOf(signed, stepOf('/bin/sh -c b')) }))).toEqual(['own', 'own']);
});

test('a long pause is only a hint: what comes before it may be either', () => {
  const subject = image({
    history: historyOf(
      stepOf(root, { created: 100 * hour }),
      stepOf(run('node'), { created: 101 * hour }),
      stepOf(run('make'), { created: 200 * hour }),
      stepOf('CMD ["web"]', { created: 200 * hour }),
    ),
  });
  expect(origins(subject)).toEqual(['base', 'either', 'own', 'own']);
});

test("Buildah's note of the base says where the own steps begin", () => {
  const noted = stepOf('/bin/sh -c make', { comment: 'FROM docker.io/library/node:22' });
  expect(origins(image({ history: historyOf(root, '/bin/sh -c node', noted, '/bin/sh -c test') }))).toEqual([
    'base',
    'base',
    'own',
    'own',
  ]);
});

test('without a history there are no steps', () => {
  expect(stepsOf(image({ history: hidden }))).toEqual([]);
});

test('RUN steps are handed on with their commands and build arguments', () => {
  const [first, ...others] = runsIn(
    stepsOf(image({ history: historyOf('RUN |1 A=b /bin/sh -c make all # buildkit', 'CMD ["web"]') })),
  );
  expect(others).toEqual([]);
  expect(first).toMatchObject({ keyword: 'run', environment: { A: 'b' }, script: { commands: [{ program: 'make' }] } });
});

test('the steps of a base are left to it only where it is here', () => {
  const base = image({ id: 'sha256:1', layers: ['a'], history: historyOf(root) });
  const subject = of(['a', 'b'], root, run('make'));
  expect(stepsBeyondBase(subject, machine({ images: [base, subject] }))).toHaveLength(1);
  expect(stepsBeyondBase(subject, machine({ images: [subject] }))).toHaveLength(2);
});

test('layers of which no step tells are unknown; an image without layers has nothing to tell', () => {
  expect(toldHistory(image({ history: historyOf() })).known).toBe(false);
  expect(toldHistory(image({ history: historyOf(), layers: [] })).known).toBe(true);
  expect(toldHistory(image()).known).toBe(true);
});
