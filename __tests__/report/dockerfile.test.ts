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

  it('says nothing where two lines are the same', () => {
    const twice = 'FROM a\nRUN make\nFROM b\nRUN   make\n';
    expect(dockerfileLine(twice, 'RUN make')).toBeUndefined();
  });

  it('knows the escape directive and Windows line ends', () => {
    const text =
      '# escape=`\r\nFROM mcr.example/windows\r\nRUN one `\r\n  two\r\nRUN C:\\bin\\\r\nRUN three\r\n';
    expect(dockerfileLine(text, 'RUN one two')).toBe(3);
    expect(dockerfileLine(text, 'RUN three')).toBe(6);
  });

  it.each([
    ['an escaped backslash at its end', 'RUN echo a \\\\\nRUN make\n', 2],
    ['three backslashes at its end', 'RUN echo a \\\\\\\nRUN make\n', 2],
    ['an escaped escape character', '# escape=`\nRUN dir ``\nRUN make\n', 3],
  ])('ends a line with %s', (_, text, line) => {
    expect(dockerfileLine(text, 'RUN make')).toBe(line);
  });

  it.each([
    ['spaces and tabs after the backslash', 'RUN a \\ \t\n && b\n', 'RUN a && b'],
    ['a backslash alone on a line', 'RUN a &&\\\n\\\n b\n', 'RUN a && b'],
    ['a backslash at the end of a word', 'RUN a\\\nb\n', 'RUN ab'],
  ])('continues a line with %s', (_, text, instruction) => {
    expect(dockerfileLine(text, instruction)).toBe(1);
  });

  it.each([
    ['END-OF-SCRIPT', 'RUN <<END-OF-SCRIPT'],
    ['app.dockerfile', 'COPY <<app.dockerfile /etc/app'],
    ['_x', 'RUN bash -e <<_x'],
    ['9', 'ADD <<9 /a'],
    ['two words', 'RUN <<"two words"'],
    ["it's", `RUN <<"it's"`],
    ['end/of', "RUN 3<<-'end/of'"],
    ['EOF', 'RUN <<E"O"\\F'],
    ['ÄÖ', 'RUN cat <<ÄÖ >/x'],
  ])('skips a here-document that %s ends', (name, instruction) => {
    const text = `FROM a\n${instruction}\nRUN make\n${name}\nRUN other\n`;
    expect(dockerfileLine(text, 'RUN make')).toBeUndefined();
    expect(dockerfileLine(text, 'RUN other')).toBe(5);
  });

  it.each([
    ['in quotes', 'RUN echo " <<EOF"'],
    ['inside of a word', 'RUN cat<<EOF'],
    ['as a here-string', 'RUN cat <<<EOF'],
    ['escaped', 'RUN echo \\<<EOF'],
    ['of an instruction that has none', 'LABEL a=<<EOF'],
  ])('reads no here-document %s', (_, instruction) => {
    expect(dockerfileLine(`FROM a\n${instruction}\nRUN make\nEOF\n`, 'RUN make')).toBe(3);
  });

  it('reads several here-documents one after the other', () => {
    const text = 'FROM a\nCOPY <<one <<-two /x/\nRUN make\none\nRUN make\n\ttwo\nRUN make\n';
    expect(dockerfileLine(text, 'RUN make')).toBe(7);
  });

  it('takes a shell shift for no here-document', () => {
    expect(dockerfileLine('FROM a\nRUN echo $((1<<X))\nRUN make\n', 'RUN make')).toBe(3);
  });

  it('gives a line of the file or nothing, whatever the texts', () => {
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

  it('points at FROM for the base image, whatever instruction made the layer there', () => {
    const found = createPackage({ origin: 'base', instruction: 'RUN make' });
    expect(lineOfPackage(dockerfile, found)).toEqual({ line: 1, length: 11 });
  });

  it('points at the instruction for the rest', () => {
    const found = createPackage({ origin: 'application', instruction: 'RUN make' });
    expect(lineOfPackage(dockerfile, found)).toEqual({ line: 2, length: 8 });
    expect(lineOfPackage(dockerfile, createPackage())).toBeUndefined();
  });
});
