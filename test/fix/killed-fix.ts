import { applyRun, undoRun } from '../../src/fix/apply.ts';
import { begin, onlyRun, smallPlan, smallWorkshop } from './small-fix.ts';

/*
 * Applies or undoes the small fix in a folder, and is killed at the place of that number, as a loss of power would:
 *
 *   node test/fix/killed-fix.ts FOLDER apply|undo NUMBER
 */
const [, , folder = '', what, number] = process.argv;
let passed = 0;
const workshop = smallWorkshop(folder, () => {
  passed += 1;
  if (passed === Number(number)) process.kill(process.pid, 'SIGKILL');
});
if (what === 'undo') await undoRun(onlyRun(workshop), workshop);
else await applyRun(begin(workshop, smallPlan(folder)), workshop);
workshop.journal.close();
process.stdout.write(String(passed));
