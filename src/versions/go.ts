import { defineOrdering } from './ordering.ts';
import { comparePieces } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { readSemanticVersion, semanticPieces } from './semantic-version.ts';

/**
 * Versions of Go modules and of the toolchain, which is what the version of `stdlib` is. Modules: https://go.dev/ref/mod#versions; a
 * pseudo-version is a prerelease of the version after the one that it was made from, and `+incompatible` counts for nothing. Toolchains:
 * https://go.dev/doc/toolchain#version; advisories write `go1.21rc2` as `1.21.0-rc.2`.
 *
 * `(devel)`, a `devel` toolchain and the pseudo-version of a replaced module (of the year 1) are no versions: nothing is known of them.
 */
export const goOrdering = defineOrdering<readonly Piece[]>({ id: 'go', parse, compare: comparePieces });

/**
 * What a vendor adds is cut: ` (Red Hat 1.21.13-2.el9)`, ` X:boringcrypto`, `-fips`, and the `b7` of the former branch for BoringCrypto.
 */
const toolchain = /^go(\d+(?:\.\d+)*(?:(?:beta|rc)\d+)?)(?:b\d+)?(?=$|[\s+-])(?!-devel)/;

const candidate = /^(\d+\.\d+(?:\.\d+)*)(beta|rc)(\d+)$/;

const ofReplacedModule = /-00010101000000-0{12}$/;

/** None has more characters. */
const longestToolchain = 1000;

function parse(text: string): readonly Piece[] | undefined {
  const [, ofToolchain] = text.length > longestToolchain ? [] : (toolchain.exec(text) ?? []);
  const written = (ofToolchain ?? text).replace(candidate, '$1-$2.$3');
  const version = ofReplacedModule.test(written) ? undefined : readSemanticVersion(written);
  return version && semanticPieces({ ...version, build: [] });
}
