export const id = 9569;
export const ids = [9569];
export const modules = {

/***/ 29569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ requiredAttestations),
/* harmony export */   unmetCondition: () => (/* binding */ unmetCondition),
/* harmony export */   y: () => (/* binding */ attestationsFrom)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(37728);
/* harmony import */ var _results_issuer_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(72893);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(24686);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77459);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37679);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49566);
/** The attestations that a policy requires: their syntax, and whether a predicate satisfies the conditions. Pure. */







/** SLSA provenance. Source: https://slsa.dev/spec/v1.1/provenance and https://slsa.dev/spec/v0.2/provenance */
const PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
const PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';
const IDENTITY = 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:alias/build';
// A KMS key with the partitions that sigstore's provider accepts, or a public key. The groups have no names, because the
// expression is part of the JSON Schema, and not every editor supports them.
const KEY_FORMAT = /^(?:(?:awskms:\/\/\/)?(arn:aws(?:-us-gov|-cn)?:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+))|\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*)$/;
const KEY_MESSAGE = 'expected the ARN of a KMS key, or a public key that begins with -----BEGIN PUBLIC KEY-----';
const TYPE_MESSAGE = `expected the full URI of a predicate type, such as ${PROVENANCE_V1}`;
const IDENTITY_MESSAGE = 'expected the exact identity in the certificate, without globs, such as the workflow with its ref';
const ISSUER_MESSAGE = 'expected an https URL';
function uri(pattern, message) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_URI */ .Gc, `expected at most ${_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_URI */ .Gc} characters`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(pattern, message));
}
const attestation = valibot__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
    type: valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(uri(/^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$/, TYPE_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The type of the predicate, as a full URI.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([PROVENANCE_V1])),
    key: valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(KEY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_PUBLIC_KEY */ .ry, `expected at most ${_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_PUBLIC_KEY */ .ry} characters`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(KEY_FORMAT, KEY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The key that must have signed: the ARN of a KMS key, or a public key in PEM.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([KEY]))),
    'certificate-identity': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(uri(/^[!-)+-~]+$/, IDENTITY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The exact identity in the certificate of the signature, such as a workflow with its ref.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([IDENTITY]))),
    'certificate-oidc-issuer': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(uri(/^https:\/\/[!-~]+$/, ISSUER_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The exact issuer in that certificate. Default: that of the GitHub server that the identity names.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([_results_issuer_js__WEBPACK_IMPORTED_MODULE_5__/* .GITHUB_ISSUER */ .o]))),
    'trusted-root': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP('expected a Sigstore trusted root, as JSON'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_TRUSTED_ROOT */ .mv, `expected at most ${_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_TRUSTED_ROOT */ .mv} characters`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(/^\s*\{[\s\S]*\}\s*$/, 'expected a Sigstore trusted root, as JSON'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The Sigstore trusted root, as JSON. Default: that of the public Sigstore services.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K(['{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}']))),
    'transparency-log': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM((0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt)('Whether a transparency log must contain the signature. Default: true for an identity, false for a key. For an identity, false requires a signed timestamp instead.', false)),
    builder: valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM((0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .globs */ .gV)("The builder's ID, in SLSA provenance.", 'https://github.com/team/app/.github/workflows/*@refs/**')),
    'source-repository': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM((0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceRepositories */ .Up)('The repository of the source, in SLSA provenance, as https://HOST/OWNER/NAME.')),
    'max-age': valibot__WEBPACK_IMPORTED_MODULE_4__/* .optional */ .lqM((0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)('For an identity: the longest time since its certificate was issued, which is when it signed.', '30d')),
});
/** The schema of a list of required attestations. */
function requiredAttestations(description) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(attestation, 'expected a list of attestations'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .exampleAsWritten */ .Uf)([{ type: PROVENANCE_V1, 'certificate-identity': IDENTITY }]));
}
/**
 * Reads a list of required attestations, and checks what depends on several values.
 * @param path where the list is in the document
 * @throws GateError `input`
 */
