import type { ContainerSpec } from '../../../model/container-spec.ts';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { writtenFile } from '../written-file.ts';
import { looksLikeRun } from './find.ts';
import { runReading } from './reading.ts';

/** What is found: the image, and where the word of the command stands that makes the container, and its image. */
function found(name: string, text: string): string[] {
  return runReading(writtenFile(name, text)).subjects.map(({ value }) => {
    if (!('image' in value)) throw new Error('no container');
    const [run, image] = [value.locate('owner'), value.locate('image')];
    return `${value.image.reference} ${run.line}:${run.column} ${image.line}:${image.column}`;
  });
}

function ids(text: string): string[] {
  return runReading(writtenFile('run.sh', text)).subjects.map(({ id }) => id);
}

test.each([
  ['docker run img', ['img 1:8 1:12']],
  ['docker create img', ['img 1:8 1:15']],
  ['docker container run img', ['img 1:18 1:22']],
  ['docker container create img', ['img 1:18 1:25']],
  ['docker --context x run img', ['img 1:20 1:24']],
  ['docker -H tcp://x:1 --tls -D run img', ['img 1:30 1:34']],
  ['docker --host=x run img', ['img 1:17 1:21']],
  ['docker $TLS run img', ['img 1:13 1:17']],
  ['/usr/bin/docker run img', ['img 1:17 1:21']],
  ['podman run img', ['img 1:8 1:12']],
  ['podman --url x --remote run img', ['img 1:25 1:29']],
  ['podman-remote run img', ['img 1:15 1:19']],
  ['nerdctl -n k8s.io run img', ['img 1:19 1:23']],
  ['sudo docker run img', ['img 1:13 1:17']],
  ['sudo -E docker run img', ['img 1:16 1:20']],
  ['exec docker run img', ['img 1:13 1:17']],
  ['A=b docker run img', ['img 1:12 1:16']],
  ['env A=b docker run img', ['img 1:16 1:20']],
  ['timeout 5 docker run img', ['img 1:18 1:22']],
  ['retry 3 docker run img', ['img 1:16 1:20']],
  ['wrapper x -- docker run img', ['img 1:21 1:25']],
  ['cd /x && docker run img | tee y; true', ['img 1:17 1:21']],
  ['if ! docker run img; then docker run other; fi', ['img 1:13 1:17', 'other 1:34 1:38']],
  ['f() { docker run img; }', ['img 1:14 1:18']],
  ['for x in a b; do docker run $x; done', ['$x 1:25 1:29']],
  ['ID=$(docker run -d img)', ['img 1:13 1:20']],
  ['echo "started $(docker run -d img)"', ['img 1:24 1:31']],
  ['bash -c "docker run img"', ['img 1:17 1:21']],
  ['ssh host docker run img', ['img 1:17 1:21']],
  ['ssh -p 22 -tt me@host sudo docker run img', ['img 1:35 1:39']],
  ['ssh host "cd /x && docker run img:$TAG"', ['img:$TAG 1:27 1:31']],
  ['ssh host <<EOF\n  cd x\n  docker run \\\n    img\nEOF\ndocker run other', ['img 3:10 4:5', 'other 6:8 6:12']],
  ['ssh host <<-EOF\n\tdocker run img\nEOF', ['img 2:9 2:13']],
  ['bash <<EOF\ndocker run img\nEOF', ['img 2:8 2:12']],
  ['docker run \\\n  --rm \\\n  img', ['img 1:8 3:3']],
  ['docker run \\\r\n  --rm \\\r\n  img\r\n', ['img 1:8 3:3']],
  ['\uFEFFdocker run img', ['img 1:8 1:12']],
  ['docker run --name <your-name> -v <path>:/a <image>:<tag>', ['<image>:<tag> 1:8 1:44']],
  ['docker run {% if x %} -e A=b{% endif %} %{ if x ~}-p 80:80 %{ endif }img', ['img 1:8 1:70']],
  ['docker run {{ if .X }}-e A{{ end }} {{ .Image }}', ['{{ .Image }} 1:8 1:37']],
  ["ssh host 'bash -s' <<'EOF'\ndocker run img\nEOF", ['img 2:8 2:12']],
  ['docker run -v=`pwd`:`pwd` $IMAGE ./x', ['$IMAGE 1:8 1:27']],
  ['docker run img # docker run other', ['img 1:8 1:12']],
])('in the script %j', (text, expected) => {
  expect(found('run.sh', text)).toEqual(expected);
  expect(found('-', text)).toEqual(expected);
  expect(looksLikeRun(text)).toBe(true);
});

