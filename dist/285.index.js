export const id = 285;
export const ids = [285];
export const modules = {

/***/ 7285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  newRun: () => (/* binding */ newRun)
});

// EXTERNAL MODULE: ./lib/aws/clients.js + 1 modules
var aws_clients = __webpack_require__(6943);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(84);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(3578);
;// CONCATENATED MODULE: ./lib/signing/identity.js
const IDENTITY_PATTERN_EXAMPLE = 'https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/tags/v.*';
function anchoredPattern(text) {
    if (/\(\?(?!:)|\[:|\[\^?\]/.test(text)) {
        throw new Error('only plain groups, (…) and (?:…), and plain classes, […], are supported');
    }
    const pattern = withPlainEscapes(text);
    const unknown = /\\[^bBdDfnpPrsStvwWx]/.exec(pattern)?.[0];
    if (unknown !== undefined)
        throw new Error(`${unknown} is not supported`);
    try {
        new RegExp(pattern, 'u');
    }
    catch (error) {
        throw new Error(`it is no regular expression: ${error instanceof Error ? error.message : error}`);
    }
    for (const alternative of alternativesOf(pattern)) {
        if (!namesSomebody(alternative)) {
            throw new Error('it does not say whose identity it is: every alternative of it has to begin with a literal host and owner, as in https://github\\.com/team/.*, or, for e-mail addresses, be like [^/]+@team\\.example; a dot is written \\.');
        }
    }
    return `^(?:${text})$`;
}
function withPlainEscapes(text) {
    return text.replace(/\\(.)/gsu, (all, escaped) => /[!-/:-@[-`{-~]/.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : all);
}
const PIECE = /(?<class>\[(?:\\.|[^\]\\])*\])|(?<escape>\\(?:x(?<hex>[\da-f]{2})|p\{[^}]*\}|.))|(?<other>[\^$.|()])|(?<quantifier>[*+?]|\{[^}]*\})|(?<plain>.)/gisuy;
const NAMES = /^\((?:\?:)?[A-Za-z\d-]+(?:\|[A-Za-z\d-]+)*\)$/;
const SOME_NAME = { source: 'x', literal: 'x' };
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
function namesSomebody(alternative) {
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
function literals(pieces) {
    const end = pieces.findIndex(({ literal }) => literal === undefined);
    return pieces.slice(0, end === -1 ? undefined : end).map(({ literal = '' }) => literal);
}
function matchesSlash({ source }) {
    return source === '(' || new RegExp(`^${source}$`, 'u').test('/');
}

// EXTERNAL MODULE: ./lib/inputs/common.js + 1 modules
var inputs_common = __webpack_require__(3635);
// EXTERNAL MODULE: ./lib/inputs/gate.js
var gate = __webpack_require__(8765);
// EXTERNAL MODULE: ./lib/inputs/read.js
var read = __webpack_require__(918);
;// CONCATENATED MODULE: ./lib/inputs/verify.js





function readVerifyInputs(get) {
    const text = (0,read/* trimmed */.dE)(get);
    return { ...(0,inputs_common/* imageInputs */.bE)(text), verification: verification(text) };
}
function verification(text) {
    const recheck = (0,read/* boolean */.zM)('recheck', text('recheck') || 'true');
    const maxAge = text('max-attestation-age');
    const maxAgeMs = (0,read/* optional */.lq)(maxAge, (value) => (0,read/* duration */.p0)('max-attestation-age', value, read/* LONGEST_AGE */.LT));
    if (maxAgeMs === 0)
        throw (0,read/* invalid */.Gq)('max-attestation-age', maxAge, 'a duration longer than zero', '30d');
    const policySha256 = (0,read/* optional */.lq)(text('policy-digest'), policyDigest);
    const signer = expectedSigner(text);
    const common = (0,inputs_common/* signatureInputs */.ER)(text);
    const trustedRoot = text('sigstore-trusted-root');
    const services = trustedRoot === '' ? undefined : { signingConfig: undefined, trustedRoot };
    (0,gate/* refuseUnusedServices */.f)(services, signer.kind !== 'key' || common.transparencyLog);
    return {
        signer,
        ...common,
        services,
        summary: maxAgeMs === undefined && policySha256 === undefined ? undefined : { policySha256, maxAgeMs },
        recheck,
    };
}
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
function expectedSigner(text) {
    const key = (0,inputs_common/* signingKey */.NR)(text);
    const identity = text('certificate-identity');
    const pattern = text('certificate-identity-regexp');
    const given = [key !== undefined && key.kind !== 'keyless', identity !== '', pattern !== ''];
    if (given.filter((one) => one).length !== 1) {
        throw new errors/* GateError */.ue('input', 'The verify action needs exactly one of the inputs signing-key, certificate-identity and certificate-identity-regexp.', {
            nextStep: `A right value is: certificate-identity: https://github.com/team/app/.github/workflows/release.yml@refs/heads/main, or signing-key: ${inputs_common/* KEY_EXAMPLE */.d_}`,
        });
    }
    const givenIssuer = text('certificate-oidc-issuer');
    if (key !== undefined && key.kind !== 'keyless') {
        if (givenIssuer === '')
            return { kind: 'key', key };
        throw new errors/* GateError */.ue('input', 'Input certificate-oidc-issuer: a signature by a key has no certificate, so it would check nothing.', {
            nextStep: 'Leave certificate-oidc-issuer out, or give certificate-identity in place of signing-key.',
        });
    }
    const issuer = givenIssuer || GITHUB_ISSUER;
    if (!/^https:\/\/[^\s]+$/.test(issuer)) {
        throw (0,read/* invalid */.Gq)('certificate-oidc-issuer', issuer, 'an https URL', GITHUB_ISSUER);
    }
    if (identity !== '')
        return { kind: 'identity', identity, issuer };
    return {
        kind: 'identity-pattern',
        pattern: (0,read/* parsed */.Yz)('certificate-identity-regexp', pattern, anchoredPattern, IDENTITY_PATTERN_EXAMPLE),
        issuer,
    };
}
function policyDigest(value) {
    const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
    if (hex !== undefined)
        return hex;
    throw (0,read/* invalid */.Gq)('policy-digest', value, '"sha256:" and 64 lower-case hex digits', `sha256:${'0'.repeat(64)}`);
}

// EXTERNAL MODULE: ./lib/policy/minimum.js
var minimum = __webpack_require__(9323);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(2992);
;// CONCATENATED MODULE: ./lib/results/modes/verify.js
function isSigned({ proofs }) {
    const signatures = proofs.filter(({ kind }) => kind === 'signature');
    return signatures.length > 0 && signatures.every(({ state }) => state === 'proven');
}

// EXTERNAL MODULE: ./lib/report/findings/annotations.js
var annotations = __webpack_require__(7840);
// EXTERNAL MODULE: ./lib/report/findings/comment.js
var comment = __webpack_require__(4683);
// EXTERNAL MODULE: ./lib/report/findings/errors.js
var findings_errors = __webpack_require__(9599);
// EXTERNAL MODULE: ./lib/report/findings/json.js
var json = __webpack_require__(7090);
// EXTERNAL MODULE: ./lib/report/findings/log.js
var log = __webpack_require__(7856);
// EXTERNAL MODULE: ./lib/report/findings/outputs.js
var outputs = __webpack_require__(2940);
// EXTERNAL MODULE: ./lib/report/findings/sarif.js
var sarif = __webpack_require__(7663);
// EXTERNAL MODULE: ./lib/report/findings/steps.js + 1 modules
var steps = __webpack_require__(9077);
// EXTERNAL MODULE: ./lib/report/findings/summary.js + 1 modules
var summary = __webpack_require__(4381);
// EXTERNAL MODULE: ./lib/report/findings/headline.js
var headline = __webpack_require__(7240);
// EXTERNAL MODULE: ./lib/report/kit/words.js
var words = __webpack_require__(7698);
;// CONCATENATED MODULE: ./lib/report/verify/headline.js


function headline_headline(result) {
    switch (result.verdict) {
        case 'pass':
            return `Verified: ${verifiedWords(result)}`;
        case 'warn':
            return `Verified with warnings: ${(0,headline/* warningWords */.wV)(result)}`;
        case 'block':
            return (0,headline/* blockWords */.zM)(result);
        case 'error':
            return errorWords(result);
    }
}
function verifiedWords({ images, verification }) {
    const proven = [
        'signature',
        ...(verification?.attestation ? ['attestation'] : []),
        ...(verification?.recheck ? [findingsWords(images)] : []),
    ];
    return `${(0,words/* enumerate */.HL)(proven)} of ${(0,words/* plural */.LS)(images.length, 'image')}`;
}
function findingsWords(images) {
    const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
    return watched ? 'today’s findings' : 'the findings of the last scan';
}
function errorWords({ error, images }) {
    if (error !== undefined)
        return `No verdict: ${error.message}`;
    const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    const message = errors[0]?.message ?? 'no image was judged';
    const unverified = errors[0]?.code === 'not-verified';
    const word = unverified ? 'Not verified' : 'No verdict';
    if (images.length < 2)
        return `${word}: ${message}`;
    const what = unverified ? 'lack a proof' : 'could not be judged';
    return `${word}: ${errors.length} of ${images.length} images ${what}: ${message}`;
}

;// CONCATENATED MODULE: ./lib/report/verify/json.js

function verifyDocument(result) {
    return reportDocument(result, partsOf(result));
}
function reportText(result) {
    return (0,json/* documentText */.ZH)(result, partsOf(result));
}
function partsOf({ verification }) {
    return {
        signing: null,
        verification: verification === undefined ? null : verificationDocument(verification),
        ofImage: ({ proofs }) => ({ signatures: [], verdictAttestations: [], proofs: proofs.map(proofDocument) }),
    };
}
function verificationDocument(verification) {
    const { signer, format, cosignVersion, attestation, policySha256, maxAttestationAgeMs, recheck } = verification;
    return {
        signer,
        format,
        cosignVersion: cosignVersion ?? null,
        attestation,
        policySha256: policySha256 ?? null,
        maxAttestationAgeMs: maxAttestationAgeMs ?? null,
        recheck,
    };
}
function proofDocument({ kind, state, what, by, at, ageMs, detail }) {
    return {
        kind,
        state,
        what,
        by: by ?? null,
        at: (0,json/* iso */.KH)(at),
        ageMs: ageMs ?? null,
        detail: detail ?? null,
    };
}

// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(1867);
// EXTERNAL MODULE: ./lib/report/findings/words.js
var findings_words = __webpack_require__(7011);
// EXTERNAL MODULE: ./lib/report/kit/blocks.js
var blocks = __webpack_require__(6608);
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(3033);
;// CONCATENATED MODULE: ./lib/report/verify/proofs.js




const MAX_ROWS = 100;
const MAX_DETAIL = 1_000;
const MARKS = {
    proven: '✅',
    failed: '❌',
    skipped: '⏭️',
    noted: 'ℹ️',
};
const STATE_WORDS = {
    proven: 'proven',
    failed: 'not proven',
    skipped: 'not checked',
    noted: 'not trusted',
};
function proofLine({ state, what, by, at, ageMs, detail }) {
    const signed = by === undefined ? '' : `, by ${by}`;
    const when = at === undefined ? '' : `, of ${(0,blocks/* time */.kB)(at)}`;
    const age = ageMs === undefined ? '' : `, ${(0,time/* formatAge */.nV)(ageMs)} old`;
    const more = detail === undefined ? '' : `: ${detail}`;
    return `${MARKS[state]} ${what} ${STATE_WORDS[state]}${signed}${when}${age}${more}`;
}
function proofBlocks({ images, verification }) {
    if (verification === undefined)
        return [];
    const { signer, cosignVersion, format, policySha256, maxAttestationAgeMs } = verification;
    const all = images.flatMap((image) => image.proofs.map((proof) => ({ image, proof })));
    const shown = all.slice(0, MAX_ROWS);
    const several = images.length > 1;
    const head = [...(several ? ['Image'] : []), 'What', 'Signed by', 'Of', 'Age', 'Result'];
    const asked = [
        `Signer asked for: ${(0,blocks/* code */.aY)(signer, 300)}`,
        `format ${format}`,
        ...(policySha256 === undefined ? [] : [`policy ${(0,blocks/* code */.aY)(`sha256:${policySha256}`)}`]),
        ...(maxAttestationAgeMs === undefined
            ? []
            : [`attestation not older than ${(0,time/* formatAge */.nV)(maxAttestationAgeMs)}`]),
        ...(cosignVersion === undefined ? [] : [`checked by cosign ${(0,blocks/* code */.aY)(cosignVersion)}`]),
    ];
    return [
        '<h3>Proofs</h3>',
        ...(shown.length === 0
            ? []
            : [
                (0,blocks/* table */.tp)(head, shown.map(({ image, proof }) => cells(image, proof, several))),
            ]),
        ...(0,blocks/* more */.OS)(all.length - shown.length),
        `<p>🔎 ${asked.join('; ')}.</p>`,
    ];
}
function cells(image, proof, several) {
    const { state, what, by, at, ageMs, detail } = proof;
    return [
        ...(several ? [(0,blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300)] : []),
        (0,blocks/* code */.aY)(what, 300),
        by === undefined ? '–' : (0,blocks/* code */.aY)(by, 300),
        at === undefined ? '–' : (0,blocks/* time */.kB)(at),
        ageMs === undefined ? '–' : (0,kit_escape/* html */.qy)((0,time/* formatAge */.nV)(ageMs)),
        `${MARKS[state]} ${STATE_WORDS[state]}${detail === undefined ? '' : `<br>${(0,blocks/* code */.aY)(detail, MAX_DETAIL)}`}`,
    ];
}

;// CONCATENATED MODULE: ./lib/report/verify/report.js














function verifyReport(result) {
    const proofsOf = byImage(result);
    const ofImage = (image) => (proofsOf.get(image) ?? []).map((proof) => `  ${proofLine(proof)}`);
    return {
        log: () => (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage, end: [] }),
        annotations: (dockerfile) => (0,annotations/* annotations */.h)(result, dockerfile),
        summary: (limitBytes) => verifySummary(result, limitBytes),
        bareSummary: () => (0,summary/* bareSummary */.DU)(result),
        files: (dockerfile) => [(0,json/* reportFile */.rn)(() => reportText(result)), (0,sarif/* sarifFile */.Uz)(result, dockerfile)],
        outputs: (files) => verifyOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.N)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes),
        },
        errors: () => (0,findings_errors/* errorsOf */.B)(result),
    };
}
function verifySummary(result, limitBytes) {
    const signed = new Set(result.images.filter(isSigned));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: (0,steps/* nextSteps */.Z)(result),
        proofs: proofBlocks(result),
        signatures: [],
        isSigned: (image) => signed.has(image),
        isAttested: () => false,
    }, limitBytes);
}
function verifyOutputs(result, files) {
    const signed = result.images.length > 0 && result.images.every(isSigned);
    const ofImage = (image) => ({ signed: isSigned(image), attested: false });
    return (0,outputs/* sharedOutputs */.S)(result, { signed, ofImage }, files);
}
function byImage({ images }) {
    return new Map(images.map((image) => [image, image.proofs]));
}

