export const id = 107;
export const ids = [107,37];
export const modules = {

/***/ 7107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyImages: () => (/* binding */ verifyImages)
});

// EXTERNAL MODULE: ./lib/aws/clients.js + 1 modules
var aws_clients = __webpack_require__(6943);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(84);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(3578);
// EXTERNAL MODULE: ./lib/policy/minimum.js
var minimum = __webpack_require__(9323);
// EXTERNAL MODULE: ./lib/report/words.js
var words = __webpack_require__(9206);
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
    const { proven, why, nextStep } = await isSigned(look, format);
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
    if ((await isSigned(look, other)).proven) {
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
async function isSigned(look, format) {
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
    const attestations = evidence.attestations.filter(({ format: has, isForCosign, envelope: { statement } }) => has === format &&
        isForCosign &&
        statement.predicateType === type &&
        (0,signing_statement/* isAbout */.KH)(statement, target.digest) &&
        !(0,signing_statement/* isTakeBack */.b9)(statement));
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

// EXTERNAL MODULE: ./lib/run/documents.js
var documents = __webpack_require__(5536);
// EXTERNAL MODULE: ./lib/run/judge.js + 13 modules
var judge = __webpack_require__(7316);
// EXTERNAL MODULE: ./lib/run/sign.js + 2 modules
var run_sign = __webpack_require__(3093);
// EXTERNAL MODULE: ./lib/run/state.js + 1 modules
var state = __webpack_require__(4082);
;// CONCATENATED MODULE: ./lib/run/verify.js














async function verifyImages(inputs, deadline, run) {
    const { verification } = inputs;
    if (verification === undefined)
        throw new Error('nothing to verify by');
    const { document, exceptions } = await (0,documents/* readDocuments */.r9)(inputs, deadline, run);
    const demands = (0,documents/* heed */.f)(inputs, document, deadline, run);
    const { recheck } = demands;
    const policySha256 = run.documents?.policy?.sha256;
    const summary = expectedSummary(verification, policySha256, recheck ? (0,minimum/* concededBy */.Vm)(demands, document) : []);
    const { signer, format, platforms } = verification;
    run.verification = {
        signer: signerWords(signer),
        format,
        cosignVersion: undefined,
        attestation: summary !== undefined,
        policySha256: summary?.policySha256,
        maxAttestationAgeMs: summary?.maxAgeMs,
        recheck,
    };
    const clients = (0,aws_clients/* createClients */.h)(deadline, { log: state/* log */.Rm });
    let verifier;
    try {
        await (0,run_sign/* refuseUnmeantFiles */.sx)(signer.kind === 'key' ? signer.key : undefined, verification.services);
        verifier = await prepareVerifier({ ...verification, summary }, (0,run_sign/* signingPorts */.KK)(clients, deadline));
        run.verification = { ...run.verification, cosignVersion: verifier.cosignVersion };
        const images = await (0,resolve/* resolveImages */.Be)(inputs.images, (0,ecr/* ecrImages */.D)(clients, deadline));
        const pending = new errors/* GateError */.ue('not-proven', 'The run ended before it was verified.');
        run.images = images.map((image) => (0,state/* unjudged */.bC)(image, pending));
        const proven = [];
        for (const [index, image] of images.entries()) {
            (0,state/* log */.Rm)(`Resolved ${image.references.join(', ')} to ${image.uri} (${(0,state/* describePlatforms */.Qb)(image)})`);
            const proofs = [];
            for (const target of (0,run_sign/* targetsOf */.QR)(image, platforms)) {
                proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
            }
            const notes = await imageOrigin(clients, deadline, image, state/* log */.Rm);
            const { notations, bundles } = whatElse(verifier.referrers(image.digest) ?? []);
            const failed = proofs.find(({ state }) => state === 'failed');
            if (failed === undefined)
                proven.push(image);
            (0,state/* replace */.HC)(run, index, {
                ...(0,state/* unjudged */.bC)(image, failed === undefined ? pending : notVerified(image, failed)),
                ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
                proofs: [
                    ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
                    ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
                    ...notes,
                    ...notations,
                ],
            });
        }
        if (recheck) {
            const weakening = (0,documents/* weakeningByInputs */.Od)(demands, document, run);
            const parties = { inputs, demands, weakening, exceptions, clients, deadline, run };
            const rechecked = await (0,judge/* judge */.S)(proven, parties);
            for (const [at, image] of proven.entries()) {
                const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
                if (judgedImage === undefined)
                    continue;
                const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), run.settings);
                (0,state/* replace */.HC)(run, index, { ...judgedImage, proofs: [...(run.images[index]?.proofs ?? []), findings] });
            }
        }
        return (0,state/* finish */.O9)(run, undefined);
    }
    finally {
        await verifier?.close().catch(() => { });
        clients.destroy();
        deadline.clear();
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
        : `; it is not scanned again by itself, so what was published since ${(0,words/* day */.vd)(unwatched)} is not known`;
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

/***/ 7994:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ envelopeIn),
/* harmony export */   q: () => (/* binding */ signedBy)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1925);



