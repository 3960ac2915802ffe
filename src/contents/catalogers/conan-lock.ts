import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { CatalogerError, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { readJson } from '../languages/json-text.ts';
import { PackageList } from '../languages/package-list.ts';

/** C and C++ libraries that Conan is to fetch. */
export const conanLock = defineCataloger({
  id: 'conan-lock',
  version: 1,
  reads: { en: '`conan.lock` of Conan 1 and 2', zh: 'Conan 1 和 2 的 `conan.lock`' },
  globs: ['**/conan.lock'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    const lock = readJson(file);
    const list = new PackageList({ type: 'conan', state: 'declared' });
    if (isObject(lock) && isObject(lock['graph_lock'])) readGraph(lock['graph_lock'], list);
    else if (isObject(lock) && (Array.isArray(lock['requires']) || lock['version'] !== undefined)) {
      for (const reference of listIn(lock, 'requires')) addReference(reference, false, list);
      for (const part of ['build_requires', 'python_requires']) {
        for (const reference of listIn(lock, part)) addReference(reference, true, list);
      }
    } else
      throw new CatalogerError({
        en: 'it has none of the parts of a lock file of Conan',
        zh: '缺少 Conan 锁文件应有的内容',
      });
    return list.reading();
  },
});

/** Conan 1: the node with a path is the project itself. */
function readGraph(graph: JsonObject, list: PackageList): void {
  for (const node of Object.values(objectIn(graph, 'nodes'))) {
    const reference = textIn(node, 'ref');
    if (reference === undefined || textIn(node, 'path') !== undefined) continue;
    addReference(reference, textIn(node, 'context') === 'build', list);
  }
}

/** `zlib/1.2.13@user/channel#recipe-revision%time`; user and channel as `_` are none. */
function addReference(written: JsonValue, isForBuild: boolean, list: PackageList): void {
  const [reference = ''] = typeof written === 'string' ? written.split('#', 1) : [];
  const [identity = '', publisher = ''] = reference.split('@', 2);
  const [name, version] = identity.split('/', 2);
  const [user = '', channel = ''] = publisher.split('/', 2);
  const isPublished = user !== '' && user !== '_';
  list.add({
    name,
    version,
    // A channel must not stand in a purl without a namespace.
    ...(isPublished ? { namespace: user, qualifiers: { user, ...(channel === '' ? {} : { channel }) } } : {}),
    ...(isForBuild ? { development: true } : {}),
  });
}
