/** What has to hold however the step ends: it is written before anything else is loaded. */
import { UNFINISHED_OUTPUTS } from './report/outputs.ts';
import { createWatchdog, type Watchdog } from './watchdog/watchdog.ts';

const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs } = process.env;

export const watchdog: Watchdog = createWatchdog(
  { summary: summary || undefined, outputs: outputs || undefined },
  UNFINISHED_OUTPUTS,
);