const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
function envelopeIn(bytes, mostBytes) {
    let value;
    try {
        value = JSON.parse(decompressed(bytes, mostBytes).toString('utf8'));
    }
    catch (error) {
        if (error instanceof RangeError)
            throw error;
        return undefined;
    }
    const bundle = record(value);
    const envelope = record(bundle?.dsseEnvelope ?? bundle?.dsse_envelope) ?? bundle;
    const payloadType = envelope?.payloadType ?? envelope?.payload_type;
    if (typeof envelope?.payload !== 'string' || typeof payloadType !== 'string')
        return undefined;
    const payload = Buffer.from(envelope.payload, 'base64');
    const statement = (0,_statement_js__WEBPACK_IMPORTED_MODULE_2__/* .readLoosely */ .Ao)(payload.toString('utf8'));
    if (statement === undefined)
        return undefined;
    const signatures = (Array.isArray(envelope.signatures) ? envelope.signatures : []).flatMap((signature) => {
        const sig = record(signature)?.sig;
        return typeof sig === 'string' ? [Buffer.from(sig, 'base64')] : [];
    });
    return { payloadType, payload, signatures, statement };
}
function decompressed(bytes, maxOutputLength) {
    const begins = (magic) => magic.every((byte, at) => bytes[at] === byte);
    if (begins(GZIP))
        return (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.gunzipSync)(bytes, { maxOutputLength });
    return begins(ZSTD) ? (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.zstdDecompressSync)(bytes, { maxOutputLength }) : bytes;
}
function signedBy(pem) {
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    const algorithms = algorithmsOf(key);
    return ({ payloadType, payload, signatures }) => {
        const signed = preAuthenticationEncoding(payloadType, payload);
        return signatures.some((signature) => algorithms.some(({ hash, ...padding }) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(hash, signed, { key, ...padding }, signature)));
    };
}
function preAuthenticationEncoding(payloadType, payload) {
    const type = Buffer.from(payloadType, 'utf8');
    return Buffer.concat([
        Buffer.from(`DSSEv1 ${type.length} `),
        type,
        Buffer.from(` ${payload.length} `),
        payload,
    ]);
}
const HASHES = ['sha256', 'sha384', 'sha512'];
function algorithmsOf({ asymmetricKeyType }) {
    if (asymmetricKeyType === 'ed25519')
        return [{ hash: undefined }];
    if (!asymmetricKeyType?.startsWith('rsa'))
        return HASHES.map((hash) => ({ hash }));
    const pss = node_crypto__WEBPACK_IMPORTED_MODULE_0__.constants.RSA_PKCS1_PSS_PADDING;
    const paddings = asymmetricKeyType === 'rsa' ? [node_crypto__WEBPACK_IMPORTED_MODULE_0__.constants.RSA_PKCS1_PADDING, pss] : [pss];
    return HASHES.flatMap((hash) => paddings.map((padding) => ({ hash, padding })));
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}


/***/ }),

/***/ 1359:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ readEvidence),
/* harmony export */   t6: () => (/* binding */ readLegacySignatures),
/* harmony export */   tn: () => (/* binding */ EvidenceUnread)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _aws_download_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(812);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2279);
/* harmony import */ var _aws_pages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6018);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2409);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(435);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(985);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7994);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1925);









