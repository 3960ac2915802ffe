import { expect, test } from 'vitest';
import { membersIn, withoutMembers } from './group-text.ts';

const change = (text: string, ...names: readonly string[]) =>
  withoutMembers(Buffer.from(text), 'docker', names).toString('utf8');

test('names go, and every other byte stays', () => {
  expect(change('root:x:0:\ndocker:x:999:anna,ben,carl\nx:x:1:anna', 'ben')).toBe(
    'root:x:0:\ndocker:x:999:anna,carl\nx:x:1:anna',
  );
  expect(change('docker:x:999: anna , ben\r\n', 'ben')).toBe('docker:x:999: anna \r\n');
  expect(change('docker:x:999:anna\n', 'anna')).toBe('docker:x:999:\n');
  // No member of this name, although one begins like it.
  const other = 'dockers:x:5:ann\ndocker:x:999:anna,,ben\n#docker:x:1:ann\ndocker:broken\n+docker:::ann\n';
  expect(change(other, 'ann')).toBe(other);
});

test('bytes that are no UTF-8 stay, and a name in another script is found', () => {
  const file = Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from('docker:x:9:王,ben\n'), Buffer.from([0xfe])]);
  const expected = Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from('docker:x:9:ben\n'), Buffer.from([0xfe])]);
  expect(withoutMembers(file, 'docker', ['王']).equals(expected)).toBe(true);
  expect(membersIn(file, 'docker')).toEqual(['王', 'ben']);
});

test('who may add members in gshadow goes as well', () => {
  expect(change('docker:!:anna,carl:anna,ben\n', 'anna')).toBe('docker:!:carl:ben\n');
});

test('every line of the group counts, one for a directory service does not', () => {
  const text = 'docker:x:999:anna\ndocker:x:999:ben\n+docker:::carl\n';
  expect(membersIn(Buffer.from(text), 'docker')).toEqual(['anna', 'ben']);
});
