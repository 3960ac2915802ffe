import { isObject, type JsonObject, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { channelName } from '../languages/conda-channel.ts';
import { readJson } from '../languages/json-text.ts';
import { licensesInJson } from '../languages/licenses.ts';
import { PackageList } from '../languages/package-list.ts';

/**
 * Packages of conda, mamba, micromamba and pixi in their environments: one record each. The files that a record lists are not told as
 * owned: only packages of the operating system own files, since their advisories may speak for what is in them, and none do for conda's.
 */
export const condaInstalled = defineCataloger({
  id: 'conda-installed',
  version: 1,
  reads: {
    en: 'records of installed conda packages (`conda-meta`); Python packages among them are told as such too, by their own metadata',
    zh: '已安装的 conda 软件包记录（`conda-meta`）；其中的 Python 软件包另据其自身元数据识别',
  },
  globs: ['**/conda-meta/*.json'],

  read(file): CatalogerReading {
    const record = readJson(file);
    const list = new PackageList({ type: 'conda' });
    if (!isObject(record)) list.gap({ en: 'it is no object', zh: '内容不是 JSON 对象' });
    else {
      const licenses = licensesInJson(record['license']);
      list.add({
        name: textIn(record, 'name'),
        version: textIn(record, 'version'),
        qualifiers: qualifiersOf(record),
        ...(licenses.length > 0 ? { licenses } : {}),
      });
    }
    return list.reading();
  },
});

function qualifiersOf(record: JsonObject): Readonly<Record<string, string>> {
  const build = textIn(record, 'build') ?? textIn(record, 'build_string');
  const channel = channelName(textIn(record, 'channel') ?? '');
  const subdir = textIn(record, 'subdir');
  const [, type] = /\.(tar\.bz2|conda)$/.exec(textIn(record, 'fn') ?? textIn(record, 'url') ?? '') ?? [];
  return {
    ...(build ? { build } : {}),
    ...(channel ? { channel } : {}),
    ...(subdir ? { subdir } : {}),
    ...(type ? { type } : {}),
  };
}
