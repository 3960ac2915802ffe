import { type Instruction, instructionsOf, type Stage, stageNamed, type Word } from '../../../model/dockerfile.ts';
import type { Span } from '../../../model/source-text.ts';
import { type Complaint, complaints } from '../../../syntax/dockerfile/complaints.ts';

interface Reference {
  readonly name: string;
  readonly span: Span;
}

/** What copies from a stage that is not there, or from one that needs the stage itself. A later stage is no mistake. */
export function badReferences(stages: readonly Stage[]): Complaint[] {
  const needs = stages.map((stage) => referencesIn(stage.instructions));
  const named = needs.map((references) => references.map(({ name }) => stageNamed({ stages }, name)));
  const missing = needs.flat().flatMap(({ name, span }): Complaint[] => {
    const isNumber = /^\d+$/.test(name) && !stageNamed({ stages }, name);
    return isNumber ? [{ message: complaints.noStageNumber(name), span }] : [];
  });
  const edges = stages.map(({ base }, index) => [
    ...(base.kind === 'stage' ? [base.stage.index] : []),
    ...(named[index] ?? []).flatMap((stage) => (stage ? [stage.index] : [])),
  ]);
  const circles = circlesOf(edges);
  const circular = needs.flatMap((references, index) =>
    references.flatMap(({ name, span }, place): Complaint[] => {
      const stage = named[index]?.[place];
      const closes = stage && circles[index] !== undefined && circles[index] === circles[stage.index];
      return closes ? [{ message: complaints.circle(name), span }] : [];
    }),
  );
  return [...missing, ...circular];
}

function referencesIn(instructions: readonly Instruction[]): Reference[] {
  return [
    ...instructionsOf(instructions, ['copy']).flatMap(({ from }) => (from ? referenceOf(from) : [])),
    ...instructionsOf(instructions, ['run']).flatMap(({ mounts, flags }) => {
      const written = flags.filter(({ name }) => name === 'mount');
      return mounts.flatMap(({ from }, index) => {
        const span = written[index]?.span;
        return from !== undefined && span ? [{ name: from, span }] : [];
      });
    }),
  ];
}

function referenceOf({ value, span }: Word): Reference[] {
  return value === undefined ? [] : [{ name: value, span }];
}

/**
 * For each stage the circle that it is part of: the number of the stage in it that was met first; `undefined` where it
 * is in none. Tarjan's way to strongly connected components, without recursion: a file may have thousands of stages.
 */
function circlesOf(edges: readonly (readonly number[])[]): (number | undefined)[] {
  const order: (number | undefined)[] = [];
  const lowest: number[] = [];
  const open: number[] = [];
  const isOpen = new Set<number>();
  const circles: (number | undefined)[] = edges.map(() => undefined);
  let count = 0;
  for (const root of edges.keys()) {
    const path = order[root] === undefined ? [{ node: root, next: 0 }] : [];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top;
      if (top.next === 0) {
        order[node] = count;
        lowest[node] = count;
        count += 1;
        open.push(node);
        isOpen.add(node);
      }
      const target = edges[node]?.[top.next];
      top.next += 1;
      if (target !== undefined) {
        if (order[target] === undefined) path.push({ node: target, next: 0 });
        else if (isOpen.has(target)) lowest[node] = Math.min(lowest[node] ?? 0, order[target]);
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.node;
      if (parent !== undefined) lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
      if (lowest[node] !== order[node]) continue;
      const members = open.splice(open.lastIndexOf(node));
      for (const member of members) {
        isOpen.delete(member);
        if (members.length > 1 || edges[member]?.includes(member)) circles[member] = node;
      }
    }
  }
  return circles;
}
