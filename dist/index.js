/** The entry of the gate. */
import { main } from './main.js';
await main('gate');
