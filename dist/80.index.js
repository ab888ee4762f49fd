export const id = 80;
export const ids = [80];
export const modules = {

/***/ 6108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ checked)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6762);


function checked(schema, answer, api) {
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, answer, { abortEarly: true });
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned a malformed response (${valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'as a whole'}: ${issue.message})`);
}


/***/ }),

/***/ 5476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ar: () => (/* binding */ clientFactory),
  hP: () => (/* binding */ createClients),
  r4: () => (/* binding */ placeKey)
});

// UNUSED EXPORTS: ServiceClock

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-ecr/dist-cjs/index.js
var dist_cjs = __webpack_require__(8249);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-inspector2/dist-cjs/index.js
var client_inspector2_dist_cjs = __webpack_require__(3222);
// EXTERNAL MODULE: ./lib/proxy.js
var proxy = __webpack_require__(5431);
// EXTERNAL MODULE: ./lib/time.js
var lib_time = __webpack_require__(6146);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/aws/network.js
var network = __webpack_require__(3795);
;// CONCATENATED MODULE: ./lib/aws/pace.js
const FIRST_INTERVAL_MS = 2_000;
const LONGEST_INTERVAL_MS = 16_000;
const GROWTH_PER_S = 0.5;
const FREE_PER_S = 20;
class Pace {
    deadline;
    random;
    interval = 0;
    next = 0;
    slowedAt = Number.NEGATIVE_INFINITY;
    constructor(deadline, random) {
        this.deadline = deadline;
        this.random = random;
    }
    async turn() {
        if (this.interval === 0)
            return;
        const now = this.deadline.elapsedMs();
        const at = Math.max(now, this.next);
        this.next = at + this.interval * (0.5 + this.random());
        if (at > now)
            await this.deadline.sleep(at - now);
    }
    throttled(sentAtMs, atLeastMs = 0) {
        const now = this.deadline.elapsedMs();
        this.next = Math.max(this.next, now + atLeastMs);
        if (sentAtMs < this.slowedAt)
            return;
        this.slowedAt = now;
        this.interval = Math.min(LONGEST_INTERVAL_MS, Math.max(FIRST_INTERVAL_MS, this.interval * 2));
        this.next = Math.max(this.next, now + this.interval * this.random());
    }
    answered() {
        if (this.interval === 0)
            return;
        const perSecond = 1_000 / this.interval + GROWTH_PER_S;
        this.interval = perSecond >= FREE_PER_S ? 0 : 1_000 / perSecond;
    }
}

;// CONCATENATED MODULE: ./lib/aws/retry.js



const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 8_000;
class DeadlineRetryStrategy {
    mode = 'standard';
    deadline;
    log;
    random;
    pace;
    logged = new Set();
    constructor(deadline, log, random = Math.random) {
        this.deadline = deadline;
        this.log = log;
        this.random = random;
        this.pace = new Pace(deadline, random);
    }
    async acquireInitialRetryToken() {
        await this.pace.turn();
        return this.token(0);
    }
    async refreshRetryTokenForRetry(token, info) {
        if (!isTransient(info)) {
            this.pace.answered();
            throw new Error('not retried');
        }
        if (this.deadline.signal.aborted)
            throw new Error('not retried');
        this.deadline.lastFailure = info.error;
        this.logFirst(info.error);
        const count = token.getRetryCount();
        const requested = requestedMs(info);
        if (info.errorType === 'THROTTLING')
            this.pace.throttled(token.sentAtMs, requested);
        else
            await this.deadline.sleep(Math.max(this.delay(count), requested));
        await this.pace.turn();
        if (this.deadline.signal.aborted)
            throw new Error('not retried');
        return this.token(count + 1);
    }
    recordSuccess() {
        this.deadline.lastFailure = undefined;
        this.pace.answered();
    }
    token(count) {
        return { getRetryCount: () => count, getRetryDelay: () => 0, sentAtMs: this.deadline.elapsedMs() };
    }
    delay(count) {
        const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** count);
        return ceiling / 2 + (this.random() * ceiling) / 2;
    }
    logFirst(error) {
        const failure = (0,network/* networkFailure */.r)(error);
        const kind = failure?.code ?? (error instanceof Error ? error.name : String(error));
        if (this.logged.has(kind))
            return;
        this.logged.add(kind);
        this.log(`A call to AWS failed and will be retried: ${failure?.message ?? (0,errors/* messageOf */.bD)(error)} (${kind})`);
    }
}
function requestedMs({ retryAfterHint }) {
    const requested = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
    return Math.max(0, Math.min(requested, LONGEST_DELAY_MS));
}
function isTransient({ errorType, error }) {
    const failure = (0,network/* networkFailure */.r)(error);
    if (failure !== undefined)
        return failure.transient;
    return errorType !== 'CLIENT_ERROR' || (error instanceof Error && error.name === 'SyntaxError');
}

;// CONCATENATED MODULE: ./lib/aws/clients.js







const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;
class ServiceClock {
    first;
    latest;
    contradicted = false;
    record(time, at) {
        this.first ??= { time, at };
        const expected = this.first.time + (at - this.first.at);
        if (Math.abs(time - expected) > lib_time/* CLOCK_SKEW_MS */.rn)
            this.contradicted = true;
        this.latest = time;
    }
    get time() {
        return this.latest === undefined || this.contradicted ? undefined : new Date(this.latest);
    }
}
const configurationOf = ({ region, fips, dualStack }, retryStrategy, requestHandler) => ({
    region,
    useFipsEndpoint: fips,
    useDualstackEndpoint: dualStack,
    retryStrategy,
    requestHandler,
});
function clientFactory(deadline, { log, environment, handler }) {
    const cache = new Map();
    const times = new Map();
    const agentOptions = { keepAlive: true, maxSockets: 50, proxyEnv: (0,proxy/* proxyEnvironment */.w)(environment) };
    const httpAgent = new external_node_http_.Agent(agentOptions);
    const httpsAgent = new external_node_https_.Agent(agentOptions);
    const retryStrategy = new DeadlineRetryStrategy(deadline, log);
    const requestHandler = handler ?? {
        httpAgent,
        httpsAgent,
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        socketTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
    };
    const recordTime = (region, response) => {
        const header = response.headers?.date;
        const time = header === undefined ? Number.NaN : Date.parse(header);
        if (Number.isNaN(time))
            return;
        const clock = times.get(region) ?? new ServiceClock();
        times.set(region, clock);
        clock.record(time, deadline.elapsedMs());
    };
    const timed = (client, region) => {
        const stack = client.middlewareStack;
        stack.remove('loggerMiddleware');
        stack.add((next) => async (args) => {
            const result = await next(args);
            recordTime(region, result.response);
            return result;
        }, { step: 'deserialize', name: 'serviceTime' });
    };
    return {
        configuration: (place) => configurationOf(place, retryStrategy, requestHandler),
        cached: (key, region, make) => {
            const existing = cache.get(key);
            if (existing)
                return existing;
            const client = make();
            timed(client, region);
            cache.set(key, client);
            return client;
        },
        serviceTime: (region) => times.get(region)?.time,
        destroy: () => {
            for (const client of cache.values())
                client.destroy();
            httpAgent.destroy();
            httpsAgent.destroy();
        },
    };
}
function placeKey(service, { region, fips, dualStack }) {
    return [service, region, fips, dualStack].join();
}
function createClients(deadline, options) {
    const factory = clientFactory(deadline, options);
    const { configuration, cached } = factory;
    return {
        ecr: (registry) => cached(placeKey('ecr', registry), registry.region, () => new dist_cjs/* ECRClient */.S70(configuration(registry))),
        inspector: (registry) => cached(placeKey('inspector2', registry), registry.region, () => new client_inspector2_dist_cjs/* Inspector2Client */.r0C(configuration(registry))),
        sts: async (registry) => {
            const { STSClient } = await __webpack_require__.e(/* import() */ 695).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19));
            return cached(placeKey('sts', registry), registry.region, () => new STSClient(configuration(registry)));
        },
        serviceTime: ({ region }) => factory.serviceTime(region),
        destroy: factory.destroy,
    };
}


/***/ }),

/***/ 6762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AC: () => (/* binding */ failureWords),
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   Tl: () => (/* binding */ translate),
/* harmony export */   VM: () => (/* binding */ interrupted),
/* harmony export */   ev: () => (/* binding */ isNamed),
/* harmony export */   f7: () => (/* binding */ missingAction),
/* harmony export */   ol: () => (/* binding */ MalformedAnswer)
/* harmony export */ });
/* unused harmony export isDenied */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6146);
/* harmony import */ var _network_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3795);



class MalformedAnswer extends Error {
    name = 'MalformedAnswer';
}
async function attempt(call) {
    try {
        return await call();
    }
    catch (error) {
        if (error instanceof MalformedAnswer)
            return error;
        throw error;
    }
}
const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized']);
const NOT_OF_IAM = /Invoking account does not have access|is not enabled/i;
const CREDENTIALS = new Set([
    'CredentialsProviderError',
    'ExpiredToken',
    'ExpiredTokenException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'SignatureDoesNotMatch',
    'TokenProviderError',
    'UnrecognizedClientException',
]);
const CREDENTIALS_STEP = 'Run aws-actions/configure-aws-credentials in this job before this step, with "permissions: id-token: write". The credentials have to be valid for the whole timeout.';
function isNamed(error, ...names) {
    return error instanceof Error && names.includes(error.name);
}
function isDenied(error) {
    return error instanceof Error && DENIED.has(error.name);
}
function missingAction(error, action) {
    if (!isDenied(error) || NOT_OF_IAM.test((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)))
        return undefined;
    return /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error))?.[1] ?? action;
}
function translate(error, call, deadline) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue || error instanceof MalformedAnswer)
        return error;
    if (deadline.signal.aborted)
        return interrupted(deadline, `${call.action} on ${call.resource}`, error);
    if (isDenied(error) && NOT_OF_IAM.test((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error))) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('configuration', `AWS refused ${call.action} to the account of these credentials: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .sentence */ .em)((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error))}`, {
            nextStep: 'Enable Amazon Inspector for ECR in that account and region (aws inspector2 enable --resource-types ECR), or run this step with a role of the account that owns the registry.',
            cause: error,
        });
    }
    const action = missingAction(error, call.action);
    if (action !== undefined) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('access-denied', `AWS denies ${action} on ${call.resource}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, {
            nextStep: `Allow ${action} on ${call.resource} for the role of this job.`,
            cause: error,
        });
    }
    if (error instanceof Error && CREDENTIALS.has(error.name)) {
        const expired = /expired/i.test(`${error.name} ${error.message}`);
        const message = expired
            ? `The AWS credentials have expired (${call.action}: ${error.message})`
            : `There are no valid AWS credentials (${call.action}: ${error.message})`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('credentials', message, { nextStep: CREDENTIALS_STEP, cause: error });
    }
    const failure = (0,_network_js__WEBPACK_IMPORTED_MODULE_2__/* .networkFailure */ .r)(error);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('aws', `${call.action} on ${call.resource} failed: ${failureWords(error)}`, {
        nextStep: failure?.nextStep,
        cause: error,
    });
}
function failureWords(error) {
    const failure = (0,_network_js__WEBPACK_IMPORTED_MODULE_2__/* .networkFailure */ .r)(error);
    if (failure !== undefined)
        return `${failure.message} (${failure.code})`;
    return error instanceof Error && error.name !== 'Error'
        ? `${error.message} (${error.name})`
        : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
}
function interrupted(deadline, doing, cause) {
    if (!deadline.expired)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('cancelled', 'The job was cancelled.', { cause });
    const failed = deadline.lastFailure ?? (isNamed(cause, 'AbortError') ? undefined : cause);
    const failure = (0,_network_js__WEBPACK_IMPORTED_MODULE_2__/* .networkFailure */ .r)(failed);
    const last = failed === undefined ? '' : ` The last attempt failed: ${failureWords(failed)}.`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('timeout', `The timeout of ${(0,_time_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(deadline.totalMs)} expired during ${doing}.${last}`, {
        nextStep: failure?.nextStep ??
            'Raise the input timeout, for example timeout: 30m, or check why AWS does not respond.',
        cause,
    });
}


