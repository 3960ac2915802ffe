import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { readDockerfile } from './dockerfile.ts';

function refused(text: string): string[] {
  return readDockerfile(writtenFile('Dockerfile', text)).problems.map(({ span }) => text.slice(span.start, span.end));
}

/** What stands at each place that BuildKit refuses. */
test.each([
  ['', ['']],
  ['# only a comment', ['']],
  ['ARG A', ['']],
  ['RUN a\nFROM b', ['RUN']],
  ['FROM', ['FROM', '']],
  ['FROM a AS', ['AS']],
  ['FROM a b', ['a b']],
  ['FROM a FOR b', ['a FOR b']],
  ['FROM a AS b c', ['a AS b c']],
  ['FROM a # note', ['a # note']],
  ['FROM a AS 1b', ['1b']],
  ['FROM a AS b/c', ['b/c']],
  ['FROM $A', ['$A']],
  ['FROM ${A:-}', ['${A:-}']],
  ['FROM ""', ['""']],
  ['FROM ${A', ['${A']],
  ['FROM a\nRUM b', ['RUM']],
  ['FROM a\nRUN b\n  && c', ['&&']],
  ['FROM a\nENV', ['ENV']],
  ['FROM a\nENV b', ['b']],
  ['FROM a\nENV b=c d', ['d']],
  ['FROM a\nENV =b', ['=b']],
  ['FROM a\nLABEL a=b # note', ['#', 'note']],
  ['FROM a\nLABEL a="b', ['"b']],
  ["FROM a\nUSER it's", ["it's"]],
  ['FROM a\nUSER', ['USER']],
  ['FROM a\nCOPY b', ['b']],
  ['FROM a\nCOPY ["b"]', ['["b"]']],
  ['FROM a\nCOPY b <<E\nE', ['<<E']],
  ['FROM a\nCOPY --form=b c d', ['--form=b']],
  ['FROM a\nCOPY --From=b c d', ['--From=b']],
  ['FROM a\nCOPY --chown b c', ['--chown']],
  ['FROM a\nCOPY --chown=1 --chown=2 b c', ['--chown=2']],
  ['FROM a\nADD --from=b c d', ['--from=b']],
  ['FROM a\nARG B=a\nCOPY --from=$B c d', ['$B']],
  ['FROM a\nCOPY --from=1 c d', ['1']],
  ['FROM a\nCOPY --from=0 c d', ['0']],
  ['FROM a AS b\nCOPY --from=B c d', ['B']],
  ['FROM a AS b\nCOPY --from=c x y\nFROM a AS c\nRUN --mount=from=b,target=/b x', ['c', '--mount=from=b,target=/b']],
  ['FROM a AS b\nCOPY --from=c x y\nFROM b AS c', ['c']],
  ['FROM a\nCMD [1]', ['[1]']],
  ['FROM a\nRUN ["a", {}]', ['["a", {}]']],
  ['FROM a\nCMD --help', ['--help']],
  ['FROM a\nSHELL sh -c', ['sh -c']],
  ['FROM a\nSHELL []', ['SHELL']],
  ['FROM a\nVOLUME ""', ['""']],
  ['FROM a\nVOLUME []', ['VOLUME']],
  ['FROM a\nEXPOSE http', ['http']],
  ['FROM a\nHEALTHCHECK NONE x', ['NONE x']],
  ['FROM a\nHEALTHCHECK curl x', ['curl']],
  ['FROM a\nHEALTHCHECK CMD', ['CMD']],
  ['FROM a\nHEALTHCHECK --interval 5s CMD x', ['--interval', '5s']],
  ['FROM a\nONBUILD', ['ONBUILD']],
  ['FROM a\nONBUILD FROM b', ['FROM b']],
  ['FROM a\nONBUILD RUM b', ['RUM']],
  ['FROM a\nRUN <<E\nb', ['RUN <<E']],
])('%j is refused at %j', (text, expected) => {
  expect(refused(text)).toEqual(expected);
});

test.each([
  'ARG A\nFROM $A',
  'ARG A=b\nFROM $A AS c',
  'FROM a:$TARGETARCH',
  'FROM scratch',
  'FROM a\nRUN --mount=type=cache,target=/c --mount=type=ssh --network=none --security=insecure x',
  'FROM a\nCOPY --link --parents --exclude=x --exclude=y b c',
  'FROM a\nADD --keep-git-dir=true --checksum=sha256:0 --unpack=false b c',
  'FROM a\nCOPY --from=registry.example/b:1 c d',
  'FROM a AS b\nFROM a AS c\nCOPY --from=b x y\nCOPY --from=0 x y',
  // BuildKit takes a later stage too, as long as nothing goes round in circles.
  'FROM a AS b\nCOPY --from=c x y\nFROM a AS c\nFROM b',
  'FROM a\nCMD',
  'FROM a\nCMD []',
  'FROM a\nCMD ["a",]',
  'FROM a\nCMD -- a',
  'FROM a\nENV A=$B C=${D:-e}',
  'FROM a\nEXPOSE 80 443/TCP 1-2/udp $P 127.0.0.1:8080:80',
  'FROM a\nRUN b \\',
  'FROM a\nRUN b \\\n\n\n',
  'FROM a\nMAINTAINER it\'s "me',
  'FROM a\nRUN echo ${x^^} "$(( 1 << 2 ))" it\\\'s',
  'FROM a\nHEALTHCHECK --interval=1m --timeout=1s --start-period=1s --start-interval=1s --retries=2 CMD x',
])('%j is not refused', (text) => {
  expect(refused(text)).toEqual([]);
});
