export const id = 5643;
export const ids = [5643];
export const modules = {

/***/ 33842:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gateOutputs: () => (/* binding */ gateOutputs),
  gateReport: () => (/* binding */ gateReport),
  gateSummary: () => (/* binding */ gateSummary)
});

// EXTERNAL MODULE: ./results/modes/envelope.js
var envelope = __webpack_require__(75795);
// EXTERNAL MODULE: ./results/modes/gate.js
var gate = __webpack_require__(84900);
// EXTERNAL MODULE: ./report/findings/annotations.js
var annotations = __webpack_require__(43569);
// EXTERNAL MODULE: ./report/findings/by-hand.js
var by_hand = __webpack_require__(33158);
// EXTERNAL MODULE: ./report/findings/comment.js
var comment = __webpack_require__(18946);
// EXTERNAL MODULE: ./report/findings/errors.js
var errors = __webpack_require__(29576);
// EXTERNAL MODULE: ./report/findings/json.js
var json = __webpack_require__(31281);
// EXTERNAL MODULE: ./report/findings/log.js
var log = __webpack_require__(30913);
// EXTERNAL MODULE: ./report/findings/outputs.js
var outputs = __webpack_require__(54041);
// EXTERNAL MODULE: ./report/findings/records.js
var records = __webpack_require__(31137);
// EXTERNAL MODULE: ./report/findings/sarif.js + 5 modules
var sarif = __webpack_require__(28260);
// EXTERNAL MODULE: ./report/findings/steps.js + 1 modules
var steps = __webpack_require__(83754);
// EXTERNAL MODULE: ./report/findings/summary.js
var summary = __webpack_require__(74179);
// EXTERNAL MODULE: ./report/kit/escape.js
var kit_escape = __webpack_require__(95964);
// EXTERNAL MODULE: ./time.js
var time = __webpack_require__(41956);
// EXTERNAL MODULE: ./report/kit/blocks.js
var blocks = __webpack_require__(81477);
// EXTERNAL MODULE: ./report/kit/words.js
var words = __webpack_require__(4310);
;// CONCATENATED MODULE: ./report/gate/attestations.js



const MAX_LINES = 20;
/** One line for each required attestation: who signed it, and of how many images it was verified. */
function attestationBlocks({ images }) {
    // Every image has one check for each requirement, in the order of the policy.
    const checked = images.filter(({ proofs }) => proofs.length > 0);
    const most = Math.max(0, ...checked.map(({ proofs }) => proofs.length));
    const lines = Array.from({ length: Math.min(most, MAX_LINES) }, (_, at) => requirementLine(checked.flatMap(({ proofs }) => proofs[at] ?? [])));
    return lines.length === 0 ? [] : [`<p>${lines.join('<br>')}</p>`];
}
function requirementLine(proofs) {
    const [first] = proofs;
    const [verified, ...others] = proofs.filter(({ state }) => state === 'proven');
    const by = first?.by === undefined ? undefined : (0,blocks/* code */.aY)(first.by, 300);
    const what = (0,blocks/* code */.aY)(first?.what ?? '', 400);
    if (verified === undefined) {
        return `📜 <b>Not verified</b>: ${what}${by === undefined ? '' : `, required signer ${by}`}.`;
    }
    const count = `, of ${others.length + 1} of ${(0,words/* plural */.LS)(proofs.length, 'image')}`;
    return `📜 <b>Verified</b>: ${what}${by === undefined ? '' : `, signed by ${by}`}${proofs.length === 1 ? details(verified) : count}.`;
}
function details({ detail, ageMs }) {
    const where = detail === undefined ? '' : `, ${(0,blocks/* code */.aY)(detail, 300)}`;
    return ageMs === undefined ? where : `${where}, ${(0,time/* formatAge */.nV)(ageMs)} old`;
}
/** The checks of an image as lines of the log. */
function attestationLines({ proofs }) {
    return proofs.map(({ state, what, by, detail, ageMs }) => {
        const isVerified = state === 'proven';
        const signer = by === undefined ? '' : `${isVerified ? ', signed by' : ', required signer'} ${by}`;
        const age = ageMs === undefined ? '' : `, ${(0,time/* formatAge */.nV)(ageMs)} old`;
        const why = detail === undefined ? '' : `: ${detail}`;
        return {
            lead: `  ${isVerified ? '✅' : '❌'} `,
            text: `${what}: ${isVerified ? 'verified' : 'not verified'}${signer}${age}${why}`,
        };
    });
}

