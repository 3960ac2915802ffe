import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mendFiles } from '../src/cli/mend-files.ts';
import { controls } from '../src/controls/registry.ts';
import { acceptedBeside } from '../src/judge/inline-ignores.ts';
import { type Circumstances, type JudgedFinding, judgeSubjects } from '../src/judge/judge.ts';
import { locationOf } from '../src/judge/location.ts';
import { resolvePolicy } from '../src/judge/policy.ts';
import { containerDialects } from '../src/model/control.ts';
import { collectFiles } from '../src/sources/files/collect.ts';
import { readFiles } from '../src/sources/files/read.ts';
import { temporaryFolder } from './temporary-folder.ts';

const risky = 'examples/shop/risky';
const hardened = 'examples/shop/hardened';

/** What `plimsoll check FOLDER` reads and judges. */
function checked(folder: string, baseline?: string) {
  const { files, problems } = collectFiles([folder], {});
  const options = { environment: {} };
  const reading = readFiles(files, options);
  const circumstances: Circumstances = {
    policy: resolvePolicy({ baseline }),
    now: new Date('2026-07-01'),
    acceptedBeside: acceptedBeside(reading.ignores, 'en'),
  };
  return {
    files,
    options,
    circumstances,
    problems: [...problems, ...reading.problems],
    findings: judgeSubjects(reading.subjects, circumstances),
  };
}

function ofStatus(findings: readonly JudgedFinding[], ...statuses: readonly JudgedFinding['status'][]) {
  return findings.filter(({ status }) => statuses.includes(status));
}

/** `compose.yaml:14 container-not-privileged`, the file as it is called in the folder. */
function placesIn(folder: string, findings: readonly JudgedFinding[]): string[] {
  return findings.map((finding) => {
    const { file = '', line } = locationOf(finding) ?? {};
    return `${relative(folder, file)}:${line} ${finding.control.id}`;
  });
}