// EXTERNAL MODULE: ./lib/scan/age.js
var age = __webpack_require__(1195);
// EXTERNAL MODULE: ../../main/node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(3511);
// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(4609);
;// CONCATENATED MODULE: ./lib/signing/origin.js



const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
async function imageOrigin(clients, deadline, image, log) {
    try {
        return await (0,briefly/* briefly */.m)(deadline, (signal) => managedSignatures(clients, signal, image));
    }
    catch (error) {
        log(`Not known of ${image.uri}: whether AWS signed it (${(0,errors/* messageOf */.bD)(error)})`);
        return [];
    }
}
function whatElse(referrers) {
    return {
        notations: referrers
            .filter(({ artifactType }) => artifactType === NOTATION)
            .map(({ digest }) => ({
            ...NOTED,
            kind: 'notation',
            what: 'Notation signature',
            by: undefined,
            detail: `${digest}: listed, neither verified nor trusted`,
        })),
        bundles: referrers.filter(({ artifactType }) => artifactType === BUNDLE).length,
    };
}
async function managedSignatures(clients, abortSignal, { registry, repository, digest }) {
    const command = new dist_cjs/* DescribeImageSigningStatusCommand */.feV({
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
            'made at the push: proof of origin, not of a scan',
        ].join('; '),
    }));
}

