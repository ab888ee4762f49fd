export const id = 6120;
export const ids = [6120];
export const modules = {

/***/ 88320:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ GetDownloadUrlForLayerCommand)
/* harmony export */ });
/* harmony import */ var _commandBuilder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18323);
/* harmony import */ var _schemas_schemas_0__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26062);


class GetDownloadUrlForLayerCommand extends (0,_commandBuilder__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(_commandBuilder__WEBPACK_IMPORTED_MODULE_0__/* ._ep0 */ .lq, _commandBuilder__WEBPACK_IMPORTED_MODULE_0__/* ._mw0 */ .yt, "GetDownloadUrlForLayer", _schemas_schemas_0__WEBPACK_IMPORTED_MODULE_1__/* .GetDownloadUrlForLayer$ */ .G42) {
}


/***/ }),

/***/ 57196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ briefly)
/* harmony export */ });
const PATIENCE_MS = 5_000;
/**
 * Makes a call, and stops waiting for it after five seconds.
 * @throws the call's own error; Error where there was no response in time
 */
async function briefly(deadline, call) {
    const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(PATIENCE_MS)]);
    // Before the other promise, which would be left without a handler if this throws.
    const calling = call(signal);
    // The SDK sleeps between its attempts although the signal is aborted.
    const over = new Promise((_, reject) => {
        const late = () => reject(new Error('there was no response in time'));
        if (signal.aborted)
            late();
        signal.addEventListener('abort', late, { once: true });
    });
    return Promise.race([calling, over]);
}


/***/ }),

/***/ 68887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ DownloadFailed),
/* harmony export */   R: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51637);
/** Downloads from a pre-signed URL. The URL is a credential, so no message and no cause contains a part of it. */



const SILENCE_MS = 20_000;
/** A download that failed, with the reason and whether another attempt can succeed. */
class DownloadFailed extends Error {
    name = 'DownloadFailed';
    transient;
    constructor(message, transient) {
        super(message);
        this.transient = transient;
    }
}
/**
 * Downloads the bytes of a URL, through the proxy that the environment configures. Redirects are not followed, because
 * the signature is for this URL alone.
 * @throws DownloadFailed
 */
async function download(url, { maxBytes, signal, plainHost }) {
    const address = URL.parse(url);
    const plain = address?.protocol === 'http:' && address.host === plainHost;
    const secure = address?.protocol === 'https:' || plain;
    if (address === null || !secure || address.username !== '' || address.password !== '') {
        throw new DownloadFailed('the URL does not use https', false);
    }
    // As in the clients, Node's agents read the proxy variables.
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
        // The code alone, because the message may contain the address.
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

/***/ 95976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ plainEndpoint),
/* harmony export */   KI: () => (/* binding */ ecrConfigs)
/* harmony export */ });
/* unused harmony export MAX_CONFIG_BYTES */
/* harmony import */ var _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(88320);
/* harmony import */ var _aws_download_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68887);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17180);
/* harmony import */ var _layers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7049);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(90274);
/** Reads image configs from ECR. They name the instruction that created each layer. */





/** Image configs usually have a few kilobytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;
const ATTEMPTS = 3;
const PAUSE_MS = 500;
/**
 * ECR as a ConfigSource.
 * @param environment where the SDK's variables for an AWS endpoint are read
 */
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
    const command = new _aws_sdk_client_ecr__WEBPACK_IMPORTED_MODULE_4__/* .GetDownloadUrlForLayerCommand */ .p({
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
/** The `host:port` of an endpoint without TLS; undefined for any other endpoint. */
function plainEndpoint(endpoint) {
    const address = endpoint === undefined ? null : URL.parse(endpoint);
    return address?.protocol === 'http:' ? address.host : undefined;
}


/***/ }),

/***/ 7049:
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
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(37728);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85711);
/* harmony import */ var _manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82231);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(66740);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(90274);
/** The layer of a package: the instruction that created it, and whether it is from the base image. Only certain facts. */






/** A blob cannot be read or is invalid. The message is the reason. */
class LayersUnknown extends Error {
    name = 'LayersUnknown';
}
// A longer instruction is a script; its beginning identifies it.
const MAX_INSTRUCTION = 500;
const MAX_NAME = 300;
const ConfigBlob = valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({
    rootfs: valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ diff_ids: valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6Y(_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc))) }),
    history: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ created_by: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP()), empty_layer: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()) }))),
});
/**
 * Verifies a config against its digest and reads the layers that it describes.
 * @throws LayersUnknown when the digest does not match or the structure is invalid
 */
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
/** The text; empty for bytes that are not UTF-8, which is not valid JSON. */
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
/** The platform of a config; undefined if programs can read different ones: Go reads `OS` as `os`. */
function platformIn(text, config) {
    const isOther = (key) => PLATFORM_KEYS.includes((0,_manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .foldedKey */ .S)(key)) && !PLATFORM_KEYS.includes(key);
    const isAmbiguous = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .givesKeyTwice */ .c)(text, config) || Object.keys(config).some(isOther);
    return isAmbiguous ? undefined : (0,_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .statedPlatform */ .x8)(config);
}
/**
 * The certain facts about an image's layers. Each history entry that created a layer belongs to one layer, in order;
 * where the numbers differ, no instruction is given. An image is built on a base image if it starts with all layers of
 * the base image and has more. The same blobs are evidence of that. Where layers were compressed again, only the config
 * states that their contents are the same, and the config is written by the builder of the image.
 * Source: OCI image specification, "Image Configuration" (`rootfs`, `history`) and "Image Manifest"
 * (`layers`); their number and order are the same.
 * @param config undefined if it is unknown
 * @param bases base images that the workflow named; the one with the most layers in common is used
 * @param stated base images that the image itself names
 */
