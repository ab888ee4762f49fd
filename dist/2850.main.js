export const id = 2850;
export const ids = [2850];
export const modules = {

/***/ 72850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   startLoopbackRegistry: () => (/* binding */ startLoopbackRegistry)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37067);
/* harmony import */ var _evidence_answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16600);
/**
 * A read-only OCI registry on 127.0.0.1. It serves what was read from ECR, so that cosign verifies exactly that: in one page,
 * without requests that could be denied, and without anything that only cosign would read.
 */



const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY_CONFIG = {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: (0,_evidence_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)('{}'),
    size: 2,
};
/** Starts the registry on a free port of 127.0.0.1. Go programs use neither TLS nor a proxy for this address. */
async function startLoopbackRegistry() {
    const repositories = new Map();
    const server = (0,node_http__WEBPACK_IMPORTED_MODULE_1__.createServer)((request, response) => answer(repositories, request, response));
    await new Promise((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    // The registry must not keep the process alive.
    server.unref();
    // cosign may pause for longer than Node keeps an idle connection open.
    server.keepAliveTimeout = 0;
    const host = `127.0.0.1:${server.address().port}`;
    return {
        serve: (served) => {
            const name = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(16).toString('hex');
            const repository = repositoryOf(served);
            repositories.clear();
            repositories.set(name, repository);
            return { image: `${host}/${name}@${served.digest}`, isRead: () => isRead(repository) };
        },
        close: () => new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        }),
    };
}
function repositoryOf({ digest, attestations = [], signatures }) {
    const repository = new Map();
    const put = (path, mediaType, content) => repository.set(path, { mediaType, bytes: Buffer.from(content), sent: 0 });
    const tag = digest.replace(':', '-');
    for (const { layer } of attestations)
        put(`blobs/${layer.digest}`, 'application/octet-stream', layer.bytes);
    const layersIn = (wanted) => attestations.filter(({ format }) => format === wanted).map(({ layer }) => layer.descriptor);
    // Two referrers with the same layer have the same manifest.
    const texts = new Set(layersIn('bundle').map((layer) => manifestOf([layer])));
    const manifests = [...texts].map((text) => {
        const of = (0,_evidence_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(text);
        put(`manifests/${of}`, MANIFEST, text);
        // Without annotations: everyone who can push a referrer can write anything into them.
        return { mediaType: MANIFEST, digest: of, size: Buffer.byteLength(text) };
    });
    if (manifests.length > 0) {
        put(`referrers/${digest}`, INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
    }
    const layers = layersIn('legacy');
    if (layers.length > 0)
        put(`manifests/${tag}.att`, MANIFEST, manifestOf(layers));
    if (signatures !== undefined) {
        const { image, manifest } = signatures;
        put(`manifests/${digest}`, image.mediaType, image.text);
        put(`manifests/${tag}.sig`, manifest.mediaType, manifest.text);
        for (const layer of signatures.layers) {
            put(`blobs/${layer.digest}`, 'application/octet-stream', layer.bytes);
        }
    }
    return repository;
}
/**
 * A new manifest with the layers that were read from the original. In the original, cosign could read other layers: Go
 * ignores the case of names, and cosign takes a layer from its descriptor if that contains it.
 */
function manifestOf(layers) {
    return JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config: EMPTY_CONFIG, layers });
}
/** cosign reads everything that is listed each time that it has read a list. */
function isRead(repository) {
    const contents = [...repository];
    const isList = (path) => path.startsWith('referrers/') || path.endsWith('.att');
    const lists = contents.filter(([path]) => isList(path)).map(([, { sent }]) => sent);
    const rounds = Math.max(1, ...lists);
    return contents.every(([path, { sent }]) => isList(path) || sent >= rounds);
}
function answer(repositories, request, response) {
    const { method } = request;
    const [, version, name = '', ...rest] = (request.url ?? '').replace(/\?.*$/, '').split('/');
    const isAsked = version === 'v2' && (method === 'GET' || method === 'HEAD');
    if (isAsked && name === '') {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
        return;
    }
    const content = isAsked ? repositories.get(name)?.get(rest.join('/')) : undefined;
    if (content === undefined) {
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"errors":[]}');
        return;
    }
    const { bytes, mediaType } = content;
    if (method === 'GET') {
        response.on('finish', () => {
            content.sent += 1;
        });
    }
    response.writeHead(200, {
        'Content-Type': mediaType,
        'Content-Length': bytes.length,
        'Docker-Content-Digest': (0,_evidence_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(bytes),
    });
    // Node itself leaves out the body of a response to HEAD.
    response.end(bytes);
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
