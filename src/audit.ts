/** The entry of the audit action. */
import { main } from './main.ts';

await main('audit');
