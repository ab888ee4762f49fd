export const id = 534;
export const ids = [534,4185];
export const modules = {

/***/ 22746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Td: () => (/* binding */ commentKey),
/* harmony export */   gJ: () => (/* binding */ formatMarker),
/* harmony export */   gY: () => (/* binding */ parseMarker),
/* harmony export */   qB: () => (/* binding */ compareRuns),
/* harmony export */   tx: () => (/* binding */ planComment)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/** Identifies the comments of the action on a pull request, and decides what a run does with them. */

/** Below zero if the first of two runs is the earlier one. */
function compareRuns(a, b) {
    return a.id - b.id || a.attempt - b.attempt;
}
/**
 * Identifies the comment of a step and its images: every run of the step has the same key, and no other step has it. It is
 * not a secret: another workflow that comments with the same account can compute it.
 */
function commentKey(parts) {
    const { repositories, dockerfile, workflow, job, step } = parts;
    const identity = [[...new Set(repositories)].sort(), dockerfile ?? '', workflow, job, step];
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}
const MARKER = /^<!-- ecr-deployment-gate v1 ([0-9a-f]{32}) (passing|failing) (\d{1,15})\.(\d{1,9}) -->/;
/** The first line of a comment. */
function formatMarker({ key, state, run: { id, attempt } }) {
    return `<!-- ecr-deployment-gate v1 ${key} ${state} ${id}.${attempt} -->`;
}
/** The marker at the start of a comment; undefined for a marker anywhere else, which is a quotation. */
function parseMarker(body) {
    const [, key, state, id, attempt] = MARKER.exec(body) ?? [];
    if (key === undefined || (state !== 'passing' && state !== 'failing'))
        return undefined;
    return { key, state, run: { id: Number(id), attempt: Number(attempt) } };
}
// Two runs at the same time create two. More of them come from elsewhere, and updating all would take too long.
const MOST_UPDATED = 10;
/**
 * What to do with the comment. An existing comment is updated in both modes, so that no outdated failure remains. A run does
 * not replace the comment of a newer run, and a job that passes does not replace that of a failed job of the same run.
 * @param own comments with the run's own key by the account of the token; their runs exist
 */
function planComment(mode, failing, own, run) {
    const since = ({ marker }) => compareRuns(marker.run, run);
    if (own.some((comment) => since(comment) > 0)) {
        return { kind: 'none', why: 'a newer run has commented already' };
    }
    if (!failing && own.some((comment) => since(comment) === 0 && comment.marker.state === 'failing')) {
        return { kind: 'none', why: 'another job of this run has failed and commented' };
    }
    if (own.length > 0)
        return { kind: 'update', ids: own.slice(0, MOST_UPDATED).map(({ id }) => id) };
    if (failing || mode === 'always')
        return { kind: 'create' };
    return { kind: 'none', why: 'the run passed' };
}


/***/ }),

/***/ 4185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentFromActions: () => (/* binding */ commentFromActions),
  c2: () => (/* binding */ statusOf),
  cg: () => (/* binding */ stepOf),
  PY: () => (/* binding */ withRealRuns)
});

// UNUSED EXPORTS: comment

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./text.js
var text_0 = __webpack_require__(24686);
// EXTERNAL MODULE: ./github/comment-plan.js
var comment_plan = __webpack_require__(22746);
// EXTERNAL MODULE: ./github/octokit.js
var octokit = __webpack_require__(85120);
;// CONCATENATED MODULE: ./github/pull-request.js
/** The pull request that an event of GitHub Actions belongs to. */
/**
 * The pull request of an event: its own, that of a comment, that of a merge queue, or the one that triggered the run. Else
 * the one whose last commit this is, as after a push to its branch. Source of the fields: GitHub Docs, "Webhook events and
 * payloads" and "Events that trigger workflows".
 */