describe('the risky shop', () => {
  const { findings, problems } = checked(risky);
  const failures = ofStatus(findings, 'fail');

  test('can be read as a whole', () => {
    expect(problems).toEqual([]);
  });

  test.each([
    // Images
    'web/Dockerfile:1 dockerfile-from-pinned',
    'web/Dockerfile:1 container-nonroot',
    'web/Dockerfile:4 dockerfile-no-secrets',
    'web/Dockerfile:6 dockerfile-copy-not-add',
    'web/Dockerfile:10 dockerfile-apt-update-alone',
    'web/Dockerfile:11 dockerfile-minimal-packages',
    'web/Dockerfile:12 dockerfile-pipe-to-shell',
    'worker/Dockerfile:5 dockerfile-no-ssh-server',
    'worker/Dockerfile:6 dockerfile-no-chpasswd',
    'worker/Dockerfile:7 dockerfile-no-sudoers',
    'worker/Dockerfile:10 dockerfile-no-ssh-private-key',
    'worker/Dockerfile:11 dockerfile-no-authorized-keys',
    'worker/Dockerfile:15 dockerfile-pip-no-cache',
    // Compose
    '.env:2 compose-no-secrets',
    'compose.yaml:3 container-memory-limit',
    'compose.yaml:5 container-image-latest',
    'compose.yaml:7 container-no-secrets-in-env',
    'compose.yaml:15 container-restart-bounded',
    'compose.yaml:24 container-not-privileged',
    'compose.yaml:25 container-no-host-pid',
    'compose.yaml:27 container-no-docker-socket',
    'compose.yaml:39 container-no-sensitive-mounts',
    'compose.yaml:46 container-no-host-ipc',
    'compose.yaml:48 container-no-dangerous-caps',
    'compose.yaml:51 container-seccomp-on',
    'compose.yaml:52 container-apparmor-on',
    // docker run
    'run.sh:11 container-no-sensitive-mounts',
    'run.sh:15 container-no-secrets-in-env',
    'run.sh:24 container-not-privileged',
    'run.sh:29 container-pids-limit',
    'run.sh:32 container-no-host-ipc',
    'run.sh:33 container-no-dangerous-caps',
    // Kubernetes
    'kubernetes/database.yaml:15 kubernetes-sa-token-automount',
    'kubernetes/namespace.yaml:4 kubernetes-networkpolicy-default-deny',
    'kubernetes/proxy.yaml:15 container-apparmor-on',
    'kubernetes/proxy.yaml:24 kubernetes-pss-hostports',
    'kubernetes/proxy.yaml:26 container-nonroot',
    'kubernetes/proxy.yaml:37 container-no-docker-socket',
    'kubernetes/proxy.yaml:52 kubernetes-ingress-tls',
    'kubernetes/proxy.yaml:75 kubernetes-networkpolicy-internet',
    'kubernetes/proxy.yaml:77 kubernetes-metadata-api',
    'kubernetes/web.yaml:7 kubernetes-configmap-secrets',
    'kubernetes/web.yaml:24 kubernetes-memory-request',
    'kubernetes/web.yaml:24 container-readonly-rootfs',
    'kubernetes/web.yaml:41 kubernetes-service-type',
    'kubernetes/worker.yaml:15 kubernetes-rbac-cluster-admin',
    'kubernetes/worker.yaml:46 container-not-privileged',
  ])('fails at %s', (place) => {
    expect(placesIn(risky, failures)).toContain(place);
  });

  test('fails the same controls however a container is written down, where it can be said', () => {
    const everywhere = new Set(
      controls
        .filter(({ dialects = containerDialects }) =>
          (['compose', 'pod', 'docker-run'] as const).every((dialect) => dialects.includes(dialect)),
        )
        .map(({ id }) => id)
        // A pod has labels of its own kind, which say whose it is.
        .filter((id) => id !== 'container-env-labelled'),
    );
    const [first, ...others] = ['compose.yaml:proxy', 'proxy.yaml:Deployment/proxy/proxy', 'run.sh:proxy'].map((name) =>
      failures
        .filter(({ subject, control }) => subject.id.endsWith(name) && everywhere.has(control.id))
        .map(({ control }) => control.id)
        .toSorted(),
    );
    expect(first).toContain('container-no-docker-socket');
    expect(others).toEqual([first, first]);
  });

  test('never shows a secret', () => {
    const shown = JSON.stringify(findings.map(({ verdict, remedy }) => [verdict, remedy]));
    expect(shown).not.toMatch(/tulip-harbour|marigold-quay|crimson-buoy|saffron-pier/);
  });

  test('is mended as far as a program can, and keeps everything else', () => {
    using folder = temporaryFolder();
    cpSync(risky, folder.path, { recursive: true });
    const textOf = (name: string) => readFileSync(join(folder.path, name), 'utf8');
    const before = ['compose.yaml', 'run.sh', 'web/Dockerfile', 'kubernetes/worker.yaml'].flatMap((name) =>
      textOf(name).split('\n'),
    );
    const old = checked(folder.path);
    for (const { before: known, text } of mendFiles(old.files, old.options, old.circumstances)) {
      writeFileSync(known.file.name, text);
    }

    const mended = checked(folder.path);
    const left = ofStatus(mended.findings, 'fail');
    expect(mended.problems).toEqual([]);
    // What is left is a person's to decide.
    expect(new Set(left.map(({ remedy }) => remedy?.kind))).toEqual(new Set(['manual']));
    expect(ofStatus(mended.findings, 'unknown').length).toBeLessThanOrEqual(ofStatus(old.findings, 'unknown').length);

    expect(textOf('compose.yaml')).not.toMatch(/privileged: true|docker\.sock|unconfined|SYS_ADMIN|restart: always/);
    expect(textOf('kubernetes/worker.yaml')).not.toMatch(/privileged: true|docker\.sock|hostPID/);
    expect(textOf('run.sh')).not.toMatch(/--privileged|docker\.sock|unconfined/);
    expect(textOf('web/Dockerfile')).toContain('\nCOPY . /app\n');
    expect(textOf('worker/Dockerfile')).toContain('\nRUN pip install --no-cache-dir -r requirements.txt\n');

    const after = ['compose.yaml', 'run.sh', 'web/Dockerfile', 'kubernetes/worker.yaml'].map(textOf).join('\n');
    for (const line of before.filter((each) => /#|^\S+:$|image:|[A-Z]+_[A-Z]+[:=]|ports|'3000:3000'/.test(each))) {
      expect(after).toContain(line);
    }
    const again = mendFiles(mended.files, mended.options, mended.circumstances);
    const changed = again.filter(({ before: { file }, text }) => text !== file.text);
    expect(changed.map(({ before: { file } }) => relative(folder.path, file.name))).toEqual([]);
  });
});

test.each(['README.md', 'README.zh.md'] as const)('%s shows what the program prints', (readme) => {
  const language = readme === 'README.md' ? 'en' : 'zh';
  const printed = ofStatus(checked(risky).findings, 'fail').map((finding) => {
    const { file, line, column } = locationOf(finding) ?? {};
    const message = finding.verdict.message[language];
    return `${file}:${line}:${column}: ${finding.severity}: ${message} [${finding.control.id}]`;
  });
  const shown = readFileSync(readme, 'utf8')
    .split('\n')
    .filter((line) => /^examples\/shop\/risky\/\S+:\d+:\d+: /.test(line));
  expect(shown.length).toBeGreaterThan(3);
  for (const line of shown) expect(printed).toContain(line);
});

describe('the hardened shop', () => {
  test.each(['default', 'pss-restricted'])('leaves nothing open by the baseline %s', (baseline) => {
    const { findings, problems } = checked(hardened, baseline);
    expect(problems).toEqual([]);
    expect(placesIn(hardened, ofStatus(findings, 'fail', 'unknown'))).toEqual([]);
    expect(ofStatus(findings, 'pass').length).toBeGreaterThan(30);
  });

  test('accepts only what its comments say, with a reason', () => {
    const waived = ofStatus(checked(hardened).findings, 'waived');
    expect(placesIn(hardened, waived)).toEqual([
      'compose.yaml:93 network-no-privileged-host-ports',
      'run.sh:48 network-no-privileged-host-ports',
    ]);
    for (const { waiver } of waived) expect(waiver?.reason).toMatch(/\w+ \w+ \w+/);
  });

  test('has the same four containers in every dialect', () => {
    const names = new Set(['web', 'worker', 'database', 'proxy']);
    const { findings } = checked(hardened);
    const containers = [...new Set(findings.map(({ subject }) => subject))].filter(
      ({ kind, id }) => kind === 'container' && !id.endsWith('Dockerfile'),
    );
    const perFile = Map.groupBy(containers, ({ id }) =>
      id.includes('/kubernetes/') ? 'kubernetes' : id.slice(0, id.lastIndexOf(':')),
    );
    expect(perFile.size).toBe(3);
    for (const group of perFile.values()) {
      expect(new Set(group.map(({ id }) => id.slice(id.search(/[^:/]+$/))))).toEqual(names);
    }
  });
});
