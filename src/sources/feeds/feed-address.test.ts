import { expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { exploitedAddress, exportAddress, probabilitiesAddress, readMirror } from './feed-address.ts';

test('feeds are where their publishers have them', () => {
  expect(exportAddress('Rocky Linux')).toMatchObject({
    url: new URL('https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip'),
    path: ['Rocky Linux', 'all.zip'],
  });
  expect(exploitedAddress().url.hostname).toBe('www.cisa.gov');
  expect(probabilitiesAddress().url.href).toBe('https://epss.empiricalsecurity.com/epss_scores-current.csv.gz');
});

test.each(['https://mirror.example/osv', 'https://mirror.example/osv///'])('a mirror has all of them: %s', (text) => {
  const mirror = readMirror(text);
  const addresses = [exportAddress('Red Hat', mirror), exploitedAddress(mirror), probabilitiesAddress(mirror)];
  expect(addresses.map(({ url }) => url.href)).toEqual([
    'https://mirror.example/osv/Red%20Hat/all.zip',
    'https://mirror.example/osv/known_exploited_vulnerabilities.json',
    'https://mirror.example/osv/epss_scores-current.csv.gz',
  ]);
  expect(addresses.map(({ authorization }) => authorization)).toEqual([undefined, undefined, undefined]);
});

test('a name and a password go into a header, and stand nowhere else', () => {
  const address = exportAddress('npm', readMirror('https://me:p%40ss@mirror.example/'));
  expect(address.url.href).toBe('https://mirror.example/npm/all.zip');
  expect(address.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  expect(readMirror('http://me:p%@127.0.0.1:8080').authorization).toBe(
    `Basic ${Buffer.from('me:p%').toString('base64')}`,
  );
});

test.each([
  ['no address', 'mirror.example/osv'],
  ['another protocol', 'file:///srv/osv'],
  ['a query', 'https://me:hidden@mirror.example/?key=hidden'],
  ['a password for all to read', 'http://me:hidden@mirror.example/'],
])('%s is refused, and not repeated', async (_, text) => {
  const { message, advice } = await failureOf(() => readMirror(text));
  expect(`${message} ${advice?.en}`).not.toMatch(/hidden|example|srv/);
});
