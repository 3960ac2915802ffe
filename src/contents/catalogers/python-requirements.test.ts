import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { pythonRequirements } from './python-requirements.ts';

const path = 'app/requirements.txt';

const requirements = `# pip freeze
--index-url https://me:hunter2@host.example/simple
Flask==2.0.1
requests[socks] == 2.31.0 ; python_version >= "3.8"  # why
certifi==2024.2.2 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
six===1.16.0
Jinja2 (==3.1.2)
urllib3>=1.26,<3
numpy==1.26.*
pytz
-e ./mine
./wheels/a.whl
https://me:hunter2@host.example/b.whl
forked @ git+https://me:hunter2@host.example/forked.git
-r more.txt
-c constraints.txt
`;

test('tells what is pinned to one version', () => {
  expect(packagesIn(pythonRequirements, path, requirements)).toEqual([
    'pkg:pypi/flask@2.0.1',
    'pkg:pypi/requests@2.31.0',
    'pkg:pypi/certifi@2024.2.2',
    'pkg:pypi/six@1.16.0',
    'pkg:pypi/jinja2@3.1.2',
  ]);
});

test('says what is not, and never what may hold a password', () => {
  const gaps = gapsIn(pythonRequirements, path, requirements);
  expect(gaps).toEqual([
    'it includes another file, which is only read if it is named like one of requirements',
    'it does not say an exact version of urllib3, numpy, pytz, forked',
  ]);
  expect(gaps.join('\n')).not.toContain('hunter2');
});

test('a file of PowerShell is UTF-16', () => {
  const bytes = Buffer.from('\uFEFFflask==2.0.1\r\nsix==1.16.0\r\n', 'utf16le');
  expect(packagesIn(pythonRequirements, path, bytes)).toEqual(['pkg:pypi/flask@2.0.1', 'pkg:pypi/six@1.16.0']);
});

test('many open versions are one gap', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `package${index}`).join('\n');
  expect(gapsIn(pythonRequirements, path, text)).toEqual([
    'it does not say an exact version of package0, package1, package2, package3, package4 and 995 more',
  ]);
});

test('those of an installed package are not for here', () => {
  const elsewhere = 'usr/lib/python3/dist-packages/a/requirements.txt';
  expect(pythonRequirements.read(catalogedFile(elsewhere, requirements))).toEqual({});
});

test('spaces without end take no time without end', () => {
  const many = ' '.repeat(200_000);
  expect(packagesIn(pythonRequirements, path, `a${many}x\nb${many}[c]${many}==${many}1.0${many};\n`)).toEqual([
    'pkg:pypi/b@1.0',
  ]);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(pythonRequirements, path, requirements)).not.toThrow();
});
