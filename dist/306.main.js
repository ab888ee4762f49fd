export const id = 306;
export const ids = [306,6102];
export const modules = {

/***/ 60866:
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
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75650);
/** Follows paths link by link, because a pull request can add symbolic links to a checkout and choose their targets. */





/** The limit of Linux. */
const MOST_LINKS = 40;
/** Windows has neither flag. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants;
/**
 * Follows a path as the operating system does.
 * @throws Error for links that lead in a circle, and for a directory that may not be searched
 */
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
/** Whether two results of stat are of the same file, whatever its path: neither spelling nor bind mounts matter. */
function isSame(a, b) {
    return a.dev === b.dev && a.ino === b.ino;
}
/** Whether a path without links is a directory or lies below it. */
function isBelow(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.relative)(directory, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_3__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)(way);
}
/**
 * The steps of a path that are one of some directories, or are in one of them.
 * @param directories those that do not exist contain nothing
 */
async function stepsIn({ steps }, directories) {
    const looks = await Promise.all(directories.map((directory) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(directory, { bigint: true }).catch(() => undefined)));
    const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
    return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}
/** The first symbolic link of a path that is in the workspace; undefined if there is none. */
async function linkInWorkspace(way, workspace) {
    const inside = await stepsIn(way, [workspace]);
    return inside.find(({ stats }) => stats.isSymbolicLink());
}
/**
 * The path to a file that an input names. The workflow may name any path, but a link in the workspace that leads out of
 * it may come from a pull request.
 * @throws GateError `input` if such a link leads out of the workspace
 */
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
/**
 * A file that an input names, for another program to read.
 * @returns its path without links; undefined if it does not exist, which the other program reports
 * @throws GateError `input` if a link in the workspace leads out of it, and for a file that is not regular or too large
 */
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
/**
 * Reads a file. Of a larger file, it reads `mostBytes` plus one byte.
 * @param real without links: a file that was replaced by a link or a pipe since is not read
 * @throws Error for what is not a regular file
 */
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
/**
 * Creates a directory for reports, and the directories above it that do not exist.
 * @returns its path without links
 * @throws Error if a part of the path is a link in the workspace
 */
async function directoryFor(path, workspace) {
    const way = await wayTo((0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(path));
    const link = await linkInWorkspace(way, workspace);
    if (link !== undefined) {
        throw new Error(`${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`);
    }
    let made = way.real;
    for (const name of way.missing) {
        made = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(made, name);
        // Fails if something with that name was created in the meantime, because it was not checked.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(made);
    }
    return made;
}
/**
 * Writes a file in place of an existing one: a link of that name is replaced, not followed, and other hard links to the
 * old file keep its content.
 * @param directory without links: see `directoryFor`
 */
async function replaceFile(directory, name, content) {
    // Shorter than the names of the files, which can be almost as long as a file system allows.
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
    // Fails if anything of that name exists, links included.
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


/***/ }),

