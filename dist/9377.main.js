export const id = 9377;
export const ids = [9377,1528];
export const modules = {

/***/ 59903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ auditSubject),
/* harmony export */   i: () => (/* binding */ verifySubject)
/* harmony export */ });
/** What an issue is about. Two steps with different subjects keep different issues. */
const MAX_NAMED = 3;
/** @param registries as given in the inputs, like the globs over repositories */
function auditSubject(registries, repositories) {
    return {
        title: registries.length === 0 ? 'ECR audit' : `ECR audit of ${named(registries)}`,
        identity: ['audit', registries.toSorted(), repositories.toSorted()],
    };
}
/**
 * @param title the input `issue-title`: with it, the issue stays the same if the repositories change
 * @param images the images of the step
 */
function verifySubject(title, images) {
    if (title !== undefined)
        return { title, identity: ['verify', title] };
    const names = (of) => [...new Set(images.map(of))].sort();
    return {
        title: `ECR verify of ${named(names(({ repository }) => repository))}`,
        identity: ['verify', names(({ registry, repository }) => `${registry.host}/${repository}`)],
    };
}
function named(names) {
    const left = names.length - MAX_NAMED;
    return `${names.slice(0, MAX_NAMED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}


/***/ }),

/***/ 44924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ issueMode)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _read_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(903);
/** The input `issue`, which the audit and the verify action share. */


/** @throws GateError `input` if an issue requires a token and there is none */
function issueMode(text, githubToken) {
    const issue = (0,_read_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)('issue', text('issue') || 'never', ['never', 'on-failure', 'always']);
    if (issue === 'never' || githubToken !== undefined)
        return issue;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input issue: ${issue} requires the input github-token, which is empty.`, {
        nextStep: `Set github-token: \${{ github.token }} and give the job permissions: issues: write.`,
    });
}


/***/ }),

/***/ 79377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  newRun: () => (/* binding */ newRun)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./aws/clients.js + 2 modules
var aws_clients = __webpack_require__(74062);
// EXTERNAL MODULE: ./aws/first-request.js
var first_request = __webpack_require__(77177);
// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./github/issue-subject.js
var issue_subject = __webpack_require__(59903);
// EXTERNAL MODULE: ./image/ecr.js
var ecr = __webpack_require__(95241);
// EXTERNAL MODULE: ./image/reference.js
var reference = __webpack_require__(90274);
// EXTERNAL MODULE: ./image/resolve.js
var resolve = __webpack_require__(48647);
// EXTERNAL MODULE: ./results/issuer.js
var results_issuer = __webpack_require__(72893);
// EXTERNAL MODULE: ./results/records.js
var records = __webpack_require__(25194);
;// CONCATENATED MODULE: ./signing/identity-pattern.js
/** Checks the regular expressions of certificate-identity-regexp. Pure. */
/** A pattern that is accepted, for messages. */
const IDENTITY_PATTERN_EXAMPLE = 'https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/tags/v.*';
/**
 * Anchors a pattern at both ends, since cosign accepts a match of only a part of an identity. Before that it checks
 * whose identities the pattern can match. Every alternative has to begin with `https://HOST/OWNER/` or `spiffe://DOMAIN/`, or
 * to end in `@DOMAIN` with nothing before it that could match a slash; host, owner and domain are literal. With a slash,
 * the e-mail pattern `.*@team\.example` would match the workflow of another owner on a branch named `x@team.example`.
 * @throws Error if the text is not a regular expression, if JavaScript and RE2 read it differently, and if it does
 *   not say whose identities it matches
 */
