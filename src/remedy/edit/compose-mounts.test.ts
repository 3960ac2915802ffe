import { describe, expect, test } from 'vitest';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { type Change, changedLines, edited } from '../../../test/edited.ts';

function service(...more: readonly string[]): string {
  return ['services:', '  web:', '    image: "web:1"', ...more, '  # the end', ''].join('\n');
}

function lines(text: string, change: Change, index = 0): string[] {
  return changedLines(text, edited('compose', text, change, { index }));
}

/** A change of every mount. */
function eachMount(change: (mount: Mount) => Mount): Change {
  return ({ mounts }) => ({ mounts: mounts.map(change) });
}

function readOnly(at: string): Change {
  return eachMount((mount) => (mount.target === at ? { ...mount, readOnly: true } : mount));
}

function without(at: string): Change {
  return ({ mounts }) => ({ mounts: mounts.filter(({ target }) => target !== at) });
}

const apart = eachMount((mount) => ({ ...mount, propagation: 'rprivate' }));
const named = eachMount(({ anonymous, ...mount }) => (anonymous ? { ...mount, source: 'kept' } : mount));
const nosuid = eachMount((mount) => ({ ...mount, options: { ...mount.options, o: `${mount.options['o']},nosuid` } }));

function withTmpfs({ mounts }: ContainerSpec): SpecChange {
  return { mounts: [...mounts, { kind: 'tmpfs', target: '/run', readOnly: false, options: { nosuid: '' } }] };
}

describe('mounts', () => {
  test.each<[string, string, Change, string[]]>([
    [
      'a short one becomes read-only as it is written',
      service('    volumes:', '      - "./a:/a"  # data', '      - /b:/b'),
      readOnly('/a'),
      ['-      - "./a:/a"  # data', '+      - "./a:/a:ro"  # data'],
    ],
    [
      'its other flags stay',
      service('    volumes: ["/a:/a:rw,z"]'),
      readOnly('/a'),
      ['-    volumes: ["/a:/a:rw,z"]', '+    volumes: ["/a:/a:ro,z"]'],
    ],
    [
      'a variable stays one',
      service('    volumes:', '      - ${DATA:-/srv}/x:/a'),
      readOnly('/a'),
      ['-      - ${DATA:-/srv}/x:/a', '+      - ${DATA:-/srv}/x:/a:ro'],
    ],
    [
      'a long one gets a field',
      service('    volumes:', '      - type: bind', '        source: ./a # here', '        target: /a'),
      readOnly('/a'),
      ['+        read_only: true'],
    ],
    [
      'a short one spreads no further',
      service('    volumes:', '      - /a:/a:rshared,ro'),
      apart,
      ['-      - /a:/a:rshared,ro', '+      - /a:/a:ro'],
    ],
    [
      'a long one spreads no further',
      service('    volumes:', '      - {type: bind, source: /a, target: /a, bind: {propagation: shared}}'),
      apart,
      [
        '-      - {type: bind, source: /a, target: /a, bind: {propagation: shared}}',
        '+      - {type: bind, source: /a, target: /a, bind: {propagation: rprivate}}',
      ],
    ],
    [
      'one goes, and the others stay',
      service('    volumes:', '      - /a:/a', '      # mind this one', '      - /b:/b'),
      without('/a'),
      ['-      - /a:/a'],
    ],
    [
      'the list goes with the last one',
      service('    volumes:', '      - /a:/a'),
      without('/a'),
      ['-    volumes:', '-      - /a:/a'],
    ],
    ['a tmpfs that is a text goes', service('    tmpfs: /a'), without('/a'), ['-    tmpfs: /a']],
    [
      'a tmpfs that is a text becomes a list',
      service('    tmpfs: /tmp # scratch'),
      withTmpfs,
      ['-    tmpfs: /tmp # scratch', '+    tmpfs: # scratch', '+      - /tmp', '+      - /run:nosuid'],
    ],
    ['a tmpfs is added to the others', service('    tmpfs:', '      - /tmp'), withTmpfs, ['+      - /run:nosuid']],
    [
      'one without a name gets one, and is declared',
      service('    volumes:', '      - /data'),
      named,
      ['-      - /data', '+      - kept:/data', '+volumes:', '+  kept: {}'],
    ],
  ])('%s', (_, text, change, expected) => {
    expect(lines(text, change)).toEqual(expected);
  });

  test('a volume that is declared keeps its declaration', () => {
    const text =
      'services:\n  web:\n    image: web\n    volumes:\n      - data:/a\nvolumes:\n  data:\n    external: true # made by hand\n';
    expect(lines(text, readOnly('/a'))).toEqual(['-      - data:/a', '+      - data:/a:ro']);
  });

  test('an option of a driver is changed where it is declared, and a password beside it stays', () => {
    const text =
      'services:\n  web:\n    image: web\n    volumes: [nas:/a]\nvolumes:\n  nas:\n    driver_opts:\n      type: cifs\n      o: "username=web,password=hunter2" # keep\n';
    expect(lines(text, nosuid)).toEqual([
      '-      o: "username=web,password=hunter2" # keep',
      '+      o: "username=web,password=hunter2,nosuid" # keep',
    ]);
  });
});