function attestationsFrom(written, path, fail) {
    if (written.length > _limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_ATTESTATIONS */ .bJ) {
        throw fail([...path, _limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_ATTESTATIONS */ .bJ], `expected at most ${_limits_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_ATTESTATIONS */ .bJ} attestations, got ${written.length}`, 'value', 'Require fewer attestations.');
    }
    return written.map((one, index) => requiredFrom(one, [...path, index], fail));
}
function requiredFrom(written, path, fail) {
    const { type } = written;
    if (isSummary(type)) {
        throw fail([...path, 'type'], 'is the type of a verification summary, which this list does not evaluate', 'value', 'Use the inputs policy, policy-digest or max-attestation-age of the verify action.');
    }
    for (const condition of ['builder', 'source-repository']) {
        if (written[condition] === undefined || type === PROVENANCE_V1 || type === PROVENANCE_V02)
            continue;
        throw fail([...path, condition], 'applies only to SLSA provenance, because other types do not have it', 'key', `Remove ${condition}, or set type to ${PROVENANCE_V1}.`);
    }
    const signer = signerFrom(written, path, fail);
    const isKey = signer.kind !== 'identity';
    const transparencyLog = written['transparency-log'] ?? !isKey;
    if (isKey && written['max-age'] !== undefined) {
        throw fail([...path, 'max-age'], 'applies only to an identity, because anyone can get a later timestamp for a signature by a key', 'key', 'Remove max-age, or replace key with certificate-identity.');
    }
    const trustedRoot = written['trusted-root'];
    if (trustedRoot !== undefined) {
        if (!isTrustedRoot(trustedRoot)) {
            throw fail([...path, 'trusted-root'], 'expected the JSON of one Sigstore trusted root', 'value', 'Set trusted-root to one JSON object whose mediaType begins with application/vnd.dev.sigstore.trustedroot.');
        }
        if (isKey && !transparencyLog) {
            throw fail([...path, 'trusted-root'], 'is not used, because a signature by a key uses no log and no timestamp authority', 'key', 'Remove trusted-root, or set transparency-log: true.');
        }
    }
    return {
        type,
        signer,
        trustedRoot,
        transparencyLog,
        builder: written.builder,
        sourceRepository: written['source-repository'],
        maxAgeMs: written['max-age'],
    };
}
function signerFrom(written, path, fail) {
    const { key, 'certificate-identity': identity, 'certificate-oidc-issuer': issuer } = written;
    if ((key === undefined) === (identity === undefined)) {
        throw fail(path, 'expected exactly one of key and certificate-identity, which say whose attestations count', 'value', `For example: certificate-identity: ${IDENTITY}`);
    }
    if (identity !== undefined)
        return { kind: 'identity', identity, issuer: issuer ?? (0,_results_issuer_js__WEBPACK_IMPORTED_MODULE_5__/* .issuerOf */ .x)(identity) };
    if (issuer !== undefined) {
        throw fail([...path, 'certificate-oidc-issuer'], 'is not used, because a signature by a key has no certificate', 'key', 'Remove certificate-oidc-issuer, or replace key with certificate-identity.');
    }
    const [, arn, region] = KEY_FORMAT.exec(key ?? '') ?? [];
    if (arn !== undefined && region !== undefined)
        return { kind: 'kms', reference: `awskms:///${arn}`, region };
    const pem = (key ?? '').trim();
    try {
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    }
    catch {
        throw fail([...path, 'key'], 'is not a public key', 'value', 'Set key to the output of: cosign public-key --key KEY');
    }
    return { kind: 'public-key', pem: `${pem}\n` };
}
/** A verification summary has a result, which may be FAILED. The comparison is as tolerant as that for revocations. */
function isSummary(type) {
    return type
        .toLowerCase()
        .replaceAll(/[^a-z]/g, '')
        .includes('verificationsummary');
}
function isTrustedRoot(text) {
    try {
        const { mediaType } = (JSON.parse(text) ?? {});
        return typeof mediaType === 'string' && mediaType.startsWith('application/vnd.dev.sigstore.trustedroot');
    }
    catch {
        return false;
    }
}
/** How much of a text by others a message shows. */
const MOST_SHOWN = 200;
/**
 * Which condition a predicate does not satisfy, in words; undefined if it satisfies all of them. What is missing, has another
 * form than the type has, or contradicts itself satisfies no condition.
 * @param predicate of a statement whose signature was verified
 */
function unmetCondition({ type, builder, sourceRepository }, predicate, certificate) {
    if (builder !== undefined) {
        const id = type === PROVENANCE_V1 ? at(predicate, 'runDetails', 'builder', 'id') : at(predicate, 'builder', 'id');
        if (typeof id !== 'string' || id === '')
            return 'it does not name its builder';
        if (!(0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(builder, id))
            return `its builder is ${shown(id)}, which the policy does not allow`;
    }
    return sourceRepository === undefined
        ? undefined
        : unmetSource(sourcesIn(type, predicate), sourceRepository, certificate);
}
function unmetSource(sources, allowed, certificate) {
    if (certificate.kind === 'unreadable')
        return 'its certificate could not be read';
    const [first, ...others] = sources;
    if (typeof first !== 'string' || first === '')
        return 'it does not name its source repository';
    const repository = repositoryOf(first);
    if (repository === undefined)
        return `its source is ${shown(first)}, which is not an https URL of a repository`;
    if (others.some((other) => typeof other !== 'string' || repositoryOf(other) !== repository)) {
        return `it names several source repositories, such as ${shown(repository)}`;
    }
    if (certificate.kind === 'known' && !isSameRepository(repositoryOf(certificate.uri), repository)) {
        return `its source repository is ${shown(repository)}, but its certificate was issued for ${shown(certificate.uri)}`;
    }
    if (!(0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(allowed, repository)) {
        return `its source repository is ${shown(repository)}, which the policy does not allow`;
    }
    return undefined;
}
/**
 * All places where provenance names the repository that the build started from. Source: SLSA v0.2 (`invocation.configSource`);
 * GitHub's build type for v1 (`workflow.repository`); BuildKit's for v1 (`configSource`).
 */
function sourcesIn(type, predicate) {
    const found = type === PROVENANCE_V1
        ? [
            at(predicate, 'buildDefinition', 'externalParameters', 'workflow', 'repository'),
            at(predicate, 'buildDefinition', 'externalParameters', 'configSource', 'uri'),
        ]
        : [at(predicate, 'invocation', 'configSource', 'uri')];
    return found.filter((one) => one !== undefined);
}
/**
 * `https://HOST/PATH` of a repository in the form of a URL, of SPDX (`git+https://HOST/PATH@REF`) or of BuildKit
 * (`https://HOST/PATH.git#REF:DIRECTORY`); undefined for everything else.
 */
function repositoryOf(text) {
    // The parser of URLs removes some characters, and replaces others.
    if (text.length > 2_000 || !/^[!-~]+$/.test(text) || /[\\%]/.test(text))
        return undefined;
    let url;
    try {
        url = new URL(text.replace(/^git\+/, ''));
    }
    catch {
        return undefined;
    }
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '')
        return undefined;
    const [path = ''] = url.pathname.split('@', 1);
    const name = path.replace(/\/$/, '').replace(/\.git$/, '');
    return /^(?:\/[A-Za-z0-9._~-]+)+$/.test(name) ? `https://${url.host}${name}` : undefined;
}
/** GitHub's names are the same in any case. */
function isSameRepository(a, b) {
    return a?.toLowerCase() === b.toLowerCase();
}
/** A value within nested objects; undefined if one of them is not an object. */
function at(value, ...path) {
    let inner = value;
    for (const key of path) {
        if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key))
            return undefined;
        inner = inner[key];
    }
    return inner;
}
function shown(text) {
    return `"${(0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)(text, MOST_SHOWN)}"`;
}


