import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface EngineProcess extends AsyncDisposable {
  /** As for `--host`. */
  readonly host: string;
  /** Ends it so suddenly that its socket stays behind. */
  kill(): Promise<void>;
}

/** Starts a fake engine in another process, with these arguments on its command line. */
export async function startEngineProcess(...argumentsList: readonly string[]): Promise<EngineProcess> {
  const program = fileURLToPath(new URL('engine-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...argumentsList], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    host: line.toString().trim(),
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await closed;
    },
  };
}
