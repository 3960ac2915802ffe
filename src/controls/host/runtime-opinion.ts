import type { Evidence } from '../../model/fact.ts';
import { countsAsVulnerable } from '../../model/counted-vulnerability.ts';
import type { HostComponent } from '../../model/host-component.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Text } from '../../model/text.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';
import {
  askedEvidence,
  calledText,
  doubtAbout,
  flawedAmong,
  type FlawedComponent,
  flawedTexts,
  flawEvidence,
  unratedFlaws,
} from '../component-flaws.ts';
import { listed } from '../container/listing.ts';
import type { RuntimeFlaw } from './runtime-flaws.ts';

/** The version of a program that an engine reports, held against the list of ways out of a container. */
export interface ReportedRuntime {
  /** `runc 1.1.12`. */
  readonly name: string;
  /** Somebody may have mended it under the same number. */
  readonly isPackaged: boolean;
  /** Those that its number has. */
  readonly flaws: readonly RuntimeFlaw[];
}

/** What is to be said of one program that starts containers. */
export type RuntimeOpinion =
  | { readonly kind: 'flawed'; readonly texts: readonly Text[]; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'unknown'; readonly verdict: Verdict }
  | { readonly kind: 'clean'; readonly name: string; readonly evidence: readonly Evidence[] };

/**
 * By the number that the engine reports, and by what advisories say of the program on the disk. Of what a distribution built only its advisories
 * know what is mended; where they cannot be had, a number that is high enough still passes.
 */
export function opinionOn(
  reported: ReportedRuntime | undefined,
  components: readonly HostComponent[],
  parameters: Readonly<Record<string, JsonValue>>,
): RuntimeOpinion | undefined {
  const own = components.find(({ judgedBy }) => judgedBy === 'distribution');
  const isPackaged = own !== undefined || reported?.isPackaged === true;
  const byNumber = reported?.flaws ?? [];
  const certain = isPackaged ? byNumber.filter((flaw) => isToldOf(flaw, own)) : byNumber;
  const judged = components.filter(isJudged(isPackaged));
  const flawed = withoutListed(flawedAmong(judged, parameters), certain);
  if (certain.length > 0 || flawed.length > 0) {
    return {
      kind: 'flawed',
      texts: [...certain.map((flaw) => listedText(reported?.name ?? '', flaw)), ...flawedTexts(flawed)],
      evidence: flawEvidence(flawed),
    };
  }
  if (own?.flaws.known) {
    const doubt = doubtAbout(own);
    return doubt ? { kind: 'unknown', verdict: doubt } : cleanBy(own);
  }
  if (reported) {
    if (isPackaged && byNumber.length > 0) return { kind: 'unknown', verdict: cannotTell(reported, own) };
    const unrated = judged.map(unratedFlaws).find((each) => each !== undefined);
    return unrated ? { kind: 'unknown', verdict: unrated } : { kind: 'clean', name: reported.name, evidence: [] };
  }
  const [other] = components;
  if (!other) return undefined;
  const doubt = doubtAbout(other);
  return doubt ? { kind: 'unknown', verdict: doubt } : cleanBy(other);
}

function cleanBy(component: HostComponent): RuntimeOpinion {
  return { kind: 'clean', name: calledText(component), evidence: askedEvidence(component) };
}

/** The number that the engine reports tells nothing of what somebody else built. */
function isJudged(isPackaged: boolean): (component: HostComponent) => boolean {
  return ({ judgedBy }) => judgedBy !== 'engine' || !isPackaged;
}

/** Whether the distribution's advisories say that its package still has it, mended elsewhere or not. */
function isToldOf({ ids }: RuntimeFlaw, own: HostComponent | undefined): boolean {
  if (!own?.flaws.known) return false;
  return own.flaws.value.found.some(
    (each) => countsAsVulnerable(each) && [each.id, ...each.aliases].some((name) => ids.includes(name)),
  );
}

function withoutListed(flawed: readonly FlawedComponent[], said: readonly RuntimeFlaw[]): readonly FlawedComponent[] {
  const ids = new Set(said.flatMap((each) => each.ids));
  return flawed
    .map(({ component, flaws }) => ({ component, flaws: flaws.filter(({ id }) => !ids.has(id)) }))
    .filter(({ flaws }) => flaws.length > 0);
}

function listedText(name: string, { ids, about }: RuntimeFlaw): Text {
  const names = listed(ids);
  return { en: `${name} has ${names.en} (${about.en})`, zh: `${name} 存在 ${names.zh}（${about.zh}）` };
}

function cannotTell({ name, flaws }: ReportedRuntime, own: HostComponent | undefined): Verdict {
  const names = listed(flaws.flatMap(({ ids }) => ids));
  return unknown(
    {
      en: `${name} was built by a distribution; whether it has the fixes of ${names.en} cannot be told from the number.`,
      zh: `${name} 由发行版构建；无法从版本号得知是否包含 ${names.zh} 的修复。`,
    },
    own && !own.flaws.known ? own.flaws.need : lookThemUp,
  );
}

const lookThemUp: Text = {
  en: 'look for these numbers in the changelog of the package (apt changelog, rpm -q --changelog) or in the security tracker of the distribution',
  zh: '在软件包变更记录（apt changelog、rpm -q --changelog）或发行版安全公告中查找这些编号',
};