/***/ }),

/***/ 77459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ endOfDay),
/* harmony export */   E1: () => (/* binding */ globText),
/* harmony export */   E5: () => (/* binding */ probability),
/* harmony export */   EN: () => (/* binding */ threshold),
/* harmony export */   Hg: () => (/* binding */ REASON_TO_WRITE),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   TI: () => (/* binding */ glob),
/* harmony export */   Uf: () => (/* binding */ exampleAsWritten),
/* harmony export */   Up: () => (/* binding */ sourceRepositories),
/* harmony export */   Vq: () => (/* binding */ DAY_MESSAGE),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   bN: () => (/* binding */ repositories),
/* harmony export */   f9: () => (/* binding */ VISIBLE),
/* harmony export */   fN: () => (/* binding */ score),
/* harmony export */   gO: () => (/* binding */ severities),
/* harmony export */   gV: () => (/* binding */ globs),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rE: () => (/* binding */ version),
/* harmony export */   vd: () => (/* binding */ day)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(37728);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(36625);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49566);
/* harmony import */ var _schema_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73761);
/* harmony import */ var _suggestions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59197);
/** Schemas of the values that policies and exceptions share. */






/** `90s`, `15m`, `12h`, `7d`, `2w`, longer than zero, as milliseconds. A day has 24 hours. */
function duration(description, example) {
    const message = 'expected a duration: a number and a unit, s, m, h, d or w';
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(/^[1-9]\d{0,4}[smhdw]$/, message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({
        [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .FIXED_FORMAT */ .fv]: true,
        [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .SUGGESTION */ .PD]: (value) => (0,_suggestions_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestDuration */ .vR)(value, example.slice(-1)),
    }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((text) => Number(text.slice(0, -1)) * (_time_js__WEBPACK_IMPORTED_MODULE_0__/* .UNIT_MS */ .k7[text.slice(-1)] ?? Number.NaN)));
}
const SCORE = /^(>=|>|<=|<) ?(10(\.0+)?|\d(\.\d+)?)$/;
const PROBABILITY = /^(>=|>|<=|<) ?(1(\.0+)?|0?\.\d+|0)$/;
/** `>=7.0`: a bound on Inspector's score, 0 to 10. */
function score(description) {
    const message = 'expected an operator (>=, >, <=, <) and a score from 0 to 10';
    return bound(SCORE, message, description, '>=7.0', 10);
}
/** `>=0.5`: a bound on a probability, 0 to 1. */
function probability(description) {
    const message = 'expected an operator (>=, >, <=, <) and a probability from 0 to 1';
    return bound(PROBABILITY, message, description, '>=0.5', 1);
}
function bound(pattern, message, description, example, most) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(pattern, message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({ [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .FIXED_FORMAT */ .fv]: true, [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .SUGGESTION */ .PD]: (value) => (0,_suggestions_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestBound */ .jK)(value, most) }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((text) => {
        const [, operator, value] = /^([<>]=?) ?(.*)$/.exec(text) ?? [];
        return { operator: operator, value: Number(value) };
    }));
}
// Refused are usual mistakes: an exclamation mark in front, or that or a circumflex in front of the characters of a class (there
// is no negation, so they would mean the opposite), a comma or space outside of brackets (meant to separate two globs),
// parentheses (extended globs), a backslash (escapes nothing), and two dots in braces (there are no ranges).
const GLOB = /^\s*(?!!)([^\s,(){}[\]\\]|\[(?![!^])[^\s,(){}[\]\\]+\]|\{(?![^}]*\.\.)[^\s(){}[\]\\]+\})+\s*$/;
const GLOB_MESSAGE = 'expected a glob, such as openssl* or team/**, without spaces and commas';
/** One glob: `*` for anything but a slash, `**` for anything, `?`, `[abc]`, `{a,b}`. */
function glob(description, example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(globText, valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]));
}
/** One glob or a list of globs. */
function globs(description, example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .union */ .KCZ([globText, valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(globText), valibot__WEBPACK_IMPORTED_MODULE_4__/* .nonEmpty */ .hq('expected at least one glob'))], 'expected a glob or a list of globs'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([typeof example === 'string' ? example : [...example]]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((value) => (typeof value === 'string' ? [value] : [...new Set(value)])));
}
const globText = valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(GLOB_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(256, 'expected a glob of at most 256 characters'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(GLOB, GLOB_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .trim */ .Bqr());
// The account must be literal, so that a repository of the same name in another account does not match.
const REPOSITORY = new RegExp(GLOB.source.replace('(?!!)', String.raw `(?=\d{12}\.dkr\.ecr\.[^\s/]+/\S)`));
const REPOSITORY_MESSAGE = 'expected a glob over registry and repository that begins with an account, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY';
const repositoryGlob = valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(REPOSITORY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(256, 'expected a glob of at most 256 characters'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(REPOSITORY, REPOSITORY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .trim */ .Bqr());
/** A boolean, or one glob or several over registries and repositories. */
function repositories(description) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .union */ .KCZ([
        repositoryGlob,
        valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(repositoryGlob), valibot__WEBPACK_IMPORTED_MODULE_4__/* .nonEmpty */ .hq('expected at least one glob')),
        valibot__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zMY('expected true or false'),
    ], 'expected false, or a glob or a list of globs over registry and repository'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([['123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/*']]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((value) => (typeof value === 'string' ? [value] : value)));
}
// Host and owner must be literal: anyone can register an owner whose name begins like another's.
const SOURCE = new RegExp(GLOB.source.replace('(?!!)', String.raw `(?=https:\/\/[A-Za-z0-9.:-]+\/[A-Za-z0-9._-]+\/\S)`));
const SOURCE_MESSAGE = 'expected a glob over a repository that begins with a literal https://HOST/OWNER/';
const sourceGlob = valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(SOURCE_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(256, 'expected a glob of at most 256 characters'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(SOURCE, SOURCE_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .trim */ .Bqr());
/** One glob or several over the repositories of sources. */
function sourceRepositories(description) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .union */ .KCZ([sourceGlob, valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(sourceGlob), valibot__WEBPACK_IMPORTED_MODULE_4__/* .nonEmpty */ .hq('expected at least one glob'))], `${SOURCE_MESSAGE}, or a list of them`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K(['https://github.com/team/*']), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((value) => (typeof value === 'string' ? [value] : [...new Set(value)])));
}
const NAMES = [..._results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .SEVERITIES */ .oC, _results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .UNTRIAGED */ .C3].map((name) => name.toLowerCase());
const severityWord = valibot__WEBPACK_IMPORTED_MODULE_4__/* .picklist */ .KIO(NAMES, `expected one of ${NAMES.join(', ')}`);
/** One severity or a list of severities. The output is in upper case. */
function severities(description) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .union */ .KCZ([severityWord, valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(severityWord), valibot__WEBPACK_IMPORTED_MODULE_4__/* .nonEmpty */ .hq('expected at least one severity'))], `expected a severity or a list of severities (${NAMES.join(', ')})`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({ [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .SUGGESTION */ .PD]: _suggestions_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestSeverities */ .SV }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([['critical', 'high']]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .transform */ .pdi((value) => [...new Set(typeof value === 'string' ? [value] : value)].map((name) => name.toUpperCase())));
}
function flag(description, example = true) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zMY('expected true or false'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({ [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .SUGGESTION */ .PD]: _suggestions_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestBoolean */ .XY }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]));
}
function choice(options, description, example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .picklist */ .KIO(options, `expected one of ${options.join(', ')}`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]));
}
/** The lowest severity that has an effect. */
function threshold(description) {
    const message = `expected one severity, the lowest: one of ${_results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .THRESHOLDS */ .Rm.join(', ')}`;
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .picklist */ .KIO(_results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .THRESHOLDS */ .Rm, message), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({ [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .SUGGESTION */ .PD]: _suggestions_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestThreshold */ .iO }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K(['high']));
}
/** An example as it is written in the file, for a schema whose output has another type. */
function exampleAsWritten(example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]);
}
/** Text with a visible character: characters without width, fillers and direction marks count as blank. */
const VISIBLE = /[^\s\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\uffa0]/;
/** Stands for a reason in examples. A real reason would be copied. */
const REASON_TO_WRITE = 'TODO: why this risk is accepted';
/** Text that is not blank. */
function text(description, example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP('expected text'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .maxLength */ .Ru6(_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_TEXT */ .lG, `expected text of at most ${_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_TEXT */ .lG} characters`), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(VISIBLE, 'expected text that is not blank'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]), valibot__WEBPACK_IMPORTED_MODULE_4__/* .trim */ .Bqr());
}
const DAY_MESSAGE = 'expected a date, YYYY-MM-DD';
/** `2026-12-31`; `endOfDay` tells whether the calendar has it. */
function day(description, example) {
    return valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(DAY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .regex */ .yGV(/^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, DAY_MESSAGE), valibot__WEBPACK_IMPORTED_MODULE_4__/* .metadata */ .yuE({ [_schema_js__WEBPACK_IMPORTED_MODULE_2__/* .FIXED_FORMAT */ .fv]: true }), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_(description), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([example]));
}
/** The first moment after a day, in UTC; undefined for a day that no calendar has. */
function endOfDay(date) {
    const start = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== date)
        return undefined;
    return new Date(start.getTime() + _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO);
}
const version = valibot__WEBPACK_IMPORTED_MODULE_4__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_4__/* .literal */ .euz(1, 'expected 1, the version of this format'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .description */ .h_('The version of this format.'), valibot__WEBPACK_IMPORTED_MODULE_4__/* .examples */ .K1K([1]));