/***/ }),

/***/ 3795:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ networkFailure)
/* harmony export */ });
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5431);

const KINDS = [
    {
        codes: /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/,
        nextStep: 'Check the region in the image URI, DNS resolution on the runner, and HTTPS_PROXY if the runner needs a proxy.',
        transient: true,
    },
    {
        codes: /^ECONNREFUSED$/,
        nextStep: 'Check the firewall, and whether a proxy (HTTPS_PROXY) or a custom endpoint (AWS_ENDPOINT_URL) is set to an address where nothing listens.',
        transient: true,
    },
    {
        codes: /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
        nextStep: 'Check whether a proxy or firewall between the runner and AWS closes the connection.',
        transient: true,
    },
    {
        codes: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/,
        nextStep: 'Check whether the runner can reach AWS: its network, the VPC endpoints for ECR and Amazon Inspector, and HTTPS_PROXY if it needs a proxy.',
        transient: true,
    },
    {
        codes: /^ERR_PROXY_/,
        nextStep: 'Check the address and the credentials in HTTPS_PROXY, and whether the proxy allows connections to AWS.',
        transient: true,
    },
    {
        codes: /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH)/,
        nextStep: 'If a proxy inspects TLS connections, set NODE_EXTRA_CA_CERTS to the file with its certificate authority. Otherwise check which host responds in place of AWS.',
        transient: false,
    },
];
function networkFailure(error) {
    for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
        const all = cause instanceof AggregateError ? [cause, ...cause.errors] : [cause];
        for (const one of all) {
            for (const code of [one.code, one.name]) {
                const kind = KINDS.find(({ codes }) => typeof code === 'string' && codes.test(code));
                if (kind === undefined)
                    continue;
                const refusal = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_0__/* .proxyRefusal */ .v)(one);
                return {
                    code: String(code),
                    message: one.message || String(code),
                    nextStep: refusal ?? kind.nextStep,
                    transient: kind.transient && refusal === undefined,
                };
            }
        }
    }
    return undefined;
}


/***/ }),

/***/ 2909:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ allPages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6762);

