export const id = 3139;
export const ids = [3139];
export const modules = {

/***/ 13791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ allPages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17180);
/** Lists that AWS returns in pages. */

/** The most items of a list, more than the findings of any image. An endless list would fill the memory. */
const MOST_ITEMS = 200_000;
/**
 * Reads all pages of a list.
 * @param api such as `inspector2:ListFindings`
 * @param fetch reads a page by its token; undefined for the first
 * @throws MalformedAnswer when a token is repeated (the list would never end, or pages would be missing), or when the
 *   list has more than 200,000 items
 */
async function allPages(api, fetch) {
    const items = [];
    const seen = new Set();
    let coming = fetch(undefined);
    while (coming !== undefined) {
        const page = await coming;
        // An empty token ends the list like a missing one: the services accept no empty token.
        const token = page.nextToken === '' ? undefined : page.nextToken;
        if (token !== undefined && seen.has(token)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned the same page token twice`);
        }
        if (token !== undefined)
            seen.add(token);
        coming = token === undefined ? undefined : fetch(token);
        // It is awaited after the items of this page, which may be malformed.
        coming?.catch(() => { });
        for (const item of typeof page.items === 'function' ? page.items() : page.items)
            items.push(item);
        if (items.length > MOST_ITEMS)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned more than ${MOST_ITEMS} items`);
    }
    return items;
}


/***/ }),

/***/ 16600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gr: () => (/* binding */ MOST_MANIFEST_BYTES),
/* harmony export */   kh: () => (/* binding */ taggedManifest),
/* harmony export */   mu: () => (/* binding */ manifestsByDigest),
/* harmony export */   qs: () => (/* binding */ referrersIn),
/* harmony export */   sc: () => (/* binding */ sha256),
/* harmony export */   w: () => (/* binding */ layersOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17180);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(90274);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41590);
/** Validates ECR's responses and reads manifests. Pure. */




/** The size of the largest manifest that ECR accepts. */
const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
/**
 * One page of ListImageReferrers.
 * @throws MalformedAnswer
 */
function referrersIn(answer) {
    const { referrers, nextToken = null } = fields(answer);
    if (!Array.isArray(referrers))
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ListImageReferrers returned no list');
    if (nextToken !== null && typeof nextToken !== 'string') {
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ListImageReferrers returned a page token that is not a string');
    }
    if (referrers.length === 0 && nextToken) {
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ListImageReferrers returned an empty page that is not the last');
    }
    return { items: referrers.map(referrerOf), nextToken: nextToken ?? undefined };
}
function referrerOf(referrer) {
    const { digest, artifactType: type, size } = fields(referrer);
    if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest)) {
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ListImageReferrers listed a referrer without a digest');
    }
    const artifactType = typeof type === 'string' ? type : undefined;
    return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
}
/**
 * The manifest of a tag in an answer of BatchGetImage.
 * @returns undefined if ECR says that the tag does not exist
 * @throws UnreadableEvidence
 */
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
    throw new _source_js__WEBPACK_IMPORTED_MODULE_3__/* .UnreadableEvidence */ .jI(`the tag ${tag} could not be read: ${reasonOf(failure)}`, _source_js__WEBPACK_IMPORTED_MODULE_3__/* .FIND_OUT_WHY */ .Ce);
}
/**
 * The manifests in an answer of BatchGetImage.
 * @returns a function that gives the manifest of a digest, and throws UnreadableEvidence where it could not be read
 */
