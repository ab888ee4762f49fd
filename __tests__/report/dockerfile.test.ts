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
