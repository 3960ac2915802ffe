import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { type Change, changedLines, containersOf, edited } from '../../../test/edited.ts';

/** A pod with these lines in its one container, and these in its spec. */
function pod(inContainer: readonly string[], inSpec: readonly string[] = []): string {
  return [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: shop',
    'spec:',
    '  containers:',
    '  - name: web',
    '    image: web:1',
    ...inContainer.map((line) => `    ${line}`),
    ...inSpec.map((line) => `  ${line}`),
    '  # the end',
    '',
  ].join('\n');
}

function changes(text: string, change: Change, index = 0): string[] {
  return changedLines(text, edited('kubernetes', text, change, { index }));
}

const tmp: Mount = { kind: 'tmpfs', target: '/tmp', readOnly: false, options: {} };

function withTmp({ mounts }: ContainerSpec) {
  return { mounts: [...mounts, tmp] };
}

function without(at: string): Change {
  return ({ mounts }) => ({ mounts: mounts.filter(({ target }) => target !== at) });
}

function confined({ mounts }: ContainerSpec) {
  return { mounts: mounts.map((mount) => ({ ...mount, readOnly: true, propagation: 'rprivate' })) };
}

describe('mounts', () => {
  const volumes = [
    'volumes:',
    '- name: host',
    '  hostPath: {path: /}',
    '- name: conf',
    '  configMap:',
    '    name: web',
  ];

  test('one goes, with the volume that nobody else mounts', () => {
    const text = pod(
      ['volumeMounts:', '- {name: host, mountPath: /host}', '- mountPath: /conf', '  name: conf'],
      volumes,
    );
    expect(changes(text, without('/host'))).toEqual([
      '-    - {name: host, mountPath: /host}',
      '-  - name: host',
      '-    hostPath: {path: /}',
    ]);
  });

  test('what else is mounted is what it was', () => {
    const text = pod(
      ['volumeMounts:', '- {name: host, mountPath: /host}', '- {name: conf, mountPath: /conf}'],
      volumes,
    );
    const [before] = containersOf('kubernetes', text);
    const [after] = containersOf('kubernetes', edited('kubernetes', text, withTmp) ?? '');
    expect(after?.mounts).toEqual([...(before?.mounts ?? []), tmp]);
  });

  test('a volume is kept for another container of the pod', () => {
    const both = ['volumeMounts:', '- {name: host, mountPath: /host}'];
    const text = pod(both, ['- name: other', '  image: other', ...both.map((line) => `  ${line}`), ...volumes]);
    expect(changes(text, without('/host'))).toEqual(['-    volumeMounts:', '-    - {name: host, mountPath: /host}']);
  });

  test('containers of a pod get volumes of their own', () => {
    const text = pod([], ['- name: other', '  image: other', 'initContainers:', '- name: first', '  image: first']);
    const once = edited('kubernetes', text, withTmp, { index: 1 }) ?? '';
    const twice = edited('kubernetes', once, withTmp, { index: 2 }) ?? '';
    const [document] = parseAllDocuments(twice);
    expect(document?.toJS()).toMatchObject({
      spec: {
        containers: [
          { name: 'web', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] },
          { name: 'other', volumeMounts: [{ name: 'other-tmp', mountPath: '/tmp' }] },
        ],
        volumes: [
          { name: 'tmp', emptyDir: { medium: 'Memory' } },
          { name: 'other-tmp', emptyDir: { medium: 'Memory' } },
        ],
      },
    });
  });

  test('one becomes read-only, and spreads no further', () => {
    const text = pod(
      ['volumeMounts:', '- name: host', '  mountPath: /host', '  mountPropagation: Bidirectional'],
      volumes,
    );
    expect(changes(text, confined)).toEqual(['-      mountPropagation: Bidirectional', '+      readOnly: true']);
  });
});