function manifestsByDigest(answer) {
    const { images, failures } = fields(answer);
    const byDigest = (list) => new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
    const [found, failed] = [byDigest(images), byDigest(failures)];
    return (digest) => {
        const image = found.get(digest);
        if (image !== undefined)
            return manifestOf(image, digest);
        throw new _source_js__WEBPACK_IMPORTED_MODULE_3__/* .UnreadableEvidence */ .jI(`${digest} could not be read: ${reasonOf(failed.get(digest))}`, _source_js__WEBPACK_IMPORTED_MODULE_3__/* .FIND_OUT_WHY */ .Ce);
    };
}
/** @throws UnreadableEvidence if the manifest does not match its digest */
function manifestOf(image, requested) {
    const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
    const digest = fields(imageId).imageDigest;
    const isValid = typeof digest === 'string' && (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest) && typeof text === 'string';
    if (!isValid || sha256(text) !== digest) {
        throw new _source_js__WEBPACK_IMPORTED_MODULE_3__/* .UnreadableEvidence */ .jI(`the manifest that ECR returned for ${requested} does not match its digest`, _source_js__WEBPACK_IMPORTED_MODULE_3__/* .FIND_OUT_WHY */ .Ce);
    }
    return { digest, mediaType: typeof type === 'string' ? type : '', text };
}
/** The layers of a manifest. Layers without a valid digest cannot be read and are left out. */
function layersOf({ text }) {
    let layers;
    try {
        layers = JSON.parse(text)?.layers;
    }
    catch {
        // What is not a manifest holds no attestation.
    }
    return (Array.isArray(layers) ? layers : []).flatMap((descriptor) => {
        const { digest, mediaType, size, annotations } = fields(descriptor);
        if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
            return [];
        const texts = Object.entries(fields(annotations)).filter((entry) => typeof entry[1] === 'string');
        return [
            {
                mediaType: typeof mediaType === 'string' ? mediaType : '',
                digest,
                size: typeof size === 'number' ? size : 0,
                annotations: Object.fromEntries(texts),
            },
        ];
    });
}
/** The members of an object; none for any other value. */
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
/** The objects in a list; none for any other value. */
function entries(list) {
    return Array.isArray(list) ? list.map(fields) : [];
}
function reasonOf(failure) {
    if (failure === undefined)
        return 'ECR’s response does not contain it';
    return `ECR returned ${failure.failureCode} (${failure.failureReason})`;
}
/** The digest of a manifest or blob. */
function sha256(content) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex')}`;
}


/***/ }),

/***/ 3587:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ envelopeIn),
/* harmony export */   q: () => (/* binding */ signedBy)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67805);
/** DSSE envelopes: reading them from bundles and legacy attestations, and whether a public key signed one. Pure. */



const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
/**
 * The envelope in the bytes of a Sigstore bundle or of a legacy attestation; undefined if there is none that holds a
 * statement. Compressed layers are decompressed, as cosign does.
 * @param mostBytes the largest size after decompression
 * @throws RangeError if it is larger
 */
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
    // The JSON form of Protocol Buffers allows both names of a field.
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
/**
 * Returns a function that tells whether a key made one of an envelope's signatures, with any algorithm that this kind of
 * key supports. It is used only for what revokes a verdict: cosign decides what counts for an image.
 * @param pem a public key
 * @throws Error if it is not a public key
 */
function signedBy(pem) {
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)(pem);
    const algorithms = algorithmsOf(key);
    return ({ payloadType, payload, signatures }) => {
        const signed = preAuthenticationEncoding(payloadType, payload);
        return signatures.some((signature) => algorithms.some(({ hash, ...padding }) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.verify)(hash, signed, { key, ...padding }, signature)));
    };
}
/** The bytes of an envelope that are signed. Source: secure-systems-lab/dsse, protocol.md. */
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

/***/ 3139:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ readEvidence),
/* harmony export */   t6: () => (/* binding */ readLegacySignatures),
/* harmony export */   xQ: () => (/* binding */ readBuildStatements)
/* harmony export */ });
/* harmony import */ var _aws_download_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68887);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17180);
/* harmony import */ var _aws_pages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13791);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75650);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35125);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(72443);
/* harmony import */ var _statements_revocation_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(34334);
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(67805);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(16600);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3587);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41590);
/**
 * Reads what is attached to a digest through ECR's API. cosign itself silently leaves out what the registry does not
 * return, and an attestation that is not read cannot revoke a verdict. Here everything that could be an attestation is
 * read and compared with its digest, or reading fails as a whole.
 */