// EXTERNAL MODULE: ./report/findings/headline.js
var headline = __webpack_require__(59387);
// EXTERNAL MODULE: ./report/findings/words.js
var findings_words = __webpack_require__(16878);
// EXTERNAL MODULE: ./report/kit/once.js
var once = __webpack_require__(41342);
;// CONCATENATED MODULE: ./report/gate/headline.js
/** The gate's verdict in one line, without its mark. */




/** `Passed and signed: no findings`, `Blocked: 3 critical findings, 2 of them fixable`. */
const headline_headline = (0,once/* oncePer */.P)((result) => `${verdictWords(result)}${partlyWords(result)}`);
/** How many images `sign: each` signed, where not all of them are. */
function partlyWords({ signing, images }) {
    if (signing?.state !== 'partly')
        return '';
    return `; ${images.filter(({ signed }) => signed).length} of ${images.length} images signed`;
}
function verdictWords(result) {
    const passed = (0,gate/* isSigned */.JI)(result) ? 'Passed and signed' : 'Passed';
    switch (result.verdict) {
        case 'pass':
            return `${passed}: ${(0,headline/* passWords */.p2)(result)}`;
        case 'warn':
            return `${passed} with warnings: ${(0,headline/* warningWords */.wV)(result)}`;
        case 'block':
            return (0,headline/* blockWords */.zM)(result);
        case 'error':
            return errorWords(result);
    }
}
function errorWords({ error, images, signing, tolerated }) {
    if (error !== undefined) {
        const judged = images.length > 0 && images.every(({ outcome }) => outcome.kind === 'judged');
        if (!judged || error.code !== 'signing')
            return `No verdict: ${error.message}`;
        const made = images.some(({ signatures }) => signatures.length > 0);
        return `${made ? 'Signing is incomplete' : 'Not signed'}: ${error.message}`;
    }
    if (images.some((image) => (0,findings_words/* verdictWords */.L2)(image) === 'Not verified')) {
        const suffix = tolerated ? ' (not enforced)' : '';
        return `Not verified${suffix}: ${(0,headline/* failureWords */.AC)(images, 'could not be verified')}`;
    }
    return `No verdict: ${(0,headline/* failureWords */.AC)(images, signing?.sign === 'each' ? 'could not be judged or signed' : 'could not be judged')}`;
}

// EXTERNAL MODULE: ./report/findings/json-proof.js
var json_proof = __webpack_require__(89782);
;// CONCATENATED MODULE: ./report/gate/json.js
/** The gate's `report.json`. */



/** The report as plain JSON. */
function gateDocument(result) {
    return reportDocument(result, partsOf(result));
}
/** The same as text, in pieces. */
function reportText(result) {
    return (0,json/* documentText */.ZH)(result, partsOf(result));
}
function partsOf(result) {
    const { signing } = result;
    return {
        signing: signing === undefined ? null : signingDocument(signing),
        verification: null,
        changes: null,
        ofImage: (image) => imageParts(image, (0,gate/* isImageSigned */.eL)(result, image)),
    };
}
// Field by field: nothing else of the result must be in a file.
function signingDocument({ key, format, transparencyLog, sign, cosignVersion, notationVersion, state, }) {
    return {
        key,
        format,
        transparencyLog,
        sign,
        cosignVersion: cosignVersion ?? null,
        notationVersion: notationVersion ?? null,
        state,
    };
}
function imageParts({ signatures, verdictAttestations, proofs }, signed) {
    return {
        signatures: signatures.map(({ digest, state, format, platform, command }) => ({
            digest,
            state,
            format,
            platform: platform ?? null,
            command: command ?? null,
        })),
        verdictAttestations: verdictAttestations.map(({ digest, type, state, format, platform, command }) => ({
            digest,
            type,
            state,
            format,
            platform: platform ?? null,
            command: command ?? null,
        })),
        signed,
        proofs: proofs.map(json_proof/* proofDocument */.S),
    };
}

;// CONCATENATED MODULE: ./report/gate/signatures.js
/** The signatures and attestations of the gate, as a block of the summary. */




