import { defineControl, type Machine } from '../../model/control.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { evidenceOf, type Fact, known, mapFact } from '../../model/fact.ts';
import type { Accounts, HostFacts, SubordinateIds, SubordinateRange } from '../../model/host.ts';
import { byHand } from '../../model/remedy.ts';
import { joinTexts, type Text } from '../../model/text.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { remappedUser } from './remapped-user.ts';

/** Ids that an image may use: all of 16 bits. */
const needed = 65_536;

export const hostSubidRanges = defineControl({
  id: 'host-subid-ranges',
  subject: 'host',
  severity: 'medium',
  title: {
    en: 'Containers are given ids that nobody else on the host has',
    zh: '分配给容器的 ID 范围不与主机上的其他用户重叠',
  },
  why: {
    en: 'A process that leaves its container has the rights of whoever else has its id: another range that overlaps, or a real user whose id lies within. Too small a range keeps images from starting.',
    zh: '进程一旦逃出容器，就拥有与其 ID 相同者的权限：可能是重叠的另一范围，也可能是 ID 落在其中的真实用户。范围过小则会使镜像无法启动。',
  },
  how: {
    en: 'Asked where the engine remaps user ids or is rootless. The user that it uses must have at least 65,536 ids in both /etc/subuid and /etc/subgid, and none of them may be in the range of another user or belong to an account or a group.',
    zh: '仅在引擎启用用户 ID 重映射或为 rootless 时判断。其所用用户在 /etc/subuid 和 /etc/subgid 中都须有至少 65,536 个 ID，且不得与其他用户的范围重叠，也不得包含现有账户或组的 ID。',
  },
  references: {
    cisDocker: ['2.9'],
    nist800190: ['4.4.3'],
    links: ['https://docs.docker.com/engine/security/userns-remap/'],
  },
  counterexample: {
    subordinateIds: mapFact(exemplarHost.subordinateIds, ({ groups }) => ({
      users: [
        { owner: 'dockremap', start: 100_000, count: 65_536 },
        { owner: 'anna', start: 165_535, count: 65_536 },
      ],
      groups,
    })),
  },

  judge(host, { machine }) {
    const user = userOf(host, machine);
    if (!user.known) return unknownFrom(user);
    if (user.value === null) {
      return notApplicable(
        {
          en: 'The engine neither remaps user ids nor is rootless.',
          zh: '引擎既未启用用户 ID 重映射，也不是 rootless。',
        },
        user.path === '' ? [] : evidenceOf(user),
      );
    }
    const { subordinateIds, accounts } = host;
    if (!subordinateIds.known) return unknownFrom(subordinateIds);
    if (!accounts.known) return unknownFrom(accounts);
    const { faults, evidence } = examined(user.value, subordinateIds.value, accounts.value);
    const seen = [evidenceOf(user), ...evidence.map(([path, value]) => evidenceOf(subordinateIds, value, path))];
    if (faults.length > 0) {
      const { en, zh } = joinTexts(faults);
      return fail({ en: `${en}.`, zh: `${zh}。` }, seen);
    }
    return pass(
      {
        en: `${user.value} has ids of its own for containers.`,
        zh: `${user.value} 拥有供容器使用的独立 ID 范围。`,
      },
      seen,
    );
  },

  remedy(host, { machine }) {
    const user = userOf(host, machine);
    const name = user.known ? (user.value ?? 'dockremap') : 'dockremap';
    const [first, last] = freeRange(host);
    return byHand(
      {
        en: 'Give the user ids of its own, take ranges that overlap away, and restart the engine. What containers have written keeps its old ids and must be given to the new ones.',
        zh: '为该用户分配独立的 ID 范围，去掉重叠的范围，然后重启引擎。容器已写入的文件仍属旧 ID，须改为新 ID。',
      },
      [`usermod --add-subuids ${first}-${last} --add-subgids ${first}-${last} ${name}`],
    );
  },
});

function userOf(host: HostFacts, machine: Machine | undefined): Fact<string | null> {
  return machine ? remappedUser(machine.engine, host) : known(null, 'engine-api', '');
}

interface Examined {
  readonly faults: readonly Text[];
  readonly evidence: readonly (readonly [path: string, value: string[]])[];
}

function examined(user: string, { users, groups }: SubordinateIds, accounts: Accounts): Examined {
  const account = accounts.users.find(({ name, uid }) => name === user || String(uid) === user);
  const isOwn = ({ owner }: SubordinateRange) => [user, account?.name, String(account?.uid)].includes(owner);
  const files = [
    { path: '/etc/subuid', ranges: users, taken: accounts.users.map(({ name, uid: id }) => ({ name, id })) },
    { path: '/etc/subgid', ranges: groups, taken: accounts.groups.map(({ name, gid: id }) => ({ name, id })) },
  ];
  const faults = files.flatMap(({ path, ranges, taken }): Text[] => {
    const own = ranges.filter(isOwn);
    const count = own.reduce((sum, range) => sum + range.count, 0);
    if (count < needed) {
      return [
        {
          en: `The user ${user} has ${count} of ${needed} ids in ${path}`,
          zh: `${user} 在 ${path} 中只有 ${count} 个 ID，应有 ${needed} 个`,
        },
      ];
    }
    const others = ranges.filter((range) => !isOwn(range) && own.some((each) => overlap(each, range)));
    const within = taken.filter(({ id }) => own.some((range) => overlap(range, { start: id, count: 1 })));
    const names = [...new Set([...others.map(({ owner }) => owner), ...within.map(({ name }) => name)])];
    if (names.length === 0) return [];
    return [
      {
        en: `The ids of ${user} in ${path} are also those of ${names.join(', ')}`,
        zh: `${path} 中 ${user} 的 ID 也属于 ${names.join('、')}`,
      },
    ];
  });
  return {
    faults,
    evidence: files.map(({ path, ranges }) => [
      path,
      ranges
        .filter((range) => isOwn(range) || ranges.some((each) => isOwn(each) && overlap(each, range)))
        .map(({ owner, start, count }) => `${owner}:${start}:${count}`),
    ]),
  };
}

type Span = Pick<SubordinateRange, 'start' | 'count'>;

function overlap(one: Span, other: Span): boolean {
  return one.start < other.start + other.count && other.start < one.start + one.count;
}

/** The first range of the usual size that is free, from where distributions begin. */
function freeRange({ subordinateIds, accounts }: HostFacts): readonly [first: number, last: number] {
  const given = subordinateIds.known ? [...subordinateIds.value.users, ...subordinateIds.value.groups] : [];
  const { users = [], groups = [] } = accounts.known ? accounts.value : {};
  const ids = [...users.map(({ uid }) => uid), ...groups.map(({ gid }) => gid)];
  const taken = [...given, ...ids.map((start) => ({ start, count: 1 }))].toSorted(
    (one, other) => one.start - other.start,
  );
  const first = taken.reduce(
    (free, span) => (overlap(span, { start: free, count: needed }) ? span.start + span.count : free),
    100_000,
  );
  return [first, first + needed - 1];
}
