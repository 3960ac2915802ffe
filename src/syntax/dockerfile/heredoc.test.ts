import { expect, test } from 'vitest';
import { announcedHeredocs } from './heredoc.ts';

test.each([
  ['RUN <<EOF', ['EOF']],
  ['RUN <<-EOF cat', ['-EOF']],
  ['RUN <<"EOF"', ["'EOF"]],
  ["RUN <<-'E O F'", ["-'E O F"]],
  ['RUN <<eo\\"f', ['eo"f']],
  ['COPY <<a.txt <<b.txt /dest/', ['a.txt', 'b.txt']],
  ['RUN 3<<EOF', ['EOF']],
  ['RUN cat << EOF > x', ['EOF']],
  ['RUN cat <<EOF>x', ['EOF>x']],
  ['RUN cat <<< word', []],
  ['RUN echo "<<EOF"', []],
  ["RUN echo '<<EOF'", []],
  ['RUN echo a<<EOF', []],
  ['RUN echo \\<<EOF', []],
  ['RUN echo $((1<<2))', []],
  ['RUN echo "open <<EOF', []],
  ['RUN <<', []],
  ['RUN <<-', []],
  ['RUN <<""', []],
])('%s announces %j', (line, expected) => {
  const marks = announcedHeredocs(line).map(
    ({ name, expand, stripTabs }) => `${stripTabs ? '-' : ''}${expand ? '' : "'"}${name}`,
  );
  expect(marks).toEqual(expected);
});
