/** The entry of the verify action. */
import { main } from './main.ts';

await main('verify');
