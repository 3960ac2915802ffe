import { expect, test } from 'vitest';
import { driverOptionsAt } from './volume-options.ts';

const read = (Options: Record<string, string>) => driverOptionsAt({ Options }, 'Options');

test.each([
  ['username=web,password=hunter2,vers=3.0', 'username=web,password=[redacted],vers=3.0'],
  ['pass=hunter2', 'pass=[redacted]'],
  ['password2=hunter2,PASSWORD=hunter2', 'password2=[redacted],PASSWORD=[redacted]'],
  // A comma in a password is written twice.
  ['password=hunter,,2,ro', 'password=[redacted],ro'],
  ['name=admin,secret=hunter2', 'name=admin,secret=[redacted]'],
  ['credentials=/root/smb,secretfile=/etc/ceph,ro', 'credentials=/root/smb,secretfile=/etc/ceph,ro'],
  ['addr=192.0.2.1,rw,nosuid', 'addr=192.0.2.1,rw,nosuid'],
  ['', ''],
])('o=%s', (o, shown) => {
  expect(read({ o })).toEqual({ o: shown });
});

test.each([
  ['password', 'hunter2', '[redacted]'],
  ['sftp-pass', 'hunter2', '[redacted]'],
  ['access_token', 'hunter2', '[redacted]'],
  ['type', 'cifs', 'cifs'],
  ['device', '//web:hunter2@files.example/shop', '//web:[redacted]@files.example/shop'],
  ['device', 'https://web:hunter2@files.example/shop', 'https://web:[redacted]@files.example/shop'],
  ['device', '//files.example/shop', '//files.example/shop'],
  ['device', ':/export/a:b@c', ':/export/a:b@c'],
])('%s=%s', (name, value, shown) => {
  expect(read({ [name]: value })).toEqual({ [name]: shown });
});
