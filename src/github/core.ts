/**
 * What an action and its runner tell each other: inputs, workflow commands, outputs, the job summary. It is the part
 * of @actions/core that every run needs, byte for byte. The package itself brings an HTTP client that is a third of
 * the bundle, so it is loaded only where that is used. Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { EOL } from 'node:os';

/** Where an annotation stands; without a file it is about the run. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/** The value of an input, empty where it was not given. */
export function getInput(name: string): string {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

/** A line of the log, as it is: whoever prints text from elsewhere makes it inert before. */
export function info(text: string): void {
  process.stdout.write(text + EOL);
}

/** A line that the log has with step debugging on. */
export function debug(text: string): void {
  info(commandText('debug', {}, text));
}

/** Whether somebody turned step debugging on. */
export function isDebug(): boolean {
  return process.env.RUNNER_DEBUG === '1';
}

export function error(message: string, place: AnnotationPlace = {}): void {
  annotation('error', message, place);
}

export function warning(message: string, place: AnnotationPlace = {}): void {
  annotation('warning', message, place);
}

export function notice(message: string, place: AnnotationPlace = {}): void {
  annotation('notice', message, place);
}

/** Makes the runner hide a secret in every log from here on. */
export function setSecret(secret: string): void {
  info(commandText('add-mask', {}, secret));
}

/**
 * Sets outputs of the step, all of them at once: the process may end at any moment.
 * @throws Error where the runner's file cannot be written
 */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  appendFileSync(runnerFile('GITHUB_OUTPUT'), outputsText(outputs));
}

/** Outputs as the runner's file has them. The last value of a name is the one that counts. */
export function outputsText(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      // A value of several lines ends at its delimiter, which nobody can guess.
      const delimiter = `ghadelimiter_${randomUUID()}`;
      return [`${name}<<${delimiter}`, value, delimiter, ''].join(EOL);
    })
    .join('');
}

/**
 * Adds HTML or Markdown to the summary of the job.
 * @throws Error where the runner's file cannot be written
 */
export function appendSummary(text: string): void {
  appendFileSync(runnerFile('GITHUB_STEP_SUMMARY'), text);
}

function runnerFile(variable: string): string {
  const path = process.env[variable];
  if (!path) throw new Error(`the environment variable ${variable} names no file`);
  return path;
}

function annotation(level: string, message: string, place: AnnotationPlace): void {
  info(annotationText(level, message, place));
}

/** An annotation as a line of the log. */
export function annotationText(
  level: string,
  message: string,
  { title, file, startLine }: AnnotationPlace,
): string {
  return commandText(level, { title, file, line: startLine?.toString() }, message);
}

/** `::NAME KEY=VALUE,KEY=VALUE::MESSAGE`: the escapes keep message and values from ending it, or beginning another. */
function commandText(
  name: string,
  properties: Readonly<Record<string, string | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties)
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .map(([key, value]) => `${key}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${[name, ...(given.length === 0 ? [] : [given.join(',')])].join(' ')}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
