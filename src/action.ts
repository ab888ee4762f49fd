/** The actions of this repository. */
export type ActionName = 'gate' | 'verify' | 'audit';