function pullRequestOf({ name, sha, payload }) {
    const own = pullRequest(field(payload, 'pull_request'), payload);
    if (own !== undefined)
        return own;
    const issue = field(payload, 'issue');
    if (issue !== undefined) {
        const number = positive(field(issue, 'number'));
        return number !== undefined && field(issue, 'pull_request') !== undefined
            ? { kind: 'number', number, head: undefined, fork: false }
            : { kind: 'none' };
    }
    if (name === 'merge_group') {
        // refs/heads/gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT names the last pull request of the group.
        const ref = field(payload, 'merge_group', 'head_ref');
        const number = typeof ref === 'string' ? /\/pr-(\d{1,9})-[0-9a-f]{40,64}$/.exec(ref)?.[1] : undefined;
        const found = positive(Number(number));
        return found === undefined
            ? { kind: 'none' }
            : { kind: 'number', number: found, head: undefined, fork: false };
    }
    if (name === 'workflow_run')
        return ofWorkflowRun(payload);
    return commit(sha);
}
/** GITHUB_SHA is that of the default branch here; the run that triggered this one names its commit. */
function ofWorkflowRun(payload) {
    const requests = field(payload, 'workflow_run', 'pull_requests');
    const repository = field(payload, 'repository', 'id');
    // The list includes pull requests inside forks.
    const ours = (Array.isArray(requests) ? requests : []).filter((request) => repository !== undefined && field(request, 'base', 'repo', 'id') === repository);
    const found = ours.length === 1 ? pullRequest(ours[0], payload) : undefined;
    if (found !== undefined)
        return { ...found, fork: false };
    return commit(field(payload, 'workflow_run', 'head_sha'));
}
function pullRequest(request, payload) {
    const number = positive(field(request, 'number'));
    if (number === undefined)
        return undefined;
    const from = field(request, 'head', 'repo', 'full_name');
    return {
        kind: 'number',
        number,
        head: commitId(field(request, 'head', 'sha')),
        // A deleted fork has no name.
        fork: from !== field(payload, 'repository', 'full_name'),
    };
}
function commit(sha) {
    const id = commitId(sha);
    return id === undefined ? { kind: 'none' } : { kind: 'commit', sha: id };
}
function commitId(value) {
    return typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined;
}
function positive(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
function field(value, ...names) {
    let at = value;
    for (const name of names) {
        if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
            return undefined;
        at = at[name];
    }
    return at ?? undefined;
}

;// CONCATENATED MODULE: ./github/comment.js
/** Writes the comment on the pull request. No failure here changes the verdict. */





/** A limit of its own: the deadline of the run may be over. */
const TIMEOUT_MS = 15_000;
// GitHub accepts 65,536 characters.
const LIMIT_BYTES = 65_000;
const PAGE_SIZE = 100;
// GitHub allows 2,500 comments on a pull request.
const MAX_PAGES = 30;
// How many of the later runs in comments are looked up, the latest first.
const MAX_LOOKED_UP = 3;
/** Earlier than every run. */
const NO_RUN = { id: 0, attempt: 0 };
/**
 * Creates or updates the comment, with the repository, the run and the event from the environment of a step.
 * @param given the inputs of the step
 * @returns what was done, as a sentence
 * @throws Error with a message for the user
 */
async function commentFromActions(text, given, environment) {
    const { mode, token, repositories, dockerfile } = given;
    const { identity, ...step } = stepOf(environment);
    const path = environment.GITHUB_EVENT_PATH ?? '';
    const payload = path === '' ? undefined : JSON.parse(await (0,promises_.readFile)(path, 'utf8'));
    const { GITHUB_EVENT_NAME: name = '', GITHUB_SHA: sha = '' } = environment;
    const key = (0,comment_plan/* commentKey */.Td)({ repositories, dockerfile, ...identity });
    return comment(text, { mode, token, ...step, event: { name, sha, payload }, key });
}
/** @throws Error if the environment names no repository */
function stepOf(environment) {
    const variable = (name) => environment[name] ?? '';
    const [, owner, repo] = /^([\w-]+)\/(?!\.{1,2}$)([\w.-]+)$/.exec(variable('GITHUB_REPOSITORY')) ?? [];
    if (owner === undefined || repo === undefined)
        throw new Error('GITHUB_REPOSITORY names no repository');
    const run = { id: count(variable('GITHUB_RUN_ID')), attempt: count(variable('GITHUB_RUN_ATTEMPT')) };
    const named = variable('GITHUB_SERVER_URL');
    const server = /^https?:\/\/[^\s]+$/.test(named) ? named : undefined;
    // The file without the ref: two workflows can have the same name, and each pull request has its own ref.
    const workflow = variable('GITHUB_WORKFLOW_REF').replace(/@.*$/s, '');
    const url = server !== undefined && run.id > 0
        ? `${server}/${owner}/${repo}/actions/runs/${run.id}/attempts/${run.attempt}`
        : undefined;
    return {
        owner,
        repo,
        // OWNER/REPO/PATH
        workflow: workflow.split('/').slice(2).join('/'),
        run,
        url,
        server,
        identity: {
            workflow: workflow || variable('GITHUB_WORKFLOW'),
            job: variable('GITHUB_JOB'),
            step: variable('GITHUB_ACTION'),
        },
    };
}
function count(text) {
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
/**
 * Creates or updates the comment. Only comments of the token's account are changed, because anyone can write the marker.
 * Another workflow that comments with the same account can write it too: a comment of a later run is left unchanged only if
 * GitHub confirms that run.
 * @returns what was done, as a sentence
 * @throws Error that says what to do if GitHub refuses or does not answer in time
 */
async function comment(text, given, timeoutMs = TIMEOUT_MS) {
    const { token, owner, repo, event } = given;
    const target = pullRequestOf(event);
    if (target.kind === 'none')
        return `No comment: the event ${event.name} does not belong to a pull request.`;
    const signal = AbortSignal.timeout(timeoutMs);
    const github = await (0,octokit/* connect */.Ng)(token, signal);
    let request;
    try {
        request = target.kind === 'number' ? target : await pullRequestWith(target.sha, github, { owner, repo });
        if (request === undefined)
            return 'No comment: there is not exactly one open pull request whose last commit is this one.';
        return await commentOn(request, text, given, github, signal);
    }
    catch (error) {
        if (signal.aborted)
            throw new Error(`GitHub did not respond within ${timeoutMs / 1000} s`, { cause: error });
        // A token of pull_request_target may write even if the pull request comes from a fork.
        if (request?.fork && event.name !== 'pull_request_target' && statusOf(error) === 403) {
            return `No comment on #${request.number}: the token of a pull request from a fork can only read. See the job summary.`;
        }
        throw new Error(adviceOn(error), { cause: error });
    }
}
async function commentOn({ number, head }, text, { mode, owner, repo, workflow, key, run: ownRun, url }, github, signal) {
    const repository = { owner, repo };
    const own = await ownComments(github, repository, number, key);
    const verified = await withRealRuns(own, { run: ownRun, workflow }, async (run) => (await github.rest.actions.getWorkflowRun({ ...repository, run_id: run.id })).data, signal);
    const plan = (0,comment_plan/* planComment */.tx)(mode, text.isFailing, verified, ownRun);
    if (plan.kind === 'none')
        return `No comment on #${number}: ${plan.why}.`;
    const marker = (0,comment_plan/* formatMarker */.gJ)({ key, state: text.isFailing ? 'failing' : 'passing', run: ownRun });
    const body = `${marker}\n\n${text.render({ url, commit: head }, LIMIT_BYTES - marker.length - 2)}`;
    if (plan.kind === 'create') {
        const { status } = await github.rest.issues.createComment({ ...repository, issue_number: number, body });
        // The type allows 201 only.
        if (Number(status) !== 201)
            throw new octokit/* Unexpected */.w2(status);
        return `Commented on #${number}.`;
    }
    for (const id of plan.ids)
        await github.rest.issues.updateComment({ ...repository, comment_id: id, body });
    return `Updated the comment on #${number}.`;
}
/** The comments on a pull request with a key, by the account of the token. */
async function ownComments(github, repository, number, key) {
    const { id: me } = await (0,octokit/* accountOf */.XP)(github);
    const own = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { data } = await github.rest.issues.listComments({
            ...repository,
            issue_number: number,
            per_page: PAGE_SIZE,
            page,
        });
        for (const { id, user, body } of data) {
            const marker = user?.id === me ? (0,comment_plan/* parseMarker */.gY)(body ?? '') : undefined;
            if (marker?.key === key)
                own.push({ id, marker });
        }
        if (data.length < PAGE_SIZE)
            break;
    }
    return own;
}
/**
 * The same comments. One that claims to be of a later run that GitHub does not know is treated as one of the earliest run.
 * @param look reads a run from GitHub
 */
async function withRealRuns(own, { run: ownRun, workflow }, look, signal) {
    const known = [];
    for (const run of laterRuns(own, ownRun)) {
        const is = await look(run)
            .then((data) => isRun(data, run, workflow))
            // In a private repository this requires the permission actions: read. An unknown run is treated as not confirmed.
            .catch((error) => {
            if (signal.aborted)
                throw error;
            return false;
        });
        if (is)
            known.push(run);
    }
    return own.map((one) => {
        const { marker } = one;
        const isReal = (0,comment_plan/* compareRuns */.qB)(marker.run, ownRun) <= 0 || known.some((run) => (0,comment_plan/* compareRuns */.qB)(run, marker.run) === 0);
        return isReal ? one : { ...one, marker: { ...marker, run: NO_RUN } };
    });
}
/** The later runs that comments name, the latest first. */
function laterRuns(comments, run) {
    return comments
        .map(({ marker }) => marker.run)
        .filter((claimed) => (0,comment_plan/* compareRuns */.qB)(claimed, run) > 0)
        .sort((a, b) => (0,comment_plan/* compareRuns */.qB)(b, a))
        .slice(0, MAX_LOOKED_UP);
}
/** Whether GitHub's answer confirms a run of this workflow with at least that many attempts. */
function isRun({ id, run_attempt, path }, claimed, workflow) {
    const isOurs = workflow === '' || path.replace(/@.*$/s, '') === workflow;
    return id === claimed.id && (run_attempt ?? 1) >= claimed.attempt && isOurs;
}
/** The open pull request whose last commit this is; undefined if there is none, or more than one. */
async function pullRequestWith(sha, github, repository) {
    const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({
        ...repository,
        commit_sha: sha,
        per_page: PAGE_SIZE,
    });
    const [only, ...others] = data.filter(({ state, head }) => state === 'open' && head.sha === sha);
    return only === undefined || others.length > 0
        ? undefined
        : { kind: 'number', number: only.number, head: sha, fork: false };
}
function statusOf(error) {
    const status = error?.status;
    return typeof status === 'number' ? status : undefined;
}
function adviceOn(error) {
    const said = (0,octokit/* detailOf */.Rw)(error);
    switch (statusOf(error)) {
        case 401:
            return `GitHub does not accept the token of github-token: ${said}`;
        case 403:
        case 404:
            return (0,text_0/* sentences */.hC)(`GitHub does not allow the token of github-token to comment: ${said}`, 'Give the job the permission pull-requests: write');
        default:
            return said;
    }
}


/***/ }),

