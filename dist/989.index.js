export const id = 989;
export const ids = [989];
export const modules = {

/***/ 9989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  newRun: () => (/* binding */ newRun)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/aws/clients.js + 1 modules
var aws_clients = __webpack_require__(6943);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(84);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(3578);
// EXTERNAL MODULE: ./lib/inputs/gate.js
var gate = __webpack_require__(8765);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(2992);
;// CONCATENATED MODULE: ./lib/results/modes/gate.js
function isSigned({ signing }) {
    return signing?.state === 'done';
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
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(3033);
// EXTERNAL MODULE: ./lib/report/findings/headline.js
var headline = __webpack_require__(7240);
;// CONCATENATED MODULE: ./lib/report/gate/headline.js


function headline_headline(result) {
    const passed = isSigned(result) ? 'Passed and signed' : 'Passed';
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
function errorWords({ error, images }) {
    if (error !== undefined) {
        const judged = images.length > 0 && images.every(({ outcome }) => outcome.kind === 'judged');
        if (!judged || error.code !== 'signing')
            return `No verdict: ${error.message}`;
        const made = images.some(({ signatures }) => signatures.length > 0);
        return `${made ? 'Signing is not complete' : 'Not signed'}: ${error.message}`;
    }
    const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    const message = errors[0]?.message ?? 'no image was judged';
    if (images.length < 2)
        return `No verdict: ${message}`;
    return `No verdict: ${errors.length} of ${images.length} images could not be judged: ${message}`;
}

;// CONCATENATED MODULE: ./lib/report/gate/json.js

function gateDocument(result) {
    return reportDocument(result, partsOf(result));
}
function reportText(result) {
    return (0,json/* documentText */.ZH)(result, partsOf(result));
}
function partsOf({ signing }) {
    return { signing: signing === undefined ? null : signingDocument(signing), verification: null, ofImage };
}
function signingDocument({ key, format, transparencyLog, cosignVersion, state, }) {
    return { key, format, transparencyLog, cosignVersion: cosignVersion ?? null, state };
}
function ofImage({ signatures, verdictAttestations, }) {
    return {
        signatures: signatures.map(({ digest, state, format, platform }) => ({
            digest,
            state,
            format,
            platform: platform ?? null,
        })),
        verdictAttestations: verdictAttestations.map(({ digest, type, state, format, platform }) => ({
            digest,
            type,
            state,
            format,
            platform: platform ?? null,
        })),
        proofs: [],
    };
}

// EXTERNAL MODULE: ./lib/report/findings/words.js
var words = __webpack_require__(7011);
// EXTERNAL MODULE: ./lib/report/kit/blocks.js
var blocks = __webpack_require__(6608);
// EXTERNAL MODULE: ./lib/report/kit/words.js
var kit_words = __webpack_require__(7698);
;// CONCATENATED MODULE: ./lib/report/gate/signatures.js



function signatureBlock({ signing, images }) {
    if (signing === undefined)
        return '<p>🔏 Not signed: no <code>signing-key</code> was given.</p>';
    const made = images.flatMap((image) => image.signatures.map((entry) => ({ image, entry })));
    const cosign = signing.cosignVersion === undefined ? '' : `, by cosign ${(0,blocks/* code */.aY)(signing.cosignVersion, 40)}`;
    const log = signing.transparencyLog
        ? 'recorded in the public transparency log'
        : 'not in a transparency log';
    const state = {
        done: `🔏 <b>Signed and verified</b> with ${(0,blocks/* code */.aY)(signing.key, 300)}${cosign}; ${log}.`,
        withheld: '🔏 <b>Not signed</b>: nothing is signed unless every image passes.',
        failed: made.length === 0
            ? `🔏 <b>Not signed</b>: signing with ${(0,blocks/* code */.aY)(signing.key, 300)} failed${cosign}.`
            : `🔏 <b>Signing is not complete</b>: signing or attesting with ${(0,blocks/* code */.aY)(signing.key, 300)} failed${cosign}, and what is listed here is attached and verifies.`,
    }[signing.state];
    if (made.length === 0)
        return `<p>${state}</p>`;
    const rows = made
        .slice(0, 200)
        .map(({ image, entry }) => [
        (0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300),
        entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : (0,blocks/* code */.aY)(entry.platform, 60),
        (0,blocks/* code */.aY)((0,kit_words/* shortDigest */.VK)(entry.digest)),
        entry.format,
        entry.state === 'signed' ? 'signed by this run' : 'already signed',
    ]);
    return `<p>${state}</p>\n${(0,blocks/* details */.zH)((0,kit_words/* plural */.LS)(made.length, 'verified signature'), [
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
        (0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300),
        entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : (0,blocks/* code */.aY)(entry.platform, 60),
        (0,blocks/* code */.aY)(entry.type),
        entry.format,
        entry.state === 'attested' ? 'attested by this run' : 'an earlier one stays',
    ]);
    return `\n${(0,blocks/* details */.zH)((0,kit_words/* plural */.LS)(made.length, 'verified attestation'), [
        (0,blocks/* table */.tp)(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
        ...(0,blocks/* more */.OS)(made.length - rows.length),
    ])}`;
}
function signingLines({ signing }) {
    if (signing === undefined)
        return [];
    switch (signing.state) {
        case 'done':
            return [`Signed with ${signing.key}, and verified.`];
        case 'withheld':
            return ['Not signed: nothing is signed unless every image passes.'];
        case 'failed':
            return [`Not signed: signing with ${signing.key} failed.`];
    }
}

;// CONCATENATED MODULE: ./lib/report/gate/report.js















function gateReport(result) {
    return {
        log: () => (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage: () => [], end: signingLines(result) }),
        annotations: (dockerfile) => (0,annotations/* annotations */.h)(result, dockerfile),
        summary: (limitBytes) => gateSummary(result, limitBytes),
        bareSummary: () => (0,summary/* bareSummary */.DU)(result),
        files: (dockerfile) => [
            (0,json/* reportFile */.rn)(() => reportText(result)),
            (0,sarif/* sarifFile */.Uz)(result, dockerfile),
            ...result.images.flatMap(bundleFiles),
        ],
        outputs: (files) => gateOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.N)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes),
        },
        errors: () => (0,findings_errors/* errorsOf */.B)(result),
    };
}
function gateSummary(result, limitBytes) {
    const attested = new Set(result.images.filter(({ verdictAttestations }) => verdictAttestations.length > 0));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: (0,steps/* nextSteps */.Z)(result),
        proofs: [],
        signatures: [signatureBlock(result)],
        isSigned: () => isSigned(result),
        isAttested: (image) => attested.has(image),
    }, limitBytes);
}
function gateOutputs(result, files) {
    const signed = isSigned(result);
    const ofImage = ({ verdictAttestations }) => ({
        signed,
        attested: signed && verdictAttestations.length > 0,
    });
    return { ...(0,outputs/* sharedOutputs */.S)(result, { signed, ofImage }, files), bundles: files.bundles.join('\n') };
}
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

// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(3022);
// EXTERNAL MODULE: ./lib/signing/sign.js + 1 modules
var sign = __webpack_require__(3639);
// EXTERNAL MODULE: ./lib/modes/documents.js
var documents = __webpack_require__(7349);
// EXTERNAL MODULE: ./lib/modes/images.js + 1 modules
var lib_modes_images = __webpack_require__(4137);
// EXTERNAL MODULE: ./lib/modes/judge.js + 13 modules
var judge = __webpack_require__(4523);
// EXTERNAL MODULE: ./lib/modes/sign.js + 2 modules
var modes_sign = __webpack_require__(2904);
;// CONCATENATED MODULE: ./lib/modes/gate.js














const CLOSE_MS = 2_000;
function newRun(startedAt) {
    const known = (0,lib_modes_images/* newKnown */.Ed)(startedAt);
    const state = { known, images: [], signing: undefined };
    let inputs;
    return {
        readInputs: (get) => {
            inputs = (0,gate/* readGateInputs */.r)(get);
            return { timeoutMs: inputs.timeoutMs, readsDocuments: (0,documents/* readsDocuments */.eK)(inputs) };
        },
        work: async (context) => {
            if (inputs === undefined)
                throw new Error('the inputs were not read');
            await judgeAndSign(inputs, context, known, state);
        },
        publication: (error) => {
            const result = {
                ...(0,lib_modes_images/* imagesResult */.Gb)(known, state.images, error),
                signing: state.signing,
            };
            return { result, report: gateReport(result), options: inputs };
        },
    };
}
async function judgeAndSign(inputs, context, known, state) {
    const { deadline, environment, log, awsHandler: handler } = context;
    const { signing } = inputs;
    if (signing !== undefined)
        (0,sign/* refuseWithoutPermission */.kt)(signing.key, environment);
    const { document, exceptions } = await (0,documents/* readDocuments */.r9)(inputs, context, known);
    const own = { signing: signing !== undefined, recheck: true };
    const demands = (0,documents/* applyMinimum */.zL)(inputs, own, document, context, known);
    const clients = (0,aws_clients/* createClients */.h)(deadline, { log, environment, handler });
    const signer = signing && (0,modes_sign/* prepare */.iA)(signing, clients, context, state);
    signer?.catch(() => { });
    try {
        const images = await (0,resolve/* resolveImages */.Be)(inputs.images, (0,ecr/* ecrImages */.D)(clients, deadline));
        for (const image of images)
            log((0,lib_modes_images/* describeImage */.hu)(image));
        const pending = new errors/* GateError */.ue('not-proven', 'The run ended before it was judged.');
        state.images = images.map((image) => unsigned((0,lib_modes_images/* unjudged */.bC)(image, pending)));
        await signer;
        const weakening = (0,documents/* weakeningByInputs */.Od)(demands, document, known);
        const judging = { inputs, demands, weakening, exceptions, clients, context, known };
        state.images = (await (0,judge/* judge */.S)(images, { ...judging, imageCount: images.length })).map(unsigned);
        if (signing !== undefined &&
            signer !== undefined &&
            state.images.every((image) => (0,envelope/* allows */.N)((0,modes_images/* verdictOf */.V)(image)))) {
            await (0,modes_sign/* signAll */.ZF)(images, signing, state, context, await signer);
        }
    }
    finally {
        await Promise.race([signer?.then((ready) => ready.close()).catch(() => { }), (0,promises_.setTimeout)(CLOSE_MS)]);
        clients.destroy();
    }
}
function unsigned(image) {
    return { ...image, signatures: [], verdictAttestations: [] };
}


/***/ })

};
