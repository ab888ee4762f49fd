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
/**
 * A read-only OCI registry on 127.0.0.1. It serves what was read from ECR, so that cosign verifies exactly that: in one page,
 * and without requests that could be denied.
 */


const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY_CONFIG = {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update('{}').digest('hex')}`,
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
    const bundles = attestations.filter(({ format }) => format === 'bundle');
    for (const { manifest } of bundles) {
        put(`manifests/${manifest.digest}`, manifest.mediaType, manifest.text);
    }
    if (bundles.length > 0) {
        // Annotations are left out: everyone who can push a referrer can write anything into them.
        const manifests = bundles.map(({ manifest: { digest: of, mediaType, text } }) => ({
            mediaType,
            digest: of,
            size: Buffer.byteLength(text),
        }));
        put(`referrers/${digest}`, INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
    }
    const layers = attestations
        .filter(({ format }) => format === 'legacy')
        .map(({ layer }) => layer.descriptor);
    if (layers.length > 0) {
        const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: EMPTY_CONFIG, layers };
        put(`manifests/${tag}.att`, MANIFEST, JSON.stringify(manifest));
    }
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
        'Docker-Content-Digest': `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`,
    });
    // Node itself leaves out the body of a response to HEAD.
    response.end(bytes);
}


/***/ })

};
