export const id = 6102;
export const ids = [6102];
export const modules = {

/***/ 36102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WM: () => (/* binding */ isCommit),
/* harmony export */   cV: () => (/* binding */ readGitHubFile),
/* harmony export */   createGitHub: () => (/* binding */ createGitHub),
/* harmony export */   x5: () => (/* binding */ refusal)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44708);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75650);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(51637);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(24686);
/* harmony import */ var _time_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(41956);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(37253);
/** The REST API of github.com or GitHub Enterprise Server, through the proxy of the environment. */








/** The API of github.com. */
const GITHUB_COM = 'https://api.github.com';
const REQUEST_TIMEOUT_MS = 20_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;
// Base64 of the largest policy, and the JSON around it.
const MAX_ANSWER_BYTES = 1024 * 1024;
/** A client for the API at `GITHUB_API_URL`, or that of github.com if it is not set. */
function createGitHub({ token, deadline, environment, random = Math.random }) {
    const base = URL.parse(environment.GITHUB_API_URL || GITHUB_COM);
    if (base === null || !/^https?:$/.test(base.protocol)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', `GITHUB_API_URL is not an http or https address: ${environment.GITHUB_API_URL}.`);
    }
    const agentOptions = { proxyEnv: (0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .proxyEnvironment */ .w)(environment) };
    const secure = base.protocol === 'https:';
    const agent = secure ? new node_https__WEBPACK_IMPORTED_MODULE_2__.Agent(agentOptions) : new node_http__WEBPACK_IMPORTED_MODULE_1__.Agent(agentOptions);
    const send = secure ? node_https__WEBPACK_IMPORTED_MODULE_2__.request : node_http__WEBPACK_IMPORTED_MODULE_1__.request;
    async function attempt(path, accept) {
        const options = {
            agent,
            signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
            headers: {
                accept,
                authorization: `Bearer ${token}`,
                'user-agent': `ecr-deployment-gate/${_version_js__WEBPACK_IMPORTED_MODULE_6__/* .VERSION */ .x}`,
                'x-github-api-version': '2022-11-28',
            },
        };
        return new Promise((resolve, reject) => {
            const request = send((0,_text_js__WEBPACK_IMPORTED_MODULE_7__/* .withoutSlashes */ .C2)(`${base}`) + path, options, (response) => {
                collect(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject);
            });
            request.on('error', reject);
            request.end();
        });
    }
    return {
        get: async (path, accept) => {
            let last = 'no response';
            for (let count = 0;; count += 1) {
                const outcome = await attempt(path, accept).catch((error) => toError(error));
                const failed = outcome instanceof Error;
                if (failed && (outcome instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue || isPermanent(outcome)))
                    throw outcome;
                if (!failed && !isTransient(outcome))
                    return outcome;
                const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** count);
                const asked = failed ? 0 : askedDelayMs(outcome);
                const delay = Math.max(ceiling / 2 + (random() * ceiling) / 2, asked);
                // Waiting for a rate limit that outlasts the run is pointless.
                if (!failed && asked >= deadline.remainingMs() && outcome.status < 500)
                    return outcome;
                if (!deadline.signal.aborted) {
                    last = failed ? (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(outcome) : `HTTP ${outcome.status}`;
                    await deadline.sleep(delay);
                }
                if (deadline.signal.aborted)
                    throw over(deadline, last, base);
            }
        },
    };
}
async function collect(response) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response) {
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', 'The response of GitHub is larger than 1 MiB.');
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function toError(error) {
    return error instanceof Error ? error : new Error(String(error));
}
/** Whether a retry cannot help: an untrusted certificate, an invalid address, or a proxy that refuses the connection. */
function isPermanent(error) {
    if ((0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .proxyRefusal */ .v)(error) !== undefined)
        return true;
    const { code } = error;
    return code !== undefined && /^(ERR_TLS|ERR_INVALID|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}
function isTransient({ status, headers }) {
    return status >= 500 || status === 429 || isLimited({ status, headers });
}
/** Source: GitHub Docs, "Rate limits for the REST API": 403 or 429 with one of these headers. */
function isLimited({ status, headers }) {
    const limited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
    return status === 429 || (status === 403 && limited);
}
function askedDelayMs({ headers }) {
    const seconds = Number(headers['retry-after']);
    if (Number.isFinite(seconds))
        return seconds * 1000;
    const reset = Number(headers['x-ratelimit-reset']);
    return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)
        ? Math.max(0, reset * 1000 - Date.now())
        : 0;
}
function over(deadline, last, base) {
    if (!deadline.expired)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('cancelled', 'The job was cancelled.');
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('timeout', `The timeout of ${(0,_time_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(deadline.totalMs)} ended during requests to GitHub. Last result: ${last}.`, {
        nextStep: base.origin === GITHUB_COM
            ? 'Check https://www.githubstatus.com, and run the job again.'
            : `Check whether ${base.host} responds to the runner, and run the job again.`,
    });
}
/** Whether a ref is the full ID of a commit, which always names the same commit. */
function isCommit(ref) {
    return /^[0-9a-f]{40}$/i.test(ref);
}
/**
 * The bytes of a file at a ref, verified against the blob ID and the ref in the response.
 * @throws GateError if the response is not that file
 */
async function readGitHubFile(github, file) {
    const { owner, repo, path, ref } = file;
    const name = `${owner}/${repo}/${path}@${ref}`;
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    let answer;
    try {
        answer = await github.get(`/repos/${owner}/${repo}/contents/${encoded}?ref=${encodeURIComponent(ref)}`, 'application/vnd.github.object+json');
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue && error.code !== 'input')
            throw error;
        const nextStep = error instanceof Error ? (0,_proxy_js__WEBPACK_IMPORTED_MODULE_4__/* .proxyRefusal */ .v)(error) : undefined;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', `${name} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}`, { nextStep, cause: error });
    }
    if (answer.status !== 200)
        throw refusal(answer, name, file);
    const content = contentOf(answer.body);
    if (content === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', `${name} is not a file, or it is too large for GitHub's API.`);
    }
    const asked = URL.parse(content.url)?.searchParams.get('ref');
    if (content.path !== path || asked?.toLowerCase() !== ref.toLowerCase()) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-proven', `GitHub returned a different file or ref than ${name}.`);
    }
    const algorithm = content.sha.length === 64 ? 'sha256' : 'sha1';
    const blob = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm).update(`blob ${content.bytes.length}\0`).update(content.bytes);
    if (blob.digest('hex') !== content.sha) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('not-proven', `The content that GitHub returned for ${name} does not match its blob ID.`);
    }
    return content.bytes;
}
/** A file of GitHub's contents API; undefined for a directory, a submodule or any other response. */
function contentOf(body) {
    let answer;
    try {
        answer = JSON.parse(body.toString('utf8'));
    }
    catch {
        return undefined;
    }
    const { type, encoding, content, path, url, sha } = (answer ?? {});
    const texts = [content, path, url, sha].every((value) => typeof value === 'string');
    if (type !== 'file' || encoding !== 'base64' || !texts)
        return undefined;
    return {
        path: String(path),
        url: String(url),
        sha: String(sha),
        bytes: Buffer.from(String(content), 'base64'),
    };
}
/** The error for a response without the file, with what to do. */
function refusal(answer, name, { owner, repo }) {
    const { status, headers } = answer;
    const fail = (why, nextStep) => new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GateError */ .ue('input', `${name} cannot be read: ${why}.`, { nextStep });
    if (isLimited(answer)) {
        const reset = Number(headers['x-ratelimit-reset']);
        const until = Number.isFinite(reset) ? ` until ${new Date(reset * 1000).toISOString()}` : '';
        return fail(`GitHub's rate limit for the token is used up${until}`, 'Run the job again later, or use the token of a GitHub App, which has its own limit.');
    }
    const access = `Give github-token a token with contents: read on ${owner}/${repo}; the GITHUB_TOKEN of a job can read only its own repository and public ones.`;
    if (status === 404) {
        return fail('there is no such repository, file or ref, or the token of github-token cannot read it', access);
    }
    if (status === 401)
        return fail('GitHub does not accept the token of github-token', access);
    if (status === 403) {
        const sso = headers['x-github-sso'] === undefined ? '' : ' (the token is not authorized for single sign-on)';
        return fail(`GitHub denies access to the token of github-token${sso}: ${saidBy(answer)}`, access);
    }
    if (status >= 300 && status < 400) {
        return fail('the repository has moved', 'Use its new name: someone else can register the old one.');
    }
    return fail(`GitHub returned HTTP ${status}: ${saidBy(answer)}`, 'Check owner/repo/path@ref.');
}
/** GitHub's own message, shortened. */
function saidBy({ body }) {
    try {
        const { message } = JSON.parse(body.toString('utf8'));
        return typeof message === 'string' ? message.slice(0, 200) : 'without a message';
    }
    catch {
        return 'without a message';
    }
}


/***/ })

};
