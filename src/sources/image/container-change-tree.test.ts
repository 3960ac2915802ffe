import { describe, expect, test } from 'vitest';
import { plantChanges } from './container-change-tree.ts';

const changed = (path: string) => ({ path, kind: 0 });
const added = (path: string) => ({ path, kind: 1 });
const deleted = (path: string) => ({ path, kind: 2 });

describe('which archives a container is asked for', () => {
  test('a new folder once, with all that is in it; a folder of the image not at all', () => {
    const tree = plantChanges(
      [
        changed('/etc'),
        changed('/etc/hosts'),
        added('/etc/new'),
        added('/srv'),
        added('/srv/a'),
        added('/srv/a/b'),
        deleted('/etc/old'),
      ],
      [],
    );
    expect(tree).toEqual({
      removed: ['/etc/old'],
      wanted: [
        { path: '/etc/hosts', whole: false },
        { path: '/etc/new', whole: true },
        { path: '/srv', whole: true },
      ],
      left: 0,
    });
  });

  test('what is mounted is not the container’s', () => {
    const tree = plantChanges(
      [added('/srv'), added('/srv/a'), added('/srv/a/x'), added('/srv/data'), added('/srv/data/y'), added('/database')],
      ['/srv/data', '/data'],
    );
    expect(tree.wanted).toEqual([
      { path: '/srv', whole: false },
      { path: '/srv/a', whole: true },
      { path: '/database', whole: true },
    ]);
  });

  test('odd paths are left out, and too many are counted', () => {
    expect(plantChanges([added('/'), added(''), added('etc')], []).wanted).toEqual([]);
    const many = Array.from({ length: 100_003 }, (_, index) => added(`/${index}`));
    expect(plantChanges(many, []).left).toBe(3);
  });
});
