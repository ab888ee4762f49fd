/** The entry of the gate. */
import { main } from './main.ts';

await main('gate');
