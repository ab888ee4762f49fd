import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseImageLine, dockerfileLine, lineOfPackage } from '../../src/report/findings/dockerfile.ts';
import { createPackage } from './fixtures.ts';

const DOCKERFILE = `# syntax=docker/dockerfile:1
ARG NODE=24
FROM node:24 AS build
WORKDIR /src
COPY . .
RUN npm ci && \\
    # a comment inside an instruction

    npm run build

from debian:12-slim
RUN --mount=type=cache,target=/var/cache/apt \\
  apt-get update && apt-get install -y curl
RUN ["pip", "install", "flask"]
RUN <<EOF
RUN npm ci
EOF
COPY --from=build --chown=1000:1000 /src/dist /app
RUN make VERSION=$VERSION
ENTRYPOINT ["/app/run"]
`;

describe('dockerfileLine', () => {
  it.each([
    ['RUN npm ci && npm run build', 6],
    ['run npm  ci &&     npm run build', 6],
    ['COPY . .', 5],
    ['RUN apt-get update && apt-get install -y curl', 12],
    ['RUN pip install flask', 14],
    ['COPY /src/dist /app', 18],
    ['COPY --chown=1000:1000 /src/dist /app', 18],
    ['RUN make VERSION=$VERSION', 19],
    ['RUN apt-get update && apt-get ins…', 12],
  ])('finds %s', (instruction, line) => {
    expect(dockerfileLine(DOCKERFILE, instruction)).toBe(line);
  });

  it.each([
    ['what is not there', 'RUN apt-get install -y wget'],
    ['what a variable was filled into', 'RUN make VERSION=1.2'],
    ['what only begins the same', 'RUN npm ci'],
    ['what stands in a here-document', 'npm ci'],
    ['a cut that fits several', 'RUN …'],
    ['no instruction', ''],
  ])('says nothing of %s', (_, instruction) => {
    expect(dockerfileLine(DOCKERFILE, instruction)).toBeUndefined();
  });

  it('is undefined if two lines are the same', () => {
    const twice = 'FROM a\nRUN make\nFROM b\nRUN   make\n';
    expect(dockerfileLine(twice, 'RUN make')).toBeUndefined();
  });

  it('knows the escape directive and Windows line ends', () => {
    const text =
      '# escape=`\r\nFROM mcr.example/windows\r\nRUN one `\r\n  two\r\nRUN C:\\bin\\\r\nRUN three\r\n';
    expect(dockerfileLine(text, 'RUN one two')).toBe(3);
    expect(dockerfileLine(text, 'RUN three')).toBe(6);
  });

  it.each<[string, string, number | undefined]>([
    // An escape character that is escaped does not continue the line.
    ['one', 'RUN a \\\nRUN make\n', undefined],
    ['two', 'RUN a \\\\\nRUN make\n', 3],
    ['three', 'RUN a \\\\\\\nRUN make\n', 3],
    ['one and blanks', 'RUN a \\ \t\nRUN make\n', undefined],
    ['two and blanks', 'RUN a \\\\ \t\nRUN make\n', 3],
    ['one on a line of its own', 'RUN a \\\n\\\nRUN make\n', undefined],
    ['two apart', 'RUN a \\ \\\nRUN make\n', undefined],
    ['one of the other kind', 'RUN a `\nRUN make\n', 3],
  ])('continues a line by its last character, unless that is escaped: %s', (_, text, line) => {
    expect(dockerfileLine(`FROM a\n${text}`, 'RUN make')).toBe(line);
    const other = text.replaceAll('`', '´').replaceAll('\\', '`').replaceAll('´', '\\');
    expect(dockerfileLine(`# escape=\`\nFROM a\n${other}`, 'RUN make')).toBe(line && line + 1);
  });

  it.each([
    ['after another directive', '# syntax=docker/dockerfile:1\n# escape=`\n'],
    ['after a directive with a space in its value', '# check = skip=all; error=true\n#escape = ` \n'],
    ['after one with a digit in its name', '# a1=b\n# ESCAPE=`\n'],
  ])('reads the directive escape %s', (_, directives) => {
    const lines = directives.split('\n').length;
    expect(dockerfileLine(`${directives}FROM a\nRUN one \`\n two\n`, 'RUN one two')).toBe(lines + 1);
  });

  it.each([
    ['after a comment', '# a comment\n# escape=`\n'],
    ['after an empty line', '\n# escape=`\n'],
    ['of another value', '# escape=x\n'],
  ])('does not read the directive escape %s', (_, directives) => {
    const lines = directives.split('\n').length;
    expect(dockerfileLine(`${directives}FROM a\nRUN one \\\n two\n`, 'RUN one two')).toBe(lines + 1);
  });

  it.each([
    ['a name with hyphens', 'RUN <<END-OF-SCRIPT', ['END-OF-SCRIPT']],
    ['a file name', 'COPY <<app.dockerfile /x', ['app.dockerfile']],
    ['a number', 'RUN <<1', ['1']],
    ['any word', 'RUN <<§;)', ['§;)']],
    ['double quotes', 'RUN <<"EOF"', ['EOF']],
    ['single quotes', "RUN <<'EOF'", ['EOF']],
    ['quotes around a part', 'RUN <<E"O"F', ['EOF']],
    ['quotes with a space', 'RUN <<"E OF"', ['E OF']],
    ['an escaped quote in quotes', 'RUN <<"E\\"F"', ['E"F']],
    ['an escaped character', 'RUN <<\\EOF', ['EOF']],
    ['an escaped space', 'RUN <<E\\ F', ['E F']],
    ['a file descriptor', 'RUN 3<<EOF', ['EOF']],
    ['a redirection behind it', 'RUN cat <<EOF > /x', ['EOF']],
    ['several', 'COPY <<a <<-"b" <<c /x/', ['a', '\t\tb', 'c']],
    ['two of one name', 'RUN <<EOF <<EOF', ['EOF', 'EOF']],
    ['tabs', 'RUN <<-EOF', ['\tEOF']],
    ['tabs and quotes', "RUN <<-'E-F'", ['\t\tE-F']],
    ['flags', 'RUN --mount=type=cache,target=/x <<EOF bash', ['EOF']],
    ['ADD', 'ADD <<EOF /x', ['EOF']],
    ['ONBUILD', 'ONBUILD RUN <<EOF', ['EOF']],
    ['continuation lines', 'RUN a \\\n  && cat <<EOF', ['EOF']],
    ['what looks like a list', 'RUN [ -e <<EOF ]', ['EOF']],
  ])('leaves out here-documents: %s', (_, instruction, ends) => {
    const content = ends.map((end) => `RUN make\n ${end}\n${end}x\nx${end}\n${end}\n`).join('');
    const text = `FROM a\n${instruction}\n${content}RUN make\n`;
    expect(dockerfileLine(text, 'RUN make')).toBe(text.split('\n').length - 1);
    // Without its end it is none.
    expect(dockerfileLine(`FROM a\n${instruction}\nRUN make\n`, 'RUN make')).toBe(
      instruction.split('\n').length + 2,
    );
  });

  it.each([
    ['another word in front of it', 'RUN cat<<EOF'],
    ['no name', 'RUN << EOF'],
    ['three', 'RUN <<<EOF'],
    ['in quotes', 'RUN "<<EOF"'],
    ['in single quotes', "RUN '<<EOF'"],
    ['escaped', 'RUN \\<<EOF'],
    ['another one in the word', 'RUN <<A<<EOF'],
    ['a quote that is open', "RUN echo it's <<EOF"],
    ['a double quote that is open', 'RUN echo "a <<EOF'],
    ['another instruction', 'CMD <<EOF'],
    ['the JSON form', 'RUN ["cat", "<<EOF"]'],
    ['the JSON form with blanks', 'RUN [ "cat" , " <<EOF " ]'],
    ['ONBUILD of another instruction', 'ONBUILD CMD <<EOF'],
    ['with tabs where none are allowed', 'RUN <<EOX'],
  ])('does not read as a here-document: %s', (_, instruction) => {
    const text = `FROM a\n${instruction}\nRUN make\nEOF\n\tEOX\n`;
    expect(dockerfileLine(text, 'RUN make')).toBe(3);
  });

  it('does not read a shell shift as a here-document', () => {
    expect(dockerfileLine('FROM a\nRUN echo $((1<<X))\nRUN make\n', 'RUN make')).toBe(3);
  });

  it('returns a line of the file or undefined for any text', () => {
    const part = fc.constantFrom(
      'FROM ',
      'RUN ',
      'a',
      '\\\n',
      '\n',
      '<<E',
      'E\n',
      '[',
      '"',
      '#',
      ' ',
      '$',
      '…',
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (dockerfile, instruction) => {
        for (const line of [dockerfileLine(dockerfile, instruction), baseImageLine(dockerfile)]) {
          if (line === undefined) continue;
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(dockerfile.split('\n').length);
        }
      }),
    );
  });
});