function anchoredPattern(text) {
    // cosign reads the pattern with RE2, which treats other kinds of groups, classes that begin with a bracket and POSIX
    // classes differently.
    if (/\(\?(?!:)|\[:|\[\^?\]/.test(text)) {
        throw new Error('only plain groups, (…) and (?:…), and plain classes, […], are supported');
    }
    const pattern = withPlainEscapes(text);
    const unknown = /\\[^bBdDfnpPrsStvwWx]/.exec(pattern)?.[0];
    if (unknown !== undefined)
        throw new Error(`${unknown} is not supported`);
    try {
        // Without the group that is added below: ")|(" would be valid inside it.
        new RegExp(pattern, 'u');
    }
    catch (error) {
        throw new Error(`it is not a regular expression: ${error instanceof Error ? error.message : error}`);
    }
    for (const alternative of alternativesOf(pattern)) {
        if (!saysWhose(alternative)) {
            throw new Error('it does not say whose identities it matches: every alternative must begin with a literal host and owner, such as https://github\\.com/team/.*, or match e-mail addresses, such as [^/]+@team\\.example. A dot is written \\.');
        }
    }
    return `^(?:${text})$`;
}
/** RE2 allows a backslash before any ASCII punctuation, JavaScript only before characters with a meaning. */
function withPlainEscapes(text) {
    return text.replace(/\\(.)/gsu, (all, escaped) => /[!-/:-@[-`{-~]/.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : all);
}
// For patterns that compile: every bracket and parenthesis is closed.
const PIECE = /(?<class>\[(?:\\.|[^\]\\])*\])|(?<escape>\\(?:x(?<hex>[\da-f]{2})|p\{[^}]*\}|.))|(?<other>[\^$.|()])|(?<quantifier>[*+?]|\{[^}]*\})|(?<plain>.)/gisuy;
const NAMES = /^\((?:\?:)?[A-Za-z\d-]+(?:\|[A-Za-z\d-]+)*\)$/;
/** Stands for a group of literal names, such as `(?:team|others)`, which is as good as one literal name. */
const SOME_NAME = { source: 'x', literal: 'x' };
/** The alternatives at the top level, each as its pieces. A group is one piece. */
function alternativesOf(pattern) {
    const alternatives = [[]];
    let depth = 0;
    let opened = 0;
    for (const { 0: source, index, groups = {} } of pattern.matchAll(PIECE)) {
        const pieces = alternatives.at(-1) ?? [];
        if (source === ')') {
            depth -= 1;
            if (depth > 0)
                continue;
            const isNames = NAMES.test(pattern.slice(opened, index + 1));
            pieces.push(isNames ? SOME_NAME : { source: '(', literal: undefined });
        }
        else if (source === '(') {
            if (depth === 0)
                opened = index;
            depth += 1;
        }
        else if (depth > 0) {
            // It is part of a group, which is one piece.
        }
        else if (source === '|') {
            alternatives.push([]);
        }
        else if (groups.quantifier !== undefined) {
            const last = pieces.pop();
            if (last !== undefined)
                pieces.push({ ...last, literal: undefined });
        }
        else {
            const { hex, plain } = groups;
            const literal = hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16));
            pieces.push({ source, literal });
        }
    }
    return alternatives;
}
function saysWhose(alternative) {
    const from = alternative[0]?.source === '^' ? 1 : 0;
    const to = alternative.at(-1)?.source === '$' ? -1 : alternative.length;
    const pieces = alternative.slice(from, to);
    const beginning = literals(pieces).join('');
    if (/^(https:\/\/[\w.-]+(:\d+)?\/[\w.-]+\/|spiffe:\/\/[\w.-]+\/)/.test(beginning))
        return true;
    const ending = literals(pieces.toReversed()).reverse().join('');
    const domain = /@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+$/.exec(ending)?.[0] ?? '';
    const person = pieces.slice(0, -domain.length);
    return domain !== '' && person.length > 0 && !person.some(matchesSlash);
}
/** The literal characters at the beginning. */
function literals(pieces) {
    const end = pieces.findIndex(({ literal }) => literal === undefined);
    return pieces.slice(0, end === -1 ? undefined : end).map(({ literal = '' }) => literal);
}
function matchesSlash({ source }) {
    // Groups are not analyzed: they may match a slash.
    return source === '(' || new RegExp(`^${source}$`, 'u').test('/');
}

// EXTERNAL MODULE: ./signing/notation/key.js
var key = __webpack_require__(93155);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./inputs/common.js
var inputs_common = __webpack_require__(65406);
// EXTERNAL MODULE: ./inputs/gate.js
var gate = __webpack_require__(63584);
// EXTERNAL MODULE: ./inputs/issue.js
var inputs_issue = __webpack_require__(44924);
// EXTERNAL MODULE: ./inputs/read.js
var read = __webpack_require__(903);
;// CONCATENATED MODULE: ./inputs/verify.js
/** The inputs of the verify action as one value. */











/** @throws GateError `input` with the name of the input, its value and an example */
function readVerifyInputs(get) {
    const text = (0,read/* trimmed */.dE)(get);
    const [policy = '', ...otherPolicies] = atMost('policy', (0,read/* lines */.Mn)(text('policy')), MOST_POLICIES);
    const first = (name) => (name === 'policy' ? policy : text(name));
    const inputs = (0,inputs_common/* imageInputs */.bE)(first);
    return {
        ...inputs,
        otherPolicies,
        verification: { ...verification(text), ...promotion(text, inputs) },
        deployment: deployment(text, inputs),
        baselineReport: text('baseline-report') || undefined,
        ...issueInputs(text, inputs),
    };
}
const MAX_TITLE = 200;
function issueInputs(text, { githubToken }) {
    const issue = (0,inputs_issue/* issueMode */.J)(text, githubToken);
    const title = text('issue-title');
    if (title === '')
        return { issue, issueTitle: undefined };
    if (issue === 'never') {
        throw new errors/* GateError */.ue('input', 'Input issue-title: it has no effect with issue: never.', {
            nextStep: 'Set issue: on-failure, or remove issue-title.',
        });
    }
    if (title.length > MAX_TITLE || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(title)) {
        throw (0,read/* invalid */.Gq)('issue-title', title.slice(0, MAX_TITLE), `one line of at most ${MAX_TITLE} characters`, 'Images in production');
    }
    return { issue, issueTitle: title };
}
/** Each key costs calls of cosign, and each policy file may be read from GitHub. A rotation needs two. */
const MOST_KEYS = 10;
const MOST_POLICIES = 10;
const MOST_DIGESTS = 100;
/** All of them are read for every image. */
const MOST_SOURCES = 10;
function atMost(name, values, most) {
    const different = [...new Set(values)];
    if (different.length <= most)
        return different;
    throw new errors/* GateError */.ue('input', `Input ${name}: expected at most ${most} lines, got ${different.length}.`, {
        nextStep: `Remove the lines of ${name} that no deployed image needs any more.`,
    });
}
function verification(text) {
    const recheck = (0,read/* boolean */.zM)('recheck', text('recheck') || 'true', true);
    const maxAge = text('max-attestation-age');
    const maxAgeMs = (0,read/* optional */.lq)(maxAge, (value) => (0,read/* duration */.p0)('max-attestation-age', value, read/* LONGEST_AGE */.LT));
    const digests = atMost('policy-digest', (0,read/* lines */.Mn)(text('policy-digest')), MOST_DIGESTS).map(policyDigest);
    const policies = digests.length === 0 ? undefined : [...new Set(digests)];
    const signers = expectedSigners(text);
    const common = (0,inputs_common/* signatureInputs */.ER)(text);
    const trustedRoot = text('sigstore-trusted-root');
    const services = trustedRoot === '' ? undefined : { signingConfig: undefined, trustedRoot };
    const notation = (0,inputs_common/* notationTrust */.BZ)(text);
    const [signer] = signers;
    if (signer === undefined) {
        if (notation === undefined)
            throw noSigner();
        (0,inputs_common/* refuseCosignInputs */.xz)([
            ...(common.format === 'bundle' ? [] : ['signature-format']),
            ...(common.transparencyLog ? ['transparency-log'] : []),
            ...(maxAgeMs === undefined ? [] : ['max-attestation-age']),
            ...(services === undefined ? [] : ['sigstore-trusted-root']),
            ...(text('promoted-from') === '' ? [] : ['promoted-from']),
        ]);
    }
    else
        (0,gate/* refuseUnusedServices */.f)(services, signer.kind !== 'key' || common.transparencyLog);
    return {
        signers,
        notation,
        ...common,
        services,
        summary: maxAgeMs === undefined && policies === undefined ? undefined : { policies, maxAgeMs },
        recheck,
    };
}
function noSigner() {
    return new errors/* GateError */.ue('input', 'The verify action requires one of the inputs signing-key, certificate-identity, certificate-identity-regexp and notation-trust-policy. Set at most one of the first three.', {
        nextStep: `For example: certificate-identity: https://github.com/team/app/.github/workflows/release.yml@refs/heads/main, or signing-key: ${inputs_common/* KEY_EXAMPLE */.d_}`,
    });
}
const REPOSITORY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/staging/app';
/** The repositories that the images were promoted from, each once, for all host names of a registry. */
function promotion(text, { images }) {
    const partitions = new Set(images.map(({ registry }) => registry.partition));
    const sources = atMost('promoted-from', (0,read/* lines */.Mn)(text('promoted-from')), MOST_SOURCES).map((line) => {
        const source = (0,read/* parsed */.Yz)('promoted-from', line, reference/* parseRepository */.SU, REPOSITORY);
        const { partition } = source.registry;
        if (partitions.has(partition))
            return source;
        const expected = `a repository in the partition of the images (${[...partitions].join(', ')})`;
        throw new errors/* GateError */.ue('input', `Input promoted-from: expected ${expected}, got "${line}" (${partition}).`, {
            nextStep: 'AWS credentials of one partition are not valid in another. Run the gate for the image in its own partition.',
        });
    });
    const byName = new Map(sources.map((source) => [(0,reference/* plainName */.MH)(source.registry, source.repository), source]));
    return { promotedFrom: [...byName.values()] };
}
const DEPLOYMENT = [
    'deployment-environment',
    'deployment-name',
    'deployment-cluster',
    'deployment-region',
];
/**
 * Where the images are deployed. GitHub replaces an earlier record with the same environment, region, cluster and name, so
 * each image needs a name of its own.
 */
function deployment(text, { images, deploymentRecord }) {
    const unused = DEPLOYMENT.find((name) => text(name) !== '');
    if (!deploymentRecord) {
        if (unused === undefined)
            return undefined;
        throw new errors/* GateError */.ue('input', `Input ${unused}: it is not used, because deployment-record is false.`, {
            nextStep: `Set deployment-record: true, or remove ${unused}.`,
        });
    }
    const environment = (0,read/* optional */.lq)(text('deployment-environment'), (value) => recordText('deployment-environment', value, records/* RECORD_LIMITS */.x.place, 'production'));
    if (environment === undefined) {
        throw (0,read/* invalid */.Gq)('deployment-environment', '', 'the stage in which the images are deployed, because deployment-record is true', 'production');
    }
    const given = (0,read/* lines */.Mn)(text('deployment-name')).map((value) => recordText('deployment-name', value, records/* RECORD_LIMITS */.x.deploymentName, NAME_EXAMPLE));
    const names = given.length === 0 ? images.map(({ repository }) => repository) : given;
    const wrong = names.length !== images.length
        ? `expected one name for each image (${images.length}), got ${names.length}`
        : names.length !== new Set(names).size
            ? 'expected a different name for each image. By default, it is the name of the repository'
            : undefined;
    if (wrong !== undefined) {
        throw new errors/* GateError */.ue('input', `Input deployment-name: ${wrong}.`, {
            nextStep: `Give a name for each image, one per line, in the order of image. For example: deployment-name: ${NAME_EXAMPLE}`,
        });
    }
    return {
        environment,
        region: (0,read/* optional */.lq)(text('deployment-region'), (value) => recordText('deployment-region', value, records/* RECORD_LIMITS */.x.place, 'eu-central-1')),
        cluster: (0,read/* optional */.lq)(text('deployment-cluster'), (value) => recordText('deployment-cluster', value, records/* RECORD_LIMITS */.x.place, 'blue')),
        names,
    };
}
const NAME_EXAMPLE = 'shop-checkout-app';
/** A text of one line that GitHub accepts in a record. */
function recordText(name, value, most, example) {
    if ([...value].length > most)
        throw (0,read/* invalid */.Gq)(name, (0,text_0/* clip */.$Q)(value, 100), `at most ${most} characters`, example);
    if (/\p{Cc}/u.test(value))
        throw (0,read/* invalid */.Gq)(name, (0,text_0/* clip */.$Q)(value, 100), 'one line of text', example);
    return value;
}
/** One signer, or several keys, any of which is enough. None if only notation verifies. */
function expectedSigners(text) {
    const all = atMost('signing-key', (0,read/* lines */.Mn)(text('signing-key')), MOST_KEYS).map(cosignKey);
    const keys = all.flatMap((key) => key.kind === 'keyless' ? [] : [{ kind: 'key', key }]);
    if (keys.length > 0 && keys.length < all.length) {
        throw (0,read/* invalid */.Gq)('signing-key', 'keyless', 'a KMS key or the path of a key, because there are several keys', inputs_common/* KEY_EXAMPLE */.d_);
    }
    const [key, ...others] = keys;
    const identity = text('certificate-identity');
    const pattern = text('certificate-identity-regexp');
    const given = [key !== undefined, identity !== '', pattern !== ''];
    const count = given.filter((one) => one).length;
    if (count > 1)
        throw noSigner();
    const givenIssuer = text('certificate-oidc-issuer');
    if (count === 0) {
        if (givenIssuer !== '' && text('notation-trust-policy') !== '')
            (0,inputs_common/* refuseCosignInputs */.xz)(['certificate-oidc-issuer']);
        return [];
    }
    if (key !== undefined) {
        if (givenIssuer === '')
            return [key, ...others];
        throw new errors/* GateError */.ue('input', 'Input certificate-oidc-issuer: it is not used, because a signature by a key has no certificate.', {
            nextStep: 'Remove certificate-oidc-issuer, or replace signing-key with certificate-identity.',
        });
    }
    const issuer = givenIssuer || (0,results_issuer/* issuerOf */.x)(identity);
    if (!/^https:\/\/[^\s]+$/.test(issuer)) {
        throw (0,read/* invalid */.Gq)('certificate-oidc-issuer', issuer, 'an https URL', /^http:\/\/\S+$/i.test(issuer) ? issuer.replace(/^http/i, 'https') : results_issuer/* GITHUB_ISSUER */.o);
    }
    if (identity !== '')
        return [{ kind: 'identity', identity, issuer }];
    return [
        {
            kind: 'identity-pattern',
            pattern: (0,read/* parsed */.Yz)('certificate-identity-regexp', pattern, anchoredPattern, IDENTITY_PATTERN_EXAMPLE),
            issuer,
        },
    ];
}
/** @throws GateError `input` for a key of notation, whose signatures a trust policy verifies */
function cosignKey(value) {
    if ((0,read/* parsed */.Yz)('signing-key', value, key/* parseNotationKey */.d, inputs_common/* KEY_EXAMPLE */.d_) === undefined)
        return (0,inputs_common/* signingKey */.NR)(value);
    throw new errors/* GateError */.ue('input', `Input signing-key: "${value}" is a key of notation, which cosign cannot verify.`, {
        nextStep: 'Name the signer in notation-trust-policy instead.',
    });
}
function policyDigest(value) {
    const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
    if (hex !== undefined)
        return hex;
    const got = `"${value}"`;
    const expected = '"sha256:" and 64 lower-case hex digits';
    throw new errors/* GateError */.ue('input', `Input policy-digest: expected ${expected}, got ${got}.`, {
        nextStep: 'The log of the gate and of the verify action shows the digest of a policy.',
    });
}

// EXTERNAL MODULE: ./policy/minimum.js
var minimum = __webpack_require__(98964);
// EXTERNAL MODULE: ./results/modes/verify.js
var verify = __webpack_require__(2686);
// EXTERNAL MODULE: ./scan/age.js
var age = __webpack_require__(29988);
// EXTERNAL MODULE: ./signing/notation/trust.js
var notation_trust = __webpack_require__(44438);
// EXTERNAL MODULE: ./signing/notation/arguments.js
var notation_arguments = __webpack_require__(39924);
// EXTERNAL MODULE: ./signing/notation/session.js + 1 modules
var notation_session = __webpack_require__(11599);
;// CONCATENATED MODULE: ./signing/notation/verify.js


/**
 * Gets notation ready.
 * @throws GateError `signing`
 */
async function prepareNotationVerifier(trust, { annotations, policies }, ports) {
    const session = await (0,notation_session/* openNotation */.hz)(trust, ports);
    const accepted = policies === undefined ? [undefined] : [...new Set(policies)];
    return {
        version: session.version,
        verify: async (target) => {
            const proof = {
                kind: 'signature',
                what: `Signature${target.platform === undefined ? '' : ` of ${target.platform}`} (notation)`,
                by: trust.identities.join(' or '),
                at: undefined,
                ageMs: undefined,
            };
            let why = 'no policy is accepted';
            let nextStep;
            for (const policy of accepted) {
                const metadata = { ...annotations, ...(0,notation_arguments/* verdictMetadata */.dr)(target, policy) };
                const checked = await (0,notation_session/* verifySignature */.Od)(session, target, metadata);
                if (checked.ok) {
                    const given = Object.entries(annotations).map(([name, value]) => `${name}=${value}`);
                    const by = policy === undefined ? 'any policy is accepted' : `by policy sha256:${policy}`;
                    const detail = ['PASSED', by, ...given].join(', ');
                    return { ...proof, state: 'proven', detail, nextStep: undefined };
                }
                why = checked.message;
                nextStep = checked.nextStep;
                if (checked.isUnsigned)
                    break;
            }
            return {
                ...proof,
                state: 'failed',
                detail: `no valid signature by this signer was found: ${why}`,
                nextStep: nextStep ?? 'Do not deploy this image before the gate has judged and signed it.',
            };
        },
        close: session.close,
    };
}

// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commandBuilder.js
var commandBuilder = __webpack_require__(18323);
// EXTERNAL MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/schemas/schemas_0.js + 2 modules
var schemas_0 = __webpack_require__(26062);
;// CONCATENATED MODULE: ../node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImageSigningStatusCommand.js


class DescribeImageSigningStatusCommand extends (0,commandBuilder/* command */.G5)(commandBuilder/* _ep0 */.lq, commandBuilder/* _mw0 */.yt, "DescribeImageSigningStatus", schemas_0/* DescribeImageSigningStatus$ */.Ecv) {
}

// EXTERNAL MODULE: ./aws/briefly.js
var briefly = __webpack_require__(57196);
;// CONCATENATED MODULE: ./signing/other-signatures.js
/**
 * Signatures by AWS Signer and Notation. They show where an image comes from, not that it was scanned, so the verify action
 * lists them and does not trust them.
 */



/** The artifact types of Notation's signatures (notaryproject/specifications) and of Sigstore bundles. */
const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
/**
 * Managed signatures by AWS Signer. They are made when an image is pushed. If AWS does not respond, the log says so and
 * nothing else changes.
 */
async function managedSignatures(clients, deadline, image, log) {
    try {
        return await (0,briefly/* briefly */.m)(deadline, (signal) => describeSigningStatus(clients, signal, image));
    }
    catch (error) {
        log(`Could not determine whether AWS Signer signed ${image.uri}: ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
/** The Notation signatures among the referrers of an image, and the number of its Sigstore bundles. */
function otherReferrers(referrers) {
    return {
        notations: referrers
            .filter(({ artifactType }) => artifactType === NOTATION)
            .map(({ digest }) => ({
            ...NOTED,
            kind: 'notation',
            what: 'Notation signature',
            by: undefined,
            detail: `${digest}: not verified, not trusted`,
        })),
        bundles: referrers.filter(({ artifactType }) => artifactType === BUNDLE).length,
    };
}
async function describeSigningStatus(clients, abortSignal, { registry, repository, digest }) {
    const command = new DescribeImageSigningStatusCommand({
        registryId: registry.account,
        repositoryName: repository,
        imageId: { imageDigest: digest },
    });
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    return (answer.signingStatuses ?? []).map((status) => ({
        ...NOTED,
        kind: 'aws-signing',
        what: 'Managed signature (AWS Signer)',
        by: status.signingProfileArn,
        detail: [
            status.status ?? 'status unknown',
            ...(status.failureReason === undefined ? [] : [status.failureReason]),
            'created when the image was pushed: it shows where the image comes from, not that it was scanned',
        ].join('; '),
    }));
}

// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(35125);
// EXTERNAL MODULE: ./signing/cosign/by-hand.js
var by_hand = __webpack_require__(25940);
// EXTERNAL MODULE: ./signing/cosign/check.js
var check = __webpack_require__(35557);
// EXTERNAL MODULE: ./signing/cosign/output.js
var output = __webpack_require__(61920);
// EXTERNAL MODULE: ./signing/cosign/session.js
var cosign_session = __webpack_require__(70017);
// EXTERNAL MODULE: ./signing/evidence/read.js
var evidence_read = __webpack_require__(3139);
// EXTERNAL MODULE: ./signing/evidence/source.js
var evidence_source = __webpack_require__(41590);
;// CONCATENATED MODULE: ./signing/evidence/places.js



/**
 * Reads everything in all places. A repository that cannot be read may revoke the verdict, so it is never left out. One that
 * does not have the digest has nothing attached to it.
 * @param promotedFrom the image's own repository may be among them
 * @throws UnreadableEvidence if anything in any place could not be read
 * @throws GateError `timeout`, `cancelled` or `credentials`
 */
async function readPlaces(source, { registry, repository, digest }, promotedFrom, deadline) {
    const own = { registry, repository, digest };
    const places = [
        { subject: own, source: undefined, evidence: await (0,evidence_read/* readEvidence */.At)(source, own, deadline) },
    ];
    for (const other of otherRepositories(own, promotedFrom)) {
        const [subject, name] = [{ ...other, digest }, nameOf(other)];
        const evidence = await inSource(name, () => (0,evidence_read/* readEvidence */.At)(source, subject, deadline));
        places.push({ subject, source: name, evidence });
    }
    return places;
}
/** The repositories without the image's own, each once, whichever host name of a registry names them. */
function otherRepositories(own, promotedFrom) {
    const others = new Map(promotedFrom.map((one) => [nameOf(one), one]));
    others.delete(nameOf(own));
    return [...others.values()];
}
function nameOf({ registry, repository }) {
    return (0,reference/* plainName */.MH)(registry, repository);
}
/**
 * Identifies an attestation by its content and by how it is attached, which decides how cosign reads it. The same manifest can be
 * a referrer in one place and a legacy tag in another.
 */
function attestationKey({ format, isForCosign, manifest, layer }) {
    return JSON.stringify([format, isForCosign, manifest.digest, layer.digest, layer.descriptor]);
}
/** What is attached in all places together. What is attached in several in the same way counts once. */
function evidenceOf(places) {
    const [own] = places;
    const all = places.flatMap(({ evidence }) => evidence.attestations);
    const different = new Map(all.map((one) => [attestationKey(one), one]));
    return { referrers: own.evidence.referrers, attestations: [...different.values()] };
}
/** Reads something in a place. An error about a repository that the image was promoted from says so. */
async function inSource(source, read) {
    try {
        return await read();
    }
    catch (error) {
        if (source === undefined || !(error instanceof evidence_source/* UnreadableEvidence */.jI))
            throw error;
        throw new evidence_source/* UnreadableEvidence */.jI(`in ${source}, which promoted-from lists, ${error.message}`, error.nextStep);
    }
}

// EXTERNAL MODULE: ./signing/revocations.js
var signing_revocations = __webpack_require__(41528);
// EXTERNAL MODULE: ./signing/statements/predicate.js
var predicate = __webpack_require__(88421);
// EXTERNAL MODULE: ./signing/statements/revocation.js + 1 modules
var statements_revocation = __webpack_require__(34334);
// EXTERNAL MODULE: ./signing/statements/statement.js
var statements_statement = __webpack_require__(67805);
// EXTERNAL MODULE: ./signing/statements/summaries.js
var summaries = __webpack_require__(9604);
;// CONCATENATED MODULE: ./signing/proofs.js
/** Verifies the signature and the verification summary of one digest, and says what was found. */













/** The signer in words: the key as cosign reads it, or the identity and its issuer. */
function signerText(signer) {
    if (signer.kind === 'key')
        return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
    const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
    return `${identity} (${signer.issuer})`;
}
/**
 * The checks of one digest: its signature and its verification summary, in every required format.
 * @param now the time by AWS's clock; undefined if it is unknown
 * @throws UnreadableEvidence; GateError `timeout` or `cancelled`
 */
async function proofsOf(verification, now) {
    const { settings, target } = verification;
    const proofs = [];
    for (const format of formatsOf(settings))
        proofs.push(await signatureProof(verification, format));
    const { revocations, notCounted } = (0,statements_revocation/* revocationsOf */.V)(revokingStatements(verification.signers), expectedOf(verification));
    if (settings.summary === undefined && revocations.length === 0) {
        const detail = `not required${notCountedText(notCounted)}`;
        return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
    }
    // A revocation counts even if only the signature is required: a newer summary then has to follow it.
    const required = settings.summary ?? { policies: undefined, maxAgeMs: undefined };
    for (const format of formatsOf(settings)) {
        proofs.push(await summaryProof(verification, format, required, now));
    }
    return proofs;
}
/** The checks of a digest if not everything that is attached to it could be read: all of them fail. */
function unreadableProofs(settings, target, { message, nextStep }) {
    const detail = `not everything that is attached to it could be read, and it may revoke the verdict: ${message}`;
    return [
        ...formatsOf(settings).map((format) => ({ ...signatureOf(settings, target, format), state: 'failed', detail, nextStep })),
        { ...summaryOf(settings, target), state: 'skipped', detail: 'not everything could be read' },
    ];
}
function platformText({ platform }) {
    return platform === undefined ? '' : ` of ${platform}`;
}
function formatsOf({ format }) {
    return format === 'both' ? ['bundle', 'legacy'] : [format];
}
function revokingStatements(signers) {
    return signers.flatMap(({ revocations }) => revocations.map(({ envelope }) => envelope.statement));
}
/** All signers in words. */
function anyOf({ signers }) {
    return signers.map(signerText).join(' or ');
}
/** Why each of several signers does not count; for a single one without its name. */
function reasons(failures) {
    if (failures.length === 1)
        return failures.map(({ why }) => why).join();
    return failures.map(({ by, why }) => `${by}: ${why}`).join('; ');
}
function expectedOf({ target, places }) {
    const [own, ...sources] = places;
    return { digest: target.digest, resourceUri: uriOf(own), promotedFrom: sources.map(uriOf) };
}
function hasSummary({ evidence }, { resourceUri: uri, timeVerified }) {
    return evidence.attestations.some(({ envelope: { statement } }) => {
        const { resourceUri: of, timeVerified: at } = (statement.predicate ?? {});
        return of === uri && at === timeVerified;
    });
}
/** The place as a summary names it. */
function uriOf({ subject: { registry, repository } }) {
    return (0,predicate/* resourceUri */.N)(registry, repository);
}
function signatureOf(settings, target, format) {
    return {
        kind: 'signature',
        what: `Signature${platformText(target)} (${format})`,
        by: anyOf(settings),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function signatureProof(verification, format) {
    const { settings, target } = verification;
    const proof = signatureOf(settings, target, format);
    const results = [];
    for (const signer of verification.signers) {
        const result = await verifySignature(verification, signer, format);
        if (result.verified) {
            const { subject, source } = result.place;
            const said = [
                ...(source === undefined ? [] : [`found in ${source}`]),
                ...Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`),
            ];
            const command = (0,by_hand/* signatureCommand */.q)((0,cosign_session/* byHand */.XL)(signer.session, signer.verifier, subject, format), settings.annotations);
            return {
                ...proof,
                by: signer.by,
                state: 'proven',
                promotedFrom: source,
                detail: said.join(', ') || undefined,
                command,
            };
        }
        results.push(result);
    }
    const whose = results.length === 1 ? 'this signer' : 'any of these signers';
    const failed = {
        ...proof,
        state: 'failed',
        detail: `no valid signature by ${whose} was found: ${reasons(results)}`,
    };
    // A likely cause, which the reader would otherwise have to find with cosign.
    const other = format === 'bundle' ? 'legacy' : 'bundle';
    for (const signer of verification.signers) {
        if (!(await verifySignature(verification, signer, other)).verified)
            continue;
        return {
            ...failed,
            detail: `${failed.detail}. It has a valid signature in format ${other}`,
            nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
        };
    }
    return {
        ...failed,
        nextStep: results.find(({ nextStep }) => nextStep !== undefined)?.nextStep ??
            'Do not deploy this image before the gate has judged and signed it.',
    };
}
/**
 * Looks for a signature in the image's own repository, then in those that it was promoted from. What is signed names the digest
 * alone, so a signature in either place says the same.
 */
async function verifySignature(verification, signer, format) {
    const { places } = verification;
    const [own, ...sources] = places;
    const result = await verifySignatureIn(own, verification, signer, format);
    if (result.verified)
        return result;
    const reasons = [result.why];
    for (const place of sources) {
        const other = await verifySignatureIn(place, verification, signer, format);
        if (other.verified)
            return other;
        reasons.push(`in ${place.source}: ${other.why}`);
    }
    return { ...result, why: reasons.join('; ') };
}
async function verifySignatureIn(place, { target, settings }, signer, format) {
    const { annotations } = settings;
    const { by } = signer;
    const { subject, source, evidence } = place;
    const image = format === 'bundle'
        ? attestationsOf(evidence, target, format, cosign_arguments/* SIGNATURE_TYPE */.uf)
        : await inSource(source, () => legacySignatures(signer, subject));
    const isBare = image.signatures === undefined && (image.attestations ?? []).length === 0;
    // In the image's own repository, cosign says in its own words that there is none.
    if (source !== undefined && isBare) {
        return { by, verified: false, place, why: 'no signature is attached', nextStep: undefined };
    }
    const result = await proofs_verify(signer, target, image, format, { annotations });
    if (!result.ok)
        return { by, verified: false, place, why: result.message, nextStep: result.nextStep };
    const proves = format === 'bundle' ? output/* provesBundle */.GX : output/* provesLegacy */.XB;
    const verified = proves(result.stdout, target.digest, annotations);
    return {
        by,
        verified,
        place,
        why: 'the valid signatures are not for this digest with these annotations',
        nextStep: undefined,
    };
}
async function legacySignatures({ session }, subject) {
    const signatures = await (0,evidence_read/* readLegacySignatures */.t6)(session.ports.evidence, subject);
    return { digest: subject.digest, signatures };
}
/** The image with the attestations of one type, in one format. */
function attestationsOf(evidence, target, format, type) {
    const attestations = evidence.attestations.filter(({ format: has, isForCosign, envelope: { statement } }) => has === format && isForCosign && statement.predicateType === type && (0,statements_statement/* isAbout */.KH)(statement, target.digest));
    return { digest: target.digest, attestations };
}
function summaryOf(settings, target, format) {
    return {
        kind: 'attestation',
        what: `Verification summary${platformText(target)}${format === undefined ? '' : ` (${format})`}`,
        by: anyOf(settings),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function summaryProof(verification, format, required, now) {
    const { settings, target, signers } = verification;
    const proof = summaryOf(settings, target, format);
    const results = [];
    for (const signer of signers)
        results.push(await summaryBy(verification, signer, format, required, now));
    const accepted = results
        .flatMap(({ signer, decision }) => (decision.accepted ? [{ signer, decision }] : []))
        .toSorted((a, b) => b.decision.at.getTime() - a.decision.at.getTime())[0];
    if (accepted !== undefined) {
        const { signer, decision } = accepted;
        const { resourceUri: resource, policy } = decision.summary;
        const says = { type: predicate/* SUMMARY_TYPE */.G_, resourceUri: resource, policySha256: policy.digest?.sha256 ?? '' };
        const any = required.policies === undefined ? ' (any policy is accepted)' : '';
        const { places } = verification;
        const source = places.find((place) => uriOf(place) === resource)?.source;
        // A copy of the summary may be attached in another repository than the one that it is for.
        const holder = places.find((place) => hasSummary(place, decision.summary)) ?? places[0];
        return {
            ...proof,
            by: signer.by,
            state: 'proven',
            at: decision.at,
            ageMs: decision.ageMs,
            ends: (0,time/* endOf */.pJ)(decision.at, required.maxAgeMs),
            promotedFrom: source,
            detail: `${source === undefined ? '' : `Verified by the summary of ${source}: `}${decision.summary.verificationResult} by policy ${(0,summaries/* policyText */.M)(decision.summary)}${any}${notCountedText(decision.notCounted)}`,
            command: (0,by_hand/* summaryCommand */.K)((0,cosign_session/* byHand */.XL)(signer.session, signer.verifier, holder.subject, format), says),
        };
    }
    const failed = { ...proof, state: 'failed' };
    const revoked = results.find(({ decision }) => !decision.accepted && decision.revokedBy !== undefined);
    if (revoked !== undefined) {
        const { revocations: counted } = (0,statements_revocation/* revocationsOf */.V)(revokingStatements(signers), expectedOf(verification));
        const { what, nextStep } = (0,signing_revocations/* describeRevocations */.R)(counted.map(({ statement }) => statement), signers.flatMap(({ revocations }) => revocations), verification.places);
        return { ...failed, detail: `${revoked.why} (${what})${revoked.others}`, nextStep };
    }
    const nextStep = results.find((result) => result.nextStep !== undefined)?.nextStep ?? RENEW;
    const others = [...new Set(results.map((result) => result.others))].join('');
    return { ...failed, detail: `${reasons(results)}${others}`, nextStep };
}
/**
 * Decides by the summaries of one signer. A revocation by another signer counts whatever its date: this signer may have
 * signed without knowing of it, because the gate looks only for revocations by its own key.
 */
async function summaryBy(verification, signer, format, required, now) {
    const { target, signers } = verification;
    const { by } = signer;
    const image = attestationsOf(verification.evidence, target, format, predicate/* SUMMARY_TYPE */.G_);
    const result = await proofs_verify(signer, target, image, format, { type: predicate/* SUMMARY_TYPE */.G_ });
    const own = [...revokingStatements([signer]), ...(0,statements_statement/* statementsOf */.GX)(result.ok ? result.stdout : '')];
    const decision = (0,summaries/* decideSummaries */.h)(own, { ...expectedOf(verification), ...required, now });
    const others = notCountedText(decision.notCounted);
    const foreign = signers
        .filter((other) => other !== signer)
        .flatMap((other) => (0,statements_revocation/* revocationsOf */.V)(revokingStatements([other]), expectedOf(verification)).revocations.map((one) => ({
        ...one,
        signer: other.by,
        because: '',
    })))[0];
    const unseen = decision.accepted ? unseenRevocation(signer, decision.summary, verification) : undefined;
    const revocation = foreign ?? unseen;
    if (revocation !== undefined) {
        const { signer: author, time, result: says, statement, because } = revocation;
        const why = `a verification summary by ${author}, of ${time}, says ${says}${because}`;
        const refused = { accepted: false, why, revokedBy: statement, notCounted: [] };
        return { by, signer, decision: refused, why, others, nextStep: undefined };
    }
    if (decision.accepted)
        return { by, signer, decision, why: '', others, nextStep: undefined };
    if (decision.revokedBy !== undefined || result.ok) {
        return { by, signer, decision, why: decision.why, others, nextStep: decision.nextStep };
    }
    const why = `no verification summary by this signer was found: ${result.message}`;
    return { by, signer, decision, why, others, nextStep: result.nextStep };
}
/**
 * A revocation by the signer that the gate did not look for when it passed the image: it looks only for those that are
 * attached in the repository of the image, and that do not clearly name another one. A newer summary then does not say that the
 * image is good again, so the revocation counts whatever its date. One that is attached in another repository as well may have
 * been copied after the gate passed the image.
 */
function unseenRevocation({ by, revocations }, { resourceUri: passed }, verification) {
    const there = verification.places.find((place) => uriOf(place) === passed);
    const keysIn = (places) => new Set(places.flatMap(({ evidence }) => evidence.attestations.map(attestationKey)));
    const seen = keysIn(there === undefined ? [] : [there]);
    const elsewhere = keysIn(verification.places.filter((place) => place !== there));
    const { digest } = verification.target;
    const isSeen = (one) => seen.has(attestationKey(one)) &&
        !elsewhere.has(attestationKey(one)) &&
        (0,statements_revocation/* revocationsOf */.V)([one.envelope.statement], { digest, resourceUri: passed }).revocations.length > 0;
    const statements = revocations.filter((one) => !isSeen(one)).map(({ envelope }) => envelope.statement);
    const [first] = (0,statements_revocation/* revocationsOf */.V)(statements, expectedOf(verification)).revocations;
    const because = `. The newer summary of ${passed} does not count, because the gate for that repository does not look for this one, or may not have seen it`;
    return first && { ...first, signer: by, because };
}
const MOST_LISTED = 5;
/** The summaries that do not say PASSED and did not decide. */
function notCountedText(items) {
    if (items.length === 0)
        return '';
    const more = items.length - MOST_LISTED;
    const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
    return `; not counted: ${listed.join(', ')}`;
}
const RENEW = 'Run the gate for this image again with attest: true, and with the policy and the key that are expected here.';
/** Has cosign verify a copy of the image, as strictly as the settings require. */
async function proofs_verify({ session, verifier }, target, image, format, wanted) {
    const copy = await session.serve(image);
    // What cosign does not read is missing, which never counts for the image.
    return (0,check/* check */.z6)(session, { subject: target, verifier, format, wanted, copy });
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(58850);
// EXTERNAL MODULE: ./signing/requirements.js
var requirements = __webpack_require__(833);
// EXTERNAL MODULE: ./signing/verifier.js
var verifier = __webpack_require__(50067);
;// CONCATENATED MODULE: ./signing/verify.js
/** Verifies signatures and attestations of earlier runs before a deployment. */










/**
 * Gets cosign ready, and the public key of a key file.
 * @throws GateError `signing` or `input`
 */
async function prepareVerifier(settings, ports) {
    const signers = [];
    for (const signer of settings.signers) {
        const isFile = signer.kind === 'key' && signer.key.kind === 'file';
        signers.push({ signer, isPublic: isFile && (await isPublicKey(signer.key.path)) });
    }
    const usesServices = settings.transparencyLog || settings.signers.some(({ kind }) => kind !== 'key');
    const cosign = await (0,provision/* provisionCosign */.$0)(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
    const session = await (0,cosign_session/* openSession */.fA)(cosign, {
        key: 'none',
        keyRegion: undefined,
        services: usesServices ? settings.services : undefined,
        transparencyLog: settings.transparencyLog,
    }, ports);
    try {
        (0,requirements/* requireSupport */.bG)(cosign, settings);
        const verifying = [];
        for (const [index, { signer, isPublic }] of signers.entries()) {
            verifying.push(await verifyingSigner(session, signer, isPublic, index));
        }
        const referrers = new Map();
        return {
            cosignVersion: cosign.version,
            verify: async (target, now) => {
                try {
                    const { promotedFrom = [] } = settings;
                    const places = await readPlaces(ports.evidence, target, promotedFrom, ports.deadline);
                    const evidence = evidenceOf(places);
                    referrers.set(target.digest, evidence.referrers);
                    const searched = [];
                    for (const signer of verifying) {
                        const revocations = await (0,signing_revocations/* revocationsBySigner */.i)({ ...signer, subject: target }, evidence);
                        searched.push({ ...signer, revocations });
                    }
                    return await proofsOf({ signers: searched, settings, target, places, evidence }, now);
                }
                catch (error) {
                    if (!(error instanceof evidence_source/* UnreadableEvidence */.jI))
                        throw error;
                    return unreadableProofs(settings, target, error);
                }
            },
            referrers: (digest) => referrers.get(digest),
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
/** Whether a key file is a public key, which can be checked into a repository. */
async function isPublicKey(path) {
    await (0,requirements/* requireKeyFile */.vZ)(path);
    try {
        return (await (0,external_node_fs_promises_.readFile)(path, 'utf8')).includes('BEGIN PUBLIC KEY');
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input signing-key: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
/** What one signer is verified with. The sessions of all signers share one directory, but each has only its own key. */
async function verifyingSigner(common, signer, isPublic, index) {
    const by = signerText(signer);
    if (signer.kind !== 'key')
        return { by, session: common, verifier: signer };
    const { key } = signer;
    if (key.kind === 'file' && isPublic) {
        return { by, session: common, verifier: { kind: 'key', reference: key.path } };
    }
    const session = {
        ...common,
        key: key.kind,
        keyRegion: key.kind === 'kms' ? key.region : undefined,
    };
    return { by, session, verifier: await (0,verifier/* keyVerifier */.q)(session, key, `public-key-${index}.pem`) };
}

// EXTERNAL MODULE: ./modes/attestations.js
var modes_attestations = __webpack_require__(6199);
// EXTERNAL MODULE: ./modes/check-inputs.js
var check_inputs = __webpack_require__(82666);
// EXTERNAL MODULE: ./modes/documents.js
var documents = __webpack_require__(72760);
// EXTERNAL MODULE: ./modes/images.js + 1 modules
var modes_images = __webpack_require__(57763);
// EXTERNAL MODULE: ./modes/preflight.js
var preflight = __webpack_require__(93953);
// EXTERNAL MODULE: ./modes/sign.js + 11 modules
var sign = __webpack_require__(75728);
;// CONCATENATED MODULE: ./modes/verify.js
/** The verify action: verifies signatures and attestations of earlier runs, and judges today's findings. */

























/** How long the removal of a verifier's files may take. */
const CLOSE_MS = 2_000;
/** A new run of the verify action. */
function newRun(startedAt) {
    const known = (0,modes_images/* newKnown */.Ed)(startedAt);
    const state = { images: [], verification: undefined, earlier: undefined };
    let inputs;
    return {
        readInputs: (get) => {
            inputs = readVerifyInputs(get);
            const readsFiles = (0,documents/* readsDocuments */.eK)(inputs) || inputs.baselineReport !== undefined;
            return { timeoutMs: inputs.timeoutMs, readsDocuments: readsFiles };
        },
        work: async (context) => {
            if (inputs === undefined)
                throw new Error('the inputs were not read');
            await verifyImages(inputs, context, known, state);
        },
        publication: async (error) => {
            const verified = {
                ...(0,modes_images/* imagesResult */.Gb)(known, state.images, error, 'verify'),
                verification: state.verification,
            };
            const { verifyReport } = await Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(6770), __webpack_require__.e(6589), __webpack_require__.e(7027), __webpack_require__.e(5824)]).then(__webpack_require__.bind(__webpack_require__, 45824));
            if (inputs?.baselineReport === undefined)
                return {
                    result: verified,
                    report: verifyReport(verified),
                    options: inputs && publishOptions(inputs),
                };
            const { changesSince, snapshotOfResult } = await Promise.all(/* import() */[__webpack_require__.e(6589), __webpack_require__.e(8381)]).then(__webpack_require__.bind(__webpack_require__, 98381));
            const result = { ...verified, changes: changesSince(state.earlier, snapshotOfResult(verified)) };
            return { result, report: verifyReport(result), options: publishOptions(inputs) };
        },
    };
}
function publishOptions({ issue, issueTitle, ...inputs }) {
    if (issue === 'never')
        return inputs;
    return { ...inputs, issue: { mode: issue, subject: (0,issue_subject/* verifySubject */.i)(issueTitle, inputs.images) } };
}
/** Verifies signatures and attestations, then judges today's findings. For each image, the first failure ends it. */
async function verifyImages(inputs, context, known, state) {
    const { verification } = inputs;
    const { deadline, environment, log, awsHandler: handler } = context;
    if (inputs.baselineReport !== undefined) {
        const { readBaselineReport } = await Promise.all(/* import() */[__webpack_require__.e(6589), __webpack_require__.e(2950)]).then(__webpack_require__.bind(__webpack_require__, 32950));
        state.earlier = await readBaselineReport(inputs.baselineReport, context, known);
    }
    await (0,check_inputs/* checkPublishingInputs */.X)(inputs, context);
    const { document, exceptions, others } = await (0,documents/* readDocuments */.r9)(inputs, context, known, inputs.otherPolicies);
    const own = { signing: true, recheck: verification.recheck };
    const settings = (0,documents/* applyMinimum */.zL)(inputs, own, document, context, known);
    const { recheck } = settings;
    const policy = known.documents?.policy;
    const summary = expectedSummary(verification, policy === undefined ? [] : [policy, ...others], recheck ? (0,minimum/* acceptedWeakenings */.m7)(settings, document) : []);
    const { signers, format, promotedFrom = [] } = verification;
    const trust = verification.notation && (await (0,notation_trust/* readTrust */.b)(verification.notation, context.workspace));
    const usesCosign = signers.length > 0;
    state.verification = {
        signers: signers.map(signerText),
        format: usesCosign ? format : 'notation',
        cosignVersion: undefined,
        notation: trust && { identities: trust.identities, version: undefined },
        attestation: usesCosign && summary !== undefined,
        policies: summary?.policies,
        maxAttestationAgeMs: summary?.maxAgeMs,
        promotedFrom: promotedFrom.map(({ registry, repository }) => (0,reference/* plainName */.MH)(registry, repository)),
        recheck,
    };
    const clients = (0,aws_clients/* createClients */.hP)(deadline, { log, environment, handler });
    (0,first_request/* loadDuringRequest */.b)(() => Promise.all([
        ...(recheck ? [Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(2066), __webpack_require__.e(718), __webpack_require__.e(6770), __webpack_require__.e(5915), __webpack_require__.e(3197)]).then(__webpack_require__.bind(__webpack_require__, 55578))] : []),
        Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(6770), __webpack_require__.e(6589), __webpack_require__.e(7027), __webpack_require__.e(5824)]).then(__webpack_require__.bind(__webpack_require__, 45824)),
        __webpack_require__.e(/* import() */ 4934).then(__webpack_require__.bind(__webpack_require__, 34934)),
    ]));
    const preparing = prepareVerifiers({ ...verification, summary }, trust, clients, context);
    const attestations = (0,modes_attestations/* prepareAttestations */.h)(settings, verification.cosignVersion, clients, context);
    // It is awaited later. Until then a failure must not end the process as an unhandled rejection.
    attestations?.catch(() => { });
    const resolving = (0,resolve/* resolveEach */.AQ)(inputs.images, (0,ecr/* ecrImages */.D)(clients, deadline));
    try {
        await (0,preflight/* preflight */.M)([
            ['Verification', () => preparing],
            ...(attestations === undefined ? [] : [['Required attestations', () => attestations]]),
            ['Images', () => resolving],
        ], deadline);
        const [verifier, images] = [await preparing, await resolving];
        const attestationVerifier = await attestations;
        state.verification = {
            ...state.verification,
            cosignVersion: verifier.cosign?.cosignVersion,
            notation: trust && { identities: trust.identities, version: verifier.notation?.version },
        };
        const pending = new errors/* GateError */.ue('not-proven', verify/* NOT_REACHED */.r);
        state.images = images.map((image) => ({
            ...((0,resolve/* isResolved */.ZY)(image) ? (0,modes_images/* unjudged */.bC)(image, pending) : (0,modes_images/* unresolved */.II)(image)),
            proofs: [],
        }));
        const verified = [];
        for (const [index, image] of images.entries()) {
            if (!(0,resolve/* isResolved */.ZY)(image))
                continue;
            log((0,modes_images/* describeImage */.hu)(image));
            try {
                const required = attestationVerifier && (await (0,modes_attestations/* checkAttestations */.Y)(image, attestationVerifier, clients));
                const { failed, proofs } = await verifyOne(image, verifier, verification, recheck, required, clients, context);
                const error = failed === undefined ? required?.error : notVerified(image, failed);
                if (error === undefined)
                    verified.push(image);
                state.images[index] = {
                    ...(0,modes_images/* unjudged */.bC)(image, error ?? pending),
                    ...(error === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
                    proofs,
                };
            }
            catch (error) {
                if ((0,errors/* endsRun */.sl)(error))
                    throw error;
                state.images[index] = { ...(0,modes_images/* unjudged */.bC)(image, (0,errors/* toGateError */.Vl)(error)), proofs: [] };
            }
        }
        if (recheck) {
            const { scannerOf } = await Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(2066), __webpack_require__.e(718), __webpack_require__.e(6770), __webpack_require__.e(5915), __webpack_require__.e(3197)]).then(__webpack_require__.bind(__webpack_require__, 55578));
            const weakening = (0,documents/* weakeningByInputs */.Od)(settings, document, known);
            const scanner = scannerOf(settings, clients, deadline);
            const judging = {
                inputs,
                settings,
                weakening,
                exceptions,
                clients,
                context,
                known,
                scanner,
                each: true,
                bases: new Map(),
            };
            await judgeAgain(verified, { ...judging, imageCount: images.length }, images, state);
            if (inputs.advice) {
                const { withAdvice } = await Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(2066), __webpack_require__.e(718), __webpack_require__.e(6770), __webpack_require__.e(5915), __webpack_require__.e(1759)]).then(__webpack_require__.bind(__webpack_require__, 64140));
                state.images = await withAdvice(images, state.images, judging);
            }
        }
        // Last, so that nothing is recorded before the verdict is final.
        if (inputs.deployment !== undefined) {
            const { deploymentRecords, isRecordable, record } = await __webpack_require__.e(/* import() */ 4147).then(__webpack_require__.bind(__webpack_require__, 26528));
            const records = deploymentRecords(inputs.images, images, inputs.deployment);
            if (isRecordable(state))
                await record(records, inputs, context, known);
        }
    }
    finally {
        // A verifier that hangs must not turn what ended the run into a timeout. The end of the process removes its files.
        const open = [preparing.then(verify_close), attestations?.then((ready) => ready.close())];
        await Promise.race([Promise.allSettled(open), (0,promises_.setTimeout)(CLOSE_MS)]);
        clients.destroy();
    }
}
/** Verifies the signature and the verification summary of one image. The first of these that failed is `failed`. */
async function verifyOne(image, { cosign, notation }, { format, platforms }, recheck, required, clients, { deadline, log }) {
    const proofs = [];
    for (const target of (0,sign.targetsOf)(image, platforms)) {
        if (cosign !== undefined)
            proofs.push(...(await cosign.verify(target, clients.serviceTime(image.registry))));
        if (notation !== undefined)
            proofs.push(await notation.verify(target));
    }
    const managed = await managedSignatures(clients, deadline, image, log);
    const { notations, bundles } = otherReferrers(cosign?.referrers(image.digest) ?? []);
    const failed = proofs.find((proof) => proof.state === 'failed');
    return {
        failed,
        proofs: [
            ...(cosign !== undefined && format === 'legacy'
                ? proofs.map((proof) => withHiding(proof, bundles))
                : proofs),
            ...(required?.proofs ?? []),
            ...(failed !== undefined || required?.error !== undefined || !recheck
                ? [skippedFindings(recheck)]
                : []),
            ...managed,
            // Where notation verifies, its check says which signature counts.
            ...(notation === undefined ? notations : []),
        ],
    };
}
/** Prepares cosign and notation. If one of the two fails, the files of the other are removed. */
async function prepareVerifiers({ signers: [signer, ...others], ...settings }, trust, clients, context) {
    const cosign = signer && (await prepareImageVerifier({ ...settings, signers: [signer, ...others] }, clients, context));
    try {
        const { summary, annotations } = settings;
        const { policies, equivalentSha256 = [] } = summary ?? {};
        const accepted = policies && [...policies, ...equivalentSha256];
        const expected = { annotations, policies: accepted };
        const notation = trust && (await prepareNotationVerifier(trust, expected, (0,sign.signingPorts)(clients, context)));
        if (cosign === undefined && notation === undefined)
            throw new Error('nothing verifies');
        return { cosign, notation };
    }
    catch (error) {
        await cosign?.close();
        throw error;
    }
}
async function verify_close({ cosign, notation }) {
    await Promise.all([cosign?.close(), notation?.close()]);
}
/** Checks the files that cosign reads, and gets cosign ready. */
async function prepareImageVerifier(settings, clients, context) {
    const keys = settings.signers.flatMap((signer) => (signer.kind === 'key' ? [signer.key] : []));
    await (0,sign.checkCosignFiles)(keys, settings.services, context.workspace);
    return prepareVerifier(settings, (0,sign.signingPorts)(clients, context));
}
/** Judges today's findings of the images whose signatures and attestations were verified. */
async function judgeAgain(verified, judging, images, state) {
    const { clients, known } = judging;
    const { judge } = await Promise.all(/* import() */[__webpack_require__.e(7645), __webpack_require__.e(2066), __webpack_require__.e(718), __webpack_require__.e(6770), __webpack_require__.e(5915), __webpack_require__.e(3197)]).then(__webpack_require__.bind(__webpack_require__, 55578));
    const judged = await judge(verified, judging);
    for (const [at, image] of verified.entries()) {
        const [index, judgedImage] = [images.indexOf(image), judged[at]];
        // Without a result, the image stays without a verdict.
        if (judgedImage === undefined)
            continue;
        const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), known.settings);
        state.images[index] = {
            ...judgedImage,
            proofs: [...(state.images[index]?.proofs ?? []), findings],
        };
    }
}
/**
 * What the summary has to say. It has to name one of the policies, by its digest or by that of its file, or a digest in the input
 * `policy-digest`. With both inputs, `policy-digest` has to list every policy, so that it also pins them. A summary by a policy,
 * weakened by a baseline, base images or basic scanning, counts only if today's findings are judged with the same inputs: then the inputs of
 * the deployment allow the image, not those of the build.
 * @param files the policy files; the first one judges today's findings
 * @throws GateError `input` if `policy-digest` does not list a policy file
 */
