/**
 * Folders into which package managers put what they install, or keep what they fetched. A lock file in there is the one with which
 * somebody else developed that package: it tells nothing of what is, or will be, here.
 */
const folders = [
  'node_modules/',
  String.raw`(?:site|dist)-packages/`,
  String.raw`gems/[^/]+-\d[^/]*/`,
  // Composer's `vendor/owner/package/`, Go's `vendor/host/owner/module/`, Bundler's `vendor/bundle/ruby/`.
  'vendor/[^/]+/[^/]+/',
  'registry/src/',
  String.raw`\.cargo/git/`,
  'pkg/mod/',
  String.raw`\.pub-cache/`,
  String.raw`\.m2/repository/`,
  'META-INF/maven/',
  String.raw`\.nuget/packages/`,
  'testdata/',
  'share/doc/',
];

const anywhere = new RegExp(`(?:^|/)(?:${folders.join('|')})`);

/** Whether a path without a leading slash lies in an installed package of another project. */
export function isInInstalledPackage(path: string): boolean {
  return anywhere.test(path);
}
