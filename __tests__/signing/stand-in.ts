/** A program in place of cosign that returns the given output and records its arguments. */
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Answer {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
  readonly hang?: boolean;
  /** Whether it first reads everything that refers to the image, as cosign does. */
  readonly reads?: boolean;
  /** How often it prints `out`; default once. */
  readonly times?: number;
}

export interface Asked {
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly auths: Record<string, { auth: string }> | undefined;
}

// The nth call returns the nth output; `version`, and `download`, which prints nothing, are not counted.
export const PROGRAM = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
if (process.argv[2] === 'version') {
  console.log(JSON.stringify({ gitVersion: 'v3.0.6' }));
  process.exit(0);
}
if (process.argv[2] === 'download') process.exit(0);
const calls = path.join(__dirname, 'calls');
const index = fs.existsSync(calls) ? fs.readFileSync(calls, 'utf8').trim().split('\\n').length : 0;
let auths;
try { ({ auths } = JSON.parse(fs.readFileSync(path.join(process.env.DOCKER_CONFIG, 'config.json'), 'utf8'))); } catch {}
fs.appendFileSync(calls, JSON.stringify({ args: process.argv.slice(2), env: process.env, auths }) + '\\n');
const answers = JSON.parse(fs.readFileSync(path.join(__dirname, 'answers'), 'utf8'));
const { out = '', err = '', code = 0, hang = false, times = 1, reads = false } = answers[index] ?? { err: 'Error: one call too many', code: 99 };
async function readAll() {
  const [name, digest] = process.argv.at(-1).split('@');
  const [host, repository] = name.split('/');
  const get = (path) => fetch('http://' + host + '/v2/' + repository + '/' + path);
  const { manifests } = await (await get('referrers/' + digest)).json();
  for (const { digest } of manifests) {
    const { layers } = await (await get('manifests/' + digest)).json();
    for (const layer of layers) await (await get('blobs/' + layer.digest)).arrayBuffer();
  }
}
if (hang) setInterval(() => {}, 1000);
else {
  (reads ? readAll() : Promise.resolve()).then(() => {
    process.stderr.write(err);
    for (let time = 1; time < times; time += 1) process.stdout.write(out);
    process.stdout.write(out, () => process.exit(code));
  });
}
`;

/** Puts the program into a directory, for a PATH to begin with. */
export async function putInPlace(directory: string): Promise<void> {
  // A CommonJS program, whatever package the directory is in.
  await writeFile(join(directory, 'package.json'), '{"type":"commonjs"}');
  await writeFile(join(directory, 'cosign'), PROGRAM);
  await chmod(join(directory, 'cosign'), 0o755);
}

/** Its output, for one call after the other. */
export async function answerWith(directory: string, list: readonly Answer[]): Promise<void> {
  await writeFile(join(directory, 'answers'), JSON.stringify(list));
}

/** The arguments of its calls so far. */
export async function askedOf(directory: string): Promise<Asked[]> {
  const path = join(directory, 'calls');
  if (!existsSync(path)) return [];
  return (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Asked);
}
