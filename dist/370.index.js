export const id = 370;
export const ids = [370];
export const modules = {

/***/ 2763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ envelopeIn),
/* harmony export */   q: () => (/* binding */ signedBy)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5550);



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

/***/ 1782:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ readEvidence),
/* harmony export */   t6: () => (/* binding */ readLegacySignatures),
/* harmony export */   tn: () => (/* binding */ EvidenceUnread)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _aws_download_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5225);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6762);
/* harmony import */ var _aws_pages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2909);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8424);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1732);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2763);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5550);









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
const MOST_LAYERS = MOST_REFERRERS;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const MOST_IDS = 100;
const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
const READS_AT_ONCE = 16;
const ROUNDS = 3;
const PAUSE_MS = 1_000;
const READ_IT = 'Find out why ECR does not return it. Restore it if it is archived, or delete it if it is not needed, and run the step again.';
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
    layers = 0;
    keptBytes = 0;
    constructor(source, subject) {
        this.source = source;
        this.subject = subject;
    }
    async list() {
        const seen = new Set();
        return (0,_aws_pages_js__WEBPACK_IMPORTED_MODULE_3__/* .allPages */ .S)('ListImageReferrers', async (token) => {
            const { referrers, nextToken = null } = fields(await this.source.referrers(this.subject, token));
            if (!Array.isArray(referrers))
                throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers answered without a list');
            if (nextToken !== null && typeof nextToken !== 'string') {
                throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers returned a page token that is no text');
            }
            if (referrers.length === 0 && nextToken) {
                throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers returned an empty page that is not the last');
            }
            const items = referrers.map((referrer) => {
                const { digest, artifactType: type, size } = fields(referrer);
                if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest)) {
                    throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol('ListImageReferrers listed something without a digest');
                }
                if (seen.has(digest))
                    throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol(`ListImageReferrers listed ${digest} twice`);
                seen.add(digest);
                const artifactType = typeof type === 'string' ? type : undefined;
                return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
            });
            if (seen.size > MOST_REFERRERS) {
                throw new EvidenceUnread(`more than ${MOST_REFERRERS} artifacts refer to it`, 'Delete those that are not needed, and find out who pushed them.');
            }
            return { items, nextToken: nextToken ?? undefined };
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
        this.layers += wanted.length;
        if (this.layers > MOST_LAYERS) {
            throw new EvidenceUnread(`its attestations have more than ${MOST_LAYERS} layers`, 'Delete those that are not needed, and find out who pushed them.');
        }
        const attestations = await mapAtOnce(wanted, async (descriptor) => {
            const layer = await this.layer(descriptor, manifest.digest);
            const envelope = envelopeOf(layer, manifest.digest);
            if (envelope === undefined || !isOfUse(envelope, format))
                return [];
            this.keptBytes += layer.bytes.length;
            if (this.keptBytes > MOST_KEPT_BYTES) {
                throw new EvidenceUnread(`its attestations have more than ${MOST_KEPT_BYTES} bytes`, 'Delete those that are not needed, and find out who pushed them.');
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
            throw new EvidenceUnread(`ECR returned other bytes for ${digest} of ${of}`, READ_IT);
        }
        return { digest, descriptor, bytes };
    }
    async tagged(suffix) {
        const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
        const { images, failures } = fields(await this.source.manifests(this.subject, [{ imageTag: tag }]));
        const isTagged = (entry) => fields(entry.imageId).imageTag === tag;
        const found = entries(images).filter(isTagged);
        const failure = entries(failures).find(isTagged);
        const [image] = found;
        if (found.length === 1 && image !== undefined)
            return checked(image, tag);
        if (found.length === 0 && failure?.failureCode === 'ImageNotFound')
            return undefined;
        throw new EvidenceUnread(`the tag ${tag} cannot be read: ${reasonOf(failure)}`, READ_IT);
    }
    async manifests(wanted) {
        const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
        const { images, failures } = fields(await this.source.manifests(this.subject, ids));
        const byDigest = (list) => new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
        const [found, failed] = [byDigest(images), byDigest(failures)];
        return (digest) => {
            const image = found.get(digest);
            if (image !== undefined)
                return checked(image, digest);
            throw new EvidenceUnread(`${digest} cannot be read: ${reasonOf(failed.get(digest))}`, READ_IT);
        };
    }
}
function checked(image, what) {
    const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
    const digest = fields(imageId).imageDigest;
    const isRight = typeof digest === 'string' && (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest) && typeof text === 'string';
    if (!isRight || sha256(text) !== digest) {
        throw new EvidenceUnread(`ECR returned another manifest than that of ${what}`, READ_IT);
    }
    return { digest, mediaType: typeof type === 'string' ? type : '', text };
}
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function entries(list) {
    return Array.isArray(list) ? list.map(fields) : [];
}
function reasonOf(failure) {
    if (failure === undefined)
        return 'ECR’s answer does not contain it';
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
        const { digest, mediaType, size } = fields(descriptor);
        if (typeof digest !== 'string' || !(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest))
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
    return new EvidenceUnread(`${digest} of ${of} has more than ${MOST_BLOB_BYTES} bytes`, 'Delete it if it is not needed, and find out who pushed it.');
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

/***/ 6370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ takeBacksBySigner),
/* harmony export */   _: () => (/* binding */ takeBackWords),
/* harmony export */   refuseTakenBack: () => (/* binding */ refuseTakenBack)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8424);
/* harmony import */ var _cosign_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1732);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2763);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1782);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6834);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8163);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5550);










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
        nextStep: `Do not deploy this image. If it may be deployed again, delete what takes its verdict back${legacy} and let the gate judge it again${named.length === 0 ? '.' : `: ${command}`}`,
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
        throw unknown('an attestation by this signer takes it back, but there are too many others to find out which');
    }
    const signed = [];
    for (const type of types) {
        const { stdout } = await lookAt(asked, suspects, type);
        const payloads = new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
        signed.push(...suspects.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
    }
    if (signed.length === 0) {
        throw unknown('an attestation by this signer takes it back, but cosign does not say which');
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
    throw unknown(`cosign could not find out who signed what takes it back: ${result.message}`, result.nextStep);
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
