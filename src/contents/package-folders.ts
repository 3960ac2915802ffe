/** Folders that package managers of languages fill, and keep no list of. */
const filled = /(?:^|\/)(?:node_modules|gems\/[^/]{1,200}-\d[^/]{0,100}|pkg\/mod|\.?cargo\/registry\/src)\//;

/** What people put into such a folder by hand, or by mistake, and no package needs. */
const personal =
  /(?:^|\/)(?:\.env[^/]{0,100}|\.npmrc|\.netrc|\.pypirc|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]{1,200}\.(?:pem|key|p12|pfx))$/;

/**
 * Whether a file came with a package of a language, as far as its path tells: what is in packages was published by others. Files that are
 * called as people call their own are not taken for such.
 */
export function isOfPackage(path: string): boolean {
  return filled.test(path) && !personal.test(path);
}