const MAX_NAMES = 10;
/** `2 of 3 images`. */
function signedCount({ images }) {
    return `${images.filter(({ signed }) => signed).length} of ${(0,words/* plural */.LS)(images.length, 'image')}`;
}
function withheldWords({ sign }) {
    return sign === 'each' ? 'no image passed' : 'images are signed only if all of them pass';
}
/** The images that `sign: each` did not sign. */
function unsignedNames(result) {
    const names = result.images
        .filter((image) => !(0,gate/* isImageSigned */.eL)(result, image))
        .map((image) => (0,blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300));
    const left = names.length - MAX_NAMES;
    return `${names.slice(0, MAX_NAMES).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
function signatureBlock(result) {
    const { signing, images } = result;
    if (signing === undefined)
        return '<p>🔏 Not signed: <code>signing-key</code> is empty.</p>';
    const made = images.flatMap((image) => image.signatures.map((entry) => ({ image, entry })));
    const { cosignVersion, notationVersion } = signing;
    const programs = [
        ...(cosignVersion === undefined ? [] : [`cosign ${(0,blocks/* code */.aY)(cosignVersion, 40)}`]),
        ...(notationVersion === undefined ? [] : [`notation ${(0,blocks/* code */.aY)(notationVersion, 40)}`]),
    ];
    const by = programs.length === 0 ? '' : `, by ${programs.join(' and ')}`;
    const log = signing.transparencyLog
        ? 'recorded in the public transparency log'
        : 'not recorded in a transparency log';
    const state = {
        done: `🔏 <b>Signed and verified</b> with ${(0,blocks/* code */.aY)(signing.key, 300)}${by}; ${log}.`,
        partly: `🔏 <b>Signed and verified: ${signedCount(result)}</b>, with ${(0,blocks/* code */.aY)(signing.key, 300)}${by}; ${log}. Not signed: ${unsignedNames(result)}.`,
        withheld: `🔏 <b>Not signed</b>: ${withheldWords(signing)}.`,
        failed: made.length === 0
            ? `🔏 <b>Not signed</b>: signing with ${(0,blocks/* code */.aY)(signing.key, 300)} failed${by}.`
            : `🔏 <b>Signing is incomplete</b>: signing or attesting with ${(0,blocks/* code */.aY)(signing.key, 300)} failed${by}. The signatures and attestations listed here are attached and verified.`,
    }[signing.state];
    if (made.length === 0)
        return `<p>${state}</p>`;
    const rows = made
        .slice(0, 200)
        .map(({ image, entry }) => [
        (0,blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300),
        entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : (0,blocks/* code */.aY)(entry.platform, 60),
        (0,blocks/* code */.aY)((0,words/* shortDigest */.VK)(entry.digest)),
        entry.format,
        entry.state === 'signed' ? 'signed by this run' : 'already signed',
    ]);
    return `<p>${state}</p>\n${(0,blocks/* details */.zH)((0,words/* plural */.LS)(made.length, 'verified signature'), [
        (0,blocks/* table */.tp)(['Image', 'What', 'Digest', 'Format', 'State'], rows),
        ...(0,blocks/* more */.OS)(made.length - rows.length),
    ])}${attested(images)}`;
}
function attested(images) {
    const made = images.flatMap((image) => image.verdictAttestations.map((entry) => ({ image, entry })));
    if (made.length === 0)
        return '';
    const rows = made
        .slice(0, 200)
        .map(({ image, entry }) => [
        (0,blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300),
        entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : (0,blocks/* code */.aY)(entry.platform, 60),
        (0,blocks/* code */.aY)(entry.type),
        entry.format,
        entry.state === 'attested' ? 'attested by this run' : 'kept from an earlier run',
    ]);
    return `\n${(0,blocks/* details */.zH)((0,words/* plural */.LS)(made.length, 'verified attestation'), [
        (0,blocks/* table */.tp)(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
        ...(0,blocks/* more */.OS)(made.length - rows.length),
    ])}`;
}
/** The same as lines of the log: plain text that is not escaped yet. */
function signingLines(result) {
    const { signing, images } = result;
    if (signing === undefined) {
        // If no image was resolved, it is unknown whether there is a key.
        if (images.length === 0)
            return [];
        return [
            'Not signed: signing-key is empty. A policy with minimum: { signing: true } does not allow that.',
        ];
    }
    switch (signing.state) {
        case 'done':
            return [`Signed with ${signing.key} and verified.`];
        case 'partly':
            return [
                `Signed with ${signing.key} and verified: ${signedCount(result)}.`,
                ...images.map((image) => `${(0,gate/* isImageSigned */.eL)(result, image) ? 'Signed' : 'Not signed'}: ${image.uri}`),
            ];
        case 'withheld':
            return [`Not signed: ${withheldWords(signing)}.`];
        case 'failed':
            return [
                images.some(({ signatures }) => signatures.length > 0)
                    ? `Signing is incomplete: signing or attesting with ${signing.key} failed.`
                    : `Not signed: signing with ${signing.key} failed.`,
            ];
    }
}

;// CONCATENATED MODULE: ./report/gate/report.js
/** The result of the gate in every form in which it is published. */


















function gateReport(result) {
    return {
        log: () => gateLog(result),
        annotations: (dockerfile) => (0,annotations/* annotations */.hk)(result, dockerfile),
        summary: (limitBytes) => gateSummary(result, limitBytes),
        bareSummary: () => (0,summary/* bareSummary */.DU)(result),
        files: (dockerfile) => [
            (0,json/* reportFile */.rn)(() => reportText(result)),
            (0,sarif/* sarifFile */.U)(result, dockerfile),
            ...result.images.flatMap(bundleFiles),
        ],
        outputs: (files) => gateOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.NB)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes),
        },
        errors: () => (0,errors/* errorsOf */.B)(result),
    };
}
function gateLog(result) {
    const gated = new Map(result.images.map((image) => [image, image]));
    const ofImage = (image) => {
        const found = gated.get(image);
        return found === undefined ? [] : attestationLines(found);
    };
    return (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage, end: signingLines(result) });
}
/** The job summary of the gate. */
function gateSummary(result, limitBytes) {
    const attested = new Set(result.images.filter(({ verdictAttestations }) => verdictAttestations.length > 0));
    const signed = new Set(result.images.filter((image) => (0,gate/* isImageSigned */.eL)(result, image)));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: (0,steps/* nextSteps */.Z)(result),
        proofs: [],
        signatures: [
            ...attestationBlocks(result),
            signatureBlock(result),
            ...(0,by_hand/* commandBlock */.L)(commandsOf(result)),
            ...(0,records/* recordBlock */.x)(result),
        ],
        isSigned: (image) => signed.has(image),
        isAttested: (image) => attested.has(image),
    }, limitBytes);
}
/** The commands for the signatures and verification summaries of the images on which later steps can rely. */
function commandsOf(result) {
    return result.images
        .filter((image) => (0,gate/* isImageSigned */.eL)(result, image))
        .map((image) => ({
        image,
        commands: [...image.signatures, ...image.verdictAttestations].map(({ command }) => command),
    }));
}
/** Every output of the gate. */
function gateOutputs(result, files) {
    const signed = (0,gate/* isSigned */.JI)(result);
    const ofImage = (image) => {
        const own = (0,gate/* isImageSigned */.eL)(result, image);
        return { signed: own, attested: own && image.verdictAttestations.length > 0 };
    };
    const commands = (0,by_hand/* commandLines */.Z)(commandsOf(result));
    return {
        ...(0,outputs/* sharedOutputs */.S)(result, { signed, commands, ofImage }, files),
        bundles: files.bundles.join('\n'),
    };
}
/**
 * The Sigstore bundles that this run created. Their names consist of account, Region, repository, digest and kind; all
 * characters of a repository name in ECR are allowed in a file name, except the slash.
 */
function bundleFiles(image) {
    const made = [
        ...image.signatures.map((entry) => ({ ...entry, what: 'signature' })),
        ...image.verdictAttestations.map((entry) => ({
            ...entry,
            what: /\/verification_summary\//.test(entry.type) ? 'summary' : 'vulnerabilities',
        })),
    ];
    const owner = `${image.account}.${image.region}.${image.repository.replaceAll('/', '__')}`;
    return made.flatMap(({ digest, what, bundle }) => bundle === undefined
        ? []
        : [
            {
                kind: 'bundle',
                name: `${owner}@${digest.replace(':', '-')}.${what}.sigstore.json`,
                what: 'A Sigstore bundle',
                render: () => ({ text: (0,kit_escape/* inertJson */.nl)(bundle), omissions: [] }),
            },
        ]);
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


/***/ })

};
