import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { zipArchive } from '../../test/zip-archive.ts';
import { faultOfFeed, readDownloadedFeeds } from './downloaded-feeds.ts';

const archive = zipArchive({ entries: [{ name: 'DSA-1.json', content: '{}' }] });
const catalogue = JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-1' }] });
const probabilities = gzipSync('#score_date:2025-08-25\ncve,epss,percentile\nCVE-2024-0001,0.1,0.2\n');

describe('a file that was fetched', () => {
  test.each<readonly [string, string, Uint8Array | string, string | undefined]>([
    ['an export', 'Debian/all.zip', archive, undefined],
    ['a catalogue', 'known_exploited_vulnerabilities.json', catalogue, undefined],
    ['probabilities', 'epss_scores-current.csv.gz', probabilities, undefined],
    ['a page to log in', 'Debian/all.zip', '<html>', 'it is no zip archive, or it is cut off'],
    ['half an export', 'Debian/all.zip', archive.subarray(0, -10), 'it is no zip archive, or it is cut off'],
    ['an export of nothing', 'Debian/all.zip', zipArchive({ entries: [] }), 'it has no records'],
    ['half a catalogue', 'known_exploited_vulnerabilities.json', catalogue.slice(0, 20), 'it is no JSON'],
    ['an empty catalogue', 'known_exploited_vulnerabilities.json', '{"vulnerabilities":[]}', 'it is not the catalogue'],
    ['half of the probabilities', 'epss_scores-current.csv.gz', probabilities.subarray(0, -9), 'is cut off'],
    ['no probabilities', 'epss_scores-current.csv.gz', '<html>\n</html>', 'none of its lines is as it must be'],
  ])('is %s', async (_, name, content, fault) => {
    using folder = temporaryFolder();
    const file = folder.write(`${name}.part`, content);
    const found = await faultOfFeed({ path: name.split('/'), file, origin: 'https://a.example/' });
    expect(found?.en ?? 'fine').toContain(fault ?? 'fine');
  });
});

test('feeds are known by their addresses', () => {
  using folder = temporaryFolder();
  const origin = 'https://a.example/Red%20Hat/all.zip';
  const file = folder.write('any', archive);
  const { parts, problems, close } = readDownloadedFeeds([{ path: ['Red Hat', 'all.zip'], file, origin }], folder.path);
  expect(parts).toMatchObject([{ kind: 'advisories', name: 'Red Hat', origin }]);
  expect(problems).toEqual([]);
  close();
});
