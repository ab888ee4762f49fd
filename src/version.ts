/** The action's own version, for the report and the user agent. */
export const VERSION = '1.0.0';
