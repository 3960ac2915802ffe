import {
  type Dockerfile,
  type Instruction,
  instructionsOf,
  lineage,
  type Stage,
  stageNamed,
} from '../../model/dockerfile.ts';

/**
 * The instructions that the target image is made by: those of its lineage, and of stages that are copied into it as a
 * whole. What a builder installs for itself is not in the image.
 */
export function imageInstructions(file: Dockerfile): readonly Instruction[] {
  const stages = [...lineage(file)];
  for (const { instructions } of stages) {
    for (const stage of copiedStages(instructions, file.stages)) if (!stages.includes(stage)) stages.push(stage);
  }
  return stages.toSorted((left, right) => left.index - right.index).flatMap(({ instructions }) => instructions);
}

function copiedStages(instructions: readonly Instruction[], stages: readonly Stage[]): Stage[] {
  return instructionsOf(instructions, ['copy']).flatMap(({ from, sources }) => {
    if (!from || !sources.some(({ text }) => /^\/[.*]?$/.test(text))) return [];
    const stage = stageNamed({ stages }, from.value ?? from.text);
    return stage ? [stage] : [];
  });
}
