import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readIndented } from '../languages/indented-lines.ts';
import { PackageList } from '../languages/package-list.ts';

/** Pods that CocoaPods is to install. */
export const podfileLock = defineCataloger({
  id: 'podfile-lock',
  version: 1,
  reads: { en: '`Podfile.lock` of CocoaPods', zh: 'CocoaPods 的 `Podfile.lock`' },
  globs: ['**/Podfile.lock'],
  limit: 16 * 1024 ** 2,

  read(file): CatalogerReading {
    const pods = new Set<string>();
    const local = new Set<string>();
    let isLock = false;
    for (const { path, value } of readIndented(file.text())) {
      const [part, key = '', third] = path;
      isLock ||= part === 'PODS';
      // `- Firebase/Core (10.0):` with what it needs below it, or without.
      if (part === 'PODS' && key === '-' && path.length <= 3) pods.add(third ?? value);
      else if (part === 'EXTERNAL SOURCES' && third === ':path') local.add(key);
    }
    if (!isLock) throw new CatalogerError({ en: 'it has no `PODS`', zh: '缺少 `PODS`' });
    const list = new PackageList({ type: 'cocoapods', state: 'declared' });
    for (const pod of pods) addPod(pod, local, list);
    return list.reading();
  },
});

/** Parts of a pod (`Firebase/Core`) are of one version with it. */
function addPod(pod: string, local: ReadonlySet<string>, list: PackageList): void {
  const open = pod.indexOf(' (');
  const [name] = pod.slice(0, open < 0 ? undefined : open).split('/', 1);
  if (name === undefined || local.has(name)) return;
  list.add({ name, version: open < 0 ? undefined : pod.slice(open + 2).replace(/\)$/, '') });
}
