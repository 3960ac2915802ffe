import { expect, test } from 'vitest';
import { kubernetesNakedPod as control } from './kubernetes-naked-pod.ts';
import { deployment, image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const pod = (spec = image, metadata = '') => written('v1', 'Pod', 'web', `spec: {${spec}}`, metadata);

test.each([
  ['a bare pod', pod(), [1]],
  ['a bare pod that is always restarted', pod(`restartPolicy: Always, ${image}`), [1]],
  ['other annotations', pod(image, 'annotations: {team: shop}'), [1]],
  ['an owner', pod(image, 'ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: "1"}]'), []],
  ['no owner in the list', pod(image, 'ownerReferences: []'), [1]],
  ['a static pod', pod(image, 'labels: {tier: control-plane}'), []],
  ['a test of Helm', pod(image, 'annotations: {helm.sh/hook: test}'), []],
  ['one that runs once', pod(`restartPolicy: Never, ${image}`), []],
  ['one laid over another manifest', pod('hostUsers: false'), []],
  ['a template', deployment('web', 'app: web'), []],
])('%s', (_words, document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a person chooses the controller', () => {
  expect(remediesFor(control, [pod()])).toMatchObject([{ kind: 'manual' }]);
});