/***/ 90534:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   issueFromActions: () => (/* binding */ issueFromActions)
/* harmony export */ });
/* unused harmony exports issueKey, keepIssue */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _comment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4185);
/* harmony import */ var _comment_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(22746);
/* harmony import */ var _octokit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85120);
/**
 * Keeps one issue up to date with the result of an audit or of the verify action. No failure here changes the verdict.
 */




const TIMEOUT_MS = 15_000;
/** GitHub accepts 65,536 characters. */
const LIMIT_BYTES = 65_000;
const PAGE_SIZE = 100;
/** Only issues of the token's own account are listed. */
const MAX_PAGES = 10;
/**
 * The same for every run of a step with the same subject, and for no other step. It is not a secret: another workflow
 * that uses the same account can compute it.
 */
function issueKey(parts) {
    const { subject, workflow, job, step } = parts;
    const identity = [...subject.identity, workflow, job, step];
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}
/**
 * The same, with the repository and the run from the environment of a step.
 * @param given the inputs of the step
 */
async function issueFromActions(text, given, environment) {
    const { mode, token, subject } = given;
    const { identity, ...step } = (0,_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .stepOf */ .cg)(environment);
    return keepIssue(text, {
        mode,
        token,
        ...step,
        title: subject.title,
        key: issueKey({ subject, ...identity }),
    });
}
/**
 * Creates or updates the issue, and comments on an existing one if there is news. Only issues of the account of the token
 * are changed, because anyone can write the marker. A run that fails opens the issue again; with `on-failure`, a run that
 * passes closes it. Title, labels and assignees are left to people.
 * @returns what was done, as a sentence
 * @throws Error saying what to do if GitHub refuses or does not answer in time
 */