function expectedSummary({ summary }, files, conceded) {
    if (files.length === 0)
        return summary;
    const given = summary?.policies;
    const unlisted = files.find(({ policySha256, sha256 }) => given !== undefined && !given.includes(policySha256) && !given.includes(sha256));
    if (given !== undefined && unlisted !== undefined) {
        throw new errors/* GateError */.ue('input', `Input policy-digest: expected the digest of the policy ${unlisted.uri}, got ${given.map((sha256) => `"sha256:${sha256}"`).join(', ')}.`, { nextStep: `For example: policy-digest: sha256:${unlisted.policySha256}` });
    }
    const digests = files.flatMap(({ policySha256, sha256 }) => [policySha256, sha256]);
    return {
        policies: [...new Set([...files.map(({ policySha256 }) => policySha256), ...(given ?? [])])],
        equivalentSha256: [
            ...digests,
            ...digests.flatMap((sha256) => conceded.map((weakening) => (0,predicate/* weakenedPolicySha256 */.Ms)(sha256, { ...weakening }))),
        ],
        maxAgeMs: summary?.maxAgeMs,
    };
}
function notVerified({ uri }, { what, by, detail, nextStep }) {
    return new errors/* GateError */.ue('not-verified', `${uri}: ${what} by ${by} could not be verified: ${detail}.`, {
        nextStep,
    });
}
/** If an image has a bundle, cosign ignores its legacy signatures unless it is told to read only those. */
function withHiding(proof, bundles) {
    if (proof.kind !== 'signature' || proof.state !== 'proven' || bundles === 0)
        return proof;
    const hint = `cosign verify finds it only with --new-bundle-format=false, because the image also has ${bundles} Sigstore ${bundles === 1 ? 'bundle' : 'bundles'}`;
    return { ...proof, detail: proof.detail === undefined ? hint : `${proof.detail}; ${hint}` };
}
const FINDINGS = {
    kind: 'findings',
    what: 'Today’s findings',
    by: undefined,
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
};
function skippedFindings(recheck) {
    const detail = recheck ? 'an earlier check failed' : 'not required';
    return { ...FINDINGS, state: 'skipped', detail };
}
function findingsProof(image, now, settings) {
    const { outcome } = image;
    if (outcome.kind !== 'judged') {
        return {
            ...FINDINGS,
            state: 'failed',
            detail: outcome.kind === 'error' ? outcome.error.message : undefined,
        };
    }
    const { counts, blocking, verdict, exceededLimits } = outcome.verdict;
    const over = exceededLimits.length;
    const limits = over === 0
        ? ''
        : `; ${over} ${over === 1 ? 'limit of the policy is' : 'limits of the policy are'} exceeded`;
    const unwatched = (0,age/* oldestUnwatchedScan */.eO)(image.platforms);
    const since = unwatched === undefined
        ? ''
        : `; the image is not scanned continuously, so vulnerabilities published since ${(0,time/* day */.vd)(unwatched)} are unknown`;
    const at = (0,age/* oldest */.os)(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
    return {
        ...FINDINGS,
        ...(unwatched === undefined ? {} : { what: 'Findings of its last scan' }),
        state: verdict === 'block' ? 'failed' : 'proven',
        at,
        ageMs: at === undefined || now === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
        // The reader should see the threshold: with fail-on: none, no finding blocks.
        detail: `${counts.total} active, ${blocking} of them ${blocking === 1 ? 'blocks' : 'block'} (fail-on: ${settings?.failOn})${limits}${since}`,
    };
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


/***/ }),

