import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { plainContainer } from '../test/engine/subjects.ts';
import { buildImageTree } from '../test/engine/image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from '../test/engine/private-engine.ts';

/*
 * How long an audit takes, as a whole process, beside a process that only asks the engine the same questions (the
 * limit) and docker-bench-security (the peer), on the same engine in the same run:
 *
 *   npm run bench -- --docker-bench PATH    PATH is a checkout of docker-bench-security
 *   npm run bench -- --data-folder FOLDER   also with the advisories that are there
 *   npm run bench -- --small                fewer containers and runs, for CI
 */

const { values } = parseArgs({
  options: {
    'docker-bench': { type: 'string' },
    'data-folder': { type: 'string' },
    small: { type: 'boolean', default: false },
  },
});
const program = join(import.meta.dirname, '..', 'bin', 'plimsoll.js');
const bareSnapshot = join(import.meta.dirname, 'bare-snapshot.js');
const sizes = values.small ? [5] : [5, 15, 50];
const runs = values.small ? 3 : 11;

/** What an engine goes on doing for a while after it has started containers must not be measured, milliseconds. */
const settling = values.small ? 1000 : 10_000;

const reason = whyNoEngine();
const dockerBench = values['docker-bench'];
const dataFolder = values['data-folder'];
say(`Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()}), median of ${runs} runs`);
report('plimsoll --version', measure(['--version']));
if (reason) say(`skipped: ${reason}`);
else await benchAudits();

async function benchAudits(): Promise<void> {
  if (dockerBench === undefined) say('docker-bench-security: not compared, no checkout given (--docker-bench PATH)');
  else if (!existsSync(join(dockerBench, 'docker-bench-security.sh'))) {
    say(`docker-bench-security: not compared, ${dockerBench} is no checkout of it`);
  }
  const engine = await startPrivateEngine();
  try {
    await engine.importImage('web:1', buildImageTree(join(engine.folder, 'tree')));
    let present = 0;
    for (const size of sizes) {
      for (; present < size; present += 1) await engine.container(`bench-${present}`, plainContainer.body, true);
      await pause(settling);
      report(`bare snapshot, ${size} containers (the limit)`, measure([engine.host], bareSnapshot));
      const ours = measure(['audit', '--host', engine.host, '--format', 'json']);
      report(`plimsoll audit, ${size} containers`, ours);
      if (dataFolder !== undefined) {
        const withAdvisories = ['audit', '--host', engine.host, '--format', 'json', '--data-folder', dataFolder];
        report(`plimsoll audit with advisories, ${size} containers`, measure(withAdvisories));
      }
      report(
        `plimsoll fix, a plan for ${size} containers`,
        measure(['fix', '--host', engine.host, '--format', 'json']),
      );
      benchPeer(engine, size, ours);
    }
  } finally {
    await engine.stop();
  }
}

/** The peer once: it takes too long to take a median of. */
function benchPeer(engine: PrivateEngine, size: number, ours: Figures): void {
  if (dockerBench === undefined || !existsSync(join(dockerBench, 'docker-bench-security.sh'))) return;
  const started = performance.now();
  spawnSync('sh', ['docker-bench-security.sh', '-b', '-l', '/dev/null'], {
    cwd: dockerBench,
    env: { ...process.env, DOCKER_HOST: engine.host },
    stdio: 'ignore',
  });
  const took = performance.now() - started;
  say(
    `docker-bench-security, ${size} containers: ${(took / 1000).toFixed(1)} s, ${Math.round(took / ours.wall)} times ours`,
  );
}

interface Figures {
  /** Milliseconds, median and fastest. */
  readonly wall: number;
  readonly fastest: number;
  /** Most memory that any run held, MiB. */
  readonly memory: number;
}

/** Whole processes, one after the other; the first, which fills the compile cache, does not count. */
function measure(options: readonly string[], script = program): Figures {
  runOnce(options, script);
  const walls = Array.from({ length: runs }, () => runOnce(options, script)).toSorted((left, right) => left - right);
  return {
    wall: walls[Math.floor(walls.length / 2)] ?? 0,
    fastest: walls[0] ?? 0,
    memory: peakMemory(options, script),
  };
}

function runOnce(options: readonly string[], script: string): number {
  const started = performance.now();
  execFileSync(process.execPath, [script, ...options], { stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: 2 ** 28 });
  return performance.now() - started;
}

/** In a run of its own, so that asking costs the others nothing. */
function peakMemory(options: readonly string[], script: string): number {
  const hook = 'process.on("exit",()=>process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`))';
  const { stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${hook}`, script, ...options], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024;
}

function report(name: string, { wall, fastest, memory }: Figures): void {
  say(`${name}: ${wall.toFixed(0)} ms (fastest ${fastest.toFixed(0)}), ${memory.toFixed(0)} MiB`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
