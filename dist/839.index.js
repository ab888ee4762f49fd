export const id = 839;
export const ids = [839,999];
export const modules = {

/***/ 8999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isCommit),
/* harmony export */   c: () => (/* binding */ readGitHubFile),
/* harmony export */   createGitHub: () => (/* binding */ createGitHub)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4708);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6062);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2409);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(644);






const REQUEST_TIMEOUT_MS = 20_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
function createGitHub({ token, deadline, environment, random = Math.random }) {
    const base = URL.parse((environment.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, ''));
    if (base === null || !/^https?:$/.test(base.protocol)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `GITHUB_API_URL is no http(s) address: ${environment.GITHUB_API_URL}.`);
    }
    const agentOptions = { proxyEnv: environment };
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
                'user-agent': `ecr-deployment-gate/${_version_js__WEBPACK_IMPORTED_MODULE_5__/* .VERSION */ .x}`,
                'x-github-api-version': '2022-11-28',
            },
        };
        return new Promise((resolve, reject) => {
            const request = send(`${base}`.replace(/\/+$/, '') + path, options, (response) => {
                collect(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject);
            });
            request.on('error', reject);
            request.end();
        });
    }
    return {
        get: async (path, accept) => {
            let last = 'none ended';
            for (let count = 0;; count += 1) {
                const outcome = await attempt(path, accept).catch((error) => toError(error));
                const failed = outcome instanceof Error;
                if (failed && (outcome instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue || isPermanent(outcome)))
                    throw outcome;
                if (!failed && !isTransient(outcome))
                    return outcome;
                const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** count);
                const asked = failed ? 0 : askedDelayMs(outcome);
                const delay = Math.max(ceiling / 2 + (random() * ceiling) / 2, asked);
                if (!failed && asked >= deadline.remainingMs() && outcome.status < 500)
                    return outcome;
                if (!deadline.signal.aborted) {
                    last = failed ? (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(outcome) : `HTTP ${outcome.status}`;
                    await deadline.sleep(delay);
                }
                if (deadline.signal.aborted)
                    throw over(deadline, last);
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
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', 'GitHub answers with more than 1 MiB.');
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function toError(error) {
    return error instanceof Error ? error : new Error(String(error));
}
function isPermanent(error) {
    const { code } = error;
    return code !== undefined && /^(ERR_TLS|ERR_INVALID|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}
function isTransient({ status, headers }) {
    return status >= 500 || status === 429 || isLimited({ status, headers });
}
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
function over(deadline, last) {
    if (!deadline.expired)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('cancelled', 'The job was cancelled.');
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('timeout', `The timeout of ${(0,_deadline_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(deadline.totalMs)} ended while GitHub was asked; the last attempt: ${last}.`, { nextStep: 'Run the job again when GitHub is well (https://www.githubstatus.com).' });
}
function isCommit(ref) {
    return /^[0-9a-f]{40}$/i.test(ref);
}
async function readGitHubFile(github, file) {
    const { owner, repo, path, ref } = file;
    const name = `${owner}/${repo}/${path}@${ref}`;
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    let answer;
    try {
        answer = await github.get(`/repos/${owner}/${repo}/contents/${encoded}?ref=${encodeURIComponent(ref)}`, 'application/vnd.github.object+json');
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue && error.code !== 'input')
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `${name} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`, { cause: error });
    }
    if (answer.status !== 200)
        throw refusal(answer, name, file);
    const content = contentOf(answer.body);
    if (content === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `${name} is not a file, or is larger than GitHub hands out.`);
    }
    const asked = URL.parse(content.url)?.searchParams.get('ref');
    if (content.path !== path || asked?.toLowerCase() !== ref.toLowerCase()) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('not-proven', `GitHub was asked for ${name} and answered with another file or ref.`);
    }
    const algorithm = content.sha.length === 64 ? 'sha256' : 'sha1';
    const blob = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(algorithm).update(`blob ${content.bytes.length}\0`).update(content.bytes);
    if (blob.digest('hex') !== content.sha) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('not-proven', `What GitHub answered for ${name} is not what its blob id says.`);
    }
    return content.bytes;
}
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
function refusal(answer, name, { owner, repo }) {
    const { status, headers } = answer;
    const fail = (why, nextStep) => new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GateError */ .ue('input', `${name} cannot be read: ${why}.`, { nextStep });
    if (isLimited(answer)) {
        const reset = Number(headers['x-ratelimit-reset']);
        const until = Number.isFinite(reset) ? ` until ${new Date(reset * 1000).toISOString()}` : '';
        return fail(`GitHub's rate limit for the token is used up${until}`, "Run the job again later, or use another token: a GitHub App's has a limit of its own.");
    }
    const access = `Give github-token a token with contents: read on ${owner}/${repo}; the GITHUB_TOKEN of a job sees only its own repository and public ones.`;
    if (status === 404) {
        return fail('there is no such repository, file or ref, or the token of github-token may not see it', access);
    }
    if (status === 401)
        return fail('GitHub does not accept the token of github-token', access);
    if (status === 403) {
        const sso = headers['x-github-sso'] === undefined ? '' : ' (the token is not authorised for single sign-on)';
        return fail(`GitHub denies it to the token of github-token${sso}: ${saidBy(answer)}`, access);
    }
    if (status >= 300 && status < 400) {
        return fail('the repository has moved', 'Write its new name, so that nobody else can take the old one.');
    }
    return fail(`GitHub answers ${status}: ${saidBy(answer)}`, 'Check owner/repo/path@ref.');
}
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

/***/ 5839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadExceptions: () => (/* binding */ loadExceptions),
  loadPolicy: () => (/* binding */ loadPolicy),
  loadVex: () => (/* binding */ loadVex)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: ./lib/github/client.js
var client = __webpack_require__(8999);
// EXTERNAL MODULE: ../../main/node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(5832);
// EXTERNAL MODULE: ./lib/policy/severity.js
var severity = __webpack_require__(5596);
;// CONCATENATED MODULE: ./lib/policy/fields.js