/***/ 2686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ isSigned),
/* harmony export */   r: () => (/* binding */ NOT_REACHED)
/* harmony export */ });
/** The error of an image that a run did not reach, with the code `not-proven`. The error of the run says why. */
const NOT_REACHED = 'The run ended before the image was verified.';
/** Whether this run verified all signatures that are required of an image. */
function isSigned({ proofs }) {
    const signatures = proofs.filter(({ kind }) => kind === 'signature');
    return signatures.length > 0 && signatures.every(({ state }) => state === 'proven');
}


/***/ }),

/***/ 25194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ RECORD_LIMITS)
/* harmony export */ });
/** Records in GitHub's artifact metadata, as data. */
/**
 * The most characters that GitHub accepts in the fields of a record. Source: GitHub's OpenAPI description of api.github.com,
 * `/orgs/{org}/artifacts/metadata/storage-record` and `…/deployment-record`.
 */
const RECORD_LIMITS = {
    name: 256,
    repository: 128,
    deploymentName: 256,
    /** Of the logical environment, the physical environment and the cluster. */
    place: 128,
};


/***/ }),

/***/ 41528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ describeRevocations),
/* harmony export */   i: () => (/* binding */ revocationsBySigner),
/* harmony export */   refuseRevoked: () => (/* binding */ refuseRevoked)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75650);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(90274);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35125);
/* harmony import */ var _cosign_check_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(35557);
/* harmony import */ var _cosign_session_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70017);
/* harmony import */ var _evidence_envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3587);
/* harmony import */ var _evidence_read_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3139);
/* harmony import */ var _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41590);
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(88421);
/* harmony import */ var _statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(34334);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(67805);
/**
 * Finds the attestations by the signer that revoke a verdict. All attestations that were read are searched, in every
 * spelling, type and format: cosign itself prints only those with a spelling that it accepts, of one type and in one format.
 */













