import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { manifest } from './manifest.ts';

/*
 * How long a check of files takes, as a whole process, beside parsing the same YAML and nothing else (the limit) and
 * Trivy's `config` (the peer), in the same run:
 *
 *   npm run bench:check -- --trivy PATH    PATH is the program
 *   npm run bench:check -- --small         fewer manifests and runs, for CI
 */

const { values } = parseArgs({
  options: { trivy: { type: 'string' }, small: { type: 'boolean', default: false } },
});
const program = join(import.meta.dirname, '..', 'bin', 'plimsoll.js');
const onlyParse = join(import.meta.dirname, 'only-parse.js');
const count = values.small ? 100 : 1000;
const runs = values.small ? 3 : 5;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));

try {
  const manifests = join(folder, 'manifests');
  mkdirSync(manifests);
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const text = manifest(index);
    bytes += text.length;
    writeFileSync(join(manifests, `${index}.yaml`), text);
  }
  const single = join(folder, 'Dockerfile');
  writeFileSync(
    single,
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nCOPY . /app\nCMD ["/app/run"]\n',
  );
  say(`Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()}), median of ${runs} runs`);
  say(`${count} manifests, ${(bytes / 1024 ** 2).toFixed(1)} MiB`);
  report('only parsing the YAML (the limit)', measure(onlyParse, [manifests]));
  report('plimsoll check, compact', measure(program, ['check', manifests, '--quiet', '--format', 'compact']));
  report('plimsoll check, terminal', measure(program, ['check', manifests, '--quiet']));
  report('plimsoll check, one Dockerfile', measure(program, ['check', single, '--quiet']));
  benchPeer(manifests, single);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The peer once a subject: it takes too long to take a median of. */
function benchPeer(manifests: string, single: string): void {
  if (values.trivy === undefined) return say('trivy: not compared, no program given (--trivy PATH)');
  if (!existsSync(values.trivy)) return say(`trivy: not compared, there is no ${values.trivy}`);
  for (const target of [manifests, single]) {
    const started = performance.now();
    spawnSync(values.trivy, ['config', '--quiet', '--skip-check-update', target], { stdio: 'ignore' });
    say(
      `trivy config ${target === single ? 'one Dockerfile' : 'the manifests'}: ${Math.round(performance.now() - started)} ms`,
    );
  }
}

interface Figures {
  /** Milliseconds. */
  readonly times: readonly number[];
  /** The largest that the process grew, MiB. */
  readonly memory: number;
}

/** Runs a script of ours again and again, the first time to fill caches. */
function measure(script: string, options: readonly string[]): Figures {
  const times: number[] = [];
  for (let run = -1; run < runs; run += 1) {
    const started = performance.now();
    spawnSync(process.execPath, [script, ...options], { stdio: 'ignore' });
    if (run >= 0) times.push(performance.now() - started);
  }
  return { times: times.toSorted((left, right) => left - right), memory: memoryOf(script, options) };
}

/** MiB, as the process itself knows it at its end. */
function memoryOf(script: string, options: readonly string[]): number {
  const hook = `process.on('exit', () => process.stderr.write('RSS ' + process.resourceUsage().maxRSS))`;
  const flag = `data:text/javascript,${encodeURIComponent(hook)}`;
  const { stderr } = spawnSync(process.execPath, ['--import', flag, script, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return Math.round(Number(/RSS (\d+)/.exec(stderr)?.[1] ?? 0) / 1024);
}

function report(what: string, { times, memory }: Figures): void {
  const median = times[Math.floor(times.length / 2)] ?? 0;
  say(`${what}: ${Math.round(median)} ms (fastest ${Math.round(times[0] ?? 0)}), ${memory} MiB`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
