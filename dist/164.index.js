export const id = 164;
export const ids = [164];
export const modules = {

/***/ 1164:
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
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(5577);
// EXTERNAL MODULE: ./lib/inputs/gate.js
var gate = __webpack_require__(5730);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(5897);
// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(1191);
;// CONCATENATED MODULE: ./lib/results/modes/gate.js


function isSigned({ signing }) {
    return signing?.state === 'done';
}
function isImageSigned(result, image) {
    return isSigned(result) || (result.signing?.state === 'partly' && image.signed && (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)));
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
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(2542);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/report/kit/blocks.js
var blocks = __webpack_require__(123);
// EXTERNAL MODULE: ./lib/report/kit/words.js
var words = __webpack_require__(8276);
;// CONCATENATED MODULE: ./lib/report/gate/attestations.js



const MAX_LINES = 20;
function attestationBlocks({ images }) {
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

// EXTERNAL MODULE: ./lib/report/findings/headline.js
var headline = __webpack_require__(8853);
// EXTERNAL MODULE: ./lib/report/findings/words.js
var findings_words = __webpack_require__(4232);
// EXTERNAL MODULE: ./lib/report/kit/once.js
var once = __webpack_require__(6324);
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

// EXTERNAL MODULE: ./lib/report/findings/json-proof.js
var json_proof = __webpack_require__(2252);
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

;// CONCATENATED MODULE: ./lib/report/gate/signatures.js




const MAX_NAMES = 10;
function signedCount({ images }) {
    return `${images.filter(({ signed }) => signed).length} of ${(0,words/* plural */.LS)(images.length, 'image')}`;
}
function withheldWords({ sign }) {
    return sign === 'each' ? 'no image passed' : 'images are signed only if all of them pass';
}
function unsignedNames(result) {
    const names = result.images
        .filter((image) => !isImageSigned(result, image))
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
        log: () => gateLog(result),
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
function gateLog(result) {
    const gated = new Map(result.images.map((image) => [image, image]));
    const ofImage = (image) => {
        const found = gated.get(image);
        return found === undefined ? [] : attestationLines(found);
    };
    return (0,log/* logLines */.O)(result, { headline: headline_headline(result), ofImage, end: signingLines(result) });
}
function gateSummary(result, limitBytes) {
    const attested = new Set(result.images.filter(({ verdictAttestations }) => verdictAttestations.length > 0));
    const signed = new Set(result.images.filter((image) => isImageSigned(result, image)));
    return (0,summary/* renderSummary */.Br)(result, {
        headline: headline_headline(result),
        steps: (0,steps/* nextSteps */.Z)(result),
        proofs: [],
        signatures: [...attestationBlocks(result), signatureBlock(result), ...(0,by_hand/* commandBlock */.L)(commandsOf(result))],
        isSigned: (image) => signed.has(image),
        isAttested: (image) => attested.has(image),
    }, limitBytes);
}
function commandsOf(result) {
    return result.images
        .filter((image) => isImageSigned(result, image))
        .map((image) => ({
        image,
        commands: [...image.signatures, ...image.verdictAttestations].map(({ command }) => command),
    }));
}
function gateOutputs(result, files) {
    const signed = isSigned(result);
    const ofImage = (image) => {
        const own = isImageSigned(result, image);
        return { signed: own, attested: own && image.verdictAttestations.length > 0 };
    };
    const commands = (0,by_hand/* commandLines */.Z)(commandsOf(result));
    return {
        ...(0,outputs/* sharedOutputs */.S)(result, { signed, commands, ofImage }, files),
        bundles: files.bundles.join('\n'),
    };
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
var briefly = __webpack_require__(3934);
// EXTERNAL MODULE: ./lib/image/platform.js
var platform = __webpack_require__(8758);
;// CONCATENATED MODULE: ./lib/scan/first.js



async function observeFirst(images, scanner, deadline, each) {
    const failures = [];
    const observedAtMs = deadline.elapsedMs();
    const observations = await scanner.observe(images, true).catch((error) => {
        const refusals = refusalsIn(error);
        if (refusals.length === 0 && (!each || (0,errors/* endsRun */.sl)(error)))
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
var requirements = __webpack_require__(7775);
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
    const attestations = (0,modes_attestations/* prepareAttestations */.h)(settings, inputs.cosignVersion, clients, context);
    signers?.catch(() => { });
    attestations?.catch(() => { });
    try {
        const scanner = (0,judge/* scannerOf */.u)(settings, clients, deadline);
        const { images, observations } = await checkAll(inputs, { context, clients, scanner, preparation, attestations }, (found) => {
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
            bases: new Map(),
        };
        const resolved = images.filter(resolve/* isResolved */.ZY);
        const checks = await checkRequired(images, await attestations, clients, state);
        const attested = resolved.filter((image) => checks.get(image)?.error === undefined);
        const judged = await (0,judge/* judge */.S)(attested, { ...judging, imageCount: images.length });
        state.images = state.images.map((image, index) => {
            const found = images[index];
            const report = found !== undefined && (0,resolve/* isResolved */.ZY)(found) ? judged[attested.indexOf(found)] : undefined;
            if (report === undefined)
                return image;
            const { proofs, inputAttestations = [] } = image;
            return { ...unsigned(report), proofs, inputAttestations };
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
        if (inputs.advice) {
            const { withAdvice } = await __webpack_require__.e(/* import() */ 218).then(__webpack_require__.bind(__webpack_require__, 218));
            state.images = await withAdvice(images, state.images, judging);
        }
    }
    finally {
        const open = [signers, attestations].map((one) => one?.then((ready) => ready.close()).catch(() => { }));
        await Promise.race([Promise.all(open), (0,promises_.setTimeout)(CLOSE_MS)]);
        clients.destroy();
    }
}
async function checkRequired(images, verifier, clients, state) {
    const checks = new Map();
    if (verifier === undefined)
        return checks;
    for (const [index, image] of images.entries()) {
        if (!(0,resolve/* isResolved */.ZY)(image))
            continue;
        const found = await (0,modes_attestations/* checkAttestations */.Y)(image, verifier, clients);
        checks.set(image, found);
        const { error, proofs, used } = found;
        state.images = state.images.map((report, at) => at === index
            ? {
                ...(error === undefined ? report : unsigned((0,lib_modes_images/* unjudged */.bC)(image, error))),
                proofs,
                inputAttestations: used,
            }
            : report);
    }
    return checks;
}
async function checkAll({ images: references, signing }, { context: { deadline }, clients, scanner, preparation, attestations, }, onResolved) {
    const source = (0,ecr/* ecrImages */.D)(clients, deadline);
    const resolving = (0,resolve/* resolveEach */.AQ)(references, source).then((images) => {
        const failure = images.some(resolve/* isResolved */.ZY) ? undefined : (0,resolve/* failureOf */.g5)(images);
        if (failure !== undefined)
            throw failure;
        onResolved(images);
        return images;
    });
    const observing = resolving.then((images) => observeFirst(images.filter(resolve/* isResolved */.ZY).flatMap(({ platforms }) => platforms), scanner, deadline, signing?.sign === 'each'), async () => {
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
        ...(attestations === undefined ? [] : [['Required attestations', () => attestations]]),
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
    return { ...image, proofs: [], signatures: [], verdictAttestations: [], signed: false };
}


/***/ })

};