const MOST_ITEMS = 200_000;
async function allPages(api, fetch) {
    const items = [];
    const seen = new Set();
    let coming = fetch(undefined);
    while (coming !== undefined) {
        const page = await coming;
        const token = page.nextToken === '' ? undefined : page.nextToken;
        if (token !== undefined && seen.has(token)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned the same page token twice`);
        }
        if (token !== undefined)
            seen.add(token);
        coming = token === undefined ? undefined : fetch(token);
        coming?.catch(() => { });
        for (const item of typeof page.items === 'function' ? page.items() : page.items)
            items.push(item);
        if (items.length > MOST_ITEMS)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedAnswer */ .ol(`${api} returned more than ${MOST_ITEMS} items`);
    }
    return items;
}


/***/ }),

/***/ 5428:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ stepsIn),
/* harmony export */   Ft: () => (/* binding */ isSame),
/* harmony export */   Lo: () => (/* binding */ wayToInput),
/* harmony export */   VI: () => (/* binding */ regularFile),
/* harmony export */   XF: () => (/* binding */ readRegularFile),
/* harmony export */   Yw: () => (/* binding */ isBelow),
/* harmony export */   bM: () => (/* binding */ directoryFor),
/* harmony export */   bj: () => (/* binding */ wayTo),
/* harmony export */   fR: () => (/* binding */ replaceFile)
/* harmony export */ });
/* unused harmony export linkInWorkspace */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(452);





const MOST_LINKS = 40;
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
async function wayTo(path) {
    const names = namesIn((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    let real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path)).root;
    const steps = [{ path: real, stats: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(real, { bigint: true }) }];
    for (let links = 0;;) {
        const name = names.shift();
        if (name === undefined)
            return { real, steps, missing: [] };
        if (name === '..') {
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(real);
            continue;
        }
        const next = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(real, name);
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(next, { bigint: true }).catch((error) => {
            if (error.code === 'ENOENT')
                return undefined;
            throw error;
        });
        if (stats === undefined)
            return { real, steps, missing: [name, ...names] };
        steps.push({ path: next, stats });
        if (!stats.isSymbolicLink()) {
            real = next;
            continue;
        }
        links += 1;
        if (links > MOST_LINKS)
            throw new Error(`${path} leads through more than ${MOST_LINKS} symbolic links`);
        const target = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readlink)(next);
        names.unshift(...namesIn(target));
        if ((0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(target))
            real = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(target)).root;
    }
}
function namesIn(path) {
    const below = path.slice((0,node_path__WEBPACK_IMPORTED_MODULE_3__.parse)(path).root.length);
    return below.split(node_path__WEBPACK_IMPORTED_MODULE_3__.sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
function isBelow(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_3__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(way);
}
async function stepsIn({ steps }, directories) {
    const looks = await Promise.all(directories.map((directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(directory, { bigint: true }).catch(() => undefined)));
    const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
    return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}
async function linkInWorkspace(way, workspace) {
    const inside = await stepsIn(way, [workspace]);
    return inside.find(({ stats }) => stats.isSymbolicLink());
}
async function wayToInput(input, path, workspace) {
    let way;
    try {
        way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(workspace, path));
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}.`, {
            cause: error,
        });
    }
    const link = await linkInWorkspace(way, workspace);
    const isInside = (await stepsIn(way, [workspace])).some((step) => step.path === way.real);
    if (link === undefined || isInside)
        return way;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} is outside of the workspace.`, {
        nextStep: `The symbolic link ${link.path} leads there. Put the file itself into the repository, or use its own path.`,
    });
}
async function regularFile(input, path, workspace, mostBytes) {
    const { real, steps, missing } = await wayToInput(input, path, workspace);
    const stats = steps.findLast((step) => step.path === real)?.stats;
    if (missing.length > 0 || stats === undefined)
        return undefined;
    const why = !stats.isFile() ? 'is not a file' : stats.size > mostBytes ? 'is too large' : undefined;
    if (why === undefined)
        return real;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `Input ${input}: ${path} ${why}.`, {
        nextStep: `Set ${input} to the path of the file.`,
    });
}
async function readRegularFile(real, mostBytes) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
        if (!(await handle.stat()).isFile())
            throw new Error('it is not a regular file');
        const chunks = [];
        for await (const chunk of handle.createReadStream({ end: mostBytes, autoClose: false })) {
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    finally {
        await handle.close();
    }
}
async function directoryFor(path, workspace) {
    const way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    const link = await linkInWorkspace(way, workspace);
    if (link !== undefined) {
        throw new Error(`${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`);
    }
    let made = way.real;
    for (const name of way.missing) {
        made = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(made, name);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(made);
    }
    return made;
}
async function replaceFile(directory, name, content) {
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(temporary, 'wx', 0o644);
    try {
        await file.writeFile(content).finally(() => file.close());
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, name));
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(temporary, { force: true });
        throw error;
    }
}


/***/ }),

/***/ 7861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ foldedKey),
/* harmony export */   d: () => (/* binding */ ambiguityOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6413);

const FIELDS = [
    'schemaVersion',
    'mediaType',
    'artifactType',
    'manifests',
    'config',
    'layers',
    'subject',
    'annotations',
    'digest',
    'size',
    'urls',
    'data',
    'platform',
    'architecture',
    'os',
    'os.version',
    'os.features',
    'variant',
    'features',
];
const FIELD_OF = new Map(FIELDS.map((field) => [foldedKey(field), field]));
function foldedKey(key) {
    return key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}
function ambiguityOf(text, manifest) {
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .givesKeyTwice */ .c)(text, manifest))
        return 'an object has the same key twice';
    const field = mistakableField(manifest);
    return (field && `it has a key that differs from "${field}" only in case, which many programs read as that field`);
}
function mistakableField(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    for (const [key, member] of Object.entries(value)) {
        const field = Array.isArray(value) ? undefined : FIELD_OF.get(foldedKey(key));
        if (field !== undefined && field !== key)
            return field;
        const below = field === 'annotations' ? undefined : mistakableField(member);
        if (below !== undefined)
            return below;
    }
    return undefined;
}


/***/ }),

/***/ 4252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $T: () => (/* binding */ MANIFEST_MEDIA_TYPES),
/* harmony export */   Gh: () => (/* binding */ artifactTypeOf),
/* harmony export */   H3: () => (/* binding */ isAttestation),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   O8: () => (/* binding */ unscannableLayer),
/* harmony export */   iU: () => (/* binding */ isRunnable)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7861);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8758);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8424);





const MANIFEST_MEDIA_TYPES = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
const KIND_OF = new Map(MANIFEST_MEDIA_TYPES.map((type) => [type, /index|list/.test(type) ? 'index' : 'image']));
function parseManifest(digest, text) {
    const actual = `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text, 'utf8').digest('hex')}`;
    if (actual !== digest) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('not-proven', `ECR returned a manifest for ${digest} whose SHA-256 digest is ${actual}.`, {
            nextStep: 'Do not deploy this image. Find out what modifies the responses of the registry, then push the image again.',
        });
    }
    const malformed = (why) => new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('not-proven', `The manifest ${digest} cannot be read: ${why}.`, {
        nextStep: 'Build the image again with a current version of the build tool, and push it.',
    });
    let manifest;
    let ambiguity;
    try {
        const value = JSON.parse(text);
        manifest = record(value) ?? {};
        ambiguity = (0,_manifest_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .ambiguityOf */ .d)(text, value);
    }
    catch {
        throw malformed('it is not JSON, or its JSON is nested too deeply');
    }
    if (ambiguity !== undefined)
        throw malformed(ambiguity);
    const kind = kindOf(manifest);
    if (kind === undefined)
        throw malformed('it is neither an index nor an image manifest');
    if (kind === 'index') {
        const children = list(manifest.manifests).map(parseDescriptor);
        if (children.some((child) => child === undefined))
            throw malformed('a child of the index does not have a valid digest');
        return {
            kind: 'index',
            digest,
            children: children.filter((child) => child !== undefined),
            annotations: texts(manifest.annotations),
        };
    }
    const layers = list(manifest.layers);
    return {
        kind: 'image',
        digest,
        mediaType: string(manifest.mediaType),
        artifactType: string(manifest.artifactType),
        configMediaType: string(record(manifest.config)?.mediaType) ?? '',
        layers: layers.map(parseLayer),
        config: blobDescriptor(manifest.config),
        layerDigests: layers.map((layer) => digestOf(layer)),
        annotations: texts(manifest.annotations),
    };
}
function parseLayer(value) {
    const { mediaType, urls } = record(value) ?? {};
    const none = urls === undefined || urls === null || (Array.isArray(urls) && urls.length === 0);
    return { mediaType: string(mediaType) ?? '', digest: digestOf(value), hasExternalUrls: !none };
}
function kindOf({ mediaType, manifests, config, layers, }) {
    const isThere = (member) => member !== undefined && member !== null && member !== '';
    const kind = isThere(manifests) ? 'index' : 'image';
    if (kind === 'index' && (isThere(config) || isThere(layers)))
        return undefined;
    const isComplete = kind === 'index' ? Array.isArray(manifests) : record(config) !== undefined && Array.isArray(layers);
    const stated = isThere(mediaType) ? KIND_OF.get(mediaType) : kind;
    return isComplete && stated === kind ? kind : undefined;
}
function blobDescriptor(value) {
    const digest = digestOf(value);
    const size = record(value)?.size;
    if (digest === undefined || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        return undefined;
    }
    return { digest, size };
}
function digestOf(value) {
    const digest = string(record(value)?.digest);
    return digest !== undefined && (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(digest) ? digest : undefined;
}
function texts(value) {
    return Object.fromEntries(Object.entries(record(value) ?? {}).filter((entry) => typeof entry[1] === 'string'));
}
function parseDescriptor(value) {
    const descriptor = record(value);
    const digest = string(descriptor?.digest);
    if (descriptor === undefined || digest === undefined || !(0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(digest))
        return undefined;
    const platform = record(descriptor.platform) ?? {};
    return {
        mediaType: string(descriptor.mediaType) ?? '',
        digest,
        platform: (0,_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .statedPlatform */ .x8)(platform),
        isForNoPlatform: platform.os === 'unknown' && platform.architecture === 'unknown',
        annotations: texts(descriptor.annotations),
    };
}
const RUNNABLE_CONFIGS = new Set([
    'application/vnd.docker.container.image.v1+json',
    'application/vnd.oci.image.config.v1+json',
]);
const LAYERS = new Map([
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+gzip',
    'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.diff.tar',
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.diff.tar.zstd',
    'application/vnd.oci.image.layer.nondistributable.v1.tar',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.foreign.diff.tar',
    'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.foreign.diff.tar.zstd',
].flatMap((type) => [
    [type, /foreign|nondistributable/.test(type) ? 'foreign' : 'plain'],
    [`${type}+encrypted`, 'encrypted'],
]));
function isRunnable(manifest) {
    return (manifest.kind === 'image' &&
        RUNNABLE_CONFIGS.has(manifest.configMediaType) &&
        manifest.layers.every(({ mediaType }) => LAYERS.has(mediaType)) &&
        (manifest.artifactType === undefined || manifest.layers.length > 0));
}
function unscannableLayer(manifest) {
    if (manifest.kind !== 'image')
        return undefined;
    for (const [index, { mediaType, digest, hasExternalUrls }] of manifest.layers.entries()) {
        const name = `layer ${index + 1} (${digest ?? 'without a valid digest'}, ${mediaType})`;
        const kind = LAYERS.get(mediaType);
        if (kind === 'encrypted')
            return `${name} is encrypted`;
        if (kind === 'foreign' || hasExternalUrls)
            return `${name} can be downloaded from outside the registry`;
        if (digest === undefined)
            return `${name} has no SHA-256 digest`;
    }
    return undefined;
}
const RUNNABLE_TYPE = /^\s*$|application\/(?:octet-stream|json)\b|text\/html|application\/vnd\.(?:oci\.image|docker|containerd)|wasm|\bsif\b/i;
const RUNNABLE_LAYER_TYPE = /^\s*$|application\/vnd\.(?:oci\.image|docker|containerd)|wasm|\bsif\b|encrypted/i;
function artifactTypeOf(child, manifest) {
    if (manifest.kind !== 'image')
        return undefined;
    if (child.mediaType !== OCI_MANIFEST || manifest.mediaType !== OCI_MANIFEST)
        return undefined;
    const { artifactType, configMediaType, layers } = manifest;
    const mayRun = RUNNABLE_TYPE.test(configMediaType) ||
        /wasm|\bsif\b/i.test(artifactType ?? '') ||
        layers.some(({ mediaType }) => RUNNABLE_LAYER_TYPE.test(mediaType));
    return mayRun ? undefined : (artifactType ?? configMediaType);
}
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const IN_TOTO = 'application/vnd.in-toto+json';
function isAttestation(child, manifest) {
    return (child.annotations['vnd.docker.reference.type'] === 'attestation-manifest' &&
        child.isForNoPlatform &&
        manifest.kind === 'image' &&
        manifest.layers.length > 0 &&
        manifest.layers.every(({ mediaType }) => mediaType === IN_TOTO));
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
function list(value) {
    return Array.isArray(value) ? value : [];
}
function string(value) {
    return typeof value === 'string' ? value : undefined;
}


/***/ }),

/***/ 8758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ platformName),
/* harmony export */   S2: () => (/* binding */ joinedNames),
/* harmony export */   Wt: () => (/* binding */ platformsOf),
/* harmony export */   l4: () => (/* binding */ architectureName),
/* harmony export */   od: () => (/* reexport safe */ _results_finding_js__WEBPACK_IMPORTED_MODULE_0__.od),
/* harmony export */   x8: () => (/* binding */ statedPlatform)
/* harmony export */ });
/* harmony import */ var _results_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5367);


const UNKNOWN = 'unknown';
const SEPARATOR = ', ';
const SYSTEMS = words('aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos');
const ARCHITECTURES = words('386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32', 'mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm');
const OS_NAMES = new Map([['darwin', ['macos']]]);
const ARCHITECTURE_NAMES = new Map([
    ['amd64', ['x86_64', 'x86-64']],
    ['arm64', ['aarch64']],
    ['386', ['i386', 'i486', 'i586', 'i686']],
]);
const VARIANT_NAMES = new Map([
    ['amd64', new Map([['', ['v1']]])],
    [
        'arm64',
        new Map([
            ['', ['v8', '8', 'v8.0']],
            ['v9', ['9', '9.0', 'v9.0']],
        ]),
    ],
    [
        'arm',
        new Map([
            ['v5', ['5']],
            ['v6', ['6']],
            ['v7', ['7', '']],
            ['v8', ['8']],
        ]),
    ],
]);
const WITH_VARIANT = new Map([
    ['armhf', { architecture: 'arm', variant: 'v7' }],
    ['armel', { architecture: 'arm', variant: 'v6' }],
]);
const HOSTS = new Map([
    ['386', 'amd64'],
    ['arm', 'arm64'],
]);
function words(...lines) {
    return new Set(lines.flatMap((line) => line.split(' ')));
}
function statedPlatform({ os, architecture, variant }) {
    const parts = [os, architecture, variant];
    const isReadable = parts.every((part) => part === undefined || part === null || typeof part === 'string');
    const word = (part) => {
        const text = isReadable && typeof part === 'string' ? part.toLowerCase() : '';
        return /^[a-z0-9._-]{1,40}$/.test(text) && text !== UNKNOWN ? text : undefined;
    };
    return { os: word(os), architecture: word(architecture), variant: word(variant) };
}
function platformName({ os, architecture: text, variant: stated }) {
    const system = os === undefined ? UNKNOWN : canonical(OS_NAMES, os);
    if (text === undefined)
        return `${system}/${UNKNOWN}`;
    const { architecture, variant } = normalArchitecture(text, stated);
    return [system, architecture, ...(variant === '' ? [] : [variant])].join('/');
}
function joinedNames(names) {
    return [...names].join(SEPARATOR);
}
function architectureName(text) {
    return normalArchitecture(text.toLowerCase(), undefined).architecture;
}
function normalArchitecture(text, stated) {
    const both = WITH_VARIANT.get(text);
    if (both !== undefined)
        return both;
    const architecture = canonical(ARCHITECTURE_NAMES, text);
    if (architecture === '386')
        return { architecture, variant: '' };
    return { architecture, variant: canonical(VARIANT_NAMES.get(architecture), stated ?? '') };
}
function canonical(names = new Map(), text) {
    for (const [name, others] of names)
        if (others.includes(text))
            return name;
    return text;
}
const known = new Map();
function platformsOf({ platform, configPlatform, }) {
    const key = JSON.stringify([platform, configPlatform]);
    let names = known.get(key);
    if (names === undefined) {
        names = platform.split(SEPARATOR).map((name) => namesOf(name, configPlatform));
        known.set(key, names);
    }
    return names;
}
function namesOf(name, config) {
    if (config === 'unknown')
        return undefined;
    const [os = '', architecture, variant, ...more] = name.split('/');
    if (architecture === undefined || more.length > 0)
        return undefined;
    const index = statedPlatform({ os, architecture, variant });
    const platform = completed(config === undefined ? index : together(index, config));
    if (platform === undefined)
        return undefined;
    const host = HOSTS.get(platform.architecture);
    return {
        own: spellings(platform),
        hosts: host === undefined ? [] : spellings({ ...platform, architecture: host, variant: '' }),
    };
}
function completed(stated) {
    if (stated?.os === undefined || stated.architecture === undefined)
        return undefined;
    const os = canonical(OS_NAMES, stated.os);
    const platform = { os, ...normalArchitecture(stated.architecture, stated.variant) };
    return SYSTEMS.has(os) && ARCHITECTURES.has(platform.architecture) ? platform : undefined;
}
function together(index, config) {
    const os = index.os ?? config.os;
    const architecture = index.architecture ?? config.architecture;
    const variant = index.variant ?? config.variant;
    const merged = { os, architecture, variant };
    const asConfig = {
        os: config.os ?? os,
        architecture: config.architecture ?? architecture,
        variant: config.variant ?? variant,
    };
    return platformName(merged) === platformName(asConfig) ? merged : undefined;
}
function spellings({ os, architecture, variant }) {
    const systems = [os, ...(OS_NAMES.get(os) ?? [])];
    const architectures = [architecture, ...(ARCHITECTURE_NAMES.get(architecture) ?? [])];
    const variants = [variant, ...(VARIANT_NAMES.get(architecture)?.get(variant) ?? [])];
    const combined = [...WITH_VARIANT].filter(([, both]) => both.architecture === architecture && both.variant === variant);
    const names = [
        ...architectures.flatMap((name) => [name, ...variants.map((one) => `${name}/${one}`)]),
        ...combined.map(([name]) => name),
    ].filter((name) => !name.endsWith('/'));
    return systems.flatMap((system) => names.map((name) => `${system}/${name}`));
}


/***/ }),

/***/ 8424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   Fv: () => (/* binding */ registryOf),
/* harmony export */   MH: () => (/* binding */ plainName),
/* harmony export */   SU: () => (/* binding */ parseRepository),
/* harmony export */   W_: () => (/* binding */ imageUri),
/* harmony export */   Z6: () => (/* binding */ isRepository),
/* harmony export */   ft: () => (/* binding */ InvalidReference),
/* harmony export */   l5: () => (/* binding */ parseRegistry),
/* harmony export */   qM: () => (/* binding */ repositoryArn),
/* harmony export */   rQ: () => (/* binding */ canonicalHost)
/* harmony export */ });
class InvalidReference extends Error {
    name = 'InvalidReference';
}
const PARTITIONS = [
    {
        partition: 'aws-cn',
        region: /^cn-/,
        ending: 'amazonaws.com.cn',
        dualStack: 'on.amazonwebservices.com.cn',
    },
    { partition: 'aws-us-gov', region: /^us-gov-/, ending: 'amazonaws.com', dualStack: 'on.aws' },
    { partition: 'aws-eusc', region: /^eusc-/, ending: 'amazonaws.eu', dualStack: undefined },
    { partition: 'aws-iso', region: /^us-iso-/, ending: 'c2s.ic.gov', dualStack: undefined },
    { partition: 'aws-iso-b', region: /^us-isob-/, ending: 'sc2s.sgov.gov', dualStack: undefined },
    { partition: 'aws-iso-e', region: /^eu-isoe-/, ending: 'cloud.adc-e.uk', dualStack: undefined },
    { partition: 'aws-iso-f', region: /^us-isof-/, ending: 'csp.hci.ic.gov', dualStack: undefined },
    { partition: 'aws', region: /^/, ending: 'amazonaws.com', dualStack: 'on.aws' },
];
const HOST = /^(?<account>\d{12})\.(?:dkr\.ecr(?<fips>-fips)?|(?<dual>dkr-ecr)(?<dualFips>-fips)?)\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.(?<ending>[a-z0-9.-]+)$/;
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return DIGEST.test(text);
}
function isRepository(text) {
    return text.length >= 2 && text.length <= 256 && REPOSITORY.test(text);
}
function parseReference(text) {
    refuseCommonMistakes(text);
    const slash = text.indexOf('/');
    if (slash === -1)
        throw new InvalidReference('it has no "/" between registry host and repository');
    const registry = parseRegistry(text.slice(0, slash));
    const [path, digest, ...more] = text.slice(slash + 1).split('@');
    if (path === undefined || more.length > 0)
        throw new InvalidReference('it has more than one "@"');
    if (digest === '')
        throw new InvalidReference(`its digest is empty. ${EMPTY_EXPRESSION}`);
    if (digest !== undefined && !isDigest(digest)) {
        throw new InvalidReference('what follows "@" is not "sha256:" and 64 lower-case hex digits');
    }
    const colon = path.indexOf(':');
    const repository = colon === -1 ? path : path.slice(0, colon);
    const tag = colon === -1 ? undefined : path.slice(colon + 1);
    if (!isRepository(repository)) {
        throw new InvalidReference('its repository name is not one that ECR allows');
    }
    if (tag === '')
        throw new InvalidReference(`its tag is empty. ${EMPTY_EXPRESSION}`);
    if (tag !== undefined && !TAG.test(tag)) {
        throw new InvalidReference('its tag is not one that registries allow');
    }
    return {
        registry,
        repository,
        tag: tag ?? (digest === undefined ? 'latest' : undefined),
        digest,
        text,
    };
}
function parseRepository(text) {
    const [host = '', ...path] = text.split('/');
    const registry = parseRegistry(host);
    const repository = path.join('/');
    if (!isRepository(repository)) {
        throw new InvalidReference('what follows its host is not the name of a repository. Give the whole name, without a tag, a digest or a wildcard');
    }
    return { registry, repository };
}
const EMPTY_EXPRESSION = 'Check whether the expression that it comes from is empty';
const OTHER_REGISTRIES = [
    [/^public\.ecr\.aws\//, 'Amazon ECR Public'],
    [/^(?:(?:index\.|registry-1\.)?docker\.io\/|(?!localhost\/)[^/.:]+(?:[/@]|:[^/]*$|$))/, 'Docker Hub'],
    [/^ghcr\.io\//, 'GitHub Packages'],
];
function refuseCommonMistakes(text) {
    const variable = /\$\{\{|\$\{?[A-Za-z_]\w*\}?|%[A-Za-z_]\w*%/.exec(text)?.[0];
    if (variable !== undefined) {
        throw new InvalidReference(`it has a variable that was not expanded (${variable}). Inputs of an action are not expanded by a shell: use an expression such as \${{ env.NAME }}`);
    }
    if (/[\s,;]/.test(text))
        throw new InvalidReference('it has a space or a comma. Give one reference per line');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
        throw new InvalidReference('it begins with a scheme. Give the reference in the form that docker push accepts');
    }
    const other = OTHER_REGISTRIES.find(([pattern]) => pattern.test(text))?.[1];
    if (other !== undefined) {
        throw new InvalidReference(`it is an image in ${other}. Amazon Inspector scans only images in private ECR registries: push the image to one, or pull it once through a pull-through cache`);
    }
}
function parseRegistry(host) {
    const { account, fips, dual, dualFips, region, ending } = HOST.exec(host)?.groups ?? {};
    const hosts = region === undefined ? undefined : hostsOf(region);
    const known = PARTITIONS.flatMap((one) => [one.ending, one.dualStack]);
    if (account === undefined || region === undefined || hosts === undefined || !known.includes(ending)) {
        throw new InvalidReference('its host is not a private ECR registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com)');
    }
    if (ending !== (dual === undefined ? hosts.ending : hosts.dualStack)) {
        throw new InvalidReference(`the end of its host name is not that of region ${region}`);
    }
    return {
        host,
        account,
        region,
        partition: hosts.partition,
        fips: (fips ?? dualFips) !== undefined,
        dualStack: dual !== undefined,
    };
}
function hostsOf(region) {
    return PARTITIONS.find((one) => one.region.test(region));
}
function canonicalHost({ account, region }) {
    return `${account}.dkr.ecr.${region}.${hostsOf(region)?.ending}`;
}
function registryOf(account, region) {
    return parseRegistry(canonicalHost({ account, region }));
}
function repositoryArn(registry, repository) {
    return `arn:${registry.partition}:ecr:${registry.region}:${registry.account}:repository/${repository}`;
}
function imageUri(registry, repository, digest) {
    return `${registry.host}/${repository}@${digest}`;
}
function plainName(registry, repository) {
    return `${canonicalHost(registry)}/${repository}`;
}


/***/ }),

/***/ 9025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EN: () => (/* binding */ threshold),
/* harmony export */   Gq: () => (/* binding */ invalid),
/* harmony export */   K7: () => (/* binding */ keyValues),
/* harmony export */   LT: () => (/* binding */ LONGEST_AGE),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   Yz: () => (/* binding */ parsed),
/* harmony export */   dE: () => (/* binding */ trimmed),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   vc: () => (/* binding */ LONGEST_SETTLE_TIME),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2227);
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5243);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8804);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6146);





function trimmed(get) {
    return (name) => get(name).trim();
}
function optional(text, read) {
    return text === '' ? undefined : read(text);
}
function lines(text) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
function parsed(name, value, parse, example) {
    try {
        return parse(value);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input ${name}: cannot use "${value}": ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}.`, {
            nextStep: `For example: ${name}: ${example}`,
            cause: error,
        });
    }
}
function oneOf(name, value, allowed) {
    const found = allowed.find((candidate) => candidate === value.toLowerCase());
    if (found !== undefined)
        return found;
    throw invalid(name, value, `one of ${allowed.join(', ')}`, (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .pA)(value, allowed) ?? allowed[0] ?? '');
}
function threshold(name, value) {
    const found = _results_severity_js__WEBPACK_IMPORTED_MODULE_4__/* .THRESHOLDS */ .Rm.find((candidate) => candidate === value.toLowerCase());
    if (found !== undefined)
        return found;
    const expected = `the lowest severity that ${name === 'fail-on' ? 'blocks' : 'warns'}, one of ${_results_severity_js__WEBPACK_IMPORTED_MODULE_4__/* .THRESHOLDS */ .Rm.join(', ')}`;
    throw invalid(name, value, expected, (0,_policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__/* .suggestThreshold */ .iO)(value));
}
function boolean(name, value, strict) {
    if (/^(true|True|TRUE)$/.test(value))
        return true;
    if (/^(false|False|FALSE)$/.test(value))
        return false;
    throw invalid(name, value, 'true or false', String((0,_policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__/* .suggestBoolean */ .XY)(value) ?? strict));
}
const LONGEST_WAIT = {
    units: ['s', 'm', 'h'],
    mostMs: 6 * _time_js__WEBPACK_IMPORTED_MODULE_2__/* .HOUR_MS */ .iQ,
    most: '6h',
    example: '15m',
};
const LONGEST_SETTLE_TIME = { ...LONGEST_WAIT, example: '15s' };
const LONGEST_AGE = {
    units: ['s', 'm', 'h', 'd'],
    mostMs: 3650 * _time_js__WEBPACK_IMPORTED_MODULE_2__/* .DAY_MS */ .sO,
    most: '3650d',
    example: '30d',
};
function duration(name, value, bounds = LONGEST_WAIT) {
    const { units, mostMs, most, example } = bounds;
    const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
    const ms = units.includes(unit) ? Number(amount) * (_time_js__WEBPACK_IMPORTED_MODULE_2__/* .UNIT_MS */ .k7[unit] ?? Number.NaN) : Number.NaN;
    if (Number.isNaN(ms)) {
        const allowed = `${units.slice(0, -1).join(', ')} or ${units.at(-1)}`;
        const suggested = (0,_policy_suggestions_js__WEBPACK_IMPORTED_MODULE_1__/* .suggestDuration */ .vR)(value, example.slice(-1));
        const isZero = Number.parseInt(value, 10) === 0;
        const isUsable = suggested !== undefined && isWithin(suggested, bounds) && !(isZero && name === 'timeout');
        throw invalid(name, value, `a number and a unit: ${allowed}`, isUsable ? suggested : example);
    }
    if (ms > mostMs)
        throw invalid(name, value, `at most ${most}`, most);
    if (ms === 0) {
        const least = name === 'timeout' ? example : `1${unit}`;
        throw invalid(name, value, 'a duration longer than zero', least);
    }
    return ms;
}
function isWithin(text, { units, mostMs }) {
    const unit = text.slice(-1);
    return units.includes(unit) && Number(text.slice(0, -1)) * (_time_js__WEBPACK_IMPORTED_MODULE_2__/* .UNIT_MS */ .k7[unit] ?? Number.NaN) <= mostMs;
}
function keyValues(name, text) {
    const pairs = lines(text).map((line) => {
        const match = /^([A-Za-z0-9._/-]+)=(.*)$/.exec(line);
        if (match?.[1] === undefined || match[2] === undefined) {
            throw invalid(name, line, 'key=value, one per line', 'commit=0f3c1e2');
        }
        return [match[1], match[2]];
    });
    const seen = new Set();
    const twice = pairs.find(([key]) => seen.size === seen.add(key).size);
    if (twice !== undefined)
        throw invalid(name, twice.join('='), 'each key once', 'commit=0f3c1e2');
    return Object.fromEntries(pairs);
}
function invalid(name, value, expected, example) {
    const got = value === '' ? 'nothing' : `"${value}"`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GateError */ .ue('input', `Input ${name}: expected ${expected}, got ${got}.`, {
        nextStep: `For example: ${name}: ${example}`,
    });
}


