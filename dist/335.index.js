export const id = 335;
export const ids = [335];
export const modules = {

/***/ 4335:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commentFromActions: () => (/* binding */ commentFromActions)
});

// UNUSED EXPORTS: comment

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(2409);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/report/blocks.js
var blocks = __webpack_require__(1717);
// EXTERNAL MODULE: ./lib/report/comparison.js
var comparison = __webpack_require__(2958);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(4412);
// EXTERNAL MODULE: ./lib/report/report.js
var report = __webpack_require__(8385);
// EXTERNAL MODULE: ./lib/report/steps.js + 14 modules
var steps = __webpack_require__(6394);
// EXTERNAL MODULE: ./lib/report/summary.js + 1 modules
var summary = __webpack_require__(9400);
// EXTERNAL MODULE: ./lib/report/words.js
var words = __webpack_require__(9206);
;// CONCATENATED MODULE: ./lib/report/comment.js








const LIMIT_BYTES = 65_000;
const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;
const MAX_REASON = 200;
function commentKey(parts) {
    const { repositories, dockerfile, workflow, job, step } = parts;
    const identity = [[...new Set(repositories)].sort(), dockerfile ?? '', workflow, job, step];
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}
function isFailing({ verdict }) {
    return verdict === 'block' || verdict === 'error';
}
const MARKER = /^<!-- ecr-deployment-gate v1 ([0-9a-f]{32}) (passing|failing) (\d{1,15})\.(\d{1,9}) -->/;
function parseMarker(body) {
    const [, key, state, id, attempt] = MARKER.exec(body) ?? [];
    if (key === undefined || (state !== 'passing' && state !== 'failing'))
        return undefined;
    return { key, state, run: { id: Number(id), attempt: Number(attempt) } };
}
function planComment(mode, failing, own, run) {
    const since = ({ marker }) => marker.run.id - run.id || marker.run.attempt - run.attempt;
    if (own.some((comment) => since(comment) > 0)) {
        return { kind: 'none', why: 'a newer run has commented already' };
    }
    if (!failing && own.some((comment) => since(comment) === 0 && comment.marker.state === 'failing')) {
        return { kind: 'none', why: 'another job of this run has a failure to tell' };
    }
    if (own.length > 0)
        return { kind: 'update', ids: own.map(({ id }) => id) };
    if (failing || mode === 'always')
        return { kind: 'create' };
    return { kind: 'none', why: 'the run passed' };
}
function renderComment(report, context, limitBytes = LIMIT_BYTES) {
    const { key, run, url, commit } = context;
    const marker = `<!-- ecr-deployment-gate v1 ${key} ${isFailing(report) ? 'failing' : 'passing'} ${run.id}.${run.attempt} -->`;
    const foot = footer(url, commit);
    const [first, ...others] = report.images;
    const opening = [marker, (0,summary/* heading */.R_)(report)];
    const sections = [
        first === undefined ? [] : others.length > 0 ? [imagesTable(report.images)] : [(0,summary/* nameOf */.Vb)(first)],
        (0,summary/* errorBlocks */.pT)(report),
        (0,comparison/* comparison */.my)(report),
        (0,steps/* nextSteps */.Z)(report),
        blocking(report),
        (0,comparison/* changes */.Ao)(report),
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
    const where = url === undefined ? 'the summary of the run' : `<a href="${(0,report_escape/* html */.qy)(url)}">the summary of the run</a>`;
    const what = commit === undefined ? '' : ` About commit ${(0,blocks/* code */.aY)(commit.slice(0, 12))}.`;
    return `<p>All of it is in ${where}.${what}</p>`;
}
function imagesTable(images) {
    const rows = images.slice(0, MAX_IMAGES).map((image) => {
        const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
        return [
            (0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 300),
            (0,blocks/* code */.aY)((0,words/* shortDigest */.VK)(image.digest)),
            (0,summary/* verdictCell */.s8)((0,report/* verdictOf */.V)(image)),
            `${verdict?.blocking ?? '?'}`,
        ];
    });
    const more = images.length - rows.length;
    return (0,blocks/* table */.tp)(['Image', 'Digest', 'Verdict', 'Blocking'], [...rows, ...(more > 0 ? [[`and ${more} more`, '', '', '']] : [])]);
}
function blocking({ images }) {
    const all = images.flatMap((image) => (0,words/* judgedWith */.wJ)(image, 'block').map((judged) => ({ image, judged })));
    if (all.length === 0)
        return [];
    const several = images.length > 1;
    const rows = all.slice(0, MAX_ROWS).map(({ image, judged }) => {
        const { finding, reason, inBaseline } = judged;
        const shown = finding.packages.slice(0, MAX_PACKAGES);
        const hidden = finding.packages.length - shown.length;
        return [
            ...(several ? [(0,blocks/* code */.aY)((0,words/* shortName */.EU)(image), 100)] : []),
            `${(0,blocks/* vulnerability */.L1)(finding.vulnerabilityId)}${inBaseline === false ? ' 🆕' : ''}`,
            (0,blocks/* severity */.yf)(finding.severity),
            (shown.map((found) => `${(0,blocks/* code */.aY)(found.name, 100)} ${(0,blocks/* code */.aY)((0,words/* installedVersion */.nU)(found), 60)}`).join('<br>') ||
                '–') + (hidden > 0 ? `<br>and ${hidden} more` : ''),
            shown
                .map((found) => {
                const fixed = (0,words/* fixedVersion */.FF)(found);
                if (fixed !== undefined)
                    return (0,blocks/* code */.aY)(fixed, 60);
                return (0,words/* fixability */.er)(finding) === 'none' ? 'no fix yet' : 'not said';
            })
                .join('<br>'),
            (0,blocks/* prose */.CS)((0,report_escape/* clip */.$Q)((0,words/* reasonWords */.IK)(reason), MAX_REASON)),
        ];
    });
    const head = [...(several ? ['Image'] : []), 'Vulnerability', 'Severity', 'Package', 'Fixed in', 'Why'];
    const missing = all.length - rows.length;
    return [
        '<h3>What blocks</h3>',
        (0,blocks/* table */.tp)(head, rows),
        ...(missing > 0 ? [`<p>${(0,words/* plural */.LS)(missing, 'more blocking finding')} in the summary.</p>`] : []),
    ];
}

;// CONCATENATED MODULE: ./lib/github/pull-request.js
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
function ofWorkflowRun(payload) {
    const requests = field(payload, 'workflow_run', 'pull_requests');
    const repository = field(payload, 'repository', 'id');
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

;// CONCATENATED MODULE: ./lib/github/comment.js





const TIMEOUT_MS = 15_000;
const PAGE_SIZE = 100;
const MAX_PAGES = 30;
async function commentFromActions(report, given, environment) {
    const { mode, token, repositories, dockerfile } = given;
    const variable = (name) => environment[name] ?? '';
    const [, owner, repo] = /^([\w-]+)\/(?!\.{1,2}$)([\w.-]+)$/.exec(variable('GITHUB_REPOSITORY')) ?? [];
    if (owner === undefined || repo === undefined)
        throw new Error('GITHUB_REPOSITORY names no repository');
    const path = variable('GITHUB_EVENT_PATH');
    const payload = path === '' ? undefined : JSON.parse(await (0,promises_.readFile)(path, 'utf8'));
    const run = { id: count(variable('GITHUB_RUN_ID')), attempt: count(variable('GITHUB_RUN_ATTEMPT')) };
    const server = variable('GITHUB_SERVER_URL');
    const key = commentKey({
        repositories,
        dockerfile,
        workflow: variable('GITHUB_WORKFLOW_REF').replace(/@.*$/s, '') || variable('GITHUB_WORKFLOW'),
        job: variable('GITHUB_JOB'),
        step: variable('GITHUB_ACTION'),
    });
    const url = /^https?:\/\/[^\s]+$/.test(server) && run.id > 0
        ? `${server}/${owner}/${repo}/actions/runs/${run.id}/attempts/${run.attempt}`
        : undefined;
    return comment(report, {
        mode,
        token,
        owner,
        repo,
        event: { name: variable('GITHUB_EVENT_NAME'), sha: variable('GITHUB_SHA'), payload },
        context: { key, run, url },
    });
}
function count(text) {
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
async function comment(report, { mode, token, owner, repo, event, context }, timeoutMs = TIMEOUT_MS) {
    const target = pullRequestOf(event);
    if (target.kind === 'none')
        return `No comment: a ${event.name} event is about no pull request.`;
    const signal = AbortSignal.timeout(timeoutMs);
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(11), __webpack_require__.e(587)]).then(__webpack_require__.bind(__webpack_require__, 8587));
    const github = getOctokit(token, { request: { signal } });
    const repository = { owner, repo };
    let request;
    try {
        request =
            target.kind === 'number'
                ? target
                : await find(target.sha, async (sha) => {
                    const asked = { ...repository, commit_sha: sha, per_page: PAGE_SIZE };
                    return (await github.rest.repos.listPullRequestsAssociatedWithCommit(asked)).data;
                });
        if (request === undefined)
            return 'No comment: no one open pull request ends with this commit.';
        const { number, head } = request;
        const { viewer } = await github.graphql('query { viewer { databaseId } }');
        const me = viewer?.databaseId;
        if (typeof me !== 'number')
            throw new Error('GitHub does not say who the token speaks for');
        const own = [];
        for (let page = 1; page <= MAX_PAGES; page += 1) {
            const { data } = await github.rest.issues.listComments({
                ...repository,
                issue_number: number,
                per_page: PAGE_SIZE,
                page,
            });
            for (const { id, user, body } of data) {
                const marker = user?.id === me ? parseMarker(body ?? '') : undefined;
                if (marker?.key === context.key)
                    own.push({ id, marker });
            }
            if (data.length < PAGE_SIZE)
                break;
        }
        const plan = planComment(mode, isFailing(report), own, context.run);
        if (plan.kind === 'none')
            return `No comment on #${number}: ${plan.why}.`;
        const body = renderComment(report, { ...context, commit: head });
        if (plan.kind === 'create') {
            await github.rest.issues.createComment({ ...repository, issue_number: number, body });
            return `Commented on #${number}.`;
        }
        for (const id of plan.ids)
            await github.rest.issues.updateComment({ ...repository, comment_id: id, body });
        return `Updated the comment on #${number}.`;
    }
    catch (error) {
        if (signal.aborted)
            throw new Error(`GitHub did not answer within ${timeoutMs / 1000} s`, { cause: error });
        if (request?.fork && event.name !== 'pull_request_target' && statusOf(error) === 403) {
            return `No comment on #${request.number}: the token of a pull request from a fork can only read. The job summary has all of it.`;
        }
        throw new Error(adviceOn(error), { cause: error });
    }
}
async function find(sha, list) {
    const open = (await list(sha)).filter(({ state, head }) => state === 'open' && head.sha === sha);
    const [only, ...others] = open;
    return only === undefined || others.length > 0
        ? undefined
        : { kind: 'number', number: only.number, head: sha, fork: false };
}
function statusOf(error) {
    const status = error?.status;
    return typeof status === 'number' ? status : undefined;
}
function adviceOn(error) {
    const said = (0,report_escape/* clip */.$Q)((0,errors/* messageOf */.bD)(error), 300);
    switch (statusOf(error)) {
        case 401:
            return `GitHub does not accept the token of github-token (${said})`;
        case 403:
        case 404:
            return `the token of github-token may not comment: give the job permissions: pull-requests: write (${said})`;
        default:
            return said;
    }
}


/***/ })

};
