import { PlimsollError } from '../model/error.ts';
import { exitCodeOf, type ExitCode } from '../judge/gate.ts';
import type { Comparison } from '../model/comparison.ts';
import type { FixRecord, RecordedAction } from '../model/fix-report.ts';
import type { Plan } from '../model/plan.ts';
import type { Language, Text } from '../model/text.ts';
import type { Tolerance } from '../model/tolerance.ts';
import { openEngineControl } from '../fix/engine-control.ts';
import { defaultStateFolder, hasJournal } from '../fix/journal.ts';
import { isKept } from '../fix/made-by-fix.ts';
import { planContext } from '../fix/plan-context.ts';
import { planFixes } from '../fix/plan.ts';
import { compareReports } from '../report/comparison.ts';
import { type Format, renderReport } from '../report/formats.ts';
import { assemblePlan } from '../report/plan-document.ts';
import { renderPlan, requirePlanFormat } from '../report/plan/render.ts';
import { refuseContradictions } from './fix-contradictions.ts';
import type { ExportFormat } from './export-formats.ts';
import { describeFailure } from './failure.ts';
import { type Choice, chosenFailures } from './fix-choice.ts';
import { describeHistory, interruptedRun } from './fix-history.ts';
import { applyPlan, type FixSession, forget, type Outcome, undo } from './fix-session.ts';
import type { EngineOptions } from './engine-address.ts';
import { type Look, lookAt, reportOn, resolveSetting } from './machine-audit.ts';
import { colorWanted, terminalWidth } from './options.ts';
import { version } from './version.ts';
import { writeDocument } from './write.ts';

export interface FixOptions extends EngineOptions, Omit<Choice, 'control'> {
  readonly format: Format;
  readonly apply?: boolean;
  /** The id of a fix, or `last`. */
  readonly undo?: string;
  /** The id of a fix that was interrupted, and that somebody has put right by hand. */
  readonly forget?: string;
  readonly history?: boolean;
  readonly export?: ExportFormat;
  readonly disruption: Tolerance;
  readonly allowRemoval?: boolean;
  /** The folder that the journal is in. */
  readonly state?: string;
}

type Session = FixSession<FixOptions>;

/** `plimsoll fix`: plans what would mend the audit's failures; with `--apply` does it, proves it, and can take it back. */
export async function fix(options: FixOptions, localeLanguage: Language): Promise<ExitCode> {
  refuseContradictions(options);
  const state = options.state ?? defaultStateFolder;
  if (options.history) {
    const text = describeHistory(state, options.format === 'json', options.lang ?? localeLanguage);
    await writeDocument(text, options.output);
    return 0;
  }
  if (options.forget !== undefined) {
    if (!hasJournal(state)) throw noFixes(state);
    forget(options.forget, state);
    return 0;
  }
  if (options.undo !== undefined && !hasJournal(state)) throw noFixes(state);
  const setting = await resolveSetting(options, localeLanguage);
  const { language } = setting;
  const engine = await openEngineControl(setting.address);
  const say = (text: Text) => {
    if (!options.quiet) process.stderr.write(`${text[language]}\n`);
  };
  const session: Session = { setting, options, state, engine, say };
  try {
    if (options.undo !== undefined) return await reportOutcome(await undo(options.undo, session), session);
    if (!options.apply) return await showPlan(session);
    const outcome = await applyPlan(planFor, session);
    return await reportOutcome(outcome, session);
  } finally {
    engine.close();
  }
}

/** What would be done about what a look at the machine found. */
async function planFor(look: Look, { options, engine, setting }: Session): Promise<Plan> {
  const failures = chosenFailures(look, options);
  // With nothing of it looked at, that there is nothing to do would be no news, and good news least of all.
  if (look.engineError && failures.length === 0) throw look.engineError;
  if (look.engineError) process.stderr.write(describeFailure(look.engineError, setting.language));
  const context = planContext(look.machine, engine, options.allowRemoval ?? false);
  return planFixes(failures, context, { tolerance: options.disruption });
}

async function showPlan(session: Session): Promise<ExitCode> {
  const { setting, options, state, say } = session;
  if (options.export === undefined) requirePlanFormat(options.format);
  const look = await lookAt(setting, { ...options, brief: true });
  const plan = await planFor(look, session);
  const interrupted = interruptedRun(state);
  if (interrupted !== undefined) say(halfDone(interrupted));
  await writeDocument(await planText(plan, session), options.output);
  return options.strict && look.engineError ? 3 : 0;
}

async function planText(plan: Plan, { options, setting: { language } }: Session): Promise<string> {
  if (options.export !== undefined) {
    const { exportPlan } = await import('../fix/exports/export-plan.ts');
    return exportPlan(plan, options.export, language);
  }
  const document = assemblePlan(plan, { version, language, created: new Date() });
  return renderPlan(document, { format: options.format, width: terminalWidth(), color: colorWanted(options) });
}

/** The report on the machine as it is now, with what was done and what has become different. */
async function reportOutcome(outcome: Outcome, session: Session): Promise<ExitCode> {
  const { setting, options } = session;
  const after = reportOn(outcome.after, setting);
  const comparison = withoutKept(compareReports(reportOn(outcome.before, setting), after), outcome);
  const report = { ...after, comparison, fix: recordOf(outcome, session) };
  const terminal = { width: terminalWidth(), color: colorWanted(options) };
  const rendered = await renderReport(
    report,
    { format: options.format, summary: options.format === 'terminal' },
    terminal,
  );
  await writeDocument(rendered, options.output);
  const code = exitCodeOf(report, { failOn: options.failOn ?? setting.configuration.failOn, strict: options.strict });
  const failed = outcome.results.some(
    ({ state }) => state === 'failed' || (outcome.kind === 'undo' && state === 'done'),
  );
  return failed && code === 0 ? 1 : code;
}

function recordOf({ kind, run, results, started }: Outcome, { setting: { language } }: Session): FixRecord {
  const plan = { actions: results.map(({ action }) => action), refused: [] };
  const { actions } = assemblePlan(plan, { version, language, created: started });
  return {
    id: run.id,
    kind,
    who: run.who,
    started: started.toISOString(),
    finished: new Date().toISOString(),
    actions: actions.map(({ order, final: _final, ...action }): RecordedAction => {
      const result = results[order - 1];
      return {
        ...action,
        state: (result?.state ?? 'planned') as RecordedAction['state'],
        reason: result?.reason?.[language] ?? null,
      };
    }),
  };
}

/** Containers that are kept, stopped, so that the fix can be undone: their failures are no news. */
function withoutKept(comparison: Comparison, { after }: Outcome): Comparison {
  const kept = new Set(after.machine.containers.filter(isKept).map(({ name }) => `container/${name}`));
  return { ...comparison, new: comparison.new.filter(({ subject }) => !kept.has(subject)) };
}

/** Whoever takes back or forgets has nothing to do here; to look must not make a journal. */
function noFixes(state: string): PlimsollError {
  return new PlimsollError(
    'usage',
    { en: `there is no fix in ${state}`, zh: `${state} 中没有修复记录` },
    { en: 'Name the folder of its journal with --state.', zh: '请用 --state 指定日志所在的文件夹。' },
  );
}

function halfDone(id: string): Text {
  return {
    en: `notice: fix ${id} was interrupted; the next --apply or --undo first takes back what it left half done`,
    zh: `注意：修复 ${id} 曾被中断；下次 --apply 或 --undo 会先撤回其未完成的更改`,
  };
}