/***/ }),

/***/ 6413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ endOfString),
/* harmony export */   c: () => (/* binding */ givesKeyTwice)
/* harmony export */ });
function givesKeyTwice(json, value) {
    return keysIn(json) !== keysOf(value);
}
function endOfString(json, start) {
    for (let at = start + 1; at < json.length; at += 1) {
        const code = json.charCodeAt(at);
        if (code === QUOTE)
            return at + 1;
        if (code === BACKSLASH)
            at += 1;
    }
    return undefined;
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
function keysIn(json) {
    let count = 0;
    let at = json.indexOf('"');
    while (at !== -1) {
        let end = endOfString(json, at) ?? json.length;
        while (SPACES.has(json.charCodeAt(end)))
            end += 1;
        if (json.charCodeAt(end) === COLON)
            count += 1;
        at = json.indexOf('"', end);
    }
    return count;
}
function keysOf(value) {
    let count = 0;
    const open = [value];
    while (open.length > 0) {
        const item = open.pop();
        if (typeof item !== 'object' || item === null)
            continue;
        if (!Array.isArray(item))
            count += Object.keys(item).length;
        for (const part of Object.values(item))
            open.push(part);
    }
    return count;
}


/***/ }),

/***/ 5017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _I: () => (/* binding */ matchesAny),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   kt: () => (/* binding */ matchesGlob)
/* harmony export */ });
const TOKEN = /(?<=^|\/)\*\*\/|\*+|\?|\[([^\]]+)\]|\{([^{}]+)\}|./gsu;
const MOST_KEPT = 5_000;
function matchesGlob(glob, text, { ignoreCase = false } = {}) {
    return matchesAny(listOf(glob), text, { ignoreCase });
}
function listOf(glob) {
    const list = lists.get(glob) ?? [glob];
    lists.set(glob, list);
    return list;
}
function matchesAny(globs, text, { ignoreCase = false } = {}) {
    return matcherOf(globs, ignoreCase)(ignoreCase ? lowerCase(text) : text);
}
const lists = new Map();
const exactMatchers = new WeakMap();
const foldedMatchers = new WeakMap();
function matcherOf(globs, ignoreCase) {
    const matchers = ignoreCase ? foldedMatchers : exactMatchers;
    const known = matchers.get(globs);
    if (known !== undefined)
        return known;
    const matcher = newMatcher(automatonOf(ignoreCase ? globs.map(lowerCase) : globs));
    matchers.set(globs, matcher);
    return matcher;
}
function lowerCase(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
function newMatcher({ states, end }) {
    let kept = new Map();
    let steps = 0;
    let start;
    const reached = (from) => {
        const all = withFree(states, from);
        const key = all.join();
        const found = kept.get(key) ?? { states: all, isEnd: all.includes(end), next: new Map() };
        kept.set(key, found);
        return found;
    };
    const step = (at, character) => {
        const known = at.next.get(character);
        if (known !== undefined || at.next.has(character))
            return known;
        if (steps === MOST_KEPT) {
            kept = new Map();
            steps = 0;
            start = undefined;
        }
        const next = [];
        for (const state of at.states) {
            for (const { test, to } of states[state]?.moves ?? [])
                if (test(character))
                    next.push(to);
        }
        const led = next.length === 0 ? undefined : reached(next);
        at.next.set(character, led);
        steps += 1;
        return led;
    };
    return (text) => {
        start ??= reached([0]);
        let at = start;
        for (const character of text) {
            at = step(at, character);
            if (at === undefined)
                return false;
        }
        return at.isEnd;
    };
}
function withFree(states, from) {
    const isReached = new Uint8Array(states.length);
    const open = [...from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (isReached[at] === 1)
            continue;
        isReached[at] = 1;
        open.push(...(states[at]?.free ?? []));
    }
    const all = [];
    for (let at = isReached.indexOf(1); at !== -1; at = isReached.indexOf(1, at + 1))
        all.push(at);
    return all;
}
const anything = () => true;
const noSlash = (character) => character !== '/';
function automatonOf(globs) {
    const states = [];
    const state = () => states.push({ moves: [], free: [] }) - 1;
    const free = (from, to) => void states[from]?.free.push(to);
    const move = (from, test, to = state()) => {
        states[from]?.moves.push({ test, to });
        return to;
    };
    const any = (from, test) => {
        const loop = state();
        free(from, loop);
        return move(loop, test, loop);
    };
    const pattern = (text, from) => {
        let at = from;
        for (const [token, members, choices] of text.matchAll(TOKEN)) {
            if (members !== undefined) {
                at = move(at, memberOf(members));
            }
            else if (choices !== undefined) {
                const before = at;
                at = state();
                for (const choice of choices.split(','))
                    free(pattern(choice, before), at);
            }
            else if (token === '**/') {
                const behind = state();
                free(at, behind);
                at = move(any(at, anything), is('/'), behind);
            }
            else if (token.startsWith('*')) {
                at = any(at, token === '*' ? noSlash : anything);
            }
            else {
                at = move(at, token === '?' ? noSlash : is(token));
            }
        }
        return at;
    };
    const start = state();
    const end = state();
    for (const glob of globs)
        free(pattern(glob, start), end);
    return { end, states };
}
function is(wanted) {
    return (character) => character === wanted;
}
function memberOf(members) {
    const single = new Set();
    const ranges = [];
    for (const [token, first, last] of members.matchAll(/(.)-(.)|./gsu)) {
        const [from, to] = [codeOf(first), codeOf(last)];
        if (from <= to)
            ranges.push({ from, to });
        else
            for (const character of token)
                single.add(character);
    }
    return (character) => {
        const code = codeOf(character);
        return single.has(character) || ranges.some(({ from, to }) => from <= code && code <= to);
    };
}
function codeOf(character) {
    return character?.codePointAt(0) ?? Number.NaN;
}


/***/ }),