const UNIT_MS = {
    s: 1_000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
    w: 604_800_000,
};
function duration(description, example) {
    const message = 'expected a duration: a number and a unit, s, m, h, d or w';
    return dist/* pipe */.FsL(dist/* string */.YjP(message), dist/* regex */.yGV(/^[1-9]\d{0,4}[smhdw]$/, message), dist/* description */.h_(description), dist/* examples */.K1K([example]), dist/* transform */.pdi((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? Number.NaN)));
}
const SCORE = /^(>=|>|<=|<) ?(10(\.0+)?|\d(\.\d+)?)$/;
const PROBABILITY = /^(>=|>|<=|<) ?(1(\.0+)?|0?\.\d+|0)$/;
function score(description) {
    return bound(SCORE, 'expected an operator (>=, >, <=, <) and a score from 0 to 10', description, '>=7.0');
}
function probability(description) {
    return bound(PROBABILITY, 'expected an operator (>=, >, <=, <) and a probability from 0 to 1', description, '>=0.5');
}
function bound(pattern, message, description, example) {
    return dist/* pipe */.FsL(dist/* string */.YjP(message), dist/* regex */.yGV(pattern, message), dist/* description */.h_(description), dist/* examples */.K1K([example]), dist/* transform */.pdi((text) => {
        const [, operator, value] = /^([<>]=?) ?(.*)$/.exec(text) ?? [];
        return { operator: operator, value: Number(value) };
    }));
}
const GLOB = /^\s*(?!!)([^\s,(){}[\]\\]|\[[^\s,(){}[\]\\]+\]|\{(?![^}]*\.\.)[^\s(){}[\]\\]+\})+\s*$/;
const GLOB_MESSAGE = 'expected a glob, such as openssl* or team/**, without spaces and commas';
function glob(description, example) {
    return dist/* pipe */.FsL(globText, dist/* description */.h_(description), dist/* examples */.K1K([example]));
}
function globs(description, example) {
    return dist/* pipe */.FsL(dist/* union */.KCZ([globText, dist/* pipe */.FsL(dist/* array */.YOg(globText), dist/* nonEmpty */.hq('expected at least one glob'))], 'expected a glob or a list of globs'), dist/* description */.h_(description), dist/* examples */.K1K([typeof example === 'string' ? example : [...example]]), dist/* transform */.pdi((value) => (typeof value === 'string' ? [value] : value)));
}
const globText = dist/* pipe */.FsL(dist/* string */.YjP(GLOB_MESSAGE), dist/* maxLength */.Ru6(256, 'expected a glob of at most 256 characters'), dist/* regex */.yGV(GLOB, GLOB_MESSAGE), dist/* trim */.Bqr());
const NAMES = [...severity/* SEVERITIES */.oC, severity/* UNTRIAGED */.C3].map((name) => name.toLowerCase());
const severityName = dist/* picklist */.KIO(NAMES, `expected one of ${NAMES.join(', ')}`);
function severities(description) {
    return dist/* pipe */.FsL(dist/* union */.KCZ([severityName, dist/* pipe */.FsL(dist/* array */.YOg(severityName), dist/* nonEmpty */.hq('expected at least one severity'))], `expected a severity or a list of severities (${NAMES.join(', ')})`), dist/* description */.h_(description), dist/* examples */.K1K([['critical', 'high']]), dist/* transform */.pdi((value) => (typeof value === 'string' ? [value] : value).map((name) => name.toUpperCase())));
}
function flag(description, example = true) {
    return dist/* pipe */.FsL(dist/* boolean */.zMY('expected true or false'), dist/* description */.h_(description), dist/* examples */.K1K([example]));
}
function choice(options, description, example) {
    return dist/* pipe */.FsL(dist/* picklist */.KIO(options, `expected one of ${options.join(', ')}`), dist/* description */.h_(description), dist/* examples */.K1K([example]));
}
function asWritten(example) {
    return dist/* examples */.K1K([example]);
}
const VISIBLE = /[^\s\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\uffa0]/;
function fields_text(description, example) {
    return dist/* pipe */.FsL(dist/* string */.YjP('expected text'), dist/* regex */.yGV(VISIBLE, 'expected text that is not blank'), dist/* description */.h_(description), dist/* examples */.K1K([example]), dist/* trim */.Bqr());
}
const version = dist/* pipe */.FsL(dist/* literal */.euz(1, 'expected 1, the version of this format'), dist/* description */.h_('The version of this format.'), dist/* examples */.K1K([1]));

// EXTERNAL MODULE: ./lib/policy/policy.js
var policy = __webpack_require__(6965);
;// CONCATENATED MODULE: ./lib/policy/source.js

const LONGEST_QUOTE = 60;
const DEEPEST = 32;
function decode(bytes, file, maxBytes) {
    if (bytes.byteLength > maxBytes) {
        throw new errors/* GateError */.ue('input', `${file}: expected at most ${maxBytes / 1024} KiB, got more.`);
    }
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `${file}: it is not UTF-8 text.`, {
            nextStep: `Save ${file} as UTF-8.`,
            cause: error,
        });
    }
    const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
    if (control !== -1)
        throw problem(file, positionOf(text, control), [], 'has a control character');
    return text;
}
function positionOf(text, offset) {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
function formatPath(path) {
    return path
        .map((part, index) => {
        if (typeof part === 'number')
            return `[${part}]`;
        const text = /^[A-Za-z0-9_@-]+$/.test(part) ? part : quote(part);
        return index === 0 ? text : `.${text}`;
    })
        .join('');
}
function problem(file, { line, column }, path, what, nextStep) {
    const place = path.length === 0 ? '' : ` ${formatPath(path)}:`;
    return new errors/* GateError */.ue('input', `${file}:${line}:${column}:${place} ${what}.`, { nextStep });
}
function describe(value) {
    if (value === null || value === undefined)
        return 'nothing';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'object')
        return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
    return typeof value === 'string' ? quote(value) : String(value);
}
function quote(text) {
    return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
function nearest(word, known) {
    const plain = (text) => text.toLowerCase().replace(/[_\s]+/g, '-');
    const written = plain(word.slice(0, LONGEST_QUOTE));
    const [best] = known
        .map((candidate) => ({ candidate, distance: distance(written, plain(candidate)) }))
        .sort((a, b) => a.distance - b.distance);
    return best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))
        ? best.candidate
        : undefined;
}
function distance(a, b) {
    const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
    const cell = (row, column) => rows[row]?.[column] ?? 0;
    for (let i = 1; i <= a.length; i += 1) {
        const row = [i];
        rows.push(row);
        for (let j = 1; j <= b.length; j += 1) {
            const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            row.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY));
        }
    }
    return cell(a.length, b.length);
}

;// CONCATENATED MODULE: ./lib/policy/schema.js


