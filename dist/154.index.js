export const id = 154;
export const ids = [154];
export const modules = {

/***/ 3934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ briefly)
/* harmony export */ });
const PATIENCE_MS = 5_000;
async function briefly(deadline, call) {
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(PATIENCE_MS)]);
    const calling = call(signal);
    const over = new Promise((_, reject) => {
        const late = () => reject(new Error('there was no response in time'));
        if (signal.aborted)
            late();
        signal.addEventListener('abort', late, { once: true });
    });
    return Promise.race([calling, over]);
}


/***/ }),

/***/ 5225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ DownloadFailed),
/* harmony export */   R: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5431);



const SILENCE_MS = 20_000;
class DownloadFailed extends Error {
    name = 'DownloadFailed';
    transient;
    constructor(message, transient) {
        super(message);
        this.transient = transient;
    }
}
async function download(url, { maxBytes, signal, plainHost }) {
    const address = URL.parse(url);
    const plain = address?.protocol === 'http:' && address.host === plainHost;
    const secure = address?.protocol === 'https:' || plain;
    if (address === null || !secure || address.username !== '' || address.password !== '') {
        throw new DownloadFailed('the URL does not use https', false);
    }
    const proxyEnv = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .proxyEnvironment */ .w)(process.env);
    const agent = plain ? new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({ proxyEnv }) : new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent({ proxyEnv });
    try {
        const response = await new Promise((resolve, reject) => {
            const request = plain ? (0,node_http__WEBPACK_IMPORTED_MODULE_0__.get)(address, { agent, signal }) : (0,node_https__WEBPACK_IMPORTED_MODULE_1__.get)(address, { agent, signal });
            request.setTimeout(SILENCE_MS, () => request.destroy(new DownloadFailed('the download stalled', true)));
            request.on('response', resolve).on('error', reject);
        });
        return await body(response, maxBytes);
    }
    catch (error) {
        if (error instanceof DownloadFailed)
            throw error;
        const { code } = error;
        throw new DownloadFailed(`the connection failed${typeof code === 'string' ? ` (${code})` : ''}`, !signal.aborted);
    }
    finally {
        agent.destroy();
    }
}
async function body(response, maxBytes) {
    const status = response.statusCode ?? 0;
    if (status !== 200) {
        response.destroy();
        throw new DownloadFailed(`the server returned HTTP ${status}`, status === 408 || status === 429 || status >= 500);
    }
    const chunks = [];
    let size = Number(response.headers['content-length'] ?? 0);
    if (!(size <= maxBytes)) {
        response.destroy();
        throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
    }
    size = 0;
    for await (const chunk of response) {
        size += chunk.length;
        if (size > maxBytes) {
            response.destroy();
            throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 1319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ sendRaw)
/* harmony export */ });
async function sendRaw({ config }, { middlewareStack }, send) {
    let answer;
    middlewareStack.add((next) => async (args) => {
        const result = await next(args);
        const response = result.response;
        if (response.statusCode >= 300)
            return result;
        const { body } = response;
        const bytes = body instanceof Uint8Array ? body : await config.streamCollector(body);
        answer = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
        response.body = NOTHING;
        return result;
    }, { step: 'deserialize', priority: 'low', name: 'rawAnswer' });
    await send();
    return answer;
}
const NOTHING = Buffer.from('{}');


/***/ }),

/***/ 4530:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ plainEndpoint),
/* harmony export */   KI: () => (/* binding */ ecrConfigs)
/* harmony export */ });
/* unused harmony export MAX_CONFIG_BYTES */
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8249);
/* harmony import */ var _aws_download_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5225);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6762);
/* harmony import */ var _layers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6415);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8424);





const MAX_CONFIG_BYTES = 1024 * 1024;
const ATTEMPTS = 3;
const PAUSE_MS = 500;
function ecrConfigs(clients, deadline, environment) {
    const plainHost = plainEndpoint(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
    return {
        config: async (registry, repository, { digest, size }) => {
            if (size > MAX_CONFIG_BYTES)
                throw new _layers_js__WEBPACK_IMPORTED_MODULE_2__/* .LayersUnknown */ .nS(`the config ${digest} has ${size} bytes`);
            for (let attempt = 1;; attempt++) {
                const url = await downloadUrl(clients, deadline, registry, repository, digest);
                try {
                    return await (0,_aws_download_js__WEBPACK_IMPORTED_MODULE_0__/* .download */ .R)(url, { maxBytes: size, signal: deadline.signal, plainHost });
                }
                catch (error) {
                    if (!(error instanceof _aws_download_js__WEBPACK_IMPORTED_MODULE_0__/* .DownloadFailed */ .Q))
                        throw error;
                    if (!error.transient || attempt === ATTEMPTS || deadline.signal.aborted) {
                        throw new _layers_js__WEBPACK_IMPORTED_MODULE_2__/* .LayersUnknown */ .nS(`the config ${digest} cannot be downloaded: ${error.message}`);
                    }
                    await deadline.sleep(attempt * PAUSE_MS);
                }
            }
        },
    };
}
async function downloadUrl(clients, deadline, registry, repository, digest) {
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_4__/* .GetDownloadUrlForLayerCommand */ .pKL({
        registryId: registry.account,
        repositoryName: repository,
        layerDigest: digest,
    });
    let url;
    try {
        ({ downloadUrl: url } = await clients.ecr(registry).send(command, { abortSignal: deadline.signal }));
    }
    catch (error) {
        const resource = (0,_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .repositoryArn */ .qM)(registry, repository);
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translate */ .Tl)(error, { action: 'ecr:GetDownloadUrlForLayer', resource }, deadline);
    }
    if (!url)
        throw new _layers_js__WEBPACK_IMPORTED_MODULE_2__/* .LayersUnknown */ .nS('ecr:GetDownloadUrlForLayer returned no URL');
    return url;
}
function plainEndpoint(endpoint) {
    const address = endpoint === undefined ? null : URL.parse(endpoint);
    return address?.protocol === 'http:' ? address.host : undefined;
}


/***/ }),

/***/ 5283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ ecrImages)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8249);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7934);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6108);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6762);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(452);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4252);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8424);
/* harmony import */ var _resolve_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5577);









const IDS_PER_CALL = 100;
const digest = valibot__WEBPACK_IMPORTED_MODULE_7__/* .custom */ .IeY((value) => typeof value === 'string' && (0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(value), 'Invalid digest');
const token = valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP()));
const DescribedImages = valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({
    imageDetails: valibot__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({
        imageDigest: digest,
        imagePushedAt: valibot__WEBPACK_IMPORTED_MODULE_7__/* .date */ .p6U(),
        imageStatus: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())),
    })),
    nextToken: token,
});
const ImageId = valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({ imageDigest: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())) })));
const FetchedImages = valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({
    images: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({ imageId: ImageId, imageManifest: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())) })))),
    failures: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({
        imageId: ImageId,
        failureCode: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())),
        failureReason: valibot__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_7__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())),
    })))),
});
function ecrImages(clients, deadline) {
    return {
        describe: (reference) => describeReference(clients, deadline, reference),
        describeAll: async (registry, repository, digests) => {
            const details = [];
            for (const chunk of chunks(digests, IDS_PER_CALL)) {
                const ids = chunk.map((imageDigest) => ({ imageDigest }));
                details.push(...(await describe(clients, deadline, registry, repository, ids, repository)));
            }
            return withoutRepetitions(details);
        },
        manifests: async (registry, repository, digests) => {
            const manifests = new Map();
            for (const chunk of chunks(digests, IDS_PER_CALL)) {
                await readManifests(clients, deadline, registry, repository, chunk, manifests);
            }
            return manifests;
        },
    };
}
async function describeReference(clients, deadline, reference) {
    const { registry, repository, tag, digest, text } = reference;
    const imageId = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
    const details = await describe(clients, deadline, registry, repository, [imageId], text);
    const [detail, ...others] = details;
    if (detail === undefined || others.length > 0) {
        throw malformed(`${DESCRIBE} described ${details.length} images instead of one`);
    }
    if (digest !== undefined && detail.digest !== digest) {
        throw malformed(`${DESCRIBE} described a different digest than the requested one`);
    }
    if (digest !== undefined && tag !== undefined) {
        const [tagged] = await describe(clients, deadline, registry, repository, [{ imageTag: tag }], text);
        if (tagged?.digest !== digest)
            throw otherDigest(reference);
    }
    return detail;
}
const DESCRIBE = 'ecr:DescribeImages';
const GET = 'ecr:BatchGetImage';
function withoutRepetitions(details) {
    const described = new Map();
    for (const detail of details) {
        if (!(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(described.get(detail.digest) ?? detail, detail)) {
            throw malformed(`${DESCRIBE} described ${detail.digest} twice, with different values`);
        }
        described.set(detail.digest, detail);
    }
    return [...described.values()];
}
async function readManifests(clients, deadline, registry, repository, digests, manifests) {
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_8__/* .BatchGetImageCommand */ .P8n({
        registryId: registry.account,
        repositoryName: repository,
        imageIds: digests.map((imageDigest) => ({ imageDigest })),
        acceptedMediaTypes: [..._manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .MANIFEST_MEDIA_TYPES */ .$T],
    });
    const answer = await send(GET, registry, repository, deadline, () => clients.ecr(registry).send(command, { abortSignal: deadline.signal }));
    const { images, failures } = read(FetchedImages, answer, GET);
    for (const { imageId, imageManifest } of images ?? []) {
        const found = imageId?.imageDigest;
        if (found && (0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(found) && typeof imageManifest === 'string')
            manifests.set(found, imageManifest);
    }
    const failure = failures?.find(({ imageId }) => !manifests.has(imageId?.imageDigest));
    if (failure === undefined)
        return;
    const code = failure.failureCode ?? 'no failure code';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-found', `ECR could not return the manifest ${failure.imageId?.imageDigest ?? 'of an image'} of ${repository}: ${failure.failureReason ?? 'no reason'} (${code})`, { nextStep: code.startsWith('Upstream') ? UPSTREAM : _resolve_js__WEBPACK_IMPORTED_MODULE_6__/* .INCOMPLETE_INDEX */ .az });
}
const UPSTREAM = 'The repository is a pull-through cache: check the credentials of its rule, then pull the image once (docker pull) before this step.';
async function describe(clients, deadline, registry, repository, imageIds, text) {
    const call = (archived) => clients.ecr(registry).send(new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_8__/* .DescribeImagesCommand */ .ji5({
        registryId: registry.account,
        repositoryName: repository,
        imageIds,
        ...(archived && { filter: { imageStatus: 'ANY' } }),
    }), { abortSignal: deadline.signal });
    const answer = await send(DESCRIBE, registry, repository, deadline, () => call(false).catch(async (error) => {
        if (!(0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isNamed */ .ev)(error, 'ImageNotFoundException'))
            throw error;
        const hidden = await call(true).catch(() => undefined);
        const isArchived = valibot__WEBPACK_IMPORTED_MODULE_7__.is(ArchivedImages, hidden);
        throw isArchived ? archivedImage(text) : noImage(text, error);
    }));
    const { imageDetails, nextToken } = read(DescribedImages, answer, DESCRIBE);
    if (nextToken)
        throw malformed(`${DESCRIBE} returned a further page for images that were requested by id`);
    return imageDetails.map(({ imageDigest, imagePushedAt, imageStatus }) => ({
        digest: imageDigest,
        pushedAt: imagePushedAt,
        status: imageStatus ?? undefined,
    }));
}
const ArchivedImages = valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({
    imageDetails: valibot__WEBPACK_IMPORTED_MODULE_7__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_7__/* .unknown */ .L5J()), valibot__WEBPACK_IMPORTED_MODULE_7__/* .someItem */ .oau((item) => valibot__WEBPACK_IMPORTED_MODULE_7__.is(valibot__WEBPACK_IMPORTED_MODULE_7__/* .object */ .Ikc({ imageStatus: valibot__WEBPACK_IMPORTED_MODULE_7__/* .literal */ .euz('ARCHIVED') }), item))),
});
async function send(action, registry, repository, deadline, call) {
    try {
        return await call();
    }
    catch (error) {
        if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isNamed */ .ev)(error, 'RepositoryNotFoundException')) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-found', `ECR has no repository ${repository} in account ${registry.account}, region ${registry.region}.`, { nextStep: 'Check the repository name, the account and the region in the image URI.', cause: error });
        }
        if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isNamed */ .ev)(error, 'UnableToGetUpstreamImageException')) {
            const message = `ECR could not get an image of ${repository} from the upstream registry: ${error.message}`;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-found', message, { nextStep: UPSTREAM, cause: error });
        }
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .translate */ .Tl)(error, { action, resource: (0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .repositoryArn */ .qM)(registry, repository) }, deadline);
    }
}
function read(schema, answer, api) {
    try {
        return (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_1__/* .checked */ .K)(schema, answer, api);
    }
    catch (error) {
        throw error instanceof _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol ? malformed(error.message, error) : error;
    }
}
function malformed(message, cause = new _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MalformedAnswer */ .ol(message)) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-proven', `${message}, so the image cannot be identified.`, {
        nextStep: 'Run the step again. If it fails again, check whether a proxy between the runner and AWS modifies the responses.',
        cause,
    });
}
function noImage(text, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-found', `ECR has no image ${text}: ${cause.message}`, {
        nextStep: 'Check the tag, and that the image was pushed before this step. If the repository is a pull-through cache, pull the image once before this step.',
        cause,
    });
}
function archivedImage(text) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('unscannable', `${text} is archived. Amazon Inspector does not scan archived images.`, {
        nextStep: 'Restore the image in ECR, or push it again.',
    });
}
function otherDigest(reference) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', `${reference.text}: the tag ${reference.tag} does not point at that digest.`, { nextStep: 'Give the digest alone, or the tag and the digest that the push printed.' });
}
function chunks(items, size) {
    const result = [];
    for (let start = 0; start < items.length; start += size)
        result.push(items.slice(start, start + size));
    return result;
}


/***/ }),

/***/ 6415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kj: () => (/* binding */ isBuiltOn),
/* harmony export */   LH: () => (/* binding */ attributeLayers),
/* harmony export */   Mv: () => (/* binding */ imageLayers),
/* harmony export */   Sw: () => (/* binding */ hasBlobsOf),
/* harmony export */   hp: () => (/* binding */ statedBase),
/* harmony export */   nS: () => (/* binding */ LayersUnknown),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   re: () => (/* binding */ baseImagesOf)
/* harmony export */ });
/* unused harmony export cleanInstruction */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7934);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6413);
/* harmony import */ var _manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7861);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8758);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8424);






class LayersUnknown extends Error {
    name = 'LayersUnknown';
}
const MAX_INSTRUCTION = 500;
const MAX_NAME = 300;
const ConfigBlob = valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({
    rootfs: valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ diff_ids: valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6Y(_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc))) }),
    history: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ created_by: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP()), empty_layer: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()) }))),
});
function parseConfig(digest, bytes) {
    if (`sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}` !== digest) {
        throw new LayersUnknown(`the bytes of the config ${digest} do not match its digest`);
    }
    const text = decoded(bytes);
    const value = parseJson(text);
    const result = valibot__WEBPACK_IMPORTED_MODULE_5__/* .safeParse */ .xLC(ConfigBlob, value, { abortEarly: true });
    if (!result.success)
        throw new LayersUnknown(`the config ${digest} is not the config of an image`);
    const { rootfs, history = [] } = result.output;
    return {
        platform: platformIn(text, value),
        diffIds: rootfs.diff_ids,
        history: history.map(({ created_by: createdBy, empty_layer: empty = false }) => ({ createdBy, empty })),
    };
}
function decoded(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return '';
    }
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const PLATFORM_KEYS = ['os', 'architecture', 'variant'];
function platformIn(text, config) {
    const isOther = (key) => PLATFORM_KEYS.includes((0,_manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .foldedKey */ .S)(key)) && !PLATFORM_KEYS.includes(key);
    const isAmbiguous = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(text, config) || Object.keys(config).some(isOther);
    return isAmbiguous ? undefined : (0,_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .statedPlatform */ .x8)(config);
}
function imageLayers(manifest, config, bases, stated = [], statedBase = undefined) {
    const { layerDigests } = manifest;
    const diffIds = config?.diffIds.length === layerDigests.length ? config.diffIds : undefined;
    const made = config?.history.filter(({ empty }) => !empty) ?? [];
    const instructions = diffIds !== undefined && made.length === layerDigests.length ? made : undefined;
    const own = { digest: manifest.digest, layerDigests, diffIds };
    const [whole, parts] = partition(bases, (base) => isWhole(own, base));
    const [, statedParts] = partition(stated, (base) => isWhole(own, base));
    const deciding = longest(own, parts.filter(({ allowed }) => allowed), hasBlobsOf);
    const proven = deciding ?? longest(own, parts, hasBlobsOf);
    const base = proven ?? longest(own, parts, hasContentsOf);
    const named = base ?? longest(own, statedParts, hasBlobsOf) ?? longest(own, statedParts, hasContentsOf);
    return {
        statedBase,
        base: base && { ...nameOf(base), proven: base === proven, decides: base === deciding },
        whole: whole.map(nameOf),
        configPlatform: config?.platform,
        layers: layerDigests.map((digest, at) => {
            const createdBy = instructions?.[at]?.createdBy;
            return {
                digest,
                diffId: diffIds?.[at],
                instruction: createdBy === undefined ? undefined : cleanInstruction(createdBy),
                origin: originOf(at, deciding),
                statedOrigin: originOf(at, named),
            };
        }),
    };
}
function nameOf({ name, digest, uri }) {
    return { name, digest, uri };
}
function partition(items, holds) {
    const { yes = [], no = [] } = Object.groupBy(items, (item) => (holds(item) ? 'yes' : 'no'));
    return [yes, no];
}
function originOf(at, base) {
    if (base === undefined)
        return undefined;
    return at < base.layerDigests.length ? 'base' : 'application';
}
function longest(image, bases, startsWith) {
    return bases
        .filter((base) => startsWith(image, base))
        .reduce((best, base) => best === undefined || base.layerDigests.length > best.layerDigests.length ? base : best, undefined);
}
function hasBlobsOf(image, base) {
    return startsWith(image, base, ({ layerDigests }) => layerDigests);
}
function isBuiltOn(image, { digest, layerDigests }) {
    const base = { digest, layerDigests, diffIds: undefined };
    return hasBlobsOf(image, base) && !isWhole(image, base);
}
function hasContentsOf(image, base) {
    return startsWith(image, base, ({ diffIds = [] }) => diffIds);
}
function startsWith(image, base, digestsOf) {
    const size = base.layerDigests.length;
    const [all, of] = [digestsOf(image), digestsOf(base)];
    if (size === 0 || of.length !== size)
        return false;
    return of.every((digest, at) => digest !== undefined && digest === all[at]);
}
const EMPTY = new Set([
    'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
    'sha256:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1',
    'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
]);
function isWhole(image, base) {
    if (!hasBlobsOf(image, base) && !hasContentsOf(image, base))
        return false;
    const size = base.layerDigests.length;
    const added = image.layerDigests.slice(size).map((digest, at) => [digest, image.diffIds?.[size + at]]);
    return added.every((names) => names.some((name) => EMPTY.has(name)));
}
const BASE_NAME = 'org.opencontainers.image.base.name';
const BASE_DIGEST = 'org.opencontainers.image.base.digest';
function statedBase(annotations) {
    for (const found of annotations) {
        const name = found[BASE_NAME]?.trim();
        const digest = found[BASE_DIGEST]?.trim();
        const base = {
            name: name && name.length <= MAX_NAME ? name : undefined,
            digest: digest !== undefined && (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(digest) ? digest : undefined,
        };
        if (base.name !== undefined || base.digest !== undefined)
            return base;
    }
    return undefined;
}
const SHELL = String.raw `/(?:[\w.-]+/)*(?:ba|da|a|k|z)?sh(?: -\w+(?: pipefail)?)*? -\w*c(?: |$)`;
const COMMAND = new RegExp(String.raw `^(?:RUN )?(?:\|\d+ (?:.*? )?)?${SHELL}`);
function cleanInstruction(text) {
    const flat = text
        .slice(0, 10 * MAX_INSTRUCTION)
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/ ?# buildkit$/, '');
    const shell = COMMAND.exec(flat);
    const command = shell === null ? flat : flat.slice(shell[0].length).trim();
    const marked = /^#\(nop\) */.exec(command);
    const clean = marked ? command.slice(marked[0].length) : shell === null ? command : `RUN ${command}`;
    if (clean === '' || clean === 'RUN ')
        return undefined;
    return clean.length > MAX_INSTRUCTION ? `${clean.slice(0, MAX_INSTRUCTION - 1).toWellFormed()}…` : clean;
}
function baseImagesOf(platforms) {
    const found = [...platforms].flatMap(({ base, statedBase }) => {
        const name = base?.name ?? statedBase?.name;
        return name === undefined ? [] : [{ name, base }];
    });
    return [...Map.groupBy(found, ({ name }) => name)].map(([name, all]) => ({
        name,
        named: all.every(({ base }) => base?.proven === true),
        deciding: [...new Set(all.flatMap(({ base }) => (base?.decides ? [base.uri] : [])))].sort(),
    }));
}
function attributeLayers(findings, layersOf) {
    const known = new Map([...layersOf].map(([image, { layers, configPlatform }]) => [
        image,
        {
            configPlatform,
            blobs: agreed(Map.groupBy(layers, ({ digest }) => digest)),
            contents: agreed(Map.groupBy(layers, ({ diffId }) => diffId)),
        },
    ]));
    return findings.map((finding) => {
        const layers = known.get(finding.digest);
        if (layers === undefined)
            return { ...finding, configPlatform: 'unknown' };
        return {
            ...finding,
            configPlatform: layers.configPlatform ?? 'unknown',
            packages: finding.packages.map((found) => {
                if (found.layer === undefined)
                    return found;
                const blob = layers.blobs.get(found.layer);
                if (blob !== undefined)
                    return { ...found, ...blob };
                const content = layers.contents.get(found.layer) ?? UNKNOWN;
                return { ...found, ...content, origin: undefined };
            }),
        };
    });
}
const UNKNOWN = { instruction: undefined, origin: undefined, statedOrigin: undefined };
function agreed(groups) {
    const one = (values) => {
        const [first, ...others] = new Set(values);
        return others.length === 0 ? first : undefined;
    };
    return new Map([...groups].map(([key, layers]) => [
        key,
        {
            instruction: one(layers.map(({ instruction }) => instruction)),
            origin: one(layers.map(({ origin }) => origin)),
            statedOrigin: one(layers.map(({ statedOrigin }) => statedOrigin)),
        },
    ]));
}


/***/ }),

/***/ 4317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LW: () => (/* binding */ readInTime),
/* harmony export */   Oo: () => (/* binding */ once),
/* harmony export */   Xg: () => (/* binding */ readConfig),
/* harmony export */   _5: () => (/* binding */ statedBaseOf),
/* harmony export */   kc: () => (/* binding */ readBaseImages),
/* harmony export */   n4: () => (/* binding */ readLayers)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _layers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6415);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4252);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8758);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8424);
/* harmony import */ var _resolve_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5577);






async function readBaseImages(references, source, isAllowed) {
    const read = await Promise.all(references.map(async (reference) => {
        try {
            return { platforms: await basePlatforms(reference, source, isAllowed), notices: [] };
        }
        catch (error) {
            const notice = `The base image ${reference.text} could not be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`;
            return { platforms: [], notices: [notice] };
        }
    }));
    return {
        platforms: read.flatMap(({ platforms }) => platforms),
        notices: read.flatMap(({ notices }) => notices),
    };
}
async function basePlatforms(reference, source, isAllowed) {
    const resolved = await (0,_resolve_js__WEBPACK_IMPORTED_MODULE_5__/* .resolveImages */ .Be)([reference], source.images);
    const read = resolved.map(async ({ registry, repository, platforms }) => {
        const digests = platforms.map(({ digest }) => digest);
        const manifests = await readManifests(registry, repository, digests, source);
        const repositoryName = (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .plainName */ .MH)(registry, repository);
        return imagesOf(manifests).map((manifest) => ({
            name: reference.text,
            allowed: isAllowed(repositoryName),
            uri: `${repositoryName}@${manifest.digest}`,
            manifest,
            config: once(() => readConfig(registry, repository, manifest, source).catch(() => undefined)),
        }));
    });
    return (await Promise.all(read)).flat();
}
async function readLayers(image, base, source) {
    const { registry, repository, digest } = image;
    const notices = new Set(base?.notices);
    const layers = new Map();
    let manifests;
    try {
        const digests = new Set([digest, ...image.platforms.map((platform) => platform.digest)]);
        manifests = await readManifests(registry, repository, [...digests], source);
    }
    catch (error) {
        return { layers, notices: [...notices, `The layers of ${image.uri} are unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`] };
    }
    const namedBases = new Map();
    const readStated = (stated) => {
        const reference = readable(stated, registry);
        if (reference === undefined)
            return Promise.resolve({ platforms: [], notices: [] });
        const known = namedBases.get(reference.text) ?? readBaseImages([reference], source, () => false);
        namedBases.set(reference.text, known);
        return known;
    };
    await Promise.all(imagesOf(manifests).map(async (manifest) => {
        const config = await readConfig(registry, repository, manifest, source).catch((error) => {
            notices.add(`The instructions that created the layers of ${repository} are unknown: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`);
            return undefined;
        });
        const stated = statedBaseOf(manifest, manifests.get(digest));
        const own = { digest: manifest.digest, layerDigests: manifest.layerDigests, diffIds: config?.diffIds };
        const [given, named] = await Promise.all([
            basesOf(own, base),
            stated === undefined ? [] : readStated(stated).then((found) => basesOf(own, found)),
        ]);
        layers.set(manifest.digest, (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .imageLayers */ .Mv)(manifest, config, given, named, stated));
    }));
    if (base !== undefined && base.platforms.length > 0) {
        for (const { digest: child, platform } of image.platforms) {
            const { base: built, whole = [] } = layers.get(child) ?? {};
            for (const { name } of whole) {
                notices.add(`The base image ${name} was not used for the image ${child}${platform === _platform_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_PLATFORM */ .od ? '' : ` (${platform})`} of ${repository}: it has every layer of that image. Set base-image to the image that it is built on.`);
            }
            if (built !== undefined || whole.length > 0)
                continue;
            notices.add(`The image ${child}${platform === _platform_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_PLATFORM */ .od ? '' : ` (${platform})`} of ${repository} does not start with the layers of any image in base-image. It was built on another image, or on an earlier image of the same tag.`);
        }
    }
    return { layers, notices: [...notices] };
}
const PATIENCE_MS = 20_000;
async function readInTime(reading, deadline) {
    const late = { layers: new Map(), notices: ['The layers were not read in time.'] };
    return Promise.race([reading, deadline.sleep(PATIENCE_MS).then(() => late)]);
}
async function basesOf(own, base) {
    const bases = (base?.platforms ?? []).map(({ name, allowed, uri, manifest, config }) => ({
        known: {
            ...{ name, allowed, uri, digest: manifest.digest },
            ...{ layerDigests: manifest.layerDigests, diffIds: undefined },
        },
        config,
    }));
    if (bases.some(({ known }) => (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .hasBlobsOf */ .Sw)(own, known)))
        return bases.map(({ known }) => known);
    return Promise.all(bases.map(async ({ known, config }) => ({ ...known, diffIds: (await config())?.diffIds })));
}
function statedBaseOf({ annotations, digest }, top) {
    return (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .statedBase */ .hp)([annotations, ...indexAnnotations(top, digest)]);
}
function readable({ name, digest }, registry) {
    if (name === undefined)
        return undefined;
    try {
        const reference = (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .parseReference */ .F2)(name);
        if (reference.registry.host !== registry.host)
            return undefined;
        return digest === undefined
            ? reference
            : { ...reference, tag: undefined, digest, text: `${name}@${digest}` };
    }
    catch {
        return undefined;
    }
}
function indexAnnotations(index, child) {
    if (index?.kind !== 'index')
        return [];
    const descriptors = index.children.filter(({ digest }) => digest === child);
    return [...descriptors.map(({ annotations }) => annotations), index.annotations];
}
async function readManifests(registry, repository, digests, { images }) {
    const texts = await images.manifests(registry, repository, digests);
    return new Map([...texts].map(([digest, text]) => [digest, (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(digest, text)]));
}
function imagesOf(manifests) {
    return [...manifests.values()].filter((manifest) => manifest.kind === 'image');
}
async function readConfig(registry, repository, { config }, { configs }) {
    if (config === undefined)
        return undefined;
    return (0,_layers_js__WEBPACK_IMPORTED_MODULE_1__/* .parseConfig */ .o4)(config.digest, await configs.config(registry, repository, config));
}
function once(make) {
    let made;
    return () => {
        made ??= make();
        return made;
    };
}


/***/ }),

/***/ 5577:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AQ: () => (/* binding */ resolveEach),
/* harmony export */   Be: () => (/* binding */ resolveImages),
/* harmony export */   X4: () => (/* binding */ DEPLOYED_PLATFORM),
/* harmony export */   ZY: () => (/* binding */ isResolved),
/* harmony export */   az: () => (/* binding */ INCOMPLETE_INDEX),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   tO: () => (/* binding */ imageName)
/* harmony export */ });
/* unused harmony export MOST_IMAGES */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4252);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8758);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8424);




const MOST_IMAGES = 64;
const MOST_CHILDREN = 1_000;
function imageName({ repository, digest, platform }) {
    return platform === _platform_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_PLATFORM */ .od ? `${repository}@${digest}` : `${repository}@${digest} (${platform})`;
}
function isResolved(resolution) {
    return !('error' in resolution);
}
async function resolveEach(references, source) {
    const details = await Promise.all(references.map((reference) => orError(() => source.describe(reference))));
    const images = new Map();
    for (const [index, reference] of references.entries()) {
        const detail = details[index];
        if (detail === undefined)
            continue;
        const { account, region } = reference.registry;
        const key = detail instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue
            ? `unresolved ${reference.text}`
            : [account, region, reference.repository, detail.digest].join();
        const known = images.get(key);
        if (known)
            known.texts.push(reference.text);
        else
            images.set(key, { reference, detail, texts: [reference.text] });
    }
    return Promise.all([...images.values()].map(async ({ reference, detail, texts }) => {
        const { registry, repository } = reference;
        const image = detail instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue ? detail : await orError(() => expand(reference, detail, texts, source));
        return image instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue ? { references: texts, registry, repository, error: image } : image;
    }));
}
async function orError(work) {
    try {
        return await work();
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .endsRun */ .sl)(error) || !(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue))
            throw error;
        return error;
    }
}
async function resolveImages(references, source) {
    const resolutions = await resolveEach(references, source);
    const failure = failureOf(resolutions);
    if (failure !== undefined)
        throw failure;
    return resolutions.filter(isResolved);
}
function failureOf(resolutions) {
    const failures = resolutions.flatMap((one) => isResolved(one) ? [] : [{ name: one.references[0], error: one.error }]);
    const [first, ...others] = failures;
    return first === undefined ? undefined : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .combineFailures */ .XJ)([first, ...others]);
}
async function expand({ registry, repository }, detail, references, source) {
    const uri = (0,_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, detail.digest);
    const [top] = await fetchManifests(registry, repository, [detail.digest], source);
    const image = { references, registry, repository, digest: detail.digest, uri };
    if (top?.kind !== 'index') {
        if (top === undefined)
            throw notAnImage(uri);
        refuseUnscannable(uri, top);
        const platform = { registry, repository, platform: _platform_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_PLATFORM */ .od, ...detail };
        return { ...image, isIndex: false, platforms: [platform], attestations: [], skipped: [] };
    }
    const { platforms, attestations, artifacts } = await childImages(registry, repository, top, source);
    if (platforms.size === 0)
        throw notAnImage(uri);
    const details = await source.describeAll(registry, repository, [...platforms.keys()]);
    const found = new Map(details.map((child) => [child.digest, child]));
    return {
        ...image,
        isIndex: true,
        attestations: [...attestations],
        skipped: [...artifacts].map(([digest, type]) => ({ digest, type })),
        platforms: [...platforms].map(([digest, names]) => {
            const child = found.get(digest);
            if (child === undefined)
                throw missing(uri, digest);
            return { registry, repository, platform: (0,_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .joinedNames */ .S2)(names), ...child };
        }),
    };
}
async function childImages(registry, repository, top, source) {
    const found = {
        platforms: new Map(),
        attestations: new Set(),
        artifacts: new Map(),
        indexes: new Set([top.digest]),
    };
    let level = [top];
    while (level.length > 0) {
        const children = level.flatMap((index) => index.children);
        if (children.length > MOST_CHILDREN)
            throw tooMany(top.digest, `has more than ${MOST_CHILDREN} entries`);
        const digests = [...new Set(children.map(({ digest }) => digest))];
        const known = Object.values(found).reduce((sum, { size }) => sum + size, 0);
        if (digests.length + known > 3 * MOST_IMAGES)
            throw tooMany(top.digest, TOO_MANY_IMAGES);
        const fetched = await fetchManifests(registry, repository, digests, source);
        const manifests = new Map(fetched.map((manifest) => [manifest.digest, manifest]));
        const nested = children.flatMap((child) => {
            const manifest = manifests.get(child.digest);
            if (manifest === undefined)
                throw missing((0,_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, top.digest), child.digest);
            return addChild(child, manifest, found, (0,_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, child.digest)) ?? [];
        });
        if (found.platforms.size > MOST_IMAGES)
            throw tooMany(top.digest, TOO_MANY_IMAGES);
        level = nested;
    }
    for (const digest of found.platforms.keys())
        found.attestations.delete(digest);
    return found;
}
function addChild(child, manifest, { platforms, attestations, artifacts, indexes }, uri) {
    const { digest } = child;
    if (manifest.kind === 'index') {
        if (indexes.has(digest))
            return undefined;
        indexes.add(digest);
        return manifest;
    }
    const type = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .artifactTypeOf */ .Gh)(child, manifest);
    if (type !== undefined) {
        artifacts.set(digest, type);
    }
    else if ((0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .isAttestation */ .H3)(child, manifest)) {
        attestations.add(digest);
    }
    else {
        refuseUnscannable(uri, manifest, { inIndex: true });
        platforms.set(digest, (platforms.get(digest) ?? new Set()).add((0,_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .platformName */ .$r)(child.platform)));
    }
    return undefined;
}
async function fetchManifests(registry, repository, digests, source) {
    const texts = await source.manifests(registry, repository, digests);
    return digests.map((digest) => {
        const text = texts.get(digest);
        if (text === undefined)
            throw missing(`${registry.host}/${repository}`, digest);
        return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseManifest */ .Ng)(digest, text);
    });
}
function refuseUnscannable(uri, manifest, { inIndex = false } = {}) {
    if (!(0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .isRunnable */ .iU)(manifest))
        throw notAnImage(uri, inIndex);
    const layer = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .unscannableLayer */ .O8)(manifest);
    if (layer === undefined)
        return;
    const nextStep = 'Build the image with all of its layers in the registry, unencrypted.';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('unscannable', `${uri} cannot be verified: ${layer}, so no scan covers it.`, {
        nextStep: inIndex ? `${nextStep} ${DEPLOYED_PLATFORM}` : nextStep,
    });
}
const DEPLOYED_PLATFORM = 'Or give the digest of the platform that you deploy instead of the index.';
function notAnImage(uri, inIndex = false) {
    const what = 'a Helm chart, a signature, an SBOM or an empty index';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('unscannable', `${uri} is not a container image (it may be ${what}).`, {
        nextStep: inIndex
            ? `Remove it from the index. ${DEPLOYED_PLATFORM}`
            : 'Give the reference of the image that is deployed.',
    });
}
function missing(uri, digest) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('not-found', `${uri}: ECR did not return ${digest}.`, {
        nextStep: INCOMPLETE_INDEX,
    });
}
const INCOMPLETE_INDEX = 'The index may be incomplete: push the image again with all its platforms. If the repository is a pull-through cache, pull the image once for each platform instead.';
const TOO_MANY_IMAGES = `contains more than ${MOST_IMAGES} images`;
function tooMany(digest, why) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('unscannable', `The index ${digest} ${why}.`, {
        nextStep: `Push an index of the platforms that you deploy. ${DEPLOYED_PLATFORM}`,
    });
}


/***/ }),

/***/ 5060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ notationTrust),
/* harmony export */   ER: () => (/* binding */ signatureInputs),
/* harmony export */   NR: () => (/* binding */ signingKey),
/* harmony export */   bE: () => (/* binding */ imageInputs),
/* harmony export */   d_: () => (/* binding */ KEY_EXAMPLE),
/* harmony export */   xz: () => (/* binding */ refuseCosignInputs)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);
/* harmony import */ var _policy_suggestions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2227);
/* harmony import */ var _signing_cosign_provision_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(0);
/* harmony import */ var _signing_cosign_release_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2526);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(300);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8804);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6146);
/* harmony import */ var _read_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9025);









const DEFAULT_TIMEOUT = '15m';
const DEFAULT_SETTLE_TIME = '15s';
const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2';
const BASE_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/debian:12';
const BASELINE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod';
const KEY_EXAMPLE = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';
function imageInputs(text) {
    const timeoutMs = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .duration */ .p0)('timeout', text('timeout') || DEFAULT_TIMEOUT);
    const settleTimeMs = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .duration */ .p0)('settle-time', text('settle-time') || DEFAULT_SETTLE_TIME, _read_js__WEBPACK_IMPORTED_MODULE_6__/* .LONGEST_SETTLE_TIME */ .vc);
    if (settleTimeMs >= timeoutMs) {
        const settleTime = text('settle-time') || DEFAULT_SETTLE_TIME;
        const got = `"${text('timeout') || DEFAULT_TIMEOUT}"`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input timeout: expected longer than settle-time (${settleTime}), got ${got}.`, {
            nextStep: `For example: timeout: ${Math.ceil((2 * settleTimeMs) / _time_js__WEBPACK_IMPORTED_MODULE_5__/* .MINUTE_MS */ .kg)}m`,
        });
    }
    return {
        images: images(text('image')),
        failOn: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(text('fail-on'), (value) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .threshold */ .EN)('fail-on', value)),
        warnOn: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(text('warn-on'), (value) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .threshold */ .EN)('warn-on', value)),
        ignoreUnfixed: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(text('ignore-unfixed'), (value) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM)('ignore-unfixed', value, false)),
        policy: text('policy') || undefined,
        exceptions: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)(text('exceptions')),
        vex: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)(text('vex')),
        baseline: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .optional */ .lq)(text('baseline'), (value) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .parsed */ .Yz)('baseline', value, _image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2, BASELINE)),
        baseImages: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)(text('base-image')).map((value) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .parsed */ .Yz)('base-image', value, _image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2, BASE_IMAGE)),
        githubToken: text('github-token') || undefined,
        enforce: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM)('enforce', text('enforce') || 'true', true),
        scanType: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .oneOf */ .yL)('scan-type', text('scan-type') || 'enhanced', ['enhanced', 'basic']),
        timeoutMs,
        settleTimeMs,
        reportDirectory: text('report-directory') || undefined,
        dockerfile: text('dockerfile') || undefined,
        comment: comment(text('comment') || 'never'),
        advice: (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM)('advice', text('advice') || 'true', true),
    };
}
const COMMENTS = ['never', 'on-failure', 'always'];
function comment(value) {
    const found = COMMENTS.find((candidate) => candidate === value.toLowerCase());
    if (found !== undefined)
        return found;
    const example = (0,_policy_suggestions_js__WEBPACK_IMPORTED_MODULE_2__/* .suggestBoolean */ .XY)(value) === false ? 'never' : ((0,_text_js__WEBPACK_IMPORTED_MODULE_7__/* .nearest */ .pA)(value, COMMENTS) ?? 'always');
    throw (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .invalid */ .Gq)('comment', value, `one of ${COMMENTS.join(', ')}`, example);
}
function images(text) {
    const references = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)(text).map((line) => (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .parsed */ .Yz)('image', line, _image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2, IMAGE));
    if (references.length === 0)
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .invalid */ .Gq)('image', text, 'at least one ECR image URI', IMAGE);
    return references;
}
function signatureInputs(text) {
    const format = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .oneOf */ .yL)('signature-format', text('signature-format') || 'bundle', [
        'bundle',
        'legacy',
        'both',
    ]);
    const platforms = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM)('sign-platforms', text('sign-platforms') || 'false', true);
    const annotations = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .keyValues */ .K7)('signature-annotations', text('signature-annotations'));
    const transparencyLog = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .boolean */ .zM)('transparency-log', text('transparency-log') || 'false', true);
    const cosignVersion = (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .parsed */ .Yz)('cosign-version', text('cosign-version') || _signing_cosign_release_js__WEBPACK_IMPORTED_MODULE_4__/* .COSIGN_VERSION */ .Lr, _signing_cosign_provision_js__WEBPACK_IMPORTED_MODULE_3__/* .parseCosignVersion */ .B6, _signing_cosign_release_js__WEBPACK_IMPORTED_MODULE_4__/* .COSIGN_VERSION */ .Lr);
    return { format, platforms, annotations, transparencyLog, cosignVersion };
}
function notationTrust(text) {
    const [policy, store] = [text('notation-trust-policy'), text('notation-trust-store')];
    if (policy === '' && store === '')
        return undefined;
    if (policy === '')
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .invalid */ .Gq)('notation-trust-policy', '', 'the path of a trust policy', 'trustpolicy.json');
    if (store === '') {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .invalid */ .Gq)('notation-trust-store', '', 'the directory with the trust stores of that policy', 'truststore');
    }
    return { policy, store };
}
function refuseCosignInputs(names) {
    const [name] = names;
    if (name === undefined)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input ${name}: it is not used, because it applies only to cosign.`, {
        nextStep: `Remove ${name}, or also give a key or an identity of cosign.`,
    });
}
function signingKey(text) {
    return (0,_read_js__WEBPACK_IMPORTED_MODULE_6__/* .parsed */ .Yz)('signing-key', text, _signing_key_js__WEBPACK_IMPORTED_MODULE_8__/* .parseSigningKey */ .U, KEY_EXAMPLE);
}


/***/ }),

/***/ 5730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ refuseUnusedServices),
/* harmony export */   r: () => (/* binding */ readGateInputs)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2227);
/* harmony import */ var _signing_notation_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6481);
/* harmony import */ var _common_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5060);
/* harmony import */ var _read_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9025);





function readGateInputs(get) {
    const text = (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .trimmed */ .dE)(get);
    if ((0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .lines */ .Mn)(text('policy')).length > 1) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('policy', text('policy'), 'one policy file, because the gate judges by one', 'gate.yml');
    }
    const images = (0,_common_js__WEBPACK_IMPORTED_MODULE_3__/* .imageInputs */ .bE)(text);
    const common = (0,_common_js__WEBPACK_IMPORTED_MODULE_3__/* .signatureInputs */ .ER)(text);
    return {
        ...images,
        signing: signing(text, common),
        cosignVersion: common.cosignVersion,
    };
}
function signing(text, common) {
    const attest = attestInput(text('attest') || 'true');
    const sign = (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .oneOf */ .yL)('sign', text('sign') || 'all', ['all', 'each']);
    const ownServices = services(text);
    const trust = (0,_common_js__WEBPACK_IMPORTED_MODULE_3__/* .notationTrust */ .BZ)(text);
    const { key, notationKey } = signingKeys(text);
    if (notationKey === undefined && trust !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', 'Input notation-trust-policy: it is not used, because notation signs nothing.', {
            nextStep: `Remove notation-trust-policy and notation-trust-store, or for example: signing-key: ${NOTATION_KEY_EXAMPLE}`,
        });
    }
    if (notationKey !== undefined && trust === undefined) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('notation-trust-policy', '', 'the trust policy that the signatures of notation are verified with', 'trustpolicy.json');
    }
    const notation = notationKey === undefined || trust === undefined ? undefined : { key: notationKey, trust };
    if (key === undefined) {
        if (notation === undefined)
            return undefined;
        (0,_common_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseCosignInputs */ .xz)([
            ...(common.format === 'bundle' ? [] : ['signature-format']),
            ...(common.transparencyLog ? ['transparency-log'] : []),
            ...(attest === 'full' ? ['attest'] : []),
            ...(ownServices === undefined ? [] : ['sigstore-trusted-root']),
        ]);
        return { key, notation, ...common, attest: 'none', sign, services: undefined };
    }
    if (common.format !== 'bundle' && ownServices !== undefined) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('signature-format', common.format, 'bundle where sigstore-signing-config is given', 'bundle');
    }
    refuseUnusedServices(ownServices, key.kind === 'keyless' || common.transparencyLog);
    return { key, notation, ...common, attest, sign, services: ownServices };
}
const NOTATION_KEY_EXAMPLE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';
function signingKeys(text) {
    const keys = [];
    const notationKeys = [];
    for (const line of (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .lines */ .Mn)(text('signing-key'))) {
        const notationKey = (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .parsed */ .Yz)('signing-key', line, _signing_notation_key_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNotationKey */ .d, NOTATION_KEY_EXAMPLE);
        if (notationKey === undefined)
            keys.push((0,_common_js__WEBPACK_IMPORTED_MODULE_3__/* .signingKey */ .NR)(line));
        else
            notationKeys.push(notationKey);
    }
    if (keys.length > 1 || notationKeys.length > 1) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('signing-key', text('signing-key'), 'at most one key of cosign and one of notation', _common_js__WEBPACK_IMPORTED_MODULE_3__/* .KEY_EXAMPLE */ .d_);
    }
    return { key: keys[0], notationKey: notationKeys[0] };
}
function attestInput(value) {
    if (/^full$/i.test(value))
        return 'full';
    if (!/^(true|false)$/i.test(value)) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('attest', value, 'true, false or full', String((0,_policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__/* .suggestBoolean */ .XY)(value) ?? true));
    }
    return (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zM)('attest', value, true) ? 'summary' : 'none';
}
function services(text) {
    const signingConfig = text('sigstore-signing-config') || undefined;
    const trustedRoot = text('sigstore-trusted-root') || undefined;
    if (signingConfig === undefined && trustedRoot === undefined)
        return undefined;
    if (trustedRoot === undefined) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('sigstore-trusted-root', '', 'the trusted root of those services', 'trusted-root.json');
    }
    if (signingConfig === undefined) {
        throw (0,_read_js__WEBPACK_IMPORTED_MODULE_4__/* .invalid */ .Gq)('sigstore-signing-config', '', 'the signing config of those services', 'signing-config.json');
    }
    return { signingConfig, trustedRoot };
}
function refuseUnusedServices(given, isUsed) {
    if (given === undefined || isUsed)
        return;
    const names = given.signingConfig === undefined
        ? 'sigstore-trusted-root'
        : 'sigstore-trusted-root and sigstore-signing-config';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', 'Input sigstore-trusted-root: it is not used, because signing with a key uses no Sigstore services unless transparency-log is true.', { nextStep: `Set transparency-log: true, or remove ${names}.` });
}


/***/ }),

/***/ 6761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ checkAttestations),
/* harmony export */   h: () => (/* binding */ prepareAttestations)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _sign_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3059);


function prepareAttestations({ policy: { attestations = [] } }, cosignVersion, clients, context) {
    return attestations.length === 0 ? undefined : prepare(attestations, cosignVersion, clients, context);
}
async function prepare(required, cosignVersion, clients, context) {
    const { prepareAttestationVerifier } = await __webpack_require__.e(/* import() */ 405).then(__webpack_require__.bind(__webpack_require__, 5405));
    const { unmetCondition } = await __webpack_require__.e(/* import() */ 847).then(__webpack_require__.bind(__webpack_require__, 1847));
    return prepareAttestationVerifier(required, cosignVersion, unmetCondition, (0,_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .signingPorts */ .KK)(clients, context));
}
async function checkAttestations(image, verifier, clients) {
    try {
        const outcomes = await verifier.verify(image, clients.serviceTime(image.registry));
        const failed = outcomes.find(({ proof }) => proof.state !== 'proven');
        const used = new Map(outcomes.flatMap((outcome) => outcome.used.map((one) => [one.digest, one])));
        return {
            error: failed && missingAttestation(image, failed),
            proofs: outcomes.map(({ proof }) => proof),
            used: [...used.values()],
        };
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .endsRun */ .sl)(error))
            throw error;
        return { error: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toGateError */ .Vl)(error), proofs: [], used: [] };
    }
}
function missingAttestation({ uri }, { proof: { what, by, detail, nextStep }, isDetermined, }) {
    const message = `${uri}: ${what} by ${by} could not be verified: ${detail}.`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue(isDetermined ? 'not-verified' : 'not-proven', message, { nextStep });
}


/***/ }),

/***/ 4952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ checkPublishingInputs)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _publish_workspace_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6034);


async function checkPublishingInputs({ comment, githubToken, dockerfile }, { workspace, warn }) {
    if (comment !== 'never' && githubToken === undefined) {
        warn('Input github-token is empty, so no comment will be written on the pull request. Set github-token: ${{ github.token }}, or remove it to use the default.');
    }
    if (dockerfile === undefined)
        return;
    try {
        await (0,_publish_workspace_js__WEBPACK_IMPORTED_MODULE_1__/* .readDockerfile */ .n)(dockerfile, workspace);
    }
    catch (error) {
        const isMissing = error.code === 'ENOENT';
        const what = isMissing
            ? `there is no file ${dockerfile} in the workspace`
            : `${dockerfile} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input dockerfile: ${what}.`, {
            nextStep: 'Set dockerfile to the path of the file in the workspace, and run actions/checkout before this step.',
            cause: error,
        });
    }
}


/***/ }),

/***/ 4766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Od: () => (/* binding */ weakeningByInputs),
/* harmony export */   eK: () => (/* binding */ readsDocuments),
/* harmony export */   r9: () => (/* binding */ readDocuments),
/* harmony export */   zL: () => (/* binding */ applyMinimum)
/* harmony export */ });
/* unused harmony export settingsOf */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);
/* harmony import */ var _policy_minimum_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3746);
/* harmony import */ var _policy_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3506);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6146);





function readsDocuments({ policy, exceptions, vex }) {
    return policy !== undefined || exceptions.length > 0 || vex.length > 0;
}
async function readDocuments(inputs, { workspace, environment, deadline, log, warn }, known, others = []) {
    const { policy, exceptions, vex, githubToken: token } = inputs;
    if (!readsDocuments(inputs)) {
        known.documents = { policy: undefined, exceptions: [], vex: [], conflicts: [] };
        return { document: _policy_policy_js__WEBPACK_IMPORTED_MODULE_3__/* .EMPTY_POLICY */ .X, exceptions: [], others: [] };
    }
    const load = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(847), __webpack_require__.e(360)]).then(__webpack_require__.bind(__webpack_require__, 8360));
    const { createGitHub } = await __webpack_require__.e(/* import() */ 636).then(__webpack_require__.bind(__webpack_require__, 636));
    const ports = {
        workspace,
        github: token === undefined ? undefined : createGitHub({ token, deadline, environment }),
    };
    const org = policy === undefined ? undefined : await load.loadPolicy(policy, ports);
    const sources = [];
    for (const other of others)
        sources.push((await load.loadPolicy(other, ports)).source);
    const excepted = await load.loadExceptions(exceptions, ports);
    const stated = await load.loadVex(vex, ports);
    known.documents = {
        policy: org?.source,
        exceptions: excepted.sources,
        vex: stated.sources,
        conflicts: [],
    };
    if (org !== undefined)
        log(policyLine(org.source));
    for (const source of sources)
        log(`${policyLine(source)}; its verification summaries are accepted too`);
    for (const warning of stated.warnings)
        warn(warning);
    for (const { uri, moving } of [...(org === undefined ? [] : [org.source]), ...sources]) {
        if (!moving)
            continue;
        warn(`The policy ${uri} is read from a branch or tag, which can change. Use a commit SHA, so that a change of the policy requires a change of the workflow.`);
    }
    return {
        document: org?.document ?? _policy_policy_js__WEBPACK_IMPORTED_MODULE_3__/* .EMPTY_POLICY */ .X,
        exceptions: [...excepted.exceptions, ...stated.exceptions],
        others: sources,
    };
}
function policyLine({ uri, policySha256, sha256 }) {
    return `Policy ${uri}: sha256:${policySha256} (its file: sha256:${sha256})`;
}
function settingsOf(inputs, own) {
    const { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs } = inputs;
    return {
        ...{ failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs },
        ...own,
        baseline: inputs.baseline !== undefined,
        baseImages: inputs.baseImages.map(({ registry, repository }) => (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .plainName */ .MH)(registry, repository)),
        exceptions: inputs.exceptions.length > 0,
        vex: inputs.vex.length > 0,
    };
}
function applyMinimum(inputs, own, document, { deadline, warn }, known) {
    const settings = (0,_policy_minimum_js__WEBPACK_IMPORTED_MODULE_2__/* .effectiveSettings */ .f)(settingsOf(inputs, own), document);
    const { policy, enforce, scanType, timeoutMs, settleTimeMs, conflicts } = settings;
    const { failOn, warnOn, ignoreUnfixed } = policy;
    known.settings = { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs };
    if (known.documents !== undefined)
        known.documents = { ...known.documents, conflicts };
    for (const { input, asked, demanded } of conflicts) {
        warn(`The policy requires ${input}: ${demanded}. The workflow has ${asked}, which is not used.`);
    }
    if (settings.signingMissing) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', 'Input signing-key is empty, but the policy requires signed images.', {
            nextStep: 'For example: signing-key: awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
        });
    }
    if (settleTimeMs >= timeoutMs) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input timeout: expected longer than the settle-time that the policy requires (${(0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(settleTimeMs)}), got ${(0,_time_js__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(timeoutMs)}.`, { nextStep: 'Set timeout to a longer duration.' });
    }
    deadline.limit(timeoutMs);
    return settings;
}
function weakeningByInputs(settings, document, known) {
    return known.documents?.policy === undefined ? {} : (0,_policy_minimum_js__WEBPACK_IMPORTED_MODULE_2__/* .weakeningByInputsOf */ .jo)(settings, document);
}


/***/ }),

/***/ 5309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hu: () => (/* binding */ describeImage),
  Gb: () => (/* binding */ imagesResult),
  Ed: () => (/* binding */ newKnown),
  Y6: () => (/* binding */ reported),
  bC: () => (/* binding */ unjudged),
  II: () => (/* binding */ unresolved)
});

// EXTERNAL MODULE: ./lib/results/modes/enforcement.js
var enforcement = __webpack_require__(8703);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(5897);
// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(1191);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
// EXTERNAL MODULE: ./lib/image/platform.js
var image_platform = __webpack_require__(8758);
;// CONCATENATED MODULE: ./lib/modes/platform-name.js

const ARCHITECTURE = /^[A-Za-z0-9._/-]{1,40}$/;
function withPlatformName(image) {
    const { outcome } = image;
    if (image.isIndex || outcome.kind !== 'judged')
        return image;
    const { judged, suppressed } = outcome.verdict;
    const told = new Set([...judged, ...suppressed].map(({ finding: { architecture } }) => architecture && (0,image_platform/* architectureName */.l4)(architecture)));
    const [name] = told;
    if (name === undefined || told.size > 1 || !ARCHITECTURE.test(name))
        return image;
    const named = (platform) => (platform === image_platform/* NO_PLATFORM */.od ? name : platform);
    const inFinding = (entry) => ({
        ...entry,
        platforms: entry.platforms.map(named),
    });
    return {
        ...image,
        platforms: image.platforms.map((entry) => ({ ...entry, platform: named(entry.platform) })),
        outcome: {
            ...outcome,
            verdict: {
                ...outcome.verdict,
                judged: judged.map(inFinding),
                suppressed: suppressed.map(inFinding),
            },
        },
    };
}

;// CONCATENATED MODULE: ./lib/modes/images.js






function newKnown(startedAt) {
    return {
        startedAt,
        settings: undefined,
        documents: undefined,
        baseline: undefined,
        judgedAt: undefined,
        notices: [],
        nextSteps: [],
    };
}
function imagesResult(known, images, error, action) {
    const verdict = error === undefined ? (0,envelope/* worst */.QZ)(images.map(modes_images/* verdictOf */.Vj)) : 'error';
    const enforced = known.settings?.enforce !== false;
    return {
        ...known,
        verdict,
        enforced,
        tolerated: (0,enforcement/* isTolerated */.h)(action, { verdict, enforced, error, images }),
        images,
        error,
        durationMs: Date.now() - known.startedAt.getTime(),
        version: version/* VERSION */.x,
    };
}
function reported(image, observations, outcome) {
    return withPlatformName({
        references: image.references,
        uri: image.uri,
        digest: image.digest,
        repository: image.repository,
        account: image.registry.account,
        region: image.registry.region,
        isIndex: image.isIndex,
        platforms: image.platforms.map(({ digest, platform }) => ({
            digest,
            platform,
            scannedAt: observations.get(digest)?.state.scannedAt,
            monitored: observations.get(digest)?.state.monitored,
        })),
        attestations: image.attestations,
        skipped: image.skipped,
        outcome,
    });
}
function unresolved({ references, registry, repository, error }) {
    return {
        references,
        uri: references[0],
        digest: undefined,
        repository,
        account: registry.account,
        region: registry.region,
        isIndex: false,
        platforms: [],
        attestations: [],
        outcome: { kind: 'error', error },
    };
}
function unjudged(image, error) {
    return reported(image, new Map(), { kind: 'error', error });
}
function describeImage(image) {
    const { isIndex, platforms, attestations, skipped, references, uri } = image;
    const notScanned = [
        ...(attestations.length === 0 ? [] : [counted(attestations.length, 'build attestation')]),
        ...skipped.slice(0, MOST_ARTIFACTS).map(({ digest, type }) => `${digest} of type ${(0,lib_text/* clip */.$Q)(type, 100)}`),
        ...(skipped.length > MOST_ARTIFACTS ? [counted(skipped.length - MOST_ARTIFACTS, 'more artifact')] : []),
    ];
    const what = isIndex
        ? `index of ${platforms.map(({ platform }) => platform).join(', ')}${notScanned.length === 0 ? '' : `; not scanned, because no runtime can run them: ${notScanned.join(', ')}`}`
        : 'one image';
    return `Resolved ${references.join(', ')} to ${uri} (${what})`;
}
const MOST_ARTIFACTS = 10;
function counted(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ judge),
  u: () => (/* binding */ scannerOf)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/configs.js
var configs = __webpack_require__(4530);
// EXTERNAL MODULE: ./lib/image/ecr.js
var ecr = __webpack_require__(5283);
// EXTERNAL MODULE: ./lib/image/layers.js
var image_layers = __webpack_require__(6415);
// EXTERNAL MODULE: ./lib/image/origins.js
var origins = __webpack_require__(4317);
// EXTERNAL MODULE: ./lib/policy/baseline.js
var policy_baseline = __webpack_require__(9911);
// EXTERNAL MODULE: ./lib/policy/decide.js
var decide = __webpack_require__(3100);
// EXTERNAL MODULE: ./lib/policy/details.js
var details = __webpack_require__(8740);
// EXTERNAL MODULE: ./lib/policy/evaluate.js
var evaluate = __webpack_require__(7127);
// EXTERNAL MODULE: ./lib/policy/exceptions.js + 2 modules
var policy_exceptions = __webpack_require__(9519);
// EXTERNAL MODULE: ./lib/policy/minimum.js
var minimum = __webpack_require__(3746);
// EXTERNAL MODULE: ./lib/scan/age.js
var scan_age = __webpack_require__(5766);
// EXTERNAL MODULE: ./lib/aws/errors.js
var aws_errors = __webpack_require__(6762);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(5577);
;// CONCATENATED MODULE: ./lib/scan/baseline.js



async function readBaseline(reference, source, scanner, deadline) {
    try {
        const [image] = await (0,resolve/* resolveImages */.Be)([reference], source);
        if (image === undefined)
            return { baseline: undefined, unused: 'it does not exist' };
        const observations = await scanner.observe(image.platforms, false);
        const scanned = image.platforms.filter((platform) => observations.get(platform)?.state.kind === 'scanned');
        if (scanned.length === 0) {
            const state = [...observations.values()][0]?.state;
            const why = state?.kind === 'scanned' || state === undefined ? 'the state of its scan is unknown' : state.reason;
            return { baseline: undefined, unused: `it is not scanned: ${why}` };
        }
        const findings = (await Promise.all(scanned.map((platform) => scanner.findings(platform)))).flat();
        const platforms = image.platforms.map(({ digest }) => digest);
        return { baseline: { uri: image.uri, reference: reference.text, platforms, findings } };
    }
    catch (error) {
        if (deadline.signal.aborted)
            throw (0,aws_errors/* interrupted */.VM)(deadline, 'reading the baseline', error);
        if (error instanceof errors/* GateError */.ue || error instanceof aws_errors/* MalformedAnswer */.ol) {
            return { baseline: undefined, unused: error.message };
        }
        throw error;
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./lib/aws/checked.js
var checked = __webpack_require__(6108);
// EXTERNAL MODULE: ./lib/aws/pages.js
var aws_pages = __webpack_require__(2909);
// EXTERNAL MODULE: ./lib/scan/configuration.js + 1 modules
var configuration = __webpack_require__(2489);
// EXTERNAL MODULE: ./lib/scan/ecr-scan.js
var ecr_scan = __webpack_require__(7265);
// EXTERNAL MODULE: ./lib/scan/state.js
var scan_state = __webpack_require__(8516);
;// CONCATENATED MODULE: ./lib/scan/basic.js










const BasicPage = dist/* object */.Ikc({
    imageScanFindings: dist/* object */.Ikc({
        findings: dist/* array */.YOg(dist/* object */.Ikc({
            name: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
            severity: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
            description: dist/* nullish */.cl6(dist/* string */.YjP()),
            uri: dist/* nullish */.cl6(dist/* string */.YjP()),
            attributes: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ key: dist/* string */.YjP(), value: dist/* nullish */.cl6(dist/* string */.YjP()) }))),
        })),
        findingSeverityCounts: dist/* nullish */.cl6(dist/* record */.g1P(dist/* string */.YjP(), dist/* number */.aig())),
    }),
});
function basicScanner(clients, deadline) {
    const confirmed = new Map();
    const ask = async (image, nextToken) => {
        const answer = await (0,ecr_scan/* describeScan */.pM)(clients, deadline, image, { maxResults: ecr_scan/* ECR_PAGE */.rt, nextToken });
        const enhanced = answer?.imageScanFindings?.enhancedFindings;
        if (Array.isArray(enhanced) && enhanced.length > 0)
            throw enhancedRegistry(image);
        return answer;
    };
    const confirmBasic = (image) => {
        const { account, region } = image.registry;
        const key = `${account} ${region}`;
        const known = confirmed.get(key) ?? registryIsBasic(clients, deadline, image);
        confirmed.set(key, known);
        return known;
    };
    const observe = async (images) => {
        const observations = await Promise.all(images.map(async (image) => {
            const confirming = confirmBasic(image);
            const asking = (0,aws_errors/* attempt */.CD)(() => ask(image));
            await (0,errors/* allOrFailures */.OP)([
                ['Scan type', confirming],
                ['Scan', asking],
            ]);
            const answer = await asking;
            if (answer instanceof aws_errors/* MalformedAnswer */.ol) {
                const state = { kind: 'waiting', reason: answer.message };
                return [image, { state, isMissing: false, countedByEcr: undefined }];
            }
            const state = (0,scan_state/* classifyBasic */.h1)({
                ecrStatus: answer?.imageScanStatus?.status ?? undefined,
                completedAt: answer?.imageScanFindings?.imageScanCompletedAt ?? undefined,
                imageStatus: image.status,
                pushedAt: image.pushedAt,
                now: (0,ecr_scan/* serviceTime */.DR)(clients, image),
            });
            const countedByEcr = (0,ecr_scan/* countsOfWhole */.zy)(answer, 'findings');
            return [image, { state, isMissing: answer === undefined, countedByEcr }];
        }));
        return new Map(observations);
    };
    return {
        observe,
        imagesPerPoll: 1,
        poll: observe,
        findings: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (token) => {
                const answer = await ask(image, token);
                const complete = answer?.imageScanStatus?.status === 'COMPLETE';
                if (!complete || (0,ecr_scan/* countsOfPage */.L_)(answer, 'findings') === undefined) {
                    throw new aws_errors/* MalformedAnswer */.ol('ecr:DescribeImageScanFindings returned no list of findings');
                }
                const { imageScanFindings } = (0,checked/* checked */.K)(BasicPage, answer, 'ecr:DescribeImageScanFindings');
                const { findings, findingSeverityCounts: counts } = imageScanFindings;
                return {
                    items: [{ findings, counts: counts ?? undefined }],
                    nextToken: answer.nextToken ?? undefined,
                };
            });
            const listed = pages.map(({ findings, counts }) => ({
                severities: findings.map(({ severity }) => severity),
                counts,
            }));
            if (!isWholeList(listed)) {
                throw new aws_errors/* MalformedAnswer */.ol('ecr:DescribeImageScanFindings returned fewer findings than it counts');
            }
            return pages.flatMap(({ findings }) => findings.map((finding) => normaliseBasic(finding, image)));
        },
        countedByEcr: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (token) => {
                const answer = await ask(image, token);
                return { items: [(0,ecr_scan/* countsOfPage */.L_)(answer, 'findings')], nextToken: answer?.nextToken ?? undefined };
            });
            return (0,ecr_scan/* sumOfPages */.p7)(pages);
        },
        explainMissingScan: async (image) => ({ error: await (0,configuration/* neverScanned */.p)(clients, deadline, image, 'basic') }),
        serviceTime: (image) => (0,ecr_scan/* serviceTime */.DR)(clients, image),
    };
}
async function registryIsBasic(clients, deadline, image) {
    const { account } = image.registry;
    try {
        const client = clients.ecr(image.registry);
        const answer = await client.send(new dist_cjs/* GetRegistryScanningConfigurationCommand */.Mhg({}), {
            abortSignal: deadline.signal,
        });
        if (answer.registryId !== account)
            throw otherRegistry(account, answer.registryId);
        if (answer.scanningConfiguration?.scanType !== 'BASIC')
            throw enhancedRegistry(image);
    }
    catch (error) {
        throw (0,aws_errors/* translate */.Tl)(error, { action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }, deadline);
    }
}
function otherRegistry(account, answered) {
    return new errors/* GateError */.ue('configuration', `scan-type is basic, but the scan type of the registry of account ${account} cannot be read. ECR reports only the scan type of the caller's own registry, and its response is for ${answered === undefined ? 'no account' : `account ${answered}`}.`, { nextStep: `Run this step with a role of account ${account}, or set scan-type: enhanced.` });
}
function enhancedRegistry({ registry }) {
    return new errors/* GateError */.ue('configuration', `scan-type is basic, but the registry of account ${registry.account}, region ${registry.region} does not use basic scanning.`, { nextStep: 'Set scan-type: enhanced, or remove the input.' });
}
function isWholeList(pages) {
    if (pages.every(({ severities, counts }) => holds(severities, counts)))
        return true;
    const [first, ...others] = pages.map(({ counts }) => counts);
    const all = pages.flatMap(({ severities }) => severities);
    return (others.every((counts) => (0,external_node_util_.isDeepStrictEqual)(counts, first)) &&
        all.length === sum(first) &&
        holds(all, first));
}
function holds(severities, counts = {}) {
    return Object.entries(counts).every(([severity, count]) => severities.filter((listed) => listed === severity).length >= count);
}
function sum(counts = {}) {
    return Object.values(counts).reduce((total, count) => total + count, 0);
}
function scoreOf(text) {
    const score = /^\d{1,2}(?:\.\d+)?$/.test(text ?? '') ? Number(text) : Number.NaN;
    return score <= 10 ? score : undefined;
}
function normaliseBasic(wire, image) {
    const attributes = new Map((wire.attributes ?? []).map(({ key, value }) => [key, value ?? undefined]));
    const name = attributes.get('package_name');
    const version = attributes.get('package_version');
    const score = scoreOf(attributes.get('CVSS3_SCORE') ?? attributes.get('CVSS2_SCORE'));
    return {
        id: [wire.name, name ?? '', version ?? '', image.digest].join('|'),
        type: 'PACKAGE_VULNERABILITY',
        vulnerabilityId: wire.name,
        relatedIds: [],
        title: wire.name,
        description: wire.description ?? '',
        severity: wire.severity === 'UNDEFINED' ? 'UNTRIAGED' : wire.severity.toUpperCase(),
        status: 'ACTIVE',
        score,
        cvss: [],
        epss: undefined,
        fixAvailable: undefined,
        exploitAvailable: undefined,
        knownExploited: undefined,
        packages: name === undefined
            ? []
            : [
                {
                    name,
                    version: version ?? '',
                    manager: 'OS',
                    fixedIn: undefined,
                    epoch: undefined,
                    release: undefined,
                    arch: undefined,
                    filePath: undefined,
                    remediation: undefined,
                    layer: undefined,
                    instruction: undefined,
                    origin: undefined,
                    statedOrigin: undefined,
                    reachability: undefined,
                },
            ],
        source: undefined,
        sourceUrl: wire.uri ?? undefined,
        vendorSeverity: undefined,
        firstObservedAt: undefined,
        digest: image.digest,
        platform: image.platform,
        operatingSystem: undefined,
    };
}

// EXTERNAL MODULE: ./lib/scan/details.js
var scan_details = __webpack_require__(7191);
// EXTERNAL MODULE: ./lib/scan/inspector.js + 2 modules
var inspector = __webpack_require__(3332);
// EXTERNAL MODULE: ./lib/scan/settle.js
var settle = __webpack_require__(4630);
// EXTERNAL MODULE: ./lib/image/platform.js
var platform = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
;// CONCATENATED MODULE: ./lib/scan/wait.js





const HEARTBEAT_MS = 30_000;
const FIRST_PAUSE_MS = 4_000;
function pollInterval(elapsedMs, rounds, random) {
    const base = rounds === 0 ? FIRST_PAUSE_MS : Math.min(15_000, 1_000 + Math.max(0, elapsedMs - 120_000) / 20);
    return base * (1 - 0.1 * random);
}
function watchScans(images, scanner, options, first) {
    const waiting = new Map();
    const promises = new Map();
    for (const image of images) {
        const resolvers = Promise.withResolvers();
        resolvers.promise.catch(() => { });
        waiting.set(image, resolvers);
        promises.set(image, resolvers.promise);
    }
    const rejectAll = (error) => {
        for (const { reject } of waiting.values())
            reject(error);
        waiting.clear();
    };
    new ScanWait(waiting, scanner, options).run(first).catch(rejectAll);
    return promises;
}
class ScanWait {
    waiting;
    scanner;
    options;
    total;
    reasons = new Map();
    possibleReasons = new Map();
    neverScanned = new Map();
    logged = { progress: '', at: Number.NEGATIVE_INFINITY };
    constructor(waiting, scanner, options) {
        this.waiting = waiting;
        this.scanner = scanner;
        this.options = options;
        this.total = waiting.size;
    }
    async run(first) {
        const { deadline, random } = this.options;
        try {
            const images = [...this.waiting.keys()];
            const observeFirst = (some) => this.scanner.observe(some, true);
            await this.take(images, first ?? (await this.observe(images, observeFirst)));
            for (let rounds = 0; this.waiting.size > 0 && !deadline.signal.aborted; rounds += 1) {
                this.logProgress();
                await deadline.sleep(pollInterval(deadline.elapsedMs(), rounds, random()));
                await this.round();
            }
        }
        catch (error) {
            if (!deadline.signal.aborted)
                throw error;
        }
        for (const [image, { reject }] of this.waiting)
            reject(this.notScannedInTime(image));
        this.waiting.clear();
    }
    async round() {
        for (let width = this.scanner.imagesPerPoll; this.waiting.size > 0 && !this.options.deadline.signal.aborted; width *= 2) {
            const images = [...this.waiting.keys()].slice(0, width);
            const observations = await this.observe(images, (some) => this.scanner.poll(some));
            if (!(await this.take(images, observations)))
                return;
        }
    }
    async observe(images, ask) {
        const observedAtMs = this.options.deadline.elapsedMs();
        try {
            const found = await ask(images);
            return new Map([...found].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
        }
        catch (error) {
            if (!this.options.each || this.options.deadline.signal.aborted || (0,errors/* endsRun */.sl)(error))
                throw error;
            const [image, ...others] = images;
            if (image !== undefined && others.length === 0) {
                this.reject(image, error);
                return new Map();
            }
            const found = new Map();
            for (const one of images) {
                for (const [key, observation] of await this.observe([one], ask))
                    found.set(key, observation);
            }
            return found;
        }
    }
    reject(image, error) {
        this.waiting.get(image)?.reject(error);
        this.waiting.delete(image);
    }
    async take(images, observations) {
        let allScanned = true;
        for (const image of images) {
            const observation = observations.get(image);
            const promise = this.waiting.get(image);
            if (observation === undefined || promise === undefined)
                continue;
            const { state } = observation;
            this.waiting.delete(image);
            if (state.kind === 'scanned') {
                promise.resolve({ ...observation, state });
                continue;
            }
            allScanned = false;
            this.reasons.set(image, state.reason);
            if (state.kind === 'unscannable') {
                promise.reject(unscannable(image, state));
                if (this.options.each)
                    continue;
                throw new errors/* GateError */.ue('not-proven', `Stopped waiting for the scan, because ${(0,resolve/* imageName */.tO)(image)} cannot be scanned.`);
            }
            this.waiting.set(image, promise);
        }
        for (const image of images) {
            if (this.waiting.has(image) && observations.get(image)?.isMissing)
                await this.explain(image);
        }
        return allScanned;
    }
    async explain(image) {
        const repository = `${image.registry.host}/${image.repository}`;
        const known = this.neverScanned.get(repository);
        if (known !== undefined)
            this.reject(image, known);
        if (this.possibleReasons.has(repository))
            return;
        this.possibleReasons.set(repository, undefined);
        const { error, possibleReason } = await this.scanner.explainMissingScan(image);
        if (error !== undefined) {
            if (!this.options.each)
                throw error;
            this.neverScanned.set(repository, error);
            this.reject(image, error);
            return;
        }
        this.possibleReasons.set(repository, possibleReason);
        if (possibleReason !== undefined)
            this.options.log(`No scan is visible yet. ${possibleReason}`);
    }
    logProgress() {
        const { clock, deadline, log } = this.options;
        const progress = this.progress();
        if (progress === this.logged.progress && clock.now() - this.logged.at < HEARTBEAT_MS)
            return;
        this.logged = { progress, at: clock.now() };
        log(`Waiting for the scan: ${progress} (${(0,time/* formatDuration */.a3)(deadline.elapsedMs())} so far, at most ${(0,time/* formatDuration */.a3)(deadline.totalMs)})`);
    }
    progress() {
        const byReason = Map.groupBy(this.waiting.keys(), (image) => this.reasons.get(image) ?? 'not observed yet');
        const parts = [...byReason]
            .map(([reason, [image, ...others]]) => image !== undefined && others.length === 0
            ? `${(0,resolve/* imageName */.tO)(image)}: ${reason}`
            : `${others.length + 1} images: ${reason}`)
            .sort();
        return [`${this.total - this.waiting.size} of ${this.total} scanned`, ...parts].join('; ');
    }
    notScannedInTime(image) {
        const { deadline } = this.options;
        if (!deadline.expired)
            return (0,aws_errors/* interrupted */.VM)(deadline, 'waiting for the scan');
        const reason = this.reasons.get(image) ?? 'AWS did not report the state of its scan';
        const possible = this.possibleReasons.get(`${image.registry.host}/${image.repository}`);
        return new errors/* GateError */.ue('timeout', `${(0,resolve/* imageName */.tO)(image)} was not scanned within ${(0,time/* formatDuration */.a3)(deadline.totalMs)}: ${reason}.${possible === undefined ? '' : ` ${possible}`}`, {
            nextStep: 'Raise the input timeout, or look in the Amazon Inspector console for the reason why the scan does not finish.',
        });
    }
}
function unscannable(image, { reason, nextStep }) {
    return new errors/* GateError */.ue('unscannable', `${(0,resolve/* imageName */.tO)(image)} is not scanned: ${reason}.`, {
        nextStep: image.platform === platform/* NO_PLATFORM */.od ? nextStep : `${nextStep} ${resolve/* DEPLOYED_PLATFORM */.X4}`,
    });
}

// EXTERNAL MODULE: ./lib/modes/images.js + 1 modules
var modes_images = __webpack_require__(5309);
;// CONCATENATED MODULE: ./lib/modes/judge.js




















function scannerOf({ scanType }, clients, deadline) {
    return scanType === 'basic' ? basicScanner(clients, deadline) : (0,inspector/* inspectorScanner */.O)(clients, deadline);
}
async function judge(images, given) {
    const { inputs, settings, clients, context, scanner } = given;
    const { clock, deadline, log, random } = context;
    const isAllowed = (repository) => settings.baseImages.includes(repository);
    const baseImages = (0,origins/* once */.Oo)(async () => inputs.baseImages.length === 0
        ? undefined
        : (0,origins/* readBaseImages */.kc)(inputs.baseImages, layerSource(clients, context), isAllowed));
    const exceptions = given.exceptions.filter(({ origin }) => settings.excepting[origin]);
    const judging = { ...given, exceptions, baseImages };
    const { settleTimeMs, policy } = settings;
    const canBlock = (severity) => (0,decide/* canBlock */.Ch)(severity, policy);
    const baseline = compareWith(scanner, judging);
    baseline.catch(() => { });
    const platforms = images.flatMap((image) => image.platforms);
    const scans = watchScans(platforms, scanner, { clock, deadline, log, random, each: given.each }, given.observations);
    return Promise.all(images.map(async (image) => {
        const observations = new Map();
        try {
            const findings = await Promise.all(image.platforms.map(async (platform) => {
                const observation = await scans.get(platform);
                if (observation === undefined)
                    throw new errors/* GateError */.ue('not-proven', `The scan of ${platform.digest} was not observed.`);
                observations.set(platform.digest, observation);
                return (0,settle/* settledFindings */.Et)(platform, observation, scanner, {
                    settleTimeMs,
                    canBlock,
                    clock,
                    deadline,
                    log,
                });
            }));
            const { verdict, ...rest } = await judge_decide(image, findings.flat(), scanner, await baseline, judging);
            const report = { ...(0,modes_images/* reported */.Y6)(image, observations, { kind: 'judged', verdict }), ...rest };
            warnOfAge(report, clients.serviceTime(image.registry), judging);
            return report;
        }
        catch (error) {
            return (0,modes_images/* reported */.Y6)(image, observations, { kind: 'error', error: (0,errors/* toGateError */.Vl)(error) });
        }
    }));
}
function warnOfAge({ repository, digest, platforms }, now, { known, context }) {
    const at = now && (0,scan_age/* staleScan */.h3)(platforms, now);
    if (now === undefined || at === undefined)
        return;
    const age = (0,time/* formatAge */.nV)(now.getTime() - at.getTime());
    const notice = `${repository}@${digest} was last scanned ${age} ago and is not scanned continuously: vulnerabilities published since ${(0,time/* day */.vd)(at)} are not among its findings. Turn on continuous scanning for its repository, or scan the image again.`;
    known.notices.push(notice);
    context.warn(notice);
}
async function judge_decide(image, findings, scanner, baseline, judging) {
    const { settings, exceptions, known } = judging;
    const { policy } = settings;
    const [first] = image.platforms;
    if (first === undefined)
        throw new Error('an image without platforms was resolved');
    const now = scanner.serviceTime(first);
    known.judgedAt ??= now;
    const evaluation = {
        image: {
            host: image.registry.host,
            repository: image.repository,
            digests: [image.digest],
            platformDigests: image.platforms.map(({ digest }) => digest),
        },
        exceptions,
        baseline: baselineOf(image, baseline, judging),
        now,
    };
    const unplaced = { findings, baseImages: [] };
    const asked = policy.rules.some(({ when }) => when.layer !== undefined) || asksForConfig(image, judging);
    const placed = asked ? await withLayers(image, findings, judging) : unplaced;
    const detailed = await withKnownExploits(image, placed.findings, evaluation, judging);
    const verdict = (0,evaluate/* evaluate */._)(detailed, policy, evaluation);
    const weakened = (0,minimum/* weakenedBy */._F)(judging.weakening, detailed, verdict, policy, evaluation);
    if (verdict.verdict !== 'pass')
        judging.bases.set(image, { findings: detailed, evaluation });
    if (asked || verdict.verdict === 'pass')
        return { verdict, baseImages: placed.baseImages, weakened };
    const explained = await withLayers(image, detailed, judging);
    judging.bases.set(image, { findings: explained.findings, evaluation });
    return {
        verdict: (0,evaluate/* evaluate */._)(explained.findings, policy, evaluation),
        baseImages: explained.baseImages,
        weakened,
    };
}
function asksForConfig({ isIndex }, { settings: { policy }, exceptions }) {
    const rulesAsk = policy.rules.some(({ when }) => when.platform !== undefined);
    return isIndex && (rulesAsk || (0,policy_exceptions/* dependOnPlatform */.$)(exceptions));
}
async function withKnownExploits(image, findings, evaluation, { settings: { policy }, clients, context: { deadline, warn }, known }) {
    const asked = (0,details/* findingsNeedingDetails */.R)(findings, policy, evaluation);
    if (asked.length === 0)
        return findings;
    const { findings: detailed, unknown } = await (0,scan_details/* withDetails */.F)(asked, image.registry, clients, deadline);
    if (unknown !== undefined) {
        const notice = `KEV and EPSS data is unavailable for ${unknown.count} of ${asked.length} findings of ${image.repository}. They are treated as the stricter case. Reason: ${unknown.why}`;
        known.notices.push(notice);
        warn(notice);
        const { nextStep } = unknown;
        if (nextStep !== undefined && !known.nextSteps.includes(nextStep))
            known.nextSteps.push(nextStep);
    }
    const answered = new Map(asked.map((finding, index) => [finding, detailed[index] ?? finding]));
    return findings.map((finding) => answered.get(finding) ?? finding);
}
async function withLayers(image, findings, judging) {
    const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
    if (!isPlaced && !asksForConfig(image, judging))
        return { findings, baseImages: [] };
    const { clients, context, baseImages, known } = judging;
    const source = layerSource(clients, context);
    const reading = (async () => (0,origins/* readLayers */.n4)(image, await baseImages(), source))();
    const { layers, notices } = await (0,origins/* readInTime */.LW)(reading, context.deadline);
    for (const notice of notices)
        if (!known.notices.includes(notice))
            known.notices.push(notice);
    return { findings: (0,image_layers/* attributeLayers */.LH)(findings, layers), baseImages: (0,image_layers/* baseImagesOf */.re)(layers.values()) };
}
function layerSource(clients, { deadline, environment }) {
    return { images: (0,ecr/* ecrImages */.D)(clients, deadline), configs: (0,configs/* ecrConfigs */.KI)(clients, deadline, environment) };
}
async function compareWith(scanner, { inputs, settings, clients, context: { deadline, warn }, known }) {
    const reference = inputs.baseline;
    if (reference === undefined)
        return undefined;
    const { baseline, unused } = settings.baseline
        ? await readBaseline(reference, (0,ecr/* ecrImages */.D)(clients, deadline), scanner, deadline)
        : { baseline: undefined, unused: 'the policy does not allow a baseline' };
    known.baseline = { reference: reference.text, uri: baseline?.uri, unused };
    if (unused !== undefined)
        warn(`The baseline was not used; no finding was downgraded: ${reference.text}: ${unused}`);
    return baseline;
}
function baselineOf(image, baseline, { known, imageCount, context: { warn } }) {
    if (baseline === undefined)
        return undefined;
    const platforms = image.platforms.map(({ digest }) => digest);
    if (!(0,policy_baseline/* isSameImage */.m_)(baseline.platforms, platforms))
        return baseline;
    const { reference } = baseline;
    const unused = 'it is the same image, so it does not show which findings are new';
    warn(`The baseline was not used; no finding was downgraded: ${reference}: ${unused}`);
    if (imageCount === 1)
        known.baseline = { reference, uri: undefined, unused };
    else
        known.notices.push(`The baseline ${reference} was not used for ${image.uri}: ${unused}`);
    return undefined;
}


/***/ }),

/***/ 9939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ preflight)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

async function preflight(checks, deadline) {
    await (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .allOrFailures */ .OP)(checks.map(([name, check]) => [name, check()]), (ms) => deadline.sleep(ms));
}


/***/ }),

/***/ 3059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XE: () => (/* binding */ checkCosignFiles),
  iA: () => (/* binding */ prepare),
  ZF: () => (/* binding */ signAll),
  nd: () => (/* binding */ signEach),
  KK: () => (/* binding */ signingPorts),
  QR: () => (/* binding */ targetsOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/aws/errors.js
var aws_errors = __webpack_require__(6762);
;// CONCATENATED MODULE: ./lib/aws/authorization.js



async function registryCredentials(clients, deadline, registry) {
    try {
        const client = clients.ecr(registry);
        const answer = await client.send(new dist_cjs/* GetAuthorizationTokenCommand */.Eu6({}), { abortSignal: deadline.signal });
        const token = answer.authorizationData?.[0]?.authorizationToken ?? '';
        const [user, password] = Buffer.from(token, 'base64').toString('utf8').split(':', 2);
        if (!user || !password)
            throw noToken();
        return { user, password };
    }
    catch (error) {
        throw (0,aws_errors/* translate */.Tl)(error, { action: 'ecr:GetAuthorizationToken', resource: '*' }, deadline);
    }
}
function noToken() {
    return new errors/* GateError */.ue('aws', 'ecr:GetAuthorizationToken returned no token.', {
        nextStep: 'Run the step again. If it fails again, check whether a proxy modifies AWS responses.',
    });
}

// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(3934);
// EXTERNAL MODULE: ./lib/files.js
var lib_files = __webpack_require__(5428);
// EXTERNAL MODULE: ./lib/image/resolve.js
var resolve = __webpack_require__(5577);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(5897);
// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(1191);
// EXTERNAL MODULE: ./lib/scan/age.js
var age = __webpack_require__(5766);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/signing/statements/predicate.js
var statements_predicate = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statements_statement = __webpack_require__(9283);
// EXTERNAL MODULE: ./lib/signing/statements/summaries.js
var summaries = __webpack_require__(1190);
;// CONCATENATED MODULE: ./lib/signing/claims.js




function summaryPolicy(input) {
    const { policy } = (0,statements_predicate/* verificationSummary */.Ob)(input).predicate;
    return policy.digest.sha256;
}
function summaryClaim(input, digest) {
    const predicate = (0,statements_predicate/* verificationSummary */.Ob)(input);
    return {
        predicate,
        madeAt: input.verifiedAt,
        find: (statements) => {
            const decision = (0,summaries/* decideSummaries */.h)(statements, {
                digest,
                resourceUri: input.resourceUri,
                policies: [summaryPolicy(input)],
                maxAgeMs: undefined,
                now: input.verifiedAt,
            });
            if (decision.accepted)
                return { since: decision.at };
            const { why, revokedBy } = decision;
            return { since: undefined, why, isRevoked: revokedBy !== undefined };
        },
    };
}
function vulnerabilitiesClaim(input, digest, madeAt) {
    const predicate = (0,statements_predicate/* vulnerabilityReport */.Z$)(input);
    return {
        predicate,
        madeAt,
        find: (statements) => {
            const reports = statements.filter((statement) => statement.predicateType === statements_predicate/* VULNERABILITIES_TYPE */.e9 && (0,statements_statement/* isAbout */.KH)(statement, digest));
            const isSame = ({ predicate: other }) => (0,external_node_util_.isDeepStrictEqual)(other, predicate.predicate);
            if (reports.some(isSame))
                return { since: madeAt };
            return reports.length > 0
                ? { since: new Date(0) }
                : { since: undefined, why: 'this signer has attached no report of its findings' };
        },
    };
}

// EXTERNAL MODULE: ./lib/aws/download.js
var download = __webpack_require__(5225);
// EXTERNAL MODULE: ./lib/image/configs.js
var configs = __webpack_require__(4530);
// EXTERNAL MODULE: ./lib/image/manifest.js
var manifest = __webpack_require__(4252);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/signing/retry.js
var retry = __webpack_require__(5677);
;// CONCATENATED MODULE: ./lib/signing/evidence/ecr.js








const REFERRERS_PER_PAGE = 50;
const DOWNLOAD_ATTEMPTS = 4;
function ecrEvidence(clients, deadline, environment) {
    const plainHost = (0,configs/* plainEndpoint */.AU)(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
    const request = async (action, { registry, repository }, send) => {
        try {
            return await send();
        }
        catch (error) {
            const resource = (0,reference/* repositoryArn */.qM)(registry, repository);
            if ((0,aws_errors/* isNamed */.ev)(error, 'RepositoryNotFoundException')) {
                throw new errors/* GateError */.ue('not-found', `ECR has no repository ${resource}.`, {
                    nextStep: 'Check the account, the region and the name of the repository.',
                    cause: error,
                });
            }
            throw (0,aws_errors/* translate */.Tl)(error, { action, resource }, deadline);
        }
    };
    const downloadUrl = (subject, layerDigest) => request('ecr:GetDownloadUrlForLayer', subject, () => clients.ecr(subject.registry).send(new dist_cjs/* GetDownloadUrlForLayerCommand */.pKL({
        registryId: subject.registry.account,
        repositoryName: subject.repository,
        layerDigest,
    }), { abortSignal: deadline.signal }));
    return {
        referrers: (subject, nextToken) => request('ecr:ListImageReferrers', subject, () => clients.ecr(subject.registry).send(new dist_cjs/* ListImageReferrersCommand */.hxf({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            subjectId: { imageDigest: subject.digest },
            filter: { artifactStatus: 'ANY' },
            maxResults: REFERRERS_PER_PAGE,
            nextToken,
        }), { abortSignal: deadline.signal })),
        manifests: (subject, ids) => request('ecr:BatchGetImage', subject, () => clients.ecr(subject.registry).send(new dist_cjs/* BatchGetImageCommand */.P8n({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            imageIds: [...ids],
            acceptedMediaTypes: [...manifest/* MANIFEST_MEDIA_TYPES */.$T],
        }), { abortSignal: deadline.signal })),
        blob: async (subject, digest, maxBytes) => {
            const result = await (0,retry/* retry */.L)(async () => {
                const { downloadUrl: url } = await downloadUrl(subject, digest);
                try {
                    if (!url)
                        throw new download/* DownloadFailed */.Q('ECR returned no URL', true);
                    const bytes = await (0,download/* download */.R)(url, { maxBytes, signal: deadline.signal, plainHost });
                    return { value: bytes, again: false };
                }
                catch (error) {
                    if (deadline.signal.aborted)
                        throw (0,aws_errors/* interrupted */.VM)(deadline, `the download of ${digest}`, error);
                    if (!(error instanceof download/* DownloadFailed */.Q))
                        throw error;
                    return { value: error, again: error.transient };
                }
            }, { deadline, attempts: DOWNLOAD_ATTEMPTS });
            if (result instanceof download/* DownloadFailed */.Q)
                throw result;
            return result;
        },
    };
}

// EXTERNAL MODULE: ./lib/signing/notation/key.js
var notation_key = __webpack_require__(6481);
// EXTERNAL MODULE: ./lib/signing/cosign/session.js
var cosign_session = __webpack_require__(6971);
// EXTERNAL MODULE: ./lib/signing/notation/arguments.js
var notation_arguments = __webpack_require__(9926);
// EXTERNAL MODULE: ./lib/signing/notation/environment.js
var environment = __webpack_require__(3815);
// EXTERNAL MODULE: ./lib/signing/notation/session.js + 1 modules
var notation_session = __webpack_require__(9842);
// EXTERNAL MODULE: ./lib/signing/notation/trust-policy.js
var trust_policy = __webpack_require__(4739);
;// CONCATENATED MODULE: ./lib/signing/notation/sign.js











const SIGN_ATTEMPTS = 4;
const VERIFY_ATTEMPTS = 4;
async function prepareNotationSigner(key, trust, annotations, workspace, ports) {
    const own = key.kind === 'profile' ? onlyProfile(trust, key.arn) : withoutProfiles(trust, key.name);
    const session = await (0,notation_session/* openNotation */.hz)(own, ports);
    try {
        if (key.kind === 'named')
            await writeKey(session, key.name, workspace);
        return {
            version: session.version,
            sign: (target, policySha256) => {
                const metadata = { ...annotations, ...(0,notation_arguments/* verdictMetadata */.dr)(target, policySha256) };
                return signOnce(session, key, target, metadata);
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
function onlyProfile(trust, arn) {
    const profiles = trust.profiles.filter((profile) => profile.arn === arn);
    if (profiles.length === 0)
        throw notTrusted(arn);
    const document = JSON.parse(trust.json);
    const trustPolicies = document.trustPolicies
        .filter(({ trustedIdentities }) => trustedIdentities.includes(arn))
        .map((statement) => ({ ...statement, trustedIdentities: [arn] }));
    return { ...trust, ...(0,trust_policy/* parseTrustPolicy */.GS)(JSON.stringify({ ...document, trustPolicies })) };
}
function withoutProfiles(trust, name) {
    if (trust.profiles.length > 0)
        throw notTrusted(`notation:${name}`);
    return trust;
}
function notTrusted(key) {
    return new errors/* GateError */.ue('input', `Input notation-trust-policy: it does not trust the signing key ${key}.`, {
        nextStep: 'Use the trust policy by which the signatures are verified before a deployment.',
    });
}
async function writeKey(session, name, workspace) {
    const directory = (0,environment/* configurationDirectory */.Mj)(session.ports.environment);
    const path = directory === undefined ? undefined : (0,external_node_path_.join)(directory, 'signingkeys.json');
    const refuse = (why, cause) => new errors/* GateError */.ue('signing', `The signing key notation:${name} cannot be used: ${why}.`, {
        nextStep: `Add the key with notation key add or notation cert generate-test before this step, or use the ARN of a signing profile of AWS Signer.`,
        cause,
    });
    if (path === undefined)
        throw refuse('the configuration directory of notation is unknown');
    let entry;
    try {
        const real = await (0,lib_files/* regularFile */.VI)('signing-key', (0,external_node_path_.resolve)(path), workspace, MOST_BYTES);
        if (real === undefined)
            throw new Error('it does not exist');
        entry = keyFiles((await (0,lib_files/* readRegularFile */.XF)(real, MOST_BYTES)).toString('utf8'), name);
    }
    catch (error) {
        throw refuse(`${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, error);
    }
    if (entry === undefined)
        throw refuse(`${path} has no key of this name with the files keyPath and certPath`);
    const { keyPath, certPath } = entry;
    for (const file of [keyPath, certPath]) {
        if (!(0,external_node_path_.isAbsolute)(file))
            throw refuse(`${path} names a relative path`);
        if ((await (0,lib_files/* regularFile */.VI)('signing-key', file, workspace, MOST_BYTES)) === undefined) {
            throw refuse(`${file} does not exist`);
        }
    }
    const keys = { default: notation_arguments/* KEY_NAME */.GX, keys: [{ name: notation_arguments/* KEY_NAME */.GX, keyPath, certPath }] };
    await (0,promises_.writeFile)((0,external_node_path_.join)(session.config, 'signingkeys.json'), JSON.stringify(keys), { mode: 0o600 });
}
const MOST_BYTES = 1024 * 1024;
function keyFiles(text, name) {
    const { keys } = JSON.parse(text);
    const entries = Array.isArray(keys) ? keys : [];
    const entry = entries.find((one) => one?.name === name);
    const { keyPath, certPath } = (entry ?? {});
    return typeof keyPath === 'string' && typeof certPath === 'string' ? { keyPath, certPath } : undefined;
}
async function signOnce(session, key, target, metadata) {
    const { deadline, log } = session.ports;
    const image = (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
    const report = { digest: target.digest, format: 'notation', platform: target.platform };
    if ((await (0,notation_session/* verifySignature */.Od)(session, target, metadata)).ok)
        return { ...report, state: 'already-signed' };
    const args = (0,notation_arguments/* signArguments */.gh)(image, metadata, key.kind === 'profile' ? key : undefined);
    const failure = await (0,retry/* retry */.L)(async () => {
        const result = await session.call(args, target.registry);
        if (result.exitCode === 0)
            return { value: undefined, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, `signing ${image}`);
        const value = (0,notation_session/* failureOf */.g5)(result);
        if (value.transient)
            log(`Notation failed, and may be tried again: ${value.message}`);
        return { value, again: value.transient };
    }, { deadline, attempts: SIGN_ATTEMPTS });
    if (failure !== undefined) {
        throw new errors/* GateError */.ue('signing', `notation did not sign ${image}: ${failure.message}`, {
            nextStep: failure.nextStep,
        });
    }
    const after = await (0,retry/* retry */.L)(async () => {
        const value = await (0,notation_session/* verifySignature */.Od)(session, target, metadata);
        return { value, again: !value.ok };
    }, { deadline, attempts: VERIFY_ATTEMPTS });
    if (after.ok)
        return { ...report, state: 'signed' };
    throw new errors/* GateError */.ue('signing', `The new signature of ${image} could not be verified: ${after.message}`, {
        nextStep: after.nextStep ??
            'Do not deploy this image. Check that notation-trust-policy and notation-trust-store trust the signing key.',
    });
}

// EXTERNAL MODULE: ./lib/signing/notation/trust.js
var notation_trust = __webpack_require__(7800);
// EXTERNAL MODULE: ./lib/signing/cosign/arguments.js
var cosign_arguments = __webpack_require__(4155);
// EXTERNAL MODULE: ./lib/signing/cosign/by-hand.js
var by_hand = __webpack_require__(1858);
// EXTERNAL MODULE: ./lib/signing/cosign/check.js
var check = __webpack_require__(5551);
// EXTERNAL MODULE: ./lib/signing/cosign/output.js
var output = __webpack_require__(7630);
;// CONCATENATED MODULE: ./lib/signing/cosign/create.js





const ATTEMPTS_WITH_KEY = 4;
const KEYLESS_MS = 10 * 60_000;
async function create(session, args, registry, doing) {
    const { deadline } = session.ports;
    const isKeyless = session.key === 'keyless';
    const startedMs = deadline.elapsedMs();
    const attempts = isKeyless ? Number.POSITIVE_INFINITY : ATTEMPTS_WITH_KEY;
    let made = 0;
    return (0,retry/* retry */.L)(async () => {
        made += 1;
        const result = await (0,cosign_session/* call */.T1)(session, args(), registry);
        if (result.exitCode === 0)
            return { value: undefined, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, doing);
        const failure = (0,cosign_session/* failureOf */.g5)(result);
        const again = isKeyless
            ? (failure.transient || result.timedOut) && deadline.elapsedMs() - startedMs < KEYLESS_MS
            : failure.transient;
        if (again && made < attempts)
            session.ports.log(`Trying again: ${failure.message}`);
        return { value: failure, again };
    }, { deadline, attempts });
}
async function attachedBundle(session, { image, type, registry }, verified, isWanted) {
    const { ports } = session;
    const args = (0,cosign_arguments/* downloadArguments */.xh)(image, type, (0,cosign_session/* callTime */.Q5)(ports.deadline));
    const result = await (0,cosign_session/* call */.T1)(session, args, registry, { mostOutput: check/* MOST_ATTESTATIONS_BYTES */.M1 });
    const bundle = (0,output/* verifiedBundle */.FO)(result.stdout, verified, isWanted);
    if (bundle === undefined)
        ports.log(`The bundle (${type}) of ${image} could not be downloaded.`);
    return bundle;
}

// EXTERNAL MODULE: ./lib/signing/cosign/failures.js
var failures = __webpack_require__(5888);
;// CONCATENATED MODULE: ./lib/signing/attest.js













const ATTEST_ATTEMPTS = 3;
const attest_VERIFY_ATTEMPTS = 4;
async function attestOnce(task) {
    const { session, target, format, claim } = task;
    const { deadline } = session.ports;
    const { type, predicate } = claim.predicate;
    const predicateFile = (0,external_node_path_.join)(session.home, 'predicate.json');
    await (0,promises_.writeFile)(predicateFile, JSON.stringify(predicate), { mode: 0o600 });
    const command = summaryCommandOf(task);
    const report = { digest: target.digest, platform: target.platform, format, type, command };
    const result = await (0,retry/* retry */.L)(async () => {
        const failure = await attach(task, predicateFile);
        if (failure !== undefined)
            return { value: await afterFailure(task, failure), again: false };
        const found = await lookForClaim(task);
        const value = found.isCurrent
            ? { state: 'attested', output: found.output }
            : { state: 'missing', why: found.why };
        return { value, again: !found.isCurrent && !found.isRevoked };
    }, { deadline, attempts: ATTEST_ATTEMPTS });
    if (result.state === 'kept')
        return { ...report, state: 'kept', bundle: undefined };
    if (result.state === 'attested') {
        const bundle = format === 'bundle' ? await claimBundle(task, result.output) : undefined;
        return { ...report, state: 'attested', bundle };
    }
    throw new errors/* GateError */.ue('signing', `The new attestation of ${imageOf(task)} could not be verified: ${result.why}`, {
        nextStep: 'Check that the registry supports OCI referrers, and that the verdict was not revoked by another attestation. Then run the step again.',
    });
}
function summaryCommandOf({ session, verifier, target, format, claim }) {
    const { type, predicate } = claim.predicate;
    const summary = type === statements_predicate/* SUMMARY_TYPE */.G_ ? (0,statements_predicate/* readSummary */.L_)(predicate) : undefined;
    if (summary === undefined)
        return undefined;
    const { resourceUri, policy } = summary;
    const says = { type, resourceUri, policySha256: policy.digest?.sha256 ?? '' };
    return (0,by_hand/* summaryCommand */.K)((0,cosign_session/* byHand */.XL)(session, verifier, target, format), says);
}
function imageOf({ target }) {
    return (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
}
function doing(task) {
    return `attesting ${imageOf(task)}`;
}
function attach(task, predicateFile) {
    const { session, key, target, format, claim } = task;
    const request = {
        ...session,
        key,
        image: imageOf(task),
        format,
        type: claim.predicate.type,
        predicateFile,
    };
    return create(session, () => (0,cosign_arguments/* attestArguments */.oN)({ ...request, timeoutMs: (0,cosign_session/* callTime */.Q5)(session.ports.deadline) }), target.registry, doing(task));
}
async function afterFailure(task, failure) {
    const { session, claim } = task;
    const { exists } = await findClaim(task);
    if (exists && (0,failures/* isTagTaken */._F)(failure.message)) {
        session.ports.warn(`The attestation (${claim.predicate.type}) of ${imageOf(task)} could not be renewed: in format legacy it is stored under a tag, and the tags of this repository are immutable. The existing attestation was kept. Use signature-format: bundle, or exclude sha256-*.att from tag immutability.`);
        return { state: 'kept' };
    }
    (0,cosign_session/* stopIfOver */.UH)(session.ports.deadline, doing(task));
    throw new errors/* GateError */.ue('signing', `cosign did not attest ${imageOf(task)}: ${failure.message}`, {
        nextStep: failure.nextStep,
    });
}
function claimBundle(task, verified) {
    const { session, target, claim } = task;
    const isOurs = (statement) => claim.find([statement]).since !== undefined;
    const where = { image: imageOf(task), type: claim.predicate.type, registry: target.registry };
    return attachedBundle(session, where, verified, isOurs);
}
function lookForClaim(task) {
    const { deadline } = task.session.ports;
    return (0,retry/* retry */.L)(async () => {
        const found = await findClaim(task);
        if (!found.isCurrent)
            (0,cosign_session/* stopIfOver */.UH)(deadline, doing(task));
        return { value: found, again: !found.isCurrent && !found.isRevoked };
    }, { deadline, attempts: attest_VERIFY_ATTEMPTS });
}
async function findClaim(task) {
    const { session, target, format, claim, verifier } = task;
    const wanted = { type: claim.predicate.type };
    const checked = await (0,check/* checkOnce */.Gb)(session, { subject: target, verifier, format, wanted });
    const none = { exists: false, isCurrent: false, isRevoked: false, output: '' };
    if (!checked.ok)
        return { ...none, why: checked.message };
    const found = claim.find((0,statements_statement/* statementsOf */.GX)(checked.stdout));
    if (found.since === undefined)
        return { ...none, isRevoked: found.isRevoked ?? false, why: found.why };
    return {
        exists: true,
        isCurrent: found.since >= claim.madeAt,
        isRevoked: false,
        why: 'the newest attestation that could be verified is older',
        output: checked.stdout,
    };
}

// EXTERNAL MODULE: ./lib/signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(0);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/signing/kms-key.js






const MOST_MS = 20_000;
const BLOB = 'Used to check whether the signing key can be used.';
const INVALID_BUNDLE = JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: '' } },
    messageSignature: {
        messageDigest: { algorithm: 'SHA2_256', digest: (0,external_node_crypto_.createHash)('sha256').update(BLOB).digest('base64') },
        signature: 'MAYCAQECAQE=',
    },
});
async function checkKmsKey(session, key, registry) {
    const files = {
        bundle: (0,external_node_path_.join)(session.home, 'key-check.sigstore.json'),
        blob: (0,external_node_path_.join)(session.home, 'key-check.txt'),
        trustedRoot: session.emptyRoot,
    };
    await (0,promises_.writeFile)(files.bundle, INVALID_BUNDLE, { mode: 0o600 });
    await (0,promises_.writeFile)(files.blob, BLOB, { mode: 0o600 });
    const result = await (0,cosign_session/* call */.T1)(session, (0,cosign_arguments/* verifyBlobArguments */.Jc)(key, files), registry, { mostMs: MOST_MS });
    if (result.exitCode === 0 || result.timedOut)
        return;
    const { message, nextStep, transient } = (0,cosign_session/* failureOf */.g5)(result);
    if (transient || nextStep === undefined)
        return;
    throw new errors/* GateError */.ue('signing', `The signing key ${key.reference} cannot be used: ${message}`, { nextStep });
}

;// CONCATENATED MODULE: ./lib/signing/public-log.js

function isPublicRepository(event) {
    const { repository } = (event ?? {});
    if (repository?.visibility !== undefined)
        return repository.visibility === 'public';
    return repository?.private === false;
}
async function warnOfPublicLog({ environment, warn, }) {
    if (isPublicRepository(await eventOf(environment.GITHUB_EVENT_PATH)))
        return;
    warn('This repository is not public, and keyless signing permanently publishes its name, the workflow, the ref, the commit and the digest of the image in the public transparency log. Set transparency-log: true to accept this, or sign with a KMS key.');
}
async function eventOf(path) {
    try {
        return JSON.parse(await (0,promises_.readFile)(path ?? '', 'utf8'));
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/signing/requirements.js
var requirements = __webpack_require__(7775);
// EXTERNAL MODULE: ./lib/signing/verifier.js
var signing_verifier = __webpack_require__(6889);
;// CONCATENATED MODULE: ./lib/signing/sign.js
















const sign_VERIFY_ATTEMPTS = 4;
async function prepareSigner(settings, ports) {
    const { key } = settings;
    const { environment, deadline } = ports;
    (0,requirements/* requireAnnotations */.i$)(settings.annotations);
    if (key.kind === 'file')
        await (0,requirements/* requireKeyFile */.vZ)(key.path);
    (0,requirements/* requireIdToken */.it)(key, environment);
    if (key.kind === 'keyless' && settings.services === undefined && !settings.transparencyLog) {
        await warnOfPublicLog(ports);
    }
    const cosign = await (0,provision/* provisionCosign */.$0)(settings.cosignVersion, { ...ports, signal: deadline.signal });
    const session = await (0,cosign_session/* openSession */.fA)(cosign, {
        key: key.kind,
        keyRegion: key.kind === 'kms' ? key.region : undefined,
        services: key.kind === 'keyless' || settings.transparencyLog ? settings.services : undefined,
        transparencyLog: settings.transparencyLog,
    }, ports);
    try {
        (0,requirements/* requireSupport */.bG)(cosign, settings);
        let verifier = key.kind === 'file' ? await (0,signing_verifier/* ownVerifier */.D)(session, key) : undefined;
        const formats = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
        return {
            cosignVersion: cosign.version,
            checkKey: async (registry) => {
                if (key.kind === 'kms')
                    await checkKmsKey(session, key, registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
            },
            refuseRevoked: async (targets) => {
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                const { refuseRevoked } = await __webpack_require__.e(/* import() */ 574).then(__webpack_require__.bind(__webpack_require__, 8574));
                for (const subject of targets)
                    await refuseRevoked({ session, verifier, subject });
            },
            sign: async (target) => {
                await (0,cosign_session/* logIn */.E8)(session, target.registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                const reports = [];
                for (const format of formats) {
                    reports.push(await sign_signOnce({ session, settings, target, format, verifier }));
                }
                return reports;
            },
            attest: async (target, claims) => {
                await (0,cosign_session/* logIn */.E8)(session, target.registry);
                verifier ??= await (0,signing_verifier/* ownVerifier */.D)(session, key);
                const reports = [];
                for (const format of formats) {
                    for (const claim of claims) {
                        reports.push(await attestOnce({ session, key, target, format, claim, verifier }));
                    }
                }
                return reports;
            },
            close: session.close,
        };
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
async function sign_signOnce(task) {
    const { session, settings, target, format } = task;
    const { deadline } = session.ports;
    const image = (0,reference/* imageUri */.W_)(target.registry, target.repository, target.digest);
    const doing = `signing ${image}`;
    const reported = async (state, verified) => ({
        digest: target.digest,
        format,
        platform: target.platform,
        state,
        bundle: format === 'bundle' ? await signatureBundle(task, image, verified) : undefined,
        command: (0,by_hand/* signatureCommand */.q)((0,cosign_session/* byHand */.XL)(session, task.verifier, target, format), settings.annotations),
    });
    const before = await lookForSignature(task, doing, ({ transient }) => transient);
    if (before.verified)
        return reported('already-signed', before.output);
    const request = () => ({ ...session, ...settings, image, format, timeoutMs: (0,cosign_session/* callTime */.Q5)(deadline) });
    const failure = await create(session, () => (0,cosign_arguments/* signArguments */.gh)(request()), target.registry, doing);
    if (failure !== undefined) {
        const mayExist = failure.transient || (0,failures/* isTagTaken */._F)(failure.message);
        const now = mayExist ? await lookForSignature(task, doing, () => false) : undefined;
        if (now?.verified)
            return reported('already-signed', now.output);
        throw new errors/* GateError */.ue('signing', `cosign did not sign ${image}: ${failure.message}`, {
            nextStep: failure.nextStep,
        });
    }
    const after = await lookForSignature(task, doing, () => true);
    if (after.verified)
        return reported('signed', after.output);
    throw new errors/* GateError */.ue('signing', `The new signature of ${image} could not be verified: ${after.why}`, {
        nextStep: 'Do not deploy this image. Check that the registry supports OCI referrers, and run the step again.',
    });
}
function signatureBundle({ session, settings, target }, image, verified) {
    const where = { image, type: cosign_arguments/* SIGNATURE_TYPE */.uf, registry: target.registry };
    return attachedBundle(session, where, verified, (statement) => (0,output/* isSignature */.hi)(statement, target.digest, settings.annotations));
}
function lookForSignature(task, doing, mayAppear) {
    const { deadline } = task.session.ports;
    return (0,retry/* retry */.L)(async () => {
        const found = await findSignature(task);
        if (!found.verified)
            (0,cosign_session/* stopIfOver */.UH)(deadline, doing);
        return { value: found, again: !found.verified && mayAppear(found) };
    }, { deadline, attempts: sign_VERIFY_ATTEMPTS });
}
async function findSignature(task) {
    const { session, settings, target, format, verifier } = task;
    const { annotations } = settings;
    const checked = await (0,check/* checkOnce */.Gb)(session, { subject: target, verifier, format, wanted: { annotations } });
    if (!checked.ok) {
        return { verified: false, why: checked.message, transient: checked.transient, output: '' };
    }
    const proves = format === 'bundle' ? output/* provesBundle */.GX : output/* provesLegacy */.XB;
    const verified = proves(checked.stdout, target.digest, annotations);
    const why = verified ? '' : 'cosign’s output does not name this digest and these annotations';
    return { verified, why, transient: false, output: checked.stdout };
}

// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
;// CONCATENATED MODULE: ./lib/modes/sign.js


















function prepare(signing, registries, clients, context, state) {
    const { key, notation, format, transparencyLog, sign } = signing;
    const keys = [
        ...(key === undefined ? [] : [cosignKeyText(key)]),
        ...(notation ? [(0,notation_key/* keyText */.P)(notation.key)] : []),
    ];
    state.signing = {
        key: keys.join(' and '),
        format: key === undefined ? 'notation' : format,
        transparencyLog: transparencyLog || key?.kind === 'keyless',
        sign,
        cosignVersion: undefined,
        notationVersion: undefined,
        state: 'withheld',
    };
    const ports = signingPorts(clients, context);
    const signers = prepareSigners(signing, context.workspace, ports);
    const [registry] = registries;
    if (registry === undefined)
        throw new Error('there are no images');
    return {
        signers,
        checks: [
            ['Signing', () => signers],
            ['Signing key', async () => (await signers).cosign?.checkKey(registry)],
            ...registries.map((one) => ['Registry login', () => ports.authorize(one)]),
        ],
        checkReferrers: async (image) => {
            try {
                await (0,briefly/* briefly */.m)(context.deadline, () => ports.evidence.referrers(image, undefined));
            }
            catch (error) {
                if (error instanceof errors/* GateError */.ue && error.code === 'access-denied')
                    throw error;
            }
        },
    };
}
function cosignKeyText(key) {
    return key.kind === 'kms' ? key.reference : key.kind === 'file' ? key.path : 'keyless';
}
async function prepareSigners({ key, notation, ...settings }, workspace, ports) {
    if (key !== undefined)
        await checkCosignFiles([key], settings.services, workspace);
    const trust = notation && (await (0,notation_trust/* readTrust */.b)(notation.trust, workspace));
    const cosign = key && (await prepareSigner({ ...settings, key }, ports));
    try {
        const notationSigner = notation &&
            trust &&
            (await prepareNotationSigner(notation.key, trust, settings.annotations, workspace, ports));
        return {
            cosign,
            notation: notationSigner,
            close: async () => {
                await Promise.all([cosign?.close(), notationSigner?.close()]);
            },
        };
    }
    catch (error) {
        await cosign?.close();
        throw error;
    }
}
const sign_MOST_BYTES = 1024 * 1024;
async function checkCosignFiles(keys, services, workspace) {
    const files = [
        ...keys.map((key) => ['signing-key', key.kind === 'file' ? key.path : undefined, undefined]),
        ['sigstore-signing-config', services?.signingConfig, 'signing config'],
        ['sigstore-trusted-root', services?.trustedRoot, 'trusted root'],
    ];
    for (const [input, path, what] of files) {
        if (path === undefined)
            continue;
        const real = await (0,lib_files/* regularFile */.VI)(input, (0,external_node_path_.resolve)(path), workspace, sign_MOST_BYTES);
        if (real === undefined || what === undefined || isOfSigstore(await (0,promises_.readFile)(real, 'utf8')))
            continue;
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} is not a Sigstore ${what}.`, {
            nextStep: `Set ${input} to the JSON file of the ${what}. Its mediaType begins with ${OF_SIGSTORE}`,
        });
    }
}
const OF_SIGSTORE = 'application/vnd.dev.sigstore.';
function isOfSigstore(text) {
    try {
        const { mediaType } = (JSON.parse(text) ?? {});
        return typeof mediaType === 'string' && mediaType.startsWith(OF_SIGSTORE);
    }
    catch {
        return false;
    }
}
function oncePerHost(request) {
    const requested = new Map();
    return (registry) => {
        const known = requested.get(registry.host) ?? request(registry);
        requested.set(registry.host, known);
        return known;
    };
}
function signingPorts(clients, context) {
    const { deadline, environment, log, warn, mask } = context;
    return {
        deadline,
        log,
        warn,
        mask,
        authorize: oncePerHost((registry) => registryCredentials(clients, deadline, registry)),
        evidence: ecrEvidence(clients, deadline, environment),
        identityToken: async (audience) => (await Promise.all(/* import() */[__webpack_require__.e(119), __webpack_require__.e(58)]).then(__webpack_require__.bind(__webpack_require__, 6058))).getIDToken(audience),
        download: async (url) => (await Promise.all(/* import() */[__webpack_require__.e(119), __webpack_require__.e(58), __webpack_require__.e(805)]).then(__webpack_require__.bind(__webpack_require__, 9805))).downloadTool(url),
        environment,
        workingDirectory: process.cwd(),
    };
}
async function signAll(images, signing, state, { log }, signers) {
    begin(state, signers);
    await signers.cosign?.refuseRevoked(images.flatMap((image) => targetsOf(image, signing.platforms)));
    for (const [index, image] of images.entries()) {
        await signOne(image, index, { signing, state, log, signers });
    }
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = { ...state.signing, state: 'done' };
}
async function signEach(images, signing, state, { log }, signers) {
    begin(state, signers);
    const refused = images.flatMap((image, index) => (passed(state, index) || !(0,resolve/* isResolved */.ZY)(image) ? [] : image));
    for (const [index, image] of images.entries()) {
        if (!(0,resolve/* isResolved */.ZY)(image) || !passed(state, index))
            continue;
        const targets = targetsOf(image, signing.platforms);
        try {
            const shared = refused.find((other) => targets.some((target) => isTarget(target, other)));
            if (shared !== undefined)
                throw sharesRefused(image, shared);
            await signers.cosign?.refuseRevoked(targets);
            await signOne(image, index, { signing, state, log, signers });
        }
        catch (error) {
            if ((0,errors/* endsRun */.sl)(error))
                throw error;
            change(state, index, () => ({ outcome: { kind: 'error', error: (0,errors/* toGateError */.Vl)(error) } }));
        }
    }
    const signed = state.images.filter((image) => image.signed).length;
    const complete = signed === state.images.length ? 'done' : 'partly';
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = { ...state.signing, state: signed === 0 ? 'failed' : complete };
}
function begin(state, { cosign, notation }) {
    if (state.signing === undefined)
        throw new Error('the signers were not prepared');
    state.signing = {
        ...state.signing,
        cosignVersion: cosign?.cosignVersion,
        notationVersion: notation?.version,
        state: 'failed',
    };
}
function passed({ images }, index) {
    const image = images[index];
    return image !== undefined && (0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image));
}
function isTarget({ registry, repository, digest }, image) {
    return (digest === image.digest &&
        repository === image.repository &&
        registry.account === image.registry.account &&
        registry.region === image.registry.region);
}
function sharesRefused({ uri }, other) {
    return new errors/* GateError */.ue('signing', `${uri} was not signed: ${other.uri}, which would be signed with it, did not pass in this run.`, { nextStep: `Fix ${other.uri}, or remove it from the index, and run the step again.` });
}
async function signOne(image, index, { signing, state, log, signers: { cosign, notation }, }) {
    for (const target of targetsOf(image, signing.platforms)) {
        const judgedImage = state.images[index];
        if (judgedImage === undefined)
            throw new Error('an image that was not judged is never signed');
        const summary = summaryInput(judgedImage, target, state.known);
        const wanted = claims(judgedImage, target, signing.attest, summary, state.known);
        const report = (made) => {
            change(state, index, ({ signatures }) => ({ signatures: [...signatures, ...made] }));
            for (const { state, format } of made)
                log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
        };
        if (cosign !== undefined) {
            report(await cosign.sign(target));
            const attested = await cosign.attest(target, wanted);
            change(state, index, ({ verdictAttestations }) => ({
                verdictAttestations: [...verdictAttestations, ...attested],
            }));
            for (const { state, format, type } of attested)
                log(`${state === 'attested' ? 'Attested' : 'Kept'} (${format}): ${type} of ${target.digest}`);
        }
        if (notation !== undefined)
            report([await notation.sign(target, summaryPolicy(summary))]);
    }
    change(state, index, () => ({ signed: true }));
}
function change(state, index, by) {
    state.images = state.images.map((image, at) => (at === index ? { ...image, ...by(image) } : image));
}
function targetsOf(image, platforms) {
    const { registry, repository } = image;
    const own = { digest: image.digest, platform: undefined };
    return [own, ...(platforms && image.isIndex ? image.platforms : [])].map(({ digest, platform }) => ({
        registry,
        repository,
        digest,
        platform,
    }));
}
function summaryInput(image, { registry, repository }, { settings, documents, judgedAt, baseline }) {
    const { outcome, weakened, baseImages = [] } = image;
    if (!(0,envelope/* allows */.NB)((0,modes_images/* verdictOf */.Vj)(image)) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
        throw new Error('an image that did not pass is never attested');
    }
    if (settings === undefined || judgedAt === undefined || weakened === undefined) {
        throw new Error('an image that was not judged is never attested');
    }
    const { verdict, counts, exceptions, gone } = outcome.verdict;
    return {
        resourceUri: (0,statements_predicate/* resourceUri */.N)(registry, repository),
        verifiedAt: judgedAt,
        policy: documents?.policy,
        weakening: { ...weakened },
        thresholds: settings,
        verdict,
        counts: { ...counts },
        exceptionsUsed: exceptions
            .filter(({ applied }) => applied > 0)
            .map(({ exception: { ids, reason, approvedBy, ticket }, ends }) => ({
            id: ids.join(', '),
            reason,
            expires: ends,
            approvedBy,
            ticket,
        })),
        baseline: gone === undefined ? undefined : baseline?.uri,
        baseImages: weakened['base-image'] ? baseImages.flatMap(({ deciding }) => deciding) : [],
        scannedAt: (0,age/* oldest */.os)(scansOf(image)),
        actionVersion: version/* VERSION */.x,
        verifiedLevels: [statements_predicate/* PASSED_LEVEL */.sn],
        inputAttestations: image.inputAttestations ?? [],
    };
}
function scansOf({ platforms }) {
    return platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
}
function claims(image, { digest, platform }, attest, input, { settings, judgedAt }) {
    if (attest === 'none')
        return [];
    const summary = summaryClaim(input, digest);
    if (attest === 'summary')
        return [summary];
    const { outcome } = image;
    if (outcome.kind !== 'judged' || settings === undefined || judgedAt === undefined) {
        throw new Error('an image that was not judged is never attested');
    }
    const { judged } = outcome.verdict;
    const findings = judged
        .filter(({ platforms }) => platform === undefined || platforms.includes(platform))
        .map(({ finding, platforms, effect }) => ({
        id: finding.vulnerabilityId,
        severity: finding.severity,
        score: finding.score,
        effect,
        packages: finding.packages.map(({ name, version }) => `${name}@${version}`),
        platforms,
    }));
    return [
        summary,
        vulnerabilitiesClaim({ scanType: settings.scanType, findings, scannedAt: scansOf(image) }, digest, judgedAt),
    ];
}


/***/ }),

/***/ 2213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gs: () => (/* binding */ dependsOnBase),
/* harmony export */   bj: () => (/* binding */ withoutOrigin),
/* harmony export */   lU: () => (/* binding */ isLimited),
/* harmony export */   t2: () => (/* binding */ isWeakenedByBaseImages)
/* harmony export */ });
/* unused harmony export judgeByRules */
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3100);
/* harmony import */ var _evaluate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7127);


function isBetterWithBase(finding, policy, context) {
    const { effect, counts } = judgeByRules(finding, policy, context);
    const without = judgeByRules(withoutOrigin(finding), policy, context);
    return (_decide_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITY_OF_EFFECT */ .yH[effect] < _decide_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITY_OF_EFFECT */ .yH[without.effect] ||
        (!counts && without.counts && isLimited(finding, policy)));
}
function isWeakenedByBaseImages(findings, policy, context) {
    return findings.some((finding) => isJudged(finding, policy) &&
        dependsOnBase(finding, policy) &&
        isBetterWithBase(finding, policy, context));
}
function dependsOnBase({ packages }, { rules }) {
    return (packages.some(({ origin }) => origin !== undefined) && rules.some(({ when }) => when.layer !== undefined));
}
function withoutOrigin(finding) {
    return { ...finding, packages: finding.packages.map((found) => ({ ...found, origin: undefined })) };
}
function judgeByRules(finding, policy, { image, now }) {
    const { repository } = image;
    return (0,_decide_js__WEBPACK_IMPORTED_MODULE_0__/* .decide */ .LD)(finding, policy, { repository, now, exception: undefined, inBaseline: false });
}
function isLimited({ severity }, { limits }) {
    return limits[severity.toLowerCase()] !== undefined;
}
function isJudged(finding, policy) {
    return finding.status !== 'CLOSED' && !(0,_evaluate_js__WEBPACK_IMPORTED_MODULE_1__/* .isHidden */ .d)(finding, policy);
}


/***/ }),

/***/ 9911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ fixedSince),
/* harmony export */   Z0: () => (/* binding */ isInBaseline),
/* harmony export */   m_: () => (/* binding */ isSameImage)
/* harmony export */ });
const keysOf = new WeakMap();
function isInBaseline(finding, baseline) {
    if (baseline === undefined)
        return false;
    let known = keysOf.get(baseline);
    if (known === undefined) {
        known = new Set(baseline.findings.filter(({ status }) => status === 'ACTIVE').flatMap(keys));
        keysOf.set(baseline, known);
    }
    const own = keys(finding);
    return own.length > 0 && own.every((key) => known.has(key));
}
function isSameImage(baseline, judged) {
    const within = (some, others) => some.every((digest) => others.includes(digest));
    return within(baseline, judged) || within(judged, baseline);
}
function fixedSince(baseline, findings) {
    const present = new Set(findings.flatMap(keys));
    return baseline.findings.filter((finding) => finding.status === 'ACTIVE' && !keys(finding).some((key) => present.has(key)));
}
function keys({ vulnerabilityId, packages }) {
    return packages.map(({ name, manager }) => JSON.stringify([vulnerabilityId, name, manager ?? '']));
}


/***/ }),

/***/ 1426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bw: () => (/* binding */ remainingConditions),
/* harmony export */   Jf: () => (/* binding */ onPlatform),
/* harmony export */   YW: () => (/* binding */ match),
/* harmony export */   ux: () => (/* binding */ within),
/* harmony export */   x7: () => (/* binding */ namesIds),
/* harmony export */   yX: () => (/* binding */ combined),
/* harmony export */   yg: () => (/* binding */ hasSeverity)
/* harmony export */ });
/* harmony import */ var _image_platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8758);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5243);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6146);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5017);




const TESTS = {
    severity: ({ severity }, finding) => [
        ifGiven(severity, (list) => hasSeverity(list, finding.severity)),
        'severity',
    ],
    repository: ({ repository }, _, context) => [
        ifGiven(repository, (globs) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, context.repository)),
    ],
    platform: ({ platform }, finding, { quantifier }) => [
        ifGiven(platform, (globs) => onPlatform(globs, finding, quantifier)),
        'platform',
    ],
    vulnerability: ({ vulnerability }, finding, { quantifier }) => [
        ifGiven(vulnerability, (globs) => namesVulnerability(globs, finding, quantifier)),
    ],
    score: ({ score }, finding) => [ifGiven(score, (bound) => within(finding.score, bound)), 'score'],
    fixAvailable: ({ fixAvailable }, finding) => [
        ifGiven(fixAvailable, (wanted) => is(knownValue(finding.fixAvailable, FIX), wanted)),
        'fix-available',
    ],
    exploitAvailable: ({ exploitAvailable }, finding) => [
        ifGiven(exploitAvailable, (wanted) => is(knownValue(finding.exploitAvailable, YES_NO), wanted ? 'YES' : 'NO')),
        'exploit-available',
    ],
    olderThanMs: ({ olderThanMs }, finding, { now }) => [
        ifGiven(olderThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs > ms)),
        'age',
    ],
    newerThanMs: ({ newerThanMs }, finding, { now }) => [
        ifGiven(newerThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs <= ms)),
        'age',
    ],
    package: packagesHold,
    packageManager: packagesHold,
    layer: packagesHold,
    reachability: packagesHold,
    epss: ({ epss }, finding) => [ifGiven(epss, (bound) => within(finding.epss, bound)), 'epss'],
    knownExploited: ({ knownExploited }, finding) => [
        ifGiven(knownExploited, (wanted) => is(finding.knownExploited, wanted)),
        'known-exploited',
    ],
};
const given = new WeakMap();
function testsOf(when) {
    const known = given.get(when);
    if (known !== undefined)
        return known;
    const keys = Object.keys(TESTS).filter((key) => when[key] !== undefined);
    const tests = [...Map.groupBy(keys, (key) => TESTS[key])];
    given.set(when, tests);
    return tests;
}
function match(when, finding, context) {
    let isKnown = true;
    const missing = new Set();
    for (const [test] of testsOf(when)) {
        const result = test(when, finding, context);
        const [truth] = result;
        if (truth === false)
            return { truth: false, missing: [] };
        if (truth === true)
            continue;
        isKnown = false;
        const [, ...details] = result;
        for (const detail of details)
            missing.add(detail);
    }
    return { truth: isKnown ? true : undefined, missing: [...missing] };
}
const EXPLOIT_TESTS = [TESTS.epss, TESTS.knownExploited];
function remainingConditions(when, finding, context) {
    const left = {};
    for (const [test, keys] of testsOf(when)) {
        const known = EXPLOIT_TESTS.includes(test) ? undefined : test(when, finding, context)[0];
        if (known === false)
            return undefined;
        if (known === undefined)
            for (const key of keys)
                left[key] = when[key];
    }
    return left;
}
const FIX = ['YES', 'NO', 'PARTIAL'];
const YES_NO = ['YES', 'NO'];
function age(since, now) {
    const ms = now.getTime() - (since?.getTime() ?? Number.NaN);
    return ms >= -_time_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOCK_SKEW_MS */ .rn ? ms : undefined;
}
function hasSeverity(list, severity) {
    if (list.includes(severity))
        return true;
    return severity === _results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .UNTRIAGED */ .C3 || (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .rankOf */ .IQ)(severity) !== undefined ? false : undefined;
}
function compared(value, holds) {
    return value === undefined ? undefined : holds(value);
}
function ifGiven(condition, holds) {
    return condition === undefined ? true : holds(condition);
}
function within(value, { operator, value: bound }) {
    if (value === undefined || Number.isNaN(value))
        return undefined;
    switch (operator) {
        case '>=':
            return value >= bound;
        case '>':
            return value > bound;
        case '<=':
            return value <= bound;
        case '<':
            return value < bound;
    }
}
function is(value, wanted) {
    return value === undefined ? undefined : value === wanted;
}
function knownValue(value, known) {
    return known.find((candidate) => candidate === value);
}
function namesVulnerability(globs, finding, quantifier) {
    return namesIds(finding, quantifier, (id) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, id, { ignoreCase: true }));
}
function namesIds({ vulnerabilityId, relatedIds }, quantifier, named) {
    if (named(vulnerabilityId))
        return true;
    return quantifier === 'any' ? relatedIds.some(named) : relatedIds.length > 0 && relatedIds.every(named);
}
function onPlatform(globs, finding, quantifier) {
    const names = (spellings) => spellings.some((name) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, name, { ignoreCase: true }));
    return combined((0,_image_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .platformsOf */ .Wt)(finding).map((platform) => {
        if (platform === undefined)
            return undefined;
        if (names(platform.own))
            return true;
        return quantifier === 'any' && names(platform.hosts) ? undefined : false;
    }), quantifier);
}
function combined(truths, quantifier) {
    const deciding = quantifier === 'any';
    if (truths.includes(deciding))
        return deciding;
    return truths.includes(undefined) ? undefined : !deciding;
}
function packagesHold(when, { packages }, { quantifier }) {
    const truths = packages.map((found) => packageHolds(when, found));
    const truth = packages.length === 0 ? undefined : combined(truths, quantifier);
    if (truth !== undefined)
        return [truth];
    const unknown = packages.filter((_, at) => truths[at] === undefined);
    const isMissing = (of) => packages.length === 0 || unknown.some((found) => found[of] === undefined);
    const missing = [];
    const named = when.package !== undefined && packages.length === 0;
    if (named || (when.packageManager !== undefined && isMissing('manager')))
        missing.push('package');
    if (when.layer !== undefined && isMissing('origin'))
        missing.push('layer');
    if (when.reachability !== undefined && isMissing('reachability'))
        missing.push('reachability');
    return [undefined, ...missing];
}
function packageHolds(when, found) {
    const truths = [
        ifGiven(when.package, (globs) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, found.name)),
        ifGiven(when.packageManager, (globs) => found.manager === undefined ? undefined : (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesAny */ ._I)(globs, found.manager, { ignoreCase: true })),
        ifGiven(when.layer, (layer) => is(found.origin, layer)),
        ifGiven(when.reachability, (wanted) => is(found.reachability, wanted)),
    ];
    return combined(truths, 'every');
}


/***/ }),

/***/ 3100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ canBlock),
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   sV: () => (/* binding */ quantifierOf),
/* harmony export */   yH: () => (/* binding */ SEVERITY_OF_EFFECT)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5243);
/* harmony import */ var _conditions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1426);


function decide(finding, policy, context) {
    const { effect, reason, ignoresBaseline } = byRules(finding, policy, context);
    const { exception, inBaseline: known } = context;
    if (effect === 'allow') {
        const counts = reason.kind === 'below-thresholds' && exception === undefined && !known;
        return { effect, reason, counts };
    }
    if (exception !== undefined) {
        return { effect: 'allow', reason: { kind: 'exception', exception, instead: reason }, counts: false };
    }
    if (effect === 'block' && known && !ignoresBaseline) {
        return { effect: 'warn', reason: { kind: 'baseline', instead: reason }, counts: false };
    }
    return { effect, reason, counts: !known };
}
const SEVERITY_OF_EFFECT = { allow: 0, warn: 1, block: 2 };
function byRules(finding, policy, context) {
    const open = [];
    let final;
    const contexts = {
        any: { ...context, quantifier: 'any' },
        every: { ...context, quantifier: 'every' },
    };
    for (const rule of policy.rules) {
        const { truth, missing } = (0,_conditions_js__WEBPACK_IMPORTED_MODULE_0__/* .match */ .YW)(rule.when, finding, contexts[quantifierOf(rule)]);
        if (truth === false)
            continue;
        const decided = byRule(rule, missing);
        if (truth === true && rule.action !== 'block') {
            final = decided;
            break;
        }
        open.push({ decided, isCertain: truth === true });
    }
    return open.reduceRight((other, { decided, isCertain }) => {
        const chosen = isCertain || SEVERITY_OF_EFFECT[decided.effect] > SEVERITY_OF_EFFECT[other.effect] ? decided : other;
        return { ...chosen, ignoresBaseline: decided.ignoresBaseline || other.ignoresBaseline };
    }, final ?? byThresholds(finding, policy));
}
function quantifierOf({ action }) {
    return action === 'block' ? 'any' : 'every';
}
function byRule({ name, action, reason, when }, missing) {
    return {
        effect: effectOf(action),
        reason: { kind: 'rule', rule: name, reason, missing },
        ignoresBaseline: action === 'block' && when.knownExploited === true,
    };
}
function byThresholds(finding, policy) {
    const { failOn, warnOn } = policy;
    const by = (effect, reason) => ({
        effect,
        reason,
        ignoresBaseline: false,
    });
    if (finding.status === 'SUPPRESSED')
        return by(effectOf(policy.suppressed), { kind: 'suppressed' });
    if (finding.severity === _results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .UNTRIAGED */ .C3)
        return by(effectOf(policy.untriaged), { kind: 'untriaged' });
    const rank = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .rankOf */ .IQ)(finding.severity);
    if (rank === undefined) {
        return {
            ...by('block', { kind: 'unknown-severity', severity: finding.severity }),
            ignoresBaseline: true,
        };
    }
    if ((0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, failOn)) {
        return policy.ignoreUnfixed && finding.fixAvailable === 'NO'
            ? by('warn', { kind: 'unfixed', threshold: failOn })
            : by('block', { kind: 'fail-on', threshold: failOn });
    }
    if ((0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, warnOn))
        return by('warn', { kind: 'warn-on', threshold: warnOn });
    return by('allow', { kind: 'below-thresholds' });
}
function canBlock(severity, policy) {
    const rank = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .rankOf */ .IQ)(severity);
    return ((rank === undefined
        ? severity !== _results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .UNTRIAGED */ .C3 || policy.untriaged === 'block'
        : (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_1__/* .reaches */ .O6)(rank, policy.failOn)) ||
        policy.suppressed === 'block' ||
        Object.keys(policy.limits).includes(severity.toLowerCase()) ||
        policy.rules.some(({ action, when }) => action === 'block' && when.severity?.includes(severity) !== false));
}
function effectOf(action) {
    return action === 'ignore' ? 'allow' : action;
}


/***/ }),

/***/ 8740:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ findingsNeedingDetails)
/* harmony export */ });
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2213);
/* harmony import */ var _baseline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9911);
/* harmony import */ var _conditions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1426);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3100);
/* harmony import */ var _evaluate_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7127);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9519);






const STEP = 1e-9;
const KEV = [undefined, true, false];
function findingsNeedingDetails(findings, policy, context) {
    const { image, baseline, now } = context;
    const { never } = policy.exceptionsAllowed;
    const usesKev = never.knownExploited || policy.rules.some(({ when }) => when.knownExploited !== undefined);
    if (!usesKev && !policy.rules.some(({ when }) => when.epss !== undefined))
        return [];
    const exceptions = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_5__/* .prepareExceptions */ .w)(context.exceptions, policy.exceptionsAllowed, image, now);
    const base = { repository: image.repository, now };
    const dependsOnAnswer = (finding, excused) => {
        const rules = policy.rules.flatMap((rule) => {
            const when = (0,_conditions_js__WEBPACK_IMPORTED_MODULE_2__/* .remainingConditions */ .Bw)(rule.when, finding, { ...base, quantifier: (0,_decide_js__WEBPACK_IMPORTED_MODULE_3__/* .quantifierOf */ .sV)(rule) });
            return when === undefined ? [] : [{ ...rule, when }];
        });
        const kevMatters = finding.knownExploited === undefined &&
            ((excused && never.knownExploited) || rules.some(({ when }) => when.knownExploited !== undefined));
        const bounds = new Set(rules.flatMap(({ when }) => (when.epss === undefined ? [] : [when.epss.value])));
        const epssMatters = finding.epss === undefined && bounds.size > 0;
        if (!kevMatters && !epssMatters)
            return false;
        const matches = excused ? exceptions.matching(finding) : [];
        const inBaseline = excused && (0,_baseline_js__WEBPACK_IMPORTED_MODULE_1__/* .isInBaseline */ .Z0)(finding, baseline);
        const limited = (0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .isLimited */ .lU)(finding, policy);
        const probabilities = epssMatters
            ? [undefined, 0, ...[...bounds].flatMap((bound) => [bound, bound + STEP])]
            : [finding.epss];
        let first;
        for (const knownExploited of kevMatters ? KEV : [finding.knownExploited]) {
            const aware = { ...finding, knownExploited };
            const exception = matches.find((one) => exceptions.refusal(one, aware) === undefined)?.exception;
            for (const epss of probabilities) {
                const known = { ...aware, epss };
                const { effect, counts } = (0,_decide_js__WEBPACK_IMPORTED_MODULE_3__/* .decide */ .LD)(known, { ...policy, rules }, { ...base, inBaseline, exception });
                const outcome = `${effect} ${limited && counts}`;
                first ??= outcome;
                if (outcome !== first)
                    return true;
            }
        }
        return false;
    };
    const needsDetails = (finding) => dependsOnAnswer(finding, true) ||
        ((0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .dependsOnBase */ .Gs)(finding, policy) &&
            (dependsOnAnswer(finding, false) || dependsOnAnswer((0,_base_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutOrigin */ .bj)(finding), false)));
    return findings.filter((finding) => finding.status !== 'CLOSED' && !(0,_evaluate_js__WEBPACK_IMPORTED_MODULE_4__/* .isHidden */ .d)(finding, policy) && needsDetails(finding));
}


/***/ }),

/***/ 7127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ evaluate),
/* harmony export */   d: () => (/* binding */ isHidden)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4038);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5243);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8804);
/* harmony import */ var _baseline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9911);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3100);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9519);






function evaluate(findings, policy, context) {
    const { image, baseline, now } = context;
    const exceptions = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_2__/* .prepareExceptions */ .w)(context.exceptions, policy.exceptionsAllowed, image, now);
    const usage = new ExceptionUsage();
    const present = findings.filter(({ status }) => status !== 'CLOSED');
    const hidden = (finding) => isHidden(finding, policy);
    const decided = present
        .filter((finding) => !hidden(finding))
        .map((finding) => {
        const matches = exceptions
            .matching(finding, (exception) => usage.addOther(exception))
            .map((match) => ({ exception: match.exception, refusal: exceptions.refusal(match, finding) }));
        const exception = matches.find(({ refusal }) => refusal === undefined)?.exception;
        const inBaseline = (0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .isInBaseline */ .Z0)(finding, baseline);
        const context = { repository: image.repository, now, inBaseline, exception };
        const judgement = (0,_decide_js__WEBPACK_IMPORTED_MODULE_1__/* .decide */ .LD)(finding, policy, context);
        for (const entry of matches)
            usage.add(finding, entry, judgement, exception);
        return { finding, judgement, matches };
    });
    const judged = union(decided, ({ finding, judgement }) => [
        judgement.effect,
        reasonKey(judgement),
        ...packagesOf(finding),
    ])
        .map(({ finding, platforms, ids, judgement: { effect, reason }, members }) => ({
        finding,
        platforms,
        ids,
        effect,
        reason,
        counts: members.some(({ judgement }) => judgement.counts),
        inBaseline: baseline === undefined ? undefined : (0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .isInBaseline */ .Z0)(finding, baseline),
        refused: effect === 'allow' ? [] : refusedOf(members.flatMap(({ matches }) => matches)),
    }))
        .sort((a, b) => (0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .byEffect */ .xG)(a, b) || byContent(a, b));
    const exceededLimits = exceeded(decided, policy);
    const blocking = judged.filter((finding) => finding.effect === 'block').length;
    const warning = judged.some((finding) => finding.effect === 'warn');
    return {
        verdict: blocking > 0 || exceededLimits.length > 0 ? 'block' : warning ? 'warn' : 'pass',
        judged,
        suppressed: merged(present.filter(hidden), packagesOf),
        counts: count(present.filter(({ status }) => status !== 'SUPPRESSED')),
        blocking,
        exceededLimits,
        exceptions: context.exceptions.map((exception) => usage.outcome(exception, exceptions)),
        gone: baseline && merged((0,_baseline_js__WEBPACK_IMPORTED_MODULE_0__/* .fixedSince */ .Lz)(baseline, present)),
    };
}
function isHidden({ status }, { suppressed }) {
    return status === 'SUPPRESSED' && suppressed === 'ignore';
}
const MOST_REFUSED = 10;
function refusedOf(matches) {
    const refused = new Map();
    for (const { exception, refusal } of matches) {
        if (refusal === undefined)
            continue;
        const key = [exception.origin, exception.source, JSON.stringify(refusal)].join('\n');
        refused.set(key, { exception, refusal });
    }
    return [...refused]
        .sort(([a], [b]) => (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a, b))
        .slice(0, MOST_REFUSED)
        .map(([, entry]) => entry);
}
class ExceptionUsage {
    entries = new Map();
    other = new Set();
    add(finding, { exception, refusal }, judgement, chosen) {
        const entry = this.entries.get(exception) ?? {
            applied: new Set(),
            needless: new Set(),
            refusals: new Map(),
        };
        this.entries.set(exception, entry);
        if (refusal !== undefined) {
            note(entry.refusals, refusal);
        }
        else if (exception === chosen && judgement.reason.kind === 'exception') {
            entry.applied.add(findingKey(finding));
        }
        else {
            entry.needless.add(findingKey(finding));
        }
    }
    addOther(exception) {
        this.other.add(exception);
    }
    outcome(exception, exceptions) {
        const entry = this.entries.get(exception);
        const refused = exceptions.refused.get(exception);
        return {
            exception,
            matches: entry !== undefined
                ? 'finding'
                : this.other.has(exception)
                    ? 'vulnerability'
                    : exceptions.isAboutImage(exception)
                        ? 'image'
                        : 'nothing',
            applied: entry?.applied.size ?? 0,
            needless: entry?.needless.size ?? 0,
            refusals: refused === undefined ? sorted(entry?.refusals ?? new Map()) : [refused],
            ends: exceptions.ends(exception),
        };
    }
}
function note(refusals, refusal) {
    const text = JSON.stringify(refusal);
    const key = refusal.kind === 'other-package' ? `${refusal.kind} ${refusal.aspect}` : text;
    const known = refusals.get(key);
    if (known === undefined || text < JSON.stringify(known))
        refusals.set(key, refusal);
}
function sorted(refusals) {
    return [...refusals].sort(([a], [b]) => (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a, b)).map(([, refusal]) => refusal);
}
function exceeded(decided, policy) {
    const limits = Object.entries(policy.limits);
    if (limits.length === 0)
        return [];
    const counting = merged(decided.filter(({ judgement }) => judgement.counts).map(({ finding }) => finding));
    return limits.flatMap(([severity, allowed]) => {
        const found = counting.filter(({ finding }) => finding.severity === severity.toUpperCase()).length;
        return allowed !== undefined && found > allowed
            ? [{ severity: severity, allowed, found }]
            : [];
    });
}
const exceptionNumbers = new WeakMap();
let exceptionsSeen = 0;
function reasonKey({ reason }) {
    return JSON.stringify(reason, (_, value) => {
        if (typeof value !== 'object' || value === null || !('scope' in value))
            return value;
        const exception = value;
        const number = exceptionNumbers.get(exception) ?? exceptionsSeen++;
        exceptionNumbers.set(exception, number);
        return number;
    });
}
const findingKeys = new WeakMap();
function findingKey(finding) {
    const known = findingKeys.get(finding);
    if (known !== undefined)
        return known;
    const text = JSON.stringify([
        finding.vulnerabilityId,
        finding.type,
        finding.severity,
        finding.status,
        finding.fixAvailable ?? '',
        finding.packages
            .map(({ name, version, manager, fixedIn, filePath }) => JSON.stringify([name, version, manager ?? '', fixedIn ?? '', filePath ?? '']))
            .sort(),
    ]);
    findingKeys.set(finding, text);
    return text;
}
function packagesOf({ packages }) {
    return packages
        .map(({ name, origin, statedOrigin, reachability }) => JSON.stringify([name, origin ?? '', statedOrigin ?? '', reachability ?? '']))
        .sort();
}
function union(entries, apart) {
    const groups = Map.groupBy(entries, (entry) => [findingKey(entry.finding), ...apart(entry)].join('\n'));
    return [...groups.values()].map((group) => {
        const [first, ...rest] = group;
        return {
            ...rest.reduce((chosen, other) => (representative(other.finding) < representative(chosen.finding) ? other : chosen), first),
            platforms: unique(group.map(({ finding }) => finding.platform)),
            ids: unique(group.map(({ finding }) => finding.id)),
            members: group,
        };
    });
}
function merged(findings, apart = () => []) {
    return union(findings.map((finding) => ({ finding })), ({ finding }) => apart(finding))
        .map(({ finding, platforms, ids }) => ({ finding, platforms, ids }))
        .sort(byContent);
}
function representative(finding) {
    return `${finding.id}\n${finding.digest}\n${JSON.stringify(finding)}`;
}
function unique(texts) {
    return texts.length < 2 ? texts : [...new Set(texts)].sort();
}
function byContent(a, b) {
    return ((0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .bySeverity */ .Np)(a.finding, b.finding) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(packageNames(a), packageNames(b)) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(a.ids.join(), b.ids.join()) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compareTexts */ .qy)(representative(a.finding), representative(b.finding)));
}
const namesOfPackages = new WeakMap();
function packageNames({ finding }) {
    const known = namesOfPackages.get(finding);
    if (known !== undefined)
        return known;
    const text = finding.packages.map(({ name, version }) => `${name}@${version}`).join();
    namesOfPackages.set(finding, text);
    return text;
}
function count(findings) {
    const distinct = new Map(findings.map((finding) => [findingKey(finding), finding.severity]));
    const severities = Map.groupBy(distinct.values(), (severity) => severity);
    const of = (severity) => severities.get(severity)?.length ?? 0;
    const counts = {
        critical: of('CRITICAL'),
        high: of('HIGH'),
        medium: of('MEDIUM'),
        low: of('LOW'),
        informational: of('INFORMATIONAL'),
        untriaged: of(_results_severity_js__WEBPACK_IMPORTED_MODULE_5__/* .UNTRIAGED */ .C3),
    };
    const known = Object.values(counts).reduce((sum, number) => sum + number, 0);
    return { ...counts, unknown: distinct.size - known, total: distinct.size };
}


/***/ }),

/***/ 9519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ dependOnPlatform),
  w: () => (/* binding */ prepareExceptions)
});

// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/policy/conditions.js
var conditions = __webpack_require__(1426);
// EXTERNAL MODULE: ./lib/policy/globs.js
var globs = __webpack_require__(5017);
// EXTERNAL MODULE: ./lib/image/platform.js
var platform = __webpack_require__(8758);
// EXTERNAL MODULE: ./lib/versions/compare.js + 9 modules
var compare = __webpack_require__(2901);
// EXTERNAL MODULE: ./lib/versions/distributions.js
var distributions = __webpack_require__(6894);
// EXTERNAL MODULE: ./lib/versions/ecosystem.js
var versions_ecosystem = __webpack_require__(661);
;// CONCATENATED MODULE: ./lib/policy/packages.js



const PURL_TYPES = {
    apk: 'apk',
    cargo: 'cargo',
    composer: 'composer',
    dpkg: 'deb',
    gem: 'gem',
    go: 'golang',
    maven: 'maven',
    npm: 'npm',
    nuget: 'nuget',
    pep440: 'pypi',
    rpm: 'rpm',
};
const ECOSYSTEMS = new Map(Object.entries(PURL_TYPES).map(([ecosystem, type]) => [type, ecosystem]));
const SYSTEM_TYPES = ['deb', 'rpm', 'apk'];
function isPackage(named, candidate, finding, need) {
    const isEnough = (truth) => (need === 'certain' ? truth === true : truth !== false);
    return (isEnough(sameName(named, candidate)) &&
        aspects(named, candidate, finding).every(([, truth]) => isEnough(truth)));
}
function aspects(named, candidate, { operatingSystem }) {
    const system = (0,distributions/* systemOf */.br)(operatingSystem);
    const { type } = named;
    const isOfSystem = SYSTEM_TYPES.includes(type);
    return [
        ['type', isType(type, candidate, system)],
        ['vendor', isOfSystem ? isOfVendor(named.namespace, system) : true],
        [
            'release',
            named.distro === undefined ? true : isOfSystem ? system && (0,distributions/* isRelease */.MU)(system, named.distro) : undefined,
        ],
        ['version', named.version === undefined ? true : isVersion(type, named.version, candidate)],
        ['architecture', named.arch === undefined ? true : isPackageArch(named.arch, candidate.arch)],
        ['qualifier', named.unread === undefined ? true : undefined],
    ];
}
function isType(type, candidate, system) {
    const other = ECOSYSTEMS.has(type) ? false : undefined;
    if (isStandardLibrary(candidate))
        return type === 'golang' ? true : other;
    const manager = candidate.manager?.toUpperCase();
    if (manager === 'OS') {
        if (system !== undefined)
            return type === system.type ? true : other;
        return SYSTEM_TYPES.includes(type) ? undefined : other;
    }
    const ecosystem = manager === undefined ? undefined : (0,versions_ecosystem/* ecosystemOfManager */.p)(manager);
    if (ecosystem === undefined)
        return undefined;
    return type === PURL_TYPES[ecosystem] ? true : other;
}
function isOfVendor(namespace, system) {
    return namespace === undefined || system === undefined ? undefined : (0,distributions/* isVendor */.zi)(system, namespace);
}
function isStandardLibrary({ name, manager }) {
    const isGo = manager !== undefined && (0,versions_ecosystem/* ecosystemOfManager */.p)(manager) === 'go';
    return name === 'go/stdlib' ? isGo || manager?.toUpperCase() === 'GENERIC' : name === 'stdlib' && isGo;
}
const STANDARD_LIBRARY = ['stdlib', 'std', 'go', 'go/stdlib'];
function sameName(named, candidate) {
    const { type } = named;
    const full = fullName(named);
    if (isStandardLibrary(candidate)) {
        const name = full.toLowerCase();
        if (type === 'golang' && (name === 'stdlib' || name === 'go/stdlib'))
            return true;
        return STANDARD_LIBRARY.includes(name) ? undefined : false;
    }
    const same = (a, b) => canonicalName(type, a) === canonicalName(type, b);
    if (same(full, candidate.name))
        return true;
    if (same(full.replaceAll(':', '/'), candidate.name.replaceAll(':', '/')))
        return undefined;
    const [own, other] = [lastPart(full), lastPart(candidate.name)];
    return (own === full || other === candidate.name) && same(own, other) ? undefined : false;
}
function lastPart(name) {
    return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}
function fullName({ type, namespace, name }) {
    if (namespace === undefined || SYSTEM_TYPES.includes(type))
        return name;
    return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
function canonicalName(type, name) {
    switch (type) {
        case 'pypi':
            return name.toLowerCase().replace(/[-_.]+/g, '-');
        case 'deb':
        case 'apk':
        case 'composer':
        case 'golang':
        case 'nuget':
            return name.toLowerCase();
        default:
            return name;
    }
}
function isVersion(type, stated, candidate) {
    const isOfSystem = SYSTEM_TYPES.includes(type);
    const own = canonicalVersion(type, stated);
    const found = canonicalVersion(type, isOfSystem ? installedVersion(candidate) : candidate.version);
    if (own === found && found !== '')
        return true;
    const [a, b] = isOfSystem ? inCommon(own, found) : [own, found];
    const order = (0,compare/* compareVersions */.Z)(ECOSYSTEMS.get(type), a, b);
    return found === '' || order === undefined || order === 0 ? undefined : false;
}
function installedVersion({ version, epoch, release }) {
    const withEpoch = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
    return release === undefined || release === '' ? withEpoch : `${withEpoch}-${release}`;
}
function inCommon(a, b) {
    const withoutEpoch = (text) => text.replace(/^\d+:/, '');
    const withoutRelease = (text) => text.replace(/-[^-]*$/, '');
    const [c, d] = a.includes(':') && b.includes(':') ? [a, b] : [withoutEpoch(a), withoutEpoch(b)];
    return c.includes('-') && d.includes('-') ? [c, d] : [withoutRelease(c), withoutRelease(d)];
}
function canonicalVersion(type, version) {
    if (type === 'golang')
        return version.replace(/^(?:v|go)(?=\d)/, '');
    return SYSTEM_TYPES.includes(type) ? version.replace(/^0:/, '') : version;
}
const ARCHITECTURES = new Map(Object.entries({
    x86_64: 'amd64',
    aarch64: 'arm64',
    i386: '386',
    i686: '386',
    noarch: 'all',
}));
function isPackageArch(stated, found) {
    return found === undefined ? undefined : canonicalArch(stated) === canonicalArch(found);
}
function canonicalArch(arch) {
    const lower = arch.toLowerCase();
    return ARCHITECTURES.get(lower) ?? lower;
}
function nameKey(name) {
    const key = lastPart(name)
        .toLowerCase()
        .replace(/[-_.]+/g, '-');
    return STANDARD_LIBRARY.includes(key) ? 'stdlib' : key;
}
function doubtAboutPackage(named, candidate, finding) {
    if (sameName(named, candidate) !== true)
        return undefined;
    const doubtful = aspects(named, candidate, finding).find(([, truth]) => truth !== true);
    if (doubtful === undefined)
        return undefined;
    const [aspect, truth] = doubtful;
    const found = foundOf(aspect, candidate, finding);
    return { aspect, differs: truth === false, purl: named.purl, found };
}
function foundOf(aspect, candidate, { operatingSystem }) {
    switch (aspect) {
        case 'type':
            return candidate.manager?.toUpperCase() === 'OS' ? operatingSystem : candidate.manager;
        case 'vendor':
        case 'release':
            return operatingSystem;
        case 'version':
            return installedVersion(candidate);
        case 'architecture':
            return candidate.arch;
        case 'qualifier':
            return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/policy/products.js



function matchesProducts(products, finding, image) {
    const { isWhole, isNamed, revocable } = fittingProducts(products, finding, image, 'certain');
    return ((isWhole || (finding.packages.length > 0 && finding.packages.every(isNamed))) &&
        !revocable.some((product) => revocationOf(product, finding, image) !== undefined));
}
function revocationOf(product, finding, image) {
    if (product.revocations === undefined)
        return undefined;
    const { since, ids: stated, by } = product.revocations;
    const latest = latestRevocations(by, finding, image);
    for (const id of [finding.vulnerabilityId, ...finding.relatedIds, ...stated]) {
        const revocation = latest(id);
        if (revocation !== undefined && revocation.at >= since)
            return revocation;
    }
    return undefined;
}
const revocationsById = new WeakMap();
const revocationsOfFindings = new WeakMap();
function latestRevocations(by, finding, image) {
    const byId = known(revocationsById, by, () => {
        const map = new Map();
        for (const revocation of by) {
            for (const id of new Set(revocation.ids.map(folded)))
                known(map, id, () => []).push(revocation);
        }
        return map;
    });
    const ofImages = known(revocationsOfFindings, by, () => new WeakMap());
    const ofFindings = known(ofImages, image, () => new WeakMap());
    return known(ofFindings, finding, () => {
        const found = new Map();
        return (id) => known(found, folded(id), () => (byId.get(folded(id)) ?? [])
            .filter(({ products }) => concerns(products, finding, image))
            .reduce((latest, other) => (latest === undefined || other.at > latest.at ? other : latest), undefined));
    });
}
function folded(id) {
    return id.toLowerCase();
}
function concerns(products, finding, image) {
    const { isWhole, isEmpty, isNamed } = fittingProducts(products, finding, image, 'possible');
    if (isEmpty)
        return false;
    return isWhole || finding.packages.length === 0 || finding.packages.some(isNamed);
}
const fitting = {
    certain: new WeakMap(),
    possible: new WeakMap(),
};
function fittingProducts(products, finding, image, need) {
    const ofImages = known(fitting[need], products, () => new WeakMap());
    const ofPlatforms = known(ofImages, image, () => new Map());
    const { digest, platform, configPlatform, operatingSystem } = finding;
    const key = JSON.stringify([digest, platform, configPlatform, operatingSystem]);
    return known(ofPlatforms, key, () => {
        const own = products.filter((product) => isOfImage(product, finding, image, need));
        const byName = Map.groupBy(own.flatMap(({ subcomponents }) => subcomponents), ({ name }) => nameKey(name));
        const namedLike = ({ name }) => byName.get(nameKey(name)) ?? [];
        const answers = new Map();
        return {
            namedLike,
            isEmpty: own.length === 0,
            isWhole: own.some(({ subcomponents }) => subcomponents.length === 0),
            isNamed: (candidate) => known(answers, JSON.stringify(candidate), () => namedLike(candidate).some((named) => isPackage(named, candidate, finding, need))),
            revocable: [...new Map(own.map((product) => [product.revocations, product])).values()],
        };
    });
}
function known(map, key, make) {
    const value = map.get(key);
    if (value !== undefined || map.has(key))
        return value;
    const made = make();
    map.set(key, made);
    return made;
}
function isOfImage(product, finding, image, need) {
    const { digest, tag, arch } = product;
    const digestFits = digest === undefined || digest === finding.digest || image.digests.includes(digest);
    const tagFits = tag === undefined || digest !== undefined || need === 'possible';
    const archFits = isOfArch(arch, finding, digest === finding.digest ? 'possible' : need);
    return digestFits && isOfRepository(product, image, need) && tagFits && archFits;
}
function isOfRepository({ digest, name, repositoryUrl }, { host, repository }, need) {
    const isNamed = need === 'possible'
        ? name === '' || lastSegment(repository) === lastSegment(name)
        : name === ''
            ? digest !== undefined
            : repository === name || repository.endsWith(`/${name}`);
    return (isNamed &&
        (repositoryUrl === undefined ||
            repositoryUrl === `${host}/${repository}` ||
            (need === 'possible' && bare(repositoryUrl).endsWith(`/${repository}`))));
}
function lastSegment(name) {
    return name.slice(name.lastIndexOf('/') + 1);
}
function isAboutImage(products, image) {
    const digests = [...image.digests, ...(image.platformDigests ?? [])];
    return products.some((product) => (product.digest === undefined || digests.includes(product.digest)) &&
        isOfRepository(product, image, 'certain'));
}
function bare(repositoryUrl) {
    const url = repositoryUrl.toLowerCase();
    const last = url.lastIndexOf('/') + 1;
    const [name = ''] = url.slice(last).split(/[:@]/, 1);
    return url.slice(0, last) + name;
}
function isOfArch(arch, finding, need) {
    if (arch === undefined)
        return true;
    const wanted = arch.toLowerCase();
    const truths = (0,platform/* platformsOf */.Wt)(finding).map((platform) => platform?.own.some((name) => name.slice(name.indexOf('/') + 1) === wanted));
    return need === 'certain' ? (0,conditions/* combined */.yX)(truths, 'every') === true : (0,conditions/* combined */.yX)(truths, 'any') !== false;
}
function doubtAbout(products, finding, image) {
    const { namedLike } = fittingProducts(products, finding, image, 'certain');
    for (const candidate of finding.packages) {
        for (const named of namedLike(candidate)) {
            const doubt = doubtAboutPackage(named, candidate, finding);
            if (doubt !== undefined)
                return doubt;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/policy/exceptions.js




function prepareExceptions(exceptions, bounds, image, now) {
    const refused = new Map();
    const byId = new Map();
    for (const exception of exceptions) {
        const refusal = refusalOf(exception, bounds, now);
        if (refusal !== undefined)
            refused.set(exception, refusal);
        for (const id of idsOf(exception)) {
            const others = byId.get(id);
            if (others === undefined)
                byId.set(id, [exception]);
            else
                others.push(exception);
        }
    }
    return {
        refused,
        ends: (exception) => endOf(exception, bounds),
        isAboutImage: ({ scope }) => scope.kind === 'products' ? isAboutImage(scope.products, image) : exceptions_isOfRepository(scope, image),
        refusal: ({ exception, doubt }, finding) => refused.get(exception) ??
            (doubt === undefined ? refusalFor(exception, finding, bounds) : { kind: 'other-package', ...doubt }),
        matching: (finding, onOther) => {
            if (byId.size === 0)
                return [];
            const candidates = new Set([finding.vulnerabilityId, ...finding.relatedIds].flatMap((id) => byId.get(exceptions_folded(id)) ?? []));
            return [...candidates].flatMap((exception) => {
                if (!names(exception, finding))
                    return [];
                const { scope } = exception;
                if (covers(scope, finding, image))
                    return { exception, doubt: undefined };
                const doubt = scope.kind === 'products' ? doubtAbout(scope.products, finding, image) : undefined;
                if (doubt !== undefined)
                    return { exception, doubt };
                onOther?.(exception);
                return [];
            });
        },
    };
}
function dependOnPlatform(exceptions) {
    const products = [];
    const lists = new Set();
    for (const { scope } of exceptions) {
        if (scope.kind === 'globs') {
            if (scope.platform !== undefined)
                return true;
            continue;
        }
        for (const product of scope.products) {
            products.push(product);
            if (product.revocations !== undefined)
                lists.add(product.revocations.by);
        }
    }
    for (const list of lists)
        for (const revocation of list)
            products.push(...revocation.products);
    return products.some(({ arch }) => arch !== undefined);
}
function exceptions_folded(id) {
    return id.toLowerCase();
}
const foldedIds = new WeakMap();
function idsOf(exception) {
    let ids = foldedIds.get(exception);
    if (ids === undefined) {
        ids = new Set(exception.ids.map(exceptions_folded));
        foldedIds.set(exception, ids);
    }
    return ids;
}
function names(exception, finding) {
    const ids = idsOf(exception);
    return (0,conditions/* namesIds */.x7)(finding, 'every', (id) => ids.has(exceptions_folded(id)));
}
function exceptions_isOfRepository({ image }, { repository }) {
    return image === undefined || (0,globs/* matchesGlob */.kt)(image, repository);
}
function covers(scope, finding, image) {
    if (scope.kind === 'products')
        return matchesProducts(scope.products, finding, image);
    const { package: packages, platform } = scope;
    return (exceptions_isOfRepository(scope, image) &&
        (packages === undefined ||
            (finding.packages.length > 0 && finding.packages.every(({ name }) => (0,globs/* matchesGlob */.kt)(packages, name)))) &&
        (platform === undefined || (0,conditions/* onPlatform */.Jf)((0,globs/* listOf */.c3)(platform), finding, 'every') === true));
}
function endOf({ expires, since }, { maxDurationMs }) {
    if (expires !== undefined || maxDurationMs === undefined || since === undefined)
        return expires;
    return new Date(since.getTime() + maxDurationMs);
}
function refusalOf(exception, bounds, now) {
    const ends = endOf(exception, bounds);
    if (ends !== undefined && !(ends > now))
        return { kind: 'expired', since: ends };
    const { since } = exception;
    if (since !== undefined && !(since.getTime() - now.getTime() <= time/* CLOCK_SKEW_MS */.rn)) {
        return { kind: 'not-yet', from: since };
    }
    const { maxDurationMs } = bounds;
    if (maxDurationMs !== undefined && (ends === undefined || ends.getTime() - now.getTime() > maxDurationMs)) {
        const days = ends === undefined ? undefined : Math.ceil((ends.getTime() - now.getTime()) / time/* DAY_MS */.sO);
        return { kind: 'max-duration', maxDurationMs, days };
    }
    const present = {
        reason: exception.reason !== undefined,
        expires: ends !== undefined,
        'approved-by': exception.approvedBy !== undefined,
        ticket: exception.ticket !== undefined,
    };
    const field = bounds.required.find((name) => !present[name]);
    return field === undefined ? undefined : { kind: 'required', field };
}
function refusalFor(exception, finding, { never }) {
    const forbidden = (what, truth) => truth === false ? undefined : { kind: 'never', what, unknown: truth === undefined };
    return ((exception.untilFixed && finding.fixAvailable !== 'NO' ? { kind: 'fix-available' } : undefined) ??
        (never.severity.length > 0
            ? forbidden('severity', (0,conditions/* hasSeverity */.yg)(never.severity, finding.severity))
            : undefined) ??
        (never.score && forbidden('score', (0,conditions/* within */.ux)(finding.score, never.score))) ??
        (never.knownExploited ? forbidden('known-exploited', finding.knownExploited) : undefined));
}


/***/ }),

/***/ 3746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _F: () => (/* binding */ weakenedBy),
/* harmony export */   f: () => (/* binding */ effectiveSettings),
/* harmony export */   jo: () => (/* binding */ weakeningByInputsOf),
/* harmony export */   m7: () => (/* binding */ acceptedWeakenings)
/* harmony export */ });
/* unused harmony export isWeakenedByBaseline */
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5243);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2213);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5017);
/* harmony import */ var _policy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3506);





function effectiveSettings(requested, document) {
    const { minimum } = document;
    const conflicts = [];
    const conflict = (input, asked, demanded) => {
        conflicts.push({ input, asked, demanded });
    };
    const threshold = (input, wanted, base, floor) => {
        const chosen = wanted ?? base;
        if (floor === undefined || strictness(chosen) >= strictness(floor))
            return chosen;
        if (wanted !== undefined)
            conflict(input, wanted, floor);
        return floor;
    };
    const failOn = threshold('fail-on', requested.failOn, document.failOn ?? _policy_js__WEBPACK_IMPORTED_MODULE_3__/* .DEFAULT_SETTINGS */ .a.failOn, minimum.failOn);
    const warnOn = threshold('warn-on', requested.warnOn, document.warnOn ?? _policy_js__WEBPACK_IMPORTED_MODULE_3__/* .DEFAULT_SETTINGS */ .a.warnOn, minimum.warnOn);
    const ignoreUnfixed = requested.ignoreUnfixed ?? document.ignoreUnfixed ?? _policy_js__WEBPACK_IMPORTED_MODULE_3__/* .DEFAULT_SETTINGS */ .a.ignoreUnfixed;
    if (ignoreUnfixed && !minimum.ignoreUnfixed && requested.ignoreUnfixed)
        conflict('ignore-unfixed', 'true', 'false');
    if (!requested.enforce && minimum.enforce)
        conflict('enforce', 'false', 'true');
    const tooLong = minimum.timeoutMs !== undefined && requested.timeoutMs > minimum.timeoutMs;
    const timeoutMs = tooLong && minimum.timeoutMs !== undefined ? minimum.timeoutMs : requested.timeoutMs;
    if (tooLong)
        conflict('timeout', (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(requested.timeoutMs), (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(timeoutMs));
    const settleTimeMs = Math.max(requested.settleTimeMs, minimum.settleTimeMs ?? 0);
    if (settleTimeMs !== requested.settleTimeMs) {
        conflict('settle-time', (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(requested.settleTimeMs), (0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(settleTimeMs));
    }
    const scanType = minimum.scanType ?? requested.scanType;
    if (scanType !== requested.scanType)
        conflict('scan-type', requested.scanType, scanType);
    if (requested.baseline && !minimum.baseline)
        conflict('baseline', 'an image', 'none');
    const refused = requested.baseImages.filter((repository) => !isAllowed(repository, minimum.baseImage));
    if (refused.length > 0) {
        const { baseImage } = minimum;
        conflict('base-image', refused.join(', '), typeof baseImage === 'boolean' ? 'none' : baseImage.join(', '));
    }
    if (requested.exceptions && !minimum.exceptions)
        conflict('exceptions', 'files', 'none');
    if (requested.vex && !minimum.vex)
        conflict('vex', 'files', 'none');
    if (!requested.recheck && minimum.recheck)
        conflict('recheck', 'false', 'true');
    const signingMissing = minimum.signing && !requested.signing;
    if (signingMissing)
        conflict('signing-key', 'nothing', 'a key');
    const { minimum: _, ...rest } = document;
    return {
        policy: { ...rest, failOn, warnOn, ignoreUnfixed: ignoreUnfixed && minimum.ignoreUnfixed },
        enforce: requested.enforce || minimum.enforce,
        scanType,
        timeoutMs,
        settleTimeMs,
        baseline: requested.baseline && minimum.baseline,
        baseImages: requested.baseImages.filter((repository) => !refused.includes(repository)),
        excepting: { exceptions: minimum.exceptions, vex: minimum.vex },
        recheck: requested.recheck || minimum.recheck,
        signingMissing,
        conflicts,
    };
}
function isAllowed(repository, allowed) {
    return typeof allowed === 'boolean' ? allowed : allowed.some((glob) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_2__/* .matchesGlob */ .kt)(glob, repository));
}
function weakeningByInputsOf({ policy: { failOn, ignoreUnfixed }, scanType }, document) {
    const own = effectiveSettings(NO_SETTINGS, document).policy;
    return {
        ...(strictness(failOn) < strictness(own.failOn) ? { 'fail-on': failOn } : {}),
        ...(ignoreUnfixed && !own.ignoreUnfixed ? { 'ignore-unfixed': true } : {}),
        ...(scanType === 'basic' ? { 'scan-type': 'basic' } : {}),
    };
}
function acceptedWeakenings(settings, document) {
    const { 'scan-type': scanType, ...thresholds } = weakeningByInputsOf(settings, document);
    if (Object.keys(thresholds).length > 0)
        return [];
    const own = [
        ...(scanType === undefined ? [] : [{ 'scan-type': scanType }]),
        ...(settings.baseline ? [{ baseline: true }] : []),
        ...(settings.baseImages.length > 0 ? [{ 'base-image': true }] : []),
    ];
    let together = [{}];
    for (const one of own)
        together = together.flatMap((other) => [other, { ...other, ...one }]);
    return together.filter((one) => Object.keys(one).length > 0);
}
function weakenedBy(byInputs, findings, verdict, policy, context) {
    return {
        ...byInputs,
        ...(isWeakenedByBaseline(verdict, policy) ? { baseline: true } : {}),
        ...((0,_base_js__WEBPACK_IMPORTED_MODULE_1__/* .isWeakenedByBaseImages */ .t2)(findings, policy, context) ? { 'base-image': true } : {}),
    };
}
function isWeakenedByBaseline({ judged }, { limits }) {
    const limited = new Set(Object.keys(limits).map((severity) => severity.toUpperCase()));
    return judged.some(({ reason, inBaseline, finding }) => reason.kind === 'baseline' || (inBaseline === true && limited.has(finding.severity)));
}
const NO_SETTINGS = {
    failOn: undefined,
    warnOn: undefined,
    ignoreUnfixed: undefined,
    enforce: true,
    scanType: 'enhanced',
    timeoutMs: 0,
    settleTimeMs: 0,
    signing: true,
    baseline: false,
    baseImages: [],
    exceptions: false,
    vex: false,
    recheck: true,
};
function strictness(threshold) {
    return threshold === 'none' ? -1 : _results_severity_js__WEBPACK_IMPORTED_MODULE_4__/* .THRESHOLDS */ .Rm.indexOf(threshold);
}


/***/ }),

/***/ 6034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ readDockerfile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


const MAX_BYTES = 1024 * 1024;
async function readDockerfile(path, workspace) {
    const root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root, path));
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, file);
    if (inside === '' || inside === '..' || inside.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(inside)) {
        throw new Error(`${path} is not in the workspace`);
    }
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file);
    if (!found.isFile())
        throw new Error(`${path} is not a file`);
    if (found.size > MAX_BYTES)
        throw new Error(`${path} has more than 1 MiB`);
    return { path: inside.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'), text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8') };
}


/***/ }),

/***/ 1303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ compareBases),
/* harmony export */   c: () => (/* binding */ verdictAfter)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4038);

function compareBases(findings, bases, before, judge) {
    const present = findings.filter(isOpen);
    if (present.some(({ digest }) => !bases.has(digest)))
        return undefined;
    const newer = [...bases.values()].flatMap(({ newer: list = [] }) => list.filter(isOpen));
    const known = new Set(findings.map(({ id }) => id));
    if (newer.some(({ id }) => known.has(id)))
        return undefined;
    const names = new Set(newer.flatMap(namesOf));
    const isGone = (finding) => {
        const base = bases.get(finding.digest);
        if (base?.newer === undefined || finding.packages.length === 0)
            return false;
        return (finding.packages.every(({ layer }) => layer !== undefined && base.layers.has(layer)) &&
            !namesOf(finding).some((name) => names.has(name)));
    };
    const byId = Map.groupBy(present, ({ id }) => id);
    const membersOf = ({ ids }) => ids.flatMap((id) => byId.get(id) ?? []);
    const resolves = before.judged.filter((judged) => {
        const members = membersOf(judged);
        return members.length > 0 && members.every(isGone);
    });
    const removed = new Set(resolves.flatMap(membersOf));
    const kept = findings.filter((finding) => !removed.has(finding));
    const effects = effectsIn(judge([...kept, ...newer]));
    const sure = kept.filter((finding) => isOpen(finding) && byId.get(finding.id)?.length === 1);
    const strictness = strictnessOf(sure, effects);
    const isCovered = (finding) => namesOf(finding).some((name) => strictness
        .get(name)
        ?.slice(rank(effects.get(finding.id)))
        .some((order) => order <= (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity)));
    const added = newer.filter((finding) => !isCovered(finding));
    const after = judge([...kept, ...added]);
    const addedIds = new Set(added.map(({ id }) => id));
    const adds = after.judged.filter(({ ids }) => ids.every((id) => addedIds.has(id)));
    if (!isBetter(after, before))
        return undefined;
    return { resolves, adds, verdict: after.verdict, exceededLimits: after.exceededLimits };
}
function verdictAfter(verdict, change) {
    const gone = new Set(change.resolves);
    const judged = [...verdict.judged.filter((finding) => !gone.has(finding)), ...change.adds];
    return {
        ...verdict,
        verdict: change.verdict,
        judged,
        blocking: judged.filter(({ effect }) => effect === 'block').length,
        exceededLimits: change.exceededLimits,
    };
}
function isOpen({ status }) {
    return status !== 'CLOSED';
}
function strictnessOf(findings, effects) {
    const found = new Map();
    for (const finding of findings) {
        const at = rank(effects.get(finding.id));
        for (const name of namesOf(finding)) {
            const orders = found.get(name) ?? RANK.map(() => Number.POSITIVE_INFINITY);
            orders[at] = Math.min(orders[at] ?? Number.POSITIVE_INFINITY, (0,_results_order_js__WEBPACK_IMPORTED_MODULE_0__/* .severityOrder */ .IY)(finding.severity));
            found.set(name, orders);
        }
    }
    return found;
}
function namesOf({ digest, vulnerabilityId, relatedIds }) {
    const names = [vulnerabilityId, ...relatedIds].map((name) => name.trim().toUpperCase());
    return [...new Set(names)].map((name) => `${digest} ${name}`);
}
const RANK = [undefined, 'allow', 'warn', 'block'];
function rank(effect) {
    return RANK.indexOf(effect);
}
function effectsIn({ judged }) {
    const effects = new Map();
    for (const { ids, effect } of judged) {
        for (const id of ids)
            if (rank(effect) > rank(effects.get(id)))
                effects.set(id, effect);
    }
    return effects;
}
function isBetter(after, before) {
    const [now, then] = [weigh(after), weigh(before)];
    if (now.blocking > then.blocking || now.excess > then.excess)
        return false;
    if (before.verdict === 'block')
        return now.blocking < then.blocking || now.excess < then.excess;
    return now.warning < then.warning;
}
function weigh({ judged, blocking, exceededLimits }) {
    return {
        blocking,
        excess: exceededLimits.reduce((sum, { allowed, found }) => sum + found - allowed, 0),
        warning: judged.filter(({ effect }) => effect === 'warn').length,
    };
}


/***/ }),

/***/ 2835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ annotations)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8804);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2542);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8276);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8041);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6803);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3571);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4232);







const MAX_FINDINGS = 10;
const MAX_ENDING = 10;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
const MAX_PATH = 4_096;
function annotations(report, dockerfile) {
    return [
        ...toleratedAnnotations(report),
        ...(report.error === undefined
            ? []
            : [errorAnnotation(report.error, 'ECR Deployment Gate', levelOf(report))]),
        ...report.images.flatMap((image) => image.outcome.kind === 'error'
            ? [
                errorAnnotation(image.outcome.error, `${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictWords */ .L2)(image)}: ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .shortName */ .EU)(image)}`, levelOf(report)),
            ]
            : []),
        ...blockingAnnotations(report, dockerfile),
        ...endingAnnotations(report),
    ];
}
function levelOf({ tolerated }) {
    return tolerated ? 'warning' : 'error';
}
function toleratedAnnotations(report) {
    const words = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .toleratedWords */ .Oc)(report);
    return words === undefined
        ? []
        : [{ level: 'warning', title: 'Not enforced', message: text(`${words}.`, MAX_MESSAGE) }];
}
function blockingAnnotations(report, dockerfile) {
    const level = levelOf(report);
    const several = report.images.length > 1;
    const blocking = report.images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block').map((finding) => ({ image, finding })));
    const rest = blocking.length - MAX_FINDINGS;
    return [
        ...blocking.slice(0, MAX_FINDINGS).map(({ image, finding }) => ({
            level,
            title: text(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)(finding.finding.vulnerabilityId, 80)} blocks${several ? ` ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .shortName */ .EU)(image)}` : ' this image'}`, MAX_TITLE),
            message: text((0,_log_js__WEBPACK_IMPORTED_MODULE_4__/* .findingLine */ .m)(finding, report.judgedAt), MAX_MESSAGE),
            ...placeOf(finding.finding, dockerfile),
        })),
        ...(rest > 0
            ? [
                {
                    level,
                    title: (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest, 'more blocking finding'),
                    message: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest, 'more finding')} ${rest === 1 ? 'blocks' : 'block'}. See the job summary.`,
                },
            ]
            : []),
    ];
}
function endingAnnotations(report) {
    const ending = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .endingSoon */ .Ng)(report);
    if (ending.length === 0)
        return [];
    const shown = ending.slice(0, MAX_ENDING).map(({ exception, ends }) => {
        const [id = ''] = exception.ids;
        const more = exception.ids.length > 1 ? ` and ${exception.ids.length - 1} more` : '';
        return `${(0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)(id, 80)}${more} (${(0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)(exception.source, 100)}): ${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .untilWords */ .So)(ends, report.judgedAt)}`;
    });
    const left = ending.length - shown.length;
    const rest = left > 0 ? `; and ${left} more` : '';
    return [
        {
            level: 'warning',
            title: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(ending.length, 'exception')} ${ending.length === 1 ? 'ends' : 'end'} within 14 days`,
            message: text(`${shown.join('; ')}${rest}. ${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .countAgain */ .CI)(ending.length)}`, MAX_MESSAGE),
        },
    ];
}
function placeOf({ packages }, dockerfile) {
    if (dockerfile === undefined)
        return {};
    const [first, ...others] = new Set(packages.map((found) => (0,_dockerfile_js__WEBPACK_IMPORTED_MODULE_2__/* .lineOfPackage */ .As)(dockerfile, found)?.line));
    return first === undefined || others.length > 0 ? {} : { file: dockerfile.path, startLine: first };
}
function errorAnnotation(error, title, level) {
    const message = error.nextStep === undefined ? error.message : (0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .sentences */ .hC)(error.message, error.nextStep);
    const { location } = error;
    return {
        level,
        title: text(title, MAX_TITLE),
        message: text(message, MAX_MESSAGE),
        ...(location === undefined ? {} : { file: text(location.file, MAX_PATH), startLine: location.line }),
    };
}
function text(raw, max) {
    return (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)(raw, max));
}


/***/ }),

/***/ 8388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B9: () => (/* binding */ OLD_MS),
/* harmony export */   KR: () => (/* binding */ sinceWords),
/* harmony export */   T6: () => (/* binding */ thenWords),
/* harmony export */   W2: () => (/* binding */ recommended),
/* harmony export */   aJ: () => (/* binding */ isShown),
/* harmony export */   hy: () => (/* binding */ ageOf),
/* harmony export */   mF: () => (/* binding */ changeWords)
/* harmony export */ });
/* harmony import */ var _results_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4038);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5243);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8276);




const OLD_MS = 7 * _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
function recommended({ advice }) {
    return advice?.newer.find(({ change }) => change !== undefined)?.change;
}
function sinceWords(pushedAt, judgedAt) {
    const days = judgedAt === undefined ? undefined : Math.round(ageOf(pushedAt, judgedAt) / _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO);
    if (days === undefined || Number.isNaN(days))
        return `in ECR since ${(0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .day */ .vd)(pushedAt)}`;
    return days < 1
        ? 'in ECR for less than a day'
        : `in ECR since ${(0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .day */ .vd)(pushedAt)}, ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(days, 'day')} ago`;
}
function ageOf(pushedAt, judgedAt) {
    return Math.max(0, judgedAt.getTime() - pushedAt.getTime());
}
function changeWords(change, before) {
    return `resolves ${resolvedWords(change, before)} and ${addedWords(change)}`;
}
function resolvedWords({ resolves }, { verdict, judged, blocking }) {
    const [effect, noun] = verdict === 'block' ? ['block', 'blocking finding'] : ['warn', 'warning'];
    const all = verdict === 'block' ? blocking : judged.filter((finding) => finding.effect === effect).length;
    const count = resolves.filter((finding) => finding.effect === effect).length;
    if (count === 0)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(resolves.length, 'finding');
    if (count === all)
        return all === 1 ? `the ${noun}` : `all ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(all, noun)}`;
    return `${count} of the ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(all, noun)}`;
}
function addedWords({ adds }) {
    if (adds.length === 0)
        return 'adds none';
    const groups = Map.groupBy(adds.toSorted((a, b) => order(a) - order(b)), ({ effect, finding }) => `${(0,_results_severity_js__WEBPACK_IMPORTED_MODULE_2__/* .severityWord */ .Oh)(finding.severity) ?? 'unknown'} ${effect}`);
    const parts = [...groups].map(([key, { length }]) => {
        const [severity = '', effect = ''] = key.split(' ');
        return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(length, `${severity} finding`)}${EFFECTS[effect] ?? ''}`;
    });
    return `adds ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(parts)}`;
}
const EFFECTS = { block: ' (blocks)', warn: ' (warns)' };
function order({ finding }) {
    return (0,_results_order_js__WEBPACK_IMPORTED_MODULE_3__/* .severityOrder */ .IY)(finding.severity);
}
function thenWords({ verdict }, before) {
    if (before.verdict !== 'block' || verdict === 'block')
        return undefined;
    return `Then the image passes${verdict === 'warn' ? ' with warnings' : ''}`;
}
function isShown({ kind, change }) {
    return change !== undefined || kind === 'same-tag';
}


/***/ }),

/***/ 5024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ commandBlock),
/* harmony export */   Z: () => (/* binding */ commandLines)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5897);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1191);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(123);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2542);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4232);





const MAX_COMMANDS = 20;
const MAX_COMMAND = 2_000;
function commandLines(images) {
    return images.flatMap(ofPassed).map(({ command }) => command);
}
function commandBlock(images) {
    const all = images.flatMap(ofPassed);
    const shown = all.filter(({ command }) => command.length <= MAX_COMMAND).slice(0, MAX_COMMANDS);
    if (all.length === 0)
        return [];
    const groups = Map.groupBy(shown, ({ image }) => image);
    return [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .details */ .zH)('🧾 Verify by hand', [
            '<p>With cosign 3 and jq, in a POSIX shell that is logged in to the registry. Each command fails if what it verifies does not hold.</p>',
            ...[...groups].flatMap(([image, commands]) => [
                `<p>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .shortName */ .EU)(image), 300)}</p>`,
                ...commands.map(({ command }) => `<pre><code>${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(command)}</code></pre>`),
            ]),
            ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .more */ .OS)(all.length - shown.length),
        ]),
    ];
}
function ofPassed({ image, commands }) {
    if (!(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_3__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__/* .verdictOf */ .Vj)(image)))
        return [];
    return commands.flatMap((command) => (command === undefined ? [] : { image, command }));
}


/***/ }),

/***/ 3704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ renderComment)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5367);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1191);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(123);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2542);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8276);
/* harmony import */ var _comparison_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3492);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7872);
/* harmony import */ var _steps_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8676);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7461);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4232);










const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;
function renderComment(report, headline, { url, commit }, limitBytes) {
    const foot = footer(url, commit);
    const [first, ...others] = report.images;
    const opening = [(0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .heading */ .R_)(report.verdict, headline)];
    const sections = [
        first === undefined || others.length > 0 ? [] : [(0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOf */ .Vb)(first)],
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .errorBlocks */ .pT)(report),
        (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .comparison */ .my)(report),
        (0,_steps_js__WEBPACK_IMPORTED_MODULE_5__/* .nextSteps */ .Z)(report),
        others.length > 0 ? [imagesTable(report.images)] : [],
        blocking(report),
        (0,_comparison_js__WEBPACK_IMPORTED_MODULE_3__/* .changes */ .Ao)(report),
    ];
    const body = [...opening];
    for (const section of sections) {
        if (size([...body, ...section, foot]) <= limitBytes)
            body.push(...section);
    }
    return [...body, foot].join('\n\n');
}
function size(blocks) {
    return Buffer.byteLength(blocks.join('\n\n'));
}
function footer(url, commit) {
    const where = url === undefined ? 'the summary of the run' : `<a href="${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(url)}">the summary of the run</a>`;
    const what = commit === undefined ? '' : ` Commit: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(commit.slice(0, 12))}.`;
    return `<p>See ${where} for the details.${what}</p>`;
}
function imagesTable(images) {
    const rows = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_8__/* .worstFirst */ .md)(images)
        .slice(0, MAX_IMAGES)
        .map((image) => {
        const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
        return [
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .shortName */ .EU)(image), 300),
            (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .digestCell */ .Ve)(image),
            (0,_summary_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictCell */ .s8)(image),
            `${verdict?.blocking ?? '–'}`,
        ];
    });
    const more = images.length - rows.length;
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(['Image', 'Digest', 'Verdict', 'Blocking'], [...rows, ...(more > 0 ? [[`and ${more} more`, '', '', '']] : [])]);
}
function blocking({ images, judgedAt }) {
    const all = images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .judgedWith */ .wJ)(image, 'block').map((judged) => ({ image, judged })));
    if (all.length === 0)
        return [];
    const several = images.length > 1;
    const rows = all.slice(0, MAX_ROWS).map(({ image, judged }) => {
        const { finding, inBaseline } = judged;
        const shown = finding.packages.slice(0, MAX_PACKAGES);
        const hidden = finding.packages.length - shown.length;
        return [
            ...(several ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .shortName */ .EU)(image), 100)] : []),
            `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId)}${inBaseline === false ? ' 🆕' : ''}`,
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity),
            (shown.map(packageCell).join('<br>') || '–') + (hidden > 0 ? `<br>and ${hidden} more` : ''),
            shown
                .map((found) => {
                const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixedVersion */ .FF)(found);
                if (fixed !== undefined)
                    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(fixed, 60);
                return (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixability */ .er)(finding) === 'none' ? 'no fix yet' : 'no version given';
            })
                .join('<br>'),
            (0,_rows_js__WEBPACK_IMPORTED_MODULE_4__/* .reasonCell */ .JO)(judged, judgedAt),
        ];
    });
    const head = [...(several ? ['Image'] : []), 'Vulnerability', 'Severity', 'Package', 'Fixed in', 'Reason'];
    const missing = all.length - rows.length;
    return [
        '<h3>Blocking findings</h3>',
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(head, rows),
        ...(missing > 0 ? [`<p>${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(missing, 'more blocking finding')} in the summary.</p>`] : []),
    ];
}
function packageCell(found) {
    const reach = (0,_words_js__WEBPACK_IMPORTED_MODULE_7__/* .reachabilityWords */ .Hi)(found);
    return `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(found.name, 100)} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .installedVersion */ .nU)(found), 60)}${reach === '' ? '' : `, ${reach}`}`;
}


/***/ }),

/***/ 3492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ changes),
/* harmony export */   my: () => (/* binding */ comparison),
/* harmony export */   qp: () => (/* binding */ gone)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1191);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8804);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(123);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8276);




const MAX_REASON = 240;
const MAX_LISTED = 15;
const MAX_PACKAGES = 3;
function comparison({ baseline, images }) {
    if (baseline === undefined)
        return [];
    const name = (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(baseline.reference, 300);
    if (baseline.uri === undefined) {
        if (baseline.unused === undefined)
            return [];
        const why = (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .firstLine */ .TM)(baseline.unused), MAX_REASON));
        return [`<p>↔️ <b>The baseline was not used</b>; no finding was downgraded. ${name}: ${why}</p>`];
    }
    const judged = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images).flatMap((verdict) => verdict.judged);
    const count = (known) => judged.filter(({ inBaseline }) => inBaseline === known).length;
    return [
        `<p>↔️ Compared with ${name}: <b>${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(count(false), 'new finding')}</b>, ${goneFrom(images).length} no longer present, ${count(true)} unchanged.</p>`,
    ];
}
function changes({ images }) {
    const added = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images)
        .flatMap(({ judged }) => judged)
        .filter(({ inBaseline, effect }) => inBaseline === false && effect !== 'block');
    return [
        ...listed(`🆕 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(added.length, 'new finding')} that ${added.length === 1 ? 'does' : 'do'} not block`, added),
        ...gone(images),
    ];
}
function gone(images) {
    const findings = goneFrom(images);
    return listed(`👋 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(findings.length, 'finding')} no longer present`, findings);
}
function goneFrom(images) {
    return (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_3__/* .verdictsIn */ .kR)(images).flatMap((verdict) => verdict.gone ?? []);
}
function listed(title, findings) {
    if (findings.length === 0)
        return [];
    const items = findings.slice(0, MAX_LISTED).map(({ finding }) => {
        const names = finding.packages.slice(0, MAX_PACKAGES).map(({ name }) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(name, 100));
        return `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId)} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity)} ${names.join(', ')}`;
    });
    const left = findings.length - items.length;
    return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .details */ .zH)(title, [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .bullets */ .e5)([...items, ...(left > 0 ? [`and ${left} more`] : [])])])];
}


/***/ }),

/***/ 8041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  As: () => (/* binding */ lineOfPackage)
});

// UNUSED EXPORTS: baseImageLine, dockerfileLine

;// CONCATENATED MODULE: ./lib/report/findings/dockerfile-instructions.js
function instructionsOf(lines) {
    const endOf = hereDocumentsIn(lines);
    const continuation = continuationBy(escapeCharacter(lines));
    const instructions = [];
    for (let at = 0; at < lines.length; at += 1) {
        const line = at + 1;
        if (isBlankOrComment(lines[at]))
            continue;
        const parts = [];
        for (; at < lines.length; at += 1) {
            const text = lines[at] ?? '';
            if (parts.length > 0 && isBlankOrComment(text))
                continue;
            const open = continuation(text);
            parts.push(open ?? text);
            if (open === undefined)
                break;
        }
        const [, keyword, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(parts.join('')) ?? [];
        if (keyword === undefined)
            continue;
        instructions.push({ keyword: keyword.toUpperCase(), rest, line });
        if (canHaveHereDocuments(keyword, rest))
            at = endOf(at, rest);
    }
    return instructions;
}
function stringsIn(text) {
    if (!/^\s*\[.*\]\s*$/s.test(text))
        return undefined;
    try {
        const list = JSON.parse(text);
        return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined;
    }
    catch {
        return undefined;
    }
}
function withoutFlags(text) {
    return text.replace(/^(\s*--[a-z-]+(=\S*)?(?=\s))+/, '');
}
function isBlankOrComment(line) {
    return /^\s*(#|$)/.test(line ?? '');
}
function escapeCharacter(lines) {
    for (const line of lines) {
        const [, name, value = ''] = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/.exec(line) ?? [];
        if (name === undefined)
            return '\\';
        if (name.toLowerCase() === 'escape')
            return value.trimEnd() === '`' ? '`' : '\\';
    }
    return '\\';
}
function continuationBy(escapeWith) {
    return (line) => {
        let end = line.length;
        while (line[end - 1] === ' ' || line[end - 1] === '\t')
            end -= 1;
        const last = end - 1;
        return line[last] === escapeWith && line[last - 1] !== escapeWith ? line.slice(0, last) : undefined;
    };
}
function canHaveHereDocuments(keyword, rest) {
    const [, nested, nestedRest = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
    if (/^ONBUILD$/i.test(keyword) && nested !== undefined && !/^ONBUILD$/i.test(nested)) {
        return canHaveHereDocuments(nested, nestedRest);
    }
    return /^(RUN|COPY|ADD)$/i.test(keyword) && stringsIn(withoutFlags(rest)) === undefined;
}
function hereDocumentsIn(lines) {
    let plain;
    let untabbed;
    const by = (text) => Map.groupBy(lines.keys(), (index) => text(lines[index] ?? ''));
    return (at, rest) => {
        let end = at;
        for (const { name, isTabbed } of hereDocuments(rest)) {
            if (isTabbed)
                untabbed ??= by((line) => line.replace(/^\t+/, ''));
            else
                plain ??= by((line) => line);
            const same = (isTabbed ? untabbed : plain)?.get(name) ?? [];
            const found = same[firstWhere(same.length, (index) => (same[index] ?? 0) > end)];
            if (found !== undefined)
                end = found;
        }
        return end;
    };
}
function hereDocuments(text) {
    return wordsOf(text).flatMap(({ raw, plain }) => {
        const [, start, dash] = /^(\d*<<(-?))[^<]+$/.exec(raw) ?? [];
        if (start === undefined)
            return [];
        return [{ name: plain.slice(start.length), isTabbed: dash === '-' }];
    });
}
function wordsOf(text) {
    const words = [];
    let start;
    let plain = [];
    const end = (at) => {
        if (start !== undefined)
            words.push({ raw: text.slice(start, at), plain: plain.join('') });
        start = undefined;
        plain = [];
    };
    for (let at = 0; at < text.length; at += 1) {
        const character = text[at] ?? '';
        if (/\s/.test(character)) {
            end(at);
            continue;
        }
        start ??= at;
        if (character === '\\') {
            at += 1;
            plain.push(text[at] ?? '');
        }
        else if (character === "'") {
            const close = text.indexOf("'", at + 1);
            if (close === -1)
                return [];
            plain.push(text.slice(at + 1, close));
            at = close;
        }
        else if (character === '"') {
            const close = endOfQuoted(text, at + 1);
            if (close === -1)
                return [];
            plain.push(text.slice(at + 1, close).replace(/\\(["$\\])/g, '$1'));
            at = close;
        }
        else {
            plain.push(character);
        }
    }
    end(text.length);
    return words;
}
function endOfQuoted(text, from) {
    for (let at = from; at < text.length; at += 1) {
        if (text[at] === '\\')
            at += 1;
        else if (text[at] === '"')
            return at;
    }
    return -1;
}
function firstWhere(length, holds) {
    let from = 0;
    let to = length;
    while (from < to) {
        const middle = Math.floor((from + to) / 2);
        if (holds(middle))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

;// CONCATENATED MODULE: ./lib/report/findings/dockerfile.js

const read = new WeakMap();
function lineOfPackage(dockerfile, { origin, instruction }) {
    const known = read.get(dockerfile) ?? readText(dockerfile.text);
    read.set(dockerfile, known);
    const line = origin === 'base' ? known.base : instruction === undefined ? undefined : lineIn(known, instruction);
    if (line === undefined)
        return undefined;
    return { line, length: known.lines[line - 1]?.length ?? 0 };
}
function dockerfileLine(dockerfile, instruction) {
    return lineIn(readText(dockerfile), instruction);
}
function lineIn({ linesOf, forms }, instruction) {
    const wanted = normalForm(instruction);
    if (wanted === undefined)
        return undefined;
    const [line, ...others] = linesOf.get(wanted.endsWith('…') ? only(forms, wanted.slice(0, -1)) : wanted) ?? [];
    return others.length === 0 ? line : undefined;
}
function only(sorted, start) {
    const at = firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= start);
    const [first = '', second = ''] = [sorted[at], sorted[at + 1]];
    return first.startsWith(start) && !second.startsWith(start) ? first : '';
}
function baseImageLine(dockerfile) {
    return readText(dockerfile).base;
}
function readText(text) {
    const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const instructions = instructionsOf(lines);
    const linesOf = new Map();
    for (const { keyword, rest, line } of instructions) {
        const form = normalForm(`${keyword} ${rest}`);
        if (form === undefined)
            continue;
        const others = linesOf.get(form);
        if (others === undefined)
            linesOf.set(form, [line]);
        else
            others.push(line);
    }
    return { lines, linesOf, forms: [...linesOf.keys()].sort(), base: baseIn(instructions) };
}
function baseIn(instructions) {
    const stages = instructions
        .filter(({ keyword }) => keyword === 'FROM')
        .map(({ rest, line }) => {
        const [image = '', as, name] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
        return { image, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined, line };
    });
    const named = Map.groupBy(stages.keys(), (index) => stages[index]?.name);
    let at = stages.length - 1;
    for (;;) {
        const stage = stages[at];
        if (stage === undefined || stage.image.toLowerCase() === 'scratch')
            return undefined;
        if (stage.image.includes('$') && stages.length > 1)
            return undefined;
        const candidates = named.get(stage.image.toLowerCase()) ?? [];
        while ((candidates.at(-1) ?? -1) >= at)
            candidates.pop();
        const earlier = candidates.at(-1);
        if (earlier === undefined)
            return stage.line;
        at = earlier;
    }
}
function normalForm(instruction) {
    const [, keyword, given = ''] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(instruction) ?? [];
    const text = withoutFlags(given);
    const rest = (stringsIn(text)?.join(' ') ?? text).replace(/\s+/g, ' ').trim();
    return keyword === undefined || rest === '' ? undefined : `${keyword.toUpperCase()} ${rest}`;
}


/***/ }),

/***/ 8674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ errorsOf)
/* harmony export */ });
function errorsOf({ error, images }) {
    return [
        ...(error === undefined ? [] : [error]),
        ...images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : [])),
    ];
}


/***/ }),

/***/ 6803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ countAgain),
/* harmony export */   Ng: () => (/* binding */ endingSoon),
/* harmony export */   S2: () => (/* binding */ exceptionBlocks),
/* harmony export */   e8: () => (/* binding */ entriesWords),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   mj: () => (/* binding */ exceptionEntries)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1191);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8804);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(123);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6324);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8276);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4232);







const SOON_MS = 14 * _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
const MAX_ROWS = 200;
const MAX_OTHER_PRODUCTS = 20;
const MAX_ANNOUNCED = 5;
const MAX_REASON = 300;
const STATES = [
    'expired',
    'refused',
    'ending',
    'used',
    'needless',
    'other-product',
    'unused',
    'other-image',
];
const MATCHES = ['finding', 'vulnerability', 'image', 'nothing'];
const exceptionEntries = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_4__/* .oncePer */ .P)(({ images, judgedAt }) => {
    const usages = new Map();
    for (const { exceptions } of (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictsIn */ .kR)(images)) {
        for (const { exception, matches, applied, needless, refusals, ends } of exceptions) {
            const known = usages.get(exception);
            usages.set(exception, {
                exception,
                matches: closest(matches, known?.matches ?? 'nothing'),
                applied: applied + (known?.applied ?? 0),
                needless: needless + (known?.needless ?? 0),
                refusals: distinct([...(known?.refusals ?? []), ...refusals]),
                ends,
            });
        }
    }
    return [...usages.values()]
        .map(({ matches, needless, ...usage }) => ({
        ...usage,
        state: stateOf({ ...usage, matches, needless }, judgedAt),
    }))
        .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
});
function distinct(refusals) {
    if (refusals.length < 2)
        return refusals;
    return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}
function closest(a, b) {
    return MATCHES.indexOf(a) < MATCHES.indexOf(b) ? a : b;
}
function stateOf({ matches, applied, needless, refusals, ends }, judgedAt) {
    if (matches === 'nothing')
        return 'other-image';
    if (refusals.some(({ kind }) => kind === 'expired'))
        return 'expired';
    if (refusals.length > 0)
        return 'refused';
    if (applied > 0)
        return endsSoon(ends, judgedAt) ? 'ending' : 'used';
    if (needless > 0)
        return 'needless';
    return matches === 'vulnerability' ? 'other-product' : 'unused';
}
function endsSoon(ends, judgedAt) {
    return (ends !== undefined &&
        judgedAt !== undefined &&
        ends > judgedAt &&
        ends.getTime() - judgedAt.getTime() <= SOON_MS);
}
function endingSoon(report) {
    return exceptionEntries(report).filter(({ applied, ends }) => applied > 0 && endsSoon(ends, report.judgedAt));
}
function exceptionBlocks(report) {
    const entries = exceptionEntries(report);
    if (entries.length === 0)
        return [];
    const listed = withOwnRow(entries);
    const rows = listed.slice(0, MAX_ROWS).map((entry) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .row */ .nM)(cells(entry, report.judgedAt)));
    return [
        ...announcement(report),
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`📝 ${entriesWords(entries)}: ${counted(entries)}`, [
            ...(rows.length > 0
                ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .tableOf */ .c_)(['State', 'Exception', 'Reason', 'Approved by', 'Until', 'Findings', 'Source'], rows)]
                : []),
            ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(listed.length - rows.length),
            ...others(entries.length - listed.length),
        ]),
    ];
}
function withOwnRow(entries) {
    let otherProducts = 0;
    return entries.filter(({ exception, state }) => {
        if (state === 'other-product' && exception.origin === 'vex')
            otherProducts += 1;
        return state !== 'other-image' && (state !== 'other-product' || otherProducts <= MAX_OTHER_PRODUCTS);
    });
}
function others(count) {
    if (count === 0)
        return [];
    const what = count === 1 ? 'exception or VEX statement is' : 'exceptions or VEX statements are';
    return [`<p>${count} ${what} about other images and products.</p>`];
}
const STATE_WORDS = {
    expired: '⌛ expired',
    refused: '🚫 refused',
    ending: '⏳ used, ends soon',
    used: '✔️ used',
    needless: '➖ not needed',
    'other-product': '➖ same vulnerability, other image or package',
    unused: '➖ matches nothing',
    'other-image': '➖ other image',
};
const COUNT_WORDS = {
    expired: 'expired',
    refused: 'refused',
    ending: 'used and ending soon',
    used: 'used',
    needless: 'not needed',
    'other-product': 'for another image or package',
    unused: 'unused',
    'other-image': 'for other images',
};
function entriesWords(entries) {
    const vex = entries.filter(({ exception }) => exception.origin === 'vex').length;
    if (vex === 0)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(entries.length, 'exception');
    if (vex === entries.length)
        return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(vex, 'VEX statement');
    return `${entries.length} exceptions and VEX statements`;
}
function counted(entries) {
    const states = Map.groupBy(entries, ({ state }) => state);
    return [...states].map(([state, { length }]) => `${length} ${COUNT_WORDS[state]}`).join(', ');
}
function announcement(report) {
    const ending = endingSoon(report);
    if (ending.length === 0)
        return [];
    const shown = ending
        .slice(0, MAX_ANNOUNCED)
        .map(({ exception, ends }) => `${ids(exception)} (${(0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .untilWords */ .So)(ends, report.judgedAt)})`);
    const left = ending.length - shown.length;
    const rest = left > 0 ? ` and ${left} more` : '';
    return [
        `<p>⏳ <b>${ending.length === 1 ? 'Exception that ends' : 'Exceptions that end'} soon</b>: ${shown.join(', ')}${rest}. ${countAgain(ending.length)}</p>`,
    ];
}
function countAgain(exceptions) {
    return `The findings that ${exceptions === 1 ? 'it allows' : 'they allow'} will then count again.`;
}
function cells({ exception, state, applied, refusals, ends }, judgedAt) {
    const { reason, approvedBy, ticket, source, status, scope } = exception;
    const who = [approvedBy, ticket].filter((text) => text !== undefined).map((text) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(text, 120));
    const where = scope.kind === 'globs' ? [scope.package, scope.image, scope.platform] : [];
    const limited = where.filter((glob) => glob !== undefined).map((glob) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(glob, 120));
    const why = refusals
        .filter(({ kind }) => kind !== 'expired')
        .map((refusal) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .refusalWords */ .WW)(refusal, judgedAt), MAX_REASON)));
    return [
        [STATE_WORDS[state], ...why].join('<br>'),
        [ids(exception), ...(limited.length > 0 ? [`only ${limited.join(', ')}`] : [])].join('<br>'),
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(status), ...(reason === undefined ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(reason, MAX_REASON)])].join('<br>'),
        who.join('<br>') || '–',
        untilCell(ends, judgedAt),
        `${applied}`,
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source, 200),
    ];
}
function untilCell(ends, judgedAt) {
    const isOver = ends !== undefined && judgedAt !== undefined && !(ends > judgedAt);
    return (0,_words_js__WEBPACK_IMPORTED_MODULE_3__/* .untilWords */ .So)(ends, isOver ? undefined : judgedAt).replace(/^until /, '');
}
function ids({ ids: all }) {
    const shown = all.slice(0, 3).map((id) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(id, 80));
    return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}


/***/ }),

/***/ 8853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AC: () => (/* binding */ failureWords),
/* harmony export */   p2: () => (/* binding */ passWords),
/* harmony export */   wV: () => (/* binding */ warningWords),
/* harmony export */   zM: () => (/* binding */ blockWords)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5367);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1191);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5243);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8276);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4232);





function blockWords(result) {
    const findings = result.images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedWith */ .wJ)(image, 'block'));
    const limits = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictsIn */ .kR)(result.images).flatMap(({ exceededLimits }) => exceededLimits.map(_words_js__WEBPACK_IMPORTED_MODULE_1__/* .limitWords */ .vd));
    const word = result.enforced ? 'Blocked' : 'Blocked (not enforced)';
    const counted = findings.length === 0 ? [] : [`${findingsWords(findings)}${fixable(findings)}`];
    return `${word}: ${[...counted, ...limits].join('; ')}${where(result, 'block')}${alsoExcepted(result)}`;
}
function warningWords(result) {
    const findings = result.images.flatMap((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedWith */ .wJ)(image, 'warn'));
    return `${findingsWords(findings)}${where(result, 'warn')}${alsoExcepted(result)}`;
}
function passWords({ images }) {
    const verdicts = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictsIn */ .kR)(images);
    const total = verdicts.reduce((sum, { counts }) => sum + counts.total, 0);
    const hidden = verdicts.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
    const among = images.length > 1 ? ` in ${images.length} images` : '';
    const suppressed = hidden === 0 ? '' : `, ${hidden} suppressed in Inspector`;
    if (total === 0)
        return `no ${hidden === 0 ? '' : 'active '}findings${among}${suppressed}`;
    const allowed = verdicts.flatMap(({ judged }) => judged).filter(({ effect }) => effect === 'allow');
    const excepted = allowed.filter(isExcepted);
    const ignored = allowed.filter(({ reason }) => !['exception', 'below-thresholds'].includes(reason.kind));
    const all = (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(total, 'finding');
    if (excepted.length + ignored.length === 0)
        return `${all}${among}, below the thresholds${suppressed}`;
    const parts = [
        ...(excepted.length > 0 ? [`${severities(excepted)} allowed by ${means(excepted)}`] : []),
        ...(ignored.length > 0 ? [`${severities(ignored)} ignored by the policy`] : []),
        ...(allowed.length > excepted.length + ignored.length ? ['the others below the thresholds'] : []),
    ];
    return `${all}${among} (${parts.join(', ')})${suppressed}`;
}
function failureWords(images, what) {
    const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    const message = errors[0]?.message ?? 'no image was judged';
    if (images.length < 2)
        return message;
    const blocked = images.filter((image) => (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image) === 'block').length;
    const also = blocked === 0 ? '' : `, ${blocked} blocked`;
    return `${errors.length} of ${images.length} images ${what}${also}. First error: ${message}`;
}
function alsoExcepted({ images }) {
    const excepted = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictsIn */ .kR)(images).flatMap(({ judged }) => judged.filter(isExcepted));
    return excepted.length === 0 ? '' : `; ${findingsWords(excepted)} allowed by ${means(excepted)}`;
}
function isExcepted({ reason }) {
    return reason.kind === 'exception';
}
function means(excepted) {
    const origins = new Set(excepted.map(({ reason }) => (reason.kind === 'exception' ? reason.exception.origin : undefined)));
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([
        ...(origins.has('exceptions') ? ['exceptions'] : []),
        ...(origins.has('vex') ? ['VEX statements'] : []),
    ]);
}
function counted(findings) {
    return [..._results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .SEVERITIES */ .oC, _results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .UNTRIAGED */ .C3]
        .map((severity) => ({
        count: findings.filter(({ finding }) => finding.severity === severity).length,
        word: severity.toLowerCase(),
    }))
        .filter(({ count }) => count > 0);
}
function findingsWords(findings) {
    const known = counted(findings);
    const unknown = findings.length - sum(known);
    const noun = known.at(-1)?.count === 1 ? 'finding' : 'findings';
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([
        ...(known.length > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)(known.map(countWords))} ${noun}`] : []),
        ...(unknown > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(unknown, 'finding')} of unknown severity`] : []),
    ]);
}
function severities(findings) {
    const known = counted(findings);
    const unknown = findings.length - sum(known);
    return (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)([...known.map(countWords), ...(unknown > 0 ? [`${unknown} of unknown severity`] : [])]);
}
function countWords({ count, word }) {
    return `${count} ${word}`;
}
function sum(counts) {
    return counts.reduce((total, { count }) => total + count, 0);
}
function fixable(findings) {
    const fixes = findings.map(({ finding }) => (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .fixability */ .er)(finding));
    const count = fixes.filter((fix) => fix === 'all').length;
    if (count === fixes.length)
        return count === 1 ? ', fixable' : ', all of them fixable';
    if (count > 0)
        return `, ${count} of them fixable`;
    if (fixes.every((fix) => fix === 'none'))
        return fixes.length === 1 ? ', no fix yet' : ', none of them fixable yet';
    return '';
}
function where(report, verdict) {
    if (report.images.length < 2)
        return '';
    const count = report.images.filter((image) => (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image) === verdict).length;
    return `, in ${count} of ${report.images.length} images`;
}


/***/ }),

/***/ 297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ hiddenWords)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5367);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8804);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6324);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8276);




const LEAST_HIDDEN = 5;
const MAX_CLASSES = 3;
const MAX_NAME = 40;
const REACHABILITIES = {
    reachable: 'with a reachable package',
    'not-reachable': 'whose packages are not reachable',
};
const hiddenWords = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_1__/* .oncePer */ .P)(({ outcome }) => {
    if (outcome.kind !== 'judged')
        return undefined;
    const { judged, suppressed } = outcome.verdict;
    if (suppressed.length < LEAST_HIDDEN)
        return undefined;
    const what = hiddenOf(suppressed.map(({ finding }) => finding), judged.map(({ finding }) => finding));
    return what === undefined
        ? undefined
        : `Suppression rules of Amazon Inspector hide ${what}. Review these rules in the Amazon Inspector console; in an organization, the delegated administrator manages them.`;
});
function hiddenOf(hidden, others) {
    const { length } = hidden;
    if (others.length === 0)
        return `all ${length} findings of this image`;
    const counts = new Map();
    for (const name of hidden.flatMap(classesOf))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const name of others.flatMap(classesOf))
        counts.delete(name);
    const ofReachability = (name) => Object.values(REACHABILITIES).includes(name);
    const classes = [...counts]
        .filter(([, count]) => count >= LEAST_HIDDEN)
        .sort(([a, many], [b, few]) => Number(ofReachability(b)) - Number(ofReachability(a)) || few - many || (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .compareTexts */ .qy)(a, b))
        .slice(0, MAX_CLASSES);
    const [first] = classes;
    if (first === undefined)
        return undefined;
    const joint = classes.length === 1 && first[1] === length ? ':' : ', among them';
    const named = (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .enumerate */ .HL)(classes.map(([name, count]) => `all ${count} ${name}`));
    return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(length, 'finding')}${joint} ${named}`;
}
function classesOf({ severity, packages }) {
    const reachability = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_3__/* .reachabilityOf */ .P2)(packages);
    const managers = new Set(packages.map(({ manager }) => manager).filter((manager) => manager !== undefined));
    return [
        ...(reachability === undefined ? [] : [REACHABILITIES[reachability]]),
        `of severity ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(severity, MAX_NAME)}`,
        ...[...managers].map((manager) => `with packages of ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(manager, MAX_NAME)}`),
    ];
}


/***/ }),

/***/ 5251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D0: () => (/* binding */ imageDocument),
/* harmony export */   Fk: () => (/* binding */ judgedDocument),
/* harmony export */   KH: () => (/* binding */ iso),
/* harmony export */   Uh: () => (/* binding */ errorDocument),
/* harmony export */   VD: () => (/* binding */ exceptionOutcomeDocument),
/* harmony export */   pJ: () => (/* binding */ findingDocument)
/* harmony export */ });
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1191);

function imageDocument(image) {
    const { outcome } = image;
    const verdict = outcome.kind === 'judged' ? outcome.verdict : undefined;
    return {
        image: image.uri,
        digest: image.digest ?? null,
        references: image.references,
        repository: image.repository,
        account: image.account,
        region: image.region,
        index: image.isIndex,
        verdict: (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_0__/* .verdictOf */ .Vj)(image),
        error: outcome.kind === 'error' ? errorDocument(outcome.error) : null,
        counts: verdict?.counts ?? null,
        blocking: verdict?.blocking ?? null,
        platforms: image.platforms.map(({ digest, platform, scannedAt, monitored }) => ({
            digest,
            platform,
            scannedAt: iso(scannedAt),
            monitored: monitored ?? null,
        })),
        attestations: image.attestations,
        skipped: image.skipped ?? [],
        baseImages: (image.baseImages ?? []).map(({ name, named, deciding }) => ({ name, named, deciding })),
        advice: image.advice === undefined ? null : adviceDocument(image.advice),
        weakened: verdict === undefined ? null : (image.weakened ?? {}),
        findings: verdict?.judged.map(judgedDocument) ?? [],
        suppressed: verdict?.suppressed.map(findingDocument) ?? [],
        exceededLimits: verdict?.exceededLimits ?? [],
        exceptions: verdict?.exceptions.map(exceptionOutcomeDocument) ?? [],
        gone: verdict?.gone?.map(findingDocument) ?? null,
    };
}
function adviceDocument({ base, named, digest, pushedAt, isCurrent, newer }) {
    return {
        base,
        named,
        digest,
        pushedAt: iso(pushedAt),
        current: isCurrent,
        newer: newer.map(({ change, unknown, ...one }) => ({
            kind: one.kind,
            reference: one.reference,
            digest: one.digest,
            pushedAt: iso(one.pushedAt),
            change: change === undefined
                ? null
                : {
                    resolves: change.resolves.flatMap(({ ids }) => ids),
                    adds: change.adds.map(judgedDocument),
                    verdict: change.verdict,
                    exceededLimits: change.exceededLimits,
                },
            unknown: unknown ?? null,
        })),
    };
}
function judgedDocument(judged) {
    return {
        ...findingDocument(judged),
        effect: judged.effect,
        reason: reasonDocument(judged.reason),
        inBaseline: judged.inBaseline ?? null,
        refused: judged.refused.map(({ exception, refusal }) => ({
            source: exception.source,
            refusal: refusalDocument(refusal),
        })),
    };
}
function reasonDocument(reason) {
    switch (reason.kind) {
        case 'exception':
            return { kind: 'exception', source: reason.exception.source, instead: reasonDocument(reason.instead) };
        case 'baseline':
            return { kind: 'baseline', instead: reasonDocument(reason.instead) };
        case 'rule':
            return { ...reason, reason: reason.reason ?? null };
        default:
            return reason;
    }
}
function exceptionOutcomeDocument(outcome) {
    const { exception, matches, applied, needless, refusals, ends } = outcome;
    return {
        origin: exception.origin,
        source: exception.source,
        ids: exception.ids,
        scope: scopeDocument(exception.scope),
        status: exception.status,
        reason: exception.reason ?? null,
        ends: iso(ends),
        approvedBy: exception.approvedBy ?? null,
        ticket: exception.ticket ?? null,
        matches,
        applied,
        needless,
        refusals: refusals.map(refusalDocument),
    };
}
function refusalDocument(refusal) {
    switch (refusal.kind) {
        case 'expired':
            return { kind: refusal.kind, since: iso(refusal.since) };
        case 'not-yet':
            return { kind: refusal.kind, from: iso(refusal.from) };
        case 'max-duration':
            return { ...refusal, days: refusal.days ?? null };
        case 'other-package':
            return { ...refusal, found: refusal.found ?? null };
        default:
            return refusal;
    }
}
function scopeDocument(scope) {
    if (scope.kind !== 'globs')
        return null;
    return {
        package: scope.package ?? null,
        image: scope.image ?? null,
        platform: scope.platform ?? null,
    };
}
function findingDocument({ finding, ids, platforms }) {
    return {
        ids,
        vulnerability: finding.vulnerabilityId,
        related: finding.relatedIds,
        type: finding.type,
        title: finding.title,
        severity: finding.severity,
        vendorSeverity: finding.vendorSeverity ?? null,
        status: finding.status,
        score: finding.score ?? null,
        cvss: finding.cvss.map(({ baseScore, version, vector, source }) => ({
            baseScore,
            version,
            vector,
            source,
        })),
        epss: finding.epss ?? null,
        fixAvailable: finding.fixAvailable ?? null,
        exploitAvailable: finding.exploitAvailable ?? null,
        knownExploited: finding.knownExploited ?? null,
        packages: finding.packages.map((found) => ({
            name: found.name,
            version: found.version,
            epoch: found.epoch ?? null,
            release: found.release ?? null,
            arch: found.arch ?? null,
            manager: found.manager ?? null,
            fixedIn: found.fixedIn ?? null,
            filePath: found.filePath ?? null,
            layer: found.layer ?? null,
            instruction: found.instruction ?? null,
            origin: found.origin ?? null,
            statedOrigin: found.statedOrigin ?? null,
            reachability: found.reachability ?? null,
            remediation: found.remediation ?? null,
        })),
        platforms,
        operatingSystem: finding.operatingSystem ?? null,
        source: finding.source ?? null,
        sourceUrl: finding.sourceUrl ?? null,
        firstObservedAt: iso(finding.firstObservedAt),
    };
}
function errorDocument({ code, message, nextStep }) {
    return { code, message, nextStep: nextStep ?? null };
}
function iso(date) {
    return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ proofDocument)
/* harmony export */ });
/* harmony import */ var _json_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5251);

function proofDocument({ kind, state, what, by, at, ageMs, promotedFrom, detail, command, }) {
    return {
        kind,
        state,
        what,
        by: by ?? null,
        at: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_0__/* .iso */ .KH)(at),
        ageMs: ageMs ?? null,
        promotedFrom: promotedFrom ?? null,
        detail: detail ?? null,
        command: command ?? null,
    };
}


/***/ }),

/***/ 3263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZH: () => (/* binding */ documentText),
/* harmony export */   rn: () => (/* binding */ reportFile)
/* harmony export */ });
/* unused harmony export reportDocument */
/* harmony import */ var _kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(459);
/* harmony import */ var _json_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5251);


function reportDocument(report, { signing, verification, ofImage }) {
    const { settings, documents, baseline } = report;
    return {
        schemaVersion: 1,
        action: { name: 'ecr-deployment-gate', version: report.version },
        verdict: report.verdict,
        startedAt: report.startedAt.toISOString(),
        durationMs: report.durationMs,
        settings: settings
            ? {
                failOn: settings.failOn,
                warnOn: settings.warnOn,
                ignoreUnfixed: settings.ignoreUnfixed,
                enforce: settings.enforce,
                scanType: settings.scanType,
                timeoutMs: settings.timeoutMs,
                settleTimeMs: settings.settleTimeMs,
            }
            : null,
        error: report.error ? (0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .errorDocument */ .Uh)(report.error) : null,
        documents: documents ? { ...documents, policy: documents.policy ?? null } : null,
        baseline: baseline
            ? { reference: baseline.reference, image: baseline.uri ?? null, unused: baseline.unused ?? null }
            : null,
        notices: report.notices,
        nextSteps: report.nextSteps,
        judgedAt: (0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .iso */ .KH)(report.judgedAt),
        signing,
        images: report.images.map((image) => ({ ...(0,_json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDocument */ .D0)(image), ...ofImage(image) })),
        verification,
    };
}
function documentText(report, parts) {
    const bare = reportDocument({ ...report, images: report.images.map(withoutLists) }, parts);
    const images = bare.images.map((image, index) => {
        const outcome = report.images[index]?.outcome;
        const verdict = outcome?.kind === 'judged' ? outcome.verdict : undefined;
        return {
            ...image,
            findings: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.judged ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .judgedDocument */ .Fk),
            suppressed: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.suppressed ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .findingDocument */ .pJ),
            exceptions: (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneByOne */ .E)(verdict?.exceptions ?? [], _json_image_js__WEBPACK_IMPORTED_MODULE_1__/* .exceptionOutcomeDocument */ .VD),
        };
    });
    return (0,_kit_json_text_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonText */ .s)({ ...bare, images });
}
const REPORT_FILE = 'report.json';
function reportFile(text) {
    return {
        kind: 'report',
        name: REPORT_FILE,
        what: 'The report',
        render: () => ({ text: text(), omissions: [] }),
    };
}
function withoutLists(image) {
    const { outcome } = image;
    if (outcome.kind !== 'judged')
        return image;
    const verdict = { ...outcome.verdict, judged: [], suppressed: [], exceptions: [] };
    return { ...image, outcome: { ...outcome, verdict } };
}


/***/ }),

/***/ 3571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ logLines),
/* harmony export */   m: () => (/* binding */ findingLine)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5367);
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5897);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1191);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8804);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2542);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8276);
/* harmony import */ var _base_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8388);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6803);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(297);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4232);










const MAX_SHOWN = 20;
const MAX_GROUPED = 500;
const MANY_IMAGES = 4;
const MAX_LINE = 2_000;
const MAX_PACKAGES = 3;
function logLines(result, { headline, ofImage, end }) {
    const isOnly = result.images.length === 1 && result.error === undefined;
    const about = (image) => [...imageLines(image, result.judgedAt, isOnly), ...ofImage(image)];
    const images = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .worstFirst */ .md)(result.images);
    const passing = images.filter((image) => (0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image)));
    const others = images.filter((image) => !(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_7__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image)));
    const folded = passing.length >= MANY_IMAGES;
    const parts = [
        { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7[result.verdict]} `, text: headline },
        ...nextStepLines(result.error?.nextStep),
        ...others.flatMap((image) => [...about(image), ...moreBlocking(image, result.judgedAt)]),
        ...(folded
            ? [
                {
                    title: { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7.pass} `, text: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(passing.length, 'image')} passed` },
                    lines: passing.flatMap(about),
                },
            ]
            : passing.flatMap(about)),
        ...exceptionLines(result),
        ...end.map((text) => ({ text })),
    ];
    return parts.map((part) => 'lines' in part ? { title: printable(part.title), lines: part.lines.map(printable) } : printable(part));
}
function printable({ lead = '', text }) {
    return `${lead}${(0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(text, MAX_LINE))}`;
}
function findingLine(judged, judgedAt) {
    const { finding, platforms } = judged;
    const score = finding.score === undefined ? '' : ` ${finding.score}`;
    const shown = finding.packages.slice(0, MAX_PACKAGES).map((found) => {
        const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixedVersion */ .FF)(found);
        const reach = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .reachabilityWords */ .Hi)(found);
        return [
            `${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(found.name, 100)} ${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .installedVersion */ .nU)(found), 60)}`,
            ...(fixed ? [`fixed in ${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(fixed, 60)}`] : []),
            ...(reach === '' ? [] : [reach]),
        ].join(', ');
    });
    const more = finding.packages.length - shown.length;
    const packages = [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
    const fix = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_9__/* .fixability */ .er)(finding) === 'none' ? ', no fix yet' : '';
    const named = (0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .namedPlatforms */ .Of)(platforms).join(', '), 200);
    const where = named === '' ? '' : ` [${named}]`;
    const severity = (0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(finding.severity, 40);
    return `${(0,_text_js__WEBPACK_IMPORTED_MODULE_8__/* .clip */ .$Q)(finding.vulnerabilityId, 80)} ${severity}${score}: ${packages || 'no package named'}${fix}${where} (${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .whyWords */ .WV)(judged, judgedAt)})`;
}
function imageLines(image, judgedAt, isOnly) {
    const verdict = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_6__/* .verdictOf */ .Vj)(image);
    const head = { lead: `${_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .MARKS */ .j7[verdict]} `, text: `${(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictWords */ .L2)(image)}: ${image.uri}` };
    if (image.outcome.kind === 'error') {
        const { message, nextStep } = image.outcome.error;
        return [head, ...(isOnly ? [] : [{ lead: '  ', text: message }]), ...nextStepLines(nextStep)];
    }
    if (image.outcome.kind === 'verified')
        return [head];
    const { counts, suppressed } = image.outcome.verdict;
    const bySeverity = Object.entries(counts)
        .filter(([name, count]) => name !== 'total' && count > 0)
        .map(([name, count]) => `${count} ${name}`);
    const found = `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(counts.total, 'active finding')}${bySeverity.length === 0 ? '' : `: ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(bySeverity)}`}`;
    const hidden = suppressed.length === 0 ? '' : `; ${suppressed.length} more suppressed in Inspector`;
    return [
        head,
        { lead: '  ', text: `${found}${hidden}` },
        ...hidingLines(image),
        ...weakeningLines(image),
        ...(0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block')
            .slice(0, MAX_SHOWN)
            .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
        ...rebuildLines(image, image.outcome.verdict, judgedAt),
    ];
}
function rebuildLines({ advice }, verdict, judgedAt) {
    return (advice?.newer ?? [])
        .filter(_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .isShown */ .aJ)
        .map(({ kind, reference, digest, pushedAt, change, unknown }) => {
        const newer = `${reference}@${digest}, ${(0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .sinceWords */ .KR)(pushedAt, judgedAt)}`;
        if (change === undefined) {
            return {
                lead: '  ',
                text: `Newer base image: ${newer}. What a rebuild resolves is unknown: ${unknown}.`,
            };
        }
        const then = (0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .thenWords */ .T6)(change, verdict);
        const what = kind === 'same-tag' ? 'Rebuild on' : 'Build on the newest tag of its line,';
        return {
            lead: '  ',
            text: `${what} ${newer}: ${(0,_base_words_js__WEBPACK_IMPORTED_MODULE_2__/* .changeWords */ .mF)(change, verdict)}.${then === undefined ? '' : ` ${then}.`}`,
        };
    });
}
function moreBlocking(image, judgedAt) {
    const rest = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .judgedWith */ .wJ)(image, 'block').slice(MAX_SHOWN);
    if (rest.length === 0)
        return [];
    const left = rest.length - MAX_GROUPED;
    return [
        {
            title: { text: `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(rest.length, 'more blocking finding')} of ${image.uri}` },
            lines: [
                ...rest
                    .slice(0, MAX_GROUPED)
                    .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
                ...(left > 0 ? [{ text: `  and ${left} more: see report.json` }] : []),
            ],
        },
    ];
}
function hidingLines(image) {
    const text = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_4__/* .hiddenWords */ .c)(image);
    return text === undefined ? [] : [{ lead: '  ', text }];
}
function weakeningLines(image) {
    const inputs = (0,_words_js__WEBPACK_IMPORTED_MODULE_5__/* .weakeningWords */ .vK)(image);
    if (inputs.length === 0)
        return [];
    return [{ text: `  Less strict than the policy: ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_1__/* .enumerate */ .HL)(inputs)} in the workflow.` }];
}
function exceptionLines(report) {
    const entries = (0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .exceptionEntries */ .mj)(report);
    return entries.length === 0 ? [] : [{ text: `${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .entriesWords */ .e8)(entries)}: ${(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_3__/* .counted */ .hS)(entries)}.` }];
}
function nextStepLines(nextStep) {
    return nextStep === undefined ? [] : [{ text: `  What to do: ${nextStep}` }];
}


/***/ }),

/***/ 667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ sharedOutputs)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5897);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1191);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8804);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2542);




const NO_COUNTS = {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    informational: 0,
    untriaged: 0,
    unknown: 0,
    total: 0,
};
const MAX_ERROR = 1_000;
function sharedOutputs(result, { signed, commands, ofImage }, files) {
    const counts = result.images.map(countsOf);
    const resolved = result.images.filter(({ digest }) => digest !== undefined);
    const sum = (name) => String(counts.reduce((total, count) => total + count[name], 0));
    return {
        verdict: result.verdict,
        passed: String((0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_1__/* .allows */ .NB)(result.verdict)),
        image: resolved.map(({ uri }) => uri).join('\n'),
        digest: resolved.map(({ digest }) => digest).join('\n'),
        signed: String(signed),
        critical: sum('critical'),
        high: sum('high'),
        medium: sum('medium'),
        low: sum('low'),
        informational: sum('informational'),
        untriaged: sum('untriaged'),
        total: sum('total'),
        blocking: String(result.images.reduce((total, image) => total + blockingOf(image), 0)),
        report: files.report ?? '',
        sarif: files.sarif ?? '',
        results: JSON.stringify(result.images.map((image) => entry(image, ofImage(image)))),
        'cosign-verify-commands': commands.join('\n'),
    };
}
function entry(image, { signed, attested, promotedFrom }) {
    return {
        image: image.uri,
        digest: image.digest ?? null,
        verdict: (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image),
        references: image.references,
        counts: countsOf(image),
        blocking: blockingOf(image),
        weakened: image.weakened ?? {},
        signed,
        attested,
        ...(promotedFrom === undefined ? {} : { promotedFrom }),
        ...(image.outcome.kind === 'error' ? { error: (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .line */ .n8)((0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .clip */ .$Q)(image.outcome.error.message, MAX_ERROR)) } : {}),
    };
}
function countsOf({ outcome }) {
    return outcome.kind === 'judged' ? outcome.verdict.counts : NO_COUNTS;
}
function blockingOf({ outcome }) {
    return outcome.kind === 'judged' ? outcome.verdict.blocking : 0;
}


/***/ }),

/***/ 7872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JO: () => (/* binding */ reasonCell),
/* harmony export */   Lq: () => (/* binding */ planRows),
/* harmony export */   ck: () => (/* binding */ findingTable)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5367);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8804);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(123);
/* harmony import */ var _kit_links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6832);
/* harmony import */ var _kit_once_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6324);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4232);






const MAX_PACKAGES = 3;
const MAX_REASON = 300;
const MAX_ALLOWED = 500;
const GROUPS = ['block', 'warn', 'allow', 'suppressed'];
function planRows(report, rowBytes) {
    const candidates = candidatesOf(report);
    const plan = new Map([...candidates.totals].map(([image, totals]) => {
        const none = (group) => ({ rows: [], total: totals[group] });
        return [
            image,
            { block: none('block'), warn: none('warn'), allow: none('allow'), suppressed: none('suppressed') },
        ];
    }));
    let left = rowBytes;
    for (let at = 0;; at += 1) {
        const candidate = candidateAt(candidates, at);
        if (candidate === undefined)
            return plan;
        left -= Buffer.byteLength(candidate.text) + 1;
        if (left < 0)
            return plan;
        plan.get(candidate.image)?.[candidate.group].rows.push(candidate.text);
    }
}
const candidatesOf = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_3__/* .oncePer */ .P)(({ images, judgedAt }) => {
    const all = images.map((image) => ({ image, groups: findingsOf(image) }));
    const totals = new Map(all.map(({ image, groups }) => [
        image,
        {
            block: groups.block.length,
            warn: groups.warn.length,
            allow: groups.allow.length,
            suppressed: groups.suppressed.length,
        },
    ]));
    return { totals, rendered: [], rest: rendering(all, judgedAt) };
});
function candidateAt({ rendered, rest }, index) {
    const known = rendered[index];
    if (known !== undefined)
        return known;
    const { value } = rest.next();
    if (value !== undefined)
        rendered.push(value);
    return value;
}
function* rendering(all, judgedAt) {
    for (const group of GROUPS) {
        const most = group === 'allow' || group === 'suppressed' ? MAX_ALLOWED : Number.POSITIVE_INFINITY;
        const longest = Math.min(most, Math.max(0, ...all.map(({ groups }) => groups[group].length)));
        for (let index = 0; index < longest; index++) {
            for (const { image, groups } of all) {
                const finding = groups[group][index];
                if (finding !== undefined)
                    yield { image, group, text: findingRow(finding, image, judgedAt) };
            }
        }
    }
}
function findingsOf(image) {
    const allowed = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'allow');
    const [decided, below] = [
        allowed.filter(({ reason }) => reason.kind !== 'below-thresholds'),
        allowed.filter(({ reason }) => reason.kind === 'below-thresholds'),
    ];
    return {
        block: (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'block'),
        warn: (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .judgedWith */ .wJ)(image, 'warn'),
        allow: [...decided, ...below],
        suppressed: image.outcome.kind === 'judged' ? image.outcome.verdict.suppressed : [],
    };
}
function findingTable(rows, image) {
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .tableOf */ .c_)([
        'Vulnerability',
        'Severity',
        'Package, installed → fixed',
        ...(isPlaced(image) ? ['Layer'] : []),
        ...(image.platforms.length > 1 ? ['Platforms'] : []),
        'Reason',
    ], rows);
}
function findingRow(entry, image, judgedAt) {
    const { finding } = entry;
    const shown = finding.packages.slice(0, MAX_PACKAGES);
    const hidden = finding.packages.length - shown.length;
    const each = (cell) => shown.map(cell).join('<br>') || '–';
    return entitled([
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .vulnerability */ .L1)(finding.vulnerabilityId), ...marks(entry)].join('<br>'),
        [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .severity */ .yf)(finding.severity), ...scores(entry)].join('<br>'),
        each((found) => packageWords(found, finding)) + (hidden > 0 ? `<br>and ${hidden} more` : ''),
        ...(isPlaced(image) ? [each(placeWords)] : []),
        ...(image.platforms.length > 1 ? [platformsCell(entry.platforms, image)] : []),
        'reason' in entry ? reasonCell(entry, judgedAt) : 'suppression rule',
    ]);
}
function entitled(cells) {
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .row */ .nM)(cells).replace('<td>', '<td nowrap>');
}
function reasonCell(judged, judgedAt) {
    const refused = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .refusedWords */ .ET)(judged, judgedAt);
    return [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .clip */ .$Q)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .reasonWords */ .IK)(judged.reason), MAX_REASON)),
        ...(refused === undefined ? [] : [`🚫 ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_4__/* .clip */ .$Q)(refused, MAX_REASON))}`]),
    ].join('<br>');
}
function packageWords(found, finding) {
    const fixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .fixedVersion */ .FF)(found);
    const unfixed = (0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .fixability */ .er)(finding) === 'none' ? 'no fix yet' : 'no version given';
    const target = fixed === undefined ? unfixed : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(fixed, 60);
    const versions = `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_results_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .installedVersion */ .nU)(found), 60)} → ${target}`;
    return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(found.name), versions, (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .reachabilityWords */ .Hi)(found)].filter((part) => part !== '').join('<br>');
}
function marks(entry) {
    const { knownExploited, exploitAvailable, sourceUrl } = entry.finding;
    const advisory = (0,_kit_links_js__WEBPACK_IMPORTED_MODULE_1__/* .vendorAdvisory */ .K0)(sourceUrl);
    return [
        ...('inBaseline' in entry && entry.inBaseline === false ? ['🆕&nbsp;new'] : []),
        ...(knownExploited === true ? ['🚨&nbsp;KEV'] : []),
        ...(exploitAvailable === 'YES' && knownExploited !== true ? ['exploit exists'] : []),
        ...(advisory === undefined ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)(advisory.url, advisory.vendor)]),
    ];
}
function scores({ finding: { score, cvss, epss } }) {
    const tenths = (value) => `${Math.round(value * 10) / 10}`;
    const base = cvss[0]?.baseScore;
    return [
        ...(score === undefined ? [] : [tenths(score)]),
        ...(base === undefined || (score !== undefined && tenths(base) === tenths(score))
            ? []
            : [`CVSS&nbsp;${tenths(base)}`]),
        ...(epss === undefined
            ? []
            : [`EPSS&nbsp;${epss < 0.0005 ? '&lt;0.1' : Math.round(epss * 1000) / 10}&nbsp;%`]),
    ];
}
const isPlaced = (0,_kit_once_js__WEBPACK_IMPORTED_MODULE_3__/* .oncePer */ .P)(({ outcome }) => {
    if (outcome.kind !== 'judged')
        return false;
    return outcome.verdict.judged.some(({ finding }) => finding.packages.some(({ origin, statedOrigin, instruction }) => origin ?? statedOrigin ?? instruction));
});
const ORIGINS = { base: 'base image', application: 'your layers' };
function placeWords({ origin, statedOrigin, instruction }) {
    const whose = origin ?? statedOrigin;
    const parts = [
        ...(whose === undefined ? [] : [ORIGINS[whose]]),
        ...(instruction === undefined || whose === 'base' ? [] : [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .instructionWords */ .sD)(instruction), 48)]),
    ];
    return parts.join(': ') || '–';
}
function platformsCell(found, { platforms: { length } }) {
    if (length > 2 && found.length === length)
        return `all ${length}`;
    return ((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .namedPlatforms */ .Of)(found)
        .map((platform) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(platform, 60))
        .join('<br>') || '–');
}


/***/ }),

/***/ 8342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ sarifFile)
});

// UNUSED EXPORTS: sarifReport

// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(2542);
// EXTERNAL MODULE: ./lib/report/kit/json-text.js
var json_text = __webpack_require__(459);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/results/order.js
var order = __webpack_require__(4038);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
;// CONCATENATED MODULE: ./lib/report/findings/sarif-text.js


const MAX_DESCRIPTION = 1_000;
const MAX_NAME = 200;
const MAX_LIST = 10;
function sarif_text_text(raw, max) {
    return (0,kit_escape/* plain */.pj)((0,lib_text/* clip */.$Q)(raw, max)).trim();
}
function list(texts) {
    const more = texts.length - MAX_LIST;
    return more > 0 ? `${texts.slice(0, MAX_LIST).join(', ')} and ${more} more` : texts.join(', ');
}

// EXTERNAL MODULE: ./lib/report/findings/words.js
var words = __webpack_require__(4232);
;// CONCATENATED MODULE: ./lib/report/findings/sarif-entries.js





function judgedRepositories({ images }) {
    const groups = Map.groupBy(images, ({ uri }) => uri.replace(/@.*$/s, ''));
    return [...groups].flatMap(([address, group]) => {
        const judged = group.flatMap((image) => image.outcome.kind === 'judged' ? [{ image, verdict: image.outcome.verdict }] : []);
        return judged.length < group.length
            ? []
            : [{ address, name: group[0]?.repository ?? address, images: judged }];
    });
}
function sortedEntries(repository) {
    const keys = new Map();
    return entriesOf(repository).sort((a, b) => worstFirst(a, b, keys));
}
function entriesOf({ images }) {
    return images.flatMap(({ image, verdict }) => [
        ...verdict.judged.flatMap((judged) => {
            const { effect, reason, inBaseline } = judged;
            const suppression = suppressionOf(effect, reason);
            return entries(image, judged, { effect, reason, inBaseline, suppression });
        }),
        ...verdict.suppressed.flatMap((hidden) => {
            const suppression = accepted('Suppressed in Amazon Inspector');
            return entries(image, hidden, {
                effect: 'allow',
                reason: undefined,
                inBaseline: undefined,
                suppression,
            });
        }),
    ]);
}
function entries(image, entry, judgement) {
    const { finding } = entry;
    const packages = finding.packages.length === 0 ? [undefined] : finding.packages;
    return packages.map((found) => ({ image, entry, found, ...judgement }));
}
function keyOf({ image, entry: { finding, platforms, ids }, found }) {
    const { name, manager, filePath, version } = found ?? {};
    return JSON.stringify([
        finding.vulnerabilityId,
        name,
        manager,
        filePath,
        version,
        image.uri,
        platforms,
        ids,
    ]);
}
function suppressionOf(effect, reason) {
    if (effect === 'block')
        return undefined;
    if (reason.kind === 'exception')
        return accepted((0,words/* reasonWords */.IK)(reason));
    if (reason.kind === 'rule' && effect === 'allow') {
        return accepted(`${(0,words/* reasonWords */.IK)(reason)}${reason.reason === undefined ? '' : `: ${reason.reason}`}`);
    }
    return undefined;
}
function accepted(justification) {
    return {
        kind: 'external',
        status: 'accepted',
        justification: sarif_text_text(justification, MAX_DESCRIPTION),
    };
}
function worstFirst(a, b, keys) {
    const key = (entry) => {
        const known = keys.get(entry) ?? keyOf(entry);
        keys.set(entry, known);
        return known;
    };
    return ((0,order/* byEffect */.xG)(a, b) ||
        Number(a.suppression !== undefined) - Number(b.suppression !== undefined) ||
        (0,order/* bySeverity */.Np)(a.entry.finding, b.entry.finding) ||
        (0,lib_text/* compareTexts */.qy)(key(a), key(b)));
}
function fingerprint({ name }, { entry, found }) {
    const parts = [
        name,
        entry.finding.vulnerabilityId,
        found?.name ?? '',
        found?.manager ?? '',
        found === undefined ? '' : lastingPath(found),
    ];
    return `${(0,external_node_crypto_.hash)('sha256', JSON.stringify(parts)).slice(0, 32)}:1`;
}
function lastingPath({ filePath = '', version }) {
    if (version === '')
        return filePath;
    return filePath.replaceAll(version, (match, offset) => {
        const before = filePath[offset - 1] ?? '/';
        const after = filePath.slice(offset + match.length);
        return /[-_@/]/.test(before) && !/^(\.?\d|[A-Za-z])/.test(after) ? '*' : match;
    });
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./lib/report/findings/sarif-limits.js

const GITHUB_LIMITS = { runs: 20, results: 5_000, bytes: 9_500_000 };
const MOST_KEPT = 16 * 1024 * 1024;
function fitted({ results, bytes }, render) {
    for (let most = results;; most = Math.floor(most / 2)) {
        const rendered = render(most);
        const text = textThatFits(rendered.text, bytes);
        if (text !== undefined)
            return { ...rendered, text };
        if (most === 0)
            return rendered;
    }
}
function textThatFits(text, most) {
    let kept = [];
    let length = 0;
    let raw = 0;
    let compressed = 0;
    for (const piece of text) {
        kept?.push(piece);
        length += piece.length;
        const before = raw;
        raw += Buffer.byteLength(piece);
        if (raw > most) {
            for (const one of before > most ? [piece] : (kept ?? [piece]))
                compressed += (0,external_node_zlib_.gzipSync)(one).length;
            if (compressed > most)
                return undefined;
        }
        if (length > MOST_KEPT)
            kept = undefined;
    }
    return kept ?? text;
}

// EXTERNAL MODULE: ./lib/results/finding.js
var results_finding = __webpack_require__(5367);
// EXTERNAL MODULE: ./lib/report/findings/dockerfile.js + 1 modules
var findings_dockerfile = __webpack_require__(8041);
;// CONCATENATED MODULE: ./lib/report/findings/sarif-results.js






const MAX_VERSION = 60;
function resultOf(repository, entries, { id, index, print, dockerfile, }) {
    const [first] = entries;
    const level = { block: 'error', warn: 'warning', allow: 'note' };
    const suppressions = entries.flatMap(({ suppression }) => (suppression === undefined ? [] : [suppression]));
    const known = entries.flatMap(({ inBaseline }) => (inBaseline === undefined ? [] : [inBaseline]));
    return {
        ruleId: id,
        ruleIndex: index,
        level: level[first.effect],
        message: { text: messageOf(repository, entries) },
        locations: [locationOf(repository, entries, dockerfile)],
        partialFingerprints: { primaryLocationLineHash: print },
        ...(known.length === 0 ? {} : { baselineState: known.every((value) => value) ? 'unchanged' : 'new' }),
        ...(suppressions.length < entries.length ? {} : { suppressions: suppressions.slice(0, 1) }),
        properties: {
            effect: first.effect,
            severity: (0,kit_escape/* line */.n8)((0,lib_text/* clip */.$Q)(first.entry.finding.severity, 40)),
            ...(first.found === undefined ? {} : { package: packageProperties(first.found, entries) }),
            platforms: platformsOf(entries).map((platform) => (0,kit_escape/* line */.n8)((0,lib_text/* clip */.$Q)(platform, MAX_NAME))),
        },
    };
}
function packageProperties(found, entries) {
    const given = {
        name: found.name,
        version: (0,results_finding/* installedVersion */.nU)(found),
        manager: found.manager,
        fixedIn: (0,results_finding/* fixedVersion */.FF)(found),
        filePath: found.filePath,
        reachability: (0,results_finding/* reachabilityOf */.P2)(entries.flatMap((entry) => entry.found ?? [])),
    };
    return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => value === undefined ? [] : [[key, (0,kit_escape/* line */.n8)((0,lib_text/* clip */.$Q)(value, 400))]]));
}
function messageOf({ name, images }, entries) {
    const [{ entry, found, reason }] = entries;
    const { finding } = entry;
    const versions = list(unique(entries, (one) => one.found && (0,lib_text/* clip */.$Q)((0,results_finding/* installedVersion */.nU)(one.found), MAX_VERSION)));
    const fixes = list(unique(entries, (one) => one.found && (0,lib_text/* clip */.$Q)((0,results_finding/* fixedVersion */.FF)(one.found) ?? '', MAX_VERSION)));
    const what = found === undefined ? 'no package named' : `${(0,lib_text/* clip */.$Q)(found.name, MAX_NAME)} ${versions}`;
    const fix = fixes !== '' ? `fixed in ${fixes}` : (0,results_finding/* fixability */.er)(finding) === 'none' ? 'no fix yet' : 'no fix known';
    const references = unique(entries, ({ image }) => image.references[0]);
    return [
        `${(0,lib_text/* clip */.$Q)(finding.vulnerabilityId, 80)} in ${what} (${(0,lib_text/* clip */.$Q)(finding.severity, 40).toLowerCase()}), ${fix}.`,
        `Image: ${images.length > 1 ? list(references.map((one) => (0,lib_text/* clip */.$Q)(one, 400))) : name}.`,
        `Platforms: ${list(platformsOf(entries).map((platform) => (0,lib_text/* clip */.$Q)(platform, 80)))}.`,
        ...(found?.filePath === undefined ? [] : [`File: ${(0,lib_text/* clip */.$Q)(found.filePath, 400)}.`]),
        ...(found?.instruction === undefined
            ? []
            : [`Added by: ${(0,lib_text/* clip */.$Q)((0,words/* instructionWords */.sD)(found.instruction), 200)}.`]),
        `Decided by: ${(0,lib_text/* clip */.$Q)(reason === undefined ? 'suppressed in Amazon Inspector' : (0,words/* reasonWords */.IK)(reason), 400)}.`,
    ]
        .map(kit_escape/* plain */.pj)
        .join(' ');
}
function platformsOf(entries) {
    return [...new Set(entries.flatMap(({ entry }) => entry.platforms))].sort();
}
function unique(entries, text) {
    const texts = entries.map(text).filter((value) => value !== undefined && value !== '');
    return [...new Set(texts)].sort();
}
function locationOf({ name }, entries, dockerfile) {
    const [{ found, entry }] = entries;
    const at = dockerfile && found && (0,findings_dockerfile/* lineOfPackage */.As)(dockerfile, found);
    const thing = (0,kit_escape/* plain */.pj)((0,lib_text/* clip */.$Q)(found?.name ?? entry.finding.vulnerabilityId, MAX_NAME)) || 'unknown';
    return {
        physicalLocation: {
            artifactLocation: { uri: asUri(dockerfile?.path ?? name) },
            ...(at === undefined
                ? {}
                : {
                    region: {
                        startLine: at.line,
                        startColumn: 1,
                        endLine: at.line,
                        endColumn: at.length + 1,
                    },
                }),
        },
        logicalLocations: [
            {
                name: thing,
                fullyQualifiedName: `${(0,kit_escape/* plain */.pj)(name)}/${thing}`,
                kind: found === undefined ? 'vulnerability' : 'package',
            },
        ],
    };
}
function asUri(path) {
    return path
        .split('/')
        .map((segment) => encodeURIComponent(segment.toWellFormed()))
        .join('/');
}

// EXTERNAL MODULE: ./lib/results/severity.js
var results_severity = __webpack_require__(5243);
// EXTERNAL MODULE: ./lib/report/kit/links.js
var links = __webpack_require__(6832);
;// CONCATENATED MODULE: ./lib/report/findings/sarif-rules.js







function ruleId(vulnerabilityId) {
    if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(vulnerabilityId))
        return vulnerabilityId;
    return `vulnerability-${(0,external_node_crypto_.hash)('sha256', vulnerabilityId).slice(0, 16)}`;
}
function ruleOf(id, findings) {
    const finding = worstOf(findings);
    const { vulnerabilityId, type } = finding;
    const title = sarif_text_text(finding.title, MAX_NAME) || sarif_text_text(vulnerabilityId, MAX_NAME) || id;
    const description = sarif_text_text(finding.description, MAX_DESCRIPTION) || title;
    const url = (0,links/* advisoryUrl */.Le)(vulnerabilityId);
    const facts = factsOf(finding, findings);
    return {
        id,
        name: type
            .split(/[^A-Za-z0-9]+/)
            .map(capitalised)
            .join('')
            .slice(0, MAX_NAME) || 'Vulnerability',
        shortDescription: { text: title },
        fullDescription: { text: description },
        ...(url === undefined ? {} : { helpUri: url }),
        help: {
            text: [
                title,
                ...facts.map(([name, value]) => `${name}: ${(0,kit_escape/* plain */.pj)(value)}`),
                ...(url === undefined ? [] : [`Advisory: ${url}`]),
                description,
            ].join('\n'),
            markdown: helpMarkdown(finding, facts, url),
        },
        properties: propertiesOf(finding, findings),
    };
}
function worstOf(findings) {
    const [finding] = [...findings].sort((a, b) => (0,order/* bySeverity */.Np)(a, b) || (0,lib_text/* compareTexts */.qy)(describing(a), describing(b)));
    return finding;
}
function helpMarkdown({ vulnerabilityId, description }, facts, url) {
    const table = [
        '| | |',
        '| --- | --- |',
        ...facts.map(([name, value]) => `| ${name} | ${(0,kit_escape/* codeSpan */.SS)(value)} |`),
        ...(url === undefined ? [] : [`| Advisory | [${new URL(url).hostname}](${url}) |`]),
    ];
    return [
        `**${(0,kit_escape/* codeSpan */.SS)((0,lib_text/* clip */.$Q)(vulnerabilityId, MAX_NAME))}**`,
        table.join('\n'),
        (0,kit_escape/* markdown */.wD)((0,lib_text/* clip */.$Q)(description, MAX_DESCRIPTION)),
    ]
        .filter((block) => block !== '')
        .join('\n\n');
}
function propertiesOf({ severity }, findings) {
    const word = (0,results_severity/* severityWord */.Oh)(severity);
    const score = securitySeverity(findings);
    return {
        tags: [
            'security',
            'vulnerability',
            ...(word === undefined ? [] : [word]),
            ...(findings.some(({ knownExploited }) => knownExploited === true) ? ['known-exploited'] : []),
        ],
        precision: 'high',
        ...(score === undefined ? {} : { 'security-severity': score.toFixed(1) }),
    };
}
function describing({ title, description, type, severity, score }) {
    return JSON.stringify([title, description, type, severity, score]);
}
function factsOf(finding, findings) {
    const { severity, vendorSeverity, score, cvss, epss, source } = finding;
    const related = [...new Set(findings.flatMap(({ relatedIds }) => relatedIds))].sort();
    const exploited = findings.some(({ knownExploited }) => knownExploited === true);
    const facts = [
        ['Severity', (0,lib_text/* clip */.$Q)(severity, 40)],
        ['Vendor severity', vendorSeverity && (0,lib_text/* clip */.$Q)(vendorSeverity, 40)],
        ['Inspector score', score?.toFixed(1)],
        ['CVSS', cvss[0] && `${cvss[0].baseScore} ${(0,lib_text/* clip */.$Q)(cvss[0].vector, 200)}`],
        ['EPSS', epss?.toFixed(4)],
        ['Known exploited (CISA KEV)', exploited ? 'yes' : undefined],
        ['Also known as', list(related.map((id) => (0,lib_text/* clip */.$Q)(id, 80)))],
        ['Source', source && (0,lib_text/* clip */.$Q)(source, 80)],
    ];
    return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}
function capitalised(word) {
    return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}
const MAPPED = {
    critical: 9.5,
    high: 8,
    medium: 5.5,
    low: 2,
    informational: 0.1,
};
function securitySeverity(findings) {
    const scores = findings.flatMap(({ score, cvss, severity }) => {
        const base = highest(0, cvss.map(({ baseScore }) => baseScore));
        const known = [score, base, MAPPED[(0,results_severity/* severityWord */.Oh)(severity) ?? '']].find((value) => value !== undefined && value > 0 && value <= 10);
        return known === undefined ? [] : [known];
    });
    return scores.length === 0 ? undefined : highest(0.1, scores);
}
function highest(least, values) {
    return values.reduce((max, value) => Math.max(max, value), least);
}

;// CONCATENATED MODULE: ./lib/report/findings/sarif.js







const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate';
function sarifReport(report, dockerfile, limits = GITHUB_LIMITS) {
    const repositories = judgedRepositories(report);
    if (repositories.length === 0)
        return undefined;
    const groups = repositories.slice(0, limits.runs).map(groupsOf);
    const left = repositories.length - groups.length;
    return fitted(limits, (most) => {
        const runs = groups.map((grouped) => runOf(grouped, report, dockerfile, most));
        const log = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ run }) => run) };
        return {
            text: { [Symbol.iterator]: () => (0,json_text/* jsonText */.s)(log) },
            omissions: [
                ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
                ...(left > 0
                    ? [
                        `${SARIF_FILE} contains ${limits.runs} repositories and omits ${left}. GitHub accepts no more; report.json contains all of them.`,
                    ]
                    : []),
            ],
        };
    });
}
function sarifFile(result, dockerfile) {
    return {
        kind: 'sarif',
        name: SARIF_FILE,
        what: SARIF_FILE,
        render: () => sarifReport(result, dockerfile),
    };
}
function groupsOf(repository) {
    const groups = Map.groupBy(sortedEntries(repository), (entry) => fingerprint(repository, entry));
    return { repository, groups: [...groups] };
}
function runOf({ repository, groups }, report, dockerfile, most) {
    const shown = groups.slice(0, most);
    const findings = findingsByRule(shown.flatMap(([, entries]) => entries));
    const indexes = new Map([...findings.keys()].map((id, index) => [id, index]));
    const omission = groups.length > shown.length
        ? `${SARIF_FILE} contains the worst ${shown.length} of ${groups.length} results of ${repository.name}. report.json contains all of them.`
        : undefined;
    return {
        run: {
            tool: {
                driver: {
                    name: TOOL,
                    version: report.version,
                    semanticVersion: report.version,
                    rules: (0,json_text/* oneByOne */.E)(findings, ([id, of]) => ruleOf(id, of)),
                },
            },
            automationDetails: { id: category(repository, dockerfile) },
            invocations: [invocationOf(report, omission)],
            columnKind: 'utf16CodeUnits',
            results: (0,json_text/* oneByOne */.E)(shown, ([print, entries]) => {
                const [first] = entries;
                const id = ruleId(first.entry.finding.vulnerabilityId);
                return resultOf(repository, entries, { id, index: indexes.get(id) ?? -1, print, dockerfile });
            }),
            properties: {
                images: repository.images.map(({ image, verdict }) => ({
                    image: (0,kit_escape/* line */.n8)(image.uri),
                    verdict: verdict.verdict,
                })),
                results: groups.length,
            },
        },
        omission,
    };
}
function findingsByRule(entries) {
    return Map.groupBy(new Set(entries.map(({ entry }) => entry.finding)), ({ vulnerabilityId }) => ruleId(vulnerabilityId));
}
function category({ address }, dockerfile) {
    const built = dockerfile === undefined ? '' : `:${dockerfile.path}`;
    return `ecr-deployment-gate/${(0,kit_escape/* line */.n8)(`${address}${built}`)}/`;
}
function invocationOf({ error }, omission) {
    const toolExecutionNotifications = [
        ...(error === undefined
            ? []
            : [{ level: 'error', message: { text: sarif_text_text(error.message, MAX_DESCRIPTION) } }]),
        ...(omission === undefined ? [] : [{ level: 'warning', message: { text: (0,kit_escape/* plain */.pj)(omission) } }]),
    ];
    return { executionSuccessful: error === undefined, toolExecutionNotifications };
}


/***/ }),

/***/ 8676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ nextSteps)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/results/finding.js
var results_finding = __webpack_require__(5367);
// EXTERNAL MODULE: ./lib/results/order.js
var order = __webpack_require__(4038);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
// EXTERNAL MODULE: ./lib/versions/compare.js + 9 modules
var compare = __webpack_require__(2901);
// EXTERNAL MODULE: ./lib/versions/ecosystem.js
var versions_ecosystem = __webpack_require__(661);
;// CONCATENATED MODULE: ./lib/remedies/plan.js





function remedies(findings, matters = () => true) {
    const groups = groupPackages(findings, (finding) => blocks(finding) || matters(finding));
    const obstacles = new Map();
    for (const finding of new Set([
        ...findings.filter(blocks),
        ...groups.flatMap((group) => [...group.findings]),
    ])) {
        obstacles.set(finding, obstacleOf(finding));
    }
    const clearable = (finding) => obstacles.get(finding) === undefined;
    const neededGroups = new Set(groups.filter((group) => [...group.findings].some((one) => blocks(one) && clearable(one))));
    const groupsOf = new Map();
    for (const { key, findings: concerned } of groups) {
        for (const finding of concerned) {
            const keys = groupsOf.get(finding);
            if (keys === undefined)
                groupsOf.set(finding, [key]);
            else
                keys.push(key);
        }
    }
    const plan = (chosen) => mostFirst(merged(chosen).map((members) => {
        const keys = new Set(members.map(({ key }) => key));
        const alone = (finding) => groupsOf.get(finding)?.every((key) => keys.has(key)) ?? false;
        const cleared = [...members[0].findings].filter(clearable).sort(worstFirst);
        return {
            ...describe(members),
            clears: cleared.filter(alone),
            clearsWithOthers: cleared.filter((finding) => !alone(finding)),
        };
    }));
    return {
        needed: plan([...neededGroups]),
        further: plan(groups.filter((group) => !neededGroups.has(group))),
        remaining: findings.filter(blocks).flatMap((finding) => {
            const obstacle = obstacles.get(finding);
            return obstacle === undefined ? [] : [{ finding, obstacle }];
        }),
    };
}
function clearedBy({ clears, clearsWithOthers }) {
    return [...clears, ...clearsWithOthers];
}
function sourceName({ ecosystem, manager, }) {
    return ecosystem === undefined ? manager : SOURCES[ecosystem];
}
const SOURCES = {
    apk: 'apk',
    cargo: 'Cargo',
    composer: 'Composer',
    dpkg: 'apt',
    gem: 'RubyGems',
    go: 'Go',
    maven: 'Maven',
    npm: 'npm',
    nuget: 'NuGet',
    pep440: 'pip',
    rpm: 'rpm',
};
function blocks({ effect }) {
    return effect === 'block';
}
function groupPackages(findings, matters) {
    const groups = new Map();
    for (const judged of findings.filter(matters)) {
        for (const { key, found, ecosystem } of upgradable(judged)) {
            if (!groups.has(key))
                groups.set(key, newGroup(key, found, ecosystem));
        }
    }
    if (groups.size === 0)
        return [];
    for (const judged of findings) {
        const packages = upgradable(judged);
        if (!packages.every(({ key }) => groups.has(key)))
            continue;
        for (const { key, found, version } of packages) {
            const group = groups.get(key);
            if (group === undefined)
                continue;
            group.versions.add(version);
            group.findings.add(judged);
            if (found.instruction !== undefined)
                group.instructions.add(found.instruction);
            if (found.filePath)
                group.filePaths.add(found.filePath);
            if (found.remediation && found.remediation !== 'NotAvailable')
                group.remediations.add(found.remediation);
        }
    }
    return [...groups.values()];
}
function upgradable({ finding }) {
    if ((0,results_finding/* fixability */.er)(finding) === 'none')
        return [];
    return finding.packages.flatMap((found) => {
        const version = (0,results_finding/* fixedVersion */.FF)(found);
        const ecosystem = (0,versions_ecosystem/* ecosystemOf */.M)(found, finding.operatingSystem);
        if (version === undefined || !mayBeNewer(found, version, ecosystem))
            return [];
        return [{ key: keyOf(found, ecosystem), found, ecosystem, version }];
    });
}
function keyOf(found, ecosystem) {
    const { name, manager, origin, statedOrigin } = found;
    return JSON.stringify([
        name,
        (0,results_finding/* installedVersion */.nU)(found),
        manager ?? '',
        ecosystem ?? '',
        origin ?? statedOrigin ?? '',
    ]);
}
function newGroup(key, found, ecosystem) {
    return {
        key,
        name: found.name,
        installed: (0,results_finding/* installedVersion */.nU)(found),
        manager: found.manager,
        ecosystem,
        origin: found.origin ?? found.statedOrigin,
        versions: new Set(),
        findings: new Set(),
        instructions: new Set(),
        filePaths: new Set(),
        remediations: new Set(),
    };
}
function mayBeNewer(found, version, ecosystem) {
    return ((0,compare/* compareVersions */.Z)(ecosystem, version, (0,results_finding/* installedVersion */.nU)(found)) ?? 1) > 0;
}
function obstacleOf({ finding }) {
    const fix = (0,results_finding/* fixability */.er)(finding);
    if (fix === 'none')
        return 'no-fix';
    if (fix === 'some')
        return 'partly';
    const versions = finding.packages.map((found) => ({ found, version: (0,results_finding/* fixedVersion */.FF)(found) }));
    if (versions.length === 0 || versions.some(({ version }) => version === undefined))
        return 'no-version';
    const newer = versions.every(({ found, version }) => version !== undefined && mayBeNewer(found, version, (0,versions_ecosystem/* ecosystemOf */.M)(found, finding.operatingSystem)));
    return newer ? undefined : 'not-newer';
}
function merged(groups) {
    const order = new Map([...new Set(groups.flatMap(({ findings }) => [...findings]))].map((one, at) => [one, at]));
    const alike = Map.groupBy(groups, ({ installed, manager, ecosystem, origin, versions, findings }) => JSON.stringify([
        [installed, manager ?? '', ecosystem ?? '', origin ?? ''],
        [...versions].sort(),
        [...findings].map((finding) => order.get(finding) ?? -1).sort((a, b) => a - b),
    ]));
    return [...alike.values()].map((members) => members.sort((a, b) => (0,lib_text/* compareTexts */.qy)(a.name, b.name)));
}
function describe(members) {
    const [{ installed, manager, ecosystem, origin, versions: given }] = members;
    const versions = newest([...given], ecosystem);
    const [only = '', ...others] = versions;
    const all = (texts) => [...new Set(members.flatMap((group) => [...texts(group)]))].sort();
    return {
        names: [...new Set(members.map(({ name }) => name))],
        installed,
        manager,
        ecosystem,
        origin,
        versions,
        certain: others.length === 0 && (0,compare/* compareVersions */.Z)(ecosystem, only, installed) === 1,
        instructions: all((group) => group.instructions),
        filePaths: all((group) => group.filePaths),
        remediations: all((group) => group.remediations),
    };
}
const MOST_UNCERTAIN = 50;
function newest(versions, ecosystem) {
    const sorted = versions.toSorted(lib_text/* compareTexts */.qy);
    let chosen = [];
    for (const version of sorted) {
        const orders = chosen.map((other) => (0,compare/* compareVersions */.Z)(ecosystem, version, other));
        if (orders.some((order) => order !== undefined && order <= 0))
            continue;
        chosen = [...chosen.filter((_, at) => orders[at] === undefined), version];
        if (chosen.length > MOST_UNCERTAIN)
            return sorted;
    }
    return chosen;
}
function worstFirst(a, b) {
    return (0,order/* byEffect */.xG)(a, b) || (0,order/* bySeverity */.Np)(a.finding, b.finding) || (0,lib_text/* compareTexts */.qy)(a.finding.id, b.finding.id);
}
function mostFirst(upgrades) {
    const weighed = upgrades.map((upgrade) => {
        const cleared = clearedBy(upgrade);
        const worst = cleared.reduce((least, finding) => Math.min(least, (0,order/* severityOrder */.IY)(finding.finding.severity)), Infinity);
        return {
            upgrade,
            weights: [-cleared.filter(blocks).length, -cleared.length, worst],
            name: identity(upgrade),
        };
    });
    return weighed
        .sort((a, b) => {
        const at = a.weights.findIndex((weight, index) => weight !== b.weights[index]);
        return at === -1 ? (0,lib_text/* compareTexts */.qy)(a.name, b.name) : (a.weights[at] ?? 0) - (b.weights[at] ?? 0);
    })
        .map(({ upgrade }) => upgrade);
}
function identity({ names, installed, manager, ecosystem, origin }) {
    return JSON.stringify([names, installed, manager ?? '', ecosystem ?? '', origin ?? '']);
}

// EXTERNAL MODULE: ./lib/remedies/rebuild.js
var rebuild = __webpack_require__(1303);
// EXTERNAL MODULE: ./lib/results/modes/envelope.js
var envelope = __webpack_require__(5897);
// EXTERNAL MODULE: ./lib/results/modes/images.js
var modes_images = __webpack_require__(1191);
// EXTERNAL MODULE: ./lib/results/severity.js
var severity = __webpack_require__(5243);
// EXTERNAL MODULE: ./lib/time.js
var time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/report/kit/blocks.js
var kit_blocks = __webpack_require__(123);
// EXTERNAL MODULE: ./lib/report/kit/escape.js
var kit_escape = __webpack_require__(2542);
// EXTERNAL MODULE: ./lib/report/kit/links.js
var links = __webpack_require__(6832);
// EXTERNAL MODULE: ./lib/report/kit/once.js
var once = __webpack_require__(6324);
// EXTERNAL MODULE: ./lib/report/kit/words.js
var words = __webpack_require__(8276);
// EXTERNAL MODULE: ./lib/report/findings/base-words.js
var base_words = __webpack_require__(8388);
// EXTERNAL MODULE: ./lib/report/findings/words.js
var findings_words = __webpack_require__(4232);
;// CONCATENATED MODULE: ./lib/report/findings/steps.js















const MAX_UPGRADES = 25;
const MAX_FURTHER = 25;
const MAX_NAMES = 10;
const MAX_ERRORS = 20;
const MAX_MESSAGE = 4_000;
const MAX_EXCEPTIONS = 10;
const OFFERED_MS = 30 * time/* DAY_MS */.sO;
const nextSteps = (0,once/* oncePer */.P)((report) => {
    const later = afterRebuild(report);
    const judged = (0,modes_images/* verdictsIn */.kR)(later.images).flatMap((verdict) => verdict.judged);
    const plan = remedies(judged, mattersIn(later));
    const errors = [...report.nextSteps.slice(0, MAX_ERRORS).map(stepWords), ...errorSteps(report)];
    const obstacles = obstacleSteps(plan);
    const notes = [...limitSteps(later, plan), ...otherSteps(later)];
    const blocks = [
        ...(errors.length > 0 ? [(0,kit_blocks/* bullets */.e5)(errors)] : []),
        ...whoseBlocks(report),
        ...rebuildBlocks(report, 'block'),
        ...upgradeBlocks(later, plan, afterWords(report)),
        ...(obstacles.length > 0 ? ['<p><b>Not resolved by any upgrade</b>:</p>', (0,kit_blocks/* bullets */.e5)(obstacles)] : []),
        ...(notes.length > 0 ? [(0,kit_blocks/* bullets */.e5)(notes)] : []),
        ...exceptionToCopy(later, plan),
    ];
    const further = [...rebuildBlocks(report, 'warn'), ...furtherUpgrades(plan)];
    if (blocks.length === 0)
        return further;
    return ['<h3>What to do</h3>', ...blocks, ...further];
});
function afterRebuild(report) {
    const images = report.images.map((image) => {
        const change = (0,base_words/* recommended */.W2)(image);
        if (change === undefined || image.outcome.kind !== 'judged')
            return image;
        return { ...image, outcome: { kind: 'judged', verdict: (0,rebuild/* verdictAfter */.c)(image.outcome.verdict, change) } };
    });
    if (images.every((image, at) => image === report.images[at]))
        return report;
    const verdict = report.verdict === 'error' ? 'error' : (0,envelope/* worst */.QZ)(images.map(modes_images/* verdictOf */.Vj));
    return { ...report, images, verdict };
}
function afterWords({ images }) {
    const choices = images.map(({ advice }) => advice?.newer.filter(({ change }) => change !== undefined) ?? []);
    if (choices.every(({ length }) => length === 0))
        return undefined;
    return choices.some(({ length }) => length > 1) ? 'After the first rebuild' : 'After the rebuild';
}
function rebuildBlocks(report, verdict) {
    const items = report.images
        .filter((image) => (0,modes_images/* verdictOf */.Vj)(image) === verdict)
        .flatMap((image) => rebuildItems(image, report));
    if (items.length === 0)
        return [];
    if (verdict === 'block')
        return [(0,kit_blocks/* bullets */.e5)(items)];
    const count = report.images.filter((image) => (0,base_words/* recommended */.W2)(image) !== undefined).length;
    return count === 0 ? [] : [(0,kit_blocks/* details */.zH)('🔁 Rebuild on a newer base image, for warnings', [(0,kit_blocks/* bullets */.e5)(items)])];
}
function rebuildItems(image, report) {
    const { advice, outcome } = image;
    if (advice === undefined || outcome.kind !== 'judged')
        return [];
    const name = report.images.length > 1 ? `${(0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300)}: ` : '';
    const shown = advice.newer.filter(base_words/* isShown */.aJ);
    const items = shown.map((newer, at) => {
        const reference = (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(newer.reference), 300);
        const digest = `${(0,kit_blocks/* code */.aY)((0,words/* shortDigest */.VK)(newer.digest))}, ${(0,base_words/* sinceWords */.KR)(newer.pushedAt, report.judgedAt)}`;
        if (newer.change === undefined) {
            return `🔁 ${name}${reference} points at a newer image now (${digest}) than the image is built on. What a rebuild on it resolves is unknown: ${(0,kit_blocks/* prose */.CS)((0,lib_text/* clip */.$Q)(newer.unknown ?? '', MAX_MESSAGE))}.`;
        }
        const isAlternative = shown.slice(0, at).some(({ change }) => change !== undefined);
        const what = newer.kind === 'same-tag'
            ? `<b>Rebuild on today’s ${reference}</b> (${digest})`
            : `<b>${isAlternative ? 'Or build' : 'Build'} on ${reference}</b>, the newest tag of its line (${digest})`;
        const then = (0,base_words/* thenWords */.T6)(newer.change, outcome.verdict);
        const passes = then === undefined ? '' : ` <b>${then}</b>, based on today’s findings of both images.`;
        return `🔁 ${name}${what}: ${(0,base_words/* changeWords */.mF)(newer.change, outcome.verdict)}.${passes}`;
    });
    if (!advice.isCurrent || (0,base_words/* recommended */.W2)(image) !== undefined)
        return items;
    const isAbout = (0,findings_words/* judgedWith */.wJ)(image, 'block').some((finding) => originOf(finding) === 'base');
    return isAbout ? [...items, `${name}${currentWords(advice, report.judgedAt)}`] : items;
}
function currentWords({ base, pushedAt }, judgedAt) {
    const reference = (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(base), 300);
    const old = judgedAt !== undefined && (0,base_words/* ageOf */.hy)(pushedAt, judgedAt) > base_words/* OLD_MS */.B9;
    const cache = old
        ? ' If its repository is a pull-through cache, pull the tag once, so that ECR looks for a newer image.'
        : '';
    return `The image is built on the current ${reference} (${(0,base_words/* sinceWords */.KR)(pushedAt, judgedAt)}), so a rebuild on it does not resolve the findings in the base image.${cache}`;
}
function mattersIn({ images }) {
    const limited = new Set((0,modes_images/* verdictsIn */.kR)(images).flatMap(({ exceededLimits }) => exceededLimits.map(({ severity }) => severity.toUpperCase())));
    return ({ effect, finding }) => effect !== 'allow' || limited.has(finding.severity);
}
function errorSteps({ error, images }) {
    if (error !== undefined) {
        const steps = (0,errors/* failuresIn */.xM)(error).flatMap(({ nextStep }) => nextStep === undefined ? [] : [stepWords(nextStep)]);
        return [...new Set(steps)];
    }
    const asked = images.flatMap((image) => image.outcome.kind === 'error' && image.outcome.error.nextStep !== undefined
        ? [{ image, step: image.outcome.error.nextStep }]
        : []);
    const steps = [...Map.groupBy(asked, ({ step }) => step)].slice(0, MAX_ERRORS);
    return steps.map(([step, about]) => {
        if (images.length === 1)
            return stepWords(step);
        const names = about.slice(0, MAX_NAMES).map(({ image }) => (0,kit_blocks/* code */.aY)((0,findings_words/* shortName */.EU)(image), 300));
        const left = about.length - names.length;
        return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}: ${stepWords(step)}`;
    });
}
function stepWords(step) {
    return (0,kit_blocks/* lines */.Mn)((0,lib_text/* clip */.$Q)(step, MAX_MESSAGE));
}
function upgradeBlocks(report, { needed, remaining }, after) {
    if (needed.length === 0)
        return [];
    const shown = needed.slice(0, MAX_UPGRADES);
    const groups = Map.groupBy(shown, ({ origin }) => origin);
    const left = needed.length - shown.length;
    return [
        `<p>${lead(report, needed, remaining.length, after)}</p>`,
        ...[...ORIGINS, undefined].flatMap((origin) => {
            const upgrades = groups.get(origin) ?? [];
            if (upgrades.length === 0)
                return [];
            const title = groups.size === 1 && origin === undefined ? [] : [groupTitle(origin, report)];
            return [...title, (0,kit_blocks/* bullets */.e5)(upgrades.map(upgradeItem))];
        }),
        ...commands(shown),
        ...(left > 0 ? [`<p>See <code>report.json</code> for ${(0,words/* plural */.LS)(left, 'more upgrade')}.</p>`] : []),
    ];
}
const ORIGINS = ['base', 'application'];
function lead(report, needed, remaining, after) {
    const which = needed.length === 1 ? 'this upgrade' : `these ${needed.length} upgrades`;
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const enough = report.verdict === 'block' && remaining === 0 && !limitsExceeded(report) && !blocking.some(lacksData);
    const begun = (text) => after === undefined ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `${after}, ${text}`;
    if (enough) {
        const certain = needed.every((upgrade) => upgrade.certain);
        const [what, passes] = report.images.length > 1 ? ['all images', 'pass'] : ['the image', 'passes'];
        const then = after !== undefined
            ? `${what} ${certain ? passes : 'should pass'} with ${which}`
            : `with ${which}, ${what} ${certain ? passes : 'should pass'}`;
        return `<b>${begun(then)}</b>, based on today’s findings:`;
    }
    const resolved = blocking.length - remaining;
    const of = resolved === blocking.length ? '' : `${resolved} of `;
    const verb = needed.length === 1 ? 'resolves' : 'resolve';
    const left = after !== undefined ? 'remaining blocking finding' : 'blocking finding';
    return `<b>${begun(`${which} ${verb} ${of}${of === '' ? '' : 'the '}${(0,words/* plural */.LS)(blocking.length, left)}`)}</b>:`;
}
function lacksData({ reason }) {
    return reason.kind === 'rule' && reason.missing.length > 0;
}
function limitsExceeded({ images }) {
    return (0,modes_images/* verdictsIn */.kR)(images).some(({ exceededLimits }) => exceededLimits.length > 0);
}
function whoseBlocks(report) {
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const count = (origin) => blocking.filter((finding) => originOf(finding) === origin).length;
    const [base, own, unknown] = [count('base'), count('application'), count(undefined)];
    if (base + own === 0)
        return [];
    const alone = !limitsExceeded(report);
    if (alone && base === blocking.length) {
        return [`<p>All blocking findings are in the base image${baseNames(report)}.</p>`];
    }
    if (alone && own === blocking.length) {
        return ['<p>All blocking findings are in your own layers.</p>'];
    }
    const parts = [
        ...(base > 0 ? [`${base} in the base image${baseNames(report)}`] : []),
        ...(own > 0 ? [`${own} in your own layers`] : []),
        ...(unknown > 0 ? [`${unknown} in an unknown layer`] : []),
    ];
    return [
        `<p>${(0,words/* plural */.LS)(blocking.length, 'blocking finding')}${alone ? '' : ' apart from the limits'}: ${parts.join(', ')}.</p>`,
    ];
}
function originOf({ finding: { packages } }) {
    const [first, ...others] = new Set(packages.map(({ origin, statedOrigin }) => origin ?? statedOrigin));
    return others.length === 0 ? first : undefined;
}
function groupTitle(origin, report) {
    switch (origin) {
        case 'base': {
            const newer = report.images.some(({ advice }) => advice !== undefined)
                ? ''
                : 'rebuild on a newer one, or ';
            return `<p>🧱 <b>Base image</b>${baseNames(report)}: ${newer}upgrade in your Dockerfile:</p>`;
        }
        case 'application':
            return '<p>🛠️ <b>Your own layers</b>:</p>';
        case undefined:
            return '<p><b>Unknown layer</b>:</p>';
    }
}
function baseNames(report) {
    const bases = new Set(report.images.flatMap(({ baseImages = [] }) => baseImages.map(({ name }) => name)));
    const names = [...bases].slice(0, 3).map((name) => (0,kit_blocks/* code */.aY)((0,findings_words/* shortReference */.eV)(name), 300));
    const stated = report.images
        .flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'))
        .filter((finding) => originOf(finding) === 'base')
        .some(({ finding }) => finding.packages.some(({ origin }) => origin === undefined));
    return `${names.length === 0 ? '' : ` ${names.join(', ')}`}${stated ? ' (according to the image)' : ''}`;
}
function upgradeItem(given) {
    const [first = '', ...others] = given.versions;
    const target = (0,kit_blocks/* code */.aY)(first, 60) +
        others
            .slice(0, 5)
            .map((version) => `, ${(0,kit_blocks/* code */.aY)(version, 60)}`)
            .join('');
    const newest = others.length > 0 ? ' (whichever is newest)' : '';
    const names = given.names.slice(0, MAX_NAMES).map((name) => `<b>${(0,kit_blocks/* code */.aY)(name)}</b>`);
    const unnamed = given.names.length > names.length ? ` and ${given.names.length - names.length} more` : '';
    const source = sourceName(given);
    const from = source === undefined ? '' : ` (${given.ecosystem === undefined ? (0,kit_blocks/* code */.aY)(source, 40) : source})`;
    const cleared = clearedBy(given);
    const together = given.clears.length === 0 ? ' together with the other upgrades for these findings' : '';
    const paths = given.filePaths.slice(0, 2).map((path) => (0,kit_blocks/* code */.aY)(path, 160));
    const places = given.filePaths.length > paths.length
        ? `${paths.join(', ')} and ${given.filePaths.length - paths.length} more`
        : paths.join(', ');
    return [
        `${names.join(', ')}${unnamed} ${(0,kit_blocks/* code */.aY)(given.installed, 60)} → ${target}${newest}${from} resolves ${clearedWords(cleared)}${together}`,
        ...(given.origin === 'base' ? [] : given.instructions)
            .slice(0, 2)
            .map((instruction) => `added by ${(0,kit_blocks/* code */.aY)((0,findings_words/* instructionWords */.sD)(instruction), 200)}`),
        ...(places === '' ? [] : [`in ${places}`]),
    ].join('<br>');
}
function commands(upgrades) {
    const all = [...new Set(upgrades.flatMap(({ remediations }) => remediations))];
    if (all.length === 0)
        return [];
    return [
        `<p>Inspector recommends: ${all
            .slice(0, 3)
            .map((command) => (0,kit_blocks/* code */.aY)(command, 300))
            .join(', ')}</p>`,
    ];
}
function clearedWords(findings) {
    const worst = findings[0]?.finding.severity;
    const word = worst === undefined ? undefined : (0,severity/* severityWord */.Oh)(worst);
    const all = (0,words/* plural */.LS)(findings.length, 'finding');
    if (word === undefined)
        return all;
    const count = findings.filter(({ finding }) => finding.severity === worst).length;
    return count === findings.length ? (0,words/* plural */.LS)(count, `${word} finding`) : `${all}, ${count} ${word}`;
}
const OBSTACLES = {
    partly: 'only some of the affected packages have a fix',
    'no-version': 'the scanner reports no fixed version. See the advisory',
    'not-newer': 'the reported fixed version is not newer than the installed one. See the advisory',
    'no-fix': 'there is no fix yet. Remove the package, change the base image, or add an exception with a reason and an expiry date',
};
function obstacleSteps({ remaining }) {
    return ['partly', 'no-version', 'not-newer', 'no-fix'].flatMap((obstacle) => {
        const findings = remaining.filter((one) => one.obstacle === obstacle).map(({ finding }) => finding);
        if (findings.length === 0)
            return [];
        const byId = Map.groupBy(findings, ({ finding }) => finding.vulnerabilityId);
        const shown = [...byId].slice(0, MAX_NAMES).map(([id, all]) => {
            const advisory = (0,links/* vendorAdvisory */.K0)(all[0]?.finding.sourceUrl);
            const packages = packageNames(all).slice(0, 3);
            const names = packages.length === 0 ? '' : ` in ${packages.map((name) => (0,kit_blocks/* code */.aY)(name)).join(', ')}`;
            const said = advisory === undefined ? '' : ` (${(0,kit_blocks/* link */.nf)(advisory.url, advisory.vendor)})`;
            return `${(0,kit_blocks/* vulnerability */.L1)(id)}${names}${said}`;
        });
        const left = byId.size - shown.length;
        return [`${shown.join('; ')}${left > 0 ? ` and ${left} more` : ''}: ${OBSTACLES[obstacle]}.`];
    });
}
function packageNames(findings) {
    return [...new Set(findings.flatMap(({ finding }) => finding.packages.map(({ name }) => name)))];
}
function limitSteps({ images }, { needed, further }) {
    return (0,modes_images/* verdictsIn */.kR)(images).flatMap(({ judged, exceededLimits }) => {
        const own = new Set(judged);
        return exceededLimits.map((limit) => {
            const counting = (upgrade) => upgrade.clears.filter((one) => own.has(one) && one.finding.severity.toLowerCase() === limit.severity && one.counts).length;
            const most = [...needed, ...further]
                .map((upgrade) => ({ upgrade, clears: counting(upgrade) }))
                .filter(({ clears }) => clears > 0)
                .sort((a, b) => b.clears - a.clears)
                .slice(0, 3)
                .map(({ upgrade, clears }) => `upgrading ${named(upgrade)} resolves ${clears}`);
            const how = most.length === 0 ? 'no upgrade resolves any of them' : most.join(', ');
            return `${(0,findings_words/* limitWords */.vd)(limit)}. Fix at least ${limit.found - limit.allowed}: ${how}.`;
        });
    });
}
function named({ names, versions }) {
    return `${(0,kit_blocks/* code */.aY)(names[0] ?? '')} to ${(0,kit_blocks/* code */.aY)(versions[0] ?? '', 60)}`;
}
function otherSteps(report) {
    const blocking = report.images.flatMap((image) => (0,findings_words/* judgedWith */.wJ)(image, 'block'));
    const unknown = blocking.some(({ reason }) => reason.kind === 'unknown-severity');
    const tolerated = (0,findings_words/* toleratedWords */.Oc)(report);
    return [
        ...(unknown
            ? ['An unknown severity always blocks. Check whether a newer version of this action supports it.']
            : []),
        ...(tolerated === undefined
            ? []
            : [
                `${(0,kit_escape/* html */.qy)(tolerated)}. The output <code>passed</code> is <code>false</code>, and no image that did not pass is signed.`,
            ]),
    ];
}
const COPIED_ID = /^[A-Z]{2,10}-[A-Za-z0-9-]{1,60}$/;
const COPIED_PACKAGE = /^[A-Za-z0-9@][A-Za-z0-9@._/:+-]{0,99}$/;
function exceptionToCopy({ images, judgedAt, startedAt }, { remaining }) {
    const blocked = images.some((image) => (0,modes_images/* verdictOf */.Vj)(image) === 'block');
    const byId = Map.groupBy(remaining.filter(({ finding }) => COPIED_ID.test(finding.finding.vulnerabilityId)), ({ finding }) => finding.finding.vulnerabilityId);
    const from = (judgedAt ?? startedAt).getTime() + OFFERED_MS;
    if (!blocked || byId.size === 0 || Number.isNaN(new Date(from).getTime()))
        return [];
    const expires = (0,time/* day */.vd)(new Date(from));
    const yaml = [...byId].slice(0, MAX_EXCEPTIONS).flatMap(([id, all]) => {
        const [name, ...others] = packageNames(all.map(({ finding }) => finding));
        const only = name !== undefined && others.length === 0 && COPIED_PACKAGE.test(name);
        return [
            `  - id: ${id}`,
            ...(only ? [`    package: &#39;${name}&#39;`] : []),
            '    reason: &#39;TODO: why this risk is accepted&#39;',
            `    expires: ${expires}`,
            ...(all.every(({ obstacle }) => obstacle === 'no-fix') ? ['    until-fixed: true'] : []),
        ];
    });
    const text = ['version: 1', 'exceptions:', ...yaml].join('\n');
    return [
        (0,kit_blocks/* details */.zH)('📝 Template for an exceptions file', [
            `<pre><code>${text}</code></pre>`,
            '<p>Set the input <code>exceptions</code> to the path of the file. The policy can restrict exceptions.</p>',
        ]),
    ];
}
function furtherUpgrades({ further }) {
    const useful = further.filter((upgrade) => upgrade.clears.some(({ effect }) => effect === 'warn'));
    if (useful.length === 0)
        return [];
    const shown = useful.slice(0, MAX_FURTHER);
    const left = useful.length - shown.length;
    return [
        (0,kit_blocks/* details */.zH)(`🔧 ${(0,words/* plural */.LS)(useful.length, 'upgrade')} for warnings`, [
            (0,kit_blocks/* bullets */.e5)(shown.map(upgradeItem)),
            ...commands(shown),
            ...(left > 0 ? [`<p>See <code>report.json</code> for ${left} more.</p>`] : []),
        ]),
    ];
}


/***/ }),

/***/ 7461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ renderSummary),
/* harmony export */   DU: () => (/* binding */ bareSummary),
/* harmony export */   R_: () => (/* binding */ heading),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   Ve: () => (/* binding */ digestCell),
/* harmony export */   pT: () => (/* binding */ errorBlocks),
/* harmony export */   s8: () => (/* binding */ verdictCell)
/* harmony export */ });
/* harmony import */ var _results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5897);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1191);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(8804);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);
/* harmony import */ var _kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(123);
/* harmony import */ var _kit_escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2542);
/* harmony import */ var _kit_links_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6832);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8276);
/* harmony import */ var _comparison_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3492);
/* harmony import */ var _exceptions_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6803);
/* harmony import */ var _hidden_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(297);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7872);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4232);













const MAX_BLOCKING_SHOWN = 25;
const MAX_HEADLINE = 240;
const MAX_MESSAGE = 4_000;
const MAX_NOTICES = 10;
const MANY_IMAGES = 10;
const MAX_IMAGE_ROWS = 25;
const MAX_OPEN_IMAGES = 10;
const MAX_HIDING_IMAGES = 5;
function renderSummary(result, parts, limitBytes) {
    for (let rowBytes = Math.floor(limitBytes * 0.8); rowBytes > 0; rowBytes = Math.floor(rowBytes / 4)) {
        const text = render(result, parts, (0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .planRows */ .Lq)(result, rowBytes));
        if (Buffer.byteLength(text) <= limitBytes)
            return text;
    }
    return `${[heading(result.verdict, parts.headline), '<p>The rest does not fit here. See <code>report.json</code>.</p>'].join('\n\n')}\n`;
}
function bareSummary({ verdict }) {
    return `<h2>${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} ${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .VERDICT_WORDS */ ._G[verdict]}</h2>\n`;
}
function render(result, parts, plan) {
    const [first, ...others] = result.images;
    return `${[
        heading(result.verdict, parts.headline),
        ...(first !== undefined && others.length === 0 ? [nameOf(first)] : []),
        ...judgedBy(result),
        ...weakenedBy(result, parts),
        ...errorBlocks(result),
        ...parts.steps,
        ...parts.proofs,
        ...(first !== undefined && others.length === 0
            ? singleImage(first, result, plan)
            : severalImages(result, parts, plan)),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .gone */ .qp)(result.images),
        ...(0,_exceptions_js__WEBPACK_IMPORTED_MODULE_6__/* .exceptionBlocks */ .S2)(result),
        ...parts.signatures,
        settings(result),
    ].join('\n\n')}\n`;
}
function singleImage(image, result, plan) {
    return [
        ...noticeBlocks(result),
        ...blockingBlocks(image, plan),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .comparison */ .my)(result),
        ...restOfImage(image, plan),
    ];
}
function severalImages(result, parts, plan) {
    const images = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .worstFirst */ .md)(result.images);
    const passed = images.filter((image) => (0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__/* .allows */ .NB)((0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image)));
    const folded = images.length > MANY_IMAGES ? passed : [];
    const shown = images.slice(0, images.length - folded.length);
    const judged = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictsIn */ .kR)(images).length > 0 || parts.proofs.length === 0;
    const open = new Set(judged ? shown.slice(0, MAX_OPEN_IMAGES) : []);
    const tableOfImages = (rows) => judged && rows.length > 0 ? [imagesTable(rows, parts)] : [];
    const about = (image) => imageDetails(image, plan, open.has(image));
    return [
        ...tableOfImages(shown.slice(0, MAX_IMAGE_ROWS)),
        ...(judged ? (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(shown.length - MAX_IMAGE_ROWS) : []),
        ...noticeBlocks(result),
        ...(0,_comparison_js__WEBPACK_IMPORTED_MODULE_5__/* .comparison */ .my)(result),
        ...shown.map(about),
        ...(folded.length > 0
            ? [
                (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(judged
                    ? `${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7.pass} ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(folded.length, 'image')} passed`
                    : `📦 Digests of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(folded.length, 'verified image')}`, [...tableOfImages(folded), ...folded.map(about)]),
            ]
            : []),
    ];
}
function heading(verdict, headline) {
    const words = (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(headline));
    return `<h2>${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)(words, MAX_HEADLINE))}</h2>`;
}
function nameOf(image) {
    const named = (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .namedPlatforms */ .Of)(image.platforms.map(({ platform }) => platform));
    const shown = named.slice(0, 8).map((platform) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(platform, 60));
    const left = named.length > shown.length ? ` and ${named.length - shown.length} more` : '';
    const platforms = shown.length === 0 ? [] : [`${shown.join(' ')}${left}`];
    const digest = image.digest === undefined ? [] : [digestCell(image)];
    return `<p>${[(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300), ...digest, ...platforms].join(' · ')}</p>`;
}
function judgedBy({ documents, settings: given, images }) {
    if (given === undefined || (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictsIn */ .kR)(images).length === 0)
        return [];
    const thresholds = `<code>fail-on: ${given.failOn}</code> and <code>warn-on: ${given.warnOn}</code>`;
    const policy = documents?.policy;
    if (policy === undefined)
        return [`<p>Judged by the thresholds ${thresholds}.</p>`];
    const moving = policy.moving ? ', read from a branch or tag' : '';
    return [
        `<p>Judged by the policy ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(policy.uri, 300)} (${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(`sha256:${policy.policySha256}`))}${moving}). The thresholds ${thresholds} apply to findings that match no rule.</p>`,
    ];
}
function weakenedBy({ images, documents }, { isAttested }) {
    const inputs = [...new Set(images.flatMap(_words_js__WEBPACK_IMPORTED_MODULE_9__/* .weakeningWords */ .vK))];
    if (inputs.length === 0)
        return [];
    const what = documents?.policy === undefined ? 'thresholds' : 'policy';
    const attested = images.some((image) => (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .weakeningWords */ .vK)(image).length > 0 && isAttested(image));
    const note = attested ? ' The attestation of this verdict therefore names a different policy.' : '';
    return [
        `<p>⚖️ <b>Less strict than the ${what}</b>: the workflow sets ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .enumerate */ .HL)(inputs.map((input) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(input, 100)))}, which allows more than the ${what} alone.${note}</p>`,
    ];
}
function errorBlocks({ error, images }) {
    const ofImages = images.length > 1
        ? []
        : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
    const shown = error === undefined ? ofImages : [error];
    return shown
        .filter(({ message }) => (0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(message), MAX_HEADLINE - 60) !== message)
        .map(errorBlock);
}
function errorBlock({ message }) {
    return `<blockquote>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)(message, MAX_MESSAGE)))}</blockquote>`;
}
function imagesTable(images, { isSigned }) {
    const judged = images.some(({ outcome }) => outcome.kind === 'judged');
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)([
        'Image',
        'Digest',
        'Verdict',
        ...(judged ? ['Blocking', 'Critical', 'High', 'All findings'] : []),
        'Signed',
    ], images.map((image) => {
        const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
        const counts = [
            verdict?.blocking,
            verdict?.counts.critical,
            verdict?.counts.high,
            verdict?.counts.total,
        ];
        return [
            (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300),
            digestCell(image),
            verdictCell(image),
            ...(judged ? counts.map((count) => `${count ?? '–'}`) : []),
            isSigned(image) ? 'yes' : 'no',
        ];
    }));
}
function digestCell({ digest }) {
    return digest === undefined ? '–' : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest));
}
function verdictCell(image) {
    return `${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[(0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image)]} ${(0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .verdictWords */ .L2)(image)}`;
}
function imageDetails(image, plan, isFirst) {
    const verdict = (0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_10__/* .verdictOf */ .Vj)(image);
    const error = image.outcome.kind === 'error' ? [errorBlock(image.outcome.error)] : [];
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`${_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .MARKS */ .j7[verdict]} <b>${(0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .verdictWords */ .L2)(image)}</b>: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300)}`, [...error, ...blockingBlocks(image, plan), ...restOfImage(image, plan)], isFirst && !(0,_results_modes_envelope_js__WEBPACK_IMPORTED_MODULE_11__/* .allows */ .NB)(verdict));
}
function blockingBlocks(image, plan) {
    const group = plan.get(image)?.block;
    if (group === undefined || group.total === 0)
        return [];
    const open = group.rows.slice(0, MAX_BLOCKING_SHOWN);
    const folded = group.rows.slice(MAX_BLOCKING_SHOWN);
    const missing = group.total - group.rows.length;
    return [
        '<h3>Blocking findings</h3>',
        ...(open.length > 0 ? [(0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(open, image)] : []),
        ...(folded.length > 0
            ? [
                (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(group.total - open.length, 'more blocking finding'), [
                    (0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(folded, image),
                    ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(missing),
                ]),
            ]
            : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(missing)),
    ];
}
function noticeBlocks({ documents, notices, images }) {
    const conflicts = (documents?.conflicts ?? []).map(({ input, asked, demanded }) => `<p>⚖️ <b>The policy overrides the workflow</b>: ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(input)} is ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(demanded)}, not ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(asked)}.</p>`);
    const shown = notices
        .slice(0, MAX_NOTICES)
        .map((notice) => `<p>ℹ️ ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_text_js__WEBPACK_IMPORTED_MODULE_12__/* .clip */ .$Q)((0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .firstLine */ .TM)(notice), MAX_MESSAGE))}</p>`);
    return [...conflicts, ...shown, ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(notices.length - shown.length), ...hidingBlocks(images)];
}
function hidingBlocks(images) {
    const hiding = images.flatMap((image) => {
        const words = (0,_hidden_js__WEBPACK_IMPORTED_MODULE_7__/* .hiddenWords */ .c)(image);
        if (words === undefined)
            return [];
        const name = images.length > 1 ? `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .shortName */ .EU)(image), 300)}: ` : '';
        return [`<p>🔇 ${name}${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(words)}</p>`];
    });
    const left = hiding.length - MAX_HIDING_IMAGES;
    return [
        ...hiding.slice(0, MAX_HIDING_IMAGES),
        ...(left > 0
            ? [`<p>🔇 They also hide whole classes of findings in ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(left, 'more image')}.</p>`]
            : []),
    ];
}
function restOfImage(image, plan) {
    const groups = plan.get(image);
    const folded = (group, title) => {
        const { rows, total } = groups?.[group] ?? { rows: [], total: 0 };
        if (total === 0)
            return [];
        const content = rows.length > 0 ? [(0,_rows_js__WEBPACK_IMPORTED_MODULE_8__/* .findingTable */ .ck)(rows, image)] : [];
        return [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(title(total), [...content, ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(total - rows.length)])];
    };
    return [
        ...folded('warn', (total) => `⚠️ ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'warning')}`),
        ...countsTable(image),
        ...folded('allow', (total) => `✔️ ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'allowed finding')}, with reasons`),
        ...folded('suppressed', (total) => `🔇 ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(total, 'finding')} suppressed in Inspector`),
        platforms(image),
    ];
}
function countsTable({ outcome }) {
    if (outcome.kind !== 'judged')
        return [];
    const { counts, suppressed } = outcome.verdict;
    const ranked = ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'];
    const columns = [
        ...ranked
            .filter((name, at) => at < 4 || counts[name] > 0)
            .map((name) => [`${_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .SEVERITY_MARKS */ .ru[name] ?? ''}&nbsp;${name}`, counts[name]]),
        ...(counts.unknown > 0 ? [['❔ unknown', counts.unknown]] : []),
        ['all', counts.total],
        ...(suppressed.length > 0 ? [['🔇 suppressed', suppressed.length]] : []),
    ];
    return [
        '<h3>Active findings by severity</h3>',
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(columns.map(([name]) => name), [columns.map(([, count]) => `${count}`)]),
    ];
}
function platforms(image) {
    const title = image.isIndex
        ? `Image index of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(image.platforms.length, 'platform')}: digests and scan times`
        : 'Image, digest and scan time';
    const scans = image.platforms.map(({ platform, digest, scannedAt, monitored }) => [
        (0,_words_js__WEBPACK_IMPORTED_MODULE_9__/* .namedPlatforms */ .Of)([platform]).map((name) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name, 60))[0] ?? '–',
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(digest === image.digest ? (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest) : digest),
        scannedAt === undefined ? 'not scanned' : (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(scannedAt),
        monitored === undefined ? '–' : monitored ? 'yes' : 'no',
    ]);
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)(`📦 ${title}`, [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['', ''], identityOf(image)),
        ...(scans.length > 0 ? [(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Platform', 'Digest', 'Scan finished', 'Still monitored'], scans)] : []),
    ]);
}
function identityOf(image) {
    const references = image.references.slice(0, 10).map((reference) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(reference, 600));
    const bases = (image.baseImages ?? []).map(({ name, named }) => `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name, 300)}${named ? '' : ' (according to the image)'}`);
    const { digest } = image;
    const pages = digest === undefined ? [] : (0,_kit_links_js__WEBPACK_IMPORTED_MODULE_3__/* .consoleLinks */ .tr)({ ...image, digest });
    const consoles = pages.map(({ name, url }) => (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(url, name));
    const skipped = skippedChildren(image);
    const rows = [
        ['Image', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(image.uri, 600)],
        ['Reference', references.join('<br>')],
        ['Base image', bases.length > 0 ? bases.join('<br>') : undefined],
        ['Not scanned', skipped.length > 0 ? skipped.join('<br>') : undefined],
        ['AWS console', consoles.length > 0 ? consoles.join(' · ') : undefined],
    ];
    return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
const MOST_ARTIFACTS = 10;
function skippedChildren({ attestations, skipped = [] }) {
    const count = attestations.length;
    const more = skipped.length - MOST_ARTIFACTS;
    return [
        ...(count === 0
            ? []
            : [
                `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(count, 'build attestation')}, which ${count === 1 ? 'is not an image' : 'are not images'}`,
            ]),
        ...skipped
            .slice(0, MOST_ARTIFACTS)
            .map(({ digest, type }) => `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shortDigest */ .VK)(digest))}, an artifact of type ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(type, 100)}`),
        ...(more > 0 ? [`${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_4__/* .plural */ .LS)(more, 'more artifact')}`] : []),
    ];
}
function settings({ settings: given, documents, version, startedAt, durationMs }) {
    const run = [
        ['Started', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(startedAt)],
        ['Took', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(durationMs))],
        ['Version', (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(version, 40)],
    ];
    const inputs = given === undefined
        ? []
        : [
            ['<code>fail-on</code>', given.failOn],
            ['<code>warn-on</code>', given.warnOn],
            ['<code>ignore-unfixed</code>', `${given.ignoreUnfixed}`],
            ['<code>enforce</code>', `${given.enforce}`],
            ['<code>scan-type</code>', given.scanType],
            ['<code>timeout</code>', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(given.timeoutMs))],
            ['<code>settle-time</code>', (0,_kit_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)((0,_time_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(given.settleTimeMs))],
        ];
    const { policy, exceptions = [], vex = [] } = documents ?? {};
    const files = [
        ...(policy === undefined ? [] : [{ kind: 'policy', source: policy, policySha256: policy.policySha256 }]),
        ...exceptions.map((source) => ({ kind: 'exceptions', source, policySha256: undefined })),
        ...vex.map((source) => ({ kind: 'vex', source, policySha256: undefined })),
    ];
    const read = files
        .slice(0, 50)
        .map(({ kind, source, policySha256 }) => [
        `<code>${kind}</code>`,
        policySha256 === undefined
            ? `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source.uri, 300)}<br>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${source.sha256}`)}`
            : `${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(source.uri, 300)}<br>${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${policySha256}`)}, file ${(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`sha256:${source.sha256}`)}`,
    ]);
    return (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .details */ .zH)('⚙️ Settings of this run', [
        (0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['Setting', 'Value'], [...inputs, ...read, ...run]),
        ...(0,_kit_blocks_js__WEBPACK_IMPORTED_MODULE_1__/* .more */ .OS)(files.length - read.length),
    ]);
}


/***/ }),

/***/ 4232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ refusedWords),
/* harmony export */   EU: () => (/* binding */ shortName),
/* harmony export */   Hi: () => (/* binding */ reachabilityWords),
/* harmony export */   IK: () => (/* binding */ reasonWords),
/* harmony export */   L2: () => (/* binding */ verdictWords),
/* harmony export */   Oc: () => (/* binding */ toleratedWords),
/* harmony export */   Of: () => (/* binding */ namedPlatforms),
/* harmony export */   So: () => (/* binding */ untilWords),
/* harmony export */   WV: () => (/* binding */ whyWords),
/* harmony export */   WW: () => (/* binding */ refusalWords),
/* harmony export */   eV: () => (/* binding */ shortReference),
/* harmony export */   sD: () => (/* binding */ instructionWords),
/* harmony export */   vK: () => (/* binding */ weakeningWords),
/* harmony export */   vd: () => (/* binding */ limitWords),
/* harmony export */   wJ: () => (/* binding */ judgedWith)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5367);
/* harmony import */ var _results_modes_enforcement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8703);
/* harmony import */ var _results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1191);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6146);
/* harmony import */ var _kit_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8276);





function reasonWords(reason) {
    switch (reason.kind) {
        case 'rule': {
            const missing = reason.missing.length === 0 ? '' : ` (no data: ${reason.missing.join(', ')})`;
            return `rule ${reason.rule}${missing}`;
        }
        case 'exception':
            return exceptionWords(reason.exception);
        case 'baseline':
            return `also in the baseline (otherwise ${reasonWords(reason.instead)})`;
        case 'suppressed':
            return 'suppressed in Inspector';
        case 'fail-on':
        case 'warn-on':
            return `${reason.kind}: ${reason.threshold}`;
        case 'below-thresholds':
            return 'below the thresholds';
        case 'unfixed':
            return 'no fix yet (ignore-unfixed)';
        case 'untriaged':
            return 'not rated by the vendor yet';
        case 'unknown-severity':
            return 'unknown severity';
    }
}
function exceptionWords({ origin, status, reason, expires }) {
    const what = origin === 'vex' ? `VEX ${status}` : `exception${expires ? ` until ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(expires)}` : ''}`;
    return reason === undefined ? what : `${what}: ${reason}`;
}
function refusedWords({ refused }, judgedAt) {
    const [first, ...others] = refused;
    if (first === undefined)
        return undefined;
    const { exception, refusal } = first;
    const what = exception.origin === 'vex' ? 'VEX statement' : 'exception';
    const why = refusalWords(refusal, judgedAt);
    const more = others.length === 0 ? '' : ', and others that do not apply';
    return `${what} ${refusal.kind === 'expired' ? why : `refused: ${why}`}${more}`;
}
function whyWords(judged, judgedAt) {
    return [reasonWords(judged.reason), refusedWords(judged, judgedAt)]
        .filter((part) => part !== undefined)
        .join('; ');
}
function refusalWords(refusal, judgedAt) {
    switch (refusal.kind) {
        case 'expired':
            return `expired after ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(refusal.since)}${agoWords(refusal.since, judgedAt)}`;
        case 'not-yet':
            return 'its date is in the future';
        case 'max-duration':
            return `${refusal.days === undefined ? 'no expiry date' : (0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(refusal.days, 'day')}, the policy allows ${daysWords(refusal.maxDurationMs)}`;
        case 'required':
            return `it has no ${refusal.field}, which the policy requires`;
        case 'never': {
            const [which, unknown] = FORBIDDEN[refusal.what];
            return `the policy allows no exception for ${refusal.unknown ? unknown : which}`;
        }
        case 'fix-available':
            return 'it applies only until there is a fix, and the scanner does not report that there is none';
        case 'other-package':
            return otherPackageWords(refusal);
    }
}
const FORBIDDEN = {
    severity: ['findings of this severity', 'some severities, and the severity is unknown'],
    score: ['findings with this score', 'some scores, and the score is unknown'],
    'known-exploited': [
        'known exploited vulnerabilities',
        'known exploited vulnerabilities, and whether this is one is unknown',
    ],
};
function agoWords(since, judgedAt) {
    if (judgedAt === undefined)
        return '';
    const dayOf = (ms) => Math.floor(ms / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO);
    const days = dayOf(judgedAt.getTime()) - dayOf(since.getTime() - 1);
    if (Number.isNaN(days))
        return '';
    return days < 1 ? ', today' : `, ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(days, 'day')} ago`;
}
function daysWords(ms) {
    return ms % _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO === 0 ? String(ms / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO) : (0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms);
}
const ASPECTS = {
    type: 'operating system or package manager',
    vendor: 'operating system',
    release: 'operating system',
    version: 'version',
    architecture: 'architecture',
    qualifier: 'qualifiers',
};
function otherPackageWords({ aspect, differs, purl, found }) {
    const what = ASPECTS[aspect];
    if (aspect === 'qualifier')
        return `it is about ${purl}, and not all of its qualifiers can be compared`;
    if (found === undefined)
        return `it is about ${purl}, and the scanner reports no ${what} to compare`;
    if (differs)
        return `it is about ${purl}, but the scanner reports the ${what} ${found}`;
    const missing = aspect === 'vendor' ? '; add the vendor to the package URL' : '';
    return `it is about ${purl}, which cannot be compared with the ${what} ${found} that the scanner reports${missing}`;
}
function untilWords(ends, judgedAt) {
    if (ends === undefined)
        return 'no end';
    const days = judgedAt === undefined ? Number.NaN : Math.floor((ends.getTime() - judgedAt.getTime()) / _time_js__WEBPACK_IMPORTED_MODULE_1__/* .DAY_MS */ .sO);
    const left = Number.isNaN(days) ? '' : days < 1 ? ', today' : `, in ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(days, 'day')}`;
    return `until ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .lastDay */ .NY)(ends)}${left}`;
}
function weakeningWords({ weakened = {} }) {
    return Object.entries(weakened).map(([input, value]) => (value === true ? input : `${input}: ${value}`));
}
function limitWords({ severity, allowed, found }) {
    return `${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(found, `${severity} finding`)} (the policy allows ${allowed})`;
}
function reachabilityWords({ reachability, }) {
    return reachability === undefined ? '' : REACHABILITIES[reachability];
}
const REACHABILITIES = {
    reachable: 'reachable',
    'not-reachable': 'not reachable',
};
function instructionWords(instruction) {
    return instruction.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}
function namedPlatforms(platforms) {
    return platforms.filter((platform) => platform !== _results_finding_js__WEBPACK_IMPORTED_MODULE_3__/* .NO_PLATFORM */ .od);
}
function judgedWith(image, effect) {
    return image.outcome.kind === 'judged'
        ? image.outcome.verdict.judged.filter((finding) => finding.effect === effect)
        : [];
}
function toleratedWords({ tolerated, images }) {
    if (!tolerated)
        return undefined;
    const although = images.length === 0
        ? 'the run ended without a verdict'
        : `${(0,_results_modes_enforcement_js__WEBPACK_IMPORTED_MODULE_0__/* .failedImages */ .Y)(images).length} of ${(0,_kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(images.length, 'image')} did not pass`;
    return `enforce is false: the step succeeds, although ${although}`;
}
function verdictWords(image) {
    const { outcome } = image;
    if (outcome.kind === 'error' && outcome.error.code === 'not-verified')
        return 'Not verified';
    return _kit_words_js__WEBPACK_IMPORTED_MODULE_2__/* .VERDICT_WORDS */ ._G[(0,_results_modes_images_js__WEBPACK_IMPORTED_MODULE_4__/* .verdictOf */ .Vj)(image)];
}
function shortName(image) {
    const [reference] = image.references;
    if (reference === undefined)
        return image.repository;
    const [name = ''] = shortReference(reference).split('@', 1);
    return name;
}
function shortReference(reference) {
    return reference.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '');
}


/***/ }),

/***/ 6324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ oncePer)
/* harmony export */ });
function oncePer(compute) {
    const known = new WeakMap();
    return (key) => {
        const found = known.get(key) ?? { value: compute(key) };
        known.set(key, found);
        return found.value;
    };
}


/***/ }),

/***/ 8703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ failedImages),
/* harmony export */   h: () => (/* binding */ isTolerated)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5897);
/* harmony import */ var _images_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1191);



const IS_FAILURE_OF_IMAGE = {
    'not-found': true,
    unscannable: true,
    'not-proven': true,
    'not-verified': true,
    timeout: true,
    aws: true,
    input: false,
    'access-denied': false,
    credentials: false,
    configuration: false,
    signing: false,
    cancelled: false,
    internal: false,
};
function isTolerated(action, { verdict, enforced, error, images }) {
    if (enforced || (0,_envelope_js__WEBPACK_IMPORTED_MODULE_1__/* .allows */ .NB)(verdict))
        return false;
    if (verdict === 'block')
        return true;
    const errors = [
        ...(error === undefined ? [] : [error]),
        ...images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : [])),
    ];
    const isCovered = action === 'gate' ? isMissingAttestation : isFailureOfImage;
    return errors.length > 0 && errors.every(isCovered);
}
function isMissingAttestation(error) {
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failuresIn */ .xM)(error).every(({ code }) => code === 'not-verified');
}
function isFailureOfImage(error) {
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failuresIn */ .xM)(error).every(({ code }) => IS_FAILURE_OF_IMAGE[code]);
}
function failedImages(images) {
    return images.filter((image) => !(0,_envelope_js__WEBPACK_IMPORTED_MODULE_1__/* .allows */ .NB)((0,_images_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(image)));
}


/***/ }),

/***/ 1191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   kR: () => (/* binding */ verdictsIn),
/* harmony export */   md: () => (/* binding */ worstFirst)
/* harmony export */ });
/* harmony import */ var _envelope_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5897);

function verdictsIn(images) {
    return images.flatMap(({ outcome }) => (outcome.kind === 'judged' ? [outcome.verdict] : []));
}
function verdictOf(image) {
    if (image.outcome.kind === 'verified')
        return 'pass';
    return image.outcome.kind === 'judged' ? image.outcome.verdict.verdict : 'error';
}
function worstFirst(images) {
    return [...images].sort((a, b) => (0,_envelope_js__WEBPACK_IMPORTED_MODULE_0__/* .byVerdict */ .$$)(verdictOf(a), verdictOf(b)));
}


/***/ }),

/***/ 4038:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IY: () => (/* binding */ severityOrder),
/* harmony export */   Np: () => (/* binding */ bySeverity),
/* harmony export */   xG: () => (/* binding */ byEffect)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8804);
/* harmony import */ var _severity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5243);


const EFFECTS = ['block', 'warn', 'allow'];
function byEffect(a, b) {
    return EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect);
}
function severityOrder(severity) {
    return severity === _severity_js__WEBPACK_IMPORTED_MODULE_0__/* .UNTRIAGED */ .C3 ? _severity_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC.length : ((0,_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .rankOf */ .IQ)(severity) ?? -1);
}
function bySeverity(a, b) {
    return (severityOrder(a.severity) - severityOrder(b.severity) ||
        scoreOf(b) - scoreOf(a) ||
        (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .compareTexts */ .qy)(a.vulnerabilityId, b.vulnerabilityId));
}
function scoreOf({ score }) {
    return Number.isFinite(score) ? (score ?? -1) : -1;
}


/***/ }),

/***/ 5766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eO: () => (/* binding */ oldestUnwatchedScan),
/* harmony export */   h3: () => (/* binding */ staleScan),
/* harmony export */   os: () => (/* binding */ oldest)
/* harmony export */ });
/* unused harmony export STALE_AFTER_MS */
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);

const STALE_AFTER_MS = _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
function oldestUnwatchedScan(scans) {
    return oldest(scans.flatMap(({ scannedAt, monitored }) => (monitored === false ? (scannedAt ?? []) : [])));
}
function oldest(dates) {
    return dates.length === 0 ? undefined : new Date(Math.min(...dates.map((date) => date.getTime())));
}
function staleScan(scans, now) {
    const at = oldestUnwatchedScan(scans);
    return at !== undefined && now.getTime() - at.getTime() > STALE_AFTER_MS ? at : undefined;
}


/***/ }),

/***/ 2489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ explainMissingInspectorScan),
  p: () => (/* binding */ neverScanned)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-inspector2/dist-cjs/index.js
var client_inspector2_dist_cjs = __webpack_require__(3222);
// EXTERNAL MODULE: ./lib/aws/briefly.js
var briefly = __webpack_require__(3934);
;// CONCATENATED MODULE: ./lib/aws/caller.js
async function callerAccount(clients, registry, abortSignal) {
    const { GetCallerIdentityCommand } = await __webpack_require__.e(/* import() */ 695).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19));
    const client = await clients.sts(registry);
    const { Account: account } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return typeof account === 'string' && /^\d{12}$/.test(account) ? account : undefined;
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
;// CONCATENATED MODULE: ./lib/scan/configuration.js






async function explainMissingInspectorScan(clients, deadline, image) {
    const [basic, inspector, manual] = await Promise.all([
        basicRegistry(clients, deadline, image),
        inspectorStatus(clients, deadline, image),
        neverScanned(clients, deadline, image, 'enhanced'),
    ]);
    const error = basic ?? inspectorOff(inspector, image) ?? manual;
    if (error !== undefined)
        return { error };
    if (inspector.kind === 'known')
        return {};
    return otherAccount(clients, deadline, image, inspector.kind === 'refused');
}
function basicRegistry(clients, deadline, { registry }) {
    const { account, region } = registry;
    return ifAnswered(deadline, async (abortSignal) => {
        const command = new dist_cjs/* GetRegistryScanningConfigurationCommand */.Mhg({});
        const answer = await clients.ecr(registry).send(command, { abortSignal });
        if (answer.registryId !== account || answer.scanningConfiguration?.scanType !== 'BASIC')
            return undefined;
        const rules = '[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]';
        return new errors/* GateError */.ue('configuration', `The registry of account ${account}, region ${region} uses basic scanning, so Amazon Inspector scans none of its images.`, {
            nextStep: `Enable enhanced scanning: aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules '${rules}' --region ${region}. To use the results of basic scanning instead, set scan-type: basic.`,
        });
    });
}
async function inspectorStatus(clients, deadline, { registry }) {
    const found = await ifAnswered(deadline, async (abortSignal) => {
        const command = new client_inspector2_dist_cjs/* BatchGetAccountStatusCommand */.DCO({ accountIds: [registry.account] });
        const { accounts, failedAccounts } = await clients.inspector(registry).send(command, { abortSignal });
        const own = accounts?.find(({ accountId }) => accountId === registry.account);
        const status = own?.resourceState?.ecr?.status;
        if (status !== undefined)
            return { kind: 'known', status };
        const failure = failedAccounts?.find(({ accountId }) => accountId === registry.account);
        return { kind: failure?.errorCode === 'ACCESS_DENIED' ? 'refused' : 'unknown' };
    });
    return found ?? { kind: 'unknown' };
}
function inspectorOff(inspector, { registry }) {
    if (inspector.kind !== 'known' || ['ENABLED', 'ENABLING'].includes(inspector.status))
        return undefined;
    return new errors/* GateError */.ue('configuration', `Amazon Inspector does not scan images in account ${registry.account}, region ${registry.region}: its status is ${inspector.status}.`, {
        nextStep: `Enable it: aws inspector2 enable --resource-types ECR --region ${registry.region}. If an organization manages Inspector, ask its delegated administrator.`,
    });
}
async function otherAccount(clients, deadline, { registry }, isRefused) {
    const caller = await ifAnswered(deadline, (signal) => callerAccount(clients, registry, signal));
    if (caller === undefined || caller === registry.account)
        return {};
    const reason = `The AWS credentials belong to account ${caller}, and the registry belongs to account ${registry.account}. Amazon Inspector shows the scans of a registry only to its own account and to the delegated administrator of the organization.`;
    if (!isRefused)
        return { possibleReason: reason };
    return {
        error: new errors/* GateError */.ue('configuration', reason, {
            nextStep: `Run this step with a role of account ${registry.account}, or with a role of the delegated administrator's account.`,
        }),
    };
}
function neverScanned(clients, deadline, image, scanType) {
    const { registry, repository } = image;
    return ifAnswered(deadline, async (abortSignal) => {
        const command = new dist_cjs/* BatchGetRepositoryScanningConfigurationCommand */.TxZ({ repositoryNames: [repository] });
        const answer = await clients.ecr(registry).send(command, { abortSignal });
        const own = (0,reference/* repositoryArn */.qM)(registry, repository);
        const found = answer.scanningConfigurations?.find(({ repositoryArn: arn }) => arn === own);
        if (found === undefined)
            return undefined;
        if (scanType === 'basic')
            return found.scanOnPush === false ? notScannedOnPush(image) : undefined;
        if (found.scanFrequency !== 'MANUAL')
            return undefined;
        return new errors/* GateError */.ue('configuration', `No scanning filter of account ${registry.account}, region ${registry.region} matches the repository ${repository}, so Amazon Inspector never scans it.`, {
            nextStep: 'Add the repository to the enhanced scanning filters of the registry: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).',
        });
    });
}
async function ifAnswered(deadline, call) {
    return (0,briefly/* briefly */.m)(deadline, call).catch(() => undefined);
}
function notScannedOnPush({ registry, repository, digest }) {
    return new errors/* GateError */.ue('configuration', `ECR has not scanned ${repository}@${digest}, and a push to the repository does not start a scan.`, {
        nextStep: `Turn on scan on push for the repository, or start a scan: aws ecr start-image-scan --repository-name ${repository} --image-id imageDigest=${digest} --region ${registry.region}`,
    });
}


/***/ }),

/***/ 7191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ withDetails)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_inspector2__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3222);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7934);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6108);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6762);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);





const ARNS_PER_CALL = 10;
const CALLS_AT_ONCE = 4;
const Answer = valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    findingDetails: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
        findingArn: valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
        cisaData: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({}))),
        epssScore: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig())),
    })),
});
async function withDetails(findings, registry, clients, deadline) {
    const client = clients.inspector(registry);
    const received = new Map();
    let why = 'Amazon Inspector returned no details of them.';
    let nextStep;
    const read = async (ids) => {
        try {
            const command = new _aws_sdk_client_inspector2__WEBPACK_IMPORTED_MODULE_4__/* .BatchGetFindingDetailsCommand */ .BUi({ findingArns: ids });
            const answer = await client.send(command, { abortSignal: deadline.signal });
            for (const detail of (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(Answer, answer, 'inspector2:BatchGetFindingDetails').findingDetails) {
                const { findingArn, cisaData, epssScore } = detail;
                const other = received.get(findingArn);
                received.set(findingArn, {
                    knownExploited: (cisaData !== undefined && cisaData !== null) || other?.knownExploited === true,
                    epss: higher(probability(epssScore), other?.epss),
                });
            }
        }
        catch (error) {
            const call = { action: 'inspector2:BatchGetFindingDetails', resource: '*' };
            const translated = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translate */ .Tl)(error, call, deadline);
            if (deadline.signal.aborted)
                throw translated;
            why = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(translated);
            if (translated instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue)
                nextStep = translated.nextStep;
        }
    };
    const ids = [...new Set(findings.map(({ id }) => id))];
    const batches = [];
    for (let at = 0; at < ids.length; at += ARNS_PER_CALL)
        batches.push(ids.slice(at, at + ARNS_PER_CALL));
    const workers = Array.from({ length: Math.min(CALLS_AT_ONCE, batches.length) }, async () => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
            await read(batch);
    });
    await Promise.all(workers);
    const count = ids.filter((id) => !received.has(id)).length;
    return {
        findings: findings.map((finding) => {
            const detail = received.get(finding.id);
            if (detail === undefined)
                return finding;
            return {
                ...finding,
                knownExploited: detail.knownExploited,
                epss: higher(finding.epss, detail.epss),
            };
        }),
        unknown: count === 0 ? undefined : { count, why, nextStep },
    };
}
function probability(value) {
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
function higher(a, b) {
    return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}


/***/ }),

/***/ 7265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DR: () => (/* binding */ serviceTime),
/* harmony export */   L_: () => (/* binding */ countsOfPage),
/* harmony export */   p7: () => (/* binding */ sumOfPages),
/* harmony export */   pM: () => (/* binding */ describeScan),
/* harmony export */   rt: () => (/* binding */ ECR_PAGE),
/* harmony export */   zy: () => (/* binding */ countsOfWhole)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8249);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7934);
/* harmony import */ var _aws_checked_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6108);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6762);
/* harmony import */ var _aws_raw_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1319);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8424);







const ECR_PAGE = 1000;
const optionalText = valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP());
const seconds = valibot__WEBPACK_IMPORTED_MODULE_5__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_5__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_5__/* .transform */ .pdi((time) => new Date(time * 1_000)));
const ScanAnswer = valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({
    imageId: valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ imageDigest: optionalText })),
    repositoryName: optionalText,
    registryId: optionalText,
    imageScanStatus: valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ status: optionalText })),
    imageScanFindings: valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({
        imageScanCompletedAt: valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl6(seconds),
        findings: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .unknown */ .L5J()),
        enhancedFindings: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .unknown */ .L5J()),
        findingSeverityCounts: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .unknown */ .L5J()),
    })),
    nextToken: optionalText,
});
async function describeScan(clients, deadline, image, page) {
    const { registry, repository, digest } = image;
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_6__/* .DescribeImageScanFindingsCommand */ .TQ0({
        registryId: registry.account,
        repositoryName: repository,
        imageId: { imageDigest: digest },
        ...page,
    });
    let answer;
    try {
        const client = clients.ecr(registry);
        const raw = await (0,_aws_raw_js__WEBPACK_IMPORTED_MODULE_2__/* .sendRaw */ .d)(client, command, () => client.send(command, { abortSignal: deadline.signal }));
        answer = (0,_aws_checked_js__WEBPACK_IMPORTED_MODULE_0__/* .checked */ .K)(ScanAnswer, raw, 'ecr:DescribeImageScanFindings');
    }
    catch (error) {
        if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isNamed */ .ev)(error, 'ScanNotFoundException'))
            return undefined;
        const resource = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryArn */ .qM)(registry, repository);
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .translate */ .Tl)(error, { action: 'ecr:DescribeImageScanFindings', resource }, deadline);
    }
    const about = [
        [answer.imageId?.imageDigest, digest],
        [answer.repositoryName, repository],
        [answer.registryId, registry.account],
    ];
    if (about.some(([given, requested]) => (given ?? requested) !== requested)) {
        throw new _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol('ecr:DescribeImageScanFindings returned the scan of another image');
    }
    return answer;
}
function serviceTime(clients, { registry }) {
    const time = clients.serviceTime(registry);
    if (time !== undefined)
        return time;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-proven', 'AWS responses had no Date header, or Date headers that contradict each other, so scans, ages and expiry dates cannot be checked.', {
        nextStep: 'Check whether a proxy between the runner and AWS removes or modifies the header, then run the step again.',
    });
}
function countsOfPage(answer, list) {
    const view = answer?.imageScanFindings;
    if (!isRecord(view))
        return undefined;
    const { findingSeverityCounts: counted, findings, enhancedFindings } = view;
    if (isMissing(counted) && isMissing(view[list]))
        return undefined;
    if (!isMissing(counted) && !isRecord(counted))
        return undefined;
    const listed = [];
    for (const items of [findings, enhancedFindings]) {
        if (isMissing(items))
            continue;
        if (!Array.isArray(items))
            return undefined;
        for (const item of items) {
            const severity = isRecord(item) ? item.severity : undefined;
            if (typeof severity !== 'string')
                return undefined;
            listed.push(severity);
        }
    }
    const counts = new Map();
    for (const severity of listed)
        add(counts, nameOf(severity), 1);
    for (const [severity, count] of Object.entries(counted ?? {})) {
        if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
            return undefined;
        const name = nameOf(severity);
        counts.set(name, Math.max(counts.get(name) ?? 0, count));
    }
    return counts;
}
function countsOfWhole(answer, list) {
    return answer?.nextToken ? undefined : countsOfPage(answer, list);
}
function sumOfPages(pages) {
    const sum = new Map();
    for (const page of pages) {
        if (page === undefined)
            return undefined;
        for (const [severity, count] of page)
            add(sum, severity, count);
    }
    return sum;
}
function nameOf(severity) {
    const name = severity.toUpperCase();
    return name === 'UNDEFINED' ? 'UNTRIAGED' : name;
}
function add(counts, severity, count) {
    counts.set(severity, (counts.get(severity) ?? 0) + count);
}
function isMissing(value) {
    return value === undefined || value === null;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 3332:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ inspectorScanner)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-inspector2/dist-cjs/index.js
var dist_cjs = __webpack_require__(3222);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./lib/aws/checked.js
var checked = __webpack_require__(6108);
// EXTERNAL MODULE: ./lib/aws/errors.js
var errors = __webpack_require__(6762);
// EXTERNAL MODULE: ./lib/aws/pages.js
var aws_pages = __webpack_require__(2909);
// EXTERNAL MODULE: ./lib/aws/raw.js
var raw = __webpack_require__(1319);
// EXTERNAL MODULE: ./lib/scan/configuration.js + 1 modules
var configuration = __webpack_require__(2489);
// EXTERNAL MODULE: ./lib/scan/ecr-scan.js
var ecr_scan = __webpack_require__(7265);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
;// CONCATENATED MODULE: ./lib/scan/inspector-finding.js



const missingOr = (schema) => dist/* nullish */.cl6(schema);
const Resource = dist/* object */.Ikc({
    type: dist/* string */.YjP(),
    id: dist/* string */.YjP(),
    details: missingOr(dist/* object */.Ikc({
        awsEcrContainerImage: missingOr(dist/* looseObject */._H3({
            repositoryName: missingOr(dist/* string */.YjP()),
            registry: missingOr(dist/* string */.YjP()),
            imageHash: missingOr(dist/* string */.YjP()),
        })),
    })),
});
const FindingRow = dist/* looseObject */._H3({
    findingArn: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    awsAccountId: dist/* string */.YjP(),
    type: dist/* string */.YjP(),
    severity: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    status: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* nonEmpty */.hq()),
    resources: dist/* pipe */.FsL(dist/* array */.YOg(Resource), dist/* nonEmpty */.hq()),
});
function belongsTo(finding, image) {
    const places = finding.resources.map(({ id, details }) => {
        const { awsEcrContainerImage: container } = details ?? {};
        const [, account, repository, digest] = /^arn:[^:]*:ecr:[^:]*:(\d{12}):repository\/(.+)\/(sha256:[0-9a-f]{64})$/.exec(id) ?? [];
        return {
            accounts: wellFormed([account, container?.registry], (one) => /^\d{12}$/.test(one)),
            repositories: wellFormed([repository, container?.repositoryName], reference/* isRepository */.Z6),
            digests: wellFormed([digest, container?.imageHash], reference/* isDigest */.Bc),
        };
    });
    if (!places.some(({ digests }) => mayBe(digests, image.digest))) {
        throw new errors/* MalformedAnswer */.ol('inspector2:ListFindings returned findings of another image');
    }
    return places.some(({ accounts, repositories, digests }) => mayBe(digests, image.digest) &&
        mayBe(accounts, image.registry.account) &&
        mayBe(repositories, image.repository));
}
function wellFormed(names, isWellFormed) {
    return names.filter((name) => typeof name === 'string' && isWellFormed(name));
}
function mayBe(given, own) {
    return given.length === 0 || given.includes(own);
}
function sharedTexts() {
    const known = new Map();
    return (text) => {
        const first = known.get(text);
        if (first === undefined)
            known.set(text, text);
        return first ?? text;
    };
}
function normalise(wire, image, share = (text) => text) {
    const details = member(wire, 'packageVulnerabilityDetails');
    const shared = (value) => (typeof value === 'string' ? share(value) : undefined);
    const title = shared(wire.title);
    const vulnerabilityId = shared(details?.vulnerabilityId);
    const packages = list(details, 'vulnerablePackages').map((row) => vulnerablePackage(row, shared));
    const containers = wire.resources.map(({ id, details: about }) => ({
        id,
        architecture: shared(about?.awsEcrContainerImage?.architecture),
        platform: shared(about?.awsEcrContainerImage?.platform),
    }));
    return {
        id: wire.findingArn,
        type: share(wire.type),
        vulnerabilityId: vulnerabilityId ?? title ?? wire.type,
        relatedIds: texts(details, 'relatedVulnerabilities').map(share),
        title: title ?? vulnerabilityId ?? '',
        description: shared(wire.description) ?? '',
        severity: share(wire.severity.toUpperCase()),
        status: share(wire.status.toUpperCase()),
        score: within(wire.inspectorScore, 10),
        cvss: list(details, 'cvss').map((row) => cvss(row, shared)),
        epss: within(member(wire, 'epss')?.score, 1),
        fixAvailable: fixAvailableOf(shared(inspector_finding_text(wire.fixAvailable)?.toUpperCase()), packages),
        exploitAvailable: shared(inspector_finding_text(wire.exploitAvailable)?.toUpperCase()),
        knownExploited: undefined,
        packages,
        source: shared(details?.source),
        sourceUrl: shared(details?.sourceUrl),
        vendorSeverity: shared(details?.vendorSeverity),
        firstObservedAt: time(wire.firstObservedAt),
        digest: image.digest,
        platform: image.platform,
        architecture: containers.find(({ id }) => id.endsWith(image.digest))?.architecture,
        operatingSystem: agreed(containers.map(({ platform }) => platform)),
    };
}
function fixAvailableOf(stated, packages) {
    return stated === 'NO' && packages.some(({ fixedIn }) => fixedIn) ? undefined : stated;
}
function agreed(values) {
    const [first, ...others] = new Set(values.filter((value) => value !== undefined));
    return others.length === 0 ? first : undefined;
}
function vulnerablePackage(wire, text) {
    const name = text(wire.name);
    if (name === undefined)
        throw malformed('vulnerablePackages.name');
    const fixedIn = text(wire.fixedInVersion);
    return {
        name,
        version: text(wire.version) ?? '',
        manager: text(wire.packageManager),
        fixedIn: fixedIn === 'NotAvailable' ? undefined : fixedIn,
        epoch: typeof wire.epoch === 'number' && Number.isSafeInteger(wire.epoch) ? wire.epoch : undefined,
        release: text(wire.release),
        arch: text(wire.arch),
        filePath: text(wire.filePath),
        remediation: text(wire.remediation),
        layer: text(wire.sourceLayerHash),
        instruction: undefined,
        origin: undefined,
        statedOrigin: undefined,
        reachability: reachability(wire),
    };
}
function reachability({ runtimeReachability: value, runtimeReachabilityReason: reason, }) {
    if (value === 'REACHABLE' && reason === 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH')
        return 'reachable';
    if (value === 'NOT_REACHABLE' && reason === 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH')
        return 'not-reachable';
    return undefined;
}
function cvss({ baseScore, version, scoringVector, source }, text) {
    return {
        baseScore: typeof baseScore === 'number' ? baseScore : 0,
        version: text(version) ?? '',
        vector: text(scoringVector) ?? '',
        source: text(source) ?? '',
    };
}
function malformed(name) {
    return new errors/* MalformedAnswer */.ol(`inspector2:ListFindings returned a finding whose member ${name} is malformed`);
}
function member(of, name) {
    const value = of[name];
    if (value === undefined || value === null)
        return undefined;
    if (!isRow(value))
        throw malformed(name);
    return value;
}
function list(of, name) {
    const value = of?.[name] ?? [];
    if (!Array.isArray(value) || !value.every(isRow))
        throw malformed(name);
    return value;
}
function texts(of, name) {
    const value = of?.[name] ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
        throw malformed(name);
    return value;
}
function isRow(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function inspector_finding_text(value) {
    return typeof value === 'string' ? value : undefined;
}
function time(value) {
    const date = typeof value === 'number' ? new Date(value * 1_000) : undefined;
    return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
function within(value, most) {
    return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}

// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/scan/state.js
var state = __webpack_require__(8516);
;// CONCATENATED MODULE: ./lib/scan/inspector-scan.js










const FILTER_VALUES = 10;
const COVERAGE_PAGE = 200;
const COMPLETE_EVERY_MS = 30_000;
const CoverageRow = dist/* object */.Ikc({
    resourceId: dist/* string */.YjP(),
    accountId: dist/* string */.YjP(),
    scanStatus: dist/* optional */.lqM(dist/* object */.Ikc({ statusCode: dist/* string */.YjP(), reason: dist/* string */.YjP() })),
    lastScannedAt: dist/* optional */.lqM(dist/* date */.p6U()),
});
const CoverageAnswer = dist/* object */.Ikc({
    coveredResources: dist/* array */.YOg(CoverageRow),
    nextToken: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())),
});
class InspectorScans {
    imagesPerPoll = FILTER_VALUES;
    clients;
    deadline;
    waiting = new Map();
    constructor(clients, deadline) {
        this.clients = clients;
        this.deadline = deadline;
    }
    async observe(images, counts) {
        const { views, coverages } = await this.ask(images, images, counts ? ecr_scan/* ECR_PAGE */.rt : 1);
        return this.conclude(images, views, coverages);
    }
    async poll(images) {
        const overdue = images.find((image) => this.isOverdue(image));
        const byEcr = images.filter((image) => image !== overdue && this.waiting.get(image)?.heldBackBy === 'ecr');
        const byInspector = images.filter((image) => !byEcr.includes(image));
        const polled = [overdue, byEcr[0]].filter((image) => image !== undefined);
        const first = await this.ask(polled, byInspector, 1);
        const ecrChanged = byEcr
            .slice(0, 1)
            .some((image) => (0,state/* heldBackByEcr */.KH)(statusOf(first.views.get(image))) === undefined);
        const changed = byInspector.filter((image) => image === overdue || this.heldByInspector(image, first.coverages.get(image)) === undefined);
        const complete = ecrChanged ? [...changed, ...byEcr] : changed;
        const missing = (known) => complete.filter((image) => !known.has(image));
        const second = await this.ask(missing(first.views), missing(first.coverages), ecr_scan/* ECR_PAGE */.rt);
        const observations = this.conclude(complete, new Map([...first.views, ...second.views]), new Map([...first.coverages, ...second.coverages]));
        for (const image of images) {
            if (!observations.has(image))
                observations.set(image, this.stillWaiting(image, first));
        }
        return observations;
    }
    isOverdue(image) {
        const last = this.waiting.get(image);
        return last === undefined || this.deadline.elapsedMs() - last.atMs >= COMPLETE_EVERY_MS;
    }
    stillWaiting(image, { views, coverages }) {
        const rows = coverages.get(image);
        const view = views.get(image);
        const malformed = [rows, view].find((answer) => answer instanceof errors/* MalformedAnswer */.ol);
        const ecrStatus = this.waiting.get(image)?.ecrStatus;
        const reason = malformed?.message ??
            (0,state/* heldBackByEcr */.KH)(statusOf(view) ?? ecrStatus) ??
            this.heldByInspector(image, rows) ??
            'its scan has not finished';
        const isMissing = Array.isArray(rows) && rows.length === 0;
        return { state: { kind: 'waiting', reason }, isMissing, countedByEcr: undefined };
    }
    heldByInspector(image, rows) {
        if (rows === undefined)
            return undefined;
        if (rows instanceof errors/* MalformedAnswer */.ol)
            return rows.message;
        const { status: imageStatus, pushedAt } = image;
        return (0,state/* heldBackByInspector */.LJ)({
            coverage: rows,
            imageStatus,
            pushedAt,
            now: (0,ecr_scan/* serviceTime */.DR)(this.clients, image),
        });
    }
    conclude(images, views, coverages) {
        const observations = new Map();
        for (const image of images) {
            const view = views.get(image);
            const rows = coverages.get(image);
            const observation = this.observation(image, view, rows);
            observations.set(image, observation);
            if (observation.state.kind !== 'waiting') {
                this.waiting.delete(image);
                continue;
            }
            this.waiting.set(image, {
                atMs: this.deadline.elapsedMs(),
                ecrStatus: statusOf(view),
                heldBackBy: this.heldByInspector(image, rows) === undefined ? 'ecr' : 'inspector',
            });
        }
        return observations;
    }
    observation(image, view, rows) {
        const malformed = [view, rows].find((answer) => answer instanceof errors/* MalformedAnswer */.ol);
        if (malformed !== undefined || view instanceof errors/* MalformedAnswer */.ol || !Array.isArray(rows)) {
            const reason = malformed?.message ?? '';
            return { state: { kind: 'waiting', reason }, isMissing: false, countedByEcr: undefined };
        }
        const coverage = rows;
        const { status: imageStatus, pushedAt } = image;
        return {
            state: (0,state/* classify */.L8)({
                ecrStatus: statusOf(view),
                coverage,
                imageStatus,
                pushedAt,
                now: (0,ecr_scan/* serviceTime */.DR)(this.clients, image),
            }),
            isMissing: coverage.length === 0,
            countedByEcr: (0,ecr_scan/* countsOfWhole */.zy)(view, 'enhancedFindings'),
        };
    }
    async ask(ofEcr, ofInspector, ecrPage) {
        const views = Promise.all(ofEcr.map(async (image) => {
            const asking = () => (0,ecr_scan/* describeScan */.pM)(this.clients, this.deadline, image, { maxResults: ecrPage });
            return [image, await (0,errors/* attempt */.CD)(asking)];
        }));
        const coverages = Promise.all(batches(ofInspector).map(async (batch) => {
            const rows = await (0,errors/* attempt */.CD)(() => this.coverage(batch));
            return batch.map((image) => [
                image,
                rows instanceof errors/* MalformedAnswer */.ol ? rows : (rows.get(resourceId(image)) ?? []),
            ]);
        }));
        await (0,lib_errors/* allOrFailures */.OP)([
            ['ECR', views.then(() => undefined)],
            ['Amazon Inspector', coverages.then(() => undefined)],
        ]);
        return { views: new Map(await views), coverages: new Map((await coverages).flat()) };
    }
    async coverage(images) {
        const { clients, deadline } = this;
        const [first] = images;
        if (first === undefined)
            return new Map();
        const client = clients.inspector(first.registry);
        const rows = await (0,aws_pages/* allPages */.S)('inspector2:ListCoverage', async (nextToken) => {
            const command = new dist_cjs/* ListCoverageCommand */.yYs({
                filterCriteria: {
                    resourceId: images.map((image) => ({ comparison: 'EQUALS', value: resourceId(image) })),
                },
                maxResults: COVERAGE_PAGE,
                nextToken,
            });
            try {
                const answer = await client.send(command, { abortSignal: deadline.signal });
                const page = (0,checked/* checked */.K)(CoverageAnswer, answer, 'inspector2:ListCoverage');
                return { items: page.coveredResources, nextToken: page.nextToken ?? undefined };
            }
            catch (error) {
                const refused = (0,errors/* translate */.Tl)(error, { action: 'inspector2:ListCoverage', resource: '*' }, deadline);
                if (!(refused instanceof lib_errors/* GateError */.ue) || refused.code !== 'configuration')
                    throw refused;
                const { error: explained, possibleReason } = await (0,configuration/* explainMissingInspectorScan */.I)(clients, deadline, first);
                throw explained ?? (possibleReason === undefined ? refused : withReason(refused, possibleReason));
            }
        });
        const found = new Map();
        for (const { resourceId: id, accountId, scanStatus, lastScannedAt } of rows) {
            if (accountId !== first.registry.account)
                continue;
            const row = {
                statusCode: scanStatus?.statusCode ?? '',
                reason: scanStatus?.reason ?? '',
                lastScannedAt,
            };
            const others = found.get(id);
            if (others === undefined)
                found.set(id, [row]);
            else
                others.push(row);
        }
        return found;
    }
}
function statusOf(view) {
    return view instanceof errors/* MalformedAnswer */.ol ? undefined : (view?.imageScanStatus?.status ?? undefined);
}
function withReason({ code, message, nextStep, cause }, reason) {
    return new lib_errors/* GateError */.ue(code, `${message} ${reason}`, { nextStep, cause });
}
function resourceId({ registry, repository, digest }) {
    return `${(0,reference/* repositoryArn */.qM)(registry, repository)}/${digest}`;
}
function batches(images) {
    const regions = Map.groupBy(images, ({ registry }) => `${registry.account} ${registry.host}`);
    return [...regions.values()].flatMap((group) => {
        const result = [];
        for (let at = 0; at < group.length; at += FILTER_VALUES)
            result.push(group.slice(at, at + FILTER_VALUES));
        return result;
    });
}

;// CONCATENATED MODULE: ./lib/scan/inspector.js










const FINDINGS_PAGE = 100;
const NextToken = dist/* object */.Ikc({ nextToken: dist/* optional */.lqM(dist/* nullable */.mee(dist/* string */.YjP())) });
const Findings = dist/* object */.Ikc({ findings: dist/* array */.YOg(FindingRow) });
const LIST_FINDINGS = 'inspector2:ListFindings';
function inspectorScanner(clients, deadline) {
    const scans = new InspectorScans(clients, deadline);
    return {
        observe: (images, counts) => scans.observe(images, counts),
        imagesPerPoll: FILTER_VALUES,
        poll: (images) => scans.poll(images),
        findings: async (image) => {
            const client = clients.inspector(image.registry);
            const share = sharedTexts();
            return (0,aws_pages/* allPages */.S)(LIST_FINDINGS, async (token) => {
                const command = new dist_cjs/* ListFindingsCommand */.m_$({
                    filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
                    maxResults: FINDINGS_PAGE,
                    nextToken: token,
                });
                try {
                    const answer = await (0,raw/* sendRaw */.d)(client, command, () => client.send(command, { abortSignal: deadline.signal }));
                    const { nextToken } = (0,checked/* checked */.K)(NextToken, answer, LIST_FINDINGS);
                    return {
                        items: () => (0,checked/* checked */.K)(Findings, answer, LIST_FINDINGS)
                            .findings.filter((row) => belongsTo(row, image))
                            .map((row) => normalise(row, image, share)),
                        nextToken: nextToken ?? undefined,
                    };
                }
                catch (error) {
                    throw (0,errors/* translate */.Tl)(error, { action: LIST_FINDINGS, resource: '*' }, deadline);
                }
            });
        },
        countedByEcr: async (image) => {
            const pages = await (0,aws_pages/* allPages */.S)('ecr:DescribeImageScanFindings', async (nextToken) => {
                const answer = await (0,ecr_scan/* describeScan */.pM)(clients, deadline, image, { maxResults: ecr_scan/* ECR_PAGE */.rt, nextToken });
                return {
                    items: [(0,ecr_scan/* countsOfPage */.L_)(answer, 'enhancedFindings')],
                    nextToken: answer?.nextToken ?? undefined,
                };
            });
            return (0,ecr_scan/* sumOfPages */.p7)(pages);
        },
        explainMissingScan: (image) => (0,configuration/* explainMissingInspectorScan */.I)(clients, deadline, image),
        serviceTime: (image) => (0,ecr_scan/* serviceTime */.DR)(clients, image),
    };
}


/***/ }),

/***/ 4630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Et: () => (/* binding */ settledFindings),
/* harmony export */   N4: () => (/* binding */ isLongFinished),
/* harmony export */   uP: () => (/* binding */ ecrContradiction)
/* harmony export */ });
/* unused harmony exports SETTLED_AFTER_MS, needsEcrConfirmation, fingerprint */
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6762);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _image_resolve_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5577);



const SETTLED_AFTER_MS = 5 * 60_000;
const RETRY_MS = 1_000;
const COUNTS_CURRENT_MS = 5_000;
const OPEN = new Set(['ACTIVE', 'SUPPRESSED']);
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'];
function needsEcrConfirmation(findings, canBlock) {
    const open = openSeverities(findings);
    return open.size === 0 || SEVERITIES.some((severity) => canBlock(severity) && !open.has(severity));
}
function ecrContradiction(findings, counted, canBlock) {
    const open = openSeverities(findings);
    const lists = open.size === 0 ? 'no open finding' : 'no open finding of some severities that can block';
    if (counted === undefined) {
        return `Amazon Inspector lists ${lists}, and ECR does not report how many findings it counts`;
    }
    const missing = [...counted].filter(([severity, count]) => count > 0 && !open.has(severity) && (open.size === 0 || canBlock(severity)));
    if (missing.length === 0)
        return undefined;
    const counts = missing.map(([severity, count]) => `${count} ${severity}`).join(', ');
    return `ECR counts findings that Amazon Inspector does not list (${counts})`;
}
function openSeverities(findings) {
    return new Set(findings.filter(({ status }) => OPEN.has(status)).map(({ severity }) => severity));
}
function fingerprint(findings) {
    return [...new Set(findings.map(({ id, severity, status }) => JSON.stringify([id, severity, status])))]
        .sort()
        .join('\n');
}
function isLongFinished(scannedAt, serviceTime) {
    return serviceTime.getTime() - scannedAt.getTime() > SETTLED_AFTER_MS;
}
async function settledFindings(image, observation, scanner, { settleTimeMs, canBlock, clock, deadline, log }) {
    let doubt = 'they could not be read completely';
    let previous;
    const { observedAtMs = deadline.elapsedMs() } = observation;
    const isCurrent = deadline.elapsedMs() - observedAtMs <= COUNTS_CURRENT_MS;
    let counted = isCurrent ? observation.countedByEcr : undefined;
    while (!deadline.signal.aborted) {
        try {
            const findings = await scanner.findings(image);
            const at = clock.now();
            const ecr = counted;
            counted = undefined;
            if (needsEcrConfirmation(findings, canBlock)) {
                const contradicted = ecrContradiction(findings, ecr ?? (await scanner.countedByEcr(image)), canBlock);
                if (contradicted !== undefined) {
                    doubt = contradicted;
                    previous = undefined;
                    await deadline.sleep(RETRY_MS);
                    continue;
                }
            }
            if (isLongFinished(observation.state.scannedAt, scanner.serviceTime(image)))
                return findings;
            const print = fingerprint(findings);
            if (previous?.print === print && at - previous.at >= settleTimeMs)
                return findings;
            doubt = 'they kept changing';
            if (previous?.print !== print) {
                if (previous !== undefined)
                    log(`The findings of ${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_2__/* .imageName */ .tO)(image)} have changed. Waiting until they settle.`);
                previous = { at, print };
            }
            await deadline.sleep(Math.max(1, settleTimeMs - (clock.now() - previous.at)));
        }
        catch (error) {
            if (deadline.signal.aborted)
                break;
            if (!(error instanceof _aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol))
                throw error;
            doubt = error.message;
            previous = undefined;
            await deadline.sleep(RETRY_MS);
        }
    }
    if (!deadline.expired)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .interrupted */ .VM)(deadline, 'collecting findings');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('not-proven', `The findings of ${(0,_image_resolve_js__WEBPACK_IMPORTED_MODULE_2__/* .imageName */ .tO)(image)} did not settle before the timeout: ${doubt}.`, { nextStep: 'Run the step again. If it fails again, raise the inputs timeout and settle-time.' });
}


/***/ }),

/***/ 4155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jc: () => (/* binding */ verifyBlobArguments),
/* harmony export */   QU: () => (/* binding */ verifyAttestationArguments),
/* harmony export */   gh: () => (/* binding */ signArguments),
/* harmony export */   jL: () => (/* binding */ publicKeyArguments),
/* harmony export */   oN: () => (/* binding */ attestArguments),
/* harmony export */   qO: () => (/* binding */ verifyArguments),
/* harmony export */   r0: () => (/* binding */ NO_SERVICES),
/* harmony export */   uf: () => (/* binding */ SIGNATURE_TYPE),
/* harmony export */   wn: () => (/* binding */ annotationArguments),
/* harmony export */   xh: () => (/* binding */ downloadArguments)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);

const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';
const NO_SERVICES = {
    signingConfig: JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
        rekorTlogConfig: {},
        tsaConfig: {},
    }),
    trustedRoot: JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' }),
};
function signArguments(request) {
    return [
        'sign',
        ...createArguments(request),
        ...annotationArguments(request.annotations),
        byDigest(request.image),
    ];
}
function attestArguments(request) {
    const { type, predicateFile } = request;
    const what = [`--type=${type}`, `--predicate=${predicateFile}`];
    return ['attest', ...createArguments(request), ...what, byDigest(request.image)];
}
function createArguments(request) {
    const { key, format, transparencyLog, signingConfig, trustedRoot, ownServices } = request;
    const args = ['--yes', `--timeout=${seconds(request.timeoutMs)}`];
    if (key.kind === 'keyless')
        args.push('--oidc-provider=github-actions');
    else
        args.push(`--key=${keyReference(key)}`);
    const log = transparencyLog || key.kind === 'keyless';
    args.push(`--new-bundle-format=${format === 'bundle'}`);
    if (format === 'legacy')
        args.push('--use-signing-config=false', `--tlog-upload=${log}`);
    else if (log && !ownServices)
        args.push('--use-signing-config=true');
    else
        args.push(`--signing-config=${signingConfig}`, `--trusted-root=${trustedRoot}`);
    return args;
}
function verifyArguments(request) {
    const { format, annotations } = request;
    if (format === 'bundle')
        return verifyAttestationArguments(request, SIGNATURE_TYPE);
    const args = ['verify', '--new-bundle-format=false', ...checkArguments(request)];
    return [...args, ...annotationArguments(annotations), byDigest(request.image)];
}
function verifyAttestationArguments(request, type) {
    const format = `--new-bundle-format=${request.format === 'bundle'}`;
    const args = ['verify-attestation', `--type=${type}`, format];
    return [...args, ...checkArguments(request), byDigest(request.image)];
}
function checkArguments(request) {
    const { verifier, transparencyLog } = request;
    const args = ['--output=json', '--check-claims=true', `--timeout=${seconds(request.timeoutMs)}`];
    if (verifier.kind === 'key')
        args.push(`--key=${verifier.reference}`);
    else {
        args.push(verifier.kind === 'identity'
            ? `--certificate-identity=${verifier.identity}`
            : `--certificate-identity-regexp=${verifier.pattern}`, `--certificate-oidc-issuer=${verifier.issuer}`);
    }
    const { timestampInsteadOfLog = false, ignoresCertificateLog = false } = request;
    const logged = !timestampInsteadOfLog && (transparencyLog || verifier.kind !== 'key');
    args.push(`--insecure-ignore-tlog=${!logged}`);
    if (timestampInsteadOfLog)
        args.push('--use-signed-timestamps=true');
    if (ignoresCertificateLog)
        args.push('--insecure-ignore-sct=true');
    const isOffline = !logged && !timestampInsteadOfLog;
    if (isOffline || request.ownServices)
        args.push(`--trusted-root=${request.trustedRoot}`);
    return args;
}
function annotationArguments(annotations) {
    return Object.entries(annotations).map(([name, value]) => {
        const pair = `${name}=${value}`;
        return `--annotations=${/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair}`;
    });
}
function downloadArguments(image, type, timeoutMs) {
    const timeout = `--timeout=${seconds(timeoutMs)}`;
    return ['download', 'attestation', `--predicate-type=${type}`, timeout, byDigest(image)];
}
function publicKeyArguments(key) {
    return ['public-key', `--key=${keyReference(key)}`];
}
function verifyBlobArguments(key, files) {
    const flags = ['--new-bundle-format=true', '--insecure-ignore-tlog=true'];
    return [
        ...['verify-blob', `--key=${key.reference}`, `--bundle=${files.bundle}`],
        ...[`--trusted-root=${files.trustedRoot}`, ...flags, files.blob],
    ];
}
function keyReference(key) {
    return key.kind === 'kms' ? key.reference : key.path;
}
function byDigest(image) {
    const digest = image.slice(image.indexOf('@') + 1);
    if (!(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest))
        throw new Error(`cosign is called with digests only, not with ${image}`);
    return image;
}
function seconds(ms) {
    return `${Math.max(1, Math.ceil(ms / 1000))}s`;
}


/***/ }),

/***/ 1858:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ summaryCommand),
/* harmony export */   q: () => (/* binding */ signatureCommand)
/* harmony export */ });
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6203);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4155);


function signatureCommand(of, annotations) {
    const pairs = Object.entries(annotations);
    if (of.format === 'legacy') {
        return line(of, ['verify', '--new-bundle-format=false', ...(0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .annotationArguments */ .wn)(annotations)]);
    }
    const command = line(of, ['verify-attestation', `--type=${_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .SIGNATURE_TYPE */ .uf}`]);
    if (pairs.length === 0)
        return command;
    const wanted = pairs.map(([name, value]) => `.annotations[${jq(name)}] == ${jq(value)}`);
    return filtered(command, `any(.[].payload | @base64d | fromjson | .subject[]; ${wanted.join(' and ')})`);
}
function summaryCommand(of, { type, resourceUri, policySha256 }) {
    const format = of.format === 'legacy' ? ['--new-bundle-format=false'] : [];
    const wanted = [
        `.verifier.id == ${jq(_statements_predicate_js__WEBPACK_IMPORTED_MODULE_0__/* .VERIFIER_ID */ .HV)}`,
        `.resourceUri == ${jq(resourceUri)}`,
        `.policy.digest.sha256 == ${jq(policySha256)}`,
    ];
    return filtered(line(of, ['verify-attestation', `--type=${type}`, ...format]), `map(.payload | @base64d | fromjson | .predicate) | all(.[]; .verificationResult == "PASSED") and any(.[]; ${wanted.join(' and ')})`);
}
function line({ image, verifier, region, transparencyLog, trustedRoot }, what) {
    const args = ['cosign', ...what];
    const variables = [];
    if (verifier.kind !== 'key') {
        args.push(verifier.kind === 'identity'
            ? `--certificate-identity=${verifier.identity}`
            : `--certificate-identity-regexp=${verifier.pattern}`, `--certificate-oidc-issuer=${verifier.issuer}`);
    }
    else if (verifier.publicKey !== undefined) {
        const lines = verifier.publicKey.trim().split(/\r?\n/).map(quoted);
        variables.push(`PUBLIC_KEY="$(printf '%s\\n' ${lines.join(' ')})"`);
        args.push('--key=env://PUBLIC_KEY');
    }
    else {
        const isKms = verifier.reference.startsWith('awskms:');
        if (isKms && region !== undefined)
            variables.push(`AWS_REGION=${quoted(region)}`);
        args.push(`--key=${verifier.reference}`);
    }
    const isLogged = transparencyLog || verifier.kind !== 'key';
    if (!isLogged)
        args.push('--insecure-ignore-tlog=true');
    else if (trustedRoot !== undefined)
        args.push(`--trusted-root=${trustedRoot}`);
    return [...variables, ...[...args, image].map(quoted)].join(' ');
}
function filtered(command, filter) {
    return `${command} | jq --exit-status --slurp ${quoted(filter)}`;
}
function quoted(word) {
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw `'\''`)}'`;
}
function jq(text) {
    return JSON.stringify(text);
}


/***/ }),

/***/ 5551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gb: () => (/* binding */ checkOnce),
/* harmony export */   M1: () => (/* binding */ MOST_ATTESTATIONS_BYTES),
/* harmony export */   z6: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5677);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4155);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5888);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6971);





const MOST_ATTESTATIONS_BYTES = 128 * 1024 * 1024;
async function checkOnce(session, check) {
    const { copy, mustReadAll = false, subject } = check;
    const image = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .imageUri */ .W_)(subject.registry, subject.repository, subject.digest);
    const args = argumentsOf(session, check, copy?.image ?? image);
    const result = await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .call */ .T1)(session, args, subject.registry, { mostOutput: MOST_ATTESTATIONS_BYTES });
    const isComplete = !mustReadAll || copy?.isRead() === true;
    if (result.exitCode === 0 && isComplete)
        return { ok: true, stdout: result.stdout };
    const failure = (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .failureOf */ .g5)(result);
    if (!isComplete) {
        const message = 'cosign did not read everything that is attached';
        return { ...failure, message, transient: !result.timedOut, ok: false, found: undefined };
    }
    const found = result.exitCode === undefined ? undefined : (0,_failures_js__WEBPACK_IMPORTED_MODULE_2__/* .foundBy */ .q1)(result.stderr);
    const message = copy === undefined ? failure.message : failure.message.replaceAll(copy.image, image);
    return { ...failure, message, ok: false, found };
}
const ATTEMPTS = 4;
async function check(session, task) {
    const { deadline } = session.ports;
    const { registry, repository, digest } = task.subject;
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .retry */ .L)(async () => {
        const checked = await checkOnce(session, task);
        if (checked.ok)
            return { value: checked, again: false };
        (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .stopIfOver */ .UH)(deadline, `verifying ${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .imageUri */ .W_)(registry, repository, digest)}`);
        return { value: checked, again: checked.found === undefined && checked.transient };
    }, { deadline, attempts: ATTEMPTS });
}
function argumentsOf(session, task, image) {
    const { verifier, format, wanted, ignoresLog = false, timestampInsteadOfLog, ignoresCertificateLog } = task;
    const { trustedRoot, emptyRoot, ownServices, transparencyLog } = session;
    const log = ignoresLog && verifier.kind === 'key'
        ? { transparencyLog: false, trustedRoot: emptyRoot, ownServices: false }
        : { transparencyLog, trustedRoot, ownServices };
    const timeoutMs = (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .callTime */ .Q5)(session.ports.deadline);
    const request = {
        image,
        verifier,
        format,
        ...log,
        timeoutMs,
        timestampInsteadOfLog,
        ignoresCertificateLog,
    };
    return 'type' in wanted
        ? (0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyAttestationArguments */ .QU)(request, wanted.type)
        : (0,_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyArguments */ .qO)({ ...request, annotations: wanted.annotations });
}


/***/ }),

/***/ 7698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PO: () => (/* binding */ awsEnvironment),
/* harmony export */   Qc: () => (/* binding */ childEnvironment),
/* harmony export */   xK: () => (/* binding */ commonEnvironment)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5431);
/* harmony import */ var _exec_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4698);



const PASSED_ON = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
const PASSED_ON_OF_AWS = new Set([
    'AWS_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_ACCOUNT_ID',
    'AWS_ACCOUNT_ID_ENDPOINT_MODE',
    'AWS_CA_BUNDLE',
    'AWS_CONFIG_FILE',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_DEFAULTS_MODE',
    'AWS_DEFAULT_PROFILE',
    'AWS_DEFAULT_REGION',
    'AWS_EC2_METADATA_DISABLED',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
    'AWS_EC2_METADATA_V1_DISABLED',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_KMS',
    'AWS_ENDPOINT_URL_SIGNER',
    'AWS_ENDPOINT_URL_SIGNIN',
    'AWS_ENDPOINT_URL_SSO',
    'AWS_ENDPOINT_URL_SSO_OIDC',
    'AWS_ENDPOINT_URL_STS',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_LOGIN_CACHE_DIRECTORY',
    'AWS_MAX_ATTEMPTS',
    'AWS_METADATA_SERVICE_NUM_ATTEMPTS',
    'AWS_METADATA_SERVICE_TIMEOUT',
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_RETRY_MODE',
    'AWS_ROLE_ARN',
    'AWS_ROLE_SESSION_NAME',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_STS_REGIONAL_ENDPOINTS',
    'AWS_USE_DUALSTACK_ENDPOINT',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
]);
const OIDC = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
function childEnvironment(parent, { home, region, key, searchPath }) {
    const environment = { ...commonEnvironment(parent, searchPath), ...awsEnvironment(parent) };
    if (key === 'keyless')
        keep(parent, OIDC, environment);
    if (key === 'file') {
        environment.COSIGN_PASSWORD = parent.COSIGN_PASSWORD ?? '';
    }
    if (region !== undefined)
        environment.AWS_REGION = region;
    return { ...environment, HOME: home, DOCKER_CONFIG: home, TUF_ROOT: `${home}/tuf` };
}
function keep(parent, names, into) {
    for (const name of names) {
        const value = parent[name];
        if (value !== undefined)
            into[name] = value;
    }
}
function commonEnvironment(parent, searchPath) {
    const environment = {};
    keep(parent, PASSED_ON, environment);
    Object.assign(environment, (0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyEnvironment */ .w)(parent));
    if (environment.SSL_CERT_FILE === undefined && parent.NODE_EXTRA_CA_CERTS) {
        environment.SSL_CERT_FILE = parent.NODE_EXTRA_CA_CERTS;
    }
    if (searchPath !== undefined)
        environment.PATH = searchPath;
    else if (environment.PATH !== undefined) {
        environment.PATH = (0,_exec_js__WEBPACK_IMPORTED_MODULE_2__/* .absoluteEntries */ .e)(environment.PATH).join(node_path__WEBPACK_IMPORTED_MODULE_0__.delimiter);
    }
    if (process.platform === 'win32')
        environment.NoDefaultCurrentDirectoryInExePath = '1';
    return environment;
}
function awsEnvironment(parent) {
    const environment = {};
    for (const [name, value] of Object.entries(parent)) {
        const variable = process.platform === 'win32' ? name.toUpperCase() : name;
        if (PASSED_ON_OF_AWS.has(variable) && value !== undefined)
            environment[variable] = value;
    }
    const userHome = parent.HOME ?? parent.USERPROFILE;
    if (userHome !== undefined) {
        environment.AWS_CONFIG_FILE ??= `${userHome}/.aws/config`;
        environment.AWS_SHARED_CREDENTIALS_FILE ??= `${userHome}/.aws/credentials`;
    }
    return environment;
}


/***/ }),

/***/ 4698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ absoluteEntries),
/* harmony export */   g: () => (/* binding */ execute)
/* harmony export */ });
/* harmony import */ var node_async_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6698);
/* harmony import */ var node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3053);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1955);
/* harmony import */ var _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2698);





const KILL_AFTER_MS = 2_000;
const DEFAULT_MOST_OUTPUT = 8 * 1024 * 1024;
const calls = new node_async_hooks__WEBPACK_IMPORTED_MODULE_0__.AsyncLocalStorage();
(0,node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_1__.subscribe)('child_process', (message) => {
    calls.getStore()?.(message.process);
});
function absoluteEntries(path) {
    return path.split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter).filter((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(entry));
}
async function execute(program, args, options) {
    const out = [];
    const err = [];
    const { mostOutput = DEFAULT_MOST_OUTPUT } = options;
    let size = 0;
    let ended = false;
    let flooded = false;
    const children = [];
    const settled = Promise.withResolvers();
    let timers = [];
    const end = () => {
        if (ended)
            return;
        ended = true;
        for (const child of children)
            child.kill('SIGTERM');
        timers.push(setTimeout(() => {
            for (const child of children)
                child.kill('SIGKILL');
            settled.resolve();
        }, KILL_AFTER_MS));
    };
    const collect = (into) => (data) => {
        size += data.length;
        if (size <= mostOutput) {
            into.push(data);
            return;
        }
        flooded ||= !ended;
        end();
    };
    if (options.signal.aborted || options.timeoutMs <= 0) {
        return { exitCode: undefined, stdout: '', stderr: 'no time was left', timedOut: true };
    }
    timers = [setTimeout(end, options.timeoutMs)];
    options.signal.addEventListener('abort', end, { once: true });
    let exitCode;
    let killedBy = null;
    const run = calls.run((child) => {
        children.push(child);
        child.once('spawn', () => {
            child.stdin?.on('error', () => { });
            if (child.pid !== undefined)
                child.once('exit', _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_4__/* .shared */ .ue.addChild(child.pid));
        });
        child.once('exit', (_, name) => {
            killedBy = name;
        });
        if (ended)
            child.kill('SIGKILL');
    }, async () => {
        try {
            exitCode = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_3__/* .exec */ .m)(`"${program}"`, args, {
                env: { ...options.env },
                silent: true,
                ignoreReturnCode: true,
                input: Buffer.alloc(0),
                listeners: { stdout: collect(out), stderr: collect(err) },
            });
        }
        catch (error) {
            err.push(Buffer.from(error instanceof Error ? error.message : String(error)));
        }
    });
    await Promise.race([run, settled.promise]);
    for (const timer of timers)
        clearTimeout(timer);
    options.signal.removeEventListener('abort', end);
    if (flooded)
        err.push(Buffer.from('\nit was terminated because its output was too large'));
    else if (killedBy !== null && !ended)
        err.push(Buffer.from(`\nit was terminated by ${killedBy}`));
    return {
        exitCode: ended ? undefined : (exitCode ?? undefined),
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        timedOut: ended && !flooded,
    };
}


/***/ }),

/***/ 5888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ explainFailure),
/* harmony export */   _F: () => (/* binding */ isTagTaken),
/* harmony export */   dg: () => (/* binding */ isTransient),
/* harmony export */   q1: () => (/* binding */ foundBy)
/* harmony export */ });
function isTagTaken(message) {
    return /TAG_INVALID|tag is immutable/.test(message);
}
const KEY_OF_OTHER_USE = 'Use an asymmetric key with the usage SIGN_VERIFY and the spec ECC_NIST_P256.';
const HINTS = [
    [
        /KMS: (?:GetPublicKey|DescribeKey),.*AccessDenied/s,
        'Allow kms:DescribeKey and kms:GetPublicKey on the key for the role of this job, and kms:Sign to sign with it.',
    ],
    [
        /KMS: (\w+),.*AccessDenied/s,
        'Allow kms:DescribeKey, kms:GetPublicKey and kms:Sign on the signing key for the role of this job.',
    ],
    [/DisabledException|is disabled|KMSInvalidState/, 'Enable the signing key in KMS, or use another key.'],
    [/Missing Region/, 'Set AWS_REGION for this step.'],
    [
        /failed to refresh cached credentials|get identity: get credentials|ExpiredToken|UnrecognizedClient/,
        'Run aws-actions/configure-aws-credentials in this job before this step. The credentials must stay valid until the end of the wait.',
    ],
    [
        /UnsupportedOperationException|InvalidKeyUsage|unsupported (?:key|elliptic curve)|unknown public key algorithm/i,
        KEY_OF_OTHER_USE,
    ],
    [
        /NotFoundException|Alias .* is not found/,
        'Check the ARN or alias of the key, its account and its region.',
    ],
    [
        /TAG_INVALID|tag is immutable/,
        'The tags of this repository are immutable. Use signature-format: bundle, or exclude sha256-* from tag immutability.',
    ],
    [
        /encrypted: decryption failed/,
        'Set the environment variable COSIGN_PASSWORD of this step to the password of the key file.',
    ],
    [/invalid pem block/, 'Use a private key that cosign generate-key-pair created.'],
    [/no such file or directory/, 'Check the path of the key file. A KMS key is written awskms:///ARN.'],
    [
        /unexpected status code 40[13]|UNAUTHORIZED|DENIED/,
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
    ],
    [
        /ACTIONS_ID_TOKEN|fetching ambient OIDC credentials|device flow/,
        'Add "permissions: id-token: write" to the job.',
    ],
];
const AGAIN = 'Every attempt failed, but such failures are usually temporary. Run the step again.';
const TRANSIENT = new RegExp([
    'unexpected status code (?:429|5\\d\\d)|StatusCode: 5\\d\\d|Throttling|TooManyRequests|TOOMANYREQUESTS',
    'connection reset|connection refused|EOF|i/o timeout|TLS handshake timeout|context deadline exceeded',
    'no such host|network is unreachable|server misbehaving',
    '\\b(?:UNKNOWN|UNAVAILABLE): ',
    '(?:returned|response:|\\]\\[) ?(?:408|429|5\\d\\d)|tuf refresh failed',
].join('|'));
function isTransient(message) {
    return TRANSIENT.test(message);
}
const MOST_LINE_CHARACTERS = 8_000;
function foundBy(stderr) {
    const error = stderr.split(/\r?\n/).find((line) => line.startsWith('Error: ')) ?? '';
    if (error.startsWith('Error: none of the attestations matched the predicate type: '))
        return 'other-types';
    const nothing = /^Error: (?:no matching attestations|no signatures found|no matching signatures)\b/;
    return nothing.test(error) ? 'nothing' : undefined;
}
function explainFailure(stderr) {
    const lines = stderr
        .split(/\r?\n/)
        .map((line) => line.slice(0, MOST_LINE_CHARACTERS).trim())
        .filter((line) => line !== '');
    const panic = lines.find((line) => /^(?:panic|fatal error): /.test(line));
    if (panic !== undefined) {
        const nextStep = /kms\/aws\.\(\*cmk\)\.(?:HashFunc|Verifier)/.test(stderr) ? KEY_OF_OTHER_USE : undefined;
        return { message: `it crashed (${panic})`, nextStep, transient: false };
    }
    const error = lines.findLast((line) => /^Error: /.test(line)) ?? lines.findLast((line) => !/^WARNING/.test(line));
    const message = error?.replace(/^Error: /, '').replace(/^error during command execution: /, '') ?? 'it printed nothing';
    const transient = isTransient(message);
    const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1];
    return { message, nextStep: hint ?? (transient ? AGAIN : undefined), transient };
}


/***/ }),

/***/ 7630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ verifiedBundle),
/* harmony export */   GX: () => (/* binding */ provesBundle),
/* harmony export */   XB: () => (/* binding */ provesLegacy),
/* harmony export */   hi: () => (/* binding */ isSignature)
/* harmony export */ });
/* harmony import */ var _statements_statement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9283);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4155);


const LEGACY_TYPE = 'cosign container image signature';
function provesBundle(stdout, digest, annotations = {}) {
    return (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .statementsOf */ .GX)(stdout).some((statement) => isSignature(statement, digest, annotations));
}
function isSignature({ predicateType, subjects }, digest, annotations) {
    return (predicateType === _arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .SIGNATURE_TYPE */ .uf &&
        subjects.some((subject) => subject.digest === digest && holds(subject.annotations, annotations)));
}
function verifiedBundle(downloaded, verified, isWanted) {
    const envelopes = new Set(verified.split('\n').flatMap((line) => envelopeKey(line, isWanted) ?? []));
    return downloaded.split('\n').findLast((line) => {
        try {
            const { dsseEnvelope } = JSON.parse(line);
            const key = envelopeKey(JSON.stringify(dsseEnvelope) ?? '', isWanted);
            return key !== undefined && envelopes.has(key);
        }
        catch {
            return false;
        }
    });
}
function envelopeKey(line, isWanted) {
    const [statement] = (0,_statements_statement_js__WEBPACK_IMPORTED_MODULE_0__/* .statementsOf */ .GX)(line);
    if (statement === undefined || !isWanted(statement))
        return undefined;
    const { payload, signatures } = JSON.parse(line);
    const all = Array.isArray(signatures) ? signatures : [];
    return JSON.stringify([payload, all.map((one) => one?.sig)]);
}
function provesLegacy(stdout, digest, annotations = {}) {
    try {
        const claims = JSON.parse(stdout);
        return claims.some(({ critical, optional }) => critical.type === LEGACY_TYPE &&
            critical.image['docker-manifest-digest'] === digest &&
            holds(optional ?? undefined, annotations));
    }
    catch {
        return false;
    }
}
function holds(actual, wanted) {
    return Object.entries(wanted).every(([name, value]) => actual?.[name] === value);
}


/***/ }),

/***/ 474:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ makePrivateDirectory)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(452);
/* harmony import */ var _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2698);






const PREFIX = 'gate-signing-';
const ABANDONED_MS = 12 * 60 * 60_000;
async function makePrivateDirectory(environment, log) {
    const parent = environment.RUNNER_TEMP || (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)();
    await removeAbandoned(parent, log);
    const { pid, started, namespace } = await thisProcess();
    let path;
    try {
        path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(parent, `${PREFIX}${pid}.${started}.${namespace}.`));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('signing', `A private directory could not be created in ${parent}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, {
            nextStep: 'Make the directory RUNNER_TEMP writable for this step.',
            cause: error,
        });
    }
    open.add(path);
    if (open.size === 1)
        process.on('exit', removeOpen);
    const forget = _watchdog_shared_js__WEBPACK_IMPORTED_MODULE_5__/* .shared */ .ue.addDirectory(path);
    return {
        path,
        close: async () => {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true });
            open.delete(path);
            if (open.size === 0)
                process.off('exit', removeOpen);
            forget();
        },
    };
}
const open = new Set();
function removeOpen() {
    for (const path of open) {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive: true, force: true });
        }
        catch {
        }
    }
}
async function removeAbandoned(parent, log) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(parent).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(PREFIX))) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(parent, name);
        try {
            const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(path);
            const isOurs = stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
            if (!isOurs || (await isInUse(name, Date.now() - stats.mtimeMs)))
                continue;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true });
            log(`Removed ${path}, which was left behind by a run that was killed.`);
        }
        catch (error) {
            log(`Could not remove ${path}, which was left behind by another run: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`);
        }
    }
}
async function isInUse(name, ageMs) {
    const [, pid = '', started = '', namespace = ''] = /^(\d{1,10})\.(\d+)\.(\d+)\.[A-Za-z0-9]{6}$/.exec(name.slice(PREFIX.length)) ?? [];
    const here = await thisProcess();
    if (pid === '' || namespace !== here.namespace)
        return ageMs < ABANDONED_MS;
    try {
        process.kill(Number(pid), 0);
    }
    catch (error) {
        if (error.code === 'ESRCH')
            return false;
    }
    if (started === '0')
        return true;
    const now = await processOf(pid);
    return now === undefined || (now.started === started && !/[ZX]/.test(now.state));
}
async function thisProcess() {
    const namespace = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readlink)('/proc/self/ns/pid').then((link) => /\d+/.exec(link)?.[0], () => undefined);
    const { started } = (await processOf('self')) ?? {};
    return { pid: `${process.pid}`, started: started ?? '0', namespace: namespace ?? '0' };
}
async function processOf(pid) {
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
}


/***/ }),

/***/ 0:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Md: () => (/* binding */ fileName),
  B6: () => (/* binding */ parseCosignVersion),
  qN: () => (/* binding */ programAt),
  Bc: () => (/* binding */ programOnPath),
  $0: () => (/* binding */ provisionCosign)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/files.js
var files = __webpack_require__(5428);
// EXTERNAL MODULE: ./lib/signing/cosign/exec.js
var exec = __webpack_require__(4698);
// EXTERNAL MODULE: ./lib/signing/cosign/private-directory.js
var private_directory = __webpack_require__(474);
// EXTERNAL MODULE: ./lib/signing/cosign/release.js
var release = __webpack_require__(2526);
;// CONCATENATED MODULE: ./lib/signing/cosign/search-path.js



const RUNNERS_OWN = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'];
const WRITABLE_BY_OTHERS = 18n;
const STICKY = 512n;
async function trustedSearchPath(path, surroundings) {
    const directories = new Set();
    const refused = [];
    for (const entry of new Set(path.split(external_node_path_.delimiter))) {
        if (!(0,external_node_path_.isAbsolute)(entry)) {
            if (path !== '')
                refused.push({ entry, why: 'it is relative' });
            continue;
        }
        const way = await (0,files/* wayTo */.bj)(entry).catch(() => undefined);
        if (way === undefined || way.missing.length > 0)
            continue;
        const why = await objectionTo(way, surroundings);
        if (why === undefined)
            directories.add(way.real);
        else
            refused.push({ entry, why });
    }
    return { directories: [...directories], refused };
}
async function objectionTo(way, { environment, workingDirectory }) {
    const workspaces = [environment.GITHUB_WORKSPACE, workingDirectory].filter((one) => one !== undefined);
    const [inside] = await (0,files/* stepsIn */.FZ)(way, workspaces.filter((one) => one !== ''));
    if (inside !== undefined)
        return `${inside.path} is in the workspace`;
    if (process.getuid === undefined)
        return undefined;
    const own = await Promise.all(RUNNERS_OWN.map((name) => looksAt(environment[name])));
    const runners = way.steps.filter(({ stats }) => own.some((one) => one !== undefined && (0,files/* isSame */.Ft)(one, stats)));
    const [temp] = own;
    const accounts = [0n, BigInt(process.getuid()), ...(temp === undefined ? [] : [temp.uid])];
    for (const { path, stats } of way.steps) {
        const isTarget = path === way.real;
        if (!isTarget && runners.some((runner) => (0,files/* isBelow */.Yw)(runner.path, path)))
            continue;
        if (!accounts.includes(stats.uid))
            return `${path} belongs to another account (${stats.uid})`;
        if (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0n)
            continue;
        const isProtected = !isTarget && stats.isDirectory() && (stats.mode & STICKY) !== 0n;
        if (!isProtected)
            return `other accounts can write to ${path} (mode ${(stats.mode & 4095n).toString(8)})`;
    }
    return undefined;
}
async function looksAt(path) {
    return path === undefined || path === '' ? undefined : (0,promises_.stat)(path, { bigint: true }).catch(() => undefined);
}

;// CONCATENATED MODULE: ./lib/signing/cosign/provision.js









function parseCosignVersion(text) {
    const match = /^(v\d+\.\d+\.\d+)(?:@sha256:([0-9a-f]{64}))?$/.exec(text);
    const [, version, sha256] = match ?? [];
    if (version === undefined)
        throw new Error('a version is written vX.Y.Z or vX.Y.Z@sha256:HEX');
    if (!(0,release/* isSupported */.TT)(version))
        throw new Error('supported are cosign 3.0.6 or newer in 3.x, and 2.6.4 or newer in 2.x');
    if (version !== release/* COSIGN_VERSION */.Lr && sha256 === undefined) {
        throw new Error(`the checksum is only known for ${release/* COSIGN_VERSION */.Lr}; for this version write ${version}@sha256:HEX`);
    }
    return { version, sha256 };
}
const MOST_BYTES = 512 * 1024 * 1024;
const COSIGN = {
    name: 'cosign',
    versionArguments: ['version', '--json'],
    parseVersion: release/* parseVersion */.ot,
    isSupported: release/* isSupported */.TT,
};
async function provisionCosign(wanted, ports) {
    const directory = await (0,private_directory/* makePrivateDirectory */.D)(ports.environment, ports.log);
    try {
        const { program, searchPath } = await programOnPath(COSIGN, ports, directory.path);
        const found = program ?? (await downloadCosign(wanted, ports, directory.path));
        return { ...found, searchPath, directory };
    }
    catch (error) {
        await directory.close();
        throw error;
    }
}
async function programOnPath(wanted, ports, directory) {
    const { environment, log } = ports;
    const { directories, refused } = await trustedSearchPath(environment.PATH ?? '', ports);
    for (const { entry, why } of refused)
        log(`Not used: PATH entry ${JSON.stringify(entry)}: ${why}`);
    const searchPath = directories.join(external_node_path_.delimiter) || directory;
    const { name } = wanted;
    const file = fileName(name);
    for (const path of directories.map((one) => (0,external_node_path_.join)(one, file))) {
        const program = await programAt(path, file, ports, directory);
        if (program === undefined)
            continue;
        const version = await versionOf(program, wanted, searchPath, ports);
        if (version !== undefined && wanted.isSupported(version)) {
            log(`${name} ${version} from PATH: ${path}, sha256:${program.sha256}`);
            return { program: { ...program, version }, searchPath };
        }
        log(`Not used: ${path} is ${version === undefined ? `not a ${name} that prints its version` : `${name} ${version}, which is not supported`}`);
    }
    return { program: undefined, searchPath };
}
function fileName(program) {
    return process.platform === 'win32' ? `${program}.exe` : program;
}
async function programAt(path, name, ports, directory, otherwise = 'where it is') {
    const isProgram = await (0,promises_.access)(path, promises_.constants.X_OK).then(() => true, () => false);
    if (!isProgram)
        return undefined;
    try {
        const way = await (0,files/* wayTo */.bj)(path);
        const why = await objectionTo(way, ports);
        if (why === undefined)
            return await adopt(path, (0,external_node_path_.join)(directory, name), otherwise);
        ports.log(`Not used: ${path}: ${why}`);
    }
    catch (error) {
        ports.log(`Not used: ${path}: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    return undefined;
}
async function adopt(path, copy, otherwise) {
    const source = await (0,promises_.open)(path, promises_.constants.O_RDONLY | (promises_.constants.O_NONBLOCK ?? 0));
    try {
        const stats = await source.stat({ bigint: true });
        if (!stats.isFile())
            throw new Error('it is not a regular file');
        if (stats.size > MOST_BYTES)
            throw new Error(`it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
        const { buffer } = await source.read(Buffer.alloc(2), 0, 2, 0);
        const isScript = buffer.toString('latin1') === '#!';
        if (!isScript || otherwise === 'refused') {
            await (0,promises_.rm)(copy, { force: true });
            const sha256 = await digestOf(source, await (0,promises_.open)(copy, 'wx', 0o700));
            const isProgram = await (0,promises_.access)(copy, promises_.constants.X_OK).then(() => true, () => false);
            if (isProgram)
                return { path: copy, sha256, check: async () => { } };
            await (0,promises_.rm)(copy, { force: true });
            if (otherwise === 'refused')
                throw new Error(`programs in ${(0,external_node_path_.dirname)(copy)} cannot be started`);
        }
        const sha256 = await digestOf(source);
        return {
            path,
            sha256,
            check: async () => {
                const now = await (0,promises_.stat)(path, { bigint: true }).catch(() => undefined);
                if (now !== undefined && isUnchanged(stats, now))
                    return;
                throw new errors/* GateError */.ue('signing', `${path} has changed since its checksum was logged.`, {
                    nextStep: 'Find out what modifies the file while this step runs.',
                });
            },
        };
    }
    finally {
        await source.close();
    }
}
function isUnchanged(before, now) {
    return ['dev', 'ino', 'size', 'ctimeNs'].every((name) => before[name] === now[name]);
}
async function digestOf(source, copy) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        const options = { start: 0, autoClose: false, highWaterMark: 1024 * 1024 };
        for await (const chunk of source.createReadStream(options)) {
            hash.update(chunk);
            await copy?.writeFile(chunk);
        }
    }
    finally {
        await copy?.close();
    }
    return hash.digest('hex');
}
async function versionOf(program, { versionArguments, parseVersion: parse }, searchPath, { environment, signal }) {
    const { SystemRoot } = environment;
    const env = { PATH: searchPath, ...(SystemRoot === undefined ? {} : { SystemRoot }) };
    await program.check();
    const result = await (0,exec/* execute */.g)(program.path, [...versionArguments], {
        env,
        timeoutMs: 20_000,
        signal,
    });
    return result.exitCode === 0 ? parse(result.stdout) : undefined;
}
async function downloadCosign({ version, sha256 }, { download, log }, directory) {
    const asset = (0,release/* cosignAsset */.WR)(process.platform, process.arch);
    const expected = sha256 ?? (asset === undefined ? undefined : release/* COSIGN_CHECKSUMS */.r1[asset]);
    const install = 'Install cosign in a step before this one, for example with sigstore/cosign-installer.';
    if (asset === undefined || expected === undefined) {
        throw new errors/* GateError */.ue('signing', `There is no cosign release for ${process.platform} ${process.arch}.`, {
            nextStep: install,
        });
    }
    const url = `https://github.com/sigstore/cosign/releases/download/${version}/${asset}`;
    log(`Downloading cosign ${version}`);
    let program;
    try {
        const path = await download(url);
        try {
            program = await adopt(path, (0,external_node_path_.join)(directory, fileName(COSIGN.name)), 'refused');
        }
        finally {
            await (0,promises_.rm)(path, { force: true });
        }
    }
    catch (error) {
        throw new errors/* GateError */.ue('signing', `cosign ${version} could not be downloaded: ${(0,errors/* messageOf */.bD)(error)}`, {
            nextStep: install,
            cause: error,
        });
    }
    if (program.sha256 !== expected) {
        throw new errors/* GateError */.ue('signing', `The download of cosign ${version} has SHA-256 ${program.sha256}, expected ${expected}. It was deleted.`, {
            nextStep: 'Do not use this download. Find out who changed it, or correct the checksum in cosign-version.',
        });
    }
    log(`cosign ${version} downloaded: sha256:${program.sha256}`);
    return { ...program, version };
}


/***/ }),

/***/ 2526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dr: () => (/* binding */ unsupportedRequest),
/* harmony export */   Lr: () => (/* binding */ COSIGN_VERSION),
/* harmony export */   TT: () => (/* binding */ isSupported),
/* harmony export */   WR: () => (/* binding */ cosignAsset),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   r1: () => (/* binding */ COSIGN_CHECKSUMS)
/* harmony export */ });
const COSIGN_VERSION = 'v3.0.6';
const COSIGN_CHECKSUMS = {
    'cosign-linux-amd64': 'c956e5dfcac53d52bcf058360d579472f0c1d2d9b69f55209e256fe7783f4c74',
    'cosign-linux-arm64': 'bedac92e8c3729864e13d4a17048007cfafa79d5deca993a43a90ffe018ef2b8',
    'cosign-linux-arm': '67bd25d32daff5664caf51208c95defcb2ad7ac1296f394fa677bb8bacee62f5',
    'cosign-linux-ppc64le': '08c3e5e0a09c440f49e9a69d8639d37fbec522ec8c5c0ac805243b098e6ea512',
    'cosign-linux-riscv64': 'e25952e798958b0f9168d044153ccc353f5469ca4b71a1707dffad0534d27017',
    'cosign-linux-s390x': '3cf4b769258ed9cc3c2a93268c0d5c1cc3fbd094af8df21035cbac8fb0d7c088',
    'cosign-darwin-amd64': '4c3e7af8372d3ca3296e62fa56f23fcbb5721cc6ac1827900d398f110d7cd280',
    'cosign-darwin-arm64': '5fadd012ae6381a6a29ff86a7d39aa873878852f1073fc90b15995961ecfb084',
    'cosign-windows-amd64.exe': '9b85a88ebff2d9dd30ff4984a6f61f2cedc232dd87d81fa7f2ff3c0ed96c241c',
};
const SYSTEMS = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHITECTURES = {
    x64: 'amd64',
    arm64: 'arm64',
    arm: 'arm',
    ppc64: 'ppc64le',
    riscv64: 'riscv64',
    s390x: 's390x',
};
function cosignAsset(platform, architecture) {
    const name = `cosign-${SYSTEMS[platform]}-${ARCHITECTURES[architecture]}${platform === 'win32' ? '.exe' : ''}`;
    return Object.hasOwn(COSIGN_CHECKSUMS, name) ? name : undefined;
}
function parseVersion(stdout) {
    try {
        const { gitVersion } = JSON.parse(stdout);
        return typeof gitVersion === 'string' && /^v\d+\.\d+\.\d+/.test(gitVersion) ? gitVersion : undefined;
    }
    catch {
        return undefined;
    }
}
function isSupported(version) {
    const match = /^v(\d+)\.(\d+)\.(\d+)(-.+)?$/.exec(version);
    if (match === null)
        return false;
    const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
    const atLeast = (wantedMinor, wantedPatch) => minor > wantedMinor ||
        (minor === wantedMinor && (patch > wantedPatch || (patch === wantedPatch && match[4] === undefined)));
    return (major === 3 && atLeast(0, 6)) || (major === 2 && atLeast(6, 4));
}
function unsupportedRequest(version, { format, annotations, }) {
    if (!version.startsWith('v2.'))
        return undefined;
    if (format === 'both')
        return 'cannot verify a legacy signature beside a bundle (signature-format: both)';
    return format === 'bundle' && Object.keys(annotations).length > 0
        ? 'leaves annotations out of bundles (signature-annotations)'
        : undefined;
}


/***/ }),

/***/ 6971:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ logIn),
/* harmony export */   Q5: () => (/* binding */ callTime),
/* harmony export */   T1: () => (/* binding */ call),
/* harmony export */   UH: () => (/* binding */ stopIfOver),
/* harmony export */   XL: () => (/* binding */ byHand),
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   g5: () => (/* binding */ failureOf)
/* harmony export */ });
/* unused harmony export regionOf */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6762);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8424);
/* harmony import */ var _arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4155);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7698);
/* harmony import */ var _exec_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4698);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5888);








const CALL_MS = 120_000;
async function openSession(cosign, options, ports) {
    const home = cosign.directory.path;
    let registry;
    const close = async () => {
        await registry?.then((started) => started.close()).catch(() => { });
        await cosign.directory.close();
    };
    try {
        const none = {
            signingConfig: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'signing-config.json'),
            trustedRoot: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'trusted-root.json'),
        };
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(none.signingConfig, _arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_SERVICES */ .r0.signingConfig, { mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(none.trustedRoot, _arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .NO_SERVICES */ .r0.trustedRoot, { mode: 0o600 });
        return {
            ...options,
            ports,
            cosign,
            home,
            signingConfig: options.services?.signingConfig ?? none.signingConfig,
            trustedRoot: options.services?.trustedRoot ?? none.trustedRoot,
            ownServices: options.services !== undefined,
            emptyRoot: none.trustedRoot,
            registries: new Set(),
            serve: async (image) => {
                registry ??= __webpack_require__.e(/* import() */ 772).then(__webpack_require__.bind(__webpack_require__, 3772)).then((module) => module.startLoopbackRegistry());
                return (await registry).serve(image);
            },
            close,
        };
    }
    catch (error) {
        await close();
        throw error;
    }
}
async function logIn({ ports, home, registries }, registry) {
    if (registries.has(registry.host))
        return;
    const { user, password } = await ports.authorize(registry);
    const auth = Buffer.from(`${user}:${password}`).toString('base64');
    ports.mask(password);
    ports.mask(auth);
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, 'config.json');
    const existing = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '{"auths":{}}'));
    const auths = { ...existing.auths, [registry.host]: { auth } };
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, JSON.stringify({ auths }), { mode: 0o600 });
    registries.add(registry.host);
}
async function call(session, args, registry, { mostOutput, mostMs = CALL_MS } = {}) {
    const { ports, cosign, home, key } = session;
    const region = regionOf(session, registry);
    const { environment } = ports;
    await cosign.check();
    return (0,_exec_js__WEBPACK_IMPORTED_MODULE_6__/* .execute */ .g)(cosign.path, args, {
        env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .childEnvironment */ .Qc)(environment, { home, region, key, searchPath: cosign.searchPath }),
        timeoutMs: Math.min(mostMs, callTime(ports.deadline)),
        signal: ports.deadline.signal,
        mostOutput,
    });
}
function regionOf({ ports, keyRegion }, registry) {
    const { AWS_REGION, AWS_DEFAULT_REGION } = ports.environment;
    return keyRegion ?? (AWS_REGION || AWS_DEFAULT_REGION || registry?.region);
}
function byHand(session, verifier, { registry, repository, digest }, format) {
    return {
        image: (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .imageUri */ .W_)(registry, repository, digest),
        format,
        verifier,
        region: regionOf(session, registry),
        transparencyLog: session.transparencyLog,
        trustedRoot: session.ownServices ? session.trustedRoot : undefined,
    };
}
function callTime(deadline) {
    return Math.min(CALL_MS, deadline.remainingMs());
}
function failureOf(result) {
    if (result.timedOut) {
        const nextStep = 'Raise the input timeout, or check that the registry and KMS are reachable.';
        return { message: 'it did not finish in time', nextStep, transient: false };
    }
    return (0,_failures_js__WEBPACK_IMPORTED_MODULE_7__/* .explainFailure */ .SP)(result.stderr);
}
function stopIfOver(deadline, doing) {
    if (deadline.signal.aborted)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .interrupted */ .VM)(deadline, doing);
}


/***/ }),

/***/ 300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ parseSigningKey),
/* harmony export */   w: () => (/* binding */ InvalidSigningKey)
/* harmony export */ });
class InvalidSigningKey extends Error {
    name = 'InvalidSigningKey';
}
const ARN = /^arn:aws(?:-us-gov|-cn)?:kms:(?<region>[a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)$/;
const KEY_ID = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
const ENDPOINT = /^[A-Za-z0-9.-]+(?::\d+)?$/;
function parseSigningKey(text) {
    if (text === 'keyless')
        return { kind: 'keyless' };
    if (text.startsWith('awskms:'))
        return parseKmsUri(text);
    if (text.startsWith('arn:'))
        return kms('', text);
    if (ALIAS.test(text) || KEY_ID.test(text))
        return kms('', text);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
        throw new InvalidSigningKey('only AWS KMS keys, key files and keyless are supported');
    }
    if (text === '' || text.startsWith('-') || hasControlCharacter(text)) {
        throw new InvalidSigningKey('it is neither a KMS key nor a file path');
    }
    return { kind: 'file', path: text };
}
function parseKmsUri(text) {
    const match = /^awskms:\/\/([^/]*)\/(.+)$/.exec(text);
    const [, endpoint = '', id = ''] = match ?? [];
    if (match === null ||
        (endpoint !== '' && (!ENDPOINT.test(endpoint) || endpoint.startsWith('arn') || endpoint === 'alias'))) {
        throw new InvalidSigningKey('a KMS key is written awskms:/// and its ARN, alias or key ID');
    }
    return kms(endpoint, id);
}
function kms(endpoint, id) {
    if (/(?:^|:)alias\/aws\//.test(id)) {
        throw new InvalidSigningKey('alias/aws/… names an AWS managed key, which is symmetric and cannot sign');
    }
    const arn = ARN.exec(id);
    if (arn === null && !ALIAS.test(id) && !KEY_ID.test(id)) {
        throw new InvalidSigningKey('it is not a KMS key ARN, alias ARN, alias or key ID');
    }
    return { kind: 'kms', reference: `awskms://${endpoint}/${id}`, region: arn?.groups?.region };
}
function hasControlCharacter(text) {
    return [...text].some((character) => character < ' ' || character === '\u007f');
}


/***/ }),

/***/ 9926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GX: () => (/* binding */ KEY_NAME),
/* harmony export */   L4: () => (/* binding */ SIGNER_PLUGIN),
/* harmony export */   TT: () => (/* binding */ isSupported),
/* harmony export */   dr: () => (/* binding */ verdictMetadata),
/* harmony export */   gh: () => (/* binding */ signArguments),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   qO: () => (/* binding */ verifyArguments),
/* harmony export */   uk: () => (/* binding */ provesSignature)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);
/* harmony import */ var _statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6203);


const SIGNER_PLUGIN = 'com.amazonaws.signer.notation.plugin';
const KEY_NAME = 'gate';
function verdictMetadata({ registry, repository }, policySha256) {
    return {
        [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:verdict`]: 'PASSED',
        [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:resource`]: (0,_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .resourceUri */ .N)(registry, repository),
        ...(policySha256 === undefined ? {} : { [`${_statements_predicate_js__WEBPACK_IMPORTED_MODULE_1__/* .VERIFIER_ID */ .HV}:policy`]: `sha256:${policySha256}` }),
    };
}
function signArguments(image, metadata, profile) {
    const key = profile === undefined
        ? [`--key=${KEY_NAME}`]
        : [`--plugin=${SIGNER_PLUGIN}`, `--id=${profile.arn}`, ...regionArguments(profile.region)];
    return [
        ...['sign', '--force-referrers-tag=false', '--signature-format=jws'],
        ...key,
        ...metadataArguments(metadata),
        byDigest(image),
    ];
}
function verifyArguments(image, metadata, region) {
    const plugin = region === undefined ? [] : regionArguments(region);
    return ['verify', '--verbose', ...plugin, ...metadataArguments(metadata), byDigest(image)];
}
function regionArguments(region) {
    return [`--plugin-config=aws-region=${region}`];
}
function metadataArguments(metadata) {
    return Object.entries(metadata).map(([name, value]) => `--user-metadata=${name}=${value}`);
}
function byDigest(image) {
    const digest = image.slice(image.indexOf('@') + 1);
    if (!(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest))
        throw new Error(`notation is called with digests only, not with ${image}`);
    return image;
}
function provesSignature({ stdout, stderr }, image) {
    const [first] = stdout.split(/\r?\n/);
    return (first === `Successfully verified signature for ${image}` && !/^Warning: .* was set to /m.test(stderr));
}
function parseVersion(stdout) {
    return /^Version:\s+(v?\d+\.\d+\.\d+\S*)\s*$/m.exec(stdout)?.[1];
}
function isSupported(version) {
    const match = /^v?1\.(\d+)\.(\d+)(-\S+)?(?:\+\S+)?$/.exec(version);
    if (match === null)
        return false;
    const [minor, patch] = [Number(match[1]), Number(match[2])];
    return minor > 3 || (minor === 3 && (patch > 0 || match[3] === undefined));
}


/***/ }),

/***/ 3815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mj: () => (/* binding */ configurationDirectory),
/* harmony export */   kR: () => (/* binding */ notationEnvironment),
/* harmony export */   lo: () => (/* binding */ pluginDirectories)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7698);


function notationEnvironment(parent, { home, searchPath, login, plugin }) {
    const config = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'config');
    const { region } = plugin ?? {};
    return {
        ...(0,_cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .commonEnvironment */ .xK)(parent, searchPath),
        ...(plugin === undefined ? {} : (0,_cosign_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .awsEnvironment */ .PO)(parent)),
        ...(region === undefined ? {} : { AWS_REGION: region }),
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        DOCKER_CONFIG: home,
        NOTATION_CONFIG: config,
        NOTATION_LIBEXEC: config,
        NOTATION_CACHE: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'cache'),
        NOTATION_USERNAME: login.user,
        NOTATION_PASSWORD: login.password,
    };
}
function pluginDirectories(parent) {
    const { NOTATION_LIBEXEC: libexec } = parent;
    const config = configurationDirectory(parent);
    return [libexec, config].flatMap((one) => (one ? [(0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(one, 'plugins')] : []));
}
function configurationDirectory(parent) {
    if (parent.NOTATION_CONFIG)
        return parent.NOTATION_CONFIG;
    const home = parent.HOME || undefined;
    const base = {
        win32: parent.AppData ?? parent.APPDATA,
        darwin: home && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, 'Library', 'Application Support'),
    };
    const directory = Object.hasOwn(base, process.platform)
        ? base[process.platform]
        : parent.XDG_CONFIG_HOME || (home && (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(home, '.config'));
    return directory === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(directory, 'notation');
}


/***/ }),

/***/ 6481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ keyText),
/* harmony export */   d: () => (/* binding */ parseNotationKey)
/* harmony export */ });
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(300);
/* harmony import */ var _trust_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4739);


const PREFIX = 'notation:';
function parseNotationKey(text) {
    if (text.startsWith(PREFIX)) {
        const name = text.slice(PREFIX.length);
        if (/^[A-Za-z0-9_.-]{1,200}$/.test(name))
            return { kind: 'named', name };
        throw new _key_js__WEBPACK_IMPORTED_MODULE_1__/* .InvalidSigningKey */ .w('a Notation key has the form notation:NAME, with its name in signingkeys.json');
    }
    if (!/^arn:[^:]*:signer:/.test(text))
        return undefined;
    const profile = (0,_trust_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .signingProfile */ .Zy)(text);
    if (profile !== undefined)
        return { kind: 'profile', ...profile };
    throw new _key_js__WEBPACK_IMPORTED_MODULE_1__/* .InvalidSigningKey */ .w('a signing profile of AWS Signer is written arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME, without a version');
}
function keyText(key) {
    return key.kind === 'profile' ? key.arn : `${PREFIX}${key.name}`;
}


/***/ }),

/***/ 9842:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g5: () => (/* binding */ failureOf),
  hz: () => (/* binding */ openNotation),
  Od: () => (/* binding */ verifySignature)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/signing/cosign/exec.js
var exec = __webpack_require__(4698);
// EXTERNAL MODULE: ./lib/signing/cosign/private-directory.js
var private_directory = __webpack_require__(474);
// EXTERNAL MODULE: ./lib/signing/cosign/provision.js + 1 modules
var provision = __webpack_require__(0);
// EXTERNAL MODULE: ./lib/signing/cosign/session.js
var cosign_session = __webpack_require__(6971);
// EXTERNAL MODULE: ./lib/signing/retry.js
var retry = __webpack_require__(5677);
// EXTERNAL MODULE: ./lib/signing/notation/arguments.js
var notation_arguments = __webpack_require__(9926);
// EXTERNAL MODULE: ./lib/signing/notation/environment.js
var notation_environment = __webpack_require__(3815);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
// EXTERNAL MODULE: ./lib/signing/cosign/failures.js
var failures = __webpack_require__(5888);
;// CONCATENATED MODULE: ./lib/signing/notation/failures.js


const HINTS = [
    [
        /unable to find specified metadata in the signature/,
        'A signature by a trusted identity is not enough: it has to say that the gate passed the image, under the expected policy and with the expected annotations. ECR’s managed signing does not say that. Run the gate for this image again.',
    ],
    [
        /AccessDenied|is not authorized to perform/,
        'Allow signer:SignPayload (to sign) and signer:GetRevocationStatus (to verify) on the signing profile for the role of this job.',
    ],
    [
        /has no applicable trust policy/,
        'Add the repository to the registryScopes of the statement in notation-trust-policy.',
    ],
    [
        /is not present in the plugin directory|locating the verification plugin|plugin executable file/,
        `The trust policy names no signing profile of AWS Signer, so its plugin is not used. Name the profile in notation-trust-policy if its signatures count.`,
    ],
    [
        /response status code 40[13]\b/,
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
    ],
];
const UNSIGNED = /no signature is associated with /;
const MOST_REASONS = 3;
const MOST_CHARACTERS = 600;
function explainFailure(stderr) {
    const lines = stderr.split(/\r?\n/).map((line) => line.slice(0, 8_000));
    const error = lines
        .findLast((line) => line.startsWith('Error: '))
        ?.slice('Error: '.length)
        .trim();
    const reasons = lines.flatMap((line) => {
        const reason = / failed verification with error: (.*?)"?$/.exec(line)?.[1];
        return line.includes('level=warning') && reason !== undefined ? [(0,lib_text/* clip */.$Q)(reason, MOST_CHARACTERS)] : [];
    });
    const shown = [...new Set(reasons)].slice(0, MOST_REASONS);
    const message = (0,lib_text/* clip */.$Q)(error ?? lines.findLast((line) => line.trim() !== '') ?? 'it printed nothing', MOST_CHARACTERS);
    const text = [...reasons, message].join('\n');
    return {
        message: shown.length === 0 ? message : shown.join('; '),
        nextStep: HINTS.find(([pattern]) => pattern.test(text))?.[1],
        transient: (0,failures/* isTransient */.dg)(text) || /response status code (?:408|429|5\d\d)\b/.test(text),
        isUnsigned: error !== undefined && UNSIGNED.test(error),
    };
}

;// CONCATENATED MODULE: ./lib/signing/notation/session.js












async function openNotation(trust, ports) {
    const { environment, deadline } = ports;
    const directory = await (0,private_directory/* makePrivateDirectory */.D)(environment, ports.log);
    const home = directory.path;
    try {
        const wanted = { name: 'notation', versionArguments: ['version'], parseVersion: notation_arguments/* parseVersion */.ot, isSupported: notation_arguments/* isSupported */.TT };
        const signal = deadline.signal;
        const { program, searchPath } = await (0,provision/* programOnPath */.Bc)(wanted, { ...ports, signal }, home);
        if (program === undefined) {
            throw new errors/* GateError */.ue('signing', 'PATH has no notation of a supported version (1.3 or newer in 1.x) in a trusted directory.', {
                nextStep: 'Install notation 1.3.2 or newer in a step before this one, for example with notaryproject/notation-action/setup and its input version.',
            });
        }
        const config = (0,external_node_path_.join)(home, 'config');
        await writeTrust(config, trust);
        const usesPlugin = trust.profiles.length > 0;
        if (usesPlugin)
            await installPlugin(config, ports);
        const plugin = usesPlugin ? { region: commonRegion(trust) } : undefined;
        const masked = new Set();
        return {
            ports,
            version: program.version,
            trust,
            config,
            call: async (args, registry) => {
                const login = await ports.authorize(registry);
                if (!masked.has(login.password))
                    ports.mask(login.password);
                masked.add(login.password);
                await program.check();
                return (0,exec/* execute */.g)(program.path, args, {
                    env: (0,notation_environment/* notationEnvironment */.kR)(environment, { home, searchPath, login, plugin }),
                    timeoutMs: (0,cosign_session/* callTime */.Q5)(deadline),
                    signal: deadline.signal,
                });
            },
            close: directory.close,
        };
    }
    catch (error) {
        await directory.close();
        throw error;
    }
}
function commonRegion({ profiles }) {
    const regions = new Set(profiles.map(({ region }) => region));
    return regions.size === 1 ? [...regions][0] : undefined;
}
async function writeTrust(config, { json, certificates }) {
    await (0,promises_.mkdir)(config, { mode: 0o700 });
    await (0,promises_.writeFile)((0,external_node_path_.join)(config, 'trustpolicy.json'), json, { mode: 0o600 });
    for (const { store, name, bytes } of certificates) {
        const path = (0,external_node_path_.join)(config, 'truststore', 'x509', store.type, store.name);
        await (0,promises_.mkdir)(path, { recursive: true, mode: 0o700 });
        await (0,promises_.writeFile)((0,external_node_path_.join)(path, name), bytes, { mode: 0o600 });
    }
}
async function installPlugin(config, ports) {
    const name = (0,provision/* fileName */.Md)(`notation-${notation_arguments/* SIGNER_PLUGIN */.L4}`);
    const into = (0,external_node_path_.join)(config, 'plugins', notation_arguments/* SIGNER_PLUGIN */.L4);
    await (0,promises_.mkdir)(into, { recursive: true, mode: 0o700 });
    const directories = (0,notation_environment/* pluginDirectories */.lo)(ports.environment);
    for (const directory of directories) {
        const path = (0,external_node_path_.join)(directory, notation_arguments/* SIGNER_PLUGIN */.L4, name);
        const program = await (0,provision/* programAt */.qN)(path, name, ports, into, 'refused');
        if (program === undefined)
            continue;
        ports.log(`Plugin of AWS Signer: ${path}, sha256:${program.sha256}`);
        return;
    }
    throw new errors/* GateError */.ue('signing', `The plugin of AWS Signer for Notation (${notation_arguments/* SIGNER_PLUGIN */.L4}) is not installed in ${directories.join(' or ')}, or its file is not trusted.`, {
        nextStep: 'Install it in a step before this one, for example with notaryproject/notation-action/setup and notation plugin install. The log says why a file is not trusted.',
    });
}
const ATTEMPTS = 4;
async function verifySignature(session, subject, metadata) {
    const { deadline } = session.ports;
    const image = (0,reference/* imageUri */.W_)(subject.registry, subject.repository, subject.digest);
    return (0,retry/* retry */.L)(async () => {
        const args = (0,notation_arguments/* verifyArguments */.qO)(image, metadata, commonRegion(session.trust));
        const result = await session.call(args, subject.registry);
        if (result.exitCode === 0 && (0,notation_arguments/* provesSignature */.uk)(result, image))
            return { value: { ok: true }, again: false };
        (0,cosign_session/* stopIfOver */.UH)(deadline, `verifying ${image}`);
        const failure = failureOf(result);
        return { value: { ok: false, ...failure }, again: failure.transient };
    }, { deadline, attempts: ATTEMPTS });
}
function failureOf(result) {
    if (result.timedOut) {
        const nextStep = 'Raise the input timeout, or check that the registry and AWS Signer are reachable.';
        return { message: 'it did not finish in time', nextStep, transient: false, isUnsigned: false };
    }
    if (result.exitCode === 0) {
        const message = 'the output of notation does not say that a signature of this image was verified';
        return { message, nextStep: undefined, transient: false, isUnsigned: false };
    }
    return explainFailure(result.stderr);
}


/***/ }),

/***/ 4739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GS: () => (/* binding */ parseTrustPolicy),
/* harmony export */   Zy: () => (/* binding */ signingProfile)
/* harmony export */ });
/* unused harmony export InvalidTrustPolicy */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6413);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8804);



class InvalidTrustPolicy extends Error {
    name = 'InvalidTrustPolicy';
}
const PROFILE = /^arn:aws(?:-us-gov|-cn)?:signer:(?<region>[a-z0-9-]+):\d{12}:\/signing-profiles\/[A-Za-z0-9_]{2,64}$/;
function signingProfile(arn) {
    const region = PROFILE.exec(arn)?.groups?.region;
    return region === undefined ? undefined : { arn, region };
}
const Texts = valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP());
const DocumentSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    version: valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('1.0'),
    trustPolicies: valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        name: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
        registryScopes: Texts,
        signatureVerification: valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
            level: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
            override: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
            verifyTimestamp: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KIO(['always', 'afterCertExpiry'])),
        }),
        trustStores: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(Texts, []),
        trustedIdentities: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(Texts, []),
    })),
});
function parseTrustPolicy(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new InvalidTrustPolicy('it is not JSON');
    }
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .givesKeyTwice */ .c)(text, value))
        throw new InvalidTrustPolicy('it gives a key twice');
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(DocumentSchema, value);
    if (!result.success) {
        const [issue] = result.issues;
        throw new InvalidTrustPolicy(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'the document', 200)}: ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(issue.message, 300)}`);
    }
    const { version, trustPolicies } = result.output;
    const statements = trustPolicies.map(checked);
    const identities = [...new Set(statements.flatMap(({ trustedIdentities }) => trustedIdentities))];
    const [first, ...others] = identities;
    if (first === undefined)
        throw new InvalidTrustPolicy('it has no statement');
    const profiles = identities.flatMap((identity) => signingProfile(identity) ?? []);
    if (profiles.length > 0 && profiles.length < identities.length) {
        throw new InvalidTrustPolicy('it names signing profiles of AWS Signer and subjects of certificates; use one trust policy for each');
    }
    const stores = statements.flatMap(({ trustStores }) => trustStores.map(storeName));
    if (profiles.length > 0 && stores.some(({ type }) => type === 'ca')) {
        throw new InvalidTrustPolicy('signing profiles of AWS Signer require trust stores of the type signingAuthority');
    }
    return {
        json: JSON.stringify({ version, trustPolicies: statements }),
        identities: [first, ...others],
        profiles,
        stores: [...new Map(stores.map((store) => [`${store.type}:${store.name}`, store])).values()],
    };
}
function checked({ signatureVerification, ...statement }) {
    const { level, override = {}, verifyTimestamp } = signatureVerification;
    const refuse = (what) => {
        throw new InvalidTrustPolicy(`the statement ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(statement.name, 100))} ${what}`);
    };
    if (level !== 'strict') {
        refuse(`has the level ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(level, 40))}; only strict is accepted, because with any other level Notation accepts signatures that fail a check`);
    }
    const weakened = Object.entries(override).find(([, action]) => action !== 'enforce');
    if (weakened !== undefined) {
        refuse(`overrides ${(0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(weakened[0], 40)} with ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(weakened[1], 40))}; only enforce is accepted`);
    }
    const { trustStores, trustedIdentities } = statement;
    if (trustStores.length === 0)
        refuse('names no trust store');
    if (trustedIdentities.length === 0)
        refuse('names no trusted identity');
    for (const identity of trustedIdentities) {
        if (identity === '*') {
            refuse('trusts the identity *, which is every certificate that the trust store’s authority issued; name the subject');
        }
        if (!identity.startsWith('x509.subject:') && signingProfile(identity) === undefined) {
            refuse(`trusts ${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(identity, 200))}, which is neither x509.subject: and a subject nor the ARN of a signing profile`);
        }
    }
    return {
        ...statement,
        signatureVerification: { level, ...(verifyTimestamp === undefined ? {} : { verifyTimestamp }) },
    };
}
function storeName(text) {
    const match = /^(ca|signingAuthority|tsa):([A-Za-z0-9_.-]+)$/.exec(text);
    const [, type, name = ''] = match ?? [];
    if (type === undefined || name === '.' || name === '..') {
        throw new InvalidTrustPolicy(`${JSON.stringify((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(text, 100))} is not a trust store; for example: ca:release`);
    }
    return { type: type, name };
}


/***/ }),

/***/ 7800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ readTrust)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5428);
/* harmony import */ var _trust_policy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4739);





const MOST_POLICY_BYTES = 64 * 1024;
const MOST_CERTIFICATE_BYTES = 1024 * 1024;
const MOST_CERTIFICATES = 100;
async function readTrust({ policy, store }, workspace) {
    const text = await readInput('notation-trust-policy', policy, workspace);
    let trust;
    try {
        trust = (0,_trust_policy_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTrustPolicy */ .GS)(text.toString('utf8'));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-policy: ${policy} cannot be used: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
            nextStep: 'Correct the trust policy. docs/notation.md has an example for certificates and one for AWS Signer.',
            cause: error,
        });
    }
    const certificates = [];
    for (const named of trust.stores) {
        for (const name of await namesIn(named, store, workspace)) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(store, 'x509', named.type, named.name, name);
            certificates.push({
                store: named,
                name,
                bytes: await readInput('notation-trust-store', path, workspace),
            });
            if (certificates.length > MOST_CERTIFICATES) {
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: ${store} has more than ${MOST_CERTIFICATES} certificates for this trust policy.`, { nextStep: 'Remove the certificates that are no longer needed.' });
            }
        }
    }
    return { ...trust, certificates };
}
async function readInput(input, path, workspace) {
    const most = input === 'notation-trust-policy' ? MOST_POLICY_BYTES : MOST_CERTIFICATE_BYTES;
    const real = await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .regularFile */ .VI)(input, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), workspace, most);
    try {
        if (real === undefined)
            throw new Error('it does not exist');
        return await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .readRegularFile */ .XF)(real, most);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input ${input}: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
            cause: error,
        });
    }
}
async function namesIn({ type, name }, store, workspace) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(store, 'x509', type, name);
    const { real, missing } = await (0,_files_js__WEBPACK_IMPORTED_MODULE_3__/* .wayToInput */ .Lo)('notation-trust-store', (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), workspace);
    let names = [];
    if (missing.length === 0) {
        try {
            names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(real);
        }
        catch (error) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}.`, {
                cause: error,
            });
        }
    }
    if (names.length > 0)
        return names.toSorted();
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GateError */ .ue('input', `Input notation-trust-store: the trust policy names the trust store ${type}:${name}, but ${path} has no certificates.`, { nextStep: `Put the certificates into ${path}, or correct the trust policy.` });
}


/***/ }),

/***/ 7775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bG: () => (/* binding */ requireSupport),
/* harmony export */   i$: () => (/* binding */ requireAnnotations),
/* harmony export */   it: () => (/* binding */ requireIdToken),
/* harmony export */   vZ: () => (/* binding */ requireKeyFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _cosign_release_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2526);



function requireIdToken(key, environment) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
    if (key.kind !== 'keyless' || (url && token))
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('signing', 'Keyless signing requires the permission id-token: write, which this job does not have.', { nextStep: 'Add "permissions: id-token: write" to the job.' });
}
function requireAnnotations(annotations) {
    for (const [name, value] of Object.entries(annotations)) {
        if (value.includes('=')) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('input', `Input signature-annotations: the value of ${name} contains "=", which cosign cannot sign.`, { nextStep: 'For example: signature-annotations: commit=0f3c1e2' });
        }
    }
}
function requireSupport({ version, path }, settings) {
    const unsupported = (0,_cosign_release_js__WEBPACK_IMPORTED_MODULE_2__/* .unsupportedRequest */ .Dr)(version, settings);
    if (unsupported === undefined)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('signing', `cosign ${version} (${path}) ${unsupported}.`, {
        nextStep: `Use cosign ${_cosign_release_js__WEBPACK_IMPORTED_MODULE_2__/* .COSIGN_VERSION */ .Lr} or newer: remove cosign 2 from PATH, and do not set cosign-version to it.`,
    });
}
async function requireKeyFile(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(path, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.R_OK);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('input', `Input signing-key: the key file ${path} cannot be read.`, {
            nextStep: 'Give the path of a cosign private key, or a KMS key: awskms:///ARN.',
            cause: error,
        });
    }
}


/***/ }),

/***/ 5677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
async function retry(attempt, { deadline, attempts, firstPauseMs = FIRST_PAUSE_MS }) {
    for (let made = 1;; made += 1) {
        const { value, again } = await attempt();
        if (!again || made >= attempts || deadline.signal.aborted)
            return value;
        await deadline.sleep(Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (made - 1)));
    }
}


/***/ }),

/***/ 6203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G_: () => (/* binding */ SUMMARY_TYPE),
/* harmony export */   HV: () => (/* binding */ VERIFIER_ID),
/* harmony export */   L_: () => (/* binding */ readSummary),
/* harmony export */   Ms: () => (/* binding */ weakenedPolicySha256),
/* harmony export */   N: () => (/* binding */ resourceUri),
/* harmony export */   Ob: () => (/* binding */ verificationSummary),
/* harmony export */   UG: () => (/* binding */ summaryTime),
/* harmony export */   Z$: () => (/* binding */ vulnerabilityReport),
/* harmony export */   Z1: () => (/* binding */ EXTENSIONS),
/* harmony export */   ak: () => (/* binding */ policyDigests),
/* harmony export */   e9: () => (/* binding */ VULNERABILITIES_TYPE),
/* harmony export */   sn: () => (/* binding */ PASSED_LEVEL)
/* harmony export */ });
/* unused harmony exports THRESHOLDS_URI, thresholdsPolicy */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7934);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);



const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';
const VULNERABILITIES_TYPE = 'https://in-toto.io/attestation/vulns/v0.2';
const NAMESPACE = 'urn:ecr-deployment-gate';
const VERIFIER_ID = NAMESPACE;
const THRESHOLDS_URI = `${NAMESPACE}:thresholds`;
const WEAKENED_THRESHOLDS_URI = `${NAMESPACE}:weakened-thresholds`;
const PASSED_LEVEL = 'ECR_DEPLOYMENT_GATE_PASSED';
const EXTENSIONS = {
    verdict: `${NAMESPACE}:verdict`,
    thresholds: `${NAMESPACE}:thresholds`,
    counts: `${NAMESPACE}:counts`,
    exceptions: `${NAMESPACE}:exceptions`,
    baseline: `${NAMESPACE}:baseline`,
    baseImages: `${NAMESPACE}:base-images`,
    weakened: `${NAMESPACE}:weakened`,
    scannedAt: `${NAMESPACE}:scanned-at`,
    policyFile: `${NAMESPACE}:policy-file`,
};
const Uri = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is not a URI'));
const Sha256 = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest in hex'));
const Time = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .regex */ .yGV(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i, 'is not an RFC 3339 time'), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((text) => !Number.isNaN(Date.parse(text)), 'is not a time'));
const Level = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq());
const OwnLevel = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(Level, valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((level) => !level.startsWith('SLSA_'), 'SLSA_ is reserved'));
const DigestSet = valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP());
const SummarySchema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    verifier: valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ id: Uri, version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP())) }),
    timeVerified: Time,
    resourceUri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
    policy: valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ uri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()), digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(DigestSet) }),
    verificationResult: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KIO(['PASSED', 'FAILED']),
    verifiedLevels: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Level),
    [EXTENSIONS.policyFile]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ digest: DigestSet })), undefined),
    [EXTENSIONS.weakened]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .fallback */ .NpB(valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(true)]))), undefined),
});
const AttachedSummary = valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    ...SummarySchema.entries,
    resourceUri: Uri,
    policy: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ uri: Uri, digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) }),
    verificationResult: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('PASSED'),
    verifiedLevels: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(OwnLevel), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
    [EXTENSIONS.policyFile]: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) })),
    inputAttestations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ uri: Uri, digest: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ sha256: Sha256 }) })), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq())),
}), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6Y((summary) => Object.keys(summary).every((name) => name in SummarySchema.entries || name === 'inputAttestations' || valibot__WEBPACK_IMPORTED_MODULE_2__.is(Uri, name)), 'has a field that is not in the specification and whose name is not a URI'));
const AttachedVulnerabilities = valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    scanner: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        uri: Uri,
        version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
        db: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
            uri: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(Uri),
            version: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
            lastUpdate: Time,
        }),
        result: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
            id: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .nonEmpty */ .hq()),
            severity: valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ method: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), score: valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() })),
            annotations: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()))),
        })),
    }),
    metadata: valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ scanStartedOn: Time, scanFinishedOn: Time }),
});
function resourceUri(registry, repository) {
    return `oci://${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .plainName */ .MH)(registry, repository)}`;
}
function thresholdsPolicy(thresholds) {
    return { uri: THRESHOLDS_URI, sha256: sha256Of(named(thresholds)) };
}
function named({ failOn, warnOn, ignoreUnfixed, scanType }) {
    return { 'fail-on': failOn, 'ignore-unfixed': ignoreUnfixed, 'scan-type': scanType, 'warn-on': warnOn };
}
function verificationSummary(input) {
    const { policy, file } = attestedPolicy(input);
    const predicate = {
        verifier: { id: VERIFIER_ID, version: { 'ecr-deployment-gate': input.actionVersion } },
        timeVerified: input.verifiedAt.toISOString(),
        resourceUri: input.resourceUri,
        policy,
        ...inputAttestationsOf(input),
        verificationResult: 'PASSED',
        verifiedLevels: [...input.verifiedLevels],
        ...(file === undefined ? {} : { [EXTENSIONS.policyFile]: file }),
        [EXTENSIONS.verdict]: input.verdict,
        [EXTENSIONS.thresholds]: named(input.thresholds),
        [EXTENSIONS.counts]: { ...input.counts },
        [EXTENSIONS.exceptions]: input.exceptionsUsed.map((exception) => ({
            id: exception.id,
            ...(exception.reason === undefined ? {} : { reason: exception.reason }),
            ...(exception.expires === undefined ? {} : { expires: exception.expires.toISOString() }),
            ...(exception.approvedBy === undefined ? {} : { approvedBy: exception.approvedBy }),
            ...(exception.ticket === undefined ? {} : { ticket: exception.ticket }),
        })),
        ...(input.baseline === undefined ? {} : { [EXTENSIONS.baseline]: input.baseline }),
        ...(isEmpty(input.baseImages ?? []) ? {} : { [EXTENSIONS.baseImages]: input.baseImages }),
        ...(isEmpty(input.weakening) ? {} : { [EXTENSIONS.weakened]: sorted(input.weakening) }),
        ...(input.scannedAt === undefined ? {} : { [EXTENSIONS.scannedAt]: input.scannedAt.toISOString() }),
    };
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(AttachedSummary, predicate);
    return { type: SUMMARY_TYPE, predicate };
}
function inputAttestationsOf({ inputAttestations = [] }) {
    if (isEmpty(inputAttestations))
        return {};
    return {
        inputAttestations: inputAttestations.map(({ uri, digest }) => ({
            uri,
            digest: { sha256: digest.replace(/^sha256:/, '') },
        })),
    };
}
function attestedPolicy({ policy, thresholds, weakening }) {
    const isWeak = !isEmpty(weakening);
    const attested = (sha256) => ({
        digest: { sha256: isWeak ? weakenedPolicySha256(sha256, weakening) : sha256 },
    });
    if (policy === undefined) {
        const { uri, sha256 } = thresholdsPolicy(thresholds);
        return { policy: { uri: isWeak ? WEAKENED_THRESHOLDS_URI : uri, ...attested(sha256) }, file: undefined };
    }
    const path = policy.uri.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@');
    const isUri = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(policy.uri);
    const name = isUri ? policy.uri : `${NAMESPACE}:policy:${path}`;
    return {
        policy: { uri: isWeak ? `${NAMESPACE}:weakened-policy:${path}` : name, ...attested(policy.policySha256) },
        file: attested(policy.sha256),
    };
}
function weakenedPolicySha256(policySha256, weakening) {
    return sha256Of(sorted({ ...weakening, policy: `sha256:${policySha256}` }));
}
function sorted(values) {
    return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
function isEmpty(values) {
    return Object.keys(values).length === 0;
}
function sha256Of(json) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(json)).digest('hex');
}
const SCANNERS = {
    enhanced: { uri: 'https://aws.amazon.com/inspector/', method: 'amazon-inspector' },
    basic: {
        uri: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html',
        method: 'amazon-ecr',
    },
};
function vulnerabilityReport({ scanType, findings, scannedAt }) {
    const { uri, method } = SCANNERS[scanType];
    const times = scannedAt.map((date) => date.getTime()).sort((a, b) => a - b);
    const time = (ms) => (ms === undefined ? '' : new Date(ms).toISOString());
    const predicate = {
        scanner: {
            uri,
            db: { lastUpdate: time(times[0]) },
            result: findings.map(({ id, severity, score, effect, packages, platforms }) => ({
                id,
                severity: [
                    { method, score: severity },
                    ...(score === undefined ? [] : [{ method: `${method}-score`, score: String(score) }]),
                ],
                annotations: [{ effect, packages: packages.join(', '), platforms: platforms.join(', ') }],
            })),
        },
        metadata: { scanStartedOn: time(times[0]), scanFinishedOn: time(times.at(-1)) },
    };
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .parse */ .qgA(AttachedVulnerabilities, predicate);
    return { type: VULNERABILITIES_TYPE, predicate };
}
function policyDigests(summary) {
    return [summary.policy.digest?.sha256, summary[EXTENSIONS.policyFile]?.digest.sha256].filter((sha256) => sha256 !== undefined);
}
function summaryTime({ timeVerified }) {
    return Date.parse(timeVerified);
}
function readSummary(predicate) {
    const result = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xLC(SummarySchema, predicate, { abortEarly: true });
    return result.success ? result.output : undefined;
}


/***/ }),

/***/ 1668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ isRevocation),
  V: () => (/* binding */ revocationsOf)
});

// EXTERNAL MODULE: ./lib/signing/statements/predicate.js
var statements_predicate = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
;// CONCATENATED MODULE: ./lib/signing/statements/repository-name.js


const MOST_RESOURCE_CHARACTERS = 1_000;
const SCHEME = /^(?:(oci|docker|https?):\/\/)?/i;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/;
function isClearlyOther(resource, expected) {
    if (typeof resource !== 'string' || resource.length > MOST_RESOURCE_CHARACTERS)
        return false;
    const text = resource.trim().toLowerCase();
    const [start, scheme] = SCHEME.exec(text) ?? [''];
    const [host = '', ...path] = text.slice(start.length).split('/');
    const registry = host.replace(/\.$|\.?:(?:443|80)$/, '');
    const repository = path
        .join('/')
        .replace(/[?#].*$/, '')
        .replace(/@.*$/, '')
        .replace(/:[^/]*$/, '')
        .replace(/\/+$/, '');
    const names = [repository, repository.replace(/^v2\//, '')].map((name) => canonical(registry, name, scheme));
    return names.every((name) => name !== undefined && name !== expected);
}
function canonical(host, repository, scheme) {
    try {
        const { registry, repository: name } = (0,reference/* parseReference */.F2)(`${host}/${repository}`);
        return (0,statements_predicate/* resourceUri */.N)(registry, name);
    }
    catch (error) {
        if (!(error instanceof reference/* InvalidReference */.ft))
            throw error;
        const isRegistry = DOMAIN.test(host) && !host.includes('dkr') && !scheme?.startsWith('http');
        return isRegistry && (0,reference/* isRepository */.Z6)(repository) ? `oci://${host}/${repository}` : undefined;
    }
}

// EXTERNAL MODULE: ./lib/signing/statements/spelling.js
var spelling = __webpack_require__(6254);
// EXTERNAL MODULE: ./lib/signing/statements/statement.js
var statements_statement = __webpack_require__(9283);
;// CONCATENATED MODULE: ./lib/signing/statements/revocation.js




function isRevocation({ predicateType, predicate }) {
    if (!(0,statements_statement/* isSummaryType */.NV)(predicateType))
        return false;
    if (!(0,spelling/* isRecord */.u4)(predicate))
        return true;
    const results = (0,spelling/* valuesOf */.sm)(predicate, 'verificationResult');
    const levels = [...(0,spelling/* valuesOf */.sm)(predicate, 'verifiedLevels'), ...(0,spelling/* valuesOf */.sm)(predicate, 'policyLevel')].flat();
    const verdicts = (0,spelling/* valuesOf */.sm)(predicate, statements_predicate/* EXTENSIONS */.Z1.verdict);
    return (results.length === 0 ||
        results.some((result) => result !== 'PASSED') ||
        levels.some((level) => typeof level === 'string' && /^\s*fail(?:ed)?\s*$/i.test(level)) ||
        verdicts.some((verdict) => verdict !== 'pass' && verdict !== 'warn'));
}
function revocationsOf(statements, { digest, resourceUri, promotedFrom = [] }) {
    const revocations = [];
    const notCounted = [];
    for (const statement of statements.filter(isRevocation)) {
        const summary = (0,spelling/* isRecord */.u4)(statement.predicate) ? statement.predicate : {};
        const resources = (0,spelling/* valuesOf */.sm)(summary, 'resourceUri');
        const counted = [resourceUri, ...promotedFrom];
        const isOther = resources.length > 0 &&
            resources.every((uri) => counted.every((expected) => isClearlyOther(uri, expected)));
        const time = quoted(summary.timeVerified) ?? 'an unknown time';
        const written = quoted(summary.verificationResult) ?? 'nothing';
        const result = written === 'PASSED' ? 'FAILED' : written;
        if ((0,statements_statement/* isAbout */.KH)(statement, digest) && !isOther) {
            revocations.push({ statement, at: dateOf(statement), time, result });
        }
        else {
            const subject = isOther ? quoted(resources[0]) : (statement.subjects[0]?.digest ?? 'no digest');
            notCounted.push(`one of ${time} that says ${result} is for ${subject}`);
        }
    }
    return { revocations, notCounted };
}
const MOST_QUOTED_CHARACTERS = 300;
function quoted(value) {
    return typeof value === 'string' ? value.slice(0, MOST_QUOTED_CHARACTERS) : undefined;
}
const FIRST_SUMMARIES = Date.parse('2020-01-01T00:00:00Z');
function dateOf({ predicate }) {
    const summary = (0,statements_predicate/* readSummary */.L_)(predicate);
    if (summary === undefined || (0,spelling/* spelledTwice */.gD)(predicate))
        return undefined;
    return (0,statements_predicate/* summaryTime */.UG)(summary) < FIRST_SUMMARIES ? undefined : new Date((0,statements_predicate/* summaryTime */.UG)(summary));
}


/***/ }),

/***/ 6254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gD: () => (/* binding */ spelledTwice),
/* harmony export */   sm: () => (/* binding */ valuesOf),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function valuesOf(record, field) {
    return Object.entries(record).flatMap(([key, value]) => (spelling(key) === spelling(field) ? [value] : []));
}
function spelling(key) {
    return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}
function spelledTwice(record) {
    if (!isRecord(record))
        return false;
    const keys = Object.keys(record).map(spelling);
    return new Set(keys).size < keys.length;
}


/***/ }),

/***/ 9283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ readLoosely),
/* harmony export */   GX: () => (/* binding */ statementsOf),
/* harmony export */   KH: () => (/* binding */ isAbout),
/* harmony export */   NV: () => (/* binding */ isSummaryType),
/* harmony export */   hg: () => (/* binding */ statementIn),
/* harmony export */   qP: () => (/* binding */ verifiedPayloads)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6413);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6203);
/* harmony import */ var _spelling_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6254);




function statementsOf(stdout) {
    return stdout.split('\n').flatMap((line) => statementOf(line) ?? []);
}
function statementOf(line) {
    try {
        const envelope = JSON.parse(line);
        if (envelope.payloadType !== 'application/vnd.in-toto+json')
            return undefined;
        return statementIn(Buffer.from(envelope.payload, 'base64').toString('utf8'));
    }
    catch {
        return undefined;
    }
}
function verifiedPayloads(stdout) {
    return new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
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
function statementIn(text) {
    try {
        const statement = JSON.parse(text);
        const { predicateType, subject, predicate } = statement;
        if (typeof predicateType !== 'string')
            return undefined;
        const subjects = subject.flatMap((one) => {
            const sha256 = one?.digest?.sha256;
            const digest = typeof sha256 === 'string' ? `sha256:${sha256}` : '';
            return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest) ? [{ digest, annotations: one?.annotations }] : [];
        });
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(text, statement))
            return { predicateType, subjects, predicate };
        return isSummaryType(predicateType) ? { predicateType, subjects, predicate: undefined } : undefined;
    }
    catch {
        return undefined;
    }
}
function readLoosely(payload) {
    let value;
    try {
        value = JSON.parse(payload);
    }
    catch {
        return undefined;
    }
    if (!(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(value))
        return undefined;
    const hasDuplicateKey = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(payload, value);
    const types = flattened((0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'predicateType')).filter((type) => typeof type === 'string');
    const summaryType = hasDuplicateKey && isSummaryType(payload) ? _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_ : types.find(isSummaryType);
    const predicateType = summaryType ?? types[0];
    if (predicateType === undefined)
        return undefined;
    const predicates = (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'predicate');
    return {
        predicateType,
        subjects: flattened([...(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'subject'), ...(0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(value, 'subjects')]).flatMap(subjectsIn),
        predicate: hasDuplicateKey || types.length > 1 || predicates.length > 1 ? undefined : predicates[0],
    };
}
function subjectsIn(subject) {
    const digests = (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(subject)
        ? flattened((0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .valuesOf */ .sm)(subject, 'digest'), (digest) => (0,_spelling_js__WEBPACK_IMPORTED_MODULE_3__/* .isRecord */ .u4)(digest) ? Object.values(digest) : undefined)
        : [subject];
    return digests.flatMap((text) => {
        if (typeof text !== 'string')
            return [];
        const digest = `sha256:${text
            .trim()
            .toLowerCase()
            .replace(/^sha256:/, '')}`;
        return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest) ? [{ digest, annotations: undefined }] : [];
    });
}
function flattened(list, inside = () => undefined) {
    const items = [];
    const open = [...list].reverse();
    while (open.length > 0) {
        const item = open.pop();
        const more = Array.isArray(item) ? item : inside(item);
        if (more === undefined)
            items.push(item);
        else
            for (let at = more.length - 1; at >= 0; at -= 1)
                open.push(more[at]);
    }
    return items;
}
function isAbout({ subjects }, digest) {
    return subjects.some((subject) => subject.digest === digest);
}
function isSummaryType(type) {
    return type
        .toLowerCase()
        .replaceAll(/[^a-z]/g, '')
        .includes('verificationsummary');
}


/***/ }),

/***/ 1190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ policyText),
/* harmony export */   h: () => (/* binding */ decideSummaries)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6146);
/* harmony import */ var _predicate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6203);
/* harmony import */ var _revocation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1668);
/* harmony import */ var _spelling_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6254);
/* harmony import */ var _statement_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9283);






function decideSummaries(statements, expected) {
    const { revocations, notCounted } = (0,_revocation_js__WEBPACK_IMPORTED_MODULE_3__/* .revocationsOf */ .V)(statements, expected);
    const refused = (why, revokedBy, nextStep) => ({
        accepted: false,
        why,
        revokedBy,
        nextStep,
        notCounted,
    });
    const ofType = statements.filter(({ predicateType }) => (0,_statement_js__WEBPACK_IMPORTED_MODULE_4__/* .isSummaryType */ .NV)(predicateType));
    const ofDigest = ofType.filter((statement) => (0,_statement_js__WEBPACK_IMPORTED_MODULE_4__/* .isAbout */ .KH)(statement, expected.digest));
    if (ofType.length === 0)
        return refused('it has no verification summary by this signer');
    if (ofDigest.length === 0)
        return refused('its verification summary is for another digest');
    const undated = revocations.find(({ at }) => at === undefined);
    if (undated !== undefined) {
        return refused('one of its verification summaries does not say PASSED, and a required field of it, such as its time, is missing or duplicated', undated.statement);
    }
    const now = expected.now?.getTime();
    const checked = ofDigest
        .filter((statement) => !(0,_revocation_js__WEBPACK_IMPORTED_MODULE_3__/* .isRevocation */ .b)(statement))
        .map((statement) => ({ statement, ...checkSummary(statement, expected, now) }));
    const newest = checked
        .flatMap(({ summary }) => summary ?? [])
        .toSorted((a, b) => (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(b) - (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(a))[0];
    const revocation = revocations
        .toSorted((a, b) => Number(b.at) - Number(a.at))
        .find(({ at }) => newest === undefined || Number(at) >= (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest));
    if (revocation !== undefined) {
        const why = `its newest verification summary, of ${revocation.time}, says ${revocation.result}`;
        return refused(why, revocation.statement);
    }
    if (newest === undefined || now === undefined) {
        const nearest = checked.toSorted((a, b) => b.distance - a.distance)[0];
        if (nearest?.otherPolicy === undefined) {
            return refused(nearest?.why ?? 'it has no verification summary by this signer that says PASSED');
        }
        const others = [...new Set(checked.flatMap(({ otherPolicy }) => otherPolicy ?? []))];
        return refused(otherPolicyText(others, expected.policies ?? []), undefined, OTHER_POLICY);
    }
    const ageMs = Math.max(0, now - (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest));
    if (expected.maxAgeMs !== undefined && ageMs > expected.maxAgeMs) {
        return refused(`its verification summary, of ${newest.timeVerified}, is too old`);
    }
    const older = revocations.map(({ result, time }) => `one of ${time} that says ${result} is older`);
    return {
        accepted: true,
        summary: newest,
        at: new Date((0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(newest)),
        ageMs,
        notCounted: [...notCounted, ...older],
    };
}
const OTHER_POLICY = 'Run the gate for this image again with attest: true, and with the policy that is expected here. If the policy was changed, see "Rotate keys and policies" in docs/roll-out.md: for a limited time, the step can accept both.';
const MOST_LISTED = 5;
function otherPolicyText(found, expected) {
    const listed = (items, separator) => {
        const more = items.length - MOST_LISTED;
        return [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])].join(separator);
    };
    const what = found.length === 1
        ? 'its verification summary names another policy'
        : 'its verification summaries name other policies';
    const wanted = listed(expected.map((sha256) => `sha256:${sha256}`), ' or ');
    return `${what} (${listed(found, '; ')}) than ${wanted}`;
}
function checkSummary({ predicateType, predicate }, expected, now) {
    const not = (distance, why, otherPolicy) => ({
        summary: undefined,
        why,
        distance,
        otherPolicy,
    });
    const summary = (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .readSummary */ .L_)(predicate);
    if (predicateType !== _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_) {
        return not(0, `its verification summary has the type ${predicateType}, not ${_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .SUMMARY_TYPE */ .G_}`);
    }
    if (summary === undefined)
        return not(1, 'its verification summary lacks required fields');
    const contradiction = contradictionIn(predicate, summary);
    if (contradiction !== undefined)
        return not(1, `its verification summary ${contradiction}`);
    const { verifier, policy, timeVerified } = summary;
    if (verifier.id !== _predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .VERIFIER_ID */ .HV) {
        return not(2, `its verification summary was made by ${verifier.id}, not by this gate`);
    }
    const resources = [expected.resourceUri, ...(expected.promotedFrom ?? [])];
    if (!resources.includes(summary.resourceUri)) {
        const wanted = resources.join(' or ');
        return not(3, `its verification summary is for ${summary.resourceUri}, not for ${wanted}`);
    }
    if (!isExpectedPolicy(summary, expected)) {
        return not(4, 'its verification summary names another policy', policyText(summary));
    }
    if (!isSha256(policy.digest?.sha256)) {
        return not(4, 'its verification summary does not name the SHA-256 of its policy');
    }
    if (now === undefined) {
        return not(5, 'AWS responses had no Date header, so the age of its verification summary is unknown');
    }
    if ((0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .summaryTime */ .UG)(summary) - now > _time_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOCK_SKEW_MS */ .rn) {
        return not(5, `its verification summary is dated ${timeVerified}, which is in the future`);
    }
    return { summary, why: undefined, distance: 6 };
}
function contradictionIn(predicate, { verifiedLevels, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.policyFile]: file }) {
    const { verifier, policy } = predicate;
    if ([predicate, verifier, policy, policy.digest, file?.digest].some(_spelling_js__WEBPACK_IMPORTED_MODULE_5__/* .spelledTwice */ .gD)) {
        return 'has a field in two spellings';
    }
    return verifiedLevels.length === 0 ? 'says PASSED but names no verified level' : undefined;
}
function isSha256(text) {
    return text !== undefined && (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(`sha256:${text}`);
}
function isExpectedPolicy(summary, { policies, equivalentSha256 = [] }) {
    if (policies === undefined)
        return true;
    return (0,_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .policyDigests */ .ak)(summary).some((sha256) => policies.includes(sha256) || equivalentSha256.includes(sha256));
}
function policyText({ policy, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.policyFile]: file, [_predicate_js__WEBPACK_IMPORTED_MODULE_2__/* .EXTENSIONS */ .Z1.weakened]: weakening = {}, }) {
    const { uri = 'no URI', digest } = policy;
    const known = digest?.sha256 === undefined ? uri : `${uri} sha256:${digest.sha256}`;
    const name = file?.digest.sha256 === undefined ? known : `${known}, file sha256:${file.digest.sha256}`;
    const by = Object.entries(weakening).map(([input, value]) => value === true ? input : `${input}: ${value}`);
    return by.length === 0 ? name : `${name}, weakened by ${by.join(' and ')}`;
}


/***/ }),

/***/ 6889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ ownVerifier),
/* harmony export */   q: () => (/* binding */ keyVerifier)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6762);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(452);
/* harmony import */ var _cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4155);
/* harmony import */ var _cosign_session_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6971);






async function ownVerifier(session, key) {
    if (key.kind === 'keyless')
        return { kind: 'identity', ...(await workflowIdentity(session.ports)) };
    return keyVerifier(session, key);
}
async function keyVerifier(session, key, fileName = 'public-key.pem') {
    const { ports, home } = session;
    if (key.kind === 'kms')
        return { kind: 'key', reference: key.reference };
    const result = await (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_5__/* .call */ .T1)(session, (0,_cosign_arguments_js__WEBPACK_IMPORTED_MODULE_4__/* .publicKeyArguments */ .jL)(key), undefined);
    if (ports.deadline.signal.aborted)
        throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .interrupted */ .VM)(ports.deadline, `reading the key file ${key.path}`);
    if (result.exitCode !== 0 || !result.stdout.includes('BEGIN PUBLIC KEY')) {
        const { message, nextStep } = (0,_cosign_session_js__WEBPACK_IMPORTED_MODULE_5__/* .failureOf */ .g5)(result);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', `cosign cannot read the key file ${key.path}: ${message}`, { nextStep });
    }
    const reference = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, fileName);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(reference, result.stdout, { mode: 0o600 });
    return { kind: 'key', reference, publicKey: result.stdout };
}
async function workflowIdentity(ports) {
    const { job_workflow_ref: workflow, iss: issuer } = await tokenClaims(ports);
    if (typeof workflow !== 'string' || typeof issuer !== 'string') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', 'GitHub’s OIDC token does not name the workflow that signs.');
    }
    const server = ports.environment.GITHUB_SERVER_URL || 'https://github.com';
    return { identity: `${server}/${workflow}`, issuer };
}
async function tokenClaims(ports) {
    try {
        const [, payload = ''] = (await ports.identityToken('sigstore')).split('.');
        return { ...JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) };
    }
    catch (error) {
        const why = error instanceof SyntaxError ? 'it is not a JSON web token' : (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('signing', `GitHub’s OIDC token could not be requested: ${why}`, {
            nextStep: 'Add "permissions: id-token: write" to the job.',
        });
    }
}


/***/ }),

/***/ 2901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ compareVersions)
});

// EXTERNAL MODULE: ./node_modules/@renovatebot/pep440/index.js
var pep440 = __webpack_require__(8898);
// EXTERNAL MODULE: ./lib/text.js
var lib_text = __webpack_require__(8804);
;// CONCATENATED MODULE: ./lib/versions/order.js

function orderOf(difference) {
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
function compareNumerals(a, b) {
    const left = a.replace(/^0+/, '');
    const right = b.replace(/^0+/, '');
    return orderOf(left.length - right.length) || (0,lib_text/* compareTexts */.qy)(left, right);
}
function compareNumeralLists(a, b) {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
        const order = compareNumerals(a[at] ?? '', b[at] ?? '');
        if (order !== 0)
            return order;
    }
    return 0;
}

;// CONCATENATED MODULE: ./lib/versions/apk.js


const FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?<letter>[a-z])?(?<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(?<revision>\d+))?$/;
const BEFORE_RELEASE = ['alpha', 'beta', 'pre', 'rc'];
const SUFFIXES = [...BEFORE_RELEASE, 'cvs', 'svn', 'git', 'hg', 'p'];
function compareApk(a, b) {
    const left = FORMAT.exec(a)?.groups;
    const right = FORMAT.exec(b)?.groups;
    if (left === undefined || right === undefined)
        return undefined;
    const numbers = compareNumbers(left.numbers ?? '', right.numbers ?? '');
    if (numbers !== 0)
        return numbers;
    return ((0,lib_text/* compareTexts */.qy)(left.letter ?? '', right.letter ?? '') ||
        compareSuffixes(left.suffixes ?? '', right.suffixes ?? '') ||
        orderOf(Number(left.revision !== undefined) - Number(right.revision !== undefined)) ||
        compareNumerals(left.revision ?? '', right.revision ?? ''));
}
function compareNumbers(a, b) {
    const [leftFirst = '', ...left] = a.split('.');
    const [rightFirst = '', ...right] = b.split('.');
    const first = compareNumerals(leftFirst, rightFirst);
    if (first !== 0)
        return first;
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
        const order = compareFurther(left[at] ?? '', right[at] ?? '');
        if (order !== 0)
            return order;
    }
    return orderOf(left.length - right.length);
}
function compareFurther(a, b) {
    if (!a.startsWith('0') && !b.startsWith('0'))
        return compareNumerals(a, b);
    const third = (0,lib_text/* compareTexts */.qy)(a, b);
    const second = compareNumerals(leadingZeros(b), leadingZeros(a)) || compareNumerals(a, b);
    return third === second ? third : undefined;
}
function leadingZeros(numeral) {
    return String(/^0*/.exec(numeral)?.[0].length ?? 0);
}
function compareSuffixes(a, b) {
    const left = a.split('_').slice(1);
    const right = b.split('_').slice(1);
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = compareSuffix(left[at], right[at]);
        if (order !== 0)
            return order;
    }
    return 0;
}
function compareSuffix(a, b) {
    const [, leftName = '', leftNumber = ''] = /^([a-z]+)(\d*)$/.exec(a ?? '') ?? [];
    const [, rightName = '', rightNumber = ''] = /^([a-z]+)(\d*)$/.exec(b ?? '') ?? [];
    return (orderOf(rank(leftName) - rank(rightName)) ||
        orderOf(Number(leftNumber !== '') - Number(rightNumber !== '')) ||
        compareNumerals(leftNumber, rightNumber));
}
function rank(name) {
    if (name === '')
        return BEFORE_RELEASE.length;
    const at = SUFFIXES.indexOf(name);
    return at < BEFORE_RELEASE.length ? at : at + 1;
}

;// CONCATENATED MODULE: ./lib/versions/composer.js

const composer_FORMAT = /^v?(?<numbers>\d+(?:\.\d+){0,3})(?:[._-]?(?<stability>stable|alpha|a|beta|b|rc|patch|pl|p)(?<further>(?:[.-]?\d+)*)|[.-]?(?<dev>dev))?(?:\+[0-9A-Za-z.-]+)?$/i;
const STABILITIES = new Map(Object.entries({ dev: 0, alpha: 1, a: 1, beta: 2, b: 2, rc: 3, stable: 4, patch: 5, pl: 5, p: 5 }));
function compareComposer(a, b) {
    const left = parse(a);
    const right = parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    const numbers = compareNumeralLists(left.numbers, right.numbers);
    if (numbers === 0 && left.numbers.length !== right.numbers.length)
        return undefined;
    return numbers || orderOf(left.rank - right.rank) || composer_compareFurther(left.further, right.further);
}
function parse(text) {
    const groups = composer_FORMAT.exec(text)?.groups;
    if (groups?.numbers === undefined)
        return undefined;
    const { numbers, stability, dev, further = '' } = groups;
    const rank = STABILITIES.get((stability ?? dev ?? 'stable').toLowerCase());
    if (rank === undefined || (stability?.toLowerCase() === 'stable' && further !== ''))
        return undefined;
    return { numbers: numbers.split('.'), rank, further: further.match(/\d+/g) ?? [] };
}
function composer_compareFurther(a, b) {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
        const order = compareNumerals(a[at] ?? '', b[at] ?? '');
        if (order !== 0)
            return order;
    }
    return orderOf(a.length - b.length);
}

;// CONCATENATED MODULE: ./lib/versions/dpkg.js

function compareDpkg(a, b) {
    const left = dpkg_parse(a);
    const right = dpkg_parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    return (compareNumerals(left.epoch, right.epoch) ||
        comparePart(left.upstream, right.upstream) ||
        comparePart(left.revision, right.revision));
}
function dpkg_parse(text) {
    const groups = /^(?:(?<epoch>\d+):)?(?<upstream>\d[A-Za-z0-9.+~:-]*?)(?:-(?<revision>[A-Za-z0-9.+~]+))?$/.exec(text)?.groups;
    const { epoch, upstream = '', revision } = groups ?? {};
    if (groups === undefined || (epoch === undefined && upstream.includes(':')))
        return undefined;
    if (revision === undefined && upstream.includes('-'))
        return undefined;
    return { epoch: epoch ?? '', upstream, revision: revision ?? '' };
}
function comparePart(a, b) {
    let left = a;
    let right = b;
    while (left !== '' || right !== '') {
        const [leftText = ''] = /^\D*/.exec(left) ?? [];
        const [rightText = ''] = /^\D*/.exec(right) ?? [];
        const texts = compareCharacters(leftText, rightText);
        if (texts !== 0)
            return texts;
        left = left.slice(leftText.length);
        right = right.slice(rightText.length);
        const [leftDigits = ''] = /^\d*/.exec(left) ?? [];
        const [rightDigits = ''] = /^\d*/.exec(right) ?? [];
        const numerals = compareNumerals(leftDigits, rightDigits);
        if (numerals !== 0)
            return numerals;
        left = left.slice(leftDigits.length);
        right = right.slice(rightDigits.length);
    }
    return 0;
}
function compareCharacters(a, b) {
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
        const order = orderOf(weight(a[at]) - weight(b[at]));
        if (order !== 0)
            return order;
    }
    return 0;
}
function weight(character) {
    if (character === undefined)
        return 0;
    if (character === '~')
        return -1;
    return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}

;// CONCATENATED MODULE: ./lib/versions/gem.js


const PLATFORM = /-(?<platform>java|jruby|(?:x86|x64|x86_64|universal|arm|arm64|armv7l|aarch64|ppc64le|s390x|riscv64)-(?:linux|darwin|mingw|mingw32|mswin32|mswin64|freebsd)(?:-[a-z0-9]+)?)$/;
function compareGem(a, b) {
    const order = compareNumbered(a.replace(PLATFORM, ''), b.replace(PLATFORM, ''));
    return order === 0 && platformOf(a) !== platformOf(b) ? undefined : order;
}
function platformOf(text) {
    return PLATFORM.exec(text)?.groups?.platform;
}
function compareNumbered(a, b) {
    const left = segments(a);
    const right = segments(b);
    if (left === undefined || right === undefined)
        return undefined;
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = compareSegments(left[at] ?? '0', right[at] ?? '0');
        if (order !== 0)
            return order;
    }
    return 0;
}
function segments(text) {
    if (!/^\d+(\.[0-9A-Za-z]+)*$/.test(text))
        return undefined;
    const all = text.match(/\d+|[A-Za-z]+/g) ?? [];
    const firstLetters = all.findIndex((segment) => /^[A-Za-z]/.test(segment));
    const numbers = firstLetters === -1 ? all : all.slice(0, firstLetters);
    const rest = firstLetters === -1 ? [] : all.slice(firstLetters);
    return [...withoutZeros(numbers), ...withoutZeros(rest)];
}
function withoutZeros(parts) {
    return parts.slice(0, parts.findLastIndex((part) => !/^0+$/.test(part)) + 1);
}
function compareSegments(a, b) {
    const leftIsNumber = /^\d/.test(a);
    const rightIsNumber = /^\d/.test(b);
    if (leftIsNumber !== rightIsNumber)
        return leftIsNumber ? 1 : -1;
    return leftIsNumber ? compareNumerals(a, b) : (0,lib_text/* compareTexts */.qy)(a, b);
}

// EXTERNAL MODULE: ./node_modules/semver/functions/compare.js
var compare = __webpack_require__(8469);
// EXTERNAL MODULE: ./node_modules/semver/functions/parse.js
var functions_parse = __webpack_require__(6353);
;// CONCATENATED MODULE: ./lib/versions/semver.js


function compareSemver(a, b) {
    if (functions_parse(a) === null || functions_parse(b) === null)
        return undefined;
    return compare(a, b);
}

;// CONCATENATED MODULE: ./lib/versions/go.js


function compareGo(a, b) {
    if (isToolchain(a) || isToolchain(b)) {
        const left = toolchain(a);
        const right = toolchain(b);
        if (left === undefined || right === undefined)
            return undefined;
        return (compareNumerals(left.major, right.major) ||
            compareNumerals(left.minor, right.minor) ||
            orderOf(left.rank - right.rank) ||
            compareNumerals(left.number, right.number));
    }
    return compareSemver(full(a), full(b));
}
function isToolchain(text) {
    return /^(?:go.*|\d+\.\d+(?:beta\d+|rc\d+)?|\d+)$/.test(text);
}
const FIRST_WITH_PATCH = 21;
const RANKS = { '': 0, beta: 1, rc: 2, '.': 3 };
function toolchain(text) {
    const match = /^(?:go)?(\d+)(?:\.(\d+)(?:(beta|rc|\.)(\d+))?)?$/.exec(text);
    if (match === null)
        return undefined;
    const [, major = '', minor, kind = '', number = ''] = match;
    const isFirst = kind === '' && (minor === undefined || Number(minor) < FIRST_WITH_PATCH);
    return { major, minor: minor ?? '0', rank: RANKS[isFirst ? '.' : kind] ?? 0, number };
}
function full(text) {
    const bare = text.replace(/^v(?=\d)/, '');
    const missing = /^\d+(?:\.\d+)?$/.test(bare) ? 3 - bare.split('.').length : 0;
    return bare + '.0'.repeat(missing);
}

;// CONCATENATED MODULE: ./lib/versions/maven.js

const maven_FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?!\.?\d)(?<rest>.*)$/;
const EMPTY_PART = /[.-]{2}|[.-]$/;
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES = new Map([
    ['a', 'alpha'],
    ['b', 'beta'],
    ['m', 'milestone'],
    ['cr', 'rc'],
]);
const RELEASED = new Set(['final', 'ga', 'release']);
function compareMaven(a, b) {
    if (EMPTY_PART.test(a) || EMPTY_PART.test(b))
        return undefined;
    const left = maven_FORMAT.exec(a)?.groups;
    const right = maven_FORMAT.exec(b)?.groups;
    if (left?.numbers === undefined || right?.numbers === undefined)
        return undefined;
    const numbers = compareNumeralLists(left.numbers.split('.'), right.numbers.split('.'));
    if (numbers !== 0)
        return numbers;
    const leftRest = (left.rest ?? '').toLowerCase();
    const rightRest = (right.rest ?? '').toLowerCase();
    if (leftRest === rightRest)
        return 0;
    const leftQualifier = qualifier(leftRest);
    const rightQualifier = qualifier(rightRest);
    if (leftQualifier === undefined || rightQualifier === undefined)
        return undefined;
    return (orderOf(leftQualifier.rank - rightQualifier.rank) ||
        orderOf(Number(leftQualifier.number !== '') - Number(rightQualifier.number !== '')) ||
        compareNumerals(leftQualifier.number, rightQualifier.number));
}
function qualifier(rest) {
    if (rest === '')
        return { rank: QUALIFIERS.indexOf(''), number: '' };
    const [, dashed, word = dashed ?? '', number = ''] = /^(?:-([a-z]+)-(?=\d)|[.-]?([a-z]+))(\d+)?$/.exec(rest) ?? [];
    if (RELEASED.has(word))
        return number === '' ? qualifier('') : undefined;
    const alias = word.length === 1 && !/[a-z]\d/.test(rest) ? undefined : ALIASES.get(word);
    const name = alias ?? word;
    const rank = name === '' ? -1 : QUALIFIERS.indexOf(name);
    if (rank === -1 || /^0+$/.test(number))
        return undefined;
    return { rank, number };
}

;// CONCATENATED MODULE: ./lib/versions/rpm.js


function compareRpm(a, b) {
    const left = rpm_parse(a);
    const right = rpm_parse(b);
    if (left === undefined || right === undefined)
        return undefined;
    const order = compareNumerals(left.epoch, right.epoch) || rpm_comparePart(left.version, right.version);
    if (order !== 0)
        return order;
    if (left.release === right.release)
        return 0;
    if (left.release === undefined || right.release === undefined)
        return undefined;
    return rpm_comparePart(left.release, right.release);
}
function rpm_parse(text) {
    const groups = /^(?:(?<epoch>\d+):)?(?<version>[A-Za-z0-9._+~^]+)(?:-(?<release>[A-Za-z0-9._+~^]+))?$/.exec(text)?.groups;
    if (groups?.version === undefined)
        return undefined;
    return { epoch: groups.epoch ?? '', version: groups.version, release: groups.release };
}
function rpm_comparePart(a, b) {
    const left = rpm_segments(a);
    const right = rpm_segments(b);
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
        const order = rpm_compareSegments(left[at], right[at]);
        if (order !== 0)
            return order;
    }
    return 0;
}
function rpm_segments(text) {
    return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}
function rpm_compareSegments(a, b) {
    const kinds = kind(a) - kind(b);
    if (kinds !== 0)
        return kinds < 0 ? -1 : 1;
    if (a === undefined || b === undefined)
        return 0;
    return /^\d/.test(a) ? compareNumerals(a, b) : (0,lib_text/* compareTexts */.qy)(a, b);
}
function kind(segment) {
    if (segment === undefined)
        return 1;
    if (segment === '~')
        return 0;
    if (segment === '^')
        return 2;
    return /^\d/.test(segment) ? 4 : 3;
}

;// CONCATENATED MODULE: ./lib/versions/compare.js










const LONGEST = 200;
function compareVersions(ecosystem, a, b) {
    if (a.length > LONGEST || b.length > LONGEST)
        return undefined;
    return RULES[ecosystem ?? 'unknown'](a, b);
}
const RULES = {
    dpkg: compareDpkg,
    rpm: compareRpm,
    apk: compareApk,
    npm: compareSemver,
    cargo: compareSemver,
    go: compareGo,
    nuget,
    pep440: compare_pep440,
    maven: compareMaven,
    gem: compareGem,
    composer: compareComposer,
    unknown: plain,
};
function nuget(a, b) {
    const parse = (text) => {
        const match = /^(\d+(?:\.\d+){0,3})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
        return match && { numbers: (match[1] ?? '').split('.'), suffix: (match[2] ?? '').toLowerCase() };
    };
    const left = parse(a);
    const right = parse(b);
    if (!left || !right)
        return undefined;
    return (compareNumeralLists(left.numbers, right.numbers) ||
        compareSemver(`0.0.0${left.suffix}`, `0.0.0${right.suffix}`));
}
function compare_pep440(a, b) {
    if (/\d{16}/.test(a) || /\d{16}/.test(b))
        return undefined;
    if (!(0,pep440.valid)(a) || !(0,pep440.valid)(b))
        return undefined;
    return orderOf((0,pep440.compare)(a, b));
}
function plain(a, b) {
    if (a === b)
        return 0;
    const format = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/;
    if (!format.test(a) || !format.test(b))
        return undefined;
    return compareNumeralLists(a.split('.'), b.split('.')) || undefined;
}


/***/ }),

/***/ 6894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MU: () => (/* binding */ isRelease),
/* harmony export */   U8: () => (/* binding */ releasePrecision),
/* harmony export */   br: () => (/* binding */ systemOf),
/* harmony export */   f0: () => (/* binding */ isCodename),
/* harmony export */   zi: () => (/* binding */ isVendor)
/* harmony export */ });
const LONGEST = 60;
const DISTRIBUTIONS = [
    entry('deb', 1, 'DEBIAN', 'debian', '', {
        jessie: '8',
        stretch: '9',
        buster: '10',
        bullseye: '11',
        bookworm: '12',
        trixie: '13',
        forky: '14',
    }),
    entry('deb', 2, 'UBUNTU', 'ubuntu', '', {
        trusty: '14.04',
        xenial: '16.04',
        bionic: '18.04',
        focal: '20.04',
        jammy: '22.04',
        noble: '24.04',
        oracular: '24.10',
        plucky: '25.04',
        questing: '25.10',
    }),
    entry('apk', 2, 'ALPINE_LINUX ALPINE', 'alpine'),
    entry('apk', 0, 'CHAINGUARD', 'chainguard'),
    entry('apk', 0, 'WOLFI', 'wolfi'),
    entry('apk', 0, 'MINIMOS', 'minimos'),
    entry('rpm', 1, 'AMAZON_LINUX AMAZONLINUX', 'amzn amazon amazonlinux', 'al amazon-linux'),
    entry('rpm', 1, 'RHEL RED_HAT_ENTERPRISE_LINUX RED_HAT REDHAT', 'redhat rhel', 'el'),
    entry('rpm', 1, 'CENTOS', 'centos', 'el'),
    entry('rpm', 1, 'ROCKY_LINUX ROCKYLINUX ROCKY', 'rocky rockylinux', 'el rocky-linux'),
    entry('rpm', 1, 'ALMA_LINUX ALMALINUX ALMA', 'alma almalinux', 'el alma-linux'),
    entry('rpm', 1, 'ORACLE_LINUX ORACLELINUX', 'oracle oraclelinux ol', 'el oracle-linux'),
    entry('rpm', 1, 'FEDORA', 'fedora', 'fc'),
    entry('rpm', 2, 'SLES SUSE_LINUX_ENTERPRISE_SERVER SUSE', 'suse sles', 'sle suse-linux-enterprise-server'),
    entry('rpm', 2, 'OPENSUSE_LEAP OPENSUSE', 'opensuse opensuse-leap', 'opensuse.leap leap'),
    entry('rpm', 1, 'PHOTON_OS PHOTON', 'photon'),
];
function entry(type, precision, systems, namespaces, words = '', codenames = {}) {
    const listed = (text) => text.split(' ').filter((word) => word !== '');
    return {
        type,
        precision,
        systems: listed(systems),
        namespaces: listed(namespaces),
        words: listed(words),
        codenames: new Map(Object.entries(codenames)),
    };
}
const systems = new Map();
function systemOf(name = '') {
    const upper = name.toUpperCase();
    if (!systems.has(upper))
        systems.set(upper, findSystem(upper));
    return systems.get(upper);
}
function findSystem(upper) {
    for (const entry of DISTRIBUTIONS) {
        const system = entry.systems.find((candidate) => upper === candidate || upper.startsWith(`${candidate}_`));
        if (system === undefined)
            continue;
        const numbers = upper.slice(system.length + 1).split('_');
        const release = numbers.every((part) => /^\d{1,8}$/.test(part)) ? numbers : undefined;
        return { entry, type: entry.type, namespaces: entry.namespaces, release };
    }
    return undefined;
}
function isVendor(system, namespace) {
    const lower = namespace.toLowerCase();
    if (system.namespaces.includes(lower))
        return true;
    return DISTRIBUTIONS.some(({ namespaces }) => namespaces.includes(lower)) ? false : undefined;
}
function isRelease({ entry, release }, distro) {
    const said = distro.length > LONGEST ? undefined : read(distro.trim().toLowerCase());
    if (said === undefined)
        return undefined;
    const { word, version } = said;
    if (word !== '' && !has(entry, word)) {
        return DISTRIBUTIONS.some((other) => has(other, word)) ? false : undefined;
    }
    if (entry.precision === 0)
        return word === '' ? undefined : true;
    return version === undefined ? undefined : isSame(entry.precision, release, version);
}
function read(text) {
    const [, prefix, codename] = /^(?:([a-z.-]+)-)?([a-z]+)$/.exec(text) ?? [];
    for (const entry of DISTRIBUTIONS) {
        const version = entry.codenames.get(codename ?? '');
        if (version === undefined)
            continue;
        return prefix === undefined || has(entry, prefix)
            ? { word: entry.namespaces[0] ?? '', version }
            : undefined;
    }
    const match = /^([a-z][a-z.-]*?)?[-_ ]?(\d{1,8}(?:\.\d{1,8})*)?$/.exec(text.replace(/(^|-)v(?=\d)/, '$1'));
    return match === null ? undefined : { word: match[1] ?? '', version: match[2] };
}
function releasePrecision(name) {
    return DISTRIBUTIONS.find((entry) => has(entry, name))?.precision;
}
function isCodename(word) {
    return DISTRIBUTIONS.some(({ codenames }) => codenames.has(word));
}
function has({ namespaces, words }, word) {
    return namespaces.includes(word) || words.includes(word);
}
function isSame(precision, release, version) {
    if (release === undefined)
        return undefined;
    const parts = version.split('.');
    for (let at = 0; at < precision; at += 1) {
        const [own, other] = [release[at], parts[at]];
        if (own === undefined || other === undefined)
            return undefined;
        if (Number(own) !== Number(other))
            return false;
    }
    return true;
}


/***/ }),

/***/ 661:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ ecosystemOf),
/* harmony export */   p: () => (/* binding */ ecosystemOfManager)
/* harmony export */ });
/* harmony import */ var _distributions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6894);

const MANAGERS = new Map(Object.entries({
    BUNDLER: 'gem',
    CARGO: 'cargo',
    COMPOSER: 'composer',
    DOTNET_CORE: 'nuget',
    GEMSPEC: 'gem',
    GO: 'go',
    GOBINARY: 'go',
    GOMOD: 'go',
    JAR: 'maven',
    NODEPKG: 'npm',
    NPM: 'npm',
    NUGET: 'nuget',
    PIP: 'pep440',
    PIPENV: 'pep440',
    POETRY: 'pep440',
    POM: 'maven',
    PYTHON: 'pep440',
    PYTHONPKG: 'pep440',
    YARN: 'npm',
}));
const SYSTEMS = { deb: 'dpkg', rpm: 'rpm', apk: 'apk' };
const COMMANDS = [
    [/\bapt(?:-get)?\b/, 'dpkg'],
    [/\b(?:yum|(?:micro)?dnf|zypper|tdnf)\b/, 'rpm'],
    [/\bapk\b/, 'apk'],
];
function ecosystemOfManager(manager) {
    return MANAGERS.get(manager.toUpperCase());
}
function ecosystemOf({ manager, remediation }, operatingSystem) {
    if (manager === undefined)
        return undefined;
    if (manager !== 'OS')
        return ecosystemOfManager(manager);
    const system = (0,_distributions_js__WEBPACK_IMPORTED_MODULE_0__/* .systemOf */ .br)(operatingSystem);
    const told = [
        ...(system === undefined ? [] : [SYSTEMS[system.type]]),
        ...COMMANDS.filter(([command]) => command.test(remediation ?? '')).map(([, ecosystem]) => ecosystem),
    ];
    const [first, ...others] = new Set(told);
    return others.length === 0 ? first : undefined;
}


/***/ })

};