/***/ 3506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ EMPTY_POLICY),
/* harmony export */   a: () => (/* binding */ DEFAULT_SETTINGS)
/* harmony export */ });
const DEFAULT_SETTINGS = {
    failOn: 'critical',
    warnOn: 'high',
    ignoreUnfixed: false,
};
const EMPTY_POLICY = {
    failOn: undefined,
    warnOn: undefined,
    ignoreUnfixed: undefined,
    rules: [],
    limits: {},
    untriaged: 'warn',
    suppressed: 'ignore',
    exceptionsAllowed: {
        maxDurationMs: undefined,
        never: { severity: [], knownExploited: false, score: undefined },
        required: [],
    },
    minimum: {
        failOn: undefined,
        warnOn: undefined,
        enforce: false,
        ignoreUnfixed: true,
        timeoutMs: undefined,
        settleTimeMs: undefined,
        scanType: undefined,
        signing: false,
        baseline: true,
        baseImage: true,
        exceptions: true,
        vex: true,
        recheck: false,
    },
};


/***/ }),

/***/ 2227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SV: () => (/* binding */ suggestSeverities),
/* harmony export */   XY: () => (/* binding */ suggestBoolean),
/* harmony export */   iO: () => (/* binding */ suggestThreshold),
/* harmony export */   jK: () => (/* binding */ suggestBound),
/* harmony export */   qp: () => (/* binding */ suggestReachability),
/* harmony export */   vR: () => (/* binding */ suggestDuration)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5243);

