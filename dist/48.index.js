export const id = 48;
export const ids = [48];
export const modules = {

/***/ 2048:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  newRun: () => (/* binding */ newRun)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/aws/clients.js + 2 modules
var aws_clients = __webpack_require__(5476);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(5283);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(5577);
// EXTERNAL MODULE: ./lib/results/issuer.js
var results_issuer = __webpack_require__(71);
;// CONCATENATED MODULE: ./lib/signing/identity-pattern.js
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
        throw new Error(`it is not a regular expression: ${error instanceof Error ? error.message : error}`);
    }
    for (const alternative of alternativesOf(pattern)) {
        if (!saysWhose(alternative)) {
            throw new Error('it does not say whose identities it matches: every alternative must begin with a literal host and owner, such as https://github\\.com/team/.*, or match e-mail addresses, such as [^/]+@team\\.example. A dot is written \\.');
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
function literals(pieces) {
    const end = pieces.findIndex(({ literal }) => literal === undefined);
    return pieces.slice(0, end === -1 ? undefined : end).map(({ literal = '' }) => literal);
}
function matchesSlash({ source }) {
    return source === '(' || new RegExp(`^${source}$`, 'u').test('/');
}

// EXTERNAL MODULE: ./lib/signing/notation/key.js
var key = __webpack_require__(6481);
// EXTERNAL MODULE: ./lib/inputs/common.js
var inputs_common = __webpack_require__(5060);
// EXTERNAL MODULE: ./lib/inputs/gate.js
var gate = __webpack_require__(5730);
// EXTERNAL MODULE: ./lib/inputs/read.js
var read = __webpack_require__(9025);
;// CONCATENATED MODULE: ./lib/inputs/verify.js








function readVerifyInputs(get) {
    const text = (0,read/* trimmed */.dE)(get);
    const [policy = '', ...otherPolicies] = atMost('policy', (0,read/* lines */.Mn)(text('policy')), MOST_POLICIES);
    const first = (name) => (name === 'policy' ? policy : text(name));
    const inputs = (0,inputs_common/* imageInputs */.bE)(first);
    return { ...inputs, otherPolicies, verification: { ...verification(text), ...promotion(text, inputs) } };
}
const MOST_KEYS = 10;
const MOST_POLICIES = 10;
const MOST_DIGESTS = 100;
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
function expectedSigners(text) {
    const all = atMost('signing-key', (0,read/* lines */.Mn)(text('signing-key')), MOST_KEYS).map(cosignKey);
    const keys = all.flatMap((key) => key.kind === 'keyless' ? [] : [{ kind: 'key', key }]);
    if (keys.length > 0 && keys.length < all.length) {
        throw (0,read/* invalid */.Gq)('signing-key', 'keyless', 'a KMS key or the path of a key beside another key', inputs_common/* KEY_EXAMPLE */.d_);
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

// EXTERNAL MODULE: ./lib/policy/minimum.js
var minimum = __webpack_require__(3746);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(5897);
;// CONCATENATED MODULE: ./lib/results/modes/verify.js
function isSigned({ proofs }) {
    const signatures = proofs.filter(({ kind }) => kind === 'signature');
    return signatures.length > 0 && signatures.every(({ state }) => state === 'proven');
}

// EXTERNAL MODULE: ./lib/report/findings/annotations.js
var annotations = __webpack_require__(2835);
// EXTERNAL MODULE: ./lib/report/findings/by-hand.js
var by_hand = __webpack_require__(5024);
// EXTERNAL MODULE: ./lib/report/findings/comment.js
var comment = __webpack_require__(3704);
// EXTERNAL MODULE: ./lib/report/findings/errors.js
var findings_errors = __webpack_require__(8674);
// EXTERNAL MODULE: ./lib/report/findings/json.js
var json = __webpack_require__(3263);
// EXTERNAL MODULE: ./lib/report/findings/log.js
var log = __webpack_require__(3571);
// EXTERNAL MODULE: ./lib/report/findings/outputs.js
var outputs = __webpack_require__(667);
// EXTERNAL MODULE: ./lib/report/findings/sarif.js + 5 modules
var sarif = __webpack_require__(8342);
// EXTERNAL MODULE: ./lib/report/findings/steps.js + 1 modules
var steps = __webpack_require__(8676);
// EXTERNAL MODULE: ./lib/report/findings/summary.js
var summary = __webpack_require__(7461);
// EXTERNAL MODULE: ./lib/report/findings/headline.js
var headline = __webpack_require__(8853);
// EXTERNAL MODULE: ./lib/report/findings/words.js
var words = __webpack_require__(4232);
// EXTERNAL MODULE: ./lib/report/kit/once.js
var once = __webpack_require__(6324);
// EXTERNAL MODULE: ./lib/report/kit/words.js
var kit_words = __webpack_require__(8276);
;// CONCATENATED MODULE: ./lib/report/verify/headline.js




const headline_headline = (0,once/* oncePer */.P)((result) => {
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
});
function verifiedWords({ images, verification }) {
    const verified = [
        'signature',
        ...(verification?.attestation ? ['attestation'] : []),
        ...(images.some(hasRequired) ? ['required attestations'] : []),
        ...(verification?.recheck ? [findingsWords(images)] : []),
    ];
    return `${(0,kit_words/* enumerate */.HL)(verified)} of ${(0,kit_words/* plural */.LS)(images.length, 'image')}`;
}
function hasRequired({ proofs }) {
    return proofs.some(({ kind }) => kind === 'required-attestation');
}
function findingsWords(images) {
    const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
    return watched ? 'today’s findings' : 'the findings of the last scan';
}
function errorWords({ error, images, tolerated }) {
    const suffix = tolerated ? ' (not enforced)' : '';
    if (error !== undefined)
        return `No verdict${suffix}: ${error.message}`;
    return images.some((image) => (0,words/* verdictWords */.L2)(image) === 'Not verified')
        ? `Not verified${suffix}: ${(0,headline/* failureWords */.AC)(images, 'could not be verified')}`
        : `No verdict${suffix}: ${(0,headline/* failureWords */.AC)(images, 'could not be judged')}`;
}

// EXTERNAL MODULE: ./lib/report/findings/json-proof.js
var json_proof = __webpack_require__(2252);
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
        ofImage: (image) => ({
            signatures: [],
            verdictAttestations: [],
            signed: isSigned(image),
            proofs: image.proofs.map(json_proof/* proofDocument */.S),
        }),
    };
}
function verificationDocument(verification) {
    const { signers, format, cosignVersion, notation, attestation, policies, maxAttestationAgeMs, promotedFrom, recheck, } = verification;
    return {
        signer: requiredSigners(verification),
        signers,
        format,
        cosignVersion: cosignVersion ?? null,
        notation: notation === undefined ? null : { identities: notation.identities, version: notation.version ?? null },
        attestation,
        policySha256: policies?.[0] ?? null,
        policies: policies ?? null,
        maxAttestationAgeMs: maxAttestationAgeMs ?? null,
        promotedFrom,
        recheck,
    };
}
function requiredSigners({ signers, notation }) {
    return [signers, notation?.identities ?? []]
        .filter((any) => any.length > 0)
        .map((any) => any.join(' or '))
        .join(' and ');
}

// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(1191);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/report/kit/blocks.js
var blocks = __webpack_require__(123);
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(2542);
;// CONCATENATED MODULE: ./lib/report/verify/proofs.js







const MAX_ROWS = 100;
const MAX_DETAIL = 1_000;
const MAX_POLICIES = 10;
const MARKS = {
    proven: '✅',
    failed: '❌',
    skipped: '⏭️',
    noted: 'ℹ️',
};
const STATE_WORDS = {
    proven: 'verified',
    failed: 'not verified',
    skipped: 'not checked',
    noted: 'present, not trusted',
};
function requiredProofs({ proofs }, verification) {
    return proofs.filter(({ kind, state }) => {
        if (state !== 'skipped' || verification === undefined)
            return true;
        if (kind === 'attestation')
            return verification.attestation;
        return kind === 'findings' ? verification.recheck : true;
    });
}
function proofLines(image, { verification }) {
    return requiredProofs(image, verification).map((proof) => ({
        lead: `  ${MARKS[proof.state]} `,
        text: proofLine(proof),
    }));
}
function proofLine({ state, what, by, at, ageMs, detail }) {
    const signed = by === undefined ? '' : `, signed by ${by}`;
    const required = by === undefined ? '' : `, required signer ${by}`;
    const when = at === undefined ? '' : `, dated ${(0,blocks/* time */.kB)(at)}`;
    const age = ageMs === undefined ? '' : `, ${(0,time/* formatAge */.nV)(ageMs)} old`;
    const why = detail === undefined ? '' : `: ${detail}`;
    return `${what}: ${STATE_WORDS[state]}${state === 'proven' || state === 'noted' ? signed : required}${when}${age}${why}`;
}
function proofBlocks({ images, verification }) {
    if (verification === undefined)
        return [];
    const several = images.length > 1;
    const failed = images.filter((image) => !(0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
    const verified = images.filter((image) => (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
    return [
        '<h3>Checks</h3>',
        ...proofTable(failed, verification, several),
        ...(several && verified.length > 0
            ? [
                (0,blocks/* details */.zH)(`✅ ${(0,kit_words/* plural */.LS)(verified.length, 'verified image')}`, proofTable(verified, verification, several)),
            ]
            : proofTable(verified, verification, several)),
        `<p>🔎 ${requirements(verification).join('; ')}.</p>`,
    ];
}
function policyWords(policies) {
    const shown = policies.slice(0, MAX_POLICIES).map((sha256) => (0,blocks/* code */.aY)((0,kit_words/* shortDigest */.VK)(`sha256:${sha256}`)));
    const left = policies.length - shown.length;
    return `${shown.join(' or ')}${left > 0 ? ` or ${left} more` : ''}`;
}
function requirements(verification) {
    const { signers, cosignVersion, notation, format, policies, maxAttestationAgeMs, promotedFrom } = verification;
    const anyOf = (all) => all.map((signer) => (0,blocks/* code */.aY)(signer, 300)).join(' or ');
    const required = [
        ...(signers.length === 0 ? [] : [anyOf(signers)]),
        ...(notation === undefined ? [] : [`${anyOf(notation.identities)} (Notation)`]),
    ];
    return [
        `Required signer: ${required.join(' and ')}`,
        `format: ${format}`,
        ...(policies === undefined ? [] : [`policy: ${policyWords(policies)}`]),
        ...(maxAttestationAgeMs === undefined
            ? []
            : [`maximum age of the attestation: ${(0,time/* formatAge */.nV)(maxAttestationAgeMs)}`]),
        ...(promotedFrom.length === 0
            ? []
            : [`promoted from: ${promotedFrom.map((name) => (0,blocks/* code */.aY)(name, 300)).join(' or ')}`]),
        ...(cosignVersion === undefined ? [] : [`cosign ${(0,blocks/* code */.aY)(cosignVersion)}`]),
        ...(notation?.version === undefined ? [] : [`notation ${(0,blocks/* code */.aY)(notation.version)}`]),
    ];
}
function proofTable(images, verification, several) {
    const all = images.flatMap((image) => requiredProofs(image, verification).map((proof) => ({ image, proof })));
    if (all.length === 0)
        return [];
    const sorted = all.toSorted((a, b) => Number(b.proof.state === 'failed') - Number(a.proof.state === 'failed'));
    const shown = sorted.slice(0, MAX_ROWS);
    const head = [...(several ? ['Image'] : []), 'Check', 'Signer', 'Date', 'Age', 'Result'];
    return [
        (0,blocks/* table */.tp)(head, shown.map(({ image, proof }) => cells(image, proof, several))),
        ...(0,blocks/* more */.OS)(all.length - shown.length),
    ];
}
function cells(image, proof, several) {
    const { state, what, by, at, ageMs, detail } = proof;
    return [
        ...(several ? [(0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300)] : []),
        (0,blocks/* code */.aY)(what, 300),
        by === undefined ? '–' : (0,blocks/* code */.aY)(by, 300),
        at === undefined ? '–' : (0,blocks/* time */.kB)(at),
        ageMs === undefined ? '–' : (0,kit_escape/* html */.qy)((0,time/* formatAge */.nV)(ageMs)),
        `${MARKS[state]} ${STATE_WORDS[state]}${detail === undefined ? '' : `<br>${(0,blocks/* code */.aY)(detail, MAX_DETAIL)}`}`,
    ];
}

;// CONCATENATED MODULE: ./lib/report/verify/report.js















function verifyReport(result) {
    const verified = new Map(result.images.map((image) => [image, image]));
    const ofImage = (image) => {
        const found = verified.get(image);
        return found === undefined ? [] : proofLines(found, result);
    };
    return {
        log: () => (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage, end: [] }),
        annotations: (dockerfile) => (0,annotations/* annotations */.h)(result, dockerfile),
        summary: (limitBytes) => verifySummary(result, limitBytes),
        bareSummary: () => (0,summary/* bareSummary */.DU)(result),
        files: (dockerfile) => [(0,json/* reportFile */.rn)(() => reportText(result)), (0,sarif/* sarifFile */.U)(result, dockerfile)],
        outputs: (files) => verifyOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.NB)(result.verdict),
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
        signatures: (0,by_hand/* commandBlock */.L)(commandsOf(result)),
        isSigned: (image) => signed.has(image),
        isAttested: () => false,
    }, limitBytes);
}
function commandsOf({ images }) {
    return images.map((image) => ({ image, commands: image.proofs.map(({ command }) => command) }));
}
function verifyOutputs(result, files) {
    const signed = result.images.length > 0 && result.images.every(isSigned);
    const ofImage = (image) => ({
        signed: isSigned(image),
        attested: false,
        promotedFrom: [...new Set(image.proofs.flatMap(({ promotedFrom }) => promotedFrom ?? []))],
    });
    const commands = (0,by_hand/* commandLines */.Z)(commandsOf(result));
    return (0,outputs/* sharedOutputs */.S)(result, { signed, commands, ofImage }, files);
}

// EXTERNAL MODULE: ./lib/scan/age.js
var age = __webpack_require__(5766);
// EXTERNAL MODULE: ./lib/signing/notation/trust.js
var notation_trust = __webpack_require__(7800);
// EXTERNAL MODULE: ./lib/signing/notation/arguments.js
var notation_arguments = __webpack_require__(9926);
// EXTERNAL MODULE: ./lib/signing/notation/session.js + 1 modules
var notation_session = __webpack_require__(9842);
;// CONCATENATED MODULE: ./lib/signing/notation/verify.js


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

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(3934);
;// CONCATENATED MODULE: ./lib/signing/other-signatures.js



const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined };
async function managedSignatures(clients, deadline, image, log) {
    try {
        return await (0,briefly/* briefly */.m)(deadline, (signal) => describeSigningStatus(clients, signal, image));
    }
    catch (error) {
        log(`Could not determine whether AWS Signer signed ${image.uri}: ${(0,errors/* messageOf */.bD)(error)}`);
        return [];
    }
}
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
            'created when the image was pushed: it shows where the image comes from, not that it was scanned',
        ].join('; '),
    }));
}