function failer(schema, document) {
    return (path, what, at = 'value') => problem(document.file, document.locate(path, at), path, what, exampleAt(schema, document, path));
}
function validate(schema, document) {
    const fail = failer(schema, document);
    const list = misplacedList(schema, document.value, []);
    if (list !== undefined)
        throw fail(list, `expected a mapping, got ${describe(valueAt(document, list))}`);
    const result = dist/* safeParse */.xLC(schema, document.value);
    if (result.success)
        return result.output;
    const problems = result.issues
        .map((issue) => explain(schema, document, issue))
        .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
    const [first, ...rest] = problems;
    const more = rest
        .slice(0, 4)
        .map(({ position, path }) => `${position.line}:${position.column} ${formatPath(path)}`);
    if (rest.length > more.length)
        more.push(`${rest.length - more.length} others`);
    const also = more.length === 0 ? '' : ` (also wrong: ${more.join(', ')})`;
    const { path = [], at = 'value', what, meant = path } = first ?? {};
    const place = document.locate(path, at);
    throw problem(document.file, place, path, `${what}${also}`, exampleAt(schema, document, meant));
}
function explain(schema, document, issue, around = []) {
    const path = [
        ...around,
        ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
    ];
    const several = Array.isArray(issue.input);
    const closer = issue.issues?.find(({ path, input }) => (path !== undefined) === several && typeof input === 'string');
    if (closer !== undefined)
        return explain(schema, document, closer, path);
    const key = path.at(-1);
    const onKey = issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key';
    const at = onKey ? 'key' : 'value';
    const position = document.locate(path, at);
    if (onKey && issue.expected === 'never') {
        const known = Object.keys(nodeAt(schema, path.slice(0, -1))?.entries ?? {});
        const meant = nearest(String(key), known);
        const hint = meant === undefined ? `expected one of ${known.join(', ')}` : `did you mean ${meant}?`;
        const instead = meant === undefined ? undefined : [...path.slice(0, -1), meant];
        return { path, at, position, what: `unknown key (${hint})`, meant: instead };
    }
    if (onKey)
        return { path, at, position, what: 'is missing' };
    if (issue.type === 'strict_object') {
        return { path, at, position, what: `expected a mapping, got ${describe(valueAt(document, path))}` };
    }
    return {
        path,
        at,
        position,
        what: `${issue.message}, got ${describe(valueAt(document, path))}${mistake(schema, document, path)}`,
    };
}
function mistake(schema, document, path) {
    const value = valueAt(document, path);
    const node = nodeAt(schema, path);
    if (typeof value === 'boolean' && optionsOf(node).includes('yes')) {
        return ` (write ${value ? 'yes' : 'no'})`;
    }
    if (typeof value !== 'string')
        return '';
    if (node?.type === 'boolean' && /^(yes|no|on|off)$/i.test(value)) {
        return ` (in YAML 1.2 that is text; write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'})`;
    }
    const meant = nearest(value, optionsOf(node));
    return meant === undefined ? '' : ` (did you mean ${quote(meant)}?)`;
}
function optionsOf(node) {
    return (node?.options ?? []).flatMap((option) => typeof option === 'string' ? [option] : optionsOf(option));
}
function misplacedList(node, value, path) {
    const inner = unwrapped(node);
    if (inner.entries !== undefined) {
        if (Array.isArray(value))
            return path;
        if (typeof value !== 'object' || value === null)
            return undefined;
        for (const [key, child] of Object.entries(inner.entries)) {
            const found = misplacedList(child, value[key], [...path, key]);
            if (found !== undefined)
                return found;
        }
    }
    else if (inner.item !== undefined && Array.isArray(value)) {
        for (const [index, item] of value.entries()) {
            const found = misplacedList(inner.item, item, [...path, index]);
            if (found !== undefined)
                return found;
        }
    }
    return undefined;
}
function unwrapped(node) {
    return node.wrapped === undefined ? node : unwrapped(node.wrapped);
}
function nodeAt(schema, path) {
    let node = unwrapped(schema);
    for (const part of path) {
        const entries = node?.entries ?? {};
        if (typeof part === 'number') {
            node = node?.item ?? lists(node).find(({ item }) => item !== undefined)?.item;
        }
        else {
            node = Object.hasOwn(entries, part) ? entries[part] : undefined;
        }
        if (node === undefined)
            return undefined;
        node = unwrapped(node);
    }
    return node;
}
function lists(node) {
    return (node?.options ?? []).flatMap((option) => (typeof option === 'string' ? [] : [unwrapped(option)]));
}
function exampleAt(schema, document, path) {
    const of = (node) => {
        const [example] = dist/* getExamples */.Oou(node);
        return example;
    };
    for (let length = path.length; length > 0; length -= 1) {
        const key = path[length - 1];
        const node = nodeAt(schema, path.slice(0, length));
        if (typeof key === 'number' || node === undefined)
            continue;
        const example = of(node);
        if (example !== undefined)
            return `A right value is: ${document.example(String(key), example)}`;
    }
    const [beginning] = Object.entries(unwrapped(schema).entries ?? {});
    return beginning && `A right document begins with: ${document.example(beginning[0], of(beginning[1]))}`;
}
function valueAt(document, path) {
    let value = document.value;
    for (const part of path) {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
            return undefined;
        value = value[part];
    }
    return value;
}

// EXTERNAL MODULE: ../../main/node_modules/yaml/dist/index.js
var yaml_dist = __webpack_require__(3645);
;// CONCATENATED MODULE: ./lib/policy/yaml.js