/***/ }),

/***/ 49566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E7: () => (/* binding */ MAX_JSON_BYTES),
/* harmony export */   EE: () => (/* binding */ MAX_ALL_COMPONENTS),
/* harmony export */   Gc: () => (/* binding */ MAX_URI),
/* harmony export */   H6: () => (/* binding */ MAX_JSON_VALUES),
/* harmony export */   K1: () => (/* binding */ MAX_ALIASES),
/* harmony export */   K9: () => (/* binding */ MAX_COMPONENTS),
/* harmony export */   R_: () => (/* binding */ MAX_VEX_FILES),
/* harmony export */   WO: () => (/* binding */ MAX_EXCEPTIONS_FILES),
/* harmony export */   Z4: () => (/* binding */ MAX_ALL_BYTES),
/* harmony export */   bJ: () => (/* binding */ MAX_ATTESTATIONS),
/* harmony export */   hr: () => (/* binding */ MAX_EPSS_BOUNDS),
/* harmony export */   jl: () => (/* binding */ MAX_YAML_BYTES),
/* harmony export */   kL: () => (/* binding */ MAX_EXCEPTIONS),
/* harmony export */   lG: () => (/* binding */ MAX_TEXT),
/* harmony export */   lV: () => (/* binding */ MAX_COMPONENT_ID),
/* harmony export */   mv: () => (/* binding */ MAX_TRUSTED_ROOT),
/* harmony export */   oV: () => (/* binding */ MAX_STATEMENTS),
/* harmony export */   pW: () => (/* binding */ MAX_AUTHOR),
/* harmony export */   rc: () => (/* binding */ MAX_ID),
/* harmony export */   ry: () => (/* binding */ MAX_PUBLIC_KEY),
/* harmony export */   tA: () => (/* binding */ MAX_RULES),
/* harmony export */   zt: () => (/* binding */ MAX_GLOBS)
/* harmony export */ });
/**
 * The limits of documents. Documents can come from a pull request, and the work for each part is multiplied by the number of
 * findings, packages or other documents. The limits are above what people write, and low enough for a run of seconds.
 */
