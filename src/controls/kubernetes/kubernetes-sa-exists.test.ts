import { expect, test } from 'vitest';
import { kubernetesSaExists as control } from './kubernetes-sa-exists.ts';
import { image, linesOf, remediesFor, together, written } from './written-set.fixture.ts';

const pod = (spec: string) => written('v1', 'Pod', 'web', `spec: {${spec}, ${image}}`);
const account = (name: string) => written('v1', 'ServiceAccount', name);
const elsewhere = (document: string) => document.replace('namespace: shop', 'namespace: elsewhere');
const nowhere = (document: string) => document.replace(', namespace: shop', '');

test.each([
  ['it is missing', [pod('serviceAccountName: api'), account('web')], [1]],
  ['the older field names it', [pod('serviceAccount: api'), account('web')], [1]],
  ['neither says a namespace', [nowhere(pod('serviceAccountName: api')), nowhere(account('web'))], [1]],
  ['it is there', [pod('serviceAccountName: api'), account('web'), account('api')], []],
  ['it may be there', [pod('serviceAccountName: api'), account('web'), nowhere(account('api'))], []],
  ['it is elsewhere', [pod('serviceAccountName: api'), account('web'), elsewhere(account('api'))], [1]],
  ['no account was read', [pod('serviceAccountName: api')], []],
  ['only accounts of elsewhere were read', [pod('serviceAccountName: api'), elsewhere(account('web'))], []],
  ['only accounts of no namespace were read', [pod('serviceAccountName: api'), nowhere(account('web'))], []],
  ['the cluster makes it', [pod('serviceAccountName: default'), account('web')], []],
  ['none is named', [pod('restartPolicy: Always'), account('web')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('the remedy names the account and its namespace', () => {
  expect(remediesFor(control, [pod('serviceAccountName: api'), account('web')])).toMatchObject([
    { commands: ['kubectl create serviceaccount api --namespace shop'] },
  ]);
});

test('of a whole cluster it is asked without any account', () => {
  const [object] = together(pod('serviceAccountName: api'));
  if (!object) throw new Error('no object');
  expect(control.appliesTo?.({ ...object, set: { objects: [object], complete: true } })).toBe(true);
});