test.each([
  'docker compose run web',
  'docker-compose run web',
  'docker run --help',
  'docker run',
  'docker ps',
  'docker volume create x',
  'docker service create img',
  'docker start run',
  'docker exec x docker run img',
  'echo docker run img',
  'echo "docker run img"',
  '# docker run img',
  '$(DOCKER) run img',
  'cat <<EOF\ndocker run img\nEOF',
  'run docker',
  'mydocker run img',
])('nothing in %j', (text) => {
  expect(runReading(writtenFile('run.sh', text))).toEqual({ subjects: [], problems: [] });
});

test('a container is known by its name, or by its line', () => {
  expect(
    ids('docker run --name web a\ndocker run b; docker run c\ndocker run --name web d\ndocker run --name $X e\n'),
  ).toEqual([
    'container/run.sh:web',
    'container/run.sh:2',
    'container/run.sh:2:15',
    'container/run.sh:3',
    'container/run.sh:4',
  ]);
});

test('a subject says which file it is from', () => {
  expect(runReading(writtenFile('a/run.sh', 'docker run img')).subjects[0]).toMatchObject({
    kind: 'container',
    id: 'container/a/run.sh:1',
    file: 'a/run.sh',
    value: { dialect: 'docker-run', state: 'declared', owner: { kind: 'none' } },
  });
});

test.each(['docker run "$@"', 'docker run $OPTS "${ARGS[@]}"', 'docker run --rm'])(
  '%s has no image, which is a notice',
  (text) => {
    const { subjects, problems } = runReading(writtenFile('run.sh', `\n  ${text}`));
    expect(subjects).toEqual([]);
    expect(problems).toMatchObject([{ kind: 'notice', line: 2, column: 3 }]);
  },
);

test('a script that cannot be read as a whole is a notice, and what is read is judged', () => {
  const { subjects, problems } = runReading(writtenFile('run.sh', 'docker run img\nif true; then\n'));
  expect(subjects).toHaveLength(1);
  expect(problems).toMatchObject([{ kind: 'notice', file: 'run.sh' }]);
});

const unit = `[Unit]
Description=docker run of the shop
[Service]
ExecStartPre=-/usr/bin/docker rm -f web
ExecStartPre=+docker run --rm img:1
ExecStart=/usr/bin/docker run --name web-%i \\
  # a comment
  -e URL=http://x/?a=b&c=(d) \\
  --privileged \\
  "img:2" sh -c 'a; b' ; /usr/bin/podman run img:3
  ExecStartPost = @/usr/bin/docker docker run img:4
ExecStop=/bin/sh -c 'docker run img:5 | cat; exit 0'
ExecReload=docker run \\

ExecReload=docker run img:6
`;

test.each(['web.service', '-', 'web@.service', 'override.conf'])('in the unit %s', (name) => {
  expect(found(name, unit)).toEqual([
    'img:1 5:22 5:31',
    'img:2 6:27 10:3',
    'img:3 10:42 10:46',
    'img:4 11:43 11:47',
    'img:5 12:29 12:33',
    'img:6 15:19 15:23',
  ]);
  const { value } = runReading(writtenFile(name, unit)).subjects[1] ?? {};
  expect(value).toMatchObject({ name: 'web-%i', privileged: true, command: ['sh', '-c', 'a; b'] });
  if (!value || !('environment' in value)) throw new Error('no container');
  expect(value.environment[0]?.value.reveal()).toBe('http://x/?a=b&c=(d)');
  expect(value.locate('environment[0]')).toMatchObject({ line: 8, column: 3 });
});