const MOST_NAMED = 5;
/**
 * Names the attestations that revoke a verdict, and the commands that delete them, one for each repository. Others may have
 * pushed copies of one; each of them revokes the verdict.
 */
function describeRevocations(statements, attestations, places) {
    const revoking = attestations.filter(({ envelope }) => statements.includes(envelope.statement));
    const digests = [...new Set(revoking.map(({ manifest }) => manifest.digest))];
    const named = digests.slice(0, MOST_NAMED);
    const more = digests.length > named.length ? ` and ${digests.length - named.length} more` : '';
    const command = places
        .flatMap(({ subject: { registry, repository }, evidence }) => {
        const attached = new Set(evidence.attestations.map(({ manifest }) => manifest.digest));
        const ids = named.filter((digest) => attached.has(digest)).map((digest) => `imageDigest=${digest}`);
        if (ids.length === 0)
            return [];
        return `aws ecr batch-delete-image --registry-id ${registry.account} --region ${registry.region} --repository-name ${repository} --image-ids ${ids.join(' ')}`;
    })
        .join(' && ');
    const legacy = revoking.some(({ format }) => format === 'legacy')
        ? ' (in format legacy, this also deletes the other attestations of the image)'
        : '';
    return {
        what: named.length === 0 ? 'an attestation' : `${named.join(', ')}${more}`,
        nextStep: `Do not deploy this image. To allow it again, delete the attestations that revoke its verdict${legacy} and run the gate for it${named.length === 0 ? '.' : `: ${command}`}`,
    };
}
/**
 * Refuses to sign a digest whose verdict this signer revoked, in either format and at any time.
 * @throws GateError `signing` if it was revoked, or if not everything attached could be read; `timeout` or
 *   `cancelled`
 */
