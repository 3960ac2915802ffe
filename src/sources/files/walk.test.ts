import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { walk } from './walk.ts';

function walked(folder: string, exclude: readonly string[] = []): string[] {
  return walk(folder, exclude).map((path) => relative(folder, path));
}

describe('which files are looked at', () => {
  test('those that may be ours, sorted, and none in folders that are nobody’s own', () => {
    using folder = temporaryFolder({
      'b.yaml': '',
      'a/Dockerfile': '',
      'a/app.Dockerfile': '',
      'c.JSON': '',
      'd.png': '',
      'e.ts': '',
      'run.sh': '',
      'x.service': '',
      Makefile: '',
      'node_modules/x/Dockerfile': '',
      '.git/config.yaml': '',
      '.github/workflows/ci.yml': '',
    });
    expect(walked(folder.path)).toEqual([
      '.github/workflows/ci.yml',
      'Makefile',
      'a/Dockerfile',
      'a/app.Dockerfile',
      'b.yaml',
      'c.JSON',
      'run.sh',
      'x.service',
    ]);
  });

  test('ignore files hold from their folder down, and the innermost decides', () => {
    using folder = temporaryFolder({
      '.gitignore': 'secret.yaml\n/build/\n*.tmp.yaml\n',
      'secret.yaml': '',
      'build/x.yaml': '',
      'sub/build/x.yaml': '',
      'sub/secret.yaml': '',
      'sub/.plimsollignore': '!secret.yaml\nother.yaml\n',
      'sub/other.yaml': '',
      'a.tmp.yaml': '',
    });
    expect(walked(folder.path)).toEqual(['sub/build/x.yaml', 'sub/secret.yaml']);
  });

  test('patterns of the caller hold as well', () => {
    using folder = temporaryFolder({ 'a.yaml': '', 'vendor/b.yaml': '', 'x/vendor/c.yaml': '' });
    expect(walked(folder.path, ['vendor/'])).toEqual(['a.yaml']);
  });

  test('a link to a folder is not followed, one to a file is', () => {
    using folder = temporaryFolder({ 'a/x.yaml': '' });
    symlinkSync(join(folder.path, 'a'), join(folder.path, 'loop'));
    symlinkSync(join(folder.path, 'a/x.yaml'), join(folder.path, 'y.yaml'));
    expect(walked(folder.path)).toEqual(['a/x.yaml', 'y.yaml']);
  });
});