// EXTERNAL MODULE: ./lib/signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(4155);
// EXTERNAL MODULE: ./lib/signing/cosign/by-hand.js
var cosign_by_hand = __webpack_require__(1858);
// EXTERNAL MODULE: ./lib/signing/cosign/check.js
var check = __webpack_require__(5551);
// EXTERNAL MODULE: ./lib/signing/cosign/output.js
var output = __webpack_require__(7630);
// EXTERNAL MODULE: ./lib/signing/cosign/session.js
var cosign_session = __webpack_require__(6971);
// EXTERNAL MODULE: ./lib/signing/evidence/read.js + 1 modules
var evidence_read = __webpack_require__(5209);
// EXTERNAL MODULE: ./lib/signing/evidence/source.js
var evidence_source = __webpack_require__(4368);
;// CONCATENATED MODULE: ./lib/signing/evidence/places.js



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
function otherRepositories(own, promotedFrom) {
    const others = new Map(promotedFrom.map((one) => [nameOf(one), one]));
    others.delete(nameOf(own));
    return [...others.values()];
}
function nameOf({ registry, repository }) {
    return (0,reference/* plainName */.MH)(registry, repository);
}
function attestationKey({ format, isForCosign, manifest, layer }) {
    return JSON.stringify([format, isForCosign, manifest.digest, layer.digest, layer.descriptor]);
}
function evidenceOf(places) {
    const [own] = places;
    const all = places.flatMap(({ evidence }) => evidence.attestations);
    const different = new Map(all.map((one) => [attestationKey(one), one]));
    return { referrers: own.evidence.referrers, attestations: [...different.values()] };
}
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

