import { describe, expect, test } from 'vitest';
import { continuedReach, ignoreComments, indentedReach } from './ignore-comments.ts';
import { writtenFile } from './written-file.ts';

function inYaml(text: string) {
  return ignoreComments(writtenFile('compose.yaml', text), indentedReach(text));
}

describe('what a comment speaks for', () => {
  const text = `services:
  # plimsoll ignore=container-pids-limit batch work forks
  web:
    image: nginx # plimsoll ignore=container-image-latest,CKV_1 pinned by the mirror
    ports:
    - 80:80

    # a remark
    - 443:443
  db:
    image: postgres
`;

  test('a line of its own: the next key with all that is in it', () => {
    expect(inYaml(text).ignores[0]).toMatchObject({ selectors: ['container-pids-limit'], from: 3, to: 9, line: 2 });
  });

  test('behind something: that line', () => {
    expect(inYaml(text).ignores[1]).toMatchObject({
      selectors: ['container-image-latest', 'CKV_1'],
      reason: { en: 'pinned by the mirror' },
      from: 4,
      to: 4,
    });
  });

  test('a list may stand as deep as its key', () => {
    const list = 'ports: # plimsoll ignore=x why\n- 80\n- 81\nother: 1\n';
    expect(inYaml(list).ignores[0]).toMatchObject({ from: 1, to: 3 });
  });

  test('an entry of a list: that entry alone', () => {
    const list = 'a:\n  # plimsoll ignore=x why\n  - name: one\n    x: 1\n  - name: two\n';
    expect(inYaml(list).ignores[0]).toMatchObject({ from: 3, to: 4 });
  });

  test('ignore-file: everything', () => {
    expect(inYaml('# plimsoll ignore-file=x generated\na: 1\nb: 2\n').ignores[0]).toMatchObject({ from: 1, to: 4 });
  });

  test('in a script, a command goes on after a backslash', () => {
    const script = '# plimsoll ignore=x why\ndocker run \\\n  -it \\\n  nginx\necho\n';
    expect(ignoreComments(writtenFile('run.sh', script), continuedReach(script)).ignores[0]).toMatchObject({
      from: 2,
      to: 4,
    });
  });
});

test('without a reason it does not count, and is said to', () => {
  const { ignores, problems } = inYaml('a: 1\n# plimsoll ignore=container-pids-limit\nb: 1\n');
  expect(ignores).toEqual([]);
  expect(problems).toMatchObject([{ line: 2, kind: 'notice' }]);
});

test.each([
  ['# hadolint ignore=DL3008,DL3009', 'hadolint', ['DL3008', 'DL3009'], 2, 2],
  ['# hadolint global ignore=DL3008', 'hadolint', ['DL3008'], 1, 3],
  ['#checkov:skip=CKV_DOCKER_2:no check here', 'checkov', ['CKV_DOCKER_2'], 1, 3],
  ['# trivy:ignore:AVD-DS-0002', 'trivy', ['DS-0002'], 2, 2],
  ['#tfsec:ignore:DS-0002', 'trivy', ['DS-0002'], 2, 2],
])('other tools’ notation: %s', (comment, notation, selectors, from, to) => {
  const { ignores, problems } = inYaml(`${comment}\nb: 1\n`);
  expect(ignores).toMatchObject([{ notation, selectors, from, to }]);
  expect(ignores[0]?.reason.en).not.toBe('');
  expect(problems).toEqual([]);
});

test.each(['url: http://x/#plimsoll ignore=x', 'a: "b#hadolint ignore=DL3008"', '# plimsoll ignores=x why'])(
  'no comment of this kind: %s',
  (text) => {
    expect(inYaml(text).ignores).toEqual([]);
  },
);
