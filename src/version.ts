/** The action's own version, as the report and the user agent give it. */
export const VERSION = '1.0.0';
