import { defineCataloger } from '../cataloger.ts';

/** The file has a kilobyte; one of another kind may be of any size. */
const longest = 64 * 1024;

/**
 * Java runtimes, by the file `release` in their folder, with the version as `JAVA_VERSION` has it: `17.0.15`, `1.8.0_392`. All that is built
 * from OpenJDK is called so, and its maker is the vendor; what Oracle and GraalVM make has fixes of its own.
 */
export const javaRuntime = defineCataloger({
  id: 'java-runtime',
  version: 1,
  reads: {
    en: 'Java runtimes, by the file `release` in their folder',
    zh: 'Java 运行时，依据其目录中的 `release` 文件',
  },
  globs: ['**/release'],
  limit: 4 * 1024 ** 3,

  read({ content }) {
    const values = new Map<string, string>();
    for (const line of content.read(0, longest).toString('utf8').split('\n')) {
      const [, key, value] = /^([A-Z][A-Z_]{1,60})="?([^"\r]{0,300})"?\r?$/.exec(line) ?? [];
      if (key !== undefined && value !== undefined) values.set(key, value);
    }
    const version = values.get('JAVA_VERSION') ?? '';
    if (!/^\d[\w.+-]{0,60}$/.test(version)) return {};
    const vendor = values.get('IMPLEMENTOR');
    return {
      packages: [{ type: 'generic', name: nameOf(values), version, ...(vendor === undefined ? {} : { vendor }) }],
    };
  },
});

function nameOf(values: ReadonlyMap<string, string>): string {
  if (values.has('GRAALVM_VERSION')) return 'graalvm';
  return values.get('BUILD_TYPE') === 'commercial' ? 'oracle-jdk' : 'openjdk';
}
