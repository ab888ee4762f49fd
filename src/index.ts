/** The action's entry. The order matters: what has to hold however the step ends comes first. */
import { watchdog } from './begin.ts';
import { main } from './run.ts';

await main(watchdog);
