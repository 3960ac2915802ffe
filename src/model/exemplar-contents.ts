import { known } from './fact.ts';
import type { ImageContents } from './image-contents.ts';
import type { NotableFile } from './notable-file.ts';

/** What is inside an image that passes every control. */
export const exemplarContents: ImageContents = {
  distribution: known(
    { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)', codename: 'trixie', idLike: [] },
    'file',
    '/etc/os-release',
  ),
  layers: [{ digest: `sha256:${'0c'.repeat(32)}`, bytes: 40_000_000, createdBy: 'COPY web /usr/bin/web # buildkit' }],
  packages: [
    {
      purl: 'pkg:deb/debian/base-files@13.8?arch=amd64&distro=debian-13',
      type: 'deb',
      namespace: 'debian',
      name: 'base-files',
      version: '13.8',
      architecture: 'amd64',
      licenses: [],
      state: 'installed',
      path: '/var/lib/dpkg/status.d/base-files',
      layer: 0,
      cataloger: 'dpkg@1',
    },
  ],
  secrets: [],
  files: [],
  fileCount: 120,
  bytes: 40_000_000,
  wastedBytes: 0,
  vulnerabilities: {
    found: [],
    uncovered: [],
    asked: [{ ecosystem: 'Debian:13', packages: 1, newest: null, read: null }],
    exploitedRead: 1_750_000_000,
  },
  gaps: [],
};

export type PlantedFile = Pick<NotableFile, 'kind' | 'path' | 'detail'>;

/** The same with these files in it, for counterexamples. */
export function contentsWith(...files: readonly PlantedFile[]): ImageContents {
  return { ...exemplarContents, files: files.map((file) => ({ layer: 0, size: 1000, ...file })) };
}
