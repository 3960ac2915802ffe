import { stripVTControlCharacters } from 'node:util';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { docker20Info, inspected } from '../../test/recorded-engines.ts';
import { engine, machine } from '../../test/subjects.ts';
import { coverageOf } from '../judge/coverage.ts';
import { judgeSubjects, subjectsOf } from '../judge/judge.ts';
import { resolvePolicy } from '../judge/policy.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import { known, unreadable } from '../model/fact.ts';
import type { Report } from '../model/report.ts';
import { type Language, languages } from '../model/text.ts';
import { containerFromInspect } from '../sources/engine/container.ts';
import { readEngineInfo } from '../sources/engine/info.ts';
import { assembleReport } from './document.ts';
import { type Format, formats, renderReport } from './formats.ts';

const secret = 'canary-7c1d0f';

/** Everything at once that a name can try: escape sequences, lines, tags, formulas, marks, shells, other syntaxes. */
const hostile = [
  'web\u001b]0;owned\u0007\u001b[2J\u001b[31m',
  '\n=cmd()\r\n+cmd()\n- [x] passed\n# passed\n## container/fake\n| a | b |\n```\n',
  '<script>alert(1)</script><img src=x onerror=alert(1)>&lt;',
  '\u202egnp.exe\u2066\u200b\u2028',
  '$(touch /tmp/x) `id` ; rm -rf / & " \' \\ ${HOME} %s {{.}} ]]> --> ',
  '[link](javascript:alert(1)) @everyone #1 https://evil.example/',
  '\u0000\ud800',
].join('');

/** A container whose every text is hostile, with everything switched on that a control could object to. */
function hostileContainer(name: string): ContainerSpec {
  return containerFromInspect(
    inspected(name, {
      state: 'running',
      HostConfig: {
        Privileged: true,
        CapAdd: ['ALL', hostile],
        CapDrop: [hostile],
        SecurityOpt: [`seccomp=${hostile}`, `apparmor=${hostile}`, `label=${hostile}`],
        Binds: [`/${hostile}:/${hostile}`],
        Tmpfs: { [hostile]: hostile },
        NetworkMode: 'host',
        PidMode: hostile,
        IpcMode: 'host',
        UTSMode: 'host',
        UsernsMode: 'host',
        CgroupParent: hostile,
        Devices: [{ PathOnHost: hostile, PathInContainer: hostile, CgroupPermissions: hostile }],
        DeviceCgroupRules: [hostile],
        DeviceRequests: [{ Driver: hostile }],
        Sysctls: { [hostile]: hostile },
        Ulimits: [{ Name: hostile, Soft: -1, Hard: -1 }],
        PortBindings: { '80/tcp': [{ HostIp: hostile, HostPort: '80' }] },
        RestartPolicy: { Name: 'always', MaximumRetryCount: 0 },
        LogConfig: { Type: hostile, Config: { [hostile]: hostile } },
        MaskedPaths: [],
        ReadonlyPaths: [],
        OomKillDisable: true,
        Runtime: hostile,
      },
      Config: {
        Image: hostile,
        User: hostile,
        Cmd: [hostile, `--password=${secret}`],
        Entrypoint: [hostile],
        Env: [`PASSWORD=${secret}`, `${hostile}_TOKEN=${secret}`, hostile],
        ExposedPorts: { [hostile]: {} },
        Labels: {
          [hostile]: hostile,
          'com.docker.compose.project': hostile,
          'com.docker.compose.service': hostile,
          'com.docker.compose.project.config_files': `/${hostile}`,
        },
        Healthcheck: { Test: ['CMD', hostile] },
      },
      Mounts: [
        { Type: 'bind', Source: `/etc/${hostile}`, Destination: `/${hostile}`, RW: true, Propagation: 'shared' },
        { Type: 'bind', Source: '/var/run/docker.sock', Destination: `/${hostile}`, RW: true },
        { Type: 'volume', Name: hostile, Destination: hostile, Driver: hostile, RW: true },
      ],
    }),
  );
}

