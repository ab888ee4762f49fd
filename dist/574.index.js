export const id = 574;
export const ids = [574];
export const modules = {

/***/ 5561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ envelopeIn),
/* harmony export */   q: () => (/* binding */ signedBy)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9283);



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
    const statement = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_2__/* .readLoosely */ .Ao)(payload.toString('utf8'));
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

/***/ 5209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xQ: () => (/* binding */ readBuildStatements),
  At: () => (/* binding */ readEvidence),
  t6: () => (/* binding */ readLegacySignatures)
});

// EXTERNAL MODULE: ./lib/aws/download.js
var download = __webpack_require__(5225);
// EXTERNAL MODULE: ./lib/aws/errors.js
var errors = __webpack_require__(6762);
// EXTERNAL MODULE: ./lib/aws/pages.js
var pages = __webpack_require__(2909);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(4155);
// EXTERNAL MODULE: ./lib/signing/retry.js
var retry = __webpack_require__(5677);
// EXTERNAL MODULE: ./lib/signing/statements/revocation.js + 1 modules
var revocation = __webpack_require__(1668);
// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statement = __webpack_require__(9283);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/signing/evidence/source.js
var evidence_source = __webpack_require__(4368);
;// CONCATENATED MODULE: ./lib/signing/evidence/answers.js




const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
function referrersIn(answer) {
    const { referrers, nextToken = null } = fields(answer);
    if (!Array.isArray(referrers))
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned no list');
    if (nextToken !== null && typeof nextToken !== 'string') {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned a page token that is not a string');
    }
    if (referrers.length === 0 && nextToken) {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers returned an empty page that is not the last');
    }
    return { items: referrers.map(referrerOf), nextToken: nextToken ?? undefined };
}
function referrerOf(referrer) {
    const { digest, artifactType: type, size } = fields(referrer);
    if (typeof digest !== 'string' || !(0,reference/* isDigest */.Bc)(digest)) {
        throw new errors/* MalformedAnswer */.ol('ListImageReferrers listed a referrer without a digest');
    }
    const artifactType = typeof type === 'string' ? type : undefined;
    return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
}
function taggedManifest(answer, tag) {
    const { images, failures } = fields(answer);
    const isTagged = (entry) => fields(entry.imageId).imageTag === tag;
    const found = entries(images).filter(isTagged);
    const failure = entries(failures).find(isTagged);
    const [image] = found;
    if (found.length === 1 && image !== undefined)
        return manifestOf(image, tag);
    if (found.length === 0 && failure?.failureCode === 'ImageNotFound')
        return undefined;
    throw new evidence_source/* UnreadableEvidence */.jI(`the tag ${tag} could not be read: ${reasonOf(failure)}`, evidence_source/* FIND_OUT_WHY */.Ce);
}
function manifestsByDigest(answer) {
    const { images, failures } = fields(answer);
    const byDigest = (list) => new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
    const [found, failed] = [byDigest(images), byDigest(failures)];
    return (digest) => {
        const image = found.get(digest);
        if (image !== undefined)
            return manifestOf(image, digest);
        throw new evidence_source/* UnreadableEvidence */.jI(`${digest} could not be read: ${reasonOf(failed.get(digest))}`, evidence_source/* FIND_OUT_WHY */.Ce);
    };
}
function manifestOf(image, requested) {
    const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
    const digest = fields(imageId).imageDigest;
    const isValid = typeof digest === 'string' && (0,reference/* isDigest */.Bc)(digest) && typeof text === 'string';
    if (!isValid || sha256(text) !== digest) {
        throw new evidence_source/* UnreadableEvidence */.jI(`the manifest that ECR returned for ${requested} does not match its digest`, evidence_source/* FIND_OUT_WHY */.Ce);
    }
    return { digest, mediaType: typeof type === 'string' ? type : '', text };
}
function layersOf({ text }) {
    let layers;
    try {
        layers = JSON.parse(text)?.layers;
    }
    catch {
    }
    return (Array.isArray(layers) ? layers : []).flatMap((descriptor) => {
        const { digest, mediaType, size } = fields(descriptor);
        if (typeof digest !== 'string' || !(0,reference/* isDigest */.Bc)(digest))
            return [];
        return [
            {
                digest,
                mediaType: typeof mediaType === 'string' ? mediaType : '',
                size: typeof size === 'number' ? size : 0,
                descriptor: fields(descriptor),
            },
        ];
    });
}
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function entries(list) {
    return Array.isArray(list) ? list.map(fields) : [];
}
function reasonOf(failure) {
    if (failure === undefined)
        return 'ECR’s response does not contain it';
    return `ECR returned ${failure.failureCode} (${failure.failureReason})`;
}
function sha256(content) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
}

