/**
 * The same function, which works its answer out once for each thing that it is asked about: many controls ask the same
 * of one subject. For what never changes once it was read.
 */
export function remembered<S extends object, A>(answer: (subject: S) => A): (subject: S) => A {
  const answers = new WeakMap<S, { readonly answer: A }>();
  return (subject) => {
    const before = answers.get(subject);
    if (before) return before.answer;
    const made = { answer: answer(subject) };
    answers.set(subject, made);
    return made.answer;
  };
}