function imageLayers(manifest, config, bases, stated = [], statedBase = undefined) {
    const { layerDigests } = manifest;
    // A config with another number of layers does not describe these layers.
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
/** The base image with the most layers, among those whose layers the image starts with. */
function longest(image, bases, startsWith) {
    return bases
        .filter((base) => startsWith(image, base))
        .reduce((best, base) => best === undefined || base.layerDigests.length > best.layerDigests.length ? base : best, undefined);
}
/** Whether an image starts with the same blobs as another. */
function hasBlobsOf(image, base) {
    return startsWith(image, base, ({ layerDigests }) => layerDigests);
}
/** Whether an image starts with the blobs of another one, and adds layers that are not empty. */
function isBuiltOn(image, { digest, layerDigests }) {
    const base = { digest, layerDigests, diffIds: undefined };
    return hasBlobsOf(image, base) && !isWhole(image, base);
}
/** Whether an image starts with layers of the same contents as another, according to their configs. */
function hasContentsOf(image, base) {
    return startsWith(image, base, ({ diffIds = [] }) => diffIds);
}
function startsWith(image, base, digestsOf) {
    const size = base.layerDigests.length;
    const [all, of] = [digestsOf(image), digestsOf(base)];
    // Every image starts with the layers of an image that has none.
    if (size === 0 || of.length !== size)
        return false;
    return of.every((digest, at) => digest !== undefined && digest === all[at]);
}
// A tar archive without files, as compressed by Docker and by BuildKit, and before compression.
const EMPTY = new Set([
    'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
    'sha256:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1',
    'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
]);
/**
 * Whether a base image has every layer of an image that is not empty: the image itself, or a copy of it with another
 * config. With such a base, every layer of the image would count as the base image's.
 */
function isWhole(image, base) {
    if (!hasBlobsOf(image, base) && !hasContentsOf(image, base))
        return false;
    const size = base.layerDigests.length;
    const added = image.layerDigests.slice(size).map((digest, at) => [digest, image.diffIds?.[size + at]]);
    return added.every((names) => names.some((name) => EMPTY.has(name)));
}
const BASE_NAME = 'org.opencontainers.image.base.name';
const BASE_DIGEST = 'org.opencontainers.image.base.digest';
/**
 * The base image in the first annotations that name one.
 * Source: OCI image specification, "Pre-Defined Annotation Keys".
 */
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
// Docker puts the values of build arguments before the command: `|2 A=1 B=2 /bin/sh -c …`.
const COMMAND = new RegExp(String.raw `^(?:RUN )?(?:\|\d+ (?:.*? )?)?${SHELL}`);
/**
 * A history entry in the form of its Dockerfile instruction, in one line: without the shell, the values of build
 * arguments and the marks of the builder. Any other text is returned unchanged. The result may be hostile.
 */
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
/**
 * The base images of an image's platforms, each once. `named`: the workflow named it, and every platform starts with the
 * same blobs; otherwise only the image states it. `deciding`: the images that rules used, one for each platform.
 */
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
/**
 * Adds to findings the layers of their packages and the platforms that configs state; `unknown` where the config is
 * unknown. A package whose layer is not one of its image, or can be one of several different layers, stays as it is.
 * @param layersOf by the digest of the platform image
 */
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
                // Inspector identifies layers by their blobs. A match of contents relies on the image's config.
                const content = layers.contents.get(found.layer) ?? UNKNOWN;
                return { ...found, ...content, origin: undefined };
            }),
        };
    });
}
const UNKNOWN = { instruction: undefined, origin: undefined, statedOrigin: undefined };
/** For layers with the same key: the values that are equal for all of them. */
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

/***/ 29988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eO: () => (/* binding */ oldestUnwatchedScan),
/* harmony export */   h3: () => (/* binding */ staleScan),
/* harmony export */   os: () => (/* binding */ oldest)
/* harmony export */ });
/* unused harmony export STALE_AFTER_MS */
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41956);
/** The age of a scan that is not repeated: vulnerabilities that were published after it are not among its findings. */

/** A scan that is older than this gets a warning, because vulnerabilities are published every day. */
const STALE_AFTER_MS = _time_js__WEBPACK_IMPORTED_MODULE_0__/* .DAY_MS */ .sO;
/** The time of the oldest scan that the service does not keep up to date. */
function oldestUnwatchedScan(scans) {
    return oldest(scans.flatMap(({ scannedAt, monitored }) => (monitored === false ? (scannedAt ?? []) : [])));
}
/** The oldest date; undefined if there is none. */
function oldest(dates) {
    return dates.length === 0 ? undefined : new Date(Math.min(...dates.map((date) => date.getTime())));
}
/** The time of the oldest scan that is not kept up to date, if it is old enough for a warning. */
function staleScan(scans, now) {
    const at = oldestUnwatchedScan(scans);
    return at !== undefined && now.getTime() - at.getTime() > STALE_AFTER_MS ? at : undefined;
}


/***/ })

};