// EXTERNAL MODULE: ./lib/signing/predicate.js
var predicate = __webpack_require__(7101);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/signing/cosign.js
var cosign = __webpack_require__(985);
// EXTERNAL MODULE: ./lib/signing/evidence.js
var signing_evidence = __webpack_require__(1359);
// EXTERNAL MODULE: ./lib/signing/provision.js + 2 modules
var provision = __webpack_require__(4013);
// EXTERNAL MODULE: ./lib/signing/session.js
var signing_session = __webpack_require__(792);
// EXTERNAL MODULE: ./lib/signing/sign.js + 1 modules
var sign = __webpack_require__(3639);
// EXTERNAL MODULE: ./lib/signing/statement.js
var signing_statement = __webpack_require__(1925);
// EXTERNAL MODULE: ./lib/signing/take-back.js
var take_back = __webpack_require__(3037);
;// CONCATENATED MODULE: ./lib/signing/verify.js










function signerWords(signer) {
    if (signer.kind === 'key')
        return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
    const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
    return `${identity} (${signer.issuer})`;
}
async function prepareVerifier(settings, ports) {
    const { signer } = settings;
    const publicKey = signer.kind === 'key' && signer.key.kind === 'file' ? await isPublicKey(signer.key.path) : false;
    const cosign = await (0,provision/* provisionCosign */.$)(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
    const session = await (0,signing_session/* openSession */.fA)(cosign, {
        key: signer.kind !== 'key' || publicKey ? 'none' : signer.key.kind,
        keyRegion: signer.kind === 'key' && signer.key.kind === 'kms' ? signer.key.region : undefined,
        services: signer.kind !== 'key' || settings.transparencyLog ? settings.services : undefined,
    }, ports);
    try {
        (0,sign/* refuseBeyond */.g6)(cosign, settings);
        const verifier = await verifierOf(session, signer, publicKey);
        const referrers = new Map();
        return {
            cosignVersion: cosign.version,
            verify: async (target, now) => {
                try {
                    const evidence = await (0,signing_evidence/* readEvidence */.At)(ports.evidence, target, ports.deadline);
                    referrers.set(target.digest, evidence.referrers);
                    const takeBacks = await (0,take_back/* takeBacksBySigner */.Z)({ session, verifier, subject: target }, evidence);
                    return await proofsOf({ session, settings, target, verifier, evidence, takeBacks }, now);
                }
                catch (error) {
                    if (!(error instanceof signing_evidence/* EvidenceUnread */.tn))
                        throw error;
                    return unreadProofs(settings, target, error);
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
async function isPublicKey(path) {
    await (0,sign/* readable */.HD)(path);
    try {
        return (await (0,promises_.readFile)(path, 'utf8')).includes('BEGIN PUBLIC KEY');
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input signing-key: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
async function verifierOf(session, signer, publicKey) {
    if (signer.kind !== 'key')
        return signer;
    if (signer.key.kind === 'file' && publicKey)
        return { kind: 'key', reference: signer.key.path };
    return (0,sign/* keyVerifier */.qD)(session, signer.key);
}
function of({ platform }) {
    return platform === undefined ? '' : ` of ${platform}`;
}
function formatsOf({ format }) {
    return format === 'both' ? ['bundle', 'legacy'] : [format];
}
async function proofsOf(look, now) {
    const { settings, target } = look;
    const proofs = [];
    for (const format of formatsOf(settings))
        proofs.push(await signatureProof(look, format));
    const { takeBacks, passedOver } = (0,signing_statement/* takeBacksOf */.Jz)(said(look), expectedOf(target));
    if (settings.summary === undefined && takeBacks.length === 0) {
        const detail = `not asked for${notCounted(passedOver)}`;
        return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
    }
    const asked = settings.summary ?? { policySha256: undefined, maxAgeMs: undefined };
    for (const format of formatsOf(settings))
        proofs.push(await summaryProof(look, format, asked, now));
    return proofs;
}
function said({ takeBacks }) {
    return takeBacks.map(({ envelope }) => envelope.statement);
}
function expectedOf({ registry, repository, digest }) {
    return { digest, resourceUri: (0,predicate/* resourceUri */.N)(registry, repository) };
}
function unreadProofs(settings, target, { message, nextStep }) {
    const detail = `what is attached to it could not be read completely, and may take its verdict back: ${message}`;
    return [
        ...formatsOf(settings).map((format) => ({ ...signatureOf(settings, target, format), state: 'failed', detail, nextStep })),
        { ...summaryOf(settings, target), state: 'skipped', detail: 'not everything could be read' },
    ];
}
function signatureOf(settings, target, format) {
    return {
        kind: 'signature',
        what: `Signature${of(target)} (${format})`,
        by: signerWords(settings.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function signatureProof(look, format) {
    const { settings, target } = look;
    const proof = signatureOf(settings, target, format);
    const { proven, why, nextStep } = await verify_isSigned(look, format);
    if (proven) {
        const annotations = Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`);
        return { ...proof, state: 'proven', detail: annotations.join(', ') || undefined };
    }
    const failed = {
        ...proof,
        state: 'failed',
        detail: `no valid signature by this signer was found: ${why}`,
    };
    const other = format === 'bundle' ? 'legacy' : 'bundle';
    if ((await verify_isSigned(look, other)).proven) {
        return {
            ...failed,
            detail: `${failed.detail}. It does carry one in format ${other}`,
            nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
        };
    }
    return {
        ...failed,
        nextStep: nextStep ?? 'Do not deploy this image, or let the gate judge and sign it first.',
    };
}
async function verify_isSigned(look, format) {
    const { target, settings } = look;
    const { annotations } = settings;
    const shown = format === 'bundle' ? attested(look, format, cosign/* SIGNATURE_TYPE */.uf) : await legacySignatures(look);
    const result = await verified(look, shown, (request) => (0,cosign/* verifyArguments */.qO)({ ...request, format, annotations }));
    if (!result.ok)
        return { proven: false, why: result.message, nextStep: result.nextStep };
    const proves = format === 'bundle' ? cosign/* provesBundle */.GX : cosign/* provesLegacy */.XB;
    const proven = proves(result.stdout, target.digest, annotations);
    return { proven, why: 'what verifies is not of this digest with these annotations', nextStep: undefined };
}
async function legacySignatures({ session, target }) {
    const signatures = await (0,signing_evidence/* readLegacySignatures */.t6)(session.ports.evidence, target);
    return { digest: target.digest, signatures };
}
function attested({ evidence, target }, format, type) {
    const attestations = evidence.attestations.filter(({ format: has, isForCosign, envelope: { statement } }) => has === format && isForCosign && statement.predicateType === type && (0,signing_statement/* isAbout */.KH)(statement, target.digest));
    return { digest: target.digest, attestations };
}
function summaryOf(settings, target, format) {
    return {
        kind: 'attestation',
        what: `Verification summary${of(target)}${format === undefined ? '' : ` (${format})`}`,
        by: signerWords(settings.signer),
        at: undefined,
        ageMs: undefined,
        nextStep: undefined,
    };
}
async function summaryProof(look, format, asked, now) {
    const { settings, target, takeBacks } = look;
    const proof = summaryOf(settings, target, format);
    const result = await verified(look, attested(look, format, predicate/* SUMMARY_TYPE */.G_), (request) => (0,cosign/* verifyAttestationArguments */.QU)({ ...request, format }, predicate/* SUMMARY_TYPE */.G_));
    const decision = (0,signing_statement/* decideSummaries */.hT)([...said(look), ...(0,signing_statement/* statementsOf */.GX)(result.ok ? result.stdout : '')], {
        ...expectedOf(target),
        ...asked,
        now,
    });
    const others = notCounted(decision.passedOver);
    if (decision.proven) {
        const any = asked.policySha256 === undefined ? ', which could have been any' : '';
        return {
            ...proof,
            state: 'proven',
            at: decision.at,
            ageMs: decision.ageMs,
            detail: `${decision.summary.verificationResult} by policy ${(0,signing_statement/* policyText */.MJ)(decision.summary)}${any}${others}`,
        };
    }
    const failed = { ...proof, state: 'failed' };
    if (decision.takenBackBy !== undefined) {
        const takers = (0,signing_statement/* takeBacksOf */.Jz)(said(look), expectedOf(target)).takeBacks.map(({ statement }) => statement);
        const { what, nextStep } = (0,take_back/* takeBackWords */._)(takers, takeBacks, target);
        return { ...failed, detail: `${decision.why} (${what})${others}`, nextStep };
    }
    if (result.ok)
        return { ...failed, detail: `${decision.why}${others}`, nextStep: RENEW };
    const detail = `no verification summary by this signer was found: ${result.message}${others}`;
    return { ...failed, detail, nextStep: result.nextStep ?? RENEW };
}
const MOST_LISTED = 5;
function notCounted(items) {
    if (items.length === 0)
        return '';
    const more = items.length - MOST_LISTED;
    const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
    return `; not counted: ${listed.join(', ')}`;
}
const RENEW = 'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';
async function verified({ session, settings, target, verifier }, shown, args) {
    const { trustedRoot, ownServices } = session;
    const { transparencyLog } = settings;
    const showing = await session.show(shown);
    return (0,signing_session/* look */.Op)(session, target, showing, (image, timeoutMs) => args({ image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs }), { wholly: false });
}

// EXTERNAL MODULE: ./lib/modes/documents.js
var documents = __webpack_require__(7349);
// EXTERNAL MODULE: ./lib/modes/images.js + 1 modules
var modes_images = __webpack_require__(4137);
// EXTERNAL MODULE: ./lib/modes/judge.js + 13 modules
var judge = __webpack_require__(4523);
// EXTERNAL MODULE: ./lib/modes/sign.js + 2 modules
var modes_sign = __webpack_require__(2904);
;// CONCATENATED MODULE: ./lib/modes/verify.js
















function newRun(startedAt) {
    const known = (0,modes_images/* newKnown */.Ed)(startedAt);
    const state = { images: [], verification: undefined };
    let inputs;
    return {
        readInputs: (get) => {
            inputs = readVerifyInputs(get);
            return { timeoutMs: inputs.timeoutMs, readsDocuments: (0,documents/* readsDocuments */.eK)(inputs) };
        },
        work: async (context) => {
            if (inputs === undefined)
                throw new Error('the inputs were not read');
            await verifyImages(inputs, context, known, state);
        },
        publication: (error) => {
            const result = {
                ...(0,modes_images/* imagesResult */.Gb)(known, state.images, error),
                verification: state.verification,
            };
            return { result, report: verifyReport(result), options: inputs };
        },
    };
}
async function verifyImages(inputs, context, known, state) {
    const { verification } = inputs;
    const { deadline, environment, workspace, log, awsHandler: handler } = context;
    const { document, exceptions } = await (0,documents/* readDocuments */.r9)(inputs, context, known);
    const own = { signing: true, recheck: verification.recheck };
    const demands = (0,documents/* applyMinimum */.zL)(inputs, own, document, context, known);
    const { recheck } = demands;
    const policySha256 = known.documents?.policy?.sha256;
    const summary = expectedSummary(verification, policySha256, recheck ? (0,minimum/* concededBy */.Vm)(demands, document) : []);
    const { signer, format, platforms } = verification;
    state.verification = {
        signer: signerWords(signer),
        format,
        cosignVersion: undefined,
        attestation: summary !== undefined,
        policySha256: summary?.policySha256,
        maxAttestationAgeMs: summary?.maxAgeMs,
        recheck,
    };
    const clients = (0,aws_clients/* createClients */.h)(deadline, { log, environment, handler });
    let verifier;
    try {
        const key = signer.kind === 'key' ? signer.key : undefined;
        await (0,modes_sign/* refuseUnmeantFiles */.sx)(key, verification.services, workspace);
        verifier = await prepareVerifier({ ...verification, summary }, (0,modes_sign/* signingPorts */.KK)(clients, context));
        state.verification = { ...state.verification, cosignVersion: verifier.cosignVersion };
        const images = await (0,resolve/* resolveImages */.Be)(inputs.images, (0,ecr/* ecrImages */.D)(clients, deadline));
        const pending = new errors/* GateError */.ue('not-proven', 'The run ended before it was verified.');
        state.images = images.map((image) => ({ ...(0,modes_images/* unjudged */.bC)(image, pending), proofs: [] }));
        const proven = [];
        for (const [index, image] of images.entries()) {
            log((0,modes_images/* describeImage */.hu)(image));
            const proofs = [];
            for (const target of (0,modes_sign/* targetsOf */.QR)(image, platforms)) {
                proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
            }
            const notes = await imageOrigin(clients, deadline, image, log);
            const { notations, bundles } = whatElse(verifier.referrers(image.digest) ?? []);
            const failed = proofs.find((proof) => proof.state === 'failed');
            if (failed === undefined)
                proven.push(image);
            state.images[index] = {
                ...(0,modes_images/* unjudged */.bC)(image, failed === undefined ? pending : notVerified(image, failed)),
                ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
                proofs: [
                    ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
                    ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
                    ...notes,
                    ...notations,
                ],
            };
        }
        if (recheck) {
            const weakening = (0,documents/* weakeningByInputs */.Od)(demands, document, known);
            const judging = { inputs, demands, weakening, exceptions, clients, context, known };
            const rechecked = await (0,judge/* judge */.S)(proven, { ...judging, imageCount: images.length });
            for (const [at, image] of proven.entries()) {
                const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
                if (judgedImage === undefined)
                    continue;
                const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), known.settings);
                state.images[index] = {
                    ...judgedImage,
                    proofs: [...(state.images[index]?.proofs ?? []), findings],
                };
            }
        }
    }
    finally {
        await verifier?.close().catch(() => { });
        clients.destroy();
    }
}
function expectedSummary({ summary }, policy, conceded) {
    if (policy === undefined)
        return summary;
    const given = summary?.policySha256;
    if (given !== undefined && given !== policy) {
        throw new errors/* GateError */.ue('input', `Input policy-digest: expected that of the policy, got "sha256:${given}".`, {
            nextStep: `A right value is: policy-digest: sha256:${policy}`,
        });
    }
    return {
        policySha256: policy,
        weakenedSha256: conceded.map((weakening) => (0,predicate/* weakenedPolicySha256 */.Ms)(policy, { ...weakening })),
        maxAgeMs: summary?.maxAgeMs,
    };
}
function notVerified({ uri }, { what, by, detail, nextStep }) {
    return new errors/* GateError */.ue('not-verified', `${uri}: ${what} by ${by} is not proven: ${detail}.`, { nextStep });
}
function withHiding(proof, bundles) {
    if (proof.kind !== 'signature' || proof.state !== 'proven' || bundles === 0)
        return proof;
    const hint = `hidden from a plain cosign verify by ${bundles} Sigstore bundle(s) beside it: --new-bundle-format=false finds it`;
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
    const detail = recheck ? 'a proof before it failed' : 'not asked for';
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
    const limits = exceededLimits.length === 0 ? '' : `; ${exceededLimits.length} limits of the policy exceeded`;
    const unwatched = (0,age/* oldestUnwatchedScan */.eO)(image.platforms);
    const since = unwatched === undefined
        ? ''
        : `; it is not scanned again by itself, so what was published since ${(0,time/* day */.vd)(unwatched)} is not known`;
    const at = (0,age/* oldest */.os)(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
    return {
        ...FINDINGS,
        ...(unwatched === undefined ? {} : { what: 'Findings of its last scan' }),
        state: verdict === 'block' ? 'failed' : 'proven',
        at,
        ageMs: at === undefined || now === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
        detail: `${counts.total} active, ${blocking} of them block (fail-on: ${settings?.failOn})${limits}${since}`,
    };
}


/***/ })

};
