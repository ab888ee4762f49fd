/** The entry of the verify action. */
import { main } from './main.js';
await main('verify');