const MOST_CHARACTERS = 200;
const OTHER_NAMES = new Map([
    ['important', 'high'],
    ['severe', 'high'],
    ['moderate', 'medium'],
    ['minor', 'low'],
    ['negligible', 'low'],
    ['info', 'informational'],
    ['all', 'informational'],
    ['any', 'informational'],
]);
function textOf(value) {
    const list = Array.isArray(value) ? value.slice(0, MOST_CHARACTERS) : [value];
    return list
        .filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
        .map((one) => String(one).slice(0, MOST_CHARACTERS))
        .join(' ')
        .slice(0, MOST_CHARACTERS);
}
function severitiesIn(value) {
    const words = textOf(value)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [];
    return words.flatMap((word) => OTHER_NAMES.get(word) ?? _results_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .THRESHOLDS */ .Rm.find((name) => name === word) ?? []);
}
function suggestThreshold(value) {
    const named = severitiesIn(value);
    return _results_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .THRESHOLDS */ .Rm.findLast((name) => name !== 'none' && named.includes(name)) ?? 'high';
}
function suggestSeverities(value) {
    const words = textOf(value)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [];
    const known = [..._results_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .SEVERITIES */ .oC, _results_severity_js__WEBPACK_IMPORTED_MODULE_0__/* .UNTRIAGED */ .C3].map((name) => name.toLowerCase());
    const named = words.flatMap((word) => {
        const name = OTHER_NAMES.get(word) ?? word;
        return known.includes(name) ? [name] : [];
    });
    return named.length === 0 ? undefined : [...new Set(named)];
}
const UNIT_NAMES = [
    [/^s(ec(onds?|s)?)?$/, 's', 1],
    [/^m(in(utes?|s)?)?$/, 'm', 1],
    [/^h((ou)?rs?)?$/, 'h', 1],
    [/^d(ays?)?$/, 'd', 1],
    [/^w(eeks?|ks?)?$/, 'w', 1],
    [/^mo(nths?)?$/, 'd', 30],
    [/^y(ears?|rs?)?$/, 'd', 365],
];
function suggestDuration(value, unit) {
    const [, amount, name = ''] = /^(\d{1,5}) ?([a-z]*)$/.exec(textOf(value).trim().toLowerCase()) ?? [];
    const [, own, factor = 1] = UNIT_NAMES.find(([names]) => names.test(name)) ?? [];
    if (amount === undefined || (name !== '' && own === undefined))
        return undefined;
    const number = Math.max(1, Number(amount) * factor);
    return number > 99_999 ? undefined : `${number}${own ?? unit}`;
}
function suggestBoolean(value) {
    const text = textOf(value).trim().toLowerCase();
    if (/^(true|yes|y|on|1|enabled?)$/.test(text))
        return true;
    return /^(false|no|n|off|0|disabled?|never)$/.test(text) ? false : undefined;
}
function suggestBound(value, most) {
    const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?) ?(%)?$/.exec(textOf(value).trim()) ?? [];
    if (digits === undefined)
        return undefined;
    const number = percent === undefined ? Number(digits) : Number(digits) / 100;
    return number <= most ? `>=${number}` : undefined;
}
function suggestReachability(value) {
    const word = textOf(value).trim().toLowerCase().replaceAll(/[_ ]/g, '-');
    if (/^(un|not-?)reachable$/.test(word))
        return 'not-reachable';
    return ['reachable', 'unknown'].find((name) => name === word);
}