const KIB = 1024;
const MIB = 1024 * KIB;
/** Bytes of a policy or an exceptions file, and of a VEX document. */
const MAX_YAML_BYTES = 256 * KIB;
const MAX_JSON_BYTES = 16 * MIB;
/** Bytes of all files of one input. */
const MAX_ALL_BYTES = 32 * MIB;
/** Values of a JSON document, at all depths. Usual OpenVEX documents have fewer than one per 16 bytes. */
const MAX_JSON_VALUES = 1_000_000;
const MAX_RULES = 100;
/** Globs of all rules together. */
const MAX_GLOBS = 500;
/** Different bounds of the condition `epss`. Each is one more answer that is tried for each finding. */
const MAX_EPSS_BOUNDS = 20;
/** Attestations in one list. Each costs calls of cosign for each image. */
const MAX_ATTESTATIONS = 10;
/** Characters of a predicate type, an identity and an issuer. */
const MAX_URI = 300;
const MAX_PUBLIC_KEY = 16 * KIB;
const MAX_TRUSTED_ROOT = 64 * KIB;
/** Characters of a name, a reason and other texts. They are shown with each finding that they are about. */
const MAX_TEXT = 2_000;
const MAX_EXCEPTIONS_FILES = 50;
/** Exceptions of all files together. */
const MAX_EXCEPTIONS = 5_000;
const MAX_VEX_FILES = 200;
/** Statements of all documents together. */
const MAX_STATEMENTS = 50_000;
const MAX_ALIASES = 100;
/** Products and subcomponents of one statement, and of all documents together. */
const MAX_COMPONENTS = 10_000;
const MAX_ALL_COMPONENTS = 200_000;
/** Characters of a vulnerability's name or alias, of the id of a product or subcomponent, and of an author. */
const MAX_ID = 256;
const MAX_COMPONENT_ID = 2_048;
const MAX_AUTHOR = 1_000;