const MAX_BYTES = 256 * 1024;
function parseYaml(bytes, file) {
    const text = decode(bytes, file, MAX_BYTES);
    const counter = new yaml_dist/* LineCounter */.HN();
    const at = (offset) => {
        const { line, col } = counter.linePos(Math.min(offset, text.length));
        return { line: Math.max(1, line), column: Math.max(1, col) };
    };
    const document = parse(text, file, counter, at);
    return {
        file,
        value: toValue(document.contents, [], (node, path, what, nextStep) => problem(file, at(node?.range[0] ?? 0), path, what, nextStep)),
        locate: (path, of = 'value') => at(offsetOf(document.contents, path, of)),
        example: (key, value) => `${key}: ${(0,yaml_dist/* stringify */.As)(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()}`,
    };
}
function parse(text, file, lineCounter, at) {
    let documents;
    try {
        const parsed = (0,yaml_dist/* parseAllDocuments */.hR)(text, {
            version: '1.2',
            schema: 'core',
            merge: false,
            resolveKnownTags: false,
            stringKeys: true,
            strict: true,
            uniqueKeys: false,
            prettyErrors: false,
            logLevel: 'silent',
            lineCounter,
        });
        documents = [...parsed];
    }
    catch (error) {
        throw new errors/* GateError */.ue('input', `${file}: it cannot be read as YAML: ${(0,errors/* messageOf */.bD)(error)}.`, {
            cause: error,
        });
    }
    const [document, second] = documents;
    const wrong = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])[0];
    if (wrong !== undefined) {
        throw problem(file, at(wrong.pos[0]), [], sentence(wrong.message), hint(text, wrong));
    }
    if (document === undefined || document.contents === null) {
        throw new errors/* GateError */.ue('input', `${file}:1:1: expected a YAML document, got an empty file.`, {
            nextStep: 'A right document begins with: version: 1',
        });
    }
    if (second !== undefined) {
        throw problem(file, at(second.range[0]), [], 'expected one YAML document, got a second one');
    }
    if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
        throw problem(file, at(0), [], 'expected YAML 1.2, got a directive for another version');
    }
    return document;
}
function sentence(message) {
    return `it is not valid YAML: ${message.replace(/\.?\s*$/, '').slice(0, 200)}`;
}
function hint(text, { pos: [offset], message }) {
    const start = text.lastIndexOf('\n', offset) + 1;
    const end = text.indexOf('\n', offset);
    const line = text.slice(start, end === -1 ? undefined : end);
    const bound = /([a-z-]+):\s*(>=?\s*\d[\d.]*)/.exec(line);
    if (bound !== null)
        return `YAML gives ">" a meaning of its own. Write: ${bound[1]}: "${bound[2]}"`;
    return message.startsWith('Nested mappings') ? 'Text with ": " in it needs quotes.' : undefined;
}
function toValue(node, path, fail) {
    if (node === null)
        return null;
    if (path.length > DEEPEST)
        throw fail(node, [], `nests deeper than ${DEEPEST} levels`);
    if ((0,yaml_dist/* isAlias */.Vj)(node)) {
        throw fail(node, path, `uses the alias *${node.source.slice(0, 40)}`, 'Write the value out.');
    }
    if (node.tag !== undefined) {
        throw fail(node, path, `has the tag ${quote(node.tag)}`, 'Leave the tag out: values are read as they are.');
    }
    if ((0,yaml_dist/* isScalar */.jn)(node))
        return node.value;
    if ((0,yaml_dist/* isSeq */.oP)(node)) {
        return node.items.map((item, index) => toValue(item, [...path, index], fail));
    }
    const object = Object.create(null);
    for (const { key, value } of node.items) {
        const name = (0,yaml_dist/* isScalar */.jn)(key) ? key.value : undefined;
        if (typeof name !== 'string' || key.tag !== undefined) {
            throw fail(key, path, `expected a name as key, got ${describe(name)}`);
        }
        if (Object.hasOwn(object, name))
            throw fail(key, [...path, name], 'is there twice', 'Keep one of the two.');
        object[name] = toValue(value, [...path, name], fail);
    }
    return object;
}
function offsetOf(root, path, at) {
    let node = root;
    let offset = root?.range[0] ?? 0;
    for (const [depth, part] of path.entries()) {
        if ((0,yaml_dist/* isSeq */.oP)(node) && typeof part === 'number') {
            node = node.items[part] ?? null;
        }
        else if ((0,yaml_dist/* isMap */.jh)(node)) {
            const pair = node.items.find(({ key }) => (0,yaml_dist/* isScalar */.jn)(key) && key.value === part);
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

;// CONCATENATED MODULE: ./lib/policy/document.js






const ACTIONS = ['block', 'warn', 'ignore'];
const conditions = dist/* pipe */.FsL(dist/* strictObject */.rej({
    severity: dist/* optional */.lqM(severities("Inspector's severity is one of these.")),
    score: dist/* optional */.lqM(score("Inspector's score, 0 to 10.")),
    epss: dist/* optional */.lqM(probability('Probability of exploitation in the next 30 days (EPSS), 0 to 1.')),
    'exploit-available': dist/* optional */.lqM(flag('Inspector knows of an exploit.')),
    'known-exploited': dist/* optional */.lqM(flag("The vulnerability is in CISA's catalogue of exploited ones (KEV).")),
    'fix-available': dist/* optional */.lqM(choice(['yes', 'no', 'partial'], 'There is a fix for every vulnerable package, for none, or for some of them.', 'yes')),
    'older-than': dist/* optional */.lqM(duration('First observed longer ago than this. A day has 24 hours.', '30d')),
    'newer-than': dist/* optional */.lqM(duration('First observed more recently than this: a period of grace. A day has 24 hours.', '7d')),
    package: dist/* optional */.lqM(globs("The package's name.", 'openssl*')),
    'package-manager': dist/* optional */.lqM(globs("Inspector's package manager, such as OS, NPM or JAR.", 'OS')),
    vulnerability: dist/* optional */.lqM(globs('The id of the vulnerability, or a related one.', 'CVE-2026-12345')),
    repository: dist/* optional */.lqM(globs("The ECR repository's name.", 'team/**')),
    platform: dist/* optional */.lqM(globs('The platform of the image.', 'linux/arm64')),
    layer: dist/* optional */.lqM(choice(['base', 'application'], 'Whose layer the package came with, where that is known.', 'base')),
}), dist/* minEntries */.bPf(1, 'expected at least one condition'), dist/* description */.h_('Conditions, all of which must hold.'), asWritten({ severity: ['critical'], 'fix-available': 'yes' }));
const rule = dist/* strictObject */.rej({
    name: fields_text('How reports call the rule. No two rules share a name.', 'exploited in the wild'),
    action: choice(ACTIONS, 'What becomes of a finding that the rule matches.', 'block'),
    reason: dist/* optional */.lqM(fields_text('Why; an ignore needs one.', 'not reachable from the network')),
    when: conditions,
});
const count = dist/* pipe */.FsL(dist/* number */.aig('expected a whole number, 0 or more'), dist/* safeInteger */.Y2b('expected a whole number, 0 or more'), dist/* minValue */.Wwf(0, 'expected a whole number, 0 or more'), dist/* description */.h_('The most findings of this severity that do not block.'), dist/* examples */.K1K([20]));
const policySchema = dist/* pipe */.FsL(dist/* strictObject */.rej({
    version: version,
    'fail-on': dist/* optional */.lqM(choice(severity/* THRESHOLDS */.Rm, 'The lowest severity that blocks.', 'critical')),
    'warn-on': dist/* optional */.lqM(choice(severity/* THRESHOLDS */.Rm, 'The lowest severity that warns.', 'high')),
    'ignore-unfixed': dist/* optional */.lqM(flag('Findings without any fix warn instead of blocking.', false)),
    rules: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(rule, 'expected a list of rules'), dist/* description */.h_('In order: the first rule that matches a finding decides.'), asWritten([{ name: 'exploited in the wild', action: 'block', when: { 'known-exploited': true } }]))),
    limits: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        critical: dist/* exactOptional */.yqP(count),
        high: dist/* exactOptional */.yqP(count),
        medium: dist/* exactOptional */.yqP(count),
        low: dist/* exactOptional */.yqP(count),
        informational: dist/* exactOptional */.yqP(count),
        untriaged: dist/* exactOptional */.yqP(count),
    }), dist/* description */.h_('More findings of a severity than this, after rules and exceptions, block.'), asWritten({ high: 20 }))),
    untriaged: dist/* optional */.lqM(choice(ACTIONS, 'Findings that their vendor has not judged yet.', 'warn')),
    suppressed: dist/* optional */.lqM(choice(ACTIONS, 'Findings that an Inspector suppression rule hides.', 'ignore')),
    'exceptions-allowed': dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        'max-duration': dist/* optional */.lqM(duration('An exception that ends later than this does not apply.', '90d')),
        never: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
            severity: dist/* optional */.lqM(severities('Findings of these severities.')),
            'known-exploited': dist/* optional */.lqM(flag('Findings that CISA lists as exploited (KEV).')),
            score: dist/* optional */.lqM(score("Findings with such a score, Inspector's.")),
        }), dist/* description */.h_('Findings that nothing may except; one of these is enough.'), asWritten({ severity: ['critical'], 'known-exploited': true }))),
        required: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* array */.YOg(dist/* picklist */.KIO(['reason', 'expires', 'approved-by', 'ticket'], 'expected one of reason, expires, approved-by, ticket'), 'expected a list of fields'), dist/* description */.h_('Fields without which an exception does not apply.'), dist/* examples */.K1K([['approved-by']]))),
    }), dist/* description */.h_('What exceptions and VEX statements may not do.'), asWritten({ 'max-duration': '90d', required: ['approved-by'] }))),
    minimum: dist/* optional */.lqM(dist/* pipe */.FsL(dist/* strictObject */.rej({
        'fail-on': dist/* optional */.lqM(choice(severity/* THRESHOLDS */.Rm, 'The fail-on that a workflow cannot weaken.', 'critical')),
        'warn-on': dist/* optional */.lqM(choice(severity/* THRESHOLDS */.Rm, 'The warn-on that a workflow cannot weaken.', 'high')),
        enforce: dist/* optional */.lqM(flag('true: a workflow cannot set enforce to false.')),
        'ignore-unfixed': dist/* optional */.lqM(flag('false: a workflow cannot set ignore-unfixed to true.', false)),
        timeout: dist/* optional */.lqM(duration('The longest timeout that a workflow may set.', '30m')),
        'settle-time': dist/* optional */.lqM(duration('The shortest settle-time that a workflow may set.', '30s')),
        'scan-type': dist/* optional */.lqM(choice(['enhanced'], 'enhanced: a workflow cannot use basic scanning.', 'enhanced')),
        signing: dist/* optional */.lqM(flag('true: a run without a signing-key fails.')),
        baseline: dist/* optional */.lqM(flag('false: no baseline softens anything.', false)),
    }), dist/* description */.h_('What a workflow cannot weaken, whatever its inputs say.'), asWritten({ 'fail-on': 'critical', enforce: true, signing: true }))),
}), dist/* title */.DDF('ECR Deployment Gate policy'), dist/* description */.h_('What may be deployed: rules, limits, and what a workflow cannot weaken.'));
function parsePolicy(bytes, file) {
    const source = parseYaml(bytes, file);
    const written = validate(policySchema, source);
    checkRules(written.rules ?? [], source);
    const allowed = written['exceptions-allowed'];
    const minimum = written.minimum;
    if ((minimum?.['settle-time'] ?? 0) >= (minimum?.timeout ?? Number.POSITIVE_INFINITY)) {
        const fail = failer(policySchema, source);
        throw fail(['minimum', 'settle-time'], 'expected less than the longest timeout, minimum.timeout');
    }
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
            required: allowed?.required ?? [],
        },
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
        },
    };
}
function checkRules(rules, source) {
    const fail = failer(policySchema, source);
    const names = new Map();
    for (const [index, { name, action, reason, when }] of rules.entries()) {
        const first = names.get(name);
        if (first !== undefined) {
            const { line } = source.locate(['rules', first, 'name']);
            throw fail(['rules', index, 'name'], `the rule in line ${line} has that name already`);
        }
        names.set(name, index);
        if (action === 'ignore' && reason === undefined) {
            throw fail(['rules', index, 'reason'], 'is missing: to ignore findings takes a reason');
        }
        const { 'older-than': olderThan, 'newer-than': newerThan } = when;
        if (olderThan !== undefined && newerThan !== undefined && olderThan >= newerThan) {
            throw fail(['rules', index, 'when', 'newer-than'], 'expected more than older-than: nothing is older than the one and newer than the other');
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
    };
    return { name, action, reason, when: conditions };
}
const FIX = { yes: 'YES', no: 'NO', partial: 'PARTIAL' };

;// CONCATENATED MODULE: ./lib/policy/exceptions-document.js




const ID_MESSAGE = 'expected one exact id, without spaces, commas and globs';
const id = dist/* pipe */.FsL(dist/* string */.YjP(ID_MESSAGE), dist/* maxLength */.Ru6(256, 'expected an id of at most 256 characters'), dist/* regex */.yGV(/^\s*[^\s,*?[\]{}]+\s*$/, ID_MESSAGE), dist/* description */.h_('The id of the vulnerability, exact, without regard to case. A related id will do.'), dist/* examples */.K1K(['CVE-2026-12345']), dist/* trim */.Bqr());
const DATE_MESSAGE = 'expected a day of the calendar, YYYY-MM-DD';
const expires = dist/* pipe */.FsL(dist/* string */.YjP(DATE_MESSAGE), dist/* regex */.yGV(/^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, DATE_MESSAGE), dist/* description */.h_('The last day on which the exception applies, in UTC.'), dist/* examples */.K1K(['2026-12-31']));
const exception = dist/* strictObject */.rej({
    id,
    package: dist/* optional */.lqM(glob("Only for packages of such a name; without it, for all of a finding's.", 'openssl*')),
    image: dist/* optional */.lqM(glob('Only for images of such an ECR repository.', 'team/app')),
    platform: dist/* optional */.lqM(glob('Only for such a platform.', 'linux/arm64')),
    reason: fields_text('Why the finding may pass.', 'not reachable, TLS ends at the load balancer'),
    expires,
    'approved-by': dist/* optional */.lqM(fields_text('Who allowed it.', 'security@example.com')),
    ticket: dist/* optional */.lqM(fields_text('Where it is tracked; a number needs quotes.', 'SEC-1234')),
    'until-fixed': dist/* optional */.lqM(flag('true: it applies only while there is no fix.')),
    status: dist/* optional */.lqM(choice(['accepted', 'false-positive', 'mitigated'], 'What is said of the finding.', 'accepted')),
});
const exceptionsSchema = dist/* pipe */.FsL(dist/* strictObject */.rej({
    version: version,
    exceptions: dist/* pipe */.FsL(dist/* array */.YOg(exception, 'expected a list of exceptions'), dist/* description */.h_('Findings that may pass, why, and until when.'), asWritten([{ id: 'CVE-2026-12345', reason: 'not reachable', expires: '2026-12-31' }])),
}), dist/* title */.DDF('ECR Deployment Gate exceptions'), dist/* description */.h_('Findings that may pass, each with a reason and an end.'));
function parseExceptions(bytes, file) {
    const source = parseYaml(bytes, file);
    const fail = failer(exceptionsSchema, source);
    return validate(exceptionsSchema, source).exceptions.map((written, index) => {
        const end = endOfDay(written.expires);
        if (end === undefined) {
            throw fail(['exceptions', index, 'expires'], `${DATE_MESSAGE}, got ${written.expires}`);
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
function endOfDay(day) {
    const start = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day)
        return undefined;
    return new Date(start.getTime() + 86_400_000);
}

;// CONCATENATED MODULE: ./lib/policy/json.js

const json_MAX_BYTES = 1024 * 1024;
function parseJson(bytes, file) {
    const text = decode(bytes, file, json_MAX_BYTES);
    const offsets = new Map();
    return {
        file,
        value: new Reader(text, file, offsets).read(),
        locate: (path, at = 'value') => {
            for (let length = path.length; length >= 0; length -= 1) {
                const found = offsets.get(JSON.stringify(path.slice(0, length)));
                if (found)
                    return positionOf(text, length === path.length ? found[at] : found.value);
            }
            return { line: 1, column: 1 };
        },
        example: (key, value) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    };
}
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /"[^"\\]*(?:\\.[^"\\]*)*"|[A-Za-z0-9+.-]+/y;
class Reader {
    at = 0;
    text;
    file;
    offsets;
    constructor(text, file, offsets) {
        this.text = text;
        this.file = file;
        this.offsets = offsets;
    }
    read() {
        const value = this.value([], undefined);
        this.skipSpace();
        if (this.at < this.text.length)
            throw this.invalid(this.at);
        return value;
    }
    value(path, key) {
        this.skipSpace();
        this.offsets.set(JSON.stringify(path), { key: key ?? this.at, value: this.at });
        if (path.length > DEEPEST) {
            throw problem(this.file, positionOf(this.text, this.at), [], `nests deeper than ${DEEPEST} levels`);
        }
        if (this.takes('['))
            return this.list(path);
        return this.takes('{') ? this.object(path) : this.scalar();
    }
    list(path) {
        const items = [];
        if (this.takes(']'))
            return items;
        do {
            items.push(this.value([...path, items.length], undefined));
        } while (this.takes(','));
        this.expect(']');
        return items;
    }
    object(path) {
        const object = Object.create(null);
        if (this.takes('}'))
            return object;
        do {
            this.skipSpace();
            const start = this.at;
            const name = this.scalar();
            if (typeof name !== 'string')
                throw this.invalid(start);
            if (Object.hasOwn(object, name)) {
                const position = positionOf(this.text, start);
                throw problem(this.file, position, [...path, name], 'is there twice', 'Keep one of the two.');
            }
            this.expect(':');
            object[name] = this.value([...path, name], start);
        } while (this.takes(','));
        this.expect('}');
        return object;
    }
    scalar() {
        SCALAR.lastIndex = this.at;
        const token = SCALAR.exec(this.text)?.[0];
        if (token === undefined)
            throw this.invalid(this.at);
        const start = this.at;
        this.at += token.length;
        try {
            return JSON.parse(token);
        }
        catch {
            throw this.invalid(start);
        }
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
        SPACE.exec(this.text);
        this.at = SPACE.lastIndex;
    }
    invalid(offset) {
        return problem(this.file, positionOf(this.text, offset), [], 'it is not valid JSON');
    }
}

;// CONCATENATED MODULE: ./lib/policy/purl.js
class InvalidPackageUrl extends Error {
    name = 'InvalidPackageUrl';
}
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
    const [beforeVersion, version] = splitRight(path, '@');
    if (version?.includes('/')) {
        throw new InvalidPackageUrl('it has an "@" that is not in front of the version and not written %40');
    }
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

;// CONCATENATED MODULE: ./lib/policy/vex.js





const CONTEXT = 'https://openvex.dev/ns/v0.2.0';
const JUSTIFICATIONS = [
    'component_not_present',
    'vulnerable_code_not_present',
    'vulnerable_code_not_in_execute_path',
    'vulnerable_code_cannot_be_controlled_by_adversary',
    'inline_mitigations_already_exist',
];
function said(example) {
    return dist/* pipe */.FsL(dist/* string */.YjP('expected text'), dist/* regex */.yGV(VISIBLE, 'expected text that is not blank'), dist/* examples */.K1K([example]), dist/* trim */.Bqr());
}
const time = dist/* pipe */.FsL(dist/* string */.YjP('expected a time'), dist/* check */.z6Y((text) => timeOf(text) !== undefined, 'expected a time as RFC 3339 writes it'), dist/* examples */.K1K(['2026-01-08T18:02:03Z']), dist/* transform */.pdi((text) => timeOf(text) ?? new Date(Number.NaN)));
const number = dist/* pipe */.FsL(dist/* number */.aig('expected a whole number, 1 or more'), dist/* safeInteger */.Y2b('expected a whole number, 1 or more'), dist/* minValue */.Wwf(1, 'expected a whole number, 1 or more'), dist/* examples */.K1K([1]));
const iri = said('https://openvex.dev/docs/example/vex-1');
const component = {
    '@id': dist/* optional */.lqM(said('pkg:oci/app')),
    identifiers: dist/* optional */.lqM(dist/* strictObject */.rej({
        purl: dist/* optional */.lqM(said('pkg:oci/app')),
        cpe22: dist/* optional */.lqM(said('cpe:/a:example:app:1.0')),
        cpe23: dist/* optional */.lqM(said('cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*')),
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
    ], dist/* optional */.lqM(said('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'))))),
};
const statement = dist/* strictObject */.rej({
    '@id': dist/* optional */.lqM(iri),
    version: dist/* optional */.lqM(number),
    vulnerability: dist/* strictObject */.rej({
        '@id': dist/* optional */.lqM(iri),
        name: said('CVE-2026-12345'),
        description: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
        aliases: dist/* optional */.lqM(dist/* array */.YOg(said('GHSA-jfh8-c2jp-5v3q'), 'expected a list of ids')),
    }),
    timestamp: dist/* optional */.lqM(time),
    last_updated: dist/* optional */.lqM(time),
    products: dist/* optional */.lqM(dist/* array */.YOg(dist/* strictObject */.rej({
        ...component,
        subcomponents: dist/* optional */.lqM(dist/* array */.YOg(dist/* strictObject */.rej(component), 'expected a list of components')),
    }), 'expected a list of products')),
    status: choice(['not_affected', 'affected', 'fixed', 'under_investigation'], 'What is said of the products.', 'not_affected'),
    supplier: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    status_notes: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    justification: dist/* optional */.lqM(choice(JUSTIFICATIONS, 'Why.', 'vulnerable_code_not_in_execute_path')),
    impact_statement: dist/* optional */.lqM(said('the vulnerable function is not called')),
    action_statement: dist/* optional */.lqM(said('update to 1.2.4')),
    action_statement_timestamp: dist/* optional */.lqM(time),
});
const vexSchema = dist/* strictObject */.rej({
    '@context': dist/* pipe */.FsL(dist/* string */.YjP('expected text'), dist/* examples */.K1K([CONTEXT])),
    '@id': iri,
    author: said('Example Security <security@example.com>'),
    role: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    timestamp: time,
    last_updated: dist/* optional */.lqM(time),
    version: number,
    tooling: dist/* optional */.lqM(dist/* string */.YjP('expected text')),
    statements: dist/* array */.YOg(statement, 'expected a list of statements'),
});
function parseVex(bytes, file) {
    const source = parseJson(bytes, file);
    checkForm(source.value, failer(vexSchema, source));
    const document = validate(vexSchema, source);
    const fail = failer(vexSchema, source);
    const exceptions = [];
    const revocations = [];
    for (const [index, written] of document.statements.entries()) {
        const path = ['statements', index];
        checkStatement(written, path, fail);
        const about = {
            source: `${file}: statement ${index + 1}`,
            ids: [...new Set([written.vulnerability.name, ...(written.vulnerability.aliases ?? [])])],
        };
        const { status, products = [] } = written;
        if (status === 'affected' || status === 'under_investigation') {
            revocations.push({
                ...about,
                status,
                at: revokingTime(written, document),
                products: products.flatMap((product, at) => productOf(product, 'possible', [...path, 'products', at], fail)),
            });
        }
        else {
            exceptions.push({
                ...about,
                origin: 'vex',
                status,
                scope: {
                    kind: 'products',
                    products: products.flatMap((product, at) => productOf(product, 'certain', [...path, 'products', at], fail)),
                },
                reason: reasonOf(written),
                expires: undefined,
                since: exceptingTime(written, document),
                approvedBy: document.author,
                ticket: undefined,
                untilFixed: false,
            });
        }
    }
    return { exceptions, revocations };
}
function combineVex(documents) {
    const by = documents.flatMap(({ revocations }) => revocations);
    return documents
        .flatMap(({ exceptions }) => exceptions)
        .map((exception) => {
        const { scope, since, ids } = exception;
        if (scope.kind !== 'products' || since === undefined || by.length === 0)
            return exception;
        const products = scope.products.map((product) => ({ ...product, revocations: { since, ids, by } }));
        return { ...exception, scope: { ...scope, products } };
    });
}
function checkForm(value, fail) {
    const isObject = (candidate) => typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
    if (!isObject(value))
        return;
    const context = value['@context'];
    if (context === undefined)
        throw fail(['@context'], 'is missing: this is no OpenVEX document', 'key');
    if (typeof context === 'string' && context !== CONTEXT) {
        const old = /^https:\/\/openvex\.dev\/ns(\/v0\.0\.\d+)?$/.test(context);
        const what = old ? 'this is OpenVEX 0.0.x' : 'this is no OpenVEX 0.2.0 document';
        throw fail(['@context'], `expected ${CONTEXT}, got ${JSON.stringify(context.slice(0, 60))}: ${what}`);
    }
    if (!Array.isArray(value.statements))
        return;
    for (const [index, written] of value.statements.entries()) {
        if (isObject(written) && typeof written.vulnerability === 'string') {
            const what = 'expected an object with a name, got text, the form of OpenVEX 0.0.x';
            throw fail(['statements', index, 'vulnerability'], what);
        }
    }
}
function checkStatement(written, path, fail) {
    const { status, justification, impact_statement, action_statement, products } = written;
    if (status === 'not_affected' && justification === undefined && impact_statement === undefined) {
        throw fail([...path, 'justification'], 'is missing: not_affected takes a justification or an impact_statement');
    }
    if (status === 'affected' && action_statement === undefined) {
        throw fail([...path, 'action_statement'], 'is missing: affected takes an action_statement');
    }
    if (products === undefined || products.length === 0) {
        throw fail([...path, 'products'], 'is missing: a statement takes at least one product');
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
        throw fail([...path, '@id'], 'is missing: a component takes an @id or identifiers');
    }
    if (identifiers !== undefined && Object.keys(identifiers).length === 0) {
        throw fail([...path, 'identifiers'], 'expected one of purl, cpe22, cpe23, got an empty mapping');
    }
}
function exceptingTime(written, { timestamp }) {
    return latest(written.timestamp, written.last_updated) ?? timestamp;
}
function revokingTime(written, { timestamp, last_updated }) {
    return latest(written.timestamp, written.last_updated) ?? latest(timestamp, last_updated) ?? timestamp;
}
function latest(...times) {
    return times.filter((candidate) => candidate !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}
function reasonOf({ justification, impact_statement, status_notes }) {
    const parts = [justification, impact_statement, status_notes?.trim()];
    const text = parts.filter((part) => part !== undefined && part !== '').join(': ');
    return text === '' ? undefined : text;
}
function productOf(written, need, path, fail) {
    const urls = purlsOf(written, path, fail).filter(({ type }) => type === 'oci');
    const hash = written.hashes?.['sha-256']?.toLowerCase();
    const hashed = hash === undefined ? undefined : `sha256:${hash.replace(/^sha256:/, '')}`;
    if (urls.length === 0 && (need === 'certain' || hashed === undefined))
        return [];
    if (urls.some(({ namespace }) => namespace !== undefined)) {
        const what = 'a pkg:oci has no namespace: the whole name goes into repository_url';
        throw fail([...path, '@id'], what);
    }
    const one = (what, values) => {
        const given = new Set(values.filter((value) => value !== undefined));
        if (given.size > 1)
            throw fail(path, `its identifiers have different ${what}: ${[...given].join(', ')}`);
        return [...given][0];
    };
    const qualifier = (key) => urls.map(({ qualifiers }) => qualifiers.get(key));
    const digest = one('digests', [
        ...urls
            .map(({ version }) => version?.toLowerCase())
            .filter((text) => need === 'certain' || isDigest(text)),
        hashed,
    ]);
    const repositoryUrl = one('repositories', qualifier('repository_url').map(repositoryOf));
    const subcomponents = (written.subcomponents ?? []).flatMap((part, index) => packageOf(part, need, [...path, 'subcomponents', index], fail));
    const unknown = written.subcomponents?.some((part) => purlTexts(part).length === 0) ?? false;
    const none = subcomponents.length === 0 && (written.subcomponents ?? []).length > 0;
    if (need === 'certain' && none)
        return [];
    return [
        {
            digest,
            name: one('names', urls.map(({ name }) => name.toLowerCase())) ?? '',
            repositoryUrl,
            tag: one('tags', qualifier('tag')),
            arch: one('architectures', qualifier('arch')),
            subcomponents: need === 'possible' && unknown ? [] : subcomponents,
        },
    ];
}
function packageOf(written, need, path, fail) {
    const urls = purlsOf(written, path, fail);
    const packages = urls.map((url, index) => {
        const epoch = url.qualifiers.get('epoch');
        return {
            purl: purlTexts(written)[index] ?? '',
            type: url.type,
            namespace: url.namespace,
            name: url.name,
            version: epoch !== undefined && url.version !== undefined ? `${epoch}:${url.version}` : url.version,
            arch: url.qualifiers.get('arch'),
        };
    });
    if (need === 'possible')
        return packages;
    const whole = urls.every(({ subpath }) => subpath === undefined);
    const same = new Set(packages.map(({ purl: _, ...rest }) => JSON.stringify(rest))).size === 1;
    return whole && same ? packages.slice(0, 1) : [];
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
function repositoryOf(url) {
    return url?.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, '');
}
function timeOf(text) {
    const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
    const time = new Date(text.toUpperCase());
    const day = new Date(`${match?.[1]}T00:00:00Z`);
    if (match === null || Number.isNaN(time.getTime()) || Number.isNaN(day.getTime()))
        return undefined;
    return day.toISOString().startsWith(match[1] ?? '-') ? time : undefined;
}

;// CONCATENATED MODULE: ./lib/policy/load.js








const load_MAX_BYTES = 1024 * 1024;
const MAX_VEX_FILES = 200;
const MAX_VEX_STATEMENTS = 5_000;
async function loadPolicy(where, ports) {
    const remote = parseRemote(where);
    if (remote === undefined) {
        const file = await readLocal('policy', where, ports, 'anywhere');
        return { document: parsePolicy(file.bytes, file.name), source: sourceOf(file.name, file.bytes, false) };
    }
    if (ports.github === undefined) {
        throw new errors/* GateError */.ue('input', `Input policy: ${where} is in another repository, and the input github-token is empty.`, {
            nextStep: `Give github-token a token with contents: read on ${remote.owner}/${remote.repo}.`,
        });
    }
    const bytes = await (0,client/* readGitHubFile */.c)(ports.github, remote);
    return { document: parsePolicy(bytes, where), source: sourceOf(where, bytes, !(0,client/* isCommit */.W)(remote.ref)) };
}
async function loadExceptions(paths, ports) {
    const exceptions = [];
    const sources = [];
    for (const file of await readAll('exceptions', paths, ports)) {
        exceptions.push(...parseExceptions(file.bytes, file.name));
        sources.push(sourceOf(file.name, file.bytes, false));
    }
    return { exceptions, sources };
}
async function loadVex(globs, ports) {
    const paths = new Set();
    for (const pattern of globs) {
        for (const path of await matching(pattern, ports))
            paths.add(path);
        if (paths.size > MAX_VEX_FILES) {
            throw new errors/* GateError */.ue('input', `Input vex: expected at most ${MAX_VEX_FILES} files, got more.`);
        }
    }
    const documents = [];
    const sources = [];
    for (const file of await readAll('vex', [...paths].sort(), ports)) {
        documents.push(parseVex(file.bytes, file.name));
        sources.push(sourceOf(file.name, file.bytes, false));
    }
    const statements = documents.reduce((sum, { exceptions, revocations }) => sum + exceptions.length + revocations.length, 0);
    if (statements > MAX_VEX_STATEMENTS) {
        throw new errors/* GateError */.ue('input', `Input vex: expected at most ${MAX_VEX_STATEMENTS} statements, got ${statements}.`);
    }
    return { exceptions: combineVex(documents), sources };
}
function parseRemote(where) {
    const match = /^([A-Za-z0-9](?:[A-Za-z0-9_-]*))\/([A-Za-z0-9._-]+)\/([^@]+)@(.+)$/s.exec(where);
    if (match === null)
        return undefined;
    const [, owner = '', repo = '', path = '', ref = ''] = match;
    const segments = [repo, ...path.split('/')];
    const badRef = ref.includes('@') || /[\u0000-\u0020~^:?*[\\]|\.\.|^\/|\/$/.test(ref);
    if (badRef || segments.some((segment) => /^\.{0,2}$/.test(segment))) {
        throw new errors/* GateError */.ue('input', `Input policy: expected owner/repo/path@ref, got ${JSON.stringify(where)}.`, {
            nextStep: 'A right value is: policy: example-org/security/gate/policy.yml@v1',
        });
    }
    return { owner, repo, path, ref };
}
async function readAll(input, paths, ports) {
    const files = new Map();
    for (const path of paths) {
        const file = await readLocal(input, path, ports, 'workspace');
        if (!files.has(file.real))
            files.set(file.real, file);
    }
    return [...files.values()];
}
async function readLocal(input, path, { workspace }, where) {
    const root = await workspaceRoot(workspace);
    const inside = (candidate, base = root) => {
        const way = (0,external_node_path_.relative)(base, candidate);
        return way !== '..' && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way);
    };
    const absolute = (0,external_node_path_.resolve)(root, path);
    const outside = () => new errors/* GateError */.ue('input', `Input ${input}: ${path} is outside of the workspace.`, {
        nextStep: `Put the file into the repository and name it by its path there.`,
    });
    let real;
    let stats;
    try {
        real = await (0,promises_.realpath)(absolute);
        stats = await (0,promises_.stat)(real);
    }
    catch (error) {
        if (where === 'workspace' && !inside(absolute) && !inside(absolute, (0,external_node_path_.resolve)(workspace)))
            throw outside();
        const missing = error.code === 'ENOENT';
        throw new errors/* GateError */.ue('input', missing
            ? `Input ${input}: there is no file ${path} in the workspace.`
            : `Input ${input}: ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}.`, {
            nextStep: input === 'policy'
                ? 'Check the path, and check the repository out before this step; a policy in another repository is owner/repo/path@ref.'
                : 'Check the path, and check the repository out (actions/checkout) before this step.',
            cause: error,
        });
    }
    if (where === 'workspace' && !inside(real))
        throw outside();
    if (!stats.isFile())
        throw new errors/* GateError */.ue('input', `Input ${input}: ${path} is not a file.`);
    const name = inside(real) && !(0,external_node_path_.isAbsolute)(path) ? path.split(external_node_path_.sep).join('/') : path;
    try {
        return { name, real, bytes: await readStart(real) };
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
async function readStart(path) {
    const handle = await (0,promises_.open)(path);
    try {
        const chunks = [];
        for await (const chunk of handle.createReadStream({ end: load_MAX_BYTES, autoClose: false })) {
            chunks.push(chunk);
        }
        return Buffer.concat(chunks);
    }
    finally {
        await handle.close();
    }
}
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
            if (found.length > MAX_VEX_FILES)
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
        nextStep: 'A right value is: vex: .vex/*.json',
    });
}
function sourceOf(uri, bytes, moving) {
    return { uri, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex'), moving };
}


/***/ })

};
