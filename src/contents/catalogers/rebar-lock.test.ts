import { expect, test } from 'vitest';
import { expectToSurvive, packagesIn } from '../../../test/language-packages.ts';
import { rebarLock } from './rebar-lock.ts';

const path = 'app/rebar.lock';
const lock = `{"1.2.0",
[{<<"cowboy">>,{pkg,<<"cowboy">>,<<"2.9.0">>},0},
 {<<"forked">>,
  {git,"https://host.example/forked.git",
       {ref,"abc123"}},
  0}]}.
[
{pkg_hash,[
 {<<"cowboy">>, <<"865DD8B">>}]}
].
`;

test('tells packages', () => {
  expect(packagesIn(rebarLock, path, lock)).toEqual([
    'pkg:hex/cowboy@2.9.0',
    'pkg:hex/forked@abc123?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
  ]);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(rebarLock, path, lock)).not.toThrow();
});
