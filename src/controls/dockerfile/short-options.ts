import type { ShellWord } from '../../model/shell.ts';

/** Letters of curl that take a value. */
const curlValued = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';

/** The word in which a short option without a value stands alone or among others: `-k` in `-fsSLk`; `valued` letters end a row. */
export function shortOption(words: readonly ShellWord[], letter: string, valued = curlValued): ShellWord | undefined {
  return words.find(({ text }, index) => {
    if (!/^-[A-Za-z0-9#:]/.test(text) || takesNext(words[index - 1]?.text ?? '', valued)) return false;
    for (const each of text.slice(1)) {
      if (each === letter) return true;
      if (valued.includes(each)) return false;
    }
    return false;
  });
}

function takesNext(text: string, valued: string): boolean {
  if (!/^-[A-Za-z0-9#:]/.test(text)) return false;
  const letters = Array.from(text.slice(1));
  return letters.findIndex((each) => valued.includes(each)) === letters.length - 1;
}
