import { startFakeEngine } from '../fake-engine.ts';

/*
 * A fake engine as a process of its own, so that its command line is an engine's: `--config-file=…`. It says where it
 * listens, and ends with the process that started it.
 */
const engine = await startFakeEngine();
process.stdout.write(`${engine.host}\n`);
process.stdin.on('end', () => void engine.close()).resume();