const BUNDLE = 'application/vnd.dev.sigstore.bundle';
// An envelope without a bundle, as in legacy attestations. Other programs attach one as a referrer, too.
const ENVELOPE = 'application/vnd.dsse.envelope';
const IN_TOTO = 'application/vnd.in-toto+json';
/** BuildKit's annotation of a layer. */
const PREDICATE_TYPE = 'in-toto.io/predicate-type';
const COSIGN_ATTESTATION = 'application/vnd.dev.cosign.artifact.att';
// For a manifest without an artifact type, ECR may list the media type of its config.
const NO_ARTIFACT_TYPES = new Set([
    'application/vnd.oci.empty.v1+json',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;
const MOST_REFERRERS = 10_000;
/** As many as referrers: cosign puts one layer into each. */
const MOST_LAYERS = MOST_REFERRERS;
/** A bundle has some kilobytes; one with thousands of findings has some megabytes. */
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
/** The most that is kept in memory, for cosign to verify. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
/** The most that BatchGetImage accepts. */
const MOST_IDS = 100;
const CONCURRENT_READS = 16;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;
const AGAIN = 'Run the step again.';
/**
 * Reads every attestation of a digest. If something was deleted after it was listed, everything is listed again: what is
 * listed then has to be readable.
 * @param types more predicate types to keep, besides signatures and verification summaries
 * @throws UnreadableEvidence if anything that could be an attestation could not be read
 * @throws GateError `timeout`, `cancelled` or `credentials`
 */
async function readEvidence(source, subject, deadline, types = new Set()) {
    const reader = new Reader(source, subject, types);
    const result = await (0,_retry_js__WEBPACK_IMPORTED_MODULE_10__/* .retry */ .L)(async () => {
        try {
            return { value: await reader.evidence(), again: false };
        }
        catch (error) {
            return { value: asUnreadable(error), again: true };
        }
    }, { deadline, attempts: ATTEMPTS, firstPauseMs: FIRST_PAUSE_MS });
    if (result instanceof _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI)
        throw result;
    return result;
}
/**
 * Reads the legacy signatures of a digest.
 * @returns undefined if there are none
 * @throws as `readEvidence` does
 */
async function readLegacySignatures(source, subject) {
    try {
        return await new Reader(source, subject).legacySignatures();
    }
    catch (error) {
        throw asUnreadable(error);
    }
}
/**
 * The statements in a build attestation of BuildKit, read by its digest. Everything is compared with its digest, so a
 * signature of the attestation's manifest covers them.
 * Source: BuildKit, docs/attestations/attestation-storage.md.
 * @param subject the attestation's manifest
 * @param types the predicate types to read, by the annotations in the manifest
 * @returns an empty list where the manifest contains anything but in-toto statements: then it may be an image
 * @throws as `readEvidence` does
 */
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
    /** The attestations of each referrer that was read. They are not read again. */
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
        return (0,_aws_pages_js__WEBPACK_IMPORTED_MODULE_2__/* .allPages */ .S)('ListImageReferrers', async (token) => {
            const page = (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .referrersIn */ .qs)(await this.source.referrers(this.subject, token));
            for (const { digest } of page.items) {
                if (seen.has(digest))
                    throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`ListImageReferrers listed ${digest} twice`);
                seen.add(digest);
            }
            if (seen.size > MOST_REFERRERS) {
                throw new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`more than ${MOST_REFERRERS} artifacts refer to it`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .DELETE_UNNEEDED */ .T7);
            }
            return page;
        });
    }
    /** The attestations in Sigstore bundles among the referrers. */
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
                    // cosign gives bundles no other artifact type.
                    if (!(error instanceof _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI) || couldBeBundle(artifactType))
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
        const all = (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .layersOf */ .w)(manifest);
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
            // cosign does not look for an envelope there: it can revoke a verdict, and never counts for the image.
            const isMisplaced = format === 'bundle' && isEnvelope(descriptor);
            if (isMisplaced && !(0,_statements_revocation_js__WEBPACK_IMPORTED_MODULE_5__/* .isRevocation */ .b)(envelope.statement))
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
        const all = (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .layersOf */ .w)(manifest);
        const entries = JSON.parse(manifest.text).layers;
        const isComplete = Array.isArray(entries) && entries.length === all.length;
        if (!isComplete || all.some(({ mediaType }) => mediaType !== IN_TOTO))
            return [];
        const wanted = all.filter(({ annotations }) => this.types.has(annotations[PREDICATE_TYPE] ?? ''));
        this.countLayers(wanted, 'build attestations');
        return mapConcurrently(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'build attestations');
            return { layer, statement: (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_6__/* .statementIn */ .hg)(layer.bytes.toString('utf8')) };
        });
    }
    /** Whether it is a signature, a verification summary, or of a type that is required. Others have no effect here. */
    isRelevant({ statement: { predicateType } }, format) {
        return ((0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_6__/* .isSummaryType */ .NV)(predicateType) ||
            (format === 'bundle' && predicateType === _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .SIGNATURE_TYPE */ .uf) ||
            this.types.has(predicateType));
    }
    /** All layers of a manifest of legacy signatures. */
    async signatureLayers(manifest) {
        const all = (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .layersOf */ .w)(manifest);
        this.countLayers(all, 'legacy signatures');
        return mapConcurrently(all, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            this.keep(layer, 'legacy signatures');
            return layer;
        });
    }
    /** @throws UnreadableEvidence if there are more layers than are read */
    countLayers(layers, what) {
        this.layers += layers.length;
        if (this.layers > MOST_LAYERS) {
            throw new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`its ${what} have more than ${MOST_LAYERS} layers`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .DELETE_UNNEEDED */ .T7);
        }
    }
    /** @throws UnreadableEvidence if there are more bytes than are kept in memory */
    keep({ bytes }, what) {
        this.keptBytes += bytes.length;
        if (this.keptBytes > MOST_KEPT_BYTES) {
            throw new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`its ${what} have more than ${MOST_KEPT_BYTES} bytes`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .DELETE_UNNEEDED */ .T7);
        }
    }
    /** Downloads a layer and compares it with its digest. */
    async layer(descriptor, manifest) {
        const { digest, size } = descriptor;
        if (size > MOST_BLOB_BYTES)
            throw tooLarge(digest, manifest);
        let bytes;
        try {
            bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
        }
        catch (error) {
            if (!(error instanceof _aws_download_js__WEBPACK_IMPORTED_MODULE_0__/* .DownloadFailed */ .Q))
                throw error;
            throw new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`${digest} of ${manifest} could not be downloaded: ${error.message}`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .FIND_OUT_WHY */ .Ce);
        }
        if ((0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .sha256 */ .sc)(bytes) !== digest) {
            throw new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`the bytes that ECR returned for ${digest} of ${manifest} do not match the digest`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .FIND_OUT_WHY */ .Ce);
        }
        return { digest, descriptor, bytes };
    }
    /** The manifest behind cosign's legacy tag; undefined if there is no such tag. */
    async tagged(suffix) {
        const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
        return (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .taggedManifest */ .kh)(await this.source.manifests(this.subject, [{ imageTag: tag }]), tag);
    }
    async manifests(wanted) {
        const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
        return (0,_answers_js__WEBPACK_IMPORTED_MODULE_7__/* .manifestsByDigest */ .mu)(await this.source.manifests(this.subject, ids));
    }
}
/** @throws UnreadableEvidence if the envelope is too large after decompression */
function envelopeOf({ bytes, digest }, manifest) {
    try {
        return (0,_envelope_js__WEBPACK_IMPORTED_MODULE_8__/* .envelopeIn */ .Y)(bytes, MOST_BLOB_BYTES);
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
/** As many manifests as one call accepts, and no more bytes than one answer should have. */
function batches(referrers) {
    const result = [];
    let bytes = Number.POSITIVE_INFINITY;
    for (const referrer of referrers) {
        bytes += referrer.size;
        const last = result.at(-1);
        if (last !== undefined && last.length < MOST_IDS && bytes <= _answers_js__WEBPACK_IMPORTED_MODULE_7__/* .MOST_MANIFEST_BYTES */ .Gr) {
            last.push(referrer);
        }
        else {
            result.push([referrer]);
            bytes = referrer.size;
        }
    }
    return result;
}
/** Maps every item, several of them at the same time. The first failure ends it. */
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
    // All workers have to end: after a failure none may continue to read.
    const ends = await Promise.allSettled(workers);
    for (const end of ends)
        if (end.status === 'rejected')
            throw end.reason;
    return results;
}
function tooLarge(digest, manifest) {
    return new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(`${digest} of ${manifest} has more than ${MOST_BLOB_BYTES} bytes`, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .DELETE_UNNEEDED */ .T7);
}
/** @throws the error itself if it ends the whole run */
function asUnreadable(error) {
    if (error instanceof _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI)
        return error;
    if (error instanceof _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol)
        return new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(error.message, AGAIN);
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
        return new _source_js__WEBPACK_IMPORTED_MODULE_9__/* .UnreadableEvidence */ .jI(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
    }
    throw error;
}


/***/ }),

/***/ 41590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ce: () => (/* binding */ FIND_OUT_WHY),
/* harmony export */   T7: () => (/* binding */ DELETE_UNNEEDED),
/* harmony export */   jI: () => (/* binding */ UnreadableEvidence)
/* harmony export */ });
/** Something that is attached, or may be, could not be read. Whether it revokes the verdict is then unknown. */
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


/***/ })

};
