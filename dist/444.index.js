export const id = 444;
export const ids = [444];
export const modules = {

/***/ 4444:
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
var aws_clients = __webpack_require__(1715);
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
// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(3022);
;// CONCATENATED MODULE: ./lib/results/modes/gate.js


function isSigned({ signing }) {
    return signing?.state === 'done';
}
function isImageSigned(result, image) {
    return isSigned(result) || (result.signing?.state === 'partly' && image.signed && (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
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
// EXTERNAL MODULE: ./lib/report/findings/sarif.js + 5 modules
var sarif = __webpack_require__(4792);
// EXTERNAL MODULE: ./lib/report/findings/steps.js + 1 modules
var steps = __webpack_require__(9077);
// EXTERNAL MODULE: ./lib/report/findings/summary.js
var summary = __webpack_require__(7046);
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(3033);
// EXTERNAL MODULE: ./lib/report/findings/headline.js
var headline = __webpack_require__(7240);
// EXTERNAL MODULE: ./lib/report/kit/once.js
var once = __webpack_require__(1115);
;// CONCATENATED MODULE: ./lib/report/gate/headline.js



const headline_headline = (0,once/* oncePer */.P)((result) => `${verdictWords(result)}${partlyWords(result)}`);
function partlyWords({ signing, images }) {
    if (signing?.state !== 'partly')
        return '';
    return `; ${images.filter(({ signed }) => signed).length} of ${images.length} images signed`;
}
function verdictWords(result) {
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
function errorWords({ error, images, signing }) {
    if (error !== undefined) {
        const judged = images.length > 0 && images.every(({ outcome }) => outcome.kind === 'judged');
        if (!judged || error.code !== 'signing')
            return `No verdict: ${error.message}`;
        const made = images.some(({ signatures }) => signatures.length > 0);
        return `${made ? 'Signing is incomplete' : 'Not signed'}: ${error.message}`;
    }
    return `No verdict: ${(0,headline/* failureWords */.AC)(images, signing?.sign === 'each' ? 'could not be judged or signed' : 'could not be judged')}`;
}

;// CONCATENATED MODULE: ./lib/report/gate/json.js


function gateDocument(result) {
    return reportDocument(result, partsOf(result));
}
function reportText(result) {
    return (0,json/* documentText */.ZH)(result, partsOf(result));
}
function partsOf(result) {
    const { signing } = result;
    return {
        signing: signing === undefined ? null : signingDocument(signing),
        verification: null,
        ofImage: (image) => imageParts(image, isImageSigned(result, image)),
    };
}
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
function imageParts({ signatures, verdictAttestations }, signed) {
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
        signed,
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




const MAX_NAMES = 10;
function signedCount({ images }) {
    return `${images.filter(({ signed }) => signed).length} of ${(0,kit_words/* plural */.LS)(images.length, 'image')}`;
}
function withheldWords({ sign }) {
    return sign === 'each' ? 'no image passed' : 'images are signed only if all of them pass';
}
function unsignedNames(result) {
    const names = result.images
        .filter((image) => !isImageSigned(result, image))
        .map((image) => (0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300));
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
        entry.state === 'attested' ? 'attested by this run' : 'kept from an earlier run',
    ]);
    return `\n${(0,blocks/* details */.zH)((0,kit_words/* plural */.LS)(made.length, 'verified attestation'), [
        (0,blocks/* table */.tp)(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
        ...(0,blocks/* more */.OS)(made.length - rows.length),
    ])}`;
}
function signingLines(result) {
    const { signing, images } = result;
    if (signing === undefined) {
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
                ...images.map((image) => `${isImageSigned(result, image) ? 'Signed' : 'Not signed'}: ${image.uri}`),
            ];
        case 'withheld':
            return [`Not signed: ${withheldWords(signing)}.`];
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
            (0,sarif/* sarifFile */.U)(result, dockerfile),
            ...result.images.flatMap(bundleFiles),
        ],
        outputs: (files) => gateOutputs(result, files),
        comment: {
            isFailing: !(0,envelope/* allows */.NB)(result.verdict),
            render: (place, limitBytes) => (0,comment/* renderComment */.w)(result, headline_headline(result), place, limitBytes),
        },
        errors: () => (0,findings_errors/* errorsOf */.B)(result),
    };
}
function gateSummary(result, limitBytes) {
    const attested = new Set(result.images.filter(({ verdictAttestations }) => verdictAttestations.length > 0));
    const signed = new Set(result.images.filter((image) => isImageSigned(result, image)));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: (0,steps/* nextSteps */.Z)(result),
        proofs: [],
        signatures: [signatureBlock(result)],
        isSigned: (image) => signed.has(image),
        isAttested: (image) => attested.has(image),
    }, limitBytes);
}
function gateOutputs(result, files) {
    const signed = isSigned(result);
    const ofImage = (image) => {
        const own = isImageSigned(result, image);
        return { signed: own, attested: own && image.verdictAttestations.length > 0 };
    };
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

// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(4609);
// EXTERNAL MODULE: ./lib/image/platform.js
var platform = __webpack_require__(3455);
;// CONCATENATED MODULE: ./lib/scan/first.js



async function observeFirst(images, scanner, deadline) {
    const failures = [];
    const observations = await scanner.observe(images, true).catch((error) => {
        const refusals = refusalsIn(error);
        if (refusals.length === 0)
            throw error;
        failures.push(...refusals);
        return new Map();
    });
    const unfinished = images.find((image) => observations.get(image)?.state.kind !== 'scanned');
    const isExplained = failures.some(({ error }) => error.code !== 'access-denied');
    if (unfinished !== undefined && !isExplained) {
        failures.push(...(await refusalsOf(deadline, () => scanner.findings(unfinished))));
    }
    const [first, ...others] = failures;
    if (first !== undefined)
        throw (0,errors/* combineFailures */.XJ)([first, ...others]);
    const observedAtMs = deadline.elapsedMs();
    return new Map([...observations].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
}
const NO_IMAGE = `sha256:${'0'.repeat(64)}`;
async function checkPermissions({ registry, repository, digest = NO_IMAGE }, source, scanner, deadline) {
    const image = {
        ...{ registry, repository, digest },
        ...{ platform: platform/* NO_PLATFORM */.od, pushedAt: new Date(0), status: undefined },
    };
    const refusals = await Promise.all([
        refusalsOf(deadline, () => source.manifests(registry, repository, [digest])),
        refusalsOf(deadline, () => scanner.observe([image], true)),
        refusalsOf(deadline, () => scanner.findings(image)),
    ]);
    const [first, ...others] = refusals.flat();
    if (first !== undefined)
        throw (0,errors/* combineFailures */.XJ)([first, ...others]);
}
async function refusalsOf(deadline, call) {
    return (0,briefly/* briefly */.m)(deadline, call).then(() => [], refusalsIn);
}
function refusalsIn(error) {
    return (0,errors/* failuresIn */.xM)(error)
        .filter(({ code }) => ['access-denied', 'configuration', 'credentials'].includes(code))
        .map((refusal) => ({ name: 'Permissions', error: refusal }));
}

// EXTERNAL MODULE: ./lib/signing/requirements.js
var requirements = __webpack_require__(2670);
// EXTERNAL MODULE: ./lib/modes/check-inputs.js
var check_inputs = __webpack_require__(6233);
// EXTERNAL MODULE: ./lib/modes/documents.js
var documents = __webpack_require__(7349);
// EXTERNAL MODULE: ./lib/modes/images.js + 1 modules
var lib_modes_images = __webpack_require__(8913);
// EXTERNAL MODULE: ./lib/modes/judge.js + 14 modules
var judge = __webpack_require__(994);
// EXTERNAL MODULE: ./lib/modes/preflight.js
var preflight = __webpack_require__(8336);
// EXTERNAL MODULE: ./lib/modes/sign.js + 9 modules
var sign = __webpack_require__(2568);
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
                ...(0,lib_modes_images/* imagesResult */.Gb)(known, state.images, error, 'gate'),
                signing: state.signing,
            };
            return { result, report: gateReport(result), options: inputs };
        },
    };
}
async function judgeAndSign(inputs, context, known, state) {
    const { deadline, environment, log, awsHandler: handler } = context;
    const { signing } = inputs;
    if (signing?.key !== undefined)
        (0,requirements/* requireIdToken */.it)(signing.key, environment);
    await (0,check_inputs/* checkPublishingInputs */.X)(inputs, context);
    const { document, exceptions } = await (0,documents/* readDocuments */.r9)(inputs, context, known);
    const own = { signing: signing !== undefined, recheck: true };
    const settings = (0,documents/* applyMinimum */.zL)(inputs, own, document, context, known);
    const clients = (0,aws_clients/* createClients */.hP)(deadline, { log, environment, handler });
    const registries = [...new Map(inputs.images.map(({ registry }) => [registry.host, registry])).values()];
    const preparation = signing && (0,sign/* prepare */.iA)(signing, registries, clients, context, state);
    const signers = preparation?.signers;
    signers?.catch(() => { });
    try {
        const scanner = (0,judge/* scannerOf */.u)(settings, clients, deadline);
        const { images, observations } = await checkAll(inputs, { context, clients, scanner, preparation }, (found) => {
            const pending = new errors/* GateError */.ue('not-proven', 'The run ended before the image was judged.');
            state.images = found.map((image) => {
                if (!(0,resolve/* isResolved */.ZY)(image))
                    return unsigned((0,lib_modes_images/* unresolved */.II)(image));
                log((0,lib_modes_images/* describeImage */.hu)(image));
                return unsigned((0,lib_modes_images/* unjudged */.bC)(image, pending));
            });
        });
        const weakening = (0,documents/* weakeningByInputs */.Od)(settings, document, known);
        const judging = {
            inputs,
            settings,
            weakening,
            exceptions,
            clients,
            context,
            known,
            scanner,
            observations,
            each: signing?.sign === 'each',
        };
        const resolved = images.filter(resolve/* isResolved */.ZY);
        const judged = await (0,judge/* judge */.S)(resolved, { ...judging, imageCount: images.length });
        state.images = state.images.map((image, index) => {
            const found = images[index];
            const report = found !== undefined && (0,resolve/* isResolved */.ZY)(found) ? judged[resolved.indexOf(found)] : undefined;
            return report === undefined ? image : unsigned(report);
        });
        if (signing !== undefined && signers !== undefined) {
            const passes = (image) => (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image));
            if (signing.sign === 'each' && state.images.some(passes)) {
                await (0,sign/* signEach */.nd)(images, signing, state, context, await signers);
            }
            else if (state.images.every(passes)) {
                await (0,sign/* signAll */.ZF)(resolved, signing, state, context, await signers);
            }
        }
    }
    finally {
        await Promise.race([signers?.then((ready) => ready.close()).catch(() => { }), (0,promises_.setTimeout)(CLOSE_MS)]);
        clients.destroy();
    }
}
async function checkAll({ images: references }, { context: { deadline }, clients, scanner, preparation, }, onResolved) {
    const source = (0,ecr/* ecrImages */.D)(clients, deadline);
    const resolving = (0,resolve/* resolveEach */.AQ)(references, source).then((images) => {
        const failure = images.some(resolve/* isResolved */.ZY) ? undefined : (0,resolve/* failureOf */.g5)(images);
        if (failure !== undefined)
            throw failure;
        onResolved(images);
        return images;
    });
    const observing = resolving.then((images) => observeFirst(images.filter(resolve/* isResolved */.ZY).flatMap(({ platforms }) => platforms), scanner, deadline), async () => {
        await (0,errors/* allOrFailures */.OP)(references.map((reference) => [
            'Permissions',
            checkPermissions(reference, source, scanner, deadline),
        ]));
        return new Map();
    });
    await (0,preflight/* preflight */.M)([
        ['Images', () => resolving],
        ['Scan', () => observing],
        ...(preparation?.checks ?? []),
        ['Attestations', () => checkReferrers(observing, resolving, preparation)],
    ], deadline);
    return { images: await resolving, observations: await observing };
}
async function checkReferrers(observing, resolving, preparation) {
    const found = await resolving.catch(() => []);
    const images = found.filter(resolve/* isResolved */.ZY);
    const observations = await observing.catch(() => undefined);
    const waits = ({ platforms }) => platforms.some((platform) => observations?.get(platform)?.state.kind !== 'scanned');
    const waiting = images.find(waits);
    if (waiting !== undefined)
        await preparation?.checkReferrers(waiting);
}
function unsigned(image) {
    return { ...image, signatures: [], verdictAttestations: [], signed: false };
}


/***/ })

};