/***/ }),

/***/ 73761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PD: () => (/* binding */ SUGGESTION),
/* harmony export */   YB: () => (/* binding */ vocabularyOf),
/* harmony export */   fv: () => (/* binding */ FIXED_FORMAT),
/* harmony export */   gw: () => (/* binding */ failer),
/* harmony export */   tf: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37728);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24686);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95263);
/** Checks a document against a schema, and describes what is wrong with it. */



/**
 * Marks text of a fixed format, such as a duration: a message may contain the value. The key is a symbol, so that the mark is
 * not in the JSON Schema.
 */
const FIXED_FORMAT = Symbol('fixed format');
/**
 * Metadata of a schema: makes an example from a value that cannot be used. The schema's own example is shown if the result is
 * undefined. The key is a symbol, so that it is not in the JSON Schema.
 */
const SUGGESTION = Symbol('suggestion');
/** The keys of a schema, and the values that it names. */
function vocabularyOf(schema) {
    const words = new Set();
    const collect = (node) => {
        for (const [key, entry] of Object.entries(node.entries ?? {})) {
            words.add(key);
            collect(entry);
        }
        for (const option of node.options ?? []) {
            if (typeof option === 'string')
                words.add(option);
            else
                collect(option);
        }
        for (const inner of [node.item, node.wrapped])
            if (inner !== undefined)
                collect(inner);
    };
    collect(schema);
    return words;
}
/** Makes errors about places in a document. */
function failer(schema, document) {
    return (path, what, at = 'value', nextStep = exampleAt(schema, document, path)) => (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .problem */ .CC)(document.file, document.locate(path, at), path, what, nextStep);
}
/**
 * The output of a schema for a document.
 * @throws GateError `input` for the first mistake, with file, line, column, path and an example, and the places of the others
 */
function validate(schema, document) {
    const fail = failer(schema, document);
    const list = misplacedList(schema, document.value, []);
    if (list !== undefined)
        throw fail(list, `expected a mapping, got ${shown(schema, document, list)}`);
    // A large document can have too many mistakes to collect.
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, document.value, { abortEarly: document.size > MOST_SEARCHED });
    if (result.success)
        return result.output;
    const places = result.issues
        .map((issue) => placeOf(document, issue))
        .sort((a, b) => a.offset - b.offset)
        .slice(0, MOST_SHOWN);
    const [first, ...rest] = places.map((place) => explain(schema, document, place));
    const more = rest.map(({ position, path }) => `${position.line}:${position.column} ${(0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPath */ .jV)(path)}`);
    const left = result.issues.length - places.length;
    if (left > 0)
        more.push(`${left} others`);
    const also = more.length === 0 ? '' : ` (also wrong: ${more.join(', ')})`;
    const { path, position, what, meant = path } = first;
    throw (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .problem */ .CC)(document.file, position, path, `${what}${also}`, exampleAt(schema, document, meant));
}
/** The most values of a document in which all mistakes are collected, and the most mistakes that are shown. */
const MOST_SEARCHED = 20_000;
const MOST_SHOWN = 5;
/** Where an issue is. For a value that can be one or a list, it is the issue of the form that was written. */
function placeOf(document, issue, around = []) {
    const path = [
        ...around,
        ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
    ];
    const several = Array.isArray(issue.input);
    const closer = issue.issues?.find(({ path, input }) => (path !== undefined) === several && typeof input === 'string');
    if (closer !== undefined)
        return placeOf(document, closer, path);
    return { issue, path, offset: document.offsetOf(path, isOnKey(issue) ? 'key' : 'value') };
}
function isOnKey(issue) {
    return issue.path?.at(-1)?.origin === 'key';
}
/** Describes an issue. */
function explain(schema, document, place) {
    const problem = describeIssue(schema, document, place);
    return { ...problem, path: withoutFreeKeys(schema, problem.path) };
}
/** The part of a path before keys that the document chooses. A message contains none of those. */
function withoutFreeKeys(schema, path) {
    const end = path.findIndex((_, at) => nodeAt(schema, path.slice(0, at))?.type === 'record');
    return end === -1 ? path : path.slice(0, end);
}
function describeIssue(schema, document, { issue, path, offset }) {
    const key = path.at(-1);
    const onKey = isOnKey(issue);
    const position = document.positionOf(offset);
    // A key that the document chooses, such as the id of an account.
    if (onKey && issue.type !== 'strict_object')
        return { path: path.slice(0, -1), position, what: issue.message };
    if (onKey && issue.expected === 'never') {
        const around = path.slice(0, -1);
        const keys = Object.keys(nodeAt(schema, around)?.entries ?? {});
        const meant = (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .pA)(String(key), keys);
        // A key that does not resemble a known one is not shown: the file may be another one than was meant.
        if (meant === undefined) {
            return { path: around, position, what: `unknown key (expected one of ${keys.join(', ')})` };
        }
        const what = `unknown key (did you mean ${meant}?)`;
        return { path, position, what, meant: [...around, meant] };
    }
    if (onKey)
        return { path, position, what: 'is missing' };
    const got = shown(schema, document, path);
    if (issue.type === 'strict_object')
        return { path, position, what: `expected a mapping, got ${got}` };
    const hint = hintFor(schema, document, path);
    return { path, position, what: `${issue.message}, got ${got}${hint}` };
}
/**
 * Describes the value at a path. Text is shown if the schema has named values or a fixed format there, or if it is a word of
 * the schema. Numbers and booleans are shown below a known key.
 */
