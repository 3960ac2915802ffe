import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long dockerd may take to read a file, milliseconds. */
const patience = 10_000;

/**
 * What dockerd itself says against a daemon.json (`dockerd --validate`, 23.0 and later), in its own words; undefined
 * where it has nothing against it, or cannot say. It looks at keys and values, not at the flags that it is started with.
 */
export async function validateWithEngine(program: string, text: string): Promise<string | undefined> {
  const folder = temporaryFolder();
  if (folder === undefined) return undefined;
  try {
    const file = join(folder, 'daemon.json');
    writeFileSync(file, text, { mode: 0o600 });
    const { failed, output } = await run(program, ['--validate', '--config-file', file]);
    const complaint = output.replaceAll(file, 'daemon.json').trim();
    if (!failed || complaint === '' || /unknown flag: --validate/.test(complaint)) return undefined;
    return complaint;
  } catch {
    // A full disk keeps nobody from planning.
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Root's alone; undefined where nothing can be written. */
function temporaryFolder(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), 'plimsoll-'));
  } catch {
    return undefined;
  }
}

interface Outcome {
  /** It ran, and ended with a status other than 0. */
  readonly failed: boolean;
  readonly output: string;
}

function run(program: string, options: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, options, { timeout: patience }, (error, _output, messages) => {
      resolve({ failed: typeof error?.code === 'number', output: messages });
    });
  });
}