/***/ }),

/***/ 123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   L1: () => (/* binding */ vulnerability),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   OS: () => (/* binding */ more),
/* harmony export */   TM: () => (/* binding */ firstLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   c_: () => (/* binding */ tableOf),
/* harmony export */   e5: () => (/* binding */ bullets),
/* harmony export */   kB: () => (/* binding */ time),
/* harmony export */   nM: () => (/* binding */ row),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   ru: () => (/* binding */ SEVERITY_MARKS),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   yf: () => (/* binding */ severity),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var _results_severity_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5243);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8804);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2542);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6832);




function code(text, max = 200) {
    return `<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)((0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(text, max))}</code>`;
}
function link(address, label) {
    return `<a href="${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(address)}">${label}</a>`;
}
function time(date) {
    return Number.isNaN(date.getTime())
        ? 'unknown'
        : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
function lines(text) {
    return text
        .split(/[\r\n]+/)
        .filter((part) => part.trim() !== '')
        .map(prose)
        .join('<br>');
}
function firstLine(text) {
    return text.split(/[\r\n]/, 1)[0] ?? '';
}
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;
function prose(text) {
    const [, before, command, after] = COMMAND.exec(text) ?? [];
    if (before === undefined || command === undefined)
        return sentence(text);
    return `${sentence(before)}${before.endsWith(' ') ? ' ' : ''}<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(command)}</code>${after}`;
}
function sentence(text) {
    const words = text.split(' ').filter((word) => word !== '');
    return words
        .map((word, index) => {
        if (PLAIN_WORD.test(word))
            return (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(word);
        const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
        const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
        const end = word.includes('(') ? /^(.+?)([.,;:!?]?)$/su : /^(.+?)(\)?[.,;:!?]?)$/su;
        const [, name = word, mark = ''] = (closes ? end.exec(word) : null) ?? [];
        return `${opens ? '<code>' : ''}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .html */ .qy)(name)}${closes ? `</code>${mark}` : ''}`;
    })
        .join(' ');
}
function details(summary, content, open = false) {
    return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content.join('\n')}\n</details>`;
}
function bullets(items) {
    return `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}
function table(head, rows) {
    return tableOf(head, rows.map(row));
}
function tableOf(head, rows) {
    const heads = head.some((cell) => cell !== '')
        ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
        : '';
    return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}
function row(cells) {
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
function more(count) {
    return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}
function vulnerability(id) {
    const address = (0,_links_js__WEBPACK_IMPORTED_MODULE_1__/* .advisoryUrl */ .Le)(id);
    return address === undefined ? code(id, 80) : link(address, id);
}
const SEVERITY_MARKS = {
    critical: '🔴',
    high: '🟠',
    medium: '🟡',
    low: '🔵',
    informational: '⚪',
    untriaged: '❔',
};
function severity(value) {
    const word = (0,_results_severity_js__WEBPACK_IMPORTED_MODULE_3__/* .severityWord */ .Oh)(value);
    return word === undefined ? `❔&nbsp;${code(value, 40)}` : `${SEVERITY_MARKS[word] ?? ''}&nbsp;${word}`;
}


/***/ }),

/***/ 459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ oneByOne),
/* harmony export */   s: () => (/* binding */ jsonText)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2542);

const PIECE_LENGTH = 64 * 1024;
const DEPTH = 6;
function* jsonText(document) {
    let piece = '';
    for (const part of parts(document, '\n', DEPTH)) {
        piece += (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .inertJson */ .nl)(part);
        if (piece.length < PIECE_LENGTH)
            continue;
        yield piece;
        piece = '';
    }
    yield `${piece}\n`;
}
function oneByOne(items, make) {
    return {
        *[Symbol.iterator]() {
            for (const item of items)
                yield make(item);
        },
    };
}
function* parts(value, lineBreak, depth) {
    if (depth === 0 || typeof value !== 'object' || value === null) {
        yield JSON.stringify(value ?? null, undefined, 2).replaceAll('\n', lineBreak);
        return;
    }
    const inner = `${lineBreak}  `;
    const [open, close] = isList(value) ? '[]' : '{}';
    let before = open;
    for (const [name, member] of members(value)) {
        yield name === undefined ? `${before}${inner}` : `${before}${inner}${JSON.stringify(name)}: `;
        yield* parts(member, inner, isList(value) && !Array.isArray(value) ? 0 : depth - 1);
        before = ',';
    }
    yield before === ',' ? `${lineBreak}${close}` : `${open}${close}`;
}
function isList(value) {
    return Symbol.iterator in value;
}
function* members(value) {
    if (isList(value))
        for (const member of value)
            yield [undefined, member];
    else
        for (const entry of Object.entries(value))
            if (entry[1] !== undefined)
                yield entry;
}


/***/ }),

/***/ 6832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K0: () => (/* binding */ vendorAdvisory),
/* harmony export */   Le: () => (/* binding */ advisoryUrl),
/* harmony export */   tr: () => (/* binding */ consoleLinks)
/* harmony export */ });
function advisoryUrl(id) {
    if (/^CVE-\d{4}-\d{4,12}$/.test(id))
        return `https://nvd.nist.gov/vuln/detail/${id}`;
    if (/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id))
        return `https://github.com/advisories/${id}`;
    return undefined;
}
const VENDORS = new Map(Object.entries({
    'access.redhat.com': 'Red Hat',
    'alas.aws.amazon.com': 'Amazon Linux',
    'errata.almalinux.org': 'AlmaLinux',
    'errata.rockylinux.org': 'Rocky Linux',
    'explore.alas.aws.amazon.com': 'Amazon Linux',
    'linux.oracle.com': 'Oracle Linux',
    'people.canonical.com': 'Ubuntu',
    'security-tracker.debian.org': 'Debian',
    'security.alpinelinux.org': 'Alpine',
    'ubuntu.com': 'Ubuntu',
    'www.suse.com': 'SUSE',
}));
function vendorAdvisory(sourceUrl) {
    if (sourceUrl === undefined || !/^https:\/\/[a-z.-]+\/[\w./~%?=&#-]{1,200}$/.test(sourceUrl))
        return undefined;
    const { hostname, href } = new URL(sourceUrl);
    const vendor = VENDORS.get(hostname);
    return vendor === undefined ? undefined : { vendor, url: href };
}
function consoleLinks({ account, region, repository, digest, }) {
    const host = consoleHost(region);
    const known = /^\d{12}$/.test(account) &&
        /^[a-z0-9/._-]{2,256}$/.test(repository) &&
        /^sha256:[0-9a-f]{64}$/.test(digest);
    if (host === undefined || !known)
        return [];
    return [
        {
            name: 'Amazon ECR',
            url: `https://${host}/ecr/repositories/private/${account}/${repository}/_/image/${digest}/details?region=${region}`,
        },
        { name: 'Amazon Inspector', url: `https://${host}/inspector/v2/home?region=${region}#/findings/all` },
    ];
}
function consoleHost(region) {
    if (/^cn-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws.cn`;
    if (/^us-gov-[a-z]+-\d$/.test(region))
        return `${region}.console.amazonaws-us-gov.com`;
    if (/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/.test(region))
        return `${region}.console.aws.amazon.com`;
    return undefined;
}


/***/ }),

/***/ 8276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HL: () => (/* binding */ enumerate),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   _G: () => (/* binding */ VERDICT_WORDS),
/* harmony export */   j7: () => (/* binding */ MARKS)
/* harmony export */ });
const MARKS = {
    pass: '✅',
    warn: '⚠️',
    block: '⛔',
    error: '❌',
};
const VERDICT_WORDS = {
    pass: 'Passed',
    warn: 'Passed with warnings',
    block: 'Blocked',
    error: 'No verdict',
};
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
function enumerate(texts) {
    return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
function shortDigest(text) {
    return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/g, '$1');
}


/***/ }),

/***/ 5367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FF: () => (/* binding */ fixedVersion),
/* harmony export */   P2: () => (/* binding */ reachabilityOf),
/* harmony export */   er: () => (/* binding */ fixability),
/* harmony export */   nU: () => (/* binding */ installedVersion),
/* harmony export */   od: () => (/* binding */ NO_PLATFORM)
/* harmony export */ });
const NO_PLATFORM = 'unknown';
function installedVersion({ epoch, version, release }) {
    return `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
}
function fixedVersion({ fixedIn }) {
    return fixedIn?.replace(/^0:(?=.)/, '') || undefined;
}
function reachabilityOf(packages) {
    if (packages.some(({ reachability }) => reachability === 'reachable'))
        return 'reachable';
    const isNone = packages.length > 0 && packages.every(({ reachability }) => reachability !== undefined);
    return isNone ? 'not-reachable' : undefined;
}
function fixability({ fixAvailable, packages }) {
    if (fixAvailable === 'YES')
        return 'all';
    if (fixAvailable === 'PARTIAL')
        return 'some';
    if (fixAvailable === 'NO')
        return 'none';
    const fixed = packages.filter(({ fixedIn }) => fixedIn).length;
    if (fixed === 0)
        return 'unknown';
    return fixed === packages.length ? 'all' : 'some';
}


/***/ }),

/***/ 5243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C3: () => (/* binding */ UNTRIAGED),
/* harmony export */   IQ: () => (/* binding */ rankOf),
/* harmony export */   O6: () => (/* binding */ reaches),
/* harmony export */   Oh: () => (/* binding */ severityWord),
/* harmony export */   Rm: () => (/* binding */ THRESHOLDS),
/* harmony export */   oC: () => (/* binding */ SEVERITIES)
/* harmony export */ });
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
const UNTRIAGED = 'UNTRIAGED';
const THRESHOLDS = [
    'critical',
    'high',
    'medium',
    'low',
    'informational',
    'none',
];
function rankOf(severity) {
    const rank = SEVERITIES.indexOf(severity);
    return rank === -1 ? undefined : rank;
}
function reaches(rank, threshold) {
    return threshold !== 'none' && rank <= THRESHOLDS.indexOf(threshold);
}
function severityWord(severity) {
    return severity === UNTRIAGED || rankOf(severity) !== undefined ? severity.toLowerCase() : undefined;
}


