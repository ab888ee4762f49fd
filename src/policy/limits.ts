/**
 * The limits of documents. Documents can come from a pull request, and the work for each part is multiplied by the number of
 * findings, packages or other documents. The limits are above what people write, and low enough for a run of seconds.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes of a policy or an exceptions file, and of a VEX document. */
export const MAX_YAML_BYTES = 256 * KIB;
export const MAX_JSON_BYTES = 16 * MIB;
/** Bytes of all files of one input. */
export const MAX_ALL_BYTES = 32 * MIB;
/** Values of a JSON document, at all depths. Usual OpenVEX documents have fewer than one per 16 bytes. */
export const MAX_JSON_VALUES = 1_000_000;

export const MAX_RULES = 100;
/** Globs of all rules together. */
export const MAX_GLOBS = 500;
/** Different bounds of the condition `epss`. Each is one more answer that is tried for each finding. */
export const MAX_EPSS_BOUNDS = 20;
/** Attestations in one list. Each costs calls of cosign for each image. */
export const MAX_ATTESTATIONS = 10;
/** Characters of a predicate type, an identity and an issuer. */
export const MAX_URI = 300;
export const MAX_PUBLIC_KEY = 16 * KIB;
export const MAX_TRUSTED_ROOT = 64 * KIB;
/** Characters of a name, a reason and other texts. They are shown with each finding that they are about. */
export const MAX_TEXT = 2_000;

export const MAX_EXCEPTIONS_FILES = 50;
/** Exceptions of all files together. */
export const MAX_EXCEPTIONS = 5_000;

export const MAX_VEX_FILES = 200;
/** Statements of all documents together. */
export const MAX_STATEMENTS = 50_000;
export const MAX_ALIASES = 100;
/** Products and subcomponents of one statement, and of all documents together. */
export const MAX_COMPONENTS = 10_000;
export const MAX_ALL_COMPONENTS = 200_000;
/** Characters of a vulnerability's name or alias, of the id of a product or subcomponent, and of an author. */
export const MAX_ID = 256;
export const MAX_COMPONENT_ID = 2_048;
export const MAX_AUTHOR = 1_000;