/***/ 50306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadExceptions: () => (/* binding */ loadExceptions),
  loadPolicy: () => (/* binding */ loadPolicy),
  loadPolicyFile: () => (/* binding */ loadPolicyFile),
  loadVex: () => (/* binding */ loadVex),
  sourceOf: () => (/* binding */ sourceOf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./errors.js
var errors = __webpack_require__(75650);
// EXTERNAL MODULE: ./files.js
var files = __webpack_require__(60866);
// EXTERNAL MODULE: ./github/client.js
var client = __webpack_require__(36102);
;// CONCATENATED MODULE: ./github/ownership.js
/** Whether a ref belongs to a repository: GitHub serves the commits of forks under the name of the parent repository. */


const JSON_TYPE = 'application/vnd.github+json';
// With the default branch and the two lists: at most 24 requests.
const PAGE_SIZE = 100;
const MOST_COMPARED = 20;
// git resolves NAME as refs/NAME before it looks for a tag or a branch of that name. Below refs/, GitHub keeps the commits
// of pull requests too, those from forks included.
const NOT_ITS_OWN = /^(?:refs\/)?(?:pull|__gh__)\//;
// What git resolves to a commit if no ref has that name: an abbreviated id, and the output of `git describe`.
const LIKE_A_COMMIT = /(?:^|-g)[0-9a-f]{4,}$/i;
/**
 * Refuses the names of refs that are neither a branch nor a tag, such as `pull/7/head`: everyone who can fork a
 * repository can open a pull request.
 * @throws GateError `input`
 */
function refuseForeignName(file) {
    const { ref } = file;
    if (NOT_ITS_OWN.test(ref) || /^refs\/(?!(?:heads|tags)\/)/.test(ref))
        throw noBranchOrTag(file);
}
/**
 * Refuses a commit that is on no branch and no tag of the repository. Everyone who can fork a repository can make a commit
 * that GitHub then serves under the name of that repository.
 *
 * A commit is on a branch if it is its own merge base with the branch (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 * The default branch is compared first, then the branches and tags that GitHub lists first. A ref that git could resolve
 * to a commit, such as an abbreviated id, has to be the name of a branch or tag (`GET /repos/{owner}/{repo}/git/ref/{ref}`);
 * any other name is one if GitHub serves a file at it. All of this needs the permission contents: read, as the file does.
 * @throws GateError `input` for a commit that is not, or cannot be shown to be, of the repository
 */
async function refuseForeignCommit(github, file) {
    const { owner, repo, ref } = file;
    if (!LIKE_A_COMMIT.test(ref))
        return;
    const ask = asker(github, file);
    if (!(0,client/* isCommit */.WM)(ref)) {
        if (await isBranchOrTag(ref, ask))
            return;
        throw noBranchOrTag(file);
    }
    const { default_branch } = fields(await ask(''));
    const branch = typeof default_branch === 'string' ? default_branch : undefined;
    if (await isOnBranchOrTag(ref.toLowerCase(), branch, ask))
        return;
    throw new errors/* GateError */.ue('input', `${nameOf(file)}: the commit was not found on any branch or tag of ${owner}/${repo}. GitHub also serves commits of forks and pull requests under that name.`, {
        nextStep: `Use a commit on the default branch${branch === undefined ? '' : ` (${branch})`} of ${owner}/${repo}, or a commit that a tag points at.`,
    });
}
function nameOf({ owner, repo, path, ref }) {
    return `${owner}/${repo}/${path}@${ref}`;
}
function noBranchOrTag(file) {
    const { owner, repo, ref } = file;
    return new errors/* GateError */.ue('input', `${nameOf(file)}: ${ref} is neither a branch nor a tag of ${owner}/${repo}.`, {
        nextStep: 'Use a branch, a tag, or all 40 digits of a commit.',
    });
}
function asker(github, file) {
    const { owner, repo } = file;
    return async (what) => {
        let answer;
        try {
            answer = await github.get(`/repos/${owner}/${repo}${what}`, JSON_TYPE);
        }
        catch (error) {
            if (error instanceof errors/* GateError */.ue && error.code !== 'input')
                throw error;
            // Too large. A comparison with a branch that has the commit is small: no commits and no files lie between them.
            if (error instanceof errors/* GateError */.ue)
                return undefined;
            throw new errors/* GateError */.ue('input', `${nameOf(file)} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
        }
        if (answer.status === 404 || answer.status === 422)
            return undefined;
        if (answer.status !== 200)
            throw (0,client/* refusal */.x5)(answer, nameOf(file), file);
        try {
            return JSON.parse(answer.body.toString('utf8'));
        }
        catch {
            return undefined;
        }
    };
}
async function isOnBranchOrTag(sha, defaultBranch, ask) {
    if (defaultBranch !== undefined && (await isOn(defaultBranch, sha, ask)))
        return true;
    const lists = [
        await ask(`/branches?per_page=${PAGE_SIZE}`),
        await ask(`/tags?per_page=${PAGE_SIZE}`),
    ];
    const tips = new Set(lists.flatMap(tipsOf));
    if (tips.has(sha))
        return true;
    for (const tip of [...tips].slice(0, MOST_COMPARED))
        if (await isOn(tip, sha, ask))
            return true;
    return false;
}
/** Whether a commit is the one that a branch or tag points at, or an ancestor of it. */
async function isOn(base, sha, ask) {
    const between = `${encodeURIComponent(base)}...${sha}`;
    const { status, ahead_by, base_commit, merge_base_commit } = fields(await ask(`/compare/${between}?per_page=1`));
    return ((status === 'behind' || status === 'identical') &&
        ahead_by === 0 &&
        fields(merge_base_commit).sha === sha &&
        (!(0,client/* isCommit */.WM)(base) || fields(base_commit).sha === base));
}
/** The commits that the branches or tags of a list point at. */
function tipsOf(list) {
    const items = Array.isArray(list) ? list : [];
    return items.flatMap((item) => {
        const { sha } = fields(fields(item).commit);
        return typeof sha === 'string' && (0,client/* isCommit */.WM)(sha) ? [sha] : [];
    });
}
async function isBranchOrTag(ref, ask) {
    const full = /^refs\/(.+)$/.exec(ref)?.[1];
    for (const name of full === undefined ? [`tags/${ref}`, `heads/${ref}`] : [full]) {
        const encoded = name.split('/').map(encodeURIComponent).join('/');
        if (fields(await ask(`/git/ref/${encoded}`)).ref === `refs/${name}`)
            return true;
    }
    return false;
}
function fields(value) {
    return typeof value === 'object' && value !== null ? value : {};
}

// EXTERNAL MODULE: ./results/issuer.js
var issuer = __webpack_require__(72893);
// EXTERNAL MODULE: ./policy/policy.js
var policy = __webpack_require__(17516);
;// CONCATENATED MODULE: ./policy/canonical.js
/**
 * The canonical form of a policy, and its digest: two files have the same digest if and only if they have the same
 * meaning. Comments, the order of keys, quotes, the order of lists whose order has no meaning, and values that equal
 * the default do not change it. Pure.
 */



/**
 * The first line of the canonical form. No policy file begins with it, so this digest is never that of a file. Change
 * it if a default changes, or if the meaning of the same text changes.
 */
const FORM = 'ecr-deployment-gate/policy/v1';
/** The SHA-256, in hex, of the canonical form of a policy. */
function policySha256(document) {
    return (0,external_node_crypto_.createHash)('sha256').update(canonicalPolicy(document)).digest('hex');
}
/**
 * The canonical form: the line `ecr-deployment-gate/policy/v1`, and the policy as JSON in the form of RFC 8785, with the keys and
 * words of the policy file. What is undefined or equals the default is left out, so that a condition or setting that a later
 * version adds does not change the digests of earlier policies.
 */
function canonicalPolicy(document) {
    return `${FORM}\n${JSON.stringify(write(DOCUMENT, document, DEFAULTS))}`;
}
/** The properties that are defined and differ from the default, sorted by their keys. */
function write(form, values, defaults = {}) {
    const entries = [];
    for (const property in form) {
        const [key, writeValue] = form[property];
        const [value, byDefault] = [values[property], defaults[property]].map((one) => one === undefined || one === null ? undefined : writeValue(one));
        if (value !== undefined && JSON.stringify(value) !== JSON.stringify(byDefault)) {
            entries.push([key, value]);
        }
    }
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
const same = (value) => value;
const lower = (word) => word.toLowerCase();
/** Items of which one or all have to match, so that their order and repetition have no meaning. */
const set = (items) => [...new Set(items)].sort();
const lowerSet = (items) => set(items.map((item) => item.toLowerCase()));
const bound = ({ operator, value }) => `${operator}${value}`;
const duration = (ms) => `${ms / 1000}s`;
const CONDITIONS = {
    severity: ['severity', lowerSet],
    score: ['score', bound],
    epss: ['epss', bound],
    exploitAvailable: ['exploit-available', same],
    knownExploited: ['known-exploited', same],
    fixAvailable: ['fix-available', lower],
    olderThanMs: ['older-than', duration],
    newerThanMs: ['newer-than', duration],
    package: ['package', set],
    packageManager: ['package-manager', set],
    vulnerability: ['vulnerability', set],
    repository: ['repository', set],
    platform: ['platform', set],
    layer: ['layer', same],
    reachability: ['reachability', same],
};
const RULE = {
    name: ['name', same],
    action: ['action', same],
    reason: ['reason', same],
    when: ['when', (when) => write(CONDITIONS, when)],
};
const LIMITS = {
    critical: ['critical', same],
    high: ['high', same],
    medium: ['medium', same],
    low: ['low', same],
    informational: ['informational', same],
    untriaged: ['untriaged', same],
};
const NEVER = {
    severity: ['severity', lowerSet],
    knownExploited: ['known-exploited', same],
    score: ['score', bound],
};
const EXCEPTIONS_ALLOWED = {
    maxDurationMs: ['max-duration', duration],
    never: ['never', (never) => write(NEVER, never, policy/* EMPTY_POLICY */.X.exceptionsAllowed.never)],
    required: ['required', set],
};
const MINIMUM = {
    failOn: ['fail-on', same],
    warnOn: ['warn-on', same],
    enforce: ['enforce', same],
    ignoreUnfixed: ['ignore-unfixed', same],
    timeoutMs: ['timeout', duration],
    settleTimeMs: ['settle-time', duration],
    scanType: ['scan-type', same],
    signing: ['signing', same],
    baseline: ['baseline', same],
    baseImage: ['base-image', (allowed) => (typeof allowed === 'boolean' ? allowed : set(allowed))],
    exceptions: ['exceptions', same],
    vex: ['vex', same],
    recheck: ['recheck', same],
};
const ATTESTATION = {
    type: ['type', same],
    key: ['key', same],
    identity: ['certificate-identity', same],
    issuer: ['certificate-oidc-issuer', same],
    trustedRoot: ['trusted-root', same],
    transparencyLog: ['transparency-log', same],
    builder: ['builder', set],
    sourceRepository: ['source-repository', set],
    maxAgeMs: ['max-age', duration],
};
function attestation({ signer, ...conditions }) {
    const isIdentity = signer.kind === 'identity';
    const defaults = {
        issuer: isIdentity ? (0,issuer/* issuerOf */.x)(signer.identity) : undefined,
        transparencyLog: isIdentity,
    };
    switch (signer.kind) {
        case 'kms':
            return write(ATTESTATION, { ...conditions, key: signer.reference }, defaults);
        case 'public-key':
            return write(ATTESTATION, { ...conditions, key: signer.pem }, defaults);
        case 'identity': {
            const { identity, issuer } = signer;
            return write(ATTESTATION, { ...conditions, identity, issuer }, defaults);
        }
    }
}
/** All attestations are required, so that their order and repetition have no meaning. */
function attestations(required) {
    const texts = new Set(required.map((one) => JSON.stringify(attestation(one))));
    return [...texts].sort().map((text) => JSON.parse(text));
}
const DOCUMENT = {
    failOn: ['fail-on', same],
    warnOn: ['warn-on', same],
    ignoreUnfixed: ['ignore-unfixed', same],
    // The first rule that matches decides, so their order is kept.
    rules: ['rules', (rules) => rules.map((rule) => write(RULE, rule))],
    limits: ['limits', (limits) => write(LIMITS, limits)],
    untriaged: ['untriaged', same],
    suppressed: ['suppressed', same],
    exceptionsAllowed: [
        'exceptions-allowed',
        (allowed) => write(EXCEPTIONS_ALLOWED, allowed, policy/* EMPTY_POLICY */.X.exceptionsAllowed),
    ],
    attestations: ['attestations', attestations],
    minimum: ['minimum', (minimum) => write(MINIMUM, minimum, DEFAULTS.minimum)],
};
/** The policy without any settings, with the thresholds that then apply. A minimum of `none` demands nothing. */
const DEFAULTS = {
    ...policy/* EMPTY_POLICY */.X,
    ...policy/* DEFAULT_SETTINGS */.a,
    minimum: { ...policy/* EMPTY_POLICY */.X.minimum, failOn: 'none', warnOn: 'none' },
};

// EXTERNAL MODULE: ../node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(37728);
// EXTERNAL MODULE: ./policy/attestations.js
var policy_attestations = __webpack_require__(29569);
// EXTERNAL MODULE: ./policy/fields.js
var policy_fields = __webpack_require__(77459);
// EXTERNAL MODULE: ./policy/limits.js
var limits = __webpack_require__(49566);
// EXTERNAL MODULE: ./policy/schema.js
var schema = __webpack_require__(73761);
// EXTERNAL MODULE: ./policy/source.js
var policy_source = __webpack_require__(95263);
// EXTERNAL MODULE: ./policy/suggestions.js
var suggestions = __webpack_require__(59197);
// EXTERNAL MODULE: ./policy/yaml.js
var yaml = __webpack_require__(44281);
;// CONCATENATED MODULE: ./policy/document.js
/** The schema of the policy file, and how it is read. */









const ACTIONS = ['block', 'warn', 'ignore'];
const REACHABILITIES = ['not-reachable', 'reachable', 'unknown'];
/** The word for a boolean: YAML 1.2 reads `yes` and `no` as text, but some write `true` and `false`. */
function yesOrNo(value) {
    const meant = (0,suggestions/* suggestBoolean */.XY)(value);
    return meant === undefined ? undefined : meant ? 'yes' : 'no';
}
const conditions = dist/* pipe */.FsL(dist/* strictObject */.rej({
    severity: dist/* optional */.lqM((0,policy_fields/* severities */.gO)("One of Inspector's severities.")),
    score: dist/* optional */.lqM((0,policy_fields/* score */.fN)("Inspector's score, 0 to 10.")),
    epss: dist/* optional */.lqM((0,policy_fields/* probability */.E5)('Probability of exploitation in the next 30 days (EPSS), 0 to 1.')),
    'exploit-available': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('Inspector knows of an exploit.')),
    'known-exploited': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)("The vulnerability is in CISA's catalog of exploited ones (KEV).")),
    'fix-available': dist/* optional */.lqM(dist/* pipe */.FsL((0,policy_fields/* choice */.Yq)(['yes', 'no', 'partial'], 'There is a fix for every vulnerable package, for none, or for some of them.', 'yes'), dist/* metadata */.yuE({ [schema/* SUGGESTION */.PD]: yesOrNo }))),
    'older-than': dist/* optional */.lqM((0,policy_fields/* duration */.p0)('First observed longer ago than this. A day has 24 hours.', '30d')),
    'newer-than': dist/* optional */.lqM((0,policy_fields/* duration */.p0)('First observed more recently than this: a grace period. A day has 24 hours.', '7d')),
    package: dist/* optional */.lqM((0,policy_fields/* globs */.gV)('The name of the package.', 'openssl*')),
    'package-manager': dist/* optional */.lqM((0,policy_fields/* globs */.gV)("Inspector's package manager, such as OS, NPM or JAR.", 'OS')),
    vulnerability: dist/* optional */.lqM((0,policy_fields/* globs */.gV)('The id of the vulnerability, or a related one.', 'CVE-2026-12345')),
    repository: dist/* optional */.lqM((0,policy_fields/* globs */.gV)('The name of the ECR repository.', 'team/**')),
    platform: dist/* optional */.lqM((0,policy_fields/* globs */.gV)('The platform of the image.', 'linux/arm64')),
    layer: dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(['base', 'application'], 'The layer of the package: of the base image, or added to it. Unknown without the input base-image.', 'base')),
    reachability: dist/* optional */.lqM(dist/* pipe */.FsL((0,policy_fields/* choice */.Yq)(REACHABILITIES, "Whether the image's own command reaches the package, by Inspector's runtime reachability. A command that Kubernetes or Amazon ECS sets instead is not considered.", 'not-reachable'), dist/* metadata */.yuE({ [schema/* SUGGESTION */.PD]: suggestions/* suggestReachability */.qp }))),
}), dist/* minEntries */.bPf(1, 'expected at least one condition'), dist/* description */.h_('The conditions. All of them must hold.'), (0,policy_fields/* exampleAsWritten */.Uf)({ severity: ['critical'], 'fix-available': 'yes' }));
const rule = dist/* strictObject */.rej({
    name: (0,policy_fields/* text */.Qq)('The name of the rule in reports. It must be unique.', 'exploited in the wild'),
    action: (0,policy_fields/* choice */.Yq)(ACTIONS, 'The effect on a finding that the rule matches.', 'block'),
    reason: dist/* optional */.lqM((0,policy_fields/* text */.Qq)('Why. Required for ignore.', policy_fields/* REASON_TO_WRITE */.Hg)),
    when: conditions,
});
const count = dist/* pipe */.FsL(dist/* number */.aig('expected a whole number, 0 or more'), dist/* safeInteger */.Y2b('expected a whole number, 0 or more'), dist/* minValue */.Wwf(0, 'expected a whole number, 0 or more'), dist/* description */.h_('The most findings of this severity that are allowed.'), dist/* examples */.K1K([0]));
/** The schema of a policy file. `npm run schema` generates the JSON Schema for editors from it. */
const policySchema = dist/* pipe */.FsL(dist/* strictObject */.rej({
    version: policy_fields/* version */.rE,
    'fail-on': dist/* optional */.lqM((0,policy_fields/* threshold */.EN)('The lowest severity that blocks.')),
    'warn-on': dist/* optional */.lqM((0,policy_fields/* threshold */.EN)('The lowest severity that warns.')),
    'ignore-unfixed': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('Findings without any fix warn instead of blocking.', false)),
    rules: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(rule, 'expected a list of rules'), dist/* description */.h_('The rules, in order. The first rule that matches a finding decides.'), (0,policy_fields/* exampleAsWritten */.Uf)([
        { name: 'exploited in the wild', action: 'block', when: { 'known-exploited': true } },
    ]))),
    limits: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        critical: dist/* exactOptional */.yqP(count),
        high: dist/* exactOptional */.yqP(count),
        medium: dist/* exactOptional */.yqP(count),
        low: dist/* exactOptional */.yqP(count),
        informational: dist/* exactOptional */.yqP(count),
        untriaged: dist/* exactOptional */.yqP(count),
    }), dist/* description */.h_('The most findings of each severity, after rules and exceptions. More of them block the image.'), (0,policy_fields/* exampleAsWritten */.Uf)({ high: 0 }))),
    untriaged: dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(ACTIONS, 'The effect of findings that do not have a severity yet.', 'block')),
    suppressed: dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(ACTIONS, 'The effect of findings that an Inspector suppression rule hides.', 'block')),
    'exceptions-allowed': dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        'max-duration': dist/* optional */.lqM((0,policy_fields/* duration */.p0)('An exception that ends later than this does not apply.', '90d')),
        never: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
            severity: dist/* optional */.lqM((0,policy_fields/* severities */.gO)('Findings of these severities.')),
            'known-exploited': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('Findings that CISA lists as exploited (KEV).')),
            score: dist/* optional */.lqM((0,policy_fields/* score */.fN)('Findings with a matching Inspector score.')),
        }), dist/* description */.h_('Findings that no exception applies to. One of these is enough.'), (0,policy_fields/* exampleAsWritten */.Uf)({ severity: ['critical'], 'known-exploited': true }))),
        required: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(dist/* picklist */.KIO(['reason', 'expires', 'approved-by', 'ticket'], 'expected one of reason, expires, approved-by, ticket'), 'expected a list of fields'), dist/* description */.h_('Fields that an exception must have to apply.'), dist/* examples */.K1K([['approved-by']]))),
    }), dist/* description */.h_('The bounds of exceptions and VEX statements.'), (0,policy_fields/* exampleAsWritten */.Uf)({ 'max-duration': '90d', required: ['approved-by'] }))),
    attestations: dist/* optional */.lqM((0,policy_attestations/* requiredAttestations */.h)('The attestations that every image must carry. All of them are required.')),
    minimum: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        'fail-on': dist/* optional */.lqM((0,policy_fields/* threshold */.EN)('The fail-on that a workflow cannot weaken.')),
        'warn-on': dist/* optional */.lqM((0,policy_fields/* threshold */.EN)('The warn-on that a workflow cannot weaken.')),
        enforce: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('true: a workflow cannot set enforce to false.')),
        'ignore-unfixed': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('false: a workflow cannot set ignore-unfixed to true.', false)),
        timeout: dist/* optional */.lqM((0,policy_fields/* duration */.p0)('The longest timeout that a workflow may set.', '30m')),
        'settle-time': dist/* optional */.lqM((0,policy_fields/* duration */.p0)('The shortest settle-time that a workflow may set.', '30s')),
        'scan-type': dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(['enhanced'], 'enhanced: a workflow cannot use basic scanning.', 'enhanced')),
        signing: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('true: a run without a signing-key fails.')),
        baseline: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('false: a workflow cannot use a baseline.', false)),
        'base-image': dist/* optional */.lqM((0,policy_fields/* repositories */.bN)('The base images that rules may use: false for none, or globs over the registry and repository.')),
        exceptions: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('false: a workflow cannot use exceptions files.', false)),
        vex: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('false: a workflow cannot use OpenVEX documents.', false)),
        recheck: dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('true: a workflow cannot set recheck to false in the verify action.')),
        attestations: dist/* optional */.lqM((0,policy_attestations/* requiredAttestations */.h)('More attestations that every image must carry, besides those of attestations.')),
    }), dist/* description */.h_('What a workflow cannot weaken by its inputs.'), (0,policy_fields/* exampleAsWritten */.Uf)({ 'fail-on': 'critical', enforce: true, signing: true }))),
}), dist/* title */.DDF('ECR Deployment Gate policy'), dist/* description */.h_('What may be deployed: rules, limits, and what a workflow cannot weaken.'));
/**
 * Reads a policy file.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
function parsePolicy(bytes, file) {
    const source = (0,yaml/* parseYaml */.h)(bytes, file, (0,schema/* vocabularyOf */.YB)(policySchema));
    const written = (0,schema/* validate */.tf)(policySchema, source);
    checkRules(written.rules ?? [], source);
    const allowed = written['exceptions-allowed'];
    const minimum = written.minimum;
    if ((minimum?.['settle-time'] ?? 0) >= (minimum?.timeout ?? Number.POSITIVE_INFINITY)) {
        const fail = (0,schema/* failer */.gw)(policySchema, source);
        const what = 'expected less than minimum.timeout, the longest timeout that a workflow may set';
        throw fail(['minimum', 'settle-time'], what, 'value', 'Set minimum.timeout to a longer duration.');
    }
    const fail = (0,schema/* failer */.gw)(policySchema, source);
    const attestations = [
        ...(0,policy_attestations/* attestationsFrom */.y)(written.attestations ?? [], ['attestations'], fail),
        ...(0,policy_attestations/* attestationsFrom */.y)(minimum?.attestations ?? [], ['minimum', 'attestations'], fail),
    ];
    const empty = policy/* EMPTY_POLICY */.X;
    return {
        failOn: written['fail-on'],
        warnOn: written['warn-on'],
        ignoreUnfixed: written['ignore-unfixed'],
        rules: (written.rules ?? []).map(toRule),
        limits: written.limits ?? empty.limits,
        untriaged: written.untriaged ?? empty.untriaged,
        suppressed: written.suppressed ?? empty.suppressed,
        exceptionsAllowed: {
            maxDurationMs: allowed?.['max-duration'],
            never: {
                severity: allowed?.never?.severity ?? [],
                knownExploited: allowed?.never?.['known-exploited'] ?? false,
                score: allowed?.never?.score,
            },
            required: [...new Set(allowed?.required)],
        },
        ...(attestations.length === 0 ? {} : { attestations }),
        minimum: {
            failOn: minimum?.['fail-on'],
            warnOn: minimum?.['warn-on'],
            enforce: minimum?.enforce ?? empty.minimum.enforce,
            ignoreUnfixed: minimum?.['ignore-unfixed'] ?? empty.minimum.ignoreUnfixed,
            timeoutMs: minimum?.timeout,
            settleTimeMs: minimum?.['settle-time'],
            scanType: minimum?.['scan-type'],
            signing: minimum?.signing ?? empty.minimum.signing,
            baseline: minimum?.baseline ?? empty.minimum.baseline,
            baseImage: minimum?.['base-image'] ?? empty.minimum.baseImage,
            exceptions: minimum?.exceptions ?? empty.minimum.exceptions,
            vex: minimum?.vex ?? empty.minimum.vex,
            recheck: minimum?.recheck ?? empty.minimum.recheck,
        },
    };
}
const GLOBS = ['package', 'package-manager', 'vulnerability', 'repository', 'platform'];
/** Checks what depends on several values. */
function checkRules(rules, source) {
    const fail = (0,schema/* failer */.gw)(policySchema, source);
    const atMost = (most, what, got) => {
        if (got > most)
            throw (0,policy_source/* tooManyAt */.FB)(source, ['rules'], { most, what, got });
    };
    atMost(limits/* MAX_RULES */.tA, 'rules', rules.length);
    const globs = rules.flatMap(({ when }) => GLOBS.map((condition) => when[condition]?.length ?? 0));
    atMost(limits/* MAX_GLOBS */.zt, 'globs in all rules', globs.reduce((sum, count) => sum + count, 0));
    const bounds = new Set(rules.map(({ when }) => when.epss?.value).filter((value) => value !== undefined));
    atMost(limits/* MAX_EPSS_BOUNDS */.hr, 'different bounds of epss', bounds.size);
    const names = new Map();
    for (const [index, { name, action, reason, when }] of rules.entries()) {
        const first = names.get(name);
        if (first !== undefined) {
            const { line } = source.locate(['rules', first, 'name']);
            throw fail(['rules', index, 'name'], `the rule on line ${line} has the same name`);
        }
        names.set(name, index);
        if (action === 'ignore' && reason === undefined) {
            throw fail(['rules', index, 'reason'], 'is missing. A rule with the action ignore requires a reason');
        }
        if (action === 'ignore' && when.reachability === 'unknown') {
            throw fail(['rules', index, 'when', 'reachability'], 'expected not-reachable or reachable, because a rule with the action ignore never applies to missing data', 'value', 'Use reachability: unknown in a rule with the action block or warn.');
        }
        const { 'older-than': olderThan, 'newer-than': newerThan } = when;
        if (olderThan !== undefined && newerThan !== undefined && olderThan >= newerThan) {
            throw fail(['rules', index, 'when', 'newer-than'], 'expected a duration longer than older-than, because otherwise no finding can match both', 'value', 'Set newer-than to a longer duration than older-than, or remove one of them.');
        }
    }
}
function toRule({ name, action, reason, when }) {
    const conditions = {
        severity: when.severity,
        score: when.score,
        epss: when.epss,
        exploitAvailable: when['exploit-available'],
        knownExploited: when['known-exploited'],
        fixAvailable: when['fix-available'] && FIX[when['fix-available']],
        olderThanMs: when['older-than'],
        newerThanMs: when['newer-than'],
        package: when.package,
        packageManager: when['package-manager'],
        vulnerability: when.vulnerability,
        repository: when.repository,
        platform: when.platform,
        layer: when.layer,
        reachability: when.reachability,
    };
    return { name, action, reason, when: conditions };
}
const FIX = { yes: 'YES', no: 'NO', partial: 'PARTIAL' };

;// CONCATENATED MODULE: ./policy/exceptions-document.js
/** The schema of the exceptions file, and how it is read. */




const ID_MESSAGE = 'expected one exact id, without spaces, commas and globs';
const id = dist/* pipe */.FsL(dist/* string */.YjP(ID_MESSAGE), dist/* maxLength */.Ru6(256, 'expected an id of at most 256 characters'), dist/* regex */.yGV(/^\s*[^\s,*?[\]{}]+\s*$/, ID_MESSAGE), dist/* description */.h_('The exact id of the vulnerability, or a related id, without regard to case.'), dist/* examples */.K1K(['CVE-2026-12345']), dist/* trim */.Bqr());
const expires = (0,policy_fields/* day */.vd)('The last day on which the exception applies, in UTC.', '2026-12-31');
const exception = dist/* strictObject */.rej({
    id,
    package: dist/* optional */.lqM((0,policy_fields/* glob */.TI)('Only for packages with a matching name. Default: all packages of the finding.', 'openssl*')),
    image: dist/* optional */.lqM((0,policy_fields/* glob */.TI)('Only for images in a matching ECR repository.', 'team/app')),
    platform: dist/* optional */.lqM((0,policy_fields/* glob */.TI)('Only for a matching platform.', 'linux/arm64')),
    reason: (0,policy_fields/* text */.Qq)('Why the risk is accepted.', policy_fields/* REASON_TO_WRITE */.Hg),
    expires,
    'approved-by': dist/* optional */.lqM((0,policy_fields/* text */.Qq)('Who approved the exception.', 'security@example.com')),
    ticket: dist/* optional */.lqM((0,policy_fields/* text */.Qq)('The ticket. A number needs quotes.', 'SEC-1234')),
    'until-fixed': dist/* optional */.lqM((0,policy_fields/* flag */.Jt)('true: the exception applies only while there is no fix.')),
    status: dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(['accepted', 'false-positive', 'mitigated'], 'The assessment of the finding.', 'accepted')),
});
/** The schema of an exceptions file. `npm run schema` generates the JSON Schema for editors from it. */
const exceptionsSchema = dist/* pipe */.FsL(dist/* strictObject */.rej({
    version: policy_fields/* version */.rE,
    exceptions: dist/* pipe */.FsL(dist/* array */.YOg(exception, 'expected a list of exceptions'), dist/* description */.h_('The exceptions, each with a reason and an expiry date.'), (0,policy_fields/* exampleAsWritten */.Uf)([{ id: 'CVE-2026-12345', reason: policy_fields/* REASON_TO_WRITE */.Hg, expires: '2026-12-31' }])),
}), dist/* title */.DDF('ECR Deployment Gate exceptions'), dist/* description */.h_('Findings that are accepted, each with a reason and an expiry date.'));
/**
 * Reads an exceptions file.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
function parseExceptions(bytes, file) {
    const source = (0,yaml/* parseYaml */.h)(bytes, file, (0,schema/* vocabularyOf */.YB)(exceptionsSchema));
    const fail = (0,schema/* failer */.gw)(exceptionsSchema, source);
    return (0,schema/* validate */.tf)(exceptionsSchema, source).exceptions.map((written, index) => {
        const end = (0,policy_fields/* endOfDay */.D0)(written.expires);
        if (end === undefined) {
            throw fail(['exceptions', index, 'expires'], `${policy_fields/* DAY_MESSAGE */.Vq}, got ${written.expires}`);
        }
        return {
            origin: 'exceptions',
            source: `${file}:${source.locate(['exceptions', index]).line}`,
            ids: [written.id],
            scope: { kind: 'globs', package: written.package, image: written.image, platform: written.platform },
            status: written.status ?? 'accepted',
            reason: written.reason,
            expires: end,
            since: undefined,
            approvedBy: written['approved-by'],
            ticket: written.ticket,
            untilFixed: written['until-fixed'] ?? false,
        };
    });
}

// EXTERNAL MODULE: ./json.js
var json = __webpack_require__(85711);
;// CONCATENATED MODULE: ./policy/json.js



/**
 * Parses a JSON document.
 * @param vocabulary the words of the document that messages may contain; default: all
 * @throws GateError `input` with file, line and column
 */
function parseJson(bytes, file, vocabulary) {
    const text = (0,policy_source/* decode */.D4)(bytes, file, limits/* MAX_JSON_BYTES */.E7);
    const reader = new Reader(text, file, vocabulary);
    const value = reader.read();
    const offsetOf = (path, at = 'value') => reader.offsetOf(value, path, at);
    return {
        file,
        value,
        size: reader.size,
        offsetOf,
        positionOf: (offset) => (0,policy_source/* positionOf */.df)(text, offset),
        locate: (path, at) => (0,policy_source/* positionOf */.df)(text, offsetOf(path, at)),
        example: (key, example) => `${JSON.stringify(key)}: ${JSON.stringify(example)}`,
    };
}
const SPACE = /[ \t\n\r]*/y;
const LITERAL = /[A-Za-z0-9+.-]+/y;
/** Reads the grammar of RFC 8259. `JSON.parse` reads single strings, numbers and literals. */
class Reader {
    /** The number of values that were read. */
    size = 0;
    at = 0;
    text;
    file;
    vocabulary;
    places = new WeakMap();
    start = 0;
    constructor(text, file, vocabulary) {
        this.text = text;
        this.file = file;
        this.vocabulary = vocabulary;
    }
    read() {
        this.skipSpace();
        this.start = this.at;
        const value = this.value([]);
        this.skipSpace();
        if (this.at < this.text.length)
            throw this.invalid(this.at);
        return value;
    }
    /** The offset of a value or its key, or of the nearest value around it. */
    offsetOf(root, path, of) {
        let offset = this.start;
        let value = root;
        for (const [depth, part] of path.entries()) {
            const found = this.place(value, part);
            if (found === undefined)
                return offset;
            if (of === 'key' && depth === path.length - 1)
                return found.key;
            offset = found.value;
            value = value[part];
        }
        return offset;
    }
    place(parent, part) {
        if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, part))
            return undefined;
        const places = this.places.get(parent) ?? [];
        if (typeof part === 'number') {
            const value = places[part];
            return value === undefined ? undefined : { key: value, value };
        }
        for (const key of places) {
            this.at = key;
            if (this.scalar() !== part)
                continue;
            this.expect(':');
            this.skipSpace();
            return { key, value: this.at };
        }
        return undefined;
    }
    value(path) {
        this.skipSpace();
        this.size += 1;
        if (this.size > limits/* MAX_JSON_VALUES */.H6)
            throw (0,policy_source/* tooMany */.Ot)(this.file, limits/* MAX_JSON_VALUES */.H6, 'values');
        if (path.length > policy_source/* DEEPEST */.FI) {
            throw (0,policy_source/* problem */.CC)(this.file, (0,policy_source/* positionOf */.df)(this.text, this.at), [], `is nested deeper than ${policy_source/* DEEPEST */.FI} levels`);
        }
        if (this.takes('['))
            return this.list(path);
        return this.takes('{') ? this.object(path) : this.scalar();
    }
    list(path) {
        const items = [];
        if (this.takes(']'))
            return items;
        const places = [];
        this.places.set(items, places);
        do {
            this.skipSpace();
            places.push(this.at);
            items.push(this.value([...path, items.length]));
        } while (this.takes(','));
        this.expect(']');
        return items;
    }
    object(path) {
        const object = Object.create(null);
        if (this.takes('}'))
            return object;
        const places = [];
        this.places.set(object, places);
        do {
            this.skipSpace();
            const start = this.at;
            const name = this.scalar();
            if (typeof name !== 'string')
                throw this.invalid(start);
            if (Object.hasOwn(object, name)) {
                throw (0,policy_source/* duplicateKey */.Ve)(this.file, (0,policy_source/* positionOf */.df)(this.text, start), [...path, name], this.vocabulary);
            }
            places.push(start);
            this.expect(':');
            object[name] = this.value([...path, name]);
        } while (this.takes(','));
        this.expect('}');
        return object;
    }
    scalar() {
        const start = this.at;
        const end = this.endOfScalar();
        if (end === undefined)
            throw this.invalid(start);
        this.at = end;
        try {
            return JSON.parse(this.text.slice(start, end));
        }
        catch {
            throw this.invalid(start);
        }
    }
    endOfScalar() {
        if (this.text[this.at] === '"')
            return (0,json/* endOfString */.a)(this.text, this.at);
        LITERAL.lastIndex = this.at;
        return LITERAL.test(this.text) ? LITERAL.lastIndex : undefined;
    }
    takes(character) {
        this.skipSpace();
        if (this.text[this.at] !== character)
            return false;
        this.at += 1;
        return true;
    }
    expect(character) {
        if (!this.takes(character))
            throw this.invalid(this.at);
    }
    skipSpace() {
        SPACE.lastIndex = this.at;
        SPACE.test(this.text);
        this.at = SPACE.lastIndex;
    }
    invalid(offset) {
        return (0,policy_source/* problem */.CC)(this.file, (0,policy_source/* positionOf */.df)(this.text, offset), [], 'the file is not valid JSON');
    }
}

;// CONCATENATED MODULE: ./policy/vex-document.js
/** The schema of OpenVEX 0.2.0 documents, and further requirements of the specification. */




const CONTEXT = 'https://openvex.dev/ns/v0.2.0';
/** The most characters that are read as a time. */
const LONGEST_TIME = 64;
const JUSTIFICATIONS = [
    'component_not_present',
    'vulnerable_code_not_present',
    'vulnerable_code_not_in_execute_path',
    'vulnerable_code_cannot_be_controlled_by_adversary',
    'inline_mitigations_already_exist',
];
/** Text that is not blank. */
function nonBlank(example, most = Number.POSITIVE_INFINITY) {
    return dist/* pipe */.FsL(dist/* string */.YjP('expected text'), dist/* maxLength */.Ru6(most, `expected text of at most ${most} characters`), dist/* regex */.yGV(policy_fields/* VISIBLE */.f9, 'expected text that is not blank'), dist/* examples */.K1K([example]), dist/* trim */.Bqr());
}
const time = dist/* pipe */.FsL(dist/* string */.YjP('expected a time'), dist/* check */.z6Y((text) => timeOf(text) !== undefined, 'expected a time in the format of RFC 3339'), dist/* examples */.K1K(['2026-01-08T18:02:03Z']), dist/* transform */.pdi((text) => timeOf(text) ?? new Date(Number.NaN)));
const number = dist/* pipe */.FsL(dist/* number */.aig('expected a whole number, 1 or more'), dist/* safeInteger */.Y2b('expected a whole number, 1 or more'), dist/* minValue */.Wwf(1, 'expected a whole number, 1 or more'), dist/* examples */.K1K([1]));
const iri = nonBlank('https://openvex.dev/docs/example/vex-1');
const component = {
    '@id': dist/* optional */.lqM(nonBlank('pkg:oci/app', limits/* MAX_COMPONENT_ID */.lV)),
    identifiers: dist/* optional */.lqM(dist/* strictObject */.rej({
        purl: dist/* optional */.lqM(nonBlank('pkg:oci/app', limits/* MAX_COMPONENT_ID */.lV)),
        cpe22: dist/* optional */.lqM(nonBlank('cpe:/a:example:app:1.0')),
        cpe23: dist/* optional */.lqM(nonBlank('cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*')),
    })),
    hashes: dist/* optional */.lqM(dist/* strictObject */.rej(dist/* entriesFromList */.v4Y([
        'md5',
        'sha1',
        'sha-256',
        'sha-384',
        'sha-512',
        'sha3-224',
        'sha3-256',
        'sha3-384',
        'sha3-512',
        'blake2s-256',
        'blake2b-256',
        'blake2b-512',
    ], dist/* optional */.lqM(nonBlank('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'))))),
};
const statement = dist/* strictObject */.rej({
    '@id': dist/* optional */.lqM(iri),
    version: dist/* optional */.lqM(number),
    vulnerability: dist/* strictObject */.rej({
        '@id': dist/* optional */.lqM(iri),
        name: nonBlank('CVE-2026-12345', limits/* MAX_ID */.rc),
        description: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
        aliases: dist/* optional */.lqM(dist/* array */.YOg(nonBlank('GHSA-jfh8-c2jp-5v3q', limits/* MAX_ID */.rc), 'expected a list of ids')),
    }),
    timestamp: dist/* optional */.lqM(time),
    last_updated: dist/* optional */.lqM(time),
    products: dist/* optional */.lqM(dist/* array */.YOg(dist/* strictObject */.rej({
        ...component,
        subcomponents: dist/* optional */.lqM(dist/* array */.YOg(dist/* strictObject */.rej(component), 'expected a list of components')),
    }), 'expected a list of products')),
    status: (0,policy_fields/* choice */.Yq)(['not_affected', 'affected', 'fixed', 'under_investigation'], 'The status of the products.', 'under_investigation'),
    supplier: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    status_notes: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    justification: dist/* optional */.lqM((0,policy_fields/* choice */.Yq)(JUSTIFICATIONS, 'Why the products are not affected.', 'vulnerable_code_not_in_execute_path')),
    impact_statement: dist/* optional */.lqM(nonBlank('TODO: why the products are not affected')),
    action_statement: dist/* optional */.lqM(nonBlank('update to 1.2.4')),
    action_statement_timestamp: dist/* optional */.lqM(time),
});
const vexSchema = dist/* strictObject */.rej({
    '@context': dist/* pipe */.FsL(dist/* string */.YjP('expected text'), dist/* examples */.K1K([CONTEXT])),
    '@id': iri,
    author: nonBlank('Example Security <security@example.com>', limits/* MAX_AUTHOR */.pW),
    role: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    timestamp: time,
    last_updated: dist/* optional */.lqM(time),
    version: number,
    tooling: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    statements: dist/* array */.YOg(statement, 'expected a list of statements'),
});
function isObject(candidate) {
    return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}
function listAt(value, key) {
    const list = isObject(value) ? value[key] : undefined;
    return Array.isArray(list) ? list : [];
}
/**
 * Checks how many statements, aliases, products and subcomponents there are: each may be compared with each finding.
 * @returns how many products and subcomponents there are
 * @throws GateError `input` if there are too many of one
 */
function checkCounts(source) {
    const atMost = (path, most, what, got) => {
        if (got > most)
            throw (0,policy_source/* tooManyAt */.FB)(source, path, { most, what, got });
    };
    const statements = listAt(source.value, 'statements');
    atMost(['statements'], limits/* MAX_STATEMENTS */.oV, 'statements', statements.length);
    let all = 0;
    for (const [index, written] of statements.entries()) {
        const { vulnerability } = isObject(written) ? written : {};
        const aliases = listAt(vulnerability, 'aliases').length;
        atMost(['statements', index, 'vulnerability', 'aliases'], limits/* MAX_ALIASES */.K1, 'aliases', aliases);
        const products = listAt(written, 'products');
        const components = products.reduce((sum, product) => sum + 1 + listAt(product, 'subcomponents').length, 0);
        const what = 'products and subcomponents in one statement';
        atMost(['statements', index, 'products'], limits/* MAX_COMPONENTS */.K9, what, components);
        all += components;
    }
    return all;
}
/** Refuses other formats by name, before the schema would list every difference. */
function checkForm(value, fail) {
    if (!isObject(value))
        return;
    const context = value['@context'];
    if (context === undefined)
        throw fail(['@context'], 'is missing. The file is not an OpenVEX document', 'key');
    if (typeof context === 'string' && context !== CONTEXT) {
        const old = /^https:\/\/openvex\.dev\/ns(\/v0\.0\.\d+)?$/.test(context);
        const what = old ? 'This is the format of OpenVEX 0.0.x' : 'The file is not an OpenVEX 0.2.0 document';
        throw fail(['@context'], `expected ${CONTEXT}, got ${JSON.stringify(context.slice(0, 60))}. ${what}`);
    }
    if (!Array.isArray(value.statements))
        return;
    for (const [index, written] of value.statements.entries()) {
        if (isObject(written) && typeof written.vulnerability === 'string') {
            const what = 'expected an object with a name, got text, which is the format of OpenVEX 0.0.x';
            throw fail(['statements', index, 'vulnerability'], what);
        }
    }
}
/** Checks what the specification requires of a statement besides the format of its fields. */
function checkStatement(written, path, fail) {
    const { status, justification, impact_statement, products } = written;
    if (status === 'not_affected' && justification === undefined && impact_statement === undefined) {
        throw fail([...path, 'justification'], 'is missing. A not_affected statement requires a justification or an impact_statement', 'value', `Add the justification that applies, one of ${JUSTIFICATIONS.join(', ')}, or describe the reason in an impact_statement.`);
    }
    if (products === undefined || products.length === 0) {
        throw fail([...path, 'products'], 'is missing. A statement requires at least one product');
    }
    for (const [index, product] of products.entries()) {
        const at = [...path, 'products', index];
        checkComponent(product, at, fail);
        for (const [part, subcomponent] of (product.subcomponents ?? []).entries()) {
            checkComponent(subcomponent, [...at, 'subcomponents', part], fail);
        }
    }
}
function checkComponent({ '@id': id, identifiers }, path, fail) {
    if (id === undefined && identifiers === undefined) {
        throw fail([...path, '@id'], 'is missing. A component requires an @id or identifiers');
    }
    if (identifiers !== undefined && Object.keys(identifiers).length === 0) {
        throw fail([...path, 'identifiers'], 'expected one of purl, cpe22, cpe23, got an empty mapping');
    }
}
/** The time that a text in the format of RFC 3339 means; undefined for other text and for dates that do not exist. */
function timeOf(text) {
    if (text.length > LONGEST_TIME)
        return undefined;
    const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
    const time = new Date(text.toUpperCase());
    const day = new Date(`${match?.[1]}T00:00:00Z`);
    if (match === null || Number.isNaN(time.getTime()) || Number.isNaN(day.getTime()))
        return undefined;
    return day.toISOString().startsWith(match[1] ?? '-') ? time : undefined;
}

// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
;// CONCATENATED MODULE: ./policy/purl.js
/**
 * Package URLs, by the rules of https://github.com/package-url/purl-spec (docs/specification/how-to-parse.md).
 * Text that the rules allow to be read in two ways is refused.
 */
/** Its message says what is wrong with a package URL. The caller adds where the package URL came from. */
class InvalidPackageUrl extends Error {
    name = 'InvalidPackageUrl';
}
/**
 * Parses `pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS#SUBPATH`. Names keep their case; the code that compares them applies
 * the rules of their type.
 * @throws InvalidPackageUrl saying which part is wrong
 */
function parsePurl(text) {
    const [beforeHash, hash] = splitRight(text, '#');
    const [beforeQuery, query] = splitRight(beforeHash, '?');
    const [scheme, rest] = splitLeft(beforeQuery, ':');
    if (scheme.toLowerCase() !== 'pkg' || rest === undefined) {
        throw new InvalidPackageUrl('it does not begin with "pkg:"');
    }
    const [type, path] = splitLeft(rest.replace(/^\/+/, ''), '/');
    if (!/^[A-Za-z][A-Za-z0-9.+-]*$/.test(type) || path === undefined) {
        throw new InvalidPackageUrl('it has no type and name');
    }
    const [beforeVersion, version] = splitVersion(path);
    const segments = beforeVersion
        .split('/')
        .filter((segment) => segment !== '')
        .map(decoded);
    const name = segments.pop();
    if (name === undefined || name.trim() === '')
        throw new InvalidPackageUrl('it has no name');
    return {
        type: type.toLowerCase(),
        namespace: segments.length === 0 ? undefined : segments.join('/'),
        name,
        version: version === undefined || version === '' ? undefined : decoded(version),
        qualifiers: qualifiersOf(query ?? ''),
        subpath: hash === undefined || hash === '' ? undefined : decoded(hash),
    };
}
/**
 * A path without its version, and the version. The "@" of an npm scope should be written %40, but many tools write it as it
 * is (`pkg:npm/@babel/core`). At the beginning of a segment it cannot be in front of a version.
 */
function splitVersion(path) {
    const [before, version] = splitRight(path, '@');
    if (!version?.includes('/'))
        return [before, version];
    if (before === '' || before.endsWith('/'))
        return [path, undefined];
    throw new InvalidPackageUrl('it has an "@" that is not in front of the version and not written %40');
}
function qualifiersOf(query) {
    const qualifiers = new Map();
    for (const pair of query.split('&').filter((part) => part !== '')) {
        const [key, value] = splitLeft(pair, '=');
        if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(key))
            throw new InvalidPackageUrl('it has a qualifier without a key');
        if (qualifiers.has(key.toLowerCase()))
            throw new InvalidPackageUrl(`it has the qualifier ${key} twice`);
        if (value !== undefined && value !== '')
            qualifiers.set(key.toLowerCase(), decoded(value));
    }
    return qualifiers;
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw new InvalidPackageUrl('its percent-encoding is broken');
    }
}
function splitLeft(text, separator) {
    const at = text.indexOf(separator);
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
function splitRight(text, separator) {
    const at = text.lastIndexOf(separator);
    return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

;// CONCATENATED MODULE: ./policy/vex-products.js
/** The images and packages that the products of an OpenVEX statement name. */


/** The types of package URLs that name an image. */
const IMAGE_TYPES = ['oci', 'docker'];
// The qualifiers of images that are compared, and those that do not tell one image from another.
const KNOWN_IMAGE_QUALIFIERS = [
    ...['arch', 'os', 'repository_url', 'tag'],
    ...['checksum', 'checksums', 'download_url', 'file_name', 'mediatype', 'vcs_url'],
];
/**
 * The image that a product names, as a list of one. The list is empty if the product is not an image, is only a part of one,
 * or is named as something else too, or if its subcomponents are packages that cannot be identified. If `need` is `possible`,
 * an image can also be a `pkg:docker`, and a package is read as that package in any image.
 * @throws GateError `input` if the identifiers of the product contradict each other
 */
function productOf(written, need, path, fail) {
    const all = purlsOf(written, path, fail);
    const isPackage = all.some(({ type }) => !IMAGE_TYPES.includes(type));
    const urls = all.filter(({ type }) => (need === 'certain' ? type === 'oci' : IMAGE_TYPES.includes(type)));
    const hash = written.hashes?.['sha-256']?.toLowerCase();
    const hashed = hash === undefined ? undefined : `sha256:${hash.replace(/^sha256:/, '')}`;
    if (need === 'certain') {
        // A hash identifies an image only if nothing says that it is the hash of something else.
        const isImage = urls.length > 0 || (all.length === 0 && hashed !== undefined);
        if (!isImage || isPackage || !urls.every(isWholeImage))
            return [];
    }
    if (need === 'possible' && isPackage && hashed !== undefined) {
        // The hash is usually that of a file of the package, but can be the digest of the image.
        const { hashes, subcomponents } = written;
        return [
            { ...written, hashes: undefined },
            { hashes, subcomponents },
        ].flatMap((one) => productOf(one, need, path, fail));
    }
    const isElsewhere = need === 'possible' && (isPackage || (all.length === 0 && hashed === undefined));
    const elsewhere = isElsewhere ? packageAnywhere(written, path, fail) : [];
    if (urls.length === 0 && hashed === undefined)
        return elsewhere;
    const one = (what, values) => {
        const given = new Set(values.filter((value) => value !== undefined));
        if (given.size > 1)
            throw fail(path, `its identifiers have different ${what}: ${[...given].join(', ')}`);
        return [...given][0];
    };
    const qualifier = (key) => urls.filter(({ type }) => type === 'oci').map(({ qualifiers }) => qualifiers.get(key));
    const digest = one('digests', [
        ...urls
            .map(({ version }) => version?.toLowerCase())
            .filter((text) => need === 'certain' || isDigest(text)),
        hashed,
    ]);
    const repositoryUrl = one('repositories', qualifier('repository_url').map(repositoryOf));
    const subcomponents = (written.subcomponents ?? []).flatMap((part, index) => packageOf(part, need, [...path, 'subcomponents', index], fail));
    // No subcomponents means the whole image. Subcomponents that cannot be identified must not have that meaning.
    const unknown = written.subcomponents?.some((part) => purlTexts(part).length === 0) ?? false;
    const none = subcomponents.length === 0 && (written.subcomponents ?? []).length > 0;
    if (need === 'certain' && none)
        return [];
    return [
        ...elsewhere,
        {
            digest,
            name: one('names', urls.map(imageName)) ?? '',
            repositoryUrl,
            tag: one('tags', qualifier('tag')),
            arch: one('architectures', qualifier('arch')),
            os: one('operating systems', qualifier('os')),
            subcomponents: need === 'possible' && unknown ? [] : subcomponents,
        },
    ];
}
/** Whether a package URL names an image as a whole, and no qualifier may mean another one. */
function isWholeImage({ qualifiers, subpath }) {
    return subpath === undefined && [...qualifiers.keys()].every((key) => KNOWN_IMAGE_QUALIFIERS.includes(key));
}
/**
 * The name of an image, with the path that some tools put in front of it (`dhi/node`). A pkg:docker that revokes is
 * compared by its last part alone.
 */
function imageName({ type, namespace, name }) {
    return (namespace === undefined || type === 'docker' ? name : `${namespace}/${name}`).toLowerCase();
}
// The qualifiers that are compared, and those that do not tell one package from another.
const KNOWN_QUALIFIERS = [
    ...['arch', 'distro', 'epoch'],
    ...['checksum', 'checksums', 'download_url', 'file_name', 'package-id', 'type', 'upstream', 'vcs_url'],
];
/** The packages that a product names, and its subcomponents, as packages in any image. */
function packageAnywhere(written, path, fail) {
    const parts = (written.subcomponents ?? []).flatMap((part, index) => packageOf(part, 'possible', [...path, 'subcomponents', index], fail));
    const own = packageOf(written, 'possible', path, fail).filter(({ type }) => !IMAGE_TYPES.includes(type));
    const packages = [...own, ...parts];
    if (packages.length === 0)
        return [];
    const image = { digest: undefined, name: '', repositoryUrl: undefined, tag: undefined, arch: undefined };
    return [{ ...image, subcomponents: packages }];
}
/**
 * The package that a subcomponent names. If it has two package URLs that differ, an exception gets none of the packages,
 * and a revocation gets both.
 */
function packageOf(written, need, path, fail) {
    const urls = purlsOf(written, path, fail);
    const packages = urls.map((url, index) => {
        const epoch = url.qualifiers.get('epoch');
        const unread = [...url.qualifiers.keys()].filter((key) => !KNOWN_QUALIFIERS.includes(key));
        return {
            purl: purlTexts(written)[index] ?? '',
            type: url.type,
            namespace: url.namespace,
            name: url.name,
            version: withEpoch(url.version, epoch),
            arch: url.qualifiers.get('arch'),
            distro: url.qualifiers.get('distro'),
            unread: unread.length === 0 ? undefined : unread,
        };
    });
    if (need === 'possible')
        return packages;
    // A subpath is only a part of the package that a finding is about.
    const whole = urls.every(({ subpath }) => subpath === undefined);
    const same = new Set(packages.map(({ purl: _, ...rest }) => JSON.stringify(rest))).size === 1;
    return whole && same ? packages.slice(0, 1) : [];
}
/** A version with the epoch of the qualifier. Some tools write it in both places. */
function withEpoch(version, epoch) {
    if (version === undefined || epoch === undefined || version.startsWith(`${epoch}:`))
        return version;
    return `${epoch}:${version}`;
}
function purlTexts({ '@id': id, identifiers }) {
    const candidates = [identifiers?.purl, id?.toLowerCase().startsWith('pkg:') ? id : undefined];
    return [...new Set(candidates.filter((text) => text !== undefined))];
}
function purlsOf(written, path, fail) {
    return purlTexts(written).map((text) => {
        try {
            return parsePurl(text);
        }
        catch (error) {
            if (!(error instanceof InvalidPackageUrl))
                throw error;
            const at = text === written['@id'] ? ['@id'] : ['identifiers', 'purl'];
            throw fail([...path, ...at], `expected a package URL, but ${error.message}`);
        }
    });
}
function isDigest(text) {
    return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text);
}
/** `HOST/REPOSITORY` of a repository_url, without the scheme and the slashes at the end that some tools write. */
function repositoryOf(url) {
    return url === undefined ? undefined : (0,text_0/* withoutSlashes */.C2)(url.replace(/^[a-z]+:\/\//i, ''));
}

;// CONCATENATED MODULE: ./policy/vex.js
/**
 * Reads OpenVEX 0.2.0 documents (https://github.com/openvex/spec, OPENVEX-SPEC.md) and makes exceptions of their
 * statements. The documents are not trusted: a statement whose meaning is in doubt excepts nothing.
 */





/**
 * Reads an OpenVEX document. Use `combineVex` on the result: a statement can be revoked by one in another document.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
function parseVex(bytes, file) {
    const source = parseJson(bytes, file, (0,schema/* vocabularyOf */.YB)(vexSchema));
    const fail = (0,schema/* failer */.gw)(vexSchema, source);
    checkForm(source.value, fail);
    const components = checkCounts(source);
    const document = (0,schema/* validate */.tf)(vexSchema, source);
    const exceptions = [];
    const revocations = [];
    const withoutAction = [];
    for (const [index, written] of document.statements.entries()) {
        const path = ['statements', index];
        checkStatement(written, path, fail);
        const { status, vulnerability, action_statement: action } = written;
        const about = {
            source: `${file}: statement ${index + 1}`,
            ids: [...new Set([vulnerability.name, ...(vulnerability.aliases ?? [])])],
        };
        if (status === 'affected' || status === 'under_investigation') {
            // govulncheck writes none. The statement can only make a verdict worse, so it is still used.
            if (status === 'affected' && action === undefined)
                withoutAction.push(about.source);
            const products = productsOf(written, 'possible', path, fail);
            revocations.push({ ...about, status, at: revokingTime(written, document), products });
        }
        else {
            exceptions.push({
                ...about,
                origin: 'vex',
                status,
                scope: { kind: 'products', products: productsOf(written, 'certain', path, fail) },
                reason: reasonOf(written),
                expires: undefined,
                since: exceptingTime(written, document),
                // By the specification the author is the individual or organization responsible for the document.
                approvedBy: document.author,
                ticket: undefined,
                untilFixed: false,
            });
        }
    }
    return { exceptions, revocations, components, withoutAction };
}
/**
 * The exceptions of several documents, each with the statements that can revoke it. Of all statements about one product
 * and vulnerability, the latest one counts, in any document. If two have the same time, the one that does not allow the
 * finding counts.
 */
function combineVex(documents) {
    const by = documents.flatMap(({ revocations }) => revocations);
    return documents
        .flatMap(({ exceptions }) => exceptions)
        .map((exception) => {
        const { scope, since, ids } = exception;
        if (scope.kind !== 'products' || since === undefined || by.length === 0)
            return exception;
        const revocations = { since, ids, by };
        const products = scope.products.map((product) => ({ ...product, revocations }));
        return { ...exception, scope: { ...scope, products } };
    });
}
function productsOf({ products = [] }, need, path, fail) {
    return products.flatMap((product, index) => productOf(product, need, [...path, 'products', index], fail));
}
/** When an excepting statement was made or last confirmed. */
function exceptingTime(written, { timestamp }) {
    // The document's last_updated may be due to another statement, so it does not confirm this one.
    return latest(written.timestamp, written.last_updated) ?? timestamp;
}
/** The latest time at which a revoking statement can have been made. */
function revokingTime(written, { timestamp, last_updated }) {
    return latest(written.timestamp, written.last_updated) ?? latest(timestamp, last_updated) ?? timestamp;
}
function latest(...times) {
    return times.filter((candidate) => candidate !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}
/** Justification, impact statement and notes as one text, cut to the length that reports show. */
function reasonOf({ justification, impact_statement, status_notes }) {
    const parts = [justification, impact_statement, status_notes?.trim()];
    const text = parts.filter((part) => part !== undefined && part !== '').join(': ');
    if (text === '')
        return undefined;
    return text.length > limits/* MAX_TEXT */.lG ? `${text.slice(0, limits/* MAX_TEXT */.lG - 1).toWellFormed()}…` : text;
}

;// CONCATENATED MODULE: ./modes/load.js
/** Reads policies, exceptions and VEX documents from the workspace or from GitHub. */












/**
 * The policy at a path, relative to the workspace or absolute, or at `owner/repo/path@ref`, where the ref has to belong to
 * that repository. A path of the latter form is never read from the workspace, where a pull request could add it.
 * @throws GateError if it cannot be read or is not valid
 */
async function loadPolicy(where, ports) {
    const { bytes, source, checkoutPath } = await loadPolicyFile(where, ports);
    const document = located(checkoutPath, () => parsePolicy(bytes, source.uri));
    return { document, source: { ...source, policySha256: policySha256(document) } };
}
/**
 * The bytes of a policy of any action, at a path or in another repository.
 * @throws GateError if it cannot be read
 */
async function loadPolicyFile(where, ports) {
    const remote = parseRemote(where);
    if (remote === undefined) {
        const { bytes, name, checkoutPath } = await readLocal('policy', where, ports, 'anywhere');
        return { bytes, source: sourceOf(name, bytes, false), checkoutPath };
    }
    if (ports.github === undefined) {
        throw new errors/* GateError */.ue('input', `Input policy: ${where} is in another repository, and the input github-token is empty.`, {
            nextStep: `Give github-token a token with contents: read on ${remote.owner}/${remote.repo}.`,
        });
    }
    refuseForeignName(remote);
    const bytes = await (0,client/* readGitHubFile */.cV)(ports.github, remote);
    await refuseForeignCommit(ports.github, remote);
    return { bytes, source: sourceOf(where, bytes, !(0,client/* isCommit */.WM)(remote.ref)), checkoutPath: undefined };
}
/**
 * Parses a file. Its errors then point at the file by its path in the checkout, where GitHub looks for it; those of a file
 * elsewhere point at none.
 */
function located(checkoutPath, parse) {
    try {
        return parse();
    }
    catch (error) {
        if (!(error instanceof errors/* GateError */.ue))
            throw error;
        const { code, message, nextStep, location } = error;
        const line = location?.line ?? 1;
        throw new errors/* GateError */.ue(code, message, {
            nextStep,
            cause: error,
            location: checkoutPath === undefined ? undefined : { file: checkoutPath, line },
        });
    }
}
/**
 * The exceptions of files in the workspace. A file that is named twice is read once.
 * @throws GateError if a file is outside the workspace, is missing or is not valid
 */
async function loadExceptions(paths, ports) {
    if (paths.length > limits/* MAX_EXCEPTIONS_FILES */.WO) {
        throw atMost('exceptions', limits/* MAX_EXCEPTIONS_FILES */.WO, 'files', paths.length);
    }
    const exceptions = [];
    const sources = [];
    for (const file of await readAll('exceptions', paths, ports)) {
        await turn();
        exceptions.push(...located(file.checkoutPath, () => parseExceptions(file.bytes, file.name)));
        sources.push(sourceOf(file.name, file.bytes, false));
        if (exceptions.length > limits/* MAX_EXCEPTIONS */.kL) {
            throw atMost('exceptions', limits/* MAX_EXCEPTIONS */.kL, 'exceptions in all files', exceptions.length);
        }
    }
    return { exceptions, sources };
}
/**
 * The exceptions that the OpenVEX documents in the workspace contain together. `node_modules` and `.git` are searched only
 * if a glob names them: the statements of a dependency are not those of this repository.
 * @throws GateError if a glob matches nothing, a file is outside the workspace, or a document is not valid
 */
async function loadVex(globs, ports) {
    const paths = new Set();
    for (const pattern of globs) {
        for (const path of await matching(pattern, ports))
            paths.add(path);
        if (paths.size > limits/* MAX_VEX_FILES */.R_)
            throw atMost('vex', limits/* MAX_VEX_FILES */.R_, 'files', 'more');
    }
    const documents = [];
    const sources = [];
    let statements = 0;
    let components = 0;
    for (const file of await readAll('vex', [...paths].sort(), ports)) {
        await turn();
        const document = located(file.checkoutPath, () => parseVex(file.bytes, file.name));
        documents.push(document);
        sources.push(sourceOf(file.name, file.bytes, false));
        statements += document.exceptions.length + document.revocations.length;
        components += document.components;
        if (statements > limits/* MAX_STATEMENTS */.oV)
            throw atMost('vex', limits/* MAX_STATEMENTS */.oV, 'statements', statements);
        if (components > limits/* MAX_ALL_COMPONENTS */.EE) {
            throw atMost('vex', limits/* MAX_ALL_COMPONENTS */.EE, 'products and subcomponents in all documents', components);
        }
    }
    const withoutAction = documents.flatMap((document) => document.withoutAction);
    return { exceptions: combineVex(documents), sources, warnings: actionWarning(withoutAction) };
}
/** One warning for all `affected` statements without an `action_statement`. */
function actionWarning([first, ...others]) {
    if (first === undefined)
        return [];
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return [
        `${first}${more}: an affected statement has no action_statement, which OpenVEX requires. The statement is used, because it can only make a verdict stricter.`,
    ];
}
/** Lets the event loop run between two documents, for the deadline, the cancellation and the watchdog. */
function turn() {
    return new Promise((resolve) => setImmediate(resolve));
}
function atMost(input, most, what, got) {
    return new errors/* GateError */.ue('input', `Input ${input}: expected at most ${most} ${what}, got ${got}.`, {
        nextStep: 'Remove what is no longer needed or applies to other images.',
    });
}
/**
 * Reads `owner/repo/path@ref`; undefined if it is a path. A path with an "@" has to begin with `./`, `../` or `/`: if an
 * expression in `owner/repo/path@ref` is empty, what is left is not a path in the workspace, where a pull request could add it.
 * @throws GateError `input` if it has an "@" and is neither
 */
function parseRemote(where) {
    if (!where.includes('@') || (0,external_node_path_.isAbsolute)(where) || /^\.\.?[\\/]/.test(where))
        return undefined;
    const match = /^([A-Za-z0-9](?:[A-Za-z0-9_-]*))\/([A-Za-z0-9._-]+)\/([^@]+)@(.+)$/s.exec(where);
    const [, owner = '', repo = '', path = '', ref = ''] = match ?? [];
    const segments = [repo, ...path.split('/')];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a ref must not have them
    const badRef = ref.includes('@') || /[\u0000-\u0020~^:?*[\\]|\.\.|^\/|\/$/.test(ref);
    if (badRef || segments.some((segment) => /^\.{0,2}$/.test(segment))) {
        throw new errors/* GateError */.ue('input', `Input policy: expected owner/repo/path@ref, got ${JSON.stringify(where)}.`, {
            nextStep: 'For example: policy: example-org/security/gate/policy.yml@v1. Check whether an expression in it is empty. A path in the workspace that contains "@" has to begin with ./',
        });
    }
    return { owner, repo, path, ref };
}
/** Files of the workspace, each once. If one were read twice, the report would list its entries as duplicates. */
async function readAll(input, paths, ports) {
    const files = new Map();
    let size = 0;
    for (const path of paths) {
        const file = await readLocal(input, path, ports, 'workspace');
        if (files.has(file.real))
            continue;
        files.set(file.real, file);
        size += file.bytes.length;
        if (size > limits/* MAX_ALL_BYTES */.Z4)
            throw atMost(input, limits/* MAX_ALL_BYTES */.Z4 / 1024 / 1024, 'MiB in all files', 'more');
    }
    return [...files.values()];
}
async function readLocal(input, path, { workspace }, where) {
    const root = await workspaceRoot(workspace);
    const { real, missing } = await (0,files/* wayToInput */.Lo)(input, path, root);
    const isInside = (0,files/* isBelow */.Yw)((0,external_node_path_.join)(real, ...missing), root);
    if (where === 'workspace' && !isInside) {
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} is outside of the workspace.`, {
            nextStep: 'Add the file to the repository, and give its path there.',
        });
    }
    if (missing.length > 0) {
        throw new errors/* GateError */.ue('input', `Input ${input}: there is no file ${path} in the workspace.`, {
            nextStep: input === 'policy'
                ? 'Check the path, and check the repository out before this step; a policy in another repository is owner/repo/path@ref.'
                : 'Check the path, and check the repository out (actions/checkout) before this step.',
        });
    }
    if (!(await (0,promises_.stat)(real)).isFile())
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} is not a file.`);
    const name = isInside && !(0,external_node_path_.isAbsolute)(path) ? path.split(external_node_path_.sep).join('/') : path;
    try {
        const checkoutPath = isInside ? (0,external_node_path_.relative)(root, real).split(external_node_path_.sep).join('/') : undefined;
        return { name, real, checkoutPath, bytes: await (0,files/* readRegularFile */.XF)(real, limits/* MAX_JSON_BYTES */.E7) };
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}.`, {
            cause: error,
        });
    }
}
async function workspaceRoot(workspace) {
    try {
        return await (0,promises_.realpath)(workspace);
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `The workspace ${workspace} cannot be read: ${(0,errors/* messageOf */.bD)(error)}.`, {
            cause: error,
        });
    }
}
/** The files that match a glob. A broken link counts as a file, so that reading it fails. */
async function matching(pattern, { workspace }) {
    const skipped = ['node_modules', '.git'].filter((name) => !pattern.split('/').includes(name));
    const exclude = (path) => path.split(external_node_path_.sep).some((part) => skipped.includes(part));
    const allowed = !(0,external_node_path_.isAbsolute)(pattern) && !pattern.startsWith('!') && !pattern.split(/[\\/]/).includes('..');
    const found = [];
    try {
        for await (const path of allowed ? (0,promises_.glob)(pattern, { cwd: workspace, exclude }) : []) {
            const stats = await (0,promises_.stat)((0,external_node_path_.resolve)(workspace, path)).catch(() => undefined);
            if (!exclude(path) && (stats === undefined || stats.isFile()))
                found.push(path);
            if (found.length > limits/* MAX_VEX_FILES */.R_)
                break;
        }
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `Input vex: cannot use ${JSON.stringify(pattern)}: ${(0,errors/* messageOf */.bD)(error)}.`, {
            cause: error,
        });
    }
    if (found.length > 0)
        return found;
    const why = allowed ? 'matches no file in the workspace' : 'leads out of the workspace, or begins with "!"';
    throw new errors/* GateError */.ue('input', `Input vex: ${JSON.stringify(pattern)} ${why}.`, {
        nextStep: 'For example: vex: .vex/*.json',
    });
}
/** The source of a file, and its content. */
function sourceOf(uri, bytes, moving) {
    return { uri, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex'), moving };
}


/***/ }),

/***/ 44281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6637);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75650);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49566);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95263);
/** Parses YAML 1.2 as data: without tags, aliases, merge keys, a second document and duplicate keys. */




/** The most characters of a line that are searched for a usual mistake. */
const LONGEST_HINT = 200;
/**
 * Parses a YAML document. `yes`, `no`, `on` and dates are text in YAML 1.2, and stay text.
 * @param vocabulary the words of the document that messages may contain; default: all
 * @throws GateError `input` with file, line and column
 */
function parseYaml(bytes, file, vocabulary) {
    const text = (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .decode */ .D4)(bytes, file, _limits_js__WEBPACK_IMPORTED_MODULE_2__/* .MAX_YAML_BYTES */ .jl);
    const counter = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const at = (offset) => {
        const { line, col } = counter.linePos(Math.min(offset, text.length));
        return { line: Math.max(1, line), column: Math.max(1, col) };
    };
    const document = parse(text, file, vocabulary, counter, at);
    let size = 0;
    const value = toValue(document.contents, [], {
        vocabulary,
        fail: (node, path, what, nextStep) => (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .problem */ .CC)(file, at(node?.range[0] ?? 0), (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .known */ .eO)(path, vocabulary), what, nextStep),
        duplicateKey: (node, path) => (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .duplicateKey */ .Ve)(file, at(node.range[0]), path, vocabulary),
        counted: () => {
            size += 1;
        },
    });
    const offset = (path, of = 'value') => offsetOf(document.contents, path, of);
    return {
        file,
        value,
        size,
        offsetOf: offset,
        positionOf: at,
        locate: (path, of) => at(offset(path, of)),
        example: (key, value) => `${key}: ${(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .stringify */ .As)(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()}`,
    };
}
function parse(text, file, vocabulary, lineCounter, at) {
    let documents;
    try {
        const parsed = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseAllDocuments */ .hR)(text, {
            version: '1.2',
            schema: 'core',
            merge: false,
            resolveKnownTags: false,
            stringKeys: true,
            strict: true,
            // The check below does the same in linear time.
            uniqueKeys: false,
            prettyErrors: false,
            logLevel: 'silent',
            lineCounter,
        });
        documents = [...parsed];
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GateError */ .ue('input', `${file}: the file cannot be read as YAML.`, { cause: error });
    }
    const [document, second] = documents;
    const wrong = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])[0];
    if (wrong !== undefined) {
        const what = vocabulary === undefined ? sentence(wrong.message) : MISTAKES[wrong.code];
        throw (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .problem */ .CC)(file, at(wrong.pos[0]), [], `the file is not valid YAML: ${what}`, hint(text, wrong, vocabulary));
    }
    if (document === undefined || document.contents === null) {
        const what = 'expected a YAML document, got an empty file';
        throw (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .problem */ .CC)(file, at(0), [], what, 'The document has to begin with: version: 1');
    }
    if (second !== undefined) {
        throw (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .problem */ .CC)(file, at(second.range[0]), [], 'expected one YAML document, got a second one');
    }
    if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
        throw (0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .problem */ .CC)(file, at(0), [], 'expected YAML 1.2, got a directive for another version');
    }
    return document;
}
/** The message of the library, without its period. It can quote the text. */
function sentence(message) {
    const end = message.trimEnd();
    return (end.endsWith('.') ? end.slice(0, -1) : end).slice(0, 200);
}
/** The meaning of the library's error codes, without words from the text. */
const MISTAKES = {
    ALIAS_PROPS: 'an alias cannot have a tag or an anchor',
    BAD_ALIAS: 'an alias or an anchor has no name, or one that ends in a colon',
    BAD_COLLECTION_TYPE: 'a tag does not match its list or mapping',
    BAD_DIRECTIVE: 'the directive is unknown',
    BAD_DQ_ESCAPE: 'an escape sequence in double quotes is unknown',
    BAD_INDENT: 'the indentation does not match the lines around it',
    BAD_PROP_ORDER: 'a tag or an anchor has to follow the indicator',
    BAD_SCALAR_START: 'text that begins with such a character needs quotes',
    BLOCK_AS_IMPLICIT_KEY: 'a mapping or a list cannot begin in the middle of such a line',
    BLOCK_IN_FLOW: 'a list or mapping in brackets cannot contain a block',
    DUPLICATE_KEY: 'a key occurs twice',
    IMPOSSIBLE: 'there is text where YAML does not allow any',
    KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
    MISSING_CHAR: 'a character is missing, such as a closing quote or bracket, a comma, a colon or a space',
    MULTILINE_IMPLICIT_KEY: 'a key has more than one line',
    MULTIPLE_ANCHORS: 'a value has more than one anchor',
    MULTIPLE_DOCS: 'there is more than one document',
    MULTIPLE_TAGS: 'a value has more than one tag',
    NON_STRING_KEY: 'all keys must be strings',
    RESOURCE_EXHAUSTION: 'it is nested too deeply',
    TAB_AS_INDENT: 'tabs are not allowed as indentation',
    TAG_RESOLVE_FAILED: 'a value has an unknown tag',
    UNEXPECTED_TOKEN: 'unexpected text',
};
/** Hints for two usual mistakes: `score: >=7.0` and `reason: one thing: another`. */
function hint(text, { pos: [offset], message }, vocabulary) {
    const start = text.lastIndexOf('\n', offset) + 1;
    const [line = ''] = text.slice(start, start + LONGEST_HINT).split('\n', 1);
    const bound = /([a-z-]+):\s*(>=?\s*\d[\d.]*)/.exec(line);
    if (bound?.[1] !== undefined && (vocabulary?.has(bound[1]) ?? true))
        return `In YAML, ">" begins a block of text. Write: ${bound[1]}: "${bound[2]}"`;
    return message.startsWith('Nested mappings') ? 'Quote text that contains ": ".' : undefined;
}
function toValue(node, path, errors) {
    errors.counted();
    if (node === null)
        return null;
    const { vocabulary, fail } = errors;
    const isQuoted = vocabulary === undefined;
    if (path.length > _source_js__WEBPACK_IMPORTED_MODULE_3__/* .DEEPEST */ .FI)
        throw fail(node, [], `is nested deeper than ${_source_js__WEBPACK_IMPORTED_MODULE_3__/* .DEEPEST */ .FI} levels`);
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node)) {
        const alias = isQuoted ? `the alias *${node.source.slice(0, 40)}` : 'an alias';
        throw fail(node, path, `uses ${alias}`, 'Replace the alias with the value.');
    }
    if (node.tag !== undefined) {
        const tag = isQuoted ? `the tag ${(0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(node.tag)}` : 'a tag';
        throw fail(node, path, `has ${tag}`, 'Remove the tag. Values are read without tags.');
    }
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node))
        return node.value;
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node)) {
        return node.items.map((item, index) => toValue(item, [...path, index], errors));
    }
    const object = Object.create(null);
    for (const { key, value } of node.items) {
        const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) ? key.value : undefined;
        if (typeof name !== 'string' || key.tag !== undefined) {
            throw fail(key, path, `expected text as key, got ${(0,_source_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(name, isQuoted)}`);
        }
        if (Object.hasOwn(object, name))
            throw errors.duplicateKey(key, [...path, name]);
        object[name] = toValue(value, [...path, name], errors);
    }
    return object;
}
function offsetOf(root, path, at) {
    let node = root;
    let offset = root?.range[0] ?? 0;
    for (const [depth, part] of path.entries()) {
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node) && typeof part === 'number') {
            node = node.items[part] ?? null;
        }
        else if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node)) {
            const pair = node.items.find(({ key }) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) && key.value === part);
            if (pair === undefined)
                return offset;
            offset = pair.key.range[0];
            if (at === 'key' && depth === path.length - 1)
                return offset;
            node = pair.value;
        }
        else {
            return offset;
        }
        offset = node?.range[0] ?? offset;
    }
    return offset;
}


/***/ })

};