/***/ }),

/***/ 8516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KH: () => (/* binding */ heldBackByEcr),
/* harmony export */   L8: () => (/* binding */ classify),
/* harmony export */   LJ: () => (/* binding */ heldBackByInspector),
/* harmony export */   Yx: () => (/* binding */ ECR_STATUS),
/* harmony export */   h1: () => (/* binding */ classifyBasic)
/* harmony export */ });
/* unused harmony export COVERAGE_REASON */
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6146);

const REBUILD = 'Build the image on an operating system and in a format that Amazon Inspector supports.';
const SHRINK = 'Make the image smaller: it is larger than Amazon Inspector can scan.';
const PUSH_AGAIN = 'Delete the image and push it again, because only a push starts a scan; in a pull-through cache, delete it and pull it once. To keep images scanned for longer, extend the re-scan duration in Amazon Inspector.';
const CONFIGURE = 'Turn on enhanced scanning for this repository: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).';
const RESTORE = 'Restore the image in ECR, or push it again.';
const PERMIT = 'Allow Amazon Inspector to read the repository: check the repository policy, and the key policy of the KMS key that encrypts the repository.';
const ECR_STATUS = {
    ACTIVE: 'scanned',
    COMPLETE: 'scanned',
    PENDING: 'waiting',
    IN_PROGRESS: 'waiting',
    FAILED: { nextStep: REBUILD },
    UNSUPPORTED_IMAGE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    FINDINGS_UNAVAILABLE: { nextStep: PUSH_AGAIN },
    LIMIT_EXCEEDED: {
        nextStep: 'The account has reached a scan limit: check the service quotas of ECR and Amazon Inspector.',
    },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
};
const COVERAGE_REASON = {
    SUCCESSFUL: 'scanned',
    SCAN_FREQUENCY_SCAN_ON_PUSH: 'scanned',
    PENDING_INITIAL_SCAN: 'waiting',
    SCAN_IN_PROGRESS: 'waiting',
    PENDING_REVIVAL_SCAN: 'waiting',
    INTERNAL_ERROR: 'waiting',
    UNSUPPORTED_OS: { nextStep: REBUILD },
    UNSUPPORTED_MEDIA_TYPE: { nextStep: REBUILD },
    IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
    STORAGE_LIMIT_EXCEEDED: { nextStep: REBUILD },
    EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED: { nextStep: REBUILD },
    INVALID_ARTIFACT: { nextStep: REBUILD },
    SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
    IMAGE_ARCHIVED: { nextStep: RESTORE },
    SCAN_FREQUENCY_MANUAL: { nextStep: CONFIGURE },
    PENDING_DISABLE: {
        nextStep: 'Amazon Inspector is being disabled for this account: enable it again (aws inspector2 enable --resource-types ECR).',
    },
    RESOURCE_TERMINATED: {
        nextStep: 'The image was deleted: push it again. If the repository is a pull-through cache, pull the image once instead.',
    },
    ACCESS_DENIED: { nextStep: PERMIT },
    ACCESS_DENIED_TO_ENCRYPTION_KEY: { nextStep: PERMIT },
    EXCLUDED_BY_TAG: { nextStep: 'Remove the tag that excludes this resource from Amazon Inspector.' },
};
const SCANNED_ONCE = 'SCAN_FREQUENCY_SCAN_ON_PUSH';
function classify({ ecrStatus, coverage, imageStatus, pushedAt, now }) {
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const ecr = meaningOf(ECR_STATUS, ecrStatus);
    const terminal = coverage.flatMap(({ reason }) => {
        const meaning = meaningOf(COVERAGE_REASON, reason);
        return typeof meaning === 'object'
            ? [{ report: `Inspector reports ${reason}`, nextStep: meaning.nextStep }]
            : [];
    });
    if (typeof ecr === 'object')
        terminal.push({ report: `ECR reports ${ecrStatus}`, nextStep: ecr.nextStep });
    const [first] = terminal;
    if (first !== undefined) {
        return unscannable(terminal.map(({ report }) => report).join(', '), first.nextStep);
    }
    if (imageStatus !== undefined && imageStatus !== 'ACTIVE')
        return waiting(`ECR reports the image as ${imageStatus}`);
    const held = heldBackByEcr(ecrStatus);
    if (held !== undefined)
        return waiting(held);
    if (coverage.length === 0)
        return waiting('Inspector has no record of the image yet');
    for (const { statusCode, reason, lastScannedAt } of coverage) {
        const finished = reason === SCANNED_ONCE ? isKnownCode(statusCode) : reason === 'SUCCESSFUL' && statusCode === 'ACTIVE';
        if (!finished)
            return waiting(`Inspector reports ${statusCode} ${reason}`);
        if (lastScannedAt === undefined)
            return waiting(`Inspector reports ${reason} without the time of a scan`);
        const doubt = reasonToDoubt('Inspector', lastScannedAt, pushedAt, now);
        if (doubt !== undefined)
            return waiting(doubt);
    }
    const latest = Math.max(...coverage.map(({ lastScannedAt }) => lastScannedAt?.getTime() ?? Number.NaN));
    return {
        kind: 'scanned',
        scannedAt: new Date(latest),
        monitored: coverage.every(({ reason }) => reason !== SCANNED_ONCE),
    };
}
function heldBackByEcr(ecrStatus) {
    return meaningOf(ECR_STATUS, ecrStatus) === 'waiting'
        ? `ECR reports ${ecrStatus ?? 'no scan yet'}`
        : undefined;
}
function heldBackByInspector(facts) {
    const state = classify({ ...facts, ecrStatus: 'ACTIVE' });
    return state.kind === 'waiting' ? state.reason : undefined;
}
function reasonToDoubt(service, scannedAt, pushedAt, now) {
    if (!(scannedAt >= pushedAt))
        return `${service} has not scanned the image since it was pushed`;
    return scannedAt.getTime() - now.getTime() <= _time_js__WEBPACK_IMPORTED_MODULE_0__/* .CLOCK_SKEW_MS */ .rn
        ? undefined
        : `${service} reports a scan in the future (${scannedAt.toISOString()})`;
}
function isKnownCode(statusCode) {
    return statusCode === 'ACTIVE' || statusCode === 'INACTIVE';
}
function meaningOf(table, status) {
    return status !== undefined && Object.hasOwn(table, status) ? (table[status] ?? 'waiting') : 'waiting';
}
function waiting(reason) {
    return { kind: 'waiting', reason };
}
function unscannable(reason, nextStep) {
    return { kind: 'unscannable', reason, nextStep };
}
function classifyBasic(facts) {
    const { ecrStatus, completedAt, imageStatus, pushedAt, now } = facts;
    if (imageStatus === 'ARCHIVED')
        return unscannable('the image is archived', RESTORE);
    const meaning = meaningOf(ECR_STATUS, ecrStatus);
    if (typeof meaning === 'object')
        return unscannable(`ECR reports ${ecrStatus}`, meaning.nextStep);
    if (ecrStatus === 'ACTIVE') {
        return unscannable('ECR reports ACTIVE, which only enhanced scanning reports', 'Set scan-type: enhanced, or remove the input.');
    }
    if (ecrStatus !== 'COMPLETE')
        return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
    if (completedAt === undefined)
        return waiting('ECR reports COMPLETE without the time of a scan');
    const doubt = reasonToDoubt('ECR', completedAt, pushedAt, now);
    if (doubt !== undefined)
        return waiting(doubt);
    return { kind: 'scanned', scannedAt: completedAt, monitored: false };
}


/***/ }),

/***/ 3411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
const VERSION = '1.0.0';


/***/ })

};