async function keepIssue(text, { mode, token, owner, repo, title, key, workflow, run: ownRun, url }, timeoutMs = TIMEOUT_MS) {
    const signal = AbortSignal.timeout(timeoutMs);
    const github = await (0,_octokit_js__WEBPACK_IMPORTED_MODULE_3__/* .connect */ .Ng)(token, signal);
    const repository = { owner, repo };
    try {
        const { id: me, login } = await (0,_octokit_js__WEBPACK_IMPORTED_MODULE_3__/* .accountOf */ .XP)(github);
        const own = [];
        for (let page = 1; page <= MAX_PAGES; page += 1) {
            const { data } = await github.rest.issues.listForRepo({
                ...repository,
                state: 'all',
                creator: login,
                per_page: PAGE_SIZE,
                page,
            });
            for (const { number, user, body, state, pull_request: pull } of data) {
                const marker = user?.id === me && pull === undefined ? (0,_comment_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .parseMarker */ .gY)(body ?? '') : undefined;
                if (marker?.key === key)
                    own.push({ id: number, marker, isOpen: state === 'open' });
            }
            if (data.length < PAGE_SIZE)
                break;
        }
        // Open issues come first, because people read them. Of several, the oldest is used, which has the comments.
        own.sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || a.id - b.id);
        const believed = await (0,_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .withRealRuns */ .PY)(own.slice(0, 1), { run: ownRun, workflow }, async (run) => {
            const asked = { ...repository, run_id: run.id };
            return (await github.rest.actions.getWorkflowRun(asked)).data;
        }, signal);
        const plan = (0,_comment_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .planComment */ .tx)(mode, text.isFailing, believed, ownRun);
        if (plan.kind === 'none')
            return `The issue was not changed: ${plan.why}.`;
        const marker = (0,_comment_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .formatMarker */ .gJ)({ key, state: text.isFailing ? 'failing' : 'passing', run: ownRun });
        const place = { url, commit: undefined };
        const rendered = text.render(place, LIMIT_BYTES - marker.length - 2);
        const body = `${marker}\n\n${rendered}`;
        const [first] = believed;
        if (plan.kind === 'create' || first === undefined) {
            const { data, status } = await github.rest.issues.create({ ...repository, title, body });
            // The type allows 201 only.
            if (Number(status) !== 201)
                throw new _octokit_js__WEBPACK_IMPORTED_MODULE_3__/* .Unexpected */ .w2(status);
            return `Opened issue #${data.number}.`;
        }
        const state = text.isFailing ? 'open' : mode === 'on-failure' ? 'closed' : undefined;
        const { id, isOpen } = first;
        await github.rest.issues.update({
            ...repository,
            issue_number: id,
            body,
            ...(state !== undefined && isOpen !== (state === 'open') && { state }),
        });
        const changed = state === 'closed' && isOpen
            ? `Updated issue #${id} and closed it.`
            : state === 'open' && !isOpen
                ? `Updated issue #${id} and opened it again.`
                : `Updated issue #${id}.`;
        const news = text.news?.(place, LIMIT_BYTES);
        if (news === undefined)
            return changed;
        // GitHub sends no notification for a changed text.
        const { status } = await github.rest.issues.createComment({
            ...repository,
            issue_number: id,
            body: news,
        });
        if (Number(status) !== 201)
            throw new _octokit_js__WEBPACK_IMPORTED_MODULE_3__/* .Unexpected */ .w2(status);
        return `${changed} Commented on what has changed.`;
    }
    catch (error) {
        if (signal.aborted)
            throw new Error(`GitHub did not answer within ${timeoutMs / 1000} s`, { cause: error });
        throw new Error(adviceOn(error), { cause: error });
    }
}
function adviceOn(error) {
    const said = (0,_octokit_js__WEBPACK_IMPORTED_MODULE_3__/* .detailOf */ .Rw)(error);
    switch ((0,_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .statusOf */ .c2)(error)) {
        case 401:
            return `GitHub does not accept the token of github-token (${said})`;
        case 403:
        case 404:
            return `the token of github-token may not write issues: give the job permissions: issues: write (${said})`;
        case 410:
            return `issues are disabled in this repository (${said})`;
        default:
            return said;
    }
}