const pipeline = `# docker run comment
image: docker:27
variables: { A: docker run in a flow }
job:
  name: docker run tests
  script:
    - docker run --rm img:1
    - "docker run -e \\"A=b\\" img:2"
    - 'docker run -e ''A=b'' img:3'
    - |
      set -e
      if true; then
        docker run \\
          --rm \\
          img:4
      fi
    - >-
      docker run
      --rm
      img:5

      docker run img:6
    - docker run
      --rm
      img:7
    - "docker run \\
      --rm
      img:8"
    - [sudo, docker, run, --rm, 'img:9']
    - run: docker run \${{ inputs.options }} --rm r.example/x:\${{ github.sha }} --flag {{ x | default('y') }}
    - |2
        docker run img:10
    - docker compose run web
    - "\\tdocker run img:11"
    - !!str docker run img:12
`;

test.each(['.gitlab-ci.yml', 'action.yaml', '-'])('in the YAML file %s', (name) => {
  expect(found(name, pipeline)).toEqual([
    'in 3:24 3:28',
    'img:1 7:14 7:23',
    'img:2 8:15 8:30',
    'img:3 9:15 9:30',
    'img:4 13:16 15:11',
    'img:5 18:14 20:7',
    'img:6 22:14 22:18',
    'img:7 23:14 25:7',
    'img:8 26:15 28:7',
    'img:9 29:22 29:33',
    'r.example/x:${{ github.sha }} 30:19 30:50',
    'img:10 32:16 32:20',
    'img:11 34:17 34:21',
    'img:12 35:20 35:24',
  ]);
});

test('the tag of a template is a word, and may hold options', () => {
  const { subjects, problems } = runReading(writtenFile('ci.yml', pipeline));
  expect(subjects.find(({ id }) => id.endsWith(':30'))?.value).toMatchObject({
    command: ['--flag', "{{ x | default('y') }}"],
  });
  expect(problems).toMatchObject([{ line: 30, column: 23 }]);
});

test('in a JSON file', () => {
  const text =
    '{\n  "scripts": { "start": "docker run -e A=\\"b c\\" -p 80:80 img", "x": ["docker", "run", "img:2"] }\n}\n';
  expect(found('package.json', text)).toEqual(['img 2:33 2:59', 'img:2 2:81 2:88']);
});

test('a unit within a YAML file', () => {
  const text = 'write_files:\n  - content: |\n      [Service]\n      ExecStart=docker run --pid=host img\n';
  expect(found('user-data.yaml', text)).toEqual(['img 4:24 4:39']);
});

test.each(['#!/bin/sh\n', ''])('a script that writes units, beginning with %j', (start) => {
  const text = `${start}docker run img:1
cat >/etc/systemd/system/x.service <<EOF
[Unit]
Description=x

[Service]
ExecStart=-/usr/bin/docker run \\
  img:2
EOF
tee y.service <<'E'
# ours
[Service]
ExecStart=/usr/bin/docker run img:3
E
docker run img:4
`;
  const first = start === '' ? 1 : 2;
  expect(found('install.sh', text)).toEqual([
    `img:1 ${first}:8 ${first}:12`,
    `img:2 ${first + 6}:28 ${first + 7}:3`,
    `img:3 ${first + 12}:27 ${first + 12}:31`,
    `img:4 ${first + 14}:8 ${first + 14}:12`,
  ]);
});

test('in YAML that cannot be read, whole lines are searched', () => {
  const text = 'script:\n  - a: [\n{% if x %}\n    docker run \\\n      img\n{% endif %}\n';
  const { problems } = runReading(writtenFile('ci.yml', text));
  expect(found('ci.yml', text)).toEqual(['img 4:12 5:7']);
  expect(problems).toMatchObject([{ kind: 'notice', file: 'ci.yml' }]);
});

const makefile = `IMAGE := img
.PHONY: run
run: build
	@docker run --rm \\
		-v $(PWD):/src \\
		-e HOME=$$HOME $(IMAGE):1 make
	-$(DOCKER) run img
	cd x; \\
	docker run -u $$(id -u) $(OPTIONS) $(IMAGE):2

# docker run img
`;