function hostileReport(language: Language): Report {
  const text = { en: hostile, zh: `中${hostile}` };
  const broken = unreadable('file', hostile, text, text);
  const owned = hostileContainer(hostile);
  const unowned = { ...hostileContainer('plain'), owner: { kind: 'none' } as const, changedPaths: broken };
  const info = readEngineInfo({ ...docker20Info, Name: hostile, SecurityOptions: [hostile], Warnings: [hostile] });
  const here = machine({
    engine: engine(
      { 'log-driver': hostile, 'userland-proxy': true, icc: true, 'log-opts': { [hostile]: hostile } },
      { info: known(info, 'engine-api', hostile), endpoint: `unix:///${hostile}`, units: broken, images: broken },
    ),
    containers: [owned, unowned],
  });
  const policy = resolvePolicy({
    waivers: [
      { control: 'container-not-*', subject: '*', reason: hostile, owner: hostile, until: '2027-01-31' },
      { control: 'container-pids-limit', subject: hostile, reason: hostile, owner: hostile, until: '2020-01-31' },
    ],
  });
  const subjects = subjectsOf(here);
  const started = new Date('2026-07-01T12:00:00Z');
  return assembleReport({
    version: '1.2.3',
    language,
    policy,
    machine: here,
    subjects,
    findings: judgeSubjects(subjects, { policy, now: started, machine: here }),
    coverage: coverageOf(here, [broken], subjects),
    started,
    finished: started,
  });
}

const variants = formats.flatMap((format) => languages.map((language) => [format, language] as const));

const reports = { en: hostileReport('en'), zh: hostileReport('zh') };

function render(format: Format, language: Language, color = false): Promise<string> {
  return renderReport(reports[language], { format }, { width: 80, color });
}

/** What a reader of Markdown acts on: not what stands in code. */
function outsideOfCode(markdown: string): string {
  const withoutBlocks = markdown.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
  return withoutBlocks.replaceAll(/(?<![`\\])(`+)(?!`)(?:.*?[^`])\1(?!`)|<code>.*?<\/code>/g, '');
}

describe.each(variants)('hostile names as %s in %s', (format, language) => {
  test('leave no character that a terminal, a browser or an editor would act on', async () => {
    const text = await render(format, language);
    expect(text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu)).toBeNull();
    expect(text).toContain('owned');
  });

  test('begin no line and no cell of their own', async () => {
    const text = await render(format, language);
    const lines = (format === 'markdown' ? outsideOfCode(text) : text).split('\n');
    // What stands four columns in goes on with the line above it.
    expect(
      lines.filter((line) => /^(?! {4})\W*(?:[=+]cmd\(|- \[x\]|#+ (?:passed|container\/fake))/.test(line)),
    ).toEqual([]);
    expect(text).not.toMatch(/(?:<t[dh][^>]*>|^\| |\| )[=+]cmd\(/m);
  });

  test('show no secret', async () => {
    expect(await render(format, language)).not.toContain(secret);
  });
});

test.each(languages)('a coloured terminal in %s has our own colours and nothing else', async (language) => {
  const text = await render('terminal', language, true);
  expect(text).toContain('\u001b[');
  expect(stripVTControlCharacters(text).match(/(?!\n)\p{Cc}/gu)).toBeNull();
});

test.each(languages)('a summary in %s is as safe as the whole', async (language) => {
  const text = await renderReport(
    reports[language],
    { format: 'terminal', summary: true },
    { width: 80, color: false },
  );
  expect(text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu)).toBeNull();
  expect(text).not.toMatch(/^\W*[=+]cmd\(/m);
});

test.each(['json', 'sarif'] as const)('%s is valid, and says the same name to every program', async (format) => {
  const text = await render(format, 'en');
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(JSON.stringify(JSON.parse(text))).toContain('owned');
});

test('JUnit is well-formed XML', async () => {
  expect(XMLValidator.validate(await render('junit', 'en'))).toBe(true);
});

test('HTML has our own script and no other, and no tag of theirs', async () => {
  const text = await render('html', 'en');
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).not.toMatch(/<img|<link|(?:src|href)="(?!#|https:\/\/)/);
});

test('Markdown has no tag, link or mention of theirs', async () => {
  const text = outsideOfCode(await render('markdown', 'en'));
  expect(text).not.toMatch(/<(?:script|img)/);
  expect(text).not.toMatch(/(?<!\\)\]\(javascript:|(?<!\w)@everyone/);
});
