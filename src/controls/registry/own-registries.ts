import type { JudgeContext } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';
import { notApplicable, unknownFrom, type Verdict } from '../../model/verdict.ts';
import { answeredByPerson } from '../answered.ts';
import { isNamedBy, publicRegistries, pulledImages, registriesOf } from './used-images.ts';

/** Asks a person about the registries of one's own from which this machine's images come; without any there is no question. */
export function askedOfOwnRegistries(engine: EngineFacts, context: JudgeContext, question: Text): Verdict {
  const pulled = pulledImages(engine, context.machine);
  if (!pulled.known) return context.answer ? answeredByPerson(context, question) : unknownFrom(pulled);
  const own = pulled.value.filter(({ origins }) => origins.some((origin) => !isNamedBy(origin, publicRegistries)));
  if (own.length > 0) return answeredByPerson(context, question);
  return notApplicable(
    {
      en: 'No container here was made from an image of a private registry.',
      zh: '本机没有使用私有仓库镜像的容器。',
    },
    evidenceOf(pulled, registriesOf(pulled.value), `${pulled.path} RepoDigests`),
  );
}