/***/ }),

/***/ 85120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ng: () => (/* binding */ connect),
/* harmony export */   Rw: () => (/* binding */ detailOf),
/* harmony export */   XP: () => (/* binding */ accountOf),
/* harmony export */   w2: () => (/* binding */ Unexpected)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75650);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24686);


/** A response with a status that is neither the expected one nor an error. */
class Unexpected extends Error {
    constructor(status) {
        super(status >= 300 && status < 400
            ? `GitHub returned HTTP ${status}: the repository has moved, and nothing was written. Run the workflow under the new name of the repository`
            : `GitHub returned HTTP ${status}. It is unknown whether anything was written`);
    }
}
/** What an error of a request says, at most 300 characters. */
function detailOf(error) {
    // The client has errors of its own for requests that fail, so this one is about the content of a response.
    return error instanceof TypeError
        ? 'GitHub returned a response in an unknown form. It is unknown whether anything was written'
        : (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$Q)((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), 300);
}
/**
 * A client for the API at `GITHUB_API_URL`, through the proxy of the environment. It throws `Unexpected` for a response
 * that is neither 200 nor 201.
 */
async function connect(token, signal) {
    // They are large, and most runs do not need them.
    const [{ getOctokit }, { defaults }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(9556), __webpack_require__.e(7361)]).then(__webpack_require__.bind(__webpack_require__, 97361)),
        Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(9556)]).then(__webpack_require__.bind(__webpack_require__, 69556)),
    ]);
    // Options replace the defaults, which connect through the proxy. Following a redirect would use GET: nothing would be
    // written, and it would look like success.
    const github = getOctokit(token, { request: { ...defaults.request, signal, redirect: 'manual' } });
    github.hook.after('request', ({ status }) => {
        if (status !== 200 && status !== 201)
            throw new Unexpected(status);
    });
    return github;
}
/**
 * The account of the token. Comments and issues of other accounts are never changed, whatever they contain.
 * @throws Error if GitHub does not return it
 */
async function accountOf(github) {
    const answer = await github.graphql('query { viewer { databaseId login } }');
    const { databaseId: id, login } = answer?.viewer ?? {};
    if (typeof id !== 'number' || typeof login !== 'string')
        throw new Error('GitHub did not return the account of the token');
    return { id, login };
}


/***/ })

};
