/**
 * Inputs, workflow commands, outputs and the job summary: the part of @actions/core that every run needs, byte for byte. The
 * package itself contains an HTTP client that is larger than all else that a run starts with, so it is loaded only when that is
 * needed. Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { EOL } from 'node:os';

/** The place of an annotation; without a file it is about the run. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/** The value of an input; empty if it was not given. */
export function getInput(name: string): string {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

/** A line of the log, printed as it is: the caller must escape external text. */
export function info(text: string): void {
  process.stdout.write(text + EOL);
}

/** Lines under a title, which GitHub folds. They are printed as they are, like those of `info`. */
export function group(title: string, lines: readonly string[]): void {
  info(commandText('group', {}, title));
  for (const text of lines) info(text);
  info(commandText('endgroup', {}, ''));
}

/** A line that the log shows with step debugging. */
export function debug(text: string): void {
  info(commandText('debug', {}, text));
}

/** Whether step debugging is on. */
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

/** Makes the runner hide a secret in all logs from now on. */
export function setSecret(secret: string): void {
  info(commandText('add-mask', {}, secret));
}

/**
 * Sets all outputs of the step at once: the process may end at any time.
 * @throws Error if the file of the runner cannot be written
 */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  appendFileSync(runnerFile('GITHUB_OUTPUT'), outputsText(outputs));
}

/** Outputs in the format of the runner's file. The last value of a name applies. */
export function outputsText(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      // A value of several lines ends at its delimiter, which is random.
      const delimiter = `ghadelimiter_${randomUUID()}`;
      return [`${name}<<${delimiter}`, value, delimiter, ''].join(EOL);
    })
    .join('');
}

/**
 * Adds HTML or Markdown to the summary of the job.
 * @throws Error if the file of the runner cannot be written
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

/** `::NAME KEY=VALUE,KEY=VALUE::MESSAGE`, escaped so that neither message nor values end it or start another command. */
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