describe('baseImageLine', () => {
  it.each([
    ['the last stage', DOCKERFILE, 11],
    [
      'the stage it is built on',
      'FROM --platform=linux/amd64 debian AS Base\nRUN a\nFROM base AS final\n',
      1,
    ],
    ['a variable, where there is one stage', 'ARG BASE\nFROM $BASE\n', 2],
    ['a name that only a later stage has', 'FROM node\nFROM base\n', 2],
  ])('is of %s', (_, text, line) => {
    expect(baseImageLine(text)).toBe(line);
  });

  it.each([
    ['scratch', 'FROM scratch\n'],
    ['a variable that could be a stage', 'FROM a AS x\nFROM $BASE\n'],
    ['a Dockerfile without a stage', 'RUN make\n'],
  ])('is unknown for %s', (_, text) => {
    expect(baseImageLine(text)).toBeUndefined();
  });
});

describe('lineOfPackage', () => {
  const dockerfile = { path: 'Dockerfile', text: 'FROM debian\r\nRUN make\r\n' };

  it('is the FROM for a package of the base image, whatever its instruction', () => {
    const found = createPackage({ origin: 'base', instruction: 'RUN make' });
    expect(lineOfPackage(dockerfile, found)).toEqual({ line: 1, length: 11 });
  });

  it('points at the instruction for the rest', () => {
    const found = createPackage({ origin: 'application', instruction: 'RUN make' });
    expect(lineOfPackage(dockerfile, found)).toEqual({ line: 2, length: 8 });
    expect(lineOfPackage(dockerfile, createPackage())).toBeUndefined();
  });
});
