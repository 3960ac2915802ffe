import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileExecForm as control } from './dockerfile-exec-form.ts';

test.each([
  'CMD web',
  'ENTRYPOINT web --port $PORT',
  'CMD web && other',
  'CMD ["web", "--port"',
  "CMD ['web']",
  'CMD [web]',
  'ONBUILD CMD web',
  'CMD exec web & other',
  'ENTRYPOINT exec web --port $PORT',
  'SHELL ["powershell", "-Command"]\nCMD web',
])('found: %j', (lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual([lines.includes('\n') ? 3 : 2]);
});

test.each([
  'CMD ["web"]',
  'CMD []',
  'ENTRYPOINT [ "web" , "--port" ]',
  'CMD ["sh", "-c", "exec web $PORT"]',
  'CMD exec web --port $PORT',
  'CMD setup && exec web',
  'ENTRYPOINT exec web --port $PORT "$@"',
  'HEALTHCHECK CMD curl -f http://localhost/ || exit 1',
  'RUN web',
  'CMD',
])('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test.each([
  ['CMD web', 'CMD ["web"]'],
  ['cmd   npm  run start', 'cmd   ["npm", "run", "start"]'],
  ['CMD nginx -g "daemon off;"', 'CMD ["nginx", "-g", "daemon off;"]'],
  ["CMD ['web', '--port']", 'CMD ["web", "--port"]'],
  ['ENTRYPOINT /usr/bin/web', 'ENTRYPOINT ["/usr/bin/web"]'],
  ['CMD python -m http.server 8080', 'CMD ["python", "-m", "http.server", "8080"]'],
  ["CMD /usr/bin/web '--name=my shop'", 'CMD ["/usr/bin/web", "--name=my shop"]'],
])('%j is written as %j', (lines, mended) => {
  const text = `FROM debian:13\n${lines}\n`;
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy as TextRemedy).edits);
  expect(applyEdits(text, edits)).toBe(`FROM debian:13\n${mended}\n`);
});

test.each([
  "CMD /usr/bin/web --name='my shop'",
  'ENTRYPOINT web\nCMD ["--port"]',
  'CMD web $PORT',
  'CMD web > /dev/null',
  'CMD web *.conf',
  'CMD PORT=1 web',
  'CMD web; other',
  'CMD web | tee log',
  'CMD web &',
  'CMD (web)',
  'CMD if',
  'CMD ~/web',
  'CMD source web',
  'CMD ./start.sh',
  'CMD web \\\n  --port',
  'CMD web # comment',
  'CMD ["web", "--port"',
  'CMD web\\ x',
  'SHELL ["powershell", "-Command"]\nCMD web',
])('%j is for a person', (lines) => {
  const [remedy] = remediesOf(control, dockerfile(`FROM debian:13\n${lines}\n`));
  expect(remedy).toMatchObject({ kind: 'manual' });
});
