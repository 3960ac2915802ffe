import { otherMetrics, readMetrics } from './metrics.ts';

const impactLevels = { H: 0, L: 1, N: 2 };

/** How many steps a value is below the worst one. */
const table = {
  base: {
    AV: { N: 0, A: 1, L: 2, P: 3 },
    AC: { L: 0, H: 1 },
    AT: { N: 0, P: 1 },
    PR: { N: 0, L: 1, H: 2 },
    UI: { N: 0, P: 1, A: 2 },
    VC: impactLevels,
    VI: impactLevels,
    VA: impactLevels,
    SC: impactLevels,
    SI: impactLevels,
    SA: impactLevels,
  },
  other: otherMetrics({
    E: 'X A P U',
    CR: 'X H M L',
    IR: 'X H M L',
    AR: 'X H M L',
    MAV: 'X N A L P',
    MAC: 'X L H',
    MAT: 'X N P',
    MPR: 'X N L H',
    MUI: 'X N P A',
    MVC: 'X H L N',
    MVI: 'X H L N',
    MVA: 'X H L N',
    MSC: 'X H L N',
    MSI: 'X S H L N',
    MSA: 'X S H L N',
    S: 'X N P',
    AU: 'X N Y',
    R: 'X A U I',
    V: 'X D C',
    RE: 'X L M H',
    U: 'X Clear Green Amber Red',
  }),
};

type Metrics = Readonly<Record<keyof typeof table.base, number>>;

/** The sets of metrics by which the specification makes classes: EQ1, EQ2, EQ3 with EQ6, EQ4. */
const sets = ['access', 'effort', 'impact', 'further'] as const;
type BySet<Value> = Readonly<Record<(typeof sets)[number], Value>>;

/** A class of vectors that are about as bad, as far as one set of metrics goes. */
interface Class {
  /** Where it stands in the table of scores. */
  readonly place: number;
  /** Places of the classes next below; of several the worst counts. The lowest class has none. */
  readonly below: readonly number[];
  /** Levels of its worst vectors, added up. Where there are several, all have the same sum. */
  readonly worst: number;
  /** Steps that it is deep. */
  readonly depth: number;
}

/** EQ1, by what it takes to get at the weakness. */
const accessClasses = {
  open: { place: 0, below: [1], worst: 0, depth: 1 },
  partly: { place: 1, below: [2], worst: 1, depth: 4 },
  closed: { place: 2, below: [], worst: 3, depth: 5 },
} satisfies Record<string, Class>;

/** EQ2, by what it takes besides. */
const effortClasses = {
  none: { place: 0, below: [1], worst: 0, depth: 1 },
  some: { place: 1, below: [], worst: 1, depth: 2 },
} satisfies Record<string, Class>;

/** EQ3 and EQ6, by what happens to the system itself: of the places 0 to 4, base vectors have no part in `01` and `11`, which are 1 and 3. */
const impactClasses = {
  full: { place: 0, below: [1, 2], worst: 0, depth: 7 },
  high: { place: 2, below: [3], worst: 1, depth: 8 },
  mild: { place: 4, below: [], worst: 3, depth: 10 },
} satisfies Record<string, Class>;

/** EQ4, by what happens to other systems: its first class is about safety, of which base metrics say nothing. */
const furtherClasses = {
  high: { place: 0, below: [1], worst: 0, depth: 5 },
  mild: { place: 1, below: [], worst: 3, depth: 4 },
} satisfies Record<string, Class>;

/** Each depth divides it, so that shares of a class are whole numbers: what is exactly a half cannot be told with floating point. */
const wholeClass = 280;

/*
 * As much of the specification's table of macro vectors as base scores need, in tenths: nothing is said of threats (EQ5 is 0), and all
 * requirements are high. A row for each place of access and effort; in it two numbers for each place of impact.
 */
const scores: readonly number[] = [
  [100, 93, 96, 90, 93, 88, 92, 80, 79, 69],
  [95, 92, 91, 81, 92, 84, 82, 70, 71, 63],
  [94, 87, 89, 75, 86, 72, 76, 57, 65, 53],
  [90, 77, 77, 66, 74, 61, 59, 52, 58, 23],
  [86, 70, 74, 54, 72, 53, 57, 36, 47, 24],
  [73, 54, 55, 43, 61, 46, 51, 18, 24, 10],
].flat();

/**
 * The score of the base metrics alone (CVSS-B), 0 to 10, of a vector of CVSS 4.0 without its beginning:
 * `AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N`. Halves of a tenth are rounded up, as the reference calculator does since
 * 2024. https://www.first.org/cvss/v4.0/specification-document#CVSS-v4-0-Scoring
 *
 * @returns `undefined` where it is not well formed
 */
export function baseScoreOfVersion4(written: string): number | undefined {
  const metrics = readMetrics(written, table);
  if (!metrics) return undefined;
  const { AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA } = metrics;
  if ([VC, VI, VA, SC, SI, SA].every((level) => level === impactLevels.N)) return 0;
  const classes = classesOf(metrics);
  const levels: BySet<number> = { access: AV + PR + UI, effort: AC + AT, impact: VC + VI + VA, further: SC + SI + SA };
  const own = scoreOf(classes);
  let lost = 0;
  // One is of threats: there is a class below as well, and no way down to it.
  let ways = 1;
  for (const set of sets) {
    const { below, worst, depth } = classes[set];
    if (below.length === 0) continue;
    const next = Math.max(...below.map((place) => scoreOf({ ...classes, [set]: { place } })));
    lost += (own - next) * (levels[set] - worst) * (wholeClass / depth);
    ways += 1;
  }
  const whole = wholeClass * ways;
  return Math.round((own * whole - lost) / whole) / 10;
}

function classesOf({ AV, AC, AT, PR, UI, VC, VI, VA, SC, SI, SA }: Metrics): BySet<Class> {
  const access = [AV, PR, UI];
  const isPartlyOpen = access.includes(0) && AV !== table.base.AV.P;
  const isMild = ![VC, VI, VA].includes(impactLevels.H);
  return {
    access: access.every((level) => level === 0)
      ? accessClasses.open
      : isPartlyOpen
        ? accessClasses.partly
        : accessClasses.closed,
    effort: AC + AT === 0 ? effortClasses.none : effortClasses.some,
    impact: VC + VI === 0 ? impactClasses.full : isMild ? impactClasses.mild : impactClasses.high,
    further: [SC, SI, SA].includes(impactLevels.H) ? furtherClasses.high : furtherClasses.mild,
  };
}

/** In tenths. */
function scoreOf({ access, effort, impact, further }: BySet<Pick<Class, 'place'>>): number {
  return scores[((access.place * 2 + effort.place) * 5 + impact.place) * 2 + further.place] ?? 0;
}