// EXTERNAL MODULE: ./lib/signing/evidence/envelope.js
var envelope = __webpack_require__(5561);
;// CONCATENATED MODULE: ./lib/signing/evidence/read.js











const BUNDLE = 'application/vnd.dev.sigstore.bundle';
const ENVELOPE = 'application/vnd.dsse.envelope';
const IN_TOTO = 'application/vnd.in-toto+json';
const PREDICATE_TYPE = 'in-toto.io/predicate-type';
const COSIGN_ATTESTATION = 'application/vnd.dev.cosign.artifact.att';
const NO_ARTIFACT_TYPES = new Set([
    'application/vnd.oci.empty.v1+json',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;
const MOST_REFERRERS = 10_000;
const MOST_LAYERS = MOST_REFERRERS;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const MOST_IDS = 100;
const CONCURRENT_READS = 16;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;
const AGAIN = 'Run the step again.';
async function readEvidence(source, subject, deadline, types = new Set()) {
    const reader = new Reader(source, subject, types);
    const result = await (0,retry/* retry */.L)(async () => {
        try {
            return { value: await reader.evidence(), again: false };
        }
        catch (error) {
            return { value: asUnreadable(error), again: true };
        }
    }, { deadline, attempts: ATTEMPTS, firstPauseMs: FIRST_PAUSE_MS });
    if (result instanceof evidence_source/* UnreadableEvidence */.jI)
        throw result;
    return result;
}
async function readLegacySignatures(source, subject) {
    try {
        return await new Reader(source, subject).legacySignatures();
    }
    catch (error) {
        throw asUnreadable(error);
    }
}
async function readBuildStatements(source, subject, types) {
    try {
        return await new Reader(source, subject, types).buildStatements();
    }
    catch (error) {
        throw asUnreadable(error);
    }
}
class Reader {
    source;
    subject;
    types;
    read = new Map();
    layers = 0;
    keptBytes = 0;
    constructor(source, subject, types = new Set()) {
        this.source = source;
        this.subject = subject;
        this.types = types;
    }
    async evidence() {
        const referrers = await this.listReferrers();
        const bundles = await this.bundles(referrers);
        const legacy = await this.tagged('att');
        return {
            referrers: referrers.map(({ digest, artifactType }) => ({ digest, artifactType })),
            attestations: [
                ...bundles,
                ...(legacy === undefined ? [] : await this.attestationsIn(legacy, 'legacy')),
            ],
        };
    }
    async legacySignatures() {
        const manifest = await this.tagged('sig');
        if (manifest === undefined)
            return undefined;
        const image = (await this.manifests([this.subject]))(this.subject.digest);
        return { image, manifest, layers: await this.signatureLayers(manifest) };
    }
    async listReferrers() {
        const seen = new Set();
        return (0,pages/* allPages */.S)('ListImageReferrers', async (token) => {
            const page = referrersIn(await this.source.referrers(this.subject, token));
            for (const { digest } of page.items) {
                if (seen.has(digest))
                    throw new errors/* MalformedAnswer */.ol(`ListImageReferrers listed ${digest} twice`);
                seen.add(digest);
            }
            if (seen.size > MOST_REFERRERS) {
                throw new evidence_source/* UnreadableEvidence */.jI(`more than ${MOST_REFERRERS} artifacts refer to it`, evidence_source/* DELETE_UNNEEDED */.T7);
            }
            return page;
        });
    }
    async bundles(referrers) {
        const unread = referrers.filter(({ digest }) => !this.read.has(digest));
        for (const batch of batches(unread)) {
            const manifestOf = await this.manifests(batch);
            await mapConcurrently(batch, async ({ digest, artifactType }) => {
                let manifest;
                try {
                    manifest = manifestOf(digest);
                }
                catch (error) {
                    if (!(error instanceof evidence_source/* UnreadableEvidence */.jI) || couldBeBundle(artifactType))
                        throw error;
                    this.read.set(digest, []);
                    return;
                }
                this.read.set(digest, await this.attestationsIn(manifest, 'bundle'));
            });
        }
        return referrers.flatMap(({ digest }) => this.read.get(digest) ?? []);
    }
    async attestationsIn(manifest, format) {
        const all = layersOf(manifest);
        const isEnvelope = ({ mediaType }) => mediaType.toLowerCase().startsWith(ENVELOPE);
        const wanted = all.filter((layer) => format === 'bundle'
            ? layer.mediaType.startsWith(BUNDLE) || isEnvelope(layer)
            : !IMAGE_LAYER.test(layer.mediaType));
        this.countLayers(wanted, 'attestations');
        const isForCosign = format === 'legacy' || all.length === 1;
        const attestations = await mapConcurrently(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            const envelope = envelopeOf(layer, manifest.digest);
            if (envelope === undefined || !this.isRelevant(envelope, format))
                return [];
            const isMisplaced = format === 'bundle' && isEnvelope(descriptor);
            if (isMisplaced && !(0,revocation/* isRevocation */.b)(envelope.statement))
                return [];
            this.keep(layer, 'attestations');
            if (isMisplaced)
                return [{ format: 'legacy', manifest, layer, envelope, isForCosign: true }];
            return [{ format, manifest, layer, envelope, isForCosign }];
        });
        return attestations.flat();
    }
    async buildStatements() {
        const manifest = (await this.manifests([this.subject]))(this.subject.digest);
        const all = layersOf(manifest);
        const entries = JSON.parse(manifest.text).layers;
        const isComplete = Array.isArray(entries) && entries.length === all.length;
        if (!isComplete || all.some(({ mediaType }) => mediaType !== IN_TOTO))
            return [];
        const wanted = all.filter(({ descriptor: { annotations } }) => {
            const type = annotations?.[PREDICATE_TYPE];
            return typeof type === 'string' && this.types.has(type);
        });
        this.countLayers(wanted, 'build attestations');
        return mapConcurrently(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'build attestations');
            return { layer, statement: (0,statement/* statementIn */.hg)(layer.bytes.toString('utf8')) };
        });
    }
    isRelevant({ statement: { predicateType } }, format) {
        return ((0,statement/* isSummaryType */.NV)(predicateType) ||
            (format === 'bundle' && predicateType === cosign_arguments/* SIGNATURE_TYPE */.uf) ||
            this.types.has(predicateType));
    }
    async signatureLayers(manifest) {
        const all = layersOf(manifest);
        this.countLayers(all, 'legacy signatures');
        return mapConcurrently(all, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'legacy signatures');
            return layer;
        });
    }
    countLayers(layers, what) {
        this.layers += layers.length;
        if (this.layers > MOST_LAYERS) {
            throw new evidence_source/* UnreadableEvidence */.jI(`its ${what} have more than ${MOST_LAYERS} layers`, evidence_source/* DELETE_UNNEEDED */.T7);
        }
    }
    keep({ bytes }, what) {
        this.keptBytes += bytes.length;
        if (this.keptBytes > MOST_KEPT_BYTES) {
            throw new evidence_source/* UnreadableEvidence */.jI(`its ${what} have more than ${MOST_KEPT_BYTES} bytes`, evidence_source/* DELETE_UNNEEDED */.T7);
        }
    }
    async layer({ digest, descriptor, size }, manifest) {
        if (size > MOST_BLOB_BYTES)
            throw tooLarge(digest, manifest);
        let bytes;
        try {
            bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
        }
        catch (error) {
            if (!(error instanceof download/* DownloadFailed */.Q))
                throw error;
            throw new evidence_source/* UnreadableEvidence */.jI(`${digest} of ${manifest} could not be downloaded: ${error.message}`, evidence_source/* FIND_OUT_WHY */.Ce);
        }
        if (sha256(bytes) !== digest) {
            throw new evidence_source/* UnreadableEvidence */.jI(`the bytes that ECR returned for ${digest} of ${manifest} do not match the digest`, evidence_source/* FIND_OUT_WHY */.Ce);
        }
        return { digest, descriptor, bytes };
    }
    async tagged(suffix) {
        const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
        return taggedManifest(await this.source.manifests(this.subject, [{ imageTag: tag }]), tag);
    }
    async manifests(wanted) {
        const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
        return manifestsByDigest(await this.source.manifests(this.subject, ids));
    }
}
function envelopeOf({ bytes, digest }, manifest) {
    try {
        return (0,envelope/* envelopeIn */.Y)(bytes, MOST_BLOB_BYTES);
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        throw tooLarge(digest, manifest);
    }
}
function couldBeBundle(artifactType) {
    const type = artifactType?.trim().toLowerCase() ?? '';
    return (type === '' ||
        [BUNDLE, ENVELOPE, COSIGN_ATTESTATION].some((one) => type.startsWith(one)) ||
        NO_ARTIFACT_TYPES.has(type));
}
function batches(referrers) {
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
async function mapConcurrently(items, work) {
    const results = [];
    const open = [...items.entries()].reverse();
    const workers = Array.from({ length: Math.min(CONCURRENT_READS, items.length) }, async () => {
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
function tooLarge(digest, manifest) {
    return new evidence_source/* UnreadableEvidence */.jI(`${digest} of ${manifest} has more than ${MOST_BLOB_BYTES} bytes`, evidence_source/* DELETE_UNNEEDED */.T7);
}
function asUnreadable(error) {
    if (error instanceof evidence_source/* UnreadableEvidence */.jI)
        return error;
    if (error instanceof errors/* MalformedAnswer */.ol)
        return new evidence_source/* UnreadableEvidence */.jI(error.message, AGAIN);
    if (error instanceof lib_errors/* GateError */.ue && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
        return new evidence_source/* UnreadableEvidence */.jI(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
    }
    throw error;
}


/***/ }),

/***/ 4368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ce: () => (/* binding */ FIND_OUT_WHY),
/* harmony export */   T7: () => (/* binding */ DELETE_UNNEEDED),
/* harmony export */   jI: () => (/* binding */ UnreadableEvidence)
/* harmony export */ });
class UnreadableEvidence extends Error {
    name = 'UnreadableEvidence';
    nextStep;
    constructor(message, nextStep) {
        super(message);
        this.nextStep = nextStep;
    }
}
const FIND_OUT_WHY = 'Find out why ECR does not return it. Restore it if it is archived, or delete it if it is not needed, and run the step again.';
const DELETE_UNNEEDED = 'Delete the artifacts that are not needed, and find out who pushed them. Then run the step again.';


/***/ }),

/***/ 8574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ describeRevocations),
/* harmony export */   i: () => (/* binding */ revocationsBySigner),
/* harmony export */   refuseRevoked: () => (/* binding */ refuseRevoked)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8424);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4155);
/* harmony import */ var _cosign_check_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5551);
/* harmony import */ var _cosign_session_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6971);
/* harmony import */ var _evidence_envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5561);
/* harmony import */ var _evidence_read_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5209);
/* harmony import */ var _evidence_source_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4368);
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6203);
/* harmony import */ var _statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1668);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9283);













const MOST_NAMED = 5;
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
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SERVED = 500;
const MOST_TYPES = 20;
const MOST_TYPE_CHARACTERS = 300;
async function revocationsBySigner(search, evidence) {
    const candidates = evidence.attestations.filter(({ envelope }) => (0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_11__/* .isRevocation */ .b)(envelope.statement));
    if (candidates.length === 0)
        return [];
    const isSigned = await signatureCheck(search);
    const signed = new Set();
    for (const candidate of candidates) {
        if (isSigned(candidate))
            signed.add(candidate);
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setImmediate)();
    }
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
async function signedByCosign(search, candidates) {
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