async function refuseRevoked(search) {
    const { session, subject } = search;
    const { registry, repository, digest } = subject;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, digest);
    try {
        const evidence = await (0,_evidence_read_js__WEBPACK_IMPORTED_MODULE_8__/* .readEvidence */ .At)(session.ports.evidence, subject, session.ports.deadline);
        const signed = await revocationsBySigner(search, evidence);
        const statements = signed.map(({ envelope }) => envelope.statement);
        const { revocations } = (0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__/* .revocationsOf */ .V)(statements, {
            digest,
            resourceUri: (0,_statements_predicate_js__WEBPACK_IMPORTED_MODULE_10__/* .resourceUri */ .N)(registry, repository),
        });
        const [first] = revocations;
        if (first === undefined)
            return;
        const revoking = revocations.map(({ statement }) => statement);
        const { what, nextStep } = describeRevocations(revoking, signed, [{ subject, evidence }]);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `The verdict on ${image} was revoked: an attestation by this signer, of ${first.time}, says ${first.result} (${what}). Nothing was signed or attested.`, { nextStep });
    }
    catch (error) {
        if (!(error instanceof _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI))
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `Not everything that is attached to ${image} could be read, and it may revoke the verdict: ${error.message}. Nothing was signed or attested.`, { nextStep: error.nextStep, cause: error });
    }
}
/** A type that no attestation has. cosign then reports whether there are others by the signer. */
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SERVED = 500;
const MOST_TYPES = 20;
const MOST_TYPE_CHARACTERS = 300;
/**
 * The attestations by the signer that revoke a verdict, of any digest and repository. With a key no transparency log is
 * required: to check less strictly what counts against an image is the stricter outcome. With a certificate it is, because
 * the certificate is valid for only a few minutes, and the log confirms that it was valid when it signed.
 * @throws UnreadableEvidence if it could not be determined who signed one
 */