class EvidenceUnread extends Error {
    name = 'EvidenceUnread';
    nextStep;
    constructor(message, nextStep) {
        super(message);
        this.nextStep = nextStep;
    }
}
const BUNDLE = 'application/vnd.dev.sigstore.bundle';
const NO_ARTIFACT_TYPES = new Set([
    'application/vnd.oci.empty.v1+json',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;
const MOST_REFERRERS = 10_000;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const MOST_IDS = 100;
const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
const READS_AT_ONCE = 16;
const ROUNDS = 3;
const PAUSE_MS = 1_000;
const READ_IT = 'Find out why ECR does not give it: restore it if it is archived, delete it if nobody needs it, and run the step again.';
const AGAIN = 'Run the step again.';
async function readEvidence(source, subject, deadline) {
    const reader = new Reader(source, subject);
    for (let round = 1;; round += 1) {
        try {
            const referrers = await reader.list();
            const bundles = await reader.bundles(referrers);
            const legacy = await reader.legacyAttestations();
            return {
                referrers: referrers.map(({ digest, artifactType }) => ({ digest, artifactType })),
                attestations: [...bundles, ...legacy],
            };
        }
        catch (error) {
            const unread = asUnread(error);
            if (round === ROUNDS || deadline.signal.aborted)
                throw unread;
            await deadline.sleep(round * PAUSE_MS);
        }
    }
}
async function readLegacySignatures(source, subject) {
    const reader = new Reader(source, subject);
    try {
        const manifest = await reader.tagged('sig');
        if (manifest === undefined)
            return undefined;
        const image = (await reader.manifests([subject]))(subject.digest);
        const layers = await mapAtOnce(layersOf(manifest), (layer) => reader.layer(layer, manifest.digest));
        return { image, manifest, layers };
    }
    catch (error) {
        throw asUnread(error);
    }
}
class Reader {
    source;
    subject;
    read = new Map();
    keptBytes = 0;
    constructor(source, subject) {
        this.source = source;
        this.subject = subject;
    }
    async list() {
        const seen = new Set();
        return (0,_aws_pages_js__WEBPACK_IMPORTED_MODULE_3__/* .allPages */ .S)('ListImageReferrers', async (token) => {
            const { referrers, nextToken } = await this.source.referrers(this.subject, token);
            if (!Array.isArray(referrers))
                throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers answered without a list');
            if (referrers.length === 0 && nextToken) {
                throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers gave an empty page that is not the last');
            }
            const items = referrers.map((referrer) => {
                const { digest, artifactType: type, size } = referrer ?? {};
                if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest)) {
                    throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers listed something without a digest');
                }
                if (seen.has(digest))
                    throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol(`ListImageReferrers listed ${digest} twice`);
                seen.add(digest);
                const artifactType = typeof type === 'string' ? type : undefined;
                return { digest, artifactType, size: typeof size === 'number' ? size : MOST_MANIFEST_BYTES };
            });
            if (seen.size > MOST_REFERRERS) {
                throw new EvidenceUnread(`more than ${MOST_REFERRERS} artifacts refer to it`, 'Delete those that nobody needs, and find out who pushed them.');
            }
            return { items, nextToken };
        });
    }
    async bundles(referrers) {
        const unread = referrers.filter(({ digest }) => !this.read.has(digest));
        for (const chunk of chunks(unread)) {
            const manifestOf = await this.manifests(chunk);
            await mapAtOnce(chunk, async ({ digest, artifactType }) => {
                let manifest;
                try {
                    manifest = manifestOf(digest);
                }
                catch (error) {
                    if (!(error instanceof EvidenceUnread) || couldBeBundle(artifactType))
                        throw error;
                    this.read.set(digest, []);
                    return;
                }
                this.read.set(digest, await this.attestationsIn(manifest, 'bundle'));
            });
        }
        return referrers.flatMap(({ digest }) => this.read.get(digest) ?? []);
    }
    async legacyAttestations() {
        const manifest = await this.tagged('att');
        return manifest === undefined ? [] : this.attestationsIn(manifest, 'legacy');
    }
    async attestationsIn(manifest, format) {
        const all = layersOf(manifest);
        const wanted = all.filter(({ mediaType }) => format === 'bundle' ? mediaType.startsWith(BUNDLE) : !IMAGE_LAYER.test(mediaType));
        const attestations = await mapAtOnce(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            const envelope = envelopeOf(layer, manifest.digest);
            if (envelope === undefined || !isOfUse(envelope, format))
                return [];
            this.keptBytes += layer.bytes.length;
            if (this.keptBytes > MOST_KEPT_BYTES) {
                throw new EvidenceUnread(`its attestations have more than ${MOST_KEPT_BYTES} bytes`, 'Delete those that nobody needs, and find out who pushed them.');
            }
            const isForCosign = format === 'legacy' || all.length === 1;
            return [{ format, manifest, layer, envelope, isForCosign }];
        });
        return attestations.flat();
    }
    async layer({ digest, descriptor, size }, of) {
        if (size > MOST_BLOB_BYTES)
            throw tooLarge(digest, of);
        let bytes;
        try {
            bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
        }
        catch (error) {
            if (!(error instanceof _aws_download_js__WEBPACK_IMPORTED_MODULE_1__/* .DownloadFailed */ .Q))
                throw error;
            throw new EvidenceUnread(`${digest} of ${of} cannot be downloaded: ${error.message}`, READ_IT);
        }
        if (sha256(bytes) !== digest) {
            throw new EvidenceUnread(`ECR gave other bytes for ${digest} of ${of}`, READ_IT);
        }
        return { digest, descriptor, bytes };
    }
    async tagged(suffix) {
        const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
        const { images, failures } = await this.source.manifests(this.subject, [{ imageTag: tag }]);
        const found = (images ?? []).filter(({ imageId }) => imageId?.imageTag === tag);
        const failure = failures?.find(({ imageId }) => imageId?.imageTag === tag);
        const [image] = found;
        if (found.length === 1 && image !== undefined)
            return checked(image, tag);
        if (found.length === 0 && failure?.failureCode === 'ImageNotFound')
            return undefined;
        throw new EvidenceUnread(`the tag ${tag} cannot be read: ${reasonOf(failure)}`, READ_IT);
    }
    async manifests(wanted) {
        const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
        const { images, failures } = await this.source.manifests(this.subject, ids);
        const imagesOf = new Map((images ?? []).map((image) => [image.imageId?.imageDigest, image]));
        const failuresOf = new Map((failures ?? []).map((failure) => [failure.imageId?.imageDigest, failure]));
        return (digest) => {
            const image = imagesOf.get(digest);
            if (image !== undefined)
                return checked(image, digest);
            throw new EvidenceUnread(`${digest} cannot be read: ${reasonOf(failuresOf.get(digest))}`, READ_IT);
        };
    }
}
function checked(image, what) {
    const { imageManifest: text, imageManifestMediaType: mediaType = '' } = image;
    const digest = image.imageId?.imageDigest ?? '';
    if (!(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest) || text === undefined || sha256(text) !== digest) {
        throw new EvidenceUnread(`ECR gave another manifest than that of ${what}`, READ_IT);
    }
    return { digest, mediaType, text };
}
function reasonOf(failure) {
    if (failure === undefined)
        return 'ECR’s answer leaves it out';
    return `ECR answers ${failure.failureCode} (${failure.failureReason})`;
}
function envelopeOf({ bytes, digest }, of) {
    try {
        return (0,_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .envelopeIn */ .Y)(bytes, MOST_BLOB_BYTES);
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        throw tooLarge(digest, of);
    }
}
function layersOf({ text }) {
    let layers;
    try {
        layers = JSON.parse(text)?.layers;
    }
    catch {
    }
    return (Array.isArray(layers) ? layers : []).flatMap((descriptor) => {
        const { digest, mediaType, size } = (descriptor ?? {});
        if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest))
            return [];
        return [
            {
                digest,
                mediaType: typeof mediaType === 'string' ? mediaType : '',
                size: typeof size === 'number' ? size : 0,
                descriptor: descriptor,
            },
        ];
    });
}
function couldBeBundle(artifactType) {
    const type = artifactType?.trim().toLowerCase() ?? '';
    return type === '' || type.startsWith(BUNDLE) || NO_ARTIFACT_TYPES.has(type);
}
function isOfUse({ statement: { predicateType } }, format) {
    return (0,_statement_js__WEBPACK_IMPORTED_MODULE_8__/* .isSummaryType */ .NV)(predicateType) || (format === 'bundle' && predicateType === _cosign_js__WEBPACK_IMPORTED_MODULE_6__/* .SIGNATURE_TYPE */ .uf);
}
function chunks(referrers) {
    const result = [];
    let bytes = Number.POSITIVE_INFINITY;
    for (const referrer of referrers) {
        bytes += referrer.size;
        const last = result.at(-1);
        if (last !== undefined && last.length < MOST_IDS && bytes <= MOST_MANIFEST_BYTES) {
            last.push(referrer);
        }
        else {
            result.push([referrer]);
            bytes = referrer.size;
        }
    }
    return result;
}
async function mapAtOnce(items, work) {
    const results = [];
    const open = [...items.entries()].reverse();
    const workers = Array.from({ length: Math.min(READS_AT_ONCE, items.length) }, async () => {
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            const [at, item] = next;
            try {
                results[at] = await work(item);
            }
            catch (error) {
                open.length = 0;
                throw error;
            }
        }
    });
    const ends = await Promise.allSettled(workers);
    for (const end of ends)
        if (end.status === 'rejected')
            throw end.reason;
    return results;
}
function tooLarge(digest, of) {
    return new EvidenceUnread(`${digest} of ${of} has more than ${MOST_BLOB_BYTES} bytes`, 'Delete it if nobody needs it, and find out who pushed it.');
}
function asUnread(error) {
    if (error instanceof EvidenceUnread)
        return error;
    if (error instanceof _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol)
        return new EvidenceUnread(error.message, AGAIN);
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
        return new EvidenceUnread(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
    }
    throw error;
}
function sha256(content) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex')}`;
}


