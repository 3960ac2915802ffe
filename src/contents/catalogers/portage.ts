import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { linesOf } from '../languages/text-lines.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Gentoo: a folder each, within one for the category; what was installed stands in `CONTENTS`. */
export const portage = defineCataloger({
  id: 'portage',
  version: 1,
  reads: {
    en: "Portage's database of installed packages (`CONTENTS` of each)",
    zh: 'Portage 已安装软件包数据库（每个软件包的 `CONTENTS`）',
  },
  globs: ['var/db/pkg/*/*/CONTENTS'],
  read: readContents,
});

/** A name, and a version that begins with a digit after a hyphen: `openssl-3.0.13-r2`. */
const folderForm = /^(.+?)-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/;

/**
 * Lines of a kind, a path and more of it: `obj /usr/bin/a 0123… 1700000000` with the MD5 and the time, `dir /usr/bin`,
 * `sym /usr/bin/b -> a 1700000000`. A path may have spaces.
 */
function readContents(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('Portage');
  const [, folder = '', category = ''] = file.path.split('/').toReversed();
  const [, name, version] = folderForm.exec(folder) ?? [];
  if (name === undefined || version === undefined) {
    found.addNameless(`${category}/${folder}`);
    return found.reading();
  }
  const owner = `${category}/${folder}`;
  found.add({ type: 'ebuild', namespace: category, name, version, id: owner });
  const paths: string[] = [];
  const digests: string[] = [];
  for (const line of linesOf(file.text())) {
    const [, path, digest = ''] =
      /^obj \/(.+) ([\da-f]{32}) \d+$/.exec(line) ?? /^dir \/(.+)$/.exec(line) ?? /^sym \/(.+?) -> /.exec(line) ?? [];
    if (path === undefined || !found.hasRoomFor(path, digest)) continue;
    paths.push(path);
    // What is below /etc is there to be changed.
    digests.push(path.startsWith('etc/') ? '' : digest);
  }
  found.own({ owner, paths, digests, algorithm: 'md5' });
  return found.reading();
}