async function revocationsBySigner(search, evidence) {
    const candidates = evidence.attestations.filter(({ envelope }) => (0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__/* .isRevocation */ .b)(envelope.statement));
    if (candidates.length === 0)
        return [];
    const isSigned = await signatureCheck(search);
    const signed = new Set();
    for (const candidate of candidates) {
        if (isSigned(candidate))
            signed.add(candidate);
        // There may be thousands, and each check blocks the event loop for a moment.
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)();
    }
    // cosign verifies the rest: it reads certificates, and supports more kinds of keys.
    const others = candidates.filter((candidate) => !signed.has(candidate) &&
        candidate.isForCosign &&
        (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_12__/* .isAbout */ .KH)(candidate.envelope.statement, search.subject.digest));
    for (const format of ['bundle', 'legacy']) {
        const ofFormat = others.filter((other) => other.format === format);
        for (let at = 0; at < ofFormat.length; at += MOST_SERVED) {
            for (const one of await signedByCosign(search, ofFormat.slice(at, at + MOST_SERVED)))
                signed.add(one);
        }
    }
    return [...signed];
}
/** Returns a function that tells whether the signer's key signed an attestation. It does not support certificates. */
async function signatureCheck({ session, verifier, subject, }) {
    if (verifier.kind !== 'key')
        return () => false;
    try {
        const isSigned = (0,_evidence_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .signedBy */ .q)(await publicKey(session, verifier.reference, subject));
        return ({ envelope }) => isSigned(envelope);
    }
    catch (error) {
        if (error instanceof _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI)
            throw error;
        throw new _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`the public key of ${verifier.reference} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`, 'Check the key.');
    }
}
async function publicKey(session, reference, { registry }) {
    if (!reference.startsWith('awskms:'))
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(reference, 'utf8');
    const args = (0,_cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .publicKeyArguments */ .jL)({ kind: 'kms', reference, region: undefined });
    const result = await (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .call */ .T1)(session, args, registry);
    if (result.exitCode === 0)
        return result.stdout;
    (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .stopIfOver */ .UH)(session.ports.deadline, `reading the public key of ${reference}`);
    const { message, nextStep } = (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_6__/* .failureOf */ .g5)(result);
    throw unknown(`cosign could not read the public key: ${message}`, nextStep);
}
/** The attestations that cosign verifies as the signer's. */
async function signedByCosign(search, candidates) {
    // One call says whether there are any, however many types others have used.
    if ((await verifyWithCosign(search, candidates, NO_TYPE)).found === 'nothing')
        return [];
    const types = new Set(candidates.map(({ envelope }) => envelope.statement.predicateType));
    if (types.size > MOST_TYPES || [...types].some((type) => type.length > MOST_TYPE_CHARACTERS)) {
        throw unknown('an attestation by this signer revokes the verdict, but there are too many predicate types to determine which');
    }
    const signed = [];
    for (const type of types) {
        const { stdout } = await verifyWithCosign(search, candidates, type);
        const payloads = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_12__/* .verifiedPayloads */ .qP)(stdout);
        signed.push(...candidates.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
    }
    if (signed.length === 0) {
        throw unknown('an attestation by this signer revokes the verdict, but cosign does not say which');
    }
    return signed;
}
async function verifyWithCosign({ session, verifier, subject }, attestations, type) {
    const copy = await session.serve({ digest: subject.digest, attestations });
    const format = attestations[0]?.format ?? 'bundle';
    const result = await (0,_cosign_check_js__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6)(session, {
        subject,
        verifier,
        format,
        wanted: { type },
        copy,
        ignoresLog: true,
        mustReadAll: true,
    });
    if (result.ok)
        return { stdout: result.stdout, found: undefined };
    if (result.found !== undefined)
        return { stdout: '', found: result.found };
    throw unknown(`cosign could not determine who signed the attestations that may revoke the verdict: ${result.message}`, result.nextStep);
}
function unknown(message, nextStep = 'Examine the attestations of the image. See docs/signing.md.') {
    return new _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(message, nextStep);
}


/***/ })

};