function shown(schema, document, path) {
    const value = valueAt(document, path);
    if (typeof value !== 'string')
        return (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .describe */ .q0)(value, path.length > 0);
    const node = nodeAt(schema, path);
    return (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .describe */ .q0)(value, hasFixedFormat(node) || vocabularyOf(schema).has(value));
}
function hasFixedFormat(node) {
    if (node === undefined)
        return false;
    const metadata = valibot__WEBPACK_IMPORTED_MODULE_1__/* .getMetadata */ .yb2(node);
    return (metadata[FIXED_FORMAT] === true ||
        ['picklist', 'literal', 'boolean', 'number'].includes(node.type) ||
        (node.options ?? []).some((option) => typeof option !== 'string' && hasFixedFormat(unwrapped(option))));
}
/** A hint for a misspelled word, and for the booleans of YAML 1.1, which are text in 1.2. */
function hintFor(schema, document, path) {
    const value = valueAt(document, path);
    const node = nodeAt(schema, path);
    if (typeof value === 'boolean' && optionsOf(node).includes('yes')) {
        return ` (write ${value ? 'yes' : 'no'})`;
    }
    if (typeof value !== 'string')
        return '';
    if (node?.type === 'boolean' && /^(yes|no|on|off)$/i.test(value)) {
        return ` (in YAML 1.2 that is text; write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'})`;
    }
    const meant = (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .pA)(value, optionsOf(node));
    return meant === undefined ? '' : ` (did you mean ${(0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(meant)}?)`;
}
function optionsOf(node) {
    return (node?.options ?? []).flatMap((option) => typeof option === 'string' ? [option] : optionsOf(option));
}
/** The path of a list where an object is expected: valibot accepts one. */
function misplacedList(node, value, path) {
    const inner = unwrapped(node);
    if (inner.entries !== undefined) {
        if (Array.isArray(value))
            return path;
        if (typeof value !== 'object' || value === null)
            return undefined;
        for (const [key, child] of Object.entries(inner.entries)) {
            const found = misplacedList(child, value[key], [...path, key]);
            if (found !== undefined)
                return found;
        }
    }
    else if (inner.item !== undefined && Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
            const found = misplacedList(inner.item, item, [...path, index]);
            if (found !== undefined)
                return found;
        }
    }
    return undefined;
}
function unwrapped(node) {
    return node.wrapped === undefined ? node : unwrapped(node.wrapped);
}
/** The schema at a path. Undefined if the schema has nothing there. */
function nodeAt(schema, path) {
    let node = unwrapped(schema);
    for (const part of path) {
        const entries = node?.entries ?? {};
        if (typeof part === 'number') {
            node = node?.item ?? lists(node).find(({ item }) => item !== undefined)?.item;
        }
        else {
            node = Object.hasOwn(entries, part) ? entries[part] : undefined;
        }
        if (node === undefined)
            return undefined;
        node = unwrapped(node);
    }
    return node;
}
function lists(node) {
    return (node?.options ?? []).flatMap((option) => (typeof option === 'string' ? [] : [unwrapped(option)]));
}
/** An example for a path or, if there is none, for what is around it. The last resort is how the document begins. */
function exampleAt(schema, document, path) {
    for (let length = path.length; length > 0; length -= 1) {
        const key = path[length - 1];
        const node = nodeAt(schema, path.slice(0, length));
        if (typeof key === 'number' || node === undefined)
            continue;
        // An example is made from a value only if the value itself is wrong, or an item of the list that it is.
        const isWrong = path.slice(length).every((part) => typeof part === 'number');
        const written = isWrong ? valueAt(document, path.slice(0, length)) : undefined;
        const example = exampleOf(node, written);
        if (example !== undefined)
            return `For example: ${document.example(String(key), example)}`;
    }
    const [beginning] = Object.entries(unwrapped(schema).entries ?? {});
    return (beginning &&
        `The document has to begin with: ${document.example(beginning[0], exampleOf(beginning[1], undefined))}`);
}
/** An example for a schema: one that is made from a wrong value, or the schema's own. */
function exampleOf(node, written) {
    const schema = node;
    const { [SUGGESTION]: suggest } = valibot__WEBPACK_IMPORTED_MODULE_1__/* .getMetadata */ .yb2(schema);
    const [example] = valibot__WEBPACK_IMPORTED_MODULE_1__/* .getExamples */ .Oou(schema);
    return (written === undefined || written === null ? undefined : suggest?.(written)) ?? example;
}
function valueAt(document, path) {
    let value = document.value;
    for (const part of path) {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
            return undefined;
        value = value[part];
    }
    return value;
}


