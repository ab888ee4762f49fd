/** The entry of the audit action. */
import { main } from './main.js';
await main('audit');