// EXTERNAL MODULE: ./lib/signing/revocations.js
var signing_revocations = __webpack_require__(8574);
// EXTERNAL MODULE: ./lib/signing/statements/predicate.js
var predicate = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/signing/statements/revocation.js + 1 modules
var statements_revocation = __webpack_require__(1668);
// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statements_statement = __webpack_require__(9283);
// EXTERNAL MODULE: ./lib/signing/statements/summaries.js
var summaries = __webpack_require__(1190);
;// CONCATENATED MODULE: ./lib/signing/proofs.js












function signerText(signer) {
    if (signer.kind === 'key')
        return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
    const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
    return `${identity} (${signer.issuer})`;
}
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
    const required = settings.summary ?? { policies: undefined, maxAgeMs: undefined };
    for (const format of formatsOf(settings)) {
        proofs.push(await summaryProof(verification, format, required, now));
    }
    return proofs;
}
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
function anyOf({ signers }) {
    return signers.map(signerText).join(' or ');
}
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
            const command = (0,cosign_by_hand/* signatureCommand */.q)((0,cosign_session/* byHand */.XL)(signer.session, signer.verifier, subject, format), settings.annotations);
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
    if (source !== undefined && isBare) {
        return { by, verified: false, place, why: 'no signature is attached', nextStep: undefined };
    }
    const result = await verify(signer, target, image, format, { annotations });
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
        const holder = places.find((place) => hasSummary(place, decision.summary)) ?? places[0];
        return {
            ...proof,
            by: signer.by,
            state: 'proven',
            at: decision.at,
            ageMs: decision.ageMs,
            promotedFrom: source,
            detail: `${source === undefined ? '' : `Verified by the summary of ${source}: `}${decision.summary.verificationResult} by policy ${(0,summaries/* policyText */.M)(decision.summary)}${any}${notCountedText(decision.notCounted)}`,
            command: (0,cosign_by_hand/* summaryCommand */.K)((0,cosign_session/* byHand */.XL)(signer.session, signer.verifier, holder.subject, format), says),
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
async function summaryBy(verification, signer, format, required, now) {
    const { target, signers } = verification;
    const { by } = signer;
    const image = attestationsOf(verification.evidence, target, format, predicate/* SUMMARY_TYPE */.G_);
    const result = await verify(signer, target, image, format, { type: predicate/* SUMMARY_TYPE */.G_ });
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
function notCountedText(items) {
    if (items.length === 0)
        return '';
    const more = items.length - MOST_LISTED;
    const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
    return `; not counted: ${listed.join(', ')}`;
}
const RENEW = 'Run the gate for this image again with attest: true, and with the policy and the key that are expected here.';
async function verify({ session, verifier }, target, image, format, wanted) {
    const copy = await session.serve(image);
    return (0,check/* check */.z6)(session, { subject: target, verifier, format, wanted, copy });
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(0);
// EXTERNAL MODULE: ./lib/signing/requirements.js
var signing_requirements = __webpack_require__(7775);
// EXTERNAL MODULE: ./lib/signing/verifier.js
var verifier = __webpack_require__(6889);
;// CONCATENATED MODULE: ./lib/signing/verify.js










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
        (0,signing_requirements/* requireSupport */.bG)(cosign, settings);
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
async function isPublicKey(path) {
    await (0,signing_requirements/* requireKeyFile */.vZ)(path);
    try {
        return (await (0,external_node_fs_promises_.readFile)(path, 'utf8')).includes('BEGIN PUBLIC KEY');
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input signing-key: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
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

// EXTERNAL MODULE: ./lib/modes/attestations.js
var modes_attestations = __webpack_require__(6761);
// EXTERNAL MODULE: ./lib/modes/check-inputs.js
var check_inputs = __webpack_require__(4952);
// EXTERNAL MODULE: ./lib/modes/documents.js
var documents = __webpack_require__(4766);
// EXTERNAL MODULE: ./lib/modes/images.js + 1 modules
var lib_modes_images = __webpack_require__(5309);
// EXTERNAL MODULE: ./lib/modes/judge.js + 3 modules
var judge = __webpack_require__(444);
// EXTERNAL MODULE: ./lib/modes/preflight.js
var preflight = __webpack_require__(9939);
// EXTERNAL MODULE: ./lib/modes/sign.js + 9 modules
var sign = __webpack_require__(3059);
;// CONCATENATED MODULE: ./lib/modes/verify.js
























const CLOSE_MS = 2_000;
function newRun(startedAt) {
    const known = (0,lib_modes_images/* newKnown */.Ed)(startedAt);
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
                ...(0,lib_modes_images/* imagesResult */.Gb)(known, state.images, error, 'verify'),
                verification: state.verification,
            };
            return { result, report: verifyReport(result), options: inputs };
        },
    };
}
async function verifyImages(inputs, context, known, state) {
    const { verification } = inputs;
    const { deadline, environment, log, awsHandler: handler } = context;
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
    const preparing = prepareVerifiers({ ...verification, summary }, trust, clients, context);
    const attestations = (0,modes_attestations/* prepareAttestations */.h)(settings, verification.cosignVersion, clients, context);
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
        const pending = new errors/* GateError */.ue('not-proven', 'The run ended before the image was verified.');
        state.images = images.map((image) => ({
            ...((0,resolve/* isResolved */.ZY)(image) ? (0,lib_modes_images/* unjudged */.bC)(image, pending) : (0,lib_modes_images/* unresolved */.II)(image)),
            proofs: [],
        }));
        const verified = [];
        for (const [index, image] of images.entries()) {
            if (!(0,resolve/* isResolved */.ZY)(image))
                continue;
            log((0,lib_modes_images/* describeImage */.hu)(image));
            try {
                const required = attestationVerifier && (await (0,modes_attestations/* checkAttestations */.Y)(image, attestationVerifier, clients));
                const { failed, proofs } = await verifyOne(image, verifier, verification, recheck, required, clients, context);
                const error = failed === undefined ? required?.error : notVerified(image, failed);
                if (error === undefined)
                    verified.push(image);
                state.images[index] = {
                    ...(0,lib_modes_images/* unjudged */.bC)(image, error ?? pending),
                    ...(error === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
                    proofs,
                };
            }
            catch (error) {
                if ((0,errors/* endsRun */.sl)(error))
                    throw error;
                state.images[index] = { ...(0,lib_modes_images/* unjudged */.bC)(image, (0,errors/* toGateError */.Vl)(error)), proofs: [] };
            }
        }
        if (recheck) {
            const weakening = (0,documents/* weakeningByInputs */.Od)(settings, document, known);
            const scanner = (0,judge/* scannerOf */.u)(settings, clients, deadline);
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
                const { withAdvice } = await __webpack_require__.e(/* import() */ 218).then(__webpack_require__.bind(__webpack_require__, 218));
                state.images = await withAdvice(images, state.images, judging);
            }
        }
    }
    finally {
        const open = [preparing.then(verify_close), attestations?.then((ready) => ready.close())];
        await Promise.race([Promise.allSettled(open), (0,promises_.setTimeout)(CLOSE_MS)]);
        clients.destroy();
    }
}
async function verifyOne(image, { cosign, notation }, { format, platforms }, recheck, required, clients, { deadline, log }) {
    const proofs = [];
    for (const target of (0,sign/* targetsOf */.QR)(image, platforms)) {
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
            ...(notation === undefined ? notations : []),
        ],
    };
}
async function prepareVerifiers({ signers: [signer, ...others], ...settings }, trust, clients, context) {
    const cosign = signer && (await prepareImageVerifier({ ...settings, signers: [signer, ...others] }, clients, context));
    try {
        const { summary, annotations } = settings;
        const { policies, equivalentSha256 = [] } = summary ?? {};
        const accepted = policies && [...policies, ...equivalentSha256];
        const expected = { annotations, policies: accepted };
        const notation = trust && (await prepareNotationVerifier(trust, expected, (0,sign/* signingPorts */.KK)(clients, context)));
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
async function prepareImageVerifier(settings, clients, context) {
    const keys = settings.signers.flatMap((signer) => (signer.kind === 'key' ? [signer.key] : []));
    await (0,sign/* checkCosignFiles */.XE)(keys, settings.services, context.workspace);
    return prepareVerifier(settings, (0,sign/* signingPorts */.KK)(clients, context));
}
async function judgeAgain(verified, judging, images, state) {
    const { clients, known } = judging;
    const judged = await (0,judge/* judge */.S)(verified, judging);
    for (const [at, image] of verified.entries()) {
        const [index, judgedImage] = [images.indexOf(image), judged[at]];
        if (judgedImage === undefined)
            continue;
        const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), known.settings);
        state.images[index] = {
            ...judgedImage,
            proofs: [...(state.images[index]?.proofs ?? []), findings],
        };
    }
}
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
    const limits = exceededLimits.length === 0 ? '' : `; ${exceededLimits.length} limits of the policy are exceeded`;
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
        detail: `${counts.total} active, ${blocking} of them block (fail-on: ${settings?.failOn})${limits}${since}`,
    };
}


/***/ }),

/***/ 71:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ GITHUB_ISSUER),
/* harmony export */   x: () => (/* binding */ issuerOf)
/* harmony export */ });
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
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