/***/ }),

/***/ 95263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CC: () => (/* binding */ problem),
/* harmony export */   D4: () => (/* binding */ decode),
/* harmony export */   FB: () => (/* binding */ tooManyAt),
/* harmony export */   FI: () => (/* binding */ DEEPEST),
/* harmony export */   Ot: () => (/* binding */ tooMany),
/* harmony export */   Ve: () => (/* binding */ duplicateKey),
/* harmony export */   df: () => (/* binding */ positionOf),
/* harmony export */   eO: () => (/* binding */ known),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   jV: () => (/* binding */ formatPath),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/* unused harmony export tooLarge */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/** Documents with the place of each value in the file, and errors about them. */

/** The most characters of a document that a message quotes. */
const LONGEST_QUOTE = 60;
/** The most levels of a document. Usual documents have fewer than ten. */
const DEEPEST = 32;
/**
 * The text of a document.
 * @throws GateError `input` if it is too large, not UTF-8, or has control characters
 */
function decode(bytes, file, maxBytes) {
    if (bytes.byteLength > maxBytes)
        throw tooLarge(file, maxBytes);
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `${file}: the file is not UTF-8 text.`, {
            nextStep: `Save ${file} as UTF-8.`,
            cause: error,
        });
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are not allowed
    const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
    if (control !== -1)
        throw problem(file, positionOf(text, control), [], 'the file has a control character');
    return text;
}
/** The error for a document that is too large. */
function tooLarge(file, maxBytes) {
    const most = maxBytes % MIB === 0 ? `${maxBytes / MIB} MiB` : `${maxBytes / 1024} KiB`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `${file}: expected at most ${most}, got more.`, {
        nextStep: 'Split the file, or remove what is no longer needed.',
    });
}
const MIB = 1024 * 1024;
const FEWER = 'Remove what is no longer needed, or combine several into one.';
/** The error for a document that has too many of something. */
function tooMany(file, most, what) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `${file}: expected at most ${most} ${what}, got more.`, { nextStep: FEWER });
}
/** The same error with the number and the place. */
function tooManyAt(document, path, { most, what, got }) {
    return problem(document.file, document.locate(path, 'key'), path, `expected at most ${most} ${what}, got ${got}`, FEWER);
}
/** The line and column of an offset in a text. */
function positionOf(text, offset) {
    let line = 1;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
        line += 1;
        start = end + 1;
    }
    return { line, column: Math.min(offset, text.length) - start + 1 };
}
/** A path as text, such as `rules[2].when.score`. Empty for the document itself. */
function formatPath(path) {
    return path
        .map((part, index) => {
        if (typeof part === 'number')
            return `[${part}]`;
        const text = /^[A-Za-z0-9_@-]+$/.test(part) ? part : quote(part);
        return index === 0 ? text : `.${text}`;
    })
        .join('');
}
/** An error at a place in a document: `FILE:LINE:COLUMN: PATH: WHAT.` */
function problem(file, { line, column }, path, what, nextStep) {
    const place = path.length === 0 ? '' : ` ${formatPath(path)}:`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `${file}:${line}:${column}:${place} ${what}.`, {
        nextStep,
        location: { file, line },
    });
}
/** The error for a duplicate key. */
function duplicateKey(file, position, path, vocabulary) {
    const shown = known(path, vocabulary);
    const what = shown.length === path.length ? 'the key occurs twice' : 'a key occurs twice';
    return problem(file, position, shown, what, 'Remove one of the two.');
}
/**
 * Describes a value, for the end of a sentence.
 * @param isQuoted whether the message may contain the value itself. Messages are logged, and the file may be another one than
 *   was meant, such as a file of secrets.
 */
function describe(value, isQuoted = true) {
    if (value === null || value === undefined)
        return 'nothing';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'object')
        return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
    if (isQuoted)
        return typeof value === 'string' ? quote(value) : String(value);
    return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
/** The part of a path that a message may contain. */
function known(path, vocabulary) {
    if (vocabulary === undefined)
        return path;
    const unknown = path.findIndex((part) => typeof part === 'string' && !vocabulary.has(part));
    return unknown === -1 ? path : path.slice(0, unknown);
}
function quote(text) {
    return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}


/***/ }),

/***/ 72893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ GITHUB_ISSUER),
/* harmony export */   x: () => (/* binding */ issuerOf)
/* harmony export */ });
/** Who issues the OIDC tokens of GitHub Actions. */
/** The issuer of github.com. */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
/**
 * The OIDC issuer of the GitHub server that an identity names: github.com, a subdomain of ghe.com or an Enterprise Server.
 * github.com's for an identity that is no address. Source: GitHub Docs, "OpenID Connect reference", of each of the three.
 */
function issuerOf(identity) {
    const host = identity.startsWith('https://') ? URL.parse(identity)?.host : undefined;
    if (host === undefined || host === '' || host === 'github.com')
        return GITHUB_ISSUER;
    return /^[a-z0-9-]+\.ghe\.com$/.test(host)
        ? `https://token.actions.${host}`
        : `https://${host}/_services/token`;
}


/***/ })

};