test.each(['Makefile', 'sub/docker.mk', '-'])('in the recipes of %s', (name) => {
  expect(found(name, makefile)).toEqual(['$(IMAGE):1 4:10 6:18', '$(IMAGE):2 9:9 9:37']);
  const { subjects, problems } = runReading(writtenFile(name, makefile));
  const [first, second] = subjects.map(({ value }) => value);
  expect(first).toMatchObject({ mounts: [{ kind: 'bind', source: '$(PWD)' }] });
  expect(second).toMatchObject({ user: '$(id -u)' });
  expect(problems).toMatchObject([{ line: 9, column: 26 }]);
});

const guide = `# docker run guide

docker run is a command.
docker run -d img:1
Type docker run img and wait.

\`\`\`sh
$ docker run -d \\
    --rm \\
    img:2
# docker run img:3
sudo docker run <image>
\`\`\`

    docker run img:4

$ podman run img:5
`;

test('in a text for people, on lines of their own', () => {
  expect(found('README.md', guide)).toEqual([
    'img:1 4:8 4:15',
    'img:2 8:10 10:5',
    'img:3 11:10 11:14',
    '<image> 12:13 12:17',
    'img:4 15:12 15:16',
    'img:5 17:10 17:14',
  ]);
});

test('in a program of another language, on lines of their own', () => {
  const text = "sh '''\n  docker run --rm img\n'''\nprint('docker run img')\n";
  expect(found('Jenkinsfile.groovy', text)).toEqual(['img 2:10 2:19']);
});

test.each([
  ['run.sh', 'docker run -e "A=b" \\\n img', true],
  ['run.sh', 'docker run -e "A=b" \\\r\n img', true],
  ['ci.yml', 'a: |\n  docker run \\\n    img', true],
  ['ci.yml', 'a: "docker run -e \\"A=b\\" img"', false],
  ['ci.yml', 'a: >\n  docker run\n  img', false],
  ['ci.yml', 'a: [docker, run, img]', false],
  ['Makefile', 'a:\n\tdocker run -e A=$$B img', false],
  ['x.service', '[Service]\nExecStart=docker run -e A=b&c img', false],
])('whether a command in %s can be replaced where it stands: %j', (name, text, can) => {
  const value = runReading(writtenFile(name, text)).subjects[0]?.value;
  expect(value).toMatchObject({ origin: { file: name } });
  expect((value as ContainerSpec).origin?.span !== undefined).toBe(can);
});

test.each([
  ['docker \\\n  run img', true],
  ['- ["docker", "run", "img"]', true],
  ['docker build .\nthe next run', false],
  ['podman ps', false],
  ['', false],
])('whether %j may hold commands', (text, may) => {
  expect(looksLikeRun(text)).toBe(may);
});

test('no text makes it throw, and every place is in the text', () => {
  const piece = oneof(
    constantFrom(
      'docker run ',
      'podman create',
      ' img',
      '\n',
      ' \\\n',
      '\t',
      '- ',
      'a: ',
      '|\n  ',
      '"',
      "'",
      '$(',
      ')',
    ),
    constantFrom(
      '[Service]\n',
      'ExecStart=',
      '```\n',
      '{{ x }}',
      '$$',
      '<<EOF\n',
      'EOF\n',
      'ssh x ',
      '--rm ',
      '\r\n',
      '>',
    ),
    string({ maxLength: 5 }),
  );
  const names = constantFrom('a.sh', 'a.yml', 'a.service', 'Makefile', 'a.md', 'a.txt', '-', 'a.json');
  assert(
    property(names, array(piece, { maxLength: 40 }), (name, pieces) => {
      const file = writtenFile(name, pieces.join(''));
      const lines = file.lines.positionAt(file.text.length).line;
      for (const { value } of runReading(file).subjects) {
        if (!('image' in value)) throw new Error('no container');
        for (const field of ['image', 'owner', 'user']) {
          const { line = 0, column = 0 } = value.locate(field);
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 300 },
  );
});