/***/ }),

/***/ 3037:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ takeBacksBySigner),
/* harmony export */   _: () => (/* binding */ takeBackWords),
/* harmony export */   refuseTakenBack: () => (/* binding */ refuseTakenBack)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2409);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(435);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(985);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7994);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1359);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7101);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(792);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1925);










function takeBackWords(statements, attestations, { registry, repository }) {
    const takers = attestations.filter(({ envelope }) => statements.includes(envelope.statement));
    const digests = [...new Set(takers.map(({ manifest }) => manifest.digest))];
    const named = digests.slice(0, MOST_NAMED);
    const more = digests.length > named.length ? ` and ${digests.length - named.length} more` : '';
    const ids = named.map((digest) => `imageDigest=${digest}`).join(' ');
    const command = `aws ecr batch-delete-image --registry-id ${registry.account} --region ${registry.region} --repository-name ${repository} --image-ids ${ids}`;
    const legacy = takers.some(({ format }) => format === 'legacy')
        ? ' (in format legacy the other attestations of the image go with it)'
        : '';
    return {
        what: named.length === 0 ? 'an attestation' : `${named.join(', ')}${more}`,
        nextStep: `Do not deploy this image. If it may be deployed again, delete what takes its verdict back${legacy} and let the gate judge it anew${named.length === 0 ? '.' : `: ${command}`}`,
    };
}
const MOST_NAMED = 5;
async function refuseTakenBack(asked) {
    const { session, subject } = asked;
    const { registry, repository, digest } = subject;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, digest);
    try {
        const evidence = await (0,_evidence_js__WEBPACK_IMPORTED_MODULE_6__/* .readEvidence */ .At)(session.ports.evidence, subject, session.ports.deadline);
        const signed = await takeBacksBySigner(asked, evidence);
        const statements = signed.map(({ envelope }) => envelope.statement);
        const { takeBacks } = (0,_statement_js__WEBPACK_IMPORTED_MODULE_9__/* .takeBacksOf */ .Jz)(statements, { digest, resourceUri: (0,_predicate_js__WEBPACK_IMPORTED_MODULE_7__/* .resourceUri */ .N)(registry, repository) });
        const [first] = takeBacks;
        if (first === undefined)
            return;
        const takers = takeBacks.map(({ statement }) => statement);
        const { what, nextStep } = takeBackWords(takers, signed, subject);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `The verdict on ${image} was taken back: an attestation of ${first.time} by this signer says ${first.says} (${what}). Nothing was signed or attested.`, { nextStep });
    }
    catch (error) {
        if (!(error instanceof _evidence_js__WEBPACK_IMPORTED_MODULE_6__/* .EvidenceUnread */ .tn))
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('signing', `What is attached to ${image} could not be read completely, and may take its verdict back: ${error.message}. Nothing was signed or attested.`, { nextStep: error.nextStep, cause: error });
    }
}
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SHOWN = 500;
const MOST_TYPES = 20;
const LONGEST_TYPE = 300;
async function takeBacksBySigner(asked, evidence) {
    const suspects = evidence.attestations.filter(({ envelope }) => (0,_statement_js__WEBPACK_IMPORTED_MODULE_9__/* .isTakeBack */ .b9)(envelope.statement));
    if (suspects.length === 0)
        return [];
    const isSigned = await signatureCheck(asked);
    const signed = new Set();
    for (const suspect of suspects) {
        if (isSigned(suspect))
            signed.add(suspect);
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)();
    }
    const others = suspects.filter((suspect) => !signed.has(suspect) &&
        suspect.isForCosign &&
        (0,_statement_js__WEBPACK_IMPORTED_MODULE_9__/* .isAbout */ .KH)(suspect.envelope.statement, asked.subject.digest));
    for (const format of ['bundle', 'legacy']) {
        const shown = others.filter((other) => other.format === format);
        for (let at = 0; at < shown.length; at += MOST_SHOWN) {
            for (const one of await signedByCosign(asked, shown.slice(at, at + MOST_SHOWN)))
                signed.add(one);
        }
    }
    return [...signed];
}
async function signatureCheck({ session, verifier, subject, }) {
    if (verifier.kind !== 'key')
        return () => false;
    try {
        const isSigned = (0,_envelope_js__WEBPACK_IMPORTED_MODULE_5__/* .signedBy */ .q)(await publicKey(session, verifier.reference, subject));
        return ({ envelope }) => isSigned(envelope);
    }
    catch (error) {
        if (error instanceof _evidence_js__WEBPACK_IMPORTED_MODULE_6__/* .EvidenceUnread */ .tn)
            throw error;
        throw new _evidence_js__WEBPACK_IMPORTED_MODULE_6__/* .EvidenceUnread */ .tn(`the public key of ${verifier.reference} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`, 'Check the key.');
    }
}
async function publicKey(session, reference, { registry }) {
    if (!reference.startsWith('awskms:'))
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(reference, 'utf8');
    const args = (0,_cosign_js__WEBPACK_IMPORTED_MODULE_4__/* .publicKeyArguments */ .jL)({ kind: 'kms', reference, region: undefined });
    const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .call */ .T1)(session, args, registry);
    if (result.exitCode === 0)
        return result.stdout;
    (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .stopIfOver */ .UH)(session.ports.deadline, `reading the public key of ${reference}`);
    const { message, nextStep } = (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .failureOf */ .g5)(result);
    throw unknown(`cosign cannot read the public key: ${message}`, nextStep);
}
async function signedByCosign(asked, suspects) {
    if ((await lookAt(asked, suspects, NO_TYPE)).found === 'nothing')
        return [];
    const types = new Set(suspects.map(({ envelope }) => envelope.statement.predicateType));
    if (types.size > MOST_TYPES || [...types].some((type) => type.length > LONGEST_TYPE)) {
        throw unknown('an attestation by this signer takes it back, among too many others to tell which');
    }
    const signed = [];
    for (const type of types) {
        const { stdout } = await lookAt(asked, suspects, type);
        const payloads = new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
        signed.push(...suspects.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
    }
    if (signed.length === 0) {
        throw unknown('an attestation by this signer takes it back, and cosign does not say which');
    }
    return signed;
}
async function lookAt({ session, verifier, subject }, attestations, type) {
    const showing = await session.show({ digest: subject.digest, attestations });
    const format = attestations[0]?.format ?? 'bundle';
    const services = verifier.kind === 'key'
        ? { transparencyLog: false, trustedRoot: session.emptyRoot, ownServices: false }
        : { transparencyLog: true, trustedRoot: session.trustedRoot, ownServices: session.ownServices };
    const args = (image, timeoutMs) => (0,_cosign_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyAttestationArguments */ .QU)({ image, verifier, format, ...services, timeoutMs }, type);
    const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_8__/* .look */ .Op)(session, subject, showing, args, { wholly: true });
    if (result.ok)
        return { stdout: result.stdout, found: undefined };
    if (result.found !== undefined)
        return { stdout: '', found: result.found };
    throw unknown(`cosign cannot tell who signed what takes it back: ${result.message}`, result.nextStep);
}
function payloadOf(line) {
    try {
        const { payload } = JSON.parse(line);
        return typeof payload === 'string' ? Buffer.from(payload, 'base64').toString('base64') : undefined;
    }
    catch {
        return undefined;
    }
}
function unknown(message, nextStep = 'Look at the attestations of the image; see docs/signing.md.') {
    return new _evidence_js__WEBPACK_IMPORTED_MODULE_6__/* .EvidenceUnread */ .tn(message, nextStep);
}


/***/ })

};
